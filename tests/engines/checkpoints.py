"""Tiny checkpoints of real architectures with random weights, made offline: code paths of hub models, not their wits.

Each builder writes a folder as `save_pretrained` writes it: config, safetensors, tokenizer, processor and chat
template. The tokenizer knows bytes and the media tokens; the models have 32 hidden dimensions and one or two layers.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio.core.engine import Settings

LOUDER = 10
SHORT = Settings(max_new_tokens=6, frames=4, device="cpu")
TEXT = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 4096,
}
CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n"
    "{% for c in m.content %}"
    "{% if c.type == 'text' %}{{ c.text }}"
    "{% elif c.type == 'image' %}IMAGE"
    "{% elif c.type == 'audio' %}AUDIO"
    "{% elif c.type == 'video' %}VIDEO{% endif %}"
    "{% endfor %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def template(image: str = "", audio: str = "", video: str = "") -> str:
    """A chat template in the shape of the hub's, with a family's media tokens."""
    return CHATML.replace("IMAGE", image).replace("AUDIO", audio).replace("VIDEO", video)


def tokenizer(extra: tuple[str, ...] = (), **named: str) -> Any:
    """A byte-level tokenizer with the named media tokens (`image_token="<|image_pad|>"`) and further special tokens."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    made = Tokenizer(models.BPE(vocab={letter: i for i, letter in enumerate(alphabet)}, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    made.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=made, eos_token="<|im_end|>", pad_token="<|pad|>", extra_special_tokens=named
    )
    fast.add_special_tokens({"additional_special_tokens": ["<|im_start|>", *extra]})
    return fast


def ids(tok: Any) -> dict[str, int]:
    """The ids that every text model's configuration needs."""
    return {
        "vocab_size": len(tok),
        "eos_token_id": tok.eos_token_id,
        "pad_token_id": tok.pad_token_id,
        "bos_token_id": None,
    }


def save(folder: Path, model_class: str, config: Any, processor: Any) -> Path:
    """Writes a model with seeded random weights and its processor."""
    import torch
    import transformers

    torch.manual_seed(0)
    model = getattr(transformers, model_class)(config).eval()
    # With random weights of the usual size every prompt gets the same answer; larger ones let the input decide.
    with torch.no_grad():
        for weight in model.parameters():
            if weight.ndim > 1:
                weight.mul_(LOUDER)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


def qwen2_vl(folder: Path) -> Path:
    from transformers import (
        Qwen2VLConfig,
        Qwen2VLImageProcessor,
        Qwen2VLProcessor,
        Qwen2VLVideoProcessor,
    )

    tok = _qwen_vl_tokenizer()
    size = {"shortest_edge": 28 * 28, "longest_edge": 56 * 56}
    config = Qwen2VLConfig(
        text_config={**TEXT, **ids(tok), "rope_parameters": _mrope()},
        vision_config={"depth": 1, "embed_dim": 32, "hidden_size": 32, "num_heads": 2, "patch_size": 14},
        **_qwen_vl_ids(tok),
    )
    processor = Qwen2VLProcessor(
        Qwen2VLImageProcessor(size=size),
        tok,
        Qwen2VLVideoProcessor(size=size),
        chat_template=_qwen_vl_template(),
    )
    return save(folder, "Qwen2VLForConditionalGeneration", config, processor)


def qwen2_5_vl(folder: Path) -> Path:
    from transformers import (
        Qwen2_5_VLConfig,
        Qwen2_5_VLProcessor,
        Qwen2VLImageProcessor,
        Qwen2VLVideoProcessor,
    )

    tok = _qwen_vl_tokenizer()
    size = {"shortest_edge": 28 * 28, "longest_edge": 56 * 56}
    vision = {
        "depth": 1,
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_heads": 2,
        "patch_size": 14,
        "out_hidden_size": 32,
        "fullatt_block_indexes": [0],
        "window_size": 56,
    }
    config = Qwen2_5_VLConfig(
        text_config={**TEXT, **ids(tok), "rope_parameters": _mrope()},
        vision_config=vision,
        **_qwen_vl_ids(tok),
    )
    processor = Qwen2_5_VLProcessor(
        Qwen2VLImageProcessor(size=size),
        tok,
        Qwen2VLVideoProcessor(size=size),
        chat_template=_qwen_vl_template(),
    )
    return save(folder, "Qwen2_5_VLForConditionalGeneration", config, processor)


