"""Fit the circuits of `circuit` to a checkpoint: what media tokens hold, and repeating an answer.

python -m data.training.omni.install --pool POOL --tokenizer RUN/tokenizer.json --state IN.pt --out OUT.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch

from data.training.omni import layout
from data.training.omni.batches import IGNORE, Batch
from data.training.omni.circuit import install_binding, install_repeat
from data.training.omni.train import WORDS, Stream, encode_media, use_batched_attention


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("pool", "tokenizer", "state", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    install(args.pool, args.tokenizer, args.state, args.out)


@torch.no_grad()
def install(pool: Path, tokenizer_file: Path, state_file: Path, out: Path) -> None:
    """Write a state with both circuits in place; its optimizer starts anew."""
    from tokenizers import Tokenizer
    from transformers import Qwen2_5OmniThinkerForConditionalGeneration

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    model = Qwen2_5OmniThinkerForConditionalGeneration(layout.build_config(tokenizer))
    use_batched_attention()
    state = torch.load(state_file, weights_only=True)
    model.load_state_dict(state["model"])
    stream = Stream(pool, tokenizer_file, 5, {"image": 60, "audio": 40, "video": 24, "text": 0})
    batches = next(iter(stream))
    _bind(model, tokenizer, batches)
    _repeat(model, tokenizer, batches)
    torch.save({"model": model.state_dict(), "heads": state["heads"], "step": state["step"]}, out)


def _inputs(model: Any, batch: Batch, layer: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Normalised inputs of a layer, `(rows, tokens, width)`, and which tokens are the medium's."""
    of_media = batch.input_ids == getattr(model.config, f"{batch.modality}_token_id")
    embeds = model.get_input_embeddings()(batch.input_ids)
    embeds = embeds.masked_scatter(of_media.unsqueeze(-1), encode_media(model, batch))
    text = model.model.language_model
    found = text(
        inputs_embeds=embeds,
        attention_mask=batch.attention_mask,
        position_ids=batch.position_ids,
        output_hidden_states=True,
        use_cache=False,
    )
    return text.layers[layer].input_layernorm(found.hidden_states[layer]), of_media


def _bind(model: Any, tokenizer: Any, batches: list[Batch]) -> None:
    words = [tokenizer.encode(f" {word}").ids[0] for group in WORDS.values() for word in group]
    colon = tokenizer.encode(":").ids[0]
    media, holds, text, asking = [], [], [], []
    for batch in batches:
        x, of_media = _inputs(model, batch, 1)
        in_text = (batch.attention_mask == 1) & ~of_media
        named = torch.isin(torch.roll(batch.input_ids, 1, 1), torch.tensor(words))
        media.append(x[of_media])
        holds.append(_holds(batch, int(of_media.sum())))
        text.append(x[in_text])
        asking.append(x[in_text & named & (batch.input_ids == colon)])
    install_binding(model, words, torch.cat(media), torch.cat(holds), torch.cat(text), torch.cat(asking))


def _holds(batch: Batch, n: int) -> torch.Tensor:
    """Which words are true of each media token; a corner only where a figure lies in it."""
    columns = []
    for name, group in WORDS.items():
        labels = batch.dense.get(name, torch.zeros(n, dtype=torch.long))
        columns.append(torch.nn.functional.one_hot(labels, len(group) + 1)[:, 1:])
    held = torch.cat(columns, dim=1).float()
    if "corner" in batch.dense:
        held[batch.dense["shape"] == 0] = 0
    return held


def _repeat(model: Any, tokenizer: Any, batches: list[Batch]) -> None:
    said_words = [*"ABCD", *"12345", *WORDS["color"], *WORDS["action"][:4]]
    answers = [tokenizer.encode(f" {word}").ids[0] for word in said_words]
    marker = tokenizer.encode("ОТВЕТ").ids[-1]
    inputs, asking, said = [], [], []
    for batch in batches:
        x, _ = _inputs(model, batch, 2)
        real = batch.attention_mask == 1
        number = torch.full_like(batch.input_ids, -1)
        for i, answer in enumerate(answers):
            number[batch.input_ids == answer] = i
        inputs.append(x[real])
        asking.append(((batch.input_ids == marker) & (batch.labels != IGNORE))[real])
        said.append(number[real])
    install_repeat(model, torch.cat(inputs), torch.cat(asking), torch.cat(said), answers)


if __name__ == "__main__":
    main()
