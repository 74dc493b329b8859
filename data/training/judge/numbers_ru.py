"""Numbers in words and digits for the generator."""

from __future__ import annotations

from random import Random

ONES = ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
FEMININE = {"один": "одна", "два": "две"}
TEENS = [
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
]
TENS = ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
HUNDREDS = [
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
]
ORDINALS = [
    "первый",
    "второй",
    "третий",
    "четвёртый",
    "пятый",
    "шестой",
    "седьмой",
    "восьмой",
    "девятый",
    "десятый",
]
GENITIVE = [
    "нуля",
    "одного",
    "двух",
    "трёх",
    "четырёх",
    "пяти",
    "шести",
    "семи",
    "восьми",
    "девяти",
    "десяти",
]
COLLECTIVE = {2: "двое", 3: "трое", 4: "четверо", 5: "пятеро", 6: "шестеро", 7: "семеро"}
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
UNITS = [
    ("км", "километров", "километра"),
    ("м", "метров", "метра"),
    ("см", "сантиметров", "сантиметра"),
    ("мм", "миллиметров", "миллиметра"),
    ("кг", "килограммов", "килограмма"),
    ("г", "граммов", "грамма"),
    ("л", "литров", "литра"),
    ("мл", "миллилитров", "миллилитра"),
    ("с", "секунд", "секунды"),
    ("мин", "минут", "минуты"),
    ("ч", "часов", "часа"),
    ("руб.", "рублей", "рубля"),
    ("%", "процентов", "процента"),
    ("°C", "градусов", "градуса"),
    ("В", "вольт", "вольта"),
    ("Н", "ньютонов", "ньютона"),
    ("Дж", "джоулей", "джоуля"),
    ("км/ч", "километров в час", "километра в час"),
    ("м/с", "метров в секунду", "метра в секунду"),
    ("шт.", "штук", "штуки"),
    ("Вт", "ватт", "ватта"),
    ("Гц", "герц", "герца"),
    ("А", "ампер", "ампера"),
    ("т", "тонн", "тонны"),
    ("лет", "лет", "года"),
]


def in_words(n: int, feminine: bool = False) -> str:
    """Nominative words for -999999..999999."""
    if n < 0:
        return "минус " + in_words(-n, feminine)
    if n >= 1000:
        head, tail = divmod(n, 1000)
        ending = (
            "тысяча"
            if head % 10 == 1 and head % 100 != 11
            else "тысячи"
            if head % 10 in (2, 3, 4)
            else "тысяч"
        )
        return " ".join(
            x for x in (in_words(head, True), ending, in_words(tail, feminine) if tail else "") if x
        )
    parts = []
    if n >= 100:
        parts.append(HUNDREDS[n // 100 - 1])
        n %= 100
        if not n:
            return parts[0]
    if n >= 20:
        parts.append(TENS[n // 10 - 2])
        n %= 10
        if not n:
            return " ".join(parts)
    word = TEENS[n - 10] if n >= 10 else ONES[n]
    parts.append(FEMININE.get(word, word) if feminine else word)
    return " ".join(parts)


def draw(rng: Random) -> str:
    """A number as text: mostly small counts, also years, decimals, negatives and large numbers."""
    roll = rng.random()
    if roll < 0.5:
        return str(rng.randint(0, 12))
    if roll < 0.68:
        return str(rng.randint(10, 99))
    if roll < 0.76:
        return str(rng.randint(100, 2100))
    if roll < 0.8:
        return str(rng.choice((rng.randint(1, 99) * rng.choice((100, 1000)), rng.randint(1000, 9999))))
    if roll < 0.93:
        return f"{rng.randint(0, 60)},{rng.choice((str(rng.randint(1, 9)), f'{rng.randint(1, 99):02d}'))}"
    return f"-{rng.randint(1, 60)}"


def same(text: str, rng: Random) -> str:
    """The same number written another way."""
    roll = rng.random()
    if "," in text:
        whole, part = text.split(",")
        if roll < 0.45:
            return text.replace(",", ".")
        if roll < 0.55 and part == "5":
            return f"{in_words(int(whole))} с половиной"
        return text if roll < 0.8 else f"{text}0"
    n = int(text)
    if roll < 0.45:
        return in_words(n, rng.random() < 0.25)
    if 0 <= n <= 10 and roll < 0.6:
        return rng.choice((GENITIVE[n], COLLECTIVE.get(n, text), ROMAN[n] or text, in_words(n, True)))
    if n < 0 and roll < 0.6:
        return rng.choice((f"минус {-n}", f"−{-n}", f"- {-n}"))
    if n >= 1000 and roll < 0.7:
        return f"{n:,}".replace(",", " ")
    return text if roll < 0.93 else f"{n},0"


def other(text: str, rng: Random) -> str:
    """Another number, often a near miss: off by one, sign, decimal mark, digits swapped, ten times."""
    for _ in range(20):
        found = _other(text, rng)
        if float(found.replace(",", ".")) != float(text.replace(",", ".")):
            return found
    return str(int(float(text.replace(",", "."))) + 1)


def _other(text: str, rng: Random) -> str:
    roll = rng.random()
    if "," in text and roll < 0.15:
        return ",".join(reversed(text.split(",")))
    if "," in text and roll < 0.25:
        return rng.choice(text.split(","))
    if "," in text and roll < 0.35:
        return text.replace(",", "")
    if roll < (0.35 if text.startswith("-") else 0.1):
        return text[1:] if text.startswith("-") else "-" + text
    if roll < 0.2:
        return text + "0" if "," not in text else "1" + text
    if roll < 0.3 and len(text) > 1 and text.isdigit():
        i = rng.randrange(len(text) - 1)
        return str(int(text[:i] + text[i + 1] + text[i] + text[i + 2 :]))
    if roll < 0.4 and len(text) > 1 and text.isdigit():
        return str(int(text[: rng.randrange(1, len(text))]))
    if roll < 0.75:
        step = rng.choice((-2, -1, 1, 1, 2, 10))
        if "," in text:
            return f"{float(text.replace(',', '.')) + step:.1f}".replace(".", ",")
        return str(int(text) + step)
    return draw(rng)
