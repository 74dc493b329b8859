"""Draw the embeddings of words that mean the same together, so that matching heads see them as copies.

A few hundred thousand triples show each synonym pair only a handful of times; the lists say it outright. `train.py`
begins with it; after training, with a share chosen on dev.jsonl: python data/training/judge/tie_synonyms.py --share 0.2
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path
from typing import Any

import torch
from synonyms import english, synonym_groups
from transformers import AutoModelForSequenceClassification, AutoTokenizer
from words import load_lexicon

LARGEST_GROUP = 4  # larger synonym sets of the word net are loose


def neighbours(tokenizer: Any) -> dict[int, set[int]]:
    """Pieces that stand for synonyms or translations of one another; words of several pieces are left out."""
    found: dict[int, set[int]] = collections.defaultdict(set)
    groups = [*synonym_groups(), *(g for g in load_lexicon()["synonyms"] if len(g) <= LARGEST_GROUP)]
    groups += [list(pair) for pair in english().items()]
    for group in groups:
        stems = {stem for word in group if (stem := _stem(tokenizer, word)) is not None}
        for stem in stems:
            found[stem] |= stems - {stem}
    return {stem: others for stem, others in found.items() if others}


def _stem(tokenizer: Any, word: str) -> int | None:
    """The word's only piece, or its first where the rest is a split-off verbal ending."""
    ids: list[int] = tokenizer(word, add_special_tokens=False)["input_ids"]
    pieces = tokenizer.convert_ids_to_tokens(ids)
    whole = len(ids) == 1 or (len(ids) == 2 and " " not in word and not pieces[1].startswith("##"))
    return ids[0] if whole else None


def tie(weights: torch.Tensor, groups: dict[int, set[int]], share: float) -> None:
    """Move each embedding by `share` towards the mean of its neighbours, all at once, in place."""
    before = weights.clone()
    for stem, others in groups.items():
        weights[stem] = (1 - share) * before[stem] + share * before[sorted(others)].mean(0)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, default=Path(__file__).parents[2] / "models" / "judge")
    options.add_argument("--share", type=float, default=0.5)
    args = options.parse_args()
    tokenizer = AutoTokenizer.from_pretrained(args.folder)
    model = AutoModelForSequenceClassification.from_pretrained(args.folder, dtype=torch.float32)
    groups = neighbours(tokenizer)
    tie(model.model.embeddings.tok_embeddings.weight.data, groups, args.share)
    model.to(torch.float16).save_pretrained(args.folder)
    facts = json.loads((args.folder / "training.json").read_text(encoding="utf-8"))
    facts |= {"tied_share": args.share, "tied_pieces": len(groups)}
    (args.folder / "training.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
