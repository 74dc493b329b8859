"""What a file is by its first bytes: the name's extension is often wrong (a PNG called .jpg)."""

from pathlib import Path
from typing import NamedTuple

from studio.core.content import Modality
from studio.core.errors import MediaError


class Sniffed(NamedTuple):
    """`format` is the extension that the content deserves. Containers that hold sound or clips alike (mp4, webm, ogg)
    are named here by their usual content; `probe` looks inside."""

    kind: Modality
    format: str


_STARTS: tuple[tuple[bytes, Sniffed], ...] = (
    (b"\x89PNG\r\n\x1a\n", Sniffed("image", "png")),
    (b"\xff\xd8\xff", Sniffed("image", "jpg")),
    (b"GIF87a", Sniffed("image", "gif")),
    (b"GIF89a", Sniffed("image", "gif")),
    (b"II*\0", Sniffed("image", "tiff")),
    (b"MM\0*", Sniffed("image", "tiff")),
    (b"\0\0\0\x0cjP  ", Sniffed("image", "jp2")),
    (b"fLaC", Sniffed("audio", "flac")),
    (b"OggS", Sniffed("audio", "ogg")),
    (b"ID3", Sniffed("audio", "mp3")),
    (b"RF64", Sniffed("audio", "rf64")),
    (b"riff\x2e\x91\xcf\x11", Sniffed("audio", "w64")),
    (b".snd", Sniffed("audio", "au")),
    (b"caff", Sniffed("audio", "caf")),
    (b"\x1aE\xdf\xa3", Sniffed("video", "webm")),
    (b"\0\0\x01\xba", Sniffed("video", "mpg")),
    (b"\0\0\x01\xb3", Sniffed("video", "mpg")),
    (b"FLV\x01", Sniffed("video", "flv")),
    (b"0&\xb2u\x8ef\xcf\x11", Sniffed("video", "asf")),
)
_INSIDE_RIFF: dict[bytes, Sniffed] = {
    b"WAVE": Sniffed("audio", "wav"),
    b"WEBP": Sniffed("image", "webp"),
    b"AVI ": Sniffed("video", "avi"),
}
_BRANDS: dict[bytes, Sniffed] = {
    b"avif": Sniffed("image", "avif"),
    b"avis": Sniffed("image", "avif"),
    b"heic": Sniffed("image", "heic"),
    b"heix": Sniffed("image", "heic"),
    b"mif1": Sniffed("image", "heic"),
    b"msf1": Sniffed("image", "heic"),
    b"M4A ": Sniffed("audio", "m4a"),
    b"qt  ": Sniffed("video", "mov"),
}


def sniff(path: Path) -> Sniffed:
    """The kind and format of a file by its content. Raises MediaError: missing, empty, unreadable or unknown."""
    found = sniff_bytes(read_head(path, 4096))
    if found is None:
        raise MediaError("media_unknown", file=path.name)
    return found


def read_head(path: Path, size: int) -> bytes:
    """The first bytes of a file. Raises MediaError: missing, empty or unreadable."""
    try:
        with path.open("rb") as file:
            head = file.read(size)
    except (FileNotFoundError, IsADirectoryError):
        raise MediaError("media_missing", file=path.name) from None
    except OSError as error:
        raise MediaError("media_unreadable", file=path.name, reason=error.strerror or str(error)) from error
    if not head:
        raise MediaError("media_empty", file=path.name)
    return head


def sniff_bytes(head: bytes) -> Sniffed | None:
    """The kind and format of a file by its first bytes; None for what is not known."""
    for start, found in _STARTS:
        if head.startswith(start):
            return found
    if head[:4] == b"RIFF":
        return _INSIDE_RIFF.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return Sniffed("audio", "aiff")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], Sniffed("video", "mp4"))
    if head[4:8] in {b"moov", b"mdat", b"wide", b"free", b"skip"}:
        return Sniffed("video", "mov")
    return _by_frame(head)


def _by_frame(head: bytes) -> Sniffed | None:
    """Formats without a signature: a frame's first bits, so they come last and are checked closer by decoding."""
    if head[:2] == b"BM" and len(head) > 26 and head[14] in {12, 40, 52, 56, 64, 108, 124}:
        return Sniffed("image", "bmp")
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return Sniffed("audio", "aac")
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0:
        return Sniffed("audio", "mp3")
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return Sniffed("video", "ts")
    return None
