"""One request until it has an answer: retries with jitter, another server when one falls silent, the server's own words
when it refuses."""

import asyncio
import errno
import os
import random
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import orjson

from studio.core.errors import EngineFailed, Problem
from studio.servers.pool import Pool, Server

if TYPE_CHECKING:
    import openai

ATTEMPTS = 5  # of one request at servers that are there; a server that is gone costs none
FIRST_PAUSE_S, LAST_PAUSE_S = 0.5, 15.0
PIECE_BYTES = 2**18  # of a large body
WORDS = 600  # characters of a server's own words that are kept
# What a server may not know; without them the answer may be another one, so what was left out is recorded.
_OPTIONAL = ("seed", "top_p", "temperature", "media_io_kwargs", "stream_options", "response_format")
_UNKNOWN = ("unsupported", "not support", "unrecognized", "unknown", "not permitted", "extra", "unexpected")

# What the transport calls it when no connection comes about at all.
_NOBODY_THERE = frozenset({"ClientConnectorError", "ClientConnectorDNSError"})

Result = TypeVar("Result")
Body = Mapping[str, Any]
# Sends a body to a server and reads what comes back; raises what the client raises, or what reading nonsense raises.
Send = Callable[[Server, Body], Awaitable[Result]]


@dataclass(frozen=True)
class Answered(Generic[Result]):
    """What came back. `seconds` are those of the attempt that did; `not_sent` the fields that were left out."""

    result: Result
    seconds: float
    not_sent: tuple[str, ...]


class _Again(Exception):
    """The request is to be sent again, after `pause_s` or our own. `counts`: as one of its attempts; `busy`: not its
    fault, but the server has no time for anybody, and that has an end too."""

    def __init__(
        self, problem: Problem, *, counts: bool, pause_s: float | None = None, busy: bool = False
    ) -> None:
        self.problem = problem
        self.counts = counts
        self.pause_s = pause_s
        self.busy = busy


class _Refused(Exception):
    """The server will not answer this request, whoever asks again."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class Asker:
    """Asks the servers of a pool. Belongs to the pool's event loop."""

    def __init__(self, pool: Pool, patience_s: float) -> None:
        self._pool = pool
        self._patience_s = patience_s
        self._left_out: dict[str, None] = {}  # fields that a server has refused once
        self._old_limit = False  # max_tokens instead of max_completion_tokens

    async def ask(self, body: Body, send: Send[Result]) -> Answered[Result] | Problem:
        """The answer, or why this request has none. Raises EngineFailed when the servers as a whole do not answer."""
        started, attempts, pauses = time.perf_counter(), 0, 0
        while True:
            server = await self._pool.acquire()
            try:
                answered = await self._once(server, body, send)
                self._pool.well(server)
                return answered
            except _Refused as refused:
                self._pool.free(server)
                return refused.problem
            except _Again as again:
                if again.busy:
                    self._pool.busy(server, again.pause_s)
                attempts += again.counts
                if attempts >= ATTEMPTS:
                    return again.problem
                if again.busy and time.perf_counter() - started > self._patience_s:
                    raise EngineFailed(again.problem.code, **again.problem.values) from again
                pause, pauses = again.pause_s, pauses + 1
            finally:
                self._pool.release(server)
            await asyncio.sleep(_pause(pauses) if pause is None else pause)

    async def _once(self, server: Server, body: Body, send: Send[Result]) -> Answered[Result]:
        import openai

        started = time.perf_counter()
        try:
            sent = self._adapted(body)
            result = await send(server, sent)
        except openai.APITimeoutError as error:
            if not isinstance(_said(error), TimeoutError):
                raise self._silence(server, error) from error
            self._pool.trouble(server, "timeout", gone=False)
            raise _Again(Problem("server_timeout", {"url": server.url}), counts=True) from error
        except openai.APIConnectionError as error:
            raise self._silence(server, error) from error
        except openai.APIStatusError as error:
            raise self._complaint(server, error, sent) from error
        except openai.APIError as error:  # told in the middle of a stream: the server's engine broke down
            self._pool.trouble(server, str(error), gone=False)
            values = {"url": server.url, "status": "—", "words": str(error)[:WORDS]}
            raise _Again(Problem("server_failed", values), counts=True) from error
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            words = f"{type(error).__name__}: {error}"[:WORDS]
            problem = Problem("server_gibberish", {"url": server.url, "words": words})
            raise _Again(problem, counts=True) from error
        not_sent = tuple(name for name in _OPTIONAL if name in body and name not in sent)
        return Answered(result, time.perf_counter() - started, not_sent)

    def _silence(self, server: Server, error: "openai.APIConnectionError") -> _Again:
        """No connection is the server's matter alone; a broken one may be the question's."""
        said = _said(error)
        gone = type(said).__name__ in _NOBODY_THERE
        reason = reason_of(error)
        self._pool.trouble(server, reason, gone=gone)
        problem = Problem("server_dropped", {"url": server.url, "reason": reason})
        return _Again(problem, counts=not gone, pause_s=0.0 if gone else None)

    def _complaint(self, server: Server, error: "openai.APIStatusError", sent: Body) -> Exception:
        status, words = error.status_code, words_of(error)
        values = {"url": server.url, "status": status, "words": words}
        if status in {401, 403}:
            return EngineFailed("server_key", **values)
        if status == 404:
            return EngineFailed("server_no_model", **values)
        if status in {429, 503}:  # busy, or still waking up: it says so, and may say for how long
            problem = Problem("server_busy", values)
            return _Again(problem, counts=False, pause_s=_asked_pause(error), busy=True)
        if status >= 500 or status in {408, 409, 425}:
            self._pool.trouble(server, words, gone=False)
            return _Again(Problem("server_failed", values), counts=True, pause_s=_asked_pause(error))
        if self._learn(words, sent):
            return _Again(Problem("server_refused", values), counts=True, pause_s=0.0)
        return _Refused(Problem("server_refused", values))

    def _learn(self, words: str, sent: Body) -> bool:
        """Whether a refusal names a field that was sent and can be left out; it is, from then on."""
        said = words.casefold()
        if not any(mark in said for mark in _UNKNOWN):
            return False
        if "max_completion_tokens" in said and "max_completion_tokens" in sent:
            self._old_limit = True
            return True
        field = next((name for name in _OPTIONAL if name in said and name in sent), None)
        if field:
            self._left_out[field] = None
        return field is not None

    def _adapted(self, body: Body) -> dict[str, Any]:
        kept = {name: value for name, value in body.items() if name not in self._left_out}
        if self._old_limit and "max_completion_tokens" in kept:
            kept["max_tokens"] = kept.pop("max_completion_tokens")
        return kept


