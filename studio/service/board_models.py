"""Which runs stand for a model: runs of it under the same conditions make one row, task by task the best of them.

Conditions are everything that was asked of a run but what to ask, how much of it, and on what hardware; a setting that
the run's tasks cannot feel (frames without clips, a seed at temperature 0) is none. So runs of several tasks combine.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.core.judge import HUB_JUDGE
from studio.core.leaderboard import BoardCell, BoardRow, BoardRun, Column, Remark, RowKind
from studio.core.measures import DatasetMeasure
from studio.core.outcome import Estimate
from studio.core.people_run import PeopleRun
from studio.core.run import RunKind, RunSpec
from studio.core.suite import SuiteTask
from studio.core.totals import Measure, Part
from studio.service.scorers import label_of
from studio.service.serving import is_managed
from studio.stats import metrics_of
from studio.store.runs import RunRow
from studio.tasks.mera import suite_task

# What a run was asked to do, how much of it and on what: no condition of its answers.
NO_CONDITIONS = frozenset(
    ("model", "revision", "judge", "tasks", "limit", "title", "settings", "batch_size", "dtype", "device",
     "max_new_tokens", "servers", "key_env", "vllm_args", "concurrency", "base")
)  # fmt: skip
OF_CLIPS = ("frames", "clips_as_pictures")
OF_PICTURES = ("image_max_side", "image_width", "image_height")
OF_CHANCE = ("seed", "top_p")
OF_SERVERS = ("load",)
KINDS: Mapping[RunKind, RowKind] = {"model": "measured", "human": "person", "imported": "imported"}
WHICH = {"final": 0, "em": 1, "js": 2}


@dataclass(frozen=True)
class Held:
    """A run with what it has of the suite, under which conditions."""

    run: RunRow
    datasets: tuple[DatasetMeasure, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """A part of a task as one run measured it."""

    held: Held
    dataset: DatasetMeasure
    part: Part


def rows_of(
    runs: Sequence[tuple[RunRow, Sequence[DatasetMeasure]]],
    columns: Sequence[Column],
    metric: str,
    picked: Sequence[str],
    suite: str,
) -> list[BoardRow]:
    """A row for each model and conditions, and for each person. `runs` are newest first; `picked` go before others."""
    drafts: list[list[Held]] = []
    for run, datasets in runs:
        if not any(dataset.finished for dataset in datasets):
            continue
        held = Held(run, tuple(datasets), _conditions(run, datasets, columns))
        home = next((draft for draft in drafts if _belongs(held, draft)), None)
        if home is None:
            drafts.append([held])
        else:
            home.append(held)
    usual = _usual_judge(drafts, suite)
    return [_row(draft, columns, metric, picked, usual) for draft in drafts]


def _conditions(run: RunRow, datasets: Sequence[DatasetMeasure], columns: Sequence[Column]) -> dict[str, Any]:
    """The conditions of a model's run that its tasks can feel; a person has none, and of a log only those count that we
    made ourselves: what its tool calls its settings is not what we call ours. Of people it is whether they are the same
    ones, and their judge."""
    if run.kind == "human":
        people = PeopleRun.of(run.resolved)
        # Person 3 of one project is nobody in particular in another one.
        alone = (people.person or people.project) if people and people.what == "person" else ""
        return {name: value for name, value in (("judge", run.judge), ("project", alone)) if value}
    if run.kind == "imported":
        log = run.resolved.get("log")
        tool = (
            str(log.get("tool", "")) if isinstance(log, Mapping) else ""
        )  # each words its questions its own way
        own = {"revision": run.revision, "judge": run.judge, "profile": label_of(run.profile), "tool": tool}
        return {name: value for name, value in own.items() if value}
    tasks = {dataset.task for dataset in datasets}
    modalities = {column.modality for column in columns if column.name in tasks}
    asked = _flat(run.spec)
    unfelt = set(NO_CONDITIONS)
    unfelt |= set() if "video" in modalities else set(OF_CLIPS)
    unfelt |= set() if modalities & {"image", "video"} else set(OF_PICTURES)
    unfelt |= set() if asked.get("temperature") else set(OF_CHANCE)
    over_http = bool(asked.get("servers")) or is_managed(run.spec.model)
    unfelt |= set() if over_http else set(OF_SERVERS)
    cards = [card for task in tasks if (card := suite_task(task)) is not None]
    unfelt |= set() if any(card.groups == "dialogue" for card in cards) else {"history"}
    found = {name: value for name, value in asked.items() if name not in unfelt}
    known = {"revision": run.revision, "judge": run.judge, "profile": label_of(run.profile)}
    return found | {name: value for name, value in known.items() if value}


def _flat(spec: RunSpec) -> dict[str, Any]:
    asked = spec.to_json()
    return {**asked, **asked["settings"]}


def _belongs(held: Held, draft: Sequence[Held]) -> bool:
    """Whether the run is of the draft's model, and nothing that both know of their conditions differs."""
    first = draft[0].run
    if (held.run.kind, held.run.model) != (first.kind, first.model):
        return False
    return all(
        held.facts[name] == other.facts[name] for other in draft for name in held.facts.keys() & other.facts
    )


