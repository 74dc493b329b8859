"""All projects in lines; what the page is for, to whoever has none; how to become a lead, to whoever is not one."""

from collections.abc import Sequence

from components.format import DASH, ago, count, number, percent, share
from components.links import link
from components.pages.organise_head import state_chip
from components.widgets.text import attr, safe, short
from studio.core.health import Figure
from studio.core.overseeing import ProjectLine
from studio.texts import Lang, t


def list_html(lines: Sequence[ProjectLine], lead: bool, lang: Lang) -> str:
    """The projects, the newest first; a lead's button makes another."""
    if not lines:
        return _empty_html(lang)
    led = [line for line in lines if not line.own]
    rows = "".join(_line(line, lang) for line in led)
    return (
        f'<div class="og-bar"><span class="st-small">{safe(count(len(led), "organise.count.projects", lang))}</span>'
        f"{_new(lang) if lead else ''}</div><ul class='st-list og-list'>{rows}</ul>"
        f"{_own([line for line in lines if line.own], lang)}"
    )


def _own(lines: Sequence[ProjectLine], lang: Lang) -> str:
    """Tasks that people answer on their own: nobody leads them, so what tells is how many have come to the end."""
    rows = "".join(
        f'<li class="st-card og-line"><div><a class="og-line-name" data-go'
        f' href="{attr(link("organise", lang, project=line.project.id))}">{safe(line.project.spec.title)}</a>'
        f"{_task(line)}</div>"
        f"<p>{safe(_finished(line, lang))}</p><p class='st-small'>{safe(_last(line, lang))}</p></li>"
        for line in lines
    )
    title, note = safe(t("organise.own.title", lang)), safe(t("organise.own.note", lang))
    return (
        f'<section class="og-own"><h2 class="st-h2">{title}</h2><p class="st-note">{note}</p>'
        f"<ul class='st-list og-list'>{rows}</ul></section>"
        if lines
        else ""
    )


def _task(line: ProjectLine) -> str:
    """The task's name, where the title does not say it."""
    spec = line.project.spec
    return "" if spec.task == spec.title else f"<p class='st-small'>{safe(spec.task)}</p>"


def _finished(line: ProjectLine, lang: Lang) -> str:
    return t(
        "organise.own.finished", lang, n=number(line.finished, lang),
        people=count(line.people, "organise.count.people", lang),
    )  # fmt: skip


def _last(line: ProjectLine, lang: Lang) -> str:
    if not line.last_at:
        return t("organise.line.nobody", lang)
    return f"{t('organise.line.last', lang).strip()}: {ago(line.last_at, lang)}"


def _new(lang: Lang) -> str:
    address = attr(link("organise", lang, new=1))
    return f'<a class="st-btn st-btn--main" data-go href="{address}">{safe(t("organise.new", lang))}</a>'


def _line(line: ProjectLine, lang: Lang) -> str:
    spec, done = line.project.spec, line.done / line.wanted if line.wanted else 0.0
    address = attr(link("organise", lang, project=line.project.id))
    words = t(
        "organise.line.done", lang, done=number(line.done, lang), wanted=number(line.wanted, lang),
        complete=number(line.complete, lang), items=number(line.items, lang),
    )  # fmt: skip
    last = ago(line.last_at, lang) if line.last_at else t("organise.line.nobody", lang)
    return (
        f'<li class="st-card og-line"><div><a class="og-line-name" data-go href="{address}">{safe(spec.title)}</a>'
        f"{state_chip(line.project.state, lang)}<p class='st-small'>{safe(spec.task)} · "
        f"{safe(t(f'organise.level.{spec.level}', lang))}</p></div>"
        f'<div class="og-line-done"><div class="st-spread"><b>{safe(percent(done, lang))}</b>'
        f'<span class="st-small">{safe(words)}</span></div>{track(done, words)}</div>'
        f'<dl class="og-line-facts"><div><dt>{safe(t("organise.line.people", lang))}</dt>'
        f"<dd>{safe(number(line.people, lang))}</dd></div>"
        f"<div><dt>{safe(t('organise.line.alpha', lang))}</dt><dd>{_alpha(line.alpha, lang)}</dd></div>"
        f"<div><dt>{safe(t('organise.line.last', lang))}</dt><dd>{safe(last)}</dd></div></dl></li>"
    )


def track(part: float, label: str) -> str:
    """A bar; its words stand beside it."""
    return (
        f'<div class="st-track" role="img" aria-label="{attr(label)}">'
        f'<span class="st-fill" style="width:{min(1.0, part):.1%}"></span></div>'
    )


def _alpha(figure: Figure, lang: Lang) -> str:
    if figure.value is None:
        return f'<span title="{attr(t(f"organise.undefined.{figure.reason}", lang))}">{DASH}</span>'
    return safe(share(figure.value, lang).replace("-", "−"))


def _empty_html(lang: Lang) -> str:
    """The first project is one step away; what then happens is drawn."""
    steps = "".join(
        f"<li><b>{place}</b><span>{safe(t(f'organise.empty.{name}', lang))}</span></li>"
        for place, name in enumerate(("plan", "invite", "watch", "baseline"), 1)
    )
    return (
        f'<section class="st-card og-empty"><h2 class="st-h2">{safe(t("organise.empty.title", lang))}</h2>'
        f'<p class="st-note">{safe(t("organise.empty.text", lang))}</p><ol class="st-list og-way">{steps}</ol>'
        f"{_new(lang)}</section>"
    )


def closed_html(keyed: bool, lang: Lang) -> str:
    """For whoever has no part in any project: what this page is for, and how to become a lead."""
    how = t("organise.closed.key" if keyed else "organise.closed.local", lang)
    enter = (
        f'<a class="st-btn" href="./owner?lang={lang}">{safe(t("organise.closed.enter", lang))}</a>'
        if keyed
        else ""
    )
    annotate = attr(link("annotate", lang))
    return (
        f'<section class="st-card og-empty" data-closed><h2 class="st-h2">{safe(t("organise.closed.title", lang))}</h2>'
        f'<p class="st-note">{safe(t("organise.closed.text", lang))}</p><p class="st-note">{safe(how)}</p>'
        f'<p class="st-row">{enter}<a class="st-btn" href="{annotate}">{safe(t("organise.closed.annotate", lang))}</a>'
        "</p></section>"
    )


def gone_html(project: str, lang: Lang) -> str:
    """For an address whose project is not here: a link cut short, or of another studio."""
    projects = attr(link("organise", lang))
    return (
        f'<section class="st-card og-empty"><h2 class="st-h2">{safe(t("organise.gone.title", lang))}</h2>'
        f'<p class="st-note">{short(t("organise.gone.text", lang, id=project), 200)}</p>'
        f'<p class="st-row"><a class="st-btn" href="{projects}">{safe(t("organise.all", lang))}</a></p></section>'
    )
