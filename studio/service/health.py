"""The health of a run's judge: measured against people's labels, beside people's own agreement and other judges."""

import json
import logging
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import studio.store.judgings
from studio.core.errors import StudioError
from studio.core.health import CorrectedTask, Flips, Health, JudgeBeside, JudgePair, Tried
from studio.core.judge import Judge
from studio.core.judging import Judging, JudgingSpec, RunJudge
from studio.core.label import Draw, LabelledSample
from studio.core.run import OWNER, Viewer
from studio.core.task import TaskInfo, digest
from studio.core.trials import Corrected
from studio.service.calibration import Calibrations
from studio.service.catalogue import Shelf
from studio.service.desk import Desk
from studio.service.health_groups import (
    agreement_of,
    ceiling_of,
    complement,
    counted,
    flips_of,
    groups_of,
    homogeneity,
    judges_of,
    models_of,
    pairs_of,
    plain,
    rates_elsewhere,
    share_of,
)
from studio.service.health_scores import Correcting, Elsewhere, Scope, drawn, is_sure
from studio.service.health_words import advice
from studio.service.kept import Kept, code_of
from studio.service.labels import Labels
from studio.service.looking import Looking
from studio.service.measures import Measures
from studio.service.rejudging import Rejudging
from studio.service.views import ALL_TITLE
from studio.stats import MIN_DRAWN
from studio.store import Store
from studio.store.judgings import Pattern
from studio.store.runs import RunRow

log = logging.getLogger("studio.health")

KEPT = 16
WARMED = 4  # runs that a server works out at its start
ELSEWHERE = 5  # other runs of the same judge, the latest
TRIED = 20  # experiments looked through for this judge
VOTED = "llm:"  # the names of judges that vote


@dataclass(frozen=True)
class _Known:
    stamp: Hashable
    found: Health


