"""Other tools' logs become runs: samples as the log tells them, our scores of its answers, its own beside them.

Nothing is stored before a whole task has been read and counted, and a run that could not be read to its end is gone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Any

from studio.core.content import Given, Media, Message, Text, text_of
from studio.core.errors import BadInput, NotAllowed, Problem, TaskError
from studio.core.judge import NO_JUDGE
from studio.core.logs import ImportedRun, Log, LogFacts, LoggedSample, LoggedTask
from studio.core.outcome import Score
from studio.core.run import RunSpec, Viewer
from studio.core.suite import Subset, SuiteTask
from studio.core.task import LOG_SOURCE, AnswerType, Gold, Sample, Task, TaskInfo, digest
from studio.logs import MOST_UNPACKED, open_logs
from studio.media import keep
from studio.service.catalogue import Shelf
from studio.store import Store
from studio.store.imports import ImportedRow
from studio.tasks.mera import card_entry, card_of

BATCH = 1_000
BEAT_ROWS = 5_000
MODEL_SHOWN = 200  # characters of a model's name
# What visitors may bring: everything they import stays until the owner deletes it.
VISITOR_FILES, VISITOR_UNPACKED, VISITOR_ROWS = 32 * 2**20, 128 * 2**20, 20_000
VISITORS_TOGETHER = 1 * 2**30

ExactMatch = Callable[[str, Gold | None, Sample, TaskInfo, str], Score]
OnProgress = Callable[[str, int], None]  # (task, rows of it written)
_PLACES = re.compile(r"<(image|audio|video)>")


@dataclass(frozen=True)
class Wish:
    """What the importer adds to the logs: the model's name where they do not tell it, a title."""

    model: str = ""
    title: str = ""


