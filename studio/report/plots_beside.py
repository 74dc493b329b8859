"""Charts of a judge beside people, of runs beside each other, of experiments, and of the leaderboard."""

from collections.abc import Mapping, Sequence

from studio.core.compare import CompareMark, Comparison, PairDuel, TaskBeside
from studio.core.health import CorrectedTask, Figure, GroupHealth, Health, HealthMetric
from studio.core.leaderboard import Board, BoardRow, Chart, Column
from studio.core.outcome import Estimate
from studio.core.plots import Bar, Bars, Cell, Forest, Grid, Head, Line, Series, Spot
from studio.core.reasons import KeptReasons
from studio.core.run import RunView
from studio.core.totals import Measure
from studio.core.trials import Calibration, KindRates, TaskTrial, Trial
from studio.report.plots import interval_label, run_facts, short_judge, spot_of
from studio.report.words import conditions, row_names
from studio.texts import CATALOGUE, Lang, t
from studio.texts.dates import date, titled
from studio.texts.figures import NBSP, decimal, number, percent
from studio.texts.health_said import group_name
from studio.texts.reasons_said import group_title
from studio.texts.run_names import name_of

BELOW = 0.25  # the step in which an axis reaches below 0
# People among themselves, beside the same measure of the judge.
CEILINGS: dict[HealthMetric, str] = {"raw": "raw", "kappa": "alpha", "ac1": "ac1"}
SCALES = (0.05, 0.1, 0.2, 0.5, 1.0)


# the judge beside people


