"""Runs from the outside: start, follow, stop, resume, delete, export."""

import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import studio
from studio.core.content import MEDIA_USES
from studio.core.engine import LOADS, Silence
from studio.core.errors import BadInput
from studio.core.ids import dated
from studio.core.judge import NO_JUDGE
from studio.core.run import (
    AS_BEFORE,
    Live,
    Phase,
    Resumption,
    RunSpec,
    RunView,
    SampleCard,
    StripItem,
    TaskScore,
    Viewer,
)
from studio.core.task import TaskInfo
from studio.core.waiting import looks
from studio.metrics import profile_named
from studio.runner import Jobs
from studio.service import views
from studio.service.cards import Cards
from studio.service.catalogue import Shelf
from studio.service.doors import Doors
from studio.service.measures import Measures
from studio.service.serving import MANAGED, is_managed
from studio.store import Kept, Store, export_run
from studio.store.browse import Tally
from studio.store.database import Row
from studio.store.runs import RunRow

STRIP = 400
# A page may ask ten times a second; counting 100,000 rows that often would slow the run itself.
COUNT_EVERY_S = 0.3
REAP_EVERY_S = 5.0
JUDGED: frozenset[Phase] = frozenset(("answering", "finishing"))  # while a run's judge is at work
MAX_TOKENS, MAX_BATCH, MAX_FRAMES, MAX_CONCURRENCY = 32_768, 1_024, 256, 1_024
MAX_CROSSED = 10_000  # questions of a task in every prompt


