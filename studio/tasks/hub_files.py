"""Which files of the hub hold a dataset's rows, and at which commit.

What the hub said is kept in a small file a dataset, beside its media. A dataset asked for by a commit is then found
without the hub; one asked for by a branch is looked up anew, and found as it was when the hub does not answer.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from studio.tasks.reference import DatasetRef

_HUB_FILE = re.compile(r"hf://datasets/[^@]+@(?P<commit>[0-9a-f]{40})/(?P<path>.+)")
_COMMIT = re.compile(r"[0-9a-f]{40}")
MAIN = "main"
SILENCE_S = 5.0


@dataclass(frozen=True)
class HubFiles:
    """A dataset at a commit: its files by split (paths in the repository), its sizes as far as they are stated, and
    the keys of its records' inputs, if stated."""

    commit: str
    files: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, int]
    inputs: tuple[str, ...] = ()

    @property
    def parquet(self) -> bool:
        """Whether every file is of the one form whose rows can be read file by file."""
        return all(path.endswith(".parquet") for listed in self.files.values() for path in listed)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "HubFiles":
        files = {split: tuple(paths) for split, paths in data["files"].items()}
        return HubFiles(data["commit"], files, dict(data["sizes"]), tuple(data["inputs"]))


def find_files(ref: DatasetRef, cache: Path | None) -> HubFiles:
    """The files of a dataset of the hub: as kept in `cache` (a folder), or as the hub says now.

    Raises ConnectionError when the hub does not answer and nothing is kept, and whatever `datasets` raises.
    """
    ledger = None if cache is None else _Ledger(cache, ref)
    kept = ledger.read(ref.revision or MAIN) if ledger else None
    if kept is not None and _COMMIT.fullmatch(ref.revision or ""):
        return kept
    if reason := hub_silence():
        if kept is None:
            raise ConnectionError(reason)
        return kept
    found = _ask(ref)
    if ledger is not None:
        ledger.write(ref.revision or MAIN, found)
    return found


def fetch(ref: DatasetRef, commit: str, file: str) -> Path:
    """A file of a dataset at a commit: from the cache of the hub's library, else downloaded into it."""
    from huggingface_hub import hf_hub_download

    return Path(hf_hub_download(ref.path, file, repo_type="dataset", revision=commit))


def hub_silence(timeout_s: float = SILENCE_S) -> str:
    """Why the hub cannot be asked, in a few words; empty when it answers anything at all.

    Asked before `datasets` is, which would try six times, half a minute long, before it says the same.
    """
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        return "HF_HUB_OFFLINE=1"
    try:
        with urlopen(Request(str(constants.ENDPOINT), method="HEAD"), timeout=timeout_s):
            return ""
    except HTTPError as error:  # it answered
        error.close()
        return ""
    except (URLError, OSError) as error:
        return str(getattr(error, "reason", error))


def _ask(ref: DatasetRef) -> HubFiles:
    from datasets import load_dataset_builder

    builder = load_dataset_builder(ref.path, ref.config, revision=ref.revision)
    commit = ref.revision or MAIN
    files: dict[str, tuple[str, ...]] = {}
    for split, listed in (builder.config.data_files or {}).items():
        matches = [match for file in listed if (match := _HUB_FILE.fullmatch(str(file)))]
        files[str(split)] = tuple(match["path"] for match in matches)
        commit = next((match["commit"] for match in matches), commit)
    sizes = {str(name): split.num_examples for name, split in (builder.info.splits or {}).items()}
    inputs = (builder.info.features or {}).get("inputs")
    found = HubFiles(commit, files, sizes, tuple(inputs) if isinstance(inputs, Mapping) else ())
    return found if found.inputs else replace(found, inputs=_inputs(ref, found))


def _inputs(ref: DatasetRef, found: HubFiles) -> tuple[str, ...]:
    """The keys of the inputs from the footer of a parquet file, which is all that is fetched of it."""
    from huggingface_hub import HfFileSystem
    from pyarrow.parquet import read_schema  # type: ignore[import-untyped]

    file = next((path for listed in found.files.values() for path in listed), "")
    if not file.endswith(".parquet"):
        return ()
    with HfFileSystem().open(f"datasets/{ref.path}@{found.commit}/{file}") as opened:
        schema = read_schema(opened)
    return tuple(key.name for key in schema.field("inputs").type) if "inputs" in schema.names else ()


class _Ledger:
    """One dataset's file of what the hub said: {revision: files}; a commit is kept under its own name too."""

    def __init__(self, cache: Path, ref: DatasetRef) -> None:
        name = "--".join(part for part in (*ref.path.split("/"), ref.config or "") if part)
        self._path = cache / "hub" / (re.sub(r"[^\w.-]", "_", name) + ".json")

    def read(self, revision: str) -> HubFiles | None:
        try:
            said = json.loads(self._path.read_text(encoding="utf-8")).get(revision)
            return HubFiles.from_json(said) if said else None
        except FileNotFoundError:
            return None
        except (
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
        ):  # a file that something else wrote: ask anew
            return None

    def write(self, revision: str, found: HubFiles) -> None:
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            said = {}
        entry = asdict(found)
        text = json.dumps({**(said if isinstance(said, dict) else {}), revision: entry, found.commit: entry})
        write_whole(self._path, text.encode())


def write_whole(target: Path, data: bytes) -> None:
    """Under another name first: a killed process leaves no half of a file, and two may write at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as file:
        file.write(data)
    os.replace(file.name, target)
