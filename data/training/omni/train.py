"""Train the omni model: replies by next-token loss, encoders by dense labels thrown away later.

    python -m data.training.omni.pool POOL
    python -m data.training.omni.train --pool POOL --out RUN --steps 6000

Each step takes one batch of every modality. The log is RUN/log.jsonl, the last weights RUN/last.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

from data.generate import pictures, russian, sounds
from data.generate.plan import suite_keys
from data.training.omni import layout, pool
from data.training.omni.batches import (
    ACTIONS,
    IGNORE,
    Batch,
    blank,
    collate,
    family_modalities,
)
from data.training.omni.dialogues import BLANKS, LIGHT_PROMPTS, ask, dialogue, full_turn, sample_scene

# What the dense heads know, and the word whose embedding stands for each class: a media token that
# shows a red star comes to lie near " красный" and " звезда", where the text model finds it at once.
WORDS = {
    "shape": [russian.SHAPES[s] for s in pictures.SHAPES],
    "color": [russian.COLORS[c].masculine for c in pictures.COLORS],
    "action": [(russian.DIRECTIONS | russian.CHANGES)[a] for a in ACTIONS],
    "sound": [russian.SOUNDS[s] for s in sounds.SOUNDS],
    "ordinal": [*russian.ORDINALS, *russian.NUMBERS[4:]],
    "corner": list(russian.PLACES),
}
FREE_HEADS = {"cell": 16, "onset": 2}
TURNS = {"stickers": 2, "pair": 2, "alone": 1, "repeat": 2, "sequence": 3, "moving": 2, "changing": 1}
_TALKER_VOCABULARY = (
    152_064  # there is no talker; its default settings contradict themselves with a smaller one
)
_EMPTY_WEIGHT = 0.3  # most cells are empty; they count less


class WordHead(nn.Module):
    """Logits of "nothing" and of each word: products with the words' own embeddings."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__()
        self.register_buffer("ids", torch.tensor(ids))
        self.scale = nn.Parameter(torch.ones(()))
        self.bias = nn.Parameter(torch.zeros(len(ids) + 1))

    def forward(self, media: torch.Tensor, embeddings: torch.Tensor) -> torch.Tensor:
        found = media @ embeddings[self.ids].detach().T * self.scale
        return F.pad(found, (1, 0)) + self.bias


def build_heads(tokenizer, width: int) -> nn.ModuleDict:  # type: ignore[no-untyped-def]
    """A head for each kind of dense label."""
    heads = {
        name: WordHead([tokenizer.encode(" " + w).ids[0] for w in words]) for name, words in WORDS.items()
    }
    return nn.ModuleDict(heads | {name: nn.Linear(width, n) for name, n in FREE_HEADS.items()})


class Stream(torch.utils.data.IterableDataset):  # type: ignore[type-arg]
    """Endless steps: a batch of each modality from the pool, questions always new."""

    def __init__(
        self, folder: Path, tokenizer_file: Path, seed: int, size: dict[str, int], blanks: float = BLANKS
    ) -> None:
        self.folder, self.tokenizer_file, self.seed, self.size = folder, tokenizer_file, seed, size
        self.blanks = blanks

    def __iter__(self) -> Iterator[list[Batch]]:
        from tokenizers import Tokenizer

        torch.set_num_threads(1)
        rng = random.Random(self.seed)
        tokenizer = Tokenizer.from_file(str(self.tokenizer_file))
        stores = {f: np.load(self.folder / f"{f}.npy", mmap_mode="r") for f in pool.SIZES}
        forbidden = suite_keys()
        while True:
            yield [
                self._batch(m, fs, rng, tokenizer, stores, forbidden) for m, fs in family_modalities().items()
            ]

    def _batch(self, modality, families, rng, tokenizer, stores, forbidden):  # type: ignore[no-untyped-def]
        chosen = []
        first = rng.randrange(len(families))
        while len(chosen) < self.size[modality]:
            family = families[(first + len(chosen)) % len(families)]
            index = rng.randrange(len(stores[family]))
            scene = pool.scene_at(family, index)
            if scene.key() in forbidden:
                continue
            media, turns = stores[family][index], TURNS[family]
            if rng.random() < self.blanks:
                media, turns = blank(modality, media.shape), 1
            chosen.append((scene, media, dialogue(family, scene, rng, turns)))
        return collate(tokenizer, chosen, modality, rng)


