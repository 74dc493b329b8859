"""What lies in an archive: its files, read with care (somebody else made them), and the task that each is for.

Nothing is unpacked to the disk, so a name that climbs out of its folder leads nowhere.
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from studio.core.submission import Defect
from studio.core.suite import Subset, SuiteTask

LOGS = "logs_public.zip"
# Bytes of one file, unpacked: the largest real one (7,432 answers with reasoning) is a tenth of it. A zip can claim
# a million times its own size.
MOST_BYTES = 256 * 2**20
MOST_LOG_BYTES = 2**30
# A whole submission has 19 files, its logs some 70. `zipfile` makes an object of each name in the list before anything
# else can be asked, so the list's own size is looked at first.
MOST_FILES = 1000
MOST_LIST_BYTES = 2**20
SHOWN_NAME = 120  # characters of a name that somebody else chose
_END, _END_BYTES, _LIST_SIZE_AT = b"PK\x05\x06", 22, 12
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)

# The task, and the part of it, that a name means; None: no task of the suite.
Resolve = Callable[[str], tuple[SuiteTask, Subset | None] | None]


@dataclass(frozen=True)
class File:
    """A file of an archive: `raw` is None where `problem` (a code and a reason) says why it cannot be read."""

    name: str
    raw: bytes | None
    problem: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Contents:
    """The files of an archive by task, its logs, and what is wrong with how they lie there."""

    files: dict[str, File]
    logs: bytes | None
    defects: tuple[Defect, ...]


def open_archive(path: Path, suite: Sequence[SuiteTask], resolve: Resolve) -> Contents | Defect:
    """The contents of an archive; a Defect when it cannot be read at all. Raises OSError."""
    try:
        with path.open("rb") as file, _opened(file) as archive:
            return _contents(archive, suite, resolve)
    except _Crowded:
        return Defect("too_many_files", values={"most": MOST_FILES})
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        return Defect("unreadable_zip", values={"reason": str(error)})


def open_logs(raw: bytes) -> Iterator[File]:
    """The files of the logs, one after another, so that only one is in memory. Raises zipfile.BadZipFile."""
    with _opened(BytesIO(raw)) as archive:
        for info in archive.infolist():
            name = PurePosixPath(info.filename).name
            if name.startswith(("samples_", "results_")) and not info.is_dir():
                read = _read(archive, info, MOST_LOG_BYTES)
                yield File(name, read.raw, read.problem)


class _Crowded(zipfile.BadZipFile):
    """An archive of more files than anybody packs."""


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    """Raises zipfile.BadZipFile, of which _Crowded is one."""
    if _list_bytes(file) > MOST_LIST_BYTES:
        raise _Crowded(f"> {MOST_FILES}")
    archive = zipfile.ZipFile(file)
    if len(archive.infolist()) > MOST_FILES:
        archive.close()
        raise _Crowded(f"> {MOST_FILES}")
    return archive


def _list_bytes(file: BinaryIO) -> int:
    """The size of the list of files, as the archive's end states it (PKWARE's APPNOTE, 4.3.16). Files of more than
    4 GB state it elsewhere and say 2**32 - 1 here, which is too much in any case."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_BYTES - 2**16))
    tail = file.read()
    end = tail.rfind(_END)
    found = tail[end + _LIST_SIZE_AT : end + _LIST_SIZE_AT + 4] if end >= 0 else b""
    return int.from_bytes(found, "little")


def _named(name: str) -> str:
    """A file's name for a report: as long as anybody reads."""
    return name if len(name) <= SHOWN_NAME else f"{name[: SHOWN_NAME - 1]}…"


def _contents(archive: zipfile.ZipFile, suite: Sequence[SuiteTask], resolve: Resolve) -> Contents:
    expected = {f"{task.submission}.json": task for task in suite}
    files: dict[str, File] = {}
    logs: bytes | None = None
    defects: list[Defect] = []
    # Files with the right name come first, so that a copy under a wrong one never takes their place.
    infos = [info for info in archive.infolist() if not info.is_dir()]
    for info in sorted(infos, key=lambda info: info.filename not in expected):
        if info.filename == LOGS:
            read = _read(archive, info, MOST_LOG_BYTES)
            logs = read.raw
            if read.raw is None:
                values = {"file": LOGS, "reason": read.problem[1]}
                defects.append(Defect("logs_unreadable", "", "warning", values=values))
            continue
        task = expected.get(info.filename)
        complaint = None if task else _misplaced(info.filename, resolve)
        if complaint:
            defects.append(complaint)
            task = next((item for item in suite if item.name == complaint.task), None)
        if task is None or (complaint and complaint.code != "file_misnamed"):
            continue
        if task.name in files:
            defects.append(Defect("file_twice", task.name, values={"file": _named(info.filename)}))
        else:
            files[task.name] = _read(archive, info, MOST_BYTES)
    return Contents(files, logs, tuple(defects))


def _misplaced(name: str, resolve: Resolve) -> Defect:
    """What is wrong with a file whose name is not one that the site looks for."""
    path = PurePosixPath(name)
    found = resolve(path.name.split(".")[0])
    if found is None or path.name.startswith(".") or "__MACOSX" in path.parts:
        return Defect("unknown_file", severity="warning", values={"file": _named(name)})
    task, subset = found
    values = {"file": _named(name), "expected": f"{task.submission}.json"}
    if path.suffix != ".json":
        return Defect("extension", task.name, values=values)
    return Defect("file_part" if subset else "file_misnamed", task.name, values=values)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> File:
    if info.file_size > most:
        return File(info.filename, None, ("task_system_error", f"{info.file_size} > {most} B"))
    try:
        # What is read is what counts: the size in the directory may be a lie.
        with archive.open(info) as stream:
            raw = stream.read(most + 1)
    except _BROKEN as error:
        return File(info.filename, None, ("unreadable_file", str(error) or type(error).__name__))
    if len(raw) > most:
        return File(info.filename, None, ("task_system_error", f"> {most} B"))
    return File(info.filename, raw)
