"""A judge tried on answers whose verdict is known: counted by kind, kept, corrected for, hidden where gold is."""

import threading

import pytest

from studio.calibration import KINDS
from studio.core.errors import BadInput, NotAllowed
from studio.core.judge import JudgeInfo, Verdict
from studio.core.run import RunSpec, Viewer
from studio.core.trials import CalibrationSpec
from studio.metrics import PROFILES, exact_match
from tests.support import RuleJudge, no_judge, scripted_studio, write_task

GOLDS = ["кот", "пёс", "3", "да", "ёж", "12"]


class Always:
    """A judge with one opinion."""

    def __init__(self, label):
        self.info = JudgeInfo("always", str(label), "path")
        self.label = label

    def verdicts(self, cases):
        return [Verdict(self.label, float(self.label)) for _ in cases]

    def close(self):
        pass


@pytest.fixture
def task(tmp_path):
    return write_task(tmp_path / "Things", GOLDS)


def calibrated(studio, *tasks, **asked):
    spec = CalibrationSpec(tuple(map(str, tasks)), **asked)
    return studio.wait_calibration(studio.calibrate(spec), timeout_s=60)


def test_a_judge_that_always_agrees_finds_all_right_answers_and_no_wrong_one(tmp_path, task):
    studio = scripted_studio(tmp_path, {}, judge=Always(1))
    found = calibrated(studio, task)
    assert (found.state, found.label, found.samples, found.without_gold) == ("done", "always@1", 6, 0)
    assert found.done == found.total > 80
    assert {each.judge.mean for each in found.kinds if each.verdict} == {1.0}
    assert {each.judge.mean for each in found.kinds if not each.verdict} == {0.0}
    assert (found.judge.sensitivity.mean, found.judge.specificity.mean, found.judge.resistance.mean) == (
        1,
        0,
        0,
    )
    assert found.judge.sensitivity.low < 1  # six samples are no certainty
    studio.close()


def test_kinds_are_counted_one_answer_a_sample_and_stand_in_their_order(tmp_path, task):
    studio = scripted_studio(tmp_path, {})
    found = calibrated(studio, task)
    by_name = {each.kind: each for each in found.kinds}
    assert by_name["gold"].judge.scored == 6 and by_name["number_word"].judge.scored == 2
    assert by_name["yo"].judge.scored == 2 and "letter_text" not in by_name
    order = [kind.name for kind in KINDS]
    assert [each.kind for each in found.kinds] == [name for name in order if name in by_name]
    studio.close()


def test_exact_match_is_told_beside_by_each_profile(tmp_path, task):
    studio = scripted_studio(tmp_path, {})
    found = calibrated(studio, task)
    assert set(found.em) == set(PROFILES)
    by_name = {each.kind: each for each in found.kinds}
    for profile in PROFILES:
        right = [exact_match(f"«{gold}»", gold, answer_type="short", profile=profile).value for gold in GOLDS]
        assert by_name["quotes"].em[profile].mean == pytest.approx(sum(right) / 6)
    assert by_name["gold"].em["studio"].mean == 1.0
    studio.close()


def test_it_is_kept_and_opened_by_another_process(tmp_path, task):
    studio = scripted_studio(tmp_path, {}, judge=Always(0))
    found = calibrated(studio, task, seed=4, limit=3)
    studio.close()
    again = scripted_studio(tmp_path, {})
    assert again.calibration(found.id) == found
    assert [each.id for each in again.calibrations()] == [found.id]
    assert again.calibration(found.id).spec == CalibrationSpec((str(task),), limit=3, seed=4)
    again.close()


def test_an_answer_that_could_not_be_judged_is_in_no_rate(tmp_path, task):
    class Broken(Always):
        def verdicts(self, cases):
            from studio.core.errors import Problem

            return [
                Verdict(None, None, (), Problem("judge_failed", {"judge": "x", "reason": "NaN"}))
                if "[SEP]" in case.prediction
                else Verdict(1, 1.0)
                for case in cases
            ]

    studio = scripted_studio(tmp_path, {}, judge=Broken(1))
    found = calibrated(studio, task)
    (kind,) = [each for each in found.kinds if each.kind == "fake_separator"]
    assert (kind.judge.mean, kind.judge.scored, kind.judge.unscored) == (None, 0, 6)
    assert found.judge.resistance.unscored == 6
    studio.close()


def test_a_judge_that_cannot_be_opened_ends_it_with_the_reason(tmp_path, task):
    studio = scripted_studio(tmp_path, {}, judge=no_judge)
    found = calibrated(studio, task)
    assert found.state == "failed" and found.problem.code == "unknown_model" and found.total == 0
    studio.close()


def test_tasks_without_gold_are_refused(tmp_path):
    task = write_task(tmp_path / "Blank", [None, None])
    studio = scripted_studio(tmp_path, {})
    found = calibrated(studio, task)
    assert found.state == "failed" and found.problem.code == "calibration_no_gold"
    studio.close()


