"""`project board|hard|answers`: a project while it goes on."""

import argparse

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option, whole
from studio.cli.projects import PROJECT, gold_words, moment
from studio.cli.report import with_interval
from studio.cli.screen import Screen, clock, number, one_line
from studio.core.health import Figure
from studio.core.project import Board, HardItem, PersonBoard
from studio.core.project_rows import AnswerRow
from studio.core.run import OWNER
from studio.core.votes import CrowdAgreement

HARD_SHOWN = 20


def board(arguments: argparse.Namespace, screen: Screen) -> int:
    """How far a project is, who works in it, and how far people agree."""
    with opened(arguments) as studio:
        found = studio.boards.board(OWNER, arguments.project)
    _print_progress(found, screen)
    say_agreement(found.agreement, screen)
    if found.people:
        screen.say()
        _print_people(found.people, screen)
    screen.result({"board": found})
    return 0


def _print_progress(found: Board, screen: Screen) -> None:
    spec = found.project.spec
    state = screen.text(f"cli.project.state.{found.project.state}")
    screen.say(f"{found.project.id}  {spec.title}  ({spec.task}, {state})")
    if found.project.gold_open:
        screen.say(f"  {gold_words(found.project, screen)}")
    screen.say(
        screen.text(
            "cli.project.progress", done=found.done, wanted=found.wanted, complete=found.complete, items=found.items,
            held=found.held,
        )
    )  # fmt: skip
    if found.per_hour is not None and found.done < found.wanted:
        pace, left = number(found.per_hour, screen.lang, 1), clock(found.left_s)
        screen.say(screen.text("cli.project.pace", pace=pace, left=left))
    else:
        said = "done" if found.done >= found.wanted else "unknown"
        screen.say(screen.text(f"organise.forecast.{said}").capitalize())
    hours = number(found.hours, screen.lang, 2)
    if found.cost is None:
        screen.say(screen.text("cli.project.hours", hours=hours))
    else:
        cost = f"{number(found.cost, screen.lang, 2)} {spec.currency}"
        screen.say(screen.text("cli.project.cost", hours=hours, cost=cost))


def say_agreement(found: CrowdAgreement, screen: Screen) -> None:
    """Agreement with its intervals; what is undefined says why."""
    screen.say(screen.text("cli.project.agreement", items=found.items, votes=found.votes))
    for name in ("raw", "alpha", "fleiss", "ac1"):
        screen.say(f"  {screen.text(f'cli.project.{name}')}: {_figure(getattr(found, name), screen)}")


def _figure(found: Figure, screen: Screen) -> str:
    if found.value is None:
        return screen.text(f"cli.project.undefined.{found.reason}")
    value, low, high = (number(each, screen.lang) for each in (found.value, found.low, found.high))
    return f"{value} [{low}; {high}]" if found.low is not None else value


def _print_people(people: tuple[PersonBoard, ...], screen: Screen) -> None:
    names = (
        "person", "name", "role", "answered", "skipped", "counted", "controls", "repeats", "training", "median", "fast",
        "worked", "out",
    )  # fmt: skip
    rows = [
        [
            each.person, one_line(each.name, 24), screen.text(f"cli.role.{each.role}"), str(each.answered),
            str(each.skipped), str(each.counted), with_interval(each.controls, screen),
            with_interval(each.repeats, screen), _training(each, screen),
            number(each.median_s, screen.lang, 1), str(each.fast),
            clock(each.active_s), f"{moment(each.excluded_at)} {each.reason}".strip() if each.excluded_at else "",
        ]
        for each in people
    ]  # fmt: skip
    screen.table(
        [screen.text(f"cli.project.people.{name}") for name in names], rows, numbers=(3, 4, 5, 9, 10, 11)
    )


def _training(each: PersonBoard, screen: Screen) -> str:
    """How many were right, as the person was told; and whether it stopped him."""
    told = each.training
    if told is None or not told.answered:
        return "—"
    words = screen.text("cli.project.training.of", right=told.right, n=told.answered)
    state = "failed" if told.failed else "admitted" if told.admitted else ""
    return f"{words}, {screen.text(f'cli.project.training.{state}')}" if state else words


def hard(arguments: argparse.Namespace, screen: Screen) -> int:
    """Items on which people differ or which they skip, the hardest first."""
    with opened(arguments) as studio:
        found = studio.boards.board(OWNER, arguments.project, hard=arguments.limit).hard
    if found:
        names = ("item", "key", "said", "skips", "last")
        heads = [screen.text(f"cli.project.hard.{name}") for name in names]
        screen.table(heads, [_hard_row(each, screen) for each in found], numbers=(0,))
    else:
        screen.note("cli.project.hard.none")
    screen.result({"project": arguments.project, "hard": found})
    return 0


def _hard_row(each: HardItem, screen: Screen) -> list[str]:
    said = ", ".join(f"{one_line(text, 30)} × {n}" for text, n in each.answers)
    skips = ", ".join(f"{screen.text(f'cli.skip.{reason}')} × {n}" for reason, n in each.skips.items())
    return [str(each.item), each.key, said or "—", skips or "—", one_line(each.adjudicated or "—", 30)]


def answers(arguments: argparse.Namespace, screen: Screen) -> int:
    """What people said, in order."""
    with opened(arguments) as studio:
        found = studio.audit.answers(OWNER, arguments.project, item=arguments.item, person=arguments.person)
    shown = found[-arguments.limit :] if arguments.limit else []
    if found:
        names = ("n", "person", "item", "said", "counts", "took", "when", "comment")
        heads = [screen.text(f"cli.project.said.{name}") for name in names]
        screen.table(heads, [_answer_row(each, screen) for each in shown], numbers=(0, 2, 5))
        screen.say(f"\n{screen.text('cli.queue.total', shown=len(shown), n=len(found))}")
    else:
        screen.note("cli.project.said.none")
    screen.result({"project": arguments.project, "total": len(found), "answers": shown})
    return 0


def _answer_row(each: AnswerRow, screen: Screen) -> list[str]:
    said = {
        "answer": each.text,
        "skip": f"({screen.text(f'cli.skip.{each.reason}')})" if each.action == "skip" else "",
        "undo": screen.text("cli.project.said.undo", n=each.supersedes),
    }[each.action]
    counts = "counts" if each.counts else "kept" if each.stands else "back"
    return [
        str(each.n), each.person, str(each.item), one_line(said, 40),
        "" if each.action == "undo" else screen.text(f"cli.project.said.{counts}"),
        number(each.took_s, screen.lang, 1), moment(each.at), one_line(each.comment, 40),
    ]  # fmt: skip


COMMANDS = (
    Command("project board", board, (PROJECT, DB)),
    Command(
        "project hard",
        hard,
        (PROJECT, option("--limit", type=whole(1), default=HARD_SHOWN, metavar="n", key="limit_rows"), DB),
    ),
    Command(
        "project answers",
        answers,
        (
            PROJECT,
            option("--item", type=whole(1), metavar="n", key="project_item"),
            option("--person", default="", metavar="person", key="project_person"),
            option("--limit", type=whole(0), default=HARD_SHOWN, metavar="n", key="limit_rows"),
            DB,
        ),
    ),
)
