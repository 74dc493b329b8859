"""A person answers: nothing is lost, nothing counts twice, and gold is nowhere."""

from dataclasses import asdict
from pathlib import Path

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.run import SampleFilter, Viewer
from tests.support import scripted_studio, write_task

MARKER = "секретныйэталон"


@pytest.fixture
def studio(tmp_path: Path):
    studio = scripted_studio(tmp_path, {})
    yield studio
    studio.close()


@pytest.fixture
def task(tmp_path: Path) -> str:
    return str(write_task(tmp_path / "Animals", [MARKER, "пёс", "3"]))


def human_run(studio):
    return next(run for run in studio.runs() if run.kind == "human")


def judged(studio):
    studio._scorer.drain(human_run(studio).id)
    return human_run(studio)


def test_answers_are_scored_like_a_models(studio, task):
    state = studio.annotate("Анна", task)
    for number, text in enumerate([MARKER, "это пёс", "4"]):
        state = studio.answer(state.run_id, state.question.sample_id, text, f"c{number}")
    assert state.question is None and (state.answered, state.total) == (3, 3)
    run = judged(studio)
    assert (run.state, run.model, run.em.mean, run.js.mean) == ("done", "Анна", 1 / 3, 2 / 3)


def test_an_annotator_goes_on_where_they_stopped(studio, task):
    state = studio.annotate("Анна", task)
    studio.answer(state.run_id, state.question.sample_id, "кот", "c1")
    again = studio.annotate("  Анна ", task)
    assert again.run_id == state.run_id and again.answered == 1 and again.question.number == 2


def test_two_people_do_not_share_a_run(studio, task):
    assert studio.annotate("Анна", task).run_id != studio.annotate("Борис", task).run_id


def test_the_same_submission_counts_once(studio, task):
    state = studio.annotate("Анна", task)
    sample = state.question.sample_id
    for _ in range(3):
        state = studio.answer(state.run_id, sample, "кот", "the same click")
    assert state.answered == 1
    other_tab = studio.answer(state.run_id, sample, "другой ответ", "another tab")
    assert other_tab.answered == 1 and judged(studio).answered == 1
    events = studio._store.runs.events(human_run(studio).id)
    assert any(
        event["kind"] == "duplicate_submission" and "другой ответ" in event["detail"] for event in events
    )


def test_undo_brings_the_question_back_with_its_text(studio, task):
    state = studio.annotate("Анна", task)
    first = state.question.sample_id
    state = studio.answer(state.run_id, first, "кошка", "c1")
    state = studio.undo(state.run_id, "u1")
    assert (state.question.sample_id, state.question.draft, state.answered) == (first, "кошка", 0)
    assert studio.undo(state.run_id, "u1").answered == 0
    state = studio.answer(state.run_id, first, "кот", "c2")
    run = human_run(studio)
    assert studio.card(run.id, first).answer == "кот" and studio.card(run.id, first).attempt == 2
    rows = studio._store.db.rows("SELECT action FROM human_answers ORDER BY id")
    assert [row["action"] for row in rows] == ["answer", "undo", "answer"]


def test_a_skip_has_a_reason_and_can_be_taken_back(studio, task):
    state = studio.annotate("Анна", task)
    first = state.question.sample_id
    state = studio.skip(state.run_id, first, "broken", "s1", note="не открывается")
    assert state.skipped == 1 and state.question.sample_id != first
    assert studio.undo(state.run_id, "u1").question.sample_id == first
    with pytest.raises(BadInput):
        studio.skip(state.run_id, first, "просто так", "s2")


def test_a_draft_survives_and_does_not_outlive_its_answer(studio, task):
    state = studio.annotate("Анна", task)
    sample = state.question.sample_id
    studio.draft(state.run_id, sample, "почти отв")
    assert studio.annotation(state.run_id).question.draft == "почти отв"
    studio.answer(state.run_id, sample, "кот", "c1")
    studio.draft(state.run_id, sample, "поздний черновик")
    assert studio.undo(state.run_id, "u1").question.draft == "кот"


