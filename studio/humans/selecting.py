"""Which items of a task a project asks about: all, or a stratified part; which of them are controls and training.

MERA's protocol: of more than 3,000 items a representative stratified subset is enough, and about 5 % are items whose
answer is known, mixed in (docs of the benchmark, "human baseline").
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.core.project import Item, ProjectSpec, Purpose
from studio.humans.dealing import chance
from studio.stats.strata import allotted


@dataclass(frozen=True)
class Candidate:
    """A sample that could be asked. `known`: it has gold, so it can be a control or training."""

    key: str
    content_hash: str
    stratum: str
    known: bool
    author: str = ""


@dataclass(frozen=True)
class Selection:
    """The items in their order. `outside` controls do not belong to the baseline; `short` counts training questions
    that could not be had: every sample is asked for itself."""

    items: tuple[Item, ...]
    by_stratum: Mapping[str, tuple[int, int]]  # asked, of how many
    outside: int
    short: int = 0


def select(candidates: Sequence[Candidate], spec: ProjectSpec, size: int | None = None) -> Selection:
    """`size` items of the baseline, by strata in proportion, each stratum's drawn by the seed; all
    of them for None. Controls, `spec.controls` of that, and training come from samples that are left over; where too
    few are, controls are items of the baseline themselves (each still gets its answers), and training is `short`.

    Of dialogues, which are strata, the first turns are asked, without a gap; what is left over would come after them,
    so that it is neither control nor training."""
    drawn = sorted(candidates, key=lambda each: chance(spec.seed, "item", each.key))
    strata: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates if spec.dialogue else drawn:
        strata[candidate.stratum].append(candidate)
    shares = allotted({name: len(members) for name, members in strata.items()}, size or len(candidates))
    chosen = {each.key for name, members in strata.items() for each in members[: shares[name]]}
    spare = [each for each in drawn if each.key not in chosen and each.known and not spec.dialogue]
    training, spare = spare[: spec.training], spare[spec.training :]
    wanted = round(spec.controls * len(chosen))
    outside = spare[:wanted]
    inside = [each for each in drawn if each.key in chosen and each.known][: wanted - len(outside)]
    purposes: dict[str, Purpose] = dict.fromkeys((each.key for each in training), "training")
    purposes |= dict.fromkeys((each.key for each in (*outside, *inside)), "control")
    items = tuple(
        Item(
            number, each.key, each.content_hash, purposes.get(each.key, "work"), each.stratum, each.author,
            each.key in chosen,
        )
        for number, each in enumerate(
            (each for each in candidates if each.key in chosen or each.key in purposes), 1
        )
    )  # fmt: skip
    told = {name: (shares[name], len(members)) for name, members in sorted(strata.items())}
    return Selection(items, told, len(outside), spec.training - len(training))
