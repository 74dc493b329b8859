"""`docs/tasks.md` tells the truth: its table of MERA Multi is what the cards say."""

import re
from pathlib import Path

from studio.tasks import suite_tasks

PAGE = (Path(__file__).parents[2] / "docs" / "tasks.md").read_text(encoding="utf-8")


def test_the_table_of_tasks_is_that_of_the_cards() -> None:
    rows = re.findall(r"^\| (\S+) \| (?:image|audio|video) \| .+ \|$", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted(card.name for card in suite_tasks())
    for card in suite_tasks():
        facts = (
            card.name, card.modality, card.answer_form, card.access, card.sizes["test"], card.sizes["shots"],
            len(card.subsets), ", ".join(card.metrics),
        )  # fmt: skip
        assert f"| {' | '.join(map(str, facts))} |" in PAGE


def test_the_names_that_the_page_gives_are_understood() -> None:
    from studio.tasks import suite_task

    said = ["rutie_vision_gen", "schoolsciencevqa_physics", "ruTiE_Image", "ruSciQA", "uniscienceqa"]
    assert all(f"`{name}`" in PAGE and suite_task(name) for name in said)
