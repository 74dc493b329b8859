"""Gold answers that are compared sign by sign: numbers with units, times and dates, formulas and other codes."""

from __future__ import annotations

from random import Random

import natural
import numbers_ru as numbers
import wrappings
from value import Drawing, Value
from words import Words

ELEMENTS = [
    "H",
    "O",
    "N",
    "C",
    "S",
    "P",
    "F",
    "K",
    "Na",
    "Cl",
    "Ca",
    "Fe",
    "Cu",
    "Al",
    "Mg",
    "Zn",
    "Ag",
    "Ba",
    "Br",
    "Mn",
]
MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
FRACTIONS = (
    (1, 2),
    (1, 4),
    (3, 4),
    (1, 5),
    (2, 5),
    (3, 5),
    (1, 8),
    (1, 10),
    (1, 2),
    (1, 4),
    (3, 4),
    (3, 10),
    (7, 10),
)
ONE_PART = {2: "вторая", 3: "третья", 4: "четвёртая", 5: "пятая", 8: "восьмая", 10: "десятая"}
PARTS = {2: "вторых", 4: "четвёртых", 5: "пятых", 8: "восьмых", 10: "десятых"}
FRACTION_NAMES = {(1, 2): ["половина"], (1, 4): ["четверть"], (3, 4): ["три четверти"]}


class ExactValues(Drawing):
    """Numbers, times and codes."""

    def number_value(self) -> Value:
        rng = self.rng
        text = numbers.draw(rng)
        unit = rng.choice(numbers.UNITS) if rng.random() < 0.5 else None
        bare = rng.random() < 0.15  # gold without the unit that the prediction may carry
        counted = self.words.inflect(self.words.rare(self.words.nouns[:6000]))
        gold = text if rng.random() < 0.8 else numbers.same(text, rng)

        def said(number: str, allow_wrong_unit: bool = False) -> str:
            if unit is None:
                return natural.counted(number, counted, rng) if rng.random() < 0.25 else number
            chosen = unit
            if allow_wrong_unit:
                chosen = rng.choice([u for u in numbers.UNITS if u is not unit])
            roll = rng.random()
            return (
                number
                if roll < 0.12 and not allow_wrong_unit
                else number + rng.choice((" ", " ", " ", "")) + rng.choice(chosen)
                if number[-1:].isdigit()
                else (f"{number} {rng.choice(chosen)}")
            )

        def other() -> str:
            if unit is not None and not bare and rng.random() < 0.55:
                return said(numbers.same(text, rng), allow_wrong_unit=True)
            wrong = numbers.other(text, rng)
            return said(numbers.same(wrong, rng) if rng.random() < 0.5 else wrong)

        full = gold if unit is None or bare else f"{gold} {rng.choice(unit)}"
        question = wrappings.number_question(self.words, rng, unit[1] if unit else None)
        return Value(question, full, lambda: said(numbers.same(text, rng)), other)

    def time_value(self) -> Value:
        rng, words = self.rng, self.words

        def moment() -> tuple[str, list[str]]:
            if rng.random() < 0.5:
                h, m = rng.randint(0, 23), rng.choice((0, 0, 15, 30, rng.randint(1, 59)))
                forms = [
                    f"{h}:{m:02d}",
                    f"{h}.{m:02d}",
                    f"{h} часов {m} минут",
                    f"{h} ч {m} мин",
                    f"в {h}:{m:02d}",
                ]
                if m == 0:
                    forms += [f"{h} часов", f"{numbers.in_words(h)} часов", f"ровно {h} часов"]
                return f"{h}:{m:02d}", forms
            d, mo, y = rng.randint(1, 28), rng.randrange(12), rng.randint(1500, 2030)
            if rng.random() < 0.4:
                return f"{y}", [f"{y}", f"{y} год", f"в {y} году", f"{y} г."]
            return f"{d} {MONTHS[mo]}", [
                f"{d} {MONTHS[mo]}",
                f"{d:02d}.{mo + 1:02d}",
                f"{numbers.in_words(d)} {MONTHS[mo]}",
            ]

        gold, forms = moment()

        def other() -> str:
            for _ in range(9):
                key, found = moment()
                if key != gold:
                    return rng.choice(found)
            return "неизвестно когда"

        return Value(
            wrappings.time_question(words, rng), rng.choice(forms[:2]), lambda: rng.choice(forms), other
        )

    def code_value(self) -> Value:
        """Formulas, ratios, fractions, ordinals, car plates: strings to compare sign by sign."""
        rng, words = self.rng, self.words
        draw = (formula, ratio, fraction, ordinal, plate)[rng.randrange(5)]
        forms = draw(words, rng)

        def other() -> str:
            for _ in range(9):
                found = draw(words, rng)
                if found[0] != forms[0]:
                    return rng.choice(found)
            return "другое"

        return Value(wrappings.open_question(words, rng), forms[0], lambda: rng.choice(forms), other)


# A code in all its forms, the plainest first.


def formula(_: Words, rng: Random) -> list[str]:
    made = "".join(
        rng.choice(ELEMENTS) + rng.choice(("", "", "2", "3", "4")) for _ in range(rng.randint(2, 3))
    )
    return [made, made]


def ratio(_: Words, rng: Random) -> list[str]:
    a, b = rng.randint(1, 12), rng.randint(0, 12)
    return [f"{a}:{b}", f"{a} : {b}", f"{a} к {b}"]


def fraction(_: Words, rng: Random) -> list[str]:
    a, b = rng.choice(FRACTIONS)
    spoken = f"одна {ONE_PART[b]}" if a == 1 else f"{numbers.in_words(a, True)} {PARTS[b]}"
    return [
        f"{a}/{b}",
        f"{a / b:g}".replace(".", ","),
        f"{a} / {b}",
        f"{a * 100 / b:g}%".replace(".", ","),
        f"{a * 100 / b:g} процентов".replace(".", ","),
        spoken,
        *FRACTION_NAMES.get((a, b), []),
    ]


def ordinal(words: Words, rng: Random) -> list[str]:
    n = rng.randrange(10)
    name = numbers.ORDINALS[n]
    return [name, str(n + 1), words.inflect(name), f"{n + 1}-й", f"номер {n + 1}"]


def plate(_: Words, rng: Random) -> list[str]:
    made = "".join(rng.choice("ABCDEHKMOPTXY0123456789") for _ in range(rng.randint(3, 6)))
    return [made, made.lower()]
