"""A judge that is a two-class sequence classifier of transformers: MERA's own, the embedded one, or any folder."""

import math
import time
from collections.abc import Iterable, Sequence
from typing import Any

from studio.core.errors import Problem
from studio.core.judge import JudgeCall, JudgeCase, JudgeInfo, Verdict
from studio.judges.candidates import Candidate, batches, candidates, golds_of

AGREES = 1
TOKENS_PER_BATCH = 4096
REMEMBERED = 50_000

Answer = tuple[float | None, int | None, float, Problem | None]


class ClassifierJudge:
    """Asks the model about each distinct text once; failures of single texts stay with their cases.

    An empty answer is 0 without asking: there is nothing that could agree. A case without gold has no verdict.
    """

    def __init__(self, model: Any, tokenizer: Any, info: JudgeInfo, device: str) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._info = info
        self._device = device
        self._known: dict[str, Answer] = {}

    @property
    def info(self) -> JudgeInfo:
        return self._info

    def verdicts(self, cases: Sequence[JudgeCase]) -> list[Verdict]:
        """One verdict a case, in their order. Nothing is raised for a text that the model cannot take."""
        asked = [self._candidates(case) for case in cases]
        wanted = {c.sha256: c for texts in asked for c in texts}
        self._ask([c for sha, c in wanted.items() if sha not in self._known])
        made = [self._verdict(case, texts) for case, texts in zip(cases, asked, strict=True)]
        self._forget()
        return made

    def close(self) -> None:
        """Let the model go; the judge cannot be asked afterwards."""
        self._model = None
        self._known.clear()

    def _candidates(self, case: JudgeCase) -> list[Candidate]:
        if not case.prediction.strip() or not golds_of(case):
            return []
        return candidates(case, self._tokenizer)

    def _verdict(self, case: JudgeCase, texts: Iterable[Candidate]) -> Verdict:
        if not golds_of(case):
            return Verdict(None, None, problem=Problem("no_gold"))
        if not case.prediction.strip():
            return Verdict(0, 0.0)
        return decide([self._call(c) for c in texts])

    def _call(self, candidate: Candidate) -> JudgeCall:
        probability, label, latency, problem = self._known[candidate.sha256]
        return JudgeCall(candidate.name, probability, label, candidate.sha256, latency, problem)

    def _ask(self, texts: list[Candidate]) -> None:
        """Fill `_known` for every text, in batches of like length."""
        encoded = self._tokenizer([c.text for c in texts])["input_ids"] if texts else []
        for group in batches([len(ids) for ids in encoded], TOKENS_PER_BATCH):
            rows = [encoded[i] for i in group]
            for i, answer in zip(group, self._classify(rows), strict=True):
                self._known[texts[i].sha256] = answer

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

    def _forget(self) -> None:
        """Keep memory flat over long runs: the oldest texts go first."""
        for sha in list(self._known)[: max(0, len(self._known) - REMEMBERED)]:
            del self._known[sha]


def decide(calls: Sequence[JudgeCall]) -> Verdict:
    """The largest verdict over all texts. A 1 stands whatever else failed; a 0 needs every text to be answered."""
    answered = [c for c in calls if c.label is not None and c.probability is not None]
    best = max(answered, key=_probability, default=None)
    failed = next((c.problem for c in calls if c.problem is not None), None)
    if best is not None and (best.label == AGREES or failed is None):
        return Verdict(best.label, best.probability, tuple(calls))
    return Verdict(None, None, tuple(calls), failed)


def _probability(call: JudgeCall) -> float:
    return -1.0 if call.probability is None else call.probability


def _first_line(failure: BaseException) -> str:
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0][:300]