class HealthOfJudges:
    """Judge health of runs, and several judges on one run."""

    def __init__(
        self,
        store: Store,
        shelf: Shelf,
        desk: Desk,
        looking: Looking,
        measures: Measures,
        labels: Labels,
        calibrations: Calibrations,
        open_judge: Callable[[str], Judge],
    ) -> None:
        self._store = store
        self._desk = desk
        self._looking = looking
        self._measures = measures
        self._labels = labels
        self._calibrations = calibrations
        self._rejudging = Rejudging(store, shelf, looking, open_judge)
        self._parts = Kept(store)
        self._known: dict[Hashable, _Known] = {}
        self._patterns: dict[str, tuple[Hashable, list[Pattern]]] = {}
        self._lock = threading.Lock()

    # several judges

    def rejudge(self, spec: JudgingSpec, viewer: Viewer = OWNER) -> str:
        """Asks another judge about the run's answers, in the background; see `Rejudging.start`."""
        return self._rejudging.start(spec, viewer)

    def judging(self, judging_id: str) -> Judging:
        return self._rejudging.get(judging_id)

    def judgings(self, run_id: str) -> tuple[Judging, ...]:
        """What further judges were asked about a run, newest first."""
        return self._rejudging.of_run(run_id)

    def wait(self, judging_id: str, timeout_s: float | None = None) -> Judging:
        return self._rejudging.wait(judging_id, timeout_s)

    def make_own(self, run_id: str, label: str, viewer: Viewer = OWNER) -> None:
        """Makes another judge's verdicts the run's Judge Score; see `Rejudging.make_own`."""
        self._rejudging.make_own(run_id, label, viewer)

    def judges(self, run_id: str, viewer: Viewer = OWNER) -> tuple[RunJudge, ...]:
        """Every judge that has judged answers of the run, its own first. Raises NotAllowed for a person's run that goes
        on in this browser."""
        self._looking.refuse_annotated([run_id], viewer)
        row = self._store.runs.get(run_id)
        labels = self._store.judgings.labels(run_id)
        return tuple(judges_of(row, labels, self._said(row, labels), self._infos(row)))

    def close(self) -> None:
        self._rejudging.close()

    # health

    def draw(self, run_id: str, viewer: Viewer = OWNER) -> Draw:
        """Draws what the advice asks for: a first random part, or a larger one that holds the last (the same seed
        does), so that its labels go on counting. Raises as `Labels.draw`."""
        advice = self.of(run_id, viewer).advice
        last = next((draw for draw in reversed(self._labels.draws(run_id)) if draw.whole), None)
        size = max(advice.n, MIN_DRAWN)
        if last is None:
            return self._labels.draw(run_id, size, viewer=viewer)
        return self._labels.draw(
            run_id, last.size + size, seed=last.seed, by_task=last.by_task, viewer=viewer
        )

    def of(self, run_id: str, viewer: Viewer = OWNER) -> Health:
        """All that labels say of the run's judge. Tasks whose gold is hidden from the viewer are left out.

        Raises BadInput for an unknown run, NotAllowed for a person's run that goes on in this browser.
        """
        self._looking.refuse_annotated([run_id], viewer)
        row = self._store.runs.get(run_id)
        hidden = frozenset(self._looking.hidden(run_id, viewer))
        key, stamp = (run_id, hidden), self._stamp(row)
        with self._lock:
            known = self._known.get(key)
        if known and known.stamp == stamp:
            return known.found
        found = self._work_out(row, hidden, viewer)
        with self._lock:
            self._known[key] = _Known(stamp, found)
            while len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
        return found

    def warm(self, stopped: Callable[[], bool]) -> None:
        """Works out the newest labelled runs that rest: after a start nobody should wait for that at a page."""
        rows = [row for row in self._store.runs.all() if row.state not in {"running", "queued"}]
        labelled = (row for row in rows if self._store.labels.reviewers(row.id))
        for row in islice(labelled, WARMED):
            if stopped():
                return
            try:
                self.of(row.id)
            except StudioError as error:
                # A run deleted meanwhile, a busy file: whoever asks for it will be told.
                log.info("health of %s: %s", row.id, error)

    def _stamp(self, row: RunRow) -> Hashable:
        return (row.judge, row.state, self._store.memos.changes(row.id), self._store.judgings.stamp(row.id))

    def _work_out(self, row: RunRow, hidden: frozenset[str], viewer: Viewer) -> Health:
        table = self._labels.table(row.id, viewer)
        draws = self._labels.draws(row.id)
        scopes = self._scopes(row, hidden)
        others = self._elsewhere(row, viewer)
        titles = {scope.name: scope.title for scope in scopes}
        groups = (*groups_of(table, titles), *models_of(row, table, others))
        rates = {kind: rates_elsewhere(others, kind) for kind in {scope.answer_type for scope in scopes}}
        correcting = Correcting(scopes, table, draws, rates)
        scores = tuple(correcting.task(scope) for scope in scopes)
        ceiling = ceiling_of(table)
        beside, pairs = self._beside(row, table, draws, scopes, scores[-1])
        shown = [task_id for task_id, info in self._infos(row).items() if info.name not in hidden]
        sealed, labels = self._store.labels.sealed(row.id, shown)
        return Health(
            run_id=row.id,
            judge=row.judge,
            advice=advice(row.judge, groups[0].agreement, ceiling, scores[-1], draws),
            groups=groups,
            homogeneity=tuple(homogeneity(groups, by) for by in ("task", "answer_type", "length", "model")),
            ceiling=ceiling,
            scores=scores,
            judges=beside,
            pairs=pairs,
            flips=self._flips(row),
            tried=self._tried(row.judge),
            unsure=sum(each.human == "unsure" for each in table),
            bad=sum(each.human == "bad" for each in table),
            unscored=sum(is_sure(each) and each.js is None for each in table),
            reviewers=len({name for each in table for name in each.verdicts}),
            criteria=tuple(sorted({version for each in table for version in each.criteria})),
            elsewhere=tuple(each.run for each in others),
            hidden=tuple(sorted(hidden)),
            labels=labels,
            sealed=sealed,
        )

    def _infos(self, row: RunRow) -> Mapping[int, TaskInfo]:
        _, order = self._desk.counted(row)
        return self._desk.infos(order)

    def _scopes(self, row: RunRow, hidden: frozenset[str]) -> list[Scope]:
        """The run's tasks that may be seen, in its order, and all of them last."""
        tallies, order = self._desk.counted(row)
        infos = self._desk.infos(order)
        measured = self._measures.of(row)
        found = []
        for dataset in measured.datasets:
            info = infos[dataset.task_id]
            if info.name not in hidden:
                here = [tally for tally in tallies if tally.task_id == dataset.task_id]
                found.append(
                    Scope(info.name, info.title, info.answer_type, dataset.em, dataset.js, *counted(here))
                )
        shown = [tally for tally in tallies if infos[tally.task_id].name not in hidden]
        em, js = plain(shown) if hidden else (measured.em, measured.js)
        return [*found, Scope("", ALL_TITLE, "", em, js, *counted(shown))]

    def _elsewhere(self, row: RunRow, viewer: Viewer) -> list[Elsewhere]:
        """Labelled random parts of other runs that the same judge has judged."""
        if not row.judge:
            return []
        found = []
        for run_id, model in self._store.judgings.labelled_runs(row.judge, row.id, ELSEWHERE):
            if not self._looking.is_veiled(self._desk.run(run_id), viewer):
                table = self._labels.table(run_id, viewer)
                part = drawn(table, self._labels.draws(run_id), "")
                found.append(Elsewhere(run_id, model, tuple(part)))
        return [each for each in found if each.labelled]

    def _said(self, row: RunRow, labels: Sequence[str]) -> list[Pattern]:
        """What the judges said of the run's answers, counted; remembered until one of them speaks again."""
        stamp = (self._store.memos.changes(row.id), self._store.judgings.done(row.id), tuple(labels))
        known = self._patterns.get(row.id)
        if known and known[0] == stamp:
            return known[1]
        found = self._parts.part(
            row.id,
            "patterns",
            f"{code_of(studio.store.judgings)}:{digest([row.judge, *stamp])}",
            lambda: self._store.judgings.patterns(row.id, labels, row.judge),
            lambda patterns: json.dumps(patterns).encode(),
            lambda kept: [Pattern(task, tuple(said), n) for task, said, n in json.loads(kept)],
        )
        self._patterns[row.id] = (stamp, found)
        while len(self._patterns) > KEPT:
            del self._patterns[next(iter(self._patterns))]
        return found

    def _beside(
        self,
        row: RunRow,
        table: Sequence[LabelledSample],
        draws: Sequence[Draw],
        scopes: Sequence[Scope],
        total: CorrectedTask,
    ) -> tuple[tuple[JudgeBeside, ...], tuple[JudgePair, ...]]:
        """The run's judges beside people and beside each other; nothing of the others where there is but one."""
        labels = self._store.judgings.labels(row.id)
        if len(labels) < 2:
            return (), ()
        infos = self._infos(row)
        seen = {scope.name for scope in scopes}
        patterns = [each for each in self._said(row, labels) if infos[each.task_id].name in seen]
        beside = [
            self._judge_beside(judge, row.id, table, draws, scopes[-1], total)
            for judge in judges_of(row, labels, patterns, infos)
        ]
        return tuple(beside), pairs_of(labels, patterns)

    def _judge_beside(
        self,
        judge: RunJudge,
        run_id: str,
        table: Sequence[LabelledSample],
        draws: Sequence[Draw],
        whole: Scope,
        total: CorrectedTask,
    ) -> JudgeBeside:
        if judge.own:
            return JudgeBeside(judge, agreement_of(table), total.js, total.corrected)
        spoken = self._store.judgings.verdicts(run_id, judge.label)

        def verdict(sample: LabelledSample) -> int | None:
            return spoken.get(sample.sample_id)

        raw, said = share_of(judge), agreement_of(table, verdict)
        if not judge.whole:
            # What it has not read is no random part: its score would be one over what was chosen for it.
            return JudgeBeside(judge, said, raw, Corrected(None, None, None, "partly"))
        scope = replace(whole, js=raw, judged=judge.scored, judged_right=judge.right)
        return JudgeBeside(
            judge, said, raw, Correcting([scope], table, draws, {}, verdict).task(scope).corrected
        )

    def _flips(self, row: RunRow) -> Flips | None:
        """How often votes on one answer part: of chat models alone, the others say the same each time."""
        if not row.judge.startswith(VOTED):
            return None
        votes = self._store.judgings.votes(row.id, row.judge)
        return flips_of(votes) if votes.answers else None

    def _tried(self, judge: str) -> tuple[Tried, ...]:
        """What experiments found about this very judge, the newest first."""
        found = []
        for each in self._calibrations.latest(TRIED):
            if judge and each.label == judge and each.state == "done":
                found.append(
                    Tried(each.id, complement(each.judge.sensitivity), complement(each.judge.resistance))
                )
        return tuple(found[:3])
