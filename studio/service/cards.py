"""Samples as they are shown: media published under meaningless names, gold only to whom it may be shown."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from studio.access import may_see_gold
from studio.core.content import text_of, without_media
from studio.core.outcome import Score
from studio.core.run import MediaView, SampleCard, Viewer
from studio.core.task import Sample, TaskInfo
from studio.media import publish
from studio.store import Store
from studio.store.browse import StoredAnswer
from studio.store.tasks import StoredSample


class Cards:
    """Makes cards of samples for a viewer."""

    def __init__(self, store: Store, media_dir: Path) -> None:
        self._store = store
        self._media_dir = media_dir

    def media(self, sample: Sample) -> tuple[MediaView, ...]:
        return tuple(publish(medium, self._media_dir) for medium in sample.media)

    def hidden_tasks(self, viewer: Viewer) -> set[str]:
        """Names of tasks that this browser is annotating and has not finished: their gold is nobody's business here."""
        hidden = set()
        for ticket in viewer.annotating:
            row = self._store.runs.by_ticket(ticket)
            if row and row.state == "running":
                hidden |= set(row.resolved.get("tasks") or [])
        return hidden

    def hidden_in(self, infos: Iterable[TaskInfo], viewer: Viewer) -> set[str]:
        """Names of those tasks whose gold this viewer may not see."""
        annotated = self.hidden_tasks(viewer)
        return {info.name for info in infos if not may_see_gold(viewer, info.access, info.name in annotated)}

    def gold_visible(self, viewer: Viewer, stored: StoredSample) -> bool:
        return may_see_gold(viewer, stored.task.access, stored.task.name in self.hidden_tasks(viewer))

    def card(self, run_id: str, sample_id: int, viewer: Viewer) -> SampleCard:
        """One sample of a run. Raises BadInput when the run has no such sample."""
        answer = self._store.browse.answer(run_id, sample_id)
        (stored,) = self._store.tasks.samples([sample_id])
        card = _card(run_id, stored, answer, self.media(stored.sample), self.gold_visible(viewer, stored))
        if stored.task.name in self.hidden_tasks(viewer):
            # Whoever is answering the task sees nobody else's answers to it, right or wrong.
            card = replace(card, answer=None, finish_reason=None, completion_tokens=None)
        return card


def _card(
    run_id: str, stored: StoredSample, answer: StoredAnswer, media: tuple[MediaView, ...], gold_visible: bool
) -> SampleCard:
    sample = stored.sample
    modality = sample.modalities[0] if sample.modalities else stored.task.modality
    return SampleCard(
        run_id=run_id,
        sample_id=stored.id,
        number=answer.number,
        task=stored.task.name,
        task_title=stored.task.title,
        key=sample.id,
        modality=modality,
        answer_type=stored.task.answer_type,
        media=media,
        question=sample.question,
        prompt=_prompt(sample, answer),
        options=sample.options,
        categories=sample.categories,
        prompt_id=sample.prompt_id,
        gold=sample.gold if gold_visible else None,
        gold_hidden=not gold_visible,
        cell=answer.cell if gold_visible or answer.cell in {"failed", "pending"} else "unscored",
        answer=answer.text,
        finish_reason=answer.finish_reason,
        em=_visible(answer.em, gold_visible),
        js=_visible(answer.js, gold_visible),
        judge=answer.judge,
        calls=answer.calls if gold_visible else (),
        prompt_tokens=answer.prompt_tokens,
        completion_tokens=answer.completion_tokens,
        ttft_s=answer.ttft_s,
        latency_s=answer.latency_s,
        attempt=answer.attempt,
        media_note=answer.media_note,
        problem=answer.problem or (sample.problem if answer.text is None else None),
    )


def _prompt(sample: Sample, answer: StoredAnswer) -> str:
    """The prompt as the model got it."""
    unseen = answer.media_note.get("media") == "none"
    return text_of(without_media(sample.message)) if unseen else sample.prompt


def _visible(score: Score | None, gold_visible: bool) -> Score | None:
    """A verdict tells the gold of a letter question almost as well as the gold itself."""
    return score if gold_visible else None
