"""`journal verify|show|ship|aside|adopt`: what people did, as it is kept."""

import argparse
import json

from studio.cli.door import DB, again_project, opened
from studio.cli.parser import Command, option, whole
from studio.cli.projects import moment
from studio.cli.screen import Screen, one_line
from studio.core.aside import AsideFile
from studio.core.deeds import Deed, JournalState
from studio.core.run import OWNER
from studio.texts import describe

SHOWN = 30
QUIET = {"client_id", "content_hash"}  # of no use to a reader; --json has them


def verify(arguments: argparse.Namespace, screen: Screen) -> int:
    """Checks the whole chain of records, and that the tables hold all of them."""
    with opened(arguments) as studio:
        found = studio.audit.verify(OWNER)
    screen.say(screen.text("cli.journal.holds", n=found.records))
    _say_shelf(found, screen)
    screen.result({"journal": found})
    return 0


def _say_shelf(found: JournalState, screen: Screen) -> None:
    if found.safety is None:
        screen.note("cli.journal.no_shelf")
    elif found.safety.problem:
        problem = describe(found.safety.problem, screen.lang)
        screen.note("cli.journal.not_shipped", shelf=found.safety.shelf, problem=problem)


def show(arguments: argparse.Namespace, screen: Screen) -> int:
    """The latest records: who did what, when."""
    with opened(arguments) as studio:
        found = studio.audit.deeds(
            OWNER, arguments.project, kinds=[kind for group in arguments.kind for kind in group],
            person=arguments.person, after=arguments.after, limit=arguments.limit,
        )  # fmt: skip
    if found:
        heads = [screen.text(f"cli.journal.{name}") for name in ("n", "when", "who", "kind", "where", "what")]
        screen.table(heads, [_row(each) for each in found], numbers=(0,))
    else:
        screen.note("cli.journal.none")
    screen.result({"records": found})
    return 0


def _row(each: Deed) -> list[str]:
    who = f"{each.actor} {each.name}".strip()
    # What somebody wrote comes first: the line is cut.
    told = {name: value for name, value in {**(each.body or {}), **each.facts}.items() if name not in QUIET}
    what = ", ".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.items() if value
    )
    return [str(each.n), moment(each.at), one_line(who, 30), each.kind, each.project, one_line(what, 70)]


def ship(arguments: argparse.Namespace, screen: Screen) -> int:
    """Carries what is new to the shelf, now."""
    with opened(arguments) as studio:
        found = studio.audit.ship(OWNER)
    assert found.safety is not None
    if not found.safety.problem:
        screen.say(screen.text("cli.journal.shipped", n=found.records, shelf=found.safety.shelf))
    _say_shelf(found, screen)
    screen.result({"journal": found})
    return 1 if found.safety.problem else 0


def aside(arguments: argparse.Namespace, screen: Screen) -> int:
    """What a lost copy of the studio left on the shelf, and what could be taken in of it."""
    with opened(arguments) as studio:
        found = studio.adopting.files(OWNER)
    if not found:
        screen.note("cli.journal.aside.none")
    for each in found:
        _say_aside(each, "would", screen)
        if each.answers:
            screen.note(
                "cli.journal.aside.next", command=again_project("journal adopt", each.name, arguments)
            )
    screen.result({"files": found})
    return 0


def adopt(arguments: argparse.Namespace, screen: Screen) -> int:
    """Takes in the answers of such a file that are not here."""
    with opened(arguments) as studio:
        found = studio.adopting.adopt(OWNER, arguments.file)
    _say_aside(found, "done", screen)
    screen.result({"file": found})
    return 0


def _say_aside(found: AsideFile, word: str, screen: Screen) -> None:
    screen.say(found.name)
    days = {"first": moment(found.first_at), "last": moment(found.last_at)}
    screen.say(f"  {screen.text('cli.journal.aside.has', n=found.records, fresh=found.fresh, **days)}")
    if found.kinds:
        screen.say("  " + ", ".join(f"{kind}: {n}" for kind, n in sorted(found.kinds.items())))
    if found.settled and word == "would":
        screen.say(f"  {screen.text('cli.journal.aside.settled')}")
    counts = {"n": found.answers, "people": found.people, "known": found.known}
    screen.say(f"  {screen.text(f'cli.journal.aside.{word}', **counts)}")
    for left in found.left_out:
        why = screen.text(f"cli.journal.aside.left.{left.reason}")
        screen.say(f"  {screen.text('cli.journal.aside.left', kind=left.kind, n=left.n, why=why)}")


COMMANDS = (
    Command("journal verify", verify, (DB,)),
    Command(
        "journal show",
        show,
        (
            option("--project", default="", metavar="project", key="journal_project"),
            option("--kind", action="append", nargs="+", default=[], metavar="name", key="journal_kind"),
            option("--person", default="", metavar="person", key="journal_person"),
            option("--after", type=whole(0), default=0, metavar="n", key="journal_after"),
            option("--limit", type=whole(1), default=SHOWN, metavar="n", key="limit_rows"),
            DB,
        ),
    ),
    Command("journal ship", ship, (DB,)),
    Command("journal aside", aside, (DB,)),
    Command("journal adopt", adopt, (option("file", metavar="file", key="aside_file"), DB)),
)
