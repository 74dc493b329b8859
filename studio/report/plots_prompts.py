"""Charts of a run by prompt and of a crossed run: scores, shares of the variance, questions by prompts, places."""

from collections.abc import Sequence

from studio.core.outcome import Estimate
from studio.core.plots import Cell, Forest, Grid, Head, Line, Series
from studio.core.plots import Spot as Dot
from studio.core.prompts import Crossed, ItemRow, PromptScore, PromptScores, spaced
from studio.report.plots import run_facts, spot_of
from studio.texts import Lang, t
from studio.texts.dates import titled
from studio.texts.figures import NBSP, decimal, number, percent, whole_percent
from studio.texts.prompts_said import prompts_said

_MARKS = (("em", "em"), ("js", "js"), ("people", "human"))  # a tone, and the field of a score
_SIGNS = {"failed": "!", "unscored": "?", "pending": "·"}


def prompts_forest(found: PromptScores, lang: Lang) -> Forest:
    """EM, the judge and people by prompt, all prompts last; below what to know of it."""
    marks = [mark for mark in _MARKS if any(_of(score, mark[1]).n for score in found.scores)]
    lines = [_line(score, _name(score, lang), marks, lang) for score in found.scores]
    if found.scores:
        lines.append(_line(found.total, t("prompts.total", lang), marks, lang, strong=True))
    series = tuple(Series(tone, t(f"prompts.mark.{tone}", lang)) for tone, _ in marks)
    note = f"{prompts_said(found, lang)[0]} {t('chart.interval', lang)}"
    return Forest(_head(found, "prompts.by", note, lang), series, tuple(lines))


def split_forest(found: PromptScores, crossed: Crossed, lang: Lang) -> Forest:
    """The share of each part of the variance with its interval; nothing where nothing varies."""
    parts = [part for part in (crossed.split.parts if crossed.split else ()) if part.share is not None]
    lines = tuple(
        Line(
            t(f"prompts.part.{part.part}", lang),
            (Dot("first", part.share or 0.0, part.low, part.high),),
            f"{percent(part.share, lang)} [{whole_percent(part.low or 0.0)}–{percent(part.high, lang)}]",
        )
        for part in parts
    )
    note = ""
    if crossed.split:
        note = t(
            "prompts.split.how", lang, items=crossed.split.items, prompts=crossed.split.prompts, cut=""
        ).strip()
    series = (Series("first", t("prompts.share", lang)),)
    return Forest(_head(found, "prompts.split", note, lang, crossed), series, lines)


def items_grid(found: PromptScores, crossed: Crossed, lang: Lang) -> Grid:
    """Questions by prompts, as many as the page shows."""
    rows = tuple((row.item, _cells(row)) for row in spaced(crossed.rows))
    head = _head(found, "prompts.grid", t("prompts.grid.note", lang), lang, crossed)
    return Grid(head, t("prompts.grid.item", lang), tuple(map(str, crossed.prompts)), rows)


def places_grid(found: PromptScores, crossed: Crossed, lang: Lang) -> Grid:
    """Each model's place in each prompt and over all, its mean below."""
    columns = (*map(str, crossed.flip_prompts), t("prompts.models.all", lang))
    ordered = sorted(crossed.standings, key=lambda standing: standing.place)
    rows = tuple(
        (
            standing.name,
            tuple(
                Cell(str(place), decimal(mean, lang, 2), heat=mean, value=mean)
                for place, mean in zip(
                    (*standing.places, standing.place), (*standing.means, standing.mean), strict=True
                )
            ),
        )
        for standing in ordered
    )
    n = number(crossed.flips[0].items, lang) if crossed.flips else "0"
    note = t("chart.places.note", lang, n=n)
    head = _head(found, "prompts.models", note, lang, crossed)
    return Grid(head, t("prompts.models.model", lang), columns, rows)


def _head(found: PromptScores, title: str, note: str, lang: Lang, crossed: Crossed | None = None) -> Head:
    """Of which task, by which score, of which run."""
    name = found.task or (crossed.task if crossed else "")
    scope = titled(found.tasks.get(name, {}), name, lang) if name else t("prompts.task.all", lang)
    mark = (t(f"prompts.mark.{crossed.mark}", lang),) if crossed else ()
    facts = (" · ".join((scope, *mark)), *run_facts(found.run, lang, found.total.samples))
    return Head(t(title, lang), facts, note)


def _line(
    score: PromptScore, name: str, marks: Sequence[tuple[str, str]], lang: Lang, *, strong: bool = False
) -> Line:
    spots = [spot_of(tone, _of(score, field)) for tone, field in marks]
    drawn = tuple(spot for spot in spots if spot)
    label = f"n{NBSP}={NBSP}{number(score.samples, lang)}"
    return Line(name, drawn, label, "" if drawn else t("prompts.empty", lang), strong)


def _name(score: PromptScore, lang: Lang) -> str:
    if score.prompt is None:
        return t("prompts.name.none", lang)
    return t("prompts.name", lang, id=score.prompt)


def _of(score: PromptScore, field: str) -> Estimate:
    found: Estimate = getattr(score, field)
    return found


def _cells(row: ItemRow) -> tuple[Cell | None, ...]:
    return tuple(
        Cell(_SIGNS.get(state, "·"), tone="unscored")
        if score is None
        else Cell("✓" if score == 1 else "×" if score == 0 else "~", tone=_tone(score), value=score)
        for score, state in zip(row.scores, row.states, strict=True)
    )


def _tone(score: float) -> str:
    return "right" if score == 1 else "wrong" if score == 0 else "unsure"
