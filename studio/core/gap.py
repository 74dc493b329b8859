"""How far the best model is from people: the same questions, both answers, with an interval that knows that the best
was chosen by the same data. Scores are in [0, 1], gaps in [-1, 1]; a gap above 0 means that people are better."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.core.compare import CompareMark
from studio.core.outcome import Estimate
from studio.core.people_run import PeopleRun
from studio.core.trials import Difference

# What a line is of: all tasks, a task, a skill (its tasks weigh equally), a category of a task's questions.
GapBy = Literal["all", "task", "skill", "category"]
GAP_BYS: tuple[GapBy, ...] = ("all", "task", "skill", "category")
ENOUGH = 0.9  # of the people's scored questions; a model that has fewer is no candidate for the best


@dataclass(frozen=True)
class Gap:
    """People less the best model, on the questions that both have a score for.

    `difference` is the observed one, to the model that came out best, with bounds on the gap to the model that *is*
    best among `models`: low is the least of the models' lower bounds (2.5 % each), high the least of their upper bounds
    (2.5 % / models each). `people` and `best` are means over the same questions (of several tasks: means of tasks).
    """

    model: str  # the key of a row of the leaderboard
    run: str  # the model's run of the (first) task
    people_run: str
    people: float
    best: float
    difference: Difference
    models: int

    @property
    def verdict(self) -> Literal["people", "model", "open"]:
        """Who is ahead beyond the interval."""
        return "people" if self.difference.low > 0 else "model" if self.difference.high < 0 else "open"


@dataclass(frozen=True)
class GapRow:
    """A line: by EM and by the judge; None where nobody has such scores."""

    by: GapBy
    name: str
    title: Mapping[str, str]
    tasks: tuple[str, ...]
    em: Gap | None
    js: Gap | None
    category: str = ""  # `key=value`, as filters of Inspect say it

    def of(self, mark: CompareMark) -> Gap | None:
        return self.em if mark == "em" else self.js


@dataclass(frozen=True)
class Ceiling:
    """How far one may come at all: `rest` is how often one person agrees with the majority of the others, `model` how
    often the best model by EM agrees with the majority of all, over the questions that people answered alike enough to
    have one. Answers agree where they say the same once normalised."""

    task: str
    title: Mapping[str, str]
    rest: Estimate
    model: Estimate
    key: str


@dataclass(frozen=True)
class HumanGap:
    """People beside the best model. `people` is what the newest of their runs was made of, None: nobody here has
    answered yet; `projects` are the titles of all projects whose runs stand for them.

    `names` are the models, in each language, by the keys of the leaderboard's rows; `short` those that were no
    candidates anywhere, with the greatest share of the people's questions that they have. `hidden` tasks are left out
    because whoever looks may not see their gold; `other_scores` are tasks whose own score is made by other metrics than
    the EM and JS of questions that are compared here. `few` categories had fewer than `LEAST` questions.
    """

    people: PeopleRun | None
    key: str
    rows: tuple[GapRow, ...]
    ceilings: tuple[Ceiling, ...]
    names: Mapping[str, Mapping[str, str]]
    short: Mapping[str, float]
    projects: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    other_scores: tuple[str, ...] = ()
    few: int = 0

    def by(self, by: GapBy) -> tuple[GapRow, ...]:
        return tuple(row for row in self.rows if row.by == by)


LEAST = 10  # questions of a category; fewer say nothing
