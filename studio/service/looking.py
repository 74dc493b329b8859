"""What whoever looks may see of a run: gold that is not theirs to see is told by no cell, filter or search."""

from collections.abc import Iterable
from dataclasses import replace

from studio.core.errors import NotAllowed
from studio.core.label import VERDICTS
from studio.core.outcome import Estimate
from studio.core.run import Confusion, Neighbours, Queue, RunView, SampleFilter, Viewer
from studio.service import views
from studio.service.cards import Cards
from studio.service.desk import Desk
from studio.store import Store

PAGE = 500
_BY_VERDICT = {"both", "em_only", "js_only", "neither", "disagree", *VERDICTS}


class Looking:
    """Runs and their samples, through the eyes of a viewer."""

    def __init__(self, store: Store, desk: Desk, cards: Cards) -> None:
        self._store = store
        self._desk = desk
        self._cards = cards

    def is_veiled(self, run: RunView, viewer: Viewer) -> bool:
        """Whether it is a person's run that goes on in this viewer's browser."""
        return run.kind == "human" and not self._cards.hidden_tasks(viewer).isdisjoint(run.tasks)

    def veiled(self, run: RunView, viewer: Viewer) -> RunView:
        """The run, without its scores where an answer could be tried, its score looked up and the answer taken back."""
        if not self.is_veiled(run, viewer):
            return run
        nothing = Estimate(None, None, None, 0, run.answered, run.failed)
        return replace(run, em=nothing, js=nothing)

    def refuse_annotated(self, run_ids: Iterable[str], viewer: Viewer) -> None:
        """Nothing of a person's run that goes on in this browser. Raises NotAllowed."""
        if any(run_id and self.is_veiled(self._desk.run(run_id), viewer) for run_id in run_ids):
            raise NotAllowed("gold_hidden")

    def hidden(self, run_id: str, viewer: Viewer) -> set[str]:
        """The run's tasks whose gold this viewer may not see."""
        _, order = self._desk.counted(self._store.runs.get(run_id))
        return self._cards.hidden_in(self._desk.infos(order).values(), viewer)

    def confusions(self, run_id: str, viewer: Viewer) -> tuple[Confusion, ...]:
        """EM x judge per task and in all."""
        row = self._store.runs.get(run_id)
        groups, order = self._desk.counted(row)
        found = views.confusions_of(groups, self._desk.infos(order), order)
        if self.is_veiled(self._desk.run(run_id), viewer):
            return tuple(views.unscored(confusion) for confusion in found)
        return found

    def queue(self, run_id: str, where: SampleFilter, offset: int, limit: int, viewer: Viewer) -> Queue:
        """A page of a run's samples; rows of tasks whose gold is hidden show no verdict. Raises NotAllowed."""
        hidden = self._guard(run_id, where, viewer)
        page = self._store.queues.page(run_id, where, offset, min(limit, PAGE), gold_searched=not hidden)
        if not hidden:
            return page
        rows = tuple(
            replace(row, cell="unscored", probability=None, human="")
            if row.task in hidden and row.cell != "failed"
            else row
            for row in page.rows
        )
        annotated = self._cards.hidden_tasks(viewer)
        rows = tuple(replace(row, answer="") if row.task in annotated else row for row in rows)
        return replace(page, rows=rows)

    def neighbours(self, run_id: str, where: SampleFilter, sample_id: int, viewer: Viewer) -> Neighbours:
        """What stands before and after a sample in a queue. Raises NotAllowed."""
        hidden = self._guard(run_id, where, viewer)
        return self._store.queues.neighbours(run_id, where, sample_id, gold_searched=not hidden)

    def _guard(self, run_id: str, where: SampleFilter, viewer: Viewer) -> set[str]:
        """Which tasks hide their gold here; a filter by verdict would tell it all the same, so it is refused."""
        hidden = self.hidden(run_id, viewer)
        if hidden and {where.cell, where.label} & _BY_VERDICT and (not where.task or where.task in hidden):
            raise NotAllowed("gold_hidden")
        return hidden
