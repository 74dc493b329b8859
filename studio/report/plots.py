"""Charts of a run made out of what the pages show: EM × judge × people, scores, what if, the pace."""

from collections.abc import Mapping, Sequence

from studio.core.evidence import Evidence
from studio.core.figures import Moment, Pace, Timeline
from studio.core.label import Human, ThreeWayRow
from studio.core.outcome import Estimate
from studio.core.plots import Bar, Bars, Cell, Curve, Forest, Grid, Head, Lane, Lanes, Line, Series, Spot
from studio.core.run import CELLS, Confusion, RunView, TaskScore
from studio.core.run import Cell as Place
from studio.core.whatif import BINS, WhatIf
from studio.texts import Lang, t
from studio.texts.dates import date, titled
from studio.texts.figures import NBSP, decimal, number, percent
from studio.texts.run_names import name_of

SCORED = CELLS[:4]
_ROWS: tuple[tuple[str, Place, Place], ...] = (
    ("em_right", "both", "em_only"),
    ("em_wrong", "js_only", "neither"),
)
_COLUMNS: tuple[tuple[Place, Place], ...] = (("both", "js_only"), ("em_only", "neither"))
_SIGNS: Mapping[Human, str] = {"right": "✓", "wrong": "×", "unsure": "?", "bad": "!"}
STEP_S = (
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.5,
    1,
    2,
    5,
    10,
    30,
    60,
    120,
    300,
    600,
    1800,
    3600,
    7200,
    14400,
    43200,
    86400,
)


def run_facts(run: RunView, lang: Lang, n: int | None = None) -> tuple[str, ...]:
    """Whose numbers these are: the model, the run, the day, the judge; and of how many answers."""
    parts = [name_of(run, lang), t("chart.run", lang, run=run.id)]
    parts.append(date(run.started_at or run.created_at, lang))
    if n is not None:
        parts.append(f"n{NBSP}={NBSP}{number(n, lang)}")
    judge = (t("chart.judge", lang, judge=short_judge(run.judge)),) if run.judge else ()
    return (" · ".join(parts), *judge)


def short_judge(judge: str) -> str:
    """`owner/name@sha256:0123456789abcdef` → `owner/name@01234567`."""
    name, at, revision = judge.partition("@")
    return f"{name}{at}{revision.removeprefix('sha256:')[:12]}"


def interval_label(mean: float | None, low: float | None, high: float | None, lang: Lang) -> str:
    """«0,71 [0,66; 0,76]»"""
    if mean is None:
        return ""
    if low is None or high is None:
        return _decimal(mean, lang)
    return f"{_decimal(mean, lang)} [{_decimal(low, lang)}; {_decimal(high, lang)}]"


def spot_of(tone: str, value: Estimate) -> Spot | None:
    """None where nothing is scored."""
    return None if value.mean is None else Spot(tone, value.mean, value.low, value.high)


# EM x judge x people


def three_way_grid(run: RunView, shown: Confusion, said: ThreeWayRow | None, lang: Lang) -> Grid:
    """Two by two with sums; below a count its share, and what people say of those answers."""
    heads = [t(f"inspect.table.{name}", lang) for name in ("js_right", "js_wrong", "sum")]
    rows = []
    for name, left, right in _ROWS:
        pair = [_counted(shown, cell, said, lang) for cell in (left, right)]
        whole = sum(shown.counts.get(cell, 0) for cell in (left, right))
        rows.append((t(f"inspect.table.{name}", lang), (*pair, _sum(whole, shown.scored, lang))))
    sums = [sum(shown.counts.get(cell, 0) for cell in cells) for cells in _COLUMNS]
    agree = shown.counts.get("both", 0) + shown.counts.get("neither", 0)
    last = Cell(
        number(agree, lang),
        f"{t('inspect.table.agree', lang)}: {percent(_share(agree, shown.scored), lang)}",
        value=float(agree),
    )
    rows.append((heads[2], (*(_sum(n, shown.scored, lang) for n in sums), last)))
    scope = titled(shown.title, shown.task, lang) if shown.task else t("inspect.task.all", lang)
    facts = (scope, *run_facts(run, lang, shown.scored))
    notes = [t("chart.three_way.note", lang)] if said and said.labelled else []
    if said and said.veiled:
        notes.append(t("chart.three_way.veiled", lang, n=number(said.veiled, lang)))
    return Grid(Head(t("chart.three_way", lang), facts, " ".join(notes)), "", tuple(heads), tuple(rows))


