"""`runs`, `cancel`, `delete`, `export`: the runs of a database."""

import argparse
import time
from pathlib import Path

from studio.cli.door import DB, WHERE, again, opened
from studio.cli.parser import Command, option, whole
from studio.cli.report import print_scores, run_json, with_interval
from studio.cli.screen import Screen, number
from studio.core.errors import BadInput
from studio.core.logs import LogFacts
from studio.core.people_run import PeopleRun
from studio.core.run import RunView, SampleFilter
from studio.texts import describe
from studio.texts.run_names import name_of

GOING = {"queued", "running"}
LM_EVAL = "lm-eval"
RUNS_HEAD = ("run", "state", "model", "tasks", "answered", "em", "rules", "js", "when")


def runs(arguments: argparse.Namespace, screen: Screen) -> int:
    """The list, or one run with its scores."""
    with opened(arguments) as studio:
        if arguments.run:
            view = studio.run(arguments.run)
            print_scores(studio, view, screen)
            log = studio.log(arguments.run)
            if log:
                _say_log(log, screen)
            screen.result(
                {
                    **run_json(studio, view),
                    "spec": view.spec,
                    "resolved": view.resolved,
                    "log": log,
                    "verification": studio.verified(view.id),
                }
            )
            return 0
        found = studio.runs()[: arguments.limit]
    if found:
        heads = [screen.text(f"cli.runs.{name}") for name in RUNS_HEAD]
        screen.table(heads, [_row(view, screen) for view in found], numbers=(4,))
    else:
        screen.note("cli.runs.none")
    screen.result({"runs": found})
    return 0


def _say_log(log: LogFacts, screen: Screen) -> None:
    """The tool's own scores of each task, what was noticed while reading, and the files."""
    screen.say()
    screen.say(screen.text("logs.said", tool=f"{log.tool} {log.version}".strip()))
    for task, told in log.tasks.items():
        for metric, value in (told.get("scores") or {}).items():
            screen.say(f"  {task}: {metric} = {number(value, screen.lang)}")
    for remark in log.remarks:
        screen.say(f"  {describe(remark, screen.lang)}")
    screen.say(f"  {screen.text('logs.files', files=', '.join(str(file['name']) for file in log.files))}")


def _row(view: RunView, screen: Screen) -> list[str]:
    tasks = ", ".join(view.tasks[:3]) + (f" +{len(view.tasks) - 3}" if len(view.tasks) > 3 else "")
    return [
        view.id,
        screen.text(f"state.{view.state}"),
        name_of(view, screen.lang),
        tasks,
        f"{view.answered}/{view.planned}",
        with_interval(view.em, screen),
        view.em_version,
        with_interval(view.js, screen),
        time.strftime("%Y-%m-%d %H:%M", time.localtime(view.created_at)),
    ]


def cancel(arguments: argparse.Namespace, screen: Screen) -> int:
    """Stops a run that goes on; one that does not is only told of. What is left can be resumed, if anything is."""
    with opened(arguments) as studio:
        view = studio.run(arguments.run)
        judged = PeopleRun.of(view.resolved) is not None and view.state in GOING
        if view.kind == "human" and not judged:
            raise BadInput("cli_cancel_human", run=view.id)
        going = view.state in GOING
        if going:
            studio.cancel(arguments.run)
            view = studio.wait(arguments.run, timeout_s=30)
    if going:
        screen.note("cli.cancel.done", run=view.id)
    else:
        state = screen.text(f"state.{view.state}")
        screen.note("cli.cancel.over", run=view.id, state=state)
    if view.unfinished:
        command = again("resume", view.id, arguments)
        screen.note("cli.run.resume", done=view.answered, n=view.planned, command=command)
    screen.result({"run": view.id, "state": view.state})
    return 0


def delete(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        view = studio.run(arguments.run)
        if not arguments.yes and not screen.agreed(
            "cli.delete.ask", "cli_yes_needed", run=view.id, n=view.answered
        ):
            screen.note("cli.delete.kept", run=view.id)
            screen.result({"run": view.id, "deleted": False})
            return 0
        studio.delete(arguments.run)
    screen.note("cli.delete.done", run=view.id)
    screen.result({"run": view.id, "deleted": True})
    return 0


def export(arguments: argparse.Namespace, screen: Screen) -> int:
    target: Path = arguments.out
    if arguments.format == LM_EVAL:
        if arguments.where:
            raise BadInput("export_log_whole")
        return _export_log(arguments, screen)
    if target.exists() and not arguments.force:
        raise BadInput("cli_file_exists", file=str(target))
    with opened(arguments) as studio:
        written = studio.export(arguments.run, target, where=SampleFilter(where=arguments.where or ""))
    size = written.stat().st_size
    screen.say(screen.text("cli.export.done", run=arguments.run, file=str(written), kb=(size + 1023) // 1024))
    screen.result({"run": arguments.run, "file": str(written), "bytes": size})
    return 0


def _export_log(arguments: argparse.Namespace, screen: Screen) -> int:
    """A folder in the form of lm-eval."""
    target: Path = arguments.out
    if target.is_file():
        raise BadInput("cli_file_exists", file=str(target))
    with opened(arguments) as studio:
        files = studio.export_log(arguments.run, target)
    screen.say(screen.text("cli.export.log", run=arguments.run, folder=str(target), n=len(files)))
    screen.result({"run": arguments.run, "folder": str(target), "files": [path.name for path in files]})
    return 0


_RUN = option("run", metavar="run")

COMMANDS = (
    Command(
        "runs",
        runs,
        (
            option("run", nargs="?", metavar="run", key="run_shown"),
            option("--limit", type=whole(1), metavar="n", key="limit_rows"),
            DB,
        ),
    ),
    Command("cancel", cancel, (_RUN, DB)),
    Command("delete", delete, (_RUN, option("--yes", action="store_true"), DB)),
    Command(
        "export",
        export,
        (
            option("--run", required=True, metavar="run"),
            option("--out", required=True, type=Path, metavar="file", key="export_out"),
            option("--format", choices=("sqlite", LM_EVAL), default="sqlite", key="export_format"),
            WHERE,
            option("--force", action="store_true"),
            DB,
        ),
    ),
)
