"""What a server is, by what it says of itself: vLLM, SGLang, MERA's template, or another that speaks OpenAI's way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.core.content import Modality


@dataclass(frozen=True)
class Dialect:
    """How a kind of server wants to be spoken to.

    `clip`: whether it takes a clip (else it gets frames as pictures). `told_frames`: whether it takes a clip as frames
    of our choosing and can be told when they were. `sound`: the part that carries a sound. `alone`: whether it does one
    request at a time. `token_limit`: the field that bounds the answer. `seeded`: whether it takes a seed. `streams`:
    whether an answer can be had piece by piece. `plain_text`: whether a message without media may be a bare string.
    """

    name: str
    clip: bool = False
    sound: str = "input_audio"
    told_frames: bool = False
    alone: bool = False
    token_limit: str = "max_completion_tokens"
    seeded: bool = True
    streams: bool = True
    plain_text: bool = True


OPENAI = Dialect("openai")
VLLM = Dialect("vllm", clip=True)  # `told_frames` only with --trust-request-mm-kwargs: it is asked
SGLANG = Dialect("sglang", clip=True, sound="audio_url")
# scripts/fastapi_models: reads model, max_completion_tokens and messages; the handler blocks, one model is resident.
MERA = Dialect(
    "mera", clip=True, sound="audio_url", alone=True, seeded=False, streams=False, plain_text=False
)

_BY_OWNER = {"vllm": VLLM, "sglang": SGLANG}


@dataclass(frozen=True)
class Offer:
    """What `GET /models` says: the models by name with their context (tokens; None: not told), the dialect, and by the
    same names what weights they are (a hub's name or a folder of the server's), where that is told."""

    models: Mapping[str, int | None]
    dialect: Dialect
    weights: Mapping[str, str] = field(default_factory=dict)


def read_offer(answer: Any) -> Offer:
    """The offer in the JSON of `/models`. Raises ValueError for something else.

    MERA's template answers `{"models": [{"id": …}]}`, the others `{"data": [{"id": …, "owned_by": …}]}`.
    """
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    listed, mera = answer.get("data"), False
    if listed is None:
        listed, mera = answer.get("models"), True
    if not isinstance(listed, list) or not all(isinstance(item, dict) and item.get("id") for item in listed):
        raise ValueError("no list of models")
    models = {str(item["id"]): _whole(item.get("max_model_len")) for item in listed}
    owners = {str(item.get("owned_by", "")).casefold() for item in listed}
    known = [dialect for owner, dialect in _BY_OWNER.items() if owner in owners]
    weights = {str(item["id"]): str(item["root"]) for item in listed if item.get("root")}
    return Offer(models, MERA if mera else known[0] if known else OPENAI, weights)


def takes(dialect: Dialect, modality: Modality, *, clips_as_pictures: bool) -> bool:
    """Whether a medium goes as it is; a clip may go as pictures instead."""
    return modality != "video" or (dialect.clip and not clips_as_pictures)


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and value > 0 else None
