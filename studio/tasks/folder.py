"""A task as a local folder: `test.json`, `shots.json`, `dataset_meta.json` and the media beside them.

A file of records is `{"access": …, "data": [record, …]}` or a plain list. A folder without metadata whose parent
has some is one domain of a task (MERA's ruNaturalScienceVQA/biology) and is called `<task>_<folder>`.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from studio.core.errors import TaskError
from studio.core.task import Split, Task, TaskInfo, TaskStream
from studio.tasks.files import MediaRoot, read_json
from studio.tasks.metadata import build_info, facts_of
from studio.tasks.records import kind, read_samples
from studio.tasks.records_file import RecordsFile

SPLITS: tuple[Split, ...] = get_args(Split)
_META = "dataset_meta.json"


def is_task_folder(path: Path) -> bool:
    """Whether a folder holds a file of records."""
    return any((path / f"{split}.json").is_file() for split in SPLITS)


def load_folder(
    path: Path, split: Split = "test", *, suite: str = "", optional: frozenset[str] = frozenset()
) -> Task:
    """The samples of one split of a task folder, all of them; see `stream_folder`."""
    return stream_folder(path, split, suite=suite, optional=optional).whole()


def stream_folder(
    path: Path, split: Split = "test", *, suite: str = "", optional: frozenset[str] = frozenset()
) -> TaskStream:
    """The samples of one split of a task folder, read as they are taken; `optional` names media that a record may have
    as null.

    Raises TaskError, also while samples are taken; a record's own trouble is its `problem`.
    """
    info = describe_folder(path, suite=suite)
    folder = Path(info.source)
    records = RecordsFile(folder / f"{split}.json")
    samples = read_samples(records, split, MediaRoot(folder).locate, optional)
    return TaskStream(info, split, samples, lambda: info)


def describe_folder(path: Path, *, suite: str = "") -> TaskInfo:
    """What is known of a task folder: reads its JSON (kept while the files do not change), never its media.

    Raises TaskError when there are no records, or when they or the metadata cannot be read.
    """
    path = Path(os.path.abspath(path.expanduser()))
    if not path.is_dir():
        raise TaskError("task_folder_missing", path=str(path))
    if not is_task_folder(path):
        raise TaskError("task_no_records_file", path=str(path))
    return _describe(path, suite, _stamp(path))


def read_meta(path: Path) -> Mapping[str, Any]:
    """`dataset_meta.json` of a folder, or of its parent for a domain's folder; empty where there is none."""
    if (path / _META).is_file():
        return _meta_object(path / _META)
    if (path.parent / _META).is_file() and not is_task_folder(path.parent):
        meta = _meta_object(path.parent / _META)
        return {**meta, "dataset_name": f"{meta.get('dataset_name') or path.parent.name}_{path.name}"}
    return {}


@lru_cache(maxsize=1024)
def _describe(path: Path, suite: str, stamp: tuple[tuple[int, int], ...]) -> TaskInfo:
    files = {split: RecordsFile(file) for split in SPLITS if (file := path / f"{split}.json").is_file()}
    told, *others = files.values()  # the test split where there is one
    facts = facts_of(_inputs(told), {}, None)
    for other in others:
        other.count()
    sizes: dict[str, int] = {split: file.size for split, file in files.items()}
    access = next((file.access for file in files.values() if file.access), None)
    facts = replace(facts, sizes=sizes, access=access)
    return build_info(path.name, read_meta(path), facts, source=str(path), suite=suite)


def _inputs(records: RecordsFile) -> Iterator[Mapping[str, Any]]:
    rows = (record.get("inputs") for record in records if isinstance(record, Mapping))
    return (row for row in rows if isinstance(row, Mapping))


def _stamp(path: Path) -> tuple[tuple[int, int], ...]:
    files = (path / "test.json", path / "shots.json", path / _META, path.parent / _META)
    stats = (file.stat() if file.is_file() else None for file in files)
    return tuple((stat.st_size, stat.st_mtime_ns) if stat else (-1, -1) for stat in stats)


def _meta_object(file: Path) -> dict[str, Any]:
    value = read_json(file)
    if not isinstance(value, dict):
        raise TaskError("task_meta_shape", file=file.name, found=kind(value))
    return value