def test_a_studio_that_closes_stops_it_after_the_batch_at_hand(tmp_path, task):
    began, go = threading.Event(), threading.Event()

    class Slow(Always):
        def verdicts(self, cases):
            began.set()
            go.wait(20)
            return super().verdicts(cases)

    studio = scripted_studio(tmp_path, {}, judge=Slow(1))
    calibration_id = studio.calibrate(CalibrationSpec((str(task),)))
    began.wait(20)
    assert studio.calibration(calibration_id).state == "running"
    threading.Timer(0.1, go.set).start()
    studio.close()
    again = scripted_studio(tmp_path, {})
    assert again.calibration(calibration_id).state in {"interrupted", "done"}
    again.close()


def test_so_many_wait_and_no_more(tmp_path, task):
    go = threading.Event()

    class Slow(Always):
        def verdicts(self, cases):
            go.wait(20)
            return super().verdicts(cases)

    studio = scripted_studio(tmp_path, {}, judge=Slow(1))
    spec = CalibrationSpec((str(task),), limit=1)
    waiting = [studio.calibrate(spec) for _ in range(8)]
    with pytest.raises(BadInput, match="calibration_busy"):
        studio.calibrate(spec)
    go.set()
    assert {studio.wait_calibration(each, timeout_s=60).state for each in waiting} == {"done"}
    studio.close()


@pytest.mark.parametrize(
    ("asked", "code"),
    [({"limit": 0}, "out_of_bounds"), ({"limit": 10_000}, "out_of_bounds"), ({"tasks": ()}, "no_tasks")],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(tmp_path, task, asked, code):
    studio = scripted_studio(tmp_path, {})
    with pytest.raises(BadInput, match=code):
        studio.calibrate(CalibrationSpec(**{"tasks": (str(task),), **asked}))
    with pytest.raises(BadInput, match="unknown_calibration"):
        studio.calibration("c-none")
    assert studio.calibrations() == []
    studio.close()


def test_a_visitor_takes_tasks_and_judges_of_the_lists_alone(tmp_path, task):
    studio = scripted_studio(tmp_path, {})
    with pytest.raises(NotAllowed, match="visitor_task"):
        studio.calibrate(CalibrationSpec((str(task),)), Viewer("visitor"))
    with pytest.raises(NotAllowed, match="visitor_judge"):
        studio.calibrate(CalibrationSpec(("demo",), judge="/etc"), Viewer("visitor"))
    with pytest.raises(BadInput, match="out_of_bounds"):
        studio.calibrate(CalibrationSpec(("demo",), limit=51), Viewer("visitor"))
    studio.close()


def test_answers_that_deceived_the_judge_are_shown_but_never_private_gold_to_a_visitor(tmp_path):
    public = write_task(tmp_path / "Open", ["кот", "пёс"])
    private = write_task(tmp_path / "Closed", ["ёж", "уж"], access="private")
    studio = scripted_studio(tmp_path, {}, judge=Always(1))
    found = calibrated(studio, public, private)
    seen = studio.calibration_answers(found.id, "other_gold")
    assert {(each.gold, each.text) for each in seen} == {
        ("кот", "пёс"),
        ("пёс", "кот"),
        ("ёж", "уж"),
        ("уж", "ёж"),
    }
    for each in studio.calibration_answers(found.id, "other_gold", Viewer("visitor")):
        assert (each.gold is None) == (each.text is None) == (each.task == "Closed")
    assert studio.calibration_answers(found.id, "gold") == []  # none of these deceived it
    assert len(studio.calibration_answers(found.id, "gold", mistaken=False)) == 4
    studio.close()


def ran(studio, task, **asked):
    run_id = studio.start(RunSpec("our/model", (str(task),), **asked))
    studio.wait(run_id, timeout_s=30)
    return run_id


def test_a_runs_judge_score_is_corrected_for_the_judges_errors(tmp_path):
    task = write_task(
        tmp_path / "Many", [f"слово{chr(1072 + n)}" if n % 2 else f"ответ{chr(1072 + n)}" for n in range(30)]
    )
    studio = scripted_studio(tmp_path, lambda request: "не знаю", judge=RuleJudge())
    found = calibrated(studio, task, limit=30)
    run = ran(studio, task)
    corrected = studio.corrected(found.id, run)
    (score,) = corrected.scores
    assert corrected.same_judge and score.answer_type == "short"
    assert score.raw.mean == 0.0 and score.usual.mean == 0.0 and score.usual.high < 0.4
    studio.close()


def test_a_judge_no_better_than_a_coin_corrects_nothing(tmp_path):
    task = write_task(tmp_path / "Many", [f"{n}-й день" for n in range(30)])
    studio = scripted_studio(tmp_path, lambda request: "не знаю", judge=Always(1))
    found = calibrated(studio, task, limit=30)
    (score,) = studio.corrected(found.id, ran(studio, task)).scores
    assert score.usual.mean is None and score.usual.reason == "no_better_than_chance"
    studio.close()


def test_a_run_of_another_judge_is_told_apart(tmp_path, task):
    judges = {"auto": RuleJudge("one"), "other": RuleJudge("two")}
    studio = scripted_studio(tmp_path, lambda request: "кот", judge=lambda name: judges[name])
    found = calibrated(studio, task)
    assert studio.corrected(found.id, ran(studio, task)).same_judge
    assert not studio.corrected(found.id, ran(studio, task, judge="other")).same_judge
    studio.close()
