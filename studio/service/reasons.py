"""Why answers fail: the disagreements of EM and the judge, and what people left notes on, in groups with names."""

from collections.abc import Sequence
from dataclasses import replace

from studio.core.errors import BadInput, NotAllowed
from studio.core.reasons import DEFAULT_SEED, MOST_GROUPS, Failure, Reasons, quiet_labels
from studio.core.run import OWNER, SampleFilter, Viewer
from studio.reasons import grouped
from studio.service.looking import Looking
from studio.store import Store

DISAGREE = SampleFilter(cell="disagree")
MOST_RUNS = 6
MOST_FAILURES = 100_000


class Reasoning:
    """Groups failures of runs. They tell gold, so samples of tasks whose gold is hidden are in no group."""

    def __init__(self, store: Store, looking: Looking) -> None:
        self._store = store
        self._looking = looking

    def of(
        self,
        run_ids: Sequence[str],
        where: str = "",
        *,
        most: int = MOST_GROUPS,
        seed: int = DEFAULT_SEED,
        viewer: Viewer = OWNER,
    ) -> Reasons:
        """The groups of the samples that a filter in words keeps; of `` where EM and the judge disagree, or a reviewer
        left a note. At most `most` groups; the same seed gives the same.

        Takes some seconds for 50,000 answers. Raises BadInput: no such run, none or too many of them, too many
        answers; QueryError; NotAllowed for a filter that goes by what is hidden, and for a person's run that goes on in
        this browser.
        """
        runs = tuple(dict.fromkeys(run_ids))
        if not 1 <= len(runs) <= MOST_RUNS:
            raise BadInput("reasons_runs", n=len(runs), most=MOST_RUNS)
        self._looking.refuse_annotated(runs, viewer)
        failures: list[Failure] = []
        hidden = 0
        for run in runs:
            shut = self._looking.hidden(run, viewer)
            if shut and any(viewer.annotating):
                raise NotAllowed("gold_hidden")
            found = list(self._store.failures.of(run, self._numbers(run, where, viewer)))
            open_to = [failure for failure in found if failure.task not in shut]
            hidden += len(found) - len(open_to)
            failures += open_to
        if len(failures) > MOST_FAILURES:
            raise BadInput("reasons_many", n=len(failures), most=MOST_FAILURES)
        groups = grouped(failures, most=most, seed=seed)
        labelled, quiet = quiet_labels(groups)
        return replace(Reasons(runs, groups, len(failures), hidden), labelled=labelled, quiet=quiet)

    def _numbers(self, run: str, where: str, viewer: Viewer) -> set[int]:
        if not where:
            noted = self._store.failures.noted(run)
            return {*self._store.queues.numbers(run, DISAGREE), *noted}
        asked = SampleFilter(where=where)
        self._looking.sight(run, asked, viewer)
        return set(self._store.queues.numbers(run, asked))
