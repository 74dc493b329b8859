"""`import`: other tools' logs become runs."""

import argparse
import time
from pathlib import Path

from studio.cli.door import DB, again, opened
from studio.cli.parser import Command, option
from studio.cli.progress import LOG_EVERY_S, QUIET
from studio.cli.report import print_scores, run_json
from studio.cli.screen import Screen
from studio.core.logs import ImportedRun
from studio.texts import describe


def import_(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        found = studio.import_logs(
            arguments.paths,
            model=arguments.model or "",
            title=arguments.title or "",
            judge=arguments.judge,
            on_progress=_Progress(screen, quiet=arguments.quiet).show,
        )
        runs = []
        for run in found:
            _told(run, screen)
            view = studio.wait(run.run)
            print_scores(studio, view, screen)
            if view.unjudged and view.js.scored == 0:
                screen.note("cli.import.unjudged", command=again("resume", view.id, arguments))
            screen.say()
            remarks = [{**each.to_json(), "message": describe(each, screen.lang)} for each in run.remarks]
            told = {"new": run.new, "tool": run.tool, "samples": run.samples, "remarks": remarks}
            runs.append({**run_json(studio, view), **told})
    screen.result({"runs": runs})
    return 0


def _told(run: ImportedRun, screen: Screen) -> None:
    key = "cli.import.done" if run.new else "cli.import.known"
    screen.say(screen.text(key, run=run.run, tool=run.tool, n=run.samples, failed=run.failed))
    for remark in run.remarks:
        screen.say(f"  {describe(remark, screen.lang)}")


class _Progress:
    """How many rows are in, now and then."""

    def __init__(self, screen: Screen, *, quiet: bool) -> None:
        self._screen = screen
        self._quiet = quiet
        self._said_at = time.monotonic()

    def show(self, task: str, rows: int) -> None:
        every_s = 0.5 if self._screen.err.isatty() else LOG_EVERY_S
        if not self._quiet and time.monotonic() - self._said_at >= every_s:
            self._said_at = time.monotonic()
            self._screen.note("cli.import.progress", task=task, n=rows)


COMMANDS = (
    Command(
        "import",
        import_,
        (
            option("paths", nargs="+", type=Path, metavar="path", key="import_paths"),
            option("--model", metavar="name", key="import_model"),
            option("--title", metavar="text", key="import_title"),
            option("--judge", default="none", metavar="judge", key="import_judge"),
            DB,
            QUIET,
        ),
    ),
)
