"""Logs of lmms-eval, Inspect, EvalScope, VLMEvalKit become runs: media shown, own scores beside ours, failures kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.run import OWNER, SampleCard
from studio.service import Studio
from tests.support import RuleJudge, scripted_studio

LOGS = Path(__file__).parent.parent / "logs"
VLM = (LOGS / "vlmevalkit" / "xlsx", LOGS / "vlmevalkit" / "data")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    opened = scripted_studio(tmp_path / "home", {}, judge=RuleJudge())
    yield opened
    opened.close()


def cards(studio: Studio, run_id: str) -> dict[tuple[str, str], SampleCard]:
    rows = studio.queue(run_id, limit=100).rows
    found = [studio.card(run_id, row.sample_id, OWNER) for row in rows]
    return {(card.task, card.key): card for card in found}


@pytest.mark.parametrize(
    ("paths", "counts"),
    [
        ((LOGS / "lmms-eval",), [(24, 2)]),
        (tuple(sorted((LOGS / "inspect").glob("*.eval"))), [(12, 0), (6, 1), (4, 2), (1, 0)]),
        (tuple((LOGS / "inspect" / "chunked").glob("*.eval")), [(6, 1)]),
        (tuple((LOGS / "inspect").glob("*.json")), [(2, 1)]),
        ((LOGS / "evalscope",), [(24, 1)]),
        (VLM, [(20, 1)]),
    ],
)
def test_every_log_becomes_runs_and_a_second_time_changes_nothing(studio, paths, counts):
    runs = studio.import_logs(paths)
    assert [(run.samples, run.failed) for run in runs] == counts and all(run.new for run in runs)
    again = studio.import_logs(paths)
    assert [run.run for run in again] == [run.run for run in runs] and not any(run.new for run in again)
    for run in runs:
        view = studio.run(run.run)
        assert (view.kind, view.state, view.planned) == ("imported", "done", run.samples)
        assert view.failed == run.failed and view.answered == run.samples - run.failed


def test_media_that_a_log_holds_are_shown(studio):
    (stickers,) = studio.import_logs(sorted((LOGS / "inspect").glob("*ruDemoStickers*.eval")))
    (mixed,) = studio.import_logs(sorted((LOGS / "inspect").glob("*ruDemoMixed*.eval")))
    (tables,) = studio.import_logs(VLM)
    (picture,) = cards(studio, stickers.run)["ruDemoStickers", "11"].media
    assert picture.file and (picture.note["width"], picture.note["height"]) == (112, 112)
    found = cards(studio, mixed.run)
    (sound,), (clip,) = found["ruDemoMixed", "mixed-0"].media, found["ruDemoMixed", "mixed-1"].media
    assert sound.modality == "audio" and sound.file and clip.modality == "video" and clip.file
    (drawn,) = cards(studio, tables.run)["ruDemoWhich", "11"].media
    assert drawn.file and drawn.file != picture.file


def test_media_that_are_only_named_and_those_that_are_none_say_so(studio):
    (named,) = studio.import_logs([LOGS / "lmms-eval"])
    (medium,) = cards(studio, named.run)["ru_demo_which", "0"].media
    assert medium.file is None and medium.problem and medium.problem.code == "media_not_in_log"
    (stickers,) = studio.import_logs(sorted((LOGS / "inspect").glob("*ruDemoStickers*.eval")))
    (broken,) = cards(studio, stickers.run)["ruDemoStickers", "12"].media
    assert broken.file is None and broken.problem


def test_a_tools_scores_stand_beside_ours_and_enter_no_mean(studio):
    (run,) = studio.import_logs([LOGS / "lmms-eval"])
    view = studio.run(run.run)
    assert view.em.scored == 22 and view.em.failed == 2
    failed = cards(studio, run.run)["ru_demo_mixed", "3"]
    assert failed.cell == "failed" and failed.em is None
    row = next(row for row in studio.queue(run.run, limit=100).rows if row.sample_id == failed.sample_id)
    log = studio.card(run.run, row.sample_id, OWNER).log
    assert log and {score.scorer: score.value for score in log.scores} == {
        "lmms-eval:exact": 0.0,
        "lmms-eval:words": 37.0,
    }


def test_an_imported_letter_task_is_scored_by_our_rules(studio):
    (run,) = studio.import_logs(VLM)
    scores = {score.task: score for score in studio.scores(run.run)}
    assert scores["ruDemoStickers"].em.mean == pytest.approx(8 / 9)
    which = cards(studio, run.run)["ruDemoWhich", "16"]
    assert which.answer == "Цвет красный, справа круг.\nОТВЕТ круг" and which.gold == "A"
    assert which.em and which.em.value == 0.0  # an option's text is not its letter; the tool's `hit` says 1
    assert which.log and [(score.scorer, score.value) for score in which.log.scores] == [
        ("vlmevalkit:hit", 1.0)
    ]


def test_imported_answers_can_be_judged(studio):
    (run,) = studio.import_logs([LOGS / "evalscope"], judge="rule")
    view = studio.wait(run.run)
    assert view.js.scored == 23 and view.js.failed == 1
