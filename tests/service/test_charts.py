"""Charts of the pages as files: the numbers are those of the page, every chart can be had, nothing hidden is drawn."""

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.core.errors import BadInput, NotAllowed
from studio.core.label import NewLabel
from studio.core.plots import Bars, ChartAsked, Forest, Grid, Lanes
from studio.core.reasons import GroupingSpec
from studio.core.run import RunSpec, SampleFilter
from studio.core.trials import CalibrationSpec
from studio.service import Studio
from tests.components.serving import write_sound_task
from tests.people import finished, kept_from
from tests.support import SeeingEngine, scripted_studio, write_task
from tests.two_models import ran, studio_of

GOLDS = ["кот", "пёс", "ёж", "лис", "кит", "рысь", "бык", "волк"]
SVG = "{http://www.w3.org/2000/svg}"


def fox(request) -> str:
    """Right three times of four; one right answer of three is too long for EM."""
    gold = GOLDS[(request.key - 1) % 8]
    said = {0: "Думаю. ОТВЕТ мышь", 1: f"это {gold} и точка"}
    return said.get(request.key % 4, f"Думаю. ОТВЕТ {gold}")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    home = tmp_path_factory.mktemp("charts")
    studio = studio_of(home, {"our/fox": fox, "our/owl": lambda request: "ОТВЕТ кот"})
    folders = [write_task(home / name, GOLDS, first_id=at) for name, at in (("Звери", 1), ("Норы", 101))]
    for model in ("our/fox", "our/owl"):
        ran(studio, model, *folders)
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def runs(studio: Studio) -> tuple[str, ...]:
    found = tuple(run.id for run in reversed(studio.runs()))
    for row in studio.queue(found[0], SampleFilter(), 0, 12).rows:
        verdict = "right" if row.cell in {"both", "js_only"} else "wrong"
        for reviewer in ("Анна", "Борис"):
            studio.labels.label(found[0], row.sample_id, NewLabel(reviewer, verdict))
    return found


def everything(studio: Studio, runs: tuple[str, ...]) -> list[ChartAsked]:
    """Every chart but those of sounds (no sound here) and of what is made in the tests of their own."""
    of_one = ("three-way", "cells", "scores", "health", "corrected", "whatif", "threshold", "pace")
    found = [ChartAsked(name, runs[:1]) for name in of_one]
    found += [ChartAsked(name, runs) for name in ("compare", "wins")]
    return [*found, *(ChartAsked(name, (), {"suite": "mera"}) for name in ("leaderboard", "heat"))]


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_chart_is_a_picture_a_drawing_and_numbers(studio: Studio, runs: tuple[str, ...], lang) -> None:
    """A letter that the font lacks is a warning, and warnings are errors here."""
    for asked in everything(studio, runs):
        title = studio.charts.plot(asked, lang).head.title
        svg = studio.charts.file(asked, "svg", lang)
        texts = "".join(node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text"))
        assert title in texts, asked.name
        picture = Image.open(io.BytesIO(studio.charts.file(asked, "png", lang)))
        assert picture.format == "PNG" and picture.width >= 1400, asked.name
        assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255), (
            "on white, whatever the page's theme"
        )
        assert np.asarray(picture.convert("L")).std() > 5, asked.name
        assert len(table(studio.charts.file(asked, "csv", lang))) > 1, asked.name


def test_a_drawing_says_the_same_each_time_and_names_run_date_and_size(
    studio: Studio, runs: tuple[str, ...]
) -> None:
    asked = ChartAsked("cells", runs[:1])
    first, second = (studio.charts.file(asked, "svg", "ru") for _ in range(2))
    assert first == second
    (fact, judge) = studio.charts.plot(asked, "ru").head.facts
    assert runs[0] in fact and "our/fox" in fact and "20" in fact and fact.endswith("16")
    assert judge.startswith("судья ")


