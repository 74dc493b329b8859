"""A run read for «what if», and what other rules and another threshold would make of it."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from studio.core.outcome import Estimate
from studio.core.rules import DEFAULT_RULES, Rules
from studio.core.run import CELLS, Cell
from studio.core.task import AnswerType, TaskInfo
from studio.core.trials import Difference
from studio.core.whatif import BINS, Sides, TaskChange
from studio.judges.again import Calls
from studio.metrics import exact_match, settings_of
from studio.metrics.first_pass import FirstPass, Stored
from studio.metrics.rescore import Rescorer, scoreable
from studio.service.views import ALL_TITLE
from studio.stats import mean_estimate, paired_difference
from studio.store.rescored import StoredRow, StoredText

Scores = NDArray[np.float64]
# Cells by EM and JS, each 0 or 1; anything else is `unscored`.
_CELL: tuple[Cell, ...] = ("neither", "js_only", "em_only", "both", "unscored")


@dataclass(frozen=True)
class Verdicts:
    """EM and JS of every answer, NaN for none."""

    em: Scores
    js: Scores

    @cached_property
    def cells(self) -> NDArray[np.int8]:
        """Places in the table EM x judge, as indices of `_CELL`."""
        both = np.where(self.em >= 0.5, 2, 0) + np.where(self.js >= 0.5, 1, 0)
        return np.where(np.isnan(self.em) | np.isnan(self.js), 4, both).astype(np.int8)

    def cell(self, place: int) -> Cell:
        return _CELL[int(self.cells[place])]

    def counts(self, places: Sequence[int] | NDArray[np.intp] | slice) -> dict[Cell, int]:
        found = np.bincount(self.cells[places], minlength=5)
        return {cell: int(found[_CELL.index(cell)]) if cell in _CELL else 0 for cell in CELLS}


class Bench:
    """The answers of a run in memory: texts with their golds, the judge's calls, what answers share.

    `rules` are those that the run is scored by now; None where it is by a published profile.
    """

    def __init__(
        self,
        rows: Sequence[StoredRow],
        infos: Mapping[int, TaskInfo],
        clusters: Sequence[str],
        calls: Calls,
        rules: Rules | None,
        texts: Callable[[], Sequence[StoredText]],
        first: Callable[[Callable[[], FirstPass]], FirstPass],
    ) -> None:
        """`texts` reads what the answers say, `first` what the first pass over them found, or has it made."""
        self.rows = rows
        self.infos = infos
        self.calls = calls
        self.rules = rules
        self._texts = texts
        self._first = first
        self._lock = threading.RLock()  # of two who ask for the texts, the second waits for the first
        self.before = Verdicts(_numbers([row.em for row in rows]), _numbers([row.js for row in rows]))
        known: dict[str, int] = {}
        self._clusters = np.array([known.setdefault(name, len(known)) for name in clusters], dtype=np.intp)
        tasks = np.array([row.task_id for row in rows], dtype=np.int64)
        self.places = {task: np.flatnonzero(tasks == task) for task in dict.fromkeys(tasks.tolist())}
        self._published: dict[str, Scores] = {}

    @property
    def stored(self) -> Sequence[Stored]:
        """What the answers say: read once rules are asked about, for it takes as long as all else."""
        with self._lock:
            return self._read_stored

    @property
    def rescorer(self) -> Rescorer:
        with self._lock:
            return self._made_rescorer

    @cached_property
    def _read_stored(self) -> Sequence[Stored]:
        kinds = (self.infos[row.task_id].answer_type for row in self.rows)
        return [_stored(text, kind) for text, kind in zip(self._texts(), kinds, strict=True)]

    @cached_property
    def _made_rescorer(self) -> Rescorer:
        rules, made = self.rules or DEFAULT_RULES, []

        def make() -> FirstPass:
            made.append(Rescorer(self.stored, rules))
            return made[0].first

        first = self._first(make)
        return made[0] if made else Rescorer(self.stored, rules, first)

    def after(
        self, rules: Rules | None, profile: str, threshold: float | None, variants: Sequence[str]
    ) -> Verdicts:
        """The verdicts under other rules, a published profile, another threshold, other texts."""
        return Verdicts(
            self._em(rules, profile), self.calls.decided(self.before.js, threshold, tuple(variants))
        )

    def _em(self, rules: Rules | None, profile: str) -> Scores:
        if profile:
            return self._by_profile(profile)
        if rules is None or rules == self.rules:
            return self.before.em
        return self.by_rules(rules)

    def by_rules(self, rules: Rules) -> Scores:
        """EM by a set of rules; NaN where there is no gold."""
        found = np.frombuffer(self.rescorer.right(rules), dtype=np.uint8).astype(np.float64)
        return np.where(found == 2, np.nan, found)

    def _by_profile(self, profile: str) -> Scores:
        """EM by a published profile: equal answers to equal golds once."""
        known = self._published.get(profile)
        if known is None:
            seen: dict[tuple[int, str, tuple[str, ...]], float | None] = {}
            for row, stored in zip(self.rows, self.stored, strict=True):
                key = (row.task_id, stored.text, stored.golds)
                if key not in seen:
                    settings = settings_of(self.infos[row.task_id])
                    seen[key] = exact_match(
                        stored.text, stored.golds, profile=profile, settings=settings
                    ).value
            keys = (
                (row.task_id, item.text, item.golds) for row, item in zip(self.rows, self.stored, strict=True)
            )
            known = self._published[profile] = _numbers([seen[key] for key in keys])
        return known

    def change(
        self, task: str, title: Mapping[str, str], places: NDArray[np.intp], after: Verdicts
    ) -> TaskChange:
        """What becomes of some answers."""
        return TaskChange(
            task,
            title,
            self._sides(self.before.em[places], after.em[places], places),
            self._sides(self.before.js[places], after.js[places], places),
            self.before.counts(places),
            after.counts(places),
            int(np.sum(_differs(self.before, after)[places])),
        )

    def changes(self, after: Verdicts) -> tuple[TaskChange, tuple[TaskChange, ...]]:
        """All answers, and each task's."""
        tasks = tuple(
            self.change(self.infos[task].name, self.infos[task].title, places, after)
            for task, places in self.places.items()
        )
        return self.change("", ALL_TITLE, np.arange(len(self.rows)), after), tasks

    def bins(self, variants: Sequence[str]) -> tuple[tuple[int, int], ...]:
        """The judge's probabilities as a histogram, by EM: right, wrong."""
        found = self.calls.probabilities(tuple(variants))
        right = self.before.em >= 0.5
        asked = ~np.isnan(found)
        place = np.minimum((np.nan_to_num(found) * BINS).astype(int), BINS - 1)
        counts = [np.bincount(place[asked & side], minlength=BINS) for side in (right, ~right)]
        return tuple((int(a), int(b)) for a, b in zip(*counts, strict=True))

    def _sides(self, before: Scores, after: Scores, places: NDArray[np.intp]) -> Sides:
        clusters = self._clusters[places]
        if after is before or np.array_equal(before, after, equal_nan=True):
            same = _estimate(before, clusters)
            return Sides(same, same, None, 0, 0)
        both = ~(np.isnan(before) | np.isnan(after))
        difference: Difference | None = paired_difference(after[both], before[both], clusters[both])
        gained, lost = (
            int(np.sum(both & (after > before))),
            int(np.sum(both & (after < before))),
        )
        return Sides(_estimate(before, clusters), _estimate(after, clusters), difference, gained, lost)


def changed_places(before: Verdicts, after: Verdicts) -> NDArray[np.intp]:
    """Where EM or JS is another, in the order of the run."""
    return np.flatnonzero(_differs(before, after))


def _differs(before: Verdicts, after: Verdicts) -> NDArray[np.bool_]:
    same_em = (before.em == after.em) | (np.isnan(before.em) & np.isnan(after.em))
    same_js = (before.js == after.js) | (np.isnan(before.js) & np.isnan(after.js))
    differs: NDArray[np.bool_] = ~(same_em & same_js)
    return differs


def _estimate(values: Scores, clusters: NDArray[np.intp]) -> Estimate:
    known = ~np.isnan(values)
    return mean_estimate(values[known], int(np.sum(~known)), 0, clusters[known])


def _numbers(values: Sequence[float | None]) -> Scores:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _stored(row: StoredText, kind: AnswerType) -> Stored:
    gold = row.gold
    golds = (gold,) if isinstance(gold, str) else gold or ()
    return Stored(row.text, scoreable(golds), row.options, kind)
