"""Items of a project as a list: the hardest first, or those that the address asks for."""

from components.format import count, number
from components.links import link
from components.pages.organise_said import answers_html
from components.widgets.chips import chip
from components.widgets.text import attr, safe, short
from studio.core.overseeing import SHOWN, ItemLine, ItemList, Shown
from studio.texts import Lang, t

PAGE = 50


def items_html(
    project: str, found: ItemList, show: Shown, stratum: str, answers: int | None, overlap: int, lang: Lang
) -> str:
    """Filters, rows, pages."""
    here = {"project": project, "tab": "items", "show": show, "stratum": stratum, "answers": answers}
    rows = "".join(_row(line, found.questions.get(line.item, ""), here, overlap, lang) for line in found.rows)
    body = (
        f'<ul class="st-list og-items">{rows}</ul>'
        if rows
        else f'<p class="st-empty">{safe(t(f"organise.none.{show}", lang))}</p>'
    )
    order = (
        f'<p class="st-small">{safe(t("organise.hard.order", lang))}</p>' if rows and show == "hard" else ""
    )
    return (
        f'<section class="st-card og-items-card">{_filters(found, here, lang)}{_chosen(found, here, lang)}{order}{body}'
        f"{_pages(found, here, lang)}</section>"
    )


def _filters(found: ItemList, here: dict[str, object], lang: Lang) -> str:
    links = "".join(
        f'<a data-go href="{attr(link("organise", lang, **{**here, "show": name, "answers": None}))}"'
        f"{' aria-current=true' if name == here['show'] and here['answers'] is None else ''}>"
        f"{safe(t(f'organise.show.{name}', lang))} <b>{safe(number(found.counts[name], lang))}</b></a>"
        for name in SHOWN
        if found.counts[name] or name in {"hard", "open", "all"}
    )
    return f'<nav class="og-filters" aria-label="{attr(t("organise.filters", lang))}">{links}</nav>'


def _chosen(found: ItemList, here: dict[str, object], lang: Lang) -> str:
    """The stratum, and what the map or its legend asked for."""
    parts = []
    if found.strata:
        options = [("", t("organise.strata.all", lang)), *((each, each) for each in found.strata)]
        items = "".join(
            f'<option value="{attr(value)}"{" selected" if value == here["stratum"] else ""}>{safe(words)}</option>'
            for value, words in options
        )
        parts.append(
            f'<label class="og-inline"><span>{safe(t("organise.stratum", lang))}</span>'
            f'<select data-set="stratum">{items}</select></label>'
        )
    if here["answers"] is not None:
        words = t("organise.with_answers", lang, n=here["answers"])
        without = attr(link("organise", lang, **{**here, "answers": None}))
        parts.append(
            f'{chip(words, "accent")} <a data-go href="{without}">{safe(t("organise.unset", lang))}</a>'
        )
    parts.append(f'<span class="st-small st-push">{safe(count(found.total, "count.samples", lang))}</span>')
    return f'<div class="og-chosen">{"".join(parts)}</div>'


def _row(line: ItemLine, question: str, here: dict[str, object], overlap: int, lang: Lang) -> str:
    address = attr(link("organise", lang, **here, item=line.item))
    return (
        f'<li{" data-out" if line.retired else ""}><a data-go class="og-item" href="{address}">'
        f'<span class="og-no">{line.item}</span><span class="og-q">{short(question or line.key, 110)}</span></a>'
        f'<span class="og-what">{answers_html(line.answers, line.skips, lang)}{marks_html(line, overlap, lang)}'
        f"</span></li>"
    )


def marks_html(line: ItemLine, overlap: int, lang: Lang) -> str:
    """What else is to be known of an item, as chips."""
    marks = []
    if line.purpose != "work":
        marks.append(chip(t(f"organise.purpose.one.{line.purpose}", lang), "info"))
    if line.flags:
        marks.append(chip(str(line.flags), "warn", "⚑", t("organise.flags", lang)))
    if line.comments:
        marks.append(chip(str(line.comments), "quiet", "✎", t("organise.comments", lang)))
    if line.adjudicated is not None:
        marks.append(chip(t("organise.decided", lang), "good", "✓"))
    if line.retired:
        marks.append(chip(t("organise.retired", lang), "bad", "✕"))
    if line.scored and not line.retired and line.valid < overlap:
        marks.append(chip(t("organise.done.of", lang, done=line.valid, wanted=overlap), "quiet"))
    return "".join(marks)


def _pages(found: ItemList, here: dict[str, object], lang: Lang) -> str:
    if found.total <= PAGE:
        return ""
    last = (found.total - 1) // PAGE * PAGE
    steps = []
    for name, offset, on in (
        ("back", found.offset - PAGE, found.offset > 0),
        ("on", found.offset + PAGE, found.offset < last),
    ):
        address = attr(link("organise", lang, **here, offset=max(0, offset) or None))
        words = safe(t(f"organise.page.{name}", lang))
        steps.append(
            f'<a class="st-btn st-btn--small" data-go href="{address}">{words}</a>'
            if on
            else f'<span class="st-btn st-btn--small" aria-disabled="true">{words}</span>'
        )
    told = t(
        "organise.page.of", lang, first=number(found.offset + 1, lang),
        last=number(min(found.offset + PAGE, found.total), lang), total=number(found.total, lang),
    )  # fmt: skip
    return f'<p class="og-pages">{steps[0]}<span>{safe(told)}</span>{steps[1]}</p>'
