"""The record of how an answer was read: what each rule changed. For the developer who asks why row 4,117 got 0."""

from dataclasses import dataclass, field

SHOWN_CHARS = 160  # of a text in a step
MAX_STEPS = 24


@dataclass
class Trace:
    """Collects steps {"rule", "before", "after"}; only rules that changed something leave one.

    Bounded whatever the answer: at most `MAX_STEPS` steps, each text cut to `SHOWN_CHARS` characters.
    """

    steps: list[dict[str, str]] = field(default_factory=list)

    def step(self, rule: str, before: str, after: str) -> str:
        """Notes the change, if it is one, and returns `after`, so that rules can be chained."""
        if before != after and len(self.steps) < MAX_STEPS:
            self.steps.append({"rule": rule, "before": clip(before), "after": clip(after)})
        return after

    def copy(self) -> "Trace":
        return Trace(list(self.steps))


def clip(text: str, limit: int = SHOWN_CHARS) -> str:
    """A text short enough to show; what is left out is marked by «…»."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
