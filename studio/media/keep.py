"""Media that came as bytes (in a log): kept as files under the hash of their content, each once."""

import os
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

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
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".making-", delete=False) as file:
            file.write(data)
        os.replace(file.name, path)
    return Media(kind, key, path, digest)
