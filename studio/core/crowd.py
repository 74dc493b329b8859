"""Answers of people that another tool asked: what was read of its file, and what they would be as a project here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studio.core.errors import Problem
from studio.core.project import Action


@dataclass(frozen=True, slots=True)
class CrowdAnswer:
    """One answer as the tool keeps it. `place` tells where it stands, `worker` is the tool's name for the person,
    `ident` names the answer in the tool, `fields` are those of the question, by name. Times as everywhere; None:
    unknown."""

    place: str
    worker: str
    ident: str
    fields: Mapping[str, str]
    action: Action
    text: str = ""
    golden: str = ""
    at: float | None = None
    active_s: float | None = None


@dataclass(frozen=True)
class CrowdFile:
    """What a file holds. `left` counts what is no answer by its reason (`crowd.left.<reason>`), `odd` are the places
    that cannot be read, with why. `golden` are known answers by the fields of their questions, where the tool keeps
    them apart from people's answers."""

    tool: str
    sha256: str
    answers: tuple[CrowdAnswer, ...]
    left: Mapping[str, int] = field(default_factory=dict)
    odd: tuple[tuple[str, Problem], ...] = ()


@dataclass(frozen=True)
class CrowdImport:
    """What an import does, or did: `new` answers of so many `people` to `items` become part of the project; `known`
    ones are in it already. `unmatched` and `ambiguous` are the places whose question is not found in the task, or is
    found more than once; `again` counts third answers of a person to one question. `controls` have a known answer."""

    project: str
    tool: str
    task: str
    read: int
    new: int
    known: int
    skips: int
    people: int
    items: int
    controls: int
    overlap: int
    again: int
    left: Mapping[str, int]
    unmatched: tuple[str, ...]
    ambiguous: tuple[str, ...]
    odd: tuple[tuple[str, Problem], ...]
    done: bool
