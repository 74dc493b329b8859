"""Opening the studio for a command: settings from the environment, the file from --db."""

import argparse
import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.parser import Option, option
from studio.cli.screen import Screen
from studio.core.errors import BadInput
from studio.core.run import OWNER, SampleFilter, Viewer
from studio.settings import Settings

if TYPE_CHECKING:
    from studio.service import Studio

OpenStudio = Callable[[Settings], "Studio"]

DB: Option = option("--db", type=Path, metavar="file")
WHERE: Option = option("--where", metavar="filter")
EYES: Option = option("--reviewer", default="", metavar="name", key="reviewer_eyes")
SEALED: Option = option("--hide-scores", action="store_true")
RUN: Option = option("run", key="run", metavar="run")
SERVERS: tuple[Option, ...] = (
    option("--server", action="append", nargs="+", default=[], metavar="url"),
    option("--key-env", default="", metavar="name"),
)


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator["Studio"]:
    """The studio over the asked database; closed afterwards. Raises StoreError."""
    studio = arguments.open_studio(Settings.from_env(os.environ, db=arguments.db))
    try:
        yield studio
    finally:
        studio.close()


def open_studio(settings: Settings) -> "Studio":
    """The real studio. Imported here, so that --help answers at once."""
    from studio.service import Studio

    return Studio.open(settings)


def looking(arguments: argparse.Namespace) -> Viewer:
    """The owner, blind to labels of others as the reviewer who is named, if one is, and to scores where that is asked
    for."""
    sealed = arguments.reviewer if getattr(arguments, "hide_scores", False) else None
    return replace(OWNER, reviewer=arguments.reviewer or None, sealed=sealed)


def say_whose(studio: "Studio", run: str, where: SampleFilter, viewer: Viewer, screen: Screen) -> None:
    """Whose labels a filter goes by, where it goes by labels."""
    everyones = studio.queries.shows_labels(run, where, viewer)
    if everyones is not None:
        screen.note(f"cli.where.{'all' if everyones else 'own'}", name=viewer.reviewer or "")


def sample_of(studio: "Studio", run: str, number: int) -> int:
    """The sample with this number in a run. Raises BadInput."""
    row = studio.queue(run, SampleFilter(), number - 1, 1, OWNER).rows
    if not row or row[0].number != number:  # the store clamps an offset beyond the end
        raise BadInput("cli_no_number", number=number, n=studio.run(run).planned)
    return row[0].sample_id


def again(command: str, run_id: str, arguments: argparse.Namespace) -> str:
    """The words to type for the same run and file: `export` names its run and where to, others take the run alone."""
    named = f"--run {run_id} --out {run_id}.sqlite" if command == "export" else run_id
    return f"python -m studio {command} {named}" + (
        f" --db {shlex.quote(str(arguments.db))}" if arguments.db else ""
    )


def again_project(command: str, project: str, arguments: argparse.Namespace, *more: str) -> str:
    """The words to type for the same project and file."""
    words = ["python", "-m", "studio", *command.split(), project, *more]
    return shlex.join([*words, *(["--db", str(arguments.db)] if arguments.db else [])])


def text_of(path: Path) -> str:
    """A file's text. Raises BadInput for one that is not there or is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("cli_cannot_read", file=str(path), reason=reason) from error
