"""Regular expressions of strangers: they cannot hang the studio, and mostly they need not read every text.

`regex` gives up after a time that we name, while `re` would try a catastrophic expression for hours. What an expression
must contain is found beforehand, so that an index of trigrams can say which texts are worth reading.
"""

import time
from dataclasses import dataclass
from functools import lru_cache

import regex

from studio.core.errors import BadInput

LONGEST = 200  # characters of an expression
PATIENCE_S = 2.0  # for all texts of a filter together
_TRIGRAM = 3
_CLASSES = "dDwWsSbBAZntr"  # after a backslash they stand for kinds of characters, alone


class Matcher:
    """One expression over many texts, for at most `patience_s` in all."""

    def __init__(self, source: str, patience_s: float = PATIENCE_S) -> None:
        self._source = source
        self._pattern = compiled(source)
        self._end = time.monotonic() + patience_s

    def found(self, text: str) -> bool:
        """Whether the expression is found in a folded text. Raises BadInput when the time is over."""
        left = self._end - time.monotonic()
        try:
            if left > 0:
                # The interpreter is given free meanwhile: other visitors are answered.
                return self._pattern.search(text, timeout=left, concurrent=True) is not None
        except TimeoutError:
            pass
        raise BadInput("query_pattern_slow", pattern=self._source, seconds=PATIENCE_S)


@lru_cache(maxsize=256)
def compiled(source: str) -> "regex.Pattern[str]":
    """The expression over folded texts. Raises BadInput for one that is too long or cannot be read."""
    if len(source) > LONGEST:
        raise BadInput("query_pattern_long", n=len(source), limit=LONGEST)
    try:
        return regex.compile(_folded(source))
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        raise BadInput("query_pattern_broken", pattern=source, reason=str(error)) from error


def _folded(source: str) -> str:
    """The expression with its letters folded as the texts are; what a backslash says stays (`\\W` is not `\\w`)."""
    found, escaped = [], False
    for character in source:
        found.append(character if escaped else character.casefold().replace("ё", "е"))
        escaped = character == "\\" and not escaped
    return "".join(found)


@dataclass(frozen=True)
class Needs:
    """Texts that match hold one of these (each of three characters or more). `enough`: holding one is all it takes."""

    words: tuple[str, ...]
    enough: bool


def needs(source: str) -> Needs | None:
    """What a text must hold to match, where that is plain to see; None where it is not.

    Only expressions without groups, sets, counts and flags are read: branches between `|`, each with its longest run of
    plain characters.
    """
    if any(sign in source for sign in "()[{"):
        return None
    words, enough = [], True
    for branch in _branches(_folded(source)):
        runs = _plain_runs(branch)
        word = max(runs or [""], key=len)
        if len(word) < _TRIGRAM:
            return None
        words.append(word)
        enough = enough and branch == word
    return Needs(tuple(dict.fromkeys(words)), enough)


def _branches(source: str) -> list[str]:
    found, escaped = [""], False
    for character in source:
        if character == "|" and not escaped:
            found.append("")
            continue
        found[-1] += character
        escaped = character == "\\" and not escaped
    return found


def _plain_runs(branch: str) -> list[str] | None:
    """Runs of characters that stand for themselves; None where a backslash says what we do not read (`\\x41`)."""
    runs, place = [""], 0
    while place < len(branch):
        escaped = branch[place] == "\\"
        character = branch[place + escaped : place + escaped + 1]
        place += 1 + escaped
        if escaped and character.isalnum() and character not in _CLASSES:
            return None
        plain = not character.isalnum() if escaped else character not in ".^$*+?"
        if plain and branch[place : place + 1] not in tuple("*?"):
            runs[-1] += character
        else:
            runs.append("")
        if plain and branch[place : place + 1] == "+":
            runs.append("")
    return runs
