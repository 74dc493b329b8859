"""A task crossed with its prompts: a sample for each of some questions in each prompt.

The task is read once, to its end: the templates of its prompts stand in the records, and which questions are chosen
shows with the last one. In memory are the chosen questions and the different templates.
"""

import hashlib
import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from studio.core.crossing import MARK, Crossing, crossed_id
from studio.core.errors import Problem, TaskError
from studio.core.task import Sample, TaskInfo, TaskStream
from studio.prompts import Asked, Wordings
from studio.tasks.template import fill, media_key, slots_of


def crossed(task: TaskStream, crossing: Crossing) -> TaskStream:
    """The task's chosen questions in all of its prompts, question by question, so that a run that is stopped has whole
    rows. Each keeps its own instruction in its own prompt; in another it has a problem where nothing tells the words.

    Reading raises TaskError: a dialogue, whose turns lean on each other; fewer than two prompts; instructions without
    slots for the question.
    """
    if task.info.dialogue_turns:
        raise TaskError("crossed_dialogue", task=task.info.name)
    made = _Made()

    def samples() -> Iterator[Sample]:
        chosen, wordings = _read(task, crossing)
        made.prompts, made.items = len(wordings.prompts), len(chosen)
        for sample in chosen:
            yield from _in_every_prompt(sample, wordings)

    def known() -> TaskInfo:
        return replace(task.known(), sizes={task.split: made.items * made.prompts})

    return TaskStream(task.info, task.split, samples(), known)


@dataclass
class _Made:
    """What is known once the task has been read."""

    items: int = 0
    prompts: int = 0


@dataclass(order=True)
class _Drawn:
    """A question with its lot; the largest lots are dropped first."""

    lot: int
    place: int
    sample: Sample = field(compare=False)


def _read(task: TaskStream, crossing: Crossing) -> tuple[list[Sample], Wordings]:
    wordings = Wordings()
    kept: list[_Drawn] = []
    for place, sample in enumerate(task.samples):
        if sample.prompt_id is not None and not sample.problem:
            wordings.add(sample.prompt_id, _asked(sample))
        drawn = _Drawn(-_lot(crossing.seed, sample.id), -place, sample)
        if len(kept) < crossing.items:
            heapq.heappush(kept, drawn)
        else:
            heapq.heappushpop(kept, drawn)
    if len(wordings.prompts) < 2:
        raise TaskError("crossed_one_prompt", task=task.info.name, n=len(wordings.prompts))
    if wordings.written_out:
        raise TaskError("crossed_no_templates", task=task.info.name)
    return [drawn.sample for drawn in sorted(kept, key=lambda each: -each.place)], wordings


def _lot(seed: int, key: str) -> int:
    """A question's lot hangs on the seed and its id alone, not on what else is in the task."""
    return int.from_bytes(hashlib.sha256(f"{seed}\x00{key}".encode()).digest()[:8])


def _in_every_prompt(sample: Sample, wordings: Wordings) -> Iterator[Sample]:
    asked = _asked(sample)
    for prompt in wordings.prompts:
        own = prompt == sample.prompt_id
        instruction = sample.instruction if own else wordings.worded(prompt, asked)
        yield _reworded(
            sample, prompt, sample.instruction if instruction is None else instruction, instruction is None
        )


def _reworded(sample: Sample, prompt: int, instruction: str, unknown: bool) -> Sample:
    problem, message = sample.problem, sample.message
    if unknown:
        problem = problem or Problem("crossed_no_words", {"prompt": prompt})
    elif instruction != sample.instruction:
        absent = slots_of(sample.instruction) - sample.inputs.keys() - {medium.key for medium in sample.media}
        optional = frozenset(key for key in absent if media_key(key))
        filled = fill(instruction, sample.inputs, absent, sample.media, optional)
        problem, message = problem or filled.problem, filled.message
    return replace(
        sample,
        id=crossed_id(sample.id, prompt),
        instruction=instruction,
        message=message,
        prompt_id=prompt,
        meta={**sample.meta, MARK: {"item": sample.id, "own": sample.prompt_id}},
        problem=problem,
    )


def _asked(sample: Sample) -> Asked:
    gold = sample.gold if isinstance(sample.gold, str) else ""
    return Asked(sample.instruction, slots_of(sample.instruction), dict(sample.categories), gold)
