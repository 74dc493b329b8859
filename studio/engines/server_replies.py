"""What a server answers to a chat completion, whole or piece by piece, in our words."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from studio.core.engine import FinishReason
from studio.servers import Body, Server, packed, post

PATH = "/chat/completions"
_CUT = frozenset(("length", "max_tokens"))
_WHOLE = frozenset(("stop", "eos", "eos_token", "end_turn", "stop_sequence", "tool_calls", "function_call"))


@dataclass(frozen=True)
class Reply:
    """What came back; what the server did not tell is None."""

    text: str
    finish_reason: FinishReason | None
    prompt_tokens: int | None
    completion_tokens: int | None
    ttft_s: float | None = None
    reasoning: str = ""


async def posted(server: Server, body: Body) -> Reply:
    """The whole reply at once. Raises what the client raises, and what `read_reply` does."""
    return read_reply(await post(server, PATH, body))


def read_reply(answer: Any) -> Reply:
    """The reply in a chat completion's JSON, where everything but the text may be missing.

    Raises LookupError, TypeError, AttributeError or ValueError for something else, and for an answer that the server
    broke off (`abort`) or kept back (`content_filter`): that is none.
    """
    choice = answer["choices"][0]
    message = choice["message"]
    if message.get("content") is None and not (message.get("reasoning_content") or message.get("reasoning")):
        raise ValueError("a message without content")
    usage = answer.get("usage") or {}
    return Reply(
        text=_text(message.get("content")),
        finish_reason=_reason(choice.get("finish_reason")),
        prompt_tokens=usage.get("prompt_tokens"),
        completion_tokens=usage.get("completion_tokens"),
        reasoning=message.get("reasoning_content") or message.get("reasoning") or "",
    )


async def streamed(server: Server, body: Body, on_text: Callable[[str], None]) -> Reply:
    """The reply piece by piece. Raises what the client raises, ValueError for a stream that breaks off."""
    import openai

    started, first, text, reasoning = time.perf_counter(), None, "", ""
    reason, usage = None, None
    stream = await server.client.post(
        PATH,
        cast_to=openai.types.chat.ChatCompletion,
        **packed({**body, "stream": True, "stream_options": {"include_usage": True}}),
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
        text=text,
        finish_reason=_reason(reason),
        prompt_tokens=usage.prompt_tokens if usage else None,
        completion_tokens=usage.completion_tokens if usage else None,
        ttft_s=first,
        reasoning=reasoning,
    )


def _text(content: Any) -> str:
    """The text of a message; some servers answer in parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content)
    return "" if content is None else str(content)


def _reason(told: Any) -> FinishReason | None:
    """Raises ValueError for a reason that means that the answer is not whole."""
    if told is None:
        return None
    if told in _CUT:
        return "length"
    if told in _WHOLE:
        return "stop"
    raise ValueError(f"the answer was not given: {told}")
