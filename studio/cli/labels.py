"""`label`, `labels`, `draw`, `criteria`: what people say of answers, and EM x judge x human."""

import argparse
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.door import DB, WHERE, opened, sample_of, text_of
from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen, one_line
from studio.core.errors import BadInput
from studio.core.label import HUMAN, THREE_WAY_BY, VERDICTS, Draw, Label, NewLabel, SampleLabels, ThreeWayRow
from studio.core.run import CELLS, SampleFilter
from studio.texts.draws_said import worth_said
from studio.texts.figures import whole_percent

if TYPE_CHECKING:
    from studio.service import Studio

SHOWN = 20  # labels listed unless asked for more


def label(arguments: argparse.Namespace, screen: Screen) -> int:
    """Keeps a verdict on the answer with this number, or takes the reviewer's last one back."""
    name = user() if arguments.reviewer is None else arguments.reviewer
    if not arguments.undo and (arguments.number is None or arguments.verdict is None):
        raise BadInput("label_incomplete")
    with opened(arguments) as studio:
        if arguments.undo:
            return _undone(studio, arguments.run, name, screen)
        sample = sample_of(studio, arguments.run, arguments.number)
        tags, sealed = _tags(arguments.tag), arguments.hide_scores
        new = NewLabel(name, arguments.verdict, arguments.note, tags, sealed=sealed)
        found = studio.labels.label(arguments.run, sample, new)
    _say(arguments.number, found, screen)
    screen.result({"run": arguments.run, "number": arguments.number, "sample": sample, **_json(found)})
    return 0


def _undone(studio: "Studio", run: str, name: str, screen: Screen) -> int:
    sample = studio.labels.undo(run, name)
    place = studio.card(run, sample).number if sample is not None else None
    if sample is None:
        screen.note("cli.label.nothing", name=name)
    else:
        screen.note("cli.label.undone", number=place)
    screen.result({"run": run, "undone": place, "sample": sample})
    return 0


def _say(place: int, found: SampleLabels, screen: Screen) -> None:
    assert found.own is not None
    said = screen.text(f"label.verdict.{found.own.verdict}")
    screen.say(screen.text("cli.label.kept", number=place, verdict=said, name=found.own.reviewer))
    for other in found.others:
        screen.say(f"  {other.reviewer}: {screen.text(f'label.verdict.{other.verdict}')}")
    if found.others and found.human:
        screen.say(f"  {screen.text('cli.label.together')}: {screen.text(f'label.verdict.{found.human}')}")


def _json(found: SampleLabels) -> dict[str, object]:
    return {"label": found.own, "others": found.others, "human": found.human}


