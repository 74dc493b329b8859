"""Filters in words: what a text means on a run, what may come next in it, and how many of its samples it keeps."""

from studio.core.errors import BadInput
from studio.core.run import OWNER, Confusion, SampleFilter, Viewer
from studio.query import FIELDS, SCORED, Completion, complete, goes_by_labels, joined, query_of, split
from studio.service import views
from studio.service.desk import Desk
from studio.service.looking import Looking
from studio.store import Kept, Store
from studio.texts import Lang

_TOLD = {"run": ""}  # names of runs are no secret


class Queries:
    """The filter language over the runs of a studio."""

    def __init__(self, store: Store, desk: Desk, looking: Looking) -> None:
        self._store = store
        self._desk = desk
        self._looking = looking

    def split(self, run_id: str, text: str) -> SampleFilter:
        """A text as a filter of a run: what the selects of a page can say stands in their fields, the rest, canonical,
        in `where`. Raises QueryError."""
        _, order = self._desk.counted(self._store.runs.get(run_id))
        tasks = [info.name for info in self._desk.infos(order).values()]
        return split(text, tasks, self._store.browse.categories(run_id))

    def text(self, where: SampleFilter) -> str:
        """The whole of a filter in words, canonical. Raises QueryError."""
        return joined(where)

    def complete(
        self, run_id: str, text: str, cursor: int, viewer: Viewer = OWNER, *, lang: Lang = "ru"
    ) -> Completion:
        """What may stand at the cursor. Values that would tell hidden gold, answers or sealed scores are not offered;
        what reviewers say is counted as a filter would count it."""
        hidden = self._looking.hidden(run_id, viewer)
        reviewer = self._looking.blind_as(run_id, viewer)
        sealed = self._looking.sealed_as(run_id, viewer) is not None

        def values(field: str, key: str) -> list[tuple[str, int | None]]:
            tells = _TOLD.get(field) or (FIELDS[field].tells if field in FIELDS else "")
            if (hidden and tells) or (sealed and field in SCORED):
                return []
            return self._store.known.values(run_id, field, key, lang, reviewer)

        return complete(text, cursor, values)

    def confusions(self, run_id: str, where: SampleFilter, viewer: Viewer = OWNER) -> tuple[Confusion, ...]:
        """EM x judge of the samples that a filter keeps, per task and in all. Raises QueryError, NotAllowed."""
        if where == SampleFilter():
            return self._looking.confusions(run_id, viewer)
        sight = self._looking.sight(run_id, where, viewer)
        groups = self._store.browse.tally_of(run_id, query_of(where), sight)
        _, order = self._desk.counted(self._store.runs.get(run_id))
        kept = {group.task_id for group in groups}
        order = [task_id for task_id in order if task_id in kept]
        found = views.confusions_of(groups, self._desk.infos(order), order)
        if self._looking.is_veiled(self._desk.run(run_id), viewer):
            return tuple(views.unscored(confusion) for confusion in found)
        return found

    def shows_labels(self, run_id: str, where: SampleFilter, viewer: Viewer = OWNER) -> bool | None:
        """Whether what a filter keeps tells this viewer labels of others: None where it goes by none, False where
        they count only beside own ones. Raises QueryError."""
        if not goes_by_labels(query_of(where)):
            return None
        return self._looking.blind_as(run_id, viewer) is None

    def kept(self, run_id: str, where: SampleFilter, viewer: Viewer = OWNER) -> Kept | None:
        """What an export keeps by a filter; None: everything. Raises QueryError, NotAllowed, BadInput for nothing."""
        if where == SampleFilter():
            return None
        numbers = self._store.queues.numbers(run_id, where, self._looking.sight(run_id, where, viewer))
        if not numbers:
            raise BadInput("export_none", where=self.text(where))
        return Kept(self.text(where), numbers)

    def redraw(self, run_id: str) -> None:
        """Lets the orders of a run's queues be drawn up anew, with the labels given since."""
        self._store.queues.lists.forget(run_id)
