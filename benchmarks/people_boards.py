"""What a lead waits for in a large project: the board, the baseline, what excluding somebody would do.

Ten thousand questions with five free answers each, by twenty people who are right between 60 and 95 times in a hundred;
nobody else works on the machine. Beside them the answers are read from the same file and nothing is done with them:
that is the measure of ratios.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.made_tasks import make_task
from benchmarks.people_load import settings
from benchmarks.report import percentiles, write
from studio.core.project import ProjectSpec
from studio.core.record import Planned
from studio.core.run import OWNER
from studio.service import Studio

PEOPLE, OVERLAP, ITEMS = 20, 5, 10_000
ROUNDS = 5
_WORDS = [f"{shape} {n}" for shape in ("квадрат", "овал", "ромб") for n in range(10)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a twentieth of it: to see that it works")
    quick = options.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as folder:
        home = Path(folder) / "home"
        project = made(home, Path(folder) / "Pictures", ITEMS // 20 if quick else ITEMS)
        write("people_boards", measured(home, project), keep=not quick)


def made(home: Path, task: Path, items: int) -> str:
    """A project that is answered in full."""
    make_task(task, "image", items, distinct=50)
    studio = Studio.open(settings(home))
    spec = ProjectSpec("Много вопросов", str(task), overlap=OVERLAP, controls=0.05, repeats=0.0)
    project = studio.organising.make(OWNER, spec)
    studio.organising.set_state(OWNER, project, "open")
    people = [f"p{n}" for n in range(PEOPLE)]
    planned = [
        each
        for who in people
        for each in (
            Planned("joined", who, "", {"via": "invitation"}, {"name": who}),
            Planned("role_given", "owner", project, {"person": who, "role": "annotator"}),
        )
    ]
    rng = random.Random(1)
    right = {who: rng.uniform(0.6, 0.95) for who in people}
    for item in studio._store.projects.items(project):
        for who in rng.sample(people, OVERLAP):
            text = "Круг." if rng.random() < right[who] else rng.choice(_WORDS)
            facts = {
                "item": item.item, "occasion": 1, "purpose": item.purpose, "client_id": f"{who}-{item.item}",
                "instructions": 0, "content_hash": item.content_hash, "shown_at": time.time() - 20, "active_s": 9.0,
                "text": text,
            }  # fmt: skip
            planned.append(Planned("answered", who, project, facts))
    with studio._ledger.writing() as act:
        act.record(*planned)
    studio.close()
    return project


def measured(home: Path, project: str) -> dict[str, Any]:
    """Milliseconds of each act, and how many times reading the answers that is."""
    studio = Studio.open(settings(home))
    acts: dict[str, Callable[[], object]] = {
        "the answers read, ms": lambda: studio._store.projects.standing(project),
        "the board, ms": lambda: studio.boards.board(OWNER, project),
        "the baseline, ms": lambda: studio.baselines.baseline(OWNER, project),
        "an exclusion's effect, ms": lambda: studio.baselines.exclusion(OWNER, project, "p3"),
    }
    try:
        found = {name: percentiles([_ms(act) for _ in range(ROUNDS)]) for name, act in acts.items()}
        items = len(studio._store.projects.items(project))
    finally:
        studio.close()
    plain = found["the answers read, ms"]["p50"]
    ratios = {
        f"ratio: {name.removesuffix(', ms')}": round(value["p50"] / plain, 1)
        for name, value in list(found.items())[1:]
    }
    return {"items": items, "answers": items * OVERLAP, "people": PEOPLE, **found, **ratios}


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
