"""What annotators said of a sample, below the model's answer: how many said what, who skipped it and why, comments.

Only whoever may read people's answers gets a byte of it (`studio.people_said`); people are numbers here.
"""

from collections.abc import Sequence

from components.format import NBSP, decimal, moment, number
from components.widgets.chips import chip
from components.widgets.text import attr, safe, short
from studio.core.people_said import ItemSaid, OneSaid, Told
from studio.texts import CATALOGUE, Lang, t

_SHOWN = 300  # characters of an answer or a comment


def people_html(found: Sequence[ItemSaid], lang: Lang, *, of_people: bool = False) -> str:
    """A part for each project in which somebody has met the question; where nobody has, all of them say so.
    `of_people`: the run that is looked at is one of people, and its answer no model's."""
    met = [each for each in found if each.said or each.adjudicated is not None] or found
    return "".join(_item(each, of_people, lang) for each in met)


def _item(item: ItemSaid, of_people: bool, lang: Lang) -> str:
    facts = [t("people.said.counted", lang, n=item.counted, of=item.overlap)]
    if item.median_s:  # 0: imported answers bring no time
        facts.append(t("people.said.median", lang, s=decimal(item.median_s, lang, 0)))
    facts += [t(f"people.said.{item.purpose}", lang)] if item.purpose != "work" else []
    facts += [t("people.said.retired", lang)] if item.retired else []
    last = (
        f'<p class="in-people-last">{safe(t("people.said.last", lang))}: <b>{short(item.adjudicated, _SHOWN)}</b></p>'
        if item.adjudicated is not None
        else ""
    )
    title = f"{t('people.said.title', lang)}: {item.title}"
    rows = "".join(_one(each, lang) for each in item.said)
    who = f'<ol class="st-list in-people-who">{rows}</ol>' if rows else ""
    return (
        f'<section class="in-answer in-people" aria-label="{attr(title)}"><div class="in-bar-title">'
        f"<h3>{safe(title)}</h3><span>{safe(f'{NBSP}· '.join(facts))}</span></div>"
        f"{_bars(item, of_people, lang)}{last}{_fold(who, len(item.said), lang)}</section>"
    )


def _bars(item: ItemSaid, of_people: bool, lang: Lang) -> str:
    """Each answer with its share as a bar; then skips by reason."""
    if not item.said:
        return f'<p class="st-small">{safe(t("people.said.nobody", lang))}</p>'
    told = "".join(_bar(each, item.counted, of_people, lang) for each in item.answers)
    skips = "".join(
        f"<li><span>{safe(_reason(reason, lang))}</span><small>{safe(number(n, lang))}</small></li>"
        for reason, n in item.skips.items()
    )
    skipped = (
        f'<div class="in-people-skips"><span class="st-small">{safe(t("people.said.skips", lang))}</span>'
        f'<ul class="st-list">{skips}</ul></div>'
        if skips
        else ""
    )
    return f'<ul class="st-list in-people-bars">{told}</ul>{skipped}'


def _bar(told: Told, of: int, of_people: bool, lang: Lang) -> str:
    same = "people.said.same.people" if of_people else "people.said.same"
    marks = chip(t(same, lang), "accent", "=") if told.same else ""
    if told.right is not None:
        right = told.right >= 0.5
        words = t("inspect.right" if right else "inspect.wrong", lang)
        marks += chip(words, "good" if right else "bad", "✓" if right else "×")
    return (
        f'<li><span class="in-people-text">{short(told.text, _SHOWN)}</span>'
        f'<span class="in-people-bar" aria-hidden="true"><i style="width:{told.n / of:.1%}"></i></span>'
        f'<b>{safe(number(told.n, lang))}</b><span class="in-people-marks">{marks}</span></li>'
    )


def _one(each: OneSaid, lang: Lang) -> str:
    """Who said what, when, in how long; a comment below."""
    said = (
        short(each.text, _SHOWN)
        if each.action == "answer"
        else f"<em>{safe(t('people.said.skipped', lang))}: {safe(_reason(each.reason, lang))}</em>"
    )
    marks = chip(t("people.said.flag", lang), "warn", "⚑") if each.flagged else ""
    marks += chip(t("people.said.repeat", lang), "quiet") if each.occasion > 1 else ""
    if each.excluded:
        marks += chip(t("people.said.excluded", lang), "quiet")
    elif each.action == "answer" and not each.counts:
        marks += chip(t("people.said.apart", lang), "quiet")
    took = t("people.said.took", lang, s=decimal(each.took_s, lang, 0)) if each.took_s else ""
    comment = f'<p class="in-people-comment">{short(each.comment, _SHOWN)}</p>' if each.comment else ""
    return (
        f'<li><span class="st-small" title="{attr(moment(each.at, lang))}">'
        f"{safe(t('people.run.person', lang, n=each.number))}</span> <span>{said}</span> "
        f'<span class="st-small">{safe(took)}</span>{marks}{comment}</li>'
    )


def _reason(reason: str, lang: Lang) -> str:
    key = f"people.said.reason.{reason}"
    return t(key, lang) if key in CATALOGUE else reason or t("people.said.reason.other", lang)


def _fold(rows: str, n: int, lang: Lang) -> str:
    if not rows:
        return ""
    words = safe(t("people.said.each", lang, n=n))
    return f'<details class="in-people-fold"><summary>{words}</summary>{rows}</details>'
