"""Opening a model by name: what is found, what is recorded, and a clear word for everything that is missing."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.engine import Completion, Engine, Request, Settings
from studio.core.errors import BadInput, ModelError, StudioError
from studio.engines import describe_model, open_engine
from studio.texts import LANGS, describe
from tests.engines.tiny import SHORT, edit_json

Checkpoint = Callable[[str], Path]


@pytest.fixture
def folder(checkpoint: Checkpoint, tmp_path: Path) -> Path:
    """A copy of a whole checkpoint, to be damaged."""
    return Path(shutil.copytree(checkpoint("qwen2_vl"), tmp_path / "model"))


def opened(name: str | Path, settings: Settings = SHORT, **kwargs: Any) -> Engine:
    kwargs.setdefault("models_dir", Path("nowhere"))
    return open_engine(str(name), settings=settings, **kwargs)


def refusal(name: str | Path, **kwargs: Any) -> StudioError:
    """The error of opening a model; it must have words in both languages with every value filled in."""
    with pytest.raises(BadInput) as caught:
        opened(name, **kwargs)
    for language in LANGS:
        words = describe(caught.value, language)
        assert caught.value.problem.code not in words and "{" not in words, words
    return caught.value


def test_the_embedded_model_is_the_folder_omni_of_the_models(checkpoint: Checkpoint, tmp_path: Path) -> None:
    shutil.copytree(checkpoint("qwen2_5_omni"), tmp_path / "omni")
    engine = opened("embedded", models_dir=tmp_path)
    assert engine.info.model == "embedded"
    assert describe_model("embedded", tmp_path) == replace(engine.capabilities, history=False)


def test_what_was_opened_is_recorded(checkpoint: Checkpoint, engine: Callable[[str], Engine]) -> None:
    info = engine("qwen2_vl").info
    weights = (checkpoint("qwen2_vl") / "model.safetensors").read_bytes()
    assert info.engine == "transformers"
    assert info.revision == f"sha256:{hashlib.sha256(weights).hexdigest()[:12]}"
    assert info.parameters and 50_000 < info.parameters < 500_000
    assert (info.dtype, info.device) == ("float32", "cpu")
    assert {"python", "torch", "transformers", "pillow", "librosa", "decord2"} <= info.versions.keys()
    assert "cores" in info.hardware


def test_progress_is_told_stage_by_stage(checkpoint: Checkpoint) -> None:
    stages: list[str] = []
    opened(checkpoint("qwen2_audio"), on_progress=stages.append)
    assert stages == ["check", "processor", "weights", "ready"]


def test_half_precision_is_used_when_asked(checkpoint: Checkpoint, ask: Callable[..., Request]) -> None:
    engine = opened(checkpoint("qwen2_vl"), Settings(dtype="bfloat16", device="cpu"))
    assert engine.info.dtype == "bfloat16"
    [(_, answer)] = engine.generate([ask(1, "picture_0.png", "Что это?")], SHORT)
    assert isinstance(answer, Completion) and answer.completion_tokens > 0


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (Settings(dtype="int3"), "unknown_dtype"),
        (Settings(device="tpu"), "unknown_device"),
        (Settings(device="cuda:two"), "unknown_device"),
        (Settings(device="cuda:99"), "device_not_here"),
    ],
)
def test_a_device_or_type_that_is_not_to_be_had_is_refused(
    settings: Settings, code: str, checkpoint: Checkpoint
) -> None:
    assert refusal(checkpoint("qwen2_vl"), settings=settings).problem.code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no such model", "unknown_model"),
        ("just-a-word", "unknown_model"),
        ("", "unknown_model"),
        ("./nowhere/at-all", "model_folder_missing"),
        ("/nowhere", "model_folder_missing"),
        ("nobody/nothing", "model_hub_unreachable"),  # tests run without a hub
        ("embedded", "model_file_missing"),
    ],
)
def test_a_name_that_leads_nowhere_says_what_names_there_are(name: str, code: str, tmp_path: Path) -> None:
    assert refusal(name, models_dir=tmp_path).problem.code == code
    assert describe_model(name, tmp_path) is None


def test_a_revision_of_a_folder_is_refused(checkpoint: Checkpoint) -> None:
    assert refusal(checkpoint("llava"), revision="main").problem.code == "revision_of_folder"


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("config.json", "config.json"),
        ("model.safetensors", "model.safetensors"),
        ("tokenizer.json", "tokenizer.json"),
        ("processor_config.json", "preprocessor_config.json"),
    ],
)
def test_a_missing_file_is_named(file: str, named: str, folder: Path) -> None:
    (folder / file).unlink()
    problem = refusal(folder).problem
    assert (problem.code, problem.values["file"]) == ("model_file_missing", named)


def test_a_missing_shard_is_named(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "model-00001-of-00002.safetensors")
    shards = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": shards}))
    problem = refusal(folder).problem
    assert (problem.code, problem.values["file"]) == (
        "model_file_missing",
        "model-00002-of-00002.safetensors",
    )


@pytest.mark.parametrize("size", [0, 100, 100_000])
def test_weights_that_were_not_copied_to_the_end_are_broken(size: int, folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:size])
    assert refusal(folder).problem.code == "model_file_broken"


def test_a_broken_config_is_named(folder: Path) -> None:
    (folder / "config.json").write_text("{")
    assert refusal(folder).problem.values["file"] == "config.json"
    assert describe_model(str(folder), Path()) is None


def test_weights_of_another_model_are_not_filled_up_with_random_numbers(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    config["text_config"]["num_hidden_layers"] += 1
    config["text_config"]["layer_types"] = None
    edit_json(folder / "config.json", text_config=config["text_config"])
    problem = refusal(folder).problem
    assert problem.code == "model_incomplete"
    assert "layers.2" in problem.values["example"]


def test_pickled_weights_are_refused(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert refusal(folder).problem.code == "model_pickle_only"


@pytest.mark.parametrize(
    ("kind", "code"), [("qwen2", "model_not_multimodal"), ("hyperlens_9", "model_unknown_type")]
)
def test_an_architecture_that_cannot_be_opened_says_why(kind: str, code: str, folder: Path) -> None:
    edit_json(folder / "config.json", model_type=kind)
    assert refusal(folder).problem.code == code


CODE = """
import transformers


