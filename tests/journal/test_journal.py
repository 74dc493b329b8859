"""The journal: what it acknowledged is there after any death, in one order, and nobody can change it unseen."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.core.errors import Problem
from studio.core.record import Planned
from studio.journal import Journal, JournalBroken
from studio.journal import journal as files

WRITER = """
import sys
from pathlib import Path
from studio.core.record import Planned
from studio.journal import Journal
journal = Journal(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    with journal.writing() as log:
        log.append(Planned("answered", sys.argv[2], "p", {"i": n}, {"text": "ответ " * 20}))
    print(n, flush=True)
"""


def answered(n: int, who: str = "a") -> Planned:
    return Planned("answered", who, "проект", {"item": n}, {"comment": f"замечание {n}"})


def write(journal: Journal, *numbers: int) -> None:
    for n in numbers:
        with journal.writing() as log:
            log.append(answered(n))


def spawn(folder: Path, who: str, n: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(folder), who, str(n)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def test_what_is_written_is_read_in_its_order_and_holds_together(tmp_path: Path) -> None:
    journal = Journal(tmp_path, now=lambda: 5.0)
    write(journal, 0, 1, 2)
    found = list(journal.records())
    assert [(each.n, each.at, each.facts["item"], each.body) for each in found] == [
        (n + 1, 5.0, n, {"comment": f"замечание {n}"}) for n in range(3)
    ]
    assert journal.verify() == 3 and [each.n for each in journal.records(after=2)] == [3]
    with journal.writing() as log:
        assert log.last == 3 and list(log.missed(3)) == []
        assert [each.n for each in log.missed(1, found[0].hash)] == [2, 3]
        with pytest.raises(JournalBroken):
            list(log.missed(1, found[1].hash))


def test_a_journal_that_is_opened_again_goes_on_in_a_new_file(tmp_path: Path) -> None:
    write(Journal(tmp_path), 0, 1)
    write(Journal(tmp_path), 2)
    assert len(Journal(tmp_path).segments()) == 2 and Journal(tmp_path).verify() == 3
    assert [each.n for each in Journal(tmp_path).records(after=1)] == [2, 3]


def test_a_large_file_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_LARGE", 1000)
    journal = Journal(tmp_path)
    write(journal, *range(12))
    assert len(journal.segments()) > 2 and journal.verify() == 12
    assert [each.facts["item"] for each in journal.records(after=5)] == list(range(5, 12))


def test_two_writers_in_one_folder_keep_one_chain(tmp_path: Path) -> None:
    """In turn in this process, then at once in two others."""
    one, other = Journal(tmp_path), Journal(tmp_path)
    for n in range(4):
        write((one, other)[n % 2], n)
    assert [each.facts["item"] for each in one.records()] == [0, 1, 2, 3] and other.verify() == 4
    writers = [spawn(tmp_path, who, 40) for who in "ab"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.close()
    assert one.verify() == 84
    by_writer = {who: [r.facts["i"] for r in one.records(4) if r.actor == who] for who in "ab"}
    assert by_writer == {"a": list(range(40)), "b": list(range(40))}
    write(one, 99)
    assert one.verify() == 85


def test_a_writer_killed_at_any_moment_loses_nothing_that_it_said_was_kept(tmp_path: Path) -> None:
    said, journal = 0, Journal(tmp_path)
    for life in range(5):
        writer = spawn(tmp_path, str(life), 100_000)
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(15 + life)]
        os.kill(writer.pid, signal.SIGKILL)
        lines += writer.stdout.readlines()
        writer.wait()
        writer.stdout.close()
        said += sum(line.endswith("\n") for line in lines)
    kept = journal.verify()
    assert said <= kept <= said + 5, "one more in each life may have reached the disk before it was told"
    write(journal, 1)
    assert journal.verify() == kept + 1


def test_half_a_line_of_a_dead_writer_is_passed_over(tmp_path: Path) -> None:
    write(Journal(tmp_path), 0, 1)
    (segment,) = Journal(tmp_path).segments()
    whole = segment.read_bytes()
    segment.write_bytes(whole[:-20])
    journal = Journal(tmp_path)
    write(journal, 2)
    assert [each.facts["item"] for each in journal.records()] == [0, 2] and journal.verify() == 2


def test_a_disk_that_is_full_keeps_nothing_of_what_it_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    write(journal, 0)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            write(journal, 1)
    write(journal, 2)
    assert [each.facts["item"] for each in journal.records()] == [0, 2] and journal.verify() == 2


def test_a_disk_that_fills_up_in_the_middle_of_a_line_keeps_nothing_of_it_later_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the line reaches the disk; whether or not it can be cut off, the next record is not written behind it."""
    for cut in (True, False):
        folder = tmp_path / str(cut)
        journal = Journal(folder)
        write(journal, 0)
        real = os.write

        def half(handle: int, content: bytes, real: Callable[[int, bytes], int] = real) -> int:
            if len(content) < 100:
                raise OSError(28, "No space left on device")
            return real(handle, content[:-50])

        def refuse(*_: object) -> None:
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as patched:
            patched.setattr(files.os, "write", half)
            if not cut:
                patched.setattr(files.os, "truncate", refuse)
            with pytest.raises(OSError, match="No space"):
                write(journal, 1)
        write(journal, 2, 3)
        assert [each.facts["item"] for each in journal.records()] == [0, 2, 3] and journal.verify() == 3
        assert Journal(folder).last() == 3


@pytest.mark.parametrize("debris", [b"", b'{"n": 2, "at"'])
@pytest.mark.parametrize("writer", ["000000", "ffffff"])
def test_a_writer_that_died_at_its_first_line_hides_nothing_of_the_next(
    tmp_path: Path, debris: bytes, writer: str
) -> None:
    """Its segment has the number of the one that was written after it, and stands before or behind it."""
    write(Journal(tmp_path), 0)
    (tmp_path / f"{2:012}-{writer}.jsonl").write_bytes(debris)
    journal = Journal(tmp_path)
    write(journal, 1, 2, 3)
    for after in range(5):
        assert [each.n for each in Journal(tmp_path).records(after)] == list(range(after + 1, 5))
    assert journal.verify() == 4 == Journal(tmp_path).last()


@pytest.mark.parametrize(
    ("before", "after"),
    [('"item":1', '"item":7'), ("замечание 1", "замечание 7"), ('"actor":"a"', '"actor":"b"')],
)
def test_a_record_that_was_changed_is_found(tmp_path: Path, before: str, after: str) -> None:
    write(Journal(tmp_path), 0, 1, 2)
    (segment,) = Journal(tmp_path).segments()
    segment.write_text(segment.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(JournalBroken, match="journal_broken"):
        Journal(tmp_path).verify()


def test_a_record_that_is_missing_and_a_line_that_is_none_are_found(tmp_path: Path) -> None:
    write(Journal(tmp_path), 0, 1, 2)
    (segment,) = Journal(tmp_path).segments()
    lines = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(lines[0] + lines[2])
    with pytest.raises(JournalBroken) as broken:
        Journal(tmp_path).verify()
    assert broken.value.problem == Problem(
        "journal_missing", {"n": 3, "expected": 2, "last": 2, "file": segment.name}
    )
    segment.write_bytes(lines[0] + b"{}\n" + lines[2])
    with pytest.raises(JournalBroken, match="journal_unreadable"):
        list(Journal(tmp_path).records())


def test_what_is_erased_is_nowhere_in_the_files_and_the_chain_still_holds(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    write(journal, 0, 1)
    with journal.writing() as log:
        log.append(answered(2, who="b"))
    (changed,) = journal.erase(lambda record: record.actor == "a")
    content = changed.read_text(encoding="utf-8")
    assert "замечание 0" not in content and "замечание 1" not in content and "замечание 2" in content
    assert [each.erased for each in journal.records()] == [True, True, False] and journal.verify() == 3
    assert journal.erase(lambda record: record.actor == "a") == []
    write(journal, 3)
    assert journal.verify() == 4
