"""`totals`: Attempted, Coverage and Total of a model's scores of tasks, in either weighting."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen, number
from studio.core.content import MODALITIES
from studio.core.errors import BadInput
from studio.core.totals import WEIGHTINGS, Measure, TaskMeasure, Totals


def totals(arguments: argparse.Namespace, screen: Screen) -> int:
    from studio.service.totals import totals_of_means, totals_of_tasks  # heavy: only when asked

    if (arguments.scores is None) == (arguments.run is None):
        raise BadInput("totals_what")
    public = arguments.public == "in"
    measures: tuple[TaskMeasure, ...] = ()
    if arguments.run is None:
        scores = _read(arguments.scores)
        found = {name: totals_of_means(scores, name, public=public) for name in WEIGHTINGS}
    else:
        with opened(arguments) as studio:
            measures = studio.measures(arguments.run, arguments.slots)
            if not measures:
                found_tasks = ", ".join(studio.run(arguments.run).tasks)
                raise BadInput("totals_nothing", run=arguments.run, found=found_tasks or "—")
        found = {name: totals_of_tasks(measures, name, public=public) for name in WEIGHTINGS}
    chosen = found[arguments.weighting]
    (other,) = (found[name] for name in WEIGHTINGS if name != chosen.weighting)
    _print(chosen, other, measures, screen)
    screen.result(_json(chosen, measures))
    return 0


def _read(path: Path) -> Any:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("cli_cannot_read", file=str(path), reason=reason) from error
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadInput("scores_json", file=str(path), reason=str(error)) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets a key stand twice and keeps the last silently; a score that stands twice is a mistake."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadInput("scores_twice", name=key, other=key, task=key)
        found[key] = value
    return found


def _json(found: Totals, measures: Sequence[TaskMeasure]) -> dict[str, Any]:
    """The numbers by themselves, and `uncertainty`: error, interval and n of each (null where not known)."""
    parts = {measure.task: _parts(measure) for measure in measures}
    named: dict[str, Measure | None] = {"attempted": found.attempted, "total": found.total}
    named |= {str(modality): measure for modality, measure in found.modalities.items()}
    return {
        "weighting": found.weighting,
        "public": found.public,
        "attempted": found.attempted.mean if found.attempted else None,
        "coverage": found.coverage,
        "total": found.total.mean,
        **{modality: measure.mean for modality, measure in found.modalities.items()},
        "uncertainty": {name: _uncertainty(measure) for name, measure in named.items()},
        "tasks": {name: {**_measure(m), **parts.get(name, {})} for name, m in found.tasks.items()},
        "missing": list(found.missing),
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {"score": measure.mean, **_uncertainty(measure)}


def _parts(measure: TaskMeasure) -> dict[str, Any]:
    """What a task of a run is made of: its two metrics, its few clusters, and what is in no mean."""
    return {
        "metrics": [_measure(measure.first), _measure(measure.second)],
        "clusters": {name: _measure(part) for name, part in measure.clusters.items()},
        "unscored": measure.score.unscored,
        "failed": measure.score.failed,
        "missing": list(measure.missing),
    }


def _uncertainty(measure: Measure | None) -> dict[str, Any]:
    if measure is None:
        return {"error": None, "interval": None, "n": None}
    interval = None if measure.low is None else [measure.low, measure.high]
    return {"error": measure.error, "interval": interval, "n": measure.n}


def _print(found: Totals, other: Totals, measures: Sequence[TaskMeasure], screen: Screen) -> None:
    """The totals, then what they are made of."""
    head = [screen.text(f"cli.totals.{name}") for name in ("what", "value", "error", "interval", "n")]
    names: dict[str, Measure | None] = {"total": found.total, "attempted": found.attempted}
    names |= {modality: found.modalities.get(modality) for modality in MODALITIES}
    rows = [_row(screen.text(f"cli.totals.{name}"), measure, screen) for name, measure in names.items()]
    coverage = [screen.text("cli.totals.coverage"), number(found.coverage, screen.lang), "—", "—", "—"]
    screen.say(screen.text(f"cli.totals.by_{found.weighting}"))
    screen.say(screen.text(f"cli.totals.public_{'in' if found.public else 'out'}"))
    screen.say()
    screen.table(head, [*rows[:2], coverage, *rows[2:]], numbers=range(1, 5))
    screen.say()
    _print_tasks(found, measures, screen)
    if found.missing:
        screen.say()
        screen.say(screen.text("cli.totals.missing", n=len(found.missing), names=", ".join(found.missing)))
    screen.say()
    total = number(other.total.mean, screen.lang)
    screen.say(screen.text("cli.totals.other", weighting=other.weighting, total=total))
    if found.total.error is None:
        screen.say(screen.text("cli.totals.no_errors"))


def _print_tasks(found: Totals, measures: Sequence[TaskMeasure], screen: Screen) -> None:
    """A line a task; of a run with its two metrics and with what is in no mean."""
    parts = {measure.task: measure for measure in measures}
    head = ["task", "value", "error", "interval", "n"]
    head += ["first", "second", "failed", "unscored"] if measures else []
    rows = [
        [*_row(name, measure, screen), *(_part_cells(parts[name], screen) if measures else [])]
        for name, measure in found.tasks.items()
    ]
    screen.table([screen.text(f"cli.totals.{name}") for name in head], rows, numbers=range(1, len(head)))


def _part_cells(measure: TaskMeasure, screen: Screen) -> list[str]:
    metrics = [number(part.mean, screen.lang) for part in (measure.first, measure.second)]
    return [*metrics, str(measure.score.failed), str(measure.score.unscored)]


def _row(name: str, measure: Measure | None, screen: Screen) -> list[str]:
    if measure is None:
        return [name, "—", "—", "—", "—"]
    separator = "; " if screen.lang == "ru" else ", "
    interval = (
        "—"
        if measure.low is None
        else f"[{number(measure.low, screen.lang)}{separator}{number(measure.high, screen.lang)}]"
    )
    n = "—" if measure.n is None else str(measure.n)
    return [name, number(measure.mean, screen.lang), number(measure.error, screen.lang, 4), interval, n]


COMMANDS = (
    Command(
        "totals",
        totals,
        (
            option("--scores", type=Path, metavar="file"),
            option("--run", metavar="run", key="run_totalled"),
            option("--weighting", choices=WEIGHTINGS, default="formula"),
            option("--public", choices=("in", "out"), default="in"),
            option("--slots", choices=("fixed", "strict"), default="fixed"),
            DB,
        ),
    ),
)
