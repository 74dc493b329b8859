"""A run's progress on stderr."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from studio.cli.progress import Progress
from studio.cli.screen import Screen
from studio.core.engine import Silence
from studio.core.run import RunSpec
from studio.texts import Lang
from tests.support import scripted_studio, write_task


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
    tmp_path: Path, lang: Lang, until: float | None, said: str
) -> None:
    studio = scripted_studio(tmp_path, lambda request: "кот")
    run = studio.start(RunSpec("our/model", (str(write_task(tmp_path / "Animals", ["кот"])),)))
    studio.wait(run, timeout_s=30)
    live = replace(studio.live(run), phase="answering")
    studio.close()
    terminal = Terminal()
    progress = Progress(Screen(lang, as_json=False, err=terminal), quiet=False)
    progress.show(live)
    assert "http://a" not in terminal.getvalue()
    progress.show(replace(live, silence=Silence(("http://a/v1",), until)))
    assert said in terminal.getvalue()
