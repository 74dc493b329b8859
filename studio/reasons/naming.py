"""Names that groups of failures give themselves: the pattern that most share, and the words that tell them apart."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from studio.core.reasons import Failure, ReasonName
from studio.reasons.traits import TRAITS

_MOST_SHARE = 0.6  # of a group that must show a pattern for the group to be called by it
_WORDS = 3
_LEAST_SHARE = 0.2  # of a group that must say a word
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_SHOWN = 400


def words_of(failure: Failure) -> set[str]:
    """The words of what was compared and of the reviewers' notes, each once."""
    text = f"{failure.final[-_SHOWN:]} {failure.notes}".casefold().replace("ё", "е")
    return set(_WORD.findall(text))


def name_of(
    failures: Sequence[Failure], shown: Sequence[tuple[str, ...]], everywhere: Mapping[str, int], n: int
) -> ReasonName:
    """The name of a group of failures, among `n` whose words stand in so many of them as `everywhere` says."""
    counts = Counter(trait for each in shown for trait in each)
    trait = next((trait for trait in TRAITS if counts[trait] >= _MOST_SHARE * len(failures)), "")
    return ReasonName(trait, _telling(failures, everywhere, n))


def _telling(failures: Sequence[Failure], everywhere: Mapping[str, int], n: int) -> tuple[str, ...]:
    """Words said here more often than elsewhere: by their part of the group's divergence from all, p log(p / q)."""
    own = Counter(word for failure in failures for word in words_of(failure))
    scores = {
        word: count / len(failures) * math.log(count / len(failures) / (everywhere[word] / n))
        for word, count in own.items()
        if count >= 2 and count >= _LEAST_SHARE * len(failures)
    }
    told = [word for word, score in scores.items() if score > 1e-9]
    return tuple(sorted(told, key=lambda word: (-round(scores[word], 9), word))[:_WORDS])
