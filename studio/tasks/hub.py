"""A task from `datasets`: saved by `save_to_disk`, a folder of parquet files, or a dataset of the hub.

Rows are read in Arrow form, so that pictures, sounds and clips stay bytes (Image(decode=False), Audio(decode=False),
Video(decode=False)) and nothing is decoded. The bytes of a medium are written once into the caller's cache, under
the sha256 of its content; from there a sample is like any other.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from studio.core.content import Modality
from studio.core.errors import Problem, TaskError
from studio.core.task import Split, Task, TaskInfo
from studio.tasks.files import MediaRoot
from studio.tasks.folder import SPLITS, read_meta
from studio.tasks.metadata import build_info, facts_of
from studio.tasks.records import Located, read_samples

_HUB = re.compile(r"hub:(?P<path>[^:@]+)(?::(?P<config>[^@]+))?(?:@(?P<revision>.+))?")
_COMMIT = re.compile(r"@([0-9a-f]{40})/")
_ROWS_AT_ONCE = 8  # rows hold whole media, so few at a time


@dataclass(frozen=True)
class DatasetRef:
    """Where a dataset is: a local folder, or a hub id with its configuration and revision."""

    path: str
    config: str | None = None
    revision: str | None = None
    hub: bool = False

    @staticmethod
    def parse(ref: str) -> "DatasetRef":
        """`hub:owner/name[:config][@revision]`, or a local folder. Raises TaskError."""
        if not ref.startswith("hub:"):
            return DatasetRef(ref)
        match = _HUB.fullmatch(ref)
        if match is None:
            raise TaskError("dataset_ref", ref=ref)
        return DatasetRef(match["path"], match["config"], match["revision"], hub=True)

    @property
    def name(self) -> str:
        name = self.path.rstrip("/").rpartition("/")[2]
        return f"{name}_{self.config}" if self.config else name

    def __str__(self) -> str:
        if not self.hub:
            return self.path
        config = f":{self.config}" if self.config else ""
        return f"hub:{self.path}{config}" + (f"@{self.revision}" if self.revision else "")


def is_dataset_folder(path: Path) -> bool:
    """Whether a folder was saved by `save_to_disk` or holds the parquet files of a split."""
    return _is_saved(path) or bool(_parquet_files(path))


def load_dataset(ref: DatasetRef, split: Split = "test", *, cache: Path, limit: int | None = None) -> Task:
    """The samples of one split, at most `limit`. Media are written into `cache` (a folder; made if missing).

    Raises TaskError: no such dataset or split, the hub does not answer, broken files, nothing written to the cache.
    """
    with _clear_errors(ref):
        rows, features, ref = _rows(ref, split)
        info = _info(ref, features, {split: count} if (count := _count(rows)) is not None else {})
        samples = read_samples(islice(_records(rows), limit), split, _Store(cache, ref).locate)
    if not samples:
        raise TaskError("task_no_records", file=str(ref))
    return Task(replace(info, sizes=info.sizes or {split: len(samples)}), split, samples)


def describe_dataset(ref: DatasetRef) -> TaskInfo:
    """What is known of a dataset without reading its rows. Raises TaskError."""
    with _clear_errors(ref):
        if ref.hub:
            from datasets import load_dataset_builder

            builder = load_dataset_builder(ref.path, ref.config, revision=ref.revision)
            sizes = {name: split.num_examples for name, split in (builder.info.splits or {}).items()}
            return _info(_pinned(ref, builder.config.data_files), builder.info.features or {}, sizes)
        found = {
            split: _local(Path(ref.path), split) for split in SPLITS if split in _local_splits(Path(ref.path))
        }
        if not found:
            raise TaskError("dataset_no_split", name=ref.name, split="test", known="—")
        features = next(iter(found.values())).features
        return _info(ref, features, {split: len(rows) for split, rows in found.items()})


@contextmanager
def _clear_errors(ref: DatasetRef) -> Iterator[None]:
    """What `datasets` raises, as a TaskError of one line. TaskError itself passes."""
    from datasets.exceptions import DatasetsError

    try:
        yield
    except (DatasetsError, OSError, ValueError, KeyError) as error:
        lines = str(error).strip().splitlines()
        code = "hub_unreachable" if ref.hub and isinstance(error, ConnectionError) else "dataset_unreadable"
        raise TaskError(code, name=str(ref), reason=lines[0] if lines else type(error).__name__) from error


# --- opening ----------------------------------------------------------------------------------------------


def _rows(ref: DatasetRef, split: Split) -> tuple[Any, Mapping[str, Any], DatasetRef]:
    """The rows of a split, their features, and the reference with its revision resolved."""
    if not ref.hub:
        rows = _local(Path(ref.path), split)
        return rows, rows.features, ref
    from datasets import load_dataset, load_dataset_builder

    builder = load_dataset_builder(ref.path, ref.config, revision=ref.revision)
    ref = _pinned(ref, builder.config.data_files)
    splits = load_dataset(ref.path, ref.config, revision=ref.revision, streaming=True)
    if split not in splits:
        raise TaskError("dataset_no_split", name=ref.name, split=split, known=", ".join(splits))
    rows = splits[split]
    return rows, rows.features or {}, ref


def _pinned(ref: DatasetRef, data_files: Any) -> DatasetRef:
    """The reference with the commit that the hub gave its files by."""
    files = (str(file) for split in (data_files or {}).values() for file in split)
    commit = next((match[1] for file in files if (match := _COMMIT.search(file))), None)
    return replace(ref, revision=commit or ref.revision)


def _local(folder: Path, split: Split) -> Any:
    from datasets import Dataset, load_dataset, load_from_disk

    known = _local_splits(folder)
    if split not in known:
        raise TaskError("dataset_no_split", name=folder.name, split=split, known=", ".join(known) or "—")
    if _is_saved(folder):
        saved = load_from_disk(str(folder))
        return saved if isinstance(saved, Dataset) else saved[split]
    files = [str(file) for file in _parquet_files(folder)[split]]
    stream = load_dataset("parquet", data_files={split: files}, split=split, streaming=True)
    return _Counted(stream, files)


class _Counted:
    """A stream of parquet files with its number of rows (from their footers): nothing is copied to a cache."""

    def __init__(self, stream: Any, files: list[str]) -> None:
        self._stream = stream
        self._files = files
        self.features: Mapping[str, Any] = stream.features or {}

    def __len__(self) -> int:
        from pyarrow.parquet import read_metadata  # type: ignore[import-untyped]

        return sum(read_metadata(file).num_rows for file in self._files)

    def with_format(self, kind: str) -> Any:
        return self._stream.with_format(kind)


def _is_saved(folder: Path) -> bool:
    return (folder / "dataset_dict.json").is_file() or (folder / "state.json").is_file()


def _local_splits(folder: Path) -> list[str]:
    if (folder / "state.json").is_file():
        return ["test"]  # one Dataset without a name of its own
    if (folder / "dataset_dict.json").is_file():
        return [name for name in SPLITS if (folder / name / "state.json").is_file()]
    return list(_parquet_files(folder))


def _parquet_files(folder: Path) -> dict[str, list[Path]]:
    """Parquet files by split: `test.parquet`, `test-00000-of-00002.parquet`, also under `data/` or `test/`."""
    found: dict[str, list[Path]] = {}
    for split in SPLITS:
        patterns = (f"{place}{split}{tail}" for place in ("", "data/") for tail in (".parquet", "-*.parquet"))
        files = sorted(
            {file for pattern in (*patterns, f"{split}/*.parquet") for file in folder.glob(pattern)}
        )
        if files:
            found[split] = files
    return found


# --- reading ----------------------------------------------------------------------------------------------


def _records(rows: Any) -> Iterator[dict[str, Any]]:
    for table in rows.with_format("arrow").iter(batch_size=_ROWS_AT_ONCE):
        yield from table.to_pylist()


def _count(rows: Any) -> int | None:
    return len(rows) if hasattr(rows, "__len__") else None


def _info(ref: DatasetRef, features: Mapping[str, Any], sizes: Mapping[str, int]) -> TaskInfo:
    """Features are the union over all records, so they tell the kind of answer but not the chance of guessing."""
    inputs = features.get("inputs")
    row = dict.fromkeys(inputs, True) if isinstance(inputs, Mapping) else {}
    meta = {} if ref.hub else read_meta(Path(ref.path))
    facts = replace(facts_of([row], sizes, None), chance=None)
    return build_info(ref.name, meta, facts, source=str(ref))


class _Store:
    """Media of a dataset as files named by the sha256 of their bytes."""

    def __init__(self, cache: Path, ref: DatasetRef) -> None:
        self._cache = cache
        self._beside = None if ref.hub else MediaRoot(Path(ref.path))

    def locate(self, modality: Modality, key: str, value: Any) -> Located:
        """The cached file of `{"bytes", "path"}`; a bare path is looked for beside the local dataset. Never raises."""
        data = value.get("bytes") if isinstance(value, dict) else None
        if isinstance(data, bytes):
            name = value.get("path")
            return self._written(data, Path(name).name if isinstance(name, str) else key)
        if self._beside is not None:
            return self._beside.locate(modality, key, value)
        return Located(self._cache, problem=Problem("media_missing", {"file": key}))

    def _written(self, data: bytes, name: str) -> Located:
        hashed = sha256(data).hexdigest()
        suffix = Path(name).suffix.lower()
        target = (
            self._cache
            / hashed[:2]
            / f"{hashed}{suffix if re.fullmatch(r'[.][a-z0-9]{1,5}', suffix) else ''}"
        )
        if not data:
            return Located(target, problem=Problem("media_empty", {"file": name}))
        if not target.is_file():
            _write_whole(target, data)
        return Located(target, hashed)


def _write_whole(target: Path, data: bytes) -> None:
    """Under another name first: a killed process leaves no half of a medium, and two may write at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as file:
        file.write(data)
    os.replace(file.name, target)
