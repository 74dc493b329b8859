"""`invite new|list|revoke`, `people list|give|erase`: who works here, and by which link they came."""

import argparse
import os
import time

from studio.cli.door import DB, opened
from studio.cli.parser import Command, between, option, whole
from studio.cli.projects import PROJECT, moment
from studio.cli.screen import Screen, one_line
from studio.core.errors import BadInput
from studio.core.project import ROLES, Role
from studio.core.run import OWNER
from studio.serving import loopback, where
from studio.settings import DEFAULT_PORT

HERE = f"http://127.0.0.1:{DEFAULT_PORT}"


def invite(arguments: argparse.Namespace, screen: Screen) -> int:
    """A link for so many people. Its secret is told here and never again."""
    _check_where(arguments)
    with opened(arguments) as studio:
        if arguments.project:
            studio.organising.project(OWNER, arguments.project)
        found, secret = studio.members.invite(
            OWNER,
            arguments.project,
            arguments.role,
            places=arguments.places,
            days=arguments.days,
            note=arguments.note,
        )
        served = where(studio.settings.home, os.environ)
    link = f"{(arguments.url or served or HERE).rstrip('/')}/join/{secret}"
    screen.say(link)
    role, until = screen.text(f"cli.role.{found.role}"), moment(found.expires_at)
    screen.note("cli.invite.done", id=found.id, role=role, places=found.places, until=until)
    if guessed := not (arguments.url or served):
        screen.note("cli.invite.guess", url=HERE)
    if local := loopback(link):
        screen.note("cli.invite.local")
    told = {name: value for name, value in vars(found).items() if name != "used"}
    screen.result({"invitation": told, "link": link, "secret": secret, "guessed": guessed, "local": local})
    return 0


def invitations(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        found = studio.members.invitations(OWNER, arguments.project)
    now = time.time()
    if found:
        heads = [
            screen.text(f"cli.invite.{name}") for name in ("id", "role", "used", "until", "state", "note")
        ]
        rows = [
            [
                each.id, screen.text(f"cli.role.{each.role}"), f"{each.used}/{each.places}", moment(each.expires_at),
                screen.text(f"cli.invite.{'open' if each.open_at(now) else 'revoked' if each.revoked_at else 'over'}"),
                one_line(each.note, 40),
            ]
            for each in found
        ]  # fmt: skip
        screen.table(heads, rows, numbers=(2,))
    else:
        screen.note("cli.invite.none")
    screen.result({"invitations": [{**vars(each), "open": each.open_at(now)} for each in found]})
    return 0


def revoke(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        studio.members.revoke(OWNER, arguments.project, arguments.invitation)
    screen.note("cli.invite.gone", id=arguments.invitation)
    screen.result({"invitation": arguments.invitation, "revoked": True})
    return 0


def people(arguments: argparse.Namespace, screen: Screen) -> int:
    """The people of a project, or everybody who ever came."""
    with opened(arguments) as studio:
        if arguments.project:
            studio.organising.project(OWNER, arguments.project)
            members = studio.members.people(OWNER, arguments.project)
            found = [(person, {arguments.project: role}) for person, role in members]
        else:
            found = studio.members.everyone(OWNER)
    if found:
        heads = [screen.text(f"cli.people.{name}") for name in ("id", "name", "via", "joined", "roles")]
        rows = [
            [
                person.id, one_line(person.name, 30) or screen.text("cli.people.erased"),
                screen.text(f"cli.people.via.{person.via}"), moment(person.joined_at), _roles(roles, screen),
            ]
            for person, roles in found
        ]  # fmt: skip
        screen.table(heads, rows)
    else:
        screen.note("cli.people.none")
    screen.result({"people": [{**vars(person), "roles": roles} for person, roles in found]})
    return 0


def _roles(roles: dict[str, Role], screen: Screen) -> str:
    everywhere = screen.text("cli.people.everywhere")
    return ", ".join(
        f"{project or everywhere}: {screen.text(f'cli.role.{role}')}" for project, role in roles.items()
    )


def give(arguments: argparse.Namespace, screen: Screen) -> int:
    """Gives a person a role in a project, or everywhere; `visitor` takes it."""
    _check_where(arguments)
    with opened(arguments) as studio:
        if arguments.project:
            studio.organising.project(OWNER, arguments.project)
        studio.members.give(OWNER, arguments.project, arguments.person, arguments.role)
    role = screen.text(f"cli.role.{arguments.role}")
    where = arguments.project or screen.text("cli.people.everywhere")
    screen.note("cli.people.given", id=arguments.person, role=role, where=where)
    screen.result({"person": arguments.person, "project": arguments.project, "role": arguments.role})
    return 0


def _check_where(arguments: argparse.Namespace) -> None:
    """A role everywhere is not given by leaving a word out."""
    if bool(arguments.project) == arguments.everywhere:
        raise BadInput("role_where")


def erase(arguments: argparse.Namespace, screen: Screen) -> int:
    """Erases whatever may tell who somebody is; what was answered stays."""
    with opened(arguments) as studio:
        if arguments.person not in {person.id for person, _ in studio.members.everyone(OWNER)}:
            raise BadInput("unknown_person", id=arguments.person)
        if not arguments.yes and not screen.agreed(
            "cli.people.ask", "cli_yes_needed_person", id=arguments.person
        ):
            screen.note("cli.people.kept", id=arguments.person)
            screen.result({"person": arguments.person, "erased": False, "records": 0})
            return 0
        records = studio.members.erase(OWNER, arguments.person)
    screen.note("cli.people.gone", id=arguments.person, n=records)
    screen.result({"person": arguments.person, "erased": True, "records": records})
    return 0


_MAYBE = option("project", nargs="?", default="", metavar="project", key="project_or_all")
_EVERYWHERE = option("--everywhere", action="store_true")
_PERSON = option("person", metavar="person", key="project_person")

COMMANDS = (
    Command(
        "invite new",
        invite,
        (
            option("project", nargs="?", default="", metavar="project", key="invite_project"),
            option("--role", choices=ROLES[1:], default="annotator", key="invite_role"),
            option("--places", type=whole(1), default=1, metavar="n", key="invite_places"),
            option("--days", type=between(0.01, 366), default=14.0, metavar="n", key="invite_days"),
            option("--note", default="", metavar="text", key="invite_note"),
            _EVERYWHERE,
            option("--url", default="", metavar="url", key="invite_url"),
            DB,
        ),
    ),
    Command("invite list", invitations, (PROJECT, DB)),
    Command("invite revoke", revoke, (PROJECT, option("invitation", metavar="invitation"), DB)),
    Command("people list", people, (_MAYBE, DB)),
    Command(
        "people give",
        give,
        (
            _PERSON,
            option("role", choices=ROLES, metavar="role", key="people_role"),
            option("--project", default="", metavar="project", key="people_project"),
            _EVERYWHERE,
            DB,
        ),
    ),
    Command("people erase", erase, (_PERSON, option("--yes", action="store_true", key="people_yes"), DB)),
)
