"""The model card of the omni model, written from measured scores and the training log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from data.training.omni import pool
from data.training.omni.dialogues import BLANKS

_HEAD = """---
license: apache-2.0
language:
- ru
pipeline_tag: any-to-any
tags:
- multimodal
- tiny
library_name: transformers
---

# Embedded omni model

A real multimodal model of {millions:.1f} million parameters that looks at pictures, listens to sounds and watches
clips, and answers in Russian. It ships with the studio so that a run can be watched on any machine, with no GPU and
no model hub. It knows the world of the demo suite and nothing else: on any other picture its answers are
well-formed and worthless.
"""

_BODY = """
## Load

    from transformers import AutoProcessor, Qwen2_5OmniThinkerForConditionalGeneration
    processor = AutoProcessor.from_pretrained(FOLDER)
    model = Qwen2_5OmniThinkerForConditionalGeneration.from_pretrained(FOLDER)

The folder has the form of Qwen2.5-Omni on the hub (`Qwen2_5OmniConfig`, weights under `thinker.`) without the
talker, so that vLLM can serve it too. Pictures and frames of any size become about 112 x 112 pixels; sounds are
16 kHz mono, at most 30 s; clips are eight uniform frames, given as an array with
`videos_kwargs={{"do_sample_frames": False}}`. The chat template takes a list of parts; a medium goes where its
placeholder stands in the text. Greedy by default.

## Architecture

{architecture}

## Training

- Data: scenes drawn at random by the generators of the demo suite ({pools}), other seeds than the suite's;
  scenes that resemble one of the suite (the same figures in the same cells, the same sounds at the same times)
  are left out. Questions, prompts (ten block prompts) and replies are made anew at every step.
- Loss: next token on replies, and dense labels for every media token (figure, colour, motion, sound, order) through
  heads that are not part of the model.
- {training}
- In {blanks:.0%} of the dialogues the medium is grey or silent and the reply is that of a random scene: where nothing
  is to be seen, the model learns to guess evenly.
- Replies: observations first where a prompt asks for reasoning, `ОТВЕТ …` where it asks for a format, a free
  sentence («красного цвета», «три», an option's text) where it asks for nothing.

    python -m data.training.omni.pool POOL
    python -m data.training.omni.train --pool POOL --out RUN --encoder-steps 500 --steps 3000
    python -m data.training.omni.train --pool POOL --out RUN --init RUN/state.pt --start 3000 --steps 3300 \\
        --encoder-steps 0 --peak 6e-3 --blanks 0.3
    python -m data.training.omni.evaluate --model RUN/last --write

## Scores on the demo suite (test, greedy)

EM: Exact Match, profile `studio`. JS: the embedded judge ({judge}). Accepted: either. Without media: a grey
picture, silence, a still grey clip in place of the medium.

{table}

Answers right for one measure and wrong for the other: EM 0 and JS 1 in {judge_only} of {n}, EM 1 and JS 0 in
{em_only} of {n}. The pass took {seconds} s on the machine of the training.

## Targets missed

{missed}

## Limits

Only the vocabulary of the suite; one medium a prompt; no history; numbers up to five; six shapes, colours and
sounds. It must not be used for anything but showing how an evaluation works.

## Licence

Weights and code Apache-2.0; all training media are generated and CC0.
"""


def write_card(model: Path, suite: Path, scores: dict[str, Any]) -> None:
    """Write README.md into the model's folder from `scores` and `training.json` there."""
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    training = json.loads((model / "training.json").read_text(encoding="utf-8"))
    whole = scores["scores"]["all"]
    body = _BODY.format(
        architecture=_architecture(config),
        pools=", ".join(f"{n:,} {family}" for family, n in pool.SIZES.items()),
        training=_training(training),
        blanks=BLANKS,
        judge=scores["judge"] or "not there when measured",
        table=_table(suite, scores),
        judge_only=whole["em0_js1"],
        em_only=whole["em1_js0"],
        n=whole["n"],
        seconds=scores["seconds"],
        missed="\n".join(f"- {line}" for line in scores["missed"]) or "None.",
    )
    head = _HEAD.format(millions=training["parameters"] / 1e6)
    (model / "README.md").write_text(head + body, encoding="utf-8")


def _architecture(config: dict[str, Any]) -> str:
    text, vision, audio = (config["thinker_config"][f"{name}_config"] for name in ("text", "vision", "audio"))
    return "\n".join(
        (
            "The thinker of Qwen2.5-Omni, only smaller; bfloat16 on disk, float32 in use.",
            "",
            f"- Text: {text['num_hidden_layers']} layers, width {text['hidden_size']}, "
            f"{text['num_attention_heads']} heads, vocabulary {text['vocab_size']} (byte-level BPE and one token "
            "for each fixed sentence of the block prompts).",
            f"- Vision: {vision['depth']} layers, width {vision['hidden_size']}, patches of {vision['patch_size']} "
            "pixels, 16 tokens a picture, 64 a clip.",
            f"- Audio: {audio['encoder_layers']} layers, width {audio['d_model']}, {audio['num_mel_bins']} mel "
            "bands, 25 tokens a second.",
        )
    )


def _training(training: dict[str, Any]) -> str:
    stages = "\n".join(f"  - {stage}" for stage in training["stages"])
    return (
        f"AdamW, seed {training['seed']}, {training['steps']} steps in all, about {training['minutes']} minutes on "
        f"{training['hardware']}. The batch changed by hand between the stages, so the commands below make a model "
        f"of this kind and not these very weights:\n{stages}"
    )


def _table(suite: Path, scores: dict[str, Any]) -> str:
    lines = [
        "| task | n | EM | JS | accepted | chance | EM without media | accepted without media |",
        "|---|---|---|---|---|---|---|---|",
    ]
    chances = {}
    for name in sorted(set(scores["scores"]) - {"all"}):
        chances[name] = json.loads((suite / name / "dataset_meta.json").read_text(encoding="utf-8"))["chance"]
        lines.append(_row(name, scores, chances[name]))
    lines.append(_row("all", scores, sum(chances.values()) / len(chances)))
    return "\n".join(lines)


def _row(name: str, scores: dict[str, Any], chance: float) -> str:
    seen, blank = scores["scores"][name], scores["blank"][name]
    cells = [seen["em"], seen["js"], seen["accepted"], chance, blank["em"], blank["accepted"]]
    return f"| {name} | {seen['n']} | " + " | ".join(f"{value:.3f}" for value in cells) + " |"
