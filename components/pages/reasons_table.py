"""Groups by task and model as a heat table, and the counter of labels that show nothing new. Every number is a door."""

from collections.abc import Mapping

from components.format import number, percent
from components.links import link
from components.widgets.chart_menu import chart_menu
from components.widgets.text import attr, safe
from studio.core.reasons import LATEST, KeptGroup, KeptReasons
from studio.texts import Lang, t
from studio.texts.reasons_said import group_title

_HEATS = 8  # steps of --st-h0 … --st-h7


def counter_html(found: KeptReasons, run: str, lang: Lang) -> str:
    """Whether the latest labels still show new groups: then there is more to learn by labelling."""
    quiet = min(found.quiet, LATEST)
    if not found.labelled:
        words = t("reasons.new.none", lang)
    elif quiet >= LATEST:
        words = t("reasons.new.enough", lang, n=LATEST)
    else:
        words = t("reasons.new.some", lang, quiet=quiet, n=LATEST)
    titles = {group.number: group_title(group, lang) for group in found.groups}
    squares = "".join(
        f'<li><a class="gp-sq{" is-new" if seen.first else ""}"'
        f' href="{attr(link("inspect", lang, run=seen.run, sample=seen.sample_id))}"'
        f' aria-label="{attr(_told(seen.number, titles.get(seen.group, ""), seen.first, lang))}"'
        f' title="{attr(_told(seen.number, titles.get(seen.group, ""), seen.first, lang))}"></a></li>'
        for seen in found.latest
    )
    strip = f'<ol class="st-list gp-strip">{squares}</ol>' if squares else ""
    return (
        f'<section class="st-card gp-new" aria-labelledby="gp-new"><div><h2 class="st-h2" id="gp-new">'
        f"{safe(t('reasons.new', lang, n=LATEST))}</h2><p>{safe(words)}</p>{_unseen(found, lang)}"
        f'<p class="st-small">{safe(t("reasons.new.hint", lang))}</p></div>'
        f'<div class="gp-count"><b>{quiet}</b><span>{safe(t("reasons.new.of", lang, n=LATEST))}</span></div>'
        f"{strip}</section>"
    )


def _told(place: int, title: str, first: bool, lang: Lang) -> str:
    return t("reasons.new.first" if first else "reasons.new.again", lang, number=place, group=title)


def _unseen(found: KeptReasons, lang: Lang) -> str:
    """Groups of which nobody has labelled an answer: where something new is to be seen."""
    doors = [
        f'<a href="{attr(link("inspect", lang, run=_largest(group), where=f"group:{group.number} human:none"))}">'
        f"{safe(group_title(group, lang))}</a> <span>{number(group.n, lang)}</span>"
        for group in found.groups
        if group.number in found.unseen and group.n
    ][:4]
    if not doors or not found.labelled:
        return ""
    return f'<p class="gp-unseen">{safe(t("reasons.new.unseen", lang))} {", ".join(doors)}</p>'


def _largest(group: KeptGroup) -> str:
    """The run that has most of the group's answers."""
    runs: dict[str, int] = {}
    for (run, _), n in group.counts.items():
        runs[run] = runs.get(run, 0) + n
    return max(runs, key=lambda run: runs[run])