def qwen3_vl(folder: Path) -> Path:
    from transformers import (
        Qwen2VLImageProcessor,
        Qwen3VLConfig,
        Qwen3VLProcessor,
        Qwen3VLVideoProcessor,
    )

    tok = _qwen_vl_tokenizer()
    size = {"shortest_edge": 32 * 32, "longest_edge": 64 * 64}
    vision = {
        "depth": 2,
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_heads": 2,
        "patch_size": 16,
        "out_hidden_size": 32,
        "num_position_embeddings": 16,
        "deepstack_visual_indexes": [0],
    }
    config = Qwen3VLConfig(
        text_config={**TEXT, **ids(tok), "head_dim": 8, "rope_parameters": _mrope()},
        vision_config=vision,
        **_qwen_vl_ids(tok),
    )
    processor = Qwen3VLProcessor(
        Qwen2VLImageProcessor(size=size, patch_size=16),
        tok,
        Qwen3VLVideoProcessor(size={"shortest_edge": 32 * 32, "longest_edge": 64 * 64 * 16}, patch_size=16),
        chat_template=template(image="<|vision_start|><|image_pad|><|vision_end|>", video="<|video_pad|>"),
    )
    return save(folder, "Qwen3VLForConditionalGeneration", config, processor)


def qwen2_5_omni(folder: Path) -> Path:
    return _omni(folder, whole=False)


def qwen2_5_omni_whole(folder: Path) -> Path:
    """As the hub's checkpoints are: the thinker's weights under `thinker.`, its configuration inside the whole one."""
    return _omni(folder, whole=True)


def qwen2_audio(folder: Path) -> Path:
    from transformers import Qwen2AudioConfig, Qwen2AudioProcessor, WhisperFeatureExtractor

    tok = tokenizer(audio_token="<|AUDIO|>", audio_bos_token="<|audio_bos|>", audio_eos_token="<|audio_eos|>")
    audio = {
        "num_mel_bins": 16,
        "encoder_layers": 1,
        "encoder_attention_heads": 2,
        "encoder_ffn_dim": 32,
        "d_model": 32,
        "max_source_positions": 200,
    }
    config = Qwen2AudioConfig(
        audio_config=audio,
        text_config={**TEXT, **ids(tok), "model_type": "qwen2"},
        audio_token_index=tok.audio_token_id,
    )
    sound = WhisperFeatureExtractor(feature_size=16, chunk_length=4)
    processor = Qwen2AudioProcessor(
        sound, tok, chat_template=template(audio="<|audio_bos|><|AUDIO|><|audio_eos|>")
    )
    return save(folder, "Qwen2AudioForConditionalGeneration", config, processor)


def llava(folder: Path) -> Path:
    from transformers import CLIPImageProcessor, LlavaConfig, LlavaProcessor

    tok = tokenizer(image_token="<image>")
    config = LlavaConfig(
        vision_config=_clip(),
        text_config={**TEXT, **ids(tok), "model_type": "llama"},
        image_token_index=tok.image_token_id,
        image_seq_length=16,
        vision_feature_layer=-1,
    )
    picture = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    processor = LlavaProcessor(
        picture,
        tok,
        patch_size=8,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=template(image="<image>\n"),
    )
    return save(folder, "LlavaForConditionalGeneration", config, processor)


def llava_next_video(folder: Path) -> Path:
    from transformers import (
        LlavaNextImageProcessor,
        LlavaNextVideoConfig,
        LlavaNextVideoProcessor,
        LlavaNextVideoVideoProcessor,
    )

    tok = tokenizer(image_token="<image>", video_token="<video>")
    grid = [[32, 64], [64, 32]]
    config = LlavaNextVideoConfig(
        vision_config=_clip(),
        text_config={**TEXT, **ids(tok), "model_type": "llama"},
        image_token_index=tok.image_token_id,
        video_token_index=tok.video_token_id,
        image_grid_pinpoints=grid,
        vision_feature_layer=-1,
    )
    side = {"height": 32, "width": 32}
    processor = LlavaNextVideoProcessor(
        video_processor=LlavaNextVideoVideoProcessor(size={"shortest_edge": 32}, crop_size=side),
        image_processor=LlavaNextImageProcessor(
            size={"shortest_edge": 32}, crop_size=side, image_grid_pinpoints=grid
        ),
        tokenizer=tok,
        patch_size=8,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=template(image="<image>\n", video="<video>\n"),
    )
    return save(folder, "LlavaNextVideoForConditionalGeneration", config, processor)


