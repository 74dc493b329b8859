"""The command line: everything the pages can do, for scripts and terminals. It knows the studio by its door alone.

Exit codes: 0 done; 1 it ran, and there is trouble to look at (the run failed, some lines could not be judged);
2 what was asked cannot be done; 130 stopped by Ctrl-C.
"""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from types import FrameType

from studio.cli import (
    annotate,
    catalogue,
    charts,
    compare,
    evidence,
    experiments,
    gap,
    health,
    imports,
    inspect,
    journal,
    labels,
    leaderboard,
    memory,
    pace,
    pairs,
    people,
    project_acts,
    project_board,
    project_files,
    projects,
    prompt_scores,
    prompts,
    reasons,
    reasons_kept,
    records,
    report_file,
    run,
    serve,
    sql,
    submission,
    totals,
    verify,
    whatif,
)
from studio.cli.door import OpenStudio, open_studio
from studio.cli.parser import BAD_INPUT, Command, Refused, build, lang_of
from studio.cli.screen import Screen
from studio.core.errors import QueryError, StudioError
from studio.texts import Lang, describe

COMMANDS: tuple[Command, ...] = (
    *catalogue.COMMANDS,
    *run.COMMANDS,
    *records.COMMANDS,
    *memory.COMMANDS,
    *verify.COMMANDS,
    *whatif.COMMANDS,
    *pace.COMMANDS,
    *imports.COMMANDS,
    *inspect.COMMANDS,
    *compare.COMMANDS,
    *evidence.COMMANDS,
    *reasons.COMMANDS,
    *reasons_kept.COMMANDS,
    *labels.COMMANDS,
    *health.COMMANDS,
    *annotate.COMMANDS,
    *projects.COMMANDS,
    *project_board.COMMANDS,
    *project_acts.COMMANDS,
    *project_files.COMMANDS,
    *people.COMMANDS,
    *journal.COMMANDS,
    *pairs.COMMANDS,
    *prompts.COMMANDS,
    *prompt_scores.COMMANDS,
    *totals.COMMANDS,
    *leaderboard.COMMANDS,
    *gap.COMMANDS,
    *report_file.COMMANDS,
    *charts.COMMANDS,
    *sql.COMMANDS,
    *experiments.COMMANDS,
    *submission.COMMANDS,
    *serve.COMMANDS,
)
STOPPED = 130


def main(argv: Sequence[str] | None = None, *, open_studio: OpenStudio = open_studio) -> int:
    """Runs one command and returns its exit code. Never raises for what a person can act on."""
    words = list(sys.argv[1:] if argv is None else argv)
    lang = lang_of(words, os.environ.get("STUDIO_LANG", "ru"))
    _speak_utf8()
    parser = build(COMMANDS, lang)
    try:
        arguments = parser.parse_args(words)
    except Refused as refused:
        return _refused(refused, lang, as_json="--json" in words)
    if not hasattr(arguments, "handle"):
        parser.print_help()
        return 0
    arguments.open_studio = open_studio
    return _carry_out(arguments, lang)


def _carry_out(arguments: argparse.Namespace, lang: Lang) -> int:
    screen = Screen(lang, as_json=arguments.json)
    try:
        # Whatever a library prints goes to stderr: stdout belongs to the result.
        with contextlib.redirect_stdout(sys.stderr), _stopping_gently():
            code: int = arguments.handle(arguments, screen)
        return code
    except StudioError as error:
        screen.result({"error": error.problem})
        print(describe(error, lang), file=screen.err)
        if isinstance(error, QueryError):
            print(f"  {error.shown}", file=screen.err)
        return BAD_INPUT
    except KeyboardInterrupt:
        screen.note("cli.stopped")
        return STOPPED
    except BrokenPipeError:
        # The reader (`| head`) has gone: nothing is left to say, not even at the interpreter's end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _refused(refused: Refused, lang: Lang, *, as_json: bool) -> int:
    screen = Screen(lang, as_json=as_json)
    screen.result({"error": {"code": "usage", "values": {}, "message": refused.message}})
    print(f"{refused.message}\n{refused.usage}", file=screen.err, end="")
    return BAD_INPUT


@contextlib.contextmanager
def _stopping_gently() -> Iterator[None]:
    """A polite kill (SIGTERM) is the same wish as Ctrl-C: answers are kept and the run can be resumed."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread: a host program minds its own signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _speak_utf8() -> None:
    """Russian in pipes on any machine; half of a broken pair of characters must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


__all__ = ["COMMANDS", "main"]
