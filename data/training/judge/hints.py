"""Extra targets for training the judge, known from the token ids alone."""

from __future__ import annotations

import torch
from transformers import PreTrainedTokenizerFast


class Hints(torch.nn.Module):
    """Extra targets on an inner layer, known from the ids alone; dropped after training.

    For every token: its segment (question, gold, prediction) and whether the same piece occurs in each of the other
    two. One bit a triple teaches comparison slowly; these are dense.
    """

    LAYER = 3

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.segment = torch.nn.Linear(hidden, 3)
        self.copies = torch.nn.Linear(hidden, 3)

    def forward(self, inner: torch.Tensor, ids: torch.Tensor, mask: torch.Tensor, sep: int) -> torch.Tensor:
        """Mean loss over tokens; `inner` is (rows, tokens, hidden) after LAYER layers."""
        is_sep = ids == sep
        segment = (is_sep.cumsum(1) - is_sep.long()).clamp(max=2)
        equal = (ids[:, :, None] == ids[:, None, :]) & mask[:, None, :].bool() & ~is_sep[:, None, :]
        found = torch.stack([(equal & (segment == k)[:, None, :]).any(-1) for k in range(3)], -1)
        foreign = torch.nn.functional.one_hot(segment, 3) == 0
        use = mask.bool() & ~is_sep
        parts = torch.nn.functional.cross_entropy(self.segment(inner)[use], segment[use])
        seen = (use[:, :, None] & foreign) & (segment > 0)[:, :, None]
        copies = torch.nn.functional.binary_cross_entropy_with_logits(
            self.copies(inner)[seen], found[seen].float()
        )
        return parts + 2 * copies


class ChoiceHints(torch.nn.Module):
    """Extra targets for lettered questions, on the tokens of the question: which are the text of the gold option, and
    which occur in the prediction. Where both hold, the prediction says the right option in words; the two flags lie on
    the same tokens, so that no further look-up is needed."""

    SPAN_LAYER, COPY_LAYER = 4, 5

    def __init__(self, hidden: int, tokenizer: PreTrainedTokenizerFast) -> None:
        super().__init__()
        self.span = torch.nn.Linear(hidden, 1)
        self.copy = torch.nn.Linear(hidden, 1)
        self.sep, self.line = tokenizer.convert_tokens_to_ids(["[SEP]", "⏎"])
        self.marks = set(tokenizer.convert_tokens_to_ids([".", ")"]))

    def option(self, ids: list[int]) -> tuple[int, int, int] | None:
        """(start, end, end of gold) of the gold option's text, or None where gold is no option's letter."""
        first = ids.index(self.sep)
        second = ids.index(self.sep, first + 1)
        if not 1 <= second - first - 1 <= 2:
            return None
        for j in range(2, first - 1):
            if ids[j] == ids[first + 1] and ids[j + 1] in self.marks and ids[j - 1] == self.line:
                end = ids.index(self.line, j) if self.line in ids[j:first] else first
                return j + 2, end, second
        return None

    def forward(
        self, states: tuple[torch.Tensor, ...], ids: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        inside, asked = torch.zeros(2, *ids.shape)
        equal, judged = torch.zeros(2, *ids.shape)
        for row, (tokens, length) in enumerate(zip(ids.tolist(), mask.sum(1).tolist(), strict=True)):
            found = self.option(tokens[:length])
            if found is not None:
                start, end, second = found
                inside[row, start:end] = 1
                asked[row, : tokens.index(self.sep)] = 1
                first = tokens.index(self.sep)
                said = set(tokens[second + 1 : length - 1])
                equal[row, 1:first] = (
                    torch.tensor([float(t in said) for t in tokens[1:first]]) * inside[row, 1:first]
                )
                judged[row, 1:first] = 1
        if not judged.any():
            return states[0].sum() * 0
        span = self.span(states[self.SPAN_LAYER].float())[..., 0][asked > 0]
        copied = self.copy(states[self.COPY_LAYER].float())[..., 0][judged > 0]
        loss = torch.nn.functional.binary_cross_entropy_with_logits
        weight = torch.tensor(2.0)
        return 3 * loss(span, inside[asked > 0]) + 3 * loss(copied, equal[judged > 0], pos_weight=weight)
