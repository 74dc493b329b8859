"""How fast a run is, worked out of what is stored: of a run that goes on here or elsewhere, and of one that is over."""

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from studio.core.bottleneck import bottleneck_of, judge_finding, together
from studio.core.figures import Figures, Finding, Pace, Price, Timeline, Window, cost_of, per_thousand
from studio.core.judge import NO_JUDGE
from studio.core.pace import Stage, StageLoad
from studio.core.timeline import POINTS, timeline_of, windows_of
from studio.runner import Jobs
from studio.service.desk import COUNT_EVERY_S, Desk
from studio.service.serving import is_managed
from studio.service.views import cells_of
from studio.stats import known, spread_of
from studio.store import Store
from studio.store.pace import Times
from studio.store.runs import RunRow

# The times of a run that goes on are gone through anew at most once in so many seconds, and never for more than a tenth
# of the time.
EVERY_S = 0.9
PATIENCE = 10
REMEMBERED = 64
# A step of the timeline holds some answers where it can: one bar an answer would tell nothing of the speed.
FEWEST_POINTS, ANSWERS_A_POINT = 12, 4
BATCHING = "transformers"  # the engine whose answers come a batch at a time


@dataclass(frozen=True)
class _Known:
    """What was worked out, for which state of the run, when and in how many seconds."""

    stamp: object
    figures: Figures
    timeline: Timeline | None
    at: float
    took: float


class Pacing:
    """Figures of runs, remembered until something changes."""

    def __init__(self, store: Store, jobs: Jobs, desk: Desk) -> None:
        self._store = store
        self._jobs = jobs
        self._desk = desk
        self._known: OrderedDict[str, _Known] = OrderedDict()

    def of(self, run_id: str, price: Price) -> Pace:
        """The run's pace as of now. Raises BadInput for an unknown run."""
        row = self._store.runs.get(run_id)
        if row.kind == "human":
            return Pace(run_id, Figures(), "human")
        asking = self._asking(row)
        known = self._worked_out(row, asking)
        figures = known.figures
        thousand = per_thousand(figures, timed=row.kind == "model")
        pace = Pace(
            run_id,
            figures,
            going=row.state == "running",
            batched=_batched(row),
            judged=row.spec.judge != NO_JUDGE,
            per_thousand=thousand,
            price=price,
            cost=cost_of(price, thousand) if thousand and price.given else None,
        )
        if row.kind == "imported":
            return replace(pace, untimed="imported")
        return replace(
            pace,
            untimed="" if figures.answered or figures.failed else "recalled" if figures.recalled else "early",
            timeline=known.timeline,
            loads=self._loads(row),
            findings=self._findings(row, figures, asking=asking),
        )

    def forget(self, run_id: str) -> None:
        self._known.pop(run_id, None)

    def _asking(self, row: RunRow) -> bool:
        """Whether questions are being asked: told by our own worker, or (of a run elsewhere) by what is missing."""
        if row.state != "running":
            return False
        state = self._jobs.live(row.id)
        if state is not None:
            return state.phase == "answering"
        groups, _ = self._desk.counted(row, every_s=COUNT_EVERY_S)
        return cells_of(groups)["pending"] > 0

    def _worked_out(self, row: RunRow, asking: bool) -> _Known:
        going = row.state == "running"
        stamp = (self._store.memos.changes(row.id), row.state, row.finished_at)
        known = self._known.get(row.id)
        start = time.monotonic()
        if known and going and start - known.at < max(EVERY_S, PATIENCE * known.took):
            return known
        if known and not going and known.stamp == stamp:
            return known
        figures, timeline = _figures(
            self._store.pace.times(row.id, row.judge), row, going=going, asking=asking
        )
        unjudged, recalled = self._store.pace.unjudged(row.id), self._store.pace.recalled(row.id)
        figures = replace(figures, unjudged=unjudged, recalled=recalled)
        known = _Known(stamp, figures, timeline, time.monotonic(), time.monotonic() - start)
        self._known[row.id] = known
        self._known.move_to_end(row.id)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known

    def _loads(self, row: RunRow) -> Mapping[Stage, StageLoad]:
        state = self._jobs.live(row.id)
        return state.gauge.loads() if state and state.gauge else {}

    def _findings(self, row: RunRow, figures: Figures, *, asking: bool) -> tuple[Finding, ...]:
        """Of the stages as they are now, or as they were; and of the judge."""
        state = self._jobs.live(row.id)
        if state is not None:
            loads, elapsed = self._loads(row), state.gauge.span_s if state.gauge else 0.0
        else:
            loads, elapsed = together((spell.loads, spell.elapsed_s) for spell in self._store.pace.of(row.id))
        served = bool(row.spec.servers) or is_managed(row.spec.model)
        found = [bottleneck_of(loads, elapsed, served=served)]
        if row.spec.judge != NO_JUDGE:
            found.append(judge_finding(figures, going=row.state == "running", asking=asking))
        return tuple(finding for finding in found if finding)


def _figures(times: Times, row: RunRow, *, going: bool, asking: bool) -> tuple[Figures, Timeline | None]:
    """The means of a run, and its timeline."""
    figures = _means(times)
    if row.kind == "imported":
        return figures, None
    starts = (known(times.ends) - np.nan_to_num(known(times.latencies))).tolist()
    windows = windows_of(times.began, starts, times.ends, times.failed, times.judged)
    if going:
        windows = _until_now(windows, times.began, asking=asking)
    unsure = windows[-1].end - figures.latency.p95 if asking and windows and figures.latency else float("inf")
    points = min(POINTS, max(FEWEST_POINTS, len(times.ends) // ANSWERS_A_POINT))
    timeline = timeline_of(
        windows, starts, times.ends, times.failed, times.judged, unsure_after=unsure, points=points
    )
    return replace(
        figures,
        asking_s=sum(window.asked - window.start for window in windows),
        working_s=sum(window.end - window.start for window in windows),
    ), timeline


def _until_now(windows: list[Window], began: Sequence[float], *, asking: bool) -> list[Window]:
    """The spell that goes on lasts until now: a server that fell silent is seen to."""
    if not windows or (began and windows[-1].end < began[-1]):
        return windows  # the model of this spell is still being loaded
    last, now = windows[-1], time.time()
    return [
        *windows[:-1],
        Window(last.start, max(last.asked, now) if asking else last.asked, max(last.end, now)),
    ]


def _means(times: Times) -> Figures:
    """What the columns add up to. Time per token is (latency - time to the first) / (tokens - 1): the first token's
    time is the prompt's."""
    prompts, completions = known(times.prompt_tokens), known(times.completion_tokens)
    latencies, ttfts = known(times.latencies), known(times.ttfts)
    several = completions > 1
    return Figures(
        answered=len(times.ends),
        failed=len(times.failed),
        judged=len(times.judged),
        prompt_tokens=int(np.nansum(prompts)),
        prompt_seen=int(np.isfinite(prompts).sum()),
        completion_tokens=int(np.nansum(completions)),
        completion_seen=int(np.isfinite(completions).sum()),
        ttft=spread_of(ttfts),
        per_token=spread_of((latencies - ttfts)[several] / (completions[several] - 1)),
        latency=spread_of(latencies),
    )


def _batched(row: RunRow) -> bool:
    engine = row.resolved.get("engine") or {}
    return engine.get("engine") == BATCHING and row.spec.settings.batch_size > 1
