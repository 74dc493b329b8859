"""Scores by prompt out of real runs: means and counts, doors, what viewers may see, and crossed runs taken apart."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.content import text_of
from studio.core.crossing import Crossing
from studio.core.engine import Request
from studio.core.errors import BadInput
from studio.core.label import NewLabel
from studio.core.run import RunSpec, SampleFilter, Viewer
from studio.engines.scripted import ScriptedEngine
from studio.service import Studio
from studio.texts.prompts_said import unseen_said
from tests.crossing import WORDS, write_prompted
from tests.support import scripted_studio, write_task
from tests.two_models import ran, studio_of


def prompt_of(request: Request) -> int:
    text = text_of(request.message)
    return next(number for number, word in enumerate(WORDS, 1) if text.startswith(word))


def item_of(request: Request) -> int:
    return int(text_of(request.message).partition("номер ")[2].partition("?")[0])


def gold_of(item: int) -> str:
    return "да" if item % 2 else "нет"


def answer(right: bool, item: int) -> str:
    return f"ОТВЕТ {gold_of(item) if right else 'может быть'}"


def steady(request: Request) -> str:
    """Right on two questions of three, whatever the prompt."""
    return answer(item_of(request) % 3 != 0, item_of(request))


def moody(request: Request) -> str:
    """Right in the first two prompts, wrong in the third."""
    return answer(prompt_of(request) != 3, item_of(request))


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = studio_of(tmp_path / "home", {"our/steady": steady, "our/moody": moody})
    yield studio
    studio.close()


def test_an_ordinary_run_is_told_by_prompt_and_every_number_is_a_door(studio: Studio, tmp_path: Path) -> None:
    run = ran(studio, "our/moody", write_prompted(tmp_path / "Things"))
    found = studio.prompts.scores(run)
    assert (found.task, found.crossed, found.hidden) == ("Things", None, ())
    assert [(each.prompt, each.samples, each.em.mean, each.js.mean) for each in found.scores] == [
        (1, 4, 1.0, 1.0), (2, 4, 1.0, 1.0), (3, 4, 0.0, 0.0),
    ]  # fmt: skip
    assert (found.total.samples, found.total.em.mean) == (12, pytest.approx(2 / 3))
    assert found.total.em == studio.scores(run)[0].em
    for each in found.scores:
        assert studio.queue(run, SampleFilter(where=each.where)).total == each.samples
        assert each.human.mean is None
    assert [(each.prompt, each.instruction.splitlines()[0]) for each in found.texts] == [
        (number, f"{WORDS[number - 1]}.") for number in (1, 2, 3)
    ]  # fmt: skip


def test_labels_of_people_stand_beside_and_change_the_number_at_once(studio: Studio, tmp_path: Path) -> None:
    run = ran(studio, "our/moody", write_prompted(tmp_path / "Things"))
    studio.prompts.scores(run)
    for row, verdict in zip(
        studio.queue(run, SampleFilter(where="prompt:3")).rows, ("right", "wrong", "unsure"), strict=False
    ):
        studio.labels.label(run, row.sample_id, NewLabel("Вера", verdict))
    third = studio.prompts.scores(run).scores[2]
    assert (third.human.mean, third.human.scored) == (0.5, 2)


def test_failed_answers_are_counted_and_never_averaged_in(tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things")
    studio = scripted_studio(tmp_path / "home", ScriptedEngine(steady, failing={3, 6}))
    run = studio.wait(studio.start(RunSpec("our/model", (str(folder),))), timeout_s=60)
    by_prompt = {each.prompt: each.em for each in studio.prompts.scores(run.id).scores}
    assert (by_prompt[3].scored, by_prompt[3].failed) == (2, 2)
    assert by_prompt[1].failed == 0
    studio.close()


def test_several_tasks_are_told_together_or_one_by_one(studio: Studio, tmp_path: Path) -> None:
    tasks = (write_prompted(tmp_path / "Things"), write_prompted(tmp_path / "Others", n=4, prompts=4))
    run = ran(studio, "our/moody", *tasks)
    together = studio.prompts.scores(run)
    assert (together.task, list(together.tasks), together.total.samples) == ("", ["Things", "Others"], 16)
    assert [each.samples for each in together.scores] == [5, 5, 5, 1]
    assert studio.prompts.scores(run, "Others").total.samples == 4
    with pytest.raises(BadInput, match="prompts_no_task"):
        studio.prompts.scores(run, "Nothing")
    with pytest.raises(BadInput, match="trial_mark"):
        studio.prompts.scores(run, mark="final")  # type: ignore[arg-type]


def test_records_without_a_prompt_stand_by_themselves(studio: Studio, tmp_path: Path) -> None:
    studio_of_plain = scripted_studio(tmp_path / "plain", lambda request: "ОТВЕТ да")
    run = studio_of_plain.wait(
        studio_of_plain.start(RunSpec("our/model", (str(write_task(tmp_path / "T", ["да", "нет"])),))), 60
    )
    (only,) = studio_of_plain.prompts.scores(run.id).scores
    assert (only.prompt, only.samples, only.where) == (None, 2, "prompt:none")
    assert studio_of_plain.queue(run.id, SampleFilter(where=only.where)).total == 2
    offer = studio_of_plain.prompts.offer(run.id, "T")
    assert offer is not None and offer.reason == "prompts"
    studio_of_plain.close()


def test_who_may_not_see_gold_is_told_nothing_of_the_task(studio: Studio, tmp_path: Path) -> None:
    hidden = write_prompted(tmp_path / "Hidden")
    file = hidden / "test.json"
    file.write_text(file.read_text("utf-8").replace('"access": "public"', '"access": "private"'), "utf-8")
    run = ran(studio, "our/moody", hidden, write_prompted(tmp_path / "Open"))
    wide = ran(studio, "our/moody", hidden, crossed=Crossing(4))
    found = studio.prompts.scores(run, viewer=Viewer("visitor"))
    assert (found.hidden, found.total.samples) == (("Hidden",), 12)
    seen = studio.prompts.scores(wide, viewer=Viewer("visitor"))
    assert (seen.hidden, seen.total.samples, seen.crossed) == (("Hidden",), 0, None)
    assert studio.prompts.scores(run).total.samples == 24


def test_a_crossed_run_is_split_into_questions_prompts_and_rest(studio: Studio, tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things")
    moods = studio.prompts.scores(ran(studio, "our/moody", folder, crossed=Crossing(12))).crossed
    assert moods is not None and moods.split is not None and moods.gap is not None
    assert [each.share for each in moods.split.parts] == [0.0, 1.0, 0.0]
    assert (moods.items, moods.left_out, moods.prompts) == (12, 0, (1, 2, 3))
    assert (moods.gap.worst, moods.gap.difference.mean) == (3, 1.0)
    assert {(each.first, each.second) for each in moods.gap.apart} == {(1, 3), (2, 3)}
    steady_one = studio.prompts.scores(ran(studio, "our/steady", folder, crossed=Crossing(12))).crossed
    assert steady_one is not None and steady_one.split is not None
    assert [each.share for each in steady_one.split.parts] == [1.0, 0.0, 0.0]
    assert steady_one.split.p == 1.0 and steady_one.gap is not None and steady_one.gap.apart == ()


def test_a_sure_gap_beside_pairs_that_cannot_differ_is_explained(studio: Studio, tmp_path: Path) -> None:
    """Of four questions the exact test gives no p below 0.125: no pair can pass Holm, whatever the answers."""
    folder = write_prompted(tmp_path / "Things")
    few = studio.prompts.scores(ran(studio, "our/moody", folder, crossed=Crossing(4))).crossed
    assert few is not None and few.gap is not None and few.gap.p < 0.05 and not few.gap.apart
    assert few.least_p == 0.125
    said = unseen_said(few, "ru")
    assert "p ниже 0,0167" in said and "на 4 вопросах оно не бывает меньше 0,125" in said
    many = studio.prompts.scores(ran(studio, "our/moody", folder, crossed=Crossing(12))).crossed
    assert many is not None and unseen_said(many, "ru") == "", "pairs differ there"
    steady_one = studio.prompts.scores(ran(studio, "our/steady", folder, crossed=Crossing(4))).crossed
    assert steady_one is not None and unseen_said(steady_one, "ru") == "", "no gap, nothing to explain"
    assert few.gap and "одним тестом" in unseen_said(replace(few, items=40), "ru")


def test_the_rows_are_sorted_and_each_cell_is_a_sample(studio: Studio, tmp_path: Path) -> None:
    run = ran(studio, "our/steady", write_prompted(tmp_path / "Things"), crossed=Crossing(12))
    found = studio.prompts.scores(run).crossed
    assert found is not None
    means = [row.mean for row in found.rows]
    assert means == sorted(means, reverse=True) == [1.0] * 8 + [0.0] * 4
    for row in found.rows:
        for sample, prompt, score in zip(row.samples, found.prompts, row.scores, strict=True):
            assert sample is not None
            card = studio.card(run, sample)
            assert (card.key, card.prompt_id) == (f"{row.item}@p{prompt}", prompt)
            assert card.em is not None and card.em.value == score


def test_a_question_that_failed_in_one_prompt_is_left_out_of_the_split_alone(tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things")
    studio = scripted_studio(tmp_path / "home", ScriptedEngine(moody, failing={2}))
    run = studio.wait(
        studio.start(RunSpec("our/model", (str(folder),), crossed=Crossing(5))), timeout_s=60
    ).id
    found = studio.prompts.scores(run)
    crossed = found.crossed
    assert crossed is not None and crossed.split is not None
    assert (crossed.items, crossed.left_out, crossed.split.items) == (5, 1, 4)
    assert sum(each.em.scored for each in found.scores) == 14
    assert sum(row.states.count("failed") for row in crossed.rows) == 1
    studio.close()


def test_models_that_change_places_are_told(studio: Studio, tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things")
    first = ran(studio, "our/steady", folder, crossed=Crossing(12))
    second = ran(studio, "our/moody", folder, crossed=Crossing(9))
    found = studio.prompts.scores(first).crossed
    assert found is not None
    (flips,) = found.flips
    assert (flips.first, flips.second, flips.items) == (first, second, 9)
    assert [each.lead > 0 for each in flips.by_prompt] == [False, False, True]
    overall = flips.difference.mean
    assert [each.flipped for each in flips.by_prompt] == [each.lead * overall < 0 for each in flips.by_prompt]
    assert [(each.name, each.places[2]) for each in found.standings] == [("our/steady", 1), ("our/moody", 2)]


def test_other_questions_are_not_set_beside(studio: Studio, tmp_path: Path) -> None:
    folder = write_prompted(tmp_path / "Things", n=40)
    first = ran(studio, "our/steady", folder, crossed=Crossing(3))
    ran(studio, "our/moody", write_prompted(tmp_path / "Others"), crossed=Crossing(3))
    found = studio.prompts.scores(first).crossed
    assert found is not None and found.flips == () and found.standings == ()


def test_the_same_model_can_be_asked_from_its_run(studio: Studio, tmp_path: Path) -> None:
    run = ran(studio, "our/moody", write_prompted(tmp_path / "Things"), limit=6, title="Первый")
    offer = studio.prompts.offer(run, "Things")
    assert offer is not None and (offer.prompts, offer.sure, offer.reason) == (10, False, "")
    wide = studio.start(studio.prompts.crossing(run, "Things", 5))
    view = studio.wait(wide, timeout_s=60)
    assert (view.model, view.planned, view.recalled) == ("our/moody", 15, view.recalled)
    assert [each.id for each in studio.prompts.crossings(run, "Things")] == [wide]
    assert studio.prompts.offer(wide, "Things") is None
    assert studio.prompts.offer(run, "Things", Viewer("visitor")) is None
    whole = ran(studio, "our/moody", tmp_path / "Things")
    sure = studio.prompts.offer(whole, "Things")
    assert sure is not None and (sure.prompts, sure.sure) == (3, True)
