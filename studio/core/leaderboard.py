"""The leaderboard: what is asked of it, and models by tasks with intervals, totals, and what makes rows unlike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.core.content import Given
from studio.core.people_run import PeopleRun
from studio.core.suite import Access, HumanFigure
from studio.core.totals import WEIGHTINGS, Measure, Weighting

Suite = Literal["mera", "demo", "other"]
SUITES: tuple[Suite, ...] = ("mera", "demo", "other")
# Which number of a task: its score, its first metric (EM of most tasks), its second (JS of most tasks).
BoardMetric = Literal["final", "em", "js"]
BOARD_METRICS: tuple[BoardMetric, ...] = ("final", "em", "js")
# Who answered, and where: a model in this studio, a person here, a model elsewhere (its log was imported and is scored
# here); people and models as others published them.
RowKind = Literal["measured", "person", "imported", "baseline", "published"]
BoardFormat = Literal["csv", "latex", "png"]
BOARD_FORMATS: tuple[BoardFormat, ...] = ("csv", "latex", "png")
MOST_RUNS = 50  # that an address may choose


@dataclass(frozen=True)
class BoardAsked:
    """What is asked. `suite` empty: MERA's where something of it was run, else the demo's, else MERA's. `public`,
    `published` and `people` say whether public tasks count, whether published models and people are shown. `runs` are
    runs to take in place of those that the studio would take."""

    suite: str = ""
    weighting: Weighting = "formula"
    public: bool = True
    metric: BoardMetric = "final"
    published: bool = True
    people: bool = True
    runs: tuple[str, ...] = ()


def board_asked(query: Mapping[str, object]) -> BoardAsked:
    """The leaderboard that an address names; what it says wrong is as usual."""
    given = {name: value for name, value in query.items() if isinstance(value, str)}
    runs = [run[:100] for run in given.get("runs", "").split(",") if run]
    return BoardAsked(
        suite=next((suite for suite in SUITES if suite == given.get("suite")), ""),
        weighting=next((name for name in WEIGHTINGS if name == given.get("weighting")), WEIGHTINGS[0]),
        public=given.get("public") != "off",
        metric=next((name for name in BOARD_METRICS if name == given.get("metric")), BOARD_METRICS[0]),
        published=given.get("published") != "off",
        people=given.get("people") != "off",
        runs=tuple(dict.fromkeys(runs[:MOST_RUNS])),
    )


@dataclass(frozen=True)
class Column:
    """A task of the suite. `metrics` are the two whose mean is its score; `size` of its test set, if known."""

    name: str
    title: Mapping[str, str]
    modality: Given
    access: Access
    metrics: tuple[str, str]
    size: int | None = None


@dataclass(frozen=True)
class Remark:
    """Why a number is not to be compared as it stands: `board.remark.<code>` with its values."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BoardCell:
    """A row's number of one task. `measure` None: no score, and `unscored` and `failed` say of how many samples.

    `run` and `dataset` are where its samples are to be seen (`dataset` empty: the task is spread over several).
    `metrics` are the task's two by themselves. `figures` are people's published scores, the one shown first.
    """

    measure: Measure | None
    unscored: int = 0
    failed: int = 0
    run: str = ""
    dataset: str = ""
    remarks: tuple[Remark, ...] = ()
    figures: tuple[HumanFigure, ...] = ()
    metrics: tuple[Measure | None, Measure | None] = (None, None)


@dataclass(frozen=True)
class BoardRun:
    """A run behind a row. It `held` tasks of the suite, of which `tasks` are taken from it: none where other runs stand
    for the model."""

    id: str
    title: str
    created_at: float
    state: str
    answered: int
    planned: int
    tasks: tuple[str, ...]
    held: tuple[str, ...] = ()
    people: PeopleRun | None = None


@dataclass(frozen=True)
class BoardRow:
    """A model, a person, or a published line. `key` is unique in the board.

    `total`, `attempted` and a modality are None where there is none to tell (a suite without totals, a table that does
    not hold them); `coverage` likewise. `remarks` hold for the whole row, its cells have their own.
    """

    key: str
    kind: RowKind
    name: str
    cells: Mapping[str, BoardCell]
    total: Measure | None = None
    attempted: Measure | None = None
    coverage: float | None = None
    modalities: Mapping[Given, Measure | None] = field(default_factory=dict)
    revision: str = ""
    judge: str = ""
    profile: str = ""
    remarks: tuple[Remark, ...] = ()
    runs: tuple[BoardRun, ...] = ()
    people: PeopleRun | None = None  # what the newest of its runs was made of, where people answered

    @property
    def ours(self) -> bool:
        """Whether its numbers were worked out here, from samples that can be opened."""
        return self.kind in {"measured", "person", "imported"}


@dataclass(frozen=True)
class ChartLine:
    """A row of the chart: its name in words, its mean, and its interval where there is one. `label` is the number."""

    key: str
    name: str
    kind: RowKind
    mean: float
    low: float | None
    high: float | None
    label: str


@dataclass(frozen=True)
class Chart:
    """A forest plot: totals with their intervals, the highest first. `note` says what is drawn and how weighed."""

    title: str
    note: str
    lines: tuple[ChartLine, ...]
    decimal_mark: str = "."


@dataclass(frozen=True)
class Board:
    """The leaderboard as asked; `asked.suite` is the one shown. `totalled`: the suite has totals. Rows with the highest
    total first; people's published scores before all."""

    asked: BoardAsked
    columns: tuple[Column, ...]
    rows: tuple[BoardRow, ...]
    totalled: bool

    @property
    def modalities(self) -> tuple[Given, ...]:
        """Those of the columns, in their order."""
        return tuple(dict.fromkeys(column.modality for column in self.columns))
