"""Where an annotator begins: the projects that he works in, those open to anybody, tasks to answer on his own; and the
door of a project that he has not joined."""

from collections.abc import Sequence

from components.format import count, number, titled
from components.links import link
from components.widgets.chips import chip, modality_chip
from components.widgets.text import attr, safe
from studio.core.content import MODALITIES
from studio.core.project import Offer, Offered
from studio.core.task import TaskInfo
from studio.texts import Lang, t

_SIGNS = {"draft": ("quiet", "◌"), "open": ("good", "●"), "paused": ("warn", "‖"), "closed": ("quiet", "■")}


def start_html(offered: Offered, name: str, lang: Lang) -> str:
    """`name` is that of whoever is signed in; "" asks for one."""
    if not offered.tasks and not offered.mine and not offered.open:
        return (
            f'<div class="in-notice"><h2>{t("annotate.none.title", lang)}</h2>'
            f"<p>{t('annotate.none.text', lang)}</p></div>"
        )
    mine = _section("mine", [_mine(offer, lang) for offer in offered.mine], lang)
    return f"{mine}{_joining(offered, name, lang)}"


def _section(key: str, items: Sequence[str], lang: Lang) -> str:
    if not items:
        return ""
    return f'<section class="an-list"><h2>{t(f"annotate.list.{key}", lang)}</h2><ul>{"".join(items)}</ul></section>'


def _mine(offer: Offer, lang: Lang) -> str:
    done = offer.answered + offer.skipped
    finished = offer.own and done >= offer.items
    word = "see" if finished or offer.state != "open" else "resume" if done else "begin"
    main = "" if word == "see" else " st-btn--main"
    where = attr(link("annotate", lang, project=offer.project))
    title = safe(title_of(offer.title, offer.titles, lang))
    state = chip(t(f"annotate.state.{offer.state}", lang), *_SIGNS[offer.state])
    own = t("annotate.list.place", lang, done=number(done, lang), total=number(offer.items, lang))
    words = own if offer.own else count(offer.answered, "count.answers", lang)
    return (
        f'<li class="an-offer st-card"><div><b>{title}</b>'
        f"<small>{'' if offer.own else state + ' '}{words}</small></div>"
        f'<a class="st-btn{main}" href="{where}">{t(f"annotate.list.{word}", lang)}</a></li>'
    )


def _joining(offered: Offered, name: str, lang: Lang) -> str:
    """One form: who, and where to. Its script joins and opens what was chosen."""
    begun = {offer.title for offer in offered.mine if offer.own} | {
        title for offer in offered.mine if offer.own for title in offer.titles.values()
    }
    tasks = sorted(
        (task for task in offered.tasks if titled(task.title, task.name, lang) not in begun),
        key=lambda task: MODALITIES.index(task.modality) if task.modality in MODALITIES else len(MODALITIES),
    )
    if not tasks and not offered.open:
        return ""
    groups = _choices("open", [_open_card(offer, lang) for offer in offered.open], lang)
    groups += _choices("own", [_task_card(task, lang) for task in tasks], lang)
    return (
        f'<form class="an-start st-card" novalidate><h2>{t("annotate.start.title", lang)}</h2>'
        f"{_who(name, lang)}{groups}"
        f'<p class="an-error" role="alert" data-of="what"></p><p class="an-error" role="alert" data-of=""></p>'
        f'<button type="submit" class="st-btn st-btn--main an-big">{t("annotate.start", lang)}</button></form>'
    )


def _who(name: str, lang: Lang) -> str:
    if name:
        seen = f'<small class="st-small">{t("annotate.as.hint", lang)}</small>'
        return f'<p class="st-note">{t("annotate.as", lang, name=safe(name))} {seen}</p>'
    return (
        f'<label class="an-field"><span>{t("annotate.name", lang)}</span>'
        f'<input name="name" type="text" maxlength="80" autocomplete="nickname" spellcheck="false" required>'
        f"<small>{t('annotate.name.hint', lang)}</small>"
        f'<span class="an-error" role="alert" data-of="name"></span></label>'
    )


def _choices(key: str, cards: Sequence[str], lang: Lang) -> str:
    if not cards:
        return ""
    hint = f"<small>{t(f'annotate.list.{key}.hint', lang)}</small>"
    return (
        f'<fieldset class="an-tasks"><legend>{t(f"annotate.list.{key}", lang)}{hint}</legend>'
        f"{''.join(cards)}</fieldset>"
    )


