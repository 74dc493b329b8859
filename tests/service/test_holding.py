"""People's work is held: shipped while a studio runs and when it ends, found again on an empty disk."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.core.errors import StoreError
from studio.core.project import ProjectSpec, Submission
from studio.core.run import OWNER, Viewer
from studio.journal import FolderShelf, disk, journal, network_disk
from studio.service import Studio
from studio.service.people.organising import Organising
from studio.texts import describe
from tests.support import scripted_studio, write_task

ROOT = Path(__file__).parents[2]


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds() and time.monotonic() < end:
        threading.Event().wait(0.01)
    assert holds()


def test_a_server_ships_by_itself_and_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderShelf, "pace_s", 0.02)
    studio = scripted_studio(tmp_path / "home", {}, shelf=str(tmp_path / "answers"))
    try:
        studio.recover()
        studio.members.invite(OWNER, "", "annotator")

        def shipped() -> bool:
            safety = studio.safety
            assert safety is not None
            return safety.kept == 1 and safety.waiting == 0 and safety.shipped_at is not None

        until(shipped)
        assert studio.safety is not None and studio.safety.shelf == "answers"
    finally:
        studio.close()


def test_a_command_ships_what_it_wrote_before_it_ends(tmp_path: Path) -> None:
    studio = scripted_studio(tmp_path / "home", {}, shelf=str(tmp_path / "answers"))
    studio.members.invite(OWNER, "", "annotator")
    assert studio.safety is not None and studio.safety.waiting == 1
    studio.close()
    kept = FolderShelf(tmp_path / "answers").files()
    assert [name for name in kept if name.endswith(".jsonl")] == [
        path.name for path in (tmp_path / "home" / "journal").glob("*.jsonl")
    ]


def test_without_a_shelf_there_is_nothing_to_say(tmp_path: Path) -> None:
    studio = scripted_studio(tmp_path / "home", {})
    assert studio.safety is None
    studio.close()


def test_a_server_whose_shelf_does_not_answer_takes_nothing_before_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its disk is empty: it cannot know what it would write over."""
    down = True

    def files(shelf: FolderShelf) -> dict[str, int]:
        if down:
            raise ConnectionError("тишина")
        return whole(shelf)

    whole = FolderShelf.files
    monkeypatch.setattr(FolderShelf, "pace_s", 0.02)
    monkeypatch.setattr(FolderShelf, "files", files)
    studio = scripted_studio(tmp_path / "home", {}, shelf=str(tmp_path / "answers"))
    try:
        studio.recover()
        with pytest.raises(StoreError, match="shelf_silent"):
            studio.members.invite(OWNER, "", "annotator")
        assert studio.safety is not None and studio.safety.closed is not None
        assert "тишина" in describe(studio.safety.closed)
        down = False
        until(lambda: studio.safety is not None and studio.safety.closed is None)
        studio.members.invite(OWNER, "", "annotator")
    finally:
        studio.close()


