"""The live board: how far, how fast, who, what it costs, and on which questions people differ."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.errors import NotAllowed
from studio.core.project import OUT_OF_TIME, Submission, Timing
from studio.core.run import OWNER, Viewer
from tests.service.test_organising import Place
from tests.support import write_task


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "home", write_task(tmp_path / "Animals", ["кот", "пёс", "3", "дом"]))
    yield made
    made.studio.close()


def send(
    place: Place, project: str, who: str, item: int, text: str, active_s: float = 12.0, reason: str = ""
) -> None:
    asked = place.desk.standing(project, who).question
    assert asked is not None
    with place.studio._store.projects.writing() as tables:  # the question has been on the screen for so long
        tables.connection.execute(
            "UPDATE turns SET shown_at = shown_at - ? WHERE person_id = ? AND item = ?",
            (active_s, who, asked.item),
        )
    now = place.desk._now()
    given = Submission(
        asked.item, asked.occasion, "skip" if reason else "answer", f"c{asked.item}", text, reason,
        timing=Timing(shown_at=now - active_s, active_s=active_s),
    )  # fmt: skip
    place.desk.submit(project, who, given)
    assert asked.item == item


@pytest.fixture
def project(place: Place, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two of three people have answered; the questions come in the order of the file."""
    monkeypatch.setattr("studio.service.people.answering.shuffled", lambda items, *_: list(items))
    spec = place.spec(overlap=2, controls=0.0, repeats=0.0, pay_per_hour=600.0)
    project = place.lead.make(OWNER, spec)
    place.lead.set_state(OWNER, project, "open")
    anya, borya = place.person(project, "Аня"), place.person(project, "Боря")
    for item, text in enumerate(["кот", "Пёс.", "3", "дом"], 1):
        send(place, project, anya, item, text)
    send(place, project, borya, 1, "кит", active_s=0.5)
    send(place, project, borya, 2, "пёс")
    send(place, project, borya, 3, "", reason="broken")
    return project


def test_a_board_tells_how_far_the_project_is_and_what_it_has_cost(place: Place, project: str) -> None:
    board = place.studio.boards.board(OWNER, project)
    assert (board.items, board.complete, board.done, board.wanted, board.held) == (4, 2, 6, 8, 1)
    assert board.by_answers == {1: 2, 2: 2}
    active = 4 * 12 + 0.5 + 12 + 12
    assert board.hours == pytest.approx(active / 3600) and board.cost == pytest.approx(active / 6)
    assert sum(n for _, n in board.by_hour) == 7 and board.agreement.items == 2
    assert board.agreement.raw.value == 0.5


def test_each_person_is_told_with_what_may_be_wrong(place: Place, project: str) -> None:
    anya, borya = place.studio.boards.board(OWNER, project).people
    assert (anya.name, anya.answered, anya.skipped, anya.counted, anya.fast) == ("Аня", 4, 0, 4, 0)
    assert (borya.answered, borya.skipped, borya.counted, borya.fast) == (2, 1, 2, 1)
    assert anya.median_s == pytest.approx(12, abs=0.5) and anya.controls.mean is None
    place.lead.exclude(OWNER, project, borya.person, "слишком быстро")
    _, out = place.studio.boards.board(OWNER, project).people
    assert out.excluded_at is not None and (out.reason, out.counted) == ("слишком быстро", 0)


def test_questions_that_people_answer_differently_come_first_then_skipped_ones(
    place: Place, project: str
) -> None:
    split, skipped = place.studio.boards.board(OWNER, project).hard
    assert (split.item, skipped.item, skipped.skips) == (1, 3, {"broken": 1})
    assert dict(split.answers) == {"кот": 1, "кит": 1} and split.share == 0.5
    place.lead.adjudicate(OWNER, project, 1, "кот")
    assert place.studio.boards.board(OWNER, project).hard[0].adjudicated == "кот"
    listed = [line.item for line in place.studio.reviewing.items(OWNER, project).rows]
    assert listed == [1, 3], "the list of questions has the same order"


