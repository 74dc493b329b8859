"""`docs/tasks.md` and its English twin tell the truth: their table of MERA Multi is what the cards say."""

import re
from pathlib import Path

import pytest

from studio.tasks import suite_tasks

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [(DOCS / name).read_text(encoding="utf-8") for name in ("tasks.md", "tasks.en.md")]
both = pytest.mark.parametrize("page", PAGES, ids=["ru", "en"])


@both
def test_the_table_of_tasks_is_that_of_the_cards(page: str) -> None:
    rows = re.findall(r"^\| (\S+) \| (?:image|audio|video) \| .+ \|$", page, re.MULTILINE)
    assert sorted(rows) == sorted(card.name for card in suite_tasks())
    for card in suite_tasks():
        facts = (
            card.name, card.modality, card.answer_form, card.access, card.sizes["test"], card.sizes["shots"],
            len(card.subsets), ", ".join(card.metrics),
        )  # fmt: skip
        assert f"| {' | '.join(map(str, facts))} |" in page


@both
def test_the_names_that_the_page_gives_are_understood(page: str) -> None:
    from studio.tasks import suite_task

    said = ["rutie_vision_gen", "schoolsciencevqa_physics", "ruTiE_Image", "ruSciQA", "uniscienceqa"]
    assert all(f"`{name}`" in page and suite_task(name) for name in said)
