"""Scores, shares and fractions as a person reads them, by one rule: a number reads alike on a page, in a file, in a
terminal. Nothing known is "—".

Halves go away from zero, as people expect, and as decimals: 0.9125 is 0.913 and 97.5 % is 98 %, although the float
behind 0.9125 may lie a hair below. Python's own formatting would say 0.912: it takes the nearest even digit.
"""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

from studio.texts import Lang, plural, t

NBSP = "\N{NO-BREAK SPACE}"
DASH = "—"

# Floats are taken as they are read: twelve digits are what is left of a mean over a million samples.
_READ = ".12g"
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)  # holds the largest float to its last digit


def rounded(value: float, digits: int) -> Decimal:
    """A finite number with so many digits after the point, halves away from zero; never «-0»."""
    found = Decimal(format(value, _READ)).quantize(Decimal(1).scaleb(-digits), context=_WIDE)
    return found if found else abs(found)


def decimal(value: float | None, lang: Lang, digits: int = 1) -> str:
    """12.34 → «12,3», English “12.3”. What is no number (nan, inf) keeps its name."""
    if value is None:
        return DASH
    if not math.isfinite(value):
        return str(value)
    text = f"{rounded(value, digits):f}"
    return text.replace(".", ",") if lang == "ru" else text


def percent(value: float | None, lang: Lang) -> str:
    """A share as whole per cents: «12 %», English “12%”. A share that rounds to 0 or 100 says so honestly."""
    if value is None:
        return DASH
    text = whole_percent(value)
    return f"{text}{NBSP}%" if lang == "ru" else f"{text}%"


def whole_percent(value: float) -> str:
    """A share in [0, 1] as whole per cents without their sign: «12»; a share that rounds to 0 or 100 but is neither
    says so: «<1», «>99»."""
    whole = int(rounded(value * 100, 0))
    if whole == 0 and value > 0:
        return "<1"
    return ">99" if whole == 100 and value < 1 else str(whole)


def share(value: float | None, lang: Lang) -> str:
    """A mean or a probability in [0, 1] with two digits: 0.714 → «0,71»."""
    return decimal(value, lang, 2)


def interval(low: float | None, high: float | None, lang: Lang) -> str:
    """A 95 % interval: «0,66–0,76»."""
    if low is None or high is None:
        return DASH
    return f"{share(low, lang)}–{share(high, lang)}"


def number(n: int, lang: Lang) -> str:
    """A whole number with thousands parted: «4117», «12 345»; English “4,117”."""
    if lang == "en":
        return f"{n:,}"
    return str(n) if abs(n) < 10_000 else f"{n:,}".replace(",", NBSP)


def count(n: int, key: str, lang: Lang) -> str:
    """A number with its noun: count(5, "count.samples", "ru") → «5 вопросов».

    The text of `key` holds the forms with a bar between: «вопрос|вопроса|вопросов», “question|questions”.
    """
    forms = t(key, lang).split("|")
    word = plural(n, *forms) if lang == "ru" else forms[0 if n == 1 else 1]
    return f"{number(n, lang)}{NBSP}{word}"
