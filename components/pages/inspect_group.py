"""Which group of reasons an answer on Inspect is in, and how it is put into another."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from components.links import link
from components.pages.served import text_of, whole_of
from components.widgets.text import attr, safe
from studio.core.errors import NotAllowed
from studio.core.reasons import AnswerGroup
from studio.core.run import SampleCard, Viewer
from studio.texts import Lang, t
from studio.texts.reasons_said import edit_said, group_title

if TYPE_CHECKING:
    from studio.service import Studio


def group_of(studio: "Studio", card: SampleCard, who: Viewer) -> AnswerGroup | None:
    """Where the card's answer is; None where there is nothing to tell, or this viewer may not know."""
    if card.answer is None or card.gold_hidden:
        return None
    try:
        return studio.reasons.groups.of(card.run_id, card.sample_id, who)
    except NotAllowed:
        return None


def group_html(found: AnswerGroup | None, card: SampleCard, lang: Lang) -> str:
    """The line of the card: the group, a link to it, and the way to another. An answer that is right by both and in no
    group needs none."""
    if found is None or (found.group is None and not (found.may_move and card.cell != "both")):
        return ""
    return _line(found, card.run_id, lang)


def _line(found: AnswerGroup, run: str, lang: Lang) -> str:
    group = found.group
    named = f'<span class="in-reason-none">{t("inspect.group.none", lang)}</span>'
    if group:
        where = link("reasons", lang, run=run, book=found.book, group=group.number)
        by_hand = f' <span class="st-small">{t("inspect.group.pinned", lang)}</span>' if found.pinned else ""
        named = f'<a href="{attr(where)}">{safe(group_title(group, lang))}</a>{by_hand}'
    words = t(f"inspect.group.{'move' if group else 'put'}", lang)
    move = (
        f'<button type="button" class="in-quiet" data-act="regroup">{words} <kbd>V</kbd></button>'
        if found.may_move and found.groups
        else ""
    )
    return f'<p class="in-reason"><span class="st-label">{t("inspect.group", lang)}</span> {named} {move}</p>'


def group_state(found: AnswerGroup | None, lang: Lang) -> dict[str, Any] | None:
    """What the script needs to offer the other groups."""
    if found is None or not found.may_move:
        return None
    groups = [[group.number, group_title(group, lang)] for group in found.groups]
    return {"number": found.number, "groups": groups}


def moved(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> dict[str, Any]:
    """Puts an answer into a group; the new line of its card. Raises StudioError."""
    run, sample, number = (
        text_of(data, "run", 100),
        whole_of(data, "sample") or 0,
        whole_of(data, "group") or 0,
    )
    groups = studio.reasons.groups
    author = " ".join(text_of(data, "reviewer", 80).split())
    groups.move(number, [(run, sample)], author=author, client_id=text_of(data, "client_id", 64), viewer=who)
    found = groups.of(run, sample, who)
    if found is None:
        return {"line": "", "group": None, "said": ""}
    edit = groups.history(found.book, 1, who)[0]
    return {"line": _line(found, run, lang), "group": group_state(found, lang), "said": edit_said(edit, lang)}


def group_dialog_html(lang: Lang) -> str:
    """The groups to choose from; the script fills it."""
    return (
        f'<dialog class="an-dialog in-regroup" aria-labelledby="in-regroup-title"><form method="dialog">'
        f'<h2 id="in-regroup-title">{t("inspect.group.where", lang)}</h2>'
        f'<div role="radiogroup" aria-labelledby="in-regroup-title"></div>'
        f'<p class="st-alert" role="alert" hidden></p><div class="an-actions">'
        f'<button type="submit" class="st-btn st-btn--main">{t("inspect.group.ok", lang)}</button>'
        f'<button type="button" class="st-btn" data-act="close-group">{t("annotate.close", lang)}</button>'
        "</div></form></dialog>"
    )
