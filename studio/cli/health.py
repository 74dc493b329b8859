"""`health`, `rejudge`: how far a run's judge can be trusted, and other judges beside it."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.cli.door import DB, RUN, WHERE, opened
from studio.cli.parser import Command, option
from studio.cli.progress import QUIET
from studio.cli.screen import Screen, number
from studio.core.errors import BadInput
from studio.core.health import (
    CorrectedTask,
    Figure,
    GroupHealth,
    Health,
    HealthMetric,
    JudgeBeside,
)
from studio.core.judging import ONLY, Judging, JudgingSpec
from studio.core.outcome import Estimate
from studio.core.run import SampleFilter
from studio.core.trials import Corrected
from studio.texts import describe
from studio.texts.health_said import counted, health_said, skipped_said

if TYPE_CHECKING:
    from studio.service import Studio

TROUBLE = 1
EVERY_S = 0.5
TOLD: tuple[HealthMetric, ...] = (
    "sensitivity",
    "specificity",
    "balanced",
    "kappa",
    "ac1",
    "mcc",
    "prevalence",
)


def health(arguments: argparse.Namespace, screen: Screen) -> int:
    """0: the score is corrected; 1: it is not, and the reason is told."""
    with opened(arguments) as studio:
        found = studio.health.of(arguments.run)
    said = health_said(found, screen.lang)
    screen.say(f"{said}\n")
    _print_groups(found.told, screen)
    _print_beside(found, screen)
    _print_scores(found.scores, screen)
    _print_judges(found, screen)
    screen.result({"said": said, "health": found})
    return 0 if found.scores[-1].corrected.mean is not None else TROUBLE


def _print_groups(groups: Sequence[GroupHealth], screen: Screen) -> None:
    heads = [screen.text("cli.health.group"), screen.text("cli.health.n")]
    heads += [screen.text(f"health.metric.{name}") for name in TOLD]
    rows = [
        [
            _name(group, screen),
            str(group.agreement.n),
            *(_figure(group.agreement.figures[m], screen) for m in TOLD),
        ]
        for group in groups
    ]
    screen.table(heads, rows, numbers=(1,))


def _name(group: GroupHealth, screen: Screen) -> str:
    if group.by == "all":
        return screen.text("health.by.all")
    if group.by == "answer_type":
        return screen.text(f"health.type.{group.name}")
    return (group.run and f"{group.name} ({group.title.get(screen.lang, '')})") or group.name


def _figure(figure: Figure, screen: Screen) -> str:
    if figure.value is None:
        return screen.text(f"health.reason.{figure.reason}")
    return f"{number(figure.value, screen.lang, 2)} {_interval(figure.low, figure.high, screen)}"


def _interval(low: float | None, high: float | None, screen: Screen) -> str:
    return f"[{number(low, screen.lang, 2)}; {number(high, screen.lang, 2)}]"


def _print_beside(found: Health, screen: Screen) -> None:
    ceiling = found.ceiling
    if ceiling.items:
        values = {name: _figure(getattr(ceiling, name), screen) for name in ("raw", "alpha", "ac1")}
        n = counted(ceiling.items, screen.lang)
        screen.say(f"\n{screen.text('cli.health.ceiling', n=n, reviewers=ceiling.reviewers, **values)}")
    if found.labels:
        screen.say(screen.text("cli.health.sealed", n=found.sealed, of=found.labels))
    if found.unsure or found.bad or found.unscored:
        screen.say(
            screen.text("cli.health.left", unsure=found.unsure, bad=found.bad, unscored=found.unscored)
        )
    if found.flips:
        screen.say(
            screen.text(
                "cli.health.flips",
                repeats=_figure(found.flips.repeats, screen),
                swapped=_figure(found.flips.swapped, screen),
                n=counted(found.flips.answers, screen.lang),
            )
        )
    for each in found.tried:
        told = {"wording": _estimate(each.wording, screen), "fooled": _estimate(each.fooled, screen)}
        screen.say(screen.text("cli.health.tried", id=each.calibration, **told))


def _print_scores(scores: Sequence[CorrectedTask], screen: Screen) -> None:
    screen.say(f"\n{screen.text('cli.health.scores')}")
    heads = [screen.text("cli.scores.task"), screen.text("cli.health.n"), "EM", "JS"]
    heads += [screen.text(f"cli.health.{name}") for name in ("people", "corrected", "how")]
    shown = scores if len(scores) != 2 else scores[-1:]
    screen.table(heads, [_score_row(score, screen) for score in shown], numbers=(1,))
    for score in shown:
        if score.further and (score.further.right or score.further.wrong):
            task = score.task or screen.text("cli.scores.total")
            kinds = {"right": score.further.right, "wrong": score.further.wrong}
            screen.say(screen.text("cli.health.further", task=task, **kinds))
    if scores[-1].skipped:
        screen.say(f"{skipped_said(scores[-1].skipped, screen.lang)}.")


def _score_row(score: CorrectedTask, screen: Screen) -> list[str]:
    return [
        score.task or screen.text("cli.scores.total"),
        str(score.labelled),
        _estimate(score.em, screen),
        _estimate(score.js, screen),
        _estimate(score.people, screen),
        *_corrected(score.corrected, screen),
        screen.text(f"health.how.{score.how}") if score.how else screen.text(f"health.reason.{score.corrected.reason}"),
    ]  # fmt: skip


def _corrected(value: Corrected, screen: Screen) -> list[str]:
    if value.mean is None:
        return ["—"]
    return [f"{number(value.mean, screen.lang, 2)} {_interval(value.low, value.high, screen)}"]


def _estimate(value: Estimate, screen: Screen) -> str:
    if value.mean is None:
        return "—"
    return f"{number(value.mean, screen.lang, 2)} {_interval(value.low, value.high, screen)}"


def _print_judges(found: Health, screen: Screen) -> None:
    if not found.judges:
        return
    screen.say(f"\n{screen.text('cli.health.judges')}")
    heads = [screen.text("cli.health.judge"), screen.text("cli.health.n"), "JS"]
    heads += [screen.text("cli.health.corrected"), *(screen.text(f"health.metric.{m}") for m in TOLD[:2])]
    heads.append(screen.text("health.metric.kappa"))
    screen.table(heads, [_judge_row(each, screen) for each in found.judges], numbers=(1,))
    screen.say(screen.text("cli.health.own"))
    for pair in found.pairs:
        values = {name: _figure(pair.agreement.figures[name], screen) for name in ("raw", "kappa")}
        n = counted(pair.agreement.n, screen.lang)
        screen.say(screen.text("cli.health.pair", first=pair.first, second=pair.second, n=n, **values))


def _judge_row(each: JudgeBeside, screen: Screen) -> list[str]:
    figures = each.agreement.figures
    reason = screen.text(f"health.reason.{each.corrected.reason}") if each.corrected.reason else ""
    return [
        f"{each.judge.label}{' *' if each.judge.own else ''}",
        str(each.agreement.n),
        _estimate(each.raw, screen),
        reason or _corrected(each.corrected, screen)[0],
        *(_figure(figures[name], screen) for name in ("sensitivity", "specificity", "kappa")),
    ]


def rejudge(arguments: argparse.Namespace, screen: Screen) -> int:
    """0: every answer has the judge's verdict; 1: some have not, or it did not come to its end."""
    if bool(arguments.judge) == bool(arguments.use):
        raise BadInput("rejudge_or_use")
    with opened(arguments) as studio:
        if arguments.use:
            return _used(studio, arguments.run, arguments.use, screen)
        where = SampleFilter(where=arguments.where or "")
        spec = JudgingSpec(arguments.run, arguments.judge, arguments.only, where)
        found = _followed(studio, studio.health.rejudge(spec), arguments.quiet, screen)
    if found.problem:
        screen.note("cli.run.problem", problem=describe(found.problem, screen.lang))
    else:
        told = {"judge": found.label, "done": found.done, "unscored": found.unscored, "run": arguments.run}
        screen.say(screen.text("cli.rejudge.done", **told))
    screen.result({"judging": found})
    return 0 if found.state == "done" and not found.unscored else TROUBLE


def _used(studio: "Studio", run: str, label: str, screen: Screen) -> int:
    studio.health.make_own(run, label)
    js = studio.run(run).js
    screen.say(screen.text("cli.rejudge.used", run=run, judge=label, js=_estimate(js, screen)))
    screen.result({"run": run, "judge": label, "js": js})
    return 0


def _followed(studio: "Studio", judging_id: str, quiet: bool, screen: Screen) -> Judging:
    told = -1
    while True:
        found = studio.health.wait(judging_id, EVERY_S)
        if not quiet and found.total and found.done != told:
            told = found.done
            screen.note("cli.rejudge.progress", done=found.done, total=found.total)
        if not found.going:
            return found


COMMANDS = (
    Command("health", health, (RUN, DB)),
    Command(
        "rejudge",
        rejudge,
        (
            RUN,
            option("--judge", key="rejudge_judge", dest="judge", metavar="judge", default=""),
            option("--only", key="rejudge_only", dest="only", choices=ONLY, default="all"),
            WHERE,
            option("--use", key="rejudge_use", dest="use", metavar="judge", default=""),
            DB,
            QUIET,
        ),
    ),
)
