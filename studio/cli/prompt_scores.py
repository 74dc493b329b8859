"""`prompt-scores`: a run by prompt, and what a run in all prompts tells."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from studio.cli.door import DB, RUN, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen, number
from studio.core.outcome import Estimate
from studio.core.prompts import PROMPT_MARKS, PromptScore, PromptScores
from studio.texts.prompts_said import prompts_said


def prompt_scores(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        found = studio.prompts.scores(arguments.run, arguments.task, arguments.metric)
        if found.run.spec.crossed and not found.task and found.tasks:
            found = studio.prompts.scores(arguments.run, next(iter(found.tasks)), arguments.metric)
    said = prompts_said(found, screen.lang)
    for sentence in said:
        screen.say(sentence)
    screen.say()
    _print_table(found, screen)
    screen.result({
        "run": found.run.id, "model": found.run.model, "task": found.task, "tasks": list(found.tasks),
        "crossing": asdict(found.run.spec.crossed) if found.run.spec.crossed else None, "said": said,
        "total": found.total, "scores": found.scores, "texts": found.texts, "hidden": found.hidden,
        "crossed": found.crossed,
    })  # fmt: skip
    return 0


def _print_table(found: PromptScores, screen: Screen) -> None:
    heads = ("prompt", "n", "em", "js", "people", "rest")
    names = {"em": "prompts.mark.em", "js": "prompts.mark.js", "people": "prompts.mark.people"}
    head = [screen.text(names.get(name, f"prompts.col.{name}")) for name in heads]
    rows = [_line(score, str(score.prompt or "—"), screen) for score in found.scores]
    screen.table(head, [*rows, _line(found.total, screen.text("prompts.total"), screen)], numbers=(1,))


def _line(score: PromptScore, name: str, screen: Screen) -> Sequence[str]:
    estimates = [_estimate(each, screen) for each in (score.em, score.js, score.human)]
    counts = {"failed": score.em.failed, "unscored": score.js.unscored, "pending": score.pending}
    rest = [screen.text(f"prompts.{kind}", n=n) for kind, n in counts.items() if n]
    return [name, str(score.samples), *estimates, ", ".join(rest)]


def _estimate(estimate: Estimate, screen: Screen) -> str:
    if estimate.mean is None:
        return "—"
    mean, low, high = (
        number(value, screen.lang, 2) for value in (estimate.mean, estimate.low, estimate.high)
    )
    return f"{mean} [{low}; {high}]"


COMMANDS = (
    Command(
        "prompt-scores",
        prompt_scores,
        (
            RUN,
            option("--task", key="prompt_task", metavar="task", default=""),
            option("--metric", key="prompt_metric", choices=PROMPT_MARKS, default="em"),
            DB,
        ),
    ),
)
