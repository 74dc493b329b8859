"""`project export|push|import`: a project's answers as files, and others' answers as a project."""

import argparse
from pathlib import Path

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.project_acts import METHOD, THRESHOLD
from studio.cli.projects import PROJECT
from studio.cli.screen import Screen
from studio.core.errors import BadInput
from studio.core.run import OWNER

FORMATS = ("hb", "csv", "sqlite")


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


COMMANDS = (
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
