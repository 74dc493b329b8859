"""`prompts`: templates for a task of one's own."""

from tests.cli.conftest import Line

IMAGE = ("prompts", "--modality", "image", "--about", "о фигурах")


def test_ten_prompts_are_printed_and_given_as_json(line: Line) -> None:
    printed = line(*IMAGE, "--answer", "letter", "--options", "4")
    assert printed.out.count("D. {option_d}") == 10 and printed.out.startswith("--- 1\n")
    made = line(*IMAGE, "--json").json["prompts"]
    assert [prompt["id"] for prompt in made] == list(range(1, 11))
    assert made[1]["instruction"] == "\n\n".join(made[1]["blocks"].values())


def test_more_than_ten_come_by_a_seed(line: Line) -> None:
    words = (*IMAGE, "--media", "2", "--count", "20", "--seed", "7", "--json")
    made = line(*words).json
    assert (made["count"], made["seed"], len(made["prompts"])) == (20, 7, 20)
    assert made == line(*words).json
    assert all("<image_1>, <image_2>" in prompt["instruction"] for prompt in made["prompts"])


def test_a_task_without_facts_has_no_lead_in_to_them(line: Line) -> None:
    made = line(*IMAGE, "--json").json["prompts"]
    assert not any("context_intro" in prompt["blocks"] for prompt in made)
    made = line(*IMAGE, "--context", "Фигур четыре.", "--json").json["prompts"]
    assert [prompt["id"] for prompt in made if "context_intro" in prompt["blocks"]] == [3, 4, 7, 9]


def test_more_than_there_are_is_refused(line: Line) -> None:
    done = line(*IMAGE, "--count", "1000")
    assert done.code == 2 and "1000" in done.err
