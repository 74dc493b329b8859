"""Files without what they tell besides the medium: camera, date, place, titles, prompts.

Pictures and sounds stay bit for bit the same; clips are left as they are.
"""

import struct

_JPEG_KEPT = {0xE0, 0xE2, 0xEE}  # JFIF, colour profile, Adobe's colour transform
_PNG_DROPPED = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_WAV_KEPT = {b"fmt ", b"data", b"fact"}


def stripped(data: bytes, form: str) -> bytes:
    """The file's bytes without metadata, for `jpg`, `png`, `wav` and `mp3`; other formats, and files whose structure is
    odd, come back unchanged."""
    strippers = {"jpg": _jpeg, "png": _png, "wav": _wav, "mp3": _mp3}
    strip = strippers.get(form)
    try:
        return strip(data) if strip else data
    except (struct.error, IndexError):
        return data


def _jpeg(data: bytes) -> bytes:
    """Drops comments and all APPn segments but those that colours need; keeps the orientation in a small EXIF."""
    out = bytearray(data[:2])
    orientation = 1
    at = 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            orientation = _orientation(segment[10:])
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _JPEG_KEPT:
            out += segment
        at += 2 + length
    if data[at] != 0xFF:
        return data
    head = bytes(out[:2]) + (_exif(orientation) if orientation != 1 else b"")
    return head + bytes(out[2:]) + data[at:]


def _orientation(tiff: bytes) -> int:
    """EXIF tag 0x0112 of the first directory, 1 (upright) when there is none."""
    order = "<" if tiff[:2] == b"II" else ">"
    (at,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    for index in range(min(count, 512)):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * index)
        if tag == 0x0112 and kind == 3 and 1 <= value <= 8:
            return int(value)
    return 1


def _exif(orientation: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> bytes:
    out = bytearray(data[:8])
    at = 8
    while at + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if data[at + 4 : at + 8] not in _PNG_DROPPED:
            out += data[at:end]
        at = end
    return bytes(out)


def _wav(data: bytes) -> bytes:
    """Keeps format and samples; a file with sizes that do not add up stays as it is."""
    chunks: list[bytes] = []
    at = 12
    while at + 8 <= len(data):
        (length,) = struct.unpack_from("<I", data, at + 4)
        end = at + 8 + length
        if end > len(data):
            return data
        if data[at : at + 4] in _WAV_KEPT:
            chunks.append(data[at:end] + b"\0" * (length % 2))
        at = end + length % 2
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _mp3(data: bytes) -> bytes:
    """Drops ID3v2 tags in front and an ID3v1 tag behind."""
    while data[:3] == b"ID3":
        a, b, c, d = data[6:10]
        size = 10 + (a << 21 | b << 14 | c << 7 | d) + (10 if data[5] & 0x10 else 0)
        if size >= len(data):
            return data
        data = data[size:]
    return data[:-128] if data[-128:-125] == b"TAG" else data
