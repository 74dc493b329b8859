"""Reports of runs: what goes into them, out of rows and media; and reports being made for pages, one at a time."""

import logging
import secrets
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import studio
from studio.core.errors import BadInput, StudioError
from studio.core.places import unplaced
from studio.core.report import (
    LEAST_BYTES,
    MOST_BYTES,
    MOST_REPORTED,
    MOST_SHOWN,
    OnReport,
    Report,
    ReportAsked,
    ReportFile,
    ReportItem,
    ReportJob,
    ReportRun,
)
from studio.core.run import OWNER, Cell, SampleFilter, Viewer
from studio.query import query_of
from studio.runner import problem_of
from studio.service.cards import Cards
from studio.service.desk import Desk
from studio.service.health import HealthOfJudges
from studio.service.labels import Labels
from studio.service.looking import Looking
from studio.service.measures import Measures
from studio.service.report_cells import cells_by_task
from studio.service.report_media import fitted
from studio.service.report_picks import Pick, picked
from studio.store import Store
from studio.store.scored import Standing
from studio.texts import Lang

log = logging.getLogger(__name__)
MOST_WAITING = 4  # reports that wait for their turn
MOST_KEPT = 8  # finished files, until the studio closes
DISAGREE: frozenset[Cell] = frozenset({"em_only", "js_only"})


def silent(phase: str, done: int, total: int) -> None:
    """Tells nobody."""


