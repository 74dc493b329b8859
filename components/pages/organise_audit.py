"""Who did what, the newest first; what was before and after; whether the journal's chain holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from components.format import ago, count, moment, number
from components.links import link
from components.pages.organise_form import UNITS
from components.pages.organise_instructions import difference_html
from components.pages.organise_said import person_name, skip_words
from components.widgets.chips import chip
from components.widgets.text import attr, safe, short
from studio.core.deeds import DeedLine, Deeds, Verified
from studio.core.project import OUT_OF_TIME, SKIPS, Person, Role
from studio.texts import Lang, t
from studio.texts.organise import KINDS

PAGE = 50
_TOLD = ("text", "reason", "note", "comment", "name", "role", "places", "supersedes")


def audit_html(
    found: Deeds, people: Sequence[tuple[Person, Role]], project: str, person: str, kind: str, lang: Lang
) -> str:
    """Filters, the chain's place (the script has it checked), the records."""
    rows = "".join(_line(line, lang) for line in found.lines)
    body = (
        f'<ul class="st-list og-audit">{rows}</ul>'
        if rows
        else f'<p class="st-empty">{safe(t("organise.audit.none", lang))}</p>'
    )
    return (
        f'<section class="st-card">'
        f'<div class="og-chosen">{_people(people, person, lang)}{_kinds(found.kinds, kind, lang)}'
        f'<span class="st-small st-push">{safe(count(found.total, "organise.count.records", lang))}</span></div>'
        f'<p class="og-chain" data-chain role="status">{safe(t("organise.chain.checking", lang))}</p>{body}'
        f"{_pages(found, project, person, kind, lang)}</section>"
    )


def chain_html(found: Verified, lang: Lang) -> str:
    if found.broken is not None:
        words = t("organise.chain.broken", lang, n=number(found.broken, lang))
        return f"{chip(t('organise.chain.bad', lang), 'bad', '✕')} {safe(words)}"
    words = t("organise.chain.whole", lang, n=count(found.records, "organise.count.records", lang))
    return f"{chip(t('organise.chain.good', lang), 'good', '✓')} {safe(words)} <code>{safe(found.hash[:12])}…</code>"


def _people(people: Sequence[tuple[Person, Role]], chosen: str, lang: Lang) -> str:
    options = [("", t("organise.audit.all_people", lang)), ("owner", t("organise.owner", lang))]
    options += [(each.id, person_name(n, each.name, lang)) for n, (each, _) in enumerate(people, 1)]
    return _select("person", "organise.audit.person", options, chosen, lang)


def _kinds(kinds: Mapping[str, int], chosen: str, lang: Lang) -> str:
    options = [("", t("organise.audit.decisions", lang)), ("all", t("organise.audit.everything", lang))]
    options += [(kind, f"{_kind(kind, lang)} · {number(n, lang)}") for kind, n in sorted(kinds.items())]
    return _select("kind", "organise.audit.kind", options, chosen, lang)


def _select(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str, lang: Lang) -> str:
    items = "".join(
        f'<option value="{attr(value)}"{" selected" if value == chosen else ""}>{safe(words)}</option>'
        for value, words in options
    )
    select = f'<select data-set="{name}">{items}</select>'
    return f'<label class="og-inline"><span>{safe(t(label, lang))}</span>{select}</label>'


def _kind(kind: str, lang: Lang) -> str:
    return t(f"organise.kind.{kind}", lang) if kind in KINDS else kind


