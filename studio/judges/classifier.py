"""A judge that is a two-class sequence classifier of transformers: MERA's own, the embedded one, or any folder."""

import math
import time
from collections.abc import Iterator, Sequence
from typing import Any

from studio.core.errors import Problem
from studio.core.judge import JudgeCase, JudgeInfo
from studio.judges.by_text import AGREES, Answer, TextJudge
from studio.judges.candidates import Candidate, batches, candidates

TOKENS_PER_BATCH = 4096


class ClassifierJudge(TextJudge):
    """The model in this process, asked in batches of like length."""

    def __init__(self, model: Any, tokenizer: Any, info: JudgeInfo, device: str) -> None:
        super().__init__(info)
        self._model = model
        self._tokenizer = tokenizer
        self._device = device

    def close(self) -> None:
        """Let the model go; the judge cannot be asked afterwards."""
        super().close()
        self._model = None

    def _texts(self, case: JudgeCase) -> list[Candidate]:
        return candidates(case, self._tokenizer)

    def _answers(self, texts: Sequence[Candidate]) -> Iterator[tuple[int, Answer]]:
        encoded = self._tokenizer([c.text for c in texts])["input_ids"] if texts else []
        for group in batches([len(ids) for ids in encoded], TOKENS_PER_BATCH):
            yield from zip(group, self._classify([encoded[i] for i in group]), strict=True)

    def _classify(self, rows: list[list[int]]) -> list[Answer]:
        """Answers of one batch; when the batch fails, its rows are asked singly so that one cannot spoil the rest."""
        started = time.perf_counter()
        try:
            probabilities = self._probabilities(rows)
        except (RuntimeError, ValueError, IndexError) as failure:
            if len(rows) > 1:
                return [answer for row in rows for answer in self._classify([row])]
            problem = Problem("judge_failed", {"judge": self._info.name, "reason": _first_line(failure)})
            return [(None, None, time.perf_counter() - started, problem)]
        latency = (time.perf_counter() - started) / len(rows)
        return [self._answer(pair, latency) for pair in probabilities]

    def _answer(self, pair: Sequence[float], latency: float) -> Answer:
        """Argmax of two classes. Not-a-number means that the model broke down on this text."""
        if any(math.isnan(p) for p in pair):
            return None, None, latency, Problem("judge_failed", {"judge": self._info.name, "reason": "NaN"})
        return pair[AGREES], int(pair[AGREES] > pair[1 - AGREES]), latency, None

    def _probabilities(self, rows: list[list[int]]) -> list[list[float]]:
        """(differs, agrees) for each row of token ids."""
        import torch

        inputs = self._tokenizer.pad({"input_ids": rows}, return_tensors="pt").to(self._device)
        with torch.inference_mode():
            logits = self._model(
                input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"]
            ).logits
        found: list[list[float]] = logits.float().softmax(-1).tolist()
        return found


def _first_line(failure: BaseException) -> str:
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0][:300]
