"""`gap`: people and the best model, per task, skill and category, with the interval of their difference."""

import argparse

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen, number
from studio.core.compare import COMPARE_MARKS, CompareMark
from studio.core.gap import GAP_BYS, GapRow, HumanGap
from studio.core.leaderboard import SUITES, BoardAsked
from studio.texts.gap_said import ceilings_said, gap_notes, gap_said, model_of, row_name, signed, whose_said

_COLUMNS = ("what", "mark", "people", "best", "gap", "n", "which", "models")
_NUMBERS = range(2, 6)


def gap(arguments: argparse.Namespace, screen: Screen) -> int:
    """Prints the gaps; with --json everything that was counted."""
    asked = BoardAsked(arguments.suite or "", published=False, runs=tuple(arguments.run or ()))
    by = ("all", *(arguments.by or ("task",)))
    with opened(arguments) as studio:
        found = studio.gaps.of(asked, people=arguments.people or "", by=by)
    if whose := whose_said(found, screen.lang):
        screen.say(f"{whose}.")
    for sentence in gap_said(found, screen.lang):
        screen.say(sentence)
    lines = [
        line for row in found.rows for mark in COMPARE_MARKS if (line := _line(found, row, mark, screen))
    ]
    if lines:
        screen.say()
        screen.table([screen.text(f"gap.col.{name}") for name in _COLUMNS], lines, numbers=_NUMBERS)
    for sentence in (*ceilings_said(found, screen.lang), *gap_notes(found, screen.lang)):
        screen.say(sentence)
    screen.result({
        "people": found.people, "projects": found.projects, "names": found.names, "rows": found.rows,
        "ceilings": found.ceilings, "short": found.short, "hidden": found.hidden,
        "other_scores": found.other_scores, "few": found.few,
    })  # fmt: skip
    return 0


def _line(found: HumanGap, row: GapRow, mark: CompareMark, screen: Screen) -> list[str]:
    """A line of the table; empty where there is no such gap."""
    told = row.of(mark)
    if told is None:
        return []
    difference, lang = told.difference, screen.lang
    low, high = signed(difference.low, lang), signed(difference.high, lang)
    separator = "; " if lang == "ru" else ", "
    return [
        row_name(row, lang),
        mark.upper(),
        number(told.people, lang),
        number(told.best, lang),
        f"{signed(difference.mean, lang)} [{low}{separator}{high}]",
        str(difference.n),
        model_of(found, told, lang),
        str(told.models),
    ]


COMMANDS = (
    Command(
        "gap",
        gap,
        (
            option("--by", action="append", choices=[by for by in GAP_BYS if by != "all"], key="gap_by"),
            option("--people", metavar="run", key="gap_people"),
            option("--suite", choices=SUITES, key="board_suite"),
            option("--run", action="append", metavar="run", key="board_run"),
            DB,
        ),
    ),
)