def health_forest(run: RunView, health: Health, view: Sequence[HealthMetric], lang: Lang) -> Forest:
    """Measures of the judge, group by group; the band is how people agree among themselves."""
    tones = ("first", "second")
    series = tuple(
        Series(tone, t(f"health.metric.{metric}", lang)) for tone, metric in zip(tones, view, strict=False)
    )
    lines = tuple(_group(group, view, lang) for group in health.told)
    figure: Figure | None = getattr(health.ceiling, CEILINGS[view[0]]) if view[0] in CEILINGS else None
    band = _figure_spot("people", figure) if figure else None
    spots = [spot for line in lines for spot in line.spots] + ([band] if band else [])
    lowest = min((spot.low for spot in spots if spot.low is not None), default=0.0)
    low = 0.0 if lowest >= 0 else -BELOW * -(lowest // BELOW)
    notes = [t("chart.band", lang)] if band else []
    head = Head(
        t("health.beside", lang),
        run_facts(run, lang, health.whole.agreement.n),
        " ".join((*notes, t("chart.interval", lang))),
    )
    return Forest(head, series, lines, low=max(-1.0, low), band=band)


def corrected_forest(run: RunView, health: Health, lang: Lang) -> Forest:
    """EM, the judge, people and the corrected score of all answers and of each task."""
    scores = health.scores if len(health.scores) != 2 else health.scores[-1:]
    series = tuple(
        Series(name, t(f"health.mark.{name}", lang)) for name in ("em", "js", "people", "corrected")
    )
    lines = tuple(_score(score, lang) for score in (scores[-1], *scores[:-1]))
    head = Head(
        t("health.scores", lang),
        run_facts(run, lang, health.whole.agreement.n),
        t("health.scores.note", lang),
    )
    return Forest(head, series, lines)


def _group(group: GroupHealth, view: Sequence[HealthMetric], lang: Lang) -> Line:
    figures = [group.agreement.figures[metric] for metric in view]
    spots = [_figure_spot(tone, each) for tone, each in zip(("first", "second"), figures, strict=False)]
    told = "; ".join(
        interval_label(each.value, each.low, each.high, lang) for each in figures if each.value is not None
    )
    why = "; ".join(t(f"health.reason.{each.reason}", lang) for each in figures if each.value is None)
    label = f"{told} · n{NBSP}={NBSP}{number(group.agreement.n, lang)}" if told else ""
    known = tuple(spot for spot in spots if spot)
    return Line(group_name(group, lang), known, label, why, group.by == "all")


def _figure_spot(tone: str, figure: Figure) -> Spot | None:
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    return Spot(tone, figure.value, figure.low, figure.high)


def _score(score: CorrectedTask, lang: Lang) -> Line:
    corrected = Estimate(score.corrected.mean, score.corrected.low, score.corrected.high, 1, 0, 0)
    named = (("em", score.em), ("js", score.js), ("people", score.people), ("corrected", corrected))
    spots = tuple(spot for tone, each in named if (spot := spot_of(tone, each)))
    name = titled(score.title, score.task, lang) if score.task else t("scores.total", lang)
    label = interval_label(corrected.mean, corrected.low, corrected.high, lang)
    return Line(name, spots, label, strong=not score.task)


# runs beside each other


def difference_forest(found: Comparison, mark: CompareMark, lang: Lang) -> Forest:
    """The paired difference of every pair, of all tasks and of each."""
    lines = []
    for row in _rows(found):
        name = titled(row.title, row.task, lang) if row.task else t("compare.all", lang)
        for pair in row.pairs:
            lines.append(_difference(found, row, pair, mark, name, lang))
    reach = max(
        (abs(end) for line in lines for spot in line.spots for end in (spot.low or 0.0, spot.high or 0.0)),
        default=0.0,
    )
    scale = next((scale for scale in SCALES if reach <= scale), 1.0)
    head = Head(t("chart.compare", lang, mark=t(f"compare.mark.{mark}", lang)), _beside_facts(found, lang))
    series = (
        Series("corrected", t("chart.compare.first", lang)),
        Series("neither", t("chart.compare.second", lang)),
    )
    return Forest(
        head, (*series, Series("quiet", t("chart.compare.same", lang))), tuple(lines), -scale, scale
    )


def duel_bars(found: Comparison, mark: CompareMark, lang: Lang) -> Bars:
    """Wins, ties and losses of every pair, of all tasks and of each."""
    bars = []
    for row in _rows(found):
        name = titled(row.title, row.task, lang) if row.task else t("compare.all", lang)
        for pair in row.pairs:
            duel = pair.by(mark)
            parts = (float(duel.wins), float(duel.ties), float(duel.losses))
            words = f"{name} {_sides(found, pair)}" if len(row.pairs) > 1 else name
            bars.append(Bar(words, parts, strong=not row.task))
    series = tuple(
        Series(tone, t(f"chart.compare.{name}", lang))
        for tone, name in (("corrected", "wins"), ("quiet", "ties"), ("neither", "losses"))
    )
    return Bars(Head(t("chart.wins", lang, mark=t(f"compare.mark.{mark}", lang)), _beside_facts(found, lang)), series,
                tuple(bars))  # fmt: skip


def _difference(
    found: Comparison, row: TaskBeside, pair: PairDuel, mark: CompareMark, name: str, lang: Lang
) -> Line:
    words = f"{name} {_sides(found, pair)}" if len(row.pairs) > 1 else name
    told = pair.by(mark).difference
    if told is None:
        return Line(words, note="—", strong=not row.task)
    tone = "corrected" if told.low > 0 else "neither" if told.high < 0 else "quiet"
    label = f"{interval_label(told.mean, told.low, told.high, lang)} · n{NBSP}={NBSP}{number(told.n, lang)}"
    return Line(words, (Spot(tone, told.mean, told.low, told.high),), label, strong=not row.task)


def _rows(found: Comparison) -> list[TaskBeside]:
    return [found.total, *found.tasks] if len(found.tasks) > 1 else list(found.tasks or [found.total])


def _sides(found: Comparison, pair: PairDuel) -> str:
    places = {run.id: place for place, run in enumerate(found.runs, 1)}
    return f"{places[pair.left]}–{places[pair.right]}"


def _beside_facts(found: Comparison, lang: Lang) -> tuple[str, ...]:
    runs = [f"{place}: {run_facts(run, lang)[0]}" for place, run in enumerate(found.runs, 1)]
    return (*runs, f"n{NBSP}={NBSP}{number(found.shared, lang)}")


# reasons


def reasons_grid(
    runs: Sequence[RunView], found: KeptReasons, titles: Mapping[str, Mapping[str, str]], lang: Lang
) -> Grid:
    """Groups of failures by task, of each run; a cell is as dark as its share of the task's answers in groups."""
    places = [place for group in found.groups for place in group.counts]
    tasks = sorted({task for _, task in places})
    totals = {
        place: sum(group.counts.get(place, 0) for group in found.groups) for place in dict.fromkeys(places)
    }
    rows = []
    for group in found.groups:
        for run in runs if group.n else ():
            name = group_title(group, lang)
            name = f"{name} · {name_of(run, lang)}" if len(runs) > 1 else name
            keys = [(run.id, task) for task in tasks]
            cells = [_grouped(group.counts.get(key, 0), totals.get(key, 0), lang) for key in keys]
            rows.append((name, tuple(cells)))
    columns = tuple(titled(titles.get(task, {}), task, lang) for task in tasks)
    facts = tuple(run_facts(run, lang)[0] for run in runs)
    head = Head(
        t("reasons.pivot", lang), (*facts, f"n{NBSP}={NBSP}{number(found.n, lang)}"), t("chart.reasons", lang)
    )
    return Grid(head, t("reasons.col.group", lang), columns, tuple(rows))


def _grouped(n: int, of: int, lang: Lang) -> Cell | None:
    return Cell(number(n, lang), percent(n / of, lang), heat=n / of, value=float(n)) if n else None


# experiments


def trial_forest(trial: Trial, lang: Lang) -> Forest:
    """Every task with its media and without, and the chance level."""
    use = trial.run.spec.settings.media
    rows = trial.tasks if len(trial.tasks) == 1 else (*trial.tasks, trial.total)
    lines = tuple(_tried(task, lang) for task in rows)
    series = [Series("full", t("experiments.side.sent", lang)), Series("blind", t(f"media.{use}", lang))]
    series.append(Series("chance", t("experiments.chance", lang)))
    facts = (*run_facts(trial.base, lang, trial.total.full.scored), *run_facts(trial.run, lang)[:1])
    title = f"{t(f'experiments.{use}', lang)}: {t(f'experiments.mark.{trial.mark}.short', lang)}"
    return Forest(Head(title, facts, t("chart.interval", lang)), tuple(series), lines)


def _tried(task: TaskTrial, lang: Lang) -> Line:
    spots = [spot_of("full", task.full), spot_of("blind", task.blind)]
    if task.chance is not None:
        spots.append(Spot("chance", task.chance, hollow=True))
    name = titled(task.title, task.task, lang)
    if task.full.mean is None or task.blind.mean is None:
        return Line(name, note=t("experiments.trial.no_pairs", lang))
    label = f"n{NBSP}={NBSP}{number(task.full.scored, lang)}"
    return Line(name, tuple(spot for spot in spots if spot), label, strong=not task.task)


def kinds_forest(found: Calibration, lang: Lang) -> Forest:
    """How often the judge is right on each kind of made answers, the worst first."""
    told = [each for each in found.kinds if each.judge.mean is not None]
    lines = tuple(_kind(each, lang) for each in sorted(told, key=lambda each: each.judge.mean or 0.0))
    tones = (("corrected", "right"), ("js", "wrong"), ("neither", "trick"))
    series = tuple(Series(tone, t(f"experiments.sort.{name}", lang)) for tone, name in tones)
    judge = t("chart.judge", lang, judge=short_judge(found.label or found.spec.judge))
    n = f"n{NBSP}={NBSP}{number(found.done, lang)}"
    facts = (judge, f"{t('chart.check', lang, id=found.id)} · {date(found.created_at, lang)} · {n}")
    return Forest(Head(t("chart.kinds", lang), facts, t("chart.interval", lang)), series, lines)


def _kind(each: KindRates, lang: Lang) -> Line:
    key = f"kind.{each.kind}"
    tone = "corrected" if each.verdict else "neither" if each.trick else "js"
    spot = spot_of(tone, each.judge)
    told = interval_label(each.judge.mean, each.judge.low, each.judge.high, lang)
    label = f"{told} · n{NBSP}={NBSP}{number(each.judge.scored, lang)}"
    return Line(t(key, lang) if key in CATALOGUE else each.kind, (spot,) if spot else (), label)


# the leaderboard


def totals_forest(chart: Chart, lang: Lang) -> Forest:
    """The leaderboard's totals, the highest first."""
    lines = tuple(
        Line(
            line.name,
            (Spot(line.kind, line.mean, line.low, line.high, line.kind in {"published", "baseline"}),),
            line.label,
        )
        for line in chart.lines
    )
    kinds = dict.fromkeys(line.kind for line in chart.lines)
    series = tuple(Series(kind, t(f"board.kind.{kind}", lang)) for kind in kinds)
    furthest = max((line.mean if line.high is None else line.high for line in chart.lines), default=1.0)
    high = next((step * 6 for step in (0.01, 0.02, 0.05, 0.1) if furthest <= step * 6), 1.0)
    return Forest(Head(chart.title, (), chart.note), series if len(series) > 1 else (), lines, high=high)


def heat_grid(board: Board, lang: Lang) -> Grid:
    """Models by tasks, each number with its interval and its colour; totals first where there are any."""
    names, words = row_names(board, lang), conditions(board, lang)
    totals = (
        [t(f"board.{name}", lang) for name in ("total", "attempted", "coverage")] if board.totalled else []
    )
    columns = (*totals, *(_column(board, column, lang) for column in board.columns))
    rows = tuple((names[row.key], _board_cells(board, row, lang)) for row in board.rows)
    note = words["weighting"] + words["public"] if board.totalled else ""
    facts = (f"{words['suite']}: {words['metric']}",)
    head = Head(t("board.title", lang), facts, note[:1].upper() + note[1:])
    return Grid(head, t("board.model", lang), columns, rows)


def _column(board: Board, column: Column, lang: Lang) -> str:
    return column.name if board.asked.suite == "mera" else titled(column.title, column.name, lang)


def _board_cells(board: Board, row: BoardRow, lang: Lang) -> tuple[Cell | None, ...]:
    found: list[Cell | None] = []
    if board.totalled:
        found += [_measured(row.total, lang), _measured(row.attempted, lang)]
        found.append(
            None if row.coverage is None else Cell(decimal(row.coverage, lang, 2), value=row.coverage)
        )
    cells = [row.cells.get(column.name) for column in board.columns]
    return (*found, *(_measured(cell.measure if cell else None, lang) for cell in cells))


def _measured(measure: Measure | None, lang: Lang) -> Cell | None:
    if measure is None:
        return None
    below = ""
    if measure.low is not None and measure.high is not None:
        below = f"{decimal(measure.low, lang, 2)}–{decimal(measure.high, lang, 2)}"
    return Cell(decimal(measure.mean, lang, 3), below, heat=measure.mean, value=measure.mean)
