"""The ten block prompts: the table, the rule of assembly, the words every answer format must hold."""

import random
from collections import Counter

import pytest

from studio.prompts import (
    BLOCK_ORDER,
    CONFIGURATIONS,
    PROMPT_IDS,
    REASONING_PROMPTS,
    Style,
    TaskWording,
    build_blocks,
    build_instruction,
    spread_prompt_ids,
)
from studio.prompts.blocks import ANSWER_FORMATS, BLOCKS

LETTER = TaskWording("image", "о фигурах", "Фигур четыре.", "letter")
OPTIONS = ("option_a", "option_b")


def test_there_are_fourteen_blocks_and_ten_prompts() -> None:
    assert len(BLOCK_ORDER) == 14
    assert tuple(range(1, 11)) == PROMPT_IDS
    assert all(tuple(styles) == BLOCK_ORDER for styles in CONFIGURATIONS.values())


@pytest.mark.parametrize(
    ("block", "styles"),
    [
        ("attention_hook", "n FR n IR n IO PO PF PR IT"),
        ("input_data", "n d n d d d n d d d"),
        ("task_context", "n n d d n n d n d n"),
        ("reasoning_format", "n n FR IR n IO PO n n IT"),
        ("answer_format", "n FR FR IR FW IO PO PF PR IT"),
    ],
)
def test_the_table_is_that_of_the_paper(block: str, styles: str) -> None:
    short = {
        "n": "none",
        "d": "default",
        "FR": "formal_request",
        "IR": "informal_request",
        "FW": "formal_wish",
    }
    short |= {"IO": "informal_order", "PO": "impersonal_order", "PF": "impersonal_fact"}
    short |= {"PR": "impersonal_request", "IT": "informal_technical"}
    assert [CONFIGURATIONS[p][block].value for p in PROMPT_IDS] == [short[s] for s in styles.split()]


def test_every_style_that_the_table_uses_has_a_wording() -> None:
    for styles in CONFIGURATIONS.values():
        for block, style in styles.items():
            if style is Style.NONE or block in ("question", "answer_options"):
                continue
            wordings = ANSWER_FORMATS if block == "answer_format" else BLOCKS[block]
            assert wordings[style].strip(), (block, style)


def test_the_zero_prompt_is_medium_question_and_options() -> None:
    text = build_instruction(1, LETTER, OPTIONS)
    assert text == "Изображение: <image>\nВопрос:\n{question}\n\nA. {option_a}\nB. {option_b}"


@pytest.mark.parametrize("prompt_id", PROMPT_IDS)
def test_blocks_stand_in_order_and_are_joined_by_one_blank_line(prompt_id: int) -> None:
    blocks = build_blocks(prompt_id, LETTER, OPTIONS)
    assert [b for b in BLOCK_ORDER if b in blocks] == list(blocks)
    assert build_instruction(prompt_id, LETTER, OPTIONS) == "\n\n".join(blocks.values())
    assert not any(text.strip() != text or "\n\n" in text for text in blocks.values())


@pytest.mark.parametrize("kind", ["letter", "number", "short"])
@pytest.mark.parametrize("prompt_id", PROMPT_IDS[1:])
def test_every_answer_format_asks_for_the_marker_and_a_space(prompt_id: int, kind: str) -> None:
    text = build_blocks(prompt_id, LETTER, answer_kind=kind)["answer_format"]
    assert "ОТВЕТ" in text
    assert "пробел" in text


def test_five_prompts_ask_for_reasoning_in_two_spellings() -> None:
    assert {3, 4, 6, 7, 10} == REASONING_PROMPTS
    spelled = {p: build_blocks(p, LETTER)["reasoning_format"] for p in REASONING_PROMPTS}
    assert {p for p, text in spelled.items() if "РАССУЖДЕНИЯ" in text} == {6, 7}
    assert all("РАССУЖДЕНИ" in text for text in spelled.values())


def test_a_record_shows_only_the_options_it_has() -> None:
    assert "option" not in build_instruction(8, LETTER)
    assert build_blocks(8, LETTER, ("option_a", "option_b", "option_c"))["answer_options"].count("\n") == 2


def test_several_media_are_counted_and_labelled_in_the_plural() -> None:
    task = TaskWording("audio", "о звуках", "Звуков два.", "short")
    blocks = build_blocks(4, task, media=("audio_1", "audio_2"))
    assert blocks["input_data"] == "Имеется 2 аудиофайла."
    assert blocks["question"].startswith("Аудиофайлы: <audio_1>, <audio_2>\n")


def test_a_record_without_a_question_has_only_its_medium() -> None:
    assert build_instruction(1, LETTER, with_question=False) == "Изображение: <image>"


@pytest.mark.parametrize(
    ("prompt_id", "task", "said"),
    [
        (11, LETTER, "prompt 11"),
        (1, TaskWording("smell", "", "", "short"), "modality 'smell'"),
        (1, TaskWording("image", "", "", "essay"), "answer 'essay'"),
    ],
)
def test_unknown_names_are_answered_with_the_known_ones(prompt_id: int, task: TaskWording, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        build_instruction(prompt_id, task)


def test_prompts_are_spread_evenly_and_by_seed() -> None:
    ids = spread_prompt_ids(65, random.Random(3))
    counts = Counter(ids)
    assert set(counts) == set(PROMPT_IDS)
    assert max(counts.values()) - min(counts.values()) <= 1
    assert ids == spread_prompt_ids(65, random.Random(3))
    assert ids != sorted(ids)
