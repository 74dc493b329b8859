"""Small real things for tests: a task folder with pictures, a judge that follows a rule, a studio over them."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from studio.core.content import Media, media_of
from studio.core.engine import Answer, Completion, Engine, Request
from studio.core.engine import Settings as EngineSettings
from studio.core.errors import ModelError, Problem
from studio.core.judge import Judge, JudgeCall, JudgeCase, JudgeInfo, Verdict
from studio.core.run import RunSpec
from studio.engines.scripted import ScriptedEngine
from studio.media import load_audio, load_frames, load_image
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store


def write_task(
    folder: Path,
    golds: Sequence[Any],
    *,
    name: str = "",
    access: str = "public",
    first_id: int = 1,
    blue: int = 120,
) -> Path:
    """A MERA task folder with one small picture a record; gold answers as given (None: the key is left out). Two such
    tasks ask the same questions, unless their pictures are of another `blue`."""
    (folder / "samples").mkdir(parents=True)
    records = []
    for number, gold in enumerate(golds):
        file = f"samples/{number:04}.png"
        Image.new("RGB", (32, 32), (number * 37 % 256, number * 91 % 256, blue)).save(folder / file)
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


class SeeingEngine(ScriptedEngine):
    """Prepares media as a model in this process would, and notes what it did to them."""

    def _answer(
        self, request: Request, settings: EngineSettings, on_text: Any, cancelled: Any
    ) -> Answer | None:
        answer = super()._answer(request, settings, on_text, cancelled)
        if not isinstance(answer, Completion):
            return answer
        notes = {medium.key: self._note(medium, settings) for medium in media_of(request.message)}
        return replace(answer, media_note=notes)

    def _note(self, medium: Media, settings: EngineSettings) -> dict[str, Any]:
        if medium.modality == "image":
            return load_image(medium.path, settings.box).note
        if medium.modality == "audio":
            return load_audio(medium.path).note
        return load_frames(medium.path, settings.frames, settings.box).note


def write_media_task(folder: Path, media: Mapping[str, Sequence[Path]]) -> Path:
    """A task of one question about each of these files, kept where they are given by modality."""
    (folder / "samples").mkdir(parents=True)
    records = []
    for modality, paths in media.items():
        for path in paths:
            shutil.copyfile(path, folder / "samples" / path.name)
            records.append(
                {
                    "instruction": f"Вот: <{modality}>\n{{question}}",
                    "inputs": {modality: f"samples/{path.name}", "question": f"Что здесь, в {path.stem}?"},
                    "outputs": "да",
                    "meta": {"id": len(records) + 1},
                }
            )
    (folder / "test.json").write_text(json.dumps({"data": records}, ensure_ascii=False), encoding="utf-8")
    return folder


def no_judge(name: str) -> Judge:
    raise ModelError("unknown_model", name=name)


def scripted_studio(
    home: Path,
    script: Any,
    *,
    judge: Any = None,
    embedder: Any = None,
    data: Path | None = None,
    shelf: str = "",
    **engine_options: Any,
) -> Studio:
    """A studio over a file in `home` whose models answer by `script`. `data` replaces the shipped demo."""
    settings = Settings(home=home, db=home / "studio.sqlite", shelf=shelf, **({"data": data} if data else {}))
    engine = script if isinstance(script, ScriptedEngine) else ScriptedEngine(script, **engine_options)
    shared = judge or RuleJudge()

    def open_engine(spec: RunSpec) -> Engine:
        return engine

    def open_judge(name: str) -> Judge:
        found: Judge = shared(name) if callable(shared) else shared
        return found

    return Studio(settings, Store(settings.db), engine=open_engine, judge=open_judge, embedder=embedder)
