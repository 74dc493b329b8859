"""A picture as a model takes it: RGB, upright, the first frame, on white where it was transparent."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.core.content import Box
from studio.core.errors import MediaError
from studio.media.sniff import sniff

if TYPE_CHECKING:
    from PIL import Image as PilImage

# 20,000 x 20,000 fits; a file that claims more is taken for a decompression bomb.
MAX_PIXELS = 420_000_000
# A longer side than this is reduced while it is read (JPEG) or right after, whatever the model's own limit is:
# no model looks at more, and three copies of 400 million pixels do not fit in memory.
HUGE_SIDE = 8192
WHOLE = Box()
_ORIENTATION = 0x0112


class LoadedImage(NamedTuple):
    """`image` is RGB. `note` is recorded with the generation: sizes as stored and as sent, mode, frames."""

    image: "PilImage.Image"
    note: dict[str, Any]


def load_image(path: Path, box: Box = WHOLE) -> LoadedImage:
    """The picture in a file as RGB, made to fit into `box` (bicubic; never enlarged).

    EXIF orientation is applied, transparency lies on white, 16 bits become 8 by the high byte, an animation gives its
    first frame. Raises MediaError: missing, empty, not a picture, broken or cut off, above 420 million pixels.
    """
    found = sniff(path)
    if found.kind != "image":
        raise MediaError("media_not_image", file=path.name, format=found.format)
    with opened(path) as stored:
        note = {
            "width": stored.width,
            "height": stored.height,
            "mode": stored.mode,
            "format": found.format,
            "frames": int(getattr(stored, "n_frames", 1)),
        }
        need = max(_target(stored.size, box)) if max(stored.size) > HUGE_SIDE else None
        image = fit(_upright_rgb(_read(stored, need)), box)
    note |= {"sent_width": image.width, "sent_height": image.height}
    return LoadedImage(image, note)


@contextmanager
def opened(path: Path) -> "Iterator[PilImage.Image]":
    """An image file opened but not yet decoded; Pillow's errors come out as MediaError, also inside the block."""
    from PIL import Image, UnidentifiedImageError

    sniff(path)  # missing and empty files have their own messages
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    # What Pillow warns of (odd EXIF, a claim of many pixels) is either harmless or an error of ours below.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    try:
        with Image.open(path) as image:
            if image.width * image.height > MAX_PIXELS:
                raise MediaError("media_too_large", file=path.name, width=image.width, height=image.height)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise MediaError("media_too_large", file=path.name, width="?", height="?") from None
    except UnidentifiedImageError as error:
        raise MediaError("media_broken", file=path.name, reason="unknown picture format") from error
    except (OSError, SyntaxError, ValueError, IndexError, EOFError, MemoryError) as error:
        code = "media_truncated" if "truncated" in str(error).lower() else "media_broken"
        raise MediaError(
            code, file=path.name, reason=str(error).splitlines()[0] if str(error) else ""
        ) from error


def _read(stored: "PilImage.Image", need: int | None = None) -> "PilImage.Image":
    """Decodes the first frame; with `need`, at the smallest whole fraction of its size that still has that many
    pixels on the longer side twice over (so that the last step is a proper bicubic one)."""
    if getattr(stored, "n_frames", 1) > 1:
        stored.seek(0)
    factor = max(stored.size) // (2 * need) if need else 1
    if factor > 1 and stored.format == "JPEG":
        stored.draft(None, (stored.width // factor, stored.height // factor))
        factor = max(stored.size) // (2 * need) if need else 1
    stored.load()
    if factor < 2 or stored.mode in {"P", "1"} or stored.mode.startswith("I;"):
        return stored
    reduced = stored.reduce(factor)
    reduced.info = dict(stored.info)
    if orientation := stored.getexif().get(_ORIENTATION):
        reduced.getexif()[_ORIENTATION] = orientation
    return reduced


def _upright_rgb(image: "PilImage.Image") -> "PilImage.Image":
    from PIL import ImageOps

    image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):
        return _from_deep(image)
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        return _on_white(image)
    return image.convert("RGB")


def _on_white(image: "PilImage.Image") -> "PilImage.Image":
    from PIL import Image

    rgba = image.convert("RGBA")
    white = Image.new("RGB", rgba.size, "white")
    white.paste(rgba, mask=rgba.getchannel("A"))
    return white


def _from_deep(image: "PilImage.Image") -> "PilImage.Image":
    """16 and 32 bits to 8: Pillow's own conversion would clip everything above 255 to white."""
    import numpy as np
    from PIL import Image

    values = np.nan_to_num(np.asarray(image, dtype=np.float64))
    top = float(values.max(initial=0.0))
    if image.mode.startswith("F"):
        scale = 255.0 if top <= 1.0 else 1.0 if top <= 255.0 else 255.0 / top
    else:
        scale = 255.0 / 65535.0 if image.mode.startswith("I;16") or top > 255.0 else 1.0
    return Image.fromarray(np.clip(values * scale, 0, 255).astype(np.uint8)).convert("RGB")


def fit(image: "PilImage.Image", box: Box = WHOLE) -> "PilImage.Image":
    """The picture made to fit into `box`: bicubic, never enlarged, at least one pixel."""
    from PIL import Image

    size = _target(image.size, box)
    return image if size == image.size else image.resize(size, Image.Resampling.BICUBIC)


def _target(size: tuple[int, int], box: Box) -> tuple[int, int]:
    limit = min(box.max_side or HUGE_SIDE, HUGE_SIDE)
    return replace(box, max_side=limit).fitted(*size)


def verify(path: Path) -> None:
    """Decodes a picture and throws it away. Raises MediaError when it is broken or cut off."""
    with opened(path) as stored:
        _read(stored, 64)
