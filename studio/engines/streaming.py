"""Watching a batch while it is generated: who has finished, when, and the words so far of one row."""

import time
from collections.abc import Callable, Sequence
from typing import Any

# Ten updates a second are more than an eye follows; decoding text at every step would cost the batch its speed.
SECONDS_BETWEEN_TEXTS = 0.1


class TextTail:
    """Decodes tokens as they come, each only a few times, and holds back a letter whose bytes are not all there."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._start = 0  # where the decoded window begins: some tokens back, for tokenizers that join words
        self._read = 0
        self.text = ""

    def feed(self, tokens: Sequence[int]) -> str:
        """The text of all tokens so far (`tokens` is the whole answer, longer at every call)."""
        before = self._decode(tokens[self._start : self._read])
        window = self._decode(tokens[self._start :])
        if len(window) > len(before) and not window.endswith("\ufffd"):
            self.text += window[len(before) :]
            self._start, self._read = self._read, len(tokens)
        return self.text

    def _decode(self, tokens: Sequence[int]) -> str:
        return str(self._tokenizer.decode(tokens, skip_special_tokens=True)) if tokens else ""


class Row:
    """One answer of a batch as it grows. Times are of `time.perf_counter`."""

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.finished = False
        self.ended_at = 0.0


class BatchWatch:
    """A streamer for `generate`: it is given the whole batch's tokens at every step.

    Keeps each row's tokens up to its end (the end's own token left out) and its times, and now and then
    tells `on_text` the text so far of the first row that is not finished: one row, since nobody reads 32 at once.
    """

    def __init__(
        self,
        n_rows: int,
        end_ids: frozenset[int],
        tokenizer: Any,
        on_text: Callable[[int, str], None] | None,
    ) -> None:
        self.rows = [Row() for _ in range(n_rows)]
        self.started_at = time.perf_counter()
        self.first_at: float | None = None
        self._end_ids = end_ids
        self._tokenizer = tokenizer
        self._on_text = on_text
        self._followed = 0
        self._tail = TextTail(tokenizer)
        self._told_at = 0.0
        self._told = 0
        # A single answer is read as it is written, token by token.
        self._pause_s = SECONDS_BETWEEN_TEXTS if n_rows > 1 else 0.0

    def put(self, tokens: Any) -> None:
        """Called by `generate`: first with the prompts (rows, length), then with one token a row (rows,)."""
        if tokens.ndim > 1:
            return
        now = time.perf_counter()
        if self.first_at is None:
            self.first_at = now
        for row, token in zip(self.rows, tokens.tolist(), strict=True):
            if row.finished:
                continue
            if token in self._end_ids:
                row.finished = True
            else:
                row.tokens.append(token)
            row.ended_at = now
        if self._on_text is not None:
            self._tell(now)

    def end(self) -> None:
        """Called by `generate` when all is done."""

    def _tell(self, now: float) -> None:
        if self.rows[self._followed].finished:
            self._say()
            open_rows = [index for index, row in enumerate(self.rows) if not row.finished]
            if not open_rows:
                self._on_text = None
                return
            self._followed, self._tail, self._told = open_rows[0], TextTail(self._tokenizer), 0
        if now - self._told_at >= self._pause_s:
            self._say()
            self._told_at = now

    def _say(self) -> None:
        tokens = self.rows[self._followed].tokens
        if self._on_text is not None and len(tokens) > self._told:
            self._told = len(tokens)
            self._on_text(self._followed, self._tail.feed(tokens))


def stop_when(cancelled: Callable[[], bool]) -> Any:
    """A stopping criterion that ends the whole batch at the next token once `cancelled()` is true."""
    import torch
    from transformers import StoppingCriteria

    class StopWhen(StoppingCriteria):  # type: ignore[misc]
        def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
            return torch.full((input_ids.shape[0],), cancelled(), dtype=torch.bool, device=input_ids.device)

    return StopWhen()
