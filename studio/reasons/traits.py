"""Patterns of failures that have a name: the answer was cut, a letter came with the text of its option, and so on."""

import re
from collections.abc import Iterator

from studio.core.differences import remarks
from studio.core.reasons import Failure

# The plainest explanation first: a group is named by the first that most of its answers share.
TRAITS = (
    "empty", "cut", "refused", "judge_against", "letter_text", "option_text", "several_letters", "other_letter",
    "number_words", "unit", "number_written", "number_other", "look_alike", "ending", "spelling", "extra_words",
    "fewer_words", "language",
)  # fmt: skip
_REMARKS = {
    "twin_in_answer": "look_alike", "twin_in_gold": "look_alike", "mixed_word": "look_alike", "ending": "ending",
    "case": "spelling", "yo": "spelling", "number_written": "number_written", "number_unit": "unit",
}  # fmt: skip
_REFUSED = re.compile(
    r"не могу|не в состоянии|невозможно|не удалось|недостаточно (?:данных|информации)|нет ответа|не видно"
    r"|i can(?:'|no)t|cannot|unable to",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(
    r"\b(?:ноль|нуль|один|одна|одно|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|\w+надцать|двадцать"
    r"|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста|тысяч\w*"
    r"|zero|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-−+]?\d+(?:[.,]\d+)?")
_WORD = re.compile(r"\w+")
_CYRILLIC, _LATIN, _OTHER = (
    re.compile("[Ѐ-ӿ]"),
    re.compile("[A-Za-z]"),
    re.compile("[\u0590-\u0fff\u3040-\ud7af]"),
)
_TO_LATIN = str.maketrans("АВСЕДавседД", "ABCEDabcedD")
_MOST = 600  # characters of a text that are looked at: of a longer one its end, where the answer stands


def traits(failure: Failure) -> tuple[str, ...]:
    """The patterns that a failure shows, in the order of TRAITS."""
    found = set(_found(failure))
    if found & {"unit", "number_written"}:
        found.discard("extra_words")  # the number is all there is; its sign or unit is no word too many
    return tuple(trait for trait in TRAITS if trait in found)


def _found(failure: Failure) -> Iterator[str]:
    final = failure.final[-_MOST:].strip()
    if not failure.answer.strip():
        yield "empty"
        return
    if failure.finish == "length":
        yield "cut"
    if failure.cell == "em_only":
        yield "judge_against"
        return
    if _REFUSED.search(final):
        yield "refused"
    letter = next((gold for gold in failure.golds if _letter(gold, failure)), "")
    if letter:
        yield from _of_letters(final, _letter(letter, failure), failure)
        return
    for gold in failure.golds:
        yield from _beside(final, gold)


def _letter(text: str, failure: Failure) -> str:
    """The option that a text names by its letter alone; empty where it names none."""
    named = text.strip(" .)(").translate(_TO_LATIN).upper()
    return named if named in {key.translate(_TO_LATIN).upper() for key in failure.options} else ""


def _of_letters(final: str, gold: str, failure: Failure) -> Iterator[str]:
    letters = {key.translate(_TO_LATIN).upper(): text for key, text in failure.options.items()}
    words = _WORD.findall(final)
    named = {word.translate(_TO_LATIN) for word in words} & set(letters)
    texts = {key for key, text in letters.items() if text.strip() and _holds(final, text)}
    if len(named) > 1:
        yield "several_letters"
    elif named and named != {gold}:
        yield "other_letter"
    elif named and (texts or len(words) > 1):
        yield "letter_text"
    elif texts:
        yield "option_text"


def _beside(final: str, gold: str) -> Iterator[str]:
    """What stands out in an answer beside one of its golds."""
    for remark in remarks(final, gold):
        if remark.code in _REMARKS:
            yield _REMARKS[remark.code]
    ours, theirs = _NUMBER.findall(final), _NUMBER.findall(gold)
    if bool(ours) != bool(theirs) and _NUMBER_WORD.search(gold if ours else final):
        yield "number_words"
    elif len(ours) == len(theirs) == 1 and _value(ours[0]) != _value(theirs[0]):
        yield "number_other"
    if len(_WORD.findall(final)) > len(_WORD.findall(gold)) and _holds(final, gold):
        yield "extra_words"
    if final and len(_WORD.findall(final)) < len(_WORD.findall(gold)) and _holds(gold, final):
        yield "fewer_words"
    if _foreign(final, gold):
        yield "language"


def _value(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def _holds(text: str, part: str) -> bool:
    words, wanted = (" ".join(_WORD.findall(each.casefold().replace("ё", "е"))) for each in (text, part))
    return bool(wanted) and f" {wanted} " in f" {words} "


def _foreign(final: str, gold: str) -> bool:
    """Gold is in Cyrillic and the answer is not, or the answer has letters of a script that gold has none of."""
    if _OTHER.search(final) and not _OTHER.search(gold):
        return True
    latin, cyrillic = len(_LATIN.findall(final)), len(_CYRILLIC.findall(final))
    return bool(_CYRILLIC.search(gold)) and latin >= 3 and latin > 3 * cyrillic
