"""Reads the cards of the suite's tasks. A card says everything; nothing in Python knows a task by its name.

The files ship with the studio, so a fault in one is a fault of the studio: it is raised with the file's name, and one
test reads them all. A key that this reader does not know is refused, so that no fact stands in a card unread.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast, get_args

from studio.core.content import MODALITIES, Modality
from studio.core.errors import TaskError
from studio.core.suite import (
    Agreement,
    AnswerForm,
    Cluster,
    Doubt,
    Generation,
    GoldForm,
    HumanFigure,
    Metric,
    PromptVariant,
    Subset,
    SuiteTask,
)
from studio.core.task import AnswerType, Split
from studio.tasks.mera.names import names_of, plain_name

SUITE = "mera"
MODALITY_ORDER: tuple[Modality, ...] = MODALITIES
_SPLITS: tuple[Split, ...] = get_args(Split)


@cache
def suite_tasks() -> tuple[SuiteTask, ...]:
    """The 18 tasks, pictures first, then sounds and clips; by name within a modality, case aside.

    No network, no `datasets`: only the cards are read, once. Raises TaskError when a card is broken.
    """
    tasks = [read_card(path) for path in Path(__file__).parent.glob("*.toml")]
    return tuple(sorted(tasks, key=lambda task: (MODALITY_ORDER.index(task.modality), task.name.casefold())))


@lru_cache(maxsize=4096)
def suite_task(name: str) -> SuiteTask | None:
    """The task that a name means: its own, the harness's, an old upload's, a subset's. Case, `-` and `_` are alike."""
    wanted = plain_name(name)
    return next((task for task in suite_tasks() if wanted in names_of(task)), None)


def read_card(path: Path) -> SuiteTask:
    """One card. Raises TaskError: no TOML, a key missing, unknown or of the wrong kind."""
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        return _task(_Table(facts))
    except (OSError, ValueError) as error:  # a broken TOML and a wrong value are ValueErrors
        raise TaskError("suite_card_broken", file=path.name, reason=str(error)) from error


class _Table:
    """A table of a card whose keys are taken one by one; what is left over at the end is an error."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts = dict(facts)

    def text(self, key: str, default: str | None = None) -> str:
        return cast(str, self._take(key, str, default))

    def whole(self, key: str) -> int:
        return cast(int, self._take(key, int, None))

    def maybe_whole(self, key: str) -> int | None:
        return self.whole(key) if key in self._facts else None

    def number(self, key: str, default: float | None = None) -> float:
        return float(cast(float, self._take(key, int | float, default)))

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        values = cast(list[object], self._take(key, list, default))
        if not all(isinstance(value, str) for value in values) or len(set(map(str, values))) != len(values):
            raise ValueError(f"{key}: texts, each once, not {values!r}")
        return tuple(cast(list[str], values))

    def one_of(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in known:
            raise ValueError(f"{key}: {value!r} is none of {', '.join(known)}")
        return value

    def table(self, key: str, default: Mapping[str, Any] | None = None) -> "_Table":
        return _Table(cast(dict[str, Any], self._take(key, dict, default)))

    def tables(self, key: str) -> list["_Table"]:
        return [_Table(item) for item in cast(list[dict[str, Any]], self._take(key, list, []))]

    def titles(self, key: str) -> dict[str, str]:
        table = self.table(key)
        found = {lang: table.text(lang) for lang in ("ru", "en")}
        table.end()
        return found

    def end(self) -> None:
        if self._facts:
            raise ValueError(f"unknown: {', '.join(self._facts)}")

    def _take(self, key: str, kind: Any, default: object) -> object:
        if key not in self._facts and default is None:
            raise ValueError(f"{key} is missing")
        value: object = self._facts.pop(key, default)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ValueError(f"{key}: {value!r} is of the wrong kind")
        return value


def _task(card: _Table) -> SuiteTask:
    name, title = card.text("name"), card.titles("title")
    task = SuiteTask(
        name=name,
        title=title,
        modality=cast(Modality, card.one_of("modality", MODALITIES)),
        access=cast(Any, card.one_of("access", ("public", "private"))),
        answer_type=cast(AnswerType, card.one_of("answer_type", get_args(AnswerType))),
        answer_form=cast(AnswerForm, card.one_of("answer_form", get_args(AnswerForm))),
        gold=cast(GoldForm, card.one_of("gold", get_args(GoldForm))),
        hub=card.text("hub"),
        revision=card.text("revision"),
        licence=card.text("licence"),
        submission=card.text("submission"),
        harness=card.text("harness"),
        subsets=tuple(_subset(name, title, table) for table in card.tables("subsets")),
        media=card.texts("media"),
        texts=card.texts("texts"),
        options=card.texts("options"),
        optional=frozenset(card.texts("optional", [])),
        metrics=_metrics(card.texts("metrics")),
        groups=cast(Cluster, card.one_of("groups", get_args(Cluster))),
        group_size=card.maybe_whole("group_size"),
        generation=_generation(card.table("generation")),
        prompts=cast(PromptVariant, card.one_of("prompts", get_args(PromptVariant))),
        instructions=card.whole("instructions"),
        skills=card.texts("skills"),
        human=tuple(_human(table) for table in card.tables("human")),
        agreement=tuple(_agreement(table) for table in card.tables("agreement")),
        aliases=card.texts("aliases", []),
        doubts=tuple(_doubt(table) for table in card.tables("doubts")),
    )
    card.end()
    if unknown := task.optional - {*task.media, *task.texts, *task.options}:
        raise ValueError(f"optional: {', '.join(sorted(unknown))} is no key of the inputs")
    return task


def _subset(task: str, title: Mapping[str, str], table: _Table) -> Subset:
    config = table.text("config", "") or None
    own = table.titles("title") if config else {}
    counts = table.table("sizes")
    sizes: dict[Split, int] = {split: counts.whole(split) for split in _SPLITS}
    counts.end()
    table.end()
    whole = {lang: f"{title[lang]}: {own[lang]}" for lang in own} if own else dict(title)
    return Subset(f"{task}_{config}" if config else task, config, whole, sizes)


def _metrics(names: tuple[str, ...]) -> tuple[Metric, Metric]:
    if len(names) != 2 or not set(names) <= set(get_args(Metric)):
        raise ValueError(f"metrics: two of {', '.join(get_args(Metric))}, not {', '.join(names)}")
    return cast(tuple[Metric, Metric], names)


def _generation(table: _Table) -> Generation:
    found = Generation(
        max_new_tokens=table.whole("max_new_tokens"),
        temperature=table.number("temperature", 0.0),
        stop=table.texts("stop", []),
        frames=table.maybe_whole("frames"),
    )
    table.end()
    return found


def _human(table: _Table) -> HumanFigure:
    metrics = (*get_args(Metric), "unnamed")
    found = HumanFigure(
        value=table.number("value"),
        metric=cast(Metric, table.one_of("metric", metrics)),
        source=table.text("source"),
        who=cast(Any, table.one_of("who", ("crowd", "expert", ""), "")),
    )
    table.end()
    return found


def _agreement(table: _Table) -> Agreement:
    who = cast(Any, table.one_of("who", ("crowd", "expert")))
    found = Agreement(table.number("percent"), who, table.maybe_whole("n"))
    table.end()
    return found


def _doubt(table: _Table) -> Doubt:
    found = Doubt(*(table.text(key) for key in ("field", "kept", "other", "source")))
    table.end()
    return found
