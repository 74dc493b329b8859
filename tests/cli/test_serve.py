"""`serve`: what stands in the way is said before the studio is opened."""

import runpy
import socket
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Line


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened: the pages themselves have tests of their own."""
    opened: list[str] = []
    monkeypatch.setattr(runpy, "run_path", lambda path, run_name: opened.append(path))
    for name in ("HOST", "PORT", "STUDIO_DB"):  # `serve` sets them; they go with the test
        monkeypatch.setenv(name, "")
    return opened


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_said_before_anything_is_opened(line: Line, served: list[str], taken: int) -> None:
    done = line.on("serve", "--port", str(taken))
    assert done.code == 2 and served == []
    assert f"Порт {taken}" in done.err and "python -m studio serve --port" in done.err
    assert "Открываю" not in done.err and "app.py" not in done.err


def test_a_port_that_cannot_be_is_refused_alike(line: Line, served: list[str]) -> None:
    done = line.on("serve", "--port", "70000", "--json")
    assert (done.code, done.json["error"]["code"], served) == (2, "cli_port_taken", [])


def test_a_free_port_is_opened(line: Line, served: list[str]) -> None:
    done = line.on("serve", "--port", "0")
    assert done.code == 0 and len(served) == 1 and "Открываю" in done.err
