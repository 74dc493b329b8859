"""The leaderboard: measured models, people, and what was published, by tasks of a suite, with totals."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from studio.core.errors import BadInput
from studio.core.leaderboard import SUITES, Board, BoardAsked, BoardRow, Column, Suite
from studio.core.measures import DatasetMeasure
from studio.core.run import Viewer
from studio.core.task import TaskInfo
from studio.service.board_models import hidden, rows_of
from studio.service.board_printed import attempted_modalities, baseline_rows, published_rows
from studio.service.cards import Cards
from studio.service.catalogue import Shelf
from studio.service.measures import Measures
from studio.stats import totals
from studio.store import Store
from studio.store.runs import RunRow
from studio.tasks.mera import suite_task, suite_tasks

Measured = list[tuple[RunRow, tuple[DatasetMeasure, ...]]]
DEMO = "demo"


class Leaderboard:
    """Makes leaderboards of the store's runs."""

    def __init__(self, store: Store, shelf: Shelf, cards: Cards, measures: Measures) -> None:
        self._store = store
        self._shelf = shelf
        self._cards = cards
        self._measures = measures

    def board(self, asked: BoardAsked, viewer: Viewer) -> Board:
        """The leaderboard as asked. Raises BadInput for an unknown suite."""
        if asked.suite and asked.suite not in SUITES:
            raise BadInput("unknown_suite", name=asked.suite, known=", ".join(SUITES))
        # A question that a crossed run puts in ten prompts would count ten times.
        rows = (run for run in self._store.runs.all() if not run.spec.crossed)
        runs: Measured = [(run, self._measures.of(run).datasets) for run in rows]
        suite = _suite(asked, runs, {info.name for info in self._demo()})
        asked = replace(asked, suite=suite, public=asked.public or suite != "mera")
        columns = self._columns(suite, runs, asked.public)
        measured = self._rows(asked, runs, columns, viewer)
        totalled = suite != "other"
        if totalled:
            measured = [_totalled(row, asked, columns) for row in measured]
        printed = published_rows(asked, columns) if suite == "mera" and asked.published else []
        people = baseline_rows(asked, columns) if suite == "mera" and asked.people else []
        return Board(asked, columns, (*people, *sorted([*measured, *printed], key=_place)), totalled)

    def _rows(
        self, asked: BoardAsked, runs: Measured, columns: Sequence[Column], viewer: Viewer
    ) -> list[BoardRow]:
        names = {column.name for column in columns}
        held = [(run, tuple(d for d in datasets if d.task in names)) for run, datasets in runs]
        rows = rows_of(held, columns, asked.metric, asked.runs, asked.suite)
        veiled = frozenset(_task_names(self._cards.hidden_tasks(viewer)))
        return [hidden(row, veiled) for row in rows if asked.people or row.kind != "person"]

    def _columns(self, suite: Suite, runs: Measured, public: bool) -> tuple[Column, ...]:
        if suite == "mera":
            columns = [
                Column(task.name, task.title, task.modality, task.access, task.metrics, task.sizes["test"])
                for task in suite_tasks()
            ]
            return tuple(column for column in columns if public or column.access == "private")
        demo = self._demo()
        if suite == "demo":
            return _by_modality(demo)
        known = {info.name for info in demo}
        others: dict[str, TaskInfo] = {}
        for _, datasets in runs:
            for dataset in datasets:
                if dataset.task not in known and suite_task(dataset.task) is None and dataset.finished:
                    others.setdefault(dataset.task, self._store.tasks.info(dataset.task_id))
        return _by_modality(others.values())

    def _demo(self) -> list[TaskInfo]:
        return [info for info in self._shelf.tasks() if info.suite == DEMO]


def _suite(asked: BoardAsked, runs: Measured, demo: set[str]) -> Suite:
    """The suite that is asked for; else, of MERA and the demo, the one with the most complete row.

    How complete a row is: the share of the suite's tasks in which a model (or a person), over all of its runs, has
    anything finished. So one imported task of MERA's eighteen does not hide the demo suite that was run whole, and a
    model that went through all of MERA shows MERA. Equal ones, and a studio without runs, begin with MERA; where only
    tasks of neither suite were run, those are shown.
    """
    named = next((suite for suite in SUITES if suite == asked.suite), None)
    if named:
        return named
    done: dict[tuple[str, str], set[str]] = {}
    for run, datasets in runs:
        row = done.setdefault((run.kind, run.model), set())
        row.update(dataset.task for dataset in datasets if dataset.finished)
    suites: dict[Suite, set[str]] = {"mera": {task.name for task in suite_tasks()}, "demo": demo}
    complete = {suite: _most_complete(done.values(), tasks) for suite, tasks in suites.items()}
    if any(done.values()) and not any(complete.values()):
        return "other"
    return max(complete, key=lambda suite: complete[suite])


def _most_complete(rows: Iterable[set[str]], tasks: set[str]) -> float:
    return max((len(row & tasks) / len(tasks) for row in rows), default=0.0) if tasks else 0.0


def _by_modality(infos: Iterable[TaskInfo]) -> tuple[Column, ...]:
    columns = [
        Column(info.name, info.title, info.modality, info.access, ("em", "js"), info.sizes.get("test"))
        for info in infos
    ]
    order = ("image", "audio", "video", "text")
    return tuple(sorted(columns, key=lambda column: (order.index(column.modality), column.name.casefold())))


def _totalled(row: BoardRow, asked: BoardAsked, columns: Sequence[Column]) -> BoardRow:
    scores = {name: cell.measure for name, cell in row.cells.items() if cell.measure is not None}
    found = totals(columns, scores, asked.weighting)
    if found.attempted is None:
        return row
    return replace(
        row,
        total=found.total,
        attempted=found.attempted,
        coverage=found.coverage,
        modalities=attempted_modalities(found, columns),
    )


def _place(row: BoardRow) -> tuple[float, int, str]:
    """The highest total first; rows without one by how much they hold."""
    return (-row.total.mean if row.total else 1.0, -len(row.cells), row.name.casefold())


def _task_names(datasets: Iterable[str]) -> Iterable[str]:
    """Datasets by the names of the tasks that they belong to."""
    for name in datasets:
        card = suite_task(name)
        yield card.name if card else name
