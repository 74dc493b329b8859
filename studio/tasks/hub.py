"""A task from `datasets`: saved by `save_to_disk`, a folder of parquet files, or a dataset of the hub.

Rows are read in Arrow form, so that pictures, sounds and clips stay bytes (Image(decode=False), Audio(decode=False),
Video(decode=False)) and nothing is decoded. The bytes of a medium are written once into the caller's cache, under
the sha256 of its content; from there a sample is like any other.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from studio.core.content import Modality
from studio.core.errors import Problem, TaskError
from studio.core.task import Sample, Split, Task, TaskInfo, TaskStream
from studio.tasks.files import MediaRoot
from studio.tasks.folder import read_meta
from studio.tasks.hub_files import find_files, write_whole
from studio.tasks.metadata import build_info, facts_of
from studio.tasks.records import Located, read_samples
from studio.tasks.reference import DatasetRef
from studio.tasks.rows import Stamp, hub_rows, local_rows, local_splits, local_stamp


def load_dataset(
    ref: DatasetRef,
    split: Split = "test",
    *,
    cache: Path,
    limit: int | None = None,
    optional: frozenset[str] = frozenset(),
) -> Task:
    """The samples of one split, at most `limit`, all in memory; see `stream_dataset`."""
    return stream_dataset(ref, split, cache=cache, limit=limit, optional=optional).whole()


def stream_dataset(
    ref: DatasetRef,
    split: Split = "test",
    *,
    cache: Path,
    limit: int | None = None,
    optional: frozenset[str] = frozenset(),
) -> TaskStream:
    """The samples of one split, at most `limit`, read as they are taken. Media are written into `cache` (a folder; made
    if missing); `optional` names those that a record may have as None.

    Raises TaskError, also while samples are taken: no such dataset or split, the hub does not answer, broken files,
    nothing written to the cache.
    """
    with _clear_errors(ref):
        rows, ref = hub_rows(ref, split, cache) if ref.hub else (local_rows(Path(ref.path), split), ref)
        info = _info(ref, rows.features, {} if rows.count is None else {split: rows.count})
    options: list[int] = []  # how many each sample has

    def samples() -> Iterator[Sample]:
        with _clear_errors(ref):
            read = read_samples(islice(rows.records(), limit), split, _Store(cache, ref).locate, optional)
            for sample in read:
                options.append(len(sample.options))
                yield sample
        if not options:
            raise TaskError("task_no_records", file=str(ref))

    def known() -> TaskInfo:
        return replace(info, sizes=info.sizes or {split: len(options)}, chance=_chance(info, options))

    return TaskStream(info, split, samples(), known)


def describe_dataset(ref: DatasetRef, cache: Path | None = None) -> TaskInfo:
    """What is known of a dataset without reading its rows; of the hub's, what `cache` keeps; of a local one, kept in
    memory while its files do not change. Raises TaskError."""
    with _clear_errors(ref):
        if ref.hub:
            found = find_files(ref, cache)
            features = {"inputs": dict.fromkeys(found.inputs)}
            return _info(replace(ref, revision=found.commit), features, found.sizes)
        return _local_info(ref, local_stamp(Path(ref.path)))


@lru_cache(maxsize=1024)
def _local_info(ref: DatasetRef, stamp: Stamp) -> TaskInfo:
    splits = {split: local_rows(Path(ref.path), split) for split in local_splits(Path(ref.path))}
    if not splits:
        raise TaskError("dataset_no_split", name=ref.name, split="test", known="—")
    features = dict(next(iter(splits.values())).features)
    return _info(ref, features, {split: rows.count or 0 for split, rows in splits.items()})


@contextmanager
def _clear_errors(ref: DatasetRef) -> Iterator[None]:
    """What `datasets` and the hub's library raise, as a TaskError of one line. TaskError itself passes.

    The library lets its HTTP client's own errors through; which client that is changes with its version, so they are
    known by being parents of the library's own error.
    """
    from datasets.exceptions import DatasetNotFoundError, DatasetsError
    from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError, RevisionNotFoundError
    from huggingface_hub.errors import LocalEntryNotFoundError as NotCached

    http = HfHubHTTPError.__bases__[0]
    try:
        yield
    except (DatasetNotFoundError, RepositoryNotFoundError, RevisionNotFoundError) as error:
        raise TaskError("dataset_not_on_hub", name=str(ref)) from error
    except (ConnectionError, NotCached, http) as error:
        raise TaskError("hub_unreachable", name=str(ref), repo=ref.path, reason=_line(error)) from error
    except (DatasetsError, OSError, ValueError, KeyError) as error:
        raise TaskError("dataset_unreadable", name=str(ref), reason=_line(error)) from error


def _line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _info(ref: DatasetRef, features: Mapping[str, Any], sizes: Mapping[str, int]) -> TaskInfo:
    """Features are the union over all records, so they tell the kind of answer but not the chance of guessing."""
    inputs = features.get("inputs")
    row = dict.fromkeys(inputs, True) if isinstance(inputs, Mapping) else {}
    meta = {} if ref.hub else read_meta(Path(ref.path))
    facts = replace(facts_of([row], sizes, None), chance=None)
    return build_info(ref.name, meta, facts, source=str(ref))


def _chance(info: TaskInfo, options: Sequence[int]) -> float | None:
    """The share of right answers by guessing, once the records show how many options they have."""
    counts = [count for count in options if count > 1]
    if info.chance is not None or info.answer_type != "letter" or not counts:
        return info.chance
    return sum(1 / count for count in counts) / len(counts)


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
            write_whole(target, data)
        return Located(target, hashed)
