"""What all tiny checkpoints share: a tokenizer of bytes, a chat template, small sizes, loud random weights."""

import json
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


def mrope() -> dict[str, Any]:
    return {"rope_type": "default", "mrope_section": [1, 1, 2], "rope_theta": 10000.0}


def edit_json(file: Path, **changes: Any) -> None:
    """Changes keys of a JSON file; a value of None removes the key."""
    data = json.loads(file.read_text(encoding="utf-8"))
    data.update(changes)
    data = {key: value for key, value in data.items() if key not in changes or changes[key] is not None}
    file.write_text(json.dumps(data), encoding="utf-8")