class Reports:
    """Reports of this studio. A report is for others to read, so it withholds from its maker what it withholds from
    them: of private tasks it holds scores and counts alone."""

    def __init__(
        self, store: Store, desk: Desk, looking: Looking, cards: Cards, measures: Measures, labels: Labels,
        health: HealthOfJudges, media_dir: Path,
    ) -> None:  # fmt: skip
        self._store = store
        self._desk = desk
        self._looking = looking
        self._cards = cards
        self._measures = measures
        self._labels = labels
        self._health = health
        self._media_dir = media_dir
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._closing = threading.Event()
        self._jobs: OrderedDict[str, ReportJob] = OrderedDict()
        self._threads: list[threading.Thread] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def make(
        self, asked: ReportAsked, lang: Lang, viewer: Viewer = OWNER, on_progress: OnReport = silent
    ) -> ReportFile:
        """The report as a file of HTML. Raises BadInput: unknown runs, too many of them, numbers out of bounds, a
        filter that cannot be read; NotAllowed for a person's run that goes on in this browser."""
        self.check(asked, viewer)
        report = self._counted(asked, viewer, on_progress)
        return fitted(report, lang, self._media_dir, lambda done, total: on_progress("media", done, total))

    def check(self, asked: ReportAsked, viewer: Viewer = OWNER) -> None:
        """Refuses what cannot be reported before anything is done; see `make`."""
        if not 1 <= len(asked.runs) <= MOST_REPORTED:
            raise BadInput("report_runs", n=len(asked.runs), most=MOST_REPORTED)
        bounds = {"top": (asked.top, 0, MOST_SHOWN), "size": (asked.size, LEAST_BYTES, MOST_BYTES)}
        for name, (value, low, high) in bounds.items():
            if not low <= value <= high:
                raise BadInput("out_of_bounds", name=name, value=value, low=low, high=high)
        for run in asked.runs:
            self._store.runs.get(run)
        query_of(SampleFilter(where=asked.where))
        self._looking.refuse_annotated(asked.runs, viewer)

    def _counted(self, asked: ReportAsked, viewer: Viewer, on_progress: OnReport) -> Report:
        """Everything but the media."""
        runs = []
        for done, run in enumerate(asked.runs):
            on_progress("counting", done, len(asked.runs))
            self._go_on()
            runs.append(self._run(run, viewer))
        withheld = self._withheld(asked.runs, viewer)
        picks, found = self._picked(asked, withheld)
        items = tuple(
            ReportItem(
                tuple(
                    self._cards.card(run, pick.samples[run], viewer) if run in pick.samples else None
                    for run in asked.runs
                )
            )
            for pick in picks
        )
        return Report(
            asked, tuple(runs), items, found, tuple(sorted(withheld)), time.time(), studio.__version__
        )

    def _run(self, run_id: str, viewer: Viewer) -> ReportRun:
        row = self._store.runs.get(run_id)
        _, order = self._desk.counted(row)
        infos = self._desk.infos(order)
        cells = cells_by_task(
            self._store.scored.standing(run_id), [(task_id, infos[task_id].name) for task_id in order],
            lambda task_id: self._measures.outline(task_id).clusters,
        )  # fmt: skip
        people = self._labels.three_way([run_id], "task", viewer)[-1]
        return ReportRun(
            unplaced(self._desk.run(run_id)),
            self._desk.scores(run_id),
            cells,
            people,
            self._health.of(run_id, viewer).scores if people.labelled else (),
            self._labels.draws(run_id),
        )

    def _withheld(self, runs: Iterable[str], viewer: Viewer) -> set[str]:
        """Tasks none of whose samples is shown: private ones, and those that this browser annotates."""
        found = set()
        for run in runs:
            _, order = self._desk.counted(self._store.runs.get(run))
            infos = self._desk.infos(order).values()
            found |= {info.name for info in infos if info.access != "public"}
            found |= self._looking.hidden(run, viewer)
        return found

    def _picked(self, asked: ReportAsked, withheld: set[str]) -> tuple[list[Pick], int]:
        """The samples to show, and out of how many."""
        standing: dict[str, list[Standing]] = {}
        keys: dict[str, Mapping[int, str]] = {}
        wanted: dict[str, Mapping[int, int]] = {}
        for run in asked.runs:
            _, order = self._desk.counted(self._store.runs.get(run))
            infos = self._desk.infos(order)
            shown = {task_id for task_id in order if infos[task_id].name not in withheld}
            standing[run] = [each for each in self._store.scored.standing(run) if each.task_id in shown]
            keys[run] = self._keys(run, asked.runs)
            wanted[run] = self._places(run, asked.where, standing[run])
        return picked(standing, keys, wanted, asked.top, in_turn=not asked.where)

    def _places(self, run: str, where: str, standing: Sequence[Standing]) -> Mapping[int, int]:
        """The places in the run that are wanted, each with its rank."""
        if not where:
            return {each.number: 0 for each in standing if each.cell in DISAGREE}
        numbers = self._store.queues.numbers(run, SampleFilter(where=where))
        return {number: rank for rank, number in enumerate(numbers)}

    def _keys(self, run: str, runs: Sequence[str]) -> Mapping[int, str]:
        """What makes a sample the same in several runs; alone, its id does."""
        return self._store.scored.hashes(run) if len(runs) > 1 else {}

    # for pages

    def begin(self, asked: ReportAsked, lang: Lang, viewer: Viewer = OWNER) -> str:
        """Makes the report in the background. Returns the job's id, which nobody can guess. Raises as `make`, and
        BadInput where too many wait already."""
        self.check(asked, viewer)
        with self._lock:
            self._threads = [each for each in self._threads if each.is_alive()]
            if len(self._threads) >= MOST_WAITING:
                raise BadInput("report_busy", n=len(self._threads))
            job = ReportJob(secrets.token_urlsafe(18), "waiting", name=self._name(asked))
            self._jobs[job.id] = job
            self._forget_oldest()
            thread = threading.Thread(
                target=self._work, args=(job.id, asked, lang, viewer), name="report", daemon=True
            )
            self._threads.append(thread)
            thread.start()
        return job.id

    def job(self, job_id: str) -> ReportJob:
        """How far it is. Raises BadInput for an unknown one: it was long ago, or before a restart."""
        with self._lock:
            found = self._jobs.get(job_id)
        if found is None:
            raise BadInput("report_gone")
        return found

    def file(self, job_id: str) -> Path:
        """The finished file. Raises BadInput where it is not finished, or unknown."""
        path = self._path(job_id)
        if self.job(job_id).phase != "done" or not path.is_file():
            raise BadInput("report_gone")
        return path

    def close(self, timeout_s: float = 10.0) -> None:
        """Stops between two media; files go."""
        self._closing.set()
        for thread in self._threads:
            thread.join(timeout_s)
        if self._folder:
            self._folder.cleanup()

    def _name(self, asked: ReportAsked) -> str:
        runs = "_".join(asked.runs[:2]) + ("_…" if len(asked.runs) > 2 else "")
        return f"mera-studio-{runs}.html"

    def _work(self, job_id: str, asked: ReportAsked, lang: Lang, viewer: Viewer) -> None:
        def told(phase: str, done: int, total: int) -> None:
            self._go_on()
            self._put(job_id, phase=phase, done=done, total=total)

        try:
            with self._turn:
                made = self.make(asked, lang, viewer, told)
                self._path(job_id).write_bytes(made.html)
        except _Stopped:
            return
        except Exception as error:  # the worker's outer edge: the page is told
            if not isinstance(error, StudioError):
                log.exception("report %s failed", job_id)
            self._put(job_id, phase="failed", problem=problem_of(error))
            return
        report = made.report
        self._put(
            job_id, phase="done", size=len(made.html), dropped=report.dropped, shrunk=report.shrunk,
            withheld=report.withheld,
        )  # fmt: skip

    def _go_on(self) -> None:
        if self._closing.is_set():
            raise _Stopped

    def _put(self, job_id: str, **changes: object) -> None:
        with self._lock:
            if job_id in self._jobs:
                self._jobs[job_id] = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]

    def _path(self, job_id: str) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="studio-reports-")
        return Path(self._folder.name) / f"{job_id}.html"

    def _forget_oldest(self) -> None:
        over = [job for job in self._jobs.values() if job.phase in {"done", "failed"}][:-MOST_KEPT]
        for job in over:
            del self._jobs[job.id]
            if self._folder:
                (Path(self._folder.name) / f"{job.id}.html").unlink(missing_ok=True)


class _Stopped(Exception):
    """The studio closes."""
