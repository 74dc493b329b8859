"""Labels: what a reviewer says of an answer, under which criteria, drawn how; and EM x judge x human.

Shares and probabilities are in [0, 1], times seconds since the epoch (UTC), lengths characters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from studio.core.outcome import Estimate
from studio.core.run import Cell

# `bad`: nothing can be said of the answer, because the question or its gold is faulty.
HumanVerdict = Literal["right", "wrong", "unsure", "bad"]
VERDICTS: tuple[HumanVerdict, ...] = get_args(HumanVerdict)
# What tables count by: the verdicts, and the samples that nobody has labelled.
Human = Literal["right", "wrong", "unsure", "bad", "unlabelled"]
HUMAN: tuple[Human, ...] = get_args(Human)
# Filters by label: one of the above, any verdict at all, or one that is hidden from a reviewer who has given none yet.
LABEL_FILTERS = (*HUMAN, "labelled", "hidden")

# The eight cells as three bits, EM, judge, human: 1 is right.
EIGHT: Mapping[str, tuple[Cell, HumanVerdict]] = {
    "111": ("both", "right"),
    "110": ("both", "wrong"),
    "101": ("em_only", "right"),
    "100": ("em_only", "wrong"),
    "011": ("js_only", "right"),
    "010": ("js_only", "wrong"),
    "001": ("neither", "right"),
    "000": ("neither", "wrong"),
}

LONGEST_NAME = 80  # characters of a reviewer's

ThreeWayBy = Literal["task", "modality", "answer_type", "prompt", "model"]
THREE_WAY_BY: tuple[ThreeWayBy, ...] = get_args(ThreeWayBy)


def human_verdict(verdicts: Iterable[HumanVerdict]) -> HumanVerdict | None:
    """What reviewers say together: the verdict with most votes; «unsure» is no vote, and a tie is `unsure`. None
    without any reviewer."""
    given = list(verdicts)
    if not given:
        return None
    votes = {verdict: given.count(verdict) for verdict in VERDICTS if verdict != "unsure"}
    most = max(votes.values())
    winners = [verdict for verdict, n in votes.items() if n == most]
    return winners[0] if most and len(winners) == 1 else "unsure"


@dataclass(frozen=True)
class Criteria:
    """What counts as right, as reviewers are told. A change is a new version; labels name the one they were given
    under."""

    version: int
    text: str
    at: float


@dataclass(frozen=True)
class Label:
    """A reviewer's verdict on one answer. `number` is the sample's place in the run, `attempt` names the answer.

    `blind`: the reviewer could not have seen what others said of this answer. `sealed`: nor what Exact Match and the
    judge said of it; None: it is not known. `criteria` 0: none were written then.
    """

    id: int
    run_id: str
    sample_id: int
    number: int
    attempt: int
    reviewer: str
    verdict: HumanVerdict
    note: str
    tags: tuple[str, ...]
    criteria: int
    blind: bool
    at: float
    sealed: bool | None = None


@dataclass(frozen=True)
class NewLabel:
    """A label to be kept. `note` and `tags` None: as they stand. `attempt` None: the sample's latest answer.

    `client_id` makes a repeated sending count once; `at` is when it was given, None for now. `blind` False: the
    reviewer had seen others' labels of the answer (the store finds out by itself, but not of labels given elsewhere).
    `sealed`: verdicts of Exact Match and the judge were hidden from the reviewer; None: it is not known.
    """

    reviewer: str
    verdict: HumanVerdict
    note: str | None = None
    tags: tuple[str, ...] | None = None
    attempt: int | None = None
    client_id: str = ""
    at: float | None = None
    blind: bool = True
    sealed: bool | None = False


@dataclass(frozen=True)
class SampleLabels:
    """A sample's labels as one reviewer may see them: those of `others` (and `human`, what all say together) only
    beside an own one. `hidden` counts those not shown. `last` is the sample of what this reviewer would take back."""

    may_label: bool
    own: Label | None = None
    others: tuple[Label, ...] = ()
    hidden: int = 0
    human: HumanVerdict | None = None
    last: int | None = None


@dataclass(frozen=True)
class Stratum:
    """How many samples of a task were drawn, out of how many answered ones."""

    task: str
    drawn: int
    frame: int


@dataclass(frozen=True)
class Draw:
    """A random part of a run, for labelling. `frame` counts the answered samples it was drawn out of; `whole`: those
    were all of the run's. The same seed draws the same questions of the same tasks in any run.

    `labelled` counts the drawn samples with a human verdict; `in_order` those before the first one without: samples
    have a random order, so that any beginning of a draw is a random part as well. `gap` is that first one's number in
    the run (0: all are labelled), `gap_sample` its id.
    """

    number: int
    run_id: str
    seed: int
    size: int
    frame: int
    by_task: bool
    whole: bool
    filter: Mapping[str, object]
    at: float
    strata: tuple[Stratum, ...] = ()
    labelled: int = 0
    in_order: int = 0
    gap: int = 0
    gap_sample: int | None = None

    @property
    def waiting(self) -> int:
        """Labelled samples after the first one without: they count once that one is labelled."""
        return self.labelled - self.in_order


@dataclass(frozen=True)
class Drawn:
    """A sample's place in a draw, from 1 in its random order, and the probability with which it was drawn."""

    draw: int
    place: int
    probability: float


@dataclass(frozen=True, kw_only=True)
class LabelledAnswer:
    """An answer with a human verdict and its scores; `length` is the answer's."""

    sample_id: int
    number: int
    modality: str
    prompt_id: int | None
    length: int
    cell: Cell
    em: float | None
    js: float | None
    probability: float | None
    human: HumanVerdict


@dataclass(frozen=True, kw_only=True)
class LabelledSample(LabelledAnswer):
    """A labelled answer with all that a judge is measured by.

    `verdicts` are the reviewers' standing ones, `independent` each reviewer's latest
    that was given blind to the others; `cluster` names what samples share (a picture, a dialogue).
    """

    task: str
    answer_type: str
    verdicts: Mapping[str, HumanVerdict]
    independent: Mapping[str, HumanVerdict]
    criteria: frozenset[int]
    cluster: str
    draws: tuple[Drawn, ...] = ()


@dataclass(frozen=True)
class ThreeWayRow:
    """EM x judge x human of a group of samples; `name` "" is all of them. `counts` is by EM x judge, then by human.

    `eight` are the shares of the eight cells in the samples that all three call right or wrong, `right` the share of
    right ones by people in each cell of EM x judge. Of what was labelled, that is: only where the labelled samples are
    a random part of the group do these shares speak of the rest. `hidden` counts, by cell, what others have labelled
    and the reviewer who looks has not: it is in none of the others.
    """

    name: str
    title: Mapping[str, str]
    counts: Mapping[Cell, Mapping[Human, int]]
    eight: Mapping[str, Estimate] = field(default_factory=dict)
    right: Mapping[Cell, Estimate] = field(default_factory=dict)
    hidden: Mapping[Cell, int] = field(default_factory=dict)

    @property
    def labelled(self) -> int:
        return sum(n for by in self.counts.values() for human, n in by.items() if human != "unlabelled")

    @property
    def unlabelled(self) -> int:
        return sum(by.get("unlabelled", 0) for by in self.counts.values())

    @property
    def veiled(self) -> int:
        """How many are hidden in all cells."""
        return sum(self.hidden.values())


@dataclass(frozen=True)
class Imported:
    """What became of labels from a file: `known` were there already; `other_answer` speak of an answer that is not the
    run's, `unknown` of a sample that it lacks."""

    added: int
    known: int
    other_answer: int
    unknown: int