class Importer:
    """Imports logs into a store. `owner` names this process, as in `Jobs`."""

    def __init__(self, store: Store, shelf: Shelf, exact_match: ExactMatch, media: Path, owner: str) -> None:
        self._store = store
        self._shelf = shelf
        self._exact_match = exact_match
        self._media = media
        self._owner = owner

    def run(
        self, paths: Sequence[Path], wish: Wish, viewer: Viewer, on_progress: OnProgress
    ) -> list[ImportedRun]:
        """The runs of all logs behind the paths, those that were here already among them. Raises StudioError."""
        visitor = viewer.role != "owner"
        if visitor:
            self._admit(paths)
        with open_logs(paths, most_unpacked=VISITOR_UNPACKED if visitor else MOST_UNPACKED) as opened:
            if wish.model and len(opened.logs) > 1:
                models = ", ".join(dict.fromkeys(log.model for log in opened.logs))
                raise BadInput("log_one_model", model=wish.model, n=len(opened.logs), found=models)
            sizes = [sum(opened.sizes[file.name] for file in log.files) for log in opened.logs]
            if visitor:
                self._make_room(sum(sizes))
            return [
                self._one(log, wish, viewer, on_progress, size)
                for log, size in zip(opened.logs, sizes, strict=True)
            ]

    def tasks_of(self, run_id: str) -> Sequence[int]:
        """Ids of a run's tasks: to be forgotten when it has been deleted."""
        return self._store.scored.tasks(run_id)

    def forget(self, tasks: Sequence[int]) -> None:
        """Removes those of these tasks that came from logs and that no run holds any more, with samples and media."""
        for sha256 in self._store.imports.sweep(tasks):
            for path in (self._media / sha256[:2]).glob(f"{sha256}.*"):
                path.unlink(missing_ok=True)

    def _admit(self, paths: Sequence[Path]) -> None:
        size = sum(path.stat().st_size for path in paths if path.is_file())
        if size > VISITOR_FILES:
            raise NotAllowed("visitor_log_large", size=_mb(size), most=_mb(VISITOR_FILES))
        self._make_room(size)

    def _make_room(self, size: int) -> None:
        """Raises NotAllowed where visitors' logs would be more than all of them may be, unpacked."""
        if self._store.imports.visitors_bytes() + size > VISITORS_TOGETHER:
            raise NotAllowed("visitor_logs_full", most=_mb(VISITORS_TOGETHER))

    def _one(self, log: Log, wish: Wish, viewer: Viewer, on_progress: OnProgress, size: int) -> ImportedRun:
        model = (wish.model or log.model)[:MODEL_SHOWN]
        if not model:
            raise BadInput("log_no_model", file=", ".join(file.name for file in log.files[:3]))
        run_id = _run_id(log)
        if (known := self._known(run_id)) is not None:
            return known
        spec = RunSpec(model, tuple(task.name for task in log.tasks), judge=NO_JUDGE, title=wish.title)
        # Nothing of a log that cannot be read is stored, so its first task is read before the run is begun.
        first = _read(log.tasks[0], viewer)
        self._begin(run_id, log, spec, viewer, size)
        saved: list[int] = []
        with ExitStack() as undo:  # also at Ctrl-C: half a log is no run
            undo.callback(self.forget, saved)
            undo.callback(self._store.runs.delete, run_id)
            imported = self._written(run_id, log, spec, viewer, on_progress, first, saved)
            undo.pop_all()
        return imported

    def _written(
        self,
        run_id: str,
        log: Log,
        spec: RunSpec,
        viewer: Viewer,
        on_progress: OnProgress,
        first: Sequence[LoggedSample],
        saved: list[int],
    ) -> ImportedRun:
        """Reads and writes task by task; the ids of those that were saved go to `saved`."""
        names: list[str] = []
        number = failed = 0
        remarks = list(log.remarks)
        for place, logged in enumerate(log.tasks):
            samples = _read(logged, viewer, lambda: self._store.runs.beat(run_id)) if place else first
            task, rows, told = self._task(log, logged, samples, viewer)
            if task.info.name in names:
                task = _renamed(task, logged.name, names)
                told = [*told, Problem("log_task_again", {"task": logged.name, "name": task.info.name})]
            remarks += told
            names.append(task.info.name)
            ids = self._store.tasks.save(task)
            task_id = self._store.tasks.samples([next(iter(ids.values()))])[0].task_id
            saved.append(task_id)
            for batch in _batches(rows):
                imported = [
                    self._row(ids[sample.id], task_id, sample, row, task.info, spec) for sample, row in batch
                ]
                self._store.imports.add(
                    run_id, imported, first=number + 1, version=f"{log.tool}@{log.version}"
                )
                number += len(batch)
                failed += sum(row.answer is None for _, row in batch)
                on_progress(task.info.name, number)
        self._store.imports.end(run_id, number, names, remarks)
        return ImportedRun(run_id, True, log.tool, spec.model, tuple(names), number, failed, tuple(remarks))

    def _begin(self, run_id: str, log: Log, spec: RunSpec, viewer: Viewer, size: int) -> None:
        facts = LogFacts(
            tool=log.tool,
            version=log.version,
            role=viewer.role,
            size=size,
            files=[asdict(file) for file in log.files],
            settings=log.settings,
            tasks={task.name: {"scores": dict(task.scores), **task.rest} for task in log.tasks},
            remarks=(),
            rest=log.rest,
        )
        begun = self._store.imports.begin(
            run_id, spec, facts, self._owner, started_by=viewer.browser, revision=log.revision,
            seconds=log.seconds or 0.0,
            started_at=log.created_at,
        )  # fmt: skip
        if not begun:  # somebody else was quicker by a moment
            raise BadInput("log_going_on", run=run_id)

    def _row(
        self,
        sample_id: int,
        task_id: int,
        sample: Sample,
        logged: LoggedSample,
        info: TaskInfo,
        spec: RunSpec,
    ) -> ImportedRow:
        em = None
        if logged.answer is not None:
            em = self._exact_match(logged.answer, sample.gold, sample, info, spec.profile)
        return ImportedRow(sample_id, task_id, sample.question, sample.gold, logged, em)

    def _task(
        self, log: Log, logged: LoggedTask, samples: Sequence[LoggedSample], viewer: Viewer
    ) -> tuple[Task, list[tuple[Sample, LoggedSample]], list[Problem]]:
        """The task with its samples, each sample with its row, and what a person should know of it."""
        found = card_of([logged.name])
        if logged.bare:
            own, remarks = self._own(logged, samples, viewer)
            if own:
                rows = {row.key: row for row in samples}
                return own, [(sample, rows[sample.id]) for sample in own if sample.id in rows], remarks
        else:
            remarks = []
        made = [_sample(row, self._media) for row in samples]
        info = _info(log, logged, made, found)
        return Task(info, logged.split or "test", tuple(made)), list(zip(made, samples, strict=True)), remarks

    def _own(
        self, logged: LoggedTask, samples: Sequence[LoggedSample], viewer: Viewer
    ) -> tuple[Task | None, list[Problem]]:
        """The studio's own copy of a task, if it holds every sample of the log. A visitor's answers never meet the gold
        of a private task: their scores would tell it."""
        found = card_of([logged.name])
        names = {logged.name.casefold(), *([found[1].name if found[1] else found[0].name] if found else [])}
        info = next((info for info in self._shelf.tasks() if info.name in names), None)
        if info is None or (info.access != "public" and viewer.role != "owner"):
            return None, [Problem("log_no_copy", {"task": logged.name})]
        try:
            task = self._shelf.load_one(info)
        except TaskError as error:
            return None, [error.problem]
        wanted = {row.key for row in samples}
        if lacking := wanted - {sample.id for sample in task}:
            values = {"task": logged.name, "n": len(lacking), "first": min(lacking)}
            return None, [Problem("log_other_copy", values)]
        return task, []

    def _known(self, run_id: str) -> ImportedRun | None:
        """The run of the same content, if it is here and whole; what is left of a broken import is removed."""
        if not self._exists(run_id):
            return None
        row = self._store.runs.get(run_id)
        log = row.resolved.get("log") or {}
        if "samples" in log:
            tasks = tuple(row.resolved.get("tasks") or ())
            facts = self._store.imports.facts(run_id)
            remarks = tuple(facts.remarks) if facts else ()
            samples, failed = self._store.imports.counts(run_id)
            return ImportedRun(run_id, False, log["tool"], row.model, tasks, samples, failed, remarks)
        if row.state == "running":
            raise BadInput("log_going_on", run=run_id)
        self._store.runs.delete(run_id)
        return None

    def _exists(self, run_id: str) -> bool:
        return any(row.id == run_id for row in self._store.runs.all())