def _usual_judge(drafts: Iterable[Sequence[Held]], suite: str) -> str:
    """The judge whose scores compare: of MERA the benchmark's own, else the one that most rows have."""
    if suite == "mera":
        return HUB_JUDGE
    judges = Counter(str(_facts(draft).get("judge", "")) for draft in drafts)
    judges.pop("", None)
    return judges.most_common(1)[0][0] if judges else ""


def _facts(draft: Sequence[Held]) -> dict[str, Any]:
    return {name: value for held in draft for name, value in held.facts.items()}


def _row(
    draft: Sequence[Held], columns: Sequence[Column], metric: str, picked: Sequence[str], judge: str
) -> BoardRow:
    first, facts = draft[0].run, _facts(draft)
    kind = KINDS[first.kind]
    chosen = {column.name: _chosen(draft, column.name, picked) for column in columns}
    cells = {
        column.name: _cell(column, chosen[column.name], metric) for column in columns if chosen[column.name]
    }
    taken = {name: {given.held.run.id for given in parts} for name, parts in chosen.items()}
    return BoardRow(
        key=f"{kind}:{draft[-1].run.id}",
        kind=kind,
        name=first.model,
        cells=cells,
        revision=str(facts.get("revision", "")),
        judge=str(facts.get("judge", "")),
        profile=label_of(first.profile),
        remarks=(*_remarks(facts, metric, judge), *_short_of_tokens(chosen)),
        runs=tuple(_board_run(held, taken) for held in draft),
        people=PeopleRun.of(first.resolved),
    )


def _board_run(held: Held, taken: Mapping[str, set[str]]) -> BoardRun:
    run = held.run
    return BoardRun(
        id=run.id,
        title=run.title,
        people=PeopleRun.of(run.resolved),
        created_at=run.created_at,
        state=run.state,
        answered=sum(dataset.finished for dataset in held.datasets),
        planned=sum(dataset.planned for dataset in held.datasets),
        tasks=tuple(task for task, ids in taken.items() if run.id in ids),
        held=tuple(dict.fromkeys(dataset.task for dataset in held.datasets if dataset.finished)),
    )


def _remarks(facts: Mapping[str, Any], metric: str, judge: str) -> Iterable[Remark]:
    """Conditions that are not the usual ones."""
    usual = _flat(RunSpec("", ())) | {"profile": label_of(RunSpec.profile)}
    for name, value in facts.items():
        if name in usual and name not in NO_CONDITIONS and value != usual[name]:
            yield Remark("setting", {"name": name, "value": value, "usual": usual[name]})
    found = str(facts.get("judge", ""))
    if metric != "em" and found and judge and found != judge and found.split("@")[0] != judge:
        yield Remark("judge", {"judge": found, "usual": judge})