def test_the_table_of_three_holds_the_counts_of_inspect(studio: Studio, runs: tuple[str, ...]) -> None:
    (*tasks, whole) = studio.confusions(runs[0])
    for confusion in (tasks[0], whole):
        plot = studio.charts.plot(ChartAsked("three-way", runs[:1], {"task": confusion.task}), "ru")
        assert isinstance(plot, Grid)
        counts = [[cell.value for cell in cells if cell] for _, cells in plot.rows]
        both, em, js, neither = (confusion.counts[c] for c in ("both", "em_only", "js_only", "neither"))
        assert counts == [
            [both, em, both + em], [js, neither, js + neither], [both + js, em + neither, both + neither],
        ]  # fmt: skip
    said = studio.charts.plot(ChartAsked("three-way", runs[:1]), "ru").rows[0][1][0]
    assert said is not None and "✓" in said.below, "people's words stand below"


def test_a_filter_narrows_the_table(studio: Studio, runs: tuple[str, ...]) -> None:
    asked = ChartAsked("cells", runs[:1], {"where": "em:1"})
    plot = studio.charts.plot(asked, "ru")
    assert isinstance(plot, Bars)
    kept = studio.queue(runs[0], SampleFilter(where="em:1"), 0, 1).total
    assert sum(plot.bars[0].parts) == kept and sum(plot.bars[0].parts[2:]) == 0


def test_the_forest_of_scores_holds_means_and_intervals(studio: Studio, runs: tuple[str, ...]) -> None:
    plot = studio.charts.plot(ChartAsked("scores", runs[:1]), "en")
    assert isinstance(plot, Forest)
    total = studio.scores(runs[0])[-1]
    em, js = plot.lines[0].spots
    assert (em.value, em.low, em.high) == (total.em.mean, total.em.low, total.em.high)
    assert (js.value, js.low, js.high) == (total.js.mean, total.js.low, total.js.high)


def test_the_forest_of_health_holds_what_the_page_tells(studio: Studio, runs: tuple[str, ...]) -> None:
    plot = studio.charts.plot(ChartAsked("health", runs[:1], {"metric": "raw"}), "ru")
    assert isinstance(plot, Forest)
    health = studio.health.of(runs[0])
    figures = [group.agreement.figures["raw"] for group in health.told]
    drawn = {(spot.value, spot.low, spot.high) for line in plot.lines for spot in line.spots}
    assert drawn == {(each.value, each.low, each.high) for each in figures if each.value is not None}
    assert plot.band is not None and plot.band.value == health.ceiling.raw.value


def test_differences_and_duels_are_those_of_the_comparison(studio: Studio, runs: tuple[str, ...]) -> None:
    found = studio.comparing.compare(runs)
    (pair,) = found.total.pairs
    forest = studio.charts.plot(ChartAsked("compare", runs, {"mark": "js"}), "ru")
    assert isinstance(forest, Forest) and pair.js.difference is not None
    (spot,) = forest.lines[0].spots
    assert (spot.value, spot.low) == (pair.js.difference.mean, pair.js.difference.low)
    assert forest.low < 0 < forest.high
    bars = studio.charts.plot(ChartAsked("wins", runs), "ru")
    assert isinstance(bars, Bars)
    assert bars.bars[0].parts == (pair.em.wins, pair.em.ties, pair.em.losses)


def test_what_if_draws_the_rules_of_the_address(studio: Studio, runs: tuple[str, ...]) -> None:
    asked = ChartAsked("whatif", runs[:1], {"off": "marker", "threshold": "0,6"})
    plot = studio.charts.plot(asked, "ru")
    assert isinstance(plot, Bars)
    assert plot.bars[0].parts[0] > plot.bars[1].parts[0], "without the marker EM takes fewer answers"
    assert any("порог судьи 0,60" in fact for fact in plot.head.facts)


def test_the_pace_ends_at_what_was_answered(studio: Studio, runs: tuple[str, ...]) -> None:
    plot = studio.charts.plot(ChartAsked("pace", runs[:1]), "ru")
    assert isinstance(plot, Lanes)
    assert plot.lanes[-1].curves[0].values[-1] == 16


