"""What kind of answer a question asks for, read from its own words and never from gold: so no field hints at it."""

import re
from collections.abc import Mapping
from typing import Literal

from studio.core.task import AnswerType

Asking = Literal["letter", "number", "frame", "short"]
Intents = dict[str, tuple[str, ...]]  # the types of slots by intent, in the order of the text

# «RateBook: [best_rating, object_name]»: an intent of RuSLUn with its slots, on a line of its own.
_INTENT = re.compile(r"^[ \t]*([^\s:\[\]{}\"]+)[ \t]*:[ \t]*\[([^\[\]{}\"]*)\][ \t]*$", re.MULTILINE)
# «{"intent": …, "slots": […]}»: the form of such an answer.
_FRAME = re.compile(r"""["']intent["']\s*:.*["']slots["']\s*:""", re.DOTALL)

_SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$)|\n")
_TELLS = re.compile(
    r"ответ|запи[сш]|напи[сш]|укаж|указа|да[йт]|вывед|выпи|впи[сш]|привед|округл", re.IGNORECASE
)
_NUMBER = re.compile(r"\b(?:числ(?:о|а|ом)|цифр(?:а|у|ой|ами)|десятичн\w+ дроб\w+)\b", re.IGNORECASE)
_MARKER = re.compile(r"\bслов\w*\s+ОТВЕТ\b")
# Where these stand beside it, a number is not all that the answer may be.
_NOT_ALONE = re.compile(
    r"\bили\b|\bслов\w*|\bбукв\w*|\bтекст\w*|\bфраз\w*|\bформул\w*|\bвыражени\w*|\bпоследовательност\w*|\bчерез запят"
    r"|\bсписок\b|\bсписк\w*|\bпар[уы]?\b|\bбез цифр|\bинтервал\w*",
    re.IGNORECASE,
)


def asks_for(answer_type: AnswerType, options: Mapping[str, str], prompt: str) -> Asking:
    """How a person answers: by an option where there are any to choose from, by a frame of an intent and slots where
    the text shows its JSON, by a number where it asks for nothing but a number, else in words."""
    if len(options) > 1:
        return "letter"
    if answer_type == "letter":
        return "short"
    if _FRAME.search(prompt):
        return "frame"
    return "number" if any(_is_number(sentence) for sentence in _SENTENCE.split(prompt)) else "short"


def intents_in(prompt: str) -> Intents:
    """The intents and slots that a task's text lists; empty where it lists fewer than two."""
    found = {name: _slots(slots) for name, slots in _INTENT.findall(prompt)}
    return found if len(found) > 1 else {}


def _slots(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slot for each in listed.split(",") if (slot := each.strip())))


def _is_number(sentence: str) -> bool:
    plain = _MARKER.sub("ОТВЕТ", sentence)
    return bool(_TELLS.search(plain) and _NUMBER.search(plain) and not _NOT_ALONE.search(plain))
