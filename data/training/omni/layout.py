"""Shape of the omni model: configuration, tokenizer and processor, made from nothing.

The architecture is the thinker of Qwen2.5-Omni; only sizes differ. Prompts of the block table are
made of sentences that never change, so each such sentence is one token of the vocabulary beside the
byte-level BPE; other wordings fall back to BPE pieces.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from data.generate import russian
from data.generate.wordings import DEMO_TASKS
from studio.prompts import CONFIGURATIONS, PROMPT_IDS, build_blocks

SIDE = 112
PATCH = 14
N_FRAMES = 8
VOCABULARY = 1100

SPECIAL = {
    "pad_token": "<|endoftext|>",
    "image_token": "<|IMAGE|>",
    "audio_token": "<|AUDIO|>",
    "video_token": "<|VIDEO|>",
    "vision_bos_token": "<|vision_bos|>",
    "vision_eos_token": "<|vision_eos|>",
    "audio_bos_token": "<|audio_bos|>",
    "audio_eos_token": "<|audio_eos|>",
    "im_start": "<|im_start|>",
    "eos_token": "<|im_end|>",
}

# Whole tokens: the label of an option, and the words that answers are made of, so that a media token can lie
# near the one word that names what it shows.
OPTION_LABELS = ("A.", "B.", "C.", "D.")
ANSWER_WORDS = tuple(
    f" {word}"
    for word in dict.fromkeys(
        [
            *russian.SHAPES.values(),
            *(form for color in russian.COLORS.values() for form in color),
            *russian.SOUNDS.values(),
            *russian.DIRECTIONS.values(),
            *russian.CHANGES.values(),
            *russian.NUMBERS[1:],
            *russian.ORDINALS,
            *russian.PLACES,
        ]
    )
)

CHAT_TEMPLATE = (
    "{%- for message in messages -%}"
    "{{- '<|im_start|>' + message['role'] + '\n' -}}"
    "{%- if message['content'] is string -%}{{ message['content'] }}"
    "{%- else -%}{%- for part in message['content'] -%}"
    "{%- if part['type'] == 'image' -%}<|vision_bos|><|IMAGE|><|vision_eos|>"
    "{%- elif part['type'] == 'video' -%}<|vision_bos|><|VIDEO|><|vision_eos|>"
    "{%- elif part['type'] == 'audio' -%}<|audio_bos|><|AUDIO|><|audio_eos|>"
    "{%- elif 'text' in part -%}{{ part['text'] }}{%- endif -%}"
    "{%- endfor -%}{%- endif -%}{{- '<|im_end|>\n' -}}"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\n' -}}{%- endif -%}"
)


def fixed_sentences() -> list[str]:
    """Every block text that no record changes, with the blank line that follows it."""
    found: set[str] = set()
    for task in DEMO_TASKS:
        for kind in ("letter", "number", "short"):
            for prompt_id in PROMPT_IDS:
                for block, text in build_blocks(prompt_id, task.wording, answer_kind=kind).items():
                    if block not in ("question", "answer_options"):
                        found.add(text)
    assert CONFIGURATIONS
    return sorted(found | {text + "\n\n" for text in found})


def build_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """Train a byte-level BPE on the texts and add the special tokens and the fixed sentences."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(SPECIAL.values()),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_tokens([AddedToken(s, normalized=False) for s in fixed_sentences()])
    tokenizer.add_tokens([AddedToken(s, normalized=False) for s in (*OPTION_LABELS, *ANSWER_WORDS)])
    return tokenizer


