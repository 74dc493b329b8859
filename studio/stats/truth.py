"""Models of a crowd: Dawid and Skene's, and GLAD. Both guess the true answers and the annotators' skill together.

Written here and not taken from crowd-kit, which is their oracle in tests: docs/decisions/0026 tells by what numbers.
"""

import importlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from studio.core.votes import Crowd, Verdict, Vote
from studio.stats.agreement import Floats
from studio.stats.votes import Numbered, numbered_votes, single_votes, verdict_of

_EPS = 1e-10  # what a probability is at least, so that its logarithm is a number
_STEPS = 1_000
_ENOUGH = 1e-8  # a round that gains less, per vote, is the last
_M_STEPS = 25


def dawid_skene(votes: Sequence[Vote], known: Mapping[str, str] | None = None) -> Crowd:
    """Each annotator has a table of errors P(says l | truth k), shared by all items, so answers must have the same
    meaning in every item: letters, or classes. Maximum likelihood by EM from the shares of votes (Dawid & Skene 1979,
    Applied Statistics 28:20); `known` gives the truth of control items, which then teach the tables.

    A verdict's support is its posterior. Raises ValueError for an annotator with two votes on one item.
    """
    if not votes:
        return Crowd("dawid_skene", {})
    data = numbered_votes(single_votes(votes))
    fixed = _fixed(data.items, data.answers, known or {})
    shape = len(data.items), len(data.answers)
    posterior = np.zeros(shape)
    np.add.at(posterior, (data.item, data.answer), 1.0)
    posterior /= posterior.sum(axis=1, keepdims=True)
    posterior = _with(posterior, fixed)
    before = -np.inf
    for _ in range(_STEPS):
        priors = np.maximum(posterior.mean(axis=0), _EPS)
        errors = _errors(data, posterior)
        joint = np.log(priors) + _by_item(data.item, np.log(errors[data.annotator, data.answer]), shape[0])
        posterior = _with(_softmax(joint), fixed)
        gained = float((posterior * (joint - np.log(np.maximum(posterior, _EPS)))).sum()) / len(votes)
        if gained - before < _ENOUGH:
            break
        before = gained
    priors, errors = posterior.mean(axis=0), _errors(data, posterior)
    skill = np.einsum("k,wkk->w", priors, errors)
    return Crowd(
        "dawid_skene",
        {item: _verdict(data, n, item, posterior[n], data.answers) for n, item in enumerate(data.items)},
        dict(zip(data.annotators, skill.tolist(), strict=True)),
    )


def _errors(data: Numbered, posterior: Floats) -> Floats:
    """(annotator, said, true): how probable each word of each annotator is, given the truth."""
    found = np.zeros((len(data.annotators), len(data.answers), len(data.answers)))
    np.add.at(found, (data.annotator, data.answer), posterior[data.item])
    found = np.maximum(found, _EPS)
    shares: Floats = found / found.sum(axis=1, keepdims=True)
    return shares


def glad(votes: Sequence[Vote], *, options: int | None = None) -> Crowd:
    """P(right) = σ(α·β) of an annotator's ability α and an item's ease β > 0, errors spread evenly over the other
    answers; EM with normal priors (mean 1, variance 1) on α and ln β (Whitehill et al. 2009, NIPS 22).

    `options` is how many answers an item has, where they are closed. Without it answers are free: those that were given
    to the item, and one that nobody gave. Raises ValueError for an annotator with two votes on one item, or for
    fewer than two options.
    """
    if options is not None and options < 2:
        raise ValueError("an item with a single answer needs no vote")
    if not votes:
        return Crowd("glad", {})
    model = _Glad(numbered_votes(single_votes(votes)), options)
    model.fit()
    return model.crowd()


