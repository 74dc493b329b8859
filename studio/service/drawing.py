"""Drawing a random part of a run: which samples, in which order, with which probability.

Each sample's chance is a hash of the seed, its task and its key, so that the same seed draws the same questions of the
same tasks in the run of any model, on any machine, and a larger draw holds the smaller one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from studio.core.errors import BadInput
from studio.core.label import Draw, Stratum
from studio.core.run import SampleFilter
from studio.stats import allotted
from studio.store import Store
from studio.store.draws import Candidate

LARGEST = 100_000


def draw(store: Store, run_id: str, size: int, where: SampleFilter, seed: int, by_task: bool) -> Draw:
    """Draws and keeps. Raises BadInput: the run goes on, too few or too many, nothing to draw from."""
    row = store.runs.get(run_id)
    if row.state in {"running", "queued"}:
        raise BadInput("draw_run_active", run=run_id)
    if not 1 <= size <= LARGEST:
        raise BadInput("draw_size", value=size, most=LARGEST)
    if where.draw:
        raise BadInput("draw_of_draw")
    whole = where == SampleFilter()
    frame = store.draws.candidates(run_id, None if whole else store.queues.numbers(run_id, where))
    if not frame:
        raise BadInput("draw_nothing", run=run_id)
    strata = _strata(frame) if by_task else {"": frame}
    shares = allotted({name: len(found) for name, found in strata.items()}, size)
    number = store.draws.add(
        run_id,
        drawn(strata, shares, seed),
        seed=seed,
        by_task=by_task,
        whole=whole,
        filter={name: value for name, value in asdict(where).items() if value},
        strata=[Stratum(name, shares[name], len(found)) for name, found in strata.items()],
    )
    return next(each for each in store.draws.of_run(run_id) if each.number == number)


def drawn(
    strata: Mapping[str, Sequence[Candidate]], shares: Mapping[str, int], seed: int
) -> list[tuple[int, float]]:
    """Sample ids in their random order with the probability of each. Any beginning of the list holds the strata in
    about their proportions."""
    placed = []
    for name, found in strata.items():
        order = sorted((chance(seed, each.task, each.key), each.sample_id) for each in found)
        taken = order[: shares[name]]
        placed += [
            ((rank + 0.5) / len(taken) if len(strata) > 1 else 0.0, luck, sample_id, len(taken) / len(found))
            for rank, (luck, sample_id) in enumerate(taken)
        ]
    return [(sample_id, probability) for _, _, sample_id, probability in sorted(placed)]


def chance(seed: int, task: str, key: str) -> str:
    """A sample's place among all that could be drawn: as good as random, and the same everywhere."""
    return hashlib.sha256(f"{seed}\0{task}\0{key}".encode()).hexdigest()


def _strata(frame: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    for each in frame:
        found.setdefault(each.task, []).append(each)
    return found