@pytest.mark.parametrize("reason", [OUT_OF_TIME, "mine"])
def test_a_skip_that_says_nothing_of_the_question_makes_it_no_hard_one(place: Place, reason: str) -> None:
    project = place.lead.make(OWNER, place.spec(overlap=2, controls=0.0, repeats=0.0))
    place.lead.set_state(OWNER, project, "open")
    who = place.person(project)
    asked = place.desk.standing(project, who).question
    assert asked is not None
    place.desk.submit(project, who, Submission(asked.item, 1, "skip", "c1", reason=reason))
    assert place.studio.boards.board(OWNER, project).hard == ()
    assert place.studio.reviewing.items(OWNER, project).counts["hard"] == 0


def test_training_is_no_matter_of_hard_questions(place: Place, tmp_path: Path) -> None:
    place.task = str(write_task(tmp_path / "Many", [str(n) for n in range(12)]))
    spec = place.spec(overlap=2, controls=0.0, repeats=0.0, training=2, pass_mark=0.0)
    project = place.lead.make(OWNER, spec, size=4)
    place.lead.set_state(OWNER, project, "open")
    who = place.person(project)
    asked = place.desk.standing(project, who).question
    assert asked is not None and asked.training
    given = Submission(asked.item, 1, "skip", "c1", reason="broken", flagged=True)
    place.desk.submit(project, who, given)
    assert place.studio.boards.board(OWNER, project).hard == ()
    counts = place.studio.reviewing.items(OWNER, project).counts
    assert (counts["hard"], counts["skipped"], counts["flagged"]) == (0, 1, 1)


def test_a_board_without_pay_has_no_cost_and_nobody_else_sees_one(place: Place, project: str) -> None:
    spec = place.lead.project(OWNER, project).spec
    place.lead.change(OWNER, project, replace(spec, pay_per_hour=None))
    assert place.studio.boards.board(OWNER, project).cost is None
    annotator = Viewer(person=place.studio.boards.board(OWNER, project).people[0].person)
    for viewer in (Viewer(), annotator):
        with pytest.raises(NotAllowed, match="no_role"):
            place.studio.boards.board(viewer, project)


@pytest.fixture
def parted(place: Place, tmp_path: Path) -> tuple[str, list[str]]:
    """A part of a task, with controls from outside it, training that one person fails, and a retired question."""
    place.task = str(write_task(tmp_path / "Many", [str(n % 3) for n in range(40)]))
    spec = place.spec(overlap=3, controls=0.3, repeats=0.1, training=2, pass_mark=0.5)
    project = place.lead.make(OWNER, spec, size=20)
    place.lead.set_state(OWNER, project, "open")
    gold = {item.item: str((int(item.key) - 1) % 3) for item in place.store.projects.items(project)}
    people = [place.person(project, f"Имя{n}") for n in range(4)]
    for n, who in enumerate(people):
        while (asked := place.desk.standing(project, who).question) is not None:
            right = n < 3 and (asked.training or (asked.item * 7 + n * 5) % 4)
            place.answer(project, who, gold[asked.item] if right else f"х{n % 2}")
    worked = [item.item for item in place.store.projects.items(project) if item.scored]
    place.lead.retire(OWNER, project, worked[3])
    return project, people