class Desk:
    """Everything a person does with runs."""

    def __init__(
        self, store: Store, jobs: Jobs, shelf: Shelf, cards: Cards, measures: Measures,
        doors: Doors,
    ) -> None:  # fmt: skip
        """`doors` tell which servers of a run that goes on do not answer."""
        self._store = store
        self._measures = measures
        self._jobs = jobs
        self._shelf = shelf
        self._cards = cards
        self._doors = doors
        self._infos: dict[int, TaskInfo] = {}
        self._counted: dict[str, tuple[object, float, list[Tally], list[int]]] = {}
        self._reaped = 0.0

    def start(self, spec: RunSpec, started_by: str = "") -> str:
        """Checks what can be checked at once, queues the run, returns its id. `started_by` marks whose run it is.
        Raises BadInput and its kin."""
        check(spec)
        infos = self._shelf.resolve(spec.tasks)
        if spec.servers and spec.revision:
            raise BadInput("revision_of_server")
        served = bool(spec.servers) or is_managed(spec.model)  # what it takes shows when it is asked
        if not served:
            self._shelf.check(spec.model)
        capabilities = None if served else self._shelf.capabilities(spec.model, spec.revision)
        if capabilities and spec.settings.media != "none":
            for info in infos:
                if info.modality not in capabilities.modalities:
                    raise BadInput("no_modality", model=spec.model, modality=info.modality, task=info.name)
        if spec.crossed and (dialogue := next((info for info in infos if info.dialogue_turns), None)):
            raise BadInput("crossed_dialogue", task=dialogue.name)
        self._shelf.remember(infos)
        run_id = dated("r", self._store.runs.has)
        self._store.runs.create(run_id, "model", spec, title=spec.title, started_by=started_by)
        self._jobs.submit(run_id, anew=False)
        return run_id

    def resume(
        self,
        run_id: str,
        changes: Resumption = AS_BEFORE,
        addressed: Callable[[RunSpec], RunSpec] = lambda spec: spec,
    ) -> None:
        """Asks again for what is missing or failed. `addressed` looks up the addresses of servers, where they change.
        Raises BadInput when the run goes on, or what the changes come to makes no sense, ModelError
        for another judge that cannot be opened: the run is then as it was.

        Of people's and imported runs, and of one whose questions are all answered, only the judge is asked: that of
        the changes, else the run's own, else the usual one.
        """
        self.reap(force=True)
        row = self._store.runs.get(run_id)
        if row.kind == "human" and row.state == "running" and row.owner is None:
            raise BadInput("human_run", run=run_id)  # somebody is still answering
        if row.state in {"running", "queued"}:
            raise BadInput("run_active", run=run_id)
        if changes.model is not None and changes.model.removeprefix(MANAGED) not in _names(row):
            raise BadInput("resume_other_model", model=changes.model, known=", ".join(sorted(_names(row))))
        spec = changes.applied(row.spec)
        if any(each is not None for each in (changes.model, changes.servers, changes.vllm_args)):
            spec = addressed(spec)
        view = self._view(row)
        only_judge = row.kind != "model" or 0 < view.planned == view.answered
        finished = (
            row.state != "interrupted"
        )  # else what is left is to say so, not to ask a judge nobody wanted
        if only_judge and finished and spec.judge == NO_JUDGE and changes.judge is None:
            spec = replace(spec, judge="auto")
        if spec != row.spec:
            check(spec)
            another = spec.judge not in {row.spec.judge, NO_JUDGE}
            if another and changes.judge is not None:
                self._jobs.open_judge(
                    spec.judge
                )  # one that cannot be had must not cost the verdicts that are there
            self._store.runs.change(run_id, spec)
            if another:
                self._store.answers.judge_anew(run_id)
        self._jobs.submit(run_id, anew=True)

    def go_on_judging(self) -> None:
        """What a process left unjudged when it died is judged: a run that misses nothing else is finished by that, the
        answers of another are scored when somebody resumes it. A run that was stopped stays so."""
        self.reap(force=True)
        for row in self._store.runs.all():
            if row.state in {"running", "queued", "cancelled"} and row.kind != "human":
                continue
            if row.spec.judge == NO_JUDGE or not self._store.answers.unjudged(row.id, 1):
                continue
            if row.state == "interrupted" and not self._store.answers.missing(row.id):
                self._jobs.submit(row.id, anew=True)
            else:
                self._jobs.judge(row.id)

    def cancel(self, run_id: str) -> None:
        self._store.runs.get(run_id)
        self._jobs.cancel(run_id)

    def delete(self, run_id: str) -> None:
        """Removes a run that is not going on."""
        self.reap(force=True)
        row = self._store.runs.get(run_id)
        if row.kind != "human" and row.state in {"running", "queued"}:
            raise BadInput("run_active", run=run_id)
        self._store.runs.delete(run_id)
        self._counted.pop(run_id, None)
        self._measures.forget(run_id)

    def export(self, run_id: str, target: Path, kept: Kept | None = None, *, people: bool = False) -> Path:
        return export_run(self._store.db, run_id, target, kept=kept, people=people)

    def runs(self) -> list[RunView]:
        self.reap()
        return [self._view(row) for row in self._store.runs.all()]

    def run(self, run_id: str) -> RunView:
        self.reap()
        return self._view(self._store.runs.get(run_id))

    def scores(self, run_id: str) -> tuple[TaskScore, ...]:
        row = self._store.runs.get(run_id)
        groups, order = self.counted(row)
        return views.scores_of(groups, self.infos(order), order, self._measures.of(row))

    def wait(self, run_id: str, timeout_s: float | None = None) -> RunView:
        """Returns when the run is no longer going on, or after `timeout_s`."""
        for _ in looks(timeout_s):
            if not self._goes_on(run_id):
                break
        return self.run(run_id)

    def live(self, run_id: str, viewer: Viewer) -> Live:
        row = self._store.runs.get(run_id)
        state = self._jobs.live(run_id)
        groups, order = self.counted(row, every_s=COUNT_EVERY_S)
        infos = self.infos(order)
        measured = self._measures.of(row)
        view = views.run_view(row, groups, infos, order, measured, self._recalled(row))
        ours = viewer.role == "owner"  # addresses and logs of servers are for nobody else
        phase: Phase = state.phase if state else "queued" if row.state == "queued" else "idle"
        rate = eta = None
        if state and state.asked_from is not None and state.done:
            rate = state.done / max(1e-6, time.monotonic() - state.asked_from)
            eta = view.pending / rate
        hidden = not self._cards.hidden_tasks(viewer).isdisjoint(info.name for info in infos.values())
        return Live(
            run=view,
            phase=phase,
            done=view.answered + view.failed,
            rate=rate,
            eta_s=eta,
            current=self._current(run_id, state.current if state else None, viewer),
            text=state.text if state and not hidden else "",
            opening=state.opening if state and ours else "",
            silence=self._doors.silence(row.spec) if ours and phase == "answering" else Silence(),
            judge_silence=self._doors.judge_silence(row.spec) if ours and phase in JUDGED else Silence(),
            strip=self._strip(run_id, self._cards.hidden_in(infos.values(), viewer)),
            scores=views.scores_of(groups, infos, order, measured),
        )

    def counted(self, row: RunRow, *, every_s: float = 0.0) -> tuple[list[Tally], list[int]]:
        """Groups of alike samples and the task order; kept while a model's run rests, else for `every_s`."""
        resting = row.kind != "human" and row.state not in {"running", "queued"}
        key = (row.state, row.finished_at, row.seconds, row.profile) if resting else None
        known = self._counted.get(row.id)
        if known and known[0] == key and (resting or time.monotonic() - known[1] < every_s):
            return known[2], known[3]
        groups = self._store.browse.tally(row.id)
        order = self._store.browse.task_order(row.id, groups)
        self._counted[row.id] = (key, time.monotonic(), groups, order)
        return groups, order

    def infos(self, order: list[int]) -> Mapping[int, TaskInfo]:
        for task_id in order:
            if task_id not in self._infos:
                self._infos[task_id] = self._store.tasks.info(task_id)
        return {task_id: self._infos[task_id] for task_id in order}

    def reap(self, *, force: bool = False) -> None:
        """Finds runs whose process has died, now and then."""
        if force or time.monotonic() - self._reaped > REAP_EVERY_S:
            self._jobs.reap()
            self._reaped = time.monotonic()

    def _goes_on(self, run_id: str) -> bool:
        """Counts nothing: whoever waits asks often, and a long run's answers take a while to count."""
        self.reap()
        return self._store.runs.get(run_id).state in {"running", "queued"}

    def _view(self, row: RunRow) -> RunView:
        groups, order = self.counted(row)
        measured = self._measures.of(row)
        view = views.run_view(row, groups, self.infos(order), order, measured, self._recalled(row))
        return replace(view, silence=self._store.browse.why_unjudged(row.id)) if view.unjudged else view

    def _recalled(self, row: RunRow) -> int:
        return self._store.memory.taken(row.id) if row.spec.reuse else 0

    def _current(self, run_id: str, sample_id: int | None, viewer: Viewer) -> SampleCard | None:
        return self._cards.card(run_id, sample_id, viewer) if sample_id is not None else None

    def _strip(self, run_id: str, hidden: set[str]) -> tuple[StripItem, ...]:
        return tuple(
            _strip_item(row, row["task"] in hidden) for row in self._store.browse.latest(run_id, STRIP)
        )


