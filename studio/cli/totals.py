"""`totals`: Attempted, Coverage and Total of a model's scores of tasks, in either weighting."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from studio.cli.parser import Command, option
from studio.cli.screen import Screen, number
from studio.core.content import MODALITIES
from studio.core.errors import BadInput
from studio.core.totals import WEIGHTINGS, Measure, Totals


def totals(arguments: argparse.Namespace, screen: Screen) -> int:
    from studio.service.totals import totals_of_means  # heavy: only when asked

    scores, public = _read(arguments.scores), arguments.public == "in"
    found = {weighting: totals_of_means(scores, weighting, public=public) for weighting in WEIGHTINGS}
    chosen = found[arguments.weighting]
    _print(chosen, screen)
    (other,) = (found[weighting] for weighting in WEIGHTINGS if weighting != chosen.weighting)
    screen.say()
    screen.say(
        screen.text(
            "cli.totals.other", weighting=other.weighting, total=number(other.total.mean, screen.lang)
        )
    )
    if chosen.total.error is None:
        screen.say(screen.text("cli.totals.no_errors"))
    screen.result(_json(chosen))
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


def _json(found: Totals) -> dict[str, Any]:
    """The numbers by themselves, and `uncertainty`: error, interval and n of each (null where not known)."""
    measures: dict[str, Measure | None] = {"attempted": found.attempted, "total": found.total}
    measures |= {str(modality): measure for modality, measure in found.modalities.items()}
    return {
        "weighting": found.weighting,
        "public": found.public,
        "attempted": found.attempted.mean if found.attempted else None,
        "coverage": found.coverage,
        "total": found.total.mean,
        **{modality: measure.mean for modality, measure in found.modalities.items()},
        "uncertainty": {name: _uncertainty(measure) for name, measure in measures.items()},
        "tasks": {name: {"score": m.mean, **_uncertainty(m)} for name, m in found.tasks.items()},
        "missing": list(found.missing),
    }


def _uncertainty(measure: Measure | None) -> dict[str, Any]:
    if measure is None:
        return {"error": None, "interval": None, "n": None}
    interval = None if measure.low is None else [measure.low, measure.high]
    return {"error": measure.error, "interval": interval, "n": measure.n}


def _print(found: Totals, screen: Screen) -> None:
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
    tasks = [_row(name, measure, screen) for name, measure in found.tasks.items()]
    screen.table([screen.text("cli.totals.task"), *head[1:]], tasks, numbers=range(1, 5))
    if found.missing:
        screen.say()
        screen.say(screen.text("cli.totals.missing", n=len(found.missing), names=", ".join(found.missing)))


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
            option("--scores", required=True, type=Path, metavar="file"),
            option("--weighting", choices=WEIGHTINGS, default="formula"),
            option("--public", choices=("in", "out"), default="in"),
        ),
    ),
)
