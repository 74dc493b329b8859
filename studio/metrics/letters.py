"""Reads the chosen letter out of an answer to a multiple-choice question: `A`, `A)`, `(А)`, `A. в аэропорту`.

An answer names a letter only if it names one: `A и B`, `A, C`, a list of all options and a word that begins with the
letter name none.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from studio.metrics.characters import fold_letter, plain_quotes, without_emoji
from studio.metrics.normal import normal_form, unwrap
from studio.metrics.profile import Rule

_OPENING = " \n.,;*_`#>•-–—([{<\"'\\$:"
_PREFIX = re.compile(
    r"(?:это|правильный|верный|итоговый|мой|(?:я )?выбираю|"
    r"вариант|ответа|ответ|под|буквой|буква|букву|пункт|option|answer)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_](?![^\W_])")
# What may stand between the letter and the text of its option. A hyphen needs a space after it (`A-витамин` is a word),
# a full stop must not be a decimal point.
_DELIMITER = re.compile(r"[ \t]*(?:[)\]}]+[.:,]?|[.:!]+(?!\d)|\n|[(\[]|[—–](?!\w)|-(?=\s)|—)")
_HESITATION = re.compile(r"[ \t]*[,;]")
_CONJUNCTIONS = frozenset({"и", "или", "либо", "and", "or"})
_LISTED = re.compile(r"^[ \t]*[*_(]{0,3}([^\W\d_])[.):]|(?<=\s)([^\W\d_])[):]", re.MULTILINE)
_BRACKETED = re.compile(r"\([^()]*\)")
_MARK = re.compile("[\u0300-\u036f]")
_OPTION_LETTERS = frozenset("ABCDEFGHБГД")


class Choice(NamedTuple):
    """The letter, folded (see `fold_letter`), or None; `rule` says how it was found or why it was not."""

    letter: str | None
    rule: Rule


def choose(text: str, options: Mapping[str, str]) -> Choice:
    """The one letter that the answer names. `options` (letter -> text), where known, settles unclear cases."""
    whole = normal_form(text)
    if len(whole) > 1 and _is_text_of(whole, options.values()):
        return Choice(None, "option_text")
    text = plain_quotes(unwrap(without_emoji(unicodedata.normalize("NFC", text))))
    start = _without_prefix(text)
    match = _LETTER.match(start)
    if not match:
        return Choice(None, "no_letter")
    letter = fold_letter(match[0])
    rest = start[1:].lstrip("*_'\"$")
    if not rest.strip(" \n.…)]}>!,;:*_'\"$"):
        return Choice(letter, "letter")
    return _with_text(letter, rest, options)


def _is_text_of(form: str, options: Iterable[str]) -> bool:
    """Whether a normal form is that of one of the options.

    No rule makes letters and digits that were not there, so most options are told apart by what they are written with,
    which is far cheaper than their forms.
    """
    written = {char for char in form if char.isalnum()}
    return any(_may_be(written, option) and normal_form(option) == form for option in options)


def _may_be(written: set[str], option: str) -> bool:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", option).casefold())
    # A mark that stands apart from its letter may still join it when markup between them goes.
    return written <= set(folded.replace("ё", "е")) or _MARK.search(folded) is not None


def _without_prefix(text: str) -> str:
    """«Правильный ответ — вариант A» -> «A»."""
    text = text.lstrip(_OPENING)
    for _ in range(4):
        prefix = _PREFIX.match(text)
        if not prefix:
            break
        text = text[prefix.end() :].lstrip(_OPENING)
    return text


def _with_text(letter: str, rest: str, options: Mapping[str, str]) -> Choice:
    """Decides about a letter followed by something: the text of its option, an explanation, or other letters."""
    delimiter = _DELIMITER.match(rest)
    hesitation = None if delimiter else _HESITATION.match(rest)
    between = delimiter or hesitation
    text = rest[between.end() :] if between else rest
    own = (option for key, option in options.items() if fold_letter(key) == letter)
    if _is_text_of(normal_form(text), own):
        return Choice(letter, "letter_and_own_text")
    if not _is_list_of_letters(text, letter):
        if delimiter:
            bare = "\n" in delimiter[0] or text.lstrip(" ").startswith("\n")
            several = not bare and _lists_options(text, letter)
        elif hesitation:
            several = _names_other_letter(text, letter)
        else:
            return Choice(None, "letter_inside_text")
        if not several:
            return Choice(letter, "letter_and_text")
    return Choice(None, "several_letters")


def _is_list_of_letters(text: str, letter: str) -> bool:
    """`, C`, `и B`, `B и C`: nothing but option letters. The same letter again is not another one; digits are text."""
    words = re.findall(r"\w+", text[:200])
    others = {fold_letter(word) for word in words if len(word) == 1} & _OPTION_LETTERS - {letter}
    only = len(text) <= 200 and all(len(word) == 1 or word.lower() in _CONJUNCTIONS for word in words)
    led = len(words) > 1 and words[0].lower() in _CONJUNCTIONS and len(words[1]) == 1
    return bool(others) and (only or led)


def _lists_options(text: str, letter: str) -> bool:
    """The options themselves were copied out: another `B)` in the text, or a line that begins with `B.`."""
    found = _LISTED.finditer(_BRACKETED.sub("", text))
    return any(fold_letter(match[1] or match[2]) in _OPTION_LETTERS - {letter} for match in found)


def _names_other_letter(text: str, letter: str) -> bool:
    words = re.findall(r"\w+", text)
    return any(
        word.isupper() and fold_letter(word) in _OPTION_LETTERS - {letter} for word in words if len(word) == 1
    )
