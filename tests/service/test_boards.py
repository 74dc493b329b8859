"""The live board: how far, how fast, who, what it costs, and on which questions people differ."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.errors import NotAllowed
from studio.core.project import Submission, Timing
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


def test_the_hardest_questions_come_first_with_what_was_said_of_them(place: Place, project: str) -> None:
    skipped, split = place.studio.boards.board(OWNER, project).hard
    assert (skipped.item, skipped.skips, split.item) == (3, {"broken": 1}, 1)
    assert dict(split.answers) == {"кот": 1, "кит": 1} and split.share == 0.5
    place.lead.adjudicate(OWNER, project, 1, "кот")
    assert place.studio.boards.board(OWNER, project).hard[1].adjudicated == "кот"


def test_a_board_without_pay_has_no_cost_and_nobody_else_sees_one(place: Place, project: str) -> None:
    spec = place.lead.project(OWNER, project).spec
    place.lead.change(OWNER, project, replace(spec, pay_per_hour=None))
    assert place.studio.boards.board(OWNER, project).cost is None
    annotator = Viewer(person=place.studio.boards.board(OWNER, project).people[0].person)
    for viewer in (Viewer(), annotator):
        with pytest.raises(NotAllowed, match="no_role"):
            place.studio.boards.board(viewer, project)


def test_the_board_and_the_baseline_tell_one_agreement(place: Place, project: str) -> None:
    place.lead.retire(OWNER, project, 2)
    board, baseline = (
        place.studio.boards.board(OWNER, project),
        place.studio.baselines.baseline(OWNER, project),
    )
    assert board.agreement == baseline.agreement
    assert board.agreement.items == 1, "a question that was taken out is no longer counted"
