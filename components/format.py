"""Numbers, durations, counts and dates as a person reads them, in Russian and English. Pure functions.

Russian: decimal comma, no-break spaces before units, thousands parted from five digits on. Nothing known is "—".
"""

import time

from studio.texts import Lang, t
from studio.texts.dates import date as date
from studio.texts.dates import moment as moment
from studio.texts.dates import titled as titled
from studio.texts.figures import DASH as DASH
from studio.texts.figures import NBSP as NBSP
from studio.texts.figures import count as count
from studio.texts.figures import decimal as decimal
from studio.texts.figures import interval as interval
from studio.texts.figures import number as number
from studio.texts.figures import percent as percent
from studio.texts.figures import share as share

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


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


def sentence(text: str) -> str:
    """The same with a capital letter at the start; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def _minutes(seconds: int, lang: Lang) -> str:
    if seconds < _HOUR:
        minutes, rest = divmod(seconds, _MINUTE)
        return f"{minutes}{NBSP}{t('unit.min', lang)} {rest:02d}{NBSP}{t('unit.s', lang)}"
    hours, rest = divmod(seconds, _HOUR)
    return f"{hours}{NBSP}{t('unit.h', lang)} {rest // _MINUTE:02d}{NBSP}{t('unit.min', lang)}"