def llava_onevision(folder: Path) -> Path:
    from transformers import (
        LlavaOnevisionConfig,
        LlavaOnevisionImageProcessor,
        LlavaOnevisionProcessor,
        LlavaOnevisionVideoProcessor,
    )

    tok = tokenizer(image_token="<image>", video_token="<video>")
    grid = [[32, 32], [32, 64], [64, 32]]
    config = LlavaOnevisionConfig(
        vision_config=_siglip(),
        text_config={**TEXT, **ids(tok), "model_type": "qwen2"},
        image_token_index=tok.image_token_id,
        video_token_index=tok.video_token_id,
        image_grid_pinpoints=grid,
    )
    side = {"height": 32, "width": 32}
    processor = LlavaOnevisionProcessor(
        LlavaOnevisionImageProcessor(size=side, image_grid_pinpoints=grid),
        tok,
        LlavaOnevisionVideoProcessor(size=side),
        num_image_tokens=16,
        vision_feature_select_strategy="full",
        chat_template=template(image="<image>", video="<video>"),
    )
    return save(folder, "LlavaOnevisionForConditionalGeneration", config, processor)


def internvl(folder: Path) -> Path:
    from transformers import (
        GotOcr2ImageProcessor,
        InternVLConfig,
        InternVLProcessor,
        InternVLVideoProcessor,
    )

    tok = tokenizer(
        start_image_token="<img>",
        end_image_token="</img>",
        context_image_token="<IMG_CONTEXT>",
        video_token="<video>",
    )
    vision = {
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 64,
        "image_size": [32, 32],
        "patch_size": [8, 8],
    }
    config = InternVLConfig(
        vision_config=vision,
        text_config={**TEXT, **ids(tok), "model_type": "qwen2"},
        image_token_id=tok.context_image_token_id,
        image_seq_length=4,
        tie_word_embeddings=False,
    )
    side = {"height": 32, "width": 32}
    processor = InternVLProcessor(
        GotOcr2ImageProcessor(size=side, max_patches=2),
        tok,
        InternVLVideoProcessor(size=side),
        image_seq_length=4,
        chat_template=template(image="<IMG_CONTEXT>\n", video="<video>\n"),
    )
    return save(folder, "InternVLForConditionalGeneration", config, processor)


def smolvlm(folder: Path) -> Path:
    from transformers import (
        SmolVLMConfig,
        SmolVLMImageProcessor,
        SmolVLMProcessor,
        SmolVLMVideoProcessor,
    )

    tok = tokenizer(
        ("<row_1_col_1>", "<row_1_col_2>", "<row_2_col_1>", "<row_2_col_2>", "<video>"),
        image_token="<image>",
        fake_image_token="<fake_token_around_image>",
        global_image_token="<global-img>",
        end_of_utterance_token="<end_of_utterance>",
    )
    vision = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 32,
        "patch_size": 8,
    }
    config = SmolVLMConfig(
        vision_config=vision,
        text_config={**TEXT, **ids(tok), "model_type": "llama"},
        image_token_id=tok.image_token_id,
        scale_factor=2,
        pad_token_id=tok.pad_token_id,
    )
    processor = SmolVLMProcessor(
        SmolVLMImageProcessor(size={"longest_edge": 64}, max_image_size={"longest_edge": 32}),
        tok,
        SmolVLMVideoProcessor(
            size={"longest_edge": 32}, max_image_size={"longest_edge": 32}, fps=1, num_frames=8
        ),
        image_seq_len=4,
        chat_template=template(image="<image>", video="<video>"),
    )
    return save(folder, "SmolVLMForConditionalGeneration", config, processor)


def gemma3(folder: Path) -> Path:
    from transformers import Gemma3Config, Gemma3ImageProcessor, Gemma3Processor

    tok = tokenizer(
        boi_token="<start_of_image>", eoi_token="<end_of_image>", image_token="<image_soft_token>"
    )
    config = Gemma3Config(
        text_config={
            **TEXT,
            **ids(tok),
            "head_dim": 8,
            "query_pre_attn_scalar": 8,
            "sliding_window": 32,
            "tie_word_embeddings": False,
        },
        vision_config={**_siglip(), "model_type": "siglip_vision_model"},
        mm_tokens_per_image=4,
        tie_word_embeddings=False,
        boi_token_index=tok.boi_token_id,
        eoi_token_index=tok.eoi_token_id,
        image_token_index=tok.image_token_id,
    )
    processor = Gemma3Processor(
        Gemma3ImageProcessor(size={"height": 32, "width": 32}),
        tok,
        image_seq_length=4,
        chat_template=template(image="<start_of_image>"),
    )
    return save(folder, "Gemma3ForConditionalGeneration", config, processor)


