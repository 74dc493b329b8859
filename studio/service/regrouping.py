"""What a new grouping by the engine does to the one that stands: people's names and moves are kept."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from studio.core.reasons import Answer, Failure, GroupingSpec, Reason, Reasons
from studio.reasons import heirs
from studio.store.groups import GroupFacts, NewEdit, Place, ended
from studio.texts import LANGS
from studio.texts.reasons_said import reason_title


def regrouping(
    spec: GroupingSpec,
    found: Reasons,
    groups: Mapping[int, GroupFacts],
    places: Mapping[Answer, Place],
    author: str = "",
) -> NewEdit:
    """The edit that makes a book what the engine found.

    An answer that a person put somewhere stays there. A new group takes over number and name of the one that it goes
    on (`reasons.heirs`). A group that nothing goes on ends, unless a person named or began it, or put an answer there.
    """
    pinned = {answer for answer, place in places.items() if place.pinned and place.group in groups}
    former = {answer: place.group for answer, place in places.items() if place.group and answer not in pinned}
    merged = {number for number, facts in groups.items() if facts.merged}
    going_on = heirs(former, [list(map(_answer, group.failures)) for group in found.groups], merged)
    made: list[GroupFacts] = []
    changes: dict[int, GroupFacts] = {}
    moves: dict[Answer, Place | None] = {
        answer: None for answer in places if answer not in pinned
    }  # those that are no failures any more leave
    for group, heir in zip(found.groups, going_on, strict=True):
        if heir is None:
            made.append(_facts(group, GroupFacts()))
            number = -len(made)
        else:
            number = heir
            changes.setdefault(heir, _facts(group, groups[heir]))
        moves |= {answer: Place(number) for answer in map(_answer, group.failures) if answer not in pinned}
    held = {places[answer].group for answer in pinned}
    for number, facts in groups.items():
        if number not in changes and not (facts.name or facts.made or number in held):
            changes[number] = ended(facts)
    return NewEdit(
        "group", {"spec": asdict(spec), "n": found.n}, author, made=tuple(made), moves=moves, changes=changes
    )


def _answer(failure: Failure) -> Answer:
    return failure.run, failure.sample_id


def _facts(group: Reason, before: GroupFacts) -> GroupFacts:
    return replace(
        before,
        alive=True,
        trait=group.name.trait,
        words=group.name.words,
        titles={lang: reason_title(group.name, lang) for lang in LANGS},
        decided=group.decided,
        typical=tuple((failure.run, failure.sample_id) for failure in group.typical),
    )