class _Glad:
    def __init__(self, data: Numbered, options: int | None) -> None:
        self._data = data
        cells, self._cell = np.unique(data.item * len(data.answers) + data.answer, return_inverse=True)
        self._of = cells // len(data.answers)  # the item of each answer that was given to it
        self._said = cells % len(data.answers)
        given = np.bincount(self._of, minlength=len(data.items))
        self._unsaid = np.ones_like(given) if options is None else np.maximum(options - given, 0)
        self._spread = np.log(
            (given + self._unsaid - 1).astype(float)
        )  # ln of how many other answers there are
        self._alpha, self._log_beta = np.ones(len(data.annotators)), np.ones(len(data.items))
        self._posterior = np.zeros(len(cells))

    def fit(self) -> None:
        optimize = cast(
            Any, importlib.import_module("scipy.optimize")
        )  # a quarter of a second: only when it is asked
        before = -np.inf
        for _ in range(_STEPS):
            gained = self._expect()
            if gained - before < _ENOUGH:
                break
            before = gained
            start = np.concatenate([self._alpha, self._log_beta])
            best = optimize.minimize(
                self._cost, start, jac=True, method="L-BFGS-B", options={"maxiter": _M_STEPS}
            )
            self._alpha, self._log_beta = np.split(best.x, [len(self._alpha)])
        else:
            self._expect()

    def _logits(self, alpha: Floats, log_beta: Floats) -> Floats:
        found: Floats = alpha[self._data.annotator] * np.exp(log_beta)[self._data.item]
        return found

    def _expect(self) -> float:
        """Sets the posterior of each answer that was given; what is left of 1 is for those that nobody gave. Returns ln
        of the likelihood with its priors, per vote, which no round of EM lets fall."""
        x = self._logits(self._alpha, self._log_beta)
        wrong = _log_expit(-x) - self._spread[self._data.item]
        all_wrong = np.bincount(self._data.item, wrong, len(self._data.items))
        log = all_wrong[self._of] + np.bincount(self._cell, _log_expit(x) - wrong, len(self._of))
        top = np.full(len(self._data.items), -np.inf)
        np.maximum.at(top, self._of, log)
        top = np.maximum(top, np.where(self._unsaid > 0, all_wrong, -np.inf))
        weight = np.exp(log - top[self._of])
        whole = np.bincount(self._of, weight, len(top)) + self._unsaid * np.exp(all_wrong - top)
        self._posterior = weight / whole[self._of]
        likelihood = (np.log(whole) + top).sum() - self._off_prior(self._alpha, self._log_beta)
        return float(likelihood) / len(self._cell)

    @staticmethod
    def _off_prior(alpha: Floats, log_beta: Floats) -> float:
        return float(((alpha - 1) ** 2).sum() + ((log_beta - 1) ** 2).sum()) / 2

    def _cost(self, point: Floats) -> tuple[float, Floats]:
        """−E[ln likelihood] − ln prior, and its gradient; p is how probable it is that a vote is right."""
        alpha, log_beta = np.split(point, [len(self._alpha)])
        p, x = self._posterior[self._cell], self._logits(alpha, log_beta)
        wrong = _log_expit(-x) - self._spread[self._data.item]
        value = p @ _log_expit(x) + (1 - p) @ wrong
        value -= self._off_prior(alpha, log_beta)
        slope = p - np.exp(_log_expit(x))
        beta = np.exp(log_beta)[self._data.item]
        by_alpha = np.bincount(self._data.annotator, slope * beta, len(alpha)) - (alpha - 1)
        by_beta = np.bincount(self._data.item, slope * x, len(log_beta)) - (log_beta - 1)
        return -float(value), -np.concatenate([by_alpha, by_beta])

    def crowd(self) -> Crowd:
        data, verdicts = self._data, {}
        ends = np.searchsorted(self._of, np.arange(len(data.items) + 1))
        for n, item in enumerate(data.items):
            part = slice(ends[n], ends[n + 1])
            names = [data.answers[answer] for answer in self._said[part]]
            verdicts[item] = _verdict(data, n, item, self._posterior[part], names)
        return Crowd(
            "glad",
            verdicts,
            dict(zip(data.annotators, self._alpha.tolist(), strict=True)),
            dict(zip(data.items, np.exp(-self._log_beta).tolist(), strict=True)),
        )


def _by_item(item: NDArray[np.intp], rows: Floats, n: int) -> Floats:
    found = np.zeros((n, rows.shape[1]))
    np.add.at(found, item, rows)
    return found


def _softmax(log: Floats) -> Floats:
    weight = np.exp(log - log.max(axis=1, keepdims=True))
    shares: Floats = weight / weight.sum(axis=1, keepdims=True)
    return shares


def _fixed(
    items: Sequence[str], answers: Sequence[str], known: Mapping[str, str]
) -> tuple[NDArray[np.intp], Floats]:
    """Which items have a known truth that somebody gave anywhere, and the rows that say it."""
    places = {answer: n for n, answer in enumerate(answers)}
    rows = [(n, places[known[item]]) for n, item in enumerate(items) if known.get(item) in places]
    which = np.array([n for n, _ in rows], dtype=np.intp)
    return which, np.eye(len(answers))[[answer for _, answer in rows]]


def _with(posterior: Floats, fixed: tuple[NDArray[np.intp], Floats]) -> Floats:
    posterior[fixed[0]] = fixed[1]
    return posterior


def _verdict(data: Numbered, n: int, item: str, posterior: Floats, names: Sequence[str]) -> Verdict:
    weighed = dict(zip(names, posterior.tolist(), strict=True))
    said = [data.answers[answer] for answer in data.answer[data.item == n]]
    found = verdict_of(item, weighed, Counter(said))
    return replace(found, support=float(posterior.max()), votes=len(said))


def _log_expit(x: Floats) -> Floats:
    """ln 1/(1 + exp(−x)), for large x of either sign too."""
    found: Floats = -np.logaddexp(0.0, -x)
    return found