async def post(server: Server, path: str, body: Body) -> Any:
    """The JSON that a server answers with. Raises what the client raises, ValueError for what is no JSON."""
    import httpx2

    response = await server.client.post(path, cast_to=httpx2.Response, **packed(body))
    return orjson.loads(response.content)


def packed(body: Body) -> dict[str, Any]:
    """A body as JSON, as arguments of the client's `post`: a large one goes in pieces, between which others move.

    Raises ValueError for a text that is no Unicode (half of a surrogate pair).
    """
    data = orjson.dumps(body)
    if len(data) <= PIECE_BYTES:
        return {"content": data}
    return {"content": _pieces(data), "options": {"headers": {"Content-Length": str(len(data))}}}


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), PIECE_BYTES):
        yield data[start : start + PIECE_BYTES]


def _said(error: "openai.APIConnectionError") -> BaseException:
    """What the connection itself said: on its way to the client a dropped connection comes to be called a timeout."""
    cause = error.__cause__
    return (cause.__cause__ or cause) if cause else error


def reason_of(error: "openai.APIConnectionError") -> str:
    """Why there is no connection, as the system says it: without the address, which stands in the sentence around."""
    said = _said(error)
    inner = getattr(said, "os_error", None) or said
    if isinstance(inner, OSError) and not isinstance(inner, ssl.SSLError):
        number = inner.errno or (errno.ECONNRESET if isinstance(inner, ConnectionResetError) else 0)
        if number > 0:  # those of names that are not found are negative, and have words of their own
            return os.strerror(number)
        if inner.strerror:
            return inner.strerror
    return (str(inner) or type(inner).__name__)[:WORDS]


def words_of(error: "openai.APIStatusError") -> str:
    """What a server says is wrong, cut to a readable length."""
    body = error.body
    if isinstance(body, dict):
        inner = body.get("error", body)
        body = inner.get("message") or inner.get("detail") or inner if isinstance(inner, dict) else inner
    return " ".join(str(body or error.response.text or error.message).split())[:WORDS]


def _asked_pause(error: "openai.APIStatusError") -> float | None:
    """Retry-After in seconds, where it is given and is a number; a date is rare enough to be left to our own pause."""
    try:
        return min(float(error.response.headers.get("retry-after", "")), 120.0)
    except ValueError:
        return None


def _pause(nth: int) -> float:
    """Full jitter: anything from nothing to twice the last bound (M. Brooker, "Exponential Backoff And Jitter")."""
    return random.uniform(0, min(LAST_PAUSE_S, FIRST_PAUSE_S * 2**nth))