def test_a_server_that_held_the_shelf_goes_on_while_it_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its disk has everything: answers are kept there, and shipped when the shelf is back."""
    shelf = str(tmp_path / "answers")
    studio = scripted_studio(tmp_path / "home", {}, shelf=shelf)
    studio.members.invite(OWNER, "", "annotator")
    studio.close()

    def silent(_: FolderShelf) -> dict[str, int]:
        raise ConnectionError("тишина")

    with monkeypatch.context() as patched:
        patched.setattr(FolderShelf, "files", silent)
        again = scripted_studio(tmp_path / "home", {}, shelf=shelf)
        again.recover()
        again.members.invite(OWNER, "", "annotator")
        until(lambda: again.safety is not None and again.safety.problem is not None)
        assert again.safety is not None and again.safety.closed is None and again.safety.waiting == 2
        again.close()
    third = scripted_studio(tmp_path / "other", {}, shelf=shelf)
    assert third.safety is not None and third.safety.kept == 1, "what was not shipped is on that disk"
    third.close()


def test_a_command_on_an_empty_disk_reads_what_the_shelf_has_and_writes_only_if_nobody_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderShelf, "pace_s", 0.02)
    shelf = str(tmp_path / "answers")
    server = scripted_studio(tmp_path / "home", {}, shelf=shelf)
    server.recover()
    made, _ = server.members.invite(OWNER, "", "annotator")
    until(lambda: server.safety is not None and server.safety.waiting == 0)
    other = scripted_studio(tmp_path / "other", {}, shelf=shelf)
    assert [each.id for each in other.members.invitations(OWNER, "")] == [made.id]
    with pytest.raises(StoreError, match="shelf_taken"):
        other.members.invite(OWNER, "", "annotator")
    other.close()
    server.close()
    later = scripted_studio(tmp_path / "later", {}, shelf=shelf)
    later.members.invite(OWNER, "", "annotator")
    assert len(later.members.invitations(OWNER, "")) == 2
    later.close()


@pytest.mark.parametrize("kind", ["nfs4", "fuse.hf-mount", "cifs", "9p"])
def test_people_do_not_work_on_a_networks_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    home = tmp_path / "на сети"
    scripted = scripted_studio(home, {})
    scripted.members.invite(OWNER, "", "annotator")
    scripted.close()
    mounts = tmp_path / "mounts"
    point = str(home).replace(" ", "\\040")
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/x {point} {kind} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(disk, "MOUNTS", mounts)
    studio = scripted_studio(home, {})
    with pytest.raises(StoreError, match="network_disk") as refused:
        studio.members.invite(OWNER, "", "annotator")
    assert kind in describe(refused.value)
    with pytest.raises(StoreError, match="network_disk"):
        studio.recover()
    studio.close()
    empty = scripted_studio(home / "empty", {})
    empty.recover()  # models can be run there; people cannot be asked
    with pytest.raises(StoreError, match="network_disk"):
        empty.members.invite(OWNER, "", "annotator")
    empty.close()


@pytest.mark.parametrize(
    ("line", "network"),
    [
        ("overlay / overlay", ""),
        ("none / 9p", ""),
        ("server:/x /data nfs", "nfs"),
        ("bucket /data fuse.hf-mount", "fuse.hf-mount"),
        ("x /data fuse", "fuse"),
        ("x /data fuse.fuse-overlayfs", ""),
        ("/dev/sdb1 /data fuseblk", ""),
        ("server:/x /dat nfs", ""),
        ("server:/x /data/home nfs", "nfs"),
        ("server:/x /data/home/journal nfs", ""),
        ("server:/x /data nfs rw 0 0\n/dev/sdb /data/home ext4", ""),
        ("broken", ""),
    ],
)
def test_the_nearest_mount_says_what_a_folder_lies_on(line: str, network: str) -> None:
    assert network_disk(Path("/data/home"), f"{line} rw 0 0\n") == network


def test_a_journal_that_was_lost_or_is_anothers_takes_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    home, beside = tmp_path / "home", tmp_path / "beside"
    for place in (home, beside):
        studio = scripted_studio(place, {})
        for _ in range(2):
            studio.members.invite(OWNER, "", "annotator")
        studio.close()
    (home / "journal").rename(tmp_path / "kept")
    for folder, code in ((None, "journal_behind"), (beside / "journal", "journal_foreign")):
        if folder:
            shutil.rmtree(home / "journal")
            shutil.copytree(folder, home / "journal")
        studio = scripted_studio(home, {})
        with pytest.raises(StoreError, match=code):
            studio.members.invite(OWNER, "", "annotator")
        assert studio.safety is not None and studio.safety.closed is not None
        assert studio.safety.closed.code == code and len(studio.members.invitations(OWNER, "")) == 2
        studio.close()


def test_a_server_that_finds_a_record_changed_takes_nothing_and_names_the_file(tmp_path: Path) -> None:
    studio = scripted_studio(tmp_path, {})
    for _ in range(3):
        studio.members.invite(OWNER, "", "annotator", places=2)
    studio.close()
    (segment,) = (tmp_path / "journal").glob("*.jsonl")
    segment.write_bytes(segment.read_bytes().replace(b'"places":2', b'"places":3', 1))
    again = scripted_studio(tmp_path, {})
    again.recover()
    assert again.safety is not None and again.safety.closed is not None
    assert segment.name in describe(again.safety.closed)
    with pytest.raises(StoreError, match="journal_broken"):
        again.members.invite(OWNER, "", "annotator")
    again.close()


def test_a_space_with_a_wiped_disk_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers, people and the project come from the shelf; questions are bound meanwhile, and people are told."""
    monkeypatch.setattr(FolderShelf, "pace_s", 0.02)
    data = tmp_path / "data"
    write_task(data / "demo" / "Animals", [str(n) for n in range(6)])
    shelf = str(tmp_path / "answers")
    studio = scripted_studio(tmp_path / "one", {}, shelf=shelf, data=data)
    studio.recover()
    project = studio.organising.make(OWNER, ProjectSpec("Звери", "Animals", overlap=1, controls=0.0))
    studio.organising.set_state(OWNER, project, "open")
    _, secret = studio.members.invite(OWNER, project, "annotator")
    _, token = studio.members.redeem(secret, "Аня", Viewer())
    asked = studio.answering.standing(project, person(studio, token)).question
    assert asked is not None
    given = Submission(asked.item, 1, "answer", "раз", "кот")
    after = studio.answering.submit(project, person(studio, token), given)
    studio.close()

    may_bind = threading.Event()
    bind_all = Organising.bind_all
    monkeypatch.setattr(Organising, "bind_all", lambda self: may_bind.wait(30) and bind_all(self))
    again = scripted_studio(tmp_path / "two", {}, shelf=shelf, data=data)
    again.recover()
    who = person(again, token)
    nothing = again.answering.standing(project, who).nothing
    assert nothing is not None and (nothing.reason, nothing.reserved) == ("preparing", 5)
    may_bind.set()
    until(lambda: again.answering.standing(project, who).question is not None)
    standing = again.answering.standing(project, who)
    assert (standing.progress.answered, standing.progress.done) == (1, 1)
    assert standing.question is not None and after.question is not None
    assert standing.question.item == after.question.item, "the same question is dealt again"
    assert again.answering.submit(project, who, given).progress.answered == 1, "sent twice, counted once"
    again.close()


