"""RuSLUn: intent Exact Match and slot F1 of an answer that is JSON, `{"intent": …, "slots": [{type: value}, …]}`.

Two rules. `strict` is the published one: only the answer is lower-cased, so that the perfect answer to a gold intent
with a capital (`RateBook`) gets 0. `fixed` lower-cases both and checks the answer's shape. Neither crashes on an
answer, whatever it is: what cannot be read is wrong. Gold that cannot be read is nobody's mistake: unscored.
"""

import ast
import json
import re
import warnings
from collections import Counter
from typing import Any, Literal, NamedTuple

from studio.core.errors import BadInput, Problem
from studio.core.outcome import Score
from studio.core.task import Gold
from studio.metrics.trace import clip

Rule = Literal["strict", "fixed"]
RULES: tuple[Rule, ...] = ("fixed", "strict")
VERSION = 1

# Why an answer, or a part of it, counts as wrong.
Fault = Literal[
    "", "no_json", "no_object", "no_intent", "intent_shape", "no_slots", "slots_shape", "slot_shape"
]

_FENCE = "```"
_LANGUAGE = re.compile(r"[ \t]*[\w+-]*")
_LABEL = re.compile(r"json[ \t]*[:\n]", re.IGNORECASE)
_LIMIT = 100_000  # characters of an answer that are read: gold is a few hundred


class Frame(NamedTuple):
    """What an answer says: its intent, and its slots as a multiset of (type, value); None where there is none to read.

    `size` counts the slots said, those of a wrong shape too: they find nothing and lower the precision.
    """

    intent: str | None
    slots: Counter[tuple[str, str]] | None
    size: int
    fault: Fault = ""


NOTHING = Frame(None, None, 0)


def intent_and_slots(prediction: str, gold: Gold | None, rule: Rule = "fixed") -> tuple[Score, Score]:
    """Intent EM and slot F1 of one answer. Unscored without gold (`no_gold`) or with unreadable gold
    (`slots_gold_broken`). Raises BadInput for an unknown rule."""
    if rule not in RULES:
        raise BadInput("unknown_slots_rule", name=rule, known=", ".join(RULES))
    text = gold if isinstance(gold, str) else "".join(gold or ())
    if not text.strip():
        return _unscored(rule, Problem("no_gold"))
    wanted = read_gold(text, rule)
    if wanted.fault:
        return _unscored(rule, Problem("slots_gold_broken", {"gold": clip(text), "reason": wanted.fault}))
    found = read_answer(prediction, rule)
    intent = float(found.intent is not None and found.intent == wanted.intent)
    f1 = slot_f1(found, wanted)
    detail = {"rule": rule, "fault": found.fault}
    extracted = clip(cleaned(prediction))
    return (
        Score("intent_em", _version(rule), "scored", intent, extracted, detail),
        Score("slot_f1", _version(rule), "scored", f1, extracted, detail),
    )


def slot_f1(found: Frame, wanted: Frame) -> float:
    """F1 of two multisets of (type, value); 1 where neither side has any, 0 where the slots could not be read."""
    if found.slots is None or wanted.slots is None:
        return 0.0
    if not found.size and not wanted.size:
        return 1.0
    common = (found.slots & wanted.slots).total()
    return 2 * common / (found.size + wanted.size)


def read_answer(text: str, rule: Rule) -> Frame:
    """An answer as a frame; what is wrong with it is in `fault`. Never raises."""
    said = _json(cleaned(text.lower()))
    if said is None:
        return NOTHING._replace(fault="no_json")
    return _frame(said, rule)


def read_gold(text: str, rule: Rule) -> Frame:
    """Gold as a frame. It is written with either quotes: as published `'` becomes `"`, and where an apostrophe breaks
    that (`o'brien`), it is read as JSON or as a Python literal."""
    replaced, exact = _json(text.replace("'", '"')), _first(_json(text), _literal(text))
    said = _first(replaced, exact) if rule == "strict" else _first(exact, replaced)
    return NOTHING._replace(fault="no_json") if said is None else _frame(said, rule)


def cleaned(text: str) -> str:
    """The JSON inside an answer: without code fences, backticks, a leading `json:` and quotes around the whole."""
    text = text[:_LIMIT].strip()
    if text.startswith(_FENCE):
        inside = text.removeprefix(_FENCE).partition(_FENCE)[0]
        text = _LANGUAGE.sub("", inside, count=1).strip()
    if len(text) > 1 and text[0] == text[-1] == "`":
        text = text[1:-1].strip()
    label = _LABEL.match(text)
    return _unquoted(text[label.end() :] if label else text).strip()


def _frame(said: Any, rule: Rule) -> Frame:
    if not isinstance(said, dict):
        return NOTHING._replace(fault="no_object")
    slots, size, fault = _slots(said.get("slots"), rule)
    intent = said.get("intent")
    if isinstance(intent, str):
        return Frame(intent.lower() if rule == "fixed" else intent, slots, size, fault)
    return Frame(None, slots, size, "no_intent" if intent is None else "intent_shape")


def _slots(said: Any, rule: Rule) -> tuple[Counter[tuple[str, str]] | None, int, Fault]:
    """(type, value) pairs of a list of objects, and how many were said. A slot of another shape finds nothing."""
    if not isinstance(said, list):
        return None, 0, "no_slots" if said is None else "slots_shape"
    pairs: Counter[tuple[str, str]] = Counter()
    size = 0
    for slot in said:
        found = slot.items() if isinstance(slot, dict) else [(None, None)]
        size += len(found)
        pairs.update(pair for key, value in found if (pair := _pair(key, value, rule)) is not None)
    return pairs, size, "" if pairs.total() == size else "slot_shape"


def _pair(key: str | None, value: Any, rule: Rule) -> tuple[str, str] | None:
    """(type, value) as compared; None where it is of a wrong shape. `strict` takes values of any kind."""
    if key is None or (rule == "fixed" and not isinstance(value, str)):
        return None
    return (key.lower(), value.lower()) if rule == "fixed" else (key, _value(value))


def _value(value: Any) -> str:
    """A value of any kind in a form that can be counted: `5` is not `"5"`."""
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    except RecursionError:
        return "…"


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _literal(text: str) -> Any:
    try:
        with warnings.catch_warnings(action="ignore"):  # of escapes that Python does not know
            return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _first(*found: Any) -> Any:
    return next((item for item in found if item is not None), None)


def _unquoted(text: str) -> str:
    """The text of a quoted literal around the whole answer; else the text itself."""
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "\"'":
        return text
    inner = _first(_json(text) if text[0] == '"' else None, _literal(text))
    return inner if isinstance(inner, str) else text


def _version(rule: Rule) -> str:
    return f"slun-{rule}-{VERSION}"


def _unscored(rule: Rule, problem: Problem) -> tuple[Score, Score]:
    version = _version(rule)
    return (
        Score("intent_em", version, "unscored", problem=problem),
        Score("slot_f1", version, "unscored", problem=problem),
    )
