"""What turns texts into vectors, so that texts that mean the same lie close to each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

WORDS = "words"  # no model: pieces of words, worked out of the texts themselves


@dataclass(frozen=True)
class EmbedderInfo:
    """`revision` is a commit, a digest of the weights, or empty where a server does not tell."""

    name: str
    revision: str
    source: Literal["hub", "path", "server"]
    device: str = ""


class Embedder(Protocol):
    """An open model of texts. Close it to let it go."""

    info: EmbedderInfo

    def vectors(self, texts: Sequence[str]) -> Iterator[tuple[int, Sequence[float]]]:
        """(place in `texts`, its vector), in any order; all vectors have one length. Raises ModelError when the model
        fails on a text, EngineFailed when its servers fall silent: there is no vector in between."""

    def close(self) -> None:
        """Lets the model go; closing twice is fine."""
