"""`annotate`: answer a task's questions as a person, in a terminal or from a script; gold is never shown.

Every call opens the same run of (annotator, task) again, so nothing is lost between calls or when a terminal closes.
"""

import argparse
import sys
import uuid
from typing import TYPE_CHECKING

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen
from studio.core.errors import BadInput, StudioError
from studio.core.run import AnnotationState, Question
from studio.texts import describe

if TYPE_CHECKING:
    from studio.service import Studio

REASONS = ("mine", "broken", "ambiguous", "unknown", "other")


def annotate(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        state = studio.annotate(arguments.name, arguments.task)
        if _is_one_step(arguments):
            state = _step(studio, state, arguments)
        elif sys.stdin.isatty() and not screen.as_json:
            return _talk(studio, state, screen)
        _print_state(studio, state, screen)
        screen.result({**_state_json(state), "media_dir": str(studio.media_dir)})
    return 0


def _is_one_step(arguments: argparse.Namespace) -> bool:
    return arguments.answer is not None or arguments.skip is not None or bool(arguments.undo)


def _step(studio: "Studio", state: AnnotationState, arguments: argparse.Namespace) -> AnnotationState:
    """One answer, skip or undo. With --sample an answer that was meant for another question is refused."""
    if arguments.undo:
        return studio.undo(state.run_id, _client())
    question = state.question
    if question is None:
        raise BadInput("cli_nothing_left", task=state.task)
    if arguments.sample is not None and arguments.sample != question.sample_id:
        raise BadInput("cli_other_question", asked=question.sample_id, given=arguments.sample)
    if arguments.skip is not None:
        return studio.skip(state.run_id, question.sample_id, arguments.skip, _client(), note=arguments.note)
    return studio.answer(state.run_id, question.sample_id, arguments.answer, _client())


def _talk(studio: "Studio", state: AnnotationState, screen: Screen) -> int:
    """Question by question until the end, /quit or Ctrl-D; what is answered is kept at once."""
    screen.note("cli.annotate.how")
    while state.question:
        _print_state(studio, state, screen)
        print("> ", end="", file=screen.err, flush=True)
        line = sys.stdin.readline()
        if not line or line.strip() == "/quit":
            screen.note("cli.annotate.later", left=state.remaining)
            return 0
        try:
            state = _said(studio, state, state.question, line.strip())
        except StudioError as error:
            print(describe(error, screen.lang), file=screen.err)
    _print_state(studio, state, screen)
    return 0


def _said(studio: "Studio", state: AnnotationState, question: Question, line: str) -> AnnotationState:
    word, _, rest = line.partition(" ")
    if word == "/undo":
        return studio.undo(state.run_id, _client())
    if word == "/skip":
        reason, _, note = rest.strip().partition(" ")
        return studio.skip(state.run_id, question.sample_id, reason or "other", _client(), note=note)
    return studio.answer(state.run_id, question.sample_id, line, _client())


def _client() -> str:
    """Each act has a name of its own: the studio keeps an act once."""
    return f"cli-{uuid.uuid4()}"


def _print_state(studio: "Studio", state: AnnotationState, screen: Screen) -> None:
    screen.say(
        screen.text("cli.annotate.progress", done=state.answered, skipped=state.skipped, n=state.total)
    )
    question = state.question
    if question is None:
        screen.say(screen.text("cli.annotate.end"))
        return
    screen.say(f"\n#{question.number}  {screen.text('cli.annotate.sample', sample=question.sample_id)}")
    screen.say(question.prompt)
    for view in question.media:
        where = (
            describe(view.problem, screen.lang) if view.problem else str(studio.media_dir / str(view.file))
        )
        screen.say(f"  {screen.text(f'modality.{view.modality}')}: {where}")
    if question.draft:
        screen.say(screen.text("cli.annotate.draft", text=question.draft))


def _state_json(state: AnnotationState) -> dict[str, object]:
    return {
        "run": state.id,
        "ticket": state.run_id,
        "annotator": state.annotator,
        "task": state.task,
        "total": state.total,
        "answered": state.answered,
        "skipped": state.skipped,
        "remaining": state.remaining,
        "can_undo": state.can_undo,
        "question": state.question,
    }


COMMANDS = (
    Command(
        "annotate",
        annotate,
        (
            option("--name", required=True, metavar="name", key="annotator"),
            option("--task", required=True, metavar="task", key="task_annotated"),
            option("--answer", metavar="text"),
            option("--skip", choices=REASONS),
            option("--note", default="", metavar="text"),
            option("--undo", action="store_true"),
            option("--sample", type=int, metavar="n", key="sample_guard"),
            DB,
        ),
    ),
)
