"""The prompt's number of each record: the hub's records hold only its text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from studio.core.suite import SuiteTask
from studio.core.task import Sample
from studio.prompts import recover_prompt_id


def with_prompt_ids(samples: Iterable[Sample], card: SuiteTask) -> Iterator[Sample]:
    """The samples with the numbers that their instructions show; a number that a record states itself stays."""
    for sample in samples:
        if sample.prompt_id is None:
            sample = replace(sample, prompt_id=recover_prompt_id(sample.instruction, card.prompts))
        yield sample
