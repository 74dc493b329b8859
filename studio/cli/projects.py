"""`project list|show|plan|new|change|instruct|bind|open|pause|close`: the human baseline, as its lead sets it up."""

import argparse
import csv
import io
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from studio.cli.door import DB, again_project, opened, text_of
from studio.cli.parser import Command, Option, between, option, whole
from studio.cli.screen import Screen, number
from studio.core.errors import BadInput
from studio.core.project import REPEAT_AFTER, Joining, Level, Project, ProjectPlan, ProjectSpec, ProjectState
from studio.core.run import OWNER

if TYPE_CHECKING:
    from studio.service import Studio

SPEC = ProjectSpec("", "")
NONE = "none"  # takes a limit, a pay or a time away again
_STRATA_SHOWN = 30


def listed(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        found = studio.organising.projects(OWNER)
    if found:
        names = ("id", "state", "task", "title", "overlap", "when")
        rows = [
            [
                each.id,
                screen.text(f"cli.project.state.{each.state}"),
                each.spec.task,
                each.spec.title,
                str(each.spec.overlap),
                moment(each.created_at),
            ]
            for each in found
        ]
        screen.table([screen.text(f"cli.project.{name}") for name in names], rows, numbers=(4,))
    else:
        screen.note("cli.project.none")
    screen.result({"projects": found})
    return 0


def show(arguments: argparse.Namespace, screen: Screen) -> int:
    """A project's settings, its items by purpose, and its instructions."""
    with opened(arguments) as studio:
        project = studio.organising.project(OWNER, arguments.project)
        items = studio.organising.items(OWNER, arguments.project)
        versions = studio.audit.instructions(OWNER, arguments.project)
    _print_project(project, screen)
    counts = {
        purpose: sum(item.purpose == purpose for item in items) for purpose in ("work", "control", "training")
    }
    screen.say(f"  {screen.text('cli.project.items', **counts)}")
    if project.unbound:
        screen.note("cli.project.unbound", n=project.unbound, id=project.id)
    for each in versions[-1:]:
        screen.say(
            f"\n{screen.text('cli.project.instructions', n=each.version, when=moment(each.at))}\n\n{each.text}"
        )
    screen.result({"project": project, "items": items, "instructions": versions})
    return 0


def _print_project(project: Project, screen: Screen) -> None:
    state = screen.text(f"cli.project.state.{project.state}")
    screen.say(f"{project.id}  {project.spec.title}  ({project.spec.task}, {state})")
    for name, value in project.spec.to_json().items():
        if name not in {"title", "task"} and value is not None and value is not False:
            screen.say(f"  {screen.text(f'cli.project.spec.{name}')}: {_said(name, value, screen)}")


def _said(name: str, value: Any, screen: Screen) -> str:
    if name in {"opens_at", "closes_at"}:
        return moment(value)
    if name in {"level", "joining"}:
        return screen.text(f"cli.project.{name}.{value}")
    if name == "dialogue":
        return screen.text("cli.project.in_turn")
    if isinstance(value, float):
        return (
            number(value, screen.lang, 0 if value == int(value) else 3).rstrip("0")
            if value % 1
            else str(int(value))
        )
    return str(value)


def plan(arguments: argparse.Namespace, screen: Screen) -> int:
    """What such a project would ask; nothing is made."""
    with opened(arguments) as studio:
        spec = spec_of(arguments)
        found = studio.organising.plan(OWNER, spec, **_chosen(arguments))
    _print_plan(found, spec, screen)
    hours = found.hours(spec, arguments.guess)
    cost = None if spec.pay_per_hour is None else hours * spec.pay_per_hour
    _print_price(hours, cost, spec, arguments.guess, screen)
    screen.result({"plan": found, "hours": hours, "cost": cost, "currency": spec.currency})
    return 0


def new(arguments: argparse.Namespace, screen: Screen) -> int:
    with opened(arguments) as studio:
        spec, chosen = spec_of(arguments), _chosen(arguments)
        found = studio.organising.plan(OWNER, spec, **chosen)
        project = studio.organising.make(OWNER, spec, **chosen)
        if arguments.instructions:
            studio.organising.instruct(OWNER, project, text_of(arguments.instructions))
        made = studio.organising.project(OWNER, project)
    _print_project(made, screen)
    _print_plan(found, spec, screen)
    steps = "cli.project.next.told" if made.instructions else "cli.project.next"
    screen.note(
        steps,
        instruct=again_project("project instruct", project, arguments, "--file", "instructions.md"),
        invite=again_project("invite new", project, arguments, "--places", "5"),
        start=again_project("project open", project, arguments),
    )
    screen.result({"project": made, "plan": found})
    return 0


def spec_of(arguments: argparse.Namespace) -> ProjectSpec:
    """What the options ask for; what they do not name is as usual."""
    given = _given(arguments)
    return replace(ProjectSpec(given.pop("title", "") or given["task"], given.pop("task")), **given)


def _given(arguments: argparse.Namespace) -> dict[str, Any]:
    """The settings that were named; `none` has become None."""
    names = ProjectSpec.__dataclass_fields__
    found = {name: value for name, value in vars(arguments).items() if name in names and value is not None}
    return {name: None if value == NONE else value for name, value in found.items()}


def _chosen(arguments: argparse.Namespace) -> dict[str, Any]:
    authors = _authors(arguments.authors) if arguments.authors else {}
    return {"size": arguments.size, "stratify": arguments.stratify, "authors": authors}


def _authors(path: Path) -> dict[str, str]:
    """Who wrote which sample: a JSON object {sample: person}, or CSV with a line each."""
    text = text_of(path)
    try:
        found = json.loads(text) if path.suffix == ".json" else dict(csv.reader(io.StringIO(text)))
    except (ValueError, csv.Error) as error:
        raise BadInput("project_authors_file", file=str(path)) from error
    if not isinstance(found, dict) or not all(isinstance(who, str) for who in found.values()):
        raise BadInput("project_authors_file", file=str(path))
    return {str(key).strip(): who.strip() for key, who in found.items() if who.strip()}


def _print_plan(found: ProjectPlan, spec: ProjectSpec, screen: Screen) -> None:
    purposes = {purpose: found.by_purpose.get(purpose, 0) for purpose in ("work", "control", "training")}
    screen.say(f"  {screen.text('cli.project.items', **purposes)}")
    screen.say(f"  {screen.text('cli.project.answers.n', n=found.answers)}")
    if spec.repeats:
        key = "cli.project.repeats.n" if found.repeats(spec) else "cli.project.repeats.never"
        screen.say(f"  {screen.text(key, n=number(found.repeats(spec), screen.lang, 0), after=REPEAT_AFTER)}")
    strata = [(name, counts) for name, counts in found.by_stratum.items() if name]
    for name, (asked, of) in strata[:_STRATA_SHOWN]:
        screen.say(f"  {name}: {asked} / {of}")
    if len(strata) > _STRATA_SHOWN:
        screen.say(f"  {screen.text('cli.project.strata_more', n=len(strata) - _STRATA_SHOWN)}")
    controls = found.by_purpose.get("control", 0)
    if found.controls_outside < controls:
        screen.note("cli.project.controls_inside", n=controls - found.controls_outside)
    if found.training_short:
        screen.note("cli.project.training_short", n=found.training_short)
    if found.unaskable:
        screen.note("cli.project.unaskable", n=found.unaskable)


def _print_price(hours: float, cost: float | None, spec: ProjectSpec, guess: float, screen: Screen) -> None:
    told = {"hours": number(hours, screen.lang, 1), "guess": number(guess, screen.lang, 0)}
    if cost is None:
        screen.say(f"  {screen.text('cli.project.plan.hours', **told)}")
        return
    money = f"{number(cost, screen.lang, 0)} {spec.currency}"
    screen.say(f"  {screen.text('cli.project.plan.cost', **told, cost=money)}")


def change(arguments: argparse.Namespace, screen: Screen) -> int:
    """Sets what is named otherwise; the rest stays."""
    given = _given(arguments)
    if not given:
        raise BadInput("project_nothing_changed")
    with opened(arguments) as studio:
        before = studio.organising.project(OWNER, arguments.project)
        studio.organising.change(OWNER, arguments.project, replace(before.spec, **given))
        after = studio.organising.project(OWNER, arguments.project)
    _print_project(after, screen)
    screen.result({"project": after, "before": before.spec})
    return 0


def instruct(arguments: argparse.Namespace, screen: Screen) -> int:
    """Writes a new version of the instructions, or shows the one in force."""
    with opened(arguments) as studio:
        if arguments.text or arguments.file:
            text = arguments.text or text_of(arguments.file)
            studio.organising.instruct(OWNER, arguments.project, text)
        found = studio.audit.instructions(OWNER, studio.organising.project(OWNER, arguments.project).id)
    if not found:
        screen.note("cli.project.no_instructions")
    for each in found[-1:]:
        screen.say(
            f"{screen.text('cli.project.instructions', n=each.version, when=moment(each.at))}\n\n{each.text}"
        )
    screen.result({"project": arguments.project, "instructions": found})
    return 0


def bind(arguments: argparse.Namespace, screen: Screen) -> int:
    """Ties a project's items to their questions again, from where the task lies now."""
    with opened(arguments) as studio:
        missing = studio.organising.bind_from(OWNER, arguments.project, arguments.task)
    if missing:
        screen.note("cli.project.unbound", n=missing, id=arguments.project)
    else:
        screen.note("cli.project.bound")
    screen.result({"project": arguments.project, "missing": missing})
    return 1 if missing else 0


def _state(state: ProjectState) -> Callable[[argparse.Namespace, Screen], int]:
    def handle(arguments: argparse.Namespace, screen: Screen) -> int:
        with opened(arguments) as studio:
            before = studio.organising.project(OWNER, arguments.project)
            if state == "closed" != before.state and not _closes(before, arguments, screen):
                screen.note("cli.project.close.kept", title=before.spec.title)
                screen.result({"project": before})
                return 0
            studio.organising.set_state(OWNER, arguments.project, state)
            found = studio.organising.project(OWNER, arguments.project)
            left = _invited(studio, arguments.project) if state == "open" else True
        screen.note(f"cli.project.now.{state}", title=found.spec.title)
        if state == "open" and found.gold_open:
            screen.note("cli.project.gold.seen", said=gold_words(found, screen))
        if not left and found.spec.joining == "invited":
            screen.note(
                "cli.project.nobody",
                command=again_project("invite new", found.id, arguments, "--places", "5"),
            )
        screen.result({"project": found})
        return 0

    return handle


def _closes(found: Project, arguments: argparse.Namespace, screen: Screen) -> bool:
    """Closing shows gold, and what was seen is not forgotten: it is asked first."""
    return arguments.yes or screen.agreed(
        f"cli.project.close.ask.{found.spec.joining}",
        "cli_yes_needed_close",
        title=found.spec.title,
        id=found.id,
    )


def gold_words(found: Project, screen: Screen) -> str:
    """When gold lay open to everybody, and that it does."""
    return " ".join(
        screen.text("cli.project.gold.open", since=moment(since))
        if until is None
        else screen.text("cli.project.gold.was_open", since=moment(since), until=moment(until))
        for since, until in found.gold_open
    )


def _invited(studio: "Studio", project: str) -> bool:
    """Whether anybody is there to answer, or can come."""
    now = time.time()
    links = studio.members.invitations(OWNER, project)
    return bool(studio.members.people(OWNER, project)) or any(link.open_at(now) for link in links)


def moment(at: float | None) -> str:
    """A time of this machine's clock, to the minute."""
    return "—" if at is None else time.strftime("%Y-%m-%d %H:%M", time.localtime(at))


def a_moment(text: str) -> float | str:
    """A time as it is typed: 2026-11-30 or 2026-11-30T09:00, by this machine's clock unless it names a zone."""
    if text == NONE:
        return NONE
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"moment {text}") from error


