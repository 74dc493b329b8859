"""Dates and the names of things as a person reads them."""

import time
from collections.abc import Mapping

from studio.texts import Lang
from studio.texts.figures import DASH, NBSP

_MONTHS = {
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def date(then: float | None, lang: Lang) -> str:
    """«21 ноября 2026», “21 November 2026” (UTC)."""
    if then is None:
        return DASH
    day = time.gmtime(then)
    return f"{day.tm_mday}{NBSP}{_MONTHS[lang][day.tm_mon - 1]}{NBSP}{day.tm_year}"


def moment(then: float | None, lang: Lang) -> str:
    """The full time for a tooltip: «21 ноября 2026, 21:54 UTC»."""
    if then is None:
        return DASH
    return f"{date(then, lang)}, {time.strftime('%H:%M', time.gmtime(then))}{NBSP}UTC"


def titled(title: Mapping[str, str], fallback: str, lang: Lang) -> str:
    """A title in the page's language, else in the other one, else the name."""
    return title.get(lang) or next(iter(title.values()), "") or fallback
