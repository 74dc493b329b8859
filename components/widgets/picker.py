"""Tasks to tick, as cards by modality. The value is {"tasks": [names], "takes": [modalities] or null}."""

from collections.abc import Iterable, Sequence

import gradio as gr

from components.format import count, titled
from components.widgets.base import panel
from components.widgets.text import attr, safe
from studio.core.content import MODALITIES, Modality
from studio.core.task import TaskInfo
from studio.texts import Lang, t

Picked = dict[str, list[str] | None]


def picker(tasks: Sequence[TaskInfo], chosen: Iterable[str], lang: Lang) -> gr.HTML:
    """The component; `picker.change(handler)` hears every tick. Cards that the model cannot take are switched off."""
    return panel(
        picked(chosen, None),  # type: ignore[arg-type]
        "picker.js",
        html_template="${cards}",
        cards=cards_html(tasks, lang),
        elem_id="tasks",
    )


def picked(chosen: Iterable[str], takes: Iterable[Modality] | None) -> Picked:
    """A value of the picker."""
    return {"tasks": list(chosen), "takes": None if takes is None else list(takes)}


def cards_html(tasks: Sequence[TaskInfo], lang: Lang) -> str:
    """The cards; `gr.update(cards=…)` gives a picker those of tasks that came later."""
    head = (
        f'<div class="st-spread"><h2 class="st-h2" id="tasks-title">{safe(t("run.tasks", lang))}</h2>'
        '<div class="st-row">'
        f'<button type="button" class="st-link" data-all>{safe(t("run.tasks.all", lang))}</button>'
        f'<button type="button" class="st-link" data-none>{safe(t("run.tasks.none", lang))}</button>'
        "</div></div>"
    )
    if not tasks:
        return f'<div class="st-root">{head}<p class="st-note">{safe(t("run.tasks.empty", lang))}</p></div>'
    groups = "".join(
        _group(kind, [task for task in tasks if task.modality == kind], lang) for kind in MODALITIES
    )
    return (
        f'<div class="st-root" role="group" aria-labelledby="tasks-title">{head}'
        f'<div class="st-groups">{groups}</div></div>'
    )


def _group(kind: Modality, tasks: Sequence[TaskInfo], lang: Lang) -> str:
    if not tasks:
        return ""
    cards = "".join(_card(task, lang) for task in tasks)
    return (
        f'<fieldset class="st-group"><legend>{_ICONS[kind]}{safe(t(f"run.group.{kind}", lang))}'
        f"</legend>{cards}</fieldset>"
    )


def _card(task: TaskInfo, lang: Lang) -> str:
    facts = " · ".join(
        (t(f"run.answer.{task.answer_type}", lang), count(task.sizes.get("test", 0), "count.samples", lang))
    )
    return (
        '<label class="st-task">'
        f'<input type="checkbox" value="{attr(task.name)}" data-modality="{task.modality}">'
        f"<span><b>{safe(titled(task.title, task.name, lang))}</b><small>{safe(facts)}</small></span></label>"
    )


_ICONS: dict[Modality, str] = {
    kind: f'<svg viewBox="0 0 20 20" aria-hidden="true" class="st-icon">{drawing}</svg>'
    for kind, drawing in {
        "image": '<rect x="2.5" y="3.5" width="15" height="13" rx="2.5"/><circle cx="7" cy="8" r="1.5"/>'
        '<path d="m3 15 4.5-4 3 2.5L14 10l3.5 4"/>',
        "audio": '<path d="M3 8v4M6.5 5v10M10 2.5v15M13.500 6v8M17 8.500v3"/>',
        "video": '<rect x="2.500" y="4" width="15" height="12" rx="2.500"/><path d="m8.500 7.500 4 2.500-4 2.500z"/>',
    }.items()
}
