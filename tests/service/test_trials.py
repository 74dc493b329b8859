"""A run beside one without media: started, gone on with, compared; what does not pair is left out and counted."""

import json
from dataclasses import replace

import pytest
from scipy import stats

from studio.core.content import media_of
from studio.core.engine import Settings
from studio.core.errors import BadInput, NotAllowed
from studio.core.run import RunSpec, Viewer
from studio.core.trials import CalibrationSpec
from studio.engines.scripted import ScriptedEngine
from tests.people import finished, kept_from
from tests.support import RuleJudge, no_judge, scripted_studio, write_task

GOLDS = ["да", "нет", "да", "нет", "да", "нет", "да", "нет"]


def sighted(request):
    """Right when it sees (the task's golds alternate by number); without media it always says «да»."""
    if not media_of(request.message) or media_of(request.message)[0].path.parent.name == "blanks":
        return "да"
    number = int(request.message[-1].text.split("номер ")[1].split("?")[0])
    return GOLDS[number]


@pytest.fixture
def task(tmp_path):
    folder = write_task(tmp_path / "Things", GOLDS)
    (folder / "dataset_meta.json").write_text(json.dumps({"dataset_name": "Things", "chance": 0.5}))
    return folder


@pytest.fixture
def studio(tmp_path):
    studio = scripted_studio(tmp_path, sighted)
    yield studio
    studio.close()


def pair(studio, task, media="none", **asked):
    base, run = studio.start_pair(RunSpec("our/model", (str(task),), **asked), media)
    studio.wait(run, timeout_s=30)
    return base, run


@pytest.mark.parametrize("media", ["none", "null"])
def test_what_is_lost_without_the_media_is_told_task_by_task(studio, task, media):
    base, run = pair(studio, task, media)
    trial = studio.trial(run)
    assert (trial.base.id, trial.run.id, trial.mismatches) == (base, run, ())
    assert trial.run.spec.settings.media == media and trial.run.spec.base == base
    (found,) = trial.tasks
    assert (found.full.mean, found.blind.mean, found.difference.mean) == (1.0, 0.5, 0.5)
    assert (found.change.both, found.change.lost, found.change.gained, found.change.neither) == (4, 4, 0, 0)
    assert found.change.leak == 0.5
    assert found.p == pytest.approx(stats.binomtest(4, 4).pvalue) == found.p_holm
    assert trial.total.difference == found.difference and trial.total.p == found.p


def test_the_floor_stands_to_guessing(studio, task):
    _, run = pair(studio, task)
    (found,) = studio.trial(run).tasks
    if found.chance is not None:  # as the folder states it
        assert (found.chance, found.standing) == (0.5, "at")
    else:
        assert found.standing is None


def test_runs_that_are_there_are_not_made_again(studio, task):
    base, run = pair(studio, task)
    assert pair(studio, task) == (base, run)
    assert studio.start_blind(base, "none") == run
    other = studio.start_blind(base, "null")
    assert other != run and len(studio.runs()) == 3


def test_a_run_of_the_same_tasks_under_other_names_is_taken(tmp_path):
    for name in ("Things", "Others"):
        write_task(tmp_path / "data" / "demo" / name, GOLDS)
    studio = scripted_studio(tmp_path, sighted, data=tmp_path / "data")
    by_names = studio.start(RunSpec("our/model", ("Things", "Others")))
    studio.wait(by_names, timeout_s=30)
    base, run = studio.start_pair(RunSpec("our/model", ("demo",)), "none")
    assert base == by_names and studio.run(run).spec.tasks == ("Things", "Others")
    studio.wait(run, timeout_s=30)
    fewer, _ = studio.start_pair(RunSpec("our/model", ("Things",)), "none")
    assert fewer != by_names
    studio.close()


def test_a_run_that_was_stopped_is_gone_on_with(tmp_path, task):
    engine = ScriptedEngine(sighted)
    studio = scripted_studio(tmp_path, engine)
    base, _ = pair(studio, task)
    engine._failing = frozenset(range(1, 100))
    run = studio.start_blind(base, "null")
    assert studio.wait(run, timeout_s=30).failed == 8
    engine._failing = frozenset()
    assert studio.start_blind(base, "null") == run
    assert studio.wait(run, timeout_s=30).failed == 0
    studio.close()


def test_a_visitor_goes_on_with_nobody_elses_run_and_begins_one_instead(tmp_path):
    engine = ScriptedEngine(lambda request: "да", failing=range(1, 100))
    studio = scripted_studio(tmp_path, engine)
    spec = RunSpec("embedded", ("ruDemoStickers",), limit=2)
    base = studio.start(spec)
    studio.wait(base, timeout_s=30)
    mine, other = Viewer("visitor", browser="one"), Viewer("visitor", browser="two")
    run = studio.start_blind(base, "none", mine)
    assert studio.wait(run, timeout_s=30).failed == 2
    assert studio.start_blind(base, "none", mine) == run
    studio.wait(run, timeout_s=30)
    assert studio.start_blind(base, "none", other) != run
    studio.close()


