"""Scores of a run as a table and as JSON: every mean with its interval and its counts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studio.cli.screen import Screen, number
from studio.core.outcome import Estimate
from studio.core.people_run import PeopleRun
from studio.core.run import Cell, Confusion, RunView, TaskScore
from studio.texts.determinism import repeatability
from studio.texts.figures import rounded
from studio.texts.run_names import name_of

if TYPE_CHECKING:
    from studio.service import Studio


def run_json(studio: "Studio", view: RunView) -> dict[str, Any]:
    """{"run", "state", "model", …, "tasks": {name: scores}, "total": scores}; see `_scores`."""
    counts = {confusion.task: confusion for confusion in studio.confusions(view.id)}
    seconds, asking = studio.seconds(view.id), _asking_s(studio, view)
    shares = {task: spent / (sum(seconds.values()) or 1.0) for task, spent in seconds.items()}
    scores = {
        score.task: {
            **_scores(score, counts.get(score.task), _seconds(view, seconds, score.task)),
            "answering_seconds": _answering(asking, shares, score.task),
        }
        for score in studio.scores(view.id)
    }
    total = scores.pop("", {})
    return {
        "run": view.id,
        "state": view.state,
        "kind": view.kind,
        "model": view.model,
        "people": PeopleRun.of(view.resolved),
        "revision": view.revision,
        "judge": view.judge,
        "profile": view.spec.profile,
        "em_version": view.em_version,
        "problem": view.problem,
        "recalled": view.recalled,
        "determinism": view.resolved.get("determinism"),
        "tasks": scores,
        "total": total,
    }


def _asking_s(studio: "Studio", view: RunView) -> float | None:
    return (studio.pace(view.id).figures.asking_s or None) if view.kind == "model" else None


def _answering(asking: float | None, shares: Mapping[str, float], task: str) -> float | None:
    """The model's part of the time of a task ("" is all), without the judge's; None where it is not known."""
    if asking is None or (task and task not in shares):
        return None
    return round(asking * (shares[task] if task else 1.0), 3)


def _seconds(view: RunView, shares: Mapping[str, float], task: str) -> float | None:
    """The time of a task ("" is all); None where it is not known: a log may tell only the time of the whole."""
    if not task:
        return view.seconds or (None if view.kind == "imported" else 0.0)
    known = view.kind != "imported" or sum(shares.values()) > 0
    return shares.get(task, view.seconds) if known else None


def _scores(score: TaskScore, confusion: Confusion | None, seconds: float | None) -> dict[str, Any]:
    """n planned samples, of which so many are answered; em and js as means over scored samples in [0, 1] (null when
    none is) with 95 % intervals; `metrics` tells what the two are: of ruHHH EM and JS of groups, of RuSLUn intents and
    slots.

    `seconds` is the task's part of the run's time; beside it stands `answering_seconds`, the model's part of it alone,
    without the judge. `failed`: no answer. `unscored`: answered, but EM or the judge could not tell. `pending`: not
    asked yet.
    """
    counts = confusion.counts if confusion else {}
    return {
        "n": score.planned,
        "answered": score.planned - counts.get("pending", 0) - counts.get("failed", 0),
        "metrics": list(score.metrics),
        **_estimate("em", score.em),
        **_estimate("js", score.js),
        **_estimate("final", score.final),
        "failed": counts.get("failed", 0),
        "unscored": counts.get("unscored", 0),
        "pending": counts.get("pending", 0),
        "truncated": score.truncated,
        "chance": score.chance,
        "seconds": None if seconds is None else round(seconds, 3),
    }


def _estimate(name: str, estimate: Estimate) -> dict[str, Any]:
    interval = None if estimate.low is None else [_round(estimate.low), _round(estimate.high)]
    return {name: _round(estimate.mean), f"{name}_interval": interval, f"{name}_scored": estimate.scored}


def _round(value: float | None) -> float | None:
    return None if value is None else float(rounded(value, 6))


def print_scores(studio: "Studio", view: RunView, screen: Screen) -> None:
    """The table of a run: a line a task, the total last."""
    counts = {confusion.task: confusion.counts for confusion in studio.confusions(view.id)}
    seconds = studio.seconds(view.id)
    n = "answered" if view.pending else "n"
    head = [
        screen.text(f"cli.scores.{name}") for name in ("task", n, "em", "js", "failed", "unscored", "seconds")
    ]
    rows = []
    for score in studio.scores(view.id):
        total = not score.task
        count = counts.get(score.task, {})
        rows.append([
            screen.text("cli.scores.total") if total else score.task,
            _planned(score, count) if view.pending else str(score.planned),
            with_interval(score.em, screen),
            with_interval(score.js, screen),
            str(count.get("failed", 0)),
            str(count.get("unscored", 0)),
            number(_seconds(view, seconds, score.task), screen.lang, 1),
        ])  # fmt: skip
    screen.table(head, rows, numbers=range(1, len(head)))
    screen.say()
    screen.say(
        screen.text(
            "cli.scores.who.people" if view.kind == "human" else "cli.scores.who",
            run=view.id,
            model=f"{name_of(view, screen.lang)} {view.revision[:19]}".rstrip(),
            em=view.em_version,
            judge=view.judge or "—",
        )
    )
    if told := repeatability(view.resolved, screen.lang):
        screen.say(told)


def _planned(score: TaskScore, count: Mapping[Cell, int]) -> str:
    """How many of a task's samples are answered, of those planned: 6/120."""
    return f"{score.planned - count.get('pending', 0) - count.get('failed', 0)}/{score.planned}"


def with_interval(estimate: Estimate, screen: Screen) -> str:
    """0,712 [0,60; 0,81], or a dash when nothing is scored."""
    if estimate.mean is None:
        return "—"
    separator = "; " if screen.lang == "ru" else ", "
    low, high = (number(value, screen.lang, 2) for value in (estimate.low, estimate.high))
    return f"{number(estimate.mean, screen.lang)} [{low}{separator}{high}]"
