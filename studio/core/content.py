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


Part = Text | Media
Message = tuple[Part, ...]


def text_of(message: Message) -> str:
    """The message as text, media shown as their placeholders `<image>`, `<audio>`, `<video>`."""
    return "".join(part.text if isinstance(part, Text) else f"<{part.modality}>" for part in message)


def media_of(message: Message) -> tuple[Media, ...]:
    """The media of a message, in order."""
    return tuple(part for part in message if isinstance(part, Media))
