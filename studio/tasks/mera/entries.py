"""A card as what the studio knows of any task: for a dataset on the hub, and for an operator's own copy of one."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from studio.core.suite import HumanFigure, Subset, SuiteTask
from studio.core.task import TaskInfo
from studio.tasks.mera.cards import SUITE, suite_task
from studio.tasks.mera.names import subset_named


def entries(task: SuiteTask) -> list[TaskInfo]:
    """The task's subsets as datasets of the hub. Nothing is asked of the network."""
    return [_entry(task, subset) for subset in task.subsets]


def card_entry(task: SuiteTask, subset: Subset | None) -> TaskInfo:
    """The task, or one domain of it, as its card states it."""
    whole = entries(task)[0] if subset is None else next(e for e in entries(task) if e.name == subset.name)
    if subset is None and len(task.subsets) > 1:
        whole = replace(whole, name=task.name, title=dict(task.title))
    return whole


def card_of(names: Sequence[str]) -> tuple[SuiteTask, Subset | None] | None:
    """The task, and its domain, that the first understood name means."""
    for name in names:
        if (task := suite_task(name)) is not None:
            return task, subset_named(task, name)
    return None


def with_card(info: TaskInfo) -> TaskInfo:
    """A task as its card completes it, if it is a copy of one of the suite's: known by the dataset's name, or by its
    folder's and (a domain) the folder's above. What was counted and stated in the copy stays, but for the name, and
    for gold: it is private when either says so."""
    found = card_of(_names(info))
    if found is None or found[0].modality != info.modality:
        return info
    task, subset = found
    named = subset or (task.subsets[0] if len(task.subsets) == 1 else None)
    return replace(
        info,
        name=named.name if named else task.name,
        title=dict(named.title if named else task.title),
        answer_type=task.answer_type,
        access="private" if "private" in {info.access, task.access} else "public",
        licence=info.licence or task.licence,
        skills=info.skills or task.skills,
        human_benchmark=_human(task),
        suite=SUITE,
        dialogue_turns=task.group_size if task.groups == "dialogue" else None,
    )


def _names(info: TaskInfo) -> list[str]:
    folder = Path(info.source)
    inside = [] if info.source.startswith("hub:") else [f"{folder.parent.name}_{folder.name}", folder.name]
    return [info.name, *inside]


def _entry(task: SuiteTask, subset: Subset) -> TaskInfo:
    return TaskInfo(
        name=subset.name,
        title=dict(subset.title),
        modality=task.modality,
        answer_type=task.answer_type,
        access=task.access,
        licence=task.licence,
        sizes={str(split): size for split, size in subset.sizes.items()},
        skills=task.skills,
        human_benchmark=_human(task),
        source=task.subset_sources()[subset.name],
        suite=SUITE,
        dialogue_turns=task.group_size if task.groups == "dialogue" else None,
    )


def _human(task: SuiteTask) -> dict[str, float]:
    """Figures of people by what they are and where they stand: {"em, crowd (dataset_meta.json)": 0.938}."""
    return {_figure_name(figure): figure.value for figure in task.human}


def _figure_name(figure: HumanFigure) -> str:
    what = ", ".join(part for part in (figure.metric, figure.who) if part and part != "unnamed")
    return f"{what or 'HB'} ({figure.source})"
