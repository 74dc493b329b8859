"""Prompts for a task of one's own: ten, and more by a seed."""

import pytest

from studio.core.errors import BadInput
from studio.prompts import TaskWording, build_instruction, prompt_set

TASK = TaskWording("audio", "о звуках", "Звуков два.", "letter")
OPTIONS = ("option_a", "option_b")


def test_ten_prompts_are_those_of_the_table() -> None:
    made = prompt_set(TASK, OPTIONS)
    assert [prompt.instruction for prompt in made] == [
        build_instruction(number, TASK, OPTIONS) for number in range(1, 11)
    ]
    assert [(prompt.id, prompt.pattern, prompt.style) for prompt in made][:2] == [(1, 1, ""), (2, 2, "")]


def test_twenty_are_the_ten_and_ten_more_none_twice() -> None:
    made = prompt_set(TASK, OPTIONS, count=20, seed=7)
    assert made[:10] == prompt_set(TASK, OPTIONS)
    assert len({prompt.instruction for prompt in made}) == 20
    assert all(prompt.style and 1 <= prompt.pattern <= 10 for prompt in made[10:])
    assert all("<audio>" in prompt.instruction and "{option_b}" in prompt.instruction for prompt in made)


def test_without_facts_the_prompts_still_differ() -> None:
    bare = TaskWording("audio", "о звуках", "", "short")
    made = prompt_set(bare, count=40)
    assert len({prompt.instruction for prompt in made}) == 40
    assert not any("Что известно" in prompt.instruction for prompt in made)


def test_a_seed_makes_the_same_prompts_and_another_makes_others() -> None:
    first = prompt_set(TASK, OPTIONS, count=30, seed=1)
    assert first[:20] == prompt_set(TASK, OPTIONS, count=20, seed=1)
    assert first != prompt_set(TASK, OPTIONS, count=30, seed=2)


def test_a_further_prompt_speaks_in_one_style() -> None:
    for prompt in prompt_set(TASK, OPTIONS, count=20, seed=3)[10:]:
        if prompt.style == "informal_order":
            assert "ожалуйста" not in prompt.instruction
        assert ("РАССУЖДЕНИ" in prompt.instruction) <= (prompt.pattern in {3, 4, 6, 7, 10})


@pytest.mark.parametrize("count", [0, -1, 1000])
def test_more_than_there_are_is_refused_with_the_number_that_there_is(count: int) -> None:
    with pytest.raises(BadInput, match="prompts_count") as caught:
        prompt_set(TASK, OPTIONS, count=count)
    most = caught.value.problem.values["most"]
    assert most == 10 if count < 1 else len(prompt_set(TASK, OPTIONS, count=most)) == most >= 40
