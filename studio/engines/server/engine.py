"""The engine over OpenAI-compatible servers: vLLM and its kin, one or many, with many requests under way at once."""

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from studio.core.content import MODALITIES
from studio.core.engine import Answer, Capabilities, EngineInfo, OnText, Request, Settings
from studio.core.errors import EngineFailed, MediaError, ModelError, StudioError
from studio.engines.server.asking import Asker, words_of
from studio.engines.server.dialects import VLLM, Dialect, Offer, read_offer
from studio.engines.server.messages import Writer
from studio.engines.server.pool import Pool, Server

PATIENCE_S = 600.0  # how long a server may be silent, busy or waking up before the run gives up on it
ANSWER_WITHIN_S = 900.0  # one answer: long reasoning on a busy server
VISIT_WITHIN_S = 10.0
_READERS = 2  # threads that read and encode media
_POLL_S = 0.05  # how soon a cancel is noticed
_WAKE = {"X-Scale-Up-Timeout": "600"}  # a scaled-down HF endpoint holds the request until it is up

Result = TypeVar("Result")
Answered = tuple[Request, Answer]


@dataclass(frozen=True)
class Access:
    """How servers are reached: base URLs, the key, the folder for media handed over as files."""

    urls: tuple[str, ...]
    key: str
    files: Path
    patience_s: float = PATIENCE_S


