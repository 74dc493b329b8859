"""What a deterministic answer depends on, as a hash; and the answers that a run takes from earlier ones by it.

The hash covers the model as far as it is known, the settings but for those that only say how the work is divided, and
the words, media and earlier turns as the engine gets them. A setting that comes to be counts from its first day on:
those that do not are listed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.core.content import Message, Text, media_of
from studio.core.engine import Answer, Completion, EngineInfo, Request, Settings
from studio.core.errors import MediaError
from studio.core.run import RunSpec
from studio.runner.dialogue import Asked, Script
from studio.runner.sending import noted, sent
from studio.store import Store
from studio.store.answers import Answered
from studio.store.tasks import Dialogue, StoredSample

# To be raised when an engine of ours comes to send something else for the same request.
FORM = 1
# How the work is divided, and where it is done. `history` is in the request itself, turn by turn.
DIVISION = frozenset({"batch_size", "concurrency", "device", "history"})
_KINDS = frozenset({"cpu", "cuda", "mps"})
WINDOW = 256  # samples looked for at once

Scored = Callable[[StoredSample, Completion], Answered]


def identity(info: EngineInfo, spec: RunSpec) -> dict[str, Any]:
    """Which model answers, as far as anybody can tell.

    A server that says nothing of its weights is known by its address alone: another one may serve others under the same
    name. Of a device the kind counts, not its number.
    """
    silent = info.engine.startswith("server:") and not info.weights
    return {
        "engine": info.engine,
        "model": info.model,
        "revision": info.revision or spec.revision,
        "weights": info.weights or (sorted(spec.servers) if silent else ""),
        "versions": dict(info.versions),
        "traits": dict(info.traits),
        "dtype": info.dtype,
        "device": kind if (kind := info.device.partition(":")[0]) in _KINDS else "",
        "arguments": spec.vllm_args,
    }


class Signer:
    """Hashes of one run's requests."""

    def __init__(self, info: EngineInfo, spec: RunSpec) -> None:
        settings = {name: value for name, value in spec.settings.to_json().items() if name not in DIVISION}
        self._deterministic = spec.settings.temperature == 0
        self._head = hashlib.sha256(_plain([FORM, identity(info, spec), settings]))

    def asked(self, request: Request) -> str:
        """sha256 in hex of what the answer depends on; empty where chance decides, or a medium's content is unknown."""
        if not self._deterministic or not all(
            medium.sha256 for message in request.messages for medium in media_of(message)
        ):
            return ""
        turns = [[_parts(turn.message), turn.answer] for turn in request.history]
        whole = self._head.copy()
        whole.update(_plain([turns, _parts(request.message)]))
        return whole.hexdigest()

    def signed(self, request: Request, answer: Answer) -> Answer:
        """An answer with the hash of what it answers; a failure as it is: it is not remembered."""
        return replace(answer, asked=self.asked(request)) if isinstance(answer, Completion) else answer


class Recall:
    """The answers of one run that need not be asked for. Memory is that of one window, however long the run."""

    def __init__(
        self,
        store: Store,
        run_id: str,
        settings: Settings,
        signer: Signer,
        blanks: Path,
        scored: Scored,
        keep: Callable[[Sequence[Answered]], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """`blanks` is the folder of empty media; `scored` turns an answer into what `keep` takes."""
        self._store = store
        self._run_id = run_id
        self._settings = settings
        self._signer = signer
        self._blanks = blanks
        self._scored = scored
        self._keep = keep
        self._cancelled = cancelled

    def run(self, missing: Sequence[int]) -> None:
        """Keeps every answer to these samples that an earlier run has.

        A turn of a dialogue is recalled only when all that was said before it is there again: what follows a turn that
        has to be asked depends on the answer.
        """
        dialogues = self._store.tasks.dialogues(self._run_id) if self._settings.history > 0 else []
        in_turn = {sample_id for dialogue in dialogues for sample_id in dialogue.sample_ids}
        alone = [sample_id for sample_id in missing if sample_id not in in_turn]
        for some in _windows(alone):
            if self._cancelled():
                return
            samples = self._store.tasks.samples(some)
            self._recall([(each, Request(each.id, each.sample.message)) for each in samples])
        for dialogue in dialogues:
            self._replay(dialogue, in_turn.intersection(missing))

    def _replay(self, dialogue: Dialogue, missing: set[int]) -> None:
        left = missing.intersection(dialogue.sample_ids)
        samples = self._store.tasks.samples(dialogue.sample_ids)
        texts = self._store.answers.texts(self._run_id, dialogue.sample_ids)
        script = Script(samples, texts, turns=dialogue.turns, history=self._settings.history)
        for together in script.rounds(sorted(left)):
            if self._cancelled():
                return
            ready = {asked.stored.id: asked for asked in together if not _waits(asked, left)}
            found = self._recall([(asked.stored, script.request(asked)) for asked in ready.values()])
            for sample_id, text in found.items():
                script.answered(sample_id, text)
            left -= found.keys()

    def _recall(self, questions: Sequence[tuple[StoredSample, Request]]) -> dict[int, str]:
        """Keeps what is known of these; returns its texts by sample id."""
        samples = {stored.id: stored for stored, _ in questions if stored.sample.problem is None}
        hashes = dict(self._hashes(request for stored, request in questions if stored.id in samples))
        found = self._store.memory.recall(hashes, self._run_id) if hashes else {}
        if found:
            self._keep([self._scored(samples[key], self._noted(answer)) for key, answer in found.items()])
        return {key: answer.text for key, answer in found.items()}

    def _hashes(self, requests: Iterable[Request]) -> Iterator[tuple[int, str]]:
        for request in requests:
            try:
                asked = self._signer.asked(sent(request, self._settings.media, self._blanks))
            except MediaError:  # it is asked, and fails with its reason
                continue
            if asked:
                yield request.key, asked

    def _noted(self, answer: Completion) -> Completion:
        found = noted(answer, self._settings.media)
        return found if isinstance(found, Completion) else answer


def _waits(asked: Asked, left: set[int]) -> bool:
    """Whether something that was said before is still to be asked."""
    return any(earlier.id in left for earlier in asked.earlier)


def _parts(message: Message) -> list[list[str]]:
    return [
        ["text", part.text] if isinstance(part, Text) else [part.modality, part.key, part.sha256]
        for part in message
    ]


def _plain(value: Any) -> bytes:
    """The same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        errors="surrogatepass"
    )


def _windows(sample_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (sample_ids[start : start + WINDOW] for start in range(0, len(sample_ids), WINDOW))
