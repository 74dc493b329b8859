"""How quick the workbench is with 100,000 samples and three models on them: what its pages do, each answer whole.

An answer is all that the browser gets for one action: the queries, the numbers, the markup. 2,000 of the answers are
labelled by two people, three judges have spoken. Opening is timed on a studio that was just started, and again after
a label; a filter is one that nobody has asked for yet; times are of the server's work, in milliseconds. A folder as
argument keeps the database that was made, for the next time.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import Any

from benchmarks.health_scale import prepared
from benchmarks.made import database, folder_named
from benchmarks.report import percentiles, write
from components.pages import compare_look, health, inspect_desk, inspect_look
from studio.core.label import NewLabel
from studio.core.run import OWNER, SampleFilter
from studio.service import Studio
from studio.settings import Settings

SIZE, RUN, RUNS = 100_000, "r1", "r1,r2,r3"
STARTS, REPEATS, STEPS = 10, 8, 60
AIMS = {"open": 300, "filter": 150, "next": 50}
MEDIA = "./media"
# One of each field and order, and what people really type: two or three of them together.
FILTERS = (
    "task:t3", "split:test", "modality:image", "type:short", "prompt:none", "em:0", "js:1", "judge_p:0.4..0.6",
    "cell:disagree", "human:wrong", "human:none", "reviewer:анна", "tag:тег", "note:заметка", "draw:1",
    "text:красный", "text:/красный|собака/", "question:№777", "answer:дерево", "answer=кот", "gold:собака",
    "reason:порядок", "decided:letter", "len>200", "finish:stop", "tokens>20", "latency>0.5", "state:answered",
    "failed:1", "unscored:1", "truncated:1", "cat.kind:2", "number:500..900", "key:10*", "em:≠bench2", "js:≠bench3",
    "answer:≠bench2", "model:≠bench2", "model:bench2≠bench3", "order:informative", "order:judge_p", "order:-len",
    "em:0 js:1 judge_p<0.6 len>200", "-(em:1 len>200) OR judge_p:0.4..0.6", "task:t3 text:/крас.ый/",
    "em:0 js:1 order:informative", "human:none cell:disagree order:informative", "model:≠bench2 em:0 order:judge_p",
    "decided:letter text:красный order:-len",
)  # fmt: skip
# Expressions of which no word can be told beforehand: every text of the run is read.
EXPRESSIONS = ("answer:/^\\w+$/", "text:/[а-я]{9,}/", "answer:/(кот|дом)$/", "task:t3 answer:/^\\w+$/")

Act = Callable[[], object]


def main() -> None:
    with database("workbench", lambda settings: prepared(settings, SIZE), folder_named()) as settings:
        write("workbench_scale", {"samples": SIZE, "models": 3, "aims": AIMS, **measured(settings)})


def measured(settings: Settings) -> dict[str, Any]:
    """Every action by its group, and each group as a whole."""
    groups = opened(settings)
    studio = Studio.open(settings)
    try:
        ids = [row.sample_id for row in studio.queue(RUN, SampleFilter(), 40_000, 500).rows]
        groups |= {
            "filter": {
                where: times(lambda where=where: filtered(studio, where), REPEATS) for where in FILTERS
            },
            "expression over all texts": {
                where: times(lambda where=where: filtered(studio, where), REPEATS) for where in EXPRESSIONS
            },
            "next": {name: times(act, STEPS) for name, act in steps(studio, ids).items()},
        }
    finally:
        studio.close()
    return {
        "groups": [
            {
                "name": name,
                "whole": percentiles([value for values in acts.values() for value in values]),
                "acts": {act: percentiles(values) for act, values in acts.items()},
            }
            for name, acts in groups.items()
        ]
    }


def opened(settings: Settings) -> dict[str, dict[str, list[float]]]:
    """Pages on a studio that was just started and warmed as a server is, after a label, and when nothing has changed;
    and apart from them those of a studio that has warmed nothing."""
    pages: Mapping[str, Callable[[Studio], object]] = {
        "Inspect": lambda studio: look(studio, {}),
        "Inspect, a link to a sample under a filter": lambda studio: look(
            studio, {"where": "em:0 js:1 judge_p<0.6", "sample": 777}
        ),
        "judge and people": lambda studio: health.looked(studio, {"run": RUN}, OWNER, "ru"),
        "side by side": lambda studio: beside(studio, {}),
    }
    warm: dict[str, list[float]] = {}
    cold: dict[str, list[float]] = {}
    for turn in range(STARTS):
        for name, page in pages.items():
            studio = Studio.open(settings)
            studio.recover()
            assert studio._warming
            studio._warming.join()
            act = partial(page, studio)
            warm.setdefault(f"{name}, first after a start", []).append(spent(act))
            row = studio.queue(RUN, SampleFilter(), 50 + turn, 1).rows[0]
            studio.labels.label(RUN, row.sample_id, NewLabel("Вера", "right" if turn % 2 else "wrong"))
            warm.setdefault(f"{name}, after a label", []).append(spent(act))
            warm.setdefault(f"{name}, again", []).append(spent(act))
            studio.close()
            studio = Studio.open(settings)
            cold.setdefault(name, []).append(spent(partial(page, studio)))
            studio.close()
    return {"open": warm, "open, nothing warmed": cold}


def filtered(studio: Studio, where: str) -> None:
    """A filter that nobody has asked for yet: what was found is kept for paging, so it is forgotten first."""
    studio._store.queues.lists.forget_all()
    look(studio, {"where": where, "keep": 777, "want": ["queue", "card"]})


def steps(studio: Studio, ids: Sequence[int]) -> dict[str, Act]:
    """The next sample of queues of all kinds, and with a label."""
    dice = random.Random(1)
    desk = inspect_desk.LabelDesk(studio, "ru", lambda data, who: looking(studio, data))

    def step(**address: object) -> Act:
        return lambda: look(studio, {**address, "sample": dice.choice(ids), "shown": 0, "want": ["card"]})

    def label(**address: object) -> Act:
        asked = {"run": RUN, "reviewer": "Анна", "verdict": "right"}
        return lambda: desk.keep({**asked, "sample": dice.choice(ids), "look": address}, OWNER)

    return {
        "in the run": step(),
        "in a cell": step(cell="js_only"),
        "in a task": step(task="T3"),
        "in a draw": step(draw=1),
        "of a filter": step(where="em:0 js:1 judge_p<0.6 len>200"),
        "of the most informative": step(where="em:0 order:informative"),
        "where models differ": step(where="model:≠bench2"),
        "side by side": lambda: beside(studio, {"sample": dice.choice(ids), "want": ["card"]}),
        "side by side where they differ": lambda: beside(
            studio, {"sample": dice.choice(ids), "only": "em", "want": ["card"]}
        ),
        "with a label": label(),
        "with a label, of a filter": label(where="em:0 js:1"),
        "with a label, of those without one": label(where="human:none order:informative"),
        "with a label, in a draw": label(draw=1),
    }


def looking(studio: Studio, data: Mapping[str, Any]) -> inspect_look.Look:
    asked = inspect_look.asked_from({"run": RUN, "reviewer": "Анна", **data})
    return inspect_look.Look(studio, asked, OWNER, "ru", MEDIA)


def look(studio: Studio, data: Mapping[str, Any]) -> None:
    answer = looking(studio, data).answer()
    if answer["state"].get("wrong") or "index" not in answer["state"]:
        raise SystemExit(f"not understood: {data}")


def beside(studio: Studio, data: Mapping[str, Any]) -> None:
    asked = compare_look.asked_from({"runs": RUNS, **data})
    compare_look.Look(studio, asked, OWNER, "ru", MEDIA).answer()


def times(act: Act, n: int) -> list[float]:
    act()
    return [spent(act) for _ in range(n)]


def spent(act: Act) -> float:
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
