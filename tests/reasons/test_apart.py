"""A process of its own groups what is too much to group beside the pages, and ends when nobody waits for it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import BadInput, Cancelled, EngineFailed
from studio.core.reasons import Failure
from studio.reasons import apart, grouped, grouped_apart
from studio.reasons.wire import line, question

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def always(monkeypatch):
    monkeypatch.setattr(apart, "AT_ONCE", 0)


def failures(n: int = 60) -> list[Failure]:
    said = ["Это пёс сидит", "там дом стоит", "их всего 5 штук", "не могу ответить", "один \ud800"]
    golds = ["пёс", "дом", "5", "кот", "лес"]
    return [
        Failure(
            "r1", 100 + i, i, f"T{i % 3}", "js_only", said[i % 5], said[i % 5], (golds[i % 5],), {"A": "кот"},
            "text", ("strip", "case"), "stop", "заметка" if i % 7 == 0 else "", i if i % 9 == 0 else None,
        )
        for i in range(n)
    ]  # fmt: skip


def standing_in(monkeypatch, code: str) -> None:
    """Another program in place of the one that groups."""
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", code))


def test_the_groups_are_those_of_this_process():
    found = failures()
    shares: list[float] = []
    assert grouped_apart(found, most=5, seed=3, tell=shares.append) == grouped(found, most=5, seed=3)
    assert shares == sorted(shares) and 0.5 < shares[-1] < 1


def test_vectors_of_a_model_go_along():
    found = failures()
    vectors = np.random.default_rng(1).normal(size=(len(found), 40)).astype(np.float32)
    vectors[3] = 0
    apart_ones = grouped_apart(found, vectors=vectors)
    assert apart_ones == grouped(found, vectors=vectors) != grouped(found)


def test_a_handful_is_grouped_without_a_process(monkeypatch):
    standing_in(monkeypatch, "raise SystemExit(1)")
    monkeypatch.setattr(apart, "AT_ONCE", 60)
    assert grouped_apart(failures(60)) == grouped(failures(60))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise SystemExit(7)", "7"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("import sys; sys.stdin.readline(); sys.stdout.write('{\"sha')", "0"),
    ],
)
def test_a_process_that_breaks_is_told_of(monkeypatch, code, told):
    standing_in(monkeypatch, code)
    with pytest.raises(EngineFailed, match="grouping_broke") as refused:
        grouped_apart(failures())
    assert refused.value.problem.values["how"] == told


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",  # as the system does it
        "import studio.reasons.__main__ as own\n"
        "def grouped(*asked, **how): raise MemoryError\n"
        "own.grouped = grouped\nown.main()",
    ],
)
def test_a_want_of_memory_is_told_as_such(monkeypatch, code):
    standing_in(monkeypatch, code)
    with pytest.raises(BadInput, match="grouping_memory"):
        grouped_apart(failures())


def test_a_command_that_is_not_there_is_told_of(monkeypatch):
    monkeypatch.setattr(apart, "COMMAND", ("no-such-command",))
    with pytest.raises(EngineFailed, match="grouping_broke"):
        grouped_apart(failures())


def test_who_does_not_want_it_any_more_ends_the_process(monkeypatch, tmp_path):
    mark = tmp_path / "process"
    standing_in(
        monkeypatch,
        f"import os, pathlib, sys, time\npathlib.Path({str(mark)!r}).write_text(str(os.getpid()))\n"
        "sys.stdin.buffer.read()",
    )

    def tell(share: float) -> None:
        if mark.exists() and mark.read_text():
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        grouped_apart(failures(), tell=tell)
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


def test_the_process_ends_with_the_studio():
    """Its input closes when the studio is gone, however it went: in the middle of the question, or after it."""
    pieces = list(question(failures(20_000), 12, 1, None))
    for sent in (pieces[:2], pieces):
        process = subprocess.Popen(
            apart.COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        process.stdin.write(b"".join(sent))
        process.stdin.flush()
        if sent is pieces:
            assert json.loads(process.stdout.readline())["share"] < 0.1
        process.stdin.close()
        assert process.wait(timeout=30) == (1 if sent is pieces else 0)
        assert b"groups" not in process.stdout.read() and not process.stderr.read()
        process.stdout.close()
        process.stderr.close()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="the system knows no niceness")
def test_it_lets_others_go_first():
    code = (
        "import os, studio.reasons.__main__ as own\nbefore = os.nice(0)\nown._step_back()\n"
        "print(os.nice(0) - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "10"


def test_a_line_is_one_line():
    assert line({"words": "one\ntwo\r\u2028"}).count(b"\n") == 1
    assert signal.SIGKILL == apart._KILLED
