"""EM x judge x human: counted by group, with shares of what is labelled; and the labelled samples one by one."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from studio.core.errors import BadInput
from studio.core.label import (
    EIGHT,
    THREE_WAY_BY,
    VERDICTS,
    Human,
    HumanVerdict,
    LabelledAnswer,
    LabelledSample,
    ThreeWayBy,
    ThreeWayRow,
)
from studio.core.outcome import Estimate
from studio.core.run import CELLS, Cell, Viewer
from studio.core.task import TaskInfo
from studio.service.desk import Desk
from studio.service.looking import Looking
from studio.service.measures import Measures
from studio.service.views import ALL_TITLE
from studio.stats import mean_estimate
from studio.store import Store
from studio.store.labels import Labelled
from studio.store.runs import RunRow
from studio.texts import LANGS
from studio.texts.run_names import name_of

SCORED: tuple[Cell, ...] = CELLS[:4]
_OF_ANSWERS = tuple(each.name for each in fields(LabelledAnswer))


@dataclass
class _Group:
    """One row while it is counted. `labelled` holds cell, verdict and cluster of each labelled sample, `hidden` the
    cells of those whose verdict the reviewer who looks may not know yet."""

    title: Mapping[str, str]
    cells: Counter[Cell] = field(default_factory=Counter)
    labelled: list[tuple[Cell, HumanVerdict, str]] = field(default_factory=list)
    hidden: Counter[Cell] = field(default_factory=Counter)


def rows_of(
    store: Store,
    desk: Desk,
    looking: Looking,
    measures: Measures,
    run_ids: Sequence[str],
    by: ThreeWayBy,
    viewer: Viewer,
) -> tuple[ThreeWayRow, ...]:
    """The rows of `Labels.three_way`."""
    if by not in THREE_WAY_BY:
        raise BadInput("unknown_three_way", name=by, known=", ".join(THREE_WAY_BY))
    groups: dict[str, _Group] = {}
    for run_id in run_ids:
        looking.refuse_annotated([run_id], viewer)
        reviewer = looking.blind_as(run_id, viewer)
        _count(store, desk, measures, store.runs.get(run_id), by, groups, reviewer)
    whole = _Group(ALL_TITLE)
    for group in groups.values():
        whole.cells += group.cells
        whole.labelled += group.labelled
        whole.hidden += group.hidden
    named = [_row(name, group) for name, group in groups.items()]
    return (*named, _row("", whole))


def _count(
    store: Store,
    desk: Desk,
    measures: Measures,
    row: RunRow,
    by: ThreeWayBy,
    groups: dict[str, _Group],
    reviewer: str | None,
) -> None:
    tallies, order = desk.counted(row)
    infos = desk.infos(order)
    name = _naming(row, infos, by)

    def group(task_id: int, prompt_id: int | None) -> _Group:
        key, title = name(task_id, prompt_id)
        return groups.setdefault(key, _Group(title))

    if by == "prompt":
        for (task_id, prompt_id, cell), n in sorted(store.labels.by_prompt(row.id).items(), key=_by_number):
            group(task_id, prompt_id).cells[cell] += n
    else:
        place = {task_id: place for place, task_id in enumerate(order)}
        for tally in sorted(tallies, key=lambda tally: place[tally.task_id]):
            group(tally.task_id, None).cells[tally.cell] += tally.n
    found = store.labels.labelled(row.id)
    if reviewer is not None:
        own = store.labels.of_reviewer(row.id, reviewer)
        for each in found:
            if each.sample_id not in own:
                group(each.task_id, each.prompt_id).hidden[each.cell] += 1
        found = [each for each in found if each.sample_id in own]
    clusters = _clusters(measures, found)
    for each in found:
        group(each.task_id, each.prompt_id).labelled.append(
            (each.cell, each.human, f"{row.id}/{clusters[each.sample_id]}")
        )


def _by_number(item: tuple[tuple[int, int | None, Cell], int]) -> tuple[bool, int]:
    prompt_id = item[0][1]
    return prompt_id is None, prompt_id or 0


def _naming(
    row: RunRow, infos: Mapping[int, TaskInfo], by: ThreeWayBy
) -> Callable[[int, int | None], tuple[str, Mapping[str, str]]]:
    """The group of a sample, by its task and prompt: its name and title."""

    def name(task_id: int, prompt_id: int | None) -> tuple[str, Mapping[str, str]]:
        info = infos[task_id]
        if by == "task":
            return info.name, info.title
        if by == "model":
            return row.id, {lang: name_of(row, lang) for lang in LANGS}
        if by == "prompt":
            return ("none" if prompt_id is None else str(prompt_id)), {}
        return (info.modality if by == "modality" else info.answer_type), {}

    return name


def _clusters(measures: Measures, found: Iterable[Labelled]) -> dict[int, str]:
    """What labelled samples share, by sample id."""
    by_task: dict[int, list[int]] = {}
    for each in found:
        by_task.setdefault(each.task_id, []).append(each.sample_id)
    return {
        sample_id: f"{task_id}/{cluster}"
        for task_id, ids in by_task.items()
        for sample_id, cluster in measures.clusters(task_id, ids).items()
    }


def _row(name: str, group: _Group) -> ThreeWayRow:
    verdicts = Counter((cell, human) for cell, human, _ in group.labelled)
    counts: dict[Cell, Mapping[Human, int]] = {}
    for cell in CELLS:
        told: dict[Human, int] = {human: verdicts[cell, human] for human in VERDICTS}
        counts[cell] = {**told, "unlabelled": group.cells[cell] - sum(told.values()) - group.hidden[cell]}
    sure = [
        (cell, human, cluster)
        for cell, human, cluster in group.labelled
        if cell in SCORED and human in {"right", "wrong"}
    ]
    eight = (
        {bits: _share(sure, lambda line, at=at: line[:2] == at) for bits, at in EIGHT.items()} if sure else {}
    )
    right = {
        cell: _share([line for line in sure if line[0] == cell], lambda line: line[1] == "right")
        for cell in SCORED
        if any(line[0] == cell for line in sure)
    }
    return ThreeWayRow(name, group.title, counts, eight, right, dict(group.hidden))


def _share(lines: Sequence[tuple[Cell, HumanVerdict, str]], is_one: Callable[..., bool]) -> Estimate:
    """The share of lines that are one, with errors clustered by what their samples share."""
    return mean_estimate([float(is_one(line)) for line in lines], clusters=[line[2] for line in lines])


def table_of(
    store: Store, desk: Desk, looking: Looking, measures: Measures, run_id: str, viewer: Viewer
) -> tuple[LabelledSample, ...]:
    """The rows of `Labels.table`."""
    row = store.runs.get(run_id)
    _, order = desk.counted(row)
    infos = desk.infos(order)
    hidden = looking.hidden(run_id, viewer)
    answers = [each for each in store.labels.answers(run_id) if infos[each.task_id].name not in hidden]
    clusters = _clusters(measures, store.labels.labelled(run_id))
    independent, places = store.labels.independent(run_id), store.draws.places(run_id)
    verdicts: dict[int, dict[str, HumanVerdict]] = {}
    criteria: dict[int, set[int]] = {}
    for said in store.labels.said(run_id):
        verdicts.setdefault(said.sample_id, {})[said.reviewer] = said.verdict
        criteria.setdefault(said.sample_id, set()).add(said.criteria)
    return tuple(
        LabelledSample(
            **{name: getattr(each, name) for name in _OF_ANSWERS},
            task=infos[each.task_id].name,
            answer_type=infos[each.task_id].answer_type,
            verdicts=verdicts[each.sample_id],
            independent=independent.get(each.sample_id, {}),
            criteria=frozenset(criteria[each.sample_id]),
            cluster=clusters[each.sample_id],
            draws=places.get(each.sample_id, ()),
        )
        for each in answers
    )
