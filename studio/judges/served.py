"""A two-class classifier behind vLLM: how MERA serves its judge, by `/classify`; here in JSON, with its errors seen."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

from studio.core.errors import EngineFailed, ModelError, Problem
from studio.core.judge import JudgeCase, JudgeInfo
from studio.judges.by_text import AGREES, Answer, TextJudge
from studio.judges.candidates import MAX_LENGTH, OFFSET, Candidate, after_marker, golds_of, without_specials
from studio.servers import Body, Line, Send, Server, post

TEXTS_PER_REQUEST = 32
# Strings that some tokenizer takes for more than text; a model's answer must not be able to write any of them.
_SPECIAL = (
    "[UNK]",
    "[SEP]",
    "[PAD]",
    "[CLS]",
    "[MASK]",
    "<s>",
    "</s>",
    "<unk>",
    "<pad>",
    "<mask>",
    "<|endoftext|>",
)


Told = TypeVar("Told")


class _Refused(Exception):
    """The server does not answer about one text."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class ServedJudge(TextJudge):
    """The classifier of a line to one or more servers. Close it to end the line."""

    def __init__(self, line: Line, model: str) -> None:
        """Raises ModelError for a server that classifies nothing, or into another number of classes than two."""
        self._line = line
        self._model = model
        context = line.offer.models.get(model) or MAX_LENGTH
        self._keep = min(context, MAX_LENGTH) - OFFSET
        try:
            self._sep = line.wait(self._separator())
            problem = line.wait(self._classify([f"1{self._sep}1{self._sep}1"]))[0][3]
        except EngineFailed as error:
            problem = error.problem
        if problem is not None:
            words = str(problem.values.get("words", problem.code))
            raise ModelError("judge_not_serving", model=model, words=words)
        super().__init__(JudgeInfo(model, "served", "server", device=", ".join(line.access.urls)))

    def close(self) -> None:
        super().close()
        self._line.close()

    def _texts(self, case: JudgeCase) -> list[Candidate]:
        """As `candidates` makes them, but for the counting of tokens, which the server does."""
        special = (*_SPECIAL, self._sep)
        parts = {"full": case.prediction, "after_marker": after_marker(case.prediction)}
        found: list[Candidate] = []
        for gold in golds_of(case):
            for name, part in parts.items():
                if part is not None:
                    pieces = [without_specials(text, special) for text in (case.question, gold, part)]
                    found += self._windows(name, self._sep.join(pieces))
        return found

    def _windows(self, name: str, text: str) -> list[Candidate]:
        keep = self._keep
        try:
            if len(text) <= keep or self._line.wait(self._length(text)) <= keep:
                return [Candidate(name, text)]
            head = text[: self._cut(text, keep, from_end=False)]
            tail = text[-self._cut(text, keep, from_end=True) :]
        except _Refused as refused:
            return [self._give_up(Candidate(name, text), refused.problem)]
        return [Candidate(f"{name}:head", head), Candidate(f"{name}:tail", tail)]

    def _cut(self, text: str, keep: int, *, from_end: bool) -> int:
        """How many characters of one end are at most `keep` tokens: found by halving, a dozen questions."""
        low, high = keep // 2, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            piece = text[-middle:] if from_end else text[:middle]
            fits = self._line.wait(self._length(piece)) <= keep
            low, high = (middle, high) if fits else (low, middle - 1)
        return max(1, low)

    def _answers(self, texts: Sequence[Candidate]) -> Iterator[tuple[int, Answer]]:
        groups = [texts[i : i + TEXTS_PER_REQUEST] for i in range(0, len(texts), TEXTS_PER_REQUEST)]
        found = self._line.begin(self._classify_all(groups)).result()
        return enumerate(answer for group in found for answer in group)

    async def _classify_all(self, groups: Sequence[Sequence[Candidate]]) -> list[list[Answer]]:
        return await asyncio.gather(*(self._classify([c.text for c in group]) for group in groups))

    async def _classify(self, texts: Sequence[str]) -> list[Answer]:
        """Answers of one request; when it is refused, its texts are asked singly so that one cannot spoil the rest."""
        started = time.perf_counter()
        found = await self._line.asker.ask({"model": self._model, "input": list(texts)}, _classified)
        if isinstance(found, Problem):
            if len(texts) > 1:
                return [answer for text in texts for answer in await self._classify([text])]
            return [(None, None, time.perf_counter() - started, found)]
        each = found.seconds / len(texts)
        return [(pair[AGREES], int(pair[AGREES] > pair[1 - AGREES]), each, None) for pair in found.result]

    async def _separator(self) -> str:
        """The tokenizer's separator: what it puts behind every text."""
        try:
            tokens = await self._asked({"prompt": "а", "add_special_tokens": True}, _tokens)
            separator = await self._asked({"tokens": tokens[-1:]}, _text)
        except _Refused as refused:
            words = str(refused.problem.values.get("words", refused.problem.code))
            raise ModelError("judge_not_serving", model=self._model, words=words) from refused
        if not separator or len(tokens) < 2:
            raise ModelError("judge_not_serving", model=self._model, words="no separator")
        return separator

    async def _length(self, text: str) -> int:
        return len(await self._asked({"prompt": text, "add_special_tokens": False}, _tokens))

    async def _asked(self, body: Body, send: Send[Told]) -> Told:
        """Raises _Refused: the server will not answer this."""
        found = await self._line.asker.ask({"model": self._model, **body}, send)
        if isinstance(found, Problem):
            raise _Refused(found)
        return found.result


async def _classified(server: Server, body: Body) -> list[tuple[float, float]]:
    """(differs, agrees) for each text. Raises ValueError for another number of classes or of answers."""
    told = await post(server, f"{_root(server)}/classify", body)
    pairs = [tuple(item["probs"]) for item in sorted(told["data"], key=lambda item: item["index"])]
    if len(pairs) != len(body["input"]) or any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"{len(pairs)} answers of {len(pairs[0]) if pairs else 0} classes")
    return [(float(differs), float(agrees)) for differs, agrees in pairs]


async def _tokens(server: Server, body: Body) -> list[int]:
    told = await post(server, f"{_root(server)}/tokenize", body)
    return [int(token) for token in told["tokens"]]


async def _text(server: Server, body: Body) -> str:
    told = await post(server, f"{_root(server)}/detokenize", body)
    return str(told["prompt"]).strip()


def _root(server: Server) -> str:
    """vLLM answers these beside the API, not under it."""
    return server.url.removesuffix("/v1")
