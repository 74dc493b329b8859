"""`score` and `judge`: the studio's two scorers over a JSONL file of anybody's answers.

A line in, a line out, in the same order, with its other fields kept. A line that cannot be read or scored does not end
the work: it goes out with null and a `problem` that says why, and the exit code is 1. The output appears whole or not
at all (it is written beside its place and renamed). With `--out -` the lines go to stdout as they come, and they alone:
the summary (with --json its object) goes to stderr. An input without lines is refused before anything is opened for it.
"""

import argparse
import json
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

from studio.cli.door import DB, opened
from studio.cli.parser import Command, option
from studio.cli.screen import Screen, plain
from studio.core.errors import BadInput, Problem
from studio.core.judge import JudgeCase, Verdict
from studio.core.outcome import Score
from studio.core.task import Gold
from studio.texts import describe

if TYPE_CHECKING:
    from studio.service import Studio

CHUNK = 256
SAY_EVERY_S = 5.0
PUBLISHED = ("ignore_case", "ignore_punctuation", "normaliser")  # what the published profiles leave open


@dataclass(frozen=True)
class Line:
    """A line of the input. `problem` says why it cannot be scored; then `fields` holds what could be read of it."""

    number: int
    fields: dict[str, Any]
    gold: Gold = ""
    prediction: str = ""
    question: str = ""
    problem: Problem | None = None


Added = dict[str, Any]
SLOTS: dict[str, Literal["fixed", "strict"]] = {"slun_fixed": "fixed", "slun_strict": "strict"}


