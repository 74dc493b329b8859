"""What begins an experiment, as markup: three cards with their fields, and the list of earlier ones."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from components.format import ago, count, percent, sentence, share, titled
from components.links import link
from components.widgets.chips import media_chip, state_chip
from components.widgets.progress import run_name
from components.widgets.text import attr, safe, short
from studio.core.content import MediaUse
from studio.core.errors import BadInput
from studio.core.judge import NO_JUDGE
from studio.core.run import RunView, Viewer
from studio.core.trials import Calibration
from studio.texts import Lang, t
from studio.texts.run_names import name_of

if TYPE_CHECKING:
    from studio.service import Studio

KINDS = ("none", "null", "judge")
LIMITS = {"none": 10, "null": 10, "judge": 5}  # questions of a task: an answer within a minute


def media_of(what: str) -> MediaUse:
    """Which media an experiment takes away. Raises BadInput for anything but the two."""
    if what == "none":
        return "none"
    if what == "null":
        return "null"
    raise BadInput("unknown_media_use", name=what, known="none, null")


def cards_html(studio: "Studio", who: Viewer, most_runs: int, lang: Lang) -> str:
    """The three cards, filled so that one press is enough."""
    runs = [
        run
        for run in studio.runs(who)
        if run.kind == "model" and run.answered and run.spec.settings.media == "sent"
    ][:most_runs]
    of = f'<select name="of">{_models(studio, who, lang)}{_runs(runs, lang)}</select>'
    judges = _judge_field(studio, who, lang)
    tasks = _tasks(studio, lang)
    return "".join(_card(kind, of if kind != "judge" else judges, tasks, lang) for kind in KINDS)


def earlier_html(
    blind: Sequence[RunView], calibrations: Sequence[Calibration], titles: Mapping[str, str], lang: Lang
) -> str:
    """Earlier experiments as links, newest first. `titles` are those of tasks."""
    rows = [(run.created_at, _pair(run, _tasks_of(run.tasks, titles), lang)) for run in blind]
    rows += [
        (each.created_at, _calibration(each, _tasks_of(each.tasks or each.spec.tasks, titles), lang))
        for each in calibrations
    ]
    if not rows:
        return f'<p class="st-note">{safe(t("experiments.earlier.none", lang))}</p>'
    items = "".join(html for _, html in sorted(rows, key=lambda row: -row[0]))
    return f'<ul class="st-list ex-list">{items}</ul>'


def _judge_field(studio: "Studio", who: Viewer, lang: Lang) -> str:
    """The owner may type any judge (a folder, a hub id, a server's); a visitor takes one of the list."""
    names = _judges(studio)
    if who.role != "owner":
        options = "".join(
            _option(name, t("run.judge.auto", lang) if name == "auto" else name) for name in names
        )
        return f'<select name="of">{options}</select>'
    known = "".join(f'<option value="{attr(name)}"></option>' for name in names)
    return (
        f'<input name="of" list="ex-judges" value="{attr(names[0])}" autocomplete="off" spellcheck="false">'
        f'<datalist id="ex-judges">{known}</datalist>'
    )


def _judges(studio: "Studio") -> list[str]:
    """The embedded judge first: it answers at once."""
    return sorted((name for name in studio.judges() if name != NO_JUDGE), key=lambda name: name != "embedded")


def _models(studio: "Studio", who: Viewer, lang: Lang) -> str:
    offered = ("embedded", *studio.settings.models)
    models = [model for model in studio.models() if who.role == "owner" or model.name in offered]
    options = "".join(
        _option(f"model:{model.name}", sentence(titled(model.title, model.name, lang)) if model.name == "embedded"
                else model.name)
        for model in models
    )  # fmt: skip
    return f'<optgroup label="{attr(t("experiments.of.models", lang))}">{options}</optgroup>'


def _runs(runs: Sequence[RunView], lang: Lang) -> str:
    if not runs:
        return ""
    options = "".join(_option(f"run:{run.id}", _run_words(run, lang)) for run in runs)
    return f'<optgroup label="{attr(t("experiments.of.runs", lang))}">{options}</optgroup>'


def _run_words(run: RunView, lang: Lang) -> str:
    tasks = ", ".join(run.tasks[:2]) + ("…" if len(run.tasks) > 2 else "")
    answered = count(run.answered, "count.samples", lang)
    return f"{name_of(run, lang)} · {answered} · {tasks} · {ago(run.created_at, lang)}"


def _tasks(studio: "Studio", lang: Lang) -> str:
    tasks = studio.tasks()
    demo = [task.name for task in tasks if task.suite == "demo"]
    whole = _option("demo", t("experiments.tasks.demo", lang)) if demo else ""
    return whole + "".join(_option(task.name, titled(task.title, task.name, lang)) for task in tasks)


def _option(value: str, label: str) -> str:
    return f'<option value="{attr(value)}">{safe(label)}</option>'


def _card(kind: str, of: str, tasks: str, lang: Lang) -> str:
    who = "judge" if kind == "judge" else "of"
    return (
        f'<form class="st-card ex-card" data-what="{kind}" aria-labelledby="ex-{kind}">'
        f'<h2 class="st-h2" id="ex-{kind}">{safe(t(f"experiments.{kind}", lang))}</h2>'
        f'<p class="st-note">{safe(t(f"experiments.{kind}.about", lang))}</p>'
        f'<div class="ex-fields"><label><span>{safe(t(f"experiments.field.{who}", lang))}</span>'
        f"{of}</label>"
        f"<label data-tasks><span>{safe(t('experiments.field.tasks', lang))}</span>"
        f'<select name="tasks">{tasks}</select></label>'
        f"<label data-tasks><span>{safe(t('experiments.field.limit', lang))}</span>"
        f'<input name="limit" type="number" min="1" max="1000" value="{LIMITS[kind]}" inputmode="numeric">'
        "</label></div>"
        f'<button type="submit" class="st-btn st-btn--main">{safe(t(f"experiments.{kind}.start", lang))}</button>'
        '<p class="st-alert" role="alert" hidden></p></form>'
    )


def _tasks_of(names: Sequence[str], titles: Mapping[str, str]) -> str:
    return short(", ".join(titles.get(name, name) for name in names), 60)


def _pair(run: RunView, tasks: str, lang: Lang) -> str:
    href = attr(link("experiments", lang, run=run.id, base=run.spec.base))
    mean = f"EM {share(run.em.mean, lang)}"
    return (
        f'<li><a href="{href}">{safe(t(f"experiments.{run.spec.settings.media}", lang))}: {run_name(run, lang)}</a>'
        f"{state_chip(run.state, lang)}{media_chip(run.spec.settings.media, lang)}"
        f'<span class="st-small">{safe(mean)} · {tasks} · {safe(ago(run.created_at, lang))}'
        "</span></li>"
    )


def _calibration(found: Calibration, tasks: str, lang: Lang) -> str:
    href = attr(link("experiments", lang, calibration=found.id))
    judge = found.label or found.spec.judge
    rates = t(
        "experiments.judge.brief",
        lang,
        right=percent(found.judge.sensitivity.mean, lang),
        wrong=percent(found.judge.all_wrong.mean, lang),
    )
    brief = f"{safe(rates)} · " if found.done else ""  # of one that waits there is nothing to tell yet
    return (
        f'<li><a href="{href}">{safe(t("experiments.judge", lang))}: {short(judge, 60)}</a>'
        f"{state_chip(found.state, lang)}"
        f'<span class="st-small">{brief}{tasks} · '
        f"{safe(ago(found.created_at, lang))}</span></li>"
    )
