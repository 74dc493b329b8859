"""A prompt's number read back from the instruction that it made."""

import json
from pathlib import Path
from typing import get_args

import pytest

from studio.core.suite import PromptVariant
from studio.prompts import PROMPT_IDS, TaskWording, configurations, recover_prompt_id
from studio.prompts.assembly import word_blocks

DEMO = Path(__file__).parent.parent.parent / "data" / "demo"
VARIANTS: tuple[PromptVariant, ...] = get_args(PromptVariant)


def instruction(prompt_id: int, variant: PromptVariant, *, answers: str = "letter", media: int = 1) -> str:
    keys = ["image"] if media == 1 else [f"image_{n + 1}" for n in range(media)]
    options = ["option_a", "option_b"] if answers == "letter" else []
    task = TaskWording("image", "о записи", "Записей мало.", answers)
    return "\n\n".join(word_blocks(configurations(variant)[prompt_id], task, options, media=keys).values())


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("prompt_id", PROMPT_IDS)
def test_every_prompt_of_every_table_is_known_again(prompt_id: int, variant: PromptVariant) -> None:
    assert recover_prompt_id(instruction(prompt_id, variant), variant) == prompt_id
    assert recover_prompt_id(instruction(prompt_id, variant, answers="number"), variant) == prompt_id
    assert recover_prompt_id(instruction(prompt_id, variant, media=2), variant) == prompt_id


def test_every_record_of_the_demo_is_known_again() -> None:
    records = [
        record
        for file in DEMO.glob("*/*.json")
        if file.stem in {"test", "shots"}
        for record in json.loads(file.read_text(encoding="utf-8"))["data"]
    ]
    stated = [record["meta"]["prompt_id"] for record in records]
    assert len(records) > 100
    assert [recover_prompt_id(record["instruction"]) for record in records] == stated


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Что здесь?",
        "<image>\n\nЕщё\n\nОдно\n\nДругое\n\nТретье\n\nПятое\n\nДесятое\n\nСто",
        "Внимательно изучите изображение.\n<image>.\n Вопрос: {question}.\n\nA. {option_a}\nОтвет:\n\n1\n\n2",
    ],
)
def test_a_text_that_no_prompt_made_has_no_number(text: str) -> None:
    assert recover_prompt_id(text) is None


def test_two_prompts_of_the_same_blocks_are_told_apart_by_the_address() -> None:
    polite = "Здравствуйте.\n\nОтветьте на вопрос.\n\nИмеется 1 изображение.\n\n<image>\n{question}\n\nУкажите число."
    plain = (
        "Вот задание.\n\nВ нём есть вопрос.\n\nИмеется 1 изображение.\n\n<image>\n{question}\n\nОтвет: число."
    )
    assert (recover_prompt_id(polite), recover_prompt_id(plain)) == (2, 8)
