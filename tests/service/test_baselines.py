"""People as a model: their answers become runs like any other, and a tie is no wrong answer."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.people_run import PeopleRun
from studio.core.run import OWNER, Resumption, SampleFilter, Viewer
from studio.texts.run_names import made_of, name_of
from tests.service.test_organising import Place
from tests.support import write_task

GOLD = ["кот", "пёс", "3", "дом"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "home", write_task(tmp_path / "Animals", GOLD))
    yield made
    made.studio.close()


def project_of(place: Place, *answers: list[str], **spec: object) -> tuple[str, list[str]]:
    """A project in which each person answers each item; `answers` are those of each person by item."""
    project = place.lead.make(OWNER, place.spec(overlap=len(answers), controls=0.0, repeats=0.0, **spec))
    place.lead.set_state(OWNER, project, "open")
    people = [place.person(project, f"Имя{n}") for n in range(len(answers))]
    for who, said in zip(people, answers, strict=True):
        for _ in said:
            asked = place.desk.standing(project, who).question
            assert asked is not None
            if said[asked.item - 1] == "—":
                from studio.core.project import Submission

                place.desk.submit(
                    project, who, Submission(asked.item, 1, "skip", f"s{asked.item}", reason="unknown")
                )
            else:
                place.answer(project, who, said[asked.item - 1])
    return project, people


def test_all_of_them_one_of_them_and_each_of_them_are_runs(place: Place) -> None:
    project, _ = project_of(
        place, ["кот", "пёс", "3", "дом"], ["Кот.", "пёс", "4", "дом"], ["кит", "пес", "3", "сад"]
    )
    made = place.studio.baselines.make_runs(OWNER, project, judge="auto")
    runs = {run.id: run for run in place.studio.runs()}
    assert [runs[each].model for each in made] == [
        "people:majority", "people:drawn", "person:1", "person:2", "person:3",
    ]  # fmt: skip
    for each in made:
        place.studio._scorer.drain(each)
    whole = place.studio.run(made[0])
    assert (whole.kind, whole.state, whole.em.mean, whole.js.mean) == ("human", "done", 1.0, 1.0)
    assert [place.studio.run(each).em.mean for each in made[2:]] == [1.0, 0.75, 0.5]
    assert place.studio.run(made[1]).em.scored == 4


def test_no_run_tells_who_the_people_are(place: Place) -> None:
    project, people = project_of(place, ["кот"] * 4, ["пёс"] * 4)
    made = place.studio.baselines.make_runs(OWNER, project)
    told = repr([place.studio.run(each) for each in made])
    assert "Имя" not in told and not any(person in told for person in people)


def test_runs_are_called_by_who_answered_and_say_what_they_are_made_of(place: Place) -> None:
    project, _ = project_of(place, ["кот", "пёс", "3", "—"], ["кот", "пёс", "4", "—"], ["кот", "—", "3", "—"])
    runs = [place.studio.run(each) for each in place.studio.baselines.make_runs(OWNER, project)]
    assert [name_of(run, "ru") for run in runs] == [
        "Люди: большинство голосов · Базовый уровень", "Один из людей · Базовый уровень",
        "Человек 1 · Базовый уровень", "Человек 2 · Базовый уровень", "Человек 3 · Базовый уровень",
    ]  # fmt: skip
    assert name_of(runs[0], "en") == "People: majority vote · Базовый уровень"
    told = [PeopleRun.of(run.resolved) for run in runs]
    assert all(told) and [each.silent for each in told if each] == [1, 1, 1, 1, 2]
    assert told[0] is not None and told[0].rest is not None and told[0].rest.scored == 3
    assert "3\N{NO-BREAK SPACE}человека; перекрытие 3" in made_of(told[0], "ru")
    assert made_of(told[0], "ru").endswith("без ответа: 1")


def test_what_a_person_passed_over_is_counted_with_its_reason_and_is_no_zero(place: Place) -> None:
    project, _ = project_of(place, ["кот", "—", "3", "дом"], ["кот", "пёс", "3", "дом"])
    together, drawn, first, _ = place.studio.baselines.make_runs(OWNER, project)
    view = place.studio.run(first)
    assert (view.planned, view.answered, view.failed, view.em.mean, view.em.scored) == (4, 3, 1, 1.0, 3)
    queue = place.studio.queue(first, SampleFilter(cell="failed"), viewer=OWNER)
    card = place.studio.card(first, queue.rows[0].sample_id, viewer=OWNER)
    assert card.problem is not None and card.problem.code == "people_skipped_unknown"
    assert (place.studio.run(together).failed, place.studio.run(drawn).failed) == (0, 1)


def test_people_are_judged_later_like_anybody(place: Place) -> None:
    project, _ = project_of(place, ["кот", "пёс", "3", "—"], ["кот", "пёс", "3", "дом"])
    run = place.studio.baselines.make_runs(OWNER, project)[2]
    before = place.studio.run(run)
    assert before.lacks_judge and before.resumable and before.unjudged == 3
    place.studio.resume(run, OWNER, Resumption(judge="auto"))
    after = place.studio.wait(run, timeout_s=30)
    assert (after.state, after.js.scored, after.js.failed, after.resumable) == ("done", 3, 1, False)


def test_a_tie_is_a_failure_with_its_reason_and_so_is_what_nobody_answered(place: Place) -> None:
    project, _ = project_of(place, ["кот", "пёс", "3", "—"], ["кит", "пёс", "3", "—"])
    found = place.studio.baselines.baseline(OWNER, project)
    assert found.counts == {"tied": 1, "votes": 2, "unanswered": 1} and found.low == pytest.approx(1 / 3)
    run = place.studio.baselines.make_runs(OWNER, project)[0]
    view = place.studio.run(run)
    assert (view.em.mean, view.em.scored, view.em.failed) == (1.0, 2, 2)
    queue = place.studio.queue(run, SampleFilter(cell="failed"), viewer=OWNER)
    problems = [place.studio.card(run, row.sample_id, viewer=OWNER).problem for row in queue.rows]
    assert [each.code for each in problems if each] == ["people_tied", "people_silent"]


def test_questions_about_one_picture_are_no_more_sure_of_one_against_the_others_than_one(
    tmp_path: Path,
) -> None:
    task = write_task(tmp_path / "Animals", GOLD)
    picture, *others = sorted((task / "samples").iterdir())
    for other in others:
        shutil.copy(picture, other)
    place = Place(tmp_path / "home", task)
    project, _ = project_of(place, GOLD, GOLD, ["кит", *GOLD[1:]])
    rest = place.studio.baselines.baseline(OWNER, project).rest
    place.studio.close()
    assert (rest.scored, rest.low, rest.high) == (4, 0.0, 1.0)


def test_what_an_exclusion_would_do_is_the_baseline_as_it_is_and_without_the_person(place: Place) -> None:
    project, people = project_of(
        place, ["кот", "пёс", "3", "дом"], ["кит", "пёс", "4", "—"], ["кот", "пёс", "4", "сад"]
    )
    baselines = place.studio.baselines
    found = baselines.exclusion(OWNER, project, people[0])
    assert found.before == baselines.baseline(OWNER, project)
    assert found.after == baselines.baseline(OWNER, project, without=[people[0]]) != found.before
    exactness = baselines.evidence(OWNER, project, method="majority").exactness
    for baseline, em in ((found.before, found.em_before), (found.after, found.em_after)):
        right = [exactness(each.item, each.text) for each in baseline.items if each.text is not None]
        assert em.mean == pytest.approx(sum(each or 0.0 for each in right) / len(right))


def test_an_expert_has_the_last_word_and_can_take_it_back(place: Place) -> None:
    project, _ = project_of(place, ["кот", "пёс", "3", "дом"], ["кит", "пёс", "3", "дом"])
    place.lead.adjudicate(OWNER, project, 1, "кот")
    first = place.studio.baselines.baseline(OWNER, project).items[0]
    assert (first.decided, first.text) == ("expert", "кот")
    place.lead.adjudicate(OWNER, project, 1, None)
    assert place.studio.baselines.baseline(OWNER, project).items[0].decided == "tied"


def test_what_excluding_somebody_would_do_is_seen_before_it_is_done(place: Place) -> None:
    project, people = project_of(
        place, ["кот", "пёс", "3", "дом"], ["х", "х", "х", "х"], ["х", "х", "х", "х"]
    )
    now = place.studio.baselines.baseline(OWNER, project)
    then = place.studio.baselines.baseline(OWNER, project, without=people[1:])
    assert [each.text for each in now.items] == ["х"] * 4 and [each.text for each in then.items] == GOLD
    assert place.studio.baselines.baseline(OWNER, project) == now, "looking changes nothing"


def test_a_retired_item_is_in_no_baseline(place: Place) -> None:
    project, _ = project_of(place, GOLD, GOLD)
    place.lead.retire(OWNER, project, 2)
    assert [each.item for each in place.studio.baselines.baseline(OWNER, project).items] == [1, 3, 4]


def test_skill_is_what_people_did_on_controls(place: Place, tmp_path: Path) -> None:
    task = write_task(tmp_path / "Many", [str(n) for n in range(40)])
    place.task = str(task)
    project = place.lead.make(OWNER, place.spec(overlap=2, controls=0.25, repeats=0.0))
    place.lead.set_state(OWNER, project, "open")
    good, bad = place.person(project), place.person(project, "Боря")
    for _ in range(40):
        for who in (good, bad):
            asked = place.desk.standing(project, who).question
            if asked is not None:
                gold = str(asked.item - 1)
                place.answer(project, who, gold if who == good else "мимо")
    skills = {each.person: each for each in place.studio.baselines.skills(project)}
    assert skills[good].controls == skills[good].right > 2 and skills[bad].right == 0 < skills[bad].controls
    assert skills[bad].weight < 0.5 < skills[good].weight
    found = place.studio.baselines.baseline(OWNER, project)
    assert found.counts == {"skill": 40}, "every tie goes to the one who knows the controls"


def test_a_baseline_is_for_leads_and_needs_answers(place: Place) -> None:
    project, people = project_of(place, ["—"] * 4)
    for viewer in (Viewer(), Viewer(person=people[0])):
        with pytest.raises(NotAllowed, match="no_role"):
            place.studio.baselines.baseline(viewer, project)
        with pytest.raises(NotAllowed, match="no_role"):
            place.studio.baselines.make_runs(viewer, project)
    with pytest.raises(BadInput, match="baseline_empty"):
        place.studio.baselines.make_runs(OWNER, project)
    with pytest.raises(BadInput, match="baseline_free_answers"):
        place.studio.baselines.baseline(OWNER, project, method="dawid_skene")


def test_training_is_no_vote(place: Place, tmp_path: Path) -> None:
    """There people are told what is right: it says nothing of how they agree."""
    place.task = str(write_task(tmp_path / "Many", [str(n) for n in range(12)]))
    spec = place.spec(overlap=2, controls=0.0, repeats=0.0, training=3, pass_mark=0.0)
    project = place.lead.make(OWNER, spec, size=4)
    place.lead.set_state(OWNER, project, "open")
    for who in (place.person(project), place.person(project, "Боря")):
        while place.desk.standing(project, who).question is not None:
            place.answer(project, who, "да")
    for found in (
        place.studio.baselines.baseline(OWNER, project),
        place.studio.baselines.baseline(OWNER, project, without=["p0"]),
    ):
        assert (found.agreement.items, found.agreement.votes, found.answered) == (4, 8, 4)
    board = place.studio.boards.board(OWNER, project)
    assert board.agreement.votes == 8 and [each.counted for each in board.people] == [4, 4]


def test_what_an_exclusion_would_do_is_told_by_the_baselines_before_and_after_it(place: Place) -> None:
    project, people = project_of(
        place, ["кот", "пёс", "3", "дом"], ["Кот.", "пёс", "4", "сад"], ["х", "пёс", "3", "сад"]
    )
    effect = place.studio.baselines.exclusion(OWNER, project, people[0])
    assert effect.before == place.studio.baselines.baseline(OWNER, project)
    assert effect.after == place.studio.baselines.baseline(OWNER, project, without=people[:1])
    place.lead.exclude(OWNER, project, people[0], "проверка")
    assert place.studio.baselines.baseline(OWNER, project) == effect.after
    assert (effect.em_before.scored, effect.em_before.mean) == (4, 0.75)
    assert [each.estimate.scored for each in effect.before.skills] == [0, 0, 0]
