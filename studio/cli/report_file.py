"""`report`: runs as one file of HTML."""

import argparse
from pathlib import Path

from studio.cli.door import DB, opened
from studio.cli.parser import Command, between, option, whole
from studio.cli.screen import Screen
from studio.core.errors import BadInput
from studio.core.report import TOP, ReportAsked

MEGABYTE = 1_000_000


def report(arguments: argparse.Namespace, screen: Screen) -> int:
    """Writes the report whole or not at all."""
    size = round(arguments.size * MEGABYTE)
    asked = ReportAsked(tuple(dict.fromkeys(arguments.run)), arguments.top, arguments.where or "", size)
    with opened(arguments) as studio:
        made = studio.reports.make(asked, screen.lang)
    _write(arguments.out, made.html)
    found = made.report
    screen.say(
        screen.text(
            "cli.report.done", file=str(arguments.out), kb=(len(made.html) + 1023) // 1024, items=len(found.items),
            found=found.found, media=found.shown,
        )
    )  # fmt: skip
    if found.dropped:
        screen.note("cli.report.dropped", n=found.dropped)
    if found.withheld:
        screen.note("cli.report.withheld", tasks=", ".join(found.withheld))
    screen.result({
        "file": str(arguments.out), "bytes": len(made.html), "runs": list(asked.runs), "samples": len(found.items),
        "found": found.found, "media": {"shown": found.shown, "dropped": found.dropped, "smaller": found.shrunk},
        "withheld": list(found.withheld),
    })  # fmt: skip
    return 0


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BadInput("cli_cannot_write", file=str(path), reason=error.strerror or str(error)) from error


COMMANDS = (
    Command(
        "report",
        report,
        (
            option("run", nargs="+", metavar="run", key="report_runs"),
            option("--out", type=Path, required=True, metavar="file", key="report_out"),
            option("--top", type=whole(0), default=TOP, metavar="n", key="report_top"),
            option("--where", metavar="filter", key="report_where"),
            option("--size", type=between(0.2, 100), default=10.0, metavar="n", key="report_size"),
            DB,
        ),
    ),
)
