"""The published profiles of Exact Match, faults included, beside `studio` and beside the rules written again."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.task import TaskInfo
from studio.metrics import exact_match
from studio.metrics.published import DEFAULTS, Published, settings_of

STRICT = Published(ignore_case=False, ignore_punctuation=False)
answers = st.text("AaАа ТheanОТВЕТ.,:-«»12\n", max_size=24)
golds = st.sampled_from(["A", "B", "-2", "12,5", "a the", "«нет»", "А", "нет ОТВЕТ", "1:2"])

# (prediction, gold, head, squad, paper, studio): what each profile says of the same pair
SIDE_BY_SIDE = [
    ("A", "A", 1, 1, 1, 1),
    ("a", "A", 1, 1, 1, 1),
    ("A.", "A", 1, 1, 1, 1),
    ("A)", "A", 1, 1, 1, 1),
    (" A", "A", 0, 1, 1, 1),
    ("A\n", "A", 0, 1, 1, 1),
    ("А", "A", 0, 0, 0, 1),  # Cyrillic
    ("ОТВЕТ A", "A", 0, 0, 1, 1),
    ("ОТВЕТ: B", "B", 0, 0, 1, 1),
    ("ОТВЕТ B", "B", 0, 0, 1, 1),
    ("ОТВЕТ А", "A", 0, 0, 0, 1),
    ("ОТВЕТ C\nнет, ОТВЕТ B", "B", 0, 0, 1, 1),
    ("ОТВЕТ B\nнет, ОТВЕТ C", "B", 0, 0, 0, 0),
    ("B ОТВЕТ", "B", 0, 0, 0, 0),
    ("Ответ: B", "B", 0, 0, 0, 1),
    ("A. в аэропорту", "A", 0, 0, 0, 1),
    ("A. the", "A", 0, 1, 1, 1),
    # articles are erased, and with them the letter A
    ("", "A", 0, 1, 1, 0),
    (".", "A", 0, 1, 1, 0),
    ("The", "A", 0, 1, 1, 0),
    ("", "B", 0, 0, 0, 0),
    ("ОТВЕТ", "A", 0, 0, 0, 0),
    ("ОТВЕТ The", "A", 0, 0, 1, 0),
    ("a cat", "cat", 0, 1, 1, 0),
    # deleted punctuation
    ("3,14", "314", 1, 1, 1, 0),
    ("3.14", "3,14", 1, 1, 1, 1),
    ("-2", "2", 1, 1, 1, 0),
    ("5", "-5", 1, 1, 1, 0),
    ("1:2", "12", 1, 1, 1, 0),
    ("1/2", "12", 1, 1, 1, 0),
    ("12,5", "125", 1, 1, 1, 0),
    ("0.5", "05", 1, 1, 1, 0),
    ("−2", "-2", 0, 0, 0, 1),
    ("«нет»", "нет", 0, 0, 0, 1),
    ('"нет"', "нет", 1, 1, 1, 1),
    ("нет  да", "нет да", 0, 1, 1, 1),
    ("зелёный", "зеленый", 0, 0, 0, 1),
    ("НЕТ", "нет", 1, 1, 1, 1),
    ("", "+", 1, 1, 1, 0),
]


def em(prediction: str, gold: str | tuple[str, ...], profile: str, settings: Published = DEFAULTS) -> int:
    score = exact_match(prediction, gold, profile=profile, settings=settings)
    assert score.value is not None
    return int(score.value)


@pytest.mark.parametrize(("prediction", "gold", "head", "squad", "paper", "studio"), SIDE_BY_SIDE)
def test_each_profile_says_of_the_same_pair_what_it_promises(
    prediction: str, gold: str, head: int, squad: int, paper: int, studio: int
) -> None:
    found = [em(prediction, gold, profile) for profile in ("head", "squad", "paper", "studio")]
    assert found == [head, squad, paper, studio]


@pytest.mark.parametrize(
    ("prediction", "gold", "right"),
    [("A", "A", 1), ("a", "A", 0), ("A.", "A", 0), (" A", "A", 0), ("3,14", "314", 0), ("-2", "2", 0)],
)
def test_head_minds_case_and_punctuation_where_the_task_does(prediction: str, gold: str, right: int) -> None:
    assert em(prediction, gold, "head", STRICT) == right


def test_the_dialogue_strips_the_start_of_an_answer_and_not_its_end() -> None:
    settings = settings_of(task("ruTiE-Audio", "audio"))
    assert em(" \nA", "A", "head", settings) == 1
    assert em("A ", "A", "head", settings) == em("a", "A", "head", settings) == 0


def task(name: str, modality: str) -> TaskInfo:
    return TaskInfo(name, {}, modality, "letter", "public", "", {})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "modality", "label"),
    [
        ("ruCLEVR", "image", "head-1"),
        ("AQUARIA", "audio", "head-1"),
        ("RealVideoQA", "video", "head-1+case+punctuation"),
        ("ruHHH-Video", "video", "head-1+case+punctuation"),
        ("ruTiE-Image", "image", "head-1+case+punctuation+strip"),
        ("rutie_audio_gen", "audio", "head-1+case+punctuation+strip"),
    ],
)
def test_a_task_has_its_own_settings_and_a_score_names_them(name: str, modality: str, label: str) -> None:
    assert exact_match("A", "A", profile="head", settings=settings_of(task(name, modality))).version == label


def test_a_score_names_what_the_paper_left_open() -> None:
    assert exact_match("A", "A", profile="squad", settings=STRICT).version == "squad-1"
    assert exact_match("A", "A", profile="paper").version == "paper-1"
    by_head = Published(ignore_case=False, normaliser="head")
    assert exact_match("A", "A", profile="paper", settings=by_head).version == "paper-1+head+case"


@pytest.mark.parametrize(
    ("prediction", "right"),
    [("ОТВЕТ A", 1), ("ОТВЕТ  a ", 1), ("", 0), ("The", 0), ("A", 1), ("Да\nОТВЕТ B", 0)],
)
def test_the_paper_with_the_normaliser_of_head_erases_no_article(prediction: str, right: int) -> None:
    assert em(prediction, "A", "paper", Published(normaliser="head")) == right


@pytest.mark.parametrize("profile", ["head", "squad", "paper"])
@pytest.mark.parametrize(("prediction", "right"), [("да", 1), ("Ага.", 1), ("нет", 0)])
def test_any_gold_of_a_list_is_right_by_every_profile(profile: str, prediction: str, right: int) -> None:
    assert em(prediction, ("Да", "ага"), profile) == right


@pytest.mark.parametrize(
    ("prediction", "gold", "right"),
    [
        ("ага", "['да', 'ага']", 1),
        ("нет", "['да', 'ага']", 0),
        ("['да', 'ага']", "['да', 'ага']", 0),
        ("2", "[2, 3]", 0),
        ("[2, 3]", "[2,3]", 1),
        ("[2; 3]", "[2; 3]", 1),
        ("[]", "[]", 1),
        ("[{[]}]", "[{[]}]", 1),
        ("['\\d']", "['\\d'", 1),
    ],
)
def test_head_reads_a_gold_that_looks_like_a_list_as_lm_eval_does(
    prediction: str, gold: str, right: int
) -> None:
    assert em(prediction, gold, "head") == right


@pytest.mark.parametrize(
    ("prediction", "gold", "profile", "decided"),
    [
        ("нет", "нет", "head", "whole"),
        ("да", "нет", "squad", "whole"),
        ("", "A", "squad", "erased"),
        ("B", "A", "squad", "erased"),
        ("The", "B", "squad", "empty"),
        ("да. ОТВЕТ нет", "нет", "paper", "part"),
        ("да. ОТВЕТ да", "нет", "paper", "part"),
    ],
)
def test_a_score_tells_what_was_compared(prediction: str, gold: str, profile: str, decided: str) -> None:
    assert exact_match(prediction, gold, profile=profile).detail["decided"] == decided


# The same rules again, from their descriptions and by other means.


def again_head(text: str) -> str:
    return "".join(char for char in text.lower() if char not in set(string.punctuation))


def again_squad(text: str) -> str:
    words = re.split(r"\s+", re.sub(r"\b(?:a|an|the)\b", " ", again_head(text)))
    return " ".join(word for word in words if word)


def again_paper(prediction: str, gold: str) -> bool:
    candidates = [prediction, *([prediction.split("ОТВЕТ")[-1].strip()] if "ОТВЕТ" in prediction else [])]
    tried = [prediction, *[candidate for candidate in candidates[1:] if candidate]]
    return any(again_squad(candidate) == again_squad(gold) for candidate in tried)


@given(answers, golds)
def test_the_profiles_agree_with_their_rules_written_again(prediction: str, gold: str) -> None:
    assert em(prediction, gold, "head") == (again_head(prediction) == again_head(gold))
    assert em(prediction, gold, "squad") == (again_squad(prediction) == again_squad(gold))
    assert em(prediction, gold, "paper") == again_paper(prediction, gold)


@given(answers, golds)
def test_the_paper_never_says_less_than_the_rule_that_it_is_built_on(prediction: str, gold: str) -> None:
    assert em(prediction, gold, "paper") >= em(prediction, gold, "squad")