def test_what_one_of_the_runs_lacks_is_left_out_and_counted(tmp_path, task):
    engine = ScriptedEngine(sighted)
    studio = scripted_studio(tmp_path, engine)
    base, _ = pair(studio, task, limit=6)
    spec = RunSpec("our/model", (str(task),), settings=Settings(media="none"))
    engine._failing = frozenset({7})  # the first sample again, read with another limit
    run = studio.start(spec)
    studio.wait(run, timeout_s=30)
    (found,) = studio.trial(run, base).tasks
    assert found.full.scored == found.blind.scored == found.difference.n == 5
    assert (found.full.failed, found.blind.failed, found.left_out) == (0, 1, 3)
    studio.close()


def test_a_judge_that_could_not_be_asked_leaves_its_score_out(tmp_path, task):
    studio = scripted_studio(tmp_path, sighted, judge=no_judge)
    _, run = pair(studio, task)
    (found,) = studio.trial(run, mark="js").tasks
    assert found.difference is None and found.p is None and found.change is None
    assert (found.full.scored, found.full.unscored, found.left_out) == (0, 8, 8)
    assert studio.trial(run, mark="em").total.full.scored == 8
    studio.close()


def test_the_mean_of_both_scores_has_a_difference_and_no_mcnemar(studio, task):
    _, run = pair(studio, task)
    found = studio.trial(run, mark="final").total
    assert found.difference.mean == pytest.approx(0.5) and found.p is None and found.change is None


def test_several_tasks_are_corrected_for_being_several(studio, tmp_path, task):
    other = write_task(tmp_path / "Others", GOLDS)
    _, run = studio.start_pair(RunSpec("our/model", (str(task), str(other))), "none")
    studio.wait(run, timeout_s=30)
    trial = studio.trial(run)
    assert [found.p_holm for found in trial.tasks] == [pytest.approx(2 * found.p) for found in trial.tasks]
    assert trial.total.full.scored == 16


def test_the_pair_is_found_from_either_side_and_named_in_either_order(studio, task):
    base, run = pair(studio, task)
    for found in (studio.trial(run), studio.trial(base), studio.trial(base, run), studio.trial(run, base)):
        assert (found.base.id, found.run.id) == (base, run)


def test_what_else_differs_is_named(studio, task):
    base, _ = pair(studio, task)
    spec = RunSpec(
        "our/model", (str(task),), settings=Settings(media="none", temperature=0.7), profile="head"
    )
    run = studio.start(spec)
    studio.wait(run, timeout_s=30)
    assert studio.trial(run, base).mismatches == ("profile", "temperature")


def test_what_cannot_be_compared_is_refused(studio, task):
    base, run = pair(studio, task)
    other = studio.start(RunSpec("our/model", (str(task),), limit=2))
    studio.wait(other, timeout_s=30)
    with pytest.raises(BadInput, match="trial_not_blind"):
        studio.trial(base, other)
    with pytest.raises(BadInput, match="trial_mark"):
        studio.trial(run, mark="bleu")
    with pytest.raises(BadInput, match="trial_base_blind"):
        studio.start_blind(run, "null")
    with pytest.raises(BadInput, match="trial_no_base"):
        lone = studio.start(RunSpec("another/model", (str(task),), settings=Settings(media="null")))
        studio.wait(lone, timeout_s=30)
        studio.trial(lone)
    with pytest.raises(BadInput, match="unknown_run"):
        studio.trial("r-none")


def test_a_persons_run_is_no_base(studio, task):
    human = finished(studio, "Ира", str(task), ["кот"] * 100)
    with pytest.raises(BadInput, match="trial_base_kind"):
        studio.start_blind(human, "none")


def test_whoever_answers_a_task_is_told_nothing_of_these_answers(studio, task):
    _, run = pair(studio, task)
    human = finished(studio, "Ира", str(task), ["кот"] * 100)
    annotator = replace(kept_from(studio, "Аня", str(task)), role="visitor")
    with pytest.raises(NotAllowed, match="gold_hidden"):
        studio.trial(run, human, "em", annotator)
    found = studio.wait_calibration(studio.calibrate(CalibrationSpec((str(task),))), timeout_s=60)
    with pytest.raises(NotAllowed, match="gold_hidden"):
        studio.corrected(found.id, human, annotator)
    assert studio.trial(run, viewer=annotator).total.full.mean == 1.0  # models' runs are nobody's secret


def test_a_visitor_starts_only_what_visitors_may(studio, task):
    visitor = Viewer("visitor")
    with pytest.raises(NotAllowed, match="visitor_model"):
        studio.start_pair(RunSpec("our/model", ("demo",)), "none", visitor)
    with pytest.raises(NotAllowed, match="visitor_judge"):
        studio.start_pair(RunSpec("embedded", ("demo",), judge="/etc"), "none", visitor)
    base, _ = pair(studio, task)
    with pytest.raises(NotAllowed, match="visitor_model"):
        studio.start_blind(base, "null", visitor)
    assert RuleJudge().asked == 0
