"""Links by which people join: a form, the new link shown once, and those that were made."""

import time
from collections.abc import Sequence
from typing import Any

from components.format import date, moment, number
from components.links import link
from components.pages.organise_fields import asking_html, choices, field, text_input
from components.widgets.chips import chip
from components.widgets.text import attr, safe
from studio.core.project import Project
from studio.texts import Lang, t

ROLES = ("annotator", "reviewer", "lead")


def invite_html(invitations: Sequence[Any], project: Project, lang: Lang) -> str:
    """The form and the list, the newest first. `invitations` are those of `studio.members`."""
    roles = [(role, t(f"organise.role.{role}", lang)) for role in ROLES]
    anyone = ""
    if project.spec.joining == "anyone":
        address = attr(link("annotate", lang, project=project.id))
        anyone = (
            f'<p class="st-note">{safe(t("organise.invite.anyone", lang))} '
            f'<a href="{address}" data-absolute>{safe(t("organise.invite.there", lang))}</a></p>'
        )
    return (
        f'<form class="st-card og-invite" data-form="invite"><h3>{safe(t("organise.invite.new", lang))}</h3>{anyone}'
        f'<div class="og-row">{field("role", choices("role", roles, "annotator"), lang, hint=False)}'
        f"{field('places', text_input('places', '20', more='inputmode=numeric'), lang, hint=False)}"
        f"{field('days', text_input('days', '7', more='inputmode=decimal'), lang, hint=False)}"
        f"{field('note', text_input('note', '', more='maxlength=500'), lang, wide=True)}</div>"
        '<p class="st-alert" role="alert" data-wrong="" hidden></p>'
        f'<button class="st-btn st-btn--main">{safe(t("organise.invite.make", lang))}</button><div data-made></div>'
        f"</form>"
        f"{_list(invitations, lang)}"
    )


def made_html(path: str, lang: Lang) -> str:
    """The link, once: only its hash is kept. The script puts the address of this studio before `path`, and
    hides the warning where that is more than this computer."""
    return (
        f'<div class="og-made" role="status"><b>{safe(t("organise.invite.once", lang))}</b>'
        f'<div class="og-link">'
        f'<input readonly data-link="{attr(path)}" aria-label="{attr(t("organise.invite.link", lang))}">'
        f'<button type="button" class="st-btn st-btn--main" data-copy>{safe(t("organise.copy", lang))}</button></div>'
        f'<p class="st-alert st-alert--warn" data-local>{safe(t("organise.invite.local", lang))}</p>'
        f'<p class="st-small">{safe(t("organise.invite.send", lang))}</p></div>'
    )


def _list(invitations: Sequence[Any], lang: Lang) -> str:
    if not invitations:
        return f'<p class="st-card st-empty">{safe(t("organise.invite.none", lang))}</p>'
    rows = "".join(_row(each, lang) for each in reversed(invitations))
    return (
        f'<section class="st-card"><h3>{safe(t("organise.invite.list", lang))}</h3>'
        f'<ul class="st-list og-invitations">{rows}</ul>{_asking(lang)}</section>'
    )


def _asking(lang: Lang) -> str:
    """Asked before a link is revoked; the script says which."""
    lines = [t("organise.ask.revoke.what", lang)]
    return asking_html("revoke", "ask.revoke", lines, "data-revoke data-sure", lang)


def _row(each: Any, lang: Lang) -> str:
    now = time.time()
    if each.revoked_at is not None:
        state = chip(t("organise.invite.revoked", lang), "bad", "✕", moment(each.revoked_at, lang))
    elif each.used >= each.places:
        state = chip(t("organise.invite.full", lang), "info", "■")
    elif not each.open_at(now):
        state = chip(t("organise.invite.expired", lang), "quiet", "◷")
    else:
        state = chip(t("organise.invite.open", lang), "good", "●")
    used = t("organise.invite.used", lang, used=number(each.used, lang), places=number(each.places, lang))
    until = t("organise.invite.until", lang, when=date(each.expires_at, lang))
    revoke = (
        f'<button type="button" class="st-btn st-btn--small" data-revoke="{attr(each.id)}">'
        f"{safe(t('organise.invite.revoke', lang))}</button>"
        if each.open_at(now)
        else ""
    )
    part = min(1.0, each.used / each.places)
    note = f'<span class="st-small">{safe(each.note)}</span>' if each.note else ""
    return (
        f"<li><span>{state} <b>{safe(t(f'organise.role.{each.role}', lang))}</b> {note}</span>"
        f'<span class="og-crew-bar" aria-hidden="true"><i style="width:{part:.0%}"></i></span>'
        f"<span>{safe(used)}</span><span class='st-small'>{safe(until)}</span><span>{revoke}</span></li>"
    )
