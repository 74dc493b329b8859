"""Every chart of the pages as a value, and as a file: SVG, PNG, CSV. A page's chart is a line of `KINDS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Lock

from studio.core.compare import COMPARE_MARKS, CompareMark, Comparison
from studio.core.errors import BadInput, NotAllowed
from studio.core.figures import Price
from studio.core.gap import GAP_BYS, GapBy
from studio.core.health import HEALTH_METRICS, HealthMetric
from studio.core.label import ThreeWayRow
from studio.core.leaderboard import board_asked
from studio.core.plots import ChartAsked, ChartFormat, Plot
from studio.core.prompts import Crossed, PromptMark, PromptScores
from studio.core.rules import DEFAULT_RULES
from studio.core.run import OWNER, Confusion, RunView, SampleFilter, Viewer
from studio.core.trials import MARKS, Mark
from studio.core.whatif import WhatIf, WhatIfAsked
from studio.report import chart_of, drawn, plots_gap
from studio.report import plots as of_run
from studio.report import plots_beside as beside
from studio.report import plots_prompts as of_prompts
from studio.service.calibration import Calibrations
from studio.service.comparing import Comparing
from studio.service.desk import Desk
from studio.service.evidence import MediaEvidence
from studio.service.gaps import Gaps
from studio.service.health import HealthOfJudges
from studio.service.labels import Labels
from studio.service.leaderboard import Leaderboard
from studio.service.looking import Looking
from studio.service.pace import Pacing
from studio.service.prompt_scores import ByPrompt
from studio.service.queries import Queries
from studio.service.reasons import Reasoning
from studio.service.rescoring import WhatIfs
from studio.service.trials import Trials
from studio.texts import Lang

MOST_CHANGED = 0  # samples of a what-if: a chart names none


@dataclass(frozen=True)
class Sources:
    """Where the numbers of charts come from."""

    desk: Desk
    looking: Looking
    queries: Queries
    labels: Labels
    health: HealthOfJudges
    comparing: Comparing
    rescoring: WhatIfs
    pacing: Pacing
    evidence: MediaEvidence
    trials: Trials
    calibrations: Calibrations
    leaderboard: Leaderboard
    gaps: Gaps
    prompts: ByPrompt
    reasons: Reasoning


class Charts:
    """Draws what the pages show, for whoever may see it."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._drawing = Lock()  # one at a time: matplotlib's fonts are shared by threads

    @property
    def names(self) -> tuple[str, ...]:
        """Every chart; texts `chart.name.<name>` say what each shows."""
        return tuple(KINDS)

    def plot(self, asked: ChartAsked, lang: Lang, viewer: Viewer = OWNER) -> Plot:
        """The chart as a value. Raises BadInput: no such chart, run, task or number; too few runs; QueryError;
        NotAllowed for what this viewer may not see."""
        make = KINDS.get(asked.name)
        if make is None:
            raise BadInput("unknown_chart", name=asked.name, known=", ".join(KINDS))
        return make(self._sources, asked, lang, viewer)

    def file(self, asked: ChartAsked, form: ChartFormat, lang: Lang, viewer: Viewer = OWNER) -> bytes:
        """The chart as a file, on white whatever the page's theme. Raises as `plot`, and BadInput for a chart in which
        there is nothing to draw."""
        plot = self.plot(asked, lang, viewer)
        with self._drawing:
            return drawn(plot, form, lang)


def _run_of(asked: ChartAsked) -> str:
    if not asked.runs:
        raise BadInput("chart_no_run", name=asked.name)
    return asked.runs[0]


def _shown(sources: Sources, asked: ChartAsked, viewer: Viewer) -> tuple[RunView, tuple[Confusion, ...]]:
    run = sources.desk.run(_run_of(asked))
    where = SampleFilter(where=asked.option("where"))
    return run, sources.queries.confusions(run.id, where, viewer)