def cells_bars(run: RunView, confusions: Sequence[Confusion], lang: Lang) -> Bars:
    """Every task's answers by cell of EM × judge, all of them first."""
    ordered = [confusions[-1], *confusions[:-1]] if len(confusions) > 2 else list(confusions[-1:])
    bars = tuple(
        Bar(
            titled(each.title, each.task, lang) if each.task else t("inspect.task.all", lang),
            tuple(float(each.counts.get(cell, 0)) for cell in SCORED),
            f"n{NBSP}={NBSP}{number(each.scored, lang)}",
            not each.task,
        )
        for each in ordered
    )
    series = tuple(Series(cell, t(f"cell.{cell}", lang)) for cell in SCORED)
    head = Head(t("chart.cells", lang), run_facts(run, lang, confusions[-1].scored))
    return Bars(head, series, bars)


def scores_forest(run: RunView, scores: Sequence[TaskScore], lang: Lang) -> Forest:
    """EM and the judge's score of every task with intervals, and the chance level."""
    lines = []
    for score in [scores[-1], *scores[:-1]] if len(scores) > 2 else scores[-1:]:
        spots = [spot_of("em", score.em), spot_of("js", score.js)]
        if score.chance is not None:
            spots.append(Spot("chance", score.chance, hollow=True))
        name = titled(score.title, score.task, lang) if score.task else t("scores.total", lang)
        label = f"n{NBSP}={NBSP}{number(score.em.scored, lang)}"
        lines.append(Line(name, tuple(spot for spot in spots if spot), label, strong=not score.task))
    series = [Series("em", "EM"), Series("js", "JS")]
    if any(score.chance is not None for score in scores):
        series.append(Series("chance", t("experiments.chance", lang)))
    head = Head(t("chart.scores", lang), run_facts(run, lang, scores[-1].planned), t("chart.interval", lang))
    return Forest(head, tuple(series), tuple(lines))


# what if


def whatif_bars(run: RunView, found: WhatIf, lang: Lang) -> Bars:
    """The four cells before and after, of all tasks and of each."""
    changes = [found.total, *found.tasks] if len(found.tasks) > 1 else [found.total]
    bars = []
    for change in changes:
        name = titled(change.title, change.task, lang) if change.task else t("inspect.task.all", lang)
        for word, cells in (("before", change.before), ("after", change.after)):
            parts = tuple(float(cells.get(cell, 0)) for cell in SCORED)
            bars.append(Bar(f"{name}: {t(f'chart.whatif.{word}', lang)}", parts, strong=not change.task))
    series = tuple(Series(cell, t(f"cell.{cell}", lang)) for cell in SCORED)
    return Bars(Head(t("chart.whatif", lang), _whatif_facts(run, found, lang)), series, tuple(bars))


def threshold_lanes(run: RunView, found: WhatIf, lang: Lang) -> Lanes:
    """How many answers have which probability of the judge, by what EM says of them; heights are square roots."""
    edges = tuple(place / BINS for place in range(BINS + 1))
    whole = [(right + wrong) ** 0.5 for right, wrong in found.bins]
    shares = [right / (right + wrong) if right + wrong else 0.0 for right, wrong in found.bins]
    right = tuple(high * share for high, share in zip(whole, shares, strict=True))
    wrong = tuple(high - low for high, low in zip(whole, right, strict=True))
    curves = (
        Curve("both", t("whatif.em_right", lang), "bars", edges, right),
        Curve("neither", t("whatif.em_wrong", lang), "bars", edges, wrong),
    )
    ticks = tuple((place / 4, decimal(place / 4, lang, 2)) for place in range(5))
    head = Head(t("whatif.judge", lang), _whatif_facts(run, found, lang), t("whatif.histogram", lang))
    cuts = () if found.threshold is None else (found.threshold,)
    return Lanes(head, t("chart.probability", lang), (Lane("", curves),), ticks, cuts)


def _whatif_facts(run: RunView, found: WhatIf, lang: Lang) -> tuple[str, ...]:
    asked = [t("chart.whatif.profile", lang, profile=found.profile)] if found.profile else []
    changed = found.rules.changed(found.base) if found.base and not found.profile else ()
    if changed:
        asked.append(
            t("chart.whatif.rules", lang, rules=", ".join(t(f"rule.{name}", lang) for name in changed))
        )
    if found.threshold is not None:
        asked.append(t("chart.whatif.threshold", lang, value=decimal(found.threshold, lang, 2)))
    return (*run_facts(run, lang, found.answers), *(("; ".join(asked),) if asked else ()))


# the pace


def pace_lanes(run: RunView, pace: Pace, lang: Lang) -> Lanes:
    """Answers a second, requests under way, and both totals, along the seconds of work."""
    timeline = pace.timeline
    head = Head(t("pace.title", lang), run_facts(run, lang, pace.figures.answered))
    if timeline is None:
        return Lanes(head, t("chart.seconds", lang), ())
    lanes = [_answers(timeline, lang), _under_way(timeline, lang), _totals(pace, timeline, lang)]
    cuts = tuple(pause.at_s for pause in timeline.pauses)
    return Lanes(head, t("chart.seconds", lang), tuple(lanes), _ticks(timeline.seconds, lang), cuts)