def gemma4(folder: Path) -> Path:
    from transformers import (
        Gemma4AudioFeatureExtractor,
        Gemma4Config,
        Gemma4ImageProcessor,
        Gemma4Processor,
        Gemma4VideoProcessor,
    )

    tok = tokenizer(
        ("<|video|>",),
        boi_token="<|image>",
        eoi_token="<image|>",
        image_token="<|image|>",
        boa_token="<|audio>",
        eoa_token="<audio|>",
        audio_token="<|audio|>",
    )
    text = {
        **TEXT,
        **ids(tok),
        "head_dim": 8,
        "global_head_dim": 8,
        "sliding_window": 64,
        "vocab_size_per_layer_input": len(tok),
        "hidden_size_per_layer_input": 8,
        "layer_types": ["sliding_attention", "full_attention"],
        "tie_word_embeddings": False,
    }
    vision = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "patch_size": 8,
        "pooling_kernel_size": 2,
        "position_embedding_size": 64,
    }
    audio = {
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "subsampling_conv_channels": [128, 4],
        "output_proj_dims": 32,
    }
    config = Gemma4Config(
        text_config=text,
        vision_config=vision,
        audio_config=audio,
        tie_word_embeddings=False,
        boi_token_id=tok.boi_token_id,
        eoi_token_id=tok.eoi_token_id,
        image_token_id=tok.image_token_id,
        boa_token_id=tok.boa_token_id,
        eoa_token_index=tok.eoa_token_id,
        audio_token_id=tok.audio_token_id,
        video_token_id=tok.convert_tokens_to_ids("<|video|>"),
    )
    # The real models offer 70 to 1120 tokens for a picture, and the processor takes no other number.
    patches = {"patch_size": 8, "pooling_kernel_size": 2, "max_soft_tokens": 70}
    processor = Gemma4Processor(
        Gemma4AudioFeatureExtractor(),
        Gemma4ImageProcessor(**patches),
        tok,
        Gemma4VideoProcessor(**patches),
        chat_template=template(image="<|image|>", audio="<|audio|>", video="<|video|>"),
    )
    return save(folder, "Gemma4ForConditionalGeneration", config, processor)


def phi4(folder: Path) -> Path:
    from transformers import (
        Phi4MultimodalConfig,
        Phi4MultimodalFeatureExtractor,
        Phi4MultimodalImageProcessor,
        Phi4MultimodalProcessor,
    )

    tok = tokenizer(image_token="<|image|>", audio_token="<|audio|>")
    vision = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "image_token_id": tok.image_token_id,
    }
    audio = {
        "hidden_size": 32,
        "intermediate_size": 32,
        "num_blocks": 2,
        "num_attention_heads": 2,
        "ext_pw_out_channel": 32,
        "depthwise_separable_out_channel": 32,
        "nemo_conv_channels": 8,
        "audio_token_id": tok.audio_token_id,
    }
    config = Phi4MultimodalConfig(
        **TEXT, **ids(tok), vision_config=vision, audio_config=audio, original_max_position_embeddings=4096
    )
    processor = Phi4MultimodalProcessor(
        Phi4MultimodalImageProcessor(dynamic_hd=1),
        Phi4MultimodalFeatureExtractor(),
        tok,
        chat_template=template(image="<|image|>", audio="<|audio|>"),
    )
    return save(folder, "Phi4MultimodalForCausalLM", config, processor)


BUILDERS: dict[str, Callable[[Path], Path]] = {
    builder.__name__: builder
    for builder in (
        qwen2_vl,
        qwen2_5_vl,
        qwen3_vl,
        qwen2_5_omni,
        qwen2_5_omni_whole,
        qwen2_audio,
        llava,
        llava_next_video,
        llava_onevision,
        internvl,
        smolvlm,
        gemma3,
        gemma4,
        phi4,
    )
}


