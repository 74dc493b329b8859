"""Shares and fractions as a person reads them, wherever they are shown. Nothing known is "—"."""

from decimal import ROUND_HALF_UP, Decimal

from studio.texts import Lang

NBSP = "\N{NO-BREAK SPACE}"
DASH = "—"


def decimal(value: float | None, lang: Lang, digits: int = 1) -> str:
    """12.34 → «12,3»."""
    if value is None:
        return DASH
    text = f"{_rounded(value, digits):.{digits}f}"
    return text.replace(".", ",") if lang == "ru" else text


def percent(value: float | None, lang: Lang) -> str:
    """A share as whole per cents: «12 %», English “12%”. A share that rounds to 0 or 100 says so honestly."""
    if value is None:
        return DASH
    rounded = int(_rounded(value * 100, 0))
    if rounded == 0 and value > 0:
        text = "<1"
    elif rounded == 100 and value < 1:
        text = ">99"
    else:
        text = str(rounded)
    return f"{text}{NBSP}%" if lang == "ru" else f"{text}%"


def _rounded(value: float, digits: int) -> Decimal:
    """Halves go up, as people expect: 0.975 is «0,98» everywhere, and so is 97.5 %. Floats are taken as they are read
    (0.975, not the 0.97499… behind it)."""
    return Decimal(f"{value:.12g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
