"""Draw a picture with Pillow: stickers with a white rim and a soft shadow on a pastel backdrop."""

from __future__ import annotations

import math
import random
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from data.generate.pictures import Figure, Picture

_RGB = {
    "red": (226, 54, 61),
    "yellow": (250, 200, 38),
    "green": (56, 168, 92),
    "blue": (45, 112, 216),
    "violet": (142, 74, 184),
    "black": (46, 48, 60),
}

# Light falls from the top left: each backdrop runs from its light colour there to its dark one.
_BACKDROPS = (
    ((255, 244, 230), (248, 205, 178)),
    ((236, 246, 255), (178, 208, 240)),
    ((240, 250, 238), (186, 222, 190)),
    ((252, 240, 250), (222, 190, 226)),
    ((255, 250, 224), (240, 214, 160)),
    ((238, 240, 250), (190, 194, 222)),
    ((234, 250, 250), (168, 216, 216)),
    ((255, 240, 240), (238, 190, 196)),
)
_RIM = 1.14
_COARSE = 32  # the backdrop is smooth: computed small, enlarged


def draw(picture: Picture, side: int, supersample: int = 2) -> Image.Image:
    """Return the picture as RGB, `side` pixels a side; drawn larger and shrunk for smooth edges."""
    big = side * supersample
    canvas = backdrop(picture, big)
    paint(canvas, picture.figures)
    return canvas if supersample == 1 else canvas.resize((side, side), Image.Resampling.LANCZOS)


def backdrop(picture: Picture, side: int) -> Image.Image:
    """Only the backdrop: a gradient with a few blurred spots of light."""
    light, dark = (np.array(c, dtype=np.float32) for c in _BACKDROPS[picture.backdrop])
    ramp = np.linspace(0, 1, _COARSE, dtype=np.float32)
    share = (0.45 * ramp[None, :] + 0.55 * ramp[:, None])[..., None]
    pixels = light * (1 - share) + dark * share
    rng = random.Random(picture.grain)
    rows, columns = np.mgrid[0:_COARSE, 0:_COARSE] / _COARSE
    for _ in range(rng.randint(2, 5)):
        x, y, size = rng.random(), rng.random(), rng.uniform(0.08, 0.25)
        glow = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * size**2))
        pixels += glow[..., None] * rng.uniform(-14, 18)
    # Enlarged as floats: rounded before, the steps between grey levels would show as a lattice.
    channels = [Image.fromarray(pixels[..., i].astype(np.float32)) for i in range(3)]
    smooth = [np.asarray(c.resize((side, side), Image.Resampling.BICUBIC)) for c in channels]
    return Image.fromarray(np.clip(np.stack(smooth, axis=-1), 0, 255).astype(np.uint8))


def paint(canvas: Image.Image, figures: tuple[Figure, ...]) -> None:
    """Draw the figures on the canvas, in order."""
    for figure in figures:
        if figure.alpha > 0.01:
            _sticker(canvas, figure)


def _sticker(canvas: Image.Image, figure: Figure) -> None:
    side = canvas.width
    reach = math.ceil(figure.radius * side * 1.45) + 2
    left, top = round(figure.x * side) - reach, round(figure.y * side) - reach
    shift = (figure.x * side - left, figure.y * side - top)
    rim = _mask(figure, 2 * reach, shift, side, _RIM)
    blur = max(1.0, figure.radius * side * 0.07)
    shadow = rim.filter(ImageFilter.GaussianBlur(blur))
    drop = round(figure.radius * side * 0.12)
    canvas.paste((40, 40, 60), (left, top + drop), _faded(shadow, 0.28 * figure.alpha))
    canvas.paste((255, 255, 255), (left, top), _faded(rim, figure.alpha))
    body = _mask(figure, 2 * reach, shift, side, 1.0)
    canvas.paste(_color(figure), (left, top), _faded(body, figure.alpha))
    up = (shift[0] - 0.06 * figure.radius * side, shift[1] - 0.08 * figure.radius * side)
    shine = _mask(figure, 2 * reach, up, side, 0.72)
    canvas.paste((255, 255, 255), (left, top), _faded(shine, 0.16 * figure.alpha))


def _mask(figure: Figure, box: int, shift: tuple[float, float], side: int, scale: float) -> Image.Image:
    mask = Image.new("L", (box, box), 0)
    turn = math.radians(figure.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    points = _outline(figure.shape) * (figure.radius * side * scale)
    x = points[:, 0] * cos - points[:, 1] * sin + shift[0]
    y = points[:, 0] * sin + points[:, 1] * cos + shift[1]
    ImageDraw.Draw(mask).polygon(list(zip(x.tolist(), y.tolist(), strict=True)), fill=255)
    return mask


def _faded(mask: Image.Image, share: float) -> Image.Image:
    return mask if share >= 1 else mask.point([int(v * share) for v in range(256)])


def _color(figure: Figure) -> tuple[int, int, int]:
    rgb = _RGB[figure.color]
    if figure.turns_into:
        other = _RGB[figure.turns_into]
        rgb = tuple(round(a * (1 - figure.blend) + b * figure.blend) for a, b in zip(rgb, other, strict=True))
    red, green, blue = (min(255, max(0, round(v + 12 * figure.tint))) for v in rgb)
    return red, green, blue


@cache
def _outline(shape: str) -> np.ndarray:
    """The outline as points of a figure of radius 1 about the origin."""
    t = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    if shape == "circle":
        return np.stack([0.92 * np.cos(t), 0.92 * np.sin(t)], axis=1)
    if shape == "square":
        return np.array([(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)])
    if shape == "triangle":
        return np.array([(0.0, -1.0), (0.98, 0.75), (-0.98, 0.75)])
    if shape == "star":
        angle = np.arange(10) * np.pi / 5 - np.pi / 2
        r = np.where(np.arange(10) % 2 == 0, 1.08, 0.46)
        return np.stack([r * np.cos(angle), r * np.sin(angle)], axis=1)
    if shape == "heart":
        x = np.sin(t) ** 3
        y = -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 16
        return np.stack([x, y - 0.05], axis=1)
    if shape == "flower":
        r = 0.68 + 0.34 * np.abs(np.cos(3 * t))
        return np.stack([r * np.sin(t), -r * np.cos(t)], axis=1)
    raise ValueError(f"Unknown shape {shape!r}")
