"""A command line over a studio whose model and judge are written beforehand."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from studio.cli import main
from studio.core.engine import Request
from studio.engines.scripted import ScriptedEngine
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from tests.support import RuleJudge, write_task


@dataclass
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout; anything else there is an error."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


@dataclass
class Line:
    """`python -m studio` in this process: every call opens the same file anew, as separate commands would."""

    db: Path
    capsys: pytest.CaptureFixture[str]
    answer: Callable[[Request], str]
    judge: RuleJudge
    token_s: float = 0.0

    def __call__(self, *words: str) -> Done:
        code = main(words, open_studio=self._open)
        captured = self.capsys.readouterr()
        return Done(code, captured.out, captured.err)

    def on(self, *words: str) -> Done:
        """The command over this line's database."""
        return self(*words, "--db", str(self.db))

    def opened(self) -> Studio:
        """The studio that the commands open, for a look behind them."""
        return self._open(Settings.from_env(os.environ, db=self.db))

    def _open(self, settings: Settings) -> Studio:
        engine = ScriptedEngine(self.answer, token_s=self.token_s)
        return Studio(settings, Store(settings.db), engine=lambda spec: engine, judge=lambda name: self.judge)


GOLDS = ["кот", "пёс", "3", "да"]
ANSWERS = {0: "ОТВЕТ кот", 1: "Это пёс сидит тут.", 2: "ОТВЕТ 4", 3: "да"}


@pytest.fixture
def task(tmp_path: Path) -> Path:
    """Four pictures; the answers below are right by both, by the judge only, by none, by both."""
    return write_task(tmp_path / "Animals", GOLDS)


def by_question(request: Request) -> str:
    """The answer to «Что на картинке номер N?»."""
    text = "".join(getattr(part, "text", "") for part in request.message)
    return ANSWERS[int(text.split("номер ")[1].split("?")[0])]


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], studio_home: Path) -> Line:
    return Line(tmp_path / "X.db", capsys, by_question, RuleJudge())
