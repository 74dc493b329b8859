"""What the form of the Run page would do, in words; and what a refusal of it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.format import count, number, sentence, titled
from components.widgets.text import attr, problem_html, safe
from studio.core.content import MODALITIES, Modality
from studio.core.errors import ModelError, StudioError, TaskError
from studio.core.run import Viewer
from studio.core.task import TaskInfo
from studio.service import ModelInfo, Studio
from studio.texts import Lang, t

# The fields by the names that `Studio.start` uses in a refusal; a field's place on the page is `field_id`.
_FIELDS = {"image_max_side": "image_side"}
_BY_CODE = {
    "no_tasks": "tasks",
    "no_modality": "tasks",
    "no_model": "model",
    "visitor_model": "model",
    "visitor_task": "extra_tasks",
    "unknown_media_use": "media",
    "unknown_load": "load",
    "reuse_of_chance": "reuse",
    "revision_of_server": "revision",
    "server_key": "key_env",
    "server_key_name": "key_env",
    "server_key_missing": "key_env",
    "server_model_unnamed": "model",
    "server_no_such_model": "model",
    "server_embedded": "model",
    "server_address": "servers",
    "server_password": "servers",
    "server_silent": "servers",
    "server_foreign": "servers",
    "server_failed": "servers",
    "visitor_server": "servers",
    "vllm_args": "vllm_args",
    "vllm_not_named": "model",
}
_IN_SIGHT = ("tasks", "model", "limit", "media")  # fields with a place of their own name


@dataclass(frozen=True)
class Plan:
    """What a choice of tasks comes to: the tasks, the names that lead nowhere, the length of an answer by the cards."""

    tasks: tuple[TaskInfo, ...]
    unknown: tuple[str, ...]
    tokens: int


def plan_of(studio: Studio, names: Sequence[str], who: Viewer) -> Plan:
    """What names mean. A visitor's are looked for among the tasks of the list alone: a path would read the disk."""
    known = {task.name for task in studio.tasks()} | {"demo"}
    unknown, found = [], []
    for name in names:
        try:
            if who.role != "owner" and name not in known:
                raise TaskError("unknown_task", name=name, known="")
            studio.find_tasks([name])
            found.append(name)
        except StudioError:
            unknown.append(name)
    # Together: a task that is ticked and whose folder is typed as well is one task.
    return Plan(tuple(studio.find_tasks(found)), tuple(unknown), studio.generation(found).max_new_tokens)


def takes_of(studio: Studio, model: str | None) -> frozenset[Modality] | None:
    """What a model takes, as far as is known before it is opened."""
    return next((info.modalities for info in studio.models() if info.name == model), None)


def model_note(studio: Studio, model: str | None, lang: Lang) -> str:
    """What the chosen model can take, in words."""
    info = next((info for info in studio.models() if info.name == model), None)
    if info is None or info.modalities is None:
        return _note(t("run.model.unknown", lang))
    words = [t("run.model.takes", lang, list=_listed([m for m in MODALITIES if m in info.modalities], lang))]
    missing = [m for m in MODALITIES if m not in info.modalities]
    if missing:
        words.append(t("run.model.cannot", lang, list=_listed(missing, lang)))
    about = titled(info.note, "", lang).rstrip(".")
    return _note(" ".join([f"{about}.", *words] if about else words))


def plan_note(plan: Plan, limit: float | None, tokens: int, lang: Lang) -> str:
    """«6 задач, всего 120 вопросов. В ответе до 256 токенов.» under the button."""
    words = []
    if plan.unknown:
        words.append(t("run.plan.unknown", lang, names=", ".join(plan.unknown)))
    sizes = [task.sizes.get("test", 0) for task in plan.tasks]
    if sizes and limit and limit < 0:
        words.append(t("run.plan.limit", lang, n=number(int(limit), lang)))
    elif sizes:
        total = sum(min(size, int(limit)) if limit else size for size in sizes)
        samples = count(total, "count.samples", lang)
        words.append(t("run.plan", lang, tasks=count(len(sizes), "count.tasks", lang), samples=samples))
        words.append(t("run.plan.tokens", lang, n=number(tokens, lang)))
    return _note(" ".join(words) or t("run.plan.none", lang))


def refusal_html(error: StudioError, lang: Lang, turn: object) -> str:
    """Why a run was not started; refusal.js puts it beside its field. `turn` tells a refusal from one just like it."""
    field = field_of(error)
    place = f' data-field="{field_id(field)}"' if field else ""
    words = problem_html(error, lang)
    return f'<div class="st-root st-alert" role="alert" data-turn="{turn}"{place}>{words}</div>'


def field_of(error: StudioError) -> str:
    """The field that a refusal is about; "" where it is about none."""
    problem = error.problem
    if problem.code == "out_of_bounds":
        name = str(problem.values.get("name", ""))
        return _FIELDS.get(name, name)
    if problem.code in _BY_CODE:
        return _BY_CODE[problem.code]
    if isinstance(error, TaskError):
        return "extra_tasks"
    return "model" if isinstance(error, ModelError) else ""


def title_of(info: ModelInfo, lang: Lang) -> str:
    """A hub's name stays as it is written; a name in words begins with a capital."""
    title = titled(info.title, info.name, lang)
    return title if title == info.name else sentence(title)


def field_id(key: str) -> str:
    """The id of a field's element."""
    return attr(key if key in _IN_SIGHT else f"field-{key}")


def _listed(kinds: Sequence[Modality], lang: Lang) -> str:
    return ", ".join(t(f"modality.{kind}", lang) for kind in kinds)


def _note(text: str) -> str:
    return f'<p class="st-root st-note">{safe(text)}</p>'
