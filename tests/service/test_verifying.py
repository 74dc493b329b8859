"""Answers of a run asked for again: what differs is told, what fails is no difference, nothing comes from memory."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.content import text_of
from studio.core.engine import Request, Settings
from studio.core.errors import BadInput, NotAllowed
from studio.core.run import RunSpec, SampleFilter, Viewer
from studio.core.verification import VerificationSpec
from studio.engines.scripted import ScriptedEngine
from studio.runner.reask import chosen
from tests.support import scripted_studio, write_task

GOLDS = [f"ответ{n}" for n in range(20)]
VISITOR = Viewer("visitor", browser="somebody")


def number_of(message) -> int:
    return int(re.search(r"номер (\d+)", text_of(message))[1])


def right(request: Request) -> str:
    return f"ОТВЕТ {GOLDS[number_of(request.message)]}"


def with_wrong(*numbers: int):
    return lambda request: "не знаю" if number_of(request.message) in numbers else right(request)


@pytest.fixture
def task(tmp_path: Path) -> Path:
    return write_task(tmp_path / "Things", GOLDS)


def asked(studio, *tasks: Path, **spec):
    run_id = studio.start(RunSpec(model="our/model", tasks=tuple(map(str, tasks)), **spec))
    return studio.wait(run_id, timeout_s=30)


def verified(studio, run, viewer=None, **spec):
    found = studio.verify(VerificationSpec(run.id, **spec))
    studio.wait_verification(found, timeout_s=30)
    return studio.verification(found, viewer) if viewer else studio.verification(found)


def test_answers_that_come_out_the_same_are_counted(tmp_path, task):
    engine = ScriptedEngine(right)
    studio = scripted_studio(tmp_path, engine)
    run = asked(studio, task)
    engine.asked.clear()
    found = verified(studio, run, k=8)
    assert (found.state, found.total, found.same, found.differ, found.failed) == ("done", 8, 8, 0, 0)
    assert (found.low, found.em_differ, found.answers) == (0.0, 0, ())
    assert found.high == pytest.approx(0.3244, abs=1e-4), "Wilson's bound of 0 of 8"
    assert len(engine.asked) == 8 and studio.verified(run.id) == found
    studio.close()


def test_what_differs_is_told_with_both_texts_and_scores(tmp_path, task):
    engine = ScriptedEngine(right)
    studio = scripted_studio(tmp_path, engine)
    run = asked(studio, task)
    engine._script = lambda request: {3: "не знаю", 5: "Мой ОТВЕТ ответ5"}.get(  # type: ignore[attr-defined]
        number_of(request.message), right(request)
    )
    found = verified(studio, run, k=20)
    assert (found.same, found.differ, found.failed, found.em_differ) == (18, 2, 0, 1)
    first, second = found.answers
    assert (first.number, first.key, first.before, first.now) == (4, "4", "ОТВЕТ ответ3", "не знаю")
    assert (first.em_before, first.em_now, second.em_before, second.em_now) == (1.0, 0.0, 1.0, 1.0)
    assert studio.card(run.id, first.sample_id).answer == "ОТВЕТ ответ3", "the run keeps what it has"
    studio.close()


def test_what_cannot_be_asked_again_failed_and_does_not_differ(tmp_path, task):
    engine = ScriptedEngine(right)
    studio = scripted_studio(tmp_path, engine)
    run = asked(studio, task)
    engine._failing = frozenset({2})  # type: ignore[attr-defined]
    (task / "samples" / "0006.png").unlink()
    found = verified(studio, run, k=20)
    assert (found.same, found.differ, found.failed) == (18, 0, 2)
    assert found.high == pytest.approx(0.1759, abs=1e-4), "of the 18 that were answered"
    assert [answer.problem.code for answer in found.answers] == ["model_refused", "media_missing"]
    studio.close()


def test_nothing_is_taken_from_memory(tmp_path, task):
    engine = ScriptedEngine(right)
    studio = scripted_studio(tmp_path, engine)
    asked(studio, task)
    taken = asked(studio, task, reuse=True)
    assert taken.recalled == 20
    engine._script = with_wrong(*range(20))  # type: ignore[attr-defined]
    assert verified(studio, taken, k=20).differ == 20
    studio.close()


def test_a_question_of_a_dialogue_comes_with_the_turns_of_the_run(tmp_path):
    talk = write_task(tmp_path / "Talk", GOLDS[:6], first_id=1)
    (talk / "dataset_meta.json").write_text(
        json.dumps({"dataset_name": "Talk", "dialogue_turns": 3}), encoding="utf-8"
    )
    engine = ScriptedEngine(right)
    studio = scripted_studio(tmp_path, engine)
    run = asked(studio, talk)
    seen: dict[int, list[str]] = {}

    def otherwise(request: Request) -> str:
        seen[number_of(request.message)] = [turn.answer for turn in request.history]
        return "иначе"

    engine._script = otherwise  # type: ignore[attr-defined]
    assert verified(studio, run, k=6).differ == 6
    assert seen[2] == ["ОТВЕТ ответ0", "ОТВЕТ ответ1"] and seen[3] == [] and seen[4] == ["ОТВЕТ ответ3"]
    studio.close()


def test_the_run_is_asked_as_it_was(tmp_path, task):
    heard = []

    class Listening(ScriptedEngine):
        def generate(self, requests, settings, **more):
            heard.append(settings)
            return super().generate(requests, settings, **more)

    studio = scripted_studio(tmp_path, Listening(right))
    settings = Settings(max_new_tokens=9, seed=4, media="none")
    run = asked(studio, task, settings=settings)
    verified(studio, run, k=3)
    assert heard == [settings, settings]
    studio.close()


def test_only_the_owner_verifies_and_private_scores_are_not_told(tmp_path):
    task = write_task(tmp_path / "Secret", GOLDS, access="private")
    engine = ScriptedEngine(right)
    studio = scripted_studio(tmp_path, engine)
    run = asked(studio, task)
    with pytest.raises(NotAllowed):
        studio.verify(VerificationSpec(run.id), VISITOR)
    engine._script = with_wrong(1)  # type: ignore[attr-defined]
    found = verified(studio, run, viewer=VISITOR, k=20)
    assert (found.differ, found.em_differ) == (1, None)
    assert (found.answers[0].em_before, found.answers[0].em_now) == (None, None)
    assert studio.verification(found.id).em_differ == 1
    studio.close()


def test_what_cannot_be_verified_is_refused(tmp_path, task):
    studio = scripted_studio(tmp_path, lambda request: None)
    run = asked(studio, task)
    for spec, code in (
        (VerificationSpec(run.id), "verify_nothing"),
        (VerificationSpec("r0000-000000"), "unknown_run"),
        (VerificationSpec(run.id, k=0), "out_of_bounds"),
    ):
        with pytest.raises(BadInput, match=code):
            studio.verify(spec)
    studio.close()


def test_a_deleted_run_takes_its_verifications_with_it(tmp_path, task):
    studio = scripted_studio(tmp_path, right)
    run = asked(studio, task)
    found = verified(studio, run)
    studio.delete(run.id)
    with pytest.raises(BadInput, match="unknown_verification"):
        studio.verification(found.id)
    studio.close()


def test_a_verification_whose_process_died_is_interrupted(tmp_path, task):
    studio = scripted_studio(tmp_path, right)
    run = asked(studio, task)
    studio._store.verifications.create("v1", VerificationSpec(run.id), "elsewhere:1:1")
    with studio._store.db.write() as connection:
        connection.execute("UPDATE verifications SET heartbeat = 0")
    assert studio.verified(run.id).state == "interrupted"
    assert verified(studio, run, k=2).same == 2
    assert studio.queue(run.id, SampleFilter()).total == 20
    studio.close()


@pytest.mark.parametrize(
    ("sizes", "k", "expected"),
    [
        ((10, 10, 10), 6, [2, 2, 2]),
        ((100, 10, 10), 12, [10, 1, 1]),
        ((1000, 1, 1), 5, [3, 1, 1]),
        ((10, 10, 10), 2, [1, 1, 0]),
        ((3, 2), 50, [3, 2]),
        ((7,), 3, [3]),
        ((), 3, []),
    ],
)
def test_the_choice_is_spread_over_the_tasks(sizes, k, expected):
    strata = {task: [task * 10_000 + n for n in range(size)] for task, size in enumerate(sizes)}
    found = chosen(strata, k, seed=1)
    assert [sum(each // 10_000 == task for each in found) for task in strata] == expected
    assert len(set(found)) == len(found) and found == chosen(strata, k, seed=1)


def test_another_seed_chooses_others():
    strata = {1: list(range(100))}
    assert chosen(strata, 10, seed=1) != chosen(strata, 10, seed=2)


def test_a_spec_is_read_back_as_it_was_written():
    spec = VerificationSpec("r1", 7, 8, ("http://a/v1",), "KEY", "name")
    assert VerificationSpec.from_json(spec.to_json()) == spec == replace(spec)
