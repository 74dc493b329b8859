"""A server that is killed in the middle of typing: no answer that was acknowledged is lost, no letter older than two
seconds, and the page goes on by itself when the server is back."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from studio.core.project import ProjectSpec
from studio.core.run import OWNER
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from tests.components.keyboard import readable
from tests.components.serving import free_port
from tests.support import write_task

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
UP_S = 120.0


@contextmanager
def server(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The studio in a process of its own, that can be killed."""
    environ = {**os.environ, "STUDIO_HOME": str(home), "PORT": str(port), "HOST": "127.0.0.1"}
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + UP_S
        while time.monotonic() < end:
            try:
                if httpx.get(f"http://127.0.0.1:{port}/config", timeout=5).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


def opened(home: Path) -> Studio:
    return Studio(Settings(home=home, db=home / "studio.sqlite"), Store(home / "studio.sqlite"))


def test_a_killed_server_loses_no_answer_and_no_letter_older_than_two_seconds(
    tmp_path: Path, browser_page: Any
) -> None:
    home, port, page = tmp_path / "home", free_port(), browser_page
    page.set_default_timeout(120_000)
    task = write_task(tmp_path / "Words", ["кот", "пёс", "3", "да"])
    studio = opened(home)
    spec = ProjectSpec("Проект", str(task), overlap=2, controls=0.0, repeats=0.0, joining="anyone")
    project = studio.organising.make(OWNER, spec)
    studio.organising.set_state(OWNER, project, "open")
    studio.close()

    with server(home, port) as process:
        page.goto(f"http://127.0.0.1:{port}/annotate?project={project}")
        page.fill('.an-door input[name="name"]', "Анна")
        page.keyboard.press("Enter")
        page.wait_for_selector("textarea")
        page.keyboard.type("первый")
        readable(page)
        page.keyboard.press("Control+Enter")
        page.wait_for_function(
            "() => /Ваших ответов: 1/.test(document.querySelector('[data-words]')?.textContent)"
        )
        began = time.monotonic()
        page.keyboard.type("длинный ответ, который печатают без остановки и не дописы", delay=60)
        typed = time.monotonic() - began
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert typed > 2.5, "long enough for what is older than two seconds to be on the server"

    studio = opened(home)
    try:
        (answer,) = studio._store.projects.standing(project)
        (draft,) = studio._store.db.column("SELECT text FROM desk_drafts")
    finally:
        studio.close()
    assert answer.text == "первый"
    assert "длинный ответ, который" in draft and re.match(re.escape(draft), page.input_value("textarea"))

    with server(home, port):  # the page is still open: it goes on without a hand on it
        page.keyboard.type("вает")
        readable(page)
        page.keyboard.press("Control+Enter")
        page.wait_for_function(
            "() => /Ваших ответов: 2/.test(document.querySelector('[data-words]')?.textContent)"
        )
    studio = opened(home)
    try:
        texts = [each.text for each in studio._store.projects.standing(project)]
    finally:
        studio.close()
    assert texts == ["первый", "длинный ответ, который печатают без остановки и не дописывает"]
