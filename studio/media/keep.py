"""Media that are bytes (out of a log, or on their way to a server): kept as files under their hash, each once."""

import secrets
from hashlib import sha256
from pathlib import Path

from studio.core.content import Media, Modality
from studio.media.sniff import sniff_bytes


def keep(key: str, modality: Modality | None, data: bytes, folder: Path) -> Media | None:
    """The medium as a file in `folder`; None where neither the log nor the bytes tell what it is. Raises OSError."""
    found = sniff_bytes(data[:4096])
    kind = modality or (found.kind if found else None)
    if kind is None:
        return None
    digest = sha256(data).hexdigest()
    path = folder / digest[:2] / f"{digest}.{found.format if found else 'bin'}"
    write_once(path, data)
    return Media(kind, key, path, digest)


def write_once(path: Path, data: bytes) -> None:
    """A file that is there whole or not at all, whoever writes it at the same time. Raises OSError."""
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not a temporary file: those only their owner may read, and a server may be another user.
    partial = path.with_name(f".making-{secrets.token_hex(8)}")
    partial.write_bytes(data)
    partial.replace(path)
