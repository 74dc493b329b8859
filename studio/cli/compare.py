"""`compare`: runs side by side, as a table of pairs or as the questions on which they differ."""

import argparse
from typing import TYPE_CHECKING

from studio.cli.door import DB, WHERE, opened, say_whose
from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen, number, one_line
from studio.core.compare import COMPARE_MARKS, CompareMark, Comparison, Contrast, PairDuel, TaskBeside
from studio.core.outcome import Estimate
from studio.core.run import OWNER, SampleFilter
from studio.texts.compare_said import compared_said
from studio.texts.run_names import name_of

if TYPE_CHECKING:
    from studio.service import Studio

SHOWN = 20


def compare(arguments: argparse.Namespace, screen: Screen) -> int:
    """Prints every pair per task and in all; with --only the questions themselves."""
    with opened(arguments) as studio:
        if arguments.only:
            return _listed(studio, arguments, screen)
        found = studio.comparing.compare(arguments.runs, arguments.base, where=arguments.where or "")
        say_whose(studio, arguments.runs[0], SampleFilter(where=arguments.where or ""), OWNER, screen)
    for place, run in enumerate(found.runs, 1):
        screen.say(f"{place}  {run.id}  {name_of(run, screen.lang)}")
    for sentence in compared_said(found, screen.lang):
        screen.say(sentence)
    if found.shared:
        screen.say()
        _print_table(found, screen)
    screen.result({
        "runs": [run.id for run in found.runs], "shared": found.shared, "beyond": found.beyond,
        "differs": found.differs, "hidden": found.hidden, "other_scores": found.other_scores,
        "tasks": found.tasks, "total": found.total,
    })  # fmt: skip
    return 0


_NUMBERS = ("n", "first", "second", "difference", "wins", "ties", "losses", "p")


def _print_table(found: Comparison, screen: Screen) -> None:
    """A line for each task, score and pair; all tasks last."""
    head = [screen.text(f"cli.compare.{name}") for name in ("task", "mark", "pair", *_NUMBERS)]
    places = {run.id: place for place, run in enumerate(found.runs)}
    rows = [*found.tasks, found.total] if len(found.tasks) != 1 else list(found.tasks)
    lines = [
        _line(row, mark, pair, places, screen) for mark in COMPARE_MARKS for row in rows for pair in row.pairs
    ]
    screen.table(head, lines, numbers=range(3, len(head)))


def _line(
    row: TaskBeside, mark: CompareMark, pair: PairDuel, places: dict[str, int], screen: Screen
) -> list[str]:
    duel, means = pair.by(mark), row.means(mark)
    left, right = places[pair.left], places[pair.right]
    difference = "—"
    if duel.difference is not None:
        low, high = (number(value, screen.lang, 2) for value in (duel.difference.low, duel.difference.high))
        separator = "; " if screen.lang == "ru" else ", "
        difference = f"{number(duel.difference.mean, screen.lang)} [{low}{separator}{high}]"
    return [
        row.task or screen.text("cli.scores.total"),
        mark.upper(),
        f"{left + 1}–{right + 1}",
        str(duel.wins + duel.ties + duel.losses),
        _mean(means[left], screen),
        _mean(means[right], screen),
        difference,
        str(duel.wins),
        str(duel.ties),
        str(duel.losses),
        _probability(duel.p_holm, screen),
    ]


def _mean(estimate: Estimate, screen: Screen) -> str:
    return number(estimate.mean, screen.lang)


def _probability(p: float | None, screen: Screen) -> str:
    return number(p, screen.lang) if p is None or p >= 0.001 else f"<{number(0.001, screen.lang)}"


def _listed(studio: "Studio", arguments: argparse.Namespace, screen: Screen) -> int:
    """The questions that a contrast keeps, with every run's answer."""
    runs = list(dict.fromkeys(arguments.runs))
    contrast = Contrast.read(arguments.only, len(runs))
    where = arguments.where or ""
    numbers = studio.comparing.numbers(runs, contrast, arguments.task or "", where=where)
    shown = [
        found for sample in numbers[: arguments.limit] if (found := studio.comparing.sample(runs, sample))
    ]
    if not numbers:
        screen.note("cli.compare.none")
    else:
        heads = [screen.text("cli.compare.number"), screen.text("cli.compare.task")]
        heads += [screen.text("cli.compare.answer", n=place + 1) for place in range(len(runs))]
        rows = [
            [str(found.cards[0].number), found.cards[0].task]
            + [f"{_signs(card)} {one_line(card.answer or '—', 30)}" for card in found.cards]
            for found in shown
        ]
        screen.table(heads, rows, numbers=(0,))
        screen.say(f"\n{screen.text('cli.compare.listed', shown=len(shown), n=len(numbers))}")
    screen.result({
        "runs": runs, "only": str(contrast), "task": arguments.task or "", "n": len(numbers),
        "samples": [{"sample": found.sample_id, "cards": found.cards} for found in shown],
    })  # fmt: skip
    return 0


def _signs(card: object) -> str:
    """✓ or × by EM and by the judge; · where there is no verdict."""
    scores = [getattr(card, mark) for mark in COMPARE_MARKS]
    return "".join(
        "·" if score is None or score.value is None else "✓" if score.value >= 0.5 else "×"
        for score in scores
    )


COMMANDS = (
    Command(
        "compare",
        compare,
        (
            option("runs", nargs="+", metavar="run", key="compare_runs"),
            option("--base", default="", metavar="run"),
            option("--only", default="", metavar="contrast"),
            option("--task", metavar="task", key="task_filter"),
            WHERE,
            option("--limit", type=whole(0), default=SHOWN, metavar="n", key="limit_rows"),
            DB,
        ),
    ),
)
