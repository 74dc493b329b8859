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
        TaskWording("image", "о наклейках на картинке", "Все наклейки одного цвета.", "short"),
        ("count", "color"),
        ("Static counting", "Physical property understanding", "Object recognition"),
        "One to five drawn stickers of one colour on a soft backdrop: count them, or name the colour.",
    ),
    DemoTask(
        "ruDemoWhich",
        "Какая фигура и где она",
        "Which figure, and where",
        TaskWording("image", "о фигурах на картинке", "На картинке одна или две фигуры.", "letter"),
        ("side", "place"),
        ("Spatial object relationship", "Object localization", "Object recognition"),
        "Two figures side by side: choose the one on the left or on the right; or one figure: choose its quarter.",
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
        "Что и куда движется",
        "What moves, and which way",
        TaskWording("video", "о движении фигуры", "Фигура движется по прямой.", "short"),
        ("direction", "mover"),
        ("Object motion recognition", "Object recognition"),
        "One figure moving straight: name the direction, or the figure.",
    ),
    DemoTask(
        "ruDemoChange",
        "Что происходит с фигурой",
        "What happens to the figure",
        TaskWording("video", "о том, что происходит в кадре", "Меняется что-то одно.", "letter"),
        ("change",),
        ("Object motion recognition", "Physical property understanding", "Temporal object relationship"),
        "A figure grows, shrinks, changes its colour or jumps: choose what happens.",
    ),
)

TASK_OF_KIND = {kind: task for task in DEMO_TASKS for kind in task.kinds}
