"""One call of the server engine's `generate`: media are read ahead in threads while many requests are under way."""

import asyncio
import queue
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

from studio.core.content import media_of
from studio.core.engine import Answer, OnText, Request, Settings
from studio.core.errors import MediaError, Problem
from studio.core.pace import Gauge
from studio.engines.server_messages import Writer, Written

READERS = 4  # threads that read and encode media; where a server shares the cores, two get too little of them
# Bodies of requests that may be in memory at once, sent or still to be sent: a clip of 200 MB is one of few.
BODIES_BYTES = 256 * 2**20
_AS_TEXT = 4 / 3  # base64
# Nothing more is asked while so many answers wait for the caller: what is not kept yet is lost with the process.
UNTAKEN = 32
# The first requests set out together, or a server that takes what is there in one batch begins with a nearly empty one.
# Who prepares slowly is not waited for any longer than this.
TOGETHER_WITHIN_S = 0.2
TAKEN_AT_ONCE = 16
TAKING_S = 0.02
HANDFUL = 4
_HANDFULS = 1024  # of them fit into `BODIES_BYTES`

Outcome = tuple[Request, Answer]
Ask = Callable[[Request, Written], Awaitable[Answer]]


@dataclass(frozen=True)
class _Coming:
    """A request whose body is being made, as one of a handful, and what it counts against the budget of bodies until it
    is."""

    request: Request
    handful: Awaitable[list[Written | Problem | None]]
    place: int
    weight: int

    async def written(self) -> Written | Problem:
        """The body, once: the handful does not keep it."""
        bodies = await self.handful
        found, bodies[self.place] = bodies[self.place], None
        assert found is not None
        return found


class Flow:
    """From requests to outcomes, asked in their order. All but `outcomes` belongs to the event loop that runs `run`.

    Never more than four times the concurrency are read but not yet taken by the caller, and never more bodies are held
    than fit into `BODIES_BYTES`; one that is larger travels alone.
    """

    def __init__(
        self, requests: Iterable[Request], settings: Settings, writer: Writer, concurrency: int, gauge: Gauge
    ) -> None:
        self.outcomes: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
        self._requests = iter(requests)
        self._settings = settings
        self._writer = writer
        self._concurrency = concurrency
        self._gauge = gauge
        self._room = asyncio.Semaphore(4 * concurrency)
        self._bodies = _Budget(BODIES_BYTES)
        self._untaken, self._took = 0, asyncio.Event()
        self._written, self._first, self._dealt = 0, concurrency, asyncio.Event()
        self._coming: asyncio.Queue[_Coming | None] = asyncio.Queue()  # `_room` bounds it
        gauge.room("prepare", READERS)
        gauge.room("request", concurrency)

    def taken(self) -> None:
        """The caller has taken an outcome. To be called by the event loop's thread."""
        self._room.release()
        self._untaken -= 1
        self._took.set()

    async def run(self, ask: Ask) -> None:
        """Until all is answered; the last outcome is None. Raises what `ask` raises, or the iterator of requests."""
        try:
            with _threads(1, "server-requests") as taker, _threads(READERS, "server-media") as readers:
                late = asyncio.get_running_loop().call_later(TOGETHER_WITHIN_S, self._dealt.set)
                work = [self._feed(taker, readers), *(self._ask(ask) for _ in range(self._concurrency))]
                await _together([asyncio.create_task(each) for each in work])
                late.cancel()
        finally:
            self.outcomes.put(None)

    async def _feed(self, taker: Executor, readers: Executor) -> None:
        """Takes requests in their order and has their bodies made, as far ahead as there is room. Several at once: to
        hand work to a thread costs as long as many a body."""
        more, n = True, 0
        while more:
            room = await self._rooms()
            taken, more = await asyncio.get_running_loop().run_in_executor(taker, self._take, room)
            for _ in range(room - len(taken)):
                self._room.release()
            for some in _handfuls(taken):
                weights = [await self._bodies.take(guess) for _, guess in some]
                self._gauge.waits("prepare", len(some))
                self._prepare(readers, [request for request, _ in some], weights)
            n += len(taken)
        self._first = min(self._first, n)
        self._wrote(0)
        for _ in range(self._concurrency):
            self._coming.put_nowait(None)

    async def _rooms(self) -> int:
        """Room for at least one request, and for as many more as there is without waiting."""
        await self._room.acquire()
        n = 1
        while n < TAKEN_AT_ONCE and not self._room.locked():
            await self._room.acquire()
            n += 1
        return n

    def _prepare(self, readers: Executor, requests: Sequence[Request], weights: Sequence[int]) -> None:
        handful = asyncio.get_running_loop().run_in_executor(readers, self._write_all, requests)
        handful.add_done_callback(lambda _: self._wrote(len(requests)))
        for place, (request, weight) in enumerate(zip(requests, weights, strict=True)):
            self._coming.put_nowait(_Coming(request, handful, place, weight))

    def _wrote(self, n: int) -> None:
        """So many more bodies are there; with the first `concurrency` (or all, where they are fewer) it begins."""
        self._written += n
        if self._written >= self._first:
            self._dealt.set()

    async def _ask(self, ask: Ask) -> None:
        await self._dealt.wait()
        while (coming := await self._coming.get()) is not None:
            weight, outcome = await self._ask_one(coming, ask)
            del coming  # with its body, before there is said to be room for others
            self._bodies.give(weight)
            self.outcomes.put(outcome)
            self._untaken += 1
            while self._untaken > UNTAKEN:
                self._took.clear()
                await self._took.wait()

    async def _ask_one(self, coming: _Coming, ask: Ask) -> tuple[int, Outcome]:
        """The outcome, and what the body counts against the budget."""
        request, written = coming.request, await coming.written()
        if isinstance(written, Problem):
            return coming.weight, (request, written)
        weight = self._bodies.settle(coming.weight, written.n_bytes)
        self._gauge.waits("request", -1)
        with self._gauge.at("request"):
            return weight, (request, await ask(request, written))

    def _take(self, n: int) -> tuple[list[tuple[Request, int]], bool]:
        """At most `n` requests, each with a guess of its body's bytes, and whether there may be more. Where they come
        slowly nobody waits for a handful of them."""
        taken: list[tuple[Request, int]] = []
        end = time.perf_counter() + TAKING_S
        while len(taken) < n and (not taken or time.perf_counter() < end):
            request = next(self._requests, None)
            if request is None:
                return taken, False
            taken.append((request, _guess(request)))
        return taken, True

    def _write_all(self, requests: Sequence[Request]) -> list[Written | Problem | None]:
        return [self._write(request) for request in requests]

    def _write(self, request: Request) -> Written | Problem:
        self._gauge.waits("prepare", -1)
        try:
            with self._gauge.at("prepare"):
                written = self._writer.write(request, self._settings)
        except MediaError as error:
            return error.problem
        self._gauge.waits("request", 1)
        return written


