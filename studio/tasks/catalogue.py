"""The names that a person may type for a task: a suite, a task of it, a folder, a hub dataset."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from studio.core.errors import Problem, TaskError
from studio.core.suite import Subset, SuiteTask
from studio.core.task import Split, Task, TaskInfo, TaskStream
from studio.tasks.folder import describe_folder, is_task_folder, stream_folder
from studio.tasks.hub import describe_dataset, stream_dataset
from studio.tasks.mera import SUITE, card_of, entries, near_names, suite_tasks, with_card, with_prompt_ids
from studio.tasks.reference import DatasetRef
from studio.tasks.rows import is_dataset_folder


class Catalogue:
    """Names -> tasks. Reads the folders each time it is asked (JSON only, kept while the files do not change).

    `suites` are folders of task folders by the suite's name; `extra` are task folders, or folders of them.
    `cache` is where media of `datasets` are written as files; without it such tasks cannot be loaded.
    """

    def __init__(
        self, suites: Mapping[str, Path], extra: Iterable[Path] = (), *, cache: Path | None = None
    ) -> None:
        self._suites = dict(suites)
        self._extra = [Path(os.path.abspath(path.expanduser())) for path in extra]
        self._cache = cache

    def add(self, path: Path) -> None:
        """Makes the tasks of a folder known by name."""
        path = Path(os.path.abspath(path.expanduser()))
        if path not in self._extra:
            self._extra.append(path)

    def tasks(self) -> list[TaskInfo]:
        """All tasks that can be read: suites first, in the order of their folders' names."""
        return [info for info in self._entries() if isinstance(info, TaskInfo)]

    def problems(self) -> list[Problem]:
        """Why the other known folders cannot be read."""
        return [entry for entry in self._entries() if isinstance(entry, Problem)]

    def resolve(self, ref: str) -> list[TaskInfo]:
        """The tasks that a person means: a task's name or a suite's (case does not matter), `hub:owner/name[:config]
        [@revision]`, or a path to a task folder or a folder of them. Raises TaskError; it lists the known names.

        A name of MERA Multi, in any of its spellings, means the operator's own copy where one is known, else the
        dataset on the hub, which is not asked here; a task with domains is one task a domain.
        """
        ref = ref.strip()
        if ref.startswith("hub:"):
            return [with_card(describe_dataset(DatasetRef.parse(ref), self._cache))]
        tasks = self.tasks()
        named = [info for info in tasks if info.name.casefold() == ref.casefold()]
        if named:
            return named[:1]
        suite = next((name for name in self._suites if name.casefold() == ref.casefold()), None)
        if suite is not None:
            return self._suite(suite)
        if ref.casefold() == SUITE:
            return [info for card in suite_tasks() for info in _copies_or_hub(card, None, tasks)]
        card = card_of([ref])
        if card is not None and not ("/" in ref and Path(ref).exists()):
            return _copies_or_hub(*card, tasks)
        return self._at_path(ref, tasks)

    def load(self, task: TaskInfo | str, split: Split = "test", *, limit: int | None = None) -> Task:
        """A task with its samples, at most `limit` of them. A name must mean one task. Raises TaskError."""
        return self.stream(task, split, limit=limit).whole()

    def stream(self, task: TaskInfo | str, split: Split = "test", *, limit: int | None = None) -> TaskStream:
        """The same, its samples read as they are taken: there may be more of them than fit into memory."""
        info = task if isinstance(task, TaskInfo) else self._one(task)
        card = card_of([info.name]) if info.suite == SUITE else None
        read = self._read(info, split, limit, card[0].optional if card else frozenset())
        return replace(read, samples=with_prompt_ids(read.samples, card[0])) if card else read

    def _read(self, info: TaskInfo, split: Split, limit: int | None, optional: frozenset[str]) -> TaskStream:
        if info.source.startswith("hub:") or not is_task_folder(Path(info.source)):
            if self._cache is None:
                raise TaskError("dataset_no_cache", name=info.name)
            ref = DatasetRef.parse(info.source)
            read = stream_dataset(ref, split, cache=self._cache, limit=limit, optional=optional)
            return replace(read, info=with_card(read.info), known=lambda: with_card(read.known()))
        found = stream_folder(Path(info.source), split, suite=info.suite, optional=optional)
        completed = _completed(found.info)
        return TaskStream(completed, split, islice(found.samples, limit), lambda: completed)

    def _one(self, ref: str) -> TaskInfo:
        found = self.resolve(ref)
        if len(found) != 1:
            raise TaskError("task_not_one", name=ref, known=_listed(found))
        return found[0]

    def _entries(self) -> list[TaskInfo | Problem]:
        entries: list[TaskInfo | Problem] = []
        for name, root in self._suites.items():
            entries += [_described(path, name) for path in _task_folders(root)]
        for path in self._extra:
            entries += [_described(folder, "") for folder in _task_folders(path) or [path]]
        return entries

    def _suite(self, name: str) -> list[TaskInfo]:
        folders = _task_folders(self._suites[name])
        if not folders:
            raise TaskError("suite_empty", name=name, path=str(self._suites[name]))
        return [_describe(path, name) for path in folders]

    def _at_path(self, ref: str, known: Sequence[TaskInfo]) -> list[TaskInfo]:
        path = Path(ref).expanduser()
        try:
            exists = bool(ref) and "\0" not in ref and path.exists()
        except OSError:  # a name too long for a path
            exists = False
        if not exists:
            if "/" in ref or ref.startswith((".", "~")):
                raise TaskError("task_folder_missing", path=ref)
            names = [*self._suites, SUITE, *(info.name for info in known)]
            if near := near_names(ref, [*names, *(card.name for card in suite_tasks())]):
                raise TaskError("task_misspelt", name=ref, near=", ".join(near))
            raise TaskError("unknown_task", name=ref, known=", ".join(names))
        path = Path(os.path.abspath(path))
        folders = _task_folders(path) or [path]
        suites = {root.absolute(): name for name, root in self._suites.items()}
        return [_describe(folder, suites.get(folder.parent, "")) for folder in folders]


