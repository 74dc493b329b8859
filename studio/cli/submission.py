"""`submission pack` and `submission check`: the archive that the benchmark's site takes."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen, visible
from studio.core.errors import BadInput
from studio.core.submission import Defect, SubmissionReport

UNFIT = 1
MISSING = "no_task"  # the code of a task that has no file


def pack(arguments: argparse.Namespace, screen: Screen) -> int:
    target: Path = arguments.out
    if target.exists() and not arguments.force:
        raise BadInput("cli_file_exists", file=str(target))
    with opened(arguments) as studio:
        packed = studio.pack(arguments.run, target, partial=arguments.partial)
    runs = ", ".join(packed.runs)
    screen.say(screen.text("cli.submission.packed", runs=runs, file=str(target)))
    if packed.left_out:
        screen.say(screen.text("cli.submission.left_out", names=", ".join(packed.left_out)))
    screen.say()
    extra = {"runs": list(packed.runs), "left_out": list(packed.left_out), "bytes": target.stat().st_size}
    return _told(packed.report, screen, extra)


def check(arguments: argparse.Namespace, screen: Screen) -> int:
    from studio.service.submission import check_submission  # heavy: only when asked

    return _told(check_submission(arguments.file, partial=arguments.partial), screen, {})


def _told(report: SubmissionReport, screen: Screen, extra: dict[str, Any]) -> int:
    """The report as words and as JSON; the exit code says whether the archive is fit."""
    there = [count for count in report.tasks if count.state != "missing"]
    if there:
        head = [screen.text(f"cli.submission.{name}") for name in ("task", "file", "records", "state")]
        screen.table(
            head,
            [
                [count.task, count.file or "—", f"{count.found}/{count.size}", _state(count.state, screen)]
                for count in there
            ],
            numbers=(2,),
        )
        screen.say()
    _print_defects(report.defects, screen)
    errors = sum(defect.severity == "error" for defect in report.defects)
    key = "fit" if report.fit else "unfit"
    warnings = len(report.defects) - errors
    screen.say(screen.text(f"cli.submission.{key}", file=report.file, errors=errors, warnings=warnings))
    if there and not report.settings_known:
        screen.say(screen.text("cli.submission.settings_unknown"))
    screen.result({**_json(report, screen), **extra})
    return 0 if report.fit else UNFIT


def _print_defects(defects: Sequence[Defect], screen: Screen) -> None:
    """What is there and wrong, one by one; then what is not there, together: a name a task, not a paragraph."""
    for defect in defects:
        if defect.code == MISSING:
            continue
        severity = screen.text(f"cli.submission.{defect.severity}")
        where = f" {defect.task}" if defect.task else ""
        screen.say(f"{severity}{where}: {defect.code}")
        screen.say(f"  {visible(_message(defect, screen))}")
        if defect.places:
            more = " …" if defect.n > len(defect.places) else ""
            screen.say(f"  {'; '.join(visible(place) for place in defect.places)}{more}")
        screen.say(f"  → {visible(_todo(defect, screen))}")
        screen.say()
    for severity in ("error", "warning"):
        _print_missing(
            [each for each in defects if (each.code, each.severity) == (MISSING, severity)], screen
        )


def _print_missing(defects: Sequence[Defect], screen: Screen) -> None:
    if not defects:
        return
    names = ", ".join(defect.task for defect in defects)
    severity = screen.text(f"cli.submission.{defects[0].severity}")
    told = screen.text("cli.submission.missing", n=len(defects), names=names)
    screen.say(f"{severity} {MISSING}: {told}")
    screen.say(f"  → {screen.text('cli.submission.missing.todo')}")
    screen.say()


def _state(state: str, screen: Screen) -> str:
    return screen.text(f"cli.submission.state_{state}")


def _message(defect: Defect, screen: Screen) -> str:
    return screen.text(f"submission.{defect.code}", n=defect.n, task=defect.task, **defect.values)


def _todo(defect: Defect, screen: Screen) -> str:
    return screen.text(f"submission.{defect.code}.todo", n=defect.n, task=defect.task, **defect.values)


def _json(report: SubmissionReport, screen: Screen) -> dict[str, Any]:
    return {
        "file": report.file,
        "fit": report.fit,
        "settings_known": report.settings_known,
        "tasks": report.tasks,
        "defects": [
            {
                "code": defect.code,
                "severity": defect.severity,
                "task": defect.task or None,
                "n": defect.n,
                "places": list(defect.places),
                "values": dict(defect.values),
                "message": _message(defect, screen),
                "todo": _todo(defect, screen),
            }
            for defect in report.defects
        ],
    }


_PARTIAL = option("--partial", action="store_true", key="submission_partial")

COMMANDS = (
    Command(
        "submission pack",
        pack,
        (
            option("--run", required=True, action="append", metavar="run", key="submission_run"),
            option("--out", required=True, type=Path, metavar="file", key="submission_out"),
            _PARTIAL,
            option("--force", action="store_true"),
            DB,
        ),
    ),
    Command(
        "submission check",
        check,
        (option("file", type=Path, metavar="file", key="submission_file"), _PARTIAL),
    ),
)
