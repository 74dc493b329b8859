"""Which samples a report shows: those on which the judge is surest of the opposite of what EM says, of each task in
turn. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from studio.store.scored import Standing


@dataclass
class Pick:
    """A question and its sample ids by run. `rank` is its place in the filter's own order, `sure` how far the judge's
    probability is from a half in the run where it is farthest."""

    task: int
    samples: dict[str, int] = field(default_factory=dict)
    rank: int = 0
    sure: float = 0.0
    wanted: bool = False


def picked(
    standing: Mapping[str, Sequence[Standing]],
    keys: Mapping[str, Mapping[int, str]],
    wanted: Mapping[str, Mapping[int, int]],
    top: int,
    *,
    in_turn: bool,
) -> tuple[list[Pick], int]:
    """The `top` questions that are wanted in any run, each with its samples in all runs; and how many are wanted.

    `keys` are the contents of samples, by which they are the same in several runs; `wanted` ranks by place in the run.
    `in_turn`: one of each task after the other, the surest first; else by rank.
    """
    found: dict[str, Pick] = {}
    for run, lines in standing.items():
        for each in lines:
            pick = found.setdefault(keys[run].get(each.sample_id, f"id {each.sample_id}"), Pick(each.task_id))
            pick.samples[run] = each.sample_id
            rank = wanted[run].get(each.number)
            if rank is None:
                continue
            sure = abs(each.probability - 0.5) if each.probability is not None else 0.0
            pick.rank = min(pick.rank, rank) if pick.wanted else rank
            pick.sure, pick.wanted = max(pick.sure, sure), True
    chosen = [pick for pick in found.values() if pick.wanted]
    ordered = _in_turn(chosen) if in_turn else sorted(chosen, key=lambda pick: pick.rank)
    return ordered[:top], len(chosen)


def _in_turn(picks: Sequence[Pick]) -> list[Pick]:
    """Of each task its surest, then of each the second surest, and so on; the sort keeps equal ones in their order."""
    by_task: dict[int, list[Pick]] = {}
    for pick in sorted(picks, key=lambda pick: -pick.sure):
        by_task.setdefault(pick.task, []).append(pick)
    order = sorted(by_task)
    rounds = zip_longest(*(by_task[task] for task in order))
    return [pick for each in rounds for pick in each if pick is not None]