def _copies_or_hub(card: SuiteTask, subset: Subset | None, known: Sequence[TaskInfo]) -> list[TaskInfo]:
    """A suite's task: the operator's copy of each domain (or of all in one), where there is none the hub's."""
    copies = {info.name: info for info in known if info.suite == SUITE}
    if subset is None and card.name in copies:
        return [copies[card.name]]
    wanted = [info for info in entries(card) if subset is None or info.name == subset.name]
    return [copies.get(info.name, info) for info in wanted]


def _completed(info: TaskInfo) -> TaskInfo:
    """A task of a suite of folders is what its folder says; any other may be a copy of one of MERA's."""
    return info if info.suite and info.suite != SUITE else with_card(info)


def _listed(tasks: Sequence[TaskInfo]) -> str:
    return ", ".join(info.name for info in tasks)


def _task_folders(path: Path) -> list[Path]:
    """The folder itself if it is a task, else the tasks in it and, for tasks with domains, one level below."""
    if _is_task(path):
        return [path]
    children = _folders(path)
    return [
        folder
        for child in children
        for folder in ([child] if _is_task(child) else filter(_is_task, _folders(child)))
    ]


def _folders(path: Path) -> list[Path]:
    return sorted(child for child in path.iterdir() if child.is_dir()) if path.is_dir() else []


def _is_task(path: Path) -> bool:
    return is_task_folder(path) or is_dataset_folder(path)


def _describe(path: Path, suite: str) -> TaskInfo:
    if is_dataset_folder(path) and not is_task_folder(path):
        return with_card(describe_dataset(DatasetRef(str(path))))
    return _completed(describe_folder(path, suite=suite))


def _described(path: Path, suite: str) -> TaskInfo | Problem:
    try:
        return _describe(path, suite)
    except TaskError as error:
        return error.problem
