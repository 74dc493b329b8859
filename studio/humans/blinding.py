"""From whom the gold of a task is kept while people answer it."""

from dataclasses import dataclass

from studio.core.project import Joining, ProjectState, Role


@dataclass(frozen=True)
class Standpoint:
    """How somebody stands to a project. `owner`: the studio is his; `finished`: there is nothing left to ask him."""

    role: Role
    owner: bool
    finished: bool


def blinds(state: ProjectState, joining: Joining, who: Standpoint) -> bool:
    """Whether gold, answers and scores of a project's task are withheld.

    From its annotators until it is closed (where anyone may join, until they have answered all), whoever they are
    besides: an owner who answers has made himself blind in this browser. From everybody else while a project of
    invited people goes on: an annotator is a visitor in his other browser. Reviewers and leads see gold: they decide.
    """
    if state == "closed" or who.role in {"reviewer", "lead"}:
        return False
    if who.role == "annotator":
        return joining == "invited" or not who.finished
    return joining == "invited" and state in {"open", "paused"} and not who.owner
