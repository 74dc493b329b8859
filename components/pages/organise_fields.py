"""The fields by which a project is set up: in the form of a new one, and in its settings."""

from collections.abc import Sequence

from components.format import decimal
from components.pages.organise_form import CURRENCIES, typed_moment
from components.widgets.text import attr, safe
from studio.core.project import ProjectSpec
from studio.texts import Lang, t


def fields_html(spec: ProjectSpec, lang: Lang) -> str:
    """All but the task and what is drawn of it, in groups."""
    return "".join(
        f'<fieldset class="og-group"><legend>{safe(t(f"organise.group.{name}", lang))}</legend>{body}</fieldset>'
        for name, body in (
            ("people", _people(spec, lang)),
            ("answers", _answers(spec, lang)),
            ("training", _training(spec, lang)),
            ("time", _time(spec, lang)),
            ("money", _money(spec, lang)),
        )
    )


def field(name: str, control: str, lang: Lang, *, hint: bool = True, wide: bool = False) -> str:
    """A control under its label, with its hint and a place for what is wrong with it."""
    small = f"<small>{safe(t(f'organise.hint.{name}', lang))}</small>" if hint else ""
    return (
        f'<label class="og-field{" og-wide" if wide else ""}"><span>{safe(t(f"organise.field.{name}", lang))}</span>'
        f'{control}{small}<em class="og-wrong" role="alert" data-wrong="{name}"></em></label>'
    )


def text_input(name: str, value: str, *, kind: str = "text", more: str = "") -> str:
    return f'<input name="{name}" type="{kind}" value="{attr(value)}" autocomplete="off" {more}>'


def choices(name: str, options: Sequence[tuple[str, str]], chosen: str) -> str:
    """A select of (value, words)."""
    items = "".join(
        f'<option value="{attr(value)}"{" selected" if value == chosen else ""}>{safe(words)}</option>'
        for value, words in options
    )
    return f'<select name="{name}">{items}</select>'


def typed(value: float | None, lang: Lang, digits: int = 2) -> str:
    """A number as a person types it: no zeros at its end."""
    if value is None:
        return ""
    told = decimal(value, lang, digits)
    return told.rstrip("0").rstrip(",.") if ("," in told or "." in told) else told


def _number(name: str, value: float | None, lang: Lang) -> str:
    return text_input(name, typed(value, lang), more='inputmode="decimal"')


def _people(spec: ProjectSpec, lang: Lang) -> str:
    levels = [(each, t(f"organise.level.{each}", lang)) for each in ("crowd", "expert")]
    joining = [(each, t(f"organise.joining.{each}", lang)) for each in ("invited", "anyone")]
    return field("level", choices("level", levels, spec.level), lang) + field(
        "joining", choices("joining", joining, spec.joining), lang
    )


def _answers(spec: ProjectSpec, lang: Lang) -> str:
    return (
        field("overlap", _number("overlap", spec.overlap, lang), lang)
        + field("controls", _number("controls", spec.controls * 100, lang), lang)
        + field("repeats", _number("repeats", spec.repeats * 100, lang), lang)
    )


def _training(spec: ProjectSpec, lang: Lang) -> str:
    return field("training", _number("training", spec.training, lang), lang) + field(
        "pass_mark", _number("pass_mark", spec.pass_mark * 100, lang), lang
    )


def _time(spec: ProjectSpec, lang: Lang) -> str:
    return (
        field("item_limit_s", _number("item_limit_s", spec.item_limit_s, lang), lang)
        + field("lease_s", _number("lease_s", spec.lease_s / 60, lang), lang)
        + field("opens_at", text_input("opens_at", typed_moment(spec.opens_at), kind="datetime-local"), lang)
        + field(
            "closes_at", text_input("closes_at", typed_moment(spec.closes_at), kind="datetime-local"), lang
        )
    )


def _money(spec: ProjectSpec, lang: Lang) -> str:
    currencies = [(each, each) for each in CURRENCIES]
    return field("pay_per_hour", _number("pay_per_hour", spec.pay_per_hour, lang), lang) + field(
        "currency", choices("currency", currencies, spec.currency), lang, hint=False
    )


def asking_html(name: str, key: str, lines: Sequence[str], act: str, lang: Lang, *, tone: str = "bad") -> str:
    """What the script asks before it does `name`: `organise.<key>`, what will happen in `lines`, and two buttons; `act`
    is what the first one bears."""
    said = "".join(f"<p>{safe(line)}</p>" for line in lines)
    return (
        f'<template data-ask="{name}"><h2 id="og-dialog-title">{safe(t(f"organise.{key}", lang))}</h2>{said}'
        f'<p class="st-row"><button type="button" class="st-btn st-btn--{tone}" {act}>'
        f"{safe(t(f'organise.{key}.do', lang))}</button>"
        f'<button type="button" class="st-btn" data-close>{safe(t("organise.cancel", lang))}</button></p></template>'
    )
