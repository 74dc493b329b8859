"""`cache`: answers that later runs may take instead of asking again."""

import argparse

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen
from studio.core.errors import BadInput


def cache(arguments: argparse.Namespace, screen: Screen) -> int:
    """What is remembered; with `clear` it is forgotten, of one run or altogether. The answers stay in their runs."""
    if arguments.of_run and not arguments.action:
        raise BadInput("cache_of_run")
    with opened(arguments) as studio:
        if arguments.action:
            gone = studio.forget(arguments.of_run)
            screen.say(screen.text("cli.cache.cleared", n=gone))
            screen.result({"forgotten": gone})
            return 0
        found = studio.remembered()
    screen.say(
        screen.text("cli.cache.size", n=found.answers, runs=found.runs, bytes=found.bytes, texts=found.texts)
    )
    screen.result({"remembered": found})
    return 0


COMMANDS = (
    Command(
        "cache",
        cache,
        (
            option("action", key="cache_action", nargs="?", choices=("clear",), metavar="clear"),
            option("--run", key="cache_run", dest="of_run", default="", metavar="run"),
            DB,
        ),
    ),
)