def _run_id(log: Log) -> str:
    """Of the content alone: the same files make the same run."""
    return f"i-{digest([log.tool, log.model, sorted(file.sha256 for file in log.files)])[:10]}"


def _renamed(task: Task, name: str, taken: Sequence[str]) -> Task:
    """The task under the log's own name for it, numbered where that is taken too: a log may hold two forms of one task,
    and their answers are not to be taken for one another's."""
    free = next(each for each in chain([name], (f"{name} #{n}" for n in count(2))) if each not in taken)
    info = replace(task.info, name=free, title={"ru": free, "en": free}, suite="", dialogue_turns=None)
    return replace(task, info=info)


def _read(task: LoggedTask, viewer: Viewer, alive: Callable[[], object] = lambda: None) -> list[LoggedSample]:
    """All samples of a task, counted; `alive` is called now and then: a run whose worker is silent is taken for dead.
    Raises BadInput and what its reader raises."""
    samples: list[LoggedSample] = []
    for sample in task.samples:
        samples.append(sample)
        if len(samples) % BEAT_ROWS == 0:
            alive()
        if viewer.role != "owner" and len(samples) > VISITOR_ROWS:
            raise NotAllowed("visitor_log_rows", task=task.name, most=VISITOR_ROWS)
    if not samples:
        raise BadInput("log_empty_task", task=task.name)
    if task.expected is not None and task.expected != len(samples):
        file = samples[-1].place.rpartition(":")[0]
        raise BadInput("log_count", task=task.name, expected=task.expected, file=file, found=len(samples))
    return samples


def _sample(row: LoggedSample, folder: Path) -> Sample:
    media = tuple(found for medium in row.media if (found := _medium(medium, folder)))
    prompt = row.prompt if row.prompt is not None else row.question or ""
    inputs = dict(row.inputs)
    if row.question is not None:
        inputs.setdefault("question", row.question)
    return Sample(
        id=row.key,
        split="test",
        instruction=row.instruction or "",
        inputs=inputs,
        media=media,
        message=_message(prompt, media),
        gold=row.gold,
        options=row.options,
        categories=row.categories,
        meta=row.meta,
    )


def _medium(medium: Any, folder: Path) -> Media | None:
    if medium.data is not None:
        return keep(medium.key, medium.modality, medium.data, folder)
    return Media(medium.modality, medium.key, Path(medium.name)) if medium.modality else None


def _message(prompt: str, media: Sequence[Media]) -> Message:
    """The prompt with the media in their places; where it does not show these places, the text alone."""
    marks = list(_PLACES.finditer(prompt))
    if [mark[1] for mark in marks] != [medium.modality for medium in media]:
        return (Text(prompt),)
    parts: list[Text | Media] = []
    position = 0
    for mark, medium in zip(marks, media, strict=True):
        parts += [Text(prompt[position : mark.start()]), medium]
        position = mark.end()
    parts.append(Text(prompt[position:]))
    return tuple(part for part in parts if text_of((part,)))


def _info(
    log: Log, logged: LoggedTask, samples: Sequence[Sample], found: tuple[SuiteTask, Subset | None] | None
) -> TaskInfo:
    """The task: MERA's by its card, where the name is one of MERA's and the media are not of another kind."""
    kinds = {modality for sample in samples for modality in sample.modalities}
    sizes = {str(logged.split or "test"): len(samples)}
    source = f"{LOG_SOURCE}{log.tool}"
    if found and (not kinds or found[0].modality in kinds):
        return replace(card_entry(*found), sizes=sizes, source=source)
    modality: Given = next((sample.modalities[0] for sample in samples if sample.modalities), "text")
    return TaskInfo(
        name=logged.name,
        title={"ru": logged.name, "en": logged.name},
        modality=modality,
        answer_type=logged.answer_type or _answer_type(samples),
        access="public",
        licence="",
        sizes=sizes,
        source=source,
    )


def _answer_type(samples: Sequence[Sample]) -> AnswerType:
    """Letters, where every gold is the letter of one of the sample's options."""
    known = [sample for sample in samples if sample.gold is not None]
    letters = all(isinstance(each.gold, str) and each.gold.strip() in each.options for each in known)
    return "letter" if known and letters else "short"


def _batches(
    rows: Sequence[tuple[Sample, LoggedSample]],
) -> Iterator[Sequence[tuple[Sample, LoggedSample]]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _mb(size: int) -> int:
    return size // 2**20
