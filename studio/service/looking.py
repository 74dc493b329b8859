"""What whoever looks may see of a run: gold that is not theirs to see is told by no cell, filter or search."""

from collections.abc import Iterable
from dataclasses import replace

from studio.core.errors import NotAllowed
from studio.core.outcome import Estimate
from studio.core.run import Confusion, Neighbours, Queue, RunView, SampleCard, SampleFilter, Viewer
from studio.query import confined_to, folded, query_of, tells, tells_scores
from studio.service import views
from studio.service.cards import Cards
from studio.service.desk import Desk
from studio.service.visitors import steered
from studio.store import Store
from studio.store.sight import EVERYTHING, Sight

PAGE = 500


class Looking:
    """Runs and their samples, through the eyes of a viewer."""

    def __init__(self, store: Store, desk: Desk, cards: Cards) -> None:
        self._store = store
        self._desk = desk
        self._cards = cards

    def blinded(self, viewer: Viewer) -> set[str]:
        """Tasks of which this viewer sees neither gold nor answers nor verdicts: people are answering them."""
        return self._cards.hidden_tasks(viewer)

    def is_veiled(self, run: RunView, viewer: Viewer) -> bool:
        """Whether it is a person's run of a task that people are answering, kept from this viewer."""
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

    def refuse_hidden(self, run_id: str, viewer: Viewer) -> None:
        """Raises NotAllowed for a run with a task whose gold this viewer may not see."""
        if self.hidden(run_id, viewer):
            raise NotAllowed("gold_hidden")

    def confusions(self, run_id: str, viewer: Viewer) -> tuple[Confusion, ...]:
        """EM x judge per task and in all."""
        row = self._store.runs.get(run_id)
        groups, order = self._desk.counted(row)
        found = views.confusions_of(groups, self._desk.infos(order), order)
        if self.is_veiled(self._desk.run(run_id), viewer):
            return tuple(views.unscored(confusion) for confusion in found)
        return found

    def queue(self, run_id: str, where: SampleFilter, offset: int, limit: int, viewer: Viewer) -> Queue:
        """A page of a run's samples; rows of tasks whose gold is hidden show no verdict; what others say and the
        reviewer may not know yet is `hidden`. Raises NotAllowed."""
        hidden = self._guard(run_id, where, viewer)
        sight = self._sight(run_id, hidden, viewer)
        page = self._store.queues.page(run_id, where, offset, min(limit, PAGE), sight=sight)
        page = self._sealed(run_id, self._blinded(run_id, page, sight.reviewer), viewer)
        if not hidden:
            return page
        rows = tuple(
            replace(row, cell="unscored", probability=None, human="", em=None)
            if row.task in hidden and row.cell != "failed"
            else row
            for row in page.rows
        )
        annotated = self._cards.hidden_tasks(viewer)
        rows = tuple(replace(row, answer="") if row.task in annotated else row for row in rows)
        return replace(page, rows=rows)

    def neighbours(self, run_id: str, where: SampleFilter, sample_id: int, viewer: Viewer) -> Neighbours:
        """What stands before and after a sample in a queue. Raises NotAllowed."""
        sight = self.sight(run_id, where, viewer)
        return self._store.queues.neighbours(run_id, where, sample_id, sight=sight)

    def sight(self, run_id: str, where: SampleFilter, viewer: Viewer) -> Sight:
        """What a filter may go by. Raises NotAllowed for one that goes by what is hidden or sealed, QueryError."""
        return self._sight(run_id, self._guard(run_id, where, viewer), viewer)

    def following(
        self, run_id: str, where: SampleFilter, sample_id: int, reviewer: str, viewer: Viewer
    ) -> int | None:
        """The next sample of a queue without a label of this reviewer. Raises NotAllowed."""
        sight = self.sight(run_id, where, viewer)
        return self._store.queues.following(run_id, where, sample_id, reviewer, sight=sight)

    def _guard(self, run_id: str, where: SampleFilter, viewer: Viewer) -> set[str]:
        """Which tasks hide their gold here. A filter by verdict or by gold would tell it all the same, so it is refused
        unless it is confined to other tasks; so is one by answers where those are hidden too, and one by scores where
        those are sealed. Raises QueryError for a filter that cannot be read."""
        query = query_of(where)
        if tells_scores(query) and self.sealed_as(run_id, viewer) is not None:
            raise NotAllowed("scores_sealed")
        hidden = self.hidden(run_id, viewer)
        if hidden:
            confined = confined_to(query)
            told = tells(query)
            veiled = {"gold": hidden, "answer": self._cards.hidden_tasks(viewer) & hidden}
            for what in told:
                names = {folded(name) for name in veiled[what]}
                if names and (confined is None or confined & names):
                    raise NotAllowed("gold_hidden")
        return hidden

    def blind_as(self, run_id: str, viewer: Viewer) -> str | None:
        """The reviewer who sees what others say of a sample of the run only after an own label; None: all is seen, and
        who may not label the run sees all there is."""
        if viewer.reviewer is None or not steered(self._store, [run_id], viewer):
            return None
        return viewer.reviewer

    def sealed_as(self, run_id: str, viewer: Viewer) -> str | None:
        """The reviewer who is told the scores of an answer only beside an own label; None: they are told, as they
        always are to whoever may not label the run."""
        if viewer.sealed is None or not steered(self._store, [run_id], viewer):
            return None
        return viewer.sealed

    def sealed(self, card: SampleCard, viewer: Viewer) -> SampleCard:
        """The card without its scores and all that was worked out of them, where these are sealed."""
        reviewer = self.sealed_as(card.run_id, viewer)
        if reviewer is None or card.cell in {"failed", "pending"}:
            return card
        if self._store.labels.own(card.run_id, reviewer, [card.sample_id]):
            return card
        return replace(card, cell="unscored", em=None, js=None, judge="", calls=(), log=None, sealed=True)

    def _sealed(self, run_id: str, page: Queue, viewer: Viewer) -> Queue:
        reviewer = self.sealed_as(run_id, viewer)
        if reviewer is None or not page.rows:
            return page
        own = self._store.labels.own(run_id, reviewer, [row.sample_id for row in page.rows])
        rows = tuple(
            row
            if row.sample_id in own or row.cell in {"failed", "pending"}
            else replace(row, cell="unscored", probability=None, em=None, judged=False, sealed=True)
            for row in page.rows
        )
        return replace(page, rows=rows)

    def _blinded(self, run_id: str, page: Queue, reviewer: str | None) -> Queue:
        said = [row.sample_id for row in page.rows if row.human]
        if reviewer is None or not said:
            return page
        own = self._store.labels.own(run_id, reviewer, said)
        rows = tuple(
            row if row.sample_id in own or not row.human else replace(row, human="hidden")
            for row in page.rows
        )
        return replace(page, rows=rows)

    def _sight(self, run_id: str, hidden: set[str], viewer: Viewer) -> Sight:
        """What a filter may go by. Whoever annotates a task goes by no answers to it either."""
        sight = replace(EVERYTHING, reviewer=self.blind_as(run_id, viewer))
        if not hidden:
            return sight
        annotated = frozenset(self._cards.hidden_tasks(viewer) & hidden)
        return replace(sight, no_gold=frozenset(hidden), no_answers=annotated)
