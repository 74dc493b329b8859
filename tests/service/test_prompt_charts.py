"""Charts of a run by prompt and of a crossed run, as values and as files."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from PIL import Image

from studio.core.crossing import Crossing
from studio.core.errors import BadInput
from studio.core.plots import ChartAsked, Forest, Grid
from studio.core.sql import SqlAsked
from studio.service import Studio
from tests.crossing import write_prompted
from tests.service.test_prompt_scores import moody, steady
from tests.two_models import ran, studio_of

CROSSED = ("prompt-split", "prompt-grid", "prompt-places")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    home = tmp_path_factory.mktemp("prompts")
    studio = studio_of(home / "home", {"our/steady": steady, "our/moody": moody})
    folder = write_prompted(home / "Things")
    ran(studio, "our/moody", folder)
    for model in ("our/steady", "our/moody"):
        ran(studio, model, folder, crossed=Crossing(9))
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def runs(studio: Studio) -> list[str]:
    return [run.id for run in reversed(studio.runs())]


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("name", ["prompts", *CROSSED])
def test_each_is_a_picture_a_drawing_and_numbers(studio: Studio, runs: list[str], name: str, lang) -> None:
    asked = ChartAsked(name, (runs[1],), {"mark": "js"})
    title = studio.charts.plot(asked, lang).head.title
    texts = "".join(ET.fromstring(studio.charts.file(asked, "svg", lang)).itertext())
    assert title in texts
    assert Image.open(io.BytesIO(studio.charts.file(asked, "png", lang))).width >= 1000
    assert len(studio.charts.file(asked, "csv", lang).decode("utf-8-sig").splitlines()) > 2


def test_the_numbers_are_those_of_the_page(studio: Studio, runs: list[str]) -> None:
    plain = studio.charts.plot(ChartAsked("prompts", (runs[0],)), "ru")
    assert isinstance(plain, Forest) and "разных вопросах" in plain.head.note
    assert [line.spots[0].value for line in plain.lines] == pytest.approx([1.0, 1.0, 0.0, 2 / 3])
    found = studio.prompts.scores(runs[2]).crossed
    split = studio.charts.plot(ChartAsked("prompt-split", (runs[2],)), "ru")
    assert isinstance(split, Forest) and found is not None and found.split is not None
    assert [line.spots[0].value for line in split.lines] == [part.share for part in found.split.parts]
    grid = studio.charts.plot(ChartAsked("prompt-grid", (runs[2],)), "ru")
    assert isinstance(grid, Grid)
    assert [[cell and cell.value for cell in cells] for _, cells in grid.rows] == [
        list(row.scores) for row in found.rows
    ]
    places = studio.charts.plot(ChartAsked("prompt-places", (runs[2],)), "ru")
    assert isinstance(places, Grid) and places.rows[0][0] == found.standings[0].name


def test_of_an_ordinary_run_nothing_is_split(studio: Studio, runs: list[str]) -> None:
    for name in CROSSED:
        with pytest.raises(BadInput, match="chart_not_crossed"):
            studio.charts.plot(ChartAsked(name, (runs[0],)), "ru")


@pytest.mark.parametrize("mark", ["em", "js"])
def test_the_sql_of_the_page_finds_the_same_variances(studio: Studio, runs: list[str], mark) -> None:
    asked = SqlAsked("prompts", (runs[2],), options={"mark": mark})
    (statement,) = [each for each in studio.sql.of(asked) if each.key == "prompt_split"]
    (row,) = studio.sql.read(statement.sql, [runs[2]]).rows
    crossed = studio.prompts.scores(runs[2], mark=mark).crossed
    assert crossed is not None and crossed.split is not None
    assert row[:3] == ("Things", crossed.split.items, crossed.split.prompts)
    assert row[4:] == pytest.approx([part.variance for part in crossed.split.parts])
    assert "prompt_split" not in {each.key for each in studio.sql.of(SqlAsked("prompts", (runs[0],)))}
