"""The normal form of a short answer: two answers that a reader calls the same text have the same form.

What carries meaning stays: the sign and the decimal mark of a number, `/`, `:`, `%`, units, brackets, words.
Every rule runs in linear time; the caller bounds the length (Unicode normalisation itself is quadratic
in a run of combining marks).
"""

import re
import unicodedata

from studio.core.rules import DEFAULT_RULES, Rules
from studio.metrics.characters import EMOJI, plain_dashes, plain_quotes
from studio.metrics.trace import SILENT, Trace

_PAIRS = ("```", "$$", "$", "**", "__", "`", "*", "_")
_BRACKETS = ((r"\(", r"\)"), (r"\[", r"\]"))
_OPENINGS = (*(opening for opening, _ in _BRACKETS), *_PAIRS)
_COMMAND = re.compile(r"\\(?:boxed|fbox|text|textbf|textit|mathrm|mathbf|mathit)\s?\{([^{}]*)\}")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__|\*|_|`)(?=[^\s*_`])([^*_`\n]+)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"#{1,6} +")
_QUOTED = re.compile(r'"([^"\n]*)"')
_SINGLE_QUOTED = re.compile(r"'([^'\n]*)'")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![.,]?\d)")
_SPACED_SIGN = re.compile(r"^([+-]) +(?=\d)")
_SPACED_PERCENT = re.compile(r"(?<=\d) +(?=[%‰°])")
_THOUSANDS = re.compile(r"([+-]?\d{1,3}(?: \d{3})+)(\.\d+)?(\D*)")
_DIGIT = re.compile(r"\d")
_ONE_FOR_ONE = re.compile("[ -~А-Яа-яЁё«»—–…“”„’№\n]*")
_PLAIN = re.compile("[0-9A-Za-zА-Яа-яЁё]+")
_FACTORIAL = re.compile(r"(?:[\d)]|(?<![^\W_])[^\W\d_])!+$")
_BULLET = re.compile(r"^(?:[—•·] +|- +(?=[^\W\d]))")
_EDGE = " \n*_`" + EMOJI
_CLOSED = {")": "(", "]": "[", "}": "{"}


def normal_form(
    text: str, *, factorial: bool = False, rules: Rules = DEFAULT_RULES, trace: Trace = SILENT
) -> str:
    """The normal form. `factorial` keeps a final `!` of a number or letter: a gold of `5!` is not 5."""
    text = trace.step("unicode", text, unicodedata.normalize("NFC", text))
    text = trace.rule("markup", rules.markup, text, unwrap)
    text = trace.rule("bullet", rules.bullet, text, _without_bullet)
    text = trace.rule("dashes", rules.dashes, text, plain_dashes)
    text = trace.rule("quotes", rules.quotes, text, _without_quotes)
    text = trace.rule("edges", rules.edges, text, _factorial_edges if factorial else _edges)
    text = trace.rule("spaces", rules.spaces, text, _one_space)
    text = trace.rule("case", rules.case, text, _lower)
    text = trace.rule("yo", rules.yo, text, _without_yo)
    if not _DIGIT.search(text):
        return text
    aside = trace.aside()
    number = aside.rule("decimal_comma", rules.decimal_comma, text, _decimal_point)
    number = aside.rule("spaced_signs", rules.spaced_signs, number, _close_signs)
    number = aside.rule("thousands", rules.thousands, number, _whole_thousands)
    return trace.step("number", text, number)


def longer_than(text: str, limit: int) -> bool:
    """Whether the normal form of a text cannot be that of one with `limit` characters, for being too long.

    Told without working it out. Letters and digits stay whatever the rules are, but inside LaTeX commands; a form has
    at most four characters for one (case folding) and loses at most the word «ответ».
    """
    most = 4 * limit + len("ответ ")
    if len(text) <= most or "\\" in text:
        return False
    return sum(map(len, _PLAIN.findall(text, 0, 4 * most + 64))) > most


def plain(text: str) -> bool:
    """Whether a text is of characters that have one of their own in any form, so that no form is longer."""
    return _ONE_FOR_ONE.fullmatch(text) is not None


def letters_in(text: str) -> int:
    """How many letters and digits every form of a text has at least; 0 where LaTeX commands may go."""
    return 0 if "\\" in text else sum(map(len, _PLAIN.findall(text)))


def is_factorial(text: str) -> bool:
    """Whether a final `!` belongs to the answer (`5!`, `n!`) rather than to its tone."""
    return _FACTORIAL.search(text.strip()) is not None


def unwrap(text: str) -> str:
    """Markdown emphasis, code ticks, simple LaTeX (`$…$`, `\\boxed{…}`, `\\text{…}`) and headings taken off."""
    for _ in range(6):
        before = text
        text = _HEADING.sub("", text.strip(), count=1) if text.strip().startswith("#") else text.strip()
        text = _unpaired(text)
        # Most answers have no markup: looking for one character is ten times as fast as looking for a pattern.
        text = _COMMAND.sub(r"\1", text) if "\\" in text else text
        text = _EMPHASIS.sub(r"\2", text) if "*" in text or "_" in text or "`" in text else text
        if text == before:
            break
    return text


def _unpaired(text: str) -> str:
    """One pair of delimiters around the whole text taken off, if it is one pair (not `$a$ и $b$`)."""
    if not text.startswith(_OPENINGS):
        return text
    for opening, closing in (*_BRACKETS, *((mark, mark) for mark in _PAIRS)):
        inner = text[len(opening) : -len(closing)]
        if text.startswith(opening) and text.endswith(closing) and inner.strip() and opening not in inner:
            return inner.strip()
    return text


def _without_bullet(text: str) -> str:
    text = text.strip()
    return _BULLET.sub("", text) if text.startswith(("—", "•", "·", "-")) else text


def _without_quotes(text: str) -> str:
    text = plain_quotes(text).strip()
    text = _QUOTED.sub(r"\1", text) if '"' in text else text
    single = _SINGLE_QUOTED.fullmatch(text)
    return single[1] if single else text


def _edges(text: str, factorial: bool = False) -> str:
    """Punctuation, markup and emoji around the answer taken off; `.5`, `5"` and unfinished `?` stay."""
    for _ in range(6):
        before = text
        text = text.strip(_EDGE).rstrip(".,;:…").lstrip(',;:!…"')
        text = text if re.match(r"\.\d", text) else text.lstrip(".")
        text = text if factorial and is_factorial(text) else text.rstrip("!")
        text = _without_stray_closer(text)
        if text == before:
            break
    return text


def _without_stray_closer(text: str) -> str:
    last = text[-1:]
    if last == '"' and not text[-2:-1].isdigit():
        return text[:-1]
    opening = _CLOSED.get(last)
    return text[:-1] if opening and text.count(opening) < text.count(last) else text


def _factorial_edges(text: str) -> str:
    return _edges(text, factorial=True)


def _one_space(text: str) -> str:
    return " ".join(text.split())


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


def _without_yo(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


def _decimal_point(text: str) -> str:
    """`12,5` as `12.5`."""
    return _DECIMAL_COMMA.sub(r"\1.\2", text)


def _close_signs(text: str) -> str:
    """`- 2` as `-2`, `5 %` as `5%`."""
    return _SPACED_PERCENT.sub("", _SPACED_SIGN.sub(r"\1", text))


def _whole_thousands(text: str) -> str:
    """`10 000` as `10000` where it is the whole answer; `10 000 рублей` as well."""
    grouped = _THOUSANDS.fullmatch(text)
    return grouped[1].replace(" ", "") + (grouped[2] or "") + grouped[3] if grouped else text
