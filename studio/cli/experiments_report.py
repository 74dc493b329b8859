"""Experiments as tables for a terminal; with --json the commands print their values instead."""

from collections.abc import Sequence

from studio.cli.report import with_interval
from studio.cli.screen import Screen, number
from studio.core.run import RunView
from studio.core.trials import Calibration, Corrected, CorrectedRun, Difference, TaskTrial, Trial
from studio.texts.figures import NBSP
from studio.texts.findings import trial_said


def print_trial(trial: Trial, screen: Screen) -> None:
    """A line a task, all of them last; then what they say together, and what the numbers are of."""
    head = [
        screen.text(f"cli.trial.{name}")
        for name in ("task", "n", "full", "blind", "lost", "p", "chance", "left")
    ]
    rows = [_trial_row(task, screen) for task in (*trial.tasks, trial.total)]
    screen.table(head, rows, numbers=range(1, len(head)))
    screen.say()
    said = trial_said(trial, screen.lang) or screen.text("experiments.trial.empty")
    screen.say(said.replace(NBSP, " "))
    media = screen.text(f"media.{trial.run.spec.settings.media}")
    screen.say(
        screen.text(
            "cli.trial.who", base=trial.base.id, run=trial.run.id, media=media, model=trial.run.model,
            mark=screen.text(f"experiments.mark.{trial.mark}"),
        )
    )  # fmt: skip
    if trial.mismatches:
        screen.say(screen.text("experiments.mismatch", names=", ".join(trial.mismatches)))


def _trial_row(task: TaskTrial, screen: Screen) -> list[str]:
    p = task.p_holm if task.task else task.p
    return [
        task.task or screen.text("cli.scores.total"),
        str(task.full.scored),
        with_interval(task.full, screen),
        with_interval(task.blind, screen),
        _difference(task.difference, screen),
        _probability(p, screen),
        number(task.chance, screen.lang, 2),
        str(task.left_out),
    ]


def _difference(difference: Difference | None, screen: Screen) -> str:
    if difference is None:
        return "—"
    separator = "; " if screen.lang == "ru" else ", "
    low, high = number(difference.low, screen.lang, 2), number(difference.high, screen.lang, 2)
    return f"{number(difference.mean, screen.lang)} [{low}{separator}{high}]"


def _probability(p: float | None, screen: Screen) -> str:
    if p is None:
        return "—"
    return number(p, screen.lang) if p >= 0.001 else ("<0,001" if screen.lang == "ru" else "<0.001")


def print_calibration(found: Calibration, screen: Screen) -> None:
    """A line a kind, as the table of kinds has them: how often the judge and each profile of EM were right."""
    profiles = list(found.em)
    head = [screen.text(f"cli.calibration.{name}") for name in ("kind", "verdict", "n", "judge")]
    rows = [
        [
            each.kind,
            screen.text(f"experiments.verdict.{each.verdict}"),
            str(each.judge.scored),
            with_interval(each.judge, screen),
            *(number(each.em[profile].mean, screen.lang, 2) for profile in profiles),
        ]
        for each in found.kinds
    ]
    screen.table(
        [*head, *(f"EM {profile}" for profile in profiles)], rows, numbers=range(2, 4 + len(profiles))
    )
    screen.say()
    for name in ("sensitivity", "specificity", "resistance"):
        estimate = getattr(found.judge, name)
        screen.say(f"{screen.text(f'experiments.{name}')}: {with_interval(estimate, screen)}")
    screen.say(
        screen.text(
            "cli.calibration.who", id=found.id, judge=found.label or found.spec.judge, samples=found.samples,
            without=found.without_gold, state=screen.text(f"state.{found.state}"),
        )
    )  # fmt: skip


def print_corrected(found: CorrectedRun, screen: Screen) -> None:
    """The run's Judge Scores beside their corrections."""
    head = [screen.text(f"cli.corrected.{name}") for name in ("answers", "n", "raw", "usual", "worst")]
    rows = [
        [
            screen.text(f"experiments.type.{each.answer_type or 'all'}"),
            str(each.raw.scored),
            with_interval(each.raw, screen),
            _corrected(each.usual, screen),
            _corrected(each.worst, screen),
        ]
        for each in found.scores
    ]
    screen.say()
    screen.table(head, rows, numbers=range(1, len(head)))
    if not found.same_judge:
        screen.say(screen.text("experiments.other_judge", judge=found.run.judge))


def _corrected(value: Corrected, screen: Screen) -> str:
    if value.mean is None:
        return screen.text(f"experiments.reason.{value.reason}")
    separator = "; " if screen.lang == "ru" else ", "
    low, high = number(value.low, screen.lang, 2), number(value.high, screen.lang, 2)
    return f"{number(value.mean, screen.lang)} [{low}{separator}{high}]"


def print_list(blind: Sequence[RunView], calibrations: Sequence[Calibration], screen: Screen) -> None:
    """Experiments so far, newest first of each sort."""
    head = [screen.text(f"cli.experiment.{name}") for name in ("what", "id", "of", "state")]
    rows = [
        [screen.text(f"experiments.{run.spec.settings.media}"), run.id, f"{run.model} ({run.spec.base})",
         screen.text(f"state.{run.state}")]
        for run in blind
    ]  # fmt: skip
    rows += [
        [screen.text("experiments.judge"), each.id, each.label or each.spec.judge, screen.text(f"state.{each.state}")]
        for each in calibrations
    ]  # fmt: skip
    if rows:
        screen.table(head, rows)
    else:
        screen.say(screen.text("experiments.none_yet"))