def _open_card(offer: Offer, lang: Lang) -> str:
    return (
        f'<label class="an-task"><input type="radio" name="what" value="project:{attr(offer.project)}">'
        f"<span><b>{safe(offer.title)}</b><small>{count(offer.items, 'count.samples', lang)}</small></span></label>"
    )


def _task_card(task: TaskInfo, lang: Lang) -> str:
    size = count(task.sizes.get("test", 0), "count.samples", lang)
    kind = t(f"annotate.task.{task.answer_type}", lang)
    return (
        f'<label class="an-task"><input type="radio" name="what" value="task:{attr(task.name)}">'
        f"<span><b>{safe(titled(task.title, task.name, lang))}</b>"
        f"<small>{modality_chip(task.modality, lang)} {size}, {kind}</small></span></label>"
    )


def door_html(offer: Offer, name: str, lang: Lang) -> str:
    """A project that anybody may join, before its first question."""
    title = safe(title_of(offer.title, offer.titles, lang))
    head = f'<span class="st-label">{t("annotate.door", lang)}</span><h2 id="an-question" tabindex="-1">{title}</h2>'
    if offer.state != "open":
        why = t(f"annotate.door.{'draft' if offer.state == 'draft' else 'shut'}", lang)
        return (
            f'<div class="an-end st-card">{head}<p>{why}</p>'
            f'<p class="an-actions">{_elsewhere(lang)}</p></div>'
        )
    return (
        f'<form class="an-start an-door st-card" data-project="{attr(offer.project)}" novalidate>{head}'
        f"<p>{t('annotate.door.text', lang, items=count(offer.items, 'count.samples', lang))}</p>{_who(name, lang)}"
        f'<p class="an-error" role="alert" data-of=""></p><p class="an-actions">'
        f'<button type="submit" class="st-btn st-btn--main an-big">{t("annotate.start", lang)}</button>'
        f"{_elsewhere(lang)}</p></form>"
    )


def shown_html(offer: Offer, name: str, lang: Lang) -> str:
    """Before the first question of a whole task, for somebody who has a name here already: it was told for fewer eyes
    than will see his run."""
    title = safe(title_of(offer.title, offer.titles, lang))
    return (
        f'<form class="an-start an-door st-card" data-shown="{attr(offer.project)}" novalidate>'
        f'<span class="st-label">{t("annotate.list.own", lang)}</span>'
        f'<h2 id="an-question" tabindex="-1">{title}</h2><p>{t("annotate.shown.text", lang)}</p>'
        f'<label class="an-field"><span>{t("annotate.shown", lang)}</span>'
        f'<input name="shown" type="text" maxlength="80" autocomplete="off" spellcheck="false" value="{attr(name)}">'
        f"<small>{t('annotate.shown.hint', lang)}</small></label>"
        f'<p class="an-error" role="alert" data-of=""></p><p class="an-actions">'
        f'<button type="submit" class="st-btn st-btn--main an-big">{t("annotate.start", lang)}</button>'
        f"{_elsewhere(lang)}</p></form>"
    )


def refused_html(words: str, lang: Lang) -> str:
    """A project that is not for whoever asks."""
    return (
        f'<div class="an-end st-card"><h2 id="an-question" tabindex="-1">{t("annotate.refused", lang)}</h2>'
        f'<p>{safe(words)}</p><p class="an-actions">{_elsewhere(lang)}</p></div>'
    )


def gold_html(project: str, lang: Lang) -> str:
    """A project whose gold this person sees, or has seen: why he is asked nothing, and where his work is."""
    there = attr(link("organise", lang, project=project))
    return (
        f'<div class="an-end st-card"><h2 id="an-question" tabindex="-1">{t("annotate.gold.title", lang)}</h2>'
        f'<p>{t("annotate.gold.text", lang)}</p><p class="an-actions">'
        f'<a class="st-btn st-btn--main an-big" href="{there}">{t("annotate.gold.to", lang)}</a>{_elsewhere(lang)}</p>'
        "</div>"
    )


def _elsewhere(lang: Lang) -> str:
    return f'<a class="st-btn an-big" href="{attr(link("annotate", lang))}">{t("annotate.elsewhere.to", lang)}</a>'


def title_of(title: str, titles: object, lang: Lang) -> str:
    """A project's title; that of a task of one's own in the reader's language."""
    return titled(titles, title, lang) if isinstance(titles, dict) and titles else title
