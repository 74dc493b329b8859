"""The leaderboard as files: CSV with raw numbers, LaTeX that LaTeX can read, a picture with what the page shows."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.core.errors import BadInput
from studio.core.leaderboard import BoardAsked
from studio.report import chart_of, csv_text, latex_text, png
from studio.report.latex import escaped
from studio.service import Studio
from tests.boards import FAILED, RIGHT, WRONG, board_studio, keep_run

HOSTILE = "a_b & 100% $x$ {\\input{/etc/passwd}} ~^#"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    studio = board_studio(tmp_path_factory.mktemp("report"))
    keep_run(studio, "r1", "Наша модель", {"ruCLEVR": [RIGHT, RIGHT, WRONG, FAILED], "AQUARIA": [WRONG] * 3})
    keep_run(studio, "r2", HOSTILE, {"ruCLEVR": [RIGHT, WRONG]})
    keep_run(studio, "r3", "=cmd|' /C calc'!A0", {"ruCLEVR": [RIGHT]})
    yield studio
    studio.close()


def lines(studio: Studio, **asked: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(studio.leaderboard(BoardAsked("mera", **asked))))))


def test_a_line_of_the_csv_is_a_model_and_a_task_with_raw_numbers(studio: Studio) -> None:
    (line,) = [line for line in lines(studio) if line["model"] == "Наша модель" and line["what"] == "ruCLEVR"]
    cell = next(
        row for row in studio.leaderboard(BoardAsked("mera")).rows if row.name == "Наша модель"
    ).cells["ruCLEVR"]
    assert cell.measure is not None
    assert float(line["mean"]) == pytest.approx(cell.measure.mean, abs=1e-6)
    assert (float(line["low"]), float(line["high"])) == pytest.approx(
        (cell.measure.low, cell.measure.high), abs=1e-6
    )
    assert (line["n"], line["clusters"], line["failed"], line["unscored"]) == ("3", "2", "1", "0")
    assert (line["source"], line["run"], line["remarks"]) == ("measured", "r1", "part")


def test_totals_are_lines_too(studio: Studio) -> None:
    found = {line["what"]: line for line in lines(studio) if line["model"] == "Наша модель"}
    total = float(found["attempted"]["mean"]) * float(found["coverage"]["mean"])
    assert float(found["total"]["mean"]) == pytest.approx(total, abs=1e-5)
    assert {"image", "audio"} <= found.keys() and "video" not in found, "a modality not attempted has no 0"


def test_published_lines_say_so_and_have_neither_interval_nor_n(studio: Studio) -> None:
    published = [line for line in lines(studio) if line["kind"] in {"published", "baseline"}]
    assert published and all(line["source"].startswith("published: ") for line in published)
    assert {line[name] for line in published for name in ("low", "high", "n", "run", "failed")} == {""}


def test_a_name_that_a_spreadsheet_would_run_is_quoted(studio: Studio) -> None:
    assert {line["model"][:2] for line in lines(studio) if "calc" in line["model"]} == {"'="}


def test_latex_is_a_booktabs_table_with_intervals_and_the_weighting(studio: Studio) -> None:
    text = latex_text(studio.leaderboard(BoardAsked("mera", weighting="published")), "ru")
    assert text.count("\\toprule") == text.count("\\midrule") == text.count("\\bottomrule") == 1
    assert "пройденные задачи весят поровну" in text and "\\textit{Qwen3-Omni-30B-A3B-Inst}" in text
    assert re.search(r"\$0\.\d{3}(_\{\\pm\.\d{3}\}|\^\{\+\.\d{3}\}_\{-\.\d{3}\})\$", text)
    body = text.split("\\midrule\n")[1].split("\\bottomrule")[0].splitlines()
    assert {len(re.findall(r"(?<!\\)&", line)) for line in body} == {7 + 18}
    assert all(line.endswith(r"\\") for line in body)


def test_a_name_is_printed_by_latex_and_not_obeyed(studio: Studio) -> None:
    text = latex_text(studio.leaderboard(BoardAsked("mera")), "en")
    assert r"a\_b \& 100\% \$x\$ \{\textbackslash{}input\{/etc/passwd\}\}" in text
    assert "\\input{" not in text
    assert escaped("a\nb") == "a b"


def test_braces_of_the_latex_are_balanced(studio: Studio) -> None:
    text = re.sub(r"\\[{}]", "", latex_text(studio.leaderboard(BoardAsked("mera")), "ru"))
    assert text.count("{") == text.count("}")


def test_the_chart_holds_the_totals_of_the_table_in_their_order(studio: Studio) -> None:
    board = studio.leaderboard(BoardAsked("mera"))
    chart = chart_of(board, "ru")
    totals = {row.key: row.total for row in board.rows if row.total is not None}
    assert {line.key for line in chart.lines} == totals.keys()
    assert [line.mean for line in chart.lines] == sorted(
        (total.mean for total in totals.values()), reverse=True
    )
    ours = next(line for line in chart.lines if line.name == "Наша модель")
    assert re.fullmatch(r"0,\d{3} \[0,\d\d; 0,\d\d\] · n 6", ours.label) and ours.low is not None
    assert all("опубликовано" in line.label for line in chart.lines if line.kind == "published")


def test_the_picture_has_cyrillic_names_and_grows_with_its_rows(studio: Studio) -> None:
    """A glyph that the font lacks is a warning, and warnings are errors here."""
    asked = BoardAsked("mera", published=False)
    few = Image.open(io.BytesIO(studio.leaderboard_file(asked, "png", "ru")))
    many = Image.open(io.BytesIO(studio.leaderboard_file(BoardAsked("mera"), "png", "en")))
    assert few.format == "PNG" and few.width > 1000 and many.height > few.height
    assert np.asarray(few.convert("L")).std() > 5, "something is drawn"


def test_a_chart_of_nothing_is_refused(studio: Studio) -> None:
    with pytest.raises(BadInput, match="board_no_chart"):
        png(chart_of(studio.leaderboard(BoardAsked("demo")), "ru"), "ru")
