"""Which texts a judge is asked about: MERA's rule for candidates and for inputs that are too long.

Source: `multimodal_tasks/custom_metrics.py` of MERA_MULTIMODAL. Input is `question + sep + gold + sep + prediction`,
the question being the whole formatted prompt. The second candidate is the part after the last `ОТВЕТ`; the item's
verdict is the largest over all texts.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from studio.core.judge import JudgeCase

MARKER = "ОТВЕТ"
MAX_LENGTH = 8000
OFFSET = 5
WORTHWHILE = 512  # tokens from which on a batch is no longer filled up at any price
FILLED = 0.85  # of such a batch is text, the rest padding


class Tokenizer(Protocol):
    """The three things that windows need of a Hugging Face tokenizer."""

    sep_token: str
    all_special_tokens: list[str]

    def __call__(self, text: str, **options: object) -> dict[str, list[tuple[int, int]]]: ...


@dataclass(frozen=True)
class Candidate:
    """One text to ask about. `name` is full or after_marker, with :head or :tail for a window."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def golds_of(case: JudgeCase) -> tuple[str, ...]:
    """The acceptable answers that are not blank."""
    golds = (case.gold,) if isinstance(case.gold, str) else case.gold
    return tuple(g for g in golds if g.strip())


def after_marker(prediction: str) -> str | None:
    """The stripped text after the last marker, or None where there is no marker or nothing behind it."""
    _, marker, tail = prediction.rpartition(MARKER)
    text = tail.strip()
    return text if marker and text else None


def without_specials(text: str, special: Iterable[str]) -> str:
    """`text` in which no string can pass for one of the tokenizer's special tokens.

    A space after the first character is enough: the tokenizer looks for the exact string. Otherwise a model could
    write the separator itself and supply a gold answer of its own.
    """
    tokens = [t for t in special if len(t) > 1]
    if not tokens:
        return text
    pattern = re.compile("|".join(re.escape(t) for t in sorted(tokens, key=len, reverse=True)), re.IGNORECASE)
    return pattern.sub(lambda found: found[0][0] + " " + found[0][1:], text)


def candidates(case: JudgeCase, tokenizer: Tokenizer, max_length: int = MAX_LENGTH) -> list[Candidate]:
    """Every text that the judge is asked about for one case, in a fixed order.

    Several gold answers give several inputs, for any of them will do.
    """
    special = tokenizer.all_special_tokens
    question = without_specials(case.question, special)
    parts = {"full": case.prediction, "after_marker": after_marker(case.prediction)}
    texts: list[Candidate] = []
    for gold in golds_of(case):
        clean = without_specials(gold, special)
        for name, part in parts.items():
            if part is not None:
                pieces = [question, clean, without_specials(part, special)]
                texts += windows(name, tokenizer.sep_token.join(pieces), tokenizer, max_length)
    return texts


def windows(name: str, text: str, tokenizer: Tokenizer, max_length: int = MAX_LENGTH) -> list[Candidate]:
    """The text itself, or its first and last `max_length - OFFSET` tokens where it has more."""
    keep = max_length - OFFSET
    # No token is longer than the text: a short text needs no counting.
    if len(text) <= keep:
        return [Candidate(name, text)]
    spans = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
    if len(spans) <= keep:
        return [Candidate(name, text)]
    head, tail = text[: spans[keep - 1][1]], text[spans[-keep][0] :]
    return [Candidate(f"{name}:head", head), Candidate(f"{name}:tail", tail)]


def batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Positions sorted by length and cut so that rows x longest stays within `budget` (at least one row each), and so
    that of a batch worth its while little is padding."""
    groups: list[list[int]] = []
    group: list[int] = []
    tokens = 0
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        padded = lengths[position] * (len(group) + 1)
        wasteful = tokens >= WORTHWHILE and tokens + lengths[position] < FILLED * padded
        if group and (padded > budget or wasteful):
            groups.append(group)
            group, tokens = [], 0
        group.append(position)
        tokens += lengths[position]
    return [*groups, group] if group else groups