def _or_none(kind: Callable[[str], float]) -> Callable[[str], float | str]:
    def value(text: str) -> float | str:
        return NONE if text == NONE else kind(text)

    return value


PROJECT: Option = option("project", metavar="project")
TITLE = option("--title", metavar="text", key="project_title")
SETTINGS: tuple[Option, ...] = (
    option("--level", choices=get_args(Level), key="project_level"),
    option("--overlap", type=whole(1), metavar="n", key="project_overlap"),
    option("--controls", type=between(0, 0.5), metavar="share", key="project_controls"),
    option("--repeats", type=between(0, 0.5), metavar="share", key="project_repeats"),
    option("--training", type=whole(0), metavar="n", key="project_training"),
    option("--pass-mark", type=between(0, 1), metavar="share", key="project_pass_mark"),
    option(
        "--item-limit",
        dest="item_limit_s",
        type=_or_none(between(5, 3600)),
        metavar="seconds",
        key="project_limit",
    ),
    option("--lease", dest="lease_s", type=between(60, 86400), metavar="seconds", key="project_lease"),
    option("--joining", choices=get_args(Joining), key="project_joining"),
    option("--opens", dest="opens_at", type=a_moment, metavar="when", key="project_opens"),
    option("--closes", dest="closes_at", type=a_moment, metavar="when", key="project_closes"),
    option("--pay", dest="pay_per_hour", type=_or_none(between(0, 1e9)), metavar="money", key="project_pay"),
    option("--currency", metavar="text", key="project_currency"),
)
NEW: tuple[Option, ...] = (
    option("--task", required=True, metavar="task", key="project_task"),
    TITLE,
    *SETTINGS,
    option("--seed", type=whole(0), metavar="n", key="project_seed"),
    option("--size", type=whole(1), metavar="n", key="project_size"),
    option("--stratify", default="", metavar="name", key="project_stratify"),
    option("--authors", type=Path, metavar="file", key="project_authors"),
)

COMMANDS = (
    Command("project list", listed, (DB,)),
    Command("project show", show, (PROJECT, DB)),
    Command(
        "project plan",
        plan,
        (
            *NEW,
            option("--guess", type=between(1, 3600), default=20.0, metavar="seconds", key="project_guess"),
            DB,
        ),
    ),
    Command(
        "project new",
        new,
        (*NEW, option("--instructions", type=Path, metavar="file", key="project_text"), DB),
    ),
    Command("project change", change, (PROJECT, TITLE, *SETTINGS, DB)),
    Command(
        "project instruct",
        instruct,
        (
            PROJECT,
            option("--text", metavar="text", key="instruct_text"),
            option("--file", type=Path, metavar="file", key="instruct_file"),
            DB,
        ),
    ),
    Command(
        "project bind",
        bind,
        (PROJECT, option("--task", required=True, metavar="task", key="project_bind_task"), DB),
    ),
    Command("project open", _state("open"), (PROJECT, DB)),
    Command("project pause", _state("paused"), (PROJECT, DB)),
    Command(
        "project close",
        _state("closed"),
        (PROJECT, option("--yes", action="store_true", key="close_yes"), DB),
    ),
)
