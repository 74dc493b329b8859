"""A person answers like a model: the same questions, the same scores, no gold."""

import secrets
import time

from studio.core.errors import BadInput, NotAllowed
from studio.core.run import AnnotationState, MediaView, Question, RunSpec
from studio.runner import Scorer
from studio.runner.questions import ExactMatch
from studio.service.cards import Cards
from studio.service.catalogue import Shelf
from studio.store import Store
from studio.store.runs import RunRow
from studio.store.tasks import StoredSample

REASONS = ("mine", "broken", "ambiguous", "unknown", "other")
MAX_ANSWER = 100_000


class Annotation:
    """The annotator's desk. `ticket` is the secret name of an annotator's run."""

    def __init__(
        self, store: Store, scorer: Scorer, shelf: Shelf, cards: Cards, exact_match: ExactMatch
    ) -> None:
        self._store = store
        self._scorer = scorer
        self._shelf = shelf
        self._cards = cards
        self._exact_match = exact_match

    def open(self, annotator: str, task_ref: str) -> AnnotationState:
        """The annotator's run on a task: the one begun earlier under this name, else a new one."""
        name = " ".join(annotator.split())
        if not name or len(name) > 80 or not name.isprintable():
            raise BadInput("bad_annotator")
        infos = self._shelf.resolve((task_ref,))
        if len(infos) != 1:
            raise BadInput("one_task", name=task_ref)
        ticket = self._store.humans.find(name, infos[0].name)
        if ticket:
            return self.state(ticket)
        self._shelf.remember(infos)
        task = self._shelf.load_one(infos[0])
        ids = self._store.tasks.save(task)
        askable = [ids[sample.id] for sample in task.samples if sample.problem is None]
        task_id = self._store.tasks.samples(askable[:1])[0].task_id if askable else 0
        run_id, ticket = f"h{time.strftime('%m%d')}-{secrets.token_hex(3)}", secrets.token_urlsafe(18)
        spec = RunSpec(model=name, tasks=(infos[0].name,))
        self._store.runs.create(run_id, "human", spec, title=name, ticket=ticket)
        self._store.runs.plan(run_id, [(sample_id, task_id) for sample_id in askable], [infos[0].name])
        return self.state(ticket)

    def state(self, ticket: str) -> AnnotationState:
        row = self._row(ticket)
        counts = self._store.humans.counts(row.id)
        waiting = self._store.humans.waiting(row.id, 2)
        samples = self._store.tasks.samples([sample_id for sample_id, _ in waiting])
        task = str((row.resolved.get("tasks") or row.spec.tasks)[0])
        following: tuple[MediaView, ...] = ()
        if len(samples) > 1:
            following = self._cards.media(samples[1].sample)
        return AnnotationState(
            run_id=ticket,
            id=row.id,
            annotator=row.model,
            task=task,
            task_title=samples[0].task.title if samples else self._title(row.id, task),
            total=counts.total,
            answered=counts.answered,
            skipped=counts.skipped,
            question=self._question(row, ticket, samples[0], waiting[0][1]) if samples else None,
            can_undo=counts.can_undo,
            following=following,
        )

    def answer(
        self, ticket: str, sample_id: int, text: str, client_id: str, shown_at: float | None = None
    ) -> AnnotationState:
        """Keeps an answer (once per `client_id`) and returns the next question. Raises BadInput for an empty one."""
        row = self._row(ticket)
        if not text.strip():
            raise BadInput("empty_answer")
        if len(text) > MAX_ANSWER:
            raise BadInput("long_answer", limit=MAX_ANSWER)
        stored = self._planned(row, sample_id)
        sample = stored.sample
        em = self._exact_match(text, sample.gold, sample, stored.task, row.profile)
        if self._store.humans.submit(row.id, sample_id, text, em, _client(client_id), shown_at):
            self._scorer.notify(row.id)
        return self.state(ticket)

    def skip(
        self, ticket: str, sample_id: int, reason: str, client_id: str, note: str = ""
    ) -> AnnotationState:
        row = self._row(ticket)
        if reason not in REASONS:
            raise BadInput("unknown_reason", reason=reason, known=", ".join(REASONS))
        self._planned(row, sample_id)
        self._store.humans.skip(row.id, sample_id, reason, note[:2000], _client(client_id))
        return self.state(ticket)

    def undo(self, ticket: str, client_id: str) -> AnnotationState:
        row = self._row(ticket)
        self._store.humans.undo(row.id, _client(client_id))
        return self.state(ticket)

    def draft(self, ticket: str, sample_id: int, text: str) -> None:
        self._store.humans.save_draft(self._row(ticket).id, sample_id, text[:MAX_ANSWER])

    def _row(self, ticket: str) -> RunRow:
        row = self._store.runs.by_ticket(ticket) if ticket else None
        if row is None:
            raise NotAllowed("unknown_ticket")
        return row

    def _planned(self, row: RunRow, sample_id: int) -> StoredSample:
        found = self._store.browse.has(row.id, sample_id)
        if not found:
            raise BadInput("unknown_sample", run=row.id, sample=sample_id)
        return self._store.tasks.samples([sample_id])[0]

    def _title(self, run_id: str, task: str) -> dict[str, str]:
        groups = self._store.browse.tally(run_id)
        return dict(self._store.tasks.info(groups[0].task_id).title) if groups else {"ru": task, "en": task}

    def _question(self, row: RunRow, ticket: str, stored: StoredSample, number: int) -> Question:
        sample = stored.sample
        return Question(
            run_id=ticket,
            sample_id=stored.id,
            task=stored.task.name,
            number=number,
            media=self._cards.media(sample),
            question=sample.question,
            prompt=sample.prompt,
            options=sample.options,
            answer_type=stored.task.answer_type,
            draft=self._store.humans.draft(row.id, stored.id),
        )


def _client(client_id: str) -> str:
    if not client_id or len(client_id) > 200:
        raise BadInput("bad_client_id")
    return client_id
