"""A model on ZeroGPU, where a visitor's request borrows a GPU for a minute: asked slice by slice, in forked processes.

What the package `spaces` (0.51) does, and this file leans on. A generator decorated with `spaces.GPU` runs in a process
that is forked when it is called, so it finds the model in memory, though never one that was opened after the fork: each
model gets a function of its own. Arguments and what it yields are pickled. `duration` is called with the arguments.
The quota that is used up is that of the request in Gradio's context, which here goes along as a `contextvars.Context`.
Refusals are `gr.Error`s, told apart by their titles. CUDA is imitated in the main thread alone, so a model opened in
any other stays on the processor, and its weights move in the fork.
"""

import importlib
import itertools
import queue
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Protocol

from studio.core.engine import Answer, Capabilities, Engine, EngineInfo, OnText, Request, Settings
from studio.core.errors import EngineFailed, Paused, Problem, StudioError
from studio.core.pace import Gauge
from studio.core.visits import Visit, Visits

SLICE_S = (
    60.0  # what is asked of ZeroGPU at most: its own default, and half a day's quota of who is not signed in
)
START_S = 15.0  # of it, for the fork and for the weights on their way to the GPU
WORK_S = SLICE_S - START_S
FIRST = 4  # requests of the first slice, when nothing is measured yet
SPARE = 1.5  # a slice is asked for so much longer than it should take
GROWTH = 4  # a slice holds at most so many times the requests of the one before
NOBODY_S = 10.0  # a page that is loaded again is nobody's for a moment
IN_VAIN = 3  # so many slices in a row without an answer end the run
STILLBORN_S = 1.0  # after a fork that died before the model was there: its end needs a moment to be noticed
TEXT_S = 0.2  # how often the text of an answer is told

# ("began", …), ("text", key, text so far), ("answer", key, Answer), ("failed", Problem, …), ("over", …)
Event = tuple[str, Any, Any]
Decorate = Callable[..., Callable[[Callable[..., Iterator[Event]]], Callable[..., Iterator[Event]]]]

# What `spaces` calls its refusals, and what each means for a run. The rest ends the run with the words.
_PAUSES = {
    "ZeroGPU quota exceeded": "zerogpu_quota",
    "ZeroGPU pending credits exceeded": "zerogpu_quota",
    "ZeroGPU queue timeout": "zerogpu_busy",
    "ZeroGPU client error": "zerogpu_busy",
}
_EXPIRED = "Expired ZeroGPU proxy token"
_KILLED = "GPU task aborted"


class Forkable(Engine, Protocol):
    """An engine that can go on in a forked process."""

    def wake_in_fork(self, device: str) -> None:
        """Called in the fork before it is asked: carries the weights to the device. Called again, it does nothing."""
        ...


def decorator() -> Decorate | None:
    """`spaces.GPU`; None where the package is not installed."""
    try:
        # Not a dependency: only a Space with ZeroGPU has it, and there it must come before anything touches CUDA.
        spaces = importlib.import_module("spaces")
    except ImportError:
        return None
    found: Decorate = spaces.GPU
    return found


def announce(decorate: Decorate) -> None:
    """ZeroGPU refuses a Space that has decorated nothing when it starts; our models are opened later."""
    decorate()(_nothing)


def _nothing() -> Iterator[Event]:
    yield from ()


class SlicedEngine:
    """An engine whose questions are answered on ZeroGPU, as long as somebody looks at the run."""

    def __init__(self, engine: Forkable, decorate: Decorate, visits: Visits) -> None:
        """`engine` has its weights on the processor, in the type that the GPU will compute in."""
        # `spaces` keeps what it decorated for ever: the model must not be kept along with it.
        self._held: list[Forkable] = [engine]
        self._info = replace(engine.info, device="zerogpu", hardware="ZeroGPU")
        self._capabilities = engine.capabilities
        self._visits = visits
        self._on_gpu = decorate(duration=_duration)(_slice_of(self._held))
        self._pace = Pace()

    @property
    def info(self) -> EngineInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    @property
    def broken(self) -> bool:
        return not self._held or self._held[0].broken

    def generate(
        self,
        requests: Iterable[Request],
        settings: Settings,
        *,
        on_text: OnText | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        gauge: Gauge | None = None,
    ) -> Iterator[tuple[Request, Answer]]:
        """Answers slice by slice; what a slice had no time for is asked in the next. Raises Paused when the GPU is lent
        to nobody who looks at the run, EngineFailed when it cannot answer at all."""
        coming, waiting = iter(requests), list[Request]()
        gauge = gauge or Gauge()
        while not cancelled():
            waiting += itertools.islice(coming, max(0, self._pace.size - len(waiting)))
            if not waiting:
                return
            taken = {request.key: request for request in waiting[: self._pace.size]}
            done: set[int] = set()
            with gauge.at("request", len(taken)):
                for key, answer in self._slice(list(taken.values()), settings, on_text, cancelled):
                    done.add(key)
                    yield taken[key], answer
            waiting = [request for request in waiting if request.key not in done]

    def close(self) -> None:
        """Frees the model's memory here; a fork that still holds it ends when ZeroGPU takes the GPU back."""
        for engine in self._held:
            engine.close()
        self._held.clear()

    def _slice(
        self,
        requests: Sequence[Request],
        settings: Settings,
        on_text: OnText | None,
        cancelled: Callable[[], bool],
    ) -> Iterator[tuple[int, Answer]]:
        if self.broken:
            raise EngineFailed("engine_closed", model=self._info.model)
        visit = self._visits.latest(NOBODY_S, cancelled)
        if visit is None:
            if cancelled():
                return
            raise Paused("zerogpu_nobody")
        answered, began = 0, None
        for kind, first, second in self._events(visit, requests, settings, cancelled):
            if kind == "began":  # the model is there
                began = time.monotonic()
            elif kind == "text" and on_text:
                on_text(first, second)
            elif kind == "answer":
                answered += 1
                yield first, second
            elif kind == "over" and began is not None:
                self._pace.ended(answered, time.monotonic() - began)
            elif kind == "over":
                self._pace.stillborn()
                until = time.monotonic() + STILLBORN_S
                while not cancelled() and time.monotonic() < until:
                    time.sleep(0.05)

    def _events(
        self, visit: Visit, requests: Sequence[Request], settings: Settings, cancelled: Callable[[], bool]
    ) -> Iterator[Event]:
        """What the fork tells, and `over` when it has ended or was killed; not so when cancelled, nor when this visit
        has no more to give while another may."""
        stream = self._on_gpu(tuple(requests), settings, self._pace.seconds)
        within = visit.context.copy().run  # a context is entered once at a time
        try:
            while not cancelled():
                try:
                    event = within(next, stream, None)
                except Exception as error:  # gr.Error and what else `spaces` raises: it is read by its words
                    if not _is_killed(error):
                        self._next_visit(error, visit)
                        return
                    event = None
                if event is None:
                    yield "over", None, None
                    return
                if event[0] == "failed":
                    raise EngineFailed(event[1].code, **event[1].values)
                yield event
        finally:
            within(stream.close)  # type: ignore[attr-defined]

    def _next_visit(self, error: Exception, visit: Visit) -> None:
        """Returns when another visitor may be asked instead. Raises Paused, or EngineFailed for what is no refusal."""
        code, words = _refusal(error), str(error).strip("'\"")
        if not code:
            raise EngineFailed("zerogpu_failed", words=words) from error
        self._visits.go(visit)
        if not self._visits.latest(0, lambda: False):
            raise Paused(code, words=words) from error


