"""What samples have in common: the medium they ask about, their group, their dialogue; and all-or-nothing groups."""

from collections.abc import Iterable, Sequence

from studio.core.errors import TaskError
from studio.core.suite import Cluster
from studio.core.task import Sample


def clusters_of(by: Cluster, samples: Iterable[Sample], *, turns: int = 500) -> list[str]:
    """The cluster of each sample; of the samples themselves none is kept. `turns` is the length of a dialogue.

    Raises TaskError for a sample without a group id, or one whose place in its dialogue cannot be told.
    """
    if by == "group_id":
        return [group_id(sample) for sample in samples]
    if by == "dialogue":
        return _dialogues(samples, turns)
    return _by_medium(samples)


def group_id(sample: Sample) -> str:
    """The sample's group (`meta.group_id`). Raises TaskError without one: a guessed group would change the score."""
    found = sample.meta.get("group_id")
    if isinstance(found, bool) or not isinstance(found, int | str) or not str(found).strip():
        raise TaskError("no_group_id", sample=sample.id, found="—" if found is None else found)
    return str(found).strip()


def all_or_nothing(values: Sequence[float | None], groups: Sequence[str]) -> dict[str, float | None]:
    """1 for a group whose samples are all right (1), else 0; in the order in which groups appear.

    None where a sample has no score (it failed, or could not be judged): the group is then not scored at all. To
    count it as wrong would blame the model; to take the others' word would favour groups that lost a sample.
    """
    found: dict[str, float | None] = {}
    for value, group in zip(values, groups, strict=True):
        before = found.get(group, 1.0)
        found[group] = None if before is None or value is None else before * float(value == 1)
    return found


def _by_medium(samples: Iterable[Sample]) -> list[str]:
    """Samples that share any medium are one cluster; one without media is by itself."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    keys = [_media_keys(sample) for sample in samples]
    for first, *others in keys:
        for other in others:
            leader[find(other)] = find(first)
    return [find(first) for first, *_ in keys]


def _media_keys(sample: Sample) -> list[str]:
    return [medium.sha256 for medium in sample.media if medium.sha256] or [f"sample {sample.id}"]


def _dialogues(samples: Iterable[Sample], turns: int) -> list[str]:
    """(id − the smallest id) div turns, as the benchmark numbers them."""
    numbers = [_number(sample) for sample in samples]
    first = min(numbers, default=0)
    return [str((number - first) // turns) for number in numbers]


def _number(sample: Sample) -> int:
    if not sample.id.isdecimal():
        raise TaskError("no_turn_number", sample=sample.id)
    return int(sample.id)
