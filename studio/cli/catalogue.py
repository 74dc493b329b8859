"""`tasks` and `models`: what there is to choose from."""

import argparse

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen, number
from studio.core.task import TaskInfo


def tasks(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        found = [studio.task(ref) for ref in arguments.task] or studio.tasks()
    screen.table(
        [
            screen.text(f"cli.tasks.{name}")
            for name in ("name", "title", "modality", "answer", "test", "shots", "chance")
        ],
        [_task_row(info, screen) for info in found],
        numbers=(4, 5, 6),
    )
    screen.result({"tasks": found})
    return 0


def _task_row(info: TaskInfo, screen: Screen) -> list[str]:
    return [
        info.name,
        info.title.get(screen.lang) or info.title.get("ru", ""),
        screen.text(f"modality.{info.modality}"),
        screen.text(f"cli.tasks.answer.{info.answer_type}"),
        str(info.sizes.get("test", 0)),
        str(info.sizes.get("shots", 0)),
        number(info.chance, screen.lang, 2),
    ]


def models(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        found, judges = studio.models(), studio.judges()
    rows = []
    for model in found:
        takes = None if model.modalities is None else sorted(model.modalities)
        said = [screen.text(f"modality.{name}") for name in takes or ()]
        note = model.note.get(screen.lang) or model.note.get("ru", "")
        rows.append([model.name, ", ".join(said) or screen.text("cli.models.unknown"), note])
    screen.table([screen.text(f"cli.models.{name}") for name in ("name", "takes", "note")], rows)
    screen.say(f"\n{screen.text('cli.models.judges')}: {', '.join(judges)}")
    screen.result({"models": found, "judges": judges})
    return 0


COMMANDS = (
    Command("tasks", tasks, (option("task", nargs="*", metavar="task", key="task_shown"), DB)),
    Command("models", models, (DB,)),
)
