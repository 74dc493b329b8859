"""One request until it has an answer: retries with jitter, another server when one falls silent, the server's own words
when it refuses."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.core.engine import Answer, Completion, FinishReason
from studio.core.errors import EngineFailed, Problem
from studio.engines.server.messages import Body
from studio.engines.server.pool import Pool, Server

if TYPE_CHECKING:
    import openai

ATTEMPTS = 5  # of one request at servers that are there; a server that is gone costs none
FIRST_PAUSE_S, LAST_PAUSE_S = 0.5, 15.0
WORDS = 600  # characters of a server's own words that are kept
# What a server may not know; without them the answer may be another one, so what was left out is recorded.
_OPTIONAL = ("seed", "top_p", "temperature", "media_io_kwargs", "stream_options")
_UNKNOWN = ("unsupported", "not support", "unrecognized", "unknown", "not permitted", "extra", "unexpected")


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


@dataclass(frozen=True)
class Reply:
    """What came back, in our words."""

    text: str
    finish_reason: FinishReason | None
    prompt_tokens: int | None
    completion_tokens: int | None
    ttft_s: float | None = None
    reasoning: str = ""


class Asker:
    """Asks the servers of a pool. Belongs to the pool's event loop."""

    def __init__(self, pool: Pool, patience_s: float) -> None:
        self._pool = pool
        self._patience_s = patience_s
        self._left_out: dict[str, None] = {}  # fields that a server has refused once
        self._old_limit = False  # max_tokens instead of max_completion_tokens

    async def ask(self, body: Body, on_text: Callable[[str], None] | None = None) -> Answer:
        """The answer, or why this request has none. Raises EngineFailed when the servers as a whole do not answer."""
        started, attempts, pauses = time.perf_counter(), 0, 0
        while True:
            server = await self._pool.acquire()
            try:
                reply, seconds = await self._once(server, body, on_text)
                self._pool.well(server)
                return self._completion(reply, seconds, body)
            except _Refused as refused:
                return refused.problem
            except _Again as again:
                attempts += again.counts
                if attempts >= ATTEMPTS:
                    return again.problem
                if again.busy and time.perf_counter() - started > self._patience_s:
                    raise EngineFailed(again.problem.code, **again.problem.values) from again
                pause, pauses = again.pause_s, pauses + 1
            finally:
                self._pool.release(server)
            await asyncio.sleep(_pause(pauses) if pause is None else pause)

    async def _once(
        self, server: Server, body: Body, on_text: Callable[[str], None] | None
    ) -> tuple[Reply, float]:
        import openai

        started = time.perf_counter()
        try:
            sent = self._adapted(body.json)
            reply = await (_streamed(server, sent, on_text) if on_text else _posted(server, sent))
        except openai.APITimeoutError as error:
            self._pool.trouble(server, "timeout", gone=False)
            raise _Again(Problem("server_timeout", {"url": server.url}), counts=True) from error
        except openai.APIConnectionError as error:
            raise self._silence(server, error) from error
        except openai.APIStatusError as error:
            raise self._complaint(server, error) from error
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            words = f"{type(error).__name__}: {error}"[:WORDS]
            raise _Again(
                Problem("server_gibberish", {"url": server.url, "words": words}), counts=True
            ) from error
        return reply, time.perf_counter() - started

    def _silence(self, server: Server, error: "openai.APIConnectionError") -> _Again:
        """No connection is the server's matter alone; a broken one may be the question's."""
        cause = error.__cause__
        gone = type(cause).__name__ in {"ConnectError", "ConnectTimeout", "PoolTimeout"}
        words = f"{type(cause).__name__}: {cause}" if cause and str(cause) else type(cause or error).__name__
        self._pool.trouble(server, words, gone=gone)
        problem = Problem("server_dropped", {"url": server.url, "words": words[:WORDS]})
        return _Again(problem, counts=not gone, pause_s=0.0 if gone else None)

    def _complaint(self, server: Server, error: "openai.APIStatusError") -> Exception:
        status, words = error.status_code, words_of(error)
        values = {"url": server.url, "status": status, "words": words}
        if status in {401, 403}:
            return EngineFailed("server_key", **values)
        if status == 404:
            return EngineFailed("server_no_model", **values)
        if status in {429, 503}:  # busy, or still waking up: it says so, and may say for how long
            return _Again(
                Problem("server_busy", values), counts=False, pause_s=_asked_pause(error), busy=True
            )
        if status >= 500 or status in {408, 409, 425}:
            self._pool.trouble(server, words, gone=False)
            return _Again(Problem("server_failed", values), counts=True, pause_s=_asked_pause(error))
        if self._learn(words):
            return _Again(Problem("server_refused", values), counts=True, pause_s=0.0)
        return _Refused(Problem("server_refused", values))

    def _learn(self, words: str) -> bool:
        """Whether a refusal names a field that can be left out; it is, from then on."""
        said = words.casefold()
        if not any(mark in said for mark in _UNKNOWN):
            return False
        if "max_completion_tokens" in said and not self._old_limit:
            self._old_limit = True
            return True
        field = next((name for name in _OPTIONAL if name in said and name not in self._left_out), None)
        if field:
            self._left_out[field] = None
        return field is not None

    def _adapted(self, body: Mapping[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in body.items() if name not in self._left_out}
        if self._old_limit and "max_completion_tokens" in kept:
            kept["max_tokens"] = kept.pop("max_completion_tokens")
        return kept

    def _completion(self, reply: Reply, seconds: float, body: Body) -> Completion:
        note = dict(body.note)
        if left_out := [name for name in self._left_out if name in body.json]:
            note["not_sent"] = left_out
        if reply.reasoning:
            note["reasoning"] = reply.reasoning
        return Completion(
            text=reply.text,
            finish_reason=reply.finish_reason,
            prompt_tokens=reply.prompt_tokens,
            completion_tokens=reply.completion_tokens,
            ttft_s=reply.ttft_s,
            latency_s=seconds,
            media_note=note,
        )


class _Refused(Exception):
    """The server will not answer this request, whoever asks again."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def words_of(error: "openai.APIStatusError") -> str:
    """What a server says is wrong, cut to a readable length."""
    body = error.body
    if isinstance(body, dict):
        inner = body.get("error", body)
        body = inner.get("message") or inner.get("detail") or inner if isinstance(inner, dict) else inner
    return " ".join(str(body or error.response.text or error.message).split())[:WORDS]


async def _posted(server: Server, body: Mapping[str, Any]) -> Reply:
    import httpx2

    response = await server.client.post("/chat/completions", cast_to=httpx2.Response, body=body)
    return read_reply(response.json())


def read_reply(answer: Any) -> Reply:
    """The reply in a chat completion's JSON, where everything but the text may be missing.

    Raises LookupError, TypeError or AttributeError for something else.
    """
    choice = answer["choices"][0]
    message = choice["message"]
    usage = answer.get("usage") or {}
    return Reply(
        text=_text(message.get("content")),
        finish_reason=_reason(choice.get("finish_reason")),
        prompt_tokens=usage.get("prompt_tokens"),
        completion_tokens=usage.get("completion_tokens"),
        reasoning=message.get("reasoning_content") or message.get("reasoning") or "",
    )


async def _streamed(server: Server, body: Mapping[str, Any], on_text: Callable[[str], None]) -> Reply:
    import openai

    started, first, text, reasoning = time.perf_counter(), None, "", ""
    reason, usage = None, None
    stream = await server.client.post(
        "/chat/completions",
        cast_to=openai.types.chat.ChatCompletion,
        body={**body, "stream": True, "stream_options": {"include_usage": True}},
        stream=True,
        stream_cls=openai.AsyncStream[openai.types.chat.ChatCompletionChunk],
    )
    async for chunk in stream:
        usage = chunk.usage or usage
        for choice in chunk.choices[:1]:
            reason = choice.finish_reason or reason
            reasoning += getattr(choice.delta, "reasoning_content", None) or ""
            if piece := choice.delta.content:
                first = first if first is not None else time.perf_counter() - started
                text += piece
                on_text(text)
    if reason is None:
        raise ValueError("the stream ended before the answer")
    return Reply(
        text, _reason(reason), usage.prompt_tokens if usage else None,
        usage.completion_tokens if usage else None, first, reasoning,
    )  # fmt: skip


def _text(content: Any) -> str:
    """The text of a message; some servers answer in parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content)
    return "" if content is None else str(content)


def _reason(told: Any) -> FinishReason | None:
    if told is None:
        return None
    return "length" if told in {"length", "max_tokens"} else "stop"


def _asked_pause(error: "openai.APIStatusError") -> float | None:
    """Retry-After in seconds, where it is given and is a number; a date is rare enough to be left to our own pause."""
    try:
        return min(float(error.response.headers.get("retry-after", "")), 120.0)
    except ValueError:
        return None


def _pause(nth: int) -> float:
    """Full jitter: anything from nothing to twice the last bound (M. Brooker, "Exponential Backoff And Jitter")."""
    return random.uniform(0, min(LAST_PAUSE_S, FIRST_PAUSE_S * 2**nth))
