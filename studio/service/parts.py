"""What a studio is made of: its parts are put together, and end together, here."""

import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from studio.core.embedding import Embedder
from studio.core.engine import Engine, Opening, Silence
from studio.core.judge import Judge
from studio.core.run import RunSpec, Viewer
from studio.core.safety import Safety
from studio.core.visits import Visits
from studio.journal import Journal, shelf_of
from studio.runner import Jobs, Scorer, Tools
from studio.service.attendance import Attendance
from studio.service.calibration import Calibrations
from studio.service.cards import Cards
from studio.service.catalogue import Shelf
from studio.service.charts import Charts, Sources
from studio.service.comparing import Comparing
from studio.service.desk import Desk, environment
from studio.service.doors import Doors
from studio.service.evidence import MediaEvidence
from studio.service.gaps import Gaps
from studio.service.health import HealthOfJudges
from studio.service.importing import Importer
from studio.service.labels import Labels
from studio.service.leaderboard import Leaderboard
from studio.service.looking import Looking
from studio.service.measures import Measures
from studio.service.pace import Pacing
from studio.service.people.adopting import Adopting
from studio.service.people.answering import Answering
from studio.service.people.audit import Audit
from studio.service.people.baselines import Baselines
from studio.service.people.boards import Boards
from studio.service.people.ledger import Ledger
from studio.service.people.members import Members
from studio.service.people.organising import Organising
from studio.service.people.overseeing import Overseeing
from studio.service.people.own import OwnWork
from studio.service.people.people_said import PeopleSaid
from studio.service.people.project_files import ProjectFiles
from studio.service.people.project_imports import ProjectImports
from studio.service.people.reviewing import Reviewing
from studio.service.people.training import Admitting, Trainings
from studio.service.people.workplaces import Workplaces
from studio.service.prompt_scores import ByPrompt
from studio.service.queries import Queries
from studio.service.reasons import Reasoning
from studio.service.reporting import Reports
from studio.service.rescoring import WhatIfs
from studio.service.scorers import Scorers
from studio.service.seals import Seals
from studio.service.sql import Sql
from studio.service.trials import Trials
from studio.service.verifying import Verifying
from studio.settings import Settings
from studio.store import Store

_LAST_S = 20.0  # for the last upload; a Space that is switched off has 30 s for everything


