"""`reasons` of a kept grouping, and `reason …`: groups looked at, named, put together, and taken back."""

import argparse
from typing import TYPE_CHECKING

from studio.cli.door import DB, opened, sample_of
from studio.cli.labels import user
from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen, one_line
from studio.core.errors import BadInput
from studio.core.label import LONGEST_NAME
from studio.core.reasons import GroupEdit, GroupMember, KeptGroup, KeptReasons
from studio.texts.figures import whole_percent
from studio.texts.reasons_said import edit_said, group_title

if TYPE_CHECKING:
    from studio.service import Studio

_LISTED = 20


def say_kept(studio: "Studio", book: int, screen: Screen) -> None:
    """Prints a kept grouping and gives it as JSON."""
    found = studio.reasons.groups.kept(book)
    typical = studio.reasons.groups.typical(book, reviewer=user())
    names = {run: studio.run(run).model for run in found.spec.runs}
    for group in found.groups:
        _group(group, found, names, typical.get(group.number, ()), screen)
    for run, version in found.rescored.items():
        screen.say(screen.text("cli.reasons.rescored", run=run, version=version))
    if found.fresh:
        screen.say(screen.text("cli.reasons.fresh", n=sum(found.fresh.values())))
    if found.labelled:
        screen.say(screen.text("cli.reasons.quiet", quiet=found.quiet, n=found.labelled))
    screen.result(_json(found, names, typical, screen))


def _group(
    group: KeptGroup,
    found: KeptReasons,
    names: dict[str, str],
    typical: tuple[GroupMember, ...],
    screen: Screen,
) -> None:
    title = group_title(group, screen.lang)
    share = f" ({whole_percent(group.n / found.n)} %)" if found.n else ""
    by_hand = f", {screen.text('cli.reasons.pinned', n=group.pinned)}" if group.pinned else ""
    screen.say(f"[{group.number}] {title}: {group.n}{share}{by_hand}")
    for run in found.spec.runs:
        tasks = {task: n for (one, task), n in group.counts.items() if one == run}
        if tasks:
            said = ", ".join(f"{task} {n}" for task, n in sorted(tasks.items(), key=lambda each: -each[1]))
            screen.say(f"   {names[run]} ({run}): {said}")
    for member in typical:
        screen.say(f"   {_line(member)}")
    screen.say()


def _line(member: GroupMember) -> str:
    failure = member.failure
    note = f" — {one_line(failure.notes, 60)}" if failure.notes else ""
    gold = " / ".join(failure.golds)
    return f"{failure.run} № {failure.number}: «{one_line(failure.final, 60)}» ≠ «{one_line(gold, 40)}»{note}"


def _json(
    found: KeptReasons,
    names: dict[str, str],
    typical: dict[int, tuple[GroupMember, ...]],
    screen: Screen,
) -> dict[str, object]:
    groups = [
        {
            "number": group.number, "name": group_title(group, screen.lang), "own": group.own, "made": group.made,
            "merged": group.merged, "n": group.n, "pinned": group.pinned, "decided": group.decided,
            "counts": [
                {"run": run, "model": names[run], "task": task, "n": n} for (run, task), n in group.counts.items()
            ],
            "typical": [_member_json(member) for member in typical.get(group.number, ())],
        }
        for group in found.groups
    ]  # fmt: skip
    return {
        "kept": found.id, "spec": found.spec, "at": found.at, "n": found.n, "fresh": found.fresh,
        "hidden": found.hidden, "labelled": found.labelled, "quiet": found.quiet, "latest": found.latest,
        "groups": groups, "undo": found.undo, "rescored": found.rescored,
    }  # fmt: skip


def _member_json(member: GroupMember) -> dict[str, object]:
    failure = member.failure
    return {
        "run": failure.run, "number": failure.number, "task": failure.task, "final": failure.final,
        "gold": failure.golds, "notes": failure.notes, "pinned": member.pinned,
    }  # fmt: skip


def show(arguments: argparse.Namespace, screen: Screen) -> int:
    """The answers of a group."""
    with opened(arguments) as studio:
        page = studio.reasons.groups.page(arguments.group, arguments.offset, arguments.limit, reviewer=user())
    screen.say(f"[{page.group.number}] {group_title(page.group, screen.lang)}: {page.total}")
    for member in page.members:
        screen.say(f"   {_line(member)}")
    members = [_member_json(member) for member in page.members]
    screen.result(
        {"group": page.group.number, "name": group_title(page.group, screen.lang), "n": page.total,
         "offset": page.offset, "answers": members}
    )  # fmt: skip
    return 0


