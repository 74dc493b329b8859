"""Tiny checkpoints of real architectures with random weights, made offline: code paths of hub models, not their wits.

Each builder writes a folder as `save_pretrained` writes it: config, safetensors, tokenizer, processor and chat
template. The tokenizer knows bytes and the media tokens; the models have 32 hidden dimensions and one or two layers.
"""

from collections.abc import Callable
from pathlib import Path

from tests.engines import hearing, seeing

BUILDERS: dict[str, Callable[[Path], Path]] = {
    builder.__name__: builder
    for builder in (
        seeing.qwen2_vl,
        seeing.qwen2_5_vl,
        seeing.qwen3_vl,
        seeing.llava,
        seeing.llava_next_video,
        seeing.llava_onevision,
        seeing.internvl,
        seeing.smolvlm,
        seeing.gemma3,
        hearing.qwen2_5_omni,
        hearing.qwen2_5_omni_whole,
        hearing.qwen2_audio,
        hearing.gemma4,
        hearing.phi4,
    )
}
