"""Reads the chosen letter out of an answer to a multiple-choice question: `A`, `A)`, `(А)`, `A. в аэропорту`.

An answer names a letter only if it names one: `A и B`, `A, C`, a list of all options and a word that begins with the
letter name none.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from studio.core.rules import DEFAULT_RULES, Rules
from studio.metrics.characters import fold_letter, plain_quotes, without_emoji
from studio.metrics.normal import longer_than, normal_form, unwrap
from studio.metrics.profile import Rule
from studio.metrics.trace import SILENT, Trace

_CLOSING = " \n.…)]}>!,;:*_'\"$"
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


def choose(
    text: str, options: Mapping[str, str], rules: Rules = DEFAULT_RULES, trace: Trace = SILENT
) -> Choice:
    """The one letter that the answer names. `options` (letter -> text), where known, settles unclear cases."""
    named = _options_told(text, options, rules, trace)
    if named:
        trace.touch("option_text")
        alone = fold_letter(named[0], rules, trace) if rules.option_text and len(named) == 1 else None
        return Choice(alone, "option_text")
    start = _without_prefix(_bare(text, rules, trace), rules, trace)
    match = _LETTER.match(start)
    if not match:
        return Choice(None, "no_letter")
    letter = fold_letter(match[0], rules, trace)
    rest = start[1:].lstrip("*_'\"$")
    if not rest.strip(_CLOSING):
        if not rest.strip(" \n"):
            return Choice(letter, "letter")
        trace.touch("edges")
        return Choice(letter, "letter") if rules.edges else Choice(None, "letter_inside_text")
    return _with_text(letter, rest, options, rules, trace)


def _bare(text: str, rules: Rules, trace: Trace) -> str:
    text = unicodedata.normalize("NFC", text)
    text = trace.rule("edges", rules.edges, text, without_emoji)
    text = trace.rule("markup", rules.markup, text, unwrap)
    return trace.rule("quotes", rules.quotes, text, plain_quotes)


def _options_told(text: str, options: Mapping[str, str], rules: Rules, trace: Trace) -> list[str]:
    """The keys of the options whose text the answer is, without a letter."""
    if not options or longer_than(text, max(map(len, options.values()))):
        return []
    whole = normal_form(text, rules=rules, trace=trace)
    return _texts_of(whole, options.items(), rules, trace) if len(whole) > 1 else []


def _texts_of(form: str, options: Iterable[tuple[str, str]], rules: Rules, trace: Trace) -> list[str]:
    """The keys of the options whose normal form this is.

    No rule makes letters and digits that were not there, so most options are told apart by what they are written with,
    which is far cheaper than their forms.
    """
    folded = form if rules.case and rules.yo else _folded(form)
    written = {char for char in folded if char.isalnum()}
    return [
        key
        for key, option in options
        if _may_be(written, option) and normal_form(option, rules=rules, trace=trace) == form
    ]


def _may_be(written: set[str], option: str) -> bool:
    folded = _folded(option)
    # A mark that stands apart from its letter may still join it when markup between them goes.
    return written <= set(folded) or _MARK.search(folded) is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).replace("ё", "е")


def _without_prefix(text: str, rules: Rules, trace: Trace) -> str:
    """«Правильный ответ — вариант A» -> «A»."""
    text = _opened(text, rules, trace)
    for _ in range(4):
        prefix = _PREFIX.match(text)
        if not prefix:
            break
        trace.touch("prefix")
        if not rules.prefix:
            break
        text = _opened(text[prefix.end() :], rules, trace)
    return text


def _opened(text: str, rules: Rules, trace: Trace) -> str:
    return trace.rule("edges", rules.edges, text, lambda t: t.lstrip(_OPENING)).lstrip(" \n")


def _with_text(letter: str, rest: str, options: Mapping[str, str], rules: Rules, trace: Trace) -> Choice:
    """Decides about a letter followed by something: the text of its option, an explanation, or other letters."""
    delimiter = _DELIMITER.match(rest)
    hesitation = None if delimiter else _HESITATION.match(rest)
    between = delimiter or hesitation
    text = rest[between.end() :] if between else rest
    if _own_text(text, letter, options, rules, trace):
        trace.touch("letter_and_own_text")
        if rules.letter_and_own_text:
            return Choice(letter, "letter_and_own_text")
    if not _is_list_of_letters(text, letter):
        if not (delimiter or hesitation):
            trace.touch("letter_inside_text")
            return Choice(letter if rules.letter_inside_text else None, "letter_inside_text")
        if not _names_others(text, letter, delimiter):
            trace.touch("letter_and_text")
            return Choice(letter if rules.letter_and_text else None, "letter_and_text")
    return Choice(None, "several_letters")


def _own_text(text: str, letter: str, options: Mapping[str, str], rules: Rules, trace: Trace) -> bool:
    own = [(key, option) for key, option in options.items() if fold_letter(key, rules, trace) == letter]
    if not own or longer_than(text, max(len(option) for _, option in own)):
        return False
    return bool(_texts_of(normal_form(text, rules=rules, trace=trace), own, rules, trace))


def _names_others(text: str, letter: str, delimiter: re.Match[str] | None) -> bool:
    """Whether what follows a letter tells other options too."""
    if delimiter is None:
        return _names_other_letter(text, letter)
    bare = "\n" in delimiter[0] or text.lstrip(" ").startswith("\n")
    return not bare and _lists_options(text, letter)


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