def test_an_experiment_and_a_check_of_a_judge_are_drawn(studio: Studio, runs: tuple[str, ...]) -> None:
    blind = studio.start_blind(runs[0], "none")
    studio.wait(blind, timeout_s=30)
    trial = studio.charts.plot(ChartAsked("trial", (blind,)), "ru")
    assert isinstance(trial, Forest)
    assert [spot.tone for spot in trial.lines[-1].spots][:2] == ["full", "blind"]
    task = studio.run(runs[0]).spec.tasks[0]
    made = studio.calibrate(CalibrationSpec((task,), "rule", 3))
    studio.wait_calibration(made, 30)
    judge = studio.charts.plot(ChartAsked("judge", (), {"calibration": made}), "en")
    assert isinstance(judge, Forest)
    means = [line.spots[0].value for line in judge.lines]
    assert means == sorted(means) and len(means) == sum(
        each.judge.mean is not None for each in studio.calibration(made).kinds
    )


def test_groups_of_failures_are_drawn_as_their_page_counts_them(
    studio: Studio, runs: tuple[str, ...]
) -> None:
    studio.reasons.start(GroupingSpec(runs[:1], "em:0"))
    state = studio.reasons.jobs.wait(runs[:1])
    assert state is not None and state.kept is not None
    plot = studio.charts.plot(ChartAsked("reasons", runs[:1]), "ru")
    assert isinstance(plot, Grid)
    counts = [cell.value for _, cells in plot.rows for cell in cells if cell]
    assert sum(counts) == studio.reasons.groups.kept(state.kept).n > 0  # type: ignore[arg-type]
    assert plot == studio.charts.plot(ChartAsked("reasons", (), {"book": str(state.kept)}), "ru")


def test_a_sound_is_drawn_as_its_model_received_it(tmp_path: Path) -> None:
    folder = write_sound_task(tmp_path / "Sounds", 2)
    studio = scripted_studio(tmp_path, SeeingEngine(lambda request: "да"), data=tmp_path / "no-demo")
    run = studio.wait(studio.start(RunSpec("our/model", (str(folder),))), timeout_s=30)
    asked = ChartAsked("sound", (run.id,), {"number": "2"})
    plot = studio.charts.plot(asked, "ru")
    assert isinstance(plot, Lanes)
    above, below = plot.lanes[0].curves
    assert max(above.values) > 0 > min(below.values) and plot.head.facts[0].startswith("вопрос 2 ")
    sample = studio.queue(run.id).rows[1].sample_id
    assert studio.charts.plot(ChartAsked("sound", (run.id,), {"sample": str(sample)}), "ru") == plot
    assert studio.charts.file(asked, "svg", "ru").startswith(b"<?xml")
    with pytest.raises(BadInput, match="cli_no_number"):
        studio.charts.plot(ChartAsked("sound", (run.id,), {"number": "9"}), "ru")
    studio.close()


def test_what_cannot_be_drawn_is_said(studio: Studio, runs: tuple[str, ...]) -> None:
    wrong = {
        "unknown_chart": ChartAsked("pie", runs),
        "chart_no_run": ChartAsked("cells"),
        "unknown_run": ChartAsked("cells", ("r0",)),
        "unknown_task": ChartAsked("three-way", runs, {"task": "Рыбы"}),
        "unknown_metric": ChartAsked("health", runs, {"metric": "luck"}),
        "chart_number": ChartAsked("whatif", runs, {"threshold": "много"}),
        "chart_empty": ChartAsked("cells", runs, {"where": "number>99"}),
    }
    for code, asked in wrong.items():
        with pytest.raises(BadInput) as caught:
            studio.charts.file(asked, "svg", "ru")
        assert caught.value.problem.code == code


def test_a_chart_tells_no_verdict_of_a_task_that_this_browser_answers(studio: Studio, tmp_path: Path) -> None:
    folder = write_task(tmp_path / "Птицы", ["дрозд", "сова"])
    run = finished(studio, "Вера", str(folder), ["дрозд", "сова"])
    viewer = replace(kept_from(studio, "Аня", str(folder)), role="visitor")
    with pytest.raises(NotAllowed):
        studio.charts.plot(ChartAsked("scores", (run,)), "ru", viewer)
    hidden = studio.charts.plot(ChartAsked("cells", (run,)), "ru", viewer)
    assert isinstance(hidden, Bars) and sum(hidden.bars[0].parts) == 0
