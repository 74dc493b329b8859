"""The prompt's number of each record: the hub's records hold only its text."""

from dataclasses import replace

from studio.core.suite import SuiteTask
from studio.core.task import Task
from studio.prompts import recover_prompt_id


def with_prompt_ids(task: Task, card: SuiteTask) -> Task:
    """The task with the numbers that its instructions show; a number that a record states itself stays."""
    samples = (
        sample
        if sample.prompt_id is not None
        else replace(sample, prompt_id=recover_prompt_id(sample.instruction, card.prompts))
        for sample in task.samples
    )
    return replace(task, samples=tuple(samples))
