"""Several judges on one run: each word is kept beside the others, and which of them is the run's is said aloud."""

from collections.abc import Sequence

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.judge import JudgeCall, JudgeCase, Verdict
from studio.core.judging import JudgingSpec
from studio.core.label import NewLabel
from studio.core.run import Resumption, RunSpec, SampleFilter, Viewer
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from tests.support import RuleJudge, scripted_studio, write_task

GOLDS = ["кот", "пёс", "3", "да", None]
# right by EM and judge; right by the judge only; wrong by both; right by both; no gold
ANSWERS = {1: "ОТВЕТ кот", 2: "Это пёс сидит тут.", 3: "ОТВЕТ 4", 4: "да", 5: "лес"}


class Generous(RuleJudge):
    """Finds everything right; remembers what it was asked."""

    def __init__(self, name: str = "generous") -> None:
        super().__init__(name)
        self.cases: list[JudgeCase] = []
        self.closed = False

    def verdicts(self, cases: Sequence[JudgeCase]) -> list[Verdict]:
        self.cases += cases
        calls = (JudgeCall("full", 0.8, 1, "0" * 64), JudgeCall("after_marker", 0.3, 0, "1" * 64))
        return [Verdict(1, 0.8, calls) for _ in cases]

    def close(self) -> None:
        self.closed = True


class Broken(RuleJudge):
    def verdicts(self, cases: Sequence[JudgeCase]) -> list[Verdict]:
        raise BadInput("no_model")


@pytest.fixture
def judges():
    return {"rule": RuleJudge(), "generous": Generous(), "broken": Broken("broken")}


@pytest.fixture
def studio(tmp_path, judges):
    studio = scripted_studio(
        tmp_path, lambda asked: ANSWERS[asked.key], judge=lambda name: judges[name], data=tmp_path / "data"
    )
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path) -> str:
    task = write_task(tmp_path / "Animals", GOLDS)
    run_id = studio.start(RunSpec("our/model", (str(task),), judge="rule"))
    studio.wait(run_id, timeout_s=30)
    return run_id


def asked(studio: Studio, run: str, judge: str = "generous", **more):
    found = studio.health.wait(studio.health.rejudge(JudgingSpec(run, judge, **more)), timeout_s=20)
    assert not found.going
    return found


def cells(studio: Studio, run: str) -> list[str]:
    return [row.cell for row in studio.queue(run, SampleFilter()).rows]


def sample(studio: Studio, run: str, number: int) -> int:
    return studio.queue(run, SampleFilter()).rows[number - 1].sample_id


def test_another_judge_speaks_beside_the_runs_own_and_changes_no_score(studio, run, judges) -> None:
    before = cells(studio, run)
    scores = studio.scores(run)
    found = asked(studio, run)
    assert (found.state, found.label, found.done, found.total, found.unscored) == (
        "done",
        "generous@r1",
        4,
        4,
        0,
    )
    assert cells(studio, run) == before == ["both", "js_only", "neither", "both", "unscored"]
    assert studio.scores(run) == scores and studio.run(run).judge == "rule@r1"
    own, other = studio.health.judges(run)
    assert (own.label, own.own, own.scored, own.right, own.answers) == ("rule@r1", True, 4, 3, 4)
    assert (other.label, other.own, other.scored, other.right, other.whole) == (
        "generous@r1",
        False,
        4,
        4,
        True,
    )
    assert judges["generous"].closed


def test_the_card_shows_the_runs_own_judge_though_another_spoke_later(studio, run) -> None:
    asked(studio, run)
    card = studio.card(run, sample(studio, run, 3))
    assert (card.judge, card.js.value, [call.label for call in card.calls]) == ("rule@r1", 0.0, [0])


def test_an_answer_without_gold_is_not_asked_about_and_what_was_judged_is_not_asked_twice(
    studio, run, judges
) -> None:
    asked(studio, run)
    assert [case.gold for case in judges["generous"].cases] == ["кот", "пёс", "3", "да"]
    again = asked(studio, run)
    assert (again.total, len(judges["generous"].cases)) == (0, 4)


def test_only_disagreements_are_asked_about(studio, run, judges) -> None:
    found = asked(studio, run, only="disagreements")
    assert (found.total, [case.gold for case in judges["generous"].cases]) == (1, ["пёс"])
    assert not studio.health.judges(run)[1].whole


def test_only_unlabelled_answers_are_asked_about(studio, run, judges) -> None:
    for number in (1, 2, 3):
        studio.labels.label(run, sample(studio, run, number), NewLabel("Анна", "right"))
    assert asked(studio, run, only="unlabelled").total == 1
    assert [case.gold for case in judges["generous"].cases] == ["да"]


def test_only_changed_answers_are_asked_about(studio, run, judges, tmp_path) -> None:
    assert asked(studio, run, only="changed").total == 0
    asked(studio, run)
    store = studio._store
    (first,) = store.db.tuples(
        "SELECT sample_id, generation_id FROM run_samples WHERE run_id = ? AND number = 1", (run,)
    )
    with store.db.write() as connection:  # as a run that asked the model once more
        fresh = connection.execute(
            "INSERT INTO generations (run_id, sample_id, attempt, status, text, created_at)"
            " VALUES (?, ?, 2, 'ok', 'тигр', 0)",
            (run, first[0]),
        ).lastrowid
        connection.execute(
            "UPDATE run_samples SET generation_id = ? WHERE run_id = ? AND number = 1", (fresh, run)
        )
    assert asked(studio, run, only="changed").total == 1
    assert judges["generous"].cases[-1].prediction == "тигр"