def _answers(timeline: Timeline, lang: Lang) -> Lane:
    values = tuple(moment.per_second for moment in timeline.moments)
    name = t("pace.lane.answers", lang)
    top = t("pace.lane.top", lang, n=decimal(max(values), lang))
    return Lane(name, (Curve("first", name, "bars", _edges(timeline.moments), values),), top)


def _under_way(timeline: Timeline, lang: Lang) -> Lane:
    known = [moment for moment in timeline.moments if moment.under_way is not None]
    at = [place for moment in known for place in (moment.at_s, moment.at_s + moment.seconds)]
    values = [moment.under_way or 0.0 for moment in known for _ in range(2)]
    name = t("pace.lane.under_way", lang)
    top = t("pace.lane.top", lang, n=decimal(max(values, default=0.0), lang))
    return Lane(name, (Curve("second", name, "area", tuple(at), tuple(values)),), top)


def _totals(pace: Pace, timeline: Timeline, lang: Lang) -> Lane:
    at, last = _edges(timeline.moments), timeline.moments[-1]
    answered = (0.0, *(float(moment.answered_so_far) for moment in timeline.moments))
    names = {key: t(f"pace.legend.{key}", lang) for key in ("answered", "judged")}
    curves = [Curve("quiet", names["answered"], "dashed", at, answered)]
    top = f"{names['answered']} {number(last.answered_so_far, lang)}"
    if pace.judged:
        judged = (0.0, *(float(min(m.judged_so_far, last.answered_so_far)) for m in timeline.moments))
        curves.append(Curve("corrected", names["judged"], "area", at, judged))
        top += f" · {names['judged']} {number(last.judged_so_far, lang)}"
    return Lane(t(f"pace.lane.{'judged' if pace.judged else 'answered'}", lang), tuple(curves), top)


def sound_lanes(run: RunView, evidence: Evidence, number_of: int, lang: Lang) -> Lanes:
    """The sound as the model received it: highest and lowest of the full scale, moment by moment."""
    sound = evidence.sound
    told = t("chart.sound.facts", lang, number=number(number_of, lang), sha=evidence.sha256[:12])
    head = Head(t("chart.sound", lang), (told, *run_facts(run, lang)))
    if sound is None:
        return Lanes(head, t("chart.seconds", lang), ())
    step = sound.seconds / max(1, len(sound.peaks))
    at = tuple(step * (place + 0.5) for place in range(len(sound.peaks)))
    name = t("chart.sound.peaks", lang)
    curves = tuple(
        Curve("first", name, "area", at, tuple(peak[side] / 100 for peak in sound.peaks)) for side in (1, 0)
    )
    top = f"{number(sound.rate, lang)}{NBSP}{t('chart.hz', lang)}"
    return Lanes(head, t("chart.seconds", lang), (Lane(name, curves, top),), _ticks(sound.seconds, lang))


def _edges(moments: Sequence[Moment]) -> tuple[float, ...]:
    return (*(moment.at_s for moment in moments), moments[-1].at_s + moments[-1].seconds)


def _ticks(seconds: float, lang: Lang) -> tuple[tuple[float, str], ...]:
    """At most nine places of an axis of seconds, in a unit that a person reads."""
    step = next((step for step in STEP_S if seconds <= step * 8), seconds / 4)
    unit, of = next((each for each in ((3600, "h"), (60, "min")) if step >= each[0]), (1, "s"))
    places = [step * place for place in range(int(seconds / step) + 1)]
    digits = next(digits for digits in range(4) if round(step / unit, digits) == step / unit or digits == 3)
    return tuple((at, f"{decimal(at / unit, lang, digits)}{NBSP}{t(f'unit.{of}', lang)}") for at in places)


def _counted(shown: Confusion, cell: Place, said: ThreeWayRow | None, lang: Lang) -> Cell:
    n, below = shown.counts.get(cell, 0), percent(shown.share(cell), lang)
    counts = said.counts.get(cell, {}) if said else {}
    people = " ".join(f"{sign}{counts[name]}" for name, sign in _SIGNS.items() if counts.get(name))
    return Cell(number(n, lang), f"{below} · {people}" if people else below, cell, value=float(n))


def _sum(n: int, of: int, lang: Lang) -> Cell:
    return Cell(number(n, lang), percent(_share(n, of), lang), value=float(n))


def _share(n: int, of: int) -> float | None:
    return n / of if of else None


def _decimal(value: float, lang: Lang) -> str:
    return decimal(value, lang, 2).replace("-", "−")
