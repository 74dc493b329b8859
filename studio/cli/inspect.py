"""`confusion`, `queue`, `show`: where EM and the judge differ, and why row 4,117 got 0."""

import argparse
import json

from studio.cli.door import DB, EYES, SEALED, WHERE, again, looking, opened, say_whose
from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen, number, one_line
from studio.core.differences import final_text, remarks
from studio.core.errors import BadInput
from studio.core.logs import LogView
from studio.core.outcome import Score
from studio.core.run import CELLS, Confusion, MediaView, SampleCard, SampleFilter, SampleRow
from studio.texts import describe
from studio.texts.figures import whole_percent
from studio.texts.reasons_said import group_title
from studio.texts.said import candidate, rule_words

CELL_CHOICES = (*CELLS, "disagree", "truncated")


def confusion(arguments: argparse.Namespace, screen: Screen) -> int:
    wanted, viewer = SampleFilter(where=arguments.where or ""), looking(arguments)
    with opened(arguments) as studio:
        found = studio.queries.confusions(arguments.run, wanted, viewer)
        say_whose(studio, arguments.run, wanted, viewer, screen)
    heads = [screen.text("cli.scores.task"), *(screen.text(f"cli.cell.{cell}") for cell in CELLS)]
    screen.table(heads, [_confusion_row(item, screen) for item in found], numbers=range(1, len(heads)))
    screen.say(f"\n{screen.text('cli.confusion.note')}")
    if found and (alone := found[-1].em_right + found[-1].em_wrong):
        screen.say(screen.text("cli.confusion.alone", n=alone, right=found[-1].em_right))
    rows = [
        {
            "task": item.task,
            **item.counts,
            "shares": {cell: item.share(cell) for cell in CELLS[:4]},
            "em_alone": {"right": item.em_right, "wrong": item.em_wrong},
        }
        for item in found
    ]
    screen.result({"run": arguments.run, "tasks": rows[:-1], "total": rows[-1] if rows else None})
    return 0


def _confusion_row(item: Confusion, screen: Screen) -> list[str]:
    cells = []
    for cell in CELLS:
        share = item.share(cell) if cell in CELLS[:4] else None
        count = str(item.counts.get(cell, 0))
        cells.append(count if share is None else f"{count} ({whole_percent(share)} %)")
    return [item.task or screen.text("cli.scores.total"), *cells]


def queue(arguments: argparse.Namespace, screen: Screen) -> int:
    wanted = SampleFilter(
        arguments.task or "",
        arguments.cell or "",
        arguments.text or "",
        arguments.category or "",
        arguments.where or "",
    )
    viewer = looking(arguments)
    with opened(arguments) as studio:
        found = studio.queue(arguments.run, wanted, arguments.offset, arguments.limit, viewer)
        say_whose(studio, arguments.run, wanted, viewer, screen)
    heads = ("number", "task", "key", "cell", "probability", "question", "answer")
    rows = [_queue_row(row, screen) for row in found.rows]
    screen.table([screen.text(f"cli.queue.{name}") for name in heads], rows, numbers=(0, 4))
    screen.say(f"\n{screen.text('cli.queue.total', shown=len(rows), n=found.total)}")
    asked = studio.queries.text(wanted)
    screen.result(
        {
            "run": arguments.run,
            "where": asked,
            "total": found.total,
            "offset": found.offset,
            "samples": found.rows,
        }
    )
    return 0


def _queue_row(row: SampleRow, screen: Screen) -> list[str]:
    return [
        str(row.number),
        row.task,
        row.key,
        screen.text("label.scores.title" if row.sealed else f"cli.cell.{row.mark}"),
        number(row.probability, screen.lang, 2),
        one_line(row.question, 40),
        one_line(row.answer, 30),
    ]


def show(arguments: argparse.Namespace, screen: Screen) -> int:
    """A sample by its number in the run (or in what a filter keeps), with every step that led to its scores."""
    wanted, viewer = SampleFilter(where=arguments.where or ""), looking(arguments)
    with opened(arguments) as studio:
        found = studio.queue(arguments.run, wanted, arguments.number - 1, 1, viewer)
        say_whose(studio, arguments.run, wanted, viewer, screen)
        row = found.rows
        if not row or row[0].index != arguments.number - 1:
            raise BadInput("cli_no_number", number=arguments.number, n=found.total)
        card = studio.card(arguments.run, row[0].sample_id, viewer)
        folder = studio.media_dir
        placed = None if card.sealed else studio.reasons.groups.of(card.run_id, card.sample_id, viewer)
    group = placed.group if placed else None
    for label, text in _lines(card, screen):
        screen.say(f"{screen.text(f'cli.show.{label}')}: {text}")
    for view in card.media:
        screen.say(f"{screen.text(f'modality.{view.modality}')}: {_medium(view, str(folder), screen)}")
    for score in (card.em, card.js):
        if score:
            _steps(score, screen)
    _overlooked(card, screen)
    _calls(card, screen)
    if group:
        screen.say(f"{screen.text('inspect.group')}: {group.number} · {group_title(group, screen.lang)}")
    if card.log:
        _log(card.log, screen)
        if parts := card.not_in_log:
            lacking = ", ".join(screen.text(f"logs.part.{name}") for name in parts)
            screen.say(f"  {screen.text('logs.absent', parts=lacking)}")
    screen.result(
        {
            **_card_json(card),
            "media_dir": str(folder),
            "command": again("show", card.run_id, arguments),
            "group": {"number": group.number, "title": group_title(group, screen.lang)} if group else None,
        }
    )
    return 0


