"""A lead's desk: what a project would ask is shown before it is made; nobody else can touch it."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.project import ProjectSpec, Submission
from studio.core.run import OWNER, Viewer
from studio.texts import describe
from tests.support import scripted_studio, write_task


class Place:
    """A studio and its lead."""

    def __init__(self, home: Path, task: Path) -> None:
        self.home, self.task = home, str(task)
        self.studio = scripted_studio(home, {})
        self.store, self.journal = self.studio._store, self.studio._ledger.journal
        self.members, self.lead, self.desk = (
            self.studio.members,
            self.studio.organising,
            self.studio.answering,
        )

    def spec(self, **rest: object) -> ProjectSpec:
        return replace(ProjectSpec("Базовый уровень", self.task, overlap=2), **rest)  # type: ignore[arg-type]

    def person(self, project: str, name: str = "Аня") -> str:
        _, secret = self.members.invite(OWNER, project, "annotator")
        _, token = self.members.redeem(secret, name, Viewer())
        found = self.members.signed_in(token)
        assert found is not None
        return found.id

    def answer(self, project: str, who: str, text: str) -> None:
        asked = self.desk.standing(project, who).question
        assert asked is not None
        given = Submission(asked.item, asked.occasion, "answer", f"{asked.item}-{asked.occasion}", text)
        self.desk.submit(project, who, given)


@pytest.fixture
def task(tmp_path: Path) -> Path:
    return write_task(tmp_path / "Animals", [str(n) for n in range(100)])


@pytest.fixture
def place(tmp_path: Path, task: Path) -> Iterator[Place]:
    made = Place(tmp_path / "home", task)
    yield made
    made.studio.close()


def test_a_plan_tells_what_would_be_asked_and_making_it_asks_just_that(place: Place) -> None:
    plan = place.lead.plan(OWNER, place.spec(controls=0.1, training=3), size=40, stratify="kind")
    assert plan.by_purpose == {"work": 40, "control": 4, "training": 3} and plan.answers == 80
    assert plan.by_stratum == {"нечётный": (20, 50), "чётный": (20, 50)} and plan.controls_outside == 4
    project = place.lead.make(OWNER, place.spec(controls=0.1, training=3), size=40, stratify="kind")
    assert tuple(place.lead.items(OWNER, project)) == plan.items
    told = place.lead.project(OWNER, project)
    assert (told.state, told.unbound, told.spec.task) == ("draft", 0, "Animals")


def test_a_whole_task_has_its_controls_among_its_own_items(place: Place) -> None:
    plan = place.lead.plan(OWNER, place.spec(training=2))
    assert plan.by_purpose == {"work": 95, "control": 5} and plan.answers == 200
    assert plan.controls_outside == 0 and plan.training_short == 2


def test_a_project_is_opened_paused_and_closed(place: Place) -> None:
    project = place.lead.make(OWNER, place.spec(), size=5)
    who = place.person(project)
    reasons = []
    for state in ("open", "paused", "open", "closed"):
        place.lead.set_state(OWNER, project, state)  # type: ignore[arg-type]
        nothing = place.desk.standing(project, who).nothing
        reasons.append(nothing.reason if nothing else None)
    assert reasons == [None, "paused", None, "closed"]


def test_more_answers_can_be_asked_for_while_people_work(place: Place) -> None:
    project = place.lead.make(OWNER, place.spec(overlap=1, controls=0.0), size=1)
    place.lead.set_state(OWNER, project, "open")
    first, second = place.person(project), place.person(project, "Боря")
    asked = place.desk.standing(project, first).question
    assert asked is not None
    place.desk.submit(project, first, Submission(asked.item, 1, "answer", "c", "7"))
    assert place.desk.standing(project, second).question is None
    place.lead.change(OWNER, project, replace(place.lead.project(OWNER, project).spec, overlap=2))
    assert place.desk.standing(project, second).question is not None
    with pytest.raises(BadInput, match="project_fixed"):
        place.lead.change(OWNER, project, replace(place.spec(), task="другая"))


def test_answers_say_under_which_instructions_they_were_given(place: Place) -> None:
    project = place.lead.make(OWNER, place.spec(controls=0.0), size=3)
    place.lead.set_state(OWNER, project, "open")
    who = place.person(project)
    assert place.lead.instruct(OWNER, project, "Отвечайте одним словом.") == 1
    assert place.lead.instruct(OWNER, project, "Отвечайте одним словом.") == 1, (
        "the same words are no new version"
    )
    for n in range(2):
        asked = place.desk.standing(project, who).question
        assert asked is not None
        place.desk.submit(project, who, Submission(asked.item, 1, "answer", f"c{n}", "7"))
        place.lead.instruct(OWNER, project, f"Версия {n + 2}")
    rows = place.store.db.rows("SELECT instructions FROM responses ORDER BY n")
    assert [row["instructions"] for row in rows] == [1, 2]


def test_exclusion_and_its_undoing_are_in_the_journal_with_who_did_them(place: Place) -> None:
    project = place.lead.make(OWNER, place.spec(), size=3)
    who = place.person(project)
    for _ in range(2):
        place.lead.exclude(OWNER, project, who, "слишком быстро")
        place.lead.readmit(OWNER, project, who)
    place.lead.exclude(OWNER, project, who, "")
    place.lead.exclude(OWNER, project, who, "")
    kinds = Counter(each.kind for each in place.journal.records() if each.kind in {"excluded", "readmitted"})
    assert kinds == {"excluded": 3, "readmitted": 2}
    assert {each.actor for each in place.journal.records() if each.kind == "excluded"} == {"owner"}


def test_nobody_else_may_organise(place: Place) -> None:
    project = place.lead.make(OWNER, place.spec(), size=3)
    annotator = Viewer(person=place.person(project))
    for viewer in (Viewer(), annotator):
        for act in (
            lambda viewer=viewer: place.lead.plan(viewer, place.spec()),
            lambda viewer=viewer: place.lead.make(viewer, place.spec()),
            lambda viewer=viewer: place.lead.project(viewer, project),
            lambda viewer=viewer: place.lead.items(viewer, project),
            lambda viewer=viewer: place.lead.set_state(viewer, project, "open"),
            lambda viewer=viewer: place.lead.change(viewer, project, place.spec()),
            lambda viewer=viewer: place.lead.instruct(viewer, project, "текст"),
            lambda viewer=viewer: place.lead.exclude(viewer, project, annotator.person, ""),
            lambda viewer=viewer: place.lead.readmit(viewer, project, annotator.person),
            lambda viewer=viewer: place.lead.retire(viewer, project, 1),
        ):
            with pytest.raises(NotAllowed, match="no_role"):
                act()
        assert place.lead.projects(viewer) == []
    assert [each.id for each in place.lead.projects(OWNER)] == [project]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"title": " "}, "title"),
        ({"overlap": 0}, "overlap"),
        ({"controls": 0.9}, "controls"),
        ({"pass_mark": 2}, "pass_mark"),
        ({"lease_s": 1}, "lease_s"),
        ({"item_limit_s": 1}, "item_limit_s"),
        ({"opens_at": 5.0, "closes_at": 4.0}, "closes_at"),
    ],
)
def test_settings_that_cannot_be_are_named(place: Place, change: dict[str, object], name: str) -> None:
    with pytest.raises(BadInput) as refused:
        place.lead.make(OWNER, place.spec(**change))
    assert refused.value.problem.values["name"] == name


def test_a_lost_database_is_made_anew_and_finds_its_questions_again(place: Place, task: Path) -> None:
    project = place.lead.make(OWNER, place.spec(), size=10)
    place.lead.set_state(OWNER, project, "open")
    who = place.person(project)
    assert place.desk.standing(project, who).question is not None
    place.studio.close()
    for path in place.home.glob("studio.sqlite*"):
        path.unlink()
    again = Place(place.home, task)
    again.lead._shelf.remember(again.studio.find_tasks([str(task)]))
    assert again.lead.project(OWNER, project).unbound == 10 + sum(
        not item.scored for item in again.lead.items(OWNER, project)
    )
    assert again.lead.bind(project) == 0
    assert again.desk.standing(project, who).question is not None
    again.studio.close()


def test_the_journal_says_of_every_change_how_it_was_before(place: Place) -> None:
    project = place.lead.make(OWNER, place.spec(controls=0.0), size=3)
    who = place.person(project)
    place.lead.set_state(OWNER, project, "open")
    place.lead.change(
        OWNER, project, replace(place.lead.project(OWNER, project).spec, overlap=3, lease_s=600.0)
    )
    place.lead.instruct(OWNER, project, "Читайте внимательно.")
    for _ in range(2):
        place.lead.exclude(OWNER, project, who, "спешил")
        place.lead.readmit(OWNER, project, who)
    for retired in (True, False):
        place.lead.retire(OWNER, project, 1, retired=retired)
    for text in ("7", "8", None):
        place.lead.adjudicate(OWNER, project, 2, text)
    for role in ("reviewer", "visitor"):
        place.members.give(OWNER, project, who, role)  # type: ignore[arg-type]
    made, _ = place.members.invite(OWNER, project, "annotator")
    place.members.revoke(OWNER, project, made.id)
    said: dict[str, list[object]] = {}
    for record in place.journal.records():
        if "before" in record.facts:
            said.setdefault(record.kind, []).append(record.facts["before"])
    excluded = [each.at for each in place.journal.records() if each.kind == "excluded"]
    assert said == {
        "role_given": [{"role": "visitor"}, {"role": "annotator"}, {"role": "reviewer"}],
        "project_changed": [{"state": "draft"}, {"spec": {"overlap": 2, "lease_s": 1800.0}}],
        "instructed": [{"version": 0}],
        "excluded": [{"excluded_at": None}] * 2,
        "readmitted": [{"excluded_at": at} for at in excluded],
        "item_retired": [{"retired": False}, {"retired": True}],
        "adjudicated": [{"text": None}, {"text": "7"}, {"text": "8"}],
        "invitation_revoked": [{"revoked_at": None, "used": 0}],
    }
    rest = {each.kind for each in place.journal.records()} - said.keys()
    assert rest == {"project_made", "invited", "joined", "signed_in", "invitation_used"}, "these only add"


def test_a_folder_of_ones_own_is_found_again_on_an_empty_disk_or_named_from_elsewhere(
    place: Place, task: Path, tmp_path: Path
) -> None:
    """Only the journal is left; the task's name alone leads nowhere."""
    project = place.lead.make(OWNER, place.spec(controls=0.0), size=5)
    place.studio.close()
    shutil.copytree(place.home / "journal", tmp_path / "second" / "journal")
    again = Place(tmp_path / "second", task)
    assert again.lead.project(OWNER, project).unbound == 5 and again.lead.bind(project) == 0
    again.studio.close()

    task.rename(tmp_path / "moved")
    shutil.copytree(place.home / "journal", tmp_path / "third" / "journal")
    third = Place(tmp_path / "third", task)
    with pytest.raises(BadInput, match="project_folder_missing") as lost:
        third.lead.set_state(OWNER, project, "open")
    assert str(task) in describe(lost.value) and f"project bind {project} --task" in describe(lost.value)
    other = write_task(tmp_path / "Other", ["1"])
    with pytest.raises(BadInput, match="project_other_task"):
        third.lead.bind_from(OWNER, project, str(other))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "moved").rename(tmp_path / "elsewhere" / "Animals")
    assert third.lead.bind_from(OWNER, project, str(tmp_path / "elsewhere" / "Animals")) == 0
    third.lead.set_state(OWNER, project, "open")
    third.studio.close()

    shutil.copytree(tmp_path / "third" / "journal", tmp_path / "fourth" / "journal")
    fourth = Place(tmp_path / "fourth", task)
    assert fourth.lead.bind(project) == 0, "the new place is kept, too"
    fourth.studio.close()
