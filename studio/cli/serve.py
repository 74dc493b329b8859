"""`serve`: the pages. The command line does not import them: it runs `app.py` as a person would."""

import argparse
import os
import runpy
import socket

from studio.cli.door import DB
from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen
from studio.core.errors import BadInput
from studio.settings import REPOSITORY, address


def serve(arguments: argparse.Namespace, screen: Screen) -> int:
    """Runs until stopped. `app.py` reads the environment; given options win over it."""
    given = {"HOST": arguments.host, "PORT": arguments.port, "STUDIO_DB": arguments.db}
    os.environ.update({name: str(value) for name, value in given.items() if value is not None})
    _free(*address(os.environ))
    screen.note("cli.serve.starting")
    runpy.run_path(str(REPOSITORY / "app.py"), run_name="__main__")
    return 0


def _free(host: str, port: int) -> None:
    """Raises BadInput where nobody can listen there, before anything heavy is loaded. Port 0 is any free one."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as a server does after a restart
            probe.bind((place[0], port, *place[2:]))  # a look-up takes 70000 for 4464
            probe.listen()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("cli_port_taken", host=host, port=port, reason=reason) from error


COMMANDS = (
    Command(
        "serve",
        serve,
        (option("--port", type=whole(0), metavar="n"), option("--host", metavar="host"), DB),
    ),
)
