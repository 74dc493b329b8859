"""`project export|push|import`: a project's answers as files, and others' answers as a project."""

import argparse
from pathlib import Path

from studio.cli.door import DB, opened
from studio.cli.parser import Command, between, option
from studio.cli.project_acts import METHOD, THRESHOLD
from studio.cli.projects import PROJECT
from studio.cli.screen import Screen
from studio.core.crowd import CrowdImport
from studio.core.errors import BadInput
from studio.core.run import OWNER
from studio.texts import describe

FORMATS = ("hb", "csv", "sqlite")
PLACES_SHOWN = 20


def export(arguments: argparse.Namespace, screen: Screen) -> int:
    """Writes the protocol's folder, tables, or a SQLite file."""
    if arguments.names and arguments.format == "hb":
        raise BadInput("hb_no_names")
    target: Path = arguments.to
    with opened(arguments) as studio:
        files = studio.project_files
        if arguments.format == "sqlite":
            if target.exists() and not arguments.force:
                raise BadInput("cli_file_exists", file=str(target))
            paths = [
                files.sqlite(OWNER, arguments.project, target, names=arguments.names, method=arguments.method)
            ]
        elif arguments.format == "csv":
            made = files.tables(OWNER, arguments.project, names=arguments.names)
            paths = files.written(made, target, force=arguments.force)
        else:
            made = files.hb(OWNER, arguments.project, method=arguments.method, threshold=arguments.threshold)
            paths = files.written(made, target, force=arguments.force)
    screen.say(screen.text("cli.project.exported", folder=str(target), n=len(paths)))
    screen.result({"project": arguments.project, "format": arguments.format, "files": paths})
    return 0


def push(arguments: argparse.Namespace, screen: Screen) -> int:
    """Sends the protocol's folder and the SQLite file to a private place."""
    with opened(arguments) as studio:
        folder, names = studio.project_files.push(
            OWNER, arguments.project, arguments.to, method=arguments.method
        )
    screen.say(screen.text("cli.project.pushed", place=arguments.to, folder=folder, n=len(names)))
    screen.result({"project": arguments.project, "place": arguments.to, "folder": folder, "files": names})
    return 0


def import_(arguments: argparse.Namespace, screen: Screen) -> int:
    """Makes a project of another tool's answers, or only tells what would become of them."""
    with opened(arguments) as studio:
        found = studio.project_imports.bring(
            OWNER, arguments.file, arguments.task, title=arguments.title, key=arguments.key, column=arguments.column,
            pay_per_hour=arguments.pay, currency=arguments.currency, dry_run=arguments.dry_run,
        )  # fmt: skip
    _say_import(found, screen)
    screen.result({"import": found})
    return 1 if found.unmatched or found.ambiguous or found.odd else 0


def _say_import(found: CrowdImport, screen: Screen) -> None:
    state = "would" if not found.done else "done" if found.new else "known"
    screen.say(
        screen.text(f"cli.project.import.{state}", project=found.project, tool=found.tool, task=found.task)
    )
    screen.say(
        screen.text(
            "cli.project.import.counts", read=found.read, new=found.new, known=found.known, people=found.people,
            items=found.items, skips=found.skips, controls=found.controls, overlap=found.overlap,
        )
    )  # fmt: skip
    for reason, n in found.left.items():
        screen.say(f"  {screen.text(f'crowd.left.{reason}', n=n)}")
    if found.again:
        screen.say(f"  {screen.text('crowd.left.again', n=found.again)}")
    for name in ("unmatched", "ambiguous"):
        if places := getattr(found, name):
            told = ", ".join(_place(found, place, screen) for place in places[:PLACES_SHOWN])
            screen.note(f"cli.project.import.{name}", places=told)
    for place, problem in found.odd[:PLACES_SHOWN]:
        told = _place(found, place, screen)
        screen.note("cli.project.import.odd", place=told, problem=describe(problem, screen.lang))


def _place(found: CrowdImport, place: str, screen: Screen) -> str:
    """«строка 26» of a table, «задание 3/101» (with the annotation's id) of Label Studio's JSON."""
    return screen.text(f"cli.project.import.place.{found.tool}", place=place)


COMMANDS = (
    Command(
        "project import",
        import_,
        (
            option("file", type=Path, metavar="file", key="import_file"),
            option("--task", required=True, metavar="task", key="project_task"),
            option("--title", default="", metavar="text", key="project_title"),
            option("--key", default="", metavar="name", key="import_key"),
            option("--column", default="", metavar="name", key="import_column"),
            option("--pay", type=between(0, 1e9), metavar="money", key="import_pay"),
            option("--currency", default="RUB", metavar="text", key="project_currency"),
            option("--dry-run", action="store_true", key="import_dry"),
            DB,
        ),
    ),
    Command(
        "project export",
        export,
        (
            PROJECT,
            option("--to", type=Path, required=True, metavar="file", key="export_to"),
            option("--format", choices=FORMATS, default="hb", key="project_format"),
            option("--names", action="store_true", key="export_names"),
            option("--force", action="store_true"),
            METHOD,
            THRESHOLD,
            DB,
        ),
    ),
    Command(
        "project push",
        push,
        (PROJECT, option("--to", required=True, metavar="place", key="push_to"), METHOD, DB),
    ),
)
