"""People beside the best model below the leaderboard: sentences, a table with small pictures, what is left out.

Every line leads to both sides' answers, question by question.
"""

from components.format import DASH, number, share
from components.links import link
from components.widgets.chart_menu import chart_menu
from components.widgets.text import attr, safe
from studio.core.compare import COMPARE_MARKS, CompareMark
from studio.core.gap import GAP_BYS, Gap, GapBy, GapRow, HumanGap
from studio.texts import Lang, t
from studio.texts.gap_said import ceilings_said, gap_notes, gap_said, model_of, row_name, signed, whose_said

BYS = tuple(by for by in GAP_BYS if by != "all")
_SCALES = (0.1, 0.2, 0.5, 1.0)
_COLUMNS = ("mark", "people", "best", "gap", "n", "which")


def gap_html(found: HumanGap, by: GapBy, address: dict[str, str], lang: Lang) -> str:
    """The card; empty where nobody here has answered. `address` is the leaderboard's, for files."""
    if not found.key:
        return ""
    title = safe(t("gap.title", lang))
    head = f'<div class="st-spread"><h2 class="st-h2" id="lb-gap-title">{title}</h2>{_menu(by, address, lang)}</div>'
    said = "".join(f"<li>{safe(sentence)}</li>" for sentence in gap_said(found, lang))
    return (
        f'{head}<p class="st-small">{safe(whose_said(found, lang))}</p><ul class="st-list lb-gap-said">{said}</ul>'
        f'<div class="st-row">{_bys(by, lang)}</div>{_table(found, lang)}'
        f'<p class="st-small">{safe(t("gap.lead", lang))} {safe(t("gap.honest", lang))}</p>'
        f"{_list(gap_notes(found, lang))}{_ceiling(found, lang)}"
    )


def _menu(by: GapBy, address: dict[str, str], lang: Lang) -> str:
    """The picture of either score as a file."""
    menus = "".join(
        f'<span class="lb-gap-menu">{mark.upper()} {chart_menu("gap", lang, **address, by=by, mark=mark)}</span>'
        for mark in COMPARE_MARKS
    )
    return f'<div class="st-row">{menus}</div>'


def _bys(chosen: GapBy, lang: Lang) -> str:
    buttons = "".join(
        f'<button type="button" data-by="{by}" aria-pressed="{"true" if by == chosen else "false"}">'
        f"{safe(t(f'gap.by.{by}', lang))}</button>"
        for by in BYS
    )
    return f'<div class="st-segments" role="group" aria-label="{attr(t("gap.bys", lang))}">{buttons}</div>'


def _table(found: HumanGap, lang: Lang) -> str:
    scale = _scale(found)
    bodies = "".join(body for row in found.rows if (body := _body(found, row, scale, lang)))
    if not bodies:
        return ""
    heads = "".join(f'<th scope="col">{_head(name, scale, lang)}</th>' for name in _COLUMNS)
    return (
        '<div class="lb-gap-scroll" tabindex="0" role="region" aria-labelledby="lb-gap-title"><table class="lb-gap">'
        f'<thead><tr><th scope="col">{safe(t("gap.col.what", lang))}</th>{heads}</tr></thead>{bodies}</table></div>'
    )


def _head(name: str, scale: float, lang: Lang) -> str:
    words = str(safe(t(f"gap.col.{name}", lang)))
    if name != "gap":
        return words
    ends = f"<span>−{safe(share(scale, lang))}</span><span>0</span><span>+{safe(share(scale, lang))}</span>"
    return f'{words}<span class="cp-axis" aria-hidden="true">{ends}</span>'


def _body(found: HumanGap, row: GapRow, scale: float, lang: Lang) -> str:
    """A line by EM and one by the judge, whichever is there."""
    told = [(mark, gap) for mark in COMPARE_MARKS if (gap := row.of(mark))]
    name = row_name(row, lang)
    as_in_data = f' title="{attr(row.name)}"' if row.by == "skill" and name != row.name else ""
    head = f'<th scope="rowgroup" rowspan="{len(told)}"{as_in_data}>{safe(name)}</th>'
    lines = "".join(
        f"<tr>{'' if place else head}{_cells(found, row, mark, gap, scale, lang)}</tr>"
        for place, (mark, gap) in enumerate(told)
    )
    return f'<tbody class="{"lb-gap-all" if row.by == "all" else ""}">{lines}</tbody>' if lines else ""


def _cells(found: HumanGap, row: GapRow, mark: CompareMark, gap: Gap, scale: float, lang: Lang) -> str:
    model = model_of(found, gap, lang)
    hint = t("gap.compare.hint", lang, model=model)
    task = row.tasks[0] if len(row.tasks) == 1 else ""
    where = _where(row.category)
    href = link("compare", lang, runs=f"{gap.people_run},{gap.run}", task=task, where=where)
    several = t("gap.of", lang, n=number(gap.models, lang)) if gap.models > 1 else ""
    cells = {
        "mark": safe(mark.upper()),
        "people": safe(share(gap.people, lang)),
        "best": safe(share(gap.best, lang)),
        "gap": _picture(gap, scale, lang),
        "n": safe(number(gap.difference.n, lang)),
        "which": f'<a href="{attr(href)}" title="{attr(hint)}">{safe(model)}</a> <small>{safe(several)}</small>',
    }
    return "".join(
        f'<td class="lb-gap-{name}" data-head="{attr(t(f"gap.col.{name}", lang))}">{html or DASH}</td>'
        for name, html in cells.items()
    )


def _where(category: str) -> str:
    """A category as the language of filters says it."""
    name, _, value = category.partition("=")
    return f'cat.{name}="{value}"' if category and '"' not in value else ""


def _picture(gap: Gap, scale: float, lang: Lang) -> str:
    told = gap.difference
    low, mean, high = (signed(value, lang) for value in (told.low, told.mean, told.high))
    tone = {"people": "better", "model": "worse", "open": "same"}[gap.verdict]
    words = attr(t(f"gap.verdict.{gap.verdict}", lang))

    def at(value: float) -> str:
        return f"{min(1.0, max(0.0, (value / scale + 1) / 2)) * 100:.1f}%"

    return (
        f'<span class="cp-diff" title="{words}"><span class="cp-forest cp-{tone}" aria-hidden="true">'
        f'<i class="cp-zero"></i><i class="cp-band" style="left:{at(told.low)};right:calc(100% - {at(told.high)})"></i>'
        f'<i class="cp-dot" style="left:{at(told.mean)}"></i></span><b>{safe(mean)}</b> '
        f'<span class="st-ci">[{safe(low)}; {safe(high)}]</span></span><span class="st-sr">{words}</span>'
    )


def _scale(found: HumanGap) -> float:
    told = [gap.difference for row in found.rows for mark in COMPARE_MARKS if (gap := row.of(mark))]
    widest = max((max(abs(each.low), abs(each.high)) for each in told), default=0.0)
    return next((scale for scale in _SCALES if widest <= scale), 1.0)


def _ceiling(found: HumanGap, lang: Lang) -> str:
    said = ceilings_said(found, lang)
    return f'<h3 class="st-label">{safe(t("gap.ceiling", lang))}</h3>{_list(said)}' if said else ""


def _list(sentences: list[str]) -> str:
    items = "".join(f"<li>{safe(sentence)}</li>" for sentence in sentences)
    return f'<ul class="st-list st-small lb-gap-said">{items}</ul>' if items else ""
