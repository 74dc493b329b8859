"""Scores by prompt, and what a crossed run tells: how the variance splits, how far prompts differ, where models change
places. Scores, variances and shares are in [0, 1], differences in [-1, 1]; intervals are of 95 %."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from studio.core.outcome import Estimate
from studio.core.run import RunView
from studio.core.trials import Difference

PromptMark = Literal["em", "js"]
PROMPT_MARKS: tuple[PromptMark, ...] = ("em", "js")
Part = Literal["item", "prompt", "rest"]
PARTS: tuple[Part, ...] = ("item", "prompt", "rest")


@dataclass(frozen=True)
class PromptScore:
    """The samples of one prompt; `prompt` None: their records do not tell it. `human` is the share of answers that
    people call right among those that they called right or wrong; `pending` are not asked yet."""

    prompt: int | None
    samples: int
    em: Estimate
    js: Estimate
    human: Estimate
    pending: int = 0

    def by(self, mark: PromptMark) -> Estimate:
        return self.em if mark == "em" else self.js

    @property
    def where(self) -> str:
        """The filter that keeps these samples."""
        return f"prompt:{'none' if self.prompt is None else self.prompt}"


@dataclass(frozen=True)
class PromptText:
    """How a prompt is worded in a task: the template of the first record that bears it."""

    prompt: int
    task: str
    title: Mapping[str, str]
    instruction: str


@dataclass(frozen=True)
class Component:
    """A part of the variance and its share of the whole; no share where nothing varies."""

    part: Part
    variance: float
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class VarianceSplit:
    """The variance of `items` x `prompts` scores, one a cell, by what it comes from. `rest` is what neither explains:
    an item that one prompt suits better than another, and chance.

    `cut`: parts whose estimate was below 0 and stands at 0. `q` with its `p` is Cochran's test of equal prompts.
    `prompt_error` is how far a mean over these prompts lies, by its standard error, from one over all prompts of the
    kind, were there no end of questions; `item_error` the same of questions.
    """

    items: int
    prompts: int
    mean: float
    parts: tuple[Component, ...]
    cut: tuple[Part, ...]
    q: float
    p: float
    item_error: float
    prompt_error: float


@dataclass(frozen=True)
class PairOfPrompts:
    """Two prompts on the same questions; `p_holm` is corrected for all pairs."""

    first: int
    second: int
    difference: Difference
    p_holm: float


@dataclass(frozen=True)
class PromptGap:
    """The best prompt and the worst. `p` is the chance of so large a gap between some two prompts if the words changed
    nothing; `apart` are the pairs that differ (p after Holm below 0.05) of `pairs`."""

    best: int
    worst: int
    difference: Difference
    p: float
    pairs: int
    apart: tuple[PairOfPrompts, ...]


@dataclass(frozen=True)
class PromptFlip:
    """One prompt for two models: the first's lead in it, and how often, over other questions like these, the order in
    it would be the reverse of the order over all prompts."""

    prompt: int
    lead: float
    flipped: bool
    probability: float


@dataclass(frozen=True)
class Flips:
    """Two models on the same questions in the same prompts. `difference` is the first's lead over all prompts; `flips`
    the prompts in which the order is the reverse, `low` and `high` their number over other questions like these;
    `reversed` how often the order over all prompts itself would be the other."""

    first: str
    second: str
    items: int
    difference: Difference
    by_prompt: tuple[PromptFlip, ...]
    flips: int
    low: float
    high: float
    reversed: float

    @property
    def ties(self) -> int:
        return sum(each.lead == 0 for each in self.by_prompt)


@dataclass(frozen=True)
class Standing:
    """A model's place in each prompt (1: the best; equal ones share a place) and over all of them."""

    run: str
    name: str
    means: tuple[float, ...]
    places: tuple[int, ...]
    mean: float
    place: int


@dataclass(frozen=True)
class ItemRow:
    """A question in every prompt, in the order of `Crossed.prompts`: samples and their scores; None: not scored, for
    the reason in `states` (failed, unscored, pending). `where` is the filter that keeps these samples."""

    item: str
    where: str
    samples: tuple[int | None, ...]
    scores: tuple[float | None, ...]
    states: tuple[str, ...]
    mean: float | None


SHOWN = 150  # questions that a picture shows


def spaced(rows: Sequence[ItemRow], most: int = SHOWN) -> list[ItemRow]:
    """At most so many of the rows, evenly spaced, the first and the last among them."""
    if len(rows) <= most:
        return list(rows)
    return [rows[round(place * (len(rows) - 1) / (most - 1))] for place in range(most)]


@dataclass(frozen=True)
class Crossed:
    """What a crossed run says of one task by one score. `left_out` are questions that lack a score in some prompt: the
    split and the gap are over the others. `rows` are sorted by their means, the easiest first. `without`: prompts in
    which nothing was scored at all. `standings` and `flips` are over the questions that all models named there share.
    """

    mark: PromptMark
    task: str
    prompts: tuple[int, ...]
    items: int
    left_out: int
    without: tuple[int, ...]
    split: VarianceSplit | None
    gap: PromptGap | None
    rows: tuple[ItemRow, ...]
    standings: tuple[Standing, ...] = ()
    flips: tuple[Flips, ...] = ()

    @property
    def least_p(self) -> float:
        """The smallest p that a pair of prompts can have: of the exact sign test, every question on one side."""
        return min(1.0, 2 * 0.5 ** (self.items - self.left_out))

    @property
    def flip_prompts(self) -> tuple[int, ...]:
        """The prompts of `standings`, in their order: those that all models were asked in."""
        return tuple(each.prompt for each in self.flips[0].by_prompt) if self.flips else ()


@dataclass(frozen=True)
class PromptScores:
    """A run by prompt: of one task, or of all of them (`task` = ""). `tasks` are their titles by name; `hidden` those
    that are left out because whoever looks may not see their gold. `crossed` is there for one task of a crossed run."""

    run: RunView
    task: str
    tasks: Mapping[str, Mapping[str, str]]
    total: PromptScore
    scores: tuple[PromptScore, ...]
    texts: tuple[PromptText, ...]
    hidden: tuple[str, ...] = ()
    crossed: Crossed | None = None


@dataclass(frozen=True)
class CrossingOffer:
    """What putting questions of a task in all of its prompts would take. `prompts` is how many it has as far as this
    run shows, `sure` whether the run saw the whole task; `seconds` what an answer took in this run (None: not known).
    `reason` says why it cannot be done at all (a text `prompts.cannot.<reason>`)."""

    task: str
    prompts: int
    sure: bool
    seconds: float | None
    reason: str = ""
