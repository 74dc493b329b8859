"""`Studio`: everything the studio can do, as one list. Returns values of `studio.core`, raises only StudioError."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.access import may_change, viewer_of
from studio.core.content import MediaUse, Modality
from studio.core.engine import Settings as Generation
from studio.core.errors import NotAllowed
from studio.core.figures import Pace, Price
from studio.core.judge import NO_JUDGE, JudgeCase, Verdict
from studio.core.leaderboard import Board, BoardAsked, BoardFormat, Chart
from studio.core.logs import ImportedRun, LogFacts
from studio.core.memory import Remembered
from studio.core.outcome import Score
from studio.core.run import (
    AS_BEFORE,
    OWNER,
    Confusion,
    Live,
    Neighbours,
    Queue,
    Resumption,
    RunSpec,
    RunView,
    SampleCard,
    SampleFilter,
    TaskScore,
    Viewer,
)
from studio.core.submission import Packed, SubmissionReport
from studio.core.suite import SuiteTask
from studio.core.task import Gold, TaskInfo
from studio.core.totals import TaskMeasure
from studio.core.trials import (
    Calibration,
    CalibrationAnswer,
    CalibrationSpec,
    CorrectedRun,
    Mark,
    Trial,
)
from studio.core.verification import Verification, VerificationSpec
from studio.metrics.slots import Rule
from studio.report import chart_of, csv_text, latex_text, png
from studio.service import visitors
from studio.service.calibration import MOST_ASKED, MOST_ASKED_BY_VISITORS
from studio.service.catalogue import ModelInfo
from studio.service.foreign import check_foreign
from studio.service.health import HealthOfJudges
from studio.service.importing import VISITOR_FILES, Wish
from studio.service.labels import Labels
from studio.service.log_export import export_log
from studio.service.measures import measures_of
from studio.service.parts import Parts
from studio.service.rescoring import WhatIfs
from studio.service.scoring import score_pairs, score_slots
from studio.service.submission import pack_submission, packable_tasks
from studio.tasks import hub_silence, suite_tasks
from studio.texts import Lang

EVERYTHING = SampleFilter()


class Studio(Parts):
    """The studio over one database file. Make it with `Studio.open`, end it with `close`."""

    # what can be picked

    def tasks(self) -> list[TaskInfo]:
        return self._shelf.tasks()

    def task(self, ref: str) -> TaskInfo:
        """A task by name or path (the first, where the name means several). Raises TaskError."""
        return self._shelf.resolve((ref,))[0]

    def find_tasks(self, refs: Sequence[str]) -> list[TaskInfo]:
        """All tasks behind names, suites and paths, each once. Raises TaskError."""
        return self._shelf.resolve(tuple(refs))

    def generation(self, refs: Sequence[str]) -> Generation:
        """How to generate for these tasks unless told otherwise: reasoning needs room. Raises TaskError."""
        return self._shelf.generation(tuple(refs))

    def mera(self) -> tuple[SuiteTask, ...]:
        """MERA Multi's 18 tasks as their cards state them, whether or not their records are here."""
        return suite_tasks()

    def hub_silence(self) -> str:
        """Why the hub cannot be asked now, in the words of whatever failed; empty when it answers."""
        return hub_silence()

    def models(self) -> list[ModelInfo]:
        return self._shelf.models()

    def modalities(self, model: str) -> frozenset[Modality] | None:
        """What a model takes; None when only opening it tells. Raises ModelError for a name that leads nowhere."""
        self._shelf.check(model)
        capabilities = self._shelf.capabilities(model)
        return capabilities.modalities if capabilities else None

    def judges(self) -> list[str]:
        return self._shelf.judges()

    # runs

    def start(self, spec: RunSpec, viewer: Viewer = OWNER) -> str:
        """Queues a run and returns its id. A visitor may run only the models that this studio offers, on its own tasks.
        Raises BadInput and its kin, NotAllowed."""
        if viewer.role != "owner":
            visitors.check_run(spec, self.settings, self._shelf)
        return self._desk.start(self._doors.addressed(spec), viewer.browser)

    def server_models(
        self, servers: Sequence[str], key_env: str = "", viewer: Viewer = OWNER
    ) -> dict[str, list[str]]:
        """The models that OpenAI-compatible servers offer, by base URL; silent servers are left out.

        Raises BadInput for what is no address or key, ModelError when none answers, NotAllowed for a visitor: a
        visitor's address would be called from inside the owner's network.
        """
        if viewer.role != "owner":
            raise NotAllowed("visitor_server")
        return self._doors.offered(tuple(servers), key_env)

    def resume(self, run_id: str, viewer: Viewer = OWNER, changes: Resumption = AS_BEFORE) -> None:
        """Asks again for what is missing or failed, and the judge about what it has not scored; with `changes`, other
        servers or another judge. Where no question is left (as in a log) only the judge is asked: the run's own, or the
        usual one where it had none.

        Raises BadInput and its kin, and NotAllowed as `cancel` does; changes are the owner's to make.
        """
        self._steered(run_id, viewer)
        if changes != AS_BEFORE and viewer.role != "owner":
            raise NotAllowed("not_yours")
        self._desk.resume(run_id, changes, self._doors.addressed)

    def attending(self, run_id: str) -> AbstractContextManager[None]:
        """`with` it, whoever asks looks at the run; `Attendance` tells what that is for."""
        return self._attendance.of(run_id)

    def awaits_visit(self, run_id: str) -> bool:
        """Whether the run is paused until another request comes, and may come from the same visitor."""
        return self._attendance.awaits(run_id)

    def cancel(self, run_id: str, viewer: Viewer = OWNER) -> None:
        """Stops a run; what is answered is kept. Raises NotAllowed for a visitor whose browser did not start it."""
        self._steered(run_id, viewer)
        self._desk.cancel(run_id)

    def steerable(self, run_ids: Iterable[str], viewer: Viewer = OWNER) -> set[str]:
        """Those runs that this viewer may stop and resume: the owner all, a visitor those begun in this browser."""
        return visitors.steered(self._store, run_ids, viewer)

    def delete(self, run_id: str, viewer: Viewer = OWNER) -> None:
        """Removes a run and all its answers. Raises NotAllowed for anybody but the owner."""
        if not may_change(viewer):
            raise NotAllowed("not_allowed")
        tasks = self._importer.tasks_of(run_id)
        self._desk.delete(run_id)
        self._pacing.forget(run_id)
        self._importer.forget(tasks)

    def log(self, run_id: str, viewer: Viewer = OWNER) -> LogFacts | None:
        """What the log of an imported run said of the run as a whole; None for a run of our own. Raises NotAllowed
        where a task's gold is not this viewer's to see: settings of a task may quote it."""
        self._store.runs.get(run_id)
        if self._looking.hidden(run_id, viewer):
            raise NotAllowed("gold_hidden")
        return self._store.imports.facts(run_id)

    @property
    def visitor_import_mb(self) -> float:
        """How large an upload of logs a visitor may make."""
        return VISITOR_FILES / 2**20

    def import_logs(
        self,
        paths: Sequence[Path],
        viewer: Viewer = OWNER,
        *,
        model: str = "",
        title: str = "",
        judge: str = NO_JUDGE,
        on_progress: Callable[[str, int], None] = lambda task, rows: None,
    ) -> list[ImportedRun]:
        """Runs out of other tools' logs; what was imported before is only named. With a judge their answers are judged
        as a job (`wait` for it). Visitors have limits. Raises BadInput and its kin, NotAllowed; nothing is half done.
        """
        found = self._importer.run(paths, Wish(model, title), viewer, on_progress)
        if judge != NO_JUDGE:
            for run in found:
                mine = run.new or self.steerable([run.run], viewer)
                if mine and self.run(run.run).resumable:
                    self._desk.resume(run.run, Resumption(judge=judge))
        return found

    def runs(self, viewer: Viewer = OWNER) -> list[RunView]:
        """All runs, newest first. Scores of a person's run are not told to the browser in which it goes on: an answer
        could be tried, its score looked up, and the answer taken back."""
        return [self._looking.veiled(run, viewer) for run in self._desk.runs()]

    def run(self, run_id: str) -> RunView:
        return self._desk.run(run_id)

    def live(self, run_id: str, viewer: Viewer = OWNER) -> Live:
        live = self._desk.live(run_id, viewer)
        if self._looking.is_veiled(live.run, viewer):
            return replace(live, run=self._looking.veiled(live.run, viewer), scores=())
        return live

    def pace(self, run_id: str, price: Price | None = None) -> Pace:
        """How fast the run is or was, what holds it up and, with a price, what 1,000 answers cost. It tells of times
        and tokens alone, so that anybody may see it. Raises BadInput."""
        return self._pacing.of(run_id, price or Price())

    def wait(self, run_id: str, timeout_s: float | None = None) -> RunView:
        return self._desk.wait(run_id, timeout_s)

    def scores(self, run_id: str) -> tuple[TaskScore, ...]:
        return self._desk.scores(run_id)

    def measures(self, run_id: str, slots: Rule = "fixed") -> tuple[TaskMeasure, ...]:
        """The run's tasks of MERA by their own metrics, with clustered errors; `measures_of` tells what it raises."""
        return measures_of(self._store, run_id, slots)

    def leaderboard(self, asked: BoardAsked, viewer: Viewer = OWNER) -> Board:
        """Models by tasks with intervals and totals. Scores of a person's run are not told to the browser in which it
        goes on. Raises BadInput for an unknown suite."""
        return self._leaderboard.board(asked, viewer)

    def leaderboard_chart(self, board: Board, lang: Lang) -> Chart:
        return chart_of(board, lang)

    def leaderboard_file(
        self, asked: BoardAsked, form: BoardFormat, lang: Lang, viewer: Viewer = OWNER
    ) -> bytes:
        """The leaderboard as CSV, LaTeX (both UTF-8) or PNG. Raises BadInput for a chart of no totals."""
        board = self.leaderboard(asked, viewer)
        if form == "png":
            return png(chart_of(board, lang), lang)
        return (csv_text(board) if form == "csv" else latex_text(board, lang)).encode()

    def seconds(self, run_id: str) -> dict[str, float]:
        """The run's seconds shared among its tasks by how long their answers took."""
        spent = self._store.browse.latencies(run_id)
        whole = self._store.runs.get(run_id).seconds
        return {task: whole * value / (sum(spent.values()) or 1.0) for task, value in spent.items()}

    def export(
        self, run_id: str, target: Path, viewer: Viewer = OWNER, where: SampleFilter = EVERYTHING
    ) -> Path:
        """Writes the run, or what a filter leaves of it, as a SQLite file, where its gold is this viewer's to see."""
        self._looking.refuse_hidden(run_id, viewer)
        kept, people = self._queries.kept(run_id, where, viewer), self._people_said.may_read(run_id, viewer)
        return self._desk.export(run_id, target, kept, people=people)

    def export_log(self, run_id: str, folder: Path, viewer: Viewer = OWNER) -> list[Path]:
        """Writes the run as lm-eval writes one, into a folder; see `studio.service.log_export`. Raises NotAllowed like
        `export`: answers and scores of a task that the viewer annotates would tell its gold."""
        self._looking.refuse_hidden(run_id, viewer)
        return export_log(self._store, run_id, self.scores(run_id), folder)

    def pack(
        self, run_ids: Sequence[str], target: Path, viewer: Viewer = OWNER, *, partial: bool = False
    ) -> Packed:
        """Writes the archive that the benchmark's site takes out of runs; `pack_submission` tells what it raises.

        Gold of private tasks is in nobody's archive. Answers to a task that this browser annotates are withheld from
        it, as they are everywhere: NotAllowed.
        """
        annotated = self._cards.hidden_tasks(viewer)
        if annotated and any(not annotated.isdisjoint(self._desk.run(run_id).tasks) for run_id in run_ids):
            raise NotAllowed("gold_hidden")
        return pack_submission(self._store, run_ids, target, partial=partial)

    def packable(self, run: RunView) -> tuple[str, ...]:
        """The tasks of MERA Multi that `pack` could take from a run, in their order; none: it would be refused."""
        return packable_tasks(run)

    def check_archive(self, path: Path, *, name: str, partial: bool = False) -> SubmissionReport:
        """What is wrong with somebody's archive, called `name` by its owner. It cannot harm this process."""
        return check_foreign(path, name=name, partial=partial)

    def may_export(self, run_id: str, viewer: Viewer = OWNER) -> bool:
        """Whether `export` would write the run for this viewer."""
        return not self._looking.hidden(run_id, viewer)

    def remembered(self) -> Remembered:
        """How many answers a run with `reuse` may find, and what remembering them costs."""
        return self._store.memory.size()

    def forget(self, run_id: str = "", viewer: Viewer = OWNER) -> int:
        """Lets no later run take the answers of a run (of any, without one). How many. Raises BadInput, NotAllowed."""
        if not may_change(viewer):
            raise NotAllowed("not_allowed")
        if run_id:
            self._store.runs.get(run_id)
        return self._store.memory.forget(run_id)

    def verify(self, spec: VerificationSpec, viewer: Viewer = OWNER) -> str:
        """Asks for some of a run's answers again, in the background. Returns the verification's id.

        Raises NotAllowed for anybody but the owner, BadInput and its kin: a run that goes on, or that no model
        answered.
        """
        if not may_change(viewer):
            raise NotAllowed("not_allowed")
        return self._verifying.start(spec)

    def verification(self, verification_id: str, viewer: Viewer = OWNER) -> Verification:
        """What is known of it so far. Raises BadInput."""
        return self._verifying.get(verification_id, viewer)

    def verified(self, run_id: str, viewer: Viewer = OWNER) -> Verification | None:
        """The latest verification of a run."""
        return self._verifying.latest(run_id, viewer)

    def wait_verification(
        self, verification_id: str, viewer: Viewer = OWNER, timeout_s: float | None = None
    ) -> Verification:
        return self._verifying.wait(verification_id, viewer, timeout_s)

    # experiments

    def start_blind(self, base: str, media: MediaUse, viewer: Viewer = OWNER) -> str:
        """The run beside `base` that does not see the media (`none` or `null`): started, or gone on with if there is
        one that this viewer may resume. Returns its id.

        Raises as `start`, and BadInput for a base that no model of ours answered, or that is blind itself.
        """
        spec = self._trials.blind_spec(base, media)
        known = self._trials.known_blind(spec)
        if known is None or (known.resumable and not self.steerable([known.id], viewer)):
            return self.start(spec, viewer)
        if known.resumable:
            self.resume(known.id, viewer)
        return known.id

    def start_pair(self, spec: RunSpec, media: MediaUse, viewer: Viewer = OWNER) -> tuple[str, str]:
        """The run of a spec that sees the media (a whole one that is there already is taken) and the one beside it that
        does not; their ids in this order. Raises as `start`."""
        full = replace(spec, base="", settings=replace(spec.settings, media="sent"))
        if full.servers and viewer.role == "owner":  # nobody else's address is called; `start` refuses it
            full = self._doors.addressed(full)
        known = self._trials.known_full(full)
        base = known.id if known else self.start(full, viewer)
        return base, self.start_blind(base, media, viewer)

    def trial(self, run_id: str, base: str = "", mark: Mark = "em", viewer: Viewer = OWNER) -> Trial:
        """A run that did not see the media beside one that did, sample by sample; `base` is found where it is not
        named. Raises BadInput; NotAllowed for a person's run that goes on in this browser."""
        self._looking.refuse_annotated([run_id, base], viewer)
        return self._trials.compare(run_id, base, mark)

    def calibrate(self, spec: CalibrationSpec, viewer: Viewer = OWNER) -> str:
        """Asks a judge about answers whose verdict is known, in the background. Returns the calibration's id.

        Raises BadInput and its kin; NotAllowed where a visitor names a judge or a task that is not in the lists.
        """
        if viewer.role != "owner":
            visitors.check_listed(spec.tasks, spec.judge, self._shelf)
        return self._calibrations.start(
            spec, MOST_ASKED if viewer.role == "owner" else MOST_ASKED_BY_VISITORS
        )

    def calibrations(self, limit: int | None = None) -> list[Calibration]:
        """Calibrations, newest first; with `limit` the latest so many."""
        return self._calibrations.latest(limit)

    def calibration(self, calibration_id: str) -> Calibration:
        """What is known of a calibration so far. Raises BadInput."""
        return self._calibrations.get(calibration_id)

    def wait_calibration(self, calibration_id: str, timeout_s: float | None = None) -> Calibration:
        return self._calibrations.wait(calibration_id, timeout_s)

    def calibration_answers(
        self,
        calibration_id: str,
        kind: str,
        viewer: Viewer = OWNER,
        *,
        mistaken: bool = True,
        limit: int = 20,
    ) -> list[CalibrationAnswer]:
        """Answers of a kind, those that deceived the judge unless told otherwise. Raises BadInput."""
        return self._calibrations.answers(calibration_id, kind, viewer, mistaken=mistaken, limit=limit)

    def corrected(self, calibration_id: str, run_id: str, viewer: Viewer = OWNER) -> CorrectedRun:
        """A run's Judge Scores beside what they are once the judge's known errors are taken out. Raises as `trial`."""
        self._looking.refuse_annotated([run_id], viewer)
        return self._calibrations.corrected(calibration_id, run_id)

    # inspect

    def confusions(self, run_id: str, viewer: Viewer = OWNER) -> tuple[Confusion, ...]:
        """EM x judge per task and in all; of a person's run that goes on in this browser only how much is answered."""
        return self._looking.confusions(run_id, viewer)

    def categories(self, run_id: str, task: str = "") -> list[str]:
        return self._store.browse.categories(run_id, task)

    def queue(
        self,
        run_id: str,
        where: SampleFilter = EVERYTHING,
        offset: int = 0,
        limit: int = 50,
        viewer: Viewer = OWNER,
    ) -> Queue:
        """A page of a run's samples. Rows of tasks whose gold is hidden from the viewer show no verdict."""
        return self._looking.queue(run_id, where, offset, limit, viewer)

    def neighbours(
        self, run_id: str, where: SampleFilter, sample_id: int, viewer: Viewer = OWNER
    ) -> Neighbours:
        return self._looking.neighbours(run_id, where, sample_id, viewer)

    def card(self, run_id: str, sample_id: int, viewer: Viewer = OWNER) -> SampleCard:
        self._store.runs.get(run_id)
        return self._looking.sealed(self._cards.card(run_id, sample_id, viewer), viewer)

    def viewer(self, cookies: Mapping[str, str], client_host: str | None, session: str = "") -> Viewer:
        return viewer_of(cookies, client_host, self.settings, session)

    @property
    def labels(self) -> Labels:
        """What people say of answers: labels, draws, criteria, EM x judge x human."""
        return self._labels

    @property
    def health(self) -> HealthOfJudges:
        """How far a run's judge can be trusted, its score corrected, and several judges on one run."""
        return self._health

    @property
    def rescoring(self) -> WhatIfs:
        """Scores under other rules and thresholds, out of stored text; named versions of the rules."""
        return self._rescoring

    # scoring for tools

    def score_pairs(
        self,
        task: TaskInfo | None,
        pairs: Iterable[tuple[Gold | None, str]],
        profile: str = "studio",
        **settings: Any,
    ) -> list[Score]:
        return score_pairs(task, pairs, profile, **settings)

    def score_slots(
        self, pairs: Iterable[tuple[Gold | None, str]], rule: Rule = "fixed"
    ) -> list[tuple[Score, Score]]:
        return score_slots(pairs, rule)

    def judge_pairs(self, cases: Sequence[JudgeCase], judge: str = "auto") -> tuple[str, list[Verdict]]:
        """The judge's name@revision and its verdicts, in order. Raises ModelError."""
        asked = self._scorer.judge(judge)
        return f"{asked.info.name}@{asked.info.revision}", asked.verdicts(cases)

    def _steered(self, run_id: str, viewer: Viewer) -> None:
        self._store.runs.get(run_id)
        if not self.steerable([run_id], viewer):
            raise NotAllowed("not_yours")