class OurConfig(transformers.Phi4MultimodalConfig):
    model_type = "our_own"


class OurModel(transformers.Phi4MultimodalForCausalLM):
    config_class = OurConfig
"""


@pytest.fixture
def with_code(checkpoint: Checkpoint, tmp_path: Path) -> Path:
    """A checkpoint whose architecture is defined in its own Python file, as some on the hub are."""
    folder = Path(shutil.copytree(checkpoint("phi4"), tmp_path / "with_code"))
    (folder / "ours.py").write_text(CODE)
    auto_map = {"AutoConfig": "ours.OurConfig", "AutoModelForCausalLM": "ours.OurModel"}
    edit_json(folder / "config.json", model_type="our_own", auto_map=auto_map)
    return folder


def test_a_models_own_code_does_not_run_unless_the_operator_allows_it(with_code: Path) -> None:
    (with_code / "ours.py").write_text("raise SystemExit('foreign code ran')")
    error = refusal(with_code)
    assert error.problem.code == "model_needs_code"
    assert f"STUDIO_TRUST={with_code}" in describe(error)
    assert refusal(with_code, trusted=frozenset({"another/model"})).problem.code == "model_needs_code"


def test_a_trusted_models_own_code_opens_it(with_code: Path, ask: Callable[..., Request]) -> None:
    engine = opened(with_code, trusted=frozenset({str(with_code)}))
    [(_, answer)] = engine.generate([ask(1, "picture_0.png", "Что это?")], SHORT)
    assert isinstance(answer, Completion) and answer.completion_tokens > 0


@pytest.fixture
def hub_copy(checkpoint: Checkpoint) -> Iterator[str]:
    """A hub model that was fetched before, in the cache as the hub's library lays it out."""
    from huggingface_hub import constants

    repository = Path(constants.HF_HUB_CACHE) / "models--somebody--tiny-vl"
    shutil.copytree(checkpoint("qwen2_vl"), repository / "snapshots" / COMMIT)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT)
    yield "somebody/tiny-vl"
    shutil.rmtree(repository)


COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_a_hub_model_that_was_fetched_before_opens_without_a_hub(hub_copy: str) -> None:
    described = describe_model(hub_copy, Path("nowhere"))
    stages: list[str] = []
    engine = opened(hub_copy, on_progress=stages.append)
    assert engine.info.revision == COMMIT
    assert engine.info.model == hub_copy
    assert replace(engine.capabilities, history=False) == described
    assert stages[0] == "download"


def test_every_opening_error_is_one_a_person_can_act_on(folder: Path) -> None:
    (folder / "config.json").unlink()
    assert isinstance(refusal(folder), ModelError)
