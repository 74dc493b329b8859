"""How often 95 % intervals of a judge's health hold the truth: simulated runs, labels and judges of known errors.

Coverage in per cents of `RUNS` simulated data sets a setting; `wald` is the normal interval of the PPI++ paper.
"""

import itertools
from typing import Any

import numpy as np

from benchmarks.report import write
from studio.stats import Rate, prediction_powered, rogan_gladen

RUNS = 500
ANSWERS = 1_000
LABELS = (20, 50, 200)
SHARES = (0.02, 0.1, 0.5, 0.9, 0.98)
JUDGES = {"good": (0.97, 0.95), "fair": (0.9, 0.8), "poor": (0.75, 0.7), "lenient": (0.95, 0.6)}


def main() -> None:
    settings = list(itertools.product(LABELS, SHARES, JUDGES))
    powered = [_powered(*setting, seed) for seed, setting in enumerate(settings)]
    lee = [_lee(*setting, seed) for seed, setting in enumerate(settings)]
    write("judge_intervals", {"runs": RUNS, "answers": ANSWERS, "powered": powered, "lee": lee})


def _powered(labels: int, share: float, judge: str, seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    held = {"like these": 0, "these": 0, "wald": 0}
    for nth in range(RUNS):
        right, said = _run(rng, share, *JUDGES[judge])
        y, f, others = right[:labels], said[:labels], said[labels:]
        found = prediction_powered(y, f, int(others.sum()), ANSWERS - labels, seed=nth)
        held["like these"] += bool(found.low <= share <= found.high)
        held["these"] += bool(found.run_low - 1e-9 <= right.mean() <= found.run_high + 1e-9)
        error = np.sqrt(found.weight**2 * others.var() / others.size + (y - found.weight * f).var() / labels)
        held["wald"] += bool(abs(found.mean - share) <= 1.96 * error)
    return {"labels": labels, "share": share, "judge": judge, **_percent(held, RUNS)}


def _lee(labels: int, share: float, judge: str, seed: int) -> dict[str, Any]:
    """`labels` right and as many wrong answers from elsewhere."""
    rng = np.random.default_rng(seed)
    q1, q0 = JUDGES[judge]
    held, told = {"lee": 0}, 0
    for _ in range(RUNS):
        _, said = _run(rng, share, q1, q0)
        rates = (Rate(int(rng.binomial(labels, q)), labels) for q in (q1, q0))
        found = rogan_gladen(int(said.sum()), ANSWERS, *rates)
        if found.mean is not None:
            told += 1
            held["lee"] += bool(found.low <= share <= found.high)
    return {"labels": labels, "share": share, "judge": judge, "told": told, **_percent(held, told)}


def _run(rng: np.random.Generator, share: float, q1: float, q0: float) -> tuple[Any, Any]:
    right = rng.random(ANSWERS) < share
    said = np.where(right, rng.random(ANSWERS) < q1, rng.random(ANSWERS) >= q0)
    return right.astype(int), said.astype(int)


def _percent(held: dict[str, int], n: int) -> dict[str, float]:
    return {name: round(100 * hits / n, 1) if n else 0.0 for name, hits in held.items()}


if __name__ == "__main__":
    main()
