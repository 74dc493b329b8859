"""A run's progress on stderr."""

import io
import time
from dataclasses import replace
from pathlib import Path

import pytest

from studio.cli.progress import Progress
from studio.cli.screen import Screen
from studio.core.engine import Silence
from studio.core.run import Live, RunSpec
from studio.texts import Lang
from tests.support import scripted_studio, write_task


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Live:
    """A run that goes on, in a wide terminal."""
    monkeypatch.setenv("COLUMNS", "400")
    studio = scripted_studio(tmp_path, lambda request: "кот")
    run = studio.start(RunSpec("our/model", (str(write_task(tmp_path / "Animals", ["кот"])),)))
    studio.wait(run, timeout_s=30)
    live = replace(studio.live(run), phase="answering")
    studio.close()
    return live


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_one_living_line_and_a_log_gets_quiet() -> None:
    assert Progress(Screen("ru", as_json=True, err=Terminal()), quiet=False).every_s < 0.5
    log = io.StringIO()
    Progress(Screen("ru", as_json=True, err=log), quiet=False).clear()
    assert log.getvalue() == ""


@pytest.mark.parametrize(
    ("lang", "until", "said"),
    [
        ("ru", 0.0, "1/1 · нет ответа от http://a/v1, ждём до "),
        ("en", 0.0, "1/1 · no answer from http://a/v1, waiting until "),
        ("ru", None, "1/1 · нет ответа от http://a/v1, спрашиваем остальных"),
    ],
)
def test_a_server_that_does_not_answer_is_named(
    live: Live, lang: Lang, until: float | None, said: str
) -> None:
    terminal = Terminal()
    progress = Progress(Screen(lang, as_json=False, err=terminal), quiet=False)
    progress.show(live)
    assert "http://a" not in terminal.getvalue()
    progress.show(replace(live, silence=Silence(("http://a/v1",), until)))
    assert said in terminal.getvalue()


def test_while_the_judge_is_waited_for_its_count_is_told(live: Live) -> None:
    terminal = Terminal()
    progress = Progress(Screen("ru", as_json=False, err=terminal), quiet=False)
    progress.show(live)
    assert "судья" not in terminal.getvalue() and "осталось" in terminal.getvalue()
    terminal.truncate(0)
    progress.show(replace(live, phase="finishing"))
    assert "судья: 1 из 1" in terminal.getvalue() and "осталось" not in terminal.getvalue()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ru", ["занято с ", ": http://a/v1, спрашиваем", "судья не ответил (http://j/v1)"]),
        ("en", ["busy since ", ": http://a/v1, asking", "the judge has not answered (http://j/v1)"]),
    ],
)
def test_who_is_busy_is_named_and_so_is_a_silent_judge(live: Live, lang: Lang, said: list[str]) -> None:
    since = time.time() - 60
    terminal = Terminal()
    progress = Progress(Screen(lang, as_json=False, err=terminal), quiet=False)
    busy = Silence(busy=(("http://a/v1", since), ("http://b/v1", time.time())))
    progress.show(replace(live, silence=busy, judge_silence=Silence(("http://j/v1",), since)))
    line = terminal.getvalue()
    assert all(words in line for words in said), line
    assert "http://b/v1" not in line, "it was busy a moment ago"
