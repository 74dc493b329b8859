"""From requests to tensors: media are read, prompts written, and the processor is called once for a batch."""

import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from studio.core.content import Media, Message, Text, media_of
from studio.core.engine import Capabilities, Request, Settings
from studio.core.errors import MediaError, Problem
from studio.engines.loading import Loaded
from studio.engines.prompts import Exchange, Piece, PromptWriter
from studio.media import Recent, load_audio, load_frames, load_image

_READERS = 2  # files read at once; more only fight for the same cores
_DEFAULT_RATE = 16_000
# What processors and chat templates raise for input that they cannot take (all seen, none of one family).
PROCESSOR_ERRORS = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    AttributeError,
    OSError,
)


@dataclass(frozen=True)
class Ready:
    """A request with its media in memory."""

    request: Request
    pieces: tuple[Piece, ...]
    note: dict[str, Any] = field(default_factory=dict)
    earlier: tuple[Exchange, ...] = ()


@dataclass(frozen=True)
class Batch:
    """Requests ready to be asked together, their tensors (None: not encoded yet), and those that cannot be asked."""

    ready: tuple[Ready, ...]
    inputs: Any = None
    refused: tuple[tuple[Request, Problem], ...] = ()


_Read = tuple[list[Piece], dict[str, Any]]  # a medium as the processor takes it, and what was done to it


