"""The six demo tasks: folder names, titles, and what the prompt blocks say about each."""

from __future__ import annotations

from dataclasses import dataclass

from studio.prompts import TaskWording


@dataclass(frozen=True)
class DemoTask:
    """One task of the suite; `kinds` are the kinds of question in it (`data.generate.questions`)."""

    name: str
    title_ru: str
    title_en: str
    wording: TaskWording
    kinds: tuple[str, ...]
    skills: tuple[str, ...]
    description: str

    @property
    def modality(self) -> str:
        return self.wording.modality


DEMO_TASKS: tuple[DemoTask, ...] = (
    DemoTask(
        "ruDemoStickers",
        "Наклейки: сколько и какого цвета",
        "Stickers: how many, which colour",
        TaskWording("image", "о наклейках на картинке", "Каждая наклейка одного цвета.", "short"),
        ("count", "color"),
        ("Static counting", "Physical property understanding", "Object recognition"),
        "Drawn stickers on a soft backdrop: count those of one shape, or name the colour of one.",
    ),
    DemoTask(
        "ruDemoWhich",
        "Какая это фигура",
        "Which figure is it",
        TaskWording("image", "о фигурах на картинке", "Четыре фигуры лежат по углам.", "letter"),
        ("shape", "place"),
        ("Spatial object relationship", "Object localization", "Object recognition"),
        "Four figures, one a corner: choose the one of a given colour or in a given corner.",
    ),
    DemoTask(
        "ruDemoSounds",
        "Что и сколько раз звучит",
        "What sounds, and how often",
        TaskWording("audio", "о звуках на записи", "На записи повторяется один звук.", "short"),
        ("sound", "times"),
        ("Temporal counting", "Object recognition", "Media characteristic understanding"),
        "One of six sounds repeated one to five times: name it, or count it.",
    ),
    DemoTask(
        "ruDemoOrder",
        "Порядок звуков",
        "The order of sounds",
        TaskWording("audio", "о порядке звуков", "На записи три разных звука.", "letter"),
        ("order",),
        ("Temporal object relationship", "Object recognition"),
        "Three different sounds one after another: choose the first, the second or the third.",
    ),
    DemoTask(
        "ruDemoMotion",
        "Куда движется",
        "Which way it moves",
        TaskWording("video", "о движении фигур", "Фигуры движутся по прямой.", "short"),
        ("direction",),
        ("Object motion recognition", "Object localization"),
        "One or two figures moving straight: name the direction of one of them.",
    ),
    DemoTask(
        "ruDemoChange",
        "Что происходит с фигурой",
        "What happens to the figure",
        TaskWording("video", "о том, что происходит в кадре", "Меняется что-то одно.", "letter"),
        ("change",),
        ("Object motion recognition", "Physical property understanding", "Temporal object relationship"),
        "A figure grows, shrinks, spins, jumps, fades or changes its colour: choose what happens.",
    ),
)

TASK_OF_KIND = {kind: task for task in DEMO_TASKS for kind in task.kinds}
