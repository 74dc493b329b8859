"""People's work is held: shipped while a studio runs and when it ends, found again on an empty disk."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.core.run import OWNER
from studio.journal import FolderShelf
from tests.support import scripted_studio


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
    assert len(FolderShelf(tmp_path / "answers").files()) == 1


def test_without_a_shelf_there_is_nothing_to_say(tmp_path: Path) -> None:
    studio = scripted_studio(tmp_path / "home", {})
    assert studio.safety is None
    studio.close()