def score(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        task = studio.task(arguments.task)
        if arguments.profile in SLOTS:
            return _score_slots(studio, task.name, arguments, screen)
        told = {name: getattr(arguments, name) for name in PUBLISHED}
        settings = {name: value for name, value in told.items() if value is not None}
        about: Added = {"task": task.name, "profile": arguments.profile, "version": None, "erased": 0}

        def scored(lines: Sequence[Line]) -> list[Added]:
            pairs = [(line.gold, line.prediction) for line in lines]
            scores = studio.score_pairs(task, pairs, arguments.profile, **settings)
            about["version"] = scores[0].version if scores else None
            about["erased"] += sum(score.detail.get("decided") == "erased" for score in scores)
            return [_score_fields(score) for score in scores]

        code = _through(
            arguments, screen, scored, nothing={"em": None, "extracted": None}, needs=(), about=about
        )
        if about["erased"]:
            screen.note("cli.score.erased", n=about["erased"])
        return code


def _score_slots(studio: "Studio", task: str, arguments: argparse.Namespace, screen: Screen) -> int:
    """RuSLUn's two metrics in the place of Exact Match."""
    rule = SLOTS[arguments.profile]

    def scored(lines: Sequence[Line]) -> list[Added]:
        pairs = [(line.gold, line.prediction) for line in lines]
        return [_slot_fields(*scores) for scores in studio.score_slots(pairs, rule)]

    nothing = {"intent_em": None, "slot_f1": None, "extracted": None}
    about: Added = {"task": task, "profile": arguments.profile}
    return _through(arguments, screen, scored, nothing=nothing, needs=(), about=about)


def _slot_fields(intent: Score, f1: Score) -> Added:
    found: Added = {"intent_em": intent.value, "slot_f1": f1.value, "extracted": intent.extracted}
    return {**found, "problem": intent.problem} if intent.problem else found


def _score_fields(score: Score) -> Added:
    value = None if score.value is None else round(score.value)
    return {
        "em": value,
        "extracted": score.extracted,
        **({"problem": score.problem} if score.problem else {}),
    }


def judge(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        about: Added = {"judge": None}

        def judged(lines: Sequence[Line]) -> list[Added]:
            # The first call opens the judge, of whatever lines there are: one that cannot be opened ends the work.
            about["judge"], added = _judge(studio, lines, arguments.judge)
            return added

        nothing = {"label": None, "probability": None}
        return _through(arguments, screen, judged, nothing=nothing, needs=("question",), about=about)


def _judge(studio: "Studio", lines: Sequence[Line], judge: str) -> tuple[str, list[Added]]:
    cases = [JudgeCase(line.question, line.gold, line.prediction) for line in lines]
    name, verdicts = studio.judge_pairs(cases, judge)
    return name, [_verdict_fields(verdict) for verdict in verdicts]


def _verdict_fields(verdict: Verdict) -> Added:
    found: Added = {"label": verdict.label, "probability": verdict.probability}
    return {**found, "problem": verdict.problem} if verdict.problem else found


def _through(
    arguments: argparse.Namespace, screen: Screen, work: Callable[[Sequence[Line]], list[Added]],
    *, nothing: Added, needs: tuple[str, ...], about: Added,
) -> int:  # fmt: skip
    """Reads, works in chunks, writes. Returns 1 when some lines have a problem."""
    lead = next(iter(nothing))
    began = said = time.monotonic()
    n = done = ones = 0
    to_stdout = str(arguments.out) == "-"
    with _source(arguments.pairs) as source, ExitStack() as stack:
        lines = _some(_lines(source, needs), arguments.pairs)
        write = screen.raw if to_stdout else stack.enter_context(_target(arguments.out))
        while chunk := list(islice(lines, CHUNK)):
            for line, added in zip(chunk, _worked(chunk, work, nothing), strict=True):
                n += 1
                done += added[lead] is not None
                ones += added[lead] == 1
                if added.get("problem"):
                    _note(line, added["problem"], screen)
                write(json.dumps(plain({**line.fields, **added}, screen.lang), ensure_ascii=False))
            if time.monotonic() - said > SAY_EVERY_S:
                said = time.monotonic()
                screen.note("cli.pairs.progress", n=n)
    seconds = round(time.monotonic() - began, 3)
    out = "stdout" if to_stdout else str(arguments.out)
    summary = screen.aside() if to_stdout else screen
    summary.say(screen.text("cli.pairs.done", n=n, ones=ones, failed=n - done, out=out))
    found = {"n": n, "right": ones, "problems": n - done, "seconds": seconds, "out": str(arguments.out)}
    summary.result({**about, **found})
    return 1 if done < n else 0


def _note(line: Line, problem: Problem, screen: Screen) -> None:
    """Says what is wrong with a line. What is wrong with its form names the line itself; it is not said twice."""
    key = "cli.pairs.form" if "line" in problem.values else "cli.pairs.line"
    screen.note(key, n=line.number, problem=describe(problem, screen.lang))


def _some(lines: Iterator[Line], source: Path) -> Iterator[Line]:
    """The same lines. Raises BadInput where there are none: nothing to score is a mistake, not a score."""
    first = next(lines, None)
    if first is None:
        raise BadInput("cli_no_lines", file="stdin" if str(source) == "-" else str(source))
    return chain([first], lines)


def _worked(
    chunk: Sequence[Line], work: Callable[[Sequence[Line]], list[Added]], nothing: Added
) -> list[Added]:
    """The good lines' results in their places; the others get null and their problem."""
    good = iter(work([line for line in chunk if line.problem is None]))
    return [next(good) if line.problem is None else {**nothing, "problem": line.problem} for line in chunk]


def _lines(source: TextIO, needs: tuple[str, ...]) -> Iterator[Line]:
    """Blank lines are no lines: they are left out."""
    for number, text in enumerate(source, 1):
        if text.strip():
            yield _line(number, text.lstrip("\ufeff") if number == 1 else text, needs)


def _line(number: int, text: str, needs: tuple[str, ...]) -> Line:
    try:
        fields = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        problem = Problem("cli_line_json", {"line": number, "reason": str(error)})
        return Line(number, {"line": number, "raw": text.rstrip("\n")}, problem=problem)
    if not isinstance(fields, dict):
        kind = type(fields).__name__
        return Line(
            number,
            {"line": number, "raw": fields},
            problem=Problem("cli_line_object", {"line": number, "kind": kind}),
        )
    return _checked(number, fields, needs)


def _checked(number: int, fields: dict[str, Any], needs: tuple[str, ...]) -> Line:
    gold = _gold(fields.get("gold"))
    if gold is None:
        return Line(number, fields, problem=Problem("cli_line_gold", {"line": number}))
    for name in (*needs, "prediction"):
        if not isinstance(fields.get(name), str):
            return Line(number, fields, problem=Problem("cli_line_field", {"line": number, "name": name}))
    return Line(number, fields, gold, fields["prediction"], str(fields.get("question") or ""))


def _gold(value: object) -> Gold | None:
    """A string, a number (as it is written), or several strings of which any is right."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


@contextmanager
def _source(path: Path) -> Iterator[TextIO]:
    """The input file, `-` for stdin. A byte that is not UTF-8 spoils its own line only."""
    if str(path) == "-":
        yield sys.stdin
        return
    with _in_words("cli_cannot_read", path):
        file = path.open(encoding="utf-8", errors="backslashreplace")
    with file:
        yield file


@contextmanager
def _target(path: Path) -> Iterator[Callable[[str], None]]:
    """Writes lines to the output file, whole or absent; a pipe or device is written as it is."""
    with _in_words("cli_cannot_write", path):
        plain_file = not path.exists() or stat.S_ISREG(path.stat().st_mode)
        place = path.with_name(f".{path.name}.{os.getpid()}.part") if plain_file else path
        file = place.open("w", encoding="utf-8", errors="backslashreplace")

    def write(line: str) -> None:
        with _in_words("cli_cannot_write", path):
            file.write(f"{line}\n")

    try:
        with file:
            yield write
        if plain_file:
            with _in_words("cli_cannot_write", path):
                place.replace(path)
    finally:
        if plain_file:
            place.unlink(missing_ok=True)


@contextmanager
def _in_words(code: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(code, file=str(path), reason=error.strerror or str(error)) from error


_PAIRS = (
    option("--pairs", required=True, type=Path, metavar="file"),
    option("--out", required=True, type=Path, metavar="file", key="out_jsonl"),
)

COMMANDS = (
    Command(
        "score",
        score,
        (
            option("--task", required=True, metavar="task", key="task_scored"),
            option("--profile", default="studio", metavar="profile", key="profile_scored"),
            option("--ignore-case", action=argparse.BooleanOptionalAction),
            option("--ignore-punctuation", action=argparse.BooleanOptionalAction),
            option("--normaliser", choices=("squad", "head")),
            *_PAIRS,
            DB,
        ),
    ),
    Command("judge", judge, (*_PAIRS, option("--judge", default="auto", metavar="judge"), DB)),
)