def _line(line: DeedLine, lang: Lang) -> str:
    about = []
    if line.of and line.of != line.deed.actor and not line.by_link:
        about.append(f"<b>{safe(_who(line.of, line.of_number, line.of_name, lang))}</b>")
    if line.item is not None:
        about.append(safe(t("organise.item", lang, n=line.item)))
    facts = [
        *((name, value) for name, value in line.deed.facts.items() if not _changed(line, name)),
        *(line.deed.body or {}).items(),
    ]
    told = [words for name, value in facts if name in _TOLD and (words := _told(name, value, lang))]
    about += [", ".join(told)] if told else []
    if line.deed.body is None:
        about.append(chip(t("organise.audit.erased", lang), "quiet", "◌"))
    changes = "".join(_change(name, before, after, lang) for name, before, after in line.changes)
    colon = ":" if about else ""  # «исключил: Человек 4»: a name stands as it is
    did = t("organise.audit.role_by_link", lang) if line.by_link else _kind(line.deed.kind, lang)
    return (
        f'<li><span class="og-n">{safe(number(line.deed.n, lang))}</span>'
        f'<time title="{attr(moment(line.deed.at, lang))}">{safe(ago(line.deed.at, lang))}</time>'
        f"<span>{safe(_actor(line, lang))}</span>"
        f"<span><em>{safe(did)}</em>{colon} {' '.join(about)}{changes}</span></li>"
    )


def _actor(line: DeedLine, lang: Lang) -> str:
    """Who did it; a role that came with a link was taken by whoever used it."""
    if line.by_link:
        return _who(line.of, line.of_number, line.of_name, lang)
    return _who(line.deed.actor, line.number, line.deed.name, lang)


def _who(person: str, number_: int, name: str, lang: Lang) -> str:
    if person == "owner":
        return t("organise.owner", lang)
    return person_name(number_, name, lang) if number_ or name else person


def _changed(line: DeedLine, name: str) -> bool:
    return any(each[0] == name for each in line.changes)


def _told(name: str, value: Any, lang: Lang) -> str:
    if value in ("", None):
        return ""
    if name == "role":
        return f'<span class="og-told">{safe(t(f"organise.role.{value}", lang))}</span>'
    if name == "places":
        return f'<span class="og-told">{safe(t("organise.audit.places", lang, n=value))}</span>'
    if name == "reason" and value in (*SKIPS, OUT_OF_TIME):
        return f'<span class="og-told">{safe(skip_words(value, lang))}</span>'
    return f'<span class="og-told">{t("organise.quoted", lang, words=short(str(value), 120))}</span>'


def _change(name: str, before: Any, after: Any, lang: Lang) -> str:
    if name == "text":
        return f'<details class="st-details"><summary>{safe(t("organise.audit.difference", lang))}</summary>' \
               f"{difference_html(str(before or ''), str(after), lang)}</details>"  # fmt: skip
    return (
        f'<span class="og-change">{safe(_named(name, lang))}: <del>{short(_value(name, before, lang), 60)}</del> → '
        f"<ins>{short(_value(name, after, lang), 60)}</ins></span>"
    )


def _named(name: str, lang: Lang) -> str:
    known = {"state", "role", "answer", "retired", "excluded", "admitted"}
    return t(f"organise.change.{name}" if name in known else f"organise.field.{name}", lang)


def _value(name: str, value: Any, lang: Lang) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return t("organise.yes" if value else "organise.no", lang)
    if name in {"state", "role", "level", "joining"}:
        return t(f"organise.{name}.{value}", lang)
    if name in {"opens_at", "closes_at"}:
        return moment(value, lang)
    if isinstance(value, int | float):
        shown = f"{value / UNITS.get(name, 1):.10g}"  # in the field's own unit
        return shown.replace(".", ",") if lang == "ru" else shown
    return str(value)


def _pages(found: Deeds, project: str, person: str, kind: str, lang: Lang) -> str:
    if found.total <= PAGE:
        return ""
    here = {"project": project, "tab": "audit", "person": person, "kind": kind}
    steps = []
    for name, offset, on in (
        ("newer", found.offset - PAGE, found.offset > 0),
        ("older", found.offset + PAGE, found.offset + PAGE < found.total),
    ):
        address = attr(link("organise", lang, **here, offset=max(0, offset) or None))
        words = safe(t(f"organise.page.{name}", lang))
        steps.append(f'<a class="st-btn st-btn--small" data-go href="{address}">{words}</a>' if on else "")
    told = t(
        "organise.page.of", lang, first=number(found.offset + 1, lang),
        last=number(min(found.offset + PAGE, found.total), lang), total=number(found.total, lang),
    )  # fmt: skip
    return f'<p class="og-pages">{steps[0]}<span>{safe(told)}</span>{steps[1]}</p>'
