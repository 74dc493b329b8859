"""`annotate`: answer questions as a person, in a terminal or from a script: of a project, or of a task on one's own.

Gold is never shown. Every call opens the same desk of (name, project) again, so nothing is lost between calls or when a
terminal closes. Whoever can run this owns the studio's file, so a project by invitation needs no link here.
"""

import argparse
import sys
import uuid
from typing import TYPE_CHECKING

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen
from studio.core.errors import BadInput, StudioError
from studio.core.project import SKIPS, Action, DeskQuestion, Standing, Submission
from studio.core.run import Viewer
from studio.texts import describe

if TYPE_CHECKING:
    from studio.service import Studio


def annotate(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        desk = _Desk(studio, arguments)
        if _is_one_step(arguments):
            standing = desk.step(arguments)
        else:
            standing = desk.standing()
            if sys.stdin.isatty() and not screen.as_json:
                return _talk(studio, desk, standing, screen)
        _print(studio, standing, screen)
        screen.result(_json(studio, standing))
    return 0


class _Desk:
    """A person's desk in one project."""

    def __init__(self, studio: "Studio", arguments: argparse.Namespace) -> None:
        """Joins the project under the name, unless somebody of this name has. Raises StudioError."""
        if (arguments.task is None) == (arguments.project is None):
            raise BadInput("cli_task_or_project")
        self._places = studio.workplaces
        self._project: str = arguments.project or self._places.own(arguments.task, listed=False)
        self._who: Viewer = self._places.named(self._project, arguments.name)

    def standing(self) -> Standing:
        return self._places.standing(self._who, self._project)

    def step(self, arguments: argparse.Namespace) -> Standing:
        """One answer, skip or undo. With --item an answer that was meant for another question is refused."""
        if arguments.undo:
            return self.undo()
        standing = self.standing()
        asked = standing.question
        if asked is None:
            raise BadInput("cli_nothing_left", task=standing.title)
        if arguments.item is not None and arguments.item != asked.item:
            raise BadInput("cli_other_question", asked=asked.item, given=arguments.item)
        if arguments.skip is not None:
            return self.submit(asked, "skip", reason=arguments.skip, note=arguments.note)
        return self.submit(asked, "answer", arguments.answer, note=arguments.note, flagged=arguments.flag)

    def submit(
        self,
        asked: DeskQuestion,
        action: Action,
        text: str = "",
        *,
        reason: str = "",
        note: str = "",
        flagged: bool = False,
    ) -> Standing:
        given = Submission(asked.item, asked.occasion, action, _client(), text, reason, note, flagged)
        return self._places.submit(self._who, self._project, given)

    def undo(self) -> Standing:
        return self._places.undo(self._who, self._project, _client())

    def instructions(self) -> str:
        return self._places.instructions(self._who, self._project)[1]


def _is_one_step(arguments: argparse.Namespace) -> bool:
    return arguments.answer is not None or arguments.skip is not None or bool(arguments.undo)


def _talk(studio: "Studio", desk: _Desk, standing: Standing, screen: Screen) -> int:
    """Question by question until the end, /quit or Ctrl-D; what is answered is kept at once."""
    if text := desk.instructions():
        screen.say(f"{text}\n")
    screen.note("cli.annotate.how")
    while standing.question or _ran_out(standing):
        _print(studio, standing, screen)
        if _ran_out(standing):
            screen.note("cli.annotate.go")
        print("> ", end="", file=screen.err, flush=True)
        line = sys.stdin.readline()
        if not line or line.strip() == "/quit":
            screen.note("cli.annotate.later")
            return 0
        try:
            asked = standing.question
            standing = _said(desk, asked, line.strip()) if asked else desk.standing()
        except StudioError as error:
            print(describe(error, screen.lang), file=screen.err)
    _print(studio, standing, screen)
    return 0


def _ran_out(standing: Standing) -> bool:
    """Whether the next question waits for a word, since the time for the last one ran out."""
    return standing.nothing is not None and standing.nothing.reason == "time_out"


def _said(desk: _Desk, question: DeskQuestion, line: str) -> Standing:
    word, _, rest = line.partition(" ")
    if word == "/undo":
        return desk.undo()
    if word == "/skip":
        reason, _, note = rest.strip().partition(" ")
        return desk.submit(question, "skip", reason=reason or "other", note=note)
    return desk.submit(question, "answer", line)


def _client() -> str:
    """Each act has a name of its own: the studio keeps an act once."""
    return f"cli-{uuid.uuid4()}"


def _print(studio: "Studio", standing: Standing, screen: Screen) -> None:
    progress = standing.progress
    if standing.late:
        screen.note("annotate.out.late")
    screen.say(screen.text("cli.annotate.progress", done=progress.answered, skipped=progress.skipped))
    if not standing.own:
        screen.say(screen.text("annotate.progress.left", left=progress.left))
        screen.say(screen.text("cli.annotate.all", done=progress.done, total=progress.total))
    if standing.training and standing.training.last is not None:
        screen.say(screen.text(f"annotate.training.{'right' if standing.training.last else 'wrong'}"))
    question = standing.question
    if question is None:
        _print_end(standing, screen)
        return
    screen.say(f"\n#{question.number}  {screen.text('cli.annotate.item', item=question.item)}")
    for turn in question.earlier:
        said = screen.text("cli.annotate.unanswered") if turn.answer is None else turn.answer
        screen.say(screen.text("cli.annotate.earlier", n=turn.number, question=turn.question, answer=said))
    screen.say(question.prompt)
    for view in question.media:
        where = (
            describe(view.problem, screen.lang) if view.problem else str(studio.media_dir / str(view.file))
        )
        screen.say(f"  {screen.text(f'modality.{view.modality}')}: {where}")
    if question.draft:
        screen.say(screen.text("cli.annotate.draft", text=question.draft))


def _print_end(standing: Standing, screen: Screen) -> None:
    assert standing.nothing is not None
    screen.say(screen.text(f"annotate.none.{standing.nothing.reason}.title"))
    if standing.run:
        screen.say(screen.text("cli.annotate.run", run=standing.run))


def _json(studio: "Studio", standing: Standing) -> dict[str, object]:
    progress = standing.progress
    return {
        "project": standing.project,
        "title": standing.title,
        "person": standing.person,
        "answered": progress.answered,
        "skipped": progress.skipped,
        "trained": progress.trained,
        "left": progress.left,
        "can_undo": progress.can_undo,
        "done": progress.done,
        "total": progress.total,
        "question": standing.question,
        "nothing": standing.nothing,
        "training": standing.training,
        "instructions": standing.instructions,
        "late": standing.late,
        "run": standing.run or None,
        "media_dir": str(studio.media_dir),
    }


COMMANDS = (
    Command(
        "annotate",
        annotate,
        (
            option("--name", required=True, metavar="name", key="annotator"),
            option("--task", metavar="task", key="task_annotated"),
            option("--project", metavar="project", key="project_annotated"),
            option("--answer", metavar="text"),
            option("--skip", choices=SKIPS),
            option("--note", default="", metavar="text"),
            option("--flag", action="store_true"),
            option("--undo", action="store_true"),
            option("--item", type=int, metavar="n", key="item_guard"),
            DB,
        ),
    ),
)