class Watching:
    """Of many answers that arrive at once one is followed, until it is there."""

    def __init__(self, on_text: OnText | None) -> None:
        self._on_text = on_text
        self._watched: int | None = None

    def begin(self, key: int) -> Callable[[str], None] | None:
        """Whoever is told the text of this request as it arrives; None while another one is followed."""
        if self._on_text is None or self._watched is not None:
            return None
        self._watched, on_text = key, self._on_text
        return lambda text: on_text(key, text)

    def end(self, key: int) -> None:
        if self._watched == key:
            self._watched = None


class _Budget:
    """So many bytes, given out and taken back. Belongs to one event loop."""

    def __init__(self, limit: int) -> None:
        self._limit = self._free = limit
        self._given_back = asyncio.Event()

    async def take(self, n_bytes: int) -> int:
        """Waits until so much is free; more than all of it counts as all of it. Returns what was taken."""
        wanted = min(n_bytes, self._limit)
        while self._free < wanted:
            self._given_back.clear()
            await self._given_back.wait()
        self._free -= wanted
        return wanted

    def settle(self, taken: int, n_bytes: int) -> int:
        """A guess is replaced by the truth, which never waits. Returns what is taken now."""
        truth = min(n_bytes, self._limit)
        self.give(taken - truth)
        return truth

    def give(self, n_bytes: int) -> None:
        self._free += n_bytes
        self._given_back.set()


def _threads(n: int, name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(n, thread_name_prefix=name)


def _guess(request: Request) -> int:
    """The bytes of a request's body: its files as they are."""
    paths = [medium.path for message in request.messages for medium in media_of(message)]
    return int(_AS_TEXT * sum(path.stat().st_size for path in paths if path.is_file()))


def _handfuls(taken: Sequence[tuple[Request, int]]) -> Iterator[list[tuple[Request, int]]]:
    """Requests that are written by one thread in one go: a few of small media, one alone of a large one."""
    some: list[tuple[Request, int]] = []
    for request, guess in taken:
        if some and (
            len(some) == HANDFUL or sum(each for _, each in some) + guess > BODIES_BYTES // _HANDFULS
        ):
            yield some
            some = []
        some.append((request, guess))
    if some:
        yield some


async def _together(tasks: list["asyncio.Task[None]"]) -> None:
    """Until all have ended; when one fails the others are ended, and its error is raised."""
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
