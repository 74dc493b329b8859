"""Models of texts: what a checkpoint's own files say is done, and what cannot be done is said."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput, EngineFailed, ModelError
from studio.engines import open_embedder
from studio.engines.embedding_local import _batches, pooled, recipe_of
from tests.engines.server_stub import Drop, Refuse, Stub, serving
from tests.engines.tiny import save, tokenizer

TEXTS = ["кот", "на картинке сидит рыжий кот", "", "12,5"]
MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def write(file: Path, value: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value), encoding="utf-8")


def bert(folder: Path, width: int = 32, heads: int = 4, **pooling: Any) -> Path:
    """A BERT of the shape of multilingual-e5-small, but for its size, with seeded weights."""
    from transformers import BertConfig

    tok = tokenizer()
    config = BertConfig(
        vocab_size=len(tok),
        hidden_size=width,
        num_hidden_layers=2,
        num_attention_heads=heads,
        intermediate_size=64,
        max_position_embeddings=96,
        pad_token_id=tok.pad_token_id,
    )
    save(folder, "BertModel", config, tok)
    write(folder / "modules.json", MODULES)
    write(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": width, **pooling})
    return folder


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory) -> Path:
    return bert(tmp_path_factory.mktemp("tiny") / "e", pooling_mode_mean_tokens=True)


def opened(folder: Path) -> Any:
    return open_embedder(str(folder), models_dir=folder.parent, device="cpu")


def vectors(embedder: Any, texts: list[str]) -> list[list[float]]:
    found = dict(embedder.vectors(texts))
    assert sorted(found) == list(range(len(texts)))
    return [list(found[place]) for place in range(len(texts))]


def near(one: list[float], other: list[float]) -> bool:
    return one == pytest.approx(other, abs=1e-5)


def reference(folder: Path, text: str) -> list[float]:
    """The mean of the last layer, of length one, worked out for a text alone."""
    import torch
    from transformers import AutoTokenizer, BertModel

    tok, model = AutoTokenizer.from_pretrained(folder), BertModel.from_pretrained(folder).eval()
    with torch.inference_mode():
        states = model(**tok(text, return_tensors="pt", truncation=True, max_length=96)).last_hidden_state[0]
    mean = states.mean(dim=0)
    found: list[float] = (mean / mean.norm()).tolist()
    return found


def test_vectors_are_those_of_the_texts_alone_whatever_shares_their_batch(checkpoint: Path) -> None:
    embedder = opened(checkpoint)
    texts = [text for text in TEXTS if text] * 3
    found = vectors(embedder, texts)
    assert all(near(vector, reference(checkpoint, text)) for text, vector in zip(texts, found, strict=True))
    assert embedder.info.source == "path" and embedder.info.revision.startswith("sha256:")
    assert vectors(embedder, []) == []
    embedder.close()


def test_a_text_that_is_too_long_is_cut_at_its_end(checkpoint: Path) -> None:
    embedder = opened(checkpoint)
    long, longer = vectors(embedder, ["а" * 200, "а" * 200 + "б"])
    assert near(long, longer) and near(long, reference(checkpoint, "а" * 200))


@pytest.mark.parametrize("left", [False, True])
def test_each_way_of_pooling_takes_the_tokens_that_it_should(left: bool) -> None:
    import torch

    rows = torch.tensor([[1.0, 3.0, 8.0], [2.0, 4.0, 0.0]]).unsqueeze(-1)
    mask = torch.tensor([[1, 1, 1], [1, 1, 0]])
    if left:
        rows[1], mask = torch.tensor([[0.0], [2.0], [4.0]]), torch.tensor([[1, 1, 1], [0, 1, 1]])
    expected = {
        "mean": [4, 3], "cls": [1, 2], "last": [8, 4], "max": [8, 4], "mean_sqrt_len": [12 / 3**0.5, 6 / 2**0.5],
        "weighted": [(1 + 6 + 24) / 6, (2 + 8) / 3],
    }  # fmt: skip
    for how, values in expected.items():
        assert pooled(rows, mask, how).flatten().tolist() == pytest.approx(values), how


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"pooling_mode_cls_token": True}, ("cls",)),
        ({"pooling_mode": "lasttoken"}, ("last",)),
        ({"pooling_mode": ["cls", "mean"]}, ("cls", "mean")),
        ({"pooling_mode_max_tokens": True, "pooling_mode_mean_tokens": True}, ("max", "mean")),
    ],
)
def test_the_files_of_a_checkpoint_say_how_it_is_pooled(tmp_path: Path, told: Any, expected: Any) -> None:
    write(tmp_path / "modules.json", MODULES)
    write(tmp_path / "1_Pooling" / "config.json", told)
    assert recipe_of(tmp_path, "our/model").poolings == expected


def test_a_layer_that_follows_is_applied(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    folder = bert(tmp_path / "d", pooling_mode_mean_tokens=True)
    write(
        folder / "modules.json",
        [*MODULES[:2], {"path": "2_Dense", "type": "sentence_transformers.models.Dense"}],
    )
    config = {"in_features": 32, "out_features": 3, "bias": False}
    write(
        folder / "2_Dense" / "config.json",
        {**config, "activation_function": "torch.nn.modules.linear.Identity"},
    )
    weight = torch.zeros(3, 32)
    weight[0, 5] = weight[1, 6] = weight[2, 7] = 2.0
    save_file({"linear.weight": weight}, folder / "2_Dense" / "model.safetensors")
    (found,) = vectors(opened(folder), ["кот"])
    part = reference(folder, "кот")[5:8]
    length = sum(value**2 for value in part) ** 0.5
    assert near(found, [value / length for value in part])


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("our/model", {}, ""),
        ("intfloat/multilingual-e5-small", {}, "query: "),
        ("intfloat/multilingual-e5-large-instruct", {}, ""),
        (
            "our/model",
            {"prompts": {"query": "q: ", "clustering": "c: "}, "default_prompt_name": "query"},
            "c: ",
        ),
        ("our/model", {"prompts": {"query": "q: "}, "default_prompt_name": "query"}, "q: "),
        ("our/model", {"prompts": {"query": "q: "}, "default_prompt_name": None}, ""),
    ],
)
def test_the_prompt_is_the_one_for_clustering(tmp_path: Path, name: str, prompts: Any, expected: str) -> None:
    write(tmp_path / "config_sentence_transformers.json", prompts)
    assert recipe_of(tmp_path, name).prompt == expected


def test_the_prompt_stands_before_every_text(tmp_path: Path) -> None:
    folder = bert(tmp_path / "p", pooling_mode_mean_tokens=True)
    write(folder / "config_sentence_transformers.json", {"prompts": {"clustering": "тема: "}})
    (found,) = vectors(opened(folder), ["кот"])
    assert near(found, reference(folder, "тема: кот"))


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    folder = bert(tmp_path / "b", pooling_mode_mean_tokens=True)
    write(folder / "modules.json", [*MODULES, {"path": "3_CNN", "type": "sentence_transformers.models.CNN"}])
    with pytest.raises(ModelError, match="embedder_module"):
        opened(folder)
    write(folder / "modules.json", MODULES)
    write(folder / "1_Pooling" / "config.json", {})
    with pytest.raises(ModelError, match="embedder_module"):
        opened(folder)
    (folder / "modules.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="model_file_broken"):
        opened(folder)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="model_pickle_only"):
        opened(folder)
    with pytest.raises(ModelError, match="model_folder_missing"):
        open_embedder("/nowhere/at/all", models_dir=tmp_path)
    with pytest.raises(ModelError, match="embedder_none"):
        open_embedder("embedded", models_dir=tmp_path)


def test_half_a_checkpoint_is_refused(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = bert(tmp_path / "h", pooling_mode_mean_tokens=True)
    weights = load_file(folder / "model.safetensors")
    weights.pop("encoder.layer.1.output.dense.weight")
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="model_incomplete"):
        opened(folder)


def test_a_model_that_breaks_down_gives_no_vectors_in_their_stead(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = bert(tmp_path / "n", pooling_mode_mean_tokens=True)
    weights = load_file(folder / "model.safetensors")
    weights["encoder.layer.1.output.dense.bias"].fill_(float("nan"))
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="embedder_failed"):
        vectors(opened(folder), ["кот"])


def test_every_text_is_in_one_batch_and_no_batch_is_too_large() -> None:
    lengths = [(7 * place) % 500 + 1 for place in range(1000)]
    found = list(_batches(lengths))
    assert sorted(place for group in found for place in group) == list(range(1000))
    assert all(len(group) * lengths[group[0]] <= 16_384 and len(group) <= 128 for group in found)


# behind a server


def answer(path: str, body: dict[str, Any]) -> Any:
    assert path.endswith("/embeddings") and body["encoding_format"] == "float"
    data = [{"index": i, "embedding": [float(len(text)), 1.0]} for i, text in enumerate(body["input"])]
    return {
        "object": "list",
        "model": body["model"],
        "data": data[::-1],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(lambda body: "", {"data": [{"id": "our/texts", "owned_by": "vllm"}]}) as stub:
        stub.other = answer
        yield stub


def served(stub: Stub, model: str = "", **more: Any) -> Any:
    return open_embedder(f"{stub.url}{f'#{model}' if model else ''}", models_dir=Path(), **more)


def test_a_server_is_asked_in_parts_and_its_vectors_come_in_order(stub: Stub) -> None:
    embedder = served(stub, key="secret")
    texts = ["а" * (place % 90 + 1) for place in range(1500)]
    assert vectors(embedder, texts) == [[float(len(text)), 1.0] for text in texts]
    assert (embedder.info.name, embedder.info.source) == ("our/texts", "server")
    assert stub.headers["Authorization"] == "Bearer secret"
    embedder.close()


@pytest.mark.parametrize(
    "said",
    [
        Refuse(400, "This model does not support embeddings"),
        Refuse(404, "no such path"),
        {"data": []},
        {"data": [{"index": 0, "embedding": ["a"]}]},
        {"data": [{"index": 0, "embedding": []}]},
    ],
)
def test_a_server_that_gives_no_vectors_is_told_apart(stub: Stub, said: Any, monkeypatch) -> None:
    monkeypatch.setattr("studio.servers.asking.FIRST_PAUSE_S", 0.001)

    def other(path: str, body: dict[str, Any]) -> Any:
        if isinstance(said, Exception):
            raise said
        return said

    stub.other = other
    embedder = served(stub)
    with pytest.raises((ModelError, EngineFailed), match=r"embedder_not_serving|server_no_model"):
        vectors(embedder, ["кот"])
    embedder.close()


def test_vectors_of_another_length_are_refused(stub: Stub) -> None:
    def other(path: str, body: dict[str, Any]) -> Any:
        return {"data": [{"index": i, "embedding": [1.0] * (i + 1)} for i in range(len(body["input"]))]}

    stub.other = other
    embedder = served(stub)
    with pytest.raises(ModelError, match="embedder_not_serving"):
        vectors(embedder, ["кот", "пёс"])
    embedder.close()


def test_a_server_that_is_not_there_or_knows_no_such_model_is_said(stub: Stub) -> None:
    with pytest.raises(ModelError, match="server_no_such_model"):
        served(stub, "other/model")
    with pytest.raises(BadInput):
        open_embedder("http://", models_dir=Path())
    stub.close()
    with pytest.raises(ModelError, match="server_silent"):
        served(stub)


def test_a_server_that_dies_in_between_ends_it(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.servers.asking.FIRST_PAUSE_S", 0.001)

    def other(path: str, body: dict[str, Any]) -> Any:
        raise Drop

    stub.other = other
    embedder = served(stub, patience_s=0.2)
    with pytest.raises((EngineFailed, ModelError)):
        vectors(embedder, ["кот"])
    embedder.close()
