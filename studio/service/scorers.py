"""Versions of the scorer: sets of rules with a name, and Exact Match by the version that a run points to.

A run's profile is `studio`, or a published one, or `studio+NAME` once it was scored anew by the version of that name.
"""

from studio.core.errors import BadInput
from studio.core.outcome import Score
from studio.core.rules import DEFAULT_RULES, PROFILE, Rules, Scorer
from studio.core.task import Gold, Sample, TaskInfo
from studio.metrics import exact_match, profile_named, settings_of
from studio.store import Store

OURS = "studio"


class Scorers:
    """Reads profiles as runs name them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def score(self, text: str, gold: Gold | None, sample: Sample, task: TaskInfo, profile: str) -> Score:
        """Exact Match of one answer by a run's profile. Raises BadInput for one that is not known."""
        name, scorer = self.of(profile)
        return exact_match(
            text,
            gold,
            options=sample.options,
            answer_type=task.answer_type,
            profile=name,
            settings=settings_of(task),
            scorer=scorer,
        )

    def of(self, profile: str) -> tuple[str, Scorer]:
        """The profile's own name and its version of the rules. Raises BadInput for a version that is not kept."""
        name, _, version = profile.partition("+")
        if not version:
            return name, PROFILE
        rules = self._store.scorers.rules(version)
        if rules is None:
            raise BadInput(
                "unknown_scorer", name=version, known=", ".join(self._store.scorers.names()) or "—"
            )
        return name, Scorer(version, rules)

    def rules_of(self, profile: str) -> Rules | None:
        """The rules behind a run's profile; None for a published one."""
        name, scorer = self.of(profile)
        return (scorer.rules if scorer.name else DEFAULT_RULES) if name == OURS else None


def label_of(profile: str) -> str:
    """The version that stands beside every score by a run's profile: `studio-2+NAME`. Raises BadInput."""
    name, _, version = profile.partition("+")
    return profile_named(name, scorer=Scorer(version)).label