def write_processor(folder: Path, tokenizer: Tokenizer) -> None:
    """Write tokenizer, preprocessing and chat template so that `AutoProcessor` finds them."""
    from transformers import (
        PreTrainedTokenizerFast,
        Qwen2_5OmniProcessor,
        Qwen2VLImageProcessor,
        Qwen2VLVideoProcessor,
        WhisperFeatureExtractor,
    )

    folder.mkdir(parents=True, exist_ok=True)
    named = {k: v for k, v in SPECIAL.items() if k not in ("pad_token", "eos_token", "im_start")}
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token=SPECIAL["eos_token"],
        pad_token=SPECIAL["pad_token"],
        padding_side="left",
        clean_up_tokenization_spaces=False,
        model_max_length=4096,
        extra_special_tokens=named,
    )
    size = {"shortest_edge": SIDE * SIDE, "longest_edge": SIDE * SIDE}
    vision = dict(size=size, patch_size=PATCH, temporal_patch_size=2, merge_size=2)
    even = dict(image_mean=[0.5] * 3, image_std=[0.5] * 3)
    processor = Qwen2_5OmniProcessor(
        image_processor=Qwen2VLImageProcessor(**vision, **even),
        video_processor=Qwen2VLVideoProcessor(
            **vision, **even, do_sample_frames=False, min_frames=2, max_frames=64, cap_pixels_per_frame=False
        ),
        feature_extractor=WhisperFeatureExtractor(
            feature_size=80, chunk_length=30, return_attention_mask=True
        ),
        tokenizer=fast,
        chat_template=CHAT_TEMPLATE,
    )
    processor.save_pretrained(folder)
    _pin_size(folder, size)


def _pin_size(folder: Path, size: dict[str, int]) -> None:
    """Make the 112 pixels hold for clips too.

    `Qwen2_5OmniProcessor.videos_kwargs` carries a size of its own, which wins over the video
    processor's; only the tokenizer's settings come after it (transformers 5.23, `_merge_kwargs`, 5).
    """
    path = folder / "tokenizer_config.json"
    settings = json.loads(path.read_text(encoding="utf-8")) | {"size": size}
    path.write_text(json.dumps(settings, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def build_config(tokenizer: Tokenizer):  # type: ignore[no-untyped-def]
    """The thinker's configuration with this tokenizer's ids."""
    from transformers import Qwen2_5OmniThinkerConfig

    ids = {name: tokenizer.token_to_id(token) for name, token in SPECIAL.items()}
    vocabulary = -(-tokenizer.get_vocab_size() // 64) * 64
    return Qwen2_5OmniThinkerConfig(
        audio_config=dict(
            num_mel_bins=80,
            encoder_layers=3,
            encoder_attention_heads=4,
            encoder_ffn_dim=384,
            d_model=128,
            n_window=200,
            output_dim=192,
            max_source_positions=1500,
        ),
        vision_config=dict(
            depth=3,
            hidden_size=160,
            intermediate_size=448,
            num_heads=5,
            patch_size=PATCH,
            spatial_merge_size=2,
            temporal_patch_size=2,
            window_size=SIDE,
            fullatt_block_indexes=[0, 1, 2],
            out_hidden_size=192,
        ),
        text_config=dict(
            vocab_size=vocabulary,
            hidden_size=192,
            intermediate_size=576,
            num_hidden_layers=4,
            num_attention_heads=6,
            num_key_value_heads=3,
            max_position_embeddings=4096,
            rope_parameters={"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [4, 6, 6]},
            tie_word_embeddings=True,
            pad_token_id=ids["pad_token"],
            eos_token_id=ids["eos_token"],
            bos_token_id=ids["pad_token"],
        ),
        tie_word_embeddings=True,
        audio_token_index=ids["audio_token"],
        image_token_index=ids["image_token"],
        video_token_index=ids["video_token"],
        vision_start_token_id=ids["vision_bos_token"],
        vision_end_token_id=ids["vision_eos_token"],
        audio_start_token_id=ids["audio_bos_token"],
        audio_end_token_id=ids["audio_eos_token"],
        user_token_id=tokenizer.encode("user").ids[0],
        position_id_per_seconds=4,
        seconds_per_chunk=2,
        pad_token_id=ids["pad_token"],
        eos_token_id=ids["eos_token"],
    )


def write_generation_config(folder: Path, tokenizer: Tokenizer) -> None:
    """Greedy decoding with an end token of its own."""
    settings = {
        "do_sample": False,
        "eos_token_id": tokenizer.token_to_id(SPECIAL["eos_token"]),
        "pad_token_id": tokenizer.token_to_id(SPECIAL["pad_token"]),
        "max_new_tokens": 128,
    }
    (folder / "generation_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
