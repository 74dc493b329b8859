"""Numbers, durations, counts and dates as a person reads them, in Russian and English. Pure functions.

Russian: decimal comma, no-break spaces before units, thousands parted from five digits on. Nothing known is "—".
"""

import time
from collections.abc import Mapping

from studio.texts import Lang, plural, t
from studio.texts.figures import DASH as DASH
from studio.texts.figures import NBSP as NBSP
from studio.texts.figures import decimal as decimal
from studio.texts.figures import percent as percent

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
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


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


def duration(seconds: float | None, lang: Lang) -> str:
    """«0,4 с», «12,3 с», «1 мин 05 с», «2 ч 03 мин»."""
    if seconds is None:
        return DASH
    if seconds < _MINUTE - 0.05:
        return f"{decimal(max(0.0, seconds), lang)}{NBSP}{t('unit.s', lang)}"
    return _minutes(round(seconds), lang)


def brief(seconds: float | None, lang: Lang) -> str:
    """A latency: «0,8 мс», «120 мс», «1,2 с», «1 мин 05 с»."""
    if seconds is None:
        return DASH
    if seconds >= 0.9995:
        return duration(seconds, lang)
    ms = seconds * 1000
    return f"{decimal(ms, lang, 1 if ms < 9.95 else 0)}{NBSP}{t('unit.ms', lang)}"


def countdown(seconds: float | None, lang: Lang) -> str:
    """Time left, in whole seconds so that it changes calmly: «12 с», «1 мин 05 с»."""
    if seconds is None:
        return DASH
    whole = max(0, round(seconds))
    return f"{whole}{NBSP}{t('unit.s', lang)}" if whole < _MINUTE else _minutes(whole, lang)


def rate(per_second: float | None, lang: Lang) -> str:
    """Speed of a run: «5,8 вопр./с»; below one a second it is told per minute: «24 вопр./мин»."""
    if per_second is None:
        return DASH
    if per_second >= 1:
        return f"{decimal(per_second, lang)}{NBSP}{t('unit.per_s', lang)}"
    return f"{decimal(per_second * _MINUTE, lang, 0)}{NBSP}{t('unit.per_min', lang)}"


def ago(then: float | None, lang: Lang, now: float | None = None) -> str:
    """How long ago: «только что», «5 минут назад», «3 часа назад»; older than a day is a date (UTC)."""
    if then is None:
        return DASH
    passed = (time.time() if now is None else now) - then
    if passed < _MINUTE:
        return t("ago.now", lang)
    if passed < _HOUR:
        return t("ago.past", lang, amount=count(int(passed // _MINUTE), "count.minutes", lang))
    if passed < _DAY:
        return t("ago.past", lang, amount=count(int(passed // _HOUR), "count.hours", lang))
    return date(then, lang)


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


def sentence(text: str) -> str:
    """The same with a capital letter at the start; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def _minutes(seconds: int, lang: Lang) -> str:
    if seconds < _HOUR:
        minutes, rest = divmod(seconds, _MINUTE)
        return f"{minutes}{NBSP}{t('unit.min', lang)} {rest:02d}{NBSP}{t('unit.s', lang)}"
    hours, rest = divmod(seconds, _HOUR)
    return f"{hours}{NBSP}{t('unit.h', lang)} {rest // _MINUTE:02d}{NBSP}{t('unit.min', lang)}"
