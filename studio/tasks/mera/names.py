"""The names of a task: its own, the harness's, its dataset's, its file's in a submission, old and misspelt ones."""

import difflib
from collections.abc import Iterable

from studio.core.suite import Subset, SuiteTask


def plain_name(name: str) -> str:
    """A name without what people write differently: case, blanks around it, `-` for `_`."""
    return name.strip().casefold().replace("-", "_")


def names_of(task: SuiteTask) -> frozenset[str]:
    """Every plain name that means the task or one of its subsets."""
    whole = {task.name, task.harness, task.submission, task.hub, task.hub.rpartition("/")[2], *task.aliases}
    return frozenset(plain_name(name) for name in whole) | {
        name for subset in task.subsets for name in _names_of_subset(task, subset)
    }


def subset_named(task: SuiteTask, name: str) -> Subset | None:
    """The subset that a name means; None where it means the whole task."""
    wanted = plain_name(name)
    divided = (subset for subset in task.subsets if subset.config)
    return next((subset for subset in divided if wanted in _names_of_subset(task, subset)), None)


def _names_of_subset(task: SuiteTask, subset: Subset) -> frozenset[str]:
    """A domain is named after any name of its task (`uniscienceqa_business`); the undivided has no name of its own."""
    if subset.config is None:
        return frozenset()
    stems = (task.name, task.harness, task.hub, *task.aliases)
    return frozenset(plain_name(f"{stem}{mark}{subset.config}") for stem in stems for mark in ("_", ":", "/"))


def near_names(ref: str, names: Iterable[str]) -> list[str]:
    """The names that the writer may have meant, likeliest first; case does not matter."""
    known = {name.casefold(): name for name in names}
    return [known[found] for found in difflib.get_close_matches(ref.casefold(), known, n=3, cutoff=0.6)]
