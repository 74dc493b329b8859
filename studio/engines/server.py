"""The engine over OpenAI-compatible servers: vLLM and its kin, one or many, with many requests under way at once."""

import asyncio
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from studio.core.content import MODALITIES
from studio.core.engine import Answer, Capabilities, Completion, EngineInfo, OnText, Request, Settings
from studio.core.errors import EngineFailed, MediaError, Problem
from studio.engines.server_messages import Writer, Written
from studio.engines.server_replies import PATH, Reply, posted, streamed
from studio.servers import VLLM, Access, Answered, Body, Dialect, Line, Server, post, version

_READERS = 2  # threads that read and encode media
_POLL_S = 0.05  # how soon a cancel is noticed

Outcome = tuple[Request, Answer]


def open_server(model: str, access: Access, files: Path) -> "ServerEngine":
    """Connects to a model on servers, the empty name meaning their only one; `files` is the folder for media that are
    handed over as files. Raises ModelError when none of them answers or knows the model."""
    with ExitStack() as undo:
        line = Line(access)
        undo.callback(line.close)
        engine = ServerEngine(line, line.model(model), files)
        undo.pop_all()  # it is the engine's to close now
        return engine


class ServerEngine:
    """A model behind one or more base URLs. Made by `open_server`."""

    def __init__(self, line: Line, model: str, files: Path) -> None:
        self._line = line
        self._dialect, versions = line.wait(_known(line, model))
        self._writer = Writer(model, self._dialect, files)
        urls = line.access.urls
        self._info = EngineInfo(
            engine=f"server:{self._dialect.name}",
            model=model,
            revision="",  # what weights a server has, it does not tell
            device=", ".join(urls),
            versions=versions,
            hardware=f"{len(urls)} × HTTP" if len(urls) > 1 else "HTTP",
        )
        self._capabilities = Capabilities(frozenset(MODALITIES), history=True)

    @property
    def info(self) -> EngineInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        """A server does not tell what it takes: what it refuses is recorded with its own words, sample by sample."""
        return self._capabilities

    @property
    def broken(self) -> bool:
        """A server that is silent may come back: only a line that was ended is broken."""
        return self._line.closed

    def generate(
        self,
        requests: Sequence[Request],
        settings: Settings,
        *,
        on_text: OnText | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Outcome]:
        """Answers as they come, `settings.concurrency` requests under way; `on_text` follows one of them at a time.

        Never more than four times the concurrency are read but not yet taken by the caller, media and all.
        """
        if self._line.closed:
            raise EngineFailed("engine_closed", model=self._info.model)
        concurrency = 1 if self._dialect.alone else max(1, settings.concurrency)
        follow = on_text if self._dialect.streams else None
        work = _Work(iter(requests), settings, follow, concurrency)
        done = self._line.begin(self._answer_all(work))
        try:
            while True:
                try:
                    outcome = work.outcomes.get(timeout=_POLL_S)
                except queue.Empty:
                    if cancelled():
                        return
                    continue
                if outcome is None:
                    done.result()  # what ended it, if something did
                    return
                yield outcome
                self._line.call_soon(work.room.release)
                if cancelled():
                    return
        finally:
            done.cancel()

    def close(self) -> None:
        """Ends the connections; a closed engine answers nothing more."""
        self._line.close()

    async def _answer_all(self, work: "_Work") -> None:
        """The work of one call of `generate`: as many workers as requests may be under way."""
        try:
            with ThreadPoolExecutor(_READERS, thread_name_prefix="server-media") as readers:
                workers = [asyncio.create_task(self._work(work, readers)) for _ in range(work.concurrency)]
                try:
                    await asyncio.gather(*workers)
                finally:
                    for worker in workers:
                        worker.cancel()
                    await asyncio.gather(*workers, return_exceptions=True)
        finally:
            work.outcomes.put(None)

    async def _work(self, work: "_Work", readers: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await work.room.acquire()
            request = next(work.requests, None)
            if request is None:
                work.room.release()
                return
            try:
                written = await loop.run_in_executor(readers, self._writer.write, request, work.settings)
            except MediaError as error:
                work.outcomes.put((request, error.problem))
                continue
            work.outcomes.put((request, await self._ask(request, written, work)))

    async def _ask(self, request: Request, written: Written, work: "_Work") -> Answer:
        on_text = work.watch(request.key)
        send = (lambda server, body: streamed(server, body, on_text)) if on_text else posted
        try:
            found = await self._line.asker.ask(written.body, send)
        finally:
            work.unwatch(on_text)
        return found if isinstance(found, Problem) else _completion(found, written)


@dataclass
class _Work:
    """One call of `generate`. All but `outcomes` belongs to the thread of the connections."""

    requests: Iterator[Request]
    settings: Settings
    on_text: OnText | None
    concurrency: int
    outcomes: "queue.SimpleQueue[Outcome | None]" = field(default_factory=queue.SimpleQueue)
    watched: int | None = None

    def __post_init__(self) -> None:
        self.room = asyncio.Semaphore(4 * self.concurrency)

    def watch(self, key: int) -> Callable[[str], None] | None:
        """Whoever is told the text of this request as it arrives; None while another one is followed."""
        if self.on_text is None or self.watched is not None:
            return None
        self.watched, on_text = key, self.on_text
        return lambda text: on_text(key, text)

    def unwatch(self, watching: Callable[[str], None] | None) -> None:
        if watching is not None:
            self.watched = None


def _completion(found: Answered[Reply], written: Written) -> Completion:
    note, reply = dict(written.note), found.result
    if found.not_sent:
        note["not_sent"] = list(found.not_sent)
    if reply.reasoning:
        note["reasoning"] = reply.reasoning
    return Completion(
        text=reply.text,
        finish_reason=reply.finish_reason,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        ttft_s=reply.ttft_s,
        latency_s=found.seconds,
        media_note=note,
    )


async def _known(line: Line, model: str) -> tuple[Dialect, dict[str, str]]:
    """How the servers want to be spoken to, and their version."""
    dialect = line.offer.dialect
    if dialect is VLLM and all([await _trusts(server, model) for server, _ in line.offers]):
        dialect = replace(VLLM, told_frames=True)
    return dialect, await version(line.offers[0][0])


async def _trusts(server: Server, model: str) -> bool:
    """Whether a vLLM lets a request say how its media are read; it refuses even the shortest one that does."""
    import openai

    body: Body = {
        "model": model, "messages": [{"role": "user", "content": "."}], "max_completion_tokens": 1,
        "media_io_kwargs": {"video": {"num_frames": 1}},
    }  # fmt: skip
    try:
        await post(server, PATH, body)
    except openai.OpenAIError:
        return False
    return True