def _lines(card: SampleCard, screen: Screen) -> list[tuple[str, str]]:
    nothing = screen.text("cli.show.nothing")
    gold = "; ".join(card.gold) if isinstance(card.gold, tuple) else card.gold
    lines = [
        ("number", f"{card.number} · {card.task} · {card.key}"),
        ("cell", screen.text("label.scores.title" if card.sealed else f"cell.{card.cell}")),
        ("prompt", f"\n{card.prompt}\n"),
        (
            "gold",
            screen.text("cli.show.hidden") if card.gold_hidden else gold if gold is not None else nothing,
        ),
        ("answer", card.answer if card.answer is not None else nothing),
    ]
    if card.finish_reason == "length":
        lines.append(("cut", screen.text("cli.show.cut_at", n=card.completion_tokens or 0)))
    if card.problem:
        lines.append(("problem", describe(card.problem, screen.lang)))
    return lines


def _medium(view: MediaView, folder: str, screen: Screen) -> str:
    if view.problem:
        return describe(view.problem, screen.lang)
    noted = ", ".join(f"{key} {value}" for key, value in view.note.items())
    return f"{folder}/{view.file}" + (f" ({noted})" if noted else "")


def _steps(score: Score, screen: Screen) -> None:
    """A score and how it came about: what each rule made of the answer, and what was compared."""
    value = (
        screen.text(f"cli.show.{score.status}")
        if score.value is None
        else number(score.value, screen.lang, 0 if score.value in {0, 1} else 3)
    )
    screen.say(f"{screen.text(f'metric.{score.scorer}')} ({score.version}): {value}")
    steps = score.detail.get("steps") or []
    for step in steps if isinstance(steps, list) else []:
        before, after = (one_line(str(step.get(side, "")), 60) for side in ("before", "after"))
        screen.say(f"  {rule_words(step.get('rule'), screen.lang)}: «{before}» → «{after}»")
    if score.extracted is not None:
        screen.say(f"  {screen.text('cli.show.extracted')}: «{one_line(score.extracted, 200)}»")
    if score.problem:
        screen.say(f"  {describe(score.problem, screen.lang)}")


def _overlooked(card: SampleCard, screen: Screen) -> None:
    """What a reader overlooks between the answer and gold: look-alike letters, endings, invisible characters…"""
    gold = (card.gold,) if isinstance(card.gold, str) else card.gold or ()
    if card.em is None or card.answer is None or not gold:
        return
    final = final_text(card.answer, card.em.detail)
    for remark in min((remarks(final[:2000], text[:2000]) for text in gold), key=len):
        screen.say(f"  {screen.text(f'lens.{remark.code}', **remark.values)}")


def _log(log: LogView, screen: Screen) -> None:
    """What another tool's log said of the sample: its scores, how values were found, what we know no place for."""
    screen.say(f"\n{screen.text('logs.said', tool=f'{log.tool} {log.version}'.strip())} ({log.place})")
    for score in log.scores:
        compared = f": «{one_line(score.extracted, 60)}»" if score.extracted is not None else ""
        screen.say(f"  {score.scorer.partition(':')[2]} = {number(score.value, screen.lang)}{compared}")
    for key, value in log.found.items():
        screen.say(f"  {screen.text(f'logs.found.{key}.{value}')}")
    for name, told in log.rest.items():
        text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
        screen.say(f"  {one_line(name, 60)}: {one_line(text, 200)}")


def _calls(card: SampleCard, screen: Screen) -> None:
    """What the judge was asked about: the whole answer, the part after the marker, windows of a long one."""
    for call in card.calls:
        read = candidate(call.candidate, screen.lang)
        probability = number(call.probability, screen.lang, 3)
        screen.say(f"  {screen.text('cli.show.call', candidate=read, probability=probability)}")
        if call.reason:
            screen.say(f"    {call.reason}")


def _card_json(card: SampleCard) -> dict[str, object]:
    return {name: getattr(card, name) for name in card.__dataclass_fields__}


COMMANDS = (
    Command("confusion", confusion, (option("run", metavar="run"), WHERE, EYES, DB)),
    Command(
        "queue",
        queue,
        (
            option("run", metavar="run"),
            option("--task", metavar="task", key="task_filter"),
            option("--cell", choices=CELL_CHOICES),
            option("--text", metavar="text", key="text_filter"),
            option("--category", metavar="category"),
            WHERE,
            EYES,
            SEALED,
            option("--limit", type=whole(1), default=50, metavar="n", key="limit_rows"),
            option("--offset", type=whole(0), default=0, metavar="n"),
            DB,
        ),
    ),
    Command(
        "show",
        show,
        (option("run", metavar="run"), option("number", type=whole(1), metavar="n"), WHERE, EYES, SEALED, DB),
    ),
)