def test_what_an_annotator_receives_holds_no_gold(studio, task):
    state = studio.annotate("Анна", task)
    seen = [repr(asdict(state))]
    for number in range(3):
        state = studio.answer(state.run_id, state.question.sample_id, "кот", f"c{number}")
        seen.append(repr(asdict(state)))
    assert not any(MARKER in text for text in seen)


def test_an_empty_answer_is_no_answer(studio, task):
    state = studio.annotate("Анна", task)
    with pytest.raises(BadInput):
        studio.answer(state.run_id, state.question.sample_id, " \n ", "c1")


@pytest.mark.parametrize("ticket", ["", "h1121-abcdef", "угадал"])
def test_without_the_ticket_nobody_answers(studio, task, ticket):
    studio.annotate("Анна", task)
    with pytest.raises(NotAllowed):
        studio.answer(ticket or human_run(studio).id, 1, "кот", "c1")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b"])
def test_a_name_that_is_no_name_is_refused(studio, task, name):
    with pytest.raises(BadInput):
        studio.annotate(name, task)


def test_a_browser_that_annotates_sees_no_gold_of_that_task_until_it_is_done(studio, task):
    state = studio.annotate("Анна", task)
    run, viewer = human_run(studio), Viewer("owner", (state.run_id,))
    sample = state.question.sample_id
    state = studio.answer(state.run_id, sample, "кот", "c0")
    judged(studio)
    card = studio.card(run.id, sample, viewer)
    assert card.gold is None and card.gold_hidden and card.em is None and card.js is None and card.calls == ()
    assert card.cell == "unscored" and card.answer is None
    assert {row.answer for row in studio.queue(run.id, viewer=viewer).rows} == {""}
    assert {row.cell for row in studio.queue(run.id, viewer=viewer).rows} == {"unscored"}
    assert studio.queue(run.id, SampleFilter(text=MARKER), viewer=viewer).total == 0
    assert studio.queue(run.id, SampleFilter(text=MARKER)).total == 1
    with pytest.raises(NotAllowed):
        studio.queue(run.id, SampleFilter(cell="neither"), viewer=viewer)
    with pytest.raises(NotAllowed):
        studio.export(run.id, Path("x.sqlite"), viewer)
    for number in (1, 2):
        state = studio.answer(state.run_id, state.question.sample_id, "кот", f"c{number}")
    judged(studio)
    assert studio.card(run.id, sample, viewer).gold == MARKER


def test_private_gold_is_for_the_owner_only(tmp_path):
    task = write_task(tmp_path / "Private", [MARKER], access="private")
    studio = scripted_studio(tmp_path, lambda request: "кот")
    state = studio.annotate("Анна", str(task))
    run = human_run(studio)
    sample = state.question.sample_id
    assert studio.card(run.id, sample, Viewer("visitor")).gold is None
    assert studio.card(run.id, sample, Viewer("owner")).gold == MARKER
    studio.close()


def test_the_browser_that_annotates_is_not_told_how_its_answers_score(studio, tmp_path):
    """Else gold could be found by trying: answer, look at the score, take the answer back."""
    task = write_task(tmp_path / "T", ["да", "нет"])
    state = studio.annotate("Анна", str(task))
    state = studio.answer(state.run_id, state.question.sample_id, "да", "a1")
    human = judged(studio)
    here = Viewer("owner", annotating=(state.run_id,))
    assert human.em.mean == 1.0
    for viewer, told in ((Viewer("owner"), True), (here, False)):
        seen = next(run for run in studio.runs(viewer) if run.id == human.id)
        assert (seen.em.mean is not None) == told and seen.answered == 1
        counts = [confusion.counts for confusion in studio.confusions(human.id, viewer)]
        assert all((each["both"] + each["em_only"] > 0) == told for each in counts)
        live = studio.live(human.id, viewer)
        assert (live.run.em.mean is not None) == told and bool(live.scores) == told
    studio.answer(state.run_id, state.question.sample_id, "да", "a2")
    assert (
        next(run for run in studio.runs(here) if run.id == human.id).em.mean == 0.5
    )  # nothing is left to try
