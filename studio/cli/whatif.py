"""`whatif`, `scorers`, `rescore`: scores under other rules and thresholds, and rules kept under a name."""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from studio.cli.door import DB, RUN, opened
from studio.cli.parser import Command, between, option, whole
from studio.cli.screen import Screen, number, one_line
from studio.core.errors import BadInput
from studio.core.rules import DEFAULT_RULES, MOST_TOLERANCE, OWN, Rules
from studio.core.run import OWNER
from studio.core.trials import Difference
from studio.core.whatif import ChangedSample, Rescoring, Sides, Switch, TaskChange, WhatIf, WhatIfAsked

if TYPE_CHECKING:
    from studio.service import Studio

TELL_EVERY_S = 1.0
TROUBLE = 1
RULES = (
    option("--rules", metavar="rules", default=""),
    option("--on", action="append", nargs="+", default=[], metavar="rule"),
    option("--off", action="append", nargs="+", default=[], metavar="rule"),
    option("--tolerance", type=between(0, MOST_TOLERANCE), default=None, metavar="share"),
)


def whatif(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        if arguments.switches:
            return _switches(studio.rescoring.switches(arguments.run, OWNER), screen)
        found = studio.rescoring.what_if(
            WhatIfAsked(
                arguments.run,
                _rules(studio, arguments, studio.rescoring.rules(arguments.run)),
                arguments.profile or "",
                arguments.threshold,
                tuple(arguments.variant),
                arguments.task or "",
                arguments.offset,
                arguments.limit,
            ),
            OWNER,
        )
    _print(found, screen)
    screen.result({"what_if": found})
    return 0


def _rules(studio: "Studio", arguments: argparse.Namespace, base: Rules | None) -> Rules | None:
    """The rules that are asked for; None: nothing is, so the run's own."""
    on, off = (tuple(name for names in group for name in names) for group in (arguments.on, arguments.off))
    if not (arguments.rules or on or off or arguments.tolerance is not None):
        return None
    rules = _named(studio, arguments.rules) if arguments.rules else base or DEFAULT_RULES
    rules = rules.with_switches(on, off)
    if arguments.tolerance is not None:
        rules = Rules.from_json({**rules.to_json(), "tolerance": arguments.tolerance})
    return rules


def _named(studio: "Studio", text: str) -> Rules:
    """A kept version by its name, or a set as JSON. Raises BadInput."""
    if not text.lstrip().startswith("{"):
        return studio.rescoring.version(text).rules
    try:
        return Rules.from_json(json.loads(text))
    except ValueError as error:
        raise BadInput("rules_not_json", text=one_line(text, 80), reason=str(error)) from error


def _switches(switches: Sequence[Switch], screen: Screen) -> int:
    heads = [screen.text(f"cli.switches.{name}") for name in ("rule", "on", "title", "turned")]
    rows = [
        [
            switch.name,
            screen.text(f"cli.switch.{'on' if switch.on else 'off'}"),
            screen.text(f"rule.{switch.name}"),
            f"+{switch.turned.gained} / −{switch.turned.lost}" if switch.turned else "",
        ]
        for switch in switches
    ]
    screen.table(heads, rows, numbers=(3,))
    screen.result({"switches": switches})
    return 0


def _print(found: WhatIf, screen: Screen) -> None:
    screen.say(screen.text("cli.whatif.now", label=found.label, n=found.answers))
    if found.hidden:
        screen.note("cli.whatif.hidden", tasks=", ".join(found.hidden))
    heads = ["task", "em", "em_difference", "turned", "js", "js_difference", "turned"]
    rows = [_row(change, screen) for change in (*found.tasks, found.total)]
    screen.table([screen.text(f"cli.whatif.{name}") for name in heads], rows, numbers=range(1, 7))
    for turned in found.by:
        name = screen.text("whatif.together" if turned.name == "together" else f"rule.{turned.name}")
        screen.say(screen.text("cli.whatif.by", name=name, gained=turned.gained, lost=turned.lost))
    shown = len(found.changed)
    screen.say(f"\n{screen.text('cli.whatif.changed', n=found.changed_total, shown=shown)}")
    for sample in found.changed:
        _say_changed(sample, screen)
    if found.changed:
        screen.say(screen.text("cli.whatif.where", run=found.run, where=found.where()))


def _row(change: TaskChange, screen: Screen) -> list[str]:
    cells = [change.task or screen.text("cli.scores.total")]
    for sides in (change.em, change.js):
        cells += [
            _sides(sides, screen),
            _difference(sides.difference, screen),
            f"+{sides.gained} / −{sides.lost}",
        ]
    return cells


def _sides(sides: Sides, screen: Screen) -> str:
    return f"{number(sides.before.mean, screen.lang)} → {number(sides.after.mean, screen.lang)}"


def _difference(difference: Difference | None, screen: Screen) -> str:
    if difference is None:
        return "—"
    low, high = (number(value, screen.lang) for value in (difference.low, difference.high))
    sign = "+" if difference.mean > 0 else ""
    return f"{sign}{number(difference.mean, screen.lang)} [{low}; {high}]"


def _say_changed(sample: ChangedSample, screen: Screen) -> None:
    by = ", ".join(screen.text(f"rule.{name}") for name in sample.by)
    ways = " → ".join(screen.text(f"cli.cell.{cell}") for cell in (sample.before, sample.after))
    screen.say(
        f"  {sample.number}  {sample.task}/{sample.key}  {ways}  «{one_line(sample.answer, 50)}»"
        f" | «{one_line(sample.gold, 40)}»{f'  ({by})' if by else ''}"
    )


def scorers(arguments: argparse.Namespace, screen: Screen) -> int:
    """Keeps or deletes a version where it is asked for, then lists them."""
    with opened(arguments) as studio:
        if arguments.save is not None:
            studio.rescoring.save(arguments.save, _rules(studio, arguments, None) or DEFAULT_RULES, OWNER)
        if arguments.delete is not None:
            studio.rescoring.delete(arguments.delete, OWNER)
        found = studio.rescoring.versions()
    if found:
        rows = [[version.name, _differs(version.rules), str(len(version.runs))] for version in found]
        screen.table(
            [screen.text(f"cli.scorers.{name}") for name in ("name", "rules", "runs")], rows, numbers=(2,)
        )
    else:
        screen.note("cli.scorers.none")
    screen.result({"scorers": [{**vars(version), "rules": version.rules.to_json()} for version in found]})
    return 0


def _differs(rules: Rules) -> str:
    return " ".join(
        f"tolerance={value:g}" if name == "tolerance" else f"{'+' if value else '−'}{name}"
        for name, value in rules.to_json().items()
    )


def rescore(arguments: argparse.Namespace, screen: Screen) -> int:
    """0: the run is scored by the version now; 1: it did not come to its end, and nothing changed."""

    def told(state: Rescoring) -> None:
        if not arguments.quiet:
            screen.note("cli.rescore.progress", done=state.done, total=state.total)

    with opened(arguments) as studio:
        name = "" if arguments.scorer == OWN else arguments.scorer
        studio.rescoring.rescore(arguments.run, name, OWNER)
        state = studio.rescoring.wait(arguments.run, _sparsely(told))
        label = studio.rescoring.label(arguments.run)
    screen.say(screen.text("cli.rescore.done", run=arguments.run, label=label))
    screen.result({"run": arguments.run, "em_version": label, "rescoring": state})
    return TROUBLE if state and state.problem else 0


def _sparsely(told: Callable[[Rescoring], None]) -> Callable[[Rescoring], None]:
    last = -TELL_EVERY_S

    def tell(state: Rescoring) -> None:
        nonlocal last
        if time.monotonic() - last >= TELL_EVERY_S:
            last = time.monotonic()
            told(state)

    return tell


COMMANDS = (
    Command(
        "whatif",
        whatif,
        (
            RUN,
            *RULES,
            option("--profile", metavar="profile", key="profile_whole", default=""),
            option("--threshold", type=between(0, 1), default=None, metavar="share"),
            option("--variant", action="append", default=[], metavar="variant"),
            option("--switches", action="store_true"),
            option("--task", metavar="task", key="task_filter"),
            option("--limit", type=whole(0), default=20, metavar="n", key="limit_changed"),
            option("--offset", type=whole(0), default=0, metavar="n"),
            DB,
        ),
    ),
    Command(
        "scorers",
        scorers,
        (
            option("--save", metavar="scorer", key="save_scorer"),
            *RULES,
            option("--delete", metavar="scorer", key="delete_scorer"),
            DB,
        ),
    ),
    Command(
        "rescore",
        rescore,
        (
            RUN,
            option("--scorer", required=True, metavar="scorer"),
            DB,
            option("--quiet", action="store_true"),
        ),
    ),
)
