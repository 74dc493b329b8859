"""The classifier judge: each distinct text asked once, answers in order, and a failure that is never a zero."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from studio.core.judge import JudgeCase, JudgeInfo
from studio.judges.classifier import ClassifierJudge

INFO = JudgeInfo("rule", "0", "path")
PAD, SEP, POISON, NAN = 0, 1, 2, 3


class CharTokenizer:
    """One id a character; the separator is the character |."""

    sep_token = "|"
    all_special_tokens = ("[PAD]",)

    def __call__(self, texts: Any, **options: Any) -> Any:
        if isinstance(texts, str):
            return {"offset_mapping": [(i, i + 1) for i in range(len(texts))]}
        special = {"|": SEP, "☠": POISON, "∅": NAN}
        return {"input_ids": [[special.get(c, ord(c)) for c in text] for text in texts]}

    def pad(self, rows: Any, return_tensors: str) -> Any:
        import torch
        from transformers import BatchEncoding

        width = max(map(len, rows["input_ids"]))
        ids = torch.tensor([[*row, *[PAD] * (width - len(row))] for row in rows["input_ids"]])
        return BatchEncoding({"input_ids": ids, "attention_mask": (ids != PAD).long()})


class EqualityModel:
    """Says 1 where the last part equals the one before it. Counts the rows it is asked about."""

    def __init__(self) -> None:
        self.rows: list[list[int]] = []

    def __call__(self, input_ids: Any, attention_mask: Any) -> Any:
        import torch

        rows = [row[: int(n)] for row, n in zip(input_ids.tolist(), attention_mask.sum(1), strict=True)]
        self.rows += rows
        if any(POISON in row for row in rows):
            raise RuntimeError("index out of range in self\nmore")
        return SimpleNamespace(logits=torch.tensor([self._logits(row) for row in rows]))

    def _logits(self, row: list[int]) -> list[float]:
        if NAN in row:
            return [float("nan"), 0.0]
        first, second = [i for i, x in enumerate(row) if x == SEP]
        return [0.0, 3.0] if row[first + 1 : second] == row[second + 1 :] else [3.0, 0.0]


@pytest.fixture
def model() -> EqualityModel:
    return EqualityModel()


@pytest.fixture
def judge(model: EqualityModel) -> ClassifierJudge:
    return ClassifierJudge(model, CharTokenizer(), INFO, "cpu")


def case(gold: str | tuple[str, ...], prediction: str) -> JudgeCase:
    return JudgeCase("Кто это?", gold, prediction)


def test_verdicts_come_in_the_order_of_the_cases(judge: ClassifierJudge) -> None:
    cases = [
        case("кот", "кот"),
        case("кот", "очень длинный ответ " * 300),
        case("пёс", "кот"),
        case("пёс", "пёс"),
    ]
    assert [v.label for v in judge.verdicts(cases)] == [1, 0, 0, 1]


def test_a_verdict_is_the_largest_over_the_answer_and_its_part_after_the_marker(
    judge: ClassifierJudge,
) -> None:
    (verdict,) = judge.verdicts([case("кот", "усы, хвост. ОТВЕТ кот")])
    assert verdict.label == 1
    assert [(c.candidate, c.label) for c in verdict.calls] == [("full", 0), ("after_marker", 1)]
    assert verdict.probability == max(c.probability or 0 for c in verdict.calls)


def test_a_text_is_asked_once_however_often_it_comes(judge: ClassifierJudge, model: EqualityModel) -> None:
    judge.verdicts([case("кот", "пёс")] * 5)
    judge.verdicts([case("кот", "пёс")])
    assert len(model.rows) == 1


def test_any_of_several_golds_will_do(judge: ClassifierJudge) -> None:
    assert judge.verdicts([case(("кошка", "кот"), "кот")])[0].label == 1


@pytest.mark.parametrize("gold", ["", "  ", (), ("", " ")])
def test_without_gold_there_is_no_verdict(judge: ClassifierJudge, gold: str | tuple[str, ...]) -> None:
    (verdict,) = judge.verdicts([case(gold, "кот")])
    assert verdict.label is None
    assert verdict.problem is not None
    assert verdict.problem.code == "no_gold"


@pytest.mark.parametrize("prediction", ["", "   \n"])
def test_an_empty_answer_is_zero_without_asking(
    judge: ClassifierJudge, model: EqualityModel, prediction: str
) -> None:
    assert judge.verdicts([case("кот", prediction)])[0].label == 0
    assert model.rows == []


def test_a_failure_stays_with_its_case_and_is_not_a_zero(judge: ClassifierJudge) -> None:
    good, bad, wrong = judge.verdicts([case("кот", "кот"), case("кот", "к☠т"), case("кот", "пёс")])
    assert (good.label, wrong.label) == (1, 0)
    assert bad.label is None
    assert bad.problem is not None
    assert bad.problem.code == "judge_failed"
    assert bad.problem.values["reason"] == "index out of range in self"


def test_a_number_that_is_none_is_a_failure(judge: ClassifierJudge) -> None:
    (verdict,) = judge.verdicts([case("кот", "∅")])
    assert verdict.label is None
    assert verdict.problem is not None


def test_one_accepted_text_outweighs_a_failed_one(judge: ClassifierJudge) -> None:
    assert judge.verdicts([case("кот", "☠ ОТВЕТ кот")])[0].label == 1


def test_a_refused_text_does_not_settle_what_a_failed_one_might_have_said(judge: ClassifierJudge) -> None:
    assert judge.verdicts([case("кот", "☠ ОТВЕТ пёс")])[0].label is None


def test_no_cases_give_no_verdicts(judge: ClassifierJudge) -> None:
    assert judge.verdicts([]) == []


def test_a_text_that_no_encoding_can_hold_still_gets_a_verdict(judge: ClassifierJudge) -> None:
    assert judge.verdicts([case("кот", "\ud800")])[0].label == 0


def test_importing_the_room_loads_no_torch(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = "import studio.judges, sys; print([m for m in ('torch', 'transformers') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
