"""`verify`: some answers of a run asked for again, and how many come out otherwise."""

import argparse
from typing import TYPE_CHECKING

from studio.cli.door import DB, RUN, SERVERS, opened
from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen, number, one_line
from studio.core.run import OWNER
from studio.core.verification import ReaskedAnswer, Verification, VerificationSpec
from studio.texts import describe

if TYPE_CHECKING:
    from studio.service import Studio

TROUBLE = 1
LOOK_EVERY_S = 1.0


def verify(arguments: argparse.Namespace, screen: Screen) -> int:
    """0: every answer came out the same; 1: some differ, failed, or it did not come to its end."""
    spec = VerificationSpec(
        arguments.run,
        arguments.k,
        arguments.verify_seed,
        tuple(url for group in arguments.server for url in group),
        arguments.key_env,
        arguments.verify_model,
    )
    with opened(arguments) as studio:
        found = _followed(studio, studio.verify(spec), screen, quiet=arguments.quiet)
        temperature = studio.run(arguments.run).spec.settings.temperature
    if found.problem:
        screen.note("cli.run.problem", problem=describe(found.problem, screen.lang))
    if temperature > 0:
        screen.note("verify.chance", temperature=number(temperature, screen.lang, 1))
    _print(found, screen)
    screen.result({"verification": found})
    whole_and_same = found.state == "done" and found.same == found.total
    return 0 if whole_and_same else TROUBLE


def _followed(studio: "Studio", verification_id: str, screen: Screen, *, quiet: bool) -> Verification:
    told = -1
    while True:
        view = studio.wait_verification(verification_id, OWNER, timeout_s=LOOK_EVERY_S)
        if not quiet and view.done != told:
            told = view.done
            screen.note("cli.verify.progress", done=view.done, total=view.total)
        if not view.going:
            return view


def _print(found: Verification, screen: Screen) -> None:
    screen.say(
        screen.text(
            "cli.verify.found",
            total=found.total,
            same=found.same,
            differ=found.differ,
            failed=found.failed,
            em=found.em_differ,
        )
    )
    if found.low is not None:
        low, high = (number(value * 100, screen.lang, 1) for value in (found.low, found.high or 0.0))
        screen.say(screen.text("cli.verify.interval", low=low, high=high))
    for answer in found.answers:
        _print_answer(answer, screen)


def _print_answer(answer: ReaskedAnswer, screen: Screen) -> None:
    screen.say()
    screen.say(f"{answer.number}  {answer.task} / {answer.key}")
    if answer.problem:
        screen.say(f"  {describe(answer.problem, screen.lang)}")
        return
    for key, text, em in (("was", answer.before, answer.em_before), ("now", answer.now, answer.em_now)):
        said = one_line(text or "", 200)
        screen.say(f"  {screen.text(f'cli.verify.{key}', em=number(em, screen.lang, 0))} {said}")


COMMANDS = (
    Command(
        "verify",
        verify,
        (
            RUN,
            option("--k", key="verify_k", type=whole(1), default=50, metavar="n"),
            option("--seed", key="verify_seed", dest="verify_seed", type=whole(0), default=1234, metavar="n"),
            *SERVERS,
            option("--model", key="verify_model", dest="verify_model", default="", metavar="model"),
            DB,
            option("--quiet", action="store_true"),
        ),
    ),
)