def rename(arguments: argparse.Namespace, screen: Screen) -> int:
    """Gives a group a name, or with `` its own one back."""
    with opened(arguments) as studio:
        studio.reasons.groups.rename(arguments.group, arguments.name, author=_author(arguments))
        return _done(studio, studio.reasons.groups.find(group=arguments.group), screen)


def move(arguments: argparse.Namespace, screen: Screen) -> int:
    """Puts answers into a group, where they stay."""
    with opened(arguments) as studio:
        answers = _answers(studio, arguments)
        studio.reasons.groups.move(arguments.group, answers, author=_author(arguments))
        return _done(studio, studio.reasons.groups.find(group=arguments.group), screen)


def make(arguments: argparse.Namespace, screen: Screen) -> int:
    """Begins a group by hand."""
    with opened(arguments) as studio:
        book = _book(studio, arguments.run)
        studio.reasons.groups.make(
            book, arguments.name, _answers(studio, arguments), author=_author(arguments)
        )
        return _done(studio, book, screen)


def merge(arguments: argparse.Namespace, screen: Screen) -> int:
    """Puts all of one group into another."""
    with opened(arguments) as studio:
        studio.reasons.groups.merge(arguments.group, arguments.other, author=_author(arguments))
        return _done(studio, studio.reasons.groups.find(group=arguments.group), screen)


def remove(arguments: argparse.Namespace, screen: Screen) -> int:
    """Ends a group."""
    with opened(arguments) as studio:
        book = studio.reasons.groups.find(group=arguments.group)
        studio.reasons.groups.remove(arguments.group, author=_author(arguments))
        return _done(studio, book, screen)


def undo(arguments: argparse.Namespace, screen: Screen) -> int:
    """Takes the latest edit back."""
    with opened(arguments) as studio:
        edit = studio.reasons.groups.undo(_book(studio, arguments.run), author=_author(arguments))
    if edit is None:
        screen.note("cli.reason.undo.nothing")
    else:
        screen.say(screen.text("cli.reason.undone", what=edit_said(edit, screen.lang)))
    screen.result({"run": arguments.run, "undone": edit})
    return 0


def _book(studio: "Studio", run: str) -> int:
    return studio.reasons.groups.need([run])


def _answers(studio: "Studio", arguments: argparse.Namespace) -> list[tuple[str, int]]:
    return [(arguments.run, sample_of(studio, arguments.run, number)) for number in arguments.numbers]


def _author(arguments: argparse.Namespace) -> str:
    """Who edits. Raises BadInput for a name that says nothing: nobody else is meant by it."""
    name = user() if arguments.reviewer is None else " ".join(arguments.reviewer.split())
    if arguments.reviewer is not None and not 0 < len(name) <= LONGEST_NAME:
        raise BadInput("group_no_author", most=LONGEST_NAME)
    return name


def _done(studio: "Studio", book: int | None, screen: Screen) -> int:
    """What was done, in words, and the groups after it as JSON."""
    assert book is not None
    found = studio.reasons.groups.kept(book)
    last: GroupEdit = studio.reasons.groups.history(book, 1)[0]
    screen.say(edit_said(last, screen.lang))
    groups = [
        {
            "number": group.number,
            "name": group_title(group, screen.lang),
            "n": group.n,
            "pinned": group.pinned,
        }
        for group in found.groups
    ]
    screen.result({"kept": book, "done": last, "groups": groups})
    return 0


_GROUP = option("group", type=whole(1), metavar="n", key="group_number")
_RUN = option("run", metavar="run")
_NUMBERS = option("numbers", type=whole(1), nargs="*", metavar="n", key="group_answers")
_SOME_NUMBERS = option("numbers", type=whole(1), nargs="+", metavar="n", key="group_answers")
_REVIEWER = option("--reviewer", metavar="name", key="group_author")

COMMANDS = (
    Command(
        "reason show",
        show,
        (
            _GROUP,
            option("--offset", type=whole(0), default=0, metavar="n", key="group_offset"),
            option("--limit", type=whole(1), default=_LISTED, metavar="n", key="limit_rows"),
            DB,
        ),
    ),
    Command(
        "reason rename", rename, (_GROUP, option("name", metavar="name", key="group_name"), _REVIEWER, DB)
    ),
    Command("reason move", move, (_GROUP, _RUN, _SOME_NUMBERS, _REVIEWER, DB)),
    Command(
        "reason make", make, (_RUN, option("name", metavar="name", key="group_name"), _NUMBERS, _REVIEWER, DB)
    ),
    Command(
        "reason merge",
        merge,
        (_GROUP, option("other", type=whole(1), metavar="n", key="group_other"), _REVIEWER, DB),
    ),
    Command("reason remove", remove, (_GROUP, _REVIEWER, DB)),
    Command("reason undo", undo, (_RUN, _REVIEWER, DB)),
)
