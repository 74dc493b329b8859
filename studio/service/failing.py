"""Which answers of a run are failures to be explained."""

from studio.core.run import SampleFilter
from studio.store import Store

DISAGREE = SampleFilter(cell="disagree")


def numbers_of(store: Store, run_id: str, where: str) -> set[int]:
    """Numbers of the answers that a filter in words keeps; of ``, where EM and the judge disagree or a reviewer left a
    note. Who may ask for them is for the caller to see. Raises BadInput, QueryError."""
    if where:
        return set(store.queues.numbers(run_id, SampleFilter(where=where)))
    return {*store.queues.numbers(run_id, DISAGREE), *store.failures.noted(run_id)}
