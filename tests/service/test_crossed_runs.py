"""Runs that put each question in every prompt of its task: planned, asked, resumed, and counted in no total."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.content import text_of
from studio.core.crossing import Crossing
from studio.core.engine import Request
from studio.core.errors import BadInput
from studio.core.leaderboard import BoardAsked
from studio.core.report import ReportAsked
from studio.core.run import RunSpec, SampleFilter
from studio.engines.scripted import ScriptedEngine
from studio.service import Studio
from tests.crossing import WORDS, write_prompted
from tests.support import scripted_studio


def by_words(request: Request) -> str:
    """Right only where it is told to name it; so half of the answers in that prompt are right."""
    return "ОТВЕТ да" if text_of(request.message).startswith(WORDS[2]) else "ОТВЕТ не знаю"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = scripted_studio(tmp_path / "home", by_words)
    yield studio
    studio.close()


def crossed(studio: Studio, folder: Path, items: int = 4, **asked: object) -> str:
    spec = RunSpec("our/model", (str(folder),), crossed=Crossing(items), **asked)  # type: ignore[arg-type]
    run = studio.start(spec)
    studio.wait(run, timeout_s=60)
    return run


def test_a_crossed_run_is_a_run_like_any_other(studio: Studio, tmp_path: Path) -> None:
    run = crossed(studio, write_prompted(tmp_path / "Things"))
    view = studio.run(run)
    assert (view.state, view.planned, view.answered) == ("done", 12, 12)
    assert view.spec.crossed == Crossing(4)
    assert view in studio.runs()
    (task, _) = studio.scores(run)
    assert (task.task, task.em.scored, task.em.mean) == ("Things", 12, pytest.approx(2 / 12))


def test_the_prompts_of_a_question_are_one_cluster(studio: Studio, tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things")
    wide, plain = crossed(studio, folder), studio.start(RunSpec("our/model", (str(folder),), limit=12))
    studio.wait(plain, timeout_s=60)
    of_four, of_twelve = studio.scores(wide)[0].em, studio.scores(plain)[0].em
    assert of_four.mean == of_twelve.mean == pytest.approx(2 / 12)
    assert of_four.high - of_four.low > of_twelve.high - of_twelve.low


def test_samples_are_found_by_prompt_and_by_question(studio: Studio, tmp_path: Path) -> None:
    run = crossed(studio, write_prompted(tmp_path / "Things"))
    third = studio.queue(run, SampleFilter(where="prompt:3"))
    assert third.total == 4
    item = third.rows[0].key.partition("@")[0]
    assert studio.queue(run, SampleFilter(where=f"key:{item}@p*")).total == 3


def test_a_stopped_crossed_run_goes_on_with_the_same_questions(tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things", n=40)
    home = tmp_path / "home"
    studio = scripted_studio(home, ScriptedEngine(by_words, token_s=0.02))
    run = studio.start(RunSpec("our/model", (str(folder),), crossed=Crossing(20)))
    while not studio.run(run).answered:
        studio.wait(run, timeout_s=0.05)
    studio.cancel(run)
    stopped = studio.wait(run, timeout_s=60)
    planned = {row.sample_id for row in studio.queue(run, limit=100).rows}
    assert stopped.state == "cancelled" and 0 < stopped.answered < stopped.planned == 60
    studio.resume(run)
    assert studio.wait(run, timeout_s=60).answered == 60
    assert {row.sample_id for row in studio.queue(run, limit=100).rows} == planned
    studio.close()


def test_two_models_are_asked_the_same(studio: Studio, tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things")
    runs = [crossed(studio, folder), crossed(studio, folder)]
    ids = [{row.sample_id for row in studio.queue(run).rows} for run in runs]
    assert ids[0] == ids[1]
    found = studio.comparing.compare(runs)
    assert found.shared == 12
    plain = studio.wait(studio.start(RunSpec("our/model", (str(folder),))), timeout_s=60)
    offered = {run.id for run, _ in studio.comparing.candidates(runs[:1])}
    assert offered == {runs[1]} and plain.id not in offered


def test_it_is_in_no_leaderboard_total_submission_or_log(studio: Studio, tmp_path: Path) -> None:
    run = crossed(studio, write_prompted(tmp_path / "WEIRD"))
    plain = studio.wait(studio.start(RunSpec("our/model", (str(tmp_path / "WEIRD"),))), timeout_s=60)
    (row,) = [row for row in studio.leaderboard(BoardAsked("mera")).rows if row.kind == "measured"]
    assert {cell.run for cell in row.cells.values()} == {plain.id}
    assert studio.packable(plain) == ("WEIRD",) and studio.packable(studio.run(run)) == ()
    with pytest.raises(BadInput, match="submission_crossed"):
        studio.pack([run], tmp_path / "archive.zip")
    with pytest.raises(BadInput, match="measures_crossed"):
        studio.measures(run)
    with pytest.raises(BadInput, match="export_log_crossed"):
        studio.export_log(run, tmp_path / "log")


def test_what_makes_no_sense_is_refused(studio: Studio, tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "One", prompts=1)
    with pytest.raises(BadInput, match="out_of_bounds"):
        crossed(studio, folder, items=1)
    run = studio.run(crossed(studio, folder, items=3))
    assert run.state == "failed" and run.problem is not None and run.problem.code == "crossed_one_prompt"


def test_answers_are_taken_from_the_ordinary_run_where_the_words_are_the_same(tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things")
    studio = scripted_studio(tmp_path / "home", by_words)
    studio.wait(studio.start(RunSpec("our/model", (str(folder),))), timeout_s=60)
    assert studio.run(crossed(studio, folder, items=5, reuse=True)).recalled == 5
    studio.close()


def test_a_spec_is_kept_whole_and_old_ones_are_read() -> None:
    spec = RunSpec("our/model", ("demo",), crossed=Crossing(7, 3))
    assert RunSpec.from_json(spec.to_json()) == spec
    old = spec.to_json()
    del old["crossed"]
    assert RunSpec.from_json(old) == replace(spec, crossed=None)


def test_a_report_says_that_the_run_is_no_run_of_the_benchmark(studio: Studio, tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Task")
    run = crossed(studio, folder)
    plain = studio.start(RunSpec("our/model", (str(folder),)))
    studio.wait(plain, timeout_s=60)
    for lang, mark, warning in (
        ("ru", "вопрос × промпт", "не прогон бенчмарка"),
        ("en", "question × prompt", "no run of the benchmark"),
    ):
        told = studio.reports.make(ReportAsked((run,)), lang).html.decode()
        head = told[told.index("<h1>") : told.index("</h1>")]
        assert mark in head and told.count(warning) == 1
        usual = studio.reports.make(ReportAsked((plain,)), lang).html.decode()
        assert mark not in usual.lower() and warning not in usual
    beside = studio.reports.make(ReportAsked((plain, run)), "ru").html.decode()
    assert beside.count("не прогон бенчмарка") == 1
    assert "вопрос × промпт" in beside[beside.index('class="warn"') : beside.index('<div class="runs">')]
