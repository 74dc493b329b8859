"""Tiny checkpoints of families that hear; most of them see as well."""

from pathlib import Path

from tests.engines.tiny import TEXT, ids, mrope, save, template, tokenizer


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
        "text_config": {**TEXT, **ids(tok), "rope_parameters": mrope(), "tie_word_embeddings": False},
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
