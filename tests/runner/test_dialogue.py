"""Dialogues are asked in turn, with the model's own earlier answers, and never across dialogues."""

import json
import re

import pytest

from studio.core.content import text_of
from studio.core.engine import Capabilities, Request, Settings
from studio.core.run import RunSpec
from studio.engines.scripted import ScriptedEngine
from tests.support import scripted_studio, write_task

TURNS = 4


@pytest.fixture
def talk(tmp_path):
    """Three dialogues of four turns, ids from 11; gold of a sample is its number."""
    folder = write_task(tmp_path / "Talk", [str(n) for n in range(12)], first_id=11)
    (folder / "dataset_meta.json").write_text(
        json.dumps({"dataset_name": "Talk", "dialogue_turns": TURNS}), encoding="utf-8"
    )
    return folder


def number_of(message) -> int:
    return int(re.search(r"номер (\d+)", text_of(message))[1])


class Remembering(ScriptedEngine):
    """Answers with the number it is asked about, and keeps what it was shown."""

    def __init__(self, failing=()):
        self.seen: dict[int, list[tuple[int, str]]] = {}
        self.refused = set(failing)
        super().__init__(self.say, failing=())

    def say(self, request: Request) -> str:
        number = number_of(request.message)
        self.seen[number] = [(number_of(turn.message), turn.answer) for turn in request.history]
        return None if number in self.refused else f"Это {number}."


def ask(studio, folder, history, limit=None):
    spec = RunSpec(model="our/model", tasks=(str(folder),), settings=Settings(history=history), limit=limit)
    return studio.wait(studio.start(spec), timeout_s=30)


@pytest.mark.parametrize("history", [1, 2, 5])
def test_a_question_sees_at_most_n_turns_before_it_and_none_of_another_dialogue(tmp_path, talk, history):
    engine = Remembering()
    studio = scripted_studio(tmp_path, engine)
    run = ask(studio, talk, history)
    assert (run.state, run.answered) == ("done", 12)
    for number, seen in engine.seen.items():
        first = number // TURNS * TURNS
        expected = range(max(first, number - history), number)
        assert seen == [(n, f"Это {n}.") for n in expected]
    studio.close()


def test_earlier_questions_are_shown_filled_in_and_with_their_pictures(tmp_path, talk):
    requests = []
    engine = Remembering()
    say = engine._script
    engine._script = lambda request: (requests.append(request), say(request))[1]
    studio = scripted_studio(tmp_path, engine)
    ask(studio, talk, 2)
    shown = [turn.message for request in requests for turn in request.history]
    assert len(shown) == 3 * (0 + 1 + 2 + 2)
    assert all("{" not in text_of(message) and "<image>" in text_of(message) for message in shown)
    studio.close()


def test_the_turns_that_were_shown_are_written_down_with_the_answer(tmp_path, talk):
    studio = scripted_studio(tmp_path, Remembering())
    run = ask(studio, talk, 2)
    rows = studio.queue(run.id).rows
    cards = {card.key: card for card in (studio.card(run.id, row.sample_id) for row in rows)}
    assert cards["11"].media_note["history"] == []
    assert cards["14"].media_note["history"] == ["12", "13"]
    assert cards["15"].media_note["history"] == []
    assert studio.run(run.id).spec.settings.history == 2
    studio.close()


def test_without_history_the_questions_stand_alone(tmp_path, talk):
    engine = Remembering()
    studio = scripted_studio(tmp_path, engine)
    run = ask(studio, talk, 0)
    assert run.answered == 12
    assert not any(engine.seen.values())
    studio.close()


def test_a_dialogue_goes_on_in_its_middle_with_what_was_answered_before(tmp_path, talk):
    engine = Remembering(failing={2, 9})
    studio = scripted_studio(tmp_path, engine)
    run = ask(studio, talk, 5)
    assert (run.answered, run.failed) == (10, 2)
    assert engine.seen[3] == [(0, "Это 0."), (1, "Это 1.")]  # what failed has no answer to show
    engine.refused, engine.seen = set(), {}
    studio.resume(run.id)
    run = studio.wait(run.id, timeout_s=30)
    assert (run.state, run.answered, run.failed) == ("done", 12, 0)
    assert engine.seen == {2: [(0, "Это 0."), (1, "Это 1.")], 9: [(8, "Это 8.")]}
    studio.close()


def test_a_limit_cuts_the_dialogue_and_not_its_history(tmp_path, talk):
    engine = Remembering()
    studio = scripted_studio(tmp_path, engine)
    run = ask(studio, talk, 3, limit=6)
    assert run.answered == 6
    assert [n for n, _ in engine.seen[3]] == [0, 1, 2]
    assert [n for n, _ in engine.seen[5]] == [4]
    studio.close()


def test_a_model_that_takes_no_dialogue_says_so_and_is_not_asked(tmp_path, talk):
    engine = Remembering()
    engine._capabilities = Capabilities(engine.capabilities.modalities, history=False)
    studio = scripted_studio(tmp_path, engine)
    run = ask(studio, talk, 2)
    assert (run.answered, run.failed) == (0, 12)
    [first, *_] = studio.queue(run.id).rows
    assert studio.card(run.id, first.sample_id).problem.code == "history_not_taken"
    assert not engine.seen
    studio.close()


def test_other_tasks_of_the_run_are_asked_as_ever(tmp_path, talk):
    plain = write_task(tmp_path / "Plain", ["0", "1"])
    engine = Remembering()
    studio = scripted_studio(tmp_path, engine)
    spec = RunSpec(model="our/model", tasks=(str(talk), str(plain)), settings=Settings(history=2))
    run = studio.wait(studio.start(spec), timeout_s=30)
    assert run.answered == 14
    studio.close()