def dev_batches(tokenizer, n: int) -> dict[str, list[Batch]]:  # type: ignore[no-untyped-def]
    """`n` unseen scenes of each family, once with a short and once with a reasoning prompt."""
    forbidden = suite_keys()
    batches: dict[str, list[Batch]] = {}
    for modality, families in family_modalities().items():
        for family in families:
            rng = random.Random(f"dev:{family}")
            drawn = (pool.scene_at(family, i, "dev") for i in range(n))
            scenes = [scene for scene in drawn if scene.key() not in forbidden]
            for prompt_id in (2, 3):
                rows = [(s, pool.render(s), [full_turn(ask(family, s, rng), prompt_id)]) for s in scenes]
                batches.setdefault(family, []).append(collate(tokenizer, rows, modality, None))
    return batches


def forward(model, heads: nn.ModuleDict, batch: Batch, encoders_only: bool = False):  # type: ignore[no-untyped-def]
    """Return reply loss, mean dense loss, logits at the labels and where the labels are."""
    core = model.model
    media = encode_media(model, batch)
    table = core.get_input_embeddings().weight
    losses = [_dense_loss(heads[n], media, table, labels, n) for n, labels in batch.dense.items()]
    dense = torch.stack(losses).mean()
    if encoders_only:
        return torch.zeros(()), dense, None, None
    media_id = getattr(model.config, f"{batch.modality}_token_id")
    embeds = core.get_input_embeddings()(batch.input_ids)
    embeds = embeds.masked_scatter((batch.input_ids == media_id).unsqueeze(-1), media.to(embeds.dtype))
    hidden = core.language_model(
        inputs_embeds=embeds,
        attention_mask=batch.attention_mask,
        position_ids=batch.position_ids,
        use_cache=False,
    ).last_hidden_state
    where = batch.labels[:, 1:] != IGNORE
    logits = model.lm_head(hidden[:, :-1][where]).float()
    return F.cross_entropy(logits, batch.labels[:, 1:][where]), dense, logits, where


def encode_media(model, batch: Batch) -> torch.Tensor:  # type: ignore[no-untyped-def]
    """The media tokens of a batch, `(media tokens, width)`."""
    core = model.model
    if batch.modality == "audio":
        features = batch.media.permute(1, 0, 2).reshape(batch.media.shape[1], -1)
        lengths = torch.full((batch.media.shape[0],), batch.media.shape[2])
        return core.audio_tower(features, feature_lens=lengths).last_hidden_state
    frames = 1 if batch.modality == "image" else layout.N_FRAMES // 2
    n = batch.media.shape[0] // (frames * 64)
    return core.visual(batch.media, grid_thw=torch.tensor([[frames, 8, 8]] * n)).pooler_output


def _dense_loss(
    head: nn.Module, media: torch.Tensor, table: torch.Tensor, labels: torch.Tensor, name: str
) -> torch.Tensor:
    logits = (head(media, table) if name in WORDS else head(media)).float()
    if bool((labels == IGNORE).all()):  # a batch of blanks
        return logits.sum() * 0
    weight = torch.ones(logits.shape[-1])
    if name != "cell":
        weight[0] = _EMPTY_WEIGHT
    return F.cross_entropy(logits, labels, weight=weight)


@torch.no_grad()
def measure(model, heads: nn.ModuleDict, batches: dict[str, list[Batch]]) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """Share of replies with every token right under the gold prefix, by kind; and dense accuracies."""
    model.eval()
    found: dict[str, list[float]] = {}
    for family_batches in batches.values():
        for batch in family_batches:
            _, _, logits, where = forward(model, heads, batch)
            right = torch.zeros_like(where)
            right[where] = logits.argmax(-1) == batch.labels[:, 1:][where]
            whole = (right | ~where).all(-1).float().tolist()
            last = [_final_right(right[i], where[i]) for i in range(len(whole))]
            for kind, prompt_id, a, b in zip(batch.kinds, batch.prompt_ids, whole, last, strict=True):
                tag = "cot" if prompt_id not in LIGHT_PROMPTS else "fmt"
                found.setdefault(f"{kind}_{tag}", []).append(b if tag == "cot" else a)
                if tag == "cot":
                    found.setdefault(f"{kind}_chain", []).append(a)
    model.train()
    return {k: round(float(np.mean(v)), 3) for k, v in sorted(found.items())}


