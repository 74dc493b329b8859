"""Groups as cards: name, size, what is typical, examples; one of them open with all its answers."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from components.format import number, percent
from components.links import MediaBase, link, media_url
from components.widgets.text import attr, safe, short
from studio.core.reasons import Answer, GroupMember, GroupPage, KeptGroup, KeptReasons
from studio.texts import CATALOGUE, Lang, t
from studio.texts.reasons_said import group_title, reason_title

if TYPE_CHECKING:
    from studio.service import Studio

_TASKS = 4  # named on a card
_PAGE = 50


def cards_html(
    found: KeptReasons,
    typical: Mapping[int, Sequence[GroupMember]],
    page: GroupPage | None,
    models: Mapping[str, str],
    titles: Mapping[str, str],
    may: bool,
    lang: Lang,
) -> str:
    """All groups, the largest first."""
    cards = "".join(
        _card(
            group,
            found,
            page if page and page.group.number == group.number else None,
            typical.get(group.number, ()),
            models,
            titles,
            may,
            lang,
        )
        for group in found.groups
    )
    return f'<div class="gp-cards">{cards}</div>'


def _card(
    group: KeptGroup,
    found: KeptReasons,
    page: GroupPage | None,
    typical: Sequence[GroupMember],
    models: Mapping[str, str],
    titles: Mapping[str, str],
    may: bool,
    lang: Lang,
) -> str:
    several = len(found.spec.runs) > 1
    members = page.members if page else typical
    rows = "".join(_member(one, several, models, may, lang) for one in members)
    listed = (
        f'<ol class="st-list gp-members">{rows}</ol>'
        if rows
        else f'<p class="st-note">{_void(group, lang)}</p>'
    )
    pager = _pager(page, lang) if page and page.total > _PAGE else ""
    opened = " is-open" if page else ""
    return (
        f'<article class="st-card gp-card{opened}" id="group-{group.number}" data-group="{group.number}" tabindex="-1"'
        f' aria-labelledby="gp-name-{group.number}"><header><h3 class="st-h2" id="gp-name-{group.number}">'
        f"{safe(group_title(group, lang))}</h3>"
        f'<p class="st-small gp-number" title="{attr(t("reasons.number.hint", lang, number=group.number))}">'
        f"<code>group:{group.number}</code></p></header>"
        f"{_size(group, found, models, lang)}{_facts(group, titles, lang)}{listed}{pager}"
        f"{_acts(group, bool(page), may, lang)}</article>"
    )


def _void(group: KeptGroup, lang: Lang) -> str:
    return safe(t("reasons.card.empty", lang)) if not group.n else ""


def _size(group: KeptGroup, found: KeptReasons, models: Mapping[str, str], lang: Lang) -> str:
    """How many answers of each run, doors all; their share with its interval, as words and as a bar."""
    doors = []
    for run in found.spec.runs:
        n = sum(n for (one, _), n in group.counts.items() if one == run)
        if not n:
            continue
        there = link("inspect", lang, run=run, where=f"group:{group.number}")
        model = f" <span>{safe(models[run])}</span>" if len(found.spec.runs) > 1 else ""
        doors.append(f'<a href="{attr(there)}"><b>{number(n, lang)}</b></a>{model}')
    share = group.n / found.n if found.n else 0.0
    between = t(
        "reasons.share",
        lang,
        share=percent(share, lang),
        low=percent(group.low, lang),
        high=percent(group.high, lang),
    )
    told = f'<span class="st-small">{safe(between)}</span>' if group.n else ""
    return (
        f'<p class="gp-size">{" · ".join(doors)} {told}</p><div class="gp-share" aria-hidden="true">'
        f'<i style="left:{100 * group.low:.1f}%;width:{100 * max(group.high - group.low, 0.004):.1f}%"></i>'
        f'<b style="width:{100 * share:.1f}%"></b></div>'
    )


def _facts(group: KeptGroup, titles: Mapping[str, str], lang: Lang) -> str:
    """What is typical: its own name where people gave another, words, tasks, the rule that decided, what was moved."""
    facts = []
    if group.name and not group.made:
        facts.append(f"{safe(t('reasons.own', lang))}: {safe(reason_title(group.own, lang))}")
    if group.own.words and (group.own.trait or group.name):
        words = "".join(f"<span class='gp-word'>{safe(word)}</span>" for word in group.own.words)
        facts.append(f"{safe(t('reasons.words', lang))}: {words}")
    tasks: dict[str, int] = {}
    for (_, task), n in group.counts.items():
        tasks[task] = tasks.get(task, 0) + n
    if tasks:
        first = sorted(tasks, key=lambda task: (-tasks[task], task))
        said = ", ".join(f"{titles.get(task, task)} {number(tasks[task], lang)}" for task in first[:_TASKS])
        more = f", {t('cli.reasons.more_tasks', lang, n=len(first) - _TASKS)}" if len(first) > _TASKS else ""
        facts.append(f"{safe(t('reasons.tasks', lang))}: {safe(said + more)}")
    if group.decided:
        key = f"inspect.rule.{group.decided}"
        rule = t(key, lang) if key in CATALOGUE else group.decided
        facts.append(f"{safe(t('reasons.rule', lang))}: {safe(rule)}")
    if group.made or group.merged or group.pinned:
        facts.append(safe(_by_hand(group, lang)))
    return f'<ul class="st-list gp-facts">{"".join(f"<li>{fact}</li>" for fact in facts)}</ul>'


def _by_hand(group: KeptGroup, lang: Lang) -> str:
    parts = [t("reasons.made", lang)] if group.made else []
    parts += [t("reasons.merged", lang, n=group.merged)] if group.merged else []
    parts += [t("reasons.pinned", lang, n=number(group.pinned, lang))] if group.pinned else []
    return ", ".join(parts)


def _member(one: GroupMember, several: bool, models: Mapping[str, str], may: bool, lang: Lang) -> str:
    failure = one.failure
    there = attr(link("inspect", lang, run=failure.run, sample=failure.sample_id))
    name = t("reasons.pick", lang, number=failure.number)
    place = f"{failure.run}:{failure.sample_id}"
    box = (
        f'<input type="checkbox" data-pick="{attr(place)}" aria-label="{attr(name)}">'
        if may
        else "<span></span>"
    )
    model = f' <span class="st-small">{safe(models[failure.run])}</span>' if several else ""
    pin = (
        f' <span class="gp-pin" title="{attr(t("reasons.pinned.hint", lang))}">✎</span>' if one.pinned else ""
    )
    gold = " / ".join(failure.golds)
    note = f'<p class="gp-note">{short(failure.notes, 200)}</p>' if failure.notes else ""
    text = short(failure.final, 160)
    said = f"<q>{text}</q>" if text else f"<i>{safe(t('reasons.no_text', lang))}</i>"
    return (
        f'<li>{box}<span class="gp-thumb" data-thumb="{attr(place)}"></span><div><p class="gp-line">'
        f'<a href="{there}">№ {failure.number}</a>{pin}{model} {said}'
        f' <span class="gp-gold"><span>{safe(t("lens.gold", lang))}:</span> {short(gold, 120)}</span></p>{note}</div>'
        "</li>"
    )


def _pager(page: GroupPage, lang: Lang) -> str:
    last = min(page.offset + _PAGE, page.total)
    turns = [
        f'<button type="button" class="in-quiet" data-offset="{to}" aria-label="{attr(t(label, lang))}"'
        f"{'' if there else ' disabled'}>{sign}</button>"
        for sign, to, there, label in (
            ("←", max(0, page.offset - _PAGE), page.offset > 0, "inspect.previous"),
            ("→", page.offset + _PAGE, last < page.total, "inspect.next"),
        )
    ]
    said = t(
        "reasons.pages",
        lang,
        first=number(page.offset + 1, lang),
        last=number(last, lang),
        n=number(page.total, lang),
    )
    return f'<p class="gp-pages">{turns[0]} {safe(said)} {turns[1]}</p>'


def _acts(group: KeptGroup, opened: bool, may: bool, lang: Lang) -> str:
    acts = [("open", "close" if opened else "open", "O")] if group.n else []
    if may:
        acts += [("rename", "rename", "R"), ("merge", "merge", "M"), ("remove", "remove", "Del")]
    buttons = "".join(
        f'<button type="button" class="st-btn st-btn--small" data-act="{act}">{safe(t(f"reasons.act.{label}", lang))}'
        f" <kbd>{key}</kbd></button>"
        for act, label, key in acts
    )
    return f'<div class="gp-acts">{buttons}</div>'


def pictures_of(studio: "Studio", answers: Sequence[Answer], lang: Lang, base: MediaBase) -> dict[str, str]:
    """The pictures of answers as markup, by `run:sample`. Raises StudioError."""
    found = studio.reasons.groups.pictures(answers)
    shown = {}
    for (run, sample), view in found.items():
        src = media_url(base, view) or ""
        if view.modality == "video":  # a browser shows nothing of a clip before it has read much of it
            frame = studio.reasons.groups.still(view)
            src = f"data:image/jpeg;base64,{b64encode(frame).decode()}" if frame else ""
        if src:
            name = attr(t(f"media.{view.modality}", lang))
            shown[f"{run}:{sample}"] = f'<img src="{attr(src)}" alt="{name}" loading="lazy" decoding="async">'
    return shown
