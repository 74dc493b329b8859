"""The journal on its way to a shelf and back: an empty disk, a shelf that is down, a body that must be forgotten."""

import itertools
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from studio.core.errors import BadInput, Problem
from studio.core.record import Planned
from studio.journal import FolderShelf, Journal, Shipper
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
    assert shipper.flush(), "the same file, grown"
    second = Journal(tmp_path / "two")
    restored = Shipper(second, shelf)
    assert restored.restore() == 1 and restored.restore() == 0
    write(second, "четыре")
    assert comments(second) == ["раз", "два", "три", "четыре"] and second.verify() == 4
    assert restored.flush()
    third = Journal(tmp_path / "three")
    assert Shipper(third, shelf).restore() == 2 and third.verify() == 4


def test_only_what_is_new_is_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_LARGE", 1)
    shelf = FolderShelf(tmp_path / "shelf")
    put: list[set[str]] = []
    whole = shelf.put

    def counting(content: Mapping[str, bytes], *, forget: bool = False) -> None:
        put.append(set(content))
        whole(content, forget=forget)

    monkeypatch.setattr(shelf, "put", counting)
    journal = Journal(tmp_path / "one")
    shipper = Shipper(journal, shelf)
    for text in ("раз", "два"):
        write(journal, text)
        shipper.flush()
    shipper.flush()
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
    while not shelf.files() and time.monotonic() < until:
        threading.Event().wait(0.01)
    assert shelf.files()
    write(journal, "два")
    assert shipper.stop() and sum(shelf.files().values()) == sum(
        path.stat().st_size for path in journal.segments()
    )


def test_half_a_download_is_no_segment(tmp_path: Path) -> None:
    journal, shelf = Journal(tmp_path / "one"), FolderShelf(tmp_path / "shelf")
    write(journal, "раз")
    (segment,) = journal.segments()
    shelf.put({segment.name: segment.read_bytes()[:-30]})
    other = Journal(tmp_path / "two")
    with pytest.raises(ValueError):
        Shipper(other, shelf).restore()
    assert other.segments() == []


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
    assert sum(shelf.files().values()) == sum(path.stat().st_size for path in journal.segments())