def _final_right(right: torch.Tensor, where: torch.Tensor) -> float:
    """Whether the last three learned tokens (answer and end) are right."""
    return float(right[where][-3:].all())


def use_batched_attention() -> None:
    """Let the encoders attend in one call: in training all media of a batch have one length."""
    from transformers.models.qwen2_5_omni import modeling_qwen2_5_omni as omni

    def vision(self, hidden_states, cu_seqlens, position_embeddings=None, **kwargs):  # type: ignore[no-untyped-def]
        n = hidden_states.shape[0]
        q, k, v = (f(hidden_states).view(n, self.num_heads, -1) for f in (self.q, self.k, self.v))
        cos, sin = (x.unsqueeze(-2) for x in position_embeddings)
        q, k = q * cos + omni.rotate_half(q) * sin, k * cos + omni.rotate_half(k) * sin
        return self.proj(_attend(q, k, v, cu_seqlens))

    def audio(self, hidden_states, cu_seqlens, **kwargs):  # type: ignore[no-untyped-def]
        n = hidden_states.shape[0]
        q, k, v = (
            f(hidden_states).view(n, self.num_heads, -1) for f in (self.q_proj, self.k_proj, self.v_proj)
        )
        return self.out_proj(_attend(q, k, v, cu_seqlens))

    def embed(self, hidden_states):  # type: ignore[no-untyped-def]
        # The patches are cut already: the convolution is one matrix product, and much faster as such.
        return F.linear(hidden_states, self.proj.weight.view(self.embed_dim, -1))

    omni.Qwen2_5OmniVisionAttention.forward = vision
    omni.Qwen2_5OmniAudioAttention.forward = audio
    omni.Qwen2_5_VisionPatchEmbed.forward = embed


def _attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, cu_seqlens: torch.Tensor) -> torch.Tensor:
    count = len(cu_seqlens) - 1
    total, heads, width = q.shape
    q, k, v = (x.to(v.dtype).view(count, total // count, heads, width).transpose(1, 2) for x in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(total, heads * width)


def learning_rate(step: int, steps: int, peak: float) -> float:
    """Linear warm-up over 40 steps, then half a cosine down to a fiftieth."""
    if step < 40:
        return peak * (step + 1) / 40
    share = (step - 40) / max(1, steps - 40)
    return peak * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, share))))


def write_start(out: Path, seed: int) -> None:
    """Write tokenizer, processor and configuration into `out/last`."""
    from tokenizers import Tokenizer

    rng = random.Random(f"tokenizer:{seed}")
    texts = []
    families = [f for fs in family_modalities().values() for f in fs]
    for _ in range(12_000):
        family = rng.choice(families)
        for turn in dialogue(family, sample_scene(family, rng), rng, 1):
            texts += [turn.prompt, turn.reply]
    texts += ["user\n", "assistant\n"] * 100
    tokenizer: Tokenizer = layout.build_tokenizer(texts)
    tokenizer.save(str(out / "tokenizer.json"))


def save(model, tokenizer, folder: Path) -> None:  # type: ignore[no-untyped-def]
    """Write a folder of the form that Qwen2.5-Omni has on the hub: the thinker inside, and no talker.

    So the same folder is opened by `AutoProcessor` and the automatic classes, and served by vLLM.
    """
    from transformers import Qwen2_5OmniConfig

    layout.write_processor(folder, tokenizer)
    config = Qwen2_5OmniConfig(
        thinker_config=model.config.to_dict(),
        talker_config={"vocab_size": _TALKER_VOCABULARY},
        enable_audio_output=False,
        dtype=torch.bfloat16,
    )
    config.architectures = ["Qwen2_5OmniForConditionalGeneration"]
    config.save_pretrained(folder)
    # The word embeddings are the output weights too (tied): kept once.
    kept = {k: v for k, v in model.state_dict().items() if k != "lm_head.weight"}
    weights = {_hub_name(k): v.detach().to(torch.bfloat16).contiguous() for k, v in kept.items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    layout.write_generation_config(folder, tokenizer)


def _hub_name(name: str) -> str:
    """A weight's name in checkpoints of the hub: the text model is `thinker.model`, the towers stand beside it."""
    inner = name.removeprefix("model.")
    if inner.startswith("language_model."):
        return f"thinker.model.{inner.removeprefix('language_model.')}"
    return f"thinker.{inner}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pool", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--start", type=int, default=0, help="first step, when continuing from --init")
    parser.add_argument("--init", type=Path, help="state file of an earlier run")
    parser.add_argument("--peak", type=float, default=1.5e-3)
    parser.add_argument("--batch", type=int, nargs=3, default=(10, 8, 7), help="image, audio, video")
    parser.add_argument("--encoder-steps", type=int, default=600, help="first steps teach the encoders alone")
    parser.add_argument("--blanks", type=float, default=BLANKS, help="share of media that show nothing")
    parser.add_argument("--dense", type=float, default=0.5, help="weight of the dense loss")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=300)
    train(parser.parse_args())


