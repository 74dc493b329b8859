"""Chats as Inspect and EvalScope log them (the second took the form of the first): one prompt text, and its media."""

import json
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.content import MODALITIES, Modality
from studio.core.logs import LoggedMedium
from studio.logs.rows import data_url
from studio.logs.values import part

DEEPEST = 100  # levels of a row that are looked through
MOST_REFERRED = 2**25  # characters that references in one chat may stand for
NAME_SHOWN = 200  # characters of what a log says instead of a medium
# Why an answer ended, in the studio's word where it has one.
CUT_OFF = {"max_tokens", "model_length"}

_ANSWER_HELD = {"id", "content", "source", "role", "model"}
_PLACE = re.compile("|".join(f"<{modality}>" for modality in MODALITIES))

Resolve = Callable[[str], str]


@dataclass(frozen=True)
class Chat:
    """What stood before the answer. A single message is its text; of several each has its role above it.
    `question` is the text of the last that the user sent, without the places of media."""

    prompt: str
    media: tuple[LoggedMedium, ...]
    question: str | None = None


def read_chat(messages: Sequence[Any], resolve: Resolve = str) -> Chat:
    """The messages as one text, media as `<image>`, `<audio>`, `<video>`. `resolve` gives what a reference stands for.

    What is not a message leaves nothing. Raises ValueError for a chat whose references make MOST_REFERRED characters.
    """
    media: list[tuple[Modality, str]] = []
    told = [message for message in messages if isinstance(message, Mapping)]
    resolve = _Metered(resolve)
    texts = [_text(message, media, resolve) for message in told]
    pairs = list(zip(map(_role, told), texts, strict=True))
    question = next((text for role, text in reversed(pairs) if role == "user"), "")
    prompt = texts[0] if len(texts) == 1 else "\n\n".join(f"[{role}]\n{text}" for role, text in pairs)
    return Chat(prompt, tuple(_media(media)), without_places(question))


class _Metered:
    """Resolves references in texts up to a sum: a few bytes may refer to a long text any number of times."""

    def __init__(self, resolve: Resolve) -> None:
        self.address = resolve  # of a medium: however often it is referred to, it is one text
        self._left = MOST_REFERRED

    def __call__(self, text: str) -> str:
        found = self.address(text)
        if found is not text:
            self._left -= len(found)
            if self._left < 0:
                raise ValueError(f"> {MOST_REFERRED}")
        return found


def without_places(text: str) -> str | None:
    """A prompt's text without the places of its media: what is asked, where a log tells no question apart."""
    return _PLACE.sub("", text).strip() or None


def lightened(value: Any, depth: int = 0) -> Any:
    """A row with only the beginning of each data URL, wherever it stands: the media are kept by themselves."""
    if depth > DEEPEST:
        return value
    if isinstance(value, str):
        found = data_url(value) if value.startswith("data:") else None
        return value if found is None else f"{value.partition(',')[0]}, {len(found[1])} B"
    if isinstance(value, dict):
        return {key: lightened(each, depth + 1) for key, each in value.items()}
    return [lightened(each, depth + 1) for each in value] if isinstance(value, list) else value


def before_answer(messages: Sequence[Any], answered: bool) -> Sequence[Any]:
    """The messages without the last, if that is the answer."""
    last = messages[-1] if messages else None
    is_answer = answered and isinstance(last, Mapping) and last.get("role") == "assistant"
    return messages[:-1] if is_answer else messages


def text_of_content(content: Any) -> str:
    """The text of an answer's content: a string, or parts of which the texts count."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(str(part.get("text") or "") for part in parts if isinstance(part, Mapping))


def rest_of_output(output: Mapping[str, Any]) -> dict[str, Any]:
    """What of a model's output no part of a sample holds: its only choice is the answer, its usage the tokens."""
    kept = without(output, {"completion", "time", "model"})
    choices = kept.pop("choices", None)
    only = choices[0] if isinstance(choices, list) and len(choices) == 1 else None
    if isinstance(only, Mapping):
        more = without(only, {"stop_reason", "message"}) | without(part(only, "message"), _ANSWER_HELD)
        kept |= {"choices": [more]} if more else {}
    elif choices:
        kept["choices"] = choices
    usage = without(part(kept, "usage"), {"input_tokens", "output_tokens", "total_tokens"})
    kept.pop("usage", None)
    return kept | ({"usage": usage} if usage else {})


def without(value: Mapping[str, Any], held: Container[str]) -> dict[str, Any]:
    """The fields that are held nowhere else and are not blank."""
    return {key: each for key, each in value.items() if key not in held and each not in (None, "", {}, [])}


def reason(found: Any) -> str | None:
    """Why an answer ended: `length` for one that was cut off, else the log's word."""
    if not isinstance(found, str):
        return None
    return "length" if found in CUT_OFF else found


def _role(message: Mapping[str, Any]) -> str:
    role = str(message.get("role") or "?")
    return f"{role} {message['function']}" if message.get("function") else role


def _text(message: Mapping[str, Any], media: list[tuple[Modality, str]], resolve: "_Metered") -> str:
    content = message.get("content")
    parts = content if isinstance(content, list) else [content]
    text = "".join(_part(part, media, resolve) for part in parts)
    calls = [_call(call) for call in message.get("tool_calls") or () if isinstance(call, Mapping)]
    return "\n".join([*([text] if text else []), *calls])


def _part(part: Any, media: list[tuple[Modality, str]], resolve: "_Metered") -> str:
    if isinstance(part, str):
        return resolve(part)
    if not isinstance(part, Mapping):
        return ""
    kind = str(part.get("type") or "")
    for modality in MODALITIES:
        if kind in {modality, f"{modality}_url", f"input_{modality}"}:
            media.append((modality, resolve.address(_address(part.get(kind)))))
            return f"<{modality}>"
    if kind == "reasoning":
        return resolve(str(part.get("reasoning") or ""))
    if isinstance(part.get("text"), str):
        return resolve(part["text"])
    return f"[{kind}]"


def _address(value: Any) -> str:
    """Where a medium is: `"…"`, or as in OpenAI's parts `{"url": "…"}`, `{"data": "…", "format": "wav"}`."""
    if isinstance(value, Mapping):
        value = value.get("url") or value.get("data") or ""
    return value if isinstance(value, str) else ""


def _call(call: Mapping[str, Any]) -> str:
    arguments = call.get("arguments")
    return f"{call.get('function')}({json.dumps(arguments, ensure_ascii=False)})"


def _media(found: Sequence[tuple[Modality, str]]) -> Iterator[LoggedMedium]:
    counts = dict.fromkeys(MODALITIES, 0)
    totals = Counter(modality for modality, _ in found)
    decoded = {address: data_url(address) for address in dict.fromkeys(address for _, address in found)}
    for modality, address in found:
        counts[modality] += 1
        key = f"{modality}_{counts[modality]}" if totals[modality] > 1 else modality
        data = decoded[address]
        if data:
            yield LoggedMedium(key, data[0] or modality, data[1])
        else:
            yield LoggedMedium(key, modality, None, address[:NAME_SHOWN])
