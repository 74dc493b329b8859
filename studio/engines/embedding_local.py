"""A model of sentences in this process, as sentence-transformers would run its checkpoint: its modules, its pooling and
its prompt are read from the checkpoint's own files."""

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from studio.core.embedding import EmbedderInfo
from studio.core.errors import ModelError

TOKENS_PER_BATCH = 16_384
TEXTS_PER_BATCH = 128
LONGEST = 512  # tokens of a text, where the checkpoint sets no limit of its own
# Prompts that suit clustering, the best first, as authors of models name them.
PROMPTS = ("clustering", "Clustering", "categorize_topic", "categorize")
# Models of the E5 family are trained with a prefix that their configuration does not name, only their card:
# «query: » for tasks such as clustering. The instruct ones take none where there is no instruction.
_E5 = re.compile(r"(?:^|[/_-])e5[-_](?!.*instruct)", re.IGNORECASE)
_E5_PROMPT = "query: "
_POOLINGS = {
    "cls": "pooling_mode_cls_token", "max": "pooling_mode_max_tokens", "mean": "pooling_mode_mean_tokens",
    "mean_sqrt_len": "pooling_mode_mean_sqrt_len_tokens", "weighted": "pooling_mode_weightedmean_tokens",
    "last": "pooling_mode_lasttoken",
}  # fmt: skip
_SAME = {"weightedmean": "weighted", "lasttoken": "last", "mean_sqrt_len_tokens": "mean_sqrt_len"}


@dataclass(frozen=True)
class Recipe:
    """What is done with a checkpoint's last layer: how its tokens become one vector, which layers follow."""

    poolings: tuple[str, ...] = ("mean",)
    dense: tuple[Path, ...] = ()
    prompt: str = ""
    most_tokens: int = LONGEST
    lower: bool = False


def recipe_of(folder: Path, name: str) -> Recipe:
    """The recipe in a checkpoint's files; of a plain transformer the mean of its tokens. Raises ModelError: a module
    that is not known here, a file that is broken."""
    modules = _json(folder / "modules.json", name)
    poolings: tuple[str, ...] = ("mean",)
    dense: list[Path] = []
    for module in modules if isinstance(modules, list) else []:
        kind = str(module.get("type", "")).rpartition(".")[2]
        place = folder / str(module.get("path", ""))
        if kind == "Pooling":
            poolings = _poolings(_json(place / "config.json", name), name)
        elif kind == "Dense":
            dense.append(place)
        elif kind not in {"Transformer", "Normalize"}:  # lengths are made equal in the end anyway
            raise ModelError("embedder_module", model=name, module=kind)
    limits = _json(folder / "sentence_bert_config.json", name) or {}
    most = limits.get("max_seq_length") or LONGEST
    return Recipe(poolings, tuple(dense), _prompt(folder, name), int(most), bool(limits.get("do_lower_case")))


def open_folder(
    folder: Path,
    name: str,
    revision: str,
    *,
    source: Literal["hub", "path"],
    device: str = "auto",
    with_code: bool = False,
) -> "LocalEmbedder":
    """The model in a folder. Raises ModelError."""
    import torch
    import transformers
    from safetensors import SafetensorError

    from studio.engines.hardware import pick_device

    recipe, place = recipe_of(folder, name), pick_device(device)
    transformers.utils.logging.disable_progress_bar()
    try:
        config = transformers.AutoConfig.from_pretrained(folder, trust_remote_code=with_code)
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, trust_remote_code=with_code)
        model, report = _class_of(config).from_pretrained(
            folder,
            dtype=torch.bfloat16 if place.startswith("cuda") else torch.float32,
            use_safetensors=True,
            output_loading_info=True,
            **({"trust_remote_code": True} if with_code else {}),
        )
    except SafetensorError as exc:
        detail = _first_line(exc)
        raise ModelError("model_file_broken", model=name, file="*.safetensors", detail=detail) from exc
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as exc:
        raise ModelError("model_not_opened", model=name, detail=_first_line(exc)) from exc
    # The layer that classifies a whole sentence is not asked here, and many checkpoints leave it out.
    if missing := sorted(key for key in report["missing_keys"] if "pooler" not in key):
        raise ModelError("model_incomplete", model=name, n=len(missing), example=missing[0])
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    layers = [_dense(path, name, place) for path in recipe.dense]
    info = EmbedderInfo(name, revision, source, place)
    return LocalEmbedder(model.to(place).eval(), tokenizer, recipe, layers, info)


