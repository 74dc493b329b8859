"""What a model is given: a message made of text and media. Media are paths and hashes, never bytes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Modality = Literal["image", "audio", "video"]
MODALITIES: tuple[Modality, ...] = ("image", "audio", "video")


@dataclass(frozen=True)
class Text:
    """A piece of text of a message."""

    text: str


@dataclass(frozen=True)
class Media:
    """One medium of a sample: `key` is its slot in the record (`image`, `audio_1`), `path` the original file.

    `sha256` is of the file's bytes; empty when the file could not be read (then the sample has a problem).
    """

    modality: Modality
    key: str
    path: Path
    sha256: str = ""


@dataclass(frozen=True)
class Box:
    """The largest picture that is sent, in pixels; a larger one is made to fit in its own proportions.

    `width` and `height` are limits of their sides, `max_side` of the longer one; None is no limit.
    """

    width: int | None = None
    height: int | None = None
    max_side: int | None = None

    def fitted(self, width: int, height: int) -> tuple[int, int]:
        """The size of a picture of this size after fitting: never larger, fractions cut off, at least one pixel."""
        side = max(width, height)
        limits = ((self.width, width), (self.height, height), (self.max_side, side))
        # The strictest limit as a fraction, exactly: in floating point 49 * (7 / 49) may come out as 6.
        above, below = 1, 1
        for limit, length in limits:
            if limit is not None and limit * below < above * length:
                above, below = limit, length
        return max(1, width * above // below), max(1, height * above // below)


Part = Text | Media
Message = tuple[Part, ...]


def text_of(message: Message) -> str:
    """The message as text, media shown as their placeholders `<image>`, `<audio>`, `<video>`."""
    return "".join(part.text if isinstance(part, Text) else f"<{part.modality}>" for part in message)


def media_of(message: Message) -> tuple[Media, ...]:
    """The media of a message, in order."""
    return tuple(part for part in message if isinstance(part, Media))