def test_answers_in_the_count_are_as_many_wherever_they_are_counted(
    place: Place, parted, tmp_path: Path
) -> None:
    project, people = parted
    studio = place.studio
    board = studio.boards.board(OWNER, project)
    assert board.done == 3 * 19 == sum(each.counted for each in board.people)
    assert (
        sum(not item.scored and item.purpose == "control" for item in place.store.projects.items(project))
        == 6
    )
    files = studio.project_files
    dump, tables = files.dump(OWNER, project), files.tables(OWNER, project)
    answers, crowd = (list(csv.DictReader(io.StringIO(tables[f"{name}.csv"].decode("utf-8-sig"))))
                      for name in ("answers", "people"))  # fmt: skip
    file = sqlite3.connect(files.sqlite(OWNER, project, tmp_path / "p.sqlite"))
    by_view = "SELECT (SELECT COUNT(*) FROM v_votes), (SELECT SUM(counted) FROM v_people)"
    effect = studio.baselines.exclusion(OWNER, project, people[0])
    told = {
        board.agreement.votes,
        len(dump.counted),
        sum(row["counts"] == "1" for row in answers),
        sum(int(row["counted"]) for row in crowd),
        *file.execute(by_view).fetchone(),
        sum(each.counts for each in studio.audit.answers(OWNER, project)),
        studio.overseeing.projects(OWNER)[0].done,
    }
    file.close()
    assert told == {board.done}
    assert f"| ответов в счёте | {board.done} |" in files.hb(OWNER, project)["README.md"].decode()
    assert sum(row["vote"] == "1" for row in answers) > board.done, "controls teach the models of people"
    place.lead.exclude(OWNER, project, people[0], "")
    assert effect.lost == board.done - studio.boards.board(OWNER, project).done == 19


def test_one_agreement_has_one_interval_wherever_it_is_told(place: Place, parted) -> None:
    project, people = parted
    studio = place.studio
    board, baseline = studio.boards.board(OWNER, project), studio.baselines.baseline(OWNER, project)
    assert board.agreement == baseline.agreement
    assert studio.baselines.exclusion(OWNER, project, people[0]).before.agreement == board.agreement
    told = json.loads(studio.project_files.hb(OWNER, project)["agreement.json"])
    alpha = board.agreement.alpha
    assert told["alpha"] == {"value": alpha.value, "low": alpha.low, "high": alpha.high}
    (line,) = studio.overseeing.projects(OWNER)
    assert (line.alpha.value, line.people) == (alpha.value, board.agreement.annotators) == (alpha.value, 3)


def test_the_board_and_the_baseline_tell_one_agreement(place: Place, project: str) -> None:
    place.lead.retire(OWNER, project, 2)
    board, baseline = (
        place.studio.boards.board(OWNER, project),
        place.studio.baselines.baseline(OWNER, project),
    )
    assert board.agreement == baseline.agreement
    assert board.agreement.items == 1, "a question that was taken out is no longer counted"


def test_pay_is_for_leads_whoever_looked_first(place: Place, project: str) -> None:
    _, secret = place.members.invite(OWNER, project, "reviewer")
    person = place.members.signed_in(place.members.redeem(secret, "Рина", Viewer())[1])
    assert person is not None
    reviewer = Viewer(person=person.id)
    for look in (place.studio.boards.lately, place.studio.boards.board):
        seen = look(reviewer, project)
        assert seen.cost is None and seen.project.spec.pay_per_hour is None
        told = look(OWNER, project)
        assert told.cost is not None and told.project.spec.pay_per_hour == 600.0
    assert [each.spec.pay_per_hour for each in place.lead.projects(reviewer)] == [None]


def test_the_forecast_of_a_board_that_was_kept_is_that_of_a_board_made_now(
    place: Place, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = place.desk._now() // 3600 * 3600 - 7200
    with (
        place.studio._store.projects.writing() as tables
    ):  # all of them within one hour, whatever the clock says
        tables.connection.execute("UPDATE responses SET at = ?", (began,))
    boards = place.studio.boards
    monkeypatch.setattr(boards, "_now", lambda: began + 600)
    assert boards.lately(OWNER, project, exact=True).left_s is None, "not a quarter of an hour of work yet"
    monkeypatch.setattr(boards, "_now", lambda: began + 1800)
    kept, made = boards.lately(OWNER, project, exact=True), boards.board(OWNER, project)
    assert kept.left_s is not None and (kept.per_hour, kept.left_s) == (made.per_hour, made.left_s)