def test_a_filter_leaves_the_rest_alone(studio, run, judges) -> None:
    assert asked(studio, run, where=SampleFilter(cell="both")).total == 2
    assert [case.gold for case in judges["generous"].cases] == ["кот", "да"]


def test_the_runs_judge_is_switched_and_switched_back_with_nothing_lost(studio, run) -> None:
    asked(studio, run)
    before = studio.card(run, sample(studio, run, 2))
    studio.health.make_own(run, "generous@r1")
    view = studio.run(run)
    assert (view.judge, view.spec.judge, view.js.mean) == ("generous@r1", "generous", 1.0)
    assert cells(studio, run) == ["both", "js_only", "js_only", "both", "unscored"]
    row = studio.queue(run, SampleFilter()).rows[2]
    assert row.probability == 0.8  # of the call that decided
    assert studio.health.judges(run)[0].label == "generous@r1"
    studio.health.make_own(run, "rule@r1")
    assert cells(studio, run) == ["both", "js_only", "neither", "both", "unscored"]
    assert studio.card(run, sample(studio, run, 2)) == before and studio.run(run).spec.judge == "rule"


def test_a_judge_that_has_not_read_everything_cannot_be_the_runs_own(studio, run) -> None:
    asked(studio, run, only="disagreements")
    with pytest.raises(BadInput) as refused:
        studio.health.make_own(run, "generous@r1")
    assert (refused.value.problem.code, refused.value.problem.values["n"]) == ("judge_incomplete", 3)


def test_after_a_resume_with_another_judge_the_card_waits_for_its_word(studio, run) -> None:
    studio.resume(run, changes=Resumption(judge="generous"))
    studio.wait(run, timeout_s=30)
    labels = {judge.label: judge.own for judge in studio.health.judges(run)}
    assert labels == {"generous@r1": True, "rule@r1": False}
    assert studio.card(run, sample(studio, run, 3)).judge == "generous@r1"


@pytest.mark.parametrize(
    ("judge", "more", "code"),
    [
        ("", {}, "judging_no_judge"),
        ("none", {}, "judging_no_judge"),
        ("generous", {"only": "odd"}, "unknown_only"),
    ],
)
def test_what_cannot_be_judged_says_why(studio, run, judge, more, code) -> None:
    with pytest.raises(BadInput) as refused:
        studio.health.rejudge(JudgingSpec(run, judge, **more))
    assert refused.value.problem.code == code


def test_the_runs_own_judge_is_not_asked_the_same_again(studio, run) -> None:
    found = asked(studio, run, "rule")
    assert (found.state, found.problem.code) == ("failed", "judging_own")


def test_a_judge_that_breaks_ends_its_judging_with_the_reason(studio, run) -> None:
    found = asked(studio, run, "broken")
    assert (found.state, found.done, found.problem.code) == ("failed", 0, "no_model")
    assert len(studio.health.judges(run)) == 1


def test_a_judge_unknown_to_the_run_cannot_be_its_own(studio, run) -> None:
    with pytest.raises(BadInput) as refused:
        studio.health.make_own(run, "stranger@1")
    assert refused.value.problem.code == "unknown_run_judge"


def test_visitors_neither_switch_judges_nor_judge_others_runs(studio, run) -> None:
    visitor = Viewer("visitor", browser="theirs")
    with pytest.raises(NotAllowed):
        studio.health.make_own(run, "rule@r1", visitor)
    with pytest.raises(NotAllowed):
        studio.health.rejudge(JudgingSpec(run, "generous"), visitor)


def test_an_interrupted_judging_says_so_and_goes_on_when_asked_again(studio, run, tmp_path) -> None:
    store = studio._store
    store.judgings.create("j1", JudgingSpec(run, "generous"), "elsewhere:1:1")
    with store.db.write() as connection:
        connection.execute("UPDATE judgings SET heartbeat = 0 WHERE id = 'j1'")
    assert studio.health.judging("j1").state == "interrupted"
    assert asked(studio, run).done == 4
    assert [each.state for each in studio.health.judgings(run)] == ["done", "interrupted"]


def test_an_exported_run_takes_every_judges_word_along_but_no_address(studio, run, tmp_path) -> None:
    asked(studio, run)
    with studio._store.db.write() as connection:
        connection.execute(
            "UPDATE judgings SET spec = json_set(spec, '$.judge', 'llm:http://10.0.0.7:8000/v1#big')"
        )
    path = studio.export(run, tmp_path / "run.sqlite")
    other = Store(tmp_path / "other.sqlite")
    rows = other.db.connection().conn.execute("ATTACH DATABASE ? AS run", (str(path),)).execute(
        "SELECT version, COUNT(*) FROM run.scores WHERE scorer = 'js' AND status = 'scored' GROUP BY version ORDER BY 1"
    ).fetchall()  # fmt: skip
    spec = other.db.connection().conn.execute("SELECT spec FROM run.judgings").fetchone()[0]
    other.close()
    assert rows == [("generous@r1", 4), ("rule@r1", 4)]
    assert "10.0.0.7" not in spec and "big" in spec


def test_settings_are_kept_for_who_opens_the_file_again(studio, run, tmp_path) -> None:
    asked(studio, run)
    studio.close()
    again = Studio.open(Settings(home=tmp_path, db=tmp_path / "studio.sqlite", data=tmp_path / "data"))
    assert [judge.label for judge in again.health.judges(run)] == ["rule@r1", "generous@r1"]
    again.close()