class ServerEngine:
    """A model behind one or more base URLs. Made by `open_server`; a thread of its own holds the connections."""

    def __init__(self, model: str, access: Access) -> None:
        """Raises ModelError when no server answers, or none knows the model."""
        self._access = access
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="server-engine", daemon=True)
        self._thread.start()
        self._pool: Pool | None = None
        try:
            self._info, self._writer, self._dialect = self._wait(self._open(model))
        except BaseException:
            self.close()
            raise
        self._capabilities = Capabilities(frozenset(MODALITIES), history=True)

    @property
    def info(self) -> EngineInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        """A server does not tell what it takes: what it refuses is recorded with its own words, sample by sample."""
        return self._capabilities

    def generate(
        self,
        requests: Sequence[Request],
        settings: Settings,
        *,
        on_text: OnText | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Answered]:
        """Answers as they come, `settings.concurrency` requests under way; `on_text` follows one of them at a time.

        Never more than four times the concurrency are read but not yet taken by the caller, media and all.
        """
        if self._pool is None:
            raise EngineFailed("engine_closed", model=self._info.model)
        concurrency = 1 if self._dialect.alone else max(1, settings.concurrency)
        follow = on_text if self._dialect.streams else None
        work = _Work(iter(requests), settings, follow, concurrency)
        done = asyncio.run_coroutine_threadsafe(self._answer_all(work), self._loop)
        try:
            while True:
                try:
                    answered = work.answers.get(timeout=_POLL_S)
                except queue.Empty:
                    if cancelled():
                        return
                    continue
                if answered is None:
                    done.result()  # what ended it, if something did
                    return
                yield answered
                self._loop.call_soon_threadsafe(work.room.release)
                if cancelled():
                    return
        finally:
            self._stop(done)

    def close(self) -> None:
        """Ends the connections; a closed engine answers nothing more."""
        if self._loop.is_closed():
            return
        if self._pool is not None:
            pool, self._pool = self._pool, None
            self._wait(_closed(pool))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _open(self, model: str) -> tuple[EngineInfo, Writer, Dialect]:
        servers = [Server(url, _client(url, self._access.key)) for url in self._access.urls]
        offers = await asyncio.gather(*(_offer(server) for server in servers), return_exceptions=True)
        found = [(s, o) for s, o in zip(servers, offers, strict=True) if isinstance(o, Offer)]
        self._pool = Pool(servers, _is_alive, self._access.patience_s)
        if not found:
            raise next(error for error in offers if isinstance(error, BaseException))
        for server, offer in zip(servers, offers, strict=True):
            if isinstance(offer, BaseException):
                self._pool.trouble(server, str(offer), gone=True)
        server, offer = found[0]
        name = _chosen(model, offer, server.url)
        self._asker = Asker(self._pool, self._access.patience_s)
        dialect = offer.dialect
        if dialect is VLLM and all([await _trusts(s, name) for s, _ in found]):
            dialect = replace(VLLM, told_frames=True)
        writer = Writer(name, dialect, self._access.files)
        info = EngineInfo(
            engine=f"server:{offer.dialect.name}",
            model=name,
            revision="",  # what weights a server has, it does not tell
            device=", ".join(self._access.urls),
            versions=await _versions(server),
            hardware=f"{len(servers)} × HTTP" if len(servers) > 1 else "HTTP",
        )
        return info, writer, dialect

    async def _answer_all(self, work: "_Work") -> None:
        """The work of one call of `generate`: as many workers as requests may be under way."""
        pool = self._pool
        try:
            if pool is not None:
                pool.begin()
            with ThreadPoolExecutor(_READERS, thread_name_prefix="server-media") as readers:
                workers = [asyncio.create_task(self._work(work, readers)) for _ in range(work.concurrency)]
                try:
                    await asyncio.gather(*workers)
                finally:
                    for worker in workers:
                        worker.cancel()
                    await asyncio.gather(*workers, return_exceptions=True)
        finally:
            work.answers.put(None)

    async def _work(self, work: "_Work", readers: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await work.room.acquire()
            request = next(work.requests, None)
            if request is None:
                work.room.release()
                return
            try:
                body = await loop.run_in_executor(readers, self._writer.write, request, work.settings)
            except MediaError as error:
                work.answers.put((request, error.problem))
                continue
            watching = work.watch(request.key)
            try:
                answer = await self._asker.ask(body, watching)
            finally:
                work.unwatch(watching)
            work.answers.put((request, answer))

    def _wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _stop(self, done: "Future[None]") -> None:
        if not done.done():
            done.cancel()


@dataclass
class _Work:
    """One call of `generate`. All but `answers` belongs to the engine's loop."""

    requests: Iterator[Request]
    settings: Settings
    on_text: OnText | None
    concurrency: int
    answers: "queue.SimpleQueue[Answered | None]" = field(default_factory=queue.SimpleQueue)
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


def _client(url: str, key: str) -> Any:
    import httpx2
    import openai

    client = openai.AsyncOpenAI(
        base_url=url,
        api_key=key,
        max_retries=0,  # ours know of the other servers
        timeout=httpx2.Timeout(ANSWER_WITHIN_S, connect=VISIT_WITHIN_S, pool=None),
        default_headers=_WAKE,
        http_client=openai.DefaultAsyncHttpxClient(limits=httpx2.Limits(max_connections=None)),
    )
    client.organization = client.project = None  # of another account, if the environment names them
    return client


async def _offer(server: Server) -> Offer:
    """What a server offers. Raises ModelError: silent, refuses the key, is no server of this kind."""
    import httpx2
    import openai

    try:
        response = await server.client.get(
            "/models", cast_to=httpx2.Response, options={"timeout": VISIT_WITHIN_S}
        )
        return read_offer(response.json())
    except openai.APIStatusError as error:
        code = "server_key" if error.status_code in {401, 403} else "server_failed"
        raise ModelError(code, url=server.url, status=error.status_code, words=words_of(error)) from error
    except openai.APIConnectionError as error:
        words = str(error.__cause__ or "") or type(error.__cause__ or error).__name__
        raise ModelError("server_silent", url=server.url, words=words) from error
    except ValueError as error:
        raise ModelError("server_foreign", url=server.url) from error


async def _is_alive(server: Server) -> bool:
    try:
        await _offer(server)
    except StudioError:
        return False
    return True


async def _trusts(server: Server, model: str) -> bool:
    """Whether a vLLM lets a request say how its media are read; it refuses even the shortest one that does."""
    import httpx2
    import openai

    body = {
        "model": model, "messages": [{"role": "user", "content": "."}], "max_completion_tokens": 1,
        "media_io_kwargs": {"video": {"num_frames": 1}},
    }  # fmt: skip
    try:
        await server.client.post("/chat/completions", cast_to=httpx2.Response, body=body)
    except openai.OpenAIError:
        return False
    return True


async def _versions(server: Server) -> dict[str, str]:
    """vLLM tells its version beside the API; others do not."""
    import httpx2
    import openai

    try:
        response = await server.client.get(
            f"{server.url.removesuffix('/v1')}/version",
            cast_to=httpx2.Response,
            options={"timeout": VISIT_WITHIN_S},
        )
        return {"server": str(response.json()["version"])}
    except (openai.OpenAIError, ValueError, LookupError, TypeError):
        return {}


def _chosen(model: str, offer: Offer, url: str) -> str:
    """The name that the server knows the model by; without one asked for, its only one. Raises ModelError."""
    if not model and len(offer.models) == 1:
        return next(iter(offer.models))
    if not model or (offer.models and model not in offer.models):
        raise ModelError("server_no_such_model", url=url, model=model, offered=", ".join(offer.models))
    return model


async def _closed(pool: Pool) -> None:
    await pool.close()
    for server in pool.servers:
        await server.client.close()


def open_server(model: str, access: Access) -> ServerEngine:
    """Connects to a model on servers. Raises ModelError when none of them answers or knows the model."""
    return ServerEngine(model, replace(access, urls=tuple(access.urls)))


def offered_models(access: Access) -> dict[str, list[str]]:
    """The models that each server offers, by base URL; those that do not answer are left out.

    Raises ModelError when none of them answers.
    """

    async def ask() -> dict[str, list[str]]:
        servers = [Server(url, _client(url, access.key)) for url in access.urls]
        offers = await asyncio.gather(*(_offer(server) for server in servers), return_exceptions=True)
        for server in servers:
            await server.client.close()
        found = {s.url: list(o.models) for s, o in zip(servers, offers, strict=True) if isinstance(o, Offer)}
        if not found:
            raise next(error for error in offers if isinstance(error, BaseException))
        return found

    return asyncio.run(ask())
