"""What a studio took after it had lost the shelf is taken in: once, with its own time, never above the overlap."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.project import ProjectSpec, Submission
from studio.core.run import OWNER, Viewer
from studio.journal import FolderShelf, JournalBroken, shipping
from studio.service import Studio
from tests.support import scripted_studio, write_task


class Pair:
    """Two studios of one shelf: the `old` one is cut off from it, and the `new` one takes it over."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.task = folder, write_task(folder / "Animals", [str(n) for n in range(4)])
        self.shelf = FolderShelf(folder / "shelf")
        self.old = self.opened("old")
        spec = ProjectSpec("Базовый уровень", str(self.task), overlap=1, controls=0.0, repeats=0.0)
        self.project = self.old.organising.make(OWNER, spec)
        self.old.organising.set_state(OWNER, self.project, "open")
        self.anna = self.joined(self.old, "Анна")
        self.common = self.answer(self.old, self.anna, "до разрыва")
        assert self.old._ledger.shipper is not None and self.old._ledger.shipper.flush()
        self.new = self.opened("new")
        self.new.recover()
        until(lambda: self.new.safety is not None and self.new.safety.closed is None)
        self.new._shelf.remember(self.new._shelf.resolve((str(self.task),)))
        assert self.new.organising.bind(self.project) == 0

    def opened(self, name: str) -> Studio:
        return scripted_studio(self.folder / name, {}, shelf=str(self.folder / "shelf"))

    def joined(self, studio: Studio, name: str) -> str:
        _, secret = studio.members.invite(OWNER, self.project, "annotator")
        _, token = studio.members.redeem(secret, name, Viewer())
        found = studio.members.signed_in(token)
        assert found is not None
        return found.id

    def answer(self, studio: Studio, who: str, text: str) -> int:
        """Answers the question that waits for somebody; its number."""
        asked = studio.answering.standing(self.project, who).question
        assert asked is not None
        given = Submission(
            asked.item, asked.occasion, "answer", f"{text}-{asked.item}", text, comment="с примечанием"
        )
        studio.answering.submit(self.project, who, given)
        return asked.item

    def part(self) -> str:
        """The old one finds out that it has lost the shelf, and lays its work aside; the file's name."""
        assert self.old._ledger.shipper is not None and not self.old._ledger.shipper.flush()
        (name,) = (name for name in self.shelf.files() if name.startswith("aside-"))
        return name

    def said(self) -> dict[str, tuple[int, bool]]:
        """What was said, at which question, and whether it counts."""
        rows = self.new._store.projects.responses(self.project)
        return {each.text or each.action: (each.item, each.counts) for each in rows}

    def close(self) -> None:
        self.new.close()
        self.old.close()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds() and time.monotonic() < end:
        threading.Event().wait(0.01)
    assert holds()


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    monkeypatch.setattr(FolderShelf, "pace_s", 0.02)
    monkeypatch.setattr(shipping, "_HANDING_S", 0.1)
    made = Pair(tmp_path)
    yield made
    made.close()


def test_answers_of_a_lost_studio_are_taken_in_once_with_their_own_time(pair: Pair) -> None:
    item = pair.answer(pair.old, pair.anna, "отрезан")
    boris = pair.joined(pair.old, "Борис")
    other = pair.answer(pair.old, boris, "и он")
    name = pair.part()
    (seen,) = pair.new.adopting.files(OWNER)
    assert (seen.name, seen.answers, seen.people, seen.settled) == (name, 2, 1, False)
    assert seen.fresh < seen.records and seen.kinds["answered"] == 2, "it begins with what is here, too"
    assert set(pair.said()) == {"до разрыва"}, "looking changes nothing"

    told = pair.new.adopting.adopt(OWNER, name)
    assert told.answers == 2 and {(each.kind, each.reason) for each in told.left_out} >= {("invited", "kind")}
    assert pair.said() == {"до разрыва": (pair.common, True), "отрезан": (item, True), "и он": (other, True)}
    there = {
        each.facts["client_id"]: each
        for each in pair.old._ledger.journal.records()
        if each.kind == "answered"
    }
    here = [each for each in pair.new._ledger.journal.records() if "adopted" in each.facts]
    for record in here:
        source = there[record.facts["client_id"]]
        assert record.facts["at"] == source.at and record.body == {"comment": "с примечанием"}
        assert record.facts["adopted"] == {"file": name, "n": source.n}
    assert [each.name for each, _ in pair.new._store.people.of_project(pair.project)] == ["Анна", "Борис"]
    assert pair.new._ledger.journal.verify() == pair.new._ledger.journal.last()

    again = pair.new.adopting.adopt(OWNER, name)
    assert (again.answers, again.people, again.known) == (0, 0, 2) and len(pair.said()) == 3
    assert pair.new.adopting.files(OWNER)[0].settled
    until(lambda: pair.new.safety is not None and pair.new.safety.aside == 0)
    assert name in pair.shelf.files(), "nothing is deleted"


def test_an_answer_above_the_overlap_is_kept_and_does_not_count(pair: Pair) -> None:
    item = pair.answer(pair.old, pair.anna, "отрезан")
    vera = pair.joined(pair.new, "Вера")
    while pair.answer(pair.new, vera, "здесь") != item:
        pass
    assert pair.new.adopting.adopt(OWNER, pair.part()).answers == 1
    assert pair.said()["отрезан"] == (item, False)
    valid = pair.new._store.db.tuples(
        "SELECT MAX(valid) FROM project_items WHERE project_id = ?", (pair.project,)
    )
    assert list(valid) == [(1,)]


def test_what_was_answered_here_too_or_taken_back_there_is_left_and_told(pair: Pair) -> None:
    item = pair.answer(pair.old, pair.anna, "там")
    assert pair.answer(pair.new, pair.anna, "здесь") == item, "the same person meets the same question"
    boris = pair.joined(pair.old, "Борис")
    pair.answer(pair.old, boris, "передумал")
    pair.old.answering.undo(pair.project, boris, "назад")
    pair.old.organising.exclude(OWNER, pair.project, boris, "спешил")
    told = pair.new.adopting.adopt(OWNER, pair.part())
    left = {(each.kind, each.reason): each.n for each in told.left_out}
    assert told.answers == 0 and left["answered", "here"] == 1 and left["answered", "taken_back"] == 1
    assert left["excluded", "kind"] == 1
    assert (
        pair.said()["здесь"] == (item, True) and "там" not in pair.said() and "передумал" not in pair.said()
    )


def test_a_file_that_was_changed_is_not_taken_in(pair: Pair) -> None:
    pair.answer(pair.old, pair.anna, "отрезан")
    name = pair.part()
    path = pair.folder / "shelf" / name
    path.write_bytes(path.read_bytes().replace("отрезан".encode(), "подменён".encode()))
    with pytest.raises(JournalBroken) as broken:
        pair.new.adopting.adopt(OWNER, name)
    assert broken.value.problem.values["file"] == name and "подменён" not in pair.said()


def test_only_a_lead_may_look_and_the_file_must_be_there(pair: Pair) -> None:
    for call in (pair.new.adopting.files, lambda who: pair.new.adopting.adopt(who, "aside-1.jsonl")):
        with pytest.raises(NotAllowed):
            call(Viewer(person=pair.anna))
    with pytest.raises(BadInput, match="unknown_aside"):
        pair.new.adopting.adopt(OWNER, "aside-1.jsonl")
