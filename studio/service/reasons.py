"""Why answers fail: the disagreements of EM and the judge, and what people left notes on, in groups with names."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from studio.core.embedding import WORDS, Embedder
from studio.core.errors import BadInput, NotAllowed
from studio.core.reasons import (
    DEFAULT_SEED,
    MOST_GROUPS,
    Failure,
    GroupingSpec,
    GroupingState,
    Reason,
    Reasons,
    quiet_labels,
)
from studio.core.run import OWNER, SampleFilter, Viewer
from studio.query import query_of
from studio.reasons import grouped, grouped_apart
from studio.service.cards import Cards
from studio.service.embedding import vectors_of
from studio.service.failing import numbers_of
from studio.service.grouping_jobs import GroupingJobs, Tell, unheard
from studio.service.groups import KeptGroups
from studio.service.looking import Looking
from studio.store import Store

MOST_RUNS = 6
MOST_FAILURES = 100_000


class Reasoning:
    """Groups failures of runs. They tell gold, so samples of tasks whose gold is hidden are in no group."""

    def __init__(
        self,
        store: Store,
        looking: Looking,
        cards: Cards,
        embedder: Callable[[str], Embedder],
        embed: str = WORDS,
    ) -> None:
        """`embedder` opens models of texts by name; `embed` is the one that is used where none is asked for."""
        self._store = store
        self._looking = looking
        self._embedder = embedder
        self.embed = embed or WORDS
        self.groups = KeptGroups(store, looking, cards)
        self.jobs = GroupingJobs(partial(self._made, group=grouped_apart), self.groups)

    def of(
        self,
        run_ids: Sequence[str],
        where: str = "",
        *,
        most: int = MOST_GROUPS,
        seed: int = DEFAULT_SEED,
        embed: str = "",
        viewer: Viewer = OWNER,
        tell: Tell = unheard,
    ) -> Reasons:
        """The groups of the samples that a filter in words keeps; of `` where EM and the judge disagree, or a reviewer
        left a note. At most `most` groups; the same seed gives the same. `embed` as in GroupingSpec. Nothing is kept.

        Takes some seconds for 50,000 answers; `tell` hears how far it is. Raises BadInput: no such run, none or too
        many of them, too many answers; QueryError; ModelError and EngineFailed of a model of texts; NotAllowed for
        a filter that goes by what is hidden, and for a person's run that goes on in this browser.
        """
        spec = GroupingSpec(tuple(dict.fromkeys(run_ids)), where, most, seed, embed)
        return self._made(self._resolved(spec, viewer), viewer, tell)

    def start(self, spec: GroupingSpec, author: str = "", viewer: Viewer = OWNER) -> GroupingState:
        """Groups in the background, many answers in a process of their own, and keeps what comes out. Raises BadInput:
        no such run, none or too many of them, a grouping of these runs that goes on; QueryError; NotAllowed for runs
        that the viewer may not change."""
        spec = self._resolved(replace(spec, runs=self._checked(spec.runs)), viewer)
        if not self.groups.may_edit(spec.runs, viewer):
            raise NotAllowed("groups_not_yours")
        query_of(SampleFilter(where=spec.where))
        return self.jobs.start(spec, author, viewer)

    def stop(self, run_ids: Sequence[str], viewer: Viewer = OWNER) -> None:
        """Ends a grouping of these runs that goes on. Raises as `start` for runs that the viewer may not change."""
        runs = self._checked(run_ids)
        if not self.groups.may_edit(runs, viewer):
            raise NotAllowed("groups_not_yours")
        self.jobs.stop(runs)

    def count(self, run_ids: Sequence[str], where: str = "", viewer: Viewer = OWNER) -> int:
        """How many answers would be grouped, the hidden ones among them. Raises as `of`."""
        for run in run_ids:
            self._looking.sight(run, SampleFilter(where=where), viewer)
        return sum(len(numbers_of(self._store, run, where)) for run in run_ids)

    def _resolved(self, spec: GroupingSpec, viewer: Viewer) -> GroupingSpec:
        """The spec with the model of texts that it means. A visitor's would fill the owner's disk or call an address
        from inside the owner's network. Raises NotAllowed."""
        if spec.embed and spec.embed not in {WORDS, self.embed} and viewer.role != "owner":
            raise NotAllowed("visitor_embedder")
        return replace(spec, embed=spec.embed.strip() or self.embed)

    def _vectors(
        self, spec: GroupingSpec, failures: Sequence[Failure], tell: Tell
    ) -> NDArray[np.float32] | None:
        if spec.embed == WORDS or not failures:
            return None
        tell("embed", 0, 0)
        embedder = self._embedder(spec.embed)
        try:
            return vectors_of(embedder, failures, lambda done, of: tell("embed", done, of))
        finally:
            embedder.close()

    def _checked(self, run_ids: Sequence[str]) -> tuple[str, ...]:
        runs = tuple(dict.fromkeys(run_ids))
        if not 1 <= len(runs) <= MOST_RUNS:
            raise BadInput("reasons_runs", n=len(runs), most=MOST_RUNS)
        for run in runs:
            self._store.runs.get(run)
        return runs

    def _made(
        self,
        spec: GroupingSpec,
        viewer: Viewer,
        tell: Tell = unheard,
        group: Callable[..., tuple[Reason, ...]] = grouped,
    ) -> Reasons:
        runs = self._checked(spec.runs)
        self._looking.refuse_annotated(runs, viewer)
        tell("read", 0, 0)
        failures, hidden = self._failures(spec, viewer)
        vectors = self._vectors(spec, failures, tell)
        n = len(failures)
        groups = group(
            failures, most=spec.most, seed=spec.seed, vectors=vectors,
            tell=lambda share: tell("group", round(share * n), n),
        )  # fmt: skip
        labelled, quiet = quiet_labels(groups)
        return replace(Reasons(runs, groups, n, hidden), labelled=labelled, quiet=quiet)

    def _failures(self, spec: GroupingSpec, viewer: Viewer) -> tuple[list[Failure], int]:
        """What is grouped, and how many answers are left out for their gold."""
        failures: list[Failure] = []
        hidden = 0
        for run in dict.fromkeys(spec.runs):
            shut = self._looking.hidden(run, viewer)
            if shut & self._looking.blinded(viewer):
                raise NotAllowed("gold_hidden")
            if spec.where:
                self._looking.sight(run, SampleFilter(where=spec.where), viewer)
            found = list(self._store.failures.of(run, numbers_of(self._store, run, spec.where)))
            open_to = [failure for failure in found if failure.task not in shut]
            hidden += len(found) - len(open_to)
            failures += open_to
        if len(failures) > MOST_FAILURES:
            raise BadInput("reasons_many", n=len(failures), most=MOST_FAILURES)
        return failures, hidden