class Parts:
    """The parts of a studio over one database file."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        engine: Callable[[RunSpec], Engine] | None = None,
        judge: Callable[[str], Judge] | None = None,
        embedder: Callable[[str], Embedder] | None = None,
    ) -> None:
        """`engine`, `judge` and `embedder` open models by spec and by name: the real ones unless others are given."""
        self.settings = settings
        self.media_dir = settings.media
        self.media_dir.mkdir(parents=True, exist_ok=True)
        self.seals = Seals(settings.home / "media.key", settings.media)
        self._store = store
        self._shelf = Shelf(settings)
        self._visits = Visits()
        self._doors = Doors(settings, self._shelf, self._visits)
        self._cards = Cards(store, settings.media)
        self._scorer = Scorer(store, judge or self._doors.judge)
        self._scorers = Scorers(store)
        tools = Tools(
            self._shelf.stream,
            _opening(engine) or self._doors.engine,
            self._doors.engine_key,
            self._scorers.score,
            settings.blanks,
            environment,
        )
        self._jobs = Jobs(store, self._scorer, tools, self._visits)
        self._verifying = Verifying(store, self._jobs, tools, self._cards, self._doors.addressed)
        self._measures = Measures(store)
        self._closing = threading.Event()
        self._warming: threading.Thread | None = None
        self._desk = Desk(store, self._jobs, self._shelf, self._cards, self._measures, self._doors)
        self._take_in(store)
        self._gather(store)
        self._look_at(store, judge or self._doors.judge, embedder or self._doors.embedder)
        self._desk.reap(force=True)

    def _take_in(self, store: Store) -> None:
        """What brings runs and answers in beside the desk."""
        self._attendance = Attendance(self._desk, self._visits, lends=self.settings.zero_gpu)
        self._importer = Importer(
            store, self._shelf, self._scorers.score, self.settings.home / "logged", self._jobs.owner
        )
        self._trials = Trials(store, self._shelf, self._desk, self._measures)

    def _gather(self, store: Store) -> None:
        """People: who they are, what they are asked, and what their answers amount to."""
        settings = self.settings
        self._ledger = Ledger(
            Journal(settings.journal),
            store.projects,
            shelf_of(settings.shelf) if settings.shelf else None,
            disks=(settings.db.parent, settings.journal),
            place=settings.place,
        )
        self._members = Members(store.people, self._ledger)
        self._organising = Organising(store, self._ledger, self._members, self._shelf)
        self._answering = Answering(store, self._ledger, self._cards, self._right)
        self._baselines = Baselines(store, self._members, self._scorer, self._scorers.score, self._measures)
        own = OwnWork(store, self._ledger, self._baselines, self._shelf)
        hidden = self._cards.hidden_tasks
        self._workplaces = Workplaces(store, self._members, self._answering, own, self._shelf, hidden)
        self._people_said = PeopleSaid(store, self._members, self._cards, self._scorers.score)
        trainings = Trainings(store, self._right)
        self._admitting = Admitting(store, self._ledger, self._members, trainings)
        self._boards = Boards(store, self._members, self._organising, self._baselines, trainings)
        self._audit = Audit(store, self._ledger, self._members)
        self._adopting = Adopting(store, self._ledger, self._members)
        self._project_imports = ProjectImports(store, self._ledger, self._members, self._shelf)
        self._project_files = ProjectFiles(store, self._members, self._boards, self._baselines, self._audit)
        self._overseeing = Overseeing(store, self._members, self._organising)
        self._reviewing = Reviewing(store, self._members, self._cards)

    def _look_at(
        self, store: Store, judge: Callable[[str], Judge], embedder: Callable[[str], Embedder]
    ) -> None:
        """The ways to look at what is there."""
        settings = self.settings
        self._looking = Looking(store, self._desk, self._cards)
        self._rescoring = WhatIfs(store, self._desk, self._looking, self._measures, self._scorers)
        self._queries = Queries(store, self._desk, self._looking)
        self._labels = Labels(store, self._desk, self._looking, self._cards, self._measures)
        self._sql = Sql(store, self._looking)
        self._comparing = Comparing(store, self._desk, self._looking, self._cards, self._measures)
        self._prompts = ByPrompt(store, self._shelf, self._desk, self._looking, self._measures, settings)
        self._reasons = Reasoning(store, self._looking, self._cards, embedder, settings.embed)
        self._evidence = MediaEvidence(store, settings.media, settings.blanks)
        self._pacing = Pacing(store, self._jobs, self._desk)
        self._leaderboard = Leaderboard(store, self._shelf, self._cards, self._measures)
        self._gaps = Gaps(store, self._leaderboard, self._looking, self._measures)
        self._calibrations = Calibrations(store, self._shelf, self._desk, self._cards, judge)
        self._health = HealthOfJudges(
            store, self._shelf, self._desk, self._looking, self._measures, self._labels, self._calibrations,
            judge,
        )  # fmt: skip
        self._reports = Reports(
            store, self._desk, self._looking, self._cards, self._measures, self._labels, self._health, settings.media
        )  # fmt: skip
        self._charts = Charts(
            Sources(
                self._desk, self._looking, self._queries, self._labels, self._health, self._comparing, self._rescoring,
                self._pacing, self._evidence, self._trials, self._calibrations, self._leaderboard, self._gaps,
                self._prompts, self._reasons,
            )
        )  # fmt: skip

    @property
    def opening_judge(self) -> str:
        """The judge that is being opened now, by its name; empty: none is."""
        return self._scorer.opening

    def silence(self, run_id: str) -> Silence:
        """Which of a run's servers did not answer when they were last asked; once it rests nobody is asked again."""
        return self._doors.silence(self._store.runs.get(run_id).spec)

    @property
    def comparing(self) -> Comparing:
        """Runs side by side on the samples that they share."""
        return self._comparing

    @property
    def gaps(self) -> Gaps:
        """People beside the best model."""
        return self._gaps

    @property
    def prompts(self) -> ByPrompt:
        """Runs by prompt, and what crossed runs tell of prompts."""
        return self._prompts

    @property
    def charts(self) -> Charts:
        """The charts of the pages as SVG, PNG and CSV."""
        return self._charts

    @property
    def sql(self) -> Sql:
        """The SQL behind the numbers of pages, and somebody's own."""
        return self._sql

    @property
    def queries(self) -> Queries:
        """Filters in words: what they mean, what may come next, what they keep."""
        return self._queries

    @property
    def reports(self) -> Reports:
        """Runs as one file of HTML that opens without a server."""
        return self._reports

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Opens (or makes) the database. Raises StoreError: read-only, foreign, made by a newer studio."""
        return cls(settings, Store(settings.db))

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ, *, db: Path | None = None) -> Self:
        return cls.open(Settings.from_env(environ, db=db))

    @property
    def evidence(self) -> MediaEvidence:
        """What models received of the media of samples, to look at."""
        return self._evidence

    @property
    def members(self) -> Members:
        """People, their roles, and the links that bring them here."""
        return self._members

    def blinded(self, viewer: Viewer) -> frozenset[str]:
        """Tasks of which this viewer sees neither gold nor answers nor verdicts: people are answering them."""
        return frozenset(self._cards.hidden_tasks(viewer))

    @property
    def organising(self) -> Organising:
        """Projects of the human baseline, as a lead handles them."""
        return self._organising

    @property
    def answering(self) -> Answering:
        """An annotator's desk."""
        return self._answering

    @property
    def workplaces(self) -> Workplaces:
        """Where somebody may answer, and his desks there."""
        return self._workplaces

    @property
    def admitting(self) -> Admitting:
        """Opening the work to somebody whom the training had stopped."""
        return self._admitting

    @property
    def boards(self) -> Boards:
        """Projects of the human baseline while they go on."""
        return self._boards

    @property
    def people_said(self) -> PeopleSaid:
        """What annotators said of a sample, for reviewers and leads."""
        return self._people_said

    @property
    def overseeing(self) -> Overseeing:
        """A lead's overview: projects in lines."""
        return self._overseeing

    @property
    def reviewing(self) -> Reviewing:
        """A project's items with what was said of them."""
        return self._reviewing

    @property
    def baselines(self) -> Baselines:
        """What people's answers amount to, and runs that are made of them."""
        return self._baselines

    @property
    def audit(self) -> Audit:
        """What people did and said in projects, to read again, and how it is kept."""
        return self._audit

    @property
    def adopting(self) -> Adopting:
        """What a lost copy of the studio left on the shelf."""
        return self._adopting

    @property
    def project_files(self) -> ProjectFiles:
        """What is written out of projects."""
        return self._project_files

    @property
    def project_imports(self) -> ProjectImports:
        """Answers that another tool collected, as projects."""
        return self._project_imports

    @property
    def reasons(self) -> Reasoning:
        """Why answers fail, in groups; those that are kept are its `groups`."""
        return self._reasons

    @property
    def safety(self) -> Safety | None:
        """How safe people's work is: what is kept here, and how far the shelf is behind; None without a shelf."""
        return self._ledger.safety

    def close(self) -> None:
        """Stops what is going on (it can be resumed later) and closes the file. People's work is shipped first: who is
        switched off has half a minute."""
        self._ledger.close(_LAST_S)
        self._closing.set()
        if self._warming:
            self._warming.join()
        self._jobs.close()
        self._rescoring.close()
        self._calibrations.close()
        self._health.close()
        self._reports.close()
        self._reasons.jobs.close()
        self._scorer.close()
        self._store.close()

    def _right(self, sample_id: int, text: str) -> float | None:
        """The Exact Match of an answer to a sample."""
        (stored,) = self._store.tasks.samples([sample_id])
        sample = stored.sample
        return self._scorers.score(text, sample.gold, sample, stored.task, "studio").value

    def recover(self) -> None:
        """Goes on with what a stopped process left unjudged, and works out in the background what pages will ask for.
        For a server, at its start. Raises StoreError where people's work lies on a network's disk."""
        self._ledger.serve(self._organising.bind_all)
        self._desk.go_on_judging()
        self._warming = threading.Thread(target=self._warm, name="warming", daemon=True)
        self._warming.start()

    def _warm(self) -> None:
        self._measures.warm(self._closing.is_set)
        self._health.warm(self._closing.is_set)


def _opening(engine: Callable[[RunSpec], Engine] | None) -> Callable[[RunSpec, Opening], Engine] | None:
    """An opener that tells nothing on its way."""
    return None if engine is None else lambda spec, _: engine(spec)
