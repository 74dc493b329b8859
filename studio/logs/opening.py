"""From paths to logs: folders are gone through, archives unpacked, and every file is asked whose it is."""

import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from studio.core.errors import BadInput
from studio.core.logs import Log
from studio.logs import evalscope, inspect_eval, lm_eval, lmms_eval, mera_submission, vlmevalkit
from studio.logs.guarded import ODD, guarded
from studio.logs.reader import HEAD, Reader, Source

# The first that claims a file has it.
READERS: tuple[Reader, ...] = (
    lm_eval.READER, lmms_eval.READER, inspect_eval.READER, evalscope.READER, vlmevalkit.READER,
    mera_submission.READER,
)  # fmt: skip

MOST_FILES = 20_000
MOST_UNPACKED = 8 * 2**30  # bytes: a zip can claim a million times its own size
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)


@dataclass(frozen=True)
class Opened:
    """The logs found, the names of files that no reader knows, and by its name how many bytes each file of the logs is:
    unpacked, where it is a zip itself."""

    logs: tuple[Log, ...]
    unknown: tuple[str, ...]
    sizes: Mapping[str, int]


@contextmanager
def open_logs(
    paths: Sequence[Path], *, readers: Sequence[Reader] = READERS, most_unpacked: int = MOST_UNPACKED
) -> Iterator[Opened]:
    """The logs in these files, folders and zip archives; good until the block ends (archives are unpacked for it).

    Raises BadInput: a path that is not there or cannot be read, a file given by itself that is nobody's log, no log
    at all, an archive that is broken or unpacks to more than `most_unpacked` bytes; and what readers raise.
    """
    with tempfile.TemporaryDirectory(prefix="studio-logs-") as folder:
        sources, given = _sources(paths, readers, Path(folder), most_unpacked)
        claimed: dict[str, list[Source]] = {}
        unknown = []
        for source in sources:
            reader = next((reader for reader in readers if reader.claims(source)), None)
            if reader:
                claimed.setdefault(reader.tool, []).append(source)
            elif source.path in given:
                raise BadInput("log_unknown", file=source.name, known=_names(readers))
            else:
                unknown.append(source.name)
        sizes = _weigh([source for group in claimed.values() for source in group], most_unpacked)
        logs = [
            log for reader in readers if reader.tool in claimed for log in _read(reader, claimed[reader.tool])
        ]
        if not logs:
            raise BadInput("log_none", path=", ".join(path.name for path in paths), known=_names(readers))
        yield Opened(tuple(logs), tuple(unknown), sizes)


def _read(reader: Reader, sources: Sequence[Source]) -> Iterator[Log]:
    return guarded(lambda: reader.read(sources), reader.tool, (source.name for source in sources))


def rest_of(tool: str, raw: Any) -> Mapping[str, Any]:
    """What of a raw row no other part of its sample holds; the whole of it where the tool's reader is not known."""
    reader = next((reader for reader in READERS if reader.tool == tool), None)
    whole = raw if isinstance(raw, Mapping) else {"row": raw}
    try:
        return reader.rest(raw) if reader else whole
    except ODD:  # a row that its tool would not write
        return whole


def _names(readers: Sequence[Reader]) -> str:
    return ", ".join(reader.tool for reader in readers)


def _sources(
    paths: Sequence[Path], readers: Sequence[Reader], folder: Path, most: int
) -> tuple[list[Source], set[Path]]:
    """Every file behind the paths, and those that were given by themselves."""
    found: dict[Path, Source] = {}
    given: set[Path] = set()
    for number, path in enumerate(paths):
        if not path.exists():
            raise BadInput("log_no_path", path=path)
        if path.is_dir():
            files = _below(path, path)
        else:
            files = [_source(path, path.name)]
            if _plain_zip(files[0], readers):
                unpacked = folder / str(number)
                most -= _unpack(path, unpacked, most)
                files = _below(unpacked, unpacked)
            else:
                given.add(path)
        found.update((source.path, source) for source in files)
        if len(found) > MOST_FILES:
            raise BadInput("log_many_files", path=path, most=MOST_FILES)
    return sorted(found.values(), key=lambda source: source.name), given


def _below(folder: Path, root: Path) -> list[Source]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return [
        _source(path, path.relative_to(root).as_posix(), str(path.parent))
        for path in paths
        if not path.name.startswith(".")
    ]


def _source(path: Path, name: str, folder: str = "") -> Source:
    try:
        with path.open("rb") as file:
            return Source(path, name, file.read(HEAD), folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput("cli_cannot_read", file=name, reason=reason) from error


def _plain_zip(source: Source, readers: Sequence[Reader]) -> bool:
    """Whether it is an archive of files, and not a log that happens to be a zip inside."""
    return source.head.startswith(b"PK\x03\x04") and not any(reader.claims(source) for reader in readers)


def _weigh(sources: Sequence[Source], most: int) -> dict[str, int]:
    """The bytes of each file by its name. Refuses logs that are zips themselves and unpack to too much: their readers
    take no more than they claim."""
    sizes: dict[str, int] = {}
    left = most
    for source in sources:
        # Two files may have one name.
        sizes[source.name] = max(sizes.get(source.name, 0), source.path.stat().st_size)
        if not source.head.startswith(b"PK\x03\x04"):
            continue
        try:
            with zipfile.ZipFile(source.path) as archive:
                unpacked = sum(info.file_size for info in archive.infolist())
        except _BROKEN:
            continue  # its reader says so in its own words
        left -= unpacked
        if left < 0:
            raise BadInput("log_too_large", file=source.name, most=most // 2**20)
        sizes[source.name] = max(sizes[source.name], unpacked)
    return sizes


def _unpack(path: Path, target: Path, most: int) -> int:
    """Unpacks an archive, folders kept, and returns its bytes. What is read is what counts, not what is claimed."""
    left = most
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MOST_FILES:
                raise BadInput("log_many_files", path=path.name, most=MOST_FILES)
            for info in infos:
                left -= _unpack_one(archive, info, target, left)
                if left < 0:
                    raise BadInput("log_too_large", file=path.name, most=most // 2**20)
    except _BROKEN as error:
        raise BadInput("log_zip_broken", file=path.name, reason=str(error) or type(error).__name__) from error
    except OSError as error:
        raise BadInput("cli_cannot_read", file=path.name, reason=error.strerror or str(error)) from error
    return most - left


def _unpack_one(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, most: int) -> int:
    parts = [part for part in PurePosixPath(info.filename).parts if part not in {"/", "..", "."}]
    if not parts or "__MACOSX" in parts:
        return 0
    place = target.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(info) as packed, place.open("wb") as file:
        while chunk := packed.read(2**20):
            file.write(chunk)
            if file.tell() > most:
                return file.tell()
        return file.tell()
