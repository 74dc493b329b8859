"""The shipped omni model: safe to load, small, and what its card says of it."""

import json
from pathlib import Path

import pytest

from data.training.omni.evaluate import Model, chances, missed_targets, read_suite, score

DATA = Path(__file__).parent.parent.parent / "data"
FOLDER = DATA / "models" / "omni"


def test_the_folder_is_small_and_holds_no_pickle() -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 16_000_000
    assert {path.suffix for path in files} <= {".json", ".jinja", ".safetensors", ".md"}


def test_the_folder_has_the_form_of_its_large_relatives_on_the_hub() -> None:
    """So the same code opens it, and vLLM, which knows weights by these names."""
    from safetensors import safe_open

    config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    assert config["architectures"] == ["Qwen2_5OmniForConditionalGeneration"]
    assert (config["model_type"], config["enable_audio_output"]) == ("qwen2_5_omni", False)
    with safe_open(str(FOLDER / "model.safetensors"), "pt") as weights:
        names = weights.keys()
    parts = {".".join(name.split(".")[:2]) for name in names}
    assert parts == {"thinker.audio_tower", "thinker.visual", "thinker.model"}


def test_the_card_tells_the_measured_scores_and_what_was_missed() -> None:
    scores = json.loads((FOLDER / "scores.json").read_text(encoding="utf-8"))
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert scores["missed"] == missed_targets(scores, chances(DATA / "demo"))
    assert all(line in card for line in scores["missed"])
    for task, values in scores["scores"].items():
        assert f"| {task} | {values['n']} | {values['em']:.3f} |" in card


@pytest.mark.slow
def test_it_hears_and_watches_and_is_lost_without_media() -> None:
    tasks = ("ruDemoSounds", "ruDemoMotion")
    asked = [item for item in read_suite(DATA / "demo", 20) if item.task in tasks]
    model = Model(FOLDER)
    seen = score(asked, model.answers(asked), None)
    blank = score(asked, model.answers(asked, blank=True), None)
    assert len(seen) == 40
    right, guessed = (sum(row["em"] for row in rows) / len(rows) for rows in (seen, blank))
    assert right >= 0.75
    assert guessed <= 0.3


@pytest.mark.slow
def test_a_prompt_that_asks_for_reasoning_gets_it_before_the_answer() -> None:
    asked = [
        item
        for item in read_suite(DATA / "demo", 20)
        if item.prompt_id in (3, 7) and item.modality == "audio"
    ]
    answers = Model(FOLDER).answers(asked)
    assert len(answers) >= 4
    assert all(text.startswith("РАССУЖДЕНИ") and "\nОТВЕТ " in text for text in answers)
