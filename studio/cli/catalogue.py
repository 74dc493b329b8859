"""`tasks` and `models`: what there is to choose from."""

import argparse
from typing import TYPE_CHECKING

from studio.cli.door import DB, SERVERS, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen, number, plain
from studio.core.suite import SuiteTask
from studio.core.task import TaskInfo
from studio.texts import in_words

if TYPE_CHECKING:
    from studio.service import Studio

MERA = "mera"


def tasks(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        if arguments.suite == MERA and not arguments.task:
            return _mera(studio, screen)
        named = arguments.task or ([arguments.suite] if arguments.suite else [])
        found, cards = studio.find_tasks(named) if named else studio.tasks(), studio.mera()
    screen.table(
        [
            screen.text(f"cli.tasks.{name}")
            for name in ("name", "title", "modality", "answer", "test", "shots", "chance")
        ],
        [_task_row(info, screen) for info in found],
        numbers=(4, 5, 6),
    )
    if not named:
        screen.say(f"\n{screen.text('cli.tasks.mera', n=len(cards))}")
    screen.result({"tasks": found, "suites": {MERA: [card.name for card in cards]}})
    return 0


def _mera(studio: "Studio", screen: Screen) -> int:
    """MERA Multi by its cards: what each task is, and whether its records are here or must come from the hub."""
    cards, silence = studio.mera(), studio.hub_silence()
    here = {info.name for info in studio.tasks() if info.suite == MERA}
    copies = {card.name: sorted(here & {card.name, *card.subset_sources()}) for card in cards}
    screen.table(
        [
            screen.text(f"cli.tasks.{name}")
            for name in ("name", "title", "modality", "answer", "access", "test", "shots", "parts", "where")
        ],
        [_card_row(card, bool(copies[card.name]), screen) for card in cards],
        numbers=(5, 6, 7),
    )
    if silence:
        screen.note("cli.tasks.hub_silent", reason=in_words(silence, screen.lang))
    listed = [{**plain(card, screen.lang), "sizes": card.sizes, "here": copies[card.name]} for card in cards]
    screen.result({"suite": MERA, "tasks": listed, "hub": {"answers": not silence, "reason": silence}})
    return 0


def _card_row(card: SuiteTask, here: bool, screen: Screen) -> list[str]:
    return [
        card.name,
        card.title[screen.lang],
        screen.text(f"modality.{card.modality}"),
        screen.text(f"cli.tasks.form.{card.answer_form}"),
        screen.text(f"cli.tasks.access.{card.access}"),
        str(card.sizes["test"]),
        str(card.sizes["shots"]),
        str(len(card.subsets)),
        screen.text(f"cli.tasks.{'here' if here else 'hub'}"),
    ]


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
        if servers := [url for group in arguments.server for url in group]:
            return _offered(studio.server_models(servers, arguments.key_env), screen)
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


def _offered(found: dict[str, list[str]], screen: Screen) -> int:
    rows = [[url, ", ".join(names)] for url, names in found.items()]
    screen.table([screen.text(f"cli.models.{name}") for name in ("server", "name")], rows)
    screen.result({"servers": found})
    return 0


COMMANDS = (
    Command(
        "tasks",
        tasks,
        (
            option("task", nargs="*", metavar="task", key="task_shown"),
            option("--suite", choices=("demo", MERA)),
            DB,
        ),
    ),
    Command("models", models, (*SERVERS, DB)),
)
