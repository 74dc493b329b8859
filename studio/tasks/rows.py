"""The rows of a dataset in Arrow form, a few at a time: saved by `save_to_disk`, parquet files, files of the hub.

Media stay bytes as they lie in the files: nothing is decoded, and few rows are in memory at a time. Parquet files
are read by pyarrow itself: `datasets` would take a whole group of rows at once, of which a file may have but one, and
import torch to do it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from studio.core.errors import TaskError
from studio.core.task import Split
from studio.tasks.folder import SPLITS
from studio.tasks.hub_files import HubFiles, fetch, find_files
from studio.tasks.reference import DatasetRef

Stamp = tuple[tuple[str, int, int], ...]

_ROWS_AT_ONCE = 8  # rows hold whole media, so few at a time

Batches = Iterator[Any]  # of Arrow's tables or batches


@dataclass(frozen=True)
class Rows:
    """The rows of one split. `parts` are read once, in order, each opened when it is reached; `count` is known where
    files or the hub state it."""

    parts: Iterable[Batches]
    features: Mapping[str, Any]
    count: int | None

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as plain values, one after another: what went before is let go."""
        for part in self.parts:
            for batch in part:
                for place in range(batch.num_rows):
                    yield from batch.slice(place, 1).to_pylist()


def is_dataset_folder(path: Path) -> bool:
    """Whether a folder was saved by `save_to_disk` or holds the parquet files of a split."""
    return _is_saved(path) or bool(_parquet_files(path))


def local_rows(folder: Path, split: Split) -> Rows:
    """A split of a local dataset. Raises TaskError where there is no such split, and what `datasets` raises."""
    from datasets import Dataset, load_from_disk

    known = local_splits(folder)
    if split not in known:
        raise TaskError("dataset_no_split", name=folder.name, split=split, known=", ".join(known) or "—")
    if not _is_saved(folder):
        return _parquet_rows(_parquet_files(folder)[split])
    saved = load_from_disk(str(folder))
    rows = saved if isinstance(saved, Dataset) else saved[split]
    return Rows([_batches(rows)], rows.features, len(rows))


def local_splits(folder: Path) -> list[Split]:
    """The splits of a local dataset; one saved without a name of its own is the test split."""
    if (folder / "state.json").is_file():
        return ["test"]
    if (folder / "dataset_dict.json").is_file():
        return [name for name in SPLITS if (folder / name / "state.json").is_file()]
    return list(_parquet_files(folder))


def local_stamp(folder: Path) -> Stamp:
    """What changes when a local dataset or its metadata do: names, sizes and times of the files that tell of it."""
    told = [folder / "dataset_dict.json", *folder.glob("state.json"), *folder.glob("*/state.json")]
    rows = [file for files in _parquet_files(folder).values() for file in files]
    meta = [folder / "dataset_meta.json", folder.parent / "dataset_meta.json"]
    stats = [(str(file), file.stat()) for file in [*told, *rows, *meta] if file.is_file()]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def hub_rows(ref: DatasetRef, split: Split, cache: Path) -> tuple[Rows, DatasetRef]:
    """A split of a dataset of the hub, and the reference with its commit. Its files are fetched one by one, as far as
    rows are asked for, into the cache of the hub's library. Raises what `find_files` raises; TaskError for a split that
    is not there."""
    found = find_files(ref, cache)
    ref = replace(ref, revision=found.commit)
    if split not in found.files:
        raise TaskError("dataset_no_split", name=ref.name, split=split, known=", ".join(found.files) or "—")
    if not found.parquet or not found.files[split]:
        return _streamed_rows(ref, split, found), ref
    first = fetch(ref, found.commit, found.files[split][0])
    return Rows(_fetched(ref, found, split, first), _features(first), found.sizes.get(split)), ref


def _fetched(ref: DatasetRef, found: HubFiles, split: Split, first: Path) -> Iterator[Batches]:
    yield _parquet(first)
    for file in found.files[split][1:]:
        yield _parquet(fetch(ref, found.commit, file))


def _streamed_rows(ref: DatasetRef, split: Split, found: HubFiles) -> Rows:
    """Files of another form (JSON, folders of media) are left to `datasets`, which needs the hub for them."""
    from datasets import load_dataset

    rows = load_dataset(ref.path, ref.config, revision=ref.revision, split=split, streaming=True)
    return Rows([_batches(rows)], rows.features or {}, found.sizes.get(split))


def _parquet_rows(files: Sequence[Path]) -> Rows:
    """Parquet files read where they lie, counted by their footers: nothing is copied to a cache."""
    from pyarrow.parquet import read_metadata  # type: ignore[import-untyped]

    counted = sum(read_metadata(file).num_rows for file in files)
    return Rows(map(_parquet, files), _features(files[0]), counted)


def _parquet(path: Path) -> Batches:
    from pyarrow.parquet import ParquetFile

    # Mapped, a column that is not compressed (media are not, as `datasets` writes them) is taken from the file row by
    # row; of a compressed one a page is in memory, which writers end after 1,024 rows at the latest.
    with ParquetFile(path, memory_map=True) as file:
        yield from file.iter_batches(batch_size=_ROWS_AT_ONCE, use_threads=False)


def _features(path: Path) -> Mapping[str, Any]:
    """A parquet file's columns, as `datasets` writes them down in its footer or as Arrow knows them."""
    from datasets import Features
    from pyarrow.parquet import read_schema

    features: Mapping[str, Any] = Features.from_arrow_schema(read_schema(path))
    return features


def _batches(rows: Any) -> Batches:
    """The rows of a dataset of `datasets`, opened only now."""
    yield from rows.with_format("arrow").iter(batch_size=_ROWS_AT_ONCE)


def _is_saved(folder: Path) -> bool:
    return (folder / "dataset_dict.json").is_file() or (folder / "state.json").is_file()


def _parquet_files(folder: Path) -> dict[Split, list[Path]]:
    """Parquet files by split: `test.parquet`, `test-00000-of-00002.parquet`, also under `data/` or `test/`."""
    found: dict[Split, list[Path]] = {}
    for split in SPLITS:
        patterns = (f"{place}{split}{tail}" for place in ("", "data/") for tail in (".parquet", "-*.parquet"))
        files = sorted(
            {file for pattern in (*patterns, f"{split}/*.parquet") for file in folder.glob(pattern)}
        )
        if files:
            found[split] = files
    return found
