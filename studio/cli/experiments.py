"""`experiment`: what a model knows without the media, whether it looks at them, and whether its judge is right."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from studio.cli.door import DB, SERVERS, again, opened
from studio.cli.experiments_report import print_calibration, print_corrected, print_list, print_trial
from studio.cli.parser import Command, option, whole
from studio.cli.progress import QUIET
from studio.cli.report import run_json
from studio.cli.run import GOING, HOW, STOPPED, TROUBLE, follow, spec_of, stop
from studio.cli.screen import Screen
from studio.core.content import MediaUse
from studio.core.errors import BadInput
from studio.core.run import RunView
from studio.core.trials import MARKS, Calibration, CalibrationSpec
from studio.texts.findings import trial_said

if TYPE_CHECKING:
    from studio.service import Studio

EVERY_S = 0.5
_SPEC = CalibrationSpec(())


def _blind(media: MediaUse) -> Callable[[argparse.Namespace, Screen], int]:
    def handle(arguments: argparse.Namespace, screen: Screen) -> int:
        if bool(arguments.run) == bool(arguments.model or arguments.server):
            raise BadInput("trial_run_or_model")
        with opened(arguments) as studio:
            if arguments.run:
                base = arguments.run
                run_id = studio.start_blind(base, media)
            else:
                arguments.task = arguments.task or [["demo"]]
                base, run_id = studio.start_pair(spec_of(studio, arguments), media)
            return _compared(studio, base, run_id, arguments, screen)

    return handle


def _compared(studio: "Studio", base: str, run_id: str, arguments: argparse.Namespace, screen: Screen) -> int:
    """Follows both runs to their end and prints what they say together."""
    for each in (base, run_id):
        view = studio.run(each)
        if view.state in GOING:
            screen.note("cli.run.started", run=each)
            view, stopped = _to_the_end(studio, each, arguments, screen)
            if stopped:
                screen.note("cli.experiment.again", command=again("resume", each, arguments))
                studio.cancel(run_id)
                return STOPPED
        if not view.answered:
            screen.note("cli.experiment.nothing", run=each)
            screen.result({"problem": view.problem, "base": base, "run": run_id})
            return TROUBLE
    trial = studio.trial(run_id, base, arguments.metric)
    print_trial(trial, screen)
    db = str(studio.settings.db)
    runs = {"base": run_json(studio, trial.base), "run": run_json(studio, trial.run)}
    told = {"mark": trial.mark, "tasks": trial.tasks, "total": trial.total, "mismatches": trial.mismatches}
    said = trial_said(trial, screen.lang)
    screen.result({**told, "said": said, **runs, "db": db})
    return TROUBLE if trial.total.left_out else 0


def _to_the_end(
    studio: "Studio", run_id: str, arguments: argparse.Namespace, screen: Screen
) -> tuple[RunView, bool]:
    try:
        return follow(studio, run_id, screen, quiet=arguments.quiet), False
    except KeyboardInterrupt:
        return stop(studio, run_id, screen), True


def judge(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        if arguments.open:
            found = studio.calibration(arguments.open)
        else:
            tasks = tuple(task for group in arguments.task or [["demo"]] for task in group)
            spec = CalibrationSpec(tasks, arguments.judge, arguments.limit, arguments.seed)
            found = _followed(studio, studio.calibrate(spec), arguments.quiet, screen)
        print_calibration(found, screen)
        result: dict[str, Any] = {"calibration": found, "db": str(studio.settings.db)}
        if arguments.kind:
            result["answers"] = studio.calibration_answers(found.id, arguments.kind, limit=200)
        if arguments.run:
            result["corrected"] = studio.corrected(found.id, arguments.run)
            print_corrected(result["corrected"], screen)
        screen.result(result)
        return 0 if found.state == "done" and not found.judge.sensitivity.unscored else TROUBLE


def _followed(studio: "Studio", calibration_id: str, quiet: bool, screen: Screen) -> Calibration:
    """Waits for a calibration, saying how far it is whenever another tenth is judged."""
    screen.note("cli.experiment.judge.started", id=calibration_id)
    said = 0
    while True:
        found = studio.wait_calibration(calibration_id, EVERY_S)
        if found.state not in GOING:
            return found
        if not quiet and found.total and found.done * 10 // found.total > said:
            said = found.done * 10 // found.total
            screen.note("cli.experiment.judge.progress", done=found.done, total=found.total)


def listed(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        blind = [run for run in studio.runs() if run.spec.base]
        calibrations = studio.calibrations()
        print_list(blind, calibrations, screen)
        screen.result({
            "trials": [
                {"run": run.id, "base": run.spec.base, "media": run.spec.settings.media, "model": run.model,
                 "state": run.state, "tasks": run.tasks}
                for run in blind
            ],
            "calibrations": [
                {"id": each.id, "judge": each.label or each.spec.judge, "state": each.state, "tasks": each.tasks}
                for each in calibrations
            ],
        })  # fmt: skip
        return 0


_TASKS = option("--task", "--tasks", key="task", action="append", nargs="+", metavar="task")
_PAIR = (
    option("--run", key="experiment_run", metavar="run", default=""),
    option("--model", metavar="model", default=""),
    *SERVERS,
    _TASKS,
    option("--limit", type=whole(1), metavar="n"),
    option("--metric", choices=MARKS, default="em"),
    *HOW,
    DB,
    QUIET,
)

COMMANDS = (
    Command("experiment text-only", _blind("none"), _PAIR),
    Command("experiment null-media", _blind("null"), _PAIR),
    Command(
        "experiment judge",
        judge,
        (
            option("--judge", default="auto", metavar="judge"),
            _TASKS,
            option("--limit", type=whole(1), default=_SPEC.limit, metavar="n"),
            option("--seed", key="calibration_seed", type=whole(0), default=_SPEC.seed, metavar="n"),
            option("--run", key="corrected_run", metavar="run", default=""),
            option("--kind", metavar="name", default=""),
            option("--open", metavar="calibration", default=""),
            DB,
            QUIET,
        ),
    ),
    Command("experiment list", listed, (DB,)),
)
