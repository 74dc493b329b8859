"""Small real things for tests: a task folder with pictures, a judge that follows a rule, a studio over them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from studio.core.engine import Engine
from studio.core.errors import ModelError, Problem
from studio.core.judge import Judge, JudgeCall, JudgeCase, JudgeInfo, Verdict
from studio.core.run import RunSpec
from studio.engines.scripted import ScriptedEngine
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store


def write_task(
    folder: Path, golds: Sequence[Any], *, name: str = "", access: str = "public", first_id: int = 1
) -> Path:
    """A MERA task folder with one small picture a record; gold answers as given (None: the key is left out)."""
    (folder / "samples").mkdir(parents=True)
    records = []
    for number, gold in enumerate(golds):
        file = f"samples/{number:04}.png"
        Image.new("RGB", (32, 32), (number * 37 % 256, number * 91 % 256, 120)).save(folder / file)
        record = {
            "instruction": "Посмотрите: <image>\nВопрос: {question}\nОтвет после слова ОТВЕТ.",
            "inputs": {"image": file, "question": f"Что на картинке номер {number}?"},
            "outputs": gold,
            "meta": {
                "id": first_id + number,
                "categories": {"kind": "чётный" if number % 2 == 0 else "нечётный"},
            },
        }
        if gold is None:
            del record["outputs"]
        records.append(record)
    (folder / "test.json").write_text(
        json.dumps({"access": access, "data": records}, ensure_ascii=False), encoding="utf-8"
    )
    return folder


class RuleJudge:
    """Says «agrees» when the gold stands in the prediction as a word. Counts how often it was asked."""

    def __init__(self, name: str = "rule") -> None:
        self.info = JudgeInfo(name, "r1", "path")
        self.asked = 0

    def verdicts(self, cases: Sequence[JudgeCase]) -> list[Verdict]:
        self.asked += len(cases)
        return [self._verdict(case) for case in cases]

    def close(self) -> None:
        pass

    def _verdict(self, case: JudgeCase) -> Verdict:
        if not case.gold:
            return Verdict(None, None, (), Problem("no_gold"))
        golds = case.gold if isinstance(case.gold, tuple) else (case.gold,)
        words = case.prediction.casefold().replace(".", " ").split()
        label = int(any(gold.casefold() in words for gold in golds))
        probability = 0.9 if label else 0.1
        return Verdict(label, probability, (JudgeCall("full", probability, label, "0" * 64),))


def no_judge(name: str) -> Judge:
    raise ModelError("unknown_model", name=name)


def scripted_studio(
    home: Path, script: Any, *, judge: Any = None, data: Path | None = None, **engine_options: Any
) -> Studio:
    """A studio over a file in `home` whose models answer by `script`. `data` replaces the shipped demo."""
    settings = Settings(home=home, db=home / "studio.sqlite", **({"data": data} if data else {}))
    engine = script if isinstance(script, ScriptedEngine) else ScriptedEngine(script, **engine_options)
    shared = judge or RuleJudge()

    def open_engine(spec: RunSpec) -> Engine:
        return engine

    def open_judge(name: str) -> Judge:
        found: Judge = shared(name) if callable(shared) else shared
        return found

    return Studio(settings, Store(settings.db), engine=open_engine, judge=open_judge)
