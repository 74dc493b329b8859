"""Runs as the database keeps them, made without a model: for leaderboards."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.core.content import Media, Text
from studio.core.engine import Completion
from studio.core.engine import Settings as Generation
from studio.core.errors import Problem
from studio.core.judge import HUB_JUDGE, JudgeInfo, Verdict
from studio.core.outcome import Score
from studio.core.run import RunSpec
from studio.core.task import Sample, Task, TaskInfo
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from studio.store.answers import Answered
from studio.tasks.mera import suite_task

# How a sample turned out: right or wrong by both, right by the judge alone, no answer, no gold, not asked yet.
RIGHT, WRONG, MEANT, FAILED, NO_GOLD, WAITING = "right", "wrong", "meant", "failed", "no_gold", ""
ROOM = Generation(max_new_tokens=4096)


def board_studio(home: Path) -> Studio:
    """A studio over the file that `keep_run` writes to, with the demo that ships."""
    return Studio(Settings(home=home, db=home / "board.sqlite"), Store(home / "board.sqlite"))


def keep_run(
    studio: Studio,
    run_id: str,
    model: str,
    tasks: Mapping[str, Sequence[str]],
    *,
    kind: Any = "model",
    judge: str = f"{HUB_JUDGE}@r1",
    revision: str = "c1",
    settings: Generation = ROOM,
    group_of: int = 2,
    resolved: Mapping[str, Any] | None = None,
    **asked: Any,
) -> str:
    """Keeps a finished run: every task with the outcomes of its samples; every two samples share a picture."""
    store = studio._store
    spec = RunSpec(model, tuple(tasks), settings=settings, **asked)
    store.runs.create(run_id, kind, spec, title="")
    plan: list[tuple[int, int]] = []
    outcomes: dict[int, str] = {}
    for name, turned_out in tasks.items():
        ids = list(store.tasks.save(_task(name, turned_out, group_of)).values())
        task_id = store.tasks.samples(ids[:1])[0].task_id
        plan += [(sample_id, task_id) for sample_id in ids]
        outcomes |= dict(zip(ids, turned_out, strict=True))
    store.runs.plan(run_id, plan, list(tasks))
    store.answers.record(run_id, [_answered(key, outcome) for key, outcome in outcomes.items() if outcome])
    for item in store.answers.unjudged(run_id, 100_000) if judge else ():
        label = {RIGHT: 1, MEANT: 1, WRONG: 0}.get(outcomes[item.sample_id])
        store.answers.judged(run_id, judge, [(item, Verdict(label, None, ()))])
    store.runs.resolve(run_id, revision=revision, resolved=dict(resolved or {}))
    if judge:
        store.runs.set_judge(run_id, judge, JudgeInfo(*judge.split("@"), "hub"))
    if kind == "model":
        store.runs.finish(run_id, "done" if WAITING not in outcomes.values() else "cancelled")
    return run_id


def _task(name: str, outcomes: Sequence[str], group_of: int) -> Task:
    card = suite_task(name)
    modality = card.modality if card else "image"
    samples = []
    for number, outcome in enumerate(outcomes):
        medium = Media(modality, modality, Path(f"/m/{number // group_of}"), f"{name}-{number // group_of}")
        gold = None if outcome == NO_GOLD else "A"
        meta = {"id": number, "group_id": number // group_of}
        samples.append(Sample(str(number), "test", "?", {}, (medium,), (Text("?"), medium), gold, meta=meta))
    access = card.access if card else "public"
    info = TaskInfo(name, {"ru": name, "en": name}, modality, "letter", access, "", {"test": len(outcomes)})
    return Task(info, "test", tuple(samples))


def _answered(sample_id: int, outcome: str) -> Answered:
    if outcome == FAILED:
        return Answered(sample_id, Problem("no_answer"), None)
    if outcome == NO_GOLD:
        em = Score("em", "studio-2", "unscored", problem=Problem("no_gold"))
    else:
        em = Score("em", "studio-2", "scored", float(outcome == RIGHT))
    return Answered(sample_id, Completion(outcome, "stop", 1, 1, 0.0, 0.0), em)
