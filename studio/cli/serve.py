"""`serve`: the pages. The command line does not import them: it runs `app.py` as a person would."""

import argparse
import os
import runpy

from studio.cli.door import DB
from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen
from studio.settings import REPOSITORY


def serve(arguments: argparse.Namespace, screen: Screen) -> int:
    """Runs until stopped. `app.py` reads the environment; given options win over it."""
    given = {"HOST": arguments.host, "PORT": arguments.port, "STUDIO_DB": arguments.db}
    os.environ.update({name: str(value) for name, value in given.items() if value is not None})
    screen.note("cli.serve.starting")
    runpy.run_path(str(REPOSITORY / "app.py"), run_name="__main__")
    return 0


COMMANDS = (
    Command(
        "serve",
        serve,
        (option("--port", type=whole(0), metavar="n"), option("--host", metavar="host"), DB),
    ),
)
