"""Samples as they are shown: media published under meaningless names, gold only to whom it may be shown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from studio.access import may_see_gold
from studio.core.content import Media, text_of, without_media
from studio.core.errors import MediaError, Problem
from studio.core.logs import LogView
from studio.core.outcome import Score
from studio.core.run import EarlierTurn, MediaView, SampleCard, Viewer
from studio.core.task import LOG_SOURCE, Sample, TaskInfo
from studio.logs import rest_of
from studio.media import publish, small_frames
from studio.service.people.blinding import Blinding
from studio.store import Store
from studio.store.browse import StoredAnswer
from studio.store.tasks import StoredSample

STILL_SIDE, STILL_QUALITY = 160, 80


class Cards:
    """Makes cards of samples for a viewer."""

    def __init__(self, store: Store, media_dir: Path) -> None:
        self._store = store
        self._media_dir = media_dir
        self._blinding = Blinding(store)

    def media(self, sample: Sample, *, logged: bool = False) -> tuple[MediaView, ...]:
        """What a browser can open. Of a `logged` sample a medium may be only named; its name leads to no file here."""
        return tuple(
            _named(medium) if logged and not medium.sha256 else publish(medium, self._media_dir)
            for medium in sample.media
        )

    def still(self, view: MediaView) -> bytes | None:
        """The first frame of a published clip as a small JPEG; None where it cannot be read."""
        return _still(self._media_dir / view.file) if view.file else None

    def published(self, media: Iterable[Media]) -> tuple[MediaView, ...]:
        """Media for whoever may see the question."""
        return tuple(publish(medium, self._media_dir) for medium in media)

    def hidden_tasks(self, viewer: Viewer) -> set[str]:
        """Names of tasks whose gold, answers and scores are withheld from this viewer: people are answering them."""
        return set(self._blinding.tasks(viewer))

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
        media = self.media(stored.sample, logged=stored.task.source.startswith(LOG_SOURCE))
        visible = self.gold_visible(viewer, stored)
        card = _card(run_id, stored, answer, media, visible)
        if visible:
            card = replace(card, log=self._log(run_id, answer))
        annotated = stored.task.name in self.hidden_tasks(viewer)
        if keys := answer.media_note.get("history"):
            card = replace(card, earlier=self._earlier(run_id, answer.task_id, keys, hidden=annotated))
        if annotated:
            # Whoever is answering the task sees nobody else's answers to it, right or wrong.
            card = replace(card, answer=None, finish_reason=None, completion_tokens=None)
        return card

    def _earlier(
        self, run_id: str, task_id: int, keys: Sequence[str], *, hidden: bool
    ) -> tuple[EarlierTurn, ...]:
        """The turns that came with a question, in order; their answers where they are not `hidden`."""
        ids = self._store.browse.by_keys(run_id, task_id, keys)
        samples = {stored.id: stored.sample for stored in self._store.tasks.samples(ids)}
        answers = [(sample_id, self._store.browse.answer(run_id, sample_id)) for sample_id in ids]
        return tuple(
            EarlierTurn(
                sample_id,
                answer.number,
                samples[sample_id].id,
                samples[sample_id].question,
                None if hidden else answer.text,
                self.media(samples[sample_id]),
            )
            for sample_id, answer in answers
        )

    def _log(self, run_id: str, answer: StoredAnswer) -> LogView | None:
        """What the log said of a sample, where the run was read from one. Its rows may hold gold."""
        row = self._store.imports.row(run_id, answer.sample_id)
        facts = self._store.imports.facts(run_id) if row else None
        if row is None or facts is None:
            return None
        rest = rest_of(facts.tool, json.loads(row.raw)) if row.raw else {}
        return LogView(facts.tool, facts.version, row.place, answer.others, row.found, clipped(rest))


def _named(medium: Media) -> MediaView:
    problem = Problem("media_not_in_log", {"name": str(medium.path)})
    return MediaView(medium.modality, medium.key, None, problem=problem)


@lru_cache(maxsize=500)
def _still(path: Path) -> bytes | None:
    try:
        (frame,) = small_frames(path, 1, STILL_SIDE, STILL_QUALITY)
    except MediaError:
        return None
    return frame.data


def clipped(value: Any, limit: int = 2_000) -> Any:
    """A value of a log, its long texts cut: a row may hold megabytes."""
    if isinstance(value, str):
        return value if len(value) <= limit else f"{value[:limit]}… (+{len(value) - limit})"
    if isinstance(value, Mapping):
        return {str(key): clipped(item, limit) for key, item in value.items()}
    if isinstance(value, list):
        return [clipped(item, limit) for item in value]
    return value


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
        recalled=answer.recalled,
        problem=answer.problem or (sample.problem if answer.text is None else None),
    )


def _prompt(sample: Sample, answer: StoredAnswer) -> str:
    """The prompt as the model got it."""
    unseen = answer.media_note.get("media") == "none"
    return text_of(without_media(sample.message)) if unseen else sample.prompt


def _visible(score: Score | None, gold_visible: bool) -> Score | None:
    """A verdict tells the gold of a letter question almost as well as the gold itself."""
    return score if gold_visible else None
