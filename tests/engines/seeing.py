"""Tiny checkpoints of families that see: pictures and clips."""

from pathlib import Path
from typing import Any

from tests.engines.tiny import TEXT, ids, mrope, save, template, tokenizer


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
        text_config={**TEXT, **ids(tok), "rope_parameters": mrope()},
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
        text_config={**TEXT, **ids(tok), "rope_parameters": mrope()},
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
        text_config={**TEXT, **ids(tok), "head_dim": 8, "rope_parameters": mrope()},
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
