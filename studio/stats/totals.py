"""Attempted, Coverage, Total and the totals of modalities (arXiv 2511.15552v3, §3.3.4), in both weightings.

Equation 2 of the paper weighs modalities equally; its Table 6 holds the plain mean over attempted tasks instead.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from studio.core.content import Given
from studio.core.suite import Access
from studio.core.totals import Measure, Totals, Weighting
from studio.stats.measures import weighted


class Counted(Protocol):
    """A task as totals see it."""

    @property
    def name(self) -> str: ...

    @property
    def modality(self) -> Given: ...

    @property
    def access(self) -> Access: ...


def totals(
    tasks: Sequence[Counted],
    scores: Mapping[str, Measure],
    weighting: Weighting,
    *,
    public: bool = True,
) -> Totals:
    """The totals of task scores by name; a task without one was not attempted and counts as 0 in Total.

    With `public` False only private tasks count, in every number. Raises ValueError for a score of no task of these.
    """
    unknown = scores.keys() - {task.name for task in tasks}
    if unknown:
        raise ValueError(f"scores of no task of the suite: {sorted(unknown)}")
    counted = [task for task in tasks if public or task.access == "private"]
    attempted = [task for task in counted if task.name in scores]
    sizes = Counter(task.modality for task in counted)
    coverage = sum(1 / sizes[task.modality] for task in attempted) / len(sizes) if sizes else 0.0
    shares = _shares(attempted, sizes, weighting)

    def summed(weights: Iterable[tuple[Counted, float]]) -> Measure:
        return weighted([(weight, scores[task.name]) for task, weight in weights])

    return Totals(
        weighting=weighting,
        public=public,
        attempted=summed(shares) if shares else None,
        coverage=coverage,
        total=summed((task, share * coverage) for task, share in shares),
        modalities={
            modality: summed((task, 1 / n) for task in attempted if task.modality == modality)
            for modality, n in sizes.items()
        },
        tasks={task.name: scores[task.name] for task in attempted},
        missing=tuple(task.name for task in counted if task.name not in scores),
    )


def _shares(
    attempted: Sequence[Counted], sizes: Mapping[Given, int], weighting: Weighting
) -> list[tuple[Counted, float]]:
    """Each attempted task's weight in Attempted; they sum to 1."""
    raw = [1.0 if weighting == "published" else 1 / sizes[task.modality] for task in attempted]
    return [(task, weight / sum(raw)) for task, weight in zip(attempted, raw, strict=True)]
