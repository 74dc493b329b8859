"""A report: a run, or several beside each other, as one value that a file is written out of.

Nothing in it is private: samples of private tasks are counted in scores and in nothing else. Shares are in [0, 1],
times seconds since the epoch (UTC), sizes bytes of the file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from studio.core.content import Modality
from studio.core.errors import Problem
from studio.core.health import CorrectedTask
from studio.core.label import Draw, ThreeWayRow
from studio.core.outcome import Estimate
from studio.core.run import Cell, RunView, SampleCard, TaskScore

MOST_REPORTED = 6  # runs beside each other: more do not fit a page
TOP, MOST_SHOWN = 30, 500
SIZE_BYTES, LEAST_BYTES, MOST_BYTES = 10_000_000, 200_000, 100_000_000


@dataclass(frozen=True)
class ReportAsked:
    """What goes into a report: `top` samples at most, those on which EM and the judge differ, or those of `where` (a
    text of the filter language) in its order. `size` is what the file may weigh."""

    runs: tuple[str, ...]
    top: int = TOP
    where: str = ""
    size: int = SIZE_BYTES


@dataclass(frozen=True)
class EvidencePart:
    """A small copy of a medium, or a frame of a clip: `data` as `mime`. `at_s` is a frame's place in its clip."""

    mime: str
    data: bytes
    width: int = 0
    height: int = 0
    at_s: float | None = None


@dataclass(frozen=True)
class ReportMedium:
    """A medium as it is in the file. Without parts it is `missing`: `unreadable`, or `dropped` to keep to the size.
    `cut_s`: only so many seconds of a sound of `seconds` are there."""

    modality: Modality
    parts: tuple[EvidencePart, ...] = ()
    missing: Literal["", "unreadable", "dropped"] = ""
    seconds: float | None = None
    cut_s: float | None = None


@dataclass(frozen=True)
class ReportItem:
    """A question with what each run answered, in the order of the runs; None: the run does not have it."""

    cards: tuple[SampleCard | None, ...]
    media: tuple[ReportMedium, ...] = ()

    @property
    def card(self) -> SampleCard:
        """The first card there is: question, gold and media are the same on all."""
        return next(card for card in self.cards if card is not None)


@dataclass(frozen=True)
class CellsOf:
    """EM x judge of a task ("" is all): how many samples are in each cell, and of the four scored ones the shares."""

    task: str
    counts: Mapping[Cell, int]
    shares: Mapping[Cell, Estimate]

    @property
    def scored(self) -> int:
        return next((share.scored for share in self.shares.values()), 0)


@dataclass(frozen=True)
class ReportRun:
    """A run with all that is counted in it: scores and cells by task, all together last; EM x judge x human of all; and
    where people have labelled, the judge's scores corrected, all together last."""

    view: RunView
    scores: tuple[TaskScore, ...]
    cells: tuple[CellsOf, ...]
    people: ThreeWayRow
    corrected: tuple[CorrectedTask, ...] = ()
    draws: tuple[Draw, ...] = ()

    @property
    def whole(self) -> TaskScore:
        return self.scores[-1]


@dataclass(frozen=True)
class Report:
    """`found` samples could be shown, `items` are; `withheld` names the tasks none of whose samples is. `shrunk`: media
    had to be made smaller than usual, `dropped` of them left out, to keep to the size."""

    asked: ReportAsked
    runs: tuple[ReportRun, ...]
    items: tuple[ReportItem, ...]
    found: int
    withheld: tuple[str, ...]
    made_at: float
    studio: str
    shrunk: bool = False

    @property
    def dropped(self) -> int:
        return sum(medium.missing == "dropped" for item in self.items for medium in item.media)

    @property
    def shown(self) -> int:
        """Media that are in the file."""
        return sum(bool(medium.parts) for item in self.items for medium in item.media)


@dataclass(frozen=True)
class ReportFile:
    """A finished report: `html` is UTF-8."""

    report: Report
    html: bytes


ReportPhase = Literal["waiting", "counting", "media", "done", "failed"]
OnReport = Callable[[ReportPhase, int, int], None]  # what is being done, how much of how much is done


@dataclass(frozen=True)
class ReportJob:
    """A report that is being made for a page. `name` is the file's, `size` its bytes once it is done."""

    id: str
    phase: ReportPhase
    done: int = 0
    total: int = 0
    name: str = ""
    size: int = 0
    dropped: int = 0
    shrunk: bool = False
    withheld: tuple[str, ...] = field(default=())
    problem: Problem | None = None
