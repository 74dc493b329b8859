"""The judge beside a raw batched forward, on 10,000 triples of which 30 % are there twice or more often.

Both ask the embedded judge about the same texts, in turns in one process, both warm. The raw loop asks about every
text, sorted by length, in batches of the same number of tokens: what one would write by hand. The studio's judge is
given the triples by the handful, as a run hands them over, and is opened anew for each round, so that it remembers
nothing of the one before.
"""

import argparse
import random
import time
from typing import Any

import torch

from benchmarks.report import write
from benchmarks.rounds import spread
from studio.core.judge import JudgeCase, Verdict
from studio.judges.candidates import batches, candidates
from studio.judges.classifier import TOKENS_PER_BATCH, ClassifierJudge
from studio.judges.opening import open_source
from studio.runner.scorer import Handful
from studio.settings import REPOSITORY

DUPLICATES = 0.3
WORDS = (
    "кот", "пёс", "круг", "квадрат", "синий", "красный", "слева", "справа", "два", "три", "быстро", "медленно",
    "дом", "река", "звук", "голос",
)  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="300 triples, one round: to see that it works")
    quick = options.parse_args().quick
    n, rounds = (300, 1) if quick else (10_000, 2)
    cases = triples(n)
    warm = opened()
    by_hand(warm, cases[:200])
    through_judge(cases[:200])
    took = [(by_hand(warm, cases), through_judge(cases)) for _ in range(rounds)]
    result: dict[str, Any] = {
        "triples": n,
        "of them seen before": round(1 - len({(c.question, c.gold, c.prediction) for c in cases}) / n, 3),
        "rounds": rounds,
        "raw batched forward, s": spread([raw for raw, _ in took], 2),
        "judge, s": spread([own for _, own in took], 2),
        "ratio": spread([own / raw for raw, own in took], 2),
    }
    write("judging", result, keep=not quick)


def triples(n: int) -> list[JudgeCase]:
    """Prompts of MERA's length; answers of one to twenty words, half of them with the marker."""
    rng = random.Random(1)
    distinct = [_triple(rng, number) for number in range(round(n * (1 - DUPLICATES)))]
    cases = [*distinct, *rng.choices(distinct, k=n - len(distinct))]
    rng.shuffle(cases)
    return cases


def by_hand(judge: ClassifierJudge, cases: list[JudgeCase]) -> float:
    """Seconds of a loop that asks about every text, once for every time it is there."""
    start = time.perf_counter()
    texts = [candidate.text for case in cases for candidate in candidates(case, judge._tokenizer)]
    encoded = judge._tokenizer(texts)["input_ids"]
    labels = [0] * len(texts)
    for group in batches([len(ids) for ids in encoded], TOKENS_PER_BATCH):
        inputs = judge._tokenizer.pad({"input_ids": [encoded[i] for i in group]}, return_tensors="pt")
        with torch.inference_mode():
            logits = judge._model(
                input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"]
            ).logits
        for i, label in zip(group, logits.argmax(-1).tolist(), strict=True):
            labels[i] = label
    return time.perf_counter() - start


def through_judge(cases: list[JudgeCase]) -> float:
    judge = opened()
    handful, at = Handful(), 0
    start = time.perf_counter()
    verdicts: list[Verdict] = []
    while at < len(cases):
        some = cases[at : at + handful.size]
        asked = time.perf_counter()
        verdicts += judge.verdicts(some)
        handful.took(len(some), time.perf_counter() - asked)
        at += len(some)
    seconds = time.perf_counter() - start
    if any(verdict.label is None for verdict in verdicts):
        raise SystemExit("a triple was not judged")
    judge.close()
    return seconds


def opened() -> ClassifierJudge:
    return open_source("embedded", REPOSITORY / "data" / "models", None, "cpu", "auto")


def _triple(rng: random.Random, number: int) -> JudgeCase:
    question = f"Посмотрите внимательно. Вопрос {number}: " + " ".join(
        rng.choices(WORDS, k=rng.randrange(8, 40))
    )
    words = " ".join(rng.choices(WORDS, k=rng.randrange(1, 20)))
    gold = rng.choice(WORDS)
    return JudgeCase(question, gold, f"{words} ОТВЕТ {rng.choice(WORDS)}" if rng.random() < 0.5 else words)


if __name__ == "__main__":
    main()
