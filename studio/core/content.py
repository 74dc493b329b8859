"""What a model is given: a message made of text and media. Media are paths and hashes, never bytes."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Modality = Literal["image", "audio", "video"]
MODALITIES: tuple[Modality, ...] = ("image", "audio", "video")
# What a task is about; `text`: words alone, as only other tools' logs have it.
Given = Literal["image", "audio", "video", "text"]
# What becomes of a question's media: sent as they are, not sent at all, or each replaced by an empty one of its form.
MediaUse = Literal["sent", "none", "null"]
MEDIA_USES: tuple[MediaUse, ...] = ("sent", "none", "null")


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


def without_media(message: Message) -> Message:
    """The message as it would read if it had never held a medium; unchanged if it holds none.

    A line that was nothing but media, or their label ("Изображение: <image>"), goes, and a blank line beside it;
    in a line that says something else only the media and their labels go. What is left begins without blank lines.
    Words about the media ("Имеется 1 изображение.") are text like any other and stay.
    """
    if not media_of(message):
        return message
    kept: list[str] = []
    removed = False  # the line just above was left out
    for line in _lines(message):
        words = _joined(line)
        if len(line) > 1 and _is_label(words):
            removed = True
        elif not (removed and not words.strip() and not (kept and kept[-1].strip())):
            kept.append(words)
            removed = False
    return (Text("\n".join(kept)),)


_LABEL = re.compile(
    r"(?:^|(?<=[.,;!?] ))[^.,:;!?\n]{0,30}?"
    r"(?:изображени|картин|рисун|фото|аудио|звук|запис|виде|клип|ролик|файл|image|picture|audio|sound|video|clip)"
    r"[^.,:;!?\n]{0,20}:\s*$",
    re.IGNORECASE,
)


def _lines(message: Message) -> list[list[str]]:
    """The lines of a message, each cut into pieces where its media stood."""
    lines = [[""]]
    for part in message:
        if isinstance(part, Media):
            lines[-1].append("")
            continue
        first, *others = part.text.split("\n")
        lines[-1][-1] += first
        lines += [[other] for other in others]
    return lines


def _joined(pieces: list[str]) -> str:
    """The pieces of a line as one, without labels and without the gaps that the media leave."""
    left, *rest = pieces
    for right in rest:
        left = _LABEL.sub("", left)
        if not left.strip():
            right = right.lstrip(" .,;")
        elif left.endswith(" ") and right[:1] in {"", " ", ".", ",", ";", "!", "?", ")"}:
            left = left.rstrip(" ")
        left += right
    return left


def _is_label(words: str) -> bool:
    bare = words.strip().strip(".,;")
    return not bare or bare.endswith(":")
