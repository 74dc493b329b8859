"""The idea of a model that answers. Engines live in `studio.engines`; the runner knows only this file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

from studio.core.content import Box, MediaUse, Message, Modality
from studio.core.errors import Problem
from studio.core.pace import Gauge

FinishReason = Literal["stop", "length"]
# How media are handed over, after the LOAD_* flags of MERA's harness; `studio.media.carry` tells what each means.
Load = Literal["object", "bytes", "base64", "files"]
LOADS: tuple[Load, ...] = ("object", "bytes", "base64", "files")


@dataclass(frozen=True)
class Capabilities:
    """What an engine can take. The form and the runner read this, never the engine's name."""

    modalities: frozenset[Modality]
    several_media: bool = True
    history: bool = False
    streaming: bool = True


@dataclass(frozen=True)
class Settings:
    """How to generate. Everything here is recorded with the run; `None` means the model's own default.

    `max_new_tokens` counts tokens of the answer. `image_width`, `image_height` and `image_max_side`
    limit pictures and frames, in pixels (never upscales). `frames` is the number of
    uniform frames taken from a clip. `temperature` 0 is greedy. `stop` is empty unless asked: the
    original harness stops at a blank line and cuts reasoning before the answer; we do not.
    `history` is how many earlier turns a question of a dialogue is shown with; other tasks have none.
    With `clips_as_pictures` a model that could watch a clip is shown its frames as pictures instead (MERA's
    `replace_videos_with_images_amount`, the amount being `frames`).
    `media` is what becomes of a question's media: `sent`, not sent (`none`), or replaced by grey and silence of the
    same form (`null`). The runner does it before an engine is asked, so that all engines behave alike.

    `load` and `concurrency` are of servers alone: how media are handed over (an engine in this process always has the
    object itself), and how many requests are under way at once.
    """

    max_new_tokens: int = 256
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 1234
    batch_size: int = 32
    dtype: str = "auto"
    device: str = "auto"
    frames: int = 8
    image_max_side: int | None = None
    image_width: int | None = None
    image_height: int | None = None
    clips_as_pictures: bool = False
    stop: tuple[str, ...] = ()
    history: int = 5
    media: MediaUse = "sent"
    load: Load = "object"
    concurrency: int = 32

    @property
    def box(self) -> Box:
        """The largest picture that is sent."""
        return Box(self.image_width, self.image_height, self.image_max_side)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "stop": list(self.stop)}


@dataclass(frozen=True)
class Turn:
    """An earlier question of a dialogue, and what the model itself said to it."""

    message: Message
    answer: str


@dataclass(frozen=True)
class Request:
    """One question to a model. `key` comes back with the answer; the engine does not read it.

    `history` is what was said before, oldest first; only engines whose capabilities name it are given any.
    """

    key: int
    message: Message
    history: tuple[Turn, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """All messages that the model is given, the question last."""
        return (*(turn.message for turn in self.history), self.message)


@dataclass(frozen=True)
class Recalled:
    """Where an answer was taken from that was not asked for anew: the run in which the model gave it, and when."""

    run: str
    at: float


@dataclass(frozen=True)
class Completion:
    """A model's answer. Times in seconds; `ttft_s` counts from the start of the request's batch.

    `finish_reason` "length" means that the answer was cut at `max_new_tokens`. A server may not tell the reason, the
    tokens or when the first of them came: then they are None.
    `media_note` records what was done to the media (sampling rate, frames, size as sent).
    `asked` is a hash over everything that the answer depends on, for deterministic requests alone. An answer that was
    `recalled` took no time: its times are None, and its tokens are no work of this run.
    """

    text: str
    finish_reason: FinishReason | None
    prompt_tokens: int | None
    completion_tokens: int | None
    ttft_s: float | None
    latency_s: float | None
    media_note: Mapping[str, Any] = field(default_factory=dict)
    asked: str = ""
    recalled: Recalled | None = None


Answer = Completion | Problem  # a Problem is one request's failure, never the run's end
OnText = Callable[[int, str], None]  # (request key, text so far), called as tokens arrive


@dataclass(frozen=True)
class EngineInfo:
    """What was really opened: recorded with every run.

    `revision` is the hub commit, or `sha256:…` of a local folder's weights; `weights` what a server calls those that it
    serves; `versions` of the libraries that matter; `hardware` in words; `traits` whatever else is known that may
    change an answer: `batch_invariant`, `told_frames` (a clip is sent as frames of our choosing).
    """

    engine: str
    model: str
    revision: str
    parameters: int | None = None
    dtype: str = ""
    device: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    hardware: str = ""
    weights: str = ""
    traits: Mapping[str, bool] = field(default_factory=dict)


def determinism(info: EngineInfo, settings: Settings) -> dict[str, Any]:
    """What decides whether the same questions get the same answers again; recorded with every run.

    `batch_invariant` is None where the engine does not tell whether what shares a batch may change an answer.
    """
    return {
        "greedy": settings.temperature == 0,
        "temperature": settings.temperature,
        "seed": settings.seed,
        "engine": info.engine,
        "versions": ", ".join(f"{name} {version}" for name, version in info.versions.items()),
        "batch_invariant": info.traits.get("batch_invariant"),
    }


@dataclass(frozen=True)
class Opening:
    """Who waits for a model to open: told what happens meanwhile, asked whether it is still wanted."""

    say: Callable[[str], None] = lambda words: None
    cancelled: Callable[[], bool] = lambda: False


BUSY_AFTER_S = 5.0


@dataclass(frozen=True)
class Silence:
    """Servers that do not answer now, by their addresses: `urls` are silent, and where none is left that is not, they
    are waited for until `until` (Unix time). `busy` ones say that they have no time (429, 503), each since when."""

    urls: tuple[str, ...] = ()
    until: float | None = None
    busy: tuple[tuple[str, float], ...] = ()

    @property
    def all_urls(self) -> set[str]:
        return {*self.urls, *(url for url, _ in self.busy)}

    def busy_long(self, now: float) -> tuple[tuple[str, ...], float]:
        """Servers that have been busy for so long that it is worth telling, and since when all of them have (Unix
        time): a server that turns one request away and takes the next is at work."""
        long = [(url, since) for url, since in self.busy if now - since >= BUSY_AFTER_S]
        return tuple(url for url, _ in long), max((since for _, since in long), default=now)


OnSilence = Callable[[Silence], None]


def unheard(silence: Silence) -> None:
    """For whoever tells nobody."""


class Engine(Protocol):
    """A model that can be asked. One thread at a time; `close` frees the memory."""

    @property
    def info(self) -> EngineInfo: ...

    @property
    def capabilities(self) -> Capabilities: ...

    @property
    def broken(self) -> bool:
        """Whether it can answer nothing any more: it was closed, or what it leans on has ended."""
        ...

    def generate(
        self,
        requests: Iterable[Request],
        settings: Settings,
        *,
        on_text: OnText | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        gauge: Gauge | None = None,
    ) -> Iterator[tuple[Request, Answer]]:
        """Answers in any order, each as soon as it is ready. Stops soon after `cancelled()` turns true:
        requests not answered by then are simply not yielded.

        Requests are taken as they are needed, by any one thread at a time, and never far ahead of the answers: there
        may be more of them than fit into memory. `gauge` is told of the stages `prepare` and `request`.
        """
        ...

    def close(self) -> None: ...
