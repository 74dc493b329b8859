"""`run` and `resume`: ask a model, follow it as it answers, print its scores."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.cli.door import DB, SERVERS, again, opened
from studio.cli.parser import Command, between, option, whole
from studio.cli.progress import QUIET, Progress
from studio.cli.report import print_scores, run_json
from studio.cli.screen import Screen, number
from studio.core.content import MEDIA_USES
from studio.core.crossing import Crossing
from studio.core.engine import LOADS, Settings, Silence
from studio.core.run import OWNER, Resumption, RunSpec, RunView
from studio.texts import describe

if TYPE_CHECKING:
    from studio.service import Studio

GOING = {"queued", "running"}
TROUBLE, STOPPED = 1, 130
NO_SILENCE = Silence()
STOP_WITHIN_S = 60.0
DTYPES = ("auto", "float32", "bfloat16", "float16")


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        run_id = studio.start(spec_of(studio, arguments))
        screen.note("cli.run.started", run=run_id)
        return _to_the_end(studio, run_id, arguments, screen)


def resume(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        view = studio.run(arguments.run)
        studio.resume(arguments.run, changes=_changes(arguments))
        if not arguments.quiet:
            screen.note("cli.resume.started", run=view.id, left=view.planned - view.answered)
        return _to_the_end(studio, arguments.run, arguments, screen)


def _changes(arguments: argparse.Namespace) -> Resumption:
    """What is asked to be otherwise from now on; an option that is not given changes nothing."""
    names = Resumption.__dataclass_fields__
    given = {name: value for name, value in vars(arguments).items() if name in names and value is not None}
    servers = tuple(url for group in arguments.server for url in group)
    return Resumption(**given, servers=servers or None)


def spec_of(studio: "Studio", arguments: argparse.Namespace) -> RunSpec:
    """What the options ask for; those that are not given keep what the tasks' cards say."""
    tasks = tuple(task for group in arguments.task for task in group)
    names = Settings.__dataclass_fields__
    given = {name: value for name, value in vars(arguments).items() if name in names and value is not None}
    return RunSpec(
        model=arguments.model,
        tasks=tasks,
        limit=arguments.limit,
        split=arguments.split,
        revision=arguments.revision,
        judge=arguments.judge,
        profile=arguments.profile,
        settings=replace(studio.generation(tasks), **given),
        title=arguments.title,
        servers=tuple(url for group in arguments.server for url in group),
        key_env=arguments.key_env,
        vllm_args=arguments.vllm_args,
        reuse=getattr(arguments, "reuse", False),
        crossed=_crossing(arguments),
    )


def _crossing(arguments: argparse.Namespace) -> Crossing | None:
    items = getattr(arguments, "crossed", None)
    return Crossing(items, arguments.crossed_seed) if items else None


def _to_the_end(studio: "Studio", run_id: str, arguments: argparse.Namespace, screen: Screen) -> int:
    stopped = False
    try:
        view = follow(studio, run_id, screen, quiet=arguments.quiet)
    except KeyboardInterrupt:
        stopped = True
        view = stop(studio, run_id, screen)
    if view.answered or view.failed:
        print_scores(studio, view, screen)
    screen.result({**run_json(studio, view), "db": str(studio.settings.db)})
    code = farewell(view, arguments, screen, stopped=stopped, silence=studio.silence(run_id))
    if judge := studio.opening_judge:
        screen.note("cli.run.judge_opening", judge=judge)
    return code


def follow(studio: "Studio", run_id: str, screen: Screen, *, quiet: bool) -> RunView:
    """Shows a run as it goes on; returns it when it rests."""
    progress = Progress(screen, quiet=quiet)
    try:
        while True:
            view = studio.wait(run_id, timeout_s=progress.every_s)
            if view.state not in GOING:
                return view
            if not quiet:
                progress.show(studio.live(run_id, OWNER))
    finally:
        progress.clear()


def stop(studio: "Studio", run_id: str, screen: Screen) -> RunView:
    """Ctrl-C: the run is stopped, what is answered is kept. A second Ctrl-C does not wait."""
    screen.note("cli.run.stopping")
    studio.cancel(run_id)
    return studio.wait(run_id, timeout_s=STOP_WITHIN_S)