def _three_way(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    run, confusions = _shown(sources, asked, viewer)
    task = asked.option("task")
    shown = next((each for each in confusions if each.task == task), None)
    if shown is None:
        known = ", ".join(each.task for each in confusions if each.task)
        raise BadInput("unknown_task", name=task, known=known)
    said = None if asked.option("where") else _people(sources, run.id, task, viewer)
    return of_run.three_way_grid(run, shown, said, lang)


def _people(sources: Sources, run: str, task: str, viewer: Viewer) -> ThreeWayRow | None:
    """What people say of the answers, as far as this viewer may know."""
    try:
        rows = sources.labels.three_way([run], viewer=viewer)
    except NotAllowed:
        return None
    return next((row for row in rows if row.name == task), None)


def _cells(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    return of_run.cells_bars(*_shown(sources, asked, viewer), lang)


def _scores(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    run = sources.desk.run(_run_of(asked))
    sources.looking.refuse_annotated([run.id], viewer)
    return of_run.scores_forest(run, sources.desk.scores(run.id), lang)


def _health(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    run = sources.desk.run(_run_of(asked))
    view = _view(asked.option("metric"))
    return beside.health_forest(run, sources.health.of(run.id, viewer), view, lang)


def _view(name: str) -> tuple[HealthMetric, ...]:
    """One measure, or the two rates together."""
    found = next((metric for metric in HEALTH_METRICS if metric == name), None)
    if name and found is None:
        raise BadInput("unknown_metric", name=name, known=", ".join(HEALTH_METRICS))
    return ("sensitivity", "specificity") if found in {None, "sensitivity"} else (found,)


def _corrected(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    run = sources.desk.run(_run_of(asked))
    return beside.corrected_forest(run, sources.health.of(run.id, viewer), lang)


def _compared(sources: Sources, asked: ChartAsked, viewer: Viewer) -> Comparison:
    base = asked.option("base")
    return sources.comparing.compare(asked.runs, base, viewer, where=asked.option("where"))


def _mark(asked: ChartAsked) -> CompareMark:
    return next((mark for mark in COMPARE_MARKS if mark == asked.option("mark")), "em")


def _difference(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    return beside.difference_forest(_compared(sources, asked, viewer), _mark(asked), lang)


def _wins(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    return beside.duel_bars(_compared(sources, asked, viewer), _mark(asked), lang)


def _whatif(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    return of_run.whatif_bars(*_what_if(sources, asked, viewer), lang)


def _threshold(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    return of_run.threshold_lanes(*_what_if(sources, asked, viewer), lang)


def _what_if(sources: Sources, asked: ChartAsked, viewer: Viewer) -> tuple[RunView, WhatIf]:
    """The rules that the address names, against those of the run."""
    run = sources.desk.run(_run_of(asked))
    on, off, variants = (_listed(asked.option(name)) for name in ("on", "off", "variants"))
    tolerance, threshold = _number(asked, "tolerance"), _number(asked, "threshold")
    rules = None
    if on or off or tolerance is not None:
        rules = (sources.rescoring.rules(run.id) or DEFAULT_RULES).with_switches(on, off)
        rules = rules if tolerance is None else replace(rules, tolerance=tolerance)
    wished = WhatIfAsked(run.id, rules, asked.option("profile"), threshold, variants, limit=MOST_CHANGED)
    return run, sources.rescoring.what_if(wished, viewer)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(",") if name)


def _number(asked: ChartAsked, name: str) -> float | None:
    text = asked.option(name)
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise BadInput("chart_number", name=name, text=text) from None


def _pace(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    run = sources.desk.run(_run_of(asked))
    return of_run.pace_lanes(run, sources.pacing.of(run.id, Price()), lang)


def _sound(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    """The waveform of a sample's sound: `number` is its place in the run, `place` that of the medium, both from 1; a
    page names the `sample` by its id."""
    run = sources.desk.run(_run_of(asked))
    place, number = (int(_number(asked, name) or 1) for name in ("place", "number"))
    if sample := int(_number(asked, "sample") or 0):
        number = (sources.looking.neighbours(run.id, SampleFilter(), sample, viewer).index or 0) + 1
    rows = sources.looking.queue(run.id, SampleFilter(), number - 1, 1, viewer).rows
    if not rows or rows[0].number != number:
        raise BadInput("cli_no_number", number=number, n=run.planned)
    found = sources.evidence.of(run.id, rows[0].sample_id, place - 1)
    return of_run.sound_lanes(run, found, number, lang)


def _prompts(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    return of_prompts.prompts_forest(_by_prompt(sources, asked, viewer), lang)


def _by_prompt(sources: Sources, asked: ChartAsked, viewer: Viewer) -> PromptScores:
    mark: PromptMark = "js" if asked.option("mark") == "js" else "em"
    return sources.prompts.scores(_run_of(asked), asked.option("task"), mark, viewer)


def _crossed(make: Callable[[PromptScores, Crossed, Lang], Plot]) -> "Kind":
    """A chart of what a crossed run alone tells."""

    def plot(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
        found = _by_prompt(sources, asked, viewer)
        if found.crossed is None:
            raise BadInput("chart_not_crossed", run=found.run.id)
        return make(found, found.crossed, lang)

    return plot


def _reasons(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    """A kept grouping: the named `book`, else the latest that the runs are in."""
    groups = sources.reasons.groups
    book = int(_number(asked, "book") or 0) or groups.need((_run_of(asked), *asked.runs[1:]))
    found = groups.kept(book, viewer)
    runs = [sources.desk.run(run) for run in found.spec.runs]
    titles = {score.task: score.title for run in runs for score in sources.desk.scores(run.id) if score.task}
    return beside.reasons_grid(runs, found, titles, lang)


def _trial(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    run, base = _run_of(asked), asked.option("base")
    sources.looking.refuse_annotated([run, base], viewer)
    mark: Mark = next((mark for mark in MARKS if mark == asked.option("mark")), "em")
    return beside.trial_forest(sources.trials.compare(run, base, mark), lang)


def _judge(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    """What an experiment found of a judge; `calibration` is its id."""
    return beside.kinds_forest(sources.calibrations.get(asked.option("calibration")), lang)


def _totals(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    board = sources.leaderboard.board(board_asked(_board_options(asked)), viewer)
    return beside.totals_forest(chart_of(board, lang), lang)


def _heat(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    return beside.heat_grid(sources.leaderboard.board(board_asked(_board_options(asked)), viewer), lang)


def _gap(sources: Sources, asked: ChartAsked, lang: Lang, viewer: Viewer) -> Plot:
    """People less the best model; `by` says of what, `people` whose run it is, else all of them together."""
    by: GapBy = next((name for name in GAP_BYS if name == asked.option("by")), "task")
    board = board_asked(_board_options(asked))
    found = sources.gaps.of(board, viewer, people=asked.option("people_run"), by=("all", by))
    return plots_gap.gap_forest(found, _mark(asked), lang)


def _board_options(asked: ChartAsked) -> Mapping[str, str]:
    return {**asked.options, "runs": ",".join(asked.runs)} if asked.runs else asked.options


Kind = Callable[[Sources, ChartAsked, Lang, Viewer], Plot]
KINDS: Mapping[str, Kind] = {
    "three-way": _three_way,
    "cells": _cells,
    "scores": _scores,
    "health": _health,
    "corrected": _corrected,
    "compare": _difference,
    "wins": _wins,
    "whatif": _whatif,
    "threshold": _threshold,
    "pace": _pace,
    "sound": _sound,
    "reasons": _reasons,
    "trial": _trial,
    "judge": _judge,
    "leaderboard": _totals,
    "heat": _heat,
    "gap": _gap,
    "prompts": _prompts,
    "prompt-split": _crossed(of_prompts.split_forest),
    "prompt-grid": _crossed(of_prompts.items_grid),
    "prompt-places": _crossed(of_prompts.places_grid),
}
