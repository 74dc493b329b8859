"""People answer dialogues turn by turn, each with his own answers before him; never anybody else's, and never gold."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest

from studio.core.dialogue import in_order
from studio.core.errors import BadInput
from studio.core.project import ProjectSpec
from studio.core.run import OWNER
from studio.humans import Candidate, select
from studio.humans.dealing import in_turn
from studio.service.people.answering import HISTORY
from studio.tasks.folder import load_folder
from tests.people import Desk
from tests.support import scripted_studio, write_task

MARKER = "секретныйэталон"
TURNS, DIALOGUES = 4, 3


def write_talk(folder: Path, turns: int = TURNS, dialogues: int = DIALOGUES) -> Path:
    """Dialogues, one after another, with ids from 11; the file has them in disorder."""
    write_task(folder, [MARKER] * (turns * dialogues), name="Talk", first_id=11)
    (folder / "dataset_meta.json").write_text(
        json.dumps({"dataset_name": "Talk", "dialogue_turns": turns}), encoding="utf-8"
    )
    file = folder / "test.json"
    data = json.loads(file.read_text("utf-8"))
    data["data"] = data["data"][::2] + data["data"][1::2]
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "home", load_folder(write_talk(tmp_path / "talk")), [1_000_000.0])
    yield made
    made.close()


def walk(desk: Desk, who: str, n: int) -> list[int]:
    """Answers `n` questions; the items in their order. Answers tell the person and the item."""
    met = []
    for _ in range(n):
        asked = desk.at(who).question
        assert asked is not None
        met.append(asked.item)
        desk.answer(who, f"{who} о {asked.item}")
        desk.clock[0] += 1
    return met


def dialogue_of(item: int) -> int:
    return (item - 1) // TURNS + 1


def test_a_task_tells_its_dialogues_by_ids_whatever_the_order_of_the_file(desk: Desk) -> None:
    ordered = in_order(desk.task)
    assert [int(sample.id) for _, sample in ordered] == list(range(11, 11 + TURNS * DIALOGUES))
    assert [name for name, _ in ordered] == [*"1111", *"2222", *"3333"]


def test_turns_come_in_their_order_one_dialogue_after_another(desk: Desk) -> None:
    desk.make("а", "б", overlap=2)
    for who in ("а", "б"):
        met = walk(desk, who, TURNS * DIALOGUES)
        assert sorted(met) == list(range(1, 13))
        for start in range(0, 12, TURNS):
            part = met[start : start + TURNS]
            assert part == sorted(part) and len({dialogue_of(item) for item in part}) == 1
        nothing = desk.at(who).nothing
        assert nothing is not None and nothing.reason == "done"
    assert set(desk.valid().values()) == {2}


def test_ones_own_earlier_answers_stand_before_the_question_and_nobody_elses(desk: Desk) -> None:
    desk.make("а", "б", overlap=2)
    first = walk(desk, "а", 2)
    asked = desk.at("а").question
    assert asked is not None and asked.item == first[-1] + 1
    assert [(turn.number, turn.answer) for turn in asked.earlier] == [
        (1, f"а о {first[0]}"),
        (2, f"а о {first[1]}"),
    ]
    assert [turn.question[:8] for turn in asked.earlier] == ["Что на к"] * 2
    assert all(turn.media and turn.media[0].file for turn in asked.earlier)
    walk(desk, "б", 6)
    told = json.dumps(asdict(desk.at("а")), ensure_ascii=False, default=str)
    assert "б о" not in told and MARKER not in told


def test_a_skipped_turn_stands_there_without_an_answer(desk: Desk) -> None:
    desk.make("а")
    walk(desk, "а", 1)
    desk.skip("а")
    asked = desk.at("а").question
    assert asked is not None and [turn.answer is None for turn in asked.earlier] == [False, True]


def test_a_turn_that_was_taken_back_is_asked_again_before_the_next(desk: Desk) -> None:
    desk.make("а")
    met = walk(desk, "а", 2)
    again = desk.answering.undo("b1", "а", "назад").question
    assert again is not None and again.item == met[1] and again.draft == f"а о {met[1]}"
    assert len(again.earlier) == 1
    desk.answer("а", "иначе", client_id="снова")
    after = desk.at("а").question
    assert after is not None and after.item == met[1] + 1 and after.earlier[1].answer == "иначе"


def test_people_begin_different_dialogues_where_one_place_is_free(desk: Desk) -> None:
    desk.make("а", "б", "в", overlap=1)
    met: dict[str, list[int]] = {"а": [], "б": [], "в": []}
    for _ in range(TURNS):
        for who, items in met.items():
            items += walk(desk, who, 1)
    assert {tuple(sorted({dialogue_of(item) for item in items})) for items in met.values()} == {
        (1,),
        (2,),
        (3,),
    }
    assert set(desk.valid().values()) == {1}


def test_whoever_takes_over_in_the_middle_sees_the_questions_before_without_answers(desk: Desk) -> None:
    desk.make("а", "б", overlap=1, lease_s=60.0)
    met = walk(desk, "а", 2)
    desk.clock[0] += 100  # his lease of the next one is over
    walk(desk, "б", TURNS * (DIALOGUES - 1))
    asked = desk.at("б").question
    assert asked is not None and asked.item == met[-1] + 1
    assert [turn.answer for turn in asked.earlier] == [None, None]


def test_a_long_dialogue_shows_its_last_turns(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home", load_folder(write_talk(tmp_path / "talk", HISTORY + 3, 1)), [1_000_000.0])
    desk.make("а")
    walk(desk, "а", HISTORY + 2)
    asked = desk.at("а").question
    assert asked is not None
    assert [turn.number for turn in asked.earlier] == list(range(3, HISTORY + 3))
    desk.close()


def test_a_control_stays_in_its_place_in_the_dialogue(desk: Desk) -> None:
    rows = {str(11 + n): "control" for n in (1, 6)}
    desk.make("а", items=rows)
    with desk.store.db.write() as connection:
        connection.execute("UPDATE project_items SET scored = 1")
    met = walk(desk, "а", 12)
    assert sorted(met) == list(range(1, 13))
    assert all(one + 1 == other for one, other in pairwise(met) if dialogue_of(one) == dialogue_of(other))


# the rules


def test_a_person_stays_in_his_dialogue_then_begins_a_fresh_one() -> None:
    assert in_turn({"1": True, "2": False, "3": True}, "2", 1, "а") == "2"
    assert in_turn({"1": False, "3": True}, "2", 1, "а") == "3"
    assert in_turn({"1": False}, "2", 1, "а") == "1"


def test_people_begin_with_dialogues_of_their_own_choice() -> None:
    begun = {in_turn({"1": True, "2": True, "3": True}, "", 1, f"p{n}") for n in range(40)}
    assert begun == {"1", "2", "3"}


def test_a_part_of_a_dialogue_is_its_beginning_without_a_gap() -> None:
    candidates = [Candidate(f"{n}", "h", str(n // 10 + 1), True) for n in range(30)]
    spec = ProjectSpec("П", "Talk", controls=0.2, training=5, dialogue=True)
    found = select(candidates, spec, 12)
    assert [item.key for item in found.items] == [str(n) for d in (0, 10, 20) for n in range(d, d + 4)]
    assert (found.outside, found.short) == (0, 5)
    assert sum(item.purpose == "control" for item in found.items) == 2
    assert all(item.scored for item in found.items)


def test_a_project_over_dialogues_knows_that_by_itself(tmp_path: Path) -> None:
    studio = scripted_studio(tmp_path / "home", lambda request: "x", data=tmp_path / "data")
    try:
        task = str(write_talk(tmp_path / "talk"))
        with pytest.raises(BadInput) as refused:
            studio.organising.plan(OWNER, ProjectSpec("П", task), stratify="kind")
        assert refused.value.problem.code == "project_dialogue"
        project = studio.organising.make(OWNER, ProjectSpec("П", task), size=6)
        made = studio.organising.project(OWNER, project)
        assert made.spec.dialogue
        studio.organising.change(OWNER, project, ProjectSpec("Другое имя", made.spec.task))
        assert studio.organising.project(OWNER, project).spec.dialogue
        keys = [int(item.key) for item in studio.organising.items(OWNER, project)]
        assert keys == [11, 12, 15, 16, 19, 20]
    finally:
        studio.close()