class Preparer:
    """Reads media and calls the processor. `prepare` is called from a thread beside the model's, `encode` from both."""

    def __init__(self, loaded: Loaded, capabilities: Capabilities, model: str) -> None:
        self._loaded = loaded
        self._model = model
        self._writer = PromptWriter(
            loaded.processor, loaded.tokenizer, loaded.family, capabilities.modalities
        )
        self._takes = replace(capabilities, history=self.takes_history)
        # Tokenizers set padding on themselves while they are called and may not be shared between threads.
        self._lock = threading.Lock()
        self._sound = getattr(loaded.processor, "feature_extractor", None) or getattr(
            loaded.processor, "audio_processor", None
        )
        self._recent: Recent[_Read] = Recent(_n_bytes)
        self._rate = int(getattr(self._sound, "sampling_rate", None) or _DEFAULT_RATE)

    @property
    def takes_history(self) -> bool:
        """Whether prompts can hold earlier questions and answers."""
        return self._writer.takes_history and not self._loaded.family.one_by_one

    @property
    def style(self) -> str:
        """How prompts are written: `parts`, `string` or `plain`."""
        return self._writer.style

    def prepare(self, requests: Sequence[Request], settings: Settings, stopped: Callable[[], bool]) -> Batch:
        """One batch, media and all. A request that cannot be asked is refused alone. After a stop nothing is read."""
        with ThreadPoolExecutor(_READERS, thread_name_prefix="engine-media") as pool:
            outcomes = list(pool.map(lambda r: None if stopped() else self._read(r, settings), requests))
        ready = tuple(outcome for outcome in outcomes if isinstance(outcome, Ready))
        refused = tuple(
            (request, outcome)
            for request, outcome in zip(requests, outcomes, strict=True)
            if isinstance(outcome, Problem)
        )
        return Batch(ready, None if stopped() else self._try_encode(ready), refused)

    def encode(self, ready: Sequence[Ready]) -> Any:
        """The tensors of a batch, padded on the left. Raises one of PROCESSOR_ERRORS or jinja2's TemplateError."""
        with self._lock:
            prompts = [self._writer.write(item.pieces, item.earlier) for item in ready]
            media = [self._writer.order(item.pieces, item.earlier) for item in ready]
            if self._loaded.family.one_by_one:
                return self._call_plainly(prompts[0], media[0])
            return self._call(prompts, media)

    def _try_encode(self, ready: Sequence[Ready]) -> Any:
        """None when the processor refuses the batch: the caller then asks in parts, and finds the culprit."""
        from jinja2 import TemplateError

        if not ready or (self._loaded.family.one_by_one and len(ready) > 1):
            return None
        try:
            return self.encode(ready)
        except (*PROCESSOR_ERRORS, TemplateError):
            return None

    def _call(self, prompts: list[str], media: list[list[Piece]]) -> Any:
        pictures = [[piece.medium for piece in row if piece.kind == "image"] for row in media]
        sounds = [piece.medium for row in media for piece in row if piece.kind == "audio"]
        clips = [piece for row in media for piece in row if piece.kind == "video"]
        adds = self._writer.adds_special_tokens(prompts[0])
        kwargs: dict[str, Any] = {
            "text": prompts,
            "return_tensors": "pt",
            "text_kwargs": {"padding": True, "add_special_tokens": adds},
        }
        if any(pictures):
            kwargs["images"] = pictures
        if sounds:
            kwargs["audio"] = sounds
            kwargs["audio_kwargs"] = {"sampling_rate": self._rate}
        if clips:
            kwargs["videos"] = [clip.medium for clip in clips]
            # The frames are chosen already; the processor must know where they stood in the clip.
            metadata = [dict(clip.metadata) for clip in clips]
            kwargs["videos_kwargs"] = {"do_sample_frames": False, "video_metadata": metadata}
        return self._loaded.processor(**kwargs)

    def _call_plainly(self, prompt: str, media: list[Piece]) -> Any:
        """For processors that come with a checkpoint and take one prompt and one sound by plain keywords."""
        sounds = [piece.medium for piece in media]
        audio = {"audio": sounds[0], "sampling_rate": self._rate} if sounds else {}
        return self._loaded.processor(text=prompt, return_tensors="pt", **audio)

    def _read(self, request: Request, settings: Settings) -> Ready | Problem:
        problem = self._refusal(request)
        if problem:
            return problem
        note: dict[str, Any] = {}
        try:
            earlier = tuple(
                Exchange(self._pieces(turn.message, settings, {}), turn.answer) for turn in request.history
            )
            pieces = self._pieces(request.message, settings, note)
        except MediaError as exc:
            return exc.problem
        if escaped := self._writer.n_escaped(pieces):
            note["control_tokens_in_text"] = escaped
        return Ready(request, pieces, note, earlier)

    def _pieces(self, message: Message, settings: Settings, note: dict[str, Any]) -> tuple[Piece, ...]:
        """A message with its media read; what was done to them goes into `note`. Raises MediaError."""
        pieces: list[Piece] = []
        for part in message:
            if isinstance(part, Text):
                pieces.append(Piece("text", part.text))
            else:
                found, done = self._recent.get(
                    _key(part, settings), partial(self._read_medium, part, settings)
                )
                note[part.key] = dict(done)
                pieces += found
        return tuple(pieces)

    def _refusal(self, request: Request) -> Problem | None:
        if request.history and not self._takes.history:
            return Problem("history_not_taken", {"model": self._model})
        media = [medium for message in request.messages for medium in media_of(message)]
        for medium in media:
            if medium.modality not in self._takes.modalities:
                return Problem("modality_not_taken", {"model": self._model, "modality": medium.modality})
        if len(media) > 1 and not self._takes.several_media:
            return Problem("several_media_not_taken", {"model": self._model, "n": len(media)})
        return None

    def _read_medium(self, medium: Media, settings: Settings) -> _Read:
        if medium.modality == "image":
            image, note = load_image(medium.path, settings.box)
            return [Piece("image", medium=image)], note
        if medium.modality == "audio":
            sound, note = load_audio(medium.path, self._rate)
            return [Piece("audio", medium=sound)], {**note, **self._heard(len(sound))}
        frames, note = load_frames(medium.path, settings.frames, settings.box)
        if self._loaded.family.native_video and not settings.clips_as_pictures:
            return [_clip(frames, note)], note
        return [Piece("image", medium=frame) for frame in frames], {**note, "sent_as": "images"}

    def _heard(self, n_samples: int) -> dict[str, Any]:
        """Most sound encoders hear a fixed window and drop the rest without a word; the record says so."""
        window = getattr(self._sound, "n_samples", None)
        return {"heard_s": window / self._rate} if window and n_samples > window else {}


def _key(medium: Media, settings: Settings) -> Hashable:
    """All that decides how a medium is read."""
    asked = (settings.box, settings.frames, settings.clips_as_pictures)
    return (medium.modality, medium.sha256, medium.path.name, *asked)


def _n_bytes(read: _Read) -> int:
    """Bytes of pixels and of sound. A picture says its size in pixels, RGB all of them."""
    media = [piece.medium for piece in read[0]]
    return sum(int(getattr(each, "nbytes", 0)) or 3 * each.width * each.height for each in media)


def _clip(frames: Sequence[Any], note: dict[str, Any]) -> Piece:
    import numpy as np

    array = np.stack([np.asarray(frame) for frame in frames])
    metadata = {
        "total_num_frames": note["frames"],
        "fps": note["fps"] or 1.0,
        "duration": note["duration_s"],
        "frames_indices": note["indices"],
        "height": array.shape[1],
        "width": array.shape[2],
    }
    return Piece("video", medium=array, metadata=metadata)
