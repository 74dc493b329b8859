"""Train the embedded judge from scratch on one CPU core: short pairs first, formatted prompts later.

Run: python data/training/judge/train.py --out data/models/judge   (resumes from .cache/checkpoint.pt)
"""

from __future__ import annotations

import argparse
import copy
import dataclasses
import json
import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import torch
from generator import Generator, Triple
from hints import ChoiceHints, Hints
from tie_synonyms import neighbours, tie
from transformers import ModernBertConfig, ModernBertForSequenceClassification, PreTrainedTokenizerFast

HERE = Path(__file__).parent
CACHE = HERE / ".cache"
TOKENS_PER_STEP = 6000
POOL = 3000  # triples drawn at once, sorted by length and cut into steps
MAX_TOKENS = 420

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]  # ids, mask, labels


def config(tokenizer: PreTrainedTokenizerFast) -> ModernBertConfig:
    ids = tokenizer.convert_tokens_to_ids(["[PAD]", "[CLS]", "[SEP]"])
    made = ModernBertConfig(
        vocab_size=len(tokenizer),
        hidden_size=256,
        intermediate_size=384,
        num_hidden_layers=6,
        num_attention_heads=4,
        global_attn_every_n_layers=1,
        max_position_embeddings=8192,
        num_labels=2,
        classifier_pooling="cls",
        pad_token_id=ids[0],
        bos_token_id=ids[1],
        cls_token_id=ids[1],
        eos_token_id=ids[2],
        sep_token_id=ids[2],
        id2label={0: "differs", 1: "agrees"},
        label2id={"differs": 0, "agrees": 1},
        initializer_range=0.03,
    )
    made._attn_implementation = "eager"  # the CPU's fused backward is slower than plain matrix products
    return made


def start_from_matching(model: ModernBertForSequenceClassification) -> None:
    """Let half of the heads begin with equal query and key projections, so that a token finds its own copies.

    The "mimetic" start of Trockman and Kolter (2023), for a task that is all about comparing two texts.
    """
    for layer in model.model.layers:
        weight = layer.attn.Wqkv.weight.data
        hidden = weight.shape[1]
        size = hidden // 4
        for head in (0, 1):
            basis = torch.linalg.qr(torch.randn(hidden, size))[0].T * 0.8
            weight[head * size : (head + 1) * size] = basis
            weight[hidden + head * size : hidden + (head + 1) * size] = basis
    model.model.embeddings.tok_embeddings.weight.data.normal_(0, 0.3)


def encode(tokenizer: PreTrainedTokenizerFast, triples: list[Triple]) -> list[list[int]]:
    """Token ids of each triple; where too long, the question loses its middle."""
    joined = tokenizer([f"{q}[SEP]{g}[SEP]{p}" for q, g, p, _ in triples], add_special_tokens=True)[
        "input_ids"
    ]
    out = []
    for ids in joined:
        over = len(ids) - MAX_TOKENS
        first = ids.index(tokenizer.sep_token_id)
        if over > 0 and first > over + 20:
            cut = (first - over) // 2
            ids = ids[:cut] + ids[cut + over :]
        out.append(ids[:MAX_TOKENS])
    return out


def batches(stream: Generator, tokenizer: PreTrainedTokenizerFast) -> Iterator[Batch]:
    """Endless (ids, mask, labels) of about TOKENS_PER_STEP tokens, rows of like length together, in random order."""
    while True:
        triples = [stream.triple() for _ in range(POOL)]
        rows = sorted(
            zip(encode(tokenizer, triples), (t[3] for t in triples), strict=True), key=lambda r: len(r[0])
        )
        groups, group = [], []
        for row in rows:
            group.append(row)
            if len(row[0]) * len(group) >= TOKENS_PER_STEP:
                groups.append(group)
                group = []
        stream.rng.shuffle(groups)
        for chosen in groups:
            yield collate(chosen, tokenizer.pad_token_id)


def collate(rows: list[tuple[list[int], int]], pad: int) -> Batch:
    width = max(len(ids) for ids, _ in rows)
    ids = torch.full((len(rows), width), pad)
    mask = torch.zeros(len(rows), width, dtype=torch.long)
    for i, (row, _) in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = 1
    return ids, mask, torch.tensor([label for _, label in rows])


def learning_rate(progress: float, peak: float, step: int) -> float:
    """Warm-up of 150 steps, then flat to 60 % of the time and down as a cosine to 1 %."""
    decay = 1.0 if progress < 0.6 else 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (progress - 0.6) / 0.4))
    return peak * min(1.0, (step + 1) / 150) * decay


class HalfCopy:
    """A bfloat16 copy of the model does the arithmetic, the float32 model keeps the weights: twice as fast here."""

    def __init__(self, model: Any) -> None:
        self.fast = copy.deepcopy(model).to(torch.bfloat16)
        self.pairs = list(zip(model.parameters(), self.fast.parameters(), strict=True))

    @torch.no_grad()
    def pull(self) -> None:
        """Weights from the float32 model."""
        for exact, half in self.pairs:
            half.copy_(exact)

    def push_gradients(self) -> None:
        """Gradients to the float32 model."""
        for exact, half in self.pairs:
            exact.grad = None if half.grad is None else half.grad.float()
            half.grad = None


