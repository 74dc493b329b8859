"""From votes to a baseline, as MERA's protocol asks: a majority or a model of the annotators, ties broken by the votes
of those who know the controls, else by GLAD; how far people agree; one person against the others."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from studio.core.baseline import LOW_AGREEMENT, AggregatedItem, Baseline, Decided, Skill
from studio.core.outcome import Estimate
from studio.core.votes import Aggregation, Crowd, Vote
from studio.humans.dealing import chance
from studio.stats.estimates import mean_estimate
from studio.stats.truth import dawid_skene, glad
from studio.stats.votes import break_ties, crowd_agreement, majority


class Counted(NamedTuple):
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
    by_skill = break_ties(first, _weighed(votes, first, skills))
    by_glad = break_ties(by_skill, glad(votes, options=options)) if _tied(by_skill) else by_skill
    decided = {item: _decided(str(item), first, by_skill, by_glad) for item in items}
    texts = _texts(counted, {item: key for item, (_, key) in decided.items() if key is not None})
    rows = []
    for item in items:
        way, text = decided[item][0], texts.get(item)
        if adjudicated and item in adjudicated:
            way, text = "expert", adjudicated[item]
        rows.append(AggregatedItem(item, text, way, plain.verdicts.get(str(item))))
    within = set(items)
    return Baseline(
        method,
        tuple(rows),
        tuple(skills),
        crowd_agreement([vote for vote, each in zip(votes, counted, strict=True) if each.item in within]),
        threshold,
        against_the_rest([each for each in counted if each.item in within], seed, clusters or {}),
    )


def left_out(counted: Sequence[Counted], seed: int = 1234) -> dict[int, Counted]:
    """One answer of each item that has two or more, drawn by the seed: a human who is nobody in particular."""
    return {
        item: min(answers, key=lambda each: chance(seed, "left out", item, each.person))
        for item, answers in _by_item(counted).items()
        if len(answers) > 1
    }


def against_the_rest(counted: Sequence[Counted], seed: int, clusters: Mapping[int, Hashable]) -> Estimate:
    """How often the one drawn agrees with the majority of the others; where those tie, with one of t it is 1/t.

    Errors are clustered: questions about one picture are easy or hard together, and who is drawn for one of them is
    often drawn for another. With questions taken as independent the interval would be too narrow."""
    given, scores, names = _by_item(counted), [], []
    for item, drawn in left_out(counted, seed).items():
        rest = Counter(each.key for each in given[item] if each is not drawn)
        most = max(rest.values())
        leading = [key for key, n in rest.items() if n == most]
        scores.append((drawn.key in leading) / len(leading))
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


def _by_item(counted: Sequence[Counted]) -> dict[int, list[Counted]]:
    found: dict[int, list[Counted]] = {}
    for each in counted:
        found.setdefault(each.item, []).append(each)
    return found


def _weighed(votes: Sequence[Vote], crowd: Crowd, skills: Sequence[Skill]) -> Crowd:
    """The majority by skill on the controls, of items that are tied: nobody asks it of others."""
    open_ = {item for item, verdict in crowd.verdicts.items() if verdict.tied}
    asked = [vote for vote in votes if vote.item in open_]
    unknown = {vote.annotator: Skill(vote.annotator).weight for vote in asked}
    return majority(asked, unknown | {each.person: each.weight for each in skills})


def _texts(counted: Sequence[Counted], keys: Mapping[int, str]) -> dict[int, str]:
    """How the answer to each item was written by most, the first such one where they are as many; by most in all
    items, where a model of the annotators takes an answer that nobody gave to this one."""
    here: dict[int, list[str]] = {}
    for each in counted:
        if keys.get(each.item) == each.key:
            here.setdefault(each.item, []).append(each.text)
    missing = {key for item, key in keys.items() if item not in here}
    anywhere: dict[str, list[str]] = {}
    for each in counted if missing else ():
        if each.key in missing:
            anywhere.setdefault(each.key, []).append(each.text)
    found = {item: here.get(item) or anywhere.get(key) for item, key in keys.items()}
    return {item: Counter(texts).most_common(1)[0][0] for item, texts in found.items() if texts}