def train(args: argparse.Namespace) -> None:
    """Run the training described by the arguments."""
    from tokenizers import Tokenizer
    from transformers import Qwen2_5OmniThinkerForConditionalGeneration

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    if not (args.out / "tokenizer.json").exists():
        write_start(args.out, args.seed)
    tokenizer = Tokenizer.from_file(str(args.out / "tokenizer.json"))
    use_batched_attention()
    model = Qwen2_5OmniThinkerForConditionalGeneration(layout.build_config(tokenizer))
    heads = build_heads(tokenizer, model.config.text_config.hidden_size)
    optimizer = _optimizer(model, heads, args.peak)
    if args.init:
        _restore(args.init, model, heads, optimizer)
    sizes = dict(zip(("image", "audio", "video"), args.batch, strict=True))
    stream = Stream(args.pool, args.out / "tokenizer.json", args.seed + args.start, sizes, args.blanks)
    loader = torch.utils.data.DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=4)
    dev = dev_batches(tokenizer, 60)
    log = (args.out / "log.jsonl").open("a", encoding="utf-8")
    sums: dict[str, float] = {}
    began = time.monotonic()
    for step, batches in enumerate(loader, start=args.start):
        if step >= args.steps:
            break
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, args.steps, args.peak)
        for batch in batches:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
                said, dense, _, _ = forward(model, heads, batch, step < args.encoder_steps)
            loss = (said + args.dense * dense) / len(batches)
            loss.backward()
            for name, value in ((f"{batch.modality}_lm", said), (f"{batch.modality}_dense", dense)):
                sums[name] = sums.get(name, 0.0) + float(value.detach())
        nn.utils.clip_grad_norm_([*model.parameters(), *heads.parameters()], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if (step + 1) % 50 == 0:
            line = {
                "step": step + 1,
                "s_per_step": round((time.monotonic() - began) / (step + 1 - args.start), 3),
            }
            line |= {k: round(v / 50, 4) for k, v in sums.items()}
            sums = {}
            if (step + 1) % args.every == 0:
                line |= measure(model, heads, dev)
                save(model, tokenizer, args.out / "last")
                torch.save(
                    {
                        "model": model.state_dict(),
                        "heads": heads.state_dict(),
                        "optimizer": optimizer.state_dict(),
                        "step": step + 1,
                    },
                    args.out / "state.pt",
                )
            log.write(json.dumps(line) + "\n")
            log.flush()
    save(model, tokenizer, args.out / "last")


def _optimizer(model, heads: nn.ModuleDict, peak: float) -> torch.optim.Optimizer:  # type: ignore[no-untyped-def]
    params = [*model.parameters(), *heads.parameters()]
    groups = [
        {"params": [p for p in params if p.dim() >= 2], "weight_decay": 0.03},
        {"params": [p for p in params if p.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=peak, betas=(0.9, 0.98))


def _restore(path: Path, model, heads: nn.ModuleDict, optimizer: torch.optim.Optimizer) -> None:  # type: ignore[no-untyped-def]
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    try:
        heads.load_state_dict(state["heads"])
        optimizer.load_state_dict(state["optimizer"])
    except (RuntimeError, ValueError, KeyError):
        print("other heads: they and the optimizer start anew", flush=True)


if __name__ == "__main__":
    main()
