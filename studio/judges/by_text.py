"""What judges that classify texts share: which texts are asked, each once, and how their answers make a verdict."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from studio.core.errors import Problem
from studio.core.judge import JudgeCall, JudgeCase, JudgeInfo, Verdict
from studio.judges.candidates import Candidate, golds_of

AGREES = 1
REMEMBERED = 50_000

# probability of «agrees», label, seconds, why there is none
Answer = tuple[float | None, int | None, float, Problem | None]


class TextJudge(ABC):
    """Asks about each distinct text once; failures of single texts stay with their cases.

    An empty answer is 0 without asking: there is nothing that could agree. A case without gold has no verdict.
    """

    def __init__(self, info: JudgeInfo) -> None:
        self._info = info
        self._known: dict[str, Answer] = {}

    @property
    def info(self) -> JudgeInfo:
        return self._info

    def verdicts(self, cases: Sequence[JudgeCase]) -> list[Verdict]:
        """One verdict a case, in their order. Nothing is raised for a text that the model cannot take: it is a call
        with a problem. Raises EngineFailed when no server answers at all."""
        asked = [self._texts(case) if worth_asking(case) else [] for case in cases]
        wanted = {c.sha256: c for texts in asked for c in texts}
        missing = [c for sha, c in wanted.items() if sha not in self._known]
        self._known.update({missing[i].sha256: answer for i, answer in self._answers(missing)})
        made = [self._verdict(case, texts) for case, texts in zip(cases, asked, strict=True)]
        self._forget(wanted.values())
        return made

    def close(self) -> None:
        """Lets what was remembered go."""
        self._known.clear()

    @abstractmethod
    def _texts(self, case: JudgeCase) -> list[Candidate]:
        """Every text to ask about for a case."""

    @abstractmethod
    def _answers(self, texts: Sequence[Candidate]) -> Iterable[tuple[int, Answer]]:
        """The answer of each text, by its place, in any order."""

    def _verdict(self, case: JudgeCase, texts: Iterable[Candidate]) -> Verdict:
        if not worth_asking(case):
            return unasked(case)
        return decide([self._call(c) for c in texts])

    def _call(self, candidate: Candidate) -> JudgeCall:
        probability, label, latency, problem = self._known[candidate.sha256]
        return JudgeCall(candidate.name, probability, label, candidate.sha256, latency, problem)

    def _give_up(self, candidate: Candidate, problem: Problem) -> Candidate:
        """For `_texts`: this one is not worth asking about."""
        self._known[candidate.sha256] = (None, None, 0.0, problem)
        return candidate

    def _forget(self, asked: Iterable[Candidate]) -> None:
        """Keeps memory flat over long runs: the oldest texts go first. A failure is never kept: it may have passed."""
        for text in asked:
            if self._known[text.sha256][3] is not None:
                del self._known[text.sha256]
        for sha in list(self._known)[: max(0, len(self._known) - REMEMBERED)]:
            del self._known[sha]


def worth_asking(case: JudgeCase) -> bool:
    """Whether there is gold to agree with and anything that could."""
    return bool(golds_of(case)) and bool(case.prediction.strip())


def unasked(case: JudgeCase) -> Verdict:
    """The verdict on a case that no judge is asked about."""
    return Verdict(0, 0.0) if golds_of(case) else Verdict(None, None, problem=Problem("no_gold"))


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
