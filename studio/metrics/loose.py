"""What may be tried where the normal forms of an answer and of gold differ. The profile itself tries nothing.

Each switch brings both sides to a looser form; those that are on work together: «пять сантиметров» is 5 by number
words and units.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from studio.core.rules import Rules
from studio.metrics.endings import dictionary_forms
from studio.metrics.numerals import numbers_for_words
from studio.metrics.profile import Rule
from studio.metrics.units import NUMBER, without_unit

# A looser form is never shorter than its text by more than this: «девятьсот девяносто девять тысяч …» is six digits.
LONGEST = 100
_LONGEST_UNIT = 40  # characters of a unit, or digits of a number that do not change its value
_LONGEST_NUMBER = 40  # digits: beyond them a value is no measurement
_SIGN = re.compile(r"(?<!\d)[^\w\s](?!\d)|_")
_LETTERS = re.compile("[а-яёa-z]+", re.IGNORECASE)
_QUOTES = re.compile("[\"'«»„“”‟〝〞＂‘’‚‛‹›`´]")
_MARK = re.compile("[\u0300-\u036f]")
# Letters of both alphabets that look the same as capitals, in lower case.
_TWINS = str.maketrans("авекмнорстухіјѕ", "abekmhopctyxijs")


class Found(NamedTuple):
    """The two sides as they were found equal (or the one inside the other), and the switch that did it."""

    form: str
    gold: str
    rule: Rule


def loosely(form: str, gold: str, rules: Rules) -> Found | None:
    """Whether two normal forms are equal by the looser rules that are on. Raises BadInput where a library lacks."""
    if not form or not gold:
        return None
    if rules.number_words:
        form, gold = numbers_for_words(form), numbers_for_words(gold)
        if form == gold:
            return Found(form, gold, "number_words")
    return _as_numbers(form, gold, rules) or _as_words(form, gold, rules)


def _as_numbers(form: str, gold: str, rules: Rules) -> Found | None:
    a, b = without_unit(form, gold) if rules.units else (form, gold)
    if a == b:
        return Found(a, b, "units")
    if not (rules.number_value or rules.tolerance):
        return None
    one, two = _value(a), _value(b)
    if one is None or two is None:
        return None
    if one == two:
        return Found(a, b, "number_value" if rules.number_value else "tolerance")
    if rules.tolerance and abs(one - two) <= Decimal(str(rules.tolerance)) * abs(two):
        return Found(a, b, "tolerance")
    return None


def _as_words(form: str, gold: str, rules: Rules) -> Found | None:
    for rule, change in _changes(rules):
        form, gold = change(form), change(gold)
        if form == gold and form:
            return Found(form, gold, rule)
    if rules.any_order and _same_words(form, gold):
        return Found(form, gold, "any_order")
    if rules.contains and _inside(gold, form):
        return Found(form, gold, "contains")
    return None


def _changes(rules: Rules) -> Iterator[tuple[Rule, Callable[[str], str]]]:
    if rules.punctuation:
        yield "punctuation", _without_signs
    if rules.endings:
        yield "endings", dictionary_forms
    if rules.twins:
        yield "twins", lambda text: text.casefold().translate(_TWINS)


def _without_signs(text: str) -> str:
    """Punctuation inside the text as spaces; a sign beside a digit means something and stays."""
    return " ".join(_SIGN.sub(" ", text).split())


def _same_words(form: str, gold: str) -> bool:
    ours, theirs = _without_signs(form).split(), _without_signs(gold).split()
    return len(ours) == len(theirs) and sorted(ours) == sorted(theirs)


def _value(text: str) -> Decimal | None:
    return Decimal(text) if len(text) <= _LONGEST_NUMBER and NUMBER.fullmatch(text) else None


def _inside(gold: str, text: str) -> bool:
    """Gold stands in the text as whole words: «кот» not in «котёл», `5` not in `2.5` or `-5`."""
    start = text.find(gold)
    while start >= 0:
        end = start + len(gold)
        if not _joined(text[max(0, start - 2) : start], gold[0]) and not _joined(
            text[end : end + 2][::-1], gold[-1]
        ):
            return True
        start = text.find(gold, start + 1)
    return False


def reach(gold: str, rules: Rules) -> int:
    """How long a normal form can be that equals this form of gold by any of the looser rules but `contains`."""
    times = LONGEST if rules.number_words or rules.endings else 1
    return len(gold) * times + _LONGEST_UNIT


def may_contain(text: str, gold: str) -> bool:
    """Whether the normal form of a long text can have this form of gold inside; told without working it out.

    The longest word of gold stands in the text as it is, but for case, ё, and quotes inside it.
    """
    if "\\" in text or _MARK.search(text):
        return True
    words = _LETTERS.findall(gold)
    if not words:
        return gold[0] in text or not gold[0].isdigit()
    folded = _QUOTES.sub("", text).casefold().replace("ё", "е")
    return max(words, key=len).casefold().replace("ё", "е") in folded


def _joined(beside: str, edge: str) -> bool:
    """Whether the last characters before an edge of gold (from its outside in) make one word or number with it."""
    if not beside:
        return False
    if beside[-1].isalnum():
        return edge.isalnum()
    number = edge.isdigit() and beside[-1] in ".,-/:"
    return number and (beside[-1] == "-" or (beside[:1].isdigit() and len(beside) == 2))
