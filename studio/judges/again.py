"""The judge's verdicts decided again out of its stored calls: another threshold, other texts. No model is asked."""

import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

VOTE = "vote"
VARIANTS = (
    "full",
    "after_marker",
    "straight",
    "swapped",
)  # texts of a classifier; orders of a chat model's votes
HALF = 0.5
_COLUMNS = ("best", "label", "votes", "right", "failed", "asked")


class StoredCall(NamedTuple):
    """A call of the judge about the answer at `place`: the probability of «agrees», its label; None: it failed."""

    place: int
    candidate: str
    probability: float | None
    label: int | None


class Calls:
    """The calls about many answers, by variant: the most certain «agrees» of its texts, or the share of its votes."""

    def __init__(self, n: int, calls: Iterable[StoredCall]) -> None:
        """`n` answers; no call means that the judge was not asked about one."""
        shape = (len(VARIANTS), n)
        self._best = np.full(shape, -1.0)
        self._label = np.zeros(shape, dtype=np.int8)
        self._votes = np.zeros(shape)
        self._right = np.zeros(shape)
        self._failed = np.zeros(shape, dtype=bool)
        self._asked = np.zeros(shape, dtype=bool)
        for call in calls:
            self._add(call)

    def to_bytes(self) -> bytes:
        """All of it, packed."""
        packed = io.BytesIO()
        np.savez_compressed(packed, **{name: getattr(self, f"_{name}") for name in _COLUMNS})
        return packed.getvalue()

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Calls":
        """The same that `to_bytes` was asked of. Raises ValueError or KeyError for anything else."""
        calls = cls(0, ())
        with np.load(io.BytesIO(packed), allow_pickle=False) as columns:
            for name in _COLUMNS:
                setattr(calls, f"_{name}", columns[name])
        return calls

    @property
    def known(self) -> tuple[str, ...]:
        """The variants that the judge was asked about."""
        return tuple(name for row, name in enumerate(VARIANTS) if self._asked[row].any())

    def decided(
        self, stored: NDArray[np.float64], threshold: float | None, variants: Sequence[str] = ()
    ) -> NDArray[np.float64]:
        """The verdict on each answer: 1, 0, or NaN for none; `stored` are those that the judge gave.

        Without a threshold and with all variants it is the stored one. An answer whose chosen texts the judge was not
        asked about is judged by the whole of it: a marker is not in every answer. As when the judge decides, a 1 stands
        whatever else failed and a 0 needs every text to be answered; of votes the share counts, and none may fail.
        """
        if threshold is None and not variants:
            return stored
        rows = self._rows(variants)
        best = np.where(self._asked & rows, self._best, -1.0)
        first = best.argmax(axis=0)
        places = np.arange(best.shape[1])
        probability, label = best[first, places], self._label[first, places]
        failed = (self._failed & rows).any(axis=0)
        agrees = label == 1 if threshold is None else probability >= threshold
        found = np.where(agrees, 1.0, np.where(failed, np.nan, 0.0))
        found = np.where(probability < 0, np.nan, found)
        votes = (self._votes * rows).sum(axis=0)
        share = (self._right * rows).sum(axis=0) / np.maximum(votes, 1)
        by_votes = self._by_share(share, threshold)
        found = np.where(votes > 0, np.where(failed, np.nan, by_votes), found)
        asked = (self._asked & rows).any(axis=0)
        return np.where(asked, found, stored)

    def probabilities(self, variants: Sequence[str] = ()) -> NDArray[np.float64]:
        """What decides: the largest probability, or the share of votes; NaN where the judge was not asked."""
        rows = self._rows(variants)
        best = np.where(self._asked & rows, self._best, -1.0).max(axis=0)
        votes = (self._votes * rows).sum(axis=0)
        share = (self._right * rows).sum(axis=0) / np.maximum(votes, 1)
        found = np.where(votes > 0, share, best)
        return np.where(found < 0, np.nan, found)

    def _rows(self, variants: Sequence[str]) -> NDArray[np.bool_]:
        """Which variants count for each answer: the chosen ones, else all that there are."""
        chosen = np.array([not variants or name in variants for name in VARIANTS])[:, None]
        picked = self._asked & chosen
        rows: NDArray[np.bool_] = np.where(picked.any(axis=0), picked, self._asked)
        return rows

    def _by_share(self, share: NDArray[np.float64], threshold: float | None) -> NDArray[np.float64]:
        if threshold is not None:
            return np.where(share >= threshold, 1.0, 0.0)
        return np.where(share == HALF, np.nan, np.where(share > HALF, 1.0, 0.0))

    def _add(self, call: StoredCall) -> None:
        name, _, order = call.candidate.partition(":")
        vote = name.startswith(VOTE)
        variant = ("swapped" if order else "straight") if vote else name
        row = VARIANTS.index(variant) if variant in VARIANTS else 0
        self._asked[row, call.place] = True
        if call.probability is None or call.label is None:
            self._failed[row, call.place] = True
        elif vote:
            self._votes[row, call.place] += 1
            self._right[row, call.place] += call.label
        elif call.probability > self._best[row, call.place]:
            self._best[row, call.place] = call.probability
            self._label[row, call.place] = call.label
