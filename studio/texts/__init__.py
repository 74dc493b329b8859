"""Every text that a person reads, Russian and English, in one place.

A module a subject; each holds `TEXTS: dict[key, (Russian, English)]`. Keys are dotted (`run.start`);
errors are `error.<code>` with an optional `error.<code>.hint`. Values are filled by `str.format`.
"""

from collections.abc import Mapping
from typing import Any, Literal

from studio.core.errors import Problem, StudioError
from studio.texts import (
    annotate,
    answer_form,
    bench,
    charts,
    cli,
    cli_commands,
    cli_options,
    common,
    compare,
    compare_page,
    crossing,
    errors,
    evidence,
    experiments,
    failing,
    gap,
    health,
    health_page,
    holding,
    inspect,
    joining,
    label_errors,
    labels,
    leaderboard,
    lens,
    logs,
    logs_of_tools,
    memory,
    organise,
    organise_board,
    pace,
    people_errors,
    people_runs,
    people_said,
    project_commands,
    project_files,
    project_import,
    project_said,
    prompts,
    query,
    reason_groups,
    reasons,
    reasons_page,
    refusals,
    report,
    rules,
    run,
    runs,
    scores,
    servers,
    skills,
    sql,
    submission,
    submit,
    tasks,
    whatif,
)

Lang = Literal["ru", "en"]
LANGS: tuple[Lang, ...] = ("ru", "en")

_MODULES = (
    sql,
    charts,
    common,
    compare,
    compare_page,
    crossing,
    errors,
    evidence,
    failing,
    gap,
    refusals,
    label_errors,
    labels,
    people_errors,
    holding,
    people_runs,
    people_said,
    project_commands,
    project_files,
    project_import,
    project_said,
    reasons,
    reason_groups,
    reasons_page,
    rules,
    lens,
    whatif,
    run,
    runs,
    bench,
    inspect,
    joining,
    health,
    health_page,
    annotate,
    answer_form,
    cli,
    cli_commands,
    cli_options,
    tasks,
    scores,
    submission,
    submit,
    logs,
    logs_of_tools,
    leaderboard,
    servers,
    experiments,
    memory,
    pace,
    prompts,
    query,
    report,
    organise,
    organise_board,
    skills,
)
CATALOGUE: dict[str, tuple[str, str]] = {}
for _module in _MODULES:
    _twice = CATALOGUE.keys() & _module.TEXTS.keys()
    if _twice:
        raise RuntimeError(f"texts defined twice: {sorted(_twice)}")
    CATALOGUE.update(_module.TEXTS)


def t(key: str, lang: Lang = "ru", **values: Any) -> str:
    """The text of a key. Raises KeyError for an unknown key: a missing text is a bug, not a blank."""
    text = CATALOGUE[key][LANGS.index(lang)]
    return text.format(**values) if values else text


def plural(n: int, one: str, few: str, many: str) -> str:
    """The Russian form for a count: 1 запись, 2 записи, 5 записей."""
    if n % 10 == 1 and n % 100 != 11:
        return one
    return few if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else many


def describe(problem: Problem | StudioError, lang: Lang = "ru") -> str:
    """What happened and what to do, in words. Never raises: a problem without a text shows its code and values."""
    problem = problem.problem if isinstance(problem, StudioError) else problem
    key = f"error.{problem.code}"
    if key not in CATALOGUE:
        return f"{problem.code}: {_listed(problem.values)}"
    keys = [key, f"{key}.hint"] if f"{key}.hint" in CATALOGUE else [key]
    return " ".join(_ended(_filled(each, lang, problem.values)) for each in keys)


def in_words(reason: object, lang: Lang = "ru") -> str:
    """What a system or a library said of a failure, as a person says it; as it is where we have no words for it."""
    key = reasons.reason_key(reason)
    return t(key, lang) if key else str(reason)


def raw_reason(problem: Problem | StudioError) -> str:
    """What the system itself said, where `describe` says it in other words; else nothing."""
    problem = problem.problem if isinstance(problem, StudioError) else problem
    said = problem.values.get("reason", "")
    return str(said) if reasons.reason_key(said) else ""


def _filled(key: str, lang: Lang, values: Mapping[str, Any]) -> str:
    text = CATALOGUE[key][LANGS.index(lang)]
    said = values.get(
        "reason", values.get("words")
    )  # runs of before keep a silent server's reason as its words
    if said is not None:
        values = {**values, "reason": in_words(said, lang)}
    try:
        return text.format(**values)
    except (KeyError, IndexError, ValueError):
        return f"{text} ({_listed(values)})"


def _ended(text: str) -> str:
    """A sentence that ends in one full stop, whoever's words are its last: a server may have put one or none."""
    text = text.rstrip(" :")
    if text.endswith("..") and not text.endswith("..."):
        return text[:-1]
    return text if text.rstrip("»”\")'")[-1:] in tuple(".!?…") else f"{text}."


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}={value}" for key, value in values.items())
