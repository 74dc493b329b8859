"""How quick «what if» is: a run of 100,000 answers under other rules and thresholds, through the studio's own door.

The answers are like those of a benchmark: letters with reasoning before the marker or bare, words in other cases and
forms, numbers with units, long answers without a marker; 56 % are right. Times are of the server's whole work: EM, JS,
intervals and paired differences of 18 tasks, cells, the changed samples with what turned each. Milliseconds; the first
question of a run also reads it (`open`), the first about a rule its texts too: both are told for a run that nobody has
asked about yet, and for a studio that was just started again. A folder as argument keeps the database that was made.
"""

import random
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from benchmarks.inspect_scale import TASKS
from benchmarks.made import database, filled, folder_named
from benchmarks.report import percentiles, write
from studio.core.content import Text
from studio.core.engine import Completion
from studio.core.judge import JudgeCall, Verdict
from studio.core.rules import DEFAULT_RULES, SWITCHES, TOLERANCE, Rules
from studio.core.run import RunSpec
from studio.core.task import AnswerType, Sample, Task, TaskInfo
from studio.core.whatif import WhatIfAsked
from studio.metrics import exact_match
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from studio.store.answers import Answered, Unjudged

SIZE = 100_000
SETS = 40  # of two to six switches, at random
RUN = "r1"
STEMS = ("кот", "шар", "куб", "дом", "человек", "зелёный", "Москва", "берёза", "красный", "машина")
WORDS = tuple(stem + ending for stem in STEMS for ending in ("", "а", "ом", "ы", "ами"))


def main() -> None:
    with database("what_if", filled(fill, SIZE), folder_named()) as settings:
        write("what_if", measure(settings))


def measure(settings: Settings) -> dict[str, Any]:
    started = opening(settings, "first time")
    started |= opening(settings, "after a start")
    studio = Studio.open(settings)
    try:
        return {**started, **questions(studio)}
    finally:
        studio.close()


def opening(settings: Settings, when: str) -> dict[str, float]:
    """Seconds of the first two questions to a studio: nothing changed, then a rule turned."""
    studio = Studio.open(settings)
    try:
        found = {
            f"open_{when}_s": asked(studio),
            f"first_rule_{when}_s": asked(studio, rules=next(singles())),
        }
        return {name.replace(" ", "_"): round(value / 1000, 2) for name, value in found.items()}
    finally:
        studio.close()


def questions(studio: Studio) -> dict[str, Any]:
    first = studio.rescoring.what_if(WhatIfAsked(RUN))
    spent = {
        "each switch alone": [asked(studio, rules=rules) for rules in singles()],
        "two to six switches": [asked(studio, rules=rules) for rules in random_sets()],
        "the judge's threshold": [asked(studio, threshold=place / 20) for place in range(1, 20)],
        "the judge's texts": [asked(studio, variants=(name,)) for name in ("full", "after_marker")],
    }
    everything = [value for values in spent.values() for value in values]
    slowly = one_by_one(studio)
    tracemalloc.start()
    studio.rescoring._benches.clear()
    studio.rescoring.what_if(WhatIfAsked(RUN, rules=next(singles())))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {
        "answers": first.answers,
        "em": round(first.total.em.before.mean or 0, 3),
        "rescored_one_by_one_s": round(slowly, 1),
        "held_mb": round(held / 2**20),
        **{name: percentiles(values) for name, values in spent.items()},
        "all questions": percentiles(everything),
        "slowest_ms": round(max(everything)),
    }


def asked(studio: Studio, **wish: Any) -> float:
    started = time.perf_counter()
    studio.rescoring.what_if(WhatIfAsked(RUN, **wish))
    return (time.perf_counter() - started) * 1000


def singles() -> Iterator[Rules]:
    for name in SWITCHES:
        yield replace(DEFAULT_RULES, **{name: not getattr(DEFAULT_RULES, name)})
    yield replace(DEFAULT_RULES, **{TOLERANCE: 0.05})


def random_sets() -> Iterator[Rules]:
    rng = random.Random(5)
    for _ in range(SETS):
        names = rng.sample(SWITCHES, rng.randint(2, 6))
        yield replace(DEFAULT_RULES, **{name: not getattr(DEFAULT_RULES, name) for name in names})