def _strip_item(row: Row, hidden: bool) -> StripItem:
    """A square of the strip; where gold is hidden nothing tells whether the answer is right."""
    return StripItem(
        sample_id=row["sample_id"],
        number=row["number"],
        task=row["task"],
        cell="unscored" if hidden and row["cell"] != "failed" else row["cell"],
        truncated=bool(row["truncated"]),
        em=None if hidden else row["em"],
        judged=bool(row["judged"]),
    )


def _names(row: RunRow) -> set[str]:
    """The names that the model of a run is known by, wherever it is served."""
    return {row.spec.model.removeprefix(MANAGED), str(row.resolved.get("engine", {}).get("model", ""))} - {""}


def check(spec: RunSpec) -> None:
    """Refuses numbers that make no sense before anything is written. Raises BadInput."""
    settings = spec.settings
    bounds = {
        "limit": (spec.limit, 1, 10_000_000),
        "crossed": (spec.crossed.items if spec.crossed else None, 2, MAX_CROSSED),
        "max_new_tokens": (settings.max_new_tokens, 1, MAX_TOKENS),
        "batch_size": (settings.batch_size, 1, MAX_BATCH),
        "frames": (settings.frames, 1, MAX_FRAMES),
        "image_max_side": (settings.image_max_side, 16, 16_384),
        "image_width": (settings.image_width, 16, 16_384),
        "image_height": (settings.image_height, 16, 16_384),
        "history": (settings.history, 0, 100_000),
        "temperature": (settings.temperature, 0.0, 5.0),
        "top_p": (settings.top_p, 0.01, 1.0),
        "concurrency": (settings.concurrency, 1, MAX_CONCURRENCY),
    }
    for name, (value, low, high) in bounds.items():
        if value is not None and not low <= value <= high:
            raise BadInput("out_of_bounds", name=name, value=value, low=low, high=high)
    if settings.media not in MEDIA_USES:
        raise BadInput("unknown_media_use", name=settings.media, known=", ".join(MEDIA_USES))
    if settings.image_max_side and (settings.image_width or settings.image_height):
        raise BadInput("resize_conflict")
    if settings.load not in LOADS:
        raise BadInput("unknown_load", load=settings.load, known=", ".join(LOADS))
    if spec.reuse and settings.temperature > 0:
        raise BadInput("reuse_of_chance", temperature=settings.temperature)
    profile_named(spec.profile)
    if not spec.model.strip():
        raise BadInput("no_model")
    if not spec.tasks:
        raise BadInput("no_tasks")


def environment() -> dict[str, Any]:
    """What the answers were made on, beside what the engine says of itself."""
    return {
        "studio": studio.__version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
    }
