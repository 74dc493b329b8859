"""One number reads alike wherever it is written: halves go away from zero, as decimals, on pages, in files, in a
terminal."""

import ast
import math
import re
from pathlib import Path

import pytest

from components import format as on_pages
from studio.cli import screen as in_terminal
from studio.core.totals import Measure
from studio.report import csv_file, latex
from studio.texts import figures

ROOT = Path(__file__).parent.parent
THREE = [
    (0.9125, "0.913"),  # the float is 0.91249999999999997…: Python's own formatting says 0.912
    (73 / 80, "0.913"),
    (0.0005, "0.001"),
    (0.8005, "0.801"),
    (0.00049, "0.000"),
    (0.0, "0.000"),
    (1.0, "1.000"),
    (-0.9125, "-0.913"),
    (-0.0005, "-0.001"),
    (-0.00049, "0.000"),
    (12345.0625, "12345.063"),
]


@pytest.mark.parametrize(("value", "written"), THREE)
def test_halves_go_away_from_zero(value: float, written: str) -> None:
    assert figures.decimal(value, "en", 3) == written
    assert figures.decimal(value, "ru", 3) == written.replace(".", ",")


@pytest.mark.parametrize(("value", "written"), THREE)
def test_a_page_a_terminal_and_a_paper_say_the_same(value: float, written: str) -> None:
    assert on_pages.decimal(value, "en", 3) == written
    assert in_terminal.number(value, "en") == written
    assert latex._number(Measure(value)) == f"${written}$"
    assert csv_file._number(value / 1000) == figures.decimal(value / 1000, "en", 6)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.125, "13"),
        (0.375, "38"),
        (0.975, "98"),
        (0.005, "1"),
        (0.0049, "<1"),
        (0.995, ">99"),
        (1.0, "100"),
        (0.0, "0"),
    ],
)
def test_per_cents_go_by_the_same_rule(value: float, written: str) -> None:
    assert figures.whole_percent(value) == written
    assert on_pages.percent(value, "en") == f"{written}%"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_keeps_its_name(value: float) -> None:
    assert figures.decimal(value, "ru", 3) == str(value)


def test_a_very_large_number_is_written_in_full() -> None:
    assert figures.decimal(1e30, "en", 2) == f"1{'0' * 30}.00"
    assert figures.decimal(-1.7e308, "en", 6).startswith("-17")


def test_no_file_and_no_command_rounds_in_a_way_of_its_own() -> None:
    """Python's `:.3f` and `round` take the nearest even digit; seconds and bytes may, scores may not."""
    paths = [path for room in ("report", "cli", "texts") for path in (ROOT / "studio" / room).rglob("*.py")]
    found = [
        f"{path.name}:{node.lineno}"
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FormattedValue)
        and node.format_spec is not None
        and re.search(r"\.\d+[f%]", ast.unparse(node.format_spec))
    ]
    assert paths and not found
