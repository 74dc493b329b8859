"""What was run, in a report: a column for each run, only what differs from nothing."""

from collections.abc import Mapping

from studio.core.engine import Settings
from studio.core.people_run import PeopleRun
from studio.core.report import Report
from studio.core.run import RunView
from studio.report.markup import letter, scrolled, section
from studio.texts import Lang, t
from studio.texts.dates import moment
from studio.texts.determinism import repeatability
from studio.texts.escape import safe
from studio.texts.figures import DASH, number
from studio.texts.run_names import made_of, people_name

FACTS = ("run", "model", "revision", "judge", "scorer", "tasks", "crossed", "limit", "split", "settings", "engine",
         "hardware", "repeat", "when", "state")  # fmt: skip
USUAL = Settings()
# What tells of the machine and not of the answers is left out; seed and temperature are said under repeatability.
ASIDE = {"device", "concurrency", "load", "batch_size", "seed", "temperature"}


def setup_html(report: Report, lang: Lang) -> str:
    """A table of facts; a fact that no run has is left out."""
    columns = [_facts(run.view, lang) for run in report.runs]
    heads = "".join(
        f'<th scope="col">{letter(report, place)}</th>'
        for place in range(len(report.runs))
        if len(columns) > 1
    )
    head = f"<thead><tr><td></td>{heads}</tr></thead>" if heads else ""
    rows = "".join(
        f'<tr><th scope="row">{t(f"report.setup.{name}", lang)}</th>'
        + "".join(f"<td>{column[name] or DASH}</td>" for column in columns)
        + "</tr>"
        for name in FACTS
        if any(column[name] for column in columns)
    )
    title = t("report.setup", lang)
    return section("setup", title, scrolled(title, f"<table>{head}<tbody>{rows}</tbody></table>"))


def unlike(report: Report, lang: Lang) -> str:
    """In what the runs differ beside the model, where that changes scores; empty where in nothing."""
    told = [_facts(run.view, lang) for run in report.runs]
    names = [
        name
        for name in ("judge", "scorer", "tasks", "crossed", "limit", "settings")
        if len({each[name] for each in told}) > 1
    ]
    return ", ".join(t(f"report.setup.{name}", lang).lower() for name in names)


def _facts(view: RunView, lang: Lang) -> dict[str, str]:
    """Each fact as markup; empty where there is nothing to tell."""
    engine = view.resolved.get("engine")
    engine = engine if isinstance(engine, Mapping) else {}
    spec = view.spec
    people = PeopleRun.of(view.resolved)
    name = view.model if people is None else f"{people_name(people, lang)}; {made_of(people, lang)}"
    name = f"{t('report.setup.person', lang)}: {view.model}" if view.kind == "human" and not people else name
    if view.tool:
        name = f"{name} · {t('report.setup.log', lang)} {view.tool}"
    told = {
        "run": view.id,
        "model": name,
        "revision": view.revision,
        "judge": view.judge,
        "scorer": view.em_version,  # the rules that score the run by now, not those it was asked under
        "tasks": ", ".join(view.tasks),
        "crossed": t("report.setup.crossed.of", lang, n=spec.crossed.items) if spec.crossed else "",
        "limit": number(spec.limit, lang) if spec.limit else "",
        "split": spec.split,
        "settings": _settings(view),
        "engine": str(engine.get("engine", "")),
        "hardware": str(engine.get("hardware", "") or ""),
        "repeat": repeatability(view.resolved, lang),
        "when": moment(view.started_at or view.created_at, lang),
        "state": t(f"state.{view.state}", lang),
    }
    if view.kind != "model":
        told |= dict.fromkeys(("limit", "split", "settings"), "")
    return {key: safe(value) for key, value in told.items()}


def _settings(view: RunView) -> str:
    """`max_new_tokens 256, frames 8`: what decides an answer, and whatever else is not as usual."""
    settings = view.spec.settings
    always = {"max_new_tokens", "frames", "media"}
    usual = USUAL.to_json()
    told = [
        f"{name} {', '.join(value) if isinstance(value, list) else value}"
        for name, value in settings.to_json().items()
        if name not in ASIDE and (name in always or value != usual[name])
    ]
    return ", ".join(told)
