"""Answers with a verdict known by construction: right ones are right, wrong ones wrong, and always the same."""

import re
from pathlib import Path

import pytest

from studio.calibration import KINDS, answers_of, kind_named, wordings
from studio.calibration.facts import alike
from studio.core.content import Text
from studio.core.task import Sample

ROOT = Path(__file__).parent.parent.parent


def sample(number: int, gold, options=None, question="Что это?", **more) -> Sample:
    return Sample(
        str(number), "test", "{question}", {"question": question}, (), (Text(question),), gold, options or {}, **more
    )  # fmt: skip


LETTERS = [
    sample(1, "A", {"A": "кот", "B": "пёс", "C": "ёж"}),
    sample(2, "C", {"A": "кот", "B": "пёс", "C": "ёж"}),
]
WORDS = [sample(1, "жёлтый"), sample(2, "5"), sample(3, "12,5"), sample(4, ("да", "ага")), sample(5, "синий")]


def made(samples, seed=0) -> dict[tuple[str, str], str]:
    return {(each.kind.name, each.sample.id): each.text for each in answers_of("T", samples, seed)}


def test_every_form_of_a_letter_answer() -> None:
    found = made(LETTERS)
    assert (
        found["gold", "1"] == "A"
        and found["letter_text", "2"] == "C. ёж"
        and found["option_text", "2"] == "ёж"
    )
    assert found["case", "1"] == "a" and found["lookalike", "1"] == "А" and "А" != "A"
    assert found["other_letter", "1"] in {"B", "C"}
    assert found["other_text", "1"] == LETTERS[0].options[found["other_letter", "1"]]
    assert found["negated", "1"] == "не A"
    assert all(text in found["all_options", "1"] for text in ("A. кот", "B. пёс", "C. ёж"))
    assert ("other_gold", "1") not in found and ("number_word", "1") not in found


def test_every_form_of_a_short_answer() -> None:
    found = made(WORDS)
    assert (
        found["yo", "1"] == "желтый" and found["case", "1"] == "ЖЁЛТЫЙ" and found["quotes", "1"] == "«жёлтый»"
    )
    assert found["number_word", "2"] == "пять" and found["number_form", "2"] == "5,0"
    assert found["number_form", "3"] == "12.5" and ("number_word", "3") not in found
    assert ("case", "2") not in found and ("letter_text", "1") not in found
    assert found["other_gold", "4"] not in {"да", "ага"}
    assert found["reasoning", "1"].endswith("ОТВЕТ: жёлтый")


def test_a_wrong_answer_ends_wrong_whatever_it_says_before() -> None:
    for samples in (LETTERS, WORDS):
        for each in answers_of("T", samples, 3):
            golds = (each.sample.gold,) if isinstance(each.sample.gold, str) else each.sample.gold
            ending = each.text.rpartition("ОТВЕТ: ")[2]
            if each.kind.name in {"final_wrong", "long_wrong"}:
                assert ending and not any(alike(ending, gold) for gold in golds)
            if each.kind.name in {"command_ru", "command_en", "fake_separator", "fake_label"}:
                assert each.text.split()[0] not in golds
            if each.kind.name == "final_wrong":
                assert golds[0] in each.text


def test_both_sides_are_there_and_each_kind_has_one_verdict() -> None:
    assert len(KINDS) == len({kind.name for kind in KINDS}) >= 20
    assert {kind.verdict for kind in KINDS} == {0, 1}
    assert all(not kind.verdict for kind in KINDS if kind.trick)
    assert kind_named("gold").verdict == 1 and kind_named("unheard of") is None


def test_the_same_seed_makes_the_same_answers_and_another_others() -> None:
    many = [sample(n, str(n), question=f"Сколько? {n}") for n in range(30)]
    assert made(many, 7) == made(many, 7)
    assert made(many, 7) != made(many, 8)


def test_a_further_sample_changes_no_others_answer_where_it_brings_no_new_gold() -> None:
    many = [sample(n, str(n % 4)) for n in range(20)]
    fewer, more = made(many), made([*many, sample(99, "1")])
    assert all(more[key] == text for key, text in fewer.items())


def test_the_long_ones_are_longer_than_a_judge_is_trained_on() -> None:
    assert len(made(WORDS)["long_wrong", "1"]) > 2500


@pytest.mark.parametrize(
    ("samples", "absent"),
    [
        ([sample(1, "да"), sample(2, "Да.")], "other_gold"),  # the only other gold says the same
        ([sample(1, "красный"), sample(2, "красная")], "other_gold"),  # or may
        ([sample(1, "3"), sample(2, "три"), sample(3, "3,0")], "final_wrong"),
        ([sample(1, "нельзя сказать по картинке"), sample(2, "пять")], "refusal"),
        ([sample(1, "не видно"), sample(2, "пять")], "negated"),
        ([sample(1, '{"intent": "A"}'), sample(2, "x")], "quotes"),
        ([sample(1, "A", {"A": "кот", "B": "кот"})], "option_text"),
    ],
)
def test_where_the_verdict_would_be_in_doubt_there_is_no_answer(samples, absent) -> None:
    assert (absent, "1") not in made(samples)
    assert ("gold", "1") in made(samples)


def test_samples_without_gold_or_with_a_problem_give_none() -> None:
    from studio.core.errors import Problem

    broken = sample(2, "да", problem=Problem("media_missing"))
    assert made([sample(1, None), broken]) == {}


def phrases() -> list[str]:
    """Every run of words of ours between slots and line ends, long enough to be nobody's by chance."""
    texts: list[str] = []
    for name, value in vars(wordings).items():
        if name.isupper() and name != "NUMBERS":
            texts += [value] if isinstance(value, str) else list(value)
    pieces = [piece.strip(" .,:«»—") for text in texts for piece in re.split(r"\{\w*\}|\n|(?<=[.!?]) ", text)]
    return sorted({piece for piece in pieces if len(piece.split()) >= 4})


def test_the_embedded_judge_has_seen_none_of_our_wordings() -> None:
    folder = ROOT / "data" / "training" / "judge"
    trained = " ".join(
        path.read_text(encoding="utf-8").casefold()
        for path in sorted(folder.iterdir())
        if path.suffix in {".py", ".jsonl", ".txt"}
    )
    assert "ответ" in trained and len(phrases()) > 20
    assert [phrase for phrase in phrases() if phrase.casefold() in trained] == []
