"""From votes to a baseline, as MERA's protocol asks: a majority or a model of the annotators, ties broken by the votes
of those who know the controls, else by GLAD; how far people agree; one person against the others."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from studio.core.baseline import LOW_AGREEMENT, AggregatedItem, Baseline, Decided, Skill
from studio.core.outcome import Estimate
from studio.core.votes import Aggregation, Crowd, Vote
from studio.humans.dealing import chance
from studio.stats.estimates import mean_estimate
from studio.stats.truth import dawid_skene, glad
from studio.stats.votes import break_ties, crowd_agreement, majority


@dataclass(frozen=True)
class Counted:
    """An answer that counts: `key` is the form in which answers are compared, `text` what was written."""

    item: int
    person: str
    key: str
    text: str


def aggregate(
    counted: Sequence[Counted],
    items: Sequence[int],
    skills: Sequence[Skill] = (),
    *,
    method: Aggregation = "majority",
    options: int | None = None,
    known: Mapping[int, str] | None = None,
    adjudicated: Mapping[int, str] | None = None,
    threshold: float = LOW_AGREEMENT,
    seed: int = 1234,
    clusters: Mapping[int, Hashable] | None = None,
) -> Baseline:
    """The baseline of `items`. `options` is how many answers a closed task has (None: answers are free), `known` the
    keys of controls, which teach Dawid-Skene; `adjudicated` texts are the last word. Raises ValueError for Dawid-Skene
    where answers are free: its table of errors needs answers that mean the same in each item. `clusters` names what
    items have in common (a picture, a dialogue); an item without a name there is by itself.

    Agreement, and one person against the rest, are of these items alone: answers to controls that are not among them
    teach the models of the annotators and nothing else."""
    if method == "dawid_skene" and options is None:
        raise ValueError("free answers have no table of errors")
    votes = [Vote(str(each.item), each.person, each.key) for each in counted]
    plain = majority(votes)
    first = {
        "majority": lambda: plain,
        "dawid_skene": lambda: dawid_skene(votes, {str(item): key for item, key in (known or {}).items()}),
        "glad": lambda: glad(votes, options=options),
    }[method]()
    unknown = {each.person: Skill(each.person).weight for each in counted}
    weighed = majority(votes, unknown | {each.person: each.weight for each in skills})
    by_skill = break_ties(first, weighed)
    by_glad = break_ties(by_skill, glad(votes, options=options)) if _tied(by_skill) else by_skill
    texts = _texts(counted)
    within = set(items)
    own = [each for each in counted if each.item in within]
    rows = []
    for item in items:
        decided, key = _decided(str(item), first, by_skill, by_glad)
        text = texts.get((item, key), texts.get((None, key))) if key is not None else None
        if adjudicated and item in adjudicated:
            decided, text = "expert", adjudicated[item]
        rows.append(AggregatedItem(item, text, decided, plain.verdicts.get(str(item))))
    return Baseline(
        method,
        tuple(rows),
        tuple(skills),
        crowd_agreement([Vote(str(each.item), each.person, each.key) for each in own]),
        threshold,
        against_the_rest(own, seed, clusters or {}),
    )


def left_out(counted: Sequence[Counted], seed: int = 1234) -> dict[int, Counted]:
    """One answer of each item that has two or more, drawn by the seed: a human who is nobody in particular."""
    by_item: dict[int, list[Counted]] = {}
    for each in counted:
        by_item.setdefault(each.item, []).append(each)
    return {
        item: min(answers, key=lambda each: chance(seed, "left out", item, each.person))
        for item, answers in by_item.items()
        if len(answers) > 1
    }


def against_the_rest(counted: Sequence[Counted], seed: int, clusters: Mapping[int, Hashable]) -> Estimate:
    """How often the one drawn agrees with the majority of the others; where those tie, with one of t it is 1/t.

    Errors are clustered: questions about one picture are easy or hard together, and who is drawn for one of them is
    often drawn for another. With questions taken as independent the interval would be too narrow."""
    given: dict[int, Counter[str]] = {}
    for each in counted:
        given.setdefault(each.item, Counter())[each.key] += 1
    scores, names = [], []
    for item, each in left_out(counted, seed).items():
        rest = given[item] - Counter((each.key,))
        most = max(rest.values())
        leading = [key for key, n in rest.items() if n == most]
        scores.append((each.key in leading) / len(leading))
        names.append(clusters.get(item, ("item", item)))
    return mean_estimate(scores, clusters=names)


def _decided(item: str, first: Crowd, by_skill: Crowd, by_glad: Crowd) -> tuple[Decided, str | None]:
    if item not in first.verdicts:
        return "unanswered", None
    steps: tuple[tuple[Decided, Crowd], ...] = (("votes", first), ("skill", by_skill), ("glad", by_glad))
    for decided, crowd in steps:
        if (answer := crowd.verdicts[item].answer) is not None:
            return decided, answer
    return "tied", None


def _tied(crowd: Crowd) -> bool:
    return any(verdict.answer is None for verdict in crowd.verdicts.values())


def _texts(counted: Sequence[Counted]) -> dict[tuple[int | None, str], str]:
    """How each answer was written by most, the first such one where they are as many; under None in all items, for an
    answer that a model of the annotators takes though nobody gave it to this item."""
    written: dict[tuple[int | None, str], Counter[str]] = {}
    for each in counted:
        written.setdefault((each.item, each.key), Counter())[each.text] += 1
        written.setdefault((None, each.key), Counter())[each.text] += 1
    return {place: texts.most_common(1)[0][0] for place, texts in written.items()}
