"""What differs between families of multimodal models, as data. A new family is a line here, not a branch in the engine.

Only facts that the checkpoint's own files do not tell are written down; modalities, token ids and templates are
read from the checkpoint. Model types that no family lists are taken by their configuration alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.core.content import Modality
from studio.core.engine import Capabilities


@dataclass(frozen=True)
class Family:
    """How to talk to models of one family.

    `model_class`: the class to load where the automatic one would bring a speech decoder along; `inner_config` is the
    part of the configuration that belongs to it. `native_video`: clips go to a video processor; otherwise
    their frames are sent as pictures. `media_first`: media stand before the text, as in the family's training.
    `wrap`: what stands around a medium's token in a prompt that no chat template writes. `tokens`: media tokens that
    the processor does not name. `one_by_one`: its processor takes one prompt at a time, with plain keywords.
    """

    name: str
    model_types: frozenset[str]
    native_video: bool = False
    media_first: bool = False
    model_class: str | None = None
    inner_config: str | None = None
    several_media: bool = True
    one_by_one: bool = False
    modalities: frozenset[Modality] | None = None
    wrap: Mapping[Modality, str] = field(default_factory=dict)
    tokens: Mapping[Modality, str] = field(default_factory=dict)


_VISION = "<|vision_start|>{}<|vision_end|>"
_OMNI_VISION = "<|vision_bos|>{}<|vision_eos|>"
_AUDIO = "<|audio_bos|>{}<|audio_eos|>"


def _types(*names: str) -> frozenset[str]:
    return frozenset(names)


FAMILIES: tuple[Family, ...] = (
    Family(
        "Qwen-VL",
        _types("qwen2_vl", "qwen2_5_vl", "qwen3_vl", "qwen3_vl_moe"),
        native_video=True,
        wrap={"image": _VISION, "video": _VISION},
    ),
    Family(
        "Qwen2.5-Omni",
        _types("qwen2_5_omni", "qwen2_5_omni_thinker"),
        native_video=True,
        model_class="Qwen2_5OmniThinkerForConditionalGeneration",
        inner_config="thinker_config",
        wrap={"image": _OMNI_VISION, "video": _OMNI_VISION, "audio": _AUDIO},
    ),
    Family(
        "Qwen3-Omni",
        _types("qwen3_omni_moe", "qwen3_omni_moe_thinker"),
        native_video=True,
        model_class="Qwen3OmniMoeThinkerForConditionalGeneration",
        inner_config="thinker_config",
        wrap={
            "image": _VISION,
            "video": _VISION,
            "audio": "<|audio_start|>{}<|audio_end|>",
        },
    ),
    Family("Qwen2-Audio", _types("qwen2_audio"), modalities=frozenset({"audio"}), wrap={"audio": _AUDIO}),
    Family("LLaVA", _types("llava", "vipllava", "llava_next"), media_first=True),
    Family("LLaVA video", _types("llava_next_video", "llava_onevision"), native_video=True, media_first=True),
    Family("InternVL", _types("internvl"), native_video=True),
    Family("SmolVLM", _types("smolvlm"), native_video=True),
    Family("Gemma 3", _types("gemma3", "gemma3n")),
    Family("Gemma 4", _types("gemma4", "gemma4_unified"), native_video=True),
    Family("Phi-4 multimodal", _types("phi4_multimodal"), modalities=frozenset({"image", "audio", "video"})),
    # Its code comes with the checkpoint (`trust_remote_code`) and takes one prompt with one sound at a time.
    Family(
        "Ultravox",
        _types("ultravox"),
        modalities=frozenset({"audio"}),
        several_media=False,
        one_by_one=True,
        tokens={"audio": "<|audio|>"},
    ),
)

_BY_TYPE: dict[str, Family] = {kind: family for family in FAMILIES for kind in family.model_types}

# Any of these keys (not null) in the configuration, or in its thinker's part, means that the model takes the modality.
_SIGNS: dict[Modality, tuple[str, ...]] = {
    "image": ("vision_config", "vision_tower", "mm_vision_tower", "image_token_id", "image_token_index"),
    "audio": ("audio_config", "audio_model_id", "audio_tower"),
    "video": ("video_token_id", "video_token_index"),
}


def family_of(config: Mapping[str, Any]) -> Family:
    """The family of a checkpoint by its `config.json`; an unlisted model type gets one of its own, by its signs."""
    kind = str(config.get("model_type", ""))
    known = _BY_TYPE.get(kind)
    if known:
        return known
    return Family(kind, frozenset({kind}), native_video=_takes(config, "video"))


def capabilities_of(config: Mapping[str, Any]) -> Capabilities:
    """What a checkpoint takes, by its `config.json`. Without native video, frames are sent as several pictures."""
    family = family_of(config)
    found: set[Modality] = set(family.modalities or ())
    if family.modalities is None:
        found = {modality for modality in _SIGNS if _takes(config, modality)}
        if "image" in found and (family.native_video or family.several_media):
            found.add("video")
    return Capabilities(frozenset(found), several_media=family.several_media)


def _takes(config: Mapping[str, Any], modality: Modality) -> bool:
    parts = [config, config.get("thinker_config") or {}]
    return any(part.get(sign) is not None for part in parts for sign in _SIGNS[modality])
