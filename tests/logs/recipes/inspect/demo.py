"""Inspect tasks over the small demo records; run from the folder that `small.py` wrote (see ../README.md)."""

import json
import re
from pathlib import Path
from typing import Any

from inspect_ai import Epochs, Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import (
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
    ContentAudio,
    ContentImage,
    ContentText,
    ContentVideo,
    GenerateConfig,
    ModelAPI,
    ModelOutput,
    get_model,
    modelapi,
)
from inspect_ai.scorer import (
    Score,
    Scorer,
    Target,
    accuracy,
    includes,
    mean,
    model_graded_fact,
    scorer,
    stderr,
)
from inspect_ai.solver import TaskState, generate, system_message, use_tools
from inspect_ai.tool import Tool, tool

ANSWER = re.compile(r"ОТВЕТ\s+(.+)")


@scorer(metrics=[accuracy(), stderr()])
def after_marker() -> Scorer:
    """Whether what follows the last ОТВЕТ is the target; unscored where there is no ОТВЕТ."""

    async def score(state: TaskState, target: Target) -> Score:
        found = ANSWER.findall(state.output.completion)
        if not found:
            return Score.unscored(reason="no_marker", explanation=state.output.completion)
        return Score(value="C" if found[-1].strip() == target.text else "I", answer=found[-1].strip())

    return score


@scorer(metrics={"words": [mean()], "marked": [mean()]})
def shape() -> Scorer:
    """Two numbers of an answer: its words, and whether it is marked."""

    async def score(state: TaskState, target: Target) -> Score:
        text = state.output.completion
        return Score(value={"words": len(text.split()), "marked": int("ОТВЕТ" in text)})

    return score


def _records(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(Path(f"{name}.json").read_text("utf-8"))
    return rows


def _content(row: dict[str, Any]) -> list[Any]:
    file = row["media"]
    medium = {
        "image": lambda: ContentImage(image=file),
        "audio": lambda: ContentAudio(audio=file, format="wav"),
        "video": lambda: ContentVideo(video=file, format="mp4"),
    }[row["kind"]]()
    return [ContentText(text=row["before"]), medium, ContentText(text=row["after"])]


def _samples(name: str) -> list[Sample]:
    return [
        Sample(
            id=row["id"],
            input=[ChatMessageUser(content=_content(row))],
            choices=list(row["options"].values()) or None,
            target=row["gold"],
            metadata={"category": row["category"], "question": row["question"]},
        )
        for row in _records(name)
    ]


@task
def ruDemoWhich() -> Task:
    """Letters, pictures; three epochs at a temperature, two scorers."""
    return Task(
        dataset=MemoryDataset(_samples("ruDemoWhich"), name="ruDemoWhich"),
        solver=generate(),
        scorer=[after_marker(), shape()],
        epochs=Epochs(3, ["mean", "mode"]),
        config=GenerateConfig(temperature=1.3, seed=1, max_tokens=120),
    )


@modelapi(name="fixed")
class Fixed(ModelAPI):
    """Costs nothing and needs no network: `fixed/grader` gives grades by turns, `fixed/caller` first calls a tool."""

    def __init__(self, model_name: str, *args: Any, **options: Any) -> None:
        super().__init__(model_name, *args, **options)
        self._asked = 0

    async def generate(self, input: Any, tools: Any, tool_choice: Any, config: Any) -> ModelOutput:
        self._asked += 1
        if self.model_name == "grader":
            grade = ("GRADE: C", "GRADE: C", "GRADE: I", "no grade")[self._asked % 4]
            return ModelOutput.from_content(self.model_name, f"Reasons of a grader.\n\n{grade}")
        if input[-1].role == "tool":
            return ModelOutput.from_content(self.model_name, f"Ширина {input[-1].text.split()[-1]}.")
        return ModelOutput.for_tool_call(self.model_name, "ruler", {"side": "ширина"}, content="Измерю.")


@task
def ruDemoStickers() -> Task:
    """Open answers, pictures; a system message, a grader, a picture that is none."""
    samples = _samples("ruDemoStickers")
    samples[1].input = [
        ChatMessageUser(content=[ContentImage(image="broken.png"), ContentText(text="Что на картинке?")])
    ]
    samples[2].target = [str(samples[2].target), "другой ответ"]
    return Task(
        dataset=MemoryDataset(samples, name="ruDemoStickers"),
        solver=[system_message("Отвечай по-русски."), generate()],
        scorer=[includes(), model_graded_fact(model=get_model("fixed/grader"))],
        config=GenerateConfig(temperature=0.0, max_tokens=60),
        fail_on_error=False,
    )


@task
def ruDemoMixed() -> Task:
    """A sound, a clip, a picture after an earlier exchange, and a sample that a limit stops."""
    samples = _samples("ruDemoSounds")[:1] + _samples("ruDemoChange")[1:] + _samples("ruDemoStickers")[:2]
    for number, sample in enumerate(samples):
        sample.id = f"mixed-{number}"
    earlier = [
        ChatMessageSystem(content="Смотри внимательно."),
        ChatMessageUser(content="Готов?"),
        ChatMessageAssistant(content="Готов."),
    ]
    samples[-1].input = [*earlier, *samples[-1].input]
    samples[-2].input = [earlier[0], earlier[0], earlier[0], *samples[-1].input]
    return Task(
        dataset=MemoryDataset(samples, name="ruDemoMixed"),
        solver=generate(),
        scorer=after_marker(),
        message_limit=5,
        fail_on_error=False,
    )


@tool
def ruler() -> Tool:
    async def execute(side: str) -> str:
        """Measures a side.

        Args:
            side: which side to measure
        """
        return f"{side}: 112"

    return execute


@task
def ruDemoTools() -> Task:
    """A model that calls a tool before it answers (run it with the model `fixed/caller`)."""
    return Task(
        dataset=MemoryDataset([Sample(id=1, input="Какой ширины картинка?", target="112")], name="tools"),
        solver=[use_tools(ruler()), generate()],
        scorer=includes(),
    )
