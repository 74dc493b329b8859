"""People's answers out of other tools' files: Toloka's TSV and Label Studio's JSON, known by their content."""

import hashlib
from pathlib import Path

from studio.core.crowd import CrowdFile
from studio.core.errors import BadInput
from studio.logs import label_studio, toloka

LARGEST = 128 * 2**20  # bytes


def read_crowd(path: Path, column: str = "") -> CrowdFile:
    """The answers in a file; `column` is the field of the tool's output that holds them, where there are several.
    Raises BadInput: a file that cannot be read, is too large, is no text, or is neither tool's."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadInput("crowd_large", file=path.name, most=LARGEST // 2**20)
        content = path.read_bytes()
    except OSError as error:
        raise BadInput("cli_cannot_read", file=str(path), reason=error.strerror or str(error)) from error
    text = _decoded(content, path.name)
    digest = hashlib.sha256(content).hexdigest()
    if text.lstrip()[:1] in ("[", "{"):
        return label_studio.read(text, path.name, digest, column)
    if "ASSIGNMENT:" in text[:100_000].partition("\n")[0]:
        return toloka.read(text, path.name, digest, column)
    raise BadInput("crowd_unknown", file=path.name)


def _decoded(content: bytes, name: str) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput("crowd_encoding", file=name) from error
    if "\0" in text:
        raise BadInput("crowd_encoding", file=name)
    return text
