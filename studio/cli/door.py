"""Opening the studio for a command: settings from the environment, the file from --db."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.parser import Option, option
from studio.core.run import Viewer
from studio.settings import Settings

if TYPE_CHECKING:
    from studio.service import Studio

DB: Option = option("--db", type=Path, metavar="file")
RUN: Option = option("run", key="run", metavar="run")
OWNER = Viewer("owner")  # whoever can run commands here can open the file


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator["Studio"]:
    """The studio over the asked database; closed afterwards. Raises StoreError."""
    from studio.service import Studio  # here, so that --help answers at once

    studio = Studio.open(settings_of(arguments))
    try:
        yield studio
    finally:
        studio.close()


def settings_of(arguments: argparse.Namespace) -> Settings:
    return Settings.from_env(os.environ, db=getattr(arguments, "db", None))


def again(command: str, run_id: str, arguments: argparse.Namespace) -> str:
    """The words to type for the same run and file."""
    db = getattr(arguments, "db", None)
    return f"python -m studio {command} {run_id}" + (f" --db {db}" if db else "")
