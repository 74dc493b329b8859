"""A lead's overview, a reviewer's items, and who did what: out of real projects with people in them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.overseeing import SHOWN
from studio.core.project import Submission, Timing
from studio.core.run import OWNER, Viewer
from tests.service.test_organising import Place
from tests.support import write_task


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "home", write_task(tmp_path / "Animals", ["кот", "пёс", "3", "дом"]))
    yield made
    made.studio.close()


class Work:
    """A project of two answers a question in which people say what a test wants."""

    def __init__(self, place: Place) -> None:
        self.place, self.studio = place, place.studio
        self.id = place.lead.make(OWNER, place.spec(overlap=2, controls=0.0, repeats=0.0))
        place.lead.set_state(OWNER, self.id, "open")

    def join(self, name: str, role: str = "annotator") -> str:
        _, secret = self.studio.members.invite(OWNER, self.id, role)  # type: ignore[arg-type]
        _, token = self.studio.members.redeem(secret, name, Viewer())
        found = self.studio.members.signed_in(token)
        assert found is not None
        return found.id

    def say(self, who: str, said: dict[int, str], **more: object) -> None:
        """`said` by item: a text, or «-reason» for a skip."""
        for _ in range(4):
            asked = self.place.desk.standing(self.id, who).question
            if asked is None:
                return
            text = said.get(asked.item, "-other")
            skip = text.startswith("-")
            given = Submission(
                asked.item, asked.occasion, "skip" if skip else "answer", f"c{asked.item}",
                "" if skip else text, text[1:] if skip else "", timing=Timing(), **more,  # type: ignore[arg-type]
            )  # fmt: skip
            self.place.desk.submit(self.id, who, given)


@pytest.fixture
def work(place: Place) -> Work:
    """Anna and Boris differ on the first question, Boris cannot see the third."""
    made = Work(place)
    anna, boris = made.join("Анна"), made.join("Борис")
    made.say(anna, {1: "Кот.", 2: "пёс", 3: "3", 4: "дом"})
    made.say(boris, {1: "кит", 2: "Пёс", 3: "-broken", 4: "дом"}, comment="темно", flagged=True)
    made.anna, made.boris = anna, boris  # type: ignore[attr-defined]
    return made


def test_a_list_of_projects_tells_how_far_each_is(work: Work) -> None:
    (line,) = work.studio.overseeing.projects(OWNER)
    assert (line.items, line.complete, line.done, line.wanted, line.people) == (4, 3, 7, 8, 2)
    board = work.studio.boards.board(OWNER, work.id)
    assert line.alpha.value == pytest.approx(board.agreement.alpha.value) and line.alpha.low is None
    assert line.last_at is not None
    assert work.studio.overseeing.projects(Viewer(person=work.anna)) == []


def test_hard_items_come_first_and_every_way_of_looking_is_counted(work: Work) -> None:
    found = work.studio.reviewing.items(OWNER, work.id)
    assert [row.item for row in found.rows] == [1, 3, 2, 4], "answers differ; skipped for a reason; flagged"
    assert found.counts == {
        "hard": 4, "split": 1, "skipped": 1, "flagged": 4, "commented": 4, "open": 1, "decided": 0, "retired": 0,
        "all": 4,
    }  # fmt: skip
    split = work.studio.reviewing.items(OWNER, work.id, "split")
    assert [row.answers for row in split.rows] == [(("кот", 1), ("кит", 1))]
    assert split.questions[1].startswith("Что на картинке")
    assert [row.item for row in work.studio.reviewing.items(OWNER, work.id, "all", answers=1).rows] == [3]


@pytest.mark.parametrize("shown", SHOWN)
def test_each_way_of_looking_shows_as_many_as_it_counts(work: Work, shown: str) -> None:
    work.place.lead.adjudicate(OWNER, work.id, 1, "кот")
    work.place.lead.retire(OWNER, work.id, 3)
    found = work.studio.reviewing.items(OWNER, work.id, shown)  # type: ignore[arg-type]
    assert found.total == found.counts[shown] == len(found.rows)  # type: ignore[index]


def test_one_item_is_told_with_all_that_was_said_of_it_and_its_neighbours(work: Work) -> None:
    view = work.studio.reviewing.item(OWNER, work.id, 3, "all")
    assert (view.before, view.after, view.place, view.total) == (2, 4, 3, 4)
    assert [(each.name, each.action, each.text, each.reason) for each in view.said] == [
        ("Анна", "answer", "3", ""),
        ("Борис", "skip", "", "broken"),
    ]
    assert view.gold == "3" and view.media and view.said[1].flagged and view.said[1].comment == "темно"
    first = work.studio.reviewing.item(OWNER, work.id, 1)
    assert first.written == {"кот": "Кот.", "кит": "кит"}
    with pytest.raises(BadInput, match="unknown_item"):
        work.studio.reviewing.item(OWNER, work.id, 99)


def test_a_reviewer_sees_answers_by_number_and_an_annotator_sees_none(work: Work) -> None:
    reviewer = Viewer(person=work.join("Рина", "reviewer"))
    view = work.studio.reviewing.item(reviewer, work.id, 1)
    assert [(each.number, each.name) for each in view.said] == [(1, ""), (2, "")]
    assert [each.name for each in work.studio.boards.board(reviewer, work.id).people] == ["", "", ""]
    assert [each.name for each in work.studio.boards.lately(reviewer, work.id).people] == ["", "", ""]
    assert work.studio.boards.lately(OWNER, work.id).people[0].name == "Анна"
    for viewer in (Viewer(), Viewer(person=work.anna)):
        for act in (
            lambda viewer=viewer: work.studio.reviewing.items(viewer, work.id),
            lambda viewer=viewer: work.studio.reviewing.item(viewer, work.id, 1),
            lambda viewer=viewer: work.studio.reviewing.answers(viewer, work.id),
            lambda viewer=viewer: work.studio.overseeing.runs(viewer, work.id),
            lambda viewer=viewer: work.studio.boards.lately(viewer, work.id),
            lambda viewer=viewer: work.studio.audit.lines(viewer, work.id),
            lambda viewer=viewer: work.studio.audit.verified(viewer, work.id),
            lambda viewer=viewer: work.studio.overseeing.versions(viewer, work.id),
            lambda viewer=viewer: work.studio.organising.categories(viewer, work.place.task),
        ):
            with pytest.raises(NotAllowed, match="no_role"):
                act()


def test_a_board_is_made_anew_only_when_something_has_happened(work: Work) -> None:
    first = work.studio.boards.lately(OWNER, work.id)
    assert work.studio.boards.lately(OWNER, work.id).people is first.people
    work.place.lead.exclude(OWNER, work.id, work.boris, "спешит")
    assert work.studio.boards.lately(OWNER, work.id, exact=True).people[1].excluded_at is not None
    work.place.lead.readmit(OWNER, work.id, work.boris)
    work.place.lead.exclude(OWNER, work.id, work.boris, "спешит")
    made = work.studio.boards._made[work.id]
    work.studio.boards._made[work.id] = replace(made, until=0.0)
    assert work.studio.boards.lately(OWNER, work.id).people[1].excluded_at is not None


def test_the_history_tells_what_was_before_and_after(work: Work) -> None:
    lead = work.place.lead
    lead.instruct(OWNER, work.id, "Раз")
    lead.instruct(OWNER, work.id, "Два")
    lead.change(OWNER, work.id, replace(lead.project(OWNER, work.id).spec, overlap=3))
    lead.adjudicate(OWNER, work.id, 1, "кот")
    lead.adjudicate(OWNER, work.id, 1, None)
    lead.exclude(OWNER, work.id, work.boris, "спешит")
    found = work.studio.audit.lines(OWNER, work.id, limit=200)
    changes = {(line.deed.kind, *line.changes) for line in found.lines if line.changes}
    assert ("instructed", ("text", "Раз", "Два")) in changes
    assert ("project_changed", ("overlap", 2, 3)) in changes
    assert ("project_changed", ("state", "draft", "open")) in changes
    assert ("adjudicated", ("answer", "кот", None)) in changes
    assert ("excluded", ("excluded", False, True)) in changes
    assert found.kinds["answered"] == 7 and not any(line.deed.kind == "answered" for line in found.lines)
    assert [line.deed.n for line in found.lines] == sorted(
        (line.deed.n for line in found.lines), reverse=True
    )
    page = work.studio.audit.lines(OWNER, work.id, offset=2, limit=3)
    assert (page.lines, page.total, page.offset) == (found.lines[2:5], found.total, 2)
    boris = work.studio.audit.lines(OWNER, work.id, person=work.boris, daily=True, limit=200)
    assert {line.deed.kind for line in boris.lines} >= {
        "joined",
        "answered",
        "skipped",
        "excluded",
        "role_given",
    }


def test_the_page_and_the_command_read_the_same_records(work: Work) -> None:
    work.studio.members.invite(OWNER, work.id, "annotator", note="для второй смены")
    lines = work.studio.audit.lines(OWNER, work.id, daily=True, limit=200).lines
    shown = {line.deed.n: line.deed for line in lines if line.deed.project == work.id}
    assert shown == {deed.n: deed for deed in work.studio.audit.deeds(OWNER, work.id, limit=200)}
    invited = next(deed for deed in shown.values() if deed.body == {"note": "для второй смены"})
    assert invited.kind == "invited" and "secret" not in invited.facts


def test_what_was_erased_is_seen_to_be_erased_and_the_chain_holds(work: Work) -> None:
    before = work.studio.audit.verified(OWNER, work.id)
    work.studio.members.erase(OWNER, work.boris)
    found = work.studio.audit.lines(OWNER, work.id, person=work.boris, daily=True, limit=200)
    skipped = next(line for line in found.lines if line.deed.kind == "skipped")
    assert skipped.deed.body is None and skipped.deed.name == ""
    after = work.studio.audit.verified(OWNER, work.id)
    assert (after.records, after.broken) == (before.records + 1, None)


def test_a_damaged_journal_is_told_with_the_place(work: Work) -> None:
    (path, *_) = work.studio._ledger.journal.segments()
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"facts":{', b'"facts":{"a":1,')
    path.write_bytes(b"".join(lines))
    found = work.studio.audit.verified(OWNER, work.id)
    assert (found.records, found.broken) == (2, 3)


def test_versions_of_the_instructions_tell_how_many_answered_under_them(work: Work) -> None:
    work.place.lead.instruct(OWNER, work.id, "Раз")
    clara = work.join("Клара")
    work.say(clara, {3: "3"})
    (version,) = work.studio.overseeing.versions(OWNER, work.id)
    assert (version.version, version.text, version.answers) == (1, "Раз", 1)


def test_a_task_can_be_drawn_by_categories_that_divide_it(work: Work) -> None:
    assert work.place.lead.categories(OWNER, work.place.task) == {"kind": 2}
