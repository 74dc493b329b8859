"""How fast a run is: the figures that are worked out of its stored answers, and what they cost. Values only.

Times are seconds since the epoch, durations seconds. What nobody measured is None, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from studio.core.pace import Stage, StageLoad


@dataclass(frozen=True)
class Window:
    """An uninterrupted spell of work: the first request is sent at `start`, the last answer comes at `asked`, and at
    `end` the judge is done too. The loading of the model is before it."""

    start: float
    asked: float
    end: float


@dataclass(frozen=True)
class Spread:
    """Percentiles by nearest rank: each is a value that was really measured. `n` values stand behind them."""

    p50: float
    p95: float
    n: int


@dataclass(frozen=True)
class Moment:
    """A step of the timeline. `at_s` is where it begins, in seconds of work; `answered`, `failed` and `judged` happened
    during it; `under_way` is the mean number of requests under way, None where some of them have not ended yet;
    `answered_so_far` and `judged_so_far` are totals at its end."""

    at_s: float
    seconds: float
    answered: int
    failed: int
    judged: int
    under_way: float | None
    answered_so_far: int
    judged_so_far: int

    @property
    def per_second(self) -> float:
        return self.answered / self.seconds

    @property
    def backlog(self) -> int:
        """Answers that wait for the judge at its end."""
        return max(0, self.answered_so_far - self.judged_so_far)


@dataclass(frozen=True)
class Pause:
    """Nobody worked for `seconds`; it lies between two spells of work, `at_s` seconds of work from the start."""

    at_s: float
    seconds: float


@dataclass(frozen=True)
class Timeline:
    """A run along its seconds of work: pauses take no room on it."""

    seconds: float
    step_s: float
    moments: tuple[Moment, ...]
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The means of a run. `asking_s` is the time from the first request to the last answer, pauses and the loading of
    the model left out; `working_s` goes on until the judge is done. `judged` counts verdicts of the run's judge,
    `unjudged` the answers that wait for one now; `recalled` answers were taken from earlier runs and are counted
    nowhere else; `…_seen` the answers whose tokens are known."""

    answered: int = 0
    failed: int = 0
    judged: int = 0
    unjudged: int = 0
    recalled: int = 0
    asking_s: float = 0.0
    working_s: float = 0.0
    prompt_tokens: int = 0
    prompt_seen: int = 0
    completion_tokens: int = 0
    completion_seen: int = 0
    ttft: Spread | None = None
    per_token: Spread | None = None
    latency: Spread | None = None

    @property
    def per_second(self) -> float | None:
        """Answers a second; failures are no answers."""
        return self.answered / self.asking_s if self.answered and self.asking_s > 0 else None

    @property
    def tokens_per_second(self) -> float | None:
        """Tokens of answers a second; a lower bound where some answers did not tell theirs."""
        return self.completion_tokens / self.asking_s if self.completion_seen and self.asking_s > 0 else None


FindingCode = Literal[
    "server", "model", "starved", "starved_model", "judge_behind", "judge_waited", "judge_last"
]


@dataclass(frozen=True)
class Finding:
    """What holds a run up, for `pace.finding.<code>`. `stage` is named where one starves the server."""

    code: FindingCode
    stage: Stage | None = None
    share: float | None = None  # how much of the server stands idle, or is at work
    room: int = 0
    n: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Price:
    """What work costs, in any currency: an hour of the machine; a million tokens of prompts and of answers."""

    hour: float | None = None
    prompt: float | None = None
    completion: float | None = None

    @property
    def given(self) -> bool:
        return (self.hour, self.prompt, self.completion) != (None, None, None)


@dataclass(frozen=True)
class PerThousand:
    """What a thousand answers took: hours of work, tokens of prompts and of answers (means over those known)."""

    hours: float | None
    prompt_tokens: float | None
    completion_tokens: float | None


@dataclass(frozen=True)
class Cost:
    """The cost of a thousand answers, part by part; a part without a price is None, and so is `total` where a price is
    given for something that nobody counted (`unknown` names it)."""

    hour: float | None
    prompt: float | None
    completion: float | None
    total: float | None
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pace:
    """How fast a run is. `untimed` says why there is nothing to tell: `imported` (whoever ran it kept no times),
    `human`, `recalled` (all was taken from earlier runs), or `early` (nothing was answered yet). `loads` are the stages
    as of now, of a run that goes on in this process; `batched`: the answers of a batch come together, so times count
    from the batch's start."""

    run_id: str
    figures: Figures
    untimed: Literal["", "imported", "human", "early", "recalled"] = ""
    going: bool = False
    batched: bool = False
    judged: bool = True  # whether a judge is asked at all
    timeline: Timeline | None = None
    loads: Mapping[Stage, StageLoad] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    per_thousand: PerThousand | None = None
    price: Price = Price()
    cost: Cost | None = None


def per_thousand(figures: Figures, *, timed: bool = True) -> PerThousand | None:
    """What a thousand answers took; None before the first one. Without times, what the tokens alone tell."""
    if not figures.answered:
        return None

    def each(total: int, seen: int) -> float | None:
        return total / seen * 1000 if seen else None

    return PerThousand(
        figures.working_s / 3600 / figures.answered * 1000 if timed else None,
        each(figures.prompt_tokens, figures.prompt_seen),
        each(figures.completion_tokens, figures.completion_seen),
    )


def cost_of(price: Price, thousand: PerThousand) -> Cost:
    """Hours times the price of an hour, and millions of tokens times theirs."""
    parts = {
        "hour": (price.hour, thousand.hours),
        "prompt": (price.prompt, thousand.prompt_tokens and thousand.prompt_tokens / 1e6),
        "completion": (price.completion, thousand.completion_tokens and thousand.completion_tokens / 1e6),
    }
    unknown = tuple(name for name, (each, amount) in parts.items() if each is not None and amount is None)
    found = {
        name: each * amount if each is not None and amount is not None else None
        for name, (each, amount) in parts.items()
    }
    known = [value for value in found.values() if value is not None]
    total = None if unknown or not known else sum(known)
    return Cost(found["hour"], found["prompt"], found["completion"], total, unknown)
