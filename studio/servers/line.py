"""A line to one or more OpenAI-compatible servers: connections that live in a thread of their own, for whoever is not
asynchronous."""

import asyncio
import threading
from collections.abc import Coroutine, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

from studio.core.engine import OnSilence, unheard
from studio.core.errors import EngineFailed, ModelError, StudioError
from studio.servers.asking import Asker, reason_of, words_of
from studio.servers.dialects import Offer, read_offer
from studio.servers.pool import Pool, Server

PATIENCE_S = 600.0  # how long a server may be silent, busy or waking up before a run gives up on it
ANSWER_WITHIN_S = 900.0  # one answer: long reasoning on a busy server
CONNECTIONS = 4096  # none waits for another: how many requests are under way is the engine's to say
VISIT_WITHIN_S = 10.0
_WAKE = {"X-Scale-Up-Timeout": "600"}  # a scaled-down HF endpoint holds the request until it is up

Result = TypeVar("Result")


@dataclass(frozen=True)
class Access:
    """How servers are reached: base URLs, and the key that they want; and who is told when some are silent or busy."""

    urls: tuple[str, ...]
    key: str
    patience_s: float = PATIENCE_S
    on_silence: OnSilence = unheard


class Line:
    """Servers that have answered once. `asker` asks them, inside coroutines given to `begin` or `wait`."""

    def __init__(self, access: Access) -> None:
        """Raises ModelError when no server answers."""
        self.access = access
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="servers", daemon=True)
        self._thread.start()
        self._pool: Pool | None = None
        with ExitStack() as undo:
            undo.callback(self.close)
            self.wait(self._open())
            undo.pop_all()

    @property
    def closed(self) -> bool:
        return self._loop.is_closed()

    @property
    def offer(self) -> Offer:
        """What the first server that answered offers."""
        return self.offers[0][1]

    def model(self, name: str) -> str:
        """The name that every server knows the model by that answered and lists what it has; without one asked for,
        their only one. Raises ModelError."""
        if not name and len(self.offer.models) == 1:
            name = next(iter(self.offer.models))
        for server, offer in self.offers:
            if not name or (offer.models and name not in offer.models):
                known = ", ".join(offer.models)
                raise ModelError("server_no_such_model", url=server.url, model=name, offered=known)
        return name

    def begin(self, work: Coroutine[Any, Any, Result]) -> "Future[Result]":
        """Starts a coroutine among the connections; patience with the servers starts anew."""
        if self._pool is None:
            work.close()
            raise EngineFailed("engine_closed", model=", ".join(self.access.urls))
        self._loop.call_soon_threadsafe(self._pool.begin)
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        """The result of a coroutine run among the connections."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def call_soon(self, done: Any) -> None:
        """Has something called by the thread of the connections."""
        self._loop.call_soon_threadsafe(done)

    def close(self) -> None:
        """Ends the connections."""
        if self._loop.is_closed():
            return
        if self._pool is not None:
            pool, self._pool = self._pool, None
            self.wait(_closed(pool))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _open(self) -> None:
        servers = [Server(url, client_of(url, self.access.key)) for url in self.access.urls]
        self._pool = Pool(servers, _is_alive, self.access.patience_s, self.access.on_silence)
        self.asker = Asker(self._pool, self.access.patience_s)
        told = await asyncio.gather(*(_offer(server) for server in servers), return_exceptions=True)
        self.offers = [(s, o) for s, o in zip(servers, told, strict=True) if isinstance(o, Offer)]
        if not self.offers:
            raise next(error for error in told if isinstance(error, BaseException))
        for server, offer in zip(servers, told, strict=True):
            if isinstance(offer, BaseException):
                self._pool.trouble(server, _why(offer), gone=True)


def offered_models(access: Access) -> Mapping[str, list[str]]:
    """The models that each server offers, by base URL; those that do not answer are left out.

    Raises ModelError when none of them answers.
    """
    line = Line(access)
    try:
        return {server.url: list(offer.models) for server, offer in line.offers}
    finally:
        line.close()


def client_of(url: str, key: str) -> Any:
    """The client of one base URL. It retries nothing by itself: ours know of the other servers."""
    import httpx2
    import openai

    client = openai.AsyncOpenAI(
        base_url=url,
        api_key=key,
        max_retries=0,
        timeout=httpx2.Timeout(ANSWER_WITHIN_S, connect=VISIT_WITHIN_S, pool=None),
        default_headers=_WAKE,
        http_client=openai.DefaultAioHttpClient(limits=httpx2.Limits(max_connections=CONNECTIONS)),
    )
    client.organization = client.project = None  # of another account, if the environment names them
    return client


async def get(server: Server, url: str) -> Any:
    """The JSON at an address of a server (its root is the base URL). Raises what the client raises, or ValueError."""
    import httpx2

    response = await server.client.get(url, cast_to=httpx2.Response, options={"timeout": VISIT_WITHIN_S})
    return response.json()


async def version(server: Server) -> dict[str, str]:
    """vLLM tells its version beside the API; others do not."""
    import openai

    try:
        told = await get(server, f"{server.url.removesuffix('/v1')}/version")
        return {"server": str(told["version"])}
    except (openai.OpenAIError, ValueError, LookupError, TypeError):
        return {}


async def batch_invariant(server: Server) -> bool | None:
    """Whether a vLLM computes an answer the same whatever shares its batch (VLLM_BATCH_INVARIANT). It tells in its
    development mode alone (VLLM_SERVER_DEV_MODE); else nobody knows: None."""
    import openai

    try:
        told = await get(server, f"{server.url.removesuffix('/v1')}/server_info?config_format=json")
        return bool(told["vllm_env"]["VLLM_BATCH_INVARIANT"])
    except (openai.OpenAIError, ValueError, LookupError, TypeError):
        return None


async def _offer(server: Server) -> Offer:
    """What a server offers. Raises ModelError: silent, refuses the key, is no server of this kind."""
    import openai

    try:
        return read_offer(await get(server, "/models"))
    except openai.APIStatusError as error:
        code = "server_key" if error.status_code in {401, 403} else "server_failed"
        raise ModelError(code, url=server.url, status=error.status_code, words=words_of(error)) from error
    except openai.APIConnectionError as error:
        raise ModelError("server_silent", url=server.url, reason=reason_of(error)) from error
    except ValueError as error:
        raise ModelError("server_foreign", url=server.url) from error


def _why(failure: BaseException) -> str:
    """What a system or a server said, out of the error that was made of it."""
    values = failure.problem.values if isinstance(failure, StudioError) else {}
    return str(values.get("reason") or values.get("words") or failure)


async def _is_alive(server: Server) -> bool:
    try:
        await _offer(server)
    except StudioError:
        return False
    return True


async def _closed(pool: Pool) -> None:
    await pool.close()
    for server in pool.servers:
        await server.client.close()
    await asyncio.sleep(0.01)  # sockets are let go by the loop's next turns, and it ends with this
