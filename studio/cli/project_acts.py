"""`project adjudicate|exclude|readmit|admit|retire|baseline|runs`: what a lead decides, and what comes of it."""

import argparse

from studio.cli.door import DB, opened
from studio.cli.parser import Command, Option, between, option, whole
from studio.cli.project_board import say_agreement
from studio.cli.projects import PROJECT
from studio.cli.report import print_scores, run_json, with_interval
from studio.cli.screen import Screen, number, one_line
from studio.core.baseline import LOW_AGREEMENT, Baseline, ExclusionEffect
from studio.core.errors import BadInput
from studio.core.judge import NO_JUDGE
from studio.core.people_run import PeopleRun
from studio.core.run import OWNER
from studio.core.votes import AGGREGATIONS
from studio.texts.run_names import made_of, name_of

ITEMS_SHOWN = 20
CHANGES_SHOWN = 20


def adjudicate(arguments: argparse.Namespace, screen: Screen) -> int:
    """Has the last word on an item, or takes it back."""
    if (arguments.text is None) != arguments.undo:
        raise BadInput("adjudicate_text_or_undo")
    with opened(arguments) as studio:
        studio.organising.adjudicate(OWNER, arguments.project, arguments.item, arguments.text)
    key = "cli.project.adjudicated.undone" if arguments.undo else "cli.project.adjudicated"
    screen.note(key, item=arguments.item, text=one_line(arguments.text or "", 60))
    screen.result({"project": arguments.project, "item": arguments.item, "text": arguments.text})
    return 0


def exclude(arguments: argparse.Namespace, screen: Screen) -> int:
    """Counts a project without a person; with --dry-run only tells what that would do."""
    return _excluded(arguments, screen, out=True)


def readmit(arguments: argparse.Namespace, screen: Screen) -> int:
    """Counts a person again."""
    return _excluded(arguments, screen, out=False)


def admit(arguments: argparse.Namespace, screen: Screen) -> int:
    """Opens the work to somebody whom the training had stopped."""
    with opened(arguments) as studio:
        studio.admitting.admit(OWNER, arguments.project, arguments.person)
        people = studio.boards.board(OWNER, arguments.project).people
    told = next(each.training for each in people if each.person == arguments.person)
    assert told is not None  # it had stopped him
    screen.note("cli.project.admitted", id=arguments.person, right=told.right, n=told.answered)
    screen.result({"project": arguments.project, "person": arguments.person, "training": told})
    return 0


def _excluded(arguments: argparse.Namespace, screen: Screen, *, out: bool) -> int:
    with opened(arguments) as studio:
        people = {each.person: each for each in studio.boards.board(OWNER, arguments.project).people}
        if arguments.person not in people:
            raise BadInput("unknown_person", id=arguments.person)
        done = (people[arguments.person].excluded_at is not None) == out
        if done:
            screen.note(f"cli.project.{'excluded' if out else 'readmitted'}.already", id=arguments.person)
            screen.result(
                {"project": arguments.project, "person": arguments.person, "done": False, "effect": None}
            )
            return 0
        effect = studio.baselines.exclusion(
            OWNER, arguments.project, arguments.person, method=arguments.method
        )
        if not arguments.dry_run and out:
            studio.organising.exclude(OWNER, arguments.project, arguments.person, arguments.reason)
        elif not arguments.dry_run:
            studio.organising.readmit(OWNER, arguments.project, arguments.person)
    _print_effect(effect, screen)
    word = "would" if arguments.dry_run else "excluded" if out else "readmitted"
    screen.note(f"cli.project.{word}", id=arguments.person)
    screen.result({
        "project": arguments.project, "person": arguments.person, "done": not arguments.dry_run,
        "effect": {**vars(effect), "before": _baseline_json(effect.before), "after": _baseline_json(effect.after)},
    })  # fmt: skip
    return 0


def _print_effect(effect: ExclusionEffect, screen: Screen) -> None:
    screen.say(screen.text("cli.project.effect.answers", lost=effect.lost, gained=effect.gained))
    screen.say(screen.text("cli.project.effect.below", n=len(effect.below)))
    heads = ["", *(screen.text(f"cli.project.effect.{name}") for name in ("before", "after"))]
    before, after = effect.before, effect.after
    rows = [
        [
            screen.text("cli.project.effect.em"),
            *(with_interval(each, screen) for each in (effect.em_before, effect.em_after)),
        ],
        [
            screen.text("cli.project.alpha"),
            *(number(each.agreement.alpha.value, screen.lang) for each in (before, after)),
        ],
        [
            screen.text("cli.project.raw"),
            *(number(each.agreement.raw.value, screen.lang) for each in (before, after)),
        ],
        [screen.text("cli.project.low"), *(number(each.low, screen.lang) for each in (before, after))],
    ]
    screen.table(heads, rows)
    screen.say(screen.text("cli.project.effect.changed", n=len(effect.changed)))
    for item, was, then in effect.changed[:CHANGES_SHOWN]:
        screen.say(f"  № {item}: {one_line(was or '—', 40)} → {one_line(then or '—', 40)}")


def retire(arguments: argparse.Namespace, screen: Screen) -> int:
    """Takes a faulty item out of the project, or back into it."""
    with opened(arguments) as studio:
        studio.organising.retire(OWNER, arguments.project, arguments.item, retired=not arguments.undo)
    screen.note(f"cli.project.{'returned' if arguments.undo else 'retired'}", item=arguments.item)
    screen.result({"project": arguments.project, "item": arguments.item, "retired": not arguments.undo})
    return 0