def pivot_html(found: KeptReasons, models: Mapping[str, str], titles: Mapping[str, str], lang: Lang) -> str:
    """A row for each group and run, a column for each task; a cell is as dark as its share of the task's failures."""
    totals: dict[tuple[str, str], int] = {}
    for group in found.groups:
        for place, n in group.counts.items():
            totals[place] = totals.get(place, 0) + n
    sizes: dict[str, int] = {}
    for (_, task), n in totals.items():
        sizes[task] = sizes.get(task, 0) + n
    tasks = sorted(sizes, key=lambda task: (-sizes[task], task))
    if not tasks:
        return ""
    several = len(found.spec.runs) > 1
    model = f'<th scope="col">{safe(t("reasons.col.model", lang))}</th>' if several else ""
    heads = "".join(f'<th scope="col"><span>{safe(titles.get(task, task))}</span></th>' for task in tasks)
    rows = "".join(_rows(group, found, models, tasks, totals, lang) for group in found.groups if group.n)
    return (
        f'<section class="st-card" aria-labelledby="gp-pivot"><div class="st-spread"><h2 class="st-h2" id="gp-pivot">'
        f"{safe(t('reasons.pivot', lang))}</h2>"
        f"{chart_menu('reasons', lang, runs=','.join(found.spec.runs), book=found.id)}</div>"
        f"<p class='st-small'>{safe(t('reasons.pivot.note', lang))}</p>"
        f'<div class="gp-scroll" tabindex="0" role="region" aria-labelledby="gp-pivot"><table class="gp-pivot"><thead>'
        f'<tr><th scope="col">{safe(t("reasons.col.group", lang))}</th>{model}'
        f'<th scope="col">{safe(t("reasons.col.all", lang))}</th>{heads}</tr></thead><tbody>{rows}</tbody>'
        f"{_foot(found, models, tasks, totals, lang)}</table></div></section>"
    )


def _rows(
    group: KeptGroup,
    found: KeptReasons,
    models: Mapping[str, str],
    tasks: list[str],
    totals: Mapping[tuple[str, str], int],
    lang: Lang,
) -> str:
    runs, where = found.spec.runs, f"group:{group.number}"
    several = len(runs) > 1
    name = (
        f'<th scope="rowgroup" rowspan="{len(runs)}"><a href="#group-{group.number}">{safe(group_title(group, lang))}'
        "</a></th>"
    )
    lines = []
    for run in runs:
        model = f'<th scope="row" class="gp-model">{safe(models[run])}</th>' if several else ""
        whole = sum(n for (one, _), n in group.counts.items() if one == run)
        of = sum(n for (one, _), n in totals.items() if one == run)
        cells = "".join(
            _cell(group.counts.get((run, task), 0), totals.get((run, task), 0), run, where, task, lang)
            for task in tasks
        )
        lines.append(
            f"<tr>{name if not lines else ''}{model}{_cell(whole, of, run, where, '', lang)}{cells}</tr>"
        )
    return "".join(lines)


def _cell(n: int, of: int, run: str, where: str, task: str, lang: Lang) -> str:
    if not n:
        return '<td class="gp-zero">·</td>' if of else "<td></td>"
    share = n / of
    heat = min(int(share * _HEATS), _HEATS - 1)
    hint = t("reasons.cell", lang, n=number(n, lang), of=number(of, lang), share=percent(share, lang))
    there = link("inspect", lang, run=run, task=task, where=where)
    door = f'<a href="{attr(there)}" title="{attr(hint)}">{number(n, lang)}</a>'
    return f'<td style="background:var(--st-h{heat})">{door}</td>'


def _foot(
    found: KeptReasons,
    models: Mapping[str, str],
    tasks: list[str],
    totals: Mapping[tuple[str, str], int],
    lang: Lang,
) -> str:
    """All groups together."""
    where = "group:" + ",".join(str(group.number) for group in found.groups)
    several = len(found.spec.runs) > 1
    lines = []
    for run in found.spec.runs:
        cells = [sum(n for (one, _), n in totals.items() if one == run)]
        cells += [totals.get((run, task), 0) for task in tasks]
        doors = "".join(
            f'<td><a href="{attr(link("inspect", lang, run=run, task=task, where=where))}">{number(n, lang)}</a></td>'
            if n
            else "<td></td>"
            for n, task in zip(cells, ["", *tasks], strict=True)
        )
        model = f'<th scope="row" class="gp-model">{safe(models[run])}</th>' if several else ""
        name = f'<th scope="row" rowspan="{len(found.spec.runs)}">{safe(t("reasons.col.all", lang))}</th>'
        lines.append(f"<tr>{name if not lines else ''}{model}{doors}</tr>")
    return f"<tfoot>{''.join(lines)}</tfoot>"
