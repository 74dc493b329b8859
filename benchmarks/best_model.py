"""How often the interval of the gap between people and the best model holds the gap to the model that is truly best.

Simulated data sets: people and M models answer the same questions, two to a picture; questions have a difficulty that
all share. Per cents of `RUNS` data sets a setting; `naive` is the paired interval of the model that came out best.
"""

import itertools
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import write
from studio.stats import gap_to_best, mean_gap
from studio.stats.best import Pairs

RUNS = 500
QUESTIONS = (100, 500)
MODELS = (1, 3, 8, 20)
PEOPLE, BEST = 0.85, 0.7
# How far each next model is behind the best one.
STEPS = {"equal": 0.0, "close": 0.01, "apart": 0.05}
SHARED = 0.6  # of a question's difficulty all who answer feel


def main() -> None:
    settings = list(itertools.product(QUESTIONS, MODELS, STEPS))
    rows = [_row(*setting, seed) for seed, setting in enumerate(settings)]
    write("best_model", {"runs": RUNS, "rows": rows})


def _row(questions: int, models: int, step: str, seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    shares = [PEOPLE, *(max(0.05, BEST - STEPS[step] * place) for place in range(models))]
    truth, held, widths = PEOPLE - BEST, {"best": 0, "naive": 0}, {"best": 0.0, "naive": 0.0}
    clusters = np.arange(questions) // 2
    for _ in range(RUNS):
        people, *answers = _answers(rng, shares, questions)
        pairs = [[Pairs(people, each, clusters)] for each in answers]
        found = gap_to_best(pairs)
        assert found is not None
        for name, told in (("best", found.difference), ("naive", mean_gap(pairs[found.place]))):
            held[name] += told.low <= truth <= told.high
            widths[name] += told.high - told.low
    told = {name: round(100 * n / RUNS, 1) for name, n in held.items()}
    wide = {f"{name}_width": round(width / RUNS, 3) for name, width in widths.items()}
    return {"questions": questions, "models": models, "step": step, **told, **wide}


def _answers(rng: np.random.Generator, shares: list[float], n: int) -> list[NDArray[np.float64]]:
    """Right (1) or wrong (0), each with its share, dependent by the questions' difficulty."""
    common = np.repeat(rng.normal(size=n // 2), 2)
    own = (1 - SHARED**2) ** 0.5
    return [
        (SHARED * common + own * rng.normal(size=n) < NormalDist().inv_cdf(share)).astype(float)
        for share in shares
    ]


if __name__ == "__main__":
    main()
