"""The top of a project: what it is, how it stands, what may be done with it, and its tabs."""

from collections.abc import Sequence
from typing import Literal

from components.format import DASH, date, moment, number
from components.links import link
from components.pages.organise_fields import asking_html
from components.widgets.chips import chip
from components.widgets.text import attr, safe
from studio.core.project import Project, ProjectState, Role
from studio.texts import Lang, t

Tab = Literal["board", "people", "items", "baseline", "instructions", "invite", "settings", "audit"]
TABS: tuple[Tab, ...] = (
    "board",
    "people",
    "items",
    "baseline",
    "instructions",
    "invite",
    "settings",
    "audit",
)
_REVIEWERS: tuple[Tab, ...] = ("board", "items")
_TONES: dict[ProjectState, tuple[str, str]] = {
    "draft": ("quiet", "✎"), "open": ("good", "●"), "paused": ("warn", "❚❚"), "closed": ("info", "■")
}  # fmt: skip
# What may follow each state, the likeliest first.
_NEXT: dict[ProjectState, tuple[ProjectState, ...]] = {
    "draft": ("open",), "open": ("paused", "closed"), "paused": ("open", "closed"), "closed": ("open",)
}  # fmt: skip


def tabs_of(role: Role) -> Sequence[Tab]:
    """The tabs that a role has; the service refuses the rest anyhow."""
    return TABS if role == "lead" else _REVIEWERS


def state_chip(state: ProjectState, lang: Lang) -> str:
    tone, sign = _TONES[state]
    return chip(t(f"organise.state.{state}", lang), tone, sign)


def head_html(project: Project, tab: Tab, role: Role, lang: Lang, *, invited: bool = False) -> str:
    """Title, facts, what to do next, tabs. `invited`: there is a link, or somebody who came by one."""
    acts = _acts(project, lang) if role == "lead" else ""
    return (
        f'<section class="og-head"><a class="og-back" href="{attr(link("organise", lang))}">←{" "}'
        f"{safe(t('organise.all', lang))}</a>"
        f'<div class="og-name"><h2 class="st-h2">{safe(project.spec.title)}</h2>{state_chip(project.state, lang)}'
        f'<span class="og-acts">{acts}</span></div><p class="og-facts">{_facts(project, lang)}</p>'
        f'<p class="st-alert" role="alert" data-refused hidden></p>{_unbound(project, lang)}'
        f"{_gold_note(project, lang)}"
        f"{_steps(project, invited, lang) if project.state == 'draft' and role == 'lead' else ''}"
        f"{_tabs(project, tab, role, lang)}</section>"
    )


def _acts(project: Project, lang: Lang) -> str:
    return "".join(
        f'<button type="button" class="st-btn st-btn--small{_main(project, state)}" data-state="{state}">'
        f"{safe(t(f'organise.do.{state}', lang))}</button>"
        for state in _NEXT[project.state]
    ) + "".join(_asking(project, state, lang) for state in _NEXT[project.state])


def _asking(project: Project, state: ProjectState, lang: Lang) -> str:
    """What is asked before a state begins: a closed project shows its gold, an opened one may have shown it."""
    if state == "closed":
        lines = [t(f"organise.ask.closed.{name}", lang) for name in ("ends", project.spec.joining, "kept")]
    elif state == "open" and project.gold_open:
        lines = [gold_words(project, lang), t("organise.ask.open.seen", lang)]
    else:
        return ""
    act = f'data-state="{state}" data-sure'
    return asking_html(state, f"ask.{state}", lines, act, lang, tone="bad" if state == "closed" else "main")


def gold_words(project: Project, lang: Lang) -> str:
    """When gold lay open to everybody, and that it does."""
    return " ".join(
        t("organise.gold.open", lang, since=moment(since, lang))
        if until is None
        else t("organise.gold.was_open", lang, since=moment(since, lang), until=moment(until, lang))
        for since, until in project.gold_open
    )


def _gold_note(project: Project, lang: Lang) -> str:
    if not project.gold_open:
        return ""
    return f'<p class="st-small" data-gold-open>{safe(gold_words(project, lang))}</p>'


def _main(project: Project, state: ProjectState) -> str:
    return " st-btn--main" if state == "open" and project.instructions else ""


def _facts(project: Project, lang: Lang) -> str:
    spec = project.spec
    facts = [
        spec.task,
        t(f"organise.level.{spec.level}", lang),
        t("organise.fact.overlap", lang, n=number(spec.overlap, lang)),
        t(f"organise.joining.{spec.joining}", lang),
        t("organise.fact.made", lang, when=date(project.created_at, lang)),
        t("organise.fact.version", lang, n=project.instructions)
        if project.instructions
        else t("organise.fact.no_version", lang),
    ]
    if spec.opens_at or spec.closes_at:
        begin = date(spec.opens_at, lang) if spec.opens_at else DASH
        end = date(spec.closes_at, lang) if spec.closes_at else DASH
        facts.append(t("organise.fact.dates", lang, begin=begin, end=end))
    return "".join(f"<span>{safe(fact)}</span>" for fact in facts)


def _unbound(project: Project, lang: Lang) -> str:
    if not project.unbound:
        return ""
    words = t("organise.unbound", lang, n=number(project.unbound, lang), id=project.id)
    return f'<p class="st-alert st-alert--warn">{safe(words)}</p>'


def _steps(project: Project, invited: bool, lang: Lang) -> str:
    """What is left to do before people can begin; the first that is not done is where one is."""
    told = bool(project.instructions)
    steps = (
        ("made", "", True),
        ("instructions", link("organise", lang, project=project.id, tab="instructions"), told),
        ("invite", link("organise", lang, project=project.id, tab="invite"), invited),
        ("open", "", False),
    )
    items = []
    for name, address, done in steps:
        words = safe(t(f"organise.step.{name}", lang))
        inner = f'<a href="{attr(address)}">{words}</a>' if address else f"<span>{words}</span>"
        items.append(f"<li{' data-done' if done else ''}>{inner}</li>")
    return f'<ol class="st-list og-steps">{"".join(items)}</ol>'


def _tabs(project: Project, tab: Tab, role: Role, lang: Lang) -> str:
    links = "".join(
        f'<a href="{attr(link("organise", lang, project=project.id, tab="" if each == "board" else each))}"'
        f' data-tab="{each}"{" aria-current=page" if each == tab else ""}>{safe(t(f"organise.tab.{each}", lang))}</a>'
        for each in tabs_of(role)
    )
    return f'<nav class="og-tabs" aria-label="{attr(t("organise.tabs", lang))}">{links}</nav>'