def user() -> str:
    """The name of whoever types, as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""  # nobody: the refusal says what to do


def _tags(given: list[list[str]] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(tag for group in given for tag in group)


def labels(arguments: argparse.Namespace, screen: Screen) -> int:
    """Counts, draws and the labels themselves; or their file."""
    if arguments.out and arguments.read:
        raise BadInput("labels_out_or_read")
    with opened(arguments) as studio:
        if arguments.read:
            return _read(studio, arguments.run, arguments.read, screen)
        if arguments.out:
            return _written(studio, arguments.run, arguments.out, screen)
        rows = studio.labels.three_way([arguments.run], arguments.by)
        found, draws = studio.labels.listed(arguments.run), studio.labels.draws(arguments.run)
        tags = studio.labels.tags(arguments.run)
    _print_counts(rows, arguments.by, screen)
    for each in draws:
        screen.say(_draw_line(each, screen))
    if found:
        screen.say(worth_said(draws, screen.lang))
        _print_labels(found[: arguments.limit], screen)
        screen.say(
            f"\n{screen.text('cli.labels.total', shown=min(arguments.limit, len(found)), n=len(found))}"
        )
    else:
        screen.note("cli.labels.none", run=arguments.run)
    screen.result({
        "run": arguments.run, "by": arguments.by, "three_way": rows[:-1], "total": rows[-1], "draws": draws,
        "labels": found, "tags": tags,
    })  # fmt: skip
    return 0


def _read(studio: "Studio", run: str, path: Path, screen: Screen) -> int:
    found = studio.labels.read_file(run, path)
    screen.say(screen.text("cli.labels.read", added=found.added, known=found.known))
    if found.other_answer or found.unknown:
        screen.say(screen.text("cli.labels.left", other=found.other_answer, unknown=found.unknown))
    screen.result({"run": run, **vars(found)})
    return 1 if found.other_answer or found.unknown else 0


def _written(studio: "Studio", run: str, path: Path, screen: Screen) -> int:
    n = studio.labels.write_file(run, path)
    screen.say(screen.text("cli.labels.written", n=n, file=str(path)))
    screen.result({"run": run, "file": str(path), "labels": n})
    return 0


def _print_counts(rows: tuple[ThreeWayRow, ...], by: str, screen: Screen) -> None:
    heads = [screen.text(f"cli.labels.by.{by}"), screen.text("cli.labels.cell")]
    heads += [screen.text(f"label.human.{human}") for human in HUMAN] + [screen.text("cli.labels.right")]
    lines = []
    for row in rows:
        name = row.name or screen.text("cli.scores.total")
        lines += [[name, *line] for line in _cells(row, screen)]
    screen.table(heads, lines, numbers=range(2, len(heads)))
    screen.say(f"\n{screen.text('cli.labels.note')}")


def _cells(row: ThreeWayRow, screen: Screen) -> list[list[str]]:
    """A line for each cell of EM x judge with any sample: counts, and the share of right ones with its interval."""
    lines = []
    for cell in CELLS[:5]:
        counts = [row.counts[cell][human] for human in HUMAN]
        if not any(counts):
            continue
        share = row.right.get(cell)
        said = "—"
        if share is not None and share.mean is not None:
            low, high = whole_percent(share.low or 0.0), whole_percent(share.high or 0.0)
            said = f"{whole_percent(share.mean)} % [{low}–{high}]"
        lines.append([screen.text(f"cli.cell.{cell}"), *map(str, counts), said])
    return lines


def _print_labels(found: tuple[Label, ...], screen: Screen) -> None:
    names = ("number", "reviewer", "verdict", "tags", "note_head")
    heads = [screen.text(f"cli.labels.{name}") for name in names]
    rows = [
        [
            str(each.number),
            one_line(each.reviewer, 20),
            screen.text(f"label.verdict.{each.verdict}"),
            one_line(", ".join(each.tags), 30),
            one_line(each.note, 50),
        ]
        for each in found
    ]
    screen.say()
    screen.table(heads, rows, numbers=(0,))


def draw(arguments: argparse.Namespace, screen: Screen) -> int:
    """Draws a random part of the run's answers for labelling."""
    where = SampleFilter(
        task=arguments.task or "",
        cell=arguments.cell or "",
        category=arguments.category or "",
        where=arguments.where or "",
    )
    with opened(arguments) as studio:
        found = studio.labels.draw(
            arguments.run, arguments.size, where=where, seed=arguments.seed, by_task=arguments.by_task
        )
    screen.say(_draw_line(found, screen))
    if found.size < arguments.size:
        screen.note("cli.draw.all", asked=arguments.size, frame=found.frame)
    for stratum in found.strata if found.by_task else ():
        screen.say(f"  {stratum.task}: {stratum.drawn} / {stratum.frame}")
    screen.note("cli.draw.next", run=arguments.run, number=found.number)
    screen.result({"run": arguments.run, "draw": found})
    return 0


def _draw_line(found: Draw, screen: Screen) -> str:
    of = "cli.draw.whole" if found.whole else "cli.draw.part"
    line = screen.text(of, number=found.number, size=found.size, frame=found.frame, seed=found.seed)
    return f"{line} {screen.text('cli.draw.labelled', labelled=found.labelled, size=found.size)}"


def criteria(arguments: argparse.Namespace, screen: Screen) -> int:
    """Shows the criteria in force with their earlier versions, or writes a new one."""
    with opened(arguments) as studio:
        if arguments.text or arguments.file:
            studio.labels.write_criteria(arguments.text or text_of(arguments.file))
        found = studio.labels.criteria()
    if not found:
        screen.note("cli.criteria.none")
    for each in found[:1]:
        screen.say(f"{screen.text('cli.criteria.version', n=each.version)}\n\n{each.text}")
    screen.result({"criteria": found})
    return 0


_RUN = option("run", metavar="run")

COMMANDS = (
    Command(
        "label",
        label,
        (
            _RUN,
            option("number", type=whole(1), nargs="?", metavar="n", key="label_number"),
            option("verdict", choices=VERDICTS, nargs="?", metavar="verdict"),
            option("--note", metavar="text", key="label_note"),
            option("--tag", action="append", nargs="+", metavar="tag", key="label_tag"),
            option("--reviewer", metavar="name"),
            option("--hide-scores", action="store_true", key="label_sealed"),
            option("--undo", action="store_true", key="label_undo"),
            DB,
        ),
    ),
    Command(
        "labels",
        labels,
        (
            _RUN,
            option("--by", choices=THREE_WAY_BY, default="task", key="labels_by"),
            option("--limit", type=whole(0), default=SHOWN, metavar="n", key="limit_rows"),
            option("--out", type=Path, metavar="file", key="labels_out"),
            option("--read", type=Path, metavar="file", key="labels_read"),
            DB,
        ),
    ),
    Command(
        "draw",
        draw,
        (
            _RUN,
            option("size", type=whole(1), metavar="n", key="draw_size"),
            option("--seed", type=whole(0), metavar="n", key="draw_seed"),
            option("--by-task", action="store_true"),
            WHERE,
            option("--task", metavar="task", key="task_filter"),
            option("--cell", choices=(*CELLS, "disagree", "truncated")),
            option("--category", metavar="category"),
            DB,
        ),
    ),
    Command(
        "criteria",
        criteria,
        (
            option("--text", metavar="text", key="criteria_text"),
            option("--file", type=Path, metavar="file", key="criteria_file"),
            DB,
        ),
    ),
)
