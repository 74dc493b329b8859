"""Charts as values: what is drawn, and how it is called, without how it is drawn.

Words are in the reader's language already. Tones are names of colours: those of the studio's pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ChartFormat = Literal["svg", "png", "csv"]
CHART_FORMATS: tuple[ChartFormat, ...] = ("svg", "png", "csv")


@dataclass(frozen=True)
class ChartAsked:
    """Which chart: its name (`studio.charts.names`), the runs that it is of, and what else its page's address says
    (`task`, `where`, `metric`…)."""

    name: str
    runs: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    def option(self, name: str) -> str:
        """What is said of it; empty where nothing is."""
        return self.options.get(name, "")


@dataclass(frozen=True)
class Head:
    """What stands around a chart: its title, whose numbers and when (`facts`), what to know of them below (`note`)."""

    title: str
    facts: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Series:
    """A colour and what it stands for."""

    tone: str
    name: str


@dataclass(frozen=True)
class Spot:
    """A number of a series with its interval, where it has one."""

    tone: str
    value: float
    low: float | None = None
    high: float | None = None
    hollow: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a forest: its name, its spots one below another, and the number in words. `note` stands where there is
    no spot. `strong`: of everything together."""

    name: str
    spots: tuple[Spot, ...] = ()
    label: str = ""
    note: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Forest:
    """Numbers with their intervals on one axis from `low` to `high`; `band` is an interval that lies behind all."""

    head: Head
    series: tuple[Series, ...]
    lines: tuple[Line, ...]
    low: float = 0.0
    high: float = 1.0
    band: Spot | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of a grid: its text, a smaller one below, and its colour: a tone, or a place `heat` in [0, 1]."""

    text: str
    below: str = ""
    tone: str = ""
    heat: float | None = None
    value: float | None = None


@dataclass(frozen=True)
class Grid:
    """A table whose cells are coloured. `rows` are a name with a cell for each column; None: there is nothing."""

    head: Head
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


@dataclass(frozen=True)
class Bar:
    """A bar of pieces laid end to end: how many of each series, in their order."""

    name: str
    parts: tuple[float, ...]
    label: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Bars:
    """Bars of counts; `shares`: each is as long as the others."""

    head: Head
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    shares: bool = True


@dataclass(frozen=True)
class Curve:
    """Values of a series along the axis. `bars` stand between neighbouring places (one value fewer than places)."""

    tone: str
    name: str
    form: Literal["bars", "line", "area", "dashed"]
    at: tuple[float, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Lane:
    """Curves over the same axis, with a scale of their own; bars of one lane stand upon each other."""

    name: str
    curves: tuple[Curve, ...]
    top: str = ""


@dataclass(frozen=True)
class Lanes:
    """Lanes below each other. `ticks` are places of the axis in words, `cuts` places where something was paused."""

    head: Head
    axis: str
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...] = ()
    cuts: tuple[float, ...] = ()


Plot = Forest | Grid | Bars | Lanes
