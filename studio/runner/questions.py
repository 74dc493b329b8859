"""One run's questions, put to its engine: read as they are needed, refused with a reason where they cannot be asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from studio.core.engine import Answer, Completion, Engine, Request
from studio.core.errors import MediaError, Problem
from studio.core.outcome import Score
from studio.core.run import RunSpec
from studio.core.task import Gold, Sample, TaskInfo, file_digest
from studio.runner.dialogue import Script
from studio.runner.live import LiveState
from studio.runner.remember import Signer
from studio.runner.sending import noted, sent
from studio.store import Store
from studio.store.answers import Answered
from studio.store.tasks import Dialogue, StoredSample

READ_AT_ONCE = 128  # samples read from the store in one go

ExactMatch = Callable[[str, Gold | None, Sample, TaskInfo, str], Score]


@dataclass(frozen=True)
class Asked:
    """What is asked: the run, its spec, and whether its media must still be what they were (`verify`)."""

    run_id: str
    spec: RunSpec
    verify: bool


class Questions:
    """Puts questions and hands over every outcome. The engine is opened when the first question can be asked."""

    def __init__(
        self,
        asked: Asked,
        store: Store,
        exact_match: ExactMatch,
        blanks: Path,
        open_engine: Callable[[], Engine],
        live: LiveState,
        cancelled: Callable[[], bool],
        put: Callable[[Answered], None],
    ) -> None:
        """`put` may be called by any thread; `blanks` is the folder of empty media."""
        self._run_id, self._spec, self._verify = asked.run_id, asked.spec, asked.verify
        self._store = store
        self._exact_match = exact_match
        self._blanks = blanks
        self._open = open_engine
        self._opened: Engine | None = None
        self._live = live
        self._cancelled = cancelled
        self._put = put

    def ask(self, missing: Sequence[int]) -> None:
        """Asks about these samples: dialogues in turn, all others in any order. Returns early when cancelled."""
        dialogues = self._store.tasks.dialogues(self._run_id) if self._spec.settings.history > 0 else []
        in_turn = {sample_id for dialogue in dialogues for sample_id in dialogue.sample_ids}
        self._ask_alone([sample_id for sample_id in missing if sample_id not in in_turn])
        wanted = set(missing)
        for dialogue in dialogues:
            turns = [sample_id for sample_id in dialogue.sample_ids if sample_id in wanted]
            if turns and not self._cancelled():
                self._converse(dialogue, turns)

    def _ask_alone(self, missing: Sequence[int]) -> None:
        samples = self._sound(self._read(missing))
        first = next(samples, None)
        if first is None:
            return
        fitting = self._fitting(self._engine(), chain([first], samples))
        for answered in self._answers(fitting, lambda stored: Request(stored.id, stored.sample.message)):
            self._put(answered)

    def _converse(self, dialogue: Dialogue, missing: Sequence[int]) -> None:
        """Asks a task's dialogues in turn, one question of each at a time."""
        samples = self._store.tasks.samples(dialogue.sample_ids)
        texts = self._store.answers.texts(self._run_id, dialogue.sample_ids)
        script = Script(samples, texts, turns=dialogue.turns, history=self._spec.settings.history)
        for together in script.rounds(missing):
            if self._cancelled():
                return
            by_id = {asked.stored.id: asked for asked in together}
            sound = self._sound(asked.stored for asked in together)
            fitting = self._with_history(self._fitting(self._engine(), sound))
            for answered in self._answers(fitting, lambda stored: script.request(by_id[stored.id])):  # noqa: B023
                if isinstance(answered.answer, Completion):
                    script.answered(answered.sample_id, answered.answer.text)
                    keys = [each.sample.id for each in script.shown(by_id[answered.sample_id])]
                    note = {**answered.answer.media_note, "history": keys}
                    answered = replace(answered, answer=replace(answered.answer, media_note=note))
                self._put(answered)

    def _answers(
        self, samples: Iterable[StoredSample], request_of: Callable[[StoredSample], Request]
    ) -> Iterator[Answered]:
        """Outcomes in any order. Samples are taken as the engine needs them, perhaps by a thread of its own."""
        asked: dict[int, StoredSample] = {}
        settings = self._spec.settings

        def requests() -> Iterator[Request]:
            for stored in samples:
                try:
                    request = sent(request_of(stored), settings.media, self._blanks)
                except MediaError as error:
                    self._put(Answered(stored.id, error.problem, None))
                    continue
                asked[stored.id] = stored
                yield request

        answers = self._engine().generate(
            requests(),
            settings,
            on_text=self._live.follow,
            cancelled=self._cancelled,
            gauge=self._live.gauge,
        )
        signer = Signer(self._engine().info, self._spec)
        for request, unsigned in answers:
            answer = signer.signed(request, unsigned)
            score = self._scored(asked.pop(request.key), answer)
            yield Answered(request.key, noted(answer, settings.media), score)

    def _scored(self, stored: StoredSample, answer: Answer) -> Score | None:
        if isinstance(answer, Problem):
            return None
        sample = stored.sample
        return self._exact_match(answer.text, sample.gold, sample, stored.task, self._spec.profile)

    def _engine(self) -> Engine:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _read(self, sample_ids: Sequence[int]) -> Iterator[StoredSample]:
        """Samples out of the store, a few at a time, until the run is cancelled."""
        for start in range(0, len(sample_ids), READ_AT_ONCE):
            if self._cancelled():
                return
            some = sample_ids[start : start + READ_AT_ONCE]
            with self._live.gauge.at("read", len(some)) if self._live.gauge else nullcontext():
                samples = self._store.tasks.samples(some)
            yield from samples

    def _sound(self, samples: Iterable[StoredSample]) -> Iterator[StoredSample]:
        """Samples that can be asked; the others get their reason at once."""
        for stored in samples:
            problem = stored.sample.problem or (changed(stored) if self._verify else None)
            if problem:
                self._put(Answered(stored.id, problem, None))
            else:
                yield stored

    def _fitting(self, engine: Engine, samples: Iterable[StoredSample]) -> Iterator[StoredSample]:
        """Samples whose media the model takes."""
        takes = engine.capabilities.modalities
        for stored in samples:
            lacking = [modality for modality in stored.sample.modalities if modality not in takes]
            if lacking and self._spec.settings.media != "none":
                values = {"model": engine.info.model, "modality": lacking[0], "task": stored.task.name}
                self._put(Answered(stored.id, Problem("no_modality", values), None))
            else:
                yield stored

    def _with_history(self, samples: Iterable[StoredSample]) -> Iterator[StoredSample]:
        """A model that takes no dialogue is not asked its questions one by one as if they were none."""
        engine = self._engine()
        for stored in samples:
            if engine.capabilities.history:
                yield stored
            else:
                problem = Problem("history_not_taken", {"model": engine.info.model})
                self._put(Answered(stored.id, problem, None))


def changed(stored: StoredSample) -> Problem | None:
    """On resume: whether a medium is gone or is no longer what the run began with."""
    for medium in stored.sample.media:
        try:
            same = file_digest(medium.path) == medium.sha256
        except OSError:
            return Problem("media_missing", {"file": medium.path.name})
        if not same:
            return Problem("media_changed", {"file": medium.path.name})
    return None
