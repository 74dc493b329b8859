"""What a crowd's votes say together: the majority, weighted or not, and how far the votes agree."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from studio.core.health import Figure
from studio.core.votes import Crowd, CrowdAgreement, Verdict, Vote
from studio.stats.agreement import SEED, Floats, bounds

DRAWS = 2_000
_EVEN = 1e-9  # weights that differ by less are the same
_AT_ONCE = 4_000_000  # numbers of a block of draws


def majority(votes: Sequence[Vote], weights: Mapping[str, float] | None = None) -> Crowd:
    """Each item's answer with the most votes; with `weights`, with the greatest weight of annotators (1 if unnamed).

    Equal ones are not decided: such an item's verdict is None with the answers that tie. Raises ValueError for a weight
    below zero and for an annotator with two votes on one item.
    """
    weights = weights or {}
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a vote cannot weigh less than nothing")
    counted: dict[str, dict[str, int]] = {}
    weighed: dict[str, dict[str, float]] = {}
    for item, annotator, answer in single_votes(votes):
        of_item = counted.setdefault(item, {})
        of_item[answer] = of_item.get(answer, 0) + 1
        heavy = weighed.setdefault(item, {})
        heavy[answer] = heavy.get(answer, 0.0) + weights.get(annotator, 1.0)
    return Crowd("majority", {item: verdict_of(item, weighed[item], counted[item]) for item in counted})


def break_ties(crowd: Crowd, *others: Crowd) -> Crowd:
    """The same verdicts, where an item that is tied takes the verdict of the first of `others` that has one among
    the answers that tie; the last round of MERA's protocol: votes weighted by skill on controls, else GLAD."""
    found = dict(crowd.verdicts)
    for item, verdict in crowd.verdicts.items():
        for other in others if verdict.tied else ():
            better = other.verdicts.get(item)
            if better and better.answer in verdict.tied:
                found[item] = Verdict(
                    item, better.answer, verdict.support, verdict.votes, verdict.agreeing, verdict.tied
                )
                break
    return Crowd(crowd.method, found, crowd.skill, crowd.difficulty)


def verdict_of(item: str, weighed: Mapping[str, float], counted: Mapping[str, int]) -> Verdict:
    """The answer of the greatest weight, or the ones that tie, in the order of their letters."""
    best = max(weighed.values())
    leading = tuple(sorted(answer for answer, weight in weighed.items() if best - weight <= _EVEN))
    whole = sum(weighed.values())
    return Verdict(
        item,
        leading[0] if len(leading) == 1 else None,
        best / whole if whole else 0.0,
        sum(counted.values()),
        max(counted.get(answer, 0) for answer in leading),
        leading if len(leading) > 1 else (),
    )


def crowd_agreement(votes: Sequence[Vote], *, seed: int = SEED, draws: int = DRAWS) -> CrowdAgreement:
    """How far votes agree, on items with two votes or more; answers are names without an order (nominal).

    Of an item with m votes, r_k of them for k. Raw: the mean over items of Σ r_k(r_k−1)/(m(m−1)). With π_k the mean
    over items of r_k/m: Fleiss' κ = (raw − Σπ_k²)/(1 − Σπ_k²) (Fleiss 1971, in Gwet's form for unequal m), Gwet's AC1
    the same with chance Σπ_k(1−π_k)/(q−1) for q answers in use (Gwet 2008). Krippendorff's α = 1 − D_o/D_e: over n
    votes in all with n_k for k, D_o = (1/n)Σ_items (m² − Σr_k²)/(m−1), D_e = (n² − Σn_k²)/(n(n−1)) (Krippendorff 2011).

    Intervals are the middle 95 % of the Bayesian bootstrap of items, the same in whatever order votes come: a board, a
    baseline and a file that ask for one agreement tell one interval. Undefined, with its reason: `one_reviewer` (no
    item has two votes), `unanimous` (α, κ: everybody said one and the same thing, and chance is certain, too).
    """
    data = numbered_votes(sorted(single_votes(votes), key=attrgetter("item", "answer")))
    kept = (np.bincount(data.item) > 1)[data.item] if votes else np.zeros(0, dtype=bool)
    annotators = len(data.annotators)
    if not kept.any():
        nothing = Figure(None, reason="one_reviewer")
        return CrowdAgreement(0, annotators, 0, nothing, nothing, nothing, nothing)
    _, items = np.unique(data.item[kept], return_inverse=True)
    _, answers = np.unique(data.answer[kept], return_inverse=True)
    figures = _figures(items.tobytes(), answers.tobytes(), draws, seed)
    return CrowdAgreement(int(items.max()) + 1, annotators, int(kept.sum()), **figures)


@lru_cache(maxsize=8)  # a board, a baseline and what an exclusion would do ask for the same one after another
def _figures(items: bytes, answers: bytes, draws: int, seed: int) -> Mapping[str, Figure]:
    """The figures of votes, by the numbers of their items and of their answers (intp)."""
    table = _Table(np.frombuffer(items, dtype=np.intp), np.frombuffer(answers, dtype=np.intp))
    whole = table.sums(np.ones((1, table.n_items)))[0]
    drawn = table.drawn(draws, seed)
    return {name: _figure(name, whole, drawn, table.n_answers) for name in _MEASURES}