class LocalEmbedder:
    """A transformer with what follows it, asked in batches of texts of like length."""

    def __init__(
        self, model: Any, tokenizer: Any, recipe: Recipe, layers: Sequence[Any], info: EmbedderInfo
    ) -> None:
        self.info = info
        self._model, self._tokenizer, self._recipe, self._layers = model, tokenizer, recipe, layers

    def vectors(self, texts: Sequence[str]) -> Iterator[tuple[int, Sequence[float]]]:
        """See `Embedder`. A longer text is cut at the end."""
        prompt, lower = self._recipe.prompt, self._recipe.lower
        said = [prompt + (text.lower() if lower else text) for text in texts]
        rows = self._tokenizer(said, truncation=True, max_length=self._most)["input_ids"] if said else []
        for group in _batches([len(row) for row in rows]):
            yield from zip(group, self._embedded([rows[i] for i in group]), strict=True)

    def close(self) -> None:
        self._model = None

    @property
    def _most(self) -> int:
        known = getattr(self._model.config, "max_position_embeddings", None) or LONGEST
        # Positions of RoBERTa and its kin begin after the padding's own.
        offset = 2 if "roberta" in str(self._model.config.model_type) else 0
        return max(1, min(self._recipe.most_tokens, known - offset))

    def _embedded(self, rows: list[list[int]]) -> list[list[float]]:
        import torch

        name = self.info.name
        inputs = self._tokenizer.pad({"input_ids": rows}, return_tensors="pt").to(self._model.device)
        mask = inputs["attention_mask"]
        try:
            with torch.inference_mode():
                states = self._model(input_ids=inputs["input_ids"], attention_mask=mask).last_hidden_state
                found = torch.cat(
                    [pooled(states.float(), mask, how) for how in self._recipe.poolings], dim=-1
                )
                for layer in self._layers:
                    found = layer(found)
                found = torch.nn.functional.normalize(found, dim=-1)
        except (RuntimeError, ValueError, IndexError) as exc:
            raise ModelError("embedder_failed", model=name, detail=_first_line(exc)) from exc
        vectors: list[list[float]] = found.cpu().tolist()
        if any(math.isnan(vector[0]) for vector in vectors):
            raise ModelError("embedder_failed", model=name, detail="NaN")
        return vectors


def pooled(states: Any, mask: Any, how: str) -> Any:
    """The states of tokens (texts x tokens x width) as one vector for each text; padding counts for nothing."""
    import torch

    weights = mask.unsqueeze(-1).to(states.dtype)
    if how == "cls":
        first = mask.argmax(dim=1)  # padding may stand on the left
        return states[torch.arange(len(states)), first]
    if how == "last":
        places = torch.arange(mask.shape[1], device=mask.device) * mask
        return states[torch.arange(len(states)), places.argmax(dim=1)]
    if how == "max":
        return states.masked_fill(weights == 0, -1e9).max(dim=1).values
    if how == "weighted":
        weights = weights * torch.cumsum(weights, dim=1)
    whole = (states * weights).sum(dim=1)
    counted = weights.sum(dim=1).clamp(min=1e-9)
    return whole / (counted.sqrt() if how == "mean_sqrt_len" else counted)


def _class_of(config: Any) -> Any:
    """Of an encoder with a decoder (T5) a checkpoint of sentences holds the encoder alone."""
    import transformers

    named = (config.architectures or [""])[0]
    own = getattr(transformers, named, None) if named.endswith("EncoderModel") else None
    return own or transformers.AutoModel


def _dense(folder: Path, name: str, device: str) -> Any:
    """A linear layer with its activation. Raises ModelError."""
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    config = _json(folder / "config.json", name)
    if not isinstance(config, dict):
        raise ModelError("model_file_missing", model=name, file="config.json", folder=folder)
    activation = str(config.get("activation_function", "Identity")).rpartition(".")[2]
    known = {
        "Identity": torch.nn.Identity,
        "Tanh": torch.nn.Tanh,
        "ReLU": torch.nn.ReLU,
        "GELU": torch.nn.GELU,
    }
    if activation not in known:
        raise ModelError("embedder_module", model=name, module=activation)
    linear = torch.nn.Linear(
        config["in_features"], config["out_features"], bias=bool(config.get("bias", True))
    )
    file = folder / "model.safetensors"
    if not file.is_file():
        missing = "model_pickle_only" if (folder / "pytorch_model.bin").is_file() else "model_file_missing"
        raise ModelError(missing, model=name, file=file.name, folder=folder)
    try:
        linear.load_state_dict({key.removeprefix("linear."): value for key, value in load_file(file).items()})
    except (SafetensorError, RuntimeError, OSError) as exc:
        raise ModelError("model_file_broken", model=name, file=file.name, detail=_first_line(exc)) from exc
    return torch.nn.Sequential(linear, known[activation]()).to(device).eval()


def _poolings(config: Any, name: str) -> tuple[str, ...]:
    """How tokens become a vector: the newer files name it, the older have a switch for each."""
    told = config if isinstance(config, dict) else {}
    mode = told.get("pooling_mode")
    modes = [mode] if isinstance(mode, str) else list(mode or [])
    found = tuple(_SAME.get(each, each) for each in modes)
    found = found or tuple(how for how, switch in _POOLINGS.items() if told.get(switch))
    if not found or set(found) - set(_POOLINGS):
        raise ModelError("embedder_module", model=name, module=", ".join(found) or "Pooling")
    return found


def _prompt(folder: Path, name: str) -> str:
    told = _json(folder / "config_sentence_transformers.json", name) or {}
    prompts = {key: text for key, text in (told.get("prompts") or {}).items() if text}
    usual = told.get("default_prompt_name")
    chosen = next((key for key in (*PROMPTS, usual) if key in prompts), None)
    if chosen:
        return str(prompts[chosen])
    return _E5_PROMPT if not prompts and _E5.search(name) else ""


def _json(file: Path, name: str) -> Any:
    """What a file holds; None where there is none. Raises ModelError."""
    if not file.is_file():
        return None
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise ModelError("model_file_broken", model=name, file=file.name, detail=_first_line(exc)) from exc


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of like length, the longest first: what does not fit into memory fails at once."""
    group: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        longest = lengths[group[0]] if group else 0
        if len(group) == TEXTS_PER_BATCH or (len(group) + 1) * longest > TOKENS_PER_BATCH:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _first_line(exc: BaseException) -> str:
    return (str(exc).strip().splitlines() or [type(exc).__name__])[0][:300]
