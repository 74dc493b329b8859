"""`chart`: the charts of the pages as files."""

import argparse
from pathlib import Path

from studio.cli.door import DB, WHERE, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen
from studio.core.errors import BadInput
from studio.core.plots import CHART_FORMATS, ChartAsked, ChartFormat


def chart(arguments: argparse.Namespace, screen: Screen) -> int:
    """Writes a chart, or lists them all."""
    form = _form(arguments.to)
    options = _options(arguments)
    with opened(arguments) as studio:
        if not arguments.name:
            return _listed(studio.charts.names, screen)
        asked = ChartAsked(arguments.name, tuple(arguments.runs), options)
        data = studio.charts.file(asked, form, screen.lang)
    if arguments.to is None:
        text = data.decode("utf-8-sig")
        if not screen.as_json:
            screen.raw(text.rstrip("\n"))
        screen.result({"chart": asked.name, "csv": text})
        return 0
    try:
        arguments.to.write_bytes(data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput("cli_cannot_write", file=str(arguments.to), reason=reason) from error
    kb = (len(data) + 1023) // 1024
    screen.say(screen.text("cli.chart.done", name=asked.name, file=str(arguments.to), kb=kb))
    screen.result({"chart": asked.name, "file": str(arguments.to), "format": form, "bytes": len(data)})
    return 0


def _listed(names: tuple[str, ...], screen: Screen) -> int:
    found = {name: screen.text(f"chart.name.{name}") for name in names}
    heads = [screen.text("cli.chart.what"), screen.text("cli.chart.shows")]
    screen.table(heads, [[name, said] for name, said in found.items()])
    screen.result({"charts": [{"name": name, "shows": said} for name, said in found.items()]})
    return 0


def _form(file: Path | None) -> ChartFormat:
    """By the ending of the name; without a file the numbers."""
    if file is None:
        return "csv"
    ending = file.suffix.lower().lstrip(".")
    found = next((form for form in CHART_FORMATS if form == ending), None)
    if found is None:
        raise BadInput("chart_form", file=str(file))
    return found


def _options(arguments: argparse.Namespace) -> dict[str, str]:
    """What a page's address would say."""
    given = {"task": arguments.task or "", "where": arguments.where or ""}
    for pair in arguments.set:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise BadInput("chart_set", text=pair)
        given[name] = f"{given[name]},{value}" if given.get(name) else value
    return {name: value for name, value in given.items() if value}


COMMANDS = (
    Command(
        "chart",
        chart,
        (
            option("name", nargs="?", default="", metavar="chart", key="chart_name"),
            option("runs", nargs="*", metavar="run", key="chart_runs"),
            option("--to", type=Path, metavar="file", key="chart_to"),
            option("--task", metavar="task", key="task_filter"),
            WHERE,
            option("--set", action="append", default=[], metavar="pair", key="chart_set"),
            DB,
        ),
    ),
)