class _Table:
    """Counts of answers by item, sparse: with free answers there are as many columns as votes."""

    def __init__(self, items: NDArray[np.intp], answers: NDArray[np.intp]) -> None:
        self.n_items, self.n_answers = int(items.max()) + 1, int(answers.max()) + 1
        cells, counts = np.unique(items * self.n_answers + answers, return_counts=True)
        item, answer, r = cells // self.n_answers, cells % self.n_answers, counts.astype(float)
        self.n_cells = r.size
        m = np.bincount(items, minlength=self.n_items).astype(float)
        pairs = np.bincount(item, r * (r - 1), self.n_items)
        squares = np.bincount(item, r**2, self.n_items)
        self._of_item = np.stack(
            [
                np.ones(self.n_items),
                pairs / (m * (m - 1)),
                (m**2 - squares) / (m - 1),
                m,
            ],
            axis=1,
        )
        # Free answers are mostly given to one item alone: squares of theirs are those of the item's weight, and need no
        # row of a matrix.
        lonely = (np.bincount(answer, minlength=self.n_answers) == 1)[answer]
        self._lonely = np.stack(
            [
                np.bincount(item[lonely], (r / size)[lonely] ** 2, self.n_items)
                for size in (m[item], np.ones_like(r))
            ],
            axis=1,
        )
        _, answer = np.unique(answer[~lonely], return_inverse=True)
        item, r = item[~lonely], r[~lonely]
        sparse = cast(Any, importlib.import_module("scipy.sparse"))  # slow to import: only when it is asked
        shape = int(answer.max(initial=-1)) + 1, self.n_items
        self._votes = sparse.csr_matrix((r, (answer, item)), shape)
        self._shares = sparse.csr_matrix((r / m[item], (answer, item)), shape)

    def sums(self, weights: Floats) -> Floats:
        """For weights of items, (draws, items): what the measures are made of, (draws, 6): items, Σ raw, Σ disagreeing
        pairs, votes, Σπ_k², Σn_k²."""
        columns = np.ascontiguousarray(weights.T)
        of_votes, of_items = self._votes @ columns, self._shares @ columns
        sums = weights @ self._of_item
        squares = (
            np.einsum("di,di,ik->dk", weights, weights, self._lonely)
            if self._lonely.any()
            else np.zeros((1, 2))
        )
        shares = (np.einsum("kd,kd->d", of_items, of_items) + squares[:, 0]) / sums[:, 0] ** 2
        return np.column_stack([sums, shares, np.einsum("kd,kd->d", of_votes, of_votes) + squares[:, 1]])

    def drawn(self, draws: int, seed: int) -> Floats:
        rng = np.random.default_rng(seed)
        rows = max(1, _AT_ONCE // max(self.n_items, self.n_cells))
        blocks = []
        for start in range(0, draws, rows):
            weights = rng.standard_gamma(1.0, (min(rows, draws - start), self.n_items))
            weights *= self.n_items / weights.sum(axis=1, keepdims=True)
            blocks.append(self.sums(weights))
        return np.concatenate(blocks)


def _raw(sums: Floats, q: int) -> Floats:
    found: Floats = sums[:, 1] / sums[:, 0]
    return found


def _fleiss(sums: Floats, q: int) -> Floats:
    chance = sums[:, 4]
    return (_raw(sums, q) - chance) / (1 - chance)


def _ac1(sums: Floats, q: int) -> Floats:
    chance = (1 - sums[:, 4]) / max(1, q - 1)
    return (_raw(sums, q) - chance) / (1 - chance)


def _alpha(sums: Floats, q: int) -> Floats:
    votes = sums[:, 3]
    found: Floats = 1 - (votes - 1) * sums[:, 2] / (votes**2 - sums[:, 5])
    return found


_MEASURES: Mapping[str, Callable[[Floats, int], Floats]] = {
    "raw": _raw,
    "alpha": _alpha,
    "fleiss": _fleiss,
    "ac1": _ac1,
}


def _figure(name: str, whole: Floats, drawn: Floats, answers: int) -> Figure:
    if answers == 1 and name in {"alpha", "fleiss"}:
        return Figure(None, reason="unanimous")
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(_MEASURES[name](whole[None, :], answers)[0])
        return Figure(value, *bounds(value, _MEASURES[name](drawn, answers)))


class Numbered(NamedTuple):
    """Votes as numbers, in the order of first appearance: vote v says `answers[answer[v]]` of `items[item[v]]`."""

    item: NDArray[np.intp]
    annotator: NDArray[np.intp]
    answer: NDArray[np.intp]
    items: tuple[str, ...]
    annotators: tuple[str, ...]
    answers: tuple[str, ...]


def single_votes(votes: Sequence[Vote]) -> Sequence[Vote]:
    """The same votes. Raises ValueError for an annotator with two of them on one item."""
    if len({(vote.item, vote.annotator) for vote in votes}) < len(votes):
        raise ValueError("an annotator has two votes on one item")
    return votes


def numbered_votes(votes: Sequence[Vote]) -> Numbered:
    """Votes as arrays, for models that count."""
    columns = (
        [vote.item for vote in votes],
        [vote.annotator for vote in votes],
        [vote.answer for vote in votes],
    )
    names = [tuple(dict.fromkeys(column)) for column in columns]
    found = []
    for column, known in zip(columns, names, strict=True):
        places = {name: n for n, name in enumerate(known)}
        found.append(np.array([places[name] for name in column], dtype=np.intp))
    return Numbered(found[0], found[1], found[2], names[0], names[1], names[2])