def one_by_one(studio: Studio) -> float:
    """Seconds of scoring every answer by the function that scores them as they come, with its trace: the slow way."""
    (bench,) = studio.rescoring._benches.values()
    started = time.perf_counter()
    for item in bench.stored:
        exact_match(item.text, item.golds, options=item.options, answer_type=item.kind)
    return time.perf_counter() - started


def fill(store: Store, size: int) -> None:
    """A finished run whose EM is what the profile says of its answers."""
    rng = random.Random(size)
    store.runs.create(RUN, "model", RunSpec("bench", tuple(f"T{n}" for n in range(TASKS))), title="")
    pairs: list[tuple[int, int]] = []
    made: dict[int, Answered] = {}
    for number in range(TASKS):
        kind: AnswerType = "letter" if number % 5 < 3 else "short"
        keys = range(number, size, TASKS)
        drawn = [question(rng, key, kind) for key in keys]
        task = Task(info(number, kind), "test", tuple(sample for sample, _ in drawn))
        ids = store.tasks.save(task)
        task_id = store.tasks.samples([next(iter(ids.values()))])[0].task_id
        for sample, text in drawn:
            em = exact_match(text, sample.gold, options=sample.options, answer_type=kind)
            made[ids[sample.id]] = Answered(ids[sample.id], Completion(text, "stop", 200, 30, 0.2, 1.0), em)
            pairs.append((ids[sample.id], task_id))
    store.runs.plan(RUN, pairs, [f"T{n}" for n in range(TASKS)])
    for start in range(0, size, 2000):
        store.answers.record(RUN, [made[sample_id] for sample_id, _ in pairs[start : start + 2000]])
        waiting = store.answers.unjudged(RUN, 2000)
        store.answers.judged(RUN, "bench@1", [(item, verdict(rng, item)) for item in waiting])
    store.runs.finish(RUN, "done")


def info(number: int, kind: AnswerType) -> TaskInfo:
    titles = {"ru": f"Задача {number}", "en": f"Task {number}"}
    return TaskInfo(f"T{number}", titles, "image", kind, "public", "CC0", {})


def question(rng: random.Random, key: int, kind: AnswerType) -> tuple[Sample, str]:
    """A sample and the answer to it."""
    if kind == "letter":
        options = {letter: words(rng, rng.randint(1, 4)) for letter in "ABCD"}
        gold = rng.choice("ABCD")
        letter = gold if rng.random() < 0.6 else rng.choice("ABCDАВС")
        text = rng.choice(
            [
                letter,
                f"{letter}.",
                f"{letter}) {options.get(letter, 'нет')}",
                f"**{letter}**",
                f"ОТВЕТ: {letter}",
            ]
            + [f"РАССУЖДЕНИЕ {words(rng, 60)}. ОТВЕТ {letter}"] * 5
        )
    else:
        options, gold, text = {}, *short(rng)
    asked = f"№{key} {words(rng, 8)}?"
    sample = Sample(
        id=str(key), split="test", instruction="", inputs={"question": asked}, media=(),
        message=(Text(asked),), gold=gold, options=options,
    )  # fmt: skip
    return sample, text


def short(rng: random.Random) -> tuple[str, str]:
    """Gold and answer."""
    lot = rng.random()
    if lot < 0.5:
        gold = words(rng, rng.randint(1, 3))
        said = f"{gold.capitalize()}." if rng.random() < 0.5 else words(rng, rng.randint(1, 3))
        return gold, rng.choice([said, f"ОТВЕТ: {said}", f"{words(rng, 40)}. ОТВЕТ: {said}"])
    if lot < 0.75:
        gold = str(rng.randint(0, 300) / 10).replace(".", ",")
        said = rng.choice([gold, gold.replace(",", "."), str(rng.randint(0, 30)), f"{gold} см", "три"])
        return gold, f"{words(rng, 30)}\nОТВЕТ: {said}"
    return words(rng, 1), words(rng, 100)


def words(rng: random.Random, n: int) -> str:
    return " ".join(rng.choices(WORDS, k=n))


def verdict(rng: random.Random, item: Unjudged) -> Verdict:
    full = rng.random()
    calls = [JudgeCall("full", full, int(full > 0.5), "0" * 64)]
    if "ОТВЕТ" in item.case.prediction:
        after = rng.random()
        calls.append(JudgeCall("after_marker", after, int(after > 0.5), "0" * 64))
    best = max(calls, key=lambda call: call.probability or 0.0)
    return Verdict(best.label, best.probability, tuple(calls))


if __name__ == "__main__":
    main()