def _omni(folder: Path, *, whole: bool) -> Path:
    import torch
    from safetensors.torch import load_file, save_file
    from transformers import (
        Qwen2_5OmniConfig,
        Qwen2_5OmniProcessor,
        Qwen2_5OmniThinkerConfig,
        Qwen2VLImageProcessor,
        Qwen2VLVideoProcessor,
        WhisperFeatureExtractor,
    )

    tok = tokenizer(
        image_token="<|IMAGE|>",
        audio_token="<|AUDIO|>",
        video_token="<|VIDEO|>",
        vision_bos_token="<|vision_bos|>",
        vision_eos_token="<|vision_eos|>",
        audio_bos_token="<|audio_bos|>",
        audio_eos_token="<|audio_eos|>",
    )
    vision = {
        "depth": 1,
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_heads": 2,
        "out_hidden_size": 32,
        "fullatt_block_indexes": [0],
        "window_size": 56,
    }
    audio = {
        "num_mel_bins": 16,
        "encoder_layers": 1,
        "encoder_attention_heads": 2,
        "encoder_ffn_dim": 32,
        "d_model": 32,
        "output_dim": 32,
        "n_window": 50,
    }
    thinker = {
        "text_config": {**TEXT, **ids(tok), "rope_parameters": _mrope(), "tie_word_embeddings": False},
        "vision_config": vision,
        "audio_config": audio,
        "image_token_index": tok.image_token_id,
        "audio_token_index": tok.audio_token_id,
        "video_token_index": tok.video_token_id,
        "audio_start_token_id": tok.audio_bos_token_id,
        "audio_end_token_id": tok.audio_eos_token_id,
        "vision_start_token_id": tok.vision_bos_token_id,
        "vision_end_token_id": tok.vision_eos_token_id,
    }
    size = {"shortest_edge": 28 * 28, "longest_edge": 56 * 56}
    processor = Qwen2_5OmniProcessor(
        Qwen2VLImageProcessor(size=size),
        Qwen2VLVideoProcessor(size=size),
        WhisperFeatureExtractor(feature_size=16, chunk_length=4),
        tok,
        chat_template=template(
            image="<|vision_bos|><|IMAGE|><|vision_eos|>",
            audio="<|audio_bos|><|AUDIO|><|audio_eos|>",
            video="<|vision_bos|><|VIDEO|><|vision_eos|>",
        ),
    )
    name = "Qwen2_5OmniThinkerForConditionalGeneration"
    save(folder, name, Qwen2_5OmniThinkerConfig(**thinker), processor)
    if whole:
        config = Qwen2_5OmniConfig(thinker_config=thinker, enable_audio_output=False)
        config.architectures = ["Qwen2_5OmniModel"]
        config.save_pretrained(folder)
        file = folder / "model.safetensors"
        weights: dict[str, torch.Tensor] = load_file(file)
        save_file({f"thinker.{name}": value for name, value in weights.items()}, file, {"format": "pt"})
    return folder


def _qwen_vl_tokenizer() -> Any:
    return tokenizer(
        ("<|vision_start|>", "<|vision_end|>"), image_token="<|image_pad|>", video_token="<|video_pad|>"
    )


def _qwen_vl_ids(tok: Any) -> dict[str, int]:
    return {
        "image_token_id": tok.image_token_id,
        "video_token_id": tok.video_token_id,
        "vision_start_token_id": tok.convert_tokens_to_ids("<|vision_start|>"),
        "vision_end_token_id": tok.convert_tokens_to_ids("<|vision_end|>"),
    }


def _qwen_vl_template() -> str:
    return template(
        image="<|vision_start|><|image_pad|><|vision_end|>",
        video="<|vision_start|><|video_pad|><|vision_end|>",
    )


def _mrope() -> dict[str, Any]:
    return {"rope_type": "default", "mrope_section": [1, 1, 2], "rope_theta": 10000.0}


def _clip() -> dict[str, Any]:
    return {**_siglip(), "model_type": "clip_vision_model", "projection_dim": 32}


def _siglip() -> dict[str, Any]:
    return {
        "model_type": "siglip_vision_model",
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 32,
        "patch_size": 8,
        "vision_use_head": False,
    }


def edit_json(file: Path, **changes: Any) -> None:
    """Changes keys of a JSON file; a value of None removes the key."""
    data = json.loads(file.read_text(encoding="utf-8"))
    data.update(changes)
    data = {key: value for key, value in data.items() if key not in changes or changes[key] is not None}
    file.write_text(json.dumps(data), encoding="utf-8")
