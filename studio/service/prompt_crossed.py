"""What a crossed run says of one task: a matrix of questions by prompts, split, compared, set beside other models."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from studio.core.crossing import crossed_id
from studio.core.prompts import Crossed, Flips, ItemRow, PromptMark, Standing
from studio.query import quoted
from studio.service.beside import Beside, Laying
from studio.stats import complete, flips_of, places, prompt_gap, variance_split
from studio.store import Store


@dataclass(frozen=True)
class Grid:
    """Questions by prompts: `scores` has an axis for runs, questions and prompts, NaN where there is no score;
    `places` of the samples in `found`, -1 where there is none; `clusters` a number for each question."""

    found: Beside
    items: tuple[str, ...]
    prompts: tuple[int, ...]
    places: NDArray[np.int64]
    scores: NDArray[np.float64]
    clusters: NDArray[np.int64]


def crossed_of(
    store: Store, laying: Laying, runs: Sequence[str], task: str, mark: PromptMark, names: Mapping[str, str]
) -> Crossed:
    """Of the first run; the others are those that it is set beside."""
    grid = _grid(store, laying.of((runs[0],)), task, mark)
    own = grid.scores[0]
    empty = np.isnan(own).all(axis=0) if own.size else np.zeros(len(grid.prompts), dtype=bool)
    prompts = [prompt for prompt, none in zip(grid.prompts, empty, strict=True) if not none]
    whole = complete(own[:, ~empty]) if prompts else np.zeros(len(grid.items), dtype=bool)
    scores, clusters = own[whole][:, ~empty], grid.clusters[whole]
    standings, flips = _beside(store, laying, tuple(runs), task, mark, names)
    return Crossed(
        mark,
        task,
        grid.prompts,
        len(grid.items),
        int((~whole).sum()),
        tuple(prompt for prompt, none in zip(grid.prompts, empty, strict=True) if none),
        variance_split(scores),
        prompt_gap(scores, prompts, clusters),
        _rows(grid, mark),
        standings,
        flips,
    )


def _grid(store: Store, found: Beside, task: str, mark: PromptMark) -> Grid:
    inside = [place for place, info in enumerate(found.infos) if info.name == task]
    at = np.flatnonzero(np.isin(found.task, inside))
    ids = found.ids[0][at]
    of_item, of_prompt = _known(store, ids)
    names = [of_item[sample] for sample in ids.tolist()]
    items = tuple(dict.fromkeys(names))
    row = {item: number for number, item in enumerate(items)}
    prompts = tuple(sorted({of_prompt[sample] for sample in ids.tolist()}))
    column = {prompt: number for number, prompt in enumerate(prompts)}
    places = np.full((len(items), len(prompts)), -1, dtype=np.int64)
    clusters = np.zeros(len(items), dtype=np.int64)
    for name, sample, place in zip(names, ids.tolist(), at.tolist(), strict=True):
        places[row[name], column[of_prompt[sample]]] = place
        clusters[row[name]] = found.clusters[place]
    values = found.em if mark == "em" else found.js
    scores = np.where(places >= 0, values[:, places], np.nan)
    return Grid(found, items, prompts, places, scores, clusters)


def _known(store: Store, ids: NDArray[np.int64]) -> tuple[dict[int, str], dict[int, int]]:
    """The question and the prompt of each sample; one task name may be several contents."""
    items: dict[int, str] = {}
    prompts: dict[int, int] = {}
    left = set(ids.tolist())
    while left:
        (stored,) = store.tasks.samples([min(left)])
        samples, numbers = store.columns.prompts(stored.task_id)
        prompts.update(zip(samples.tolist(), numbers.tolist(), strict=True))
        items.update(store.columns.items(stored.task_id))
        left -= set(samples.tolist())
    return items, prompts


def _rows(grid: Grid, mark: PromptMark) -> tuple[ItemRow, ...]:
    """The questions, the easiest first; those without any score last."""
    found = grid.found
    unscored = found.no_em[0] if mark == "em" else found.no_js[0]

    def state(place: int, value: float) -> str:
        if not np.isnan(value):
            return "scored"
        if place >= 0 and found.failed[0][place]:
            return "failed"
        return "unscored" if place >= 0 and unscored[place] else "pending"

    rows = []
    for item, at, values in zip(grid.items, grid.places.tolist(), grid.scores[0], strict=True):
        known = values[~np.isnan(values)]
        rows.append(
            ItemRow(
                item,
                _where(item, grid.prompts),
                tuple(int(found.ids[0][place]) if place >= 0 else None for place in at),
                tuple(None if np.isnan(value) else float(value) for value in values),
                tuple(state(place, value) for place, value in zip(at, values, strict=True)),
                float(known.mean()) if known.size else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: -1.0 if row.mean is None else row.mean, reverse=True))


def _where(item: str, prompts: Sequence[int]) -> str:
    """A filter for the question in all of its prompts; a key that means something to the language is spelled out."""
    if re.fullmatch(r"[\w.]+", item):
        return f"key:{crossed_id(item, 0)[:-1]}*"
    return "key:" + ",".join(quoted(crossed_id(item, prompt), listed=True, force=True) for prompt in prompts)


def _beside(
    store: Store, laying: Laying, runs: tuple[str, ...], task: str, mark: PromptMark, names: Mapping[str, str]
) -> tuple[tuple[Standing, ...], tuple[Flips, ...]]:
    """Models on the questions that all of them have whole: their places in each prompt, and every two of them."""
    if len(runs) < 2:
        return (), ()
    grid = _grid(store, laying.of(runs), task, mark)
    whole = np.logical_and.reduce([complete(scores) for scores in grid.scores])
    if not whole.any() or len(grid.prompts) < 2:
        return (), ()
    scores, clusters = grid.scores[:, whole], grid.clusters[whole]
    means = scores.mean(axis=1)
    by_prompt = [places(means[:, column].tolist()) for column in range(len(grid.prompts))]
    overall = places(means.mean(axis=1).tolist())
    standings = tuple(
        Standing(
            run,
            names[run],
            tuple(means[at].tolist()),
            tuple(place[at] for place in by_prompt),
            float(means[at].mean()),
            overall[at],
        )
        for at, run in enumerate(runs)
    )
    pairs = [
        flips_of((runs[a], runs[b]), scores[a], scores[b], grid.prompts, clusters)
        for a, b in combinations(range(len(runs)), 2)
    ]
    return standings, tuple(pair for pair in pairs if pair is not None)
