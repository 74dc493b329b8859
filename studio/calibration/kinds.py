"""The kinds of answers: how each is made of a sample's facts, and what the verdict on it must be.

A maker returns None where its kind does not suit the sample (no options, gold that is no number).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from studio.calibration import wordings
from studio.calibration.facts import Facts, decimal_form, whole_number

Verdict = Literal[0, 1]
Maker = Callable[[Facts, random.Random], str | None]
_LOOKALIKES = str.maketrans("ABCEHKMOPTXaceopx", "АВСЕНКМОРТХасеорх")  # Latin to Cyrillic


@dataclass(frozen=True)
class Kind:
    """`name` is the key of its texts (`kind.<name>`); `verdict` 1: the answer is right. A `trick` is an answer meant to
    deceive; the other wrong kinds are mistakes that models make by themselves."""

    name: str
    verdict: Verdict
    make: Maker
    trick: bool = False


def _gold(facts: Facts, rng: random.Random) -> str:
    return facts.gold


def _sentence(facts: Facts, rng: random.Random) -> str:
    return rng.choice(wordings.SENTENCES).format(x=facts.gold)


def _letter_text(facts: Facts, rng: random.Random) -> str | None:
    return f"{facts.letter}. {facts.options[facts.letter]}" if facts.letter else None


def _option_text(facts: Facts, rng: random.Random) -> str | None:
    telling = facts.letter and facts.option_is_telling(facts.letter)
    return facts.options[facts.letter] if telling else None


def _case(facts: Facts, rng: random.Random) -> str | None:
    """Words only: in a formula a letter's case may matter."""
    words = facts.gold.replace("-", "").replace(" ", "")
    if not (facts.letter or (words.isalpha() and not words.isascii())):
        return None
    return facts.gold.upper() if facts.gold != facts.gold.upper() else facts.gold.lower()


def _quotes(facts: Facts, rng: random.Random) -> str | None:
    return None if facts.is_record else f"«{facts.gold.strip()}»"


def _yo(facts: Facts, rng: random.Random) -> str | None:
    changed = facts.gold.replace("ё", "е").replace("Ё", "Е")
    return changed if changed != facts.gold else None


def _lookalike(facts: Facts, rng: random.Random) -> str | None:
    changed = facts.letter.translate(_LOOKALIKES)
    return changed if changed != facts.letter else None


def _reasoning(facts: Facts, rng: random.Random) -> str:
    return wordings.REASONING.format(x=facts.gold)


def _number_word(facts: Facts, rng: random.Random) -> str | None:
    number = whole_number(facts.gold)
    return None if number is None else wordings.NUMBERS[number]


def _number_form(facts: Facts, rng: random.Random) -> str | None:
    return decimal_form(facts.gold)


def _long_right(facts: Facts, rng: random.Random) -> str:
    return wordings.LONG_RIGHT.format(filler=wordings.FILLER, x=facts.gold)


def _other_letter(facts: Facts, rng: random.Random) -> str | None:
    return facts.wrong_letter or None


def _other_text(facts: Facts, rng: random.Random) -> str | None:
    telling = facts.wrong_letter and facts.option_is_telling(facts.wrong_letter)
    return facts.options[facts.wrong_letter] if telling else None


def _other_gold(facts: Facts, rng: random.Random) -> str | None:
    return None if facts.letter else facts.wrong


def _negated(facts: Facts, rng: random.Random) -> str | None:
    return None if facts.is_record or facts.denies else wordings.NEGATION.format(x=facts.gold.strip())


def _refusal(facts: Facts, rng: random.Random) -> str | None:
    return None if facts.denies and not facts.letter else rng.choice(wordings.REFUSALS)


def _question(facts: Facts, rng: random.Random) -> str:
    return facts.sample.question


def _empty(facts: Facts, rng: random.Random) -> str:
    return rng.choice(("", " ", "\n \n"))


def _all_options(facts: Facts, rng: random.Random) -> str | None:
    if len(facts.options) < 2 or not facts.letter:
        return None
    return wordings.ALL_OPTIONS.format(x="; ".join(f"{key}. {text}" for key, text in facts.options.items()))


def _hedge(facts: Facts, rng: random.Random) -> str | None:
    if facts.wrong is None:
        return None
    first, second = rng.sample([facts.gold, facts.wrong], 2)
    return wordings.HEDGE.format(first=first, second=second)


def _wrong_in(wording: str) -> Maker:
    def make(facts: Facts, rng: random.Random) -> str | None:
        values = {"x": facts.wrong, "wrong": facts.wrong, "gold": facts.gold, "filler": wordings.FILLER}
        return None if facts.wrong is None else wording.format(**values)

    return make


KINDS: tuple[Kind, ...] = (
    Kind("gold", 1, _gold),
    Kind("sentence", 1, _sentence),
    Kind("letter_text", 1, _letter_text),
    Kind("option_text", 1, _option_text),
    Kind("case", 1, _case),
    Kind("quotes", 1, _quotes),
    Kind("yo", 1, _yo),
    Kind("lookalike", 1, _lookalike),
    Kind("reasoning", 1, _reasoning),
    Kind("number_word", 1, _number_word),
    Kind("number_form", 1, _number_form),
    Kind("long_right", 1, _long_right),
    Kind("other_letter", 0, _other_letter),
    Kind("other_text", 0, _other_text),
    Kind("other_gold", 0, _other_gold),
    Kind("negated", 0, _negated),
    Kind("refusal", 0, _refusal),
    Kind("question", 0, _question),
    Kind("empty", 0, _empty, trick=True),
    Kind("all_options", 0, _all_options, trick=True),
    Kind("hedge", 0, _hedge, trick=True),
    Kind("final_wrong", 0, _wrong_in(wordings.FINAL_WRONG), trick=True),
    Kind("command_ru", 0, _wrong_in(wordings.COMMAND_RU), trick=True),
    Kind("command_en", 0, _wrong_in(wordings.COMMAND_EN), trick=True),
    Kind("fake_separator", 0, _wrong_in(wordings.FAKE_SEPARATOR), trick=True),
    Kind("fake_label", 0, _wrong_in(wordings.FAKE_LABEL), trick=True),
    Kind("long_wrong", 0, _wrong_in(wordings.LONG_WRONG), trick=True),
)
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind | None:
    """The kind of that name; None for one that an older studio knew."""
    return _BY_NAME.get(name)
