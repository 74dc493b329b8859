"""Somebody's data are erased on request: gone from every byte, while everything worked out of his answers stays."""

import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from studio.core.judge import NO_JUDGE
from studio.core.project import ProjectSpec, Submission
from studio.core.run import OWNER, Viewer
from studio.journal import FolderShelf, Journal, Shipper
from studio.service import Studio
from tests.support import scripted_studio, write_task

MARK = "Неповторимая"
WORDS = ["кот", "пёс", "7", "лиса"]


class Place:
    """A project of thirty questions, answered by four; one of them will go. Wherever she or somebody else wrote what
    may tell who she is, `MARK` stands in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.shelf = folder, folder / "shelf"
        write_task(folder / "data" / "demo" / "Animals", ["кот"] * 30)
        self.studio = self.opened("home")
        lead = self.studio.organising
        self.project = lead.make(OWNER, ProjectSpec("Звери", "Animals", overlap=3, controls=0.1))
        lead.set_state(OWNER, self.project, "open")
        self.people = [self.joined(f"Человек {n}") for n in range(3)]
        self.gone = self.joined(MARK, note=f"для неё: {MARK}")
        self.work(random.Random(4))

    def opened(self, home: str) -> Studio:
        return scripted_studio(self.folder / home, {}, shelf=str(self.shelf), data=self.folder / "data")

    def joined(self, name: str, note: str = "") -> str:
        _, secret = self.studio.members.invite(OWNER, self.project, "annotator", note=note)
        _, token = self.studio.members.redeem(secret, name, Viewer())
        found = self.studio.members.signed_in(token)
        assert found is not None
        return found.id

    def work(self, rng: random.Random) -> None:
        desk, typed = self.studio.answering, 0
        for n in range(20):
            for who in [*self.people, self.gone]:
                asked = desk.standing(self.project, who).question
                if asked is None:
                    continue
                comment = f"{MARK} {'пишет ' * rng.choice([0, 5, 150, 320])}" if who == self.gone else "ясно"
                if who == self.gone:  # as a page keeps what is typed, again and again
                    for part in range(3):
                        cut = comment[: (part + 1) * len(comment) // 3]
                        desk.draft(self.project, who, asked.item, asked.occasion, "к", MARK + cut[:1500])
                        typed += 1
                given = Submission(
                    asked.item, asked.occasion, "answer", f"{n}", rng.choice(WORDS), comment=comment
                )
                desk.submit(self.project, who, given)
                if who == self.gone and n % 10 == 3:
                    desk.undo(self.project, who, f"назад {n}")
        assert typed > 30
        lead = self.studio.organising
        lead.exclude(OWNER, self.project, self.gone, f"{MARK} спешила")
        lead.readmit(OWNER, self.project, self.gone)
        lead.exclude(OWNER, self.project, self.people[0], "спешил")

    def results(self, studio: Studio) -> dict[str, Any]:
        """Everything that is worked out of answers, without names."""
        baseline = studio.baselines.baseline(OWNER, self.project)
        runs = [asdict(run) for run in studio.runs()]
        board = studio.boards.board(OWNER, self.project)
        return {
            "baseline": asdict(baseline),
            "glad": asdict(studio.baselines.baseline(OWNER, self.project, method="glad")),
            "runs": runs,
            "agreement": asdict(board.agreement),
            "hard": [asdict(each) for each in board.hard],
            "people": [{**asdict(each), "name": "", "reason": ""} for each in board.people],
        }


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.studio.close()


def holding(folder: Path) -> list[str]:
    """Files under a folder with the mark in any of their bytes."""
    marks = (MARK.encode(), MARK.encode("utf-16-le"), MARK.encode("utf-16-be"), MARK.casefold().encode())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path.relative_to(folder)) for path in files if any(m in path.read_bytes() for m in marks)]


def unnamed(runs: Any) -> Any:
    """Runs as values, without whose they are."""
    if isinstance(runs, dict):
        return {key: "" if key in {"name", "person"} else unnamed(value) for key, value in runs.items()}
    if isinstance(runs, list | tuple):
        return [unnamed(each) for each in runs]
    return runs.replace(MARK, "person:4") if isinstance(runs, str) else runs


def test_names_and_comments_are_in_no_byte_and_no_result_has_changed(place: Place, tmp_path: Path) -> None:
    studio = place.studio
    studio.baselines.make_runs(OWNER, place.project, judge=NO_JUDGE)
    studio.baselines.run_of(place.project, place.gone, MARK, judge=NO_JUDGE)
    shipper = studio._ledger.shipper
    assert shipper is not None and shipper.flush()
    before = place.results(studio)
    before["runs"] = unnamed(before["runs"])  # one of them went by her name
    there = holding(tmp_path)
    assert {Path(name).parts[0] for name in there} == {"home", "shelf"}

    assert studio.members.erase(OWNER, place.gone) > 18
    assert shipper.flush()
    assert holding(tmp_path) == []
    after = place.results(studio)
    assert {**after, "runs": unnamed(after["runs"])} == before
    studio.close()

    (tmp_path / "home").rename(tmp_path / "old")
    again = place.opened("home")  # out of the shelf alone
    again.organising.bind_all()
    found = place.results(again)
    assert {**found, "runs": before["runs"]} == before, "runs are not kept in the journal"
    assert {**found["baseline"]} == before["baseline"] and holding(tmp_path) == []
    again.close()


def test_an_erasure_that_was_killed_in_the_middle_is_finished_at_the_next_start(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipper = place.studio._ledger.shipper
    assert shipper is not None and shipper.flush()

    class Killed(BaseException):
        pass

    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "erase", kill)
        with pytest.raises(Killed):
            place.studio.members.erase(OWNER, place.gone)
    place.studio.close()
    assert holding(tmp_path) != []
    again = place.opened("home")
    again.recover()
    again.close()
    assert holding(tmp_path) == []


def test_an_erasure_that_the_shelf_missed_is_made_good_by_whoever_restores(
    place: Place, tmp_path: Path
) -> None:
    """The record of it was shipped, the files written anew were not, and the disk was wiped."""
    place.studio.close()
    older = {path.name: path.read_bytes() for path in place.shelf.glob("*.jsonl")}
    second = place.opened("home")
    second.members.erase(OWNER, place.gone)  # in a segment of its own: another process
    second.close()
    FolderShelf(place.shelf).put(older)
    assert holding(place.shelf) != []
    (tmp_path / "home").rename(tmp_path / "gone")
    again = place.opened("home")
    again.recover()
    again.close()
    assert holding(place.shelf) == [] and holding(tmp_path / "home") == []
    assert Shipper(Journal(tmp_path / "third"), FolderShelf(place.shelf)).restore() > 0


def test_what_a_lead_wrote_of_others_stays_when_the_lead_goes(place: Place) -> None:
    studio = place.studio
    made, _ = studio.members.invite(OWNER, place.project, "lead")
    del made
    lead = place.joined("Лида")
    studio.members.give(OWNER, place.project, lead, "lead")
    studio.organising.exclude(Viewer(person=lead), place.project, place.people[1], "отвечал наугад")
    studio.members.erase(OWNER, lead)
    board = {each.person: each for each in studio.boards.board(OWNER, place.project).people}
    assert board[lead].name == "" and board[place.people[1]].reason == "отвечал наугад"
