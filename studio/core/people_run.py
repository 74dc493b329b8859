"""A run that people's answers were made into: whose answers, of which project, out of how many people."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from studio.core.outcome import Estimate

# All of them together; one of them, drawn anew for each question; one person in all that he answered.
PeopleWhat = Literal["together", "drawn", "person"]
PEOPLE: tuple[PeopleWhat, ...] = ("together", "drawn", "person")


@dataclass(frozen=True)
class PeopleRun:
    """What a run of people was made of, as its project stood at `at` (seconds since 1970), after the journal's record
    `n`.

    `title` is the project's. `number` tells a person from the others of the project, in the order in which they joined
    (0: no single person). `people` counts those whose answers went in, `overlap` how many an item was to get; `level`
    is `crowd` or `expert`. `silent` items have no answer that counts, `tied` ones have answers between which nothing
    decided: both are failures with their reasons, never wrong answers. `rest` is how often one person, drawn for each
    item, agrees with the majority of the others. Whoever answers a task on his own does it under a `name`, which is
    gone once his data are erased; `person` is his id, "" where a run tells nobody's.
    `low` is the share of answered items without a majority, above `threshold` the protocol calls the baseline invalid
    (both None in older runs); `excluded` people's answers were left out.
    """

    project: str
    title: str
    what: PeopleWhat
    method: str
    level: str
    people: int
    overlap: int
    at: float
    n: int
    number: int = 0
    silent: int = 0
    tied: int = 0
    rest: Estimate | None = None
    name: str = ""
    person: str = ""
    low: float | None = None
    threshold: float | None = None
    excluded: int = 0

    @property
    def valid(self) -> bool | None:
        """Whether the baseline was valid by the protocol; None where that is not known, or no matter of one person."""
        if self.low is None or self.threshold is None or self.what == "person":
            return None
        return self.low <= self.threshold

    @property
    def model(self) -> str:
        """What stands in the place of a model's name: the same in every language, and for every project."""
        if self.name:
            return self.name
        who = "experts" if self.level == "expert" else "people"
        return {"together": f"{who}:{self.method}", "drawn": f"{who}:drawn"}.get(
            self.what, f"person:{self.number}"
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def of(resolved: Mapping[str, Any]) -> "PeopleRun | None":
        """What a run's `resolved` says of its people; None for a model's run, and for a person's of the time before
        projects."""
        data = resolved.get("people")
        if not isinstance(data, Mapping):
            return None
        rest = data.get("rest")
        return PeopleRun(**{**data, "rest": Estimate(**rest) if rest else None})