def read_triples(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@torch.no_grad()
def evaluate(
    model: ModernBertForSequenceClassification, tokenizer: PreTrainedTokenizerFast, rows: list[dict[str, Any]]
) -> dict[str, float]:
    """Balanced accuracy with MERA's rule: the larger verdict over the answer and its part after the last ОТВЕТ."""
    model.eval()
    texts, owner = [], []
    for i, row in enumerate(rows):
        parts = {row["prediction"]}
        tail = row["prediction"].rpartition("ОТВЕТ")
        if tail[1] and tail[2].strip():
            parts.add(tail[2].strip())
        for part in parts:
            texts.append(f"{row['question']}[SEP]{row['gold']}[SEP]{part}")
            owner.append(i)
    best = [0.0] * len(rows)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        inputs = tokenizer([texts[i] for i in chosen], padding=True, return_tensors="pt")
        for i, p in zip(chosen, model(**inputs).logits.softmax(-1)[:, 1].tolist(), strict=True):
            best[owner[i]] = max(best[owner[i]], p)
    model.train()
    hits = {0: [0, 0], 1: [0, 0]}
    for row, p in zip(rows, best, strict=True):
        hits[row["label"]][0] += int((p > 0.5) == bool(row["label"]))
        hits[row["label"]][1] += 1
    spec, sens = (hits[k][0] / max(1, hits[k][1]) for k in (0, 1))
    return {"balanced": (spec + sens) / 2, "sensitivity": sens, "specificity": spec}


def save(model: ModernBertForSequenceClassification, tokenizer: PreTrainedTokenizerFast, out: Path) -> None:
    """Write the half-precision safetensors folder; the attention choice of training is not part of it."""
    half = copy.deepcopy(model).to(torch.float16)
    half.save_pretrained(out)
    tokenizer.save_pretrained(out)
    rules = out / "tokenizer.json"  # without the indentation, which is a third of it
    text = json.dumps(
        json.loads(rules.read_text(encoding="utf-8")), ensure_ascii=False, separators=(",", ":")
    )
    rules.write_text(text + "\n", encoding="utf-8")


def keep(
    model: Any,
    hints: Any,
    tokenizer: Any,
    optimizer: Any,
    state: dict[str, Any],
    args: argparse.Namespace,
    checkpoint: Path,
) -> None:
    """The model's folder with the facts of its training, and a checkpoint to go on from."""
    save(model, tokenizer, args.out)
    facts = {
        "steps": state["step"],
        "examples": state["examples"],
        "tokens": state["tokens"],
        "peak": args.peak,
        "seed": args.seed,
    }
    facts |= {
        "minutes": state["spent"] / 60,
        "restarted_at": state.get("from_step", 0),
        "threads": args.threads,
        "torch": torch.__version__,
    }
    (args.out / "training.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    parts = {
        "model": model.state_dict(),
        "hints": hints.state_dict(),
        "optimizer": optimizer.state_dict(),
        "state": state,
    }
    torch.save(parts, checkpoint.with_suffix(".new"))
    checkpoint.with_suffix(".new").replace(checkpoint)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=HERE.parents[1] / "models" / "judge")
    options.add_argument("--minutes", type=float, default=68)
    options.add_argument(
        "--pairs", type=float, default=0.18, help="share of the time on pairs without a prompt"
    )
    options.add_argument(
        "--bare", type=float, default=0.08, help="share of the time, at first, on mostly bare answers"
    )
    options.add_argument("--peak", type=float, default=1e-3)
    options.add_argument(
        "--restart",
        action="store_true",
        help="begin a new schedule of --minutes from the checkpoint's weights, without the stretches of short pairs",
    )
    options.add_argument("--seed", type=int, default=20)
    options.add_argument("--threads", type=int, default=1)
    args = options.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(CACHE / "tokenizer")
    model = ModernBertForSequenceClassification(config(tokenizer))
    start_from_matching(model)
    tie(model.model.embeddings.tok_embeddings.weight.data, neighbours(tokenizer), 0.5)
    hints = torch.nn.ModuleList(
        [Hints(model.config.hidden_size), ChoiceHints(model.config.hidden_size, tokenizer)]
    )
    everything = [*model.parameters(), *hints.parameters()]
    decayed = [p for p in everything if p.ndim > 1]
    rest = [p for p in everything if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}], betas=(0.9, 0.98)
    )
    checkpoint = CACHE / "checkpoint.pt"
    state = {"step": 0, "spent": 0.0, "examples": 0, "tokens": 0}
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        hints.load_state_dict(saved["hints"])
        if saved["optimizer"]:
            optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
        if args.restart:
            state |= {"from_step": state["step"], "from_spent": state["spent"]}
    run(model, hints, tokenizer, optimizer, state, args, checkpoint)


