"""The files for Ray Serve: what the page about many machines says of them, they do."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from studio.core.engine import Settings as Generation
from studio.core.run import RunSpec
from studio.service.desk import MAX_CONCURRENCY
from studio.service.serving import options_of
from studio.tasks.mera import suite_tasks

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "deploy" / "ray-serve"
FILES = sorted(FOLDER.glob("*.yaml"))
PAGES = (ROOT / "docs" / "many-machines.md", ROOT / "docs" / "many-machines.en.md")


def config(path: Path) -> dict[str, Any]:
    """The one application of a file, and the one model in it."""
    (application,) = yaml.safe_load(path.read_text(encoding="utf-8"))["applications"]
    return application


def model(path: Path) -> dict[str, Any]:
    (found,) = config(path)["args"]["llm_configs"]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_serves_one_model_at_the_root_with_as_many_media_as_the_studio_sends(path: Path) -> None:
    application, served = config(path), model(path)
    assert (
        application["import_path"] == "ray.serve.llm:build_openai_app" and application["route_prefix"] == "/"
    )
    assert set(application["args"]) == {"llm_configs", "ingress_deployment_config"}
    assert set(served["model_loading_config"]) == {"model_id", "model_source"}
    limits = served["engine_kwargs"]["limit_mm_per_prompt"]
    asked = options_of(RunSpec("vllm:m", ("demo",)), "m", ROOT)
    assert limits == json.loads(asked[asked.index("--limit-mm-per-prompt") + 1])
    assert served["engine_kwargs"]["seed"] == Generation().seed


@pytest.mark.parametrize(("name", "gpus"), [("eight-gpus.yaml", 8), ("eight-nodes.yaml", 64)])
def test_replicas_times_the_gpus_of_one_are_the_gpus_that_its_name_tells(name: str, gpus: int) -> None:
    served = model(FOLDER / name)
    assert (
        served["deployment_config"]["num_replicas"] * served["engine_kwargs"]["tensor_parallel_size"] == gpus
    )
    assert served["accelerator_type"]


def test_the_trial_serves_the_model_that_comes_with_the_studio_on_the_processor() -> None:
    served = model(FOLDER / "cpu.yaml")
    assert (ROOT / served["model_loading_config"]["model_source"] / "config.json").is_file()
    assert served["accelerator_config"] == {"kind": "cpu"} and "accelerator_type" not in served


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_counts_the_questions_as_the_cards_do(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    tasks: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    for task in suite_tasks():
        tasks[task.modality] += 1
        questions[task.modality] += task.sizes["test"]
    rows = [(tasks[kind], questions[kind]) for kind in ("image", "audio", "video")]
    rows.append((sum(tasks.values()), sum(questions.values())))
    told = [
        (int(a), int(b.replace(" ", "")))
        for a, b in re.findall(r"^\| \w+ \| (\d+) \| ([\d ]+) \|$", text, re.M)
    ]
    assert told == rows
    assert f"{MAX_CONCURRENCY} " in text