def _short_of_tokens(chosen: Mapping[str, Sequence[Given]]) -> Iterable[Remark]:
    """Room for an answer is a condition only where it is less than a task's card advises: reasoning may be cut."""
    found = [
        (each.held.run.spec.settings.max_new_tokens, card.generation.max_new_tokens)
        for task, given in chosen.items()
        for each in given
        if each.held.run.kind == "model" and (card := suite_task(task)) is not None
    ]
    short = [(tokens, advised) for tokens, advised in found if tokens < advised]
    if short:
        tokens, advised = min(short)
        yield Remark("tokens", {"value": tokens, "usual": advised})


def _chosen(draft: Sequence[Held], task: str, picked: Sequence[str]) -> list[Given]:
    """For every part of the task the run that stands for it: a picked one, else a whole one, else that with the most
    answers scored by both, else the newest."""
    best: dict[str, tuple[tuple[bool, int, int, bool, float], Given]] = {}
    for held in draft:
        for dataset in held.datasets:
            if dataset.task != task or not dataset.finished:
                continue
            whole = dataset.finished == dataset.planned
            scored, planned = dataset.final.scored, dataset.planned if whole else 0
            rank = (held.run.id in picked, planned, scored, whole, held.run.created_at)
            for part in dataset.parts or (_nothing(dataset),):
                if part.subset not in best or rank > best[part.subset][0]:
                    best[part.subset] = (rank, Given(held, dataset, part))
    return [given for _, given in best.values()]


def _nothing(dataset: DatasetMeasure) -> Part:
    """The part of a dataset whose scores cannot be told."""
    return Part(dataset.task, "", None, None, None, 0, 0, {})


def _cell(column: Column, given: Sequence[Given], metric: str) -> BoardCell:
    card = suite_task(column.name)
    parts = [each.part for each in given]
    measures = _measures(card, parts)
    measure = measures[WHICH[metric]]
    datasets = list({(each.held.run.id, each.dataset.task_id): each.dataset for each in given}.values())
    counts = [_estimate(dataset, metric) for dataset in datasets]
    where = given[0]
    return BoardCell(
        measure=measure,
        unscored=measure.unscored if measure else sum(count.unscored for count in counts),
        failed=measure.failed if measure else sum(count.failed for count in counts),
        run=where.held.run.id,
        dataset=where.dataset.dataset if len(datasets) == 1 else "",
        metrics=(measures[1], measures[2]),
        remarks=tuple(_cell_remarks(column, given, datasets, measures)),
    )


def _measures(card: SuiteTask | None, parts: Sequence[Part]) -> tuple[Measure | None, ...]:
    if card is not None:
        return metrics_of(card, parts)
    return parts[0].score, parts[0].first, parts[0].second


def _estimate(dataset: DatasetMeasure, metric: str) -> Estimate:
    return (dataset.final, dataset.em, dataset.js)[WHICH[metric]]


def _cell_remarks(
    column: Column,
    given: Sequence[Given],
    datasets: Sequence[DatasetMeasure],
    measures: Sequence[Measure | None],
) -> Iterable[Remark]:
    done = sum(dataset.finished for dataset in datasets)
    size = max(column.size or 0, sum(dataset.planned for dataset in datasets))
    if done < size:
        yield Remark("part", {"done": done, "size": size})
    for dataset in datasets:
        if dataset.problem:
            yield Remark("problem", {"problem": dataset.problem})
    if measures[1] is not None and measures[2] is None and column.metrics[1] in {"js", "group_js"}:
        yield Remark("no_judge")
    if len({each.held.run.id for each in given}) > 1:
        yield Remark("several", {"runs": ", ".join(dict.fromkeys(each.held.run.id for each in given))})


def hidden(row: BoardRow, tasks: frozenset[str]) -> BoardRow:
    """A person's row without the scores of these tasks, as a browser sees it that is answering them."""
    if row.kind != "person":
        return row
    cells = {
        task: replace(
            cell, measure=None, metrics=(None, None), unscored=0, failed=0, remarks=(Remark("hidden"),)
        )
        if task in tasks
        else cell
        for task, cell in row.cells.items()
    }
    return replace(row, cells=cells)