def farewell(
    view: RunView,
    arguments: argparse.Namespace,
    screen: Screen,
    *,
    stopped: bool,
    silence: Silence = NO_SILENCE,
) -> int:
    """What is left to know of a run that rests, with the next command to type; the exit code. `silence` is that of its
    servers at its end: others answered in place of those."""
    if silence.urls and view.answered:
        screen.note("cli.run.servers_silent", urls=", ".join(silence.urls))
    if view.recalled:
        screen.note("cli.run.recalled", n=view.recalled)
    if view.problem:
        screen.note("cli.run.problem", problem=describe(view.problem, screen.lang))
    if view.failed:
        screen.note("cli.run.failed_samples", n=view.failed, command=again("queue", view.id, arguments))
    unjudged = view.unjudged if view.silence else 0
    if view.silence:
        problem = describe(view.silence, screen.lang)
        screen.note("cli.run.unjudged", n=unjudged, problem=problem)
    if not view.planned:
        _nothing_asked(view, screen)
    elif view.unfinished and (view.state != "done" or view.failed):
        screen.note(
            "cli.run.resume", done=view.answered, n=view.planned, command=again("resume", view.id, arguments)
        )
    elif not screen.as_json:
        screen.note(
            "cli.run.next",
            command=again("export", view.id, arguments),
            seconds=number(view.seconds, screen.lang, 1),
        )
    if stopped or view.state == "cancelled":
        return STOPPED
    whole = view.state == "done" and not unjudged and (view.answered or not view.planned)
    return 0 if whole else TROUBLE


def _nothing_asked(view: RunView, screen: Screen) -> None:
    """The records were not had: there is nothing to go on with, and what is missing must be brought first."""
    screen.note("cli.run.nothing")
    if view.problem and view.problem.code == "hub_unreachable":
        repo = str(view.problem.values["repo"])
        screen.note("cli.run.own_copy", repo=repo, folder=f"mera/{repo.rpartition('/')[2]}")


GENERATION = (
    option("--max-new-tokens", type=whole(1), metavar="n"),
    option("--temperature", type=between(0, 10), metavar="n"),
    option("--top-p", type=between(0, 1), metavar="n"),
    option("--seed", type=whole(0), metavar="n"),
    option("--batch-size", type=whole(1), metavar="n"),
    option("--dtype", choices=DTYPES),
    option("--device", metavar="device"),
    option("--frames", type=whole(1), metavar="n"),
    option("--image-max-side", type=whole(28), metavar="n"),
    option("--image-width", type=whole(28), metavar="n"),
    option("--image-height", type=whole(28), metavar="n"),
    option("--clips-as-pictures", action="store_true"),
    option("--history", type=whole(0), metavar="n"),
    option("--concurrency", type=whole(1), metavar="n"),
    option("--load", choices=LOADS),
    option("--vllm-args", default="", metavar="text"),
)
HOW = (
    option("--split", choices=("test", "shots"), default="test"),
    option("--judge", default="auto", metavar="judge"),
    option("--profile", default="studio", metavar="profile"),
    option("--revision", metavar="revision"),
    option("--title", default="", metavar="text"),
    *GENERATION,
)
MEDIA = option("--media", choices=MEDIA_USES)

COMMANDS = (
    Command(
        "run",
        run,
        (
            option("--model", default="", metavar="model"),
            *SERVERS,
            option("--task", required=True, action="append", nargs="+", metavar="task"),
            option("--limit", type=whole(1), metavar="n"),
            *HOW,
            option("--reuse", action="store_true"),
            option("--crossed", type=whole(2), metavar="n"),
            option("--crossed-seed", type=whole(0), default=0, metavar="n"),
            MEDIA,
            DB,
            QUIET,
        ),
    ),
    Command(
        "resume",
        resume,
        (
            option("run", metavar="run"),
            option("--server", action="append", nargs="+", default=[], metavar="url"),
            option("--key-env", metavar="name"),
            option("--model", metavar="model"),
            option("--judge", metavar="judge"),
            option("--concurrency", type=whole(1), metavar="n"),
            option("--batch-size", type=whole(1), metavar="n"),
            option("--load", choices=LOADS),
            option("--dtype", choices=DTYPES),
            option("--device", metavar="device"),
            option("--vllm-args", metavar="text"),
            DB,
            QUIET,
        ),
    ),
)
