"""`Studio`: everything the studio can do, as one list. Returns values of `studio.core`, raises only StudioError."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.access import may_change, viewer_of
from studio.core.content import MediaUse, Modality
from studio.core.engine import Engine, Opening
from studio.core.engine import Settings as Generation
from studio.core.errors import BadInput, NotAllowed
from studio.core.judge import NO_JUDGE, Judge, JudgeCase, Verdict
from studio.core.leaderboard import Board, BoardAsked, BoardFormat, Chart
from studio.core.logs import ImportedRun, LogFacts
from studio.core.outcome import Estimate, Score
from studio.core.run import (
    OWNER,
    AnnotationState,
    Confusion,
    Live,
    Neighbours,
    Queue,
    RunSpec,
    RunView,
    SampleCard,
    SampleFilter,
    TaskScore,
    Viewer,
)
from studio.core.submission import Packed, SubmissionReport
from studio.core.suite import SuiteTask
from studio.core.task import Gold, Sample, TaskInfo
from studio.core.totals import TaskMeasure
from studio.core.trials import (
    Calibration,
    CalibrationAnswer,
    CalibrationSpec,
    CorrectedRun,
    Mark,
    Trial,
)
from studio.engines import EMBEDDED, open_engine
from studio.engines.server import open_server
from studio.metrics import Published, exact_match, intent_and_slots, settings_of
from studio.metrics.slots import Rule
from studio.report import chart_of, csv_text, latex_text, png
from studio.runner import Jobs, Scorer, Tools
from studio.servers import Access, base_urls, key_of, offered_models
from studio.service import views
from studio.service.annotation import Annotation
from studio.service.calibration import MOST_ASKED, MOST_ASKED_BY_VISITORS, Calibrations
from studio.service.cards import Cards
from studio.service.catalogue import ModelInfo, Shelf
from studio.service.desk import Desk, environment
from studio.service.foreign import check_foreign
from studio.service.importing import VISITOR_FILES, Importer, Wish
from studio.service.leaderboard import Leaderboard
from studio.service.log_export import export_log
from studio.service.measures import Measures, measures_of
from studio.service.serving import check_managed, is_managed, open_managed
from studio.service.submission import pack_submission, packable_tasks
from studio.service.trials import Trials
from studio.settings import Settings
from studio.store import Store
from studio.tasks import hub_silence, suite_tasks
from studio.texts import Lang

EVERYTHING = SampleFilter()
PAGE = 500


class Studio:
    """The studio over one database file. Make it with `Studio.open`, end it with `close`."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        engine: Callable[[RunSpec], Engine] | None = None,
        judge: Callable[[str], Judge] | None = None,
    ) -> None:
        """`engine` and `judge` open models by spec and by name: the real ones unless others are given."""
        self.settings = settings
        self.media_dir = settings.media
        self.media_dir.mkdir(parents=True, exist_ok=True)
        self._store = store
        self._shelf = Shelf(settings)
        self._cards = Cards(store, settings.media)
        self._scorer = Scorer(store, judge or self._open_judge)
        tools = Tools(
            self._shelf.load,
            _opening(engine) or self._open_engine,
            _exact_match,
            settings.blanks,
            environment,
        )
        self._jobs = Jobs(store, self._scorer, tools)
        self._measures = Measures(store)
        self._closing = threading.Event()
        self._warming: threading.Thread | None = None
        self._desk = Desk(store, self._jobs, self._shelf, self._cards, self._measures)
        self._leaderboard = Leaderboard(store, self._shelf, self._cards, self._measures)
        self._importer = Importer(
            store, self._shelf, _exact_match, settings.home / "logged", self._jobs.owner
        )
        self._annotation = Annotation(store, self._scorer, self._shelf, self._cards)
        self._trials = Trials(store, self._desk, self._measures)
        self._calibrations = Calibrations(
            store, self._shelf, self._desk, self._cards, judge or self._open_judge
        )
        self._desk.reap(force=True)

    @staticmethod
    def open(settings: Settings) -> "Studio":
        """Opens (or makes) the database. Raises StoreError: read-only, foreign, made by a newer studio."""
        return Studio(settings, Store(settings.db))

    @staticmethod
    def from_env(environ: Mapping[str, str] = os.environ, *, db: Path | None = None) -> "Studio":
        return Studio.open(Settings.from_env(environ, db=db))

    def close(self) -> None:
        """Stops what is going on (it can be resumed later) and closes the file."""
        self._closing.set()
        if self._warming:
            self._warming.join()
        self._jobs.close()
        self._calibrations.close()
        self._scorer.close()
        self._store.close()

    def recover(self) -> None:
        """Goes on with what a stopped process left unjudged of people's answers, and works out in the background what
        pages will ask for. For a server, at its start."""
        for row in self._store.runs.all():
            if row.kind == "human" and self._store.answers.unjudged(row.id, 1):
                self._scorer.notify(row.id)
        self._warming = threading.Thread(
            target=self._measures.warm, args=(self._closing.is_set,), name="measures", daemon=True
        )
        self._warming.start()

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
        """Queues a run and returns its id. A visitor may run only the models that this studio offers, on its own tasks:
        a name from the hub fills somebody else's disk, a path reads it. Raises BadInput and its kin, NotAllowed."""
        if viewer.role != "owner":
            offered = ("embedded", *self.settings.models)
            if spec.model not in offered:
                raise NotAllowed("visitor_model", model=spec.model, offered=", ".join(offered))
            self._check_visitor(spec.tasks, spec.judge)
            if spec.servers:
                raise NotAllowed("visitor_server")
        if is_managed(spec.model):
            check_managed(spec, self.settings)
        return self._desk.start(self._addressed(spec) if spec.servers else spec, viewer.browser)

    def server_models(
        self, servers: Sequence[str], key_env: str = "", viewer: Viewer = OWNER
    ) -> dict[str, list[str]]:
        """The models that OpenAI-compatible servers offer, by base URL; silent servers are left out.

        Raises BadInput for what is no address or key, ModelError when none answers, NotAllowed for a visitor: a
        visitor's address would be called from inside the owner's network.
        """
        if viewer.role != "owner":
            raise NotAllowed("visitor_server")
        return dict(offered_models(self._access(base_urls(servers), key_env)))

    def resume(self, run_id: str, viewer: Viewer = OWNER) -> None:
        """Asks again for what is missing or failed. Raises BadInput, and NotAllowed as `cancel` does."""
        self._steered(run_id, viewer)
        self._desk.resume(run_id)

    def cancel(self, run_id: str, viewer: Viewer = OWNER) -> None:
        """Stops a run; what is answered is kept. Raises NotAllowed for a visitor whose browser did not start it."""
        self._steered(run_id, viewer)
        self._desk.cancel(run_id)

    def steerable(self, run_ids: Iterable[str], viewer: Viewer = OWNER) -> set[str]:
        """Those runs that this viewer may stop and resume: the owner all, a visitor those begun in this browser."""
        named = set(run_ids)
        return named if may_change(viewer) else named & self._store.runs.started_by(viewer.browser)

    def unfinished(self, viewer: Viewer) -> dict[str, str]:
        """What this browser is annotating and has not finished: tickets by the run's id."""
        rows = {ticket: self._store.runs.by_ticket(ticket) for ticket in viewer.annotating}
        return {row.id: ticket for ticket, row in rows.items() if row and row.state == "running"}

    def delete(self, run_id: str, viewer: Viewer = OWNER) -> None:
        """Removes a run and all its answers. Raises NotAllowed for anybody but the owner."""
        if not may_change(viewer):
            raise NotAllowed("not_allowed")
        tasks = self._importer.tasks_of(run_id)
        self._desk.delete(run_id)
        self._importer.forget(tasks)

    def log(self, run_id: str, viewer: Viewer = OWNER) -> LogFacts | None:
        """What the log of an imported run said of the run as a whole; None for a run of our own. Raises NotAllowed
        where a task's gold is not this viewer's to see: settings of a task may quote it."""
        self._store.runs.get(run_id)
        if self._hidden(run_id, viewer):
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
                if self.run(run.run).resumable:
                    self._desk.resume(run.run, judge)
        return found

    def runs(self, viewer: Viewer = OWNER) -> list[RunView]:
        """All runs, newest first. Scores of a person's run are not told to the browser in which it goes on: an answer
        could be tried, its score looked up, and the answer taken back."""
        hidden = self._cards.hidden_tasks(viewer)
        return [_veiled(run) if _is_of(run, hidden) else run for run in self._desk.runs()]

    def run(self, run_id: str) -> RunView:
        return self._desk.run(run_id)

    def live(self, run_id: str, viewer: Viewer = OWNER) -> Live:
        live = self._desk.live(run_id, viewer)
        if _is_of(live.run, self._cards.hidden_tasks(viewer)):
            return replace(live, run=_veiled(live.run), scores=())
        return live

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
            return png(chart_of(board, lang))
        return (csv_text(board) if form == "csv" else latex_text(board, lang)).encode()

    def seconds(self, run_id: str) -> dict[str, float]:
        """The run's seconds shared among its tasks by how long their answers took."""
        spent = self._store.browse.latencies(run_id)
        whole = self._store.runs.get(run_id).seconds
        return {task: whole * value / (sum(spent.values()) or 1.0) for task, value in spent.items()}

    def export(self, run_id: str, target: Path, viewer: Viewer = OWNER) -> Path:
        """Writes the run as a SQLite file of its own. It holds gold, so gold must be this viewer's to see."""
        if self._hidden(run_id, viewer):
            raise NotAllowed("gold_hidden")
        return self._desk.export(run_id, target)

    def export_log(self, run_id: str, folder: Path, viewer: Viewer = OWNER) -> list[Path]:
        """Writes the run as lm-eval writes one, into a folder; see `studio.service.log_export`. Raises NotAllowed like
        `export`: answers and scores of a task that the viewer annotates would tell its gold."""
        if self._hidden(run_id, viewer):
            raise NotAllowed("gold_hidden")
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
        return not self._hidden(run_id, viewer)

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
            full = self._addressed(full)
        known = self._trials.known_full(full)
        base = known.id if known else self.start(full, viewer)
        return base, self.start_blind(base, media, viewer)

    def trial(self, run_id: str, base: str = "", mark: Mark = "em", viewer: Viewer = OWNER) -> Trial:
        """A run that did not see the media beside one that did, sample by sample; `base` is found where it is not
        named. Raises BadInput; NotAllowed for a person's run that goes on in this browser."""
        self._refuse_annotated([run_id, base], viewer)
        return self._trials.compare(run_id, base, mark)

    def calibrate(self, spec: CalibrationSpec, viewer: Viewer = OWNER) -> str:
        """Asks a judge about answers whose verdict is known, in the background. Returns the calibration's id.

        Raises BadInput and its kin; NotAllowed where a visitor names a judge or a task that is not in the lists.
        """
        if viewer.role != "owner":
            self._check_visitor(spec.tasks, spec.judge)
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
        self._refuse_annotated([run_id], viewer)
        return self._calibrations.corrected(calibration_id, run_id)

    # inspect

    def confusions(self, run_id: str, viewer: Viewer = OWNER) -> tuple[Confusion, ...]:
        """EM x judge per task and in all; of a person's run that goes on in this browser only how much is answered."""
        row = self._store.runs.get(run_id)
        groups, order = self._desk.counted(row)
        found = views.confusions_of(groups, self._desk.infos(order), order)
        if _is_of(self._desk.run(run_id), self._cards.hidden_tasks(viewer)):
            return tuple(views.unscored(confusion) for confusion in found)
        return found

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
        hidden = self._guard(run_id, where, viewer)
        page = self._store.queues.page(run_id, where, offset, min(limit, PAGE), gold_searched=not hidden)
        if not hidden:
            return page
        rows = tuple(
            replace(row, cell="unscored", probability=None)
            if row.task in hidden and row.cell != "failed"
            else row
            for row in page.rows
        )
        annotated = self._cards.hidden_tasks(viewer)
        rows = tuple(replace(row, answer="") if row.task in annotated else row for row in rows)
        return replace(page, rows=rows)

    def neighbours(
        self, run_id: str, where: SampleFilter, sample_id: int, viewer: Viewer = OWNER
    ) -> Neighbours:
        hidden = self._guard(run_id, where, viewer)
        return self._store.queues.neighbours(run_id, where, sample_id, gold_searched=not hidden)

    def card(self, run_id: str, sample_id: int, viewer: Viewer = OWNER) -> SampleCard:
        self._store.runs.get(run_id)
        return self._cards.card(run_id, sample_id, viewer)

    def viewer(self, cookies: Mapping[str, str], client_host: str | None, session: str = "") -> Viewer:
        return viewer_of(cookies, client_host, self.settings, session)

    # annotate: `ticket` is AnnotationState.run_id

    def annotate(self, annotator: str, task_ref: str) -> AnnotationState:
        return self._annotation.open(annotator, task_ref)

    def annotation(self, ticket: str) -> AnnotationState:
        return self._annotation.state(ticket)

    def answer(
        self, ticket: str, sample_id: int, text: str, client_id: str, shown_at: float | None = None
    ) -> AnnotationState:
        return self._annotation.answer(ticket, sample_id, text, client_id, shown_at)

    def skip(
        self, ticket: str, sample_id: int, reason: str, client_id: str, note: str = ""
    ) -> AnnotationState:
        return self._annotation.skip(ticket, sample_id, reason, client_id, note)

    def undo(self, ticket: str, client_id: str) -> AnnotationState:
        return self._annotation.undo(ticket, client_id)

    def draft(self, ticket: str, sample_id: int, text: str) -> None:
        self._annotation.draft(ticket, sample_id, text)

    # scoring for tools

    def score_pairs(
        self,
        task: TaskInfo | None,
        pairs: Iterable[tuple[Gold | None, str]],
        profile: str = "studio",
        **settings: Any,
    ) -> list[Score]:
        """Exact Match of (gold, prediction) pairs, in order.

        `settings` replace the task's own of a published profile (fields of `metrics.Published`). Raises BadInput.
        """
        kind = task.answer_type if task else None
        rules = replace(settings_of(task) if task else Published(), **settings)
        return [
            exact_match(answer, gold, answer_type=kind, profile=profile, settings=rules)
            for gold, answer in pairs
        ]

    def score_slots(
        self, pairs: Iterable[tuple[Gold | None, str]], rule: Rule = "fixed"
    ) -> list[tuple[Score, Score]]:
        """RuSLUn's intent EM and slot F1 of (gold, prediction) pairs, in order."""
        return [intent_and_slots(answer, gold, rule) for gold, answer in pairs]

    def judge_pairs(self, cases: Sequence[JudgeCase], judge: str = "auto") -> tuple[str, list[Verdict]]:
        """The judge's name@revision and its verdicts, in order. Raises ModelError."""
        asked = self._scorer.judge(judge)
        return f"{asked.info.name}@{asked.info.revision}", asked.verdicts(cases)

    def _steered(self, run_id: str, viewer: Viewer) -> None:
        self._store.runs.get(run_id)
        if not self.steerable([run_id], viewer):
            raise NotAllowed("not_yours")

    def _refuse_annotated(self, run_ids: Iterable[str], viewer: Viewer) -> None:
        """Nothing of a person's run that goes on in this browser: an answer could be tried and taken back."""
        hidden = self._cards.hidden_tasks(viewer)
        if any(run_id and _is_of(self._desk.run(run_id), hidden) for run_id in run_ids):
            raise NotAllowed("gold_hidden")

    def _check_visitor(self, tasks: Sequence[str], judge: str) -> None:
        """A visitor takes tasks and judges from the lists: a path or a name from the hub is the owner's to open."""
        known = {"demo", *(info.name for info in self.tasks())}
        foreign = [ref for ref in tasks if ref not in known]
        if foreign:
            raise NotAllowed("visitor_task", name=foreign[0])
        if judge not in self.judges():
            raise NotAllowed("visitor_judge", judge=judge, offered=", ".join(self.judges()))

    def _guard(self, run_id: str, where: SampleFilter, viewer: Viewer) -> set[str]:
        """Which tasks hide their gold here; a filter by verdict would tell it all the same, so it is refused."""
        hidden = self._hidden(run_id, viewer)
        by_verdict = where.cell in {"both", "em_only", "js_only", "neither", "disagree"}
        if hidden and by_verdict and (not where.task or where.task in hidden):
            raise NotAllowed("gold_hidden")
        return hidden

    def _hidden(self, run_id: str, viewer: Viewer) -> set[str]:
        _, order = self._desk.counted(self._store.runs.get(run_id))
        return self._cards.hidden_in(self._desk.infos(order).values(), viewer)

    def _addressed(self, spec: RunSpec) -> RunSpec:
        """The spec with whole addresses and the model's name; asked for without a name, the servers' only model."""
        servers = base_urls(spec.servers)
        access = self._access(servers, spec.key_env)
        model = spec.model.strip()
        if model == EMBEDDED:
            raise BadInput("server_embedded")
        if not model:
            offered = sorted({name for names in offered_models(access).values() for name in names})
            if len(offered) != 1:
                raise BadInput("server_model_unnamed", offered=", ".join(offered))
            model = offered[0]
        return replace(spec, servers=servers, model=model)

    def _access(self, servers: tuple[str, ...], key_env: str) -> Access:
        return Access(servers, key_of(key_env), self.settings.server_patience_s)

    def _open_engine(self, spec: RunSpec, opening: Opening) -> Engine:
        if is_managed(spec.model):
            return open_managed(spec, self.settings, opening)
        if spec.servers:
            access = self._access(spec.servers, spec.key_env)
            return open_server(spec.model, access, self.settings.home / "handed-over")
        return open_engine(
            spec.model,
            models_dir=self._shelf.models_dir,
            revision=spec.revision,
            settings=spec.settings,
            trusted=self.settings.trusted,
            on_progress=opening.say,
        )

    def _open_judge(self, name: str) -> Judge:
        from studio.judges import open_judge

        return open_judge(name, models_dir=self._shelf.models_dir, key=self.settings.judge_key)


def _exact_match(text: str, gold: Gold | None, sample: Sample, task: TaskInfo, profile: str) -> Score:
    return exact_match(
        text,
        gold,
        options=sample.options,
        answer_type=task.answer_type,
        profile=profile,
        settings=settings_of(task),
    )


def _is_of(run: RunView, tasks: set[str]) -> bool:
    """Whether it is a person's run of one of these tasks."""
    return run.kind == "human" and not tasks.isdisjoint(run.tasks)


def _veiled(run: RunView) -> RunView:
    """The run without its scores."""
    nothing = Estimate(None, None, None, 0, run.answered, run.failed)
    return replace(run, em=nothing, js=nothing)


def _opening(engine: Callable[[RunSpec], Engine] | None) -> Callable[[RunSpec, Opening], Engine] | None:
    """An opener that tells nothing on its way."""
    return None if engine is None else lambda spec, _: engine(spec)