@dataclasses.dataclass(frozen=True)
class Schedule:
    """Which kind of batch comes when, by the share of the time that is spent."""

    pairs: float
    bare: float
    restarted: bool

    def share(self, progress: float) -> float:
        """Of prompts among the steps: they come in slowly after the first stretch; a fifth of the steps stay short to
        the end."""
        if progress < self.pairs:
            return 0.0
        return min(0.78, (0.6 if self.restarted else 0.35) + (progress - self.pairs) * 2)

    def kind(self, progress: float) -> str:
        """The name of the next batch's stream.

        Options answered in words are learnt late and all at once, and need many plain examples until then; numbers and
        units, where every sign counts, want many short pairs.
        """
        share = self.share(progress)
        short = (
            "bare" if progress < self.bare or (self.restarted and torch.rand(()).item() < 0.5) else "pairs"
        )
        kind = "prompts" if torch.rand(()).item() < share else short
        draw = torch.rand(()).item() if share > 0.6 else 1.0
        if draw < (0.55 if progress < 0.68 else 0.12):
            return "lookup"
        return "counted" if draw < (0.6 if progress < 0.68 else 0.4) else kind


def streams(tokenizer: PreTrainedTokenizerFast, seed: int) -> dict[str, Iterator[Batch]]:
    """Endless batches of every kind."""
    drawn = {
        "bare": Generator(seed, questions=0.0, wrapped=0.15),
        "pairs": Generator(seed + 1, questions=0.0, wrapped=0.7),
        "prompts": Generator(seed + 2, questions=1.0, wrapped=0.7),
        "counted": Generator(seed + 5, questions=0.0, wrapped=0.25, numbers=True),
        "lookup": Generator(seed + 9, letters=1.0, lookup=0.95),
    }
    return {kind: batches(generator, tokenizer) for kind, generator in drawn.items()}


class Step(NamedTuple):
    """What one step was like, of each a mean: over rows, tokens, or tokens of options."""

    loss: float
    accuracy: float
    hints: float
    choices: float


def learn(
    model: Any, half: HalfCopy, hints: Any, optimizer: Any, batch: Batch, progress: float, sep: int
) -> Step:
    """One step. Hints weigh less and less; those about options stay to the end."""
    ids, mask, labels = batch
    half.pull()
    result = half.fast(input_ids=ids, attention_mask=mask, output_hidden_states=True)
    logits = result.logits.float()
    loss = torch.nn.functional.cross_entropy(logits, labels, label_smoothing=0.02)
    weight = 0.5 * max(0.0, 1 - progress / 0.7)
    copies, choices = hints
    extra = copies(result.hidden_states[copies.LAYER].float(), ids, mask, sep) if weight else loss * 0
    choice = choices(result.hidden_states, ids, mask)
    loss = loss + weight * extra + 0.3 * min(1.0, 4 * (1 - progress)) * choice
    loss.backward()
    half.push_gradients()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    hits = (logits.argmax(-1) == labels).float().mean().item()
    return Step(loss.item(), hits, extra.item(), choice.item())


def run(
    model: Any,
    hints: Any,
    tokenizer: Any,
    optimizer: Any,
    state: dict[str, Any],
    args: argparse.Namespace,
    checkpoint: Path,
) -> None:
    """Steps until the time is spent; a line of the log every 50 of them, a checkpoint every 150."""
    drawn = streams(tokenizer, args.seed + 1000 * state["step"])
    total, last = args.minutes * 60, time.monotonic()
    window: list[Step] = []
    model.train()
    half = HalfCopy(model)
    from_step, from_spent = state.get("from_step", 0), state.get("from_spent", 0.0)
    schedule = Schedule(0.0 if from_step else args.pairs, 0.0 if from_step else args.bare, bool(from_step))
    with (CACHE / "log.jsonl").open("a", encoding="utf-8") as log:
        while state["spent"] - from_spent < total:
            progress = (state["spent"] - from_spent) / total
            batch = next(drawn[schedule.kind(progress)])
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(progress, args.peak, state["step"] - from_step)
            window.append(learn(model, half, hints, optimizer, batch, progress, tokenizer.sep_token_id))
            now = time.monotonic()
            state = state | {
                "step": state["step"] + 1,
                "spent": state["spent"] + now - last,
                "examples": state["examples"] + len(batch[2]),
                "tokens": state["tokens"] + int(batch[1].sum()),
            }
            last = now
            if state["step"] % 50 == 0:
                row = {**state, "share": schedule.share(progress), **means(window)}
                if state["step"] % 150 == 0:
                    row["dev"] = on_dev(model, tokenizer)
                    keep(model, hints, tokenizer, optimizer, state, args, checkpoint)
                print(json.dumps(row), file=log, flush=True)
                window = []
    keep(model, hints, tokenizer, optimizer, state, args, checkpoint)


def means(window: list[Step]) -> dict[str, float]:
    return {
        name: sum(column) / len(window)
        for name, column in zip(Step._fields, zip(*window, strict=True), strict=True)
    }


def on_dev(model: Any, tokenizer: Any) -> dict[str, float] | None:
    path = HERE / "dev.jsonl"
    return evaluate(model, tokenizer, read_triples(path)) if path.exists() else None


if __name__ == "__main__":
    main()