class Pace:
    """How many requests go into a slice, by what the slices before took."""

    def __init__(self) -> None:
        self.size = FIRST
        self._each_s: float | None = None
        self._in_vain = 0

    @property
    def seconds(self) -> float:
        """The time to work that is asked for."""
        if self._each_s is None or self._in_vain:
            return WORK_S
        return min(WORK_S, max(1.0, SPARE * self.size * self._each_s))

    def ended(self, answered: int, seconds: float) -> None:
        """A slice is over, by itself or because it was killed. After one that answered nothing the next holds a single
        request and has the longest time. Raises EngineFailed after too many such in a row."""
        if answered:
            self._in_vain = 0
            self._each_s = seconds / answered
            fits = int(WORK_S / SPARE / max(self._each_s, 1e-3))
            self.size = max(1, min(fits, GROWTH * self.size))
            return
        self._fail(EngineFailed("zerogpu_too_slow", seconds=round(WORK_S)))

    def stillborn(self) -> None:
        """A slice was killed before the model was there. Raises EngineFailed after too many such in a row."""
        self._fail(EngineFailed("zerogpu_died"))

    def _fail(self, error: EngineFailed) -> None:
        self._in_vain += 1
        self.size = 1
        if self._in_vain == IN_VAIN:
            self._in_vain = 0  # a person who resumes the run has it tried again
            raise error


def _duration(requests: Sequence[Request], settings: Settings, seconds: float) -> float:
    """What ZeroGPU is asked for, in seconds; it calls this with the arguments of the slice."""
    return START_S + seconds


def _slice_of(held: list[Forkable]) -> Callable[[Sequence[Request], Settings, float], Iterator[Event]]:
    """The function that runs in the fork: it finds there what `held` holds when it is first called."""

    def answer_slice(requests: Sequence[Request], settings: Settings, seconds: float) -> Iterator[Event]:
        (engine,) = held
        engine.wake_in_fork("cuda")
        yield "began", None, None
        end, stop = time.monotonic() + seconds, [False]
        told: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        with ThreadPoolExecutor(1, thread_name_prefix="slice") as pool:
            work = pool.submit(
                _tell, engine, requests, settings, told.put, lambda: stop[0] or time.monotonic() > end
            )
            work.add_done_callback(lambda _: told.put(None))
            try:
                while (event := told.get()) is not None:
                    yield event
            finally:
                stop[0] = True
            yield from _failure(work)

    return answer_slice


def _tell(
    engine: Engine,
    requests: Sequence[Request],
    settings: Settings,
    put: Callable[[Event], None],
    late: Callable[[], bool],
) -> None:
    """Answers requests and tells everything as it happens; texts not more often than a page can show them."""
    next_at = [0.0]

    def on_text(key: int, text: str) -> None:
        if time.monotonic() >= next_at[0]:
            next_at[0] = time.monotonic() + TEXT_S
            put(("text", key, text))

    for request, answer in engine.generate(requests, settings, on_text=on_text, cancelled=late):
        put(("answer", request.key, answer))


def _failure(work: "Future[None]") -> Iterator[Event]:
    """What ended the work early, as a value: an exception would lose its words on the way out of the fork."""
    error = work.exception()
    if isinstance(error, StudioError):
        yield "failed", error.problem, None
    elif error is not None:
        yield "failed", Problem("zerogpu_failed", {"words": f"{type(error).__name__}: {error}"[:500]}), None


def _refusal(error: Exception) -> str:
    """A pause's code, or nothing: by the title of a `gr.Error`, else by its words."""
    words, title = str(error), str(getattr(error, "title", ""))
    if _EXPIRED in words:
        return "zerogpu_expired"
    if isinstance(error, RuntimeError) and words.startswith("Connection closed by visitor"):
        return "zerogpu_nobody"
    return _PAUSES.get(title, "")


def _is_killed(error: Exception) -> bool:
    """Whether ZeroGPU ended a slice that took longer than was asked for."""
    return _KILLED in str(error)
