"""A checkpoint's folder, read without torch: is everything there, what is it, and which weights exactly."""

import hashlib
import json
from pathlib import Path
from typing import Any

from studio.core.errors import ModelError

_TOKENIZERS = ("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt", "tekken.json")
_PROCESSORS = ("preprocessor_config.json", "processor_config.json")
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")
_INDEX = "model.safetensors.index.json"


def read_config(folder: Path, model: str) -> dict[str, Any]:
    """The folder's `config.json`. Raises ModelError when there is none or it is not a JSON object."""
    return _read_json(folder, "config.json", model)


def check_files(folder: Path, model: str) -> tuple[Path, ...]:
    """The weight files of a checkpoint, in order, after seeing that nothing else is missing. Raises ModelError."""
    weights = weight_files(folder, model)
    for wanted in (_TOKENIZERS, _PROCESSORS):
        if not any((folder / name).is_file() for name in wanted):
            raise ModelError("model_file_missing", model=model, file=wanted[0], folder=folder)
    for file in weights:
        if file.stat().st_size == 0:
            raise ModelError("model_file_broken", model=model, file=file.name, detail="0 bytes")
    return weights


def weights_digest(weights: tuple[Path, ...]) -> str:
    """`sha256:` and the first 12 hex digits over the bytes of all weight files in order (of one file: its own)."""
    digest = hashlib.sha256()
    for path in weights:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return f"sha256:{digest.hexdigest()[:12]}"


def weight_files(folder: Path, model: str) -> tuple[Path, ...]:
    """The weight files of a checkpoint, in order. Raises ModelError: none, some missing, pickles alone."""
    if (folder / _INDEX).is_file():
        shards = sorted(set(_read_json(folder, _INDEX, model).get("weight_map", {}).values()))
        for shard in shards:
            if not (folder / shard).is_file():
                raise ModelError("model_file_missing", model=model, file=shard, folder=folder)
        return tuple(folder / shard for shard in shards)
    if found := sorted(folder.glob("*.safetensors")):
        return tuple(found)
    # A pickle can run any code when it is read, so it is refused however the operator feels about remote code.
    if pickles := sorted(path.name for pattern in _PICKLES for path in folder.glob(pattern)):
        raise ModelError("model_pickle_only", model=model, file=pickles[0])
    raise ModelError("model_file_missing", model=model, file="model.safetensors", folder=folder)


def _read_json(folder: Path, name: str, model: str) -> dict[str, Any]:
    try:
        value = json.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise ModelError("model_file_missing", model=model, file=name, folder=folder) from exc
    except (OSError, ValueError) as exc:
        raise ModelError("model_file_broken", model=model, file=name, detail=str(exc)) from exc
    if not isinstance(value, dict):
        raise ModelError("model_file_broken", model=model, file=name, detail="not a JSON object")
    return value
