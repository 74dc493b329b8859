"""The journal on its way to a shelf and back: an empty disk, a shelf that is down, a body that must be forgotten."""

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from studio.core.errors import BadInput, Problem, StoreError
from studio.core.record import Planned
from studio.journal import FolderShelf, Journal, JournalBroken, Shipper, erasable, shipping
from studio.journal import journal as files
from studio.journal.shelf import BucketShelf, DatasetShelf, Shelf
from studio.texts import describe


class Hub:
    """What the hub's library does with a dataset and with a bucket, in memory. `commits` are the dataset's contents
    after each; a bucket has none."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.private = folder, True
        self.commits: list[dict[str, bytes]] = [{}]
        self.down = False

    def create_repo(self, repo_id: str, **_: Any) -> None:
        self._there()

    create_bucket = create_repo

    def repo_info(self, repo_id: str, **_: Any) -> SimpleNamespace:
        return SimpleNamespace(private=self.private)

    bucket_info = repo_info

    def list_repo_tree(self, repo_id: str, **_: Any) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(path="journal")
        for path, content in self.commits[-1].items():
            yield SimpleNamespace(path=path, size=len(content))

    def list_bucket_tree(self, bucket_id: str, prefix: str, recursive: bool) -> Iterator[SimpleNamespace]:
        return (each for each in self.list_repo_tree(bucket_id) if each.path.startswith(prefix))

    def hf_hub_download(self, repo_id: str, name: str, **_: Any) -> str:
        path = self.folder / Path(name).name
        path.write_bytes(self.commits[-1][name])
        return str(path)

    def download_bucket_files(self, bucket_id: str, files: list[tuple[str, Path]]) -> None:
        for name, path in files:
            path.write_bytes(self.commits[-1][name])

    def create_commit(self, repo_id: str, operations: list[Any], **_: Any) -> None:
        self._there()
        added = {each.path_in_repo: each.path_or_fileobj for each in operations}
        self.commits.append(self.commits[-1] | added)

    def batch_bucket_files(self, bucket_id: str, add: list[tuple[bytes, str]]) -> None:
        self._there()
        self.commits = [self.commits[-1] | {name: content for content, name in add}]

    def super_squash_history(self, repo_id: str, **_: Any) -> None:
        self.commits = self.commits[-1:]

    def _there(self) -> None:
        if self.down:
            raise ConnectionError("the hub is down")


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    (tmp_path / "downloads").mkdir()
    return Hub(tmp_path / "downloads")


@pytest.fixture(params=["folder", "dataset", "bucket"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path, hub: Hub) -> Shelf:
    if request.param == "folder":
        return FolderShelf(tmp_path / "shelf")
    return (DatasetShelf if request.param == "dataset" else BucketShelf)("team/answers", hub)


def kept(shelf: Shelf) -> dict[str, int]:
    """The segments on a shelf."""
    return {name: size for name, size in shelf.files().items() if name.endswith(".jsonl")}


def write(journal: Journal, *texts: str) -> None:
    for text in texts:
        with journal.writing() as log:
            log.append(Planned("answered", "a", "p", {"item": 1}, {"comment": text}))


def comments(journal: Journal) -> list[str | None]:
    return [each.body["comment"] if each.body else None for each in journal.records()]


def test_a_machine_with_an_empty_disk_goes_on_where_the_shelf_ends(tmp_path: Path, shelf: Shelf) -> None:
    first = Journal(tmp_path / "one")
    shipper = Shipper(first, shelf)
    write(first, "раз", "два")
    assert shipper.flush()
    write(first, "три")
    assert shipper.stop(), "the same file, grown"
    second = Journal(tmp_path / "two")
    restored = Shipper(second, shelf)
    assert restored.restore() == 1 and restored.restore() == 0
    write(second, "четыре")
    assert comments(second) == ["раз", "два", "три", "четыре"] and second.verify() == 4
    assert restored.stop()
    third = Journal(tmp_path / "three")
    assert Shipper(third, shelf).restore() == 2 and third.verify() == 4


def test_only_what_is_new_is_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_LARGE", 1)
    shelf = FolderShelf(tmp_path / "shelf")
    put: list[set[str]] = []
    whole = shelf.put

    def counting(content: Mapping[str, bytes], *, forget: bool = False) -> None:
        put.append({name for name in content if name.endswith(".jsonl")})
        whole(content, forget=forget)

    monkeypatch.setattr(shelf, "put", counting)
    journal = Journal(tmp_path / "one")
    shipper = Shipper(journal, shelf)
    for text in ("раз", "два"):
        write(journal, text)
        shipper.flush()
    shipper.flush()
    put = [each for each in put if each]
    assert [len(each) for each in put] == [1, 1] and put[0] != put[1]


def test_a_shelf_that_is_down_is_told_and_tried_again(tmp_path: Path, hub: Hub) -> None:
    journal, now = Journal(tmp_path / "one"), [100.0]
    shipper = Shipper(journal, DatasetShelf("team/answers", hub), now=lambda: now[0])
    write(journal, "раз")
    assert shipper.flush() and shipper.state().shipped_at == 100
    write(journal, "два", "три")
    hub.down, now[0] = True, 200.0
    assert not shipper.flush()
    state = shipper.state()
    assert (state.shelf, state.kept, state.waiting, state.shipped_at) == ("team/answers", 3, 2, 100)
    assert state.problem is not None and "the hub is down" in describe(state.problem)
    hub.down = False
    assert shipper.flush()
    state = shipper.state()
    assert (state.shipped_at, state.waiting, state.problem) == (200, 0, None)
    with pytest.raises(ConnectionError):
        hub.down = True
        Shipper(Journal(tmp_path / "two"), DatasetShelf("team/answers", hub)).restore()


def test_peoples_answers_do_not_go_where_all_can_read_them(tmp_path: Path, hub: Hub) -> None:
    hub.private = False
    journal = Journal(tmp_path / "one")
    write(journal, "раз")
    for shelf in (DatasetShelf("team/answers", hub), BucketShelf("team/answers", hub)):
        shipper = Shipper(journal, shelf)
        assert not shipper.flush() and hub.commits == [{}]
        assert shipper.state().problem == Problem("public_shelf", {"name": "team/answers"})
        with pytest.raises(BadInput):
            shelf.files()


def test_what_is_erased_is_erased_on_the_shelf_and_in_its_history(tmp_path: Path, hub: Hub) -> None:
    journal = Journal(tmp_path / "one")
    shelf = DatasetShelf("team/answers", hub)
    shipper = Shipper(journal, shelf)
    write(journal, "меня зовут Анна")
    assert shipper.flush()
    shipper.forget(journal.erase(lambda record: True))
    again = Shipper(Journal(tmp_path / "one"), shelf)  # after a death in between
    assert again.restore() == 0, "what must be forgotten is not fetched"
    assert again.flush() and len(hub.commits) == 1
    assert not any("Анна".encode() in content for content in hub.commits[0].values())
    assert comments(Journal(tmp_path / "one")) == [None]


def test_a_thread_ships_by_itself_and_the_last_is_shipped_at_the_end(tmp_path: Path) -> None:
    journal, shelf = Journal(tmp_path / "one"), FolderShelf(tmp_path / "shelf")
    shipper = Shipper(journal, shelf)
    write(journal, "раз")
    shipper.start(every_s=0.02)
    until = time.monotonic() + 20
    while not kept(shelf) and time.monotonic() < until:
        threading.Event().wait(0.01)
    assert kept(shelf)
    write(journal, "два")
    assert shipper.stop() and sum(kept(shelf).values()) == sum(
        path.stat().st_size for path in journal.segments()
    )


def test_half_a_download_is_no_segment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, shelf = Journal(tmp_path / "one"), FolderShelf(tmp_path / "shelf")
    write(journal, "раз")
    (segment,) = journal.segments()
    shelf.put({segment.name: segment.read_bytes()})
    other = Journal(tmp_path / "two")
    with monkeypatch.context() as patched:
        patched.setattr(shelf, "get", lambda name: segment.read_bytes()[:-30])
        with pytest.raises(StoreError, match="shelf_half"):
            Shipper(other, shelf).restore()
    assert other.segments() == []
    assert Shipper(other, shelf).restore() == 1


def damaged(shelf: FolderShelf, folder: Path, how: str) -> str:
    """Does something to the middle one of three segments on a shelf; tells the file that will be named."""
    _, middle, last = sorted(kept(shelf))
    content = shelf.get(middle)
    if how == "lost":
        (folder / middle).unlink()
        return last
    if how == "cut":
        (folder / middle).write_bytes(content[: content.index(b"\n") + 1])
        return last
    if how == "foreign":
        stranger = Journal(folder / "stranger")
        write(stranger, *(str(n) for n in range(5)))
        (folder / middle).write_bytes(
            b"".join(stranger.segments()[0].read_bytes().splitlines(keepends=True)[2:4])
        )
    if how == "changed":
        (folder / middle).write_bytes(content.replace(b'"item":1', b'"item":2'))
    if how == "torn":
        (folder / middle).write_bytes(content.replace(b"{", b"\n", 1))
    return middle


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("lost", "journal_missing"),
        ("cut", "journal_missing"),
        ("foreign", "journal_forked"),
        ("changed", "journal_broken"),
        ("torn", "journal_unreadable"),
    ],
)
def test_a_shelf_with_a_damaged_middle_restores_nothing_and_names_the_file(
    tmp_path: Path, how: str, code: str
) -> None:
    shelf = FolderShelf(tmp_path / "shelf")
    for _ in range(3):
        journal = Journal(tmp_path / "one")
        write(journal, "раз", "два")
        assert Shipper(journal, shelf).stop()
    file = damaged(shelf, tmp_path / "shelf", how)
    before = dict(kept(shelf))
    other = Journal(tmp_path / "two")
    shipper = Shipper(other, shelf)
    with pytest.raises(JournalBroken) as broken:
        shipper.restore()
    assert (broken.value.problem.code, broken.value.problem.values["file"]) == (code, file)
    assert file in describe(broken.value) and other.segments() == []
    assert not shipper.flush() and kept(shelf) == before, "and nothing is put over it"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds() and time.monotonic() < end:
        threading.Event().wait(0.005)
    assert holds()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FolderShelf, "pace_s", 0.02)
    monkeypatch.setattr(shipping, "_HANDING_S", 0.5)


@pytest.mark.usefixtures("quick")
def test_a_second_server_takes_the_shelf_over_with_everything_and_the_first_one_stops(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "shelf")
    first = Journal(tmp_path / "one")
    old = Shipper(first, shelf, place="team/old")
    old.start()
    until(lambda: old.held)
    write(first, "раз", "два")
    second = Journal(tmp_path / "two")
    new = Shipper(second, shelf, place="team/new")
    new.start()
    until(lambda: new.held)
    assert comments(second) == ["раз", "два"]
    until(lambda: old.lost is not None)
    assert old.lost == Problem("shelf_taken", {"name": "shelf", "place": "team/new"}) and not old.trusted
    write(second, "три")
    assert new.stop(), "and when the new one ends, the old one goes on with what it did"
    until(lambda: old.held)
    assert old.lost is None and comments(first) == ["раз", "два", "три"]
    assert old.stop()


@pytest.mark.usefixtures("quick")
def test_what_a_server_wrote_that_had_lost_the_shelf_unseen_is_laid_aside_and_nothing_mixed(
    tmp_path: Path,
) -> None:
    shelf = FolderShelf(tmp_path / "shelf")
    first, second = Journal(tmp_path / "one"), Journal(tmp_path / "two")
    old, new = Shipper(first, shelf, place="team/old"), Shipper(second, shelf, place="team/new")
    write(first, "раз")
    assert old.flush()
    write(first, "отрезан")  # it is cut off, and does not see that another one comes
    new.start()
    until(lambda: new.held)
    write(second, "другой")
    until(lambda: new.state().waiting == 0)
    assert not old.flush() and old.lost is not None
    (aside,) = (name for name in shelf.files() if name.startswith("aside-"))
    assert "отрезан".encode() in shelf.get(aside)
    until(lambda: new.state().aside == 1)
    assert new.stop() and comments(second) == ["раз", "другой"]
    third = Journal(tmp_path / "three")
    assert Shipper(third, shelf).restore() == 2 and comments(third) == ["раз", "другой"]


def test_a_command_does_not_take_the_shelf_from_a_server(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "shelf")
    server = Shipper(Journal(tmp_path / "one"), shelf, place="team/space")
    write(Journal(tmp_path / "one"), "раз")
    assert server.flush()
    command = Shipper(Journal(tmp_path / "two"), shelf)
    with pytest.raises(StoreError, match="shelf_taken") as taken:
        command.hold()
    assert "team/space" in describe(taken.value)


def test_a_command_on_the_machine_of_a_server_leaves_the_shelf_to_it(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "shelf")
    server = Shipper(Journal(tmp_path / "one"), shelf)
    assert server.flush()
    journal = Journal(tmp_path / "one")
    write(journal, "раз")
    command = Shipper(journal, shelf)
    assert command.trusted and command.stop()
    assert json.loads(shelf.get("holder.json"))["state"] == "held"


def test_a_shelf_that_is_down_is_asked_less_and_less_often(tmp_path: Path, hub: Hub) -> None:
    journal = Journal(tmp_path / "one")
    shipper = Shipper(journal, DatasetShelf("team/answers", hub))
    tries: list[float] = []

    def counted() -> None:
        tries.append(time.monotonic())
        raise ConnectionError("the hub is down")

    hub._there = counted  # type: ignore[method-assign]
    write(journal, "раз")
    shipper.start(every_s=0.01)
    until = time.monotonic() + 20
    while len(tries) < 5 and time.monotonic() < until:
        threading.Event().wait(0.005)
    gaps = [after - before for before, after in itertools.pairwise(tries[:5])]
    assert gaps == sorted(gaps) and gaps[-1] >= 0.08
    assert not shipper.stop()


def test_the_end_does_not_wait_for_a_shelf_that_hangs_and_says_what_is_not_there(
    tmp_path: Path, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    journal, released = Journal(tmp_path / "one"), threading.Event()
    write(journal, "раз", "два")
    hub._there = lambda: released.wait(60) and None  # type: ignore[method-assign]
    shipper = Shipper(journal, BucketShelf("team/answers", hub))
    try:
        assert not shipper.stop(within_s=0.05)
    finally:
        released.set()
    assert "2 records of people's work are on this disk alone" in caplog.text


def test_two_processes_of_one_machine_never_put_an_older_segment_over_a_newer(tmp_path: Path) -> None:
    """A command ships what it wrote while a server ships, too: whoever comes later looks at the shelf first."""
    shelf = FolderShelf(tmp_path / "shelf")
    server = Shipper(Journal(tmp_path / "one"), shelf)
    journal = Journal(tmp_path / "one")
    command = Shipper(journal, shelf)
    write(journal, "раз")
    assert server.flush()
    write(journal, "два")
    assert command.flush() and server.flush() and server.state().waiting == 0
    assert sum(kept(shelf).values()) == sum(path.stat().st_size for path in journal.segments())


@pytest.mark.usefixtures("quick")
def test_what_was_laid_aside_is_erased_with_its_person(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "shelf")
    first, second = Journal(tmp_path / "one"), Journal(tmp_path / "two")
    old, new = Shipper(first, shelf), Shipper(second, shelf)
    write(first, "раз")
    assert old.flush()
    write(first, "примечание отрезанного")
    new.start()
    until(lambda: new.held)
    assert not old.flush()
    with second.writing() as log:
        log.append(Planned("person_erased", "a", "", {"person": "a"}))
    new.forget(second.erase(erasable(second.records())))
    assert new.stop()
    names = [name for name in shelf.files() if name.endswith(".jsonl")]
    assert any(name.startswith("aside-") for name in names)
    for name in names:
        assert "примечание".encode() not in shelf.get(name) and '"раз"'.encode() not in shelf.get(name), name
