"""`reasons`: why answers fail, in groups that name themselves."""

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from studio.cli.door import DB, WHERE, opened
from studio.cli.labels import user
from studio.cli.parser import Command, option, whole
from studio.cli.reasons_kept import say_kept
from studio.cli.run import STOPPED
from studio.cli.screen import Screen, one_line
from studio.core.reasons import DEFAULT_SEED, MOST_GROUPS, GroupingSpec, GroupingState, Reason, Reasons
from studio.texts import CATALOGUE, describe
from studio.texts.figures import whole_percent
from studio.texts.reasons_said import reason_title

if TYPE_CHECKING:
    from studio.service import Studio

_TASKS = 3  # named beside a group


def reasons(arguments: argparse.Namespace, screen: Screen) -> int:
    """Prints the groups with their tasks, models and typical answers: the kept ones, unless others are asked for."""
    asked = arguments.where, arguments.groups, arguments.seed, arguments.embed
    with opened(arguments) as studio:
        if arguments.keep:
            return _kept(studio, arguments, screen)
        book = studio.reasons.groups.find(arguments.runs) if all(each is None for each in asked) else None
        if book is not None:
            say_kept(studio, book, screen)
            return 0
        where, most, seed, embed = _settings(arguments)
        found = studio.reasons.of(arguments.runs, where, most=most, seed=seed, embed=embed)
        names = {run: studio.run(run).model for run in found.runs}
    if not found.groups:
        screen.say(screen.text("cli.reasons.none"))
    for place, group in enumerate(found.groups, 1):
        _group(place, group, found, names, screen)
    if found.labelled:
        screen.say(screen.text("cli.reasons.quiet", quiet=found.quiet, n=found.labelled))
    screen.result({**_json(found, names, screen), "where": where})
    return 0


def _settings(arguments: argparse.Namespace) -> tuple[str, int, int, str]:
    most = MOST_GROUPS if arguments.groups is None else arguments.groups
    seed = DEFAULT_SEED if arguments.seed is None else arguments.seed
    return arguments.where or "", most, seed, arguments.embed or ""


def _kept(studio: "Studio", arguments: argparse.Namespace, screen: Screen) -> int:
    """Groups anew and keeps what comes out. 1: it came to nothing, and what was kept before stands."""
    stages: list[str] = []

    def told(state: GroupingState) -> None:
        if state.stage not in stages:
            stages.append(state.stage)
            screen.note(f"reasons.stage.{state.stage}")

    started = studio.reasons.start(GroupingSpec(tuple(arguments.runs), *_settings(arguments)), user())
    try:
        state = studio.reasons.jobs.wait(started.runs, told) or started
    except KeyboardInterrupt:
        studio.reasons.jobs.stop(started.runs)
        studio.reasons.jobs.wait(started.runs)
        screen.note("reasons.stopped")
        screen.result({"runs": started.runs, "stopped": True})
        return STOPPED
    if state.problem:
        screen.say(describe(state.problem, screen.lang))
        screen.result({"runs": started.runs, "error": state.problem})
        return 1
    say_kept(studio, state.kept, screen)
    return 0


def _group(place: int, group: Reason, found: Reasons, names: dict[str, str], screen: Screen) -> None:
    title = reason_title(group.name, screen.lang)
    screen.say(f"{place}. {title}: {group.n} ({whole_percent(group.n / found.n)} %)")
    tasks: Counter[str] = Counter()
    for (_, task), n in group.counts.items():
        tasks[task] += n
    said = ", ".join(f"{task} {n}" for task, n in tasks.most_common(_TASKS))
    more = len(tasks) - _TASKS
    if more > 0:
        said += f", {screen.text('cli.reasons.more_tasks', n=more)}"
    screen.say(f"   {screen.text('cli.reasons.tasks')}: {said}")
    if len(found.runs) > 1:
        models = Counter[str]()
        for (run, _), n in group.counts.items():
            models[run] += n
        told = ", ".join(f"{names[run]} ({run}) {models[run]}" for run in found.runs)
        screen.say(f"   {screen.text('cli.reasons.models')}: {told}")
    if group.decided:
        key = f"inspect.rule.{group.decided}"
        rule = screen.text(key) if key in CATALOGUE else group.decided
        screen.say(f"   {screen.text('cli.reasons.rule')}: {rule}")
    for failure in group.typical[:3]:
        gold = " / ".join(failure.golds)
        note = f" — {one_line(failure.notes, 60)}" if failure.notes else ""
        run = f"{failure.run} " if len(found.runs) > 1 else ""
        screen.say(
            f"   {run}№ {failure.number}: «{one_line(failure.final, 60)}» ≠ «{one_line(gold, 40)}»{note}"
        )
    screen.say()


def _json(found: Reasons, names: dict[str, str], screen: Screen) -> dict[str, object]:
    groups = [
        {
            "name": reason_title(group.name, screen.lang), "trait": group.name.trait, "words": group.name.words,
            "n": group.n, "decided": group.decided,
            "counts": [
                {"run": run, "model": names[run], "task": task, "n": n} for (run, task), n in group.counts.items()
            ],
            "samples": [{"run": each.run, "number": each.number, "task": each.task} for each in group.failures],
            "typical": [each.number for each in group.typical],
        }
        for group in found.groups
    ]  # fmt: skip
    return {
        "runs": found.runs, "n": found.n, "hidden": found.hidden, "labelled": found.labelled, "quiet": found.quiet,
        "groups": groups,
    }  # fmt: skip


COMMANDS = (
    Command(
        "reasons",
        reasons,
        (
            option("runs", nargs="+", metavar="run", key="runs_explained"),
            WHERE,
            option("--groups", type=whole(1), metavar="n", key="groups"),
            option("--seed", type=whole(0), metavar="n", key="seed_groups"),
            option("--embed", metavar="model"),
            option("--keep", action="store_true", key="keep_groups"),
            DB,
        ),
    ),
)