def baseline(arguments: argparse.Namespace, screen: Screen) -> int:
    """What the answers amount to by now."""
    with opened(arguments) as studio:
        found = studio.baselines.baseline(
            OWNER, arguments.project, method=arguments.method, threshold=arguments.threshold,
            without=[person for group in arguments.without for person in group],
        )  # fmt: skip
    _print_baseline(found, arguments.limit, screen)
    screen.result({"project": arguments.project, "baseline": _baseline_json(found)})
    return 1 if found.valid is False else 0


def _print_baseline(found: Baseline, limit: int, screen: Screen) -> None:
    counts = ", ".join(
        f"{screen.text(f'cli.project.decided.{found.way(name)}')} {n}" for name, n in found.counts.items()
    )
    screen.say(
        screen.text("cli.project.baseline.n", method=found.method, n=found.answered, items=len(found.items))
    )
    screen.say(f"  {counts}")
    if found.low is not None:
        low, threshold = number(found.low, screen.lang), number(found.threshold, screen.lang)
        screen.say(screen.text("cli.project.low_of", low=low, threshold=threshold))
    if found.valid is False:
        screen.note("cli.project.invalid")
    say_agreement(found.agreement, screen)
    screen.say(screen.text("cli.project.rest", rest=with_interval(found.rest, screen)))
    rows = [
        [
            str(each.item), one_line(each.text if each.text is not None else "—", 50),
            screen.text(f"cli.project.decided.{found.way(each.decided)}"),
            f"{each.verdict.agreeing}/{each.verdict.votes}" if each.verdict else "—",
        ]
        for each in found.items[:limit]
    ]  # fmt: skip
    if rows:
        screen.say()
        heads = [screen.text(f"cli.project.item.{name}") for name in ("item", "text", "decided", "votes")]
        screen.table(heads, rows, numbers=(0, 3))
        screen.say(f"\n{screen.text('cli.queue.total', shown=len(rows), n=len(found.items))}")


def _baseline_json(found: Baseline) -> dict[str, object]:
    return {
        **vars(found), "counts": found.counts, "answered": found.answered, "low": found.low, "valid": found.valid,
        "skills": [
            {"person": each.person, "controls": each.controls, "right": each.right, "weight": each.weight}
            for each in found.skills
        ],
    }  # fmt: skip


def runs(arguments: argparse.Namespace, screen: Screen) -> int:
    """Makes runs of the answers as they stand, like any model's."""
    with opened(arguments) as studio:
        before = studio.baselines.baseline(
            OWNER, arguments.project, method=arguments.method, threshold=arguments.threshold
        )
        if before.valid is False:
            screen.note("cli.project.runs.invalid")
        made = studio.baselines.make_runs(
            OWNER,
            arguments.project,
            method=arguments.method,
            threshold=arguments.threshold,
            judge=arguments.judge,
        )
        told = []
        for run in made:
            studio.baselines.judged(run)
            view = studio.run(run)
            screen.say(f"{view.id}  {name_of(view, screen.lang)}")
            print_scores(studio, view, screen)
            screen.say()
            told.append(run_json(studio, view))
        people = PeopleRun.of(studio.run(made[0]).resolved)
    assert people is not None  # they were made just now
    screen.note("cli.project.runs.made", made=made_of(people, screen.lang))
    screen.result({
        "project": arguments.project, "runs": told, "valid": people.valid, "low": people.low,
        "threshold": people.threshold, "excluded": people.excluded,
    })  # fmt: skip
    return 0


METHOD: Option = option("--method", choices=AGGREGATIONS, default="majority", key="project_method")
THRESHOLD: Option = option(
    "--threshold", type=between(0, 1), default=LOW_AGREEMENT, metavar="share", key="project_threshold"
)
_ITEM = option("item", type=whole(1), metavar="n", key="project_item")
_PERSON = option("person", metavar="person", key="project_person")
_DRY = option("--dry-run", action="store_true", key="project_dry")

COMMANDS = (
    Command(
        "project adjudicate",
        adjudicate,
        (
            PROJECT,
            _ITEM,
            option("text", nargs="?", metavar="text", key="adjudicate_text"),
            option("--undo", action="store_true", key="adjudicate_undo"),
            DB,
        ),
    ),
    Command(
        "project exclude",
        exclude,
        (
            PROJECT,
            _PERSON,
            option("--reason", default="", metavar="text", key="exclude_reason"),
            _DRY,
            METHOD,
            DB,
        ),
    ),
    Command("project readmit", readmit, (PROJECT, _PERSON, _DRY, METHOD, DB)),
    Command("project admit", admit, (PROJECT, _PERSON, DB)),
    Command(
        "project retire",
        retire,
        (PROJECT, _ITEM, option("--undo", action="store_true", key="retire_undo"), DB),
    ),
    Command(
        "project baseline",
        baseline,
        (
            PROJECT,
            METHOD,
            THRESHOLD,
            option(
                "--without", action="append", nargs="+", default=[], metavar="person", key="project_without"
            ),
            option("--limit", type=whole(0), default=ITEMS_SHOWN, metavar="n", key="limit_rows"),
            DB,
        ),
    ),
    Command(
        "project runs",
        runs,
        (
            PROJECT,
            METHOD,
            THRESHOLD,
            option("--judge", default=NO_JUDGE, metavar="judge", key="project_judge"),
            DB,
        ),
    ),
)
