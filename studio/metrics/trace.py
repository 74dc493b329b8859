"""The record of how an answer was read: what each rule changed. For the developer who asks why row 4,117 got 0."""

from collections.abc import Callable
from dataclasses import dataclass, field

SHOWN_CHARS = 160  # of a text in a step
MAX_STEPS = 24


@dataclass
class Trace:
    """Collects steps {"rule", "before", "after"}; only rules that changed something leave one.

    Bounded whatever the answer: at most `MAX_STEPS` steps, each text cut to `SHOWN_CHARS` characters.
    """

    steps: list[dict[str, str]] = field(default_factory=list)
    keeps = True  # whether anybody reads the steps: where nobody does, what only they need is not worked out
    curious = False  # whether it is asked what a switch that is off would have done

    def step(self, rule: str, before: str, after: str) -> str:
        """Notes the change, if it is one, and returns `after`, so that rules can be chained."""
        if before != after and len(self.steps) < MAX_STEPS:
            self.steps.append({"rule": rule, "before": clip(before), "after": clip(after)})
        return after

    def rule(self, name: str, on: bool, text: str, change: Callable[[str], str], shown: str = "") -> str:
        """A step that the switch `name` governs: the text changed where it is on. `shown` is the step's own name."""
        return self.step(shown or name, text, change(text)) if on else text

    def touch(self, name: str) -> None:
        """A switch could have mattered here; the record of one answer does not tell that."""

    def aside(self) -> "Trace":
        """For forms that are only looked up (of gold, of options): their steps are not the answer's."""
        return SILENT

    def copy(self) -> "Trace":
        return Trace(list(self.steps))


class Silent(Trace):
    """Keeps nothing: for scoring many answers where only the verdict is asked for."""

    keeps = False

    def step(self, rule: str, before: str, after: str) -> str:
        return after

    def rule(self, name: str, on: bool, text: str, change: Callable[[str], str], shown: str = "") -> str:
        return change(text) if on else text

    def copy(self) -> "Trace":
        return self


class Touched(Silent):
    """Collects the names of the switches that changed anything, or would have, on the way to a verdict.

    As long as none of these is turned, the verdict cannot become another one: every place where a switch
    decides is passed with the same text as before.
    """

    curious = True

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def step(self, rule: str, before: str, after: str) -> str:
        if before != after:
            self.names.add(rule)
        return after

    def rule(self, name: str, on: bool, text: str, change: Callable[[str], str], shown: str = "") -> str:
        changed = self.step(name, text, change(text))
        return changed if on else text

    def touch(self, name: str) -> None:
        self.names.add(name)

    def aside(self) -> "Trace":
        return self


SILENT = Silent()


def clip(text: str, limit: int = SHOWN_CHARS) -> str:
    """A text short enough to show; what is left out is marked by «…»."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
