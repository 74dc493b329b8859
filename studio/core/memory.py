"""How much the studio remembers of what models were asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remembered:
    """Answers that a later run may take, and of how many runs they are.

    `texts` are the bytes of the answers, which belong to their runs; `bytes` what remembering them adds to the file.
    """

    answers: int
    runs: int
    texts: int
    bytes: int