def person(studio: Studio, token: str) -> str:
    found = studio.members.signed_in(token)
    assert found is not None
    return found.id


def test_a_disk_that_refuses_an_answer_says_so_and_takes_it_once_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    write_task(data / "demo" / "Animals", [str(n) for n in range(6)])
    studio = scripted_studio(tmp_path / "home", {}, data=data)
    project = studio.organising.make(OWNER, ProjectSpec("Звери", "Animals", controls=0.0))
    studio.organising.set_state(OWNER, project, "open")
    _, secret = studio.members.invite(OWNER, project, "annotator")
    _, token = studio.members.redeem(secret, "Аня", Viewer())
    who = person(studio, token)
    asked = studio.answering.standing(project, who).question
    assert asked is not None
    given = Submission(asked.item, 1, "answer", "раз", "кот")

    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    for name in ("write", "fsync"):
        with monkeypatch.context() as patched:
            patched.setattr(journal.os, name, refuse)
            with pytest.raises(StoreError, match="store_unwritable") as refused:
                studio.answering.submit(project, who, given)
        assert "на диске" in describe(refused.value) or "No space" in describe(refused.value)
        assert studio._store.projects.responses(project) == []
    for _ in range(2):
        assert studio.answering.submit(project, who, given).progress.answered == 1
    assert [row.text for row in studio._store.projects.responses(project)] == ["кот"]
    assert studio._ledger.journal.verify() == studio._store.projects.applied()
    studio.close()


def test_a_server_that_is_told_to_end_ships_first(tmp_path: Path) -> None:
    """As a Space does it: SIGTERM, with records that no upload has taken yet."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    environ = os.environ | {
        "STUDIO_HOME": str(tmp_path / "home"),
        "STUDIO_SHELF": str(tmp_path / "answers"),
        "PORT": str(port),
        "GRADIO_ANALYTICS_ENABLED": "False",
    }
    server = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    said: list[str] = []
    for line in server.stdout:
        said.append(line)
        if str(port) in line:
            break
    beside = scripted_studio(
        tmp_path / "home", {}
    )  # another process of the machine writes, and ships nothing
    for _ in range(3):
        beside.members.invite(OWNER, "", "annotator")
    beside.close()
    server.send_signal(signal.SIGTERM)
    said.append(server.communicate(timeout=60)[0])
    assert server.returncode == 0, said
    shelf = FolderShelf(tmp_path / "answers")
    assert {name for name in shelf.files() if name.endswith(".jsonl")} == {
        path.name for path in (tmp_path / "home" / "journal").glob("*.jsonl")
    }
    assert json.loads(shelf.get("holder.json"))["state"] == "released"
    assert "on this disk alone" not in "".join(said)


def test_a_disk_that_was_set_back_stops_when_the_shelf_knows_better(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of the machine as it was an hour ago: its shelf has what this disk has not, under the same numbers."""
    monkeypatch.setattr(FolderShelf, "pace_s", 0.02)
    shelf = str(tmp_path / "answers")
    for n in range(2):
        studio = scripted_studio(tmp_path / "home", {}, shelf=shelf)
        studio.members.invite(OWNER, "", "annotator")
        studio.close()
        if n == 0:
            shutil.copytree(tmp_path / "home", tmp_path / "copy")
    again = scripted_studio(tmp_path / "copy", {}, shelf=shelf)
    again.members.invite(OWNER, "", "annotator")  # before anybody has looked at the shelf
    again.recover()
    until(lambda: again.safety is not None and again.safety.closed is not None)
    assert again.safety is not None and again.safety.closed is not None
    assert again.safety.closed.code == "journal_forked"
    with pytest.raises(StoreError, match="journal_forked"):
        again.members.invite(OWNER, "", "annotator")
    again.close()
    fresh = scripted_studio(tmp_path / "fresh", {}, shelf=shelf)
    assert fresh.safety is not None and fresh.safety.closed is None and fresh.safety.kept == 2
    fresh.close()
