"""Dialogues: tasks whose samples are turns, a fixed number of them one after another."""

from collections.abc import Sequence

from studio.core.task import Sample, Task


def places(ids: Sequence[str]) -> list[int]:
    """How far each sample stands from the task's first, by its id; by their order where ids are no whole numbers."""
    try:
        numbers = [int(each) for each in ids]
    except ValueError:
        return list(range(len(ids)))
    return [number - min(numbers) for number in numbers]


def in_order(task: Task) -> list[tuple[str, Sample]]:
    """A task's samples in the order in which a person is asked, each with the name of its dialogue: "1", "2", … by
    (id - smallest id) // turns, as ruTiE has it. In the order of the file, each with "", where each stands alone."""
    if not task.info.dialogue_turns:
        return [("", sample) for sample in task.samples]
    placed = zip(places([sample.id for sample in task.samples]), task.samples, strict=True)
    turns = task.info.dialogue_turns
    return [(str(place // turns + 1), sample) for place, sample in sorted(placed, key=lambda each: each[0])]
