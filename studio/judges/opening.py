"""From a judge's name to an open classifier: the embedded folder, any local folder, or a hub id."""

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from studio.core.errors import ModelError
from studio.core.judge import JudgeInfo
from studio.judges.classifier import ClassifierJudge

EMBEDDED = "embedded"
AUTO = "auto"
HUB_ANSWERS_WITHIN_S = 2.5
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
_WANTED = ("*.json", "*.safetensors", "*.txt", "*.model")


def open_source(
    name: str, models_dir: Path, revision: str | None, device: str, dtype: str
) -> ClassifierJudge:
    """The judge behind any name but `auto`. Raises ModelError."""
    if name == EMBEDDED:
        return open_folder(models_dir / "judge", name, "embedded", device, dtype)
    folder = Path(name).expanduser()
    if folder.is_dir():
        return open_folder(folder, name, "path", device, dtype)
    if name.startswith(("/", ".", "~")) or "\\" in name:
        raise ModelError("model_folder_missing", model=name)
    if not _HUB_ID.fullmatch(name):
        raise ModelError("unknown_judge", name=name)
    return open_hub(name, revision, device, dtype)


def open_hub(name: str, revision: str | None, device: str, dtype: str) -> ClassifierJudge:
    """A hub model at its commit; from the cache where it is there. Raises ModelError."""
    from huggingface_hub import errors, snapshot_download

    try:
        folder = Path(snapshot_download(name, revision=revision, allow_patterns=list(_WANTED)))
    except errors.GatedRepoError as exc:
        raise ModelError("model_gated", model=name) from exc
    except errors.RevisionNotFoundError as exc:
        raise ModelError("model_no_revision", model=name, revision=revision) from exc
    except errors.RepositoryNotFoundError as exc:
        raise ModelError("model_not_on_hub", model=name) from exc
    except (OSError, errors.HfHubHTTPError) as exc:
        raise ModelError("model_hub_unreachable", model=name, detail=_first_line(exc)) from exc
    # The cache names the folder of a snapshot by its commit.
    return open_folder(folder, name, "hub", device, dtype, revision=folder.name[:12])


def open_folder(
    folder: Path, name: str, source: str, device: str, dtype: str, revision: str | None = None
) -> ClassifierJudge:
    """The classifier in a folder. Raises ModelError for a missing or unreadable file, or for another kind of model."""
    weights = sorted(folder.glob("*.safetensors"))
    for file in ("config.json", "tokenizer.json", "*.safetensors"):
        if not any(folder.glob(file)):
            raise ModelError("model_file_missing", model=name, file=file, folder=str(folder))
    place = _pick_device(device)
    model, tokenizer = _load(folder, name, place, dtype)
    info = JudgeInfo(
        name=name,
        revision=revision or digest(weights),
        source=source,
        parameters=sum(p.numel() for p in model.parameters()),
        device=place,
    )
    return ClassifierJudge(model, tokenizer, info, place)


def digest(files: list[Path]) -> str:
    """Twelve hex digits of the SHA-256 over the weights: the revision of a local folder."""
    found = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                found.update(block)
    return found.hexdigest()[:12]


def hub_answers(name: str, timeout_s: float = HUB_ANSWERS_WITHIN_S) -> bool:
    """Whether the hub can give the model now: it is in the cache, or the hub answers for it within the time.

    HF_HUB_OFFLINE and HF_ENDPOINT are respected; whatever keeps the hub from answering means no.
    """
    from huggingface_hub import HfApi, constants, errors, try_to_load_from_cache

    if isinstance(try_to_load_from_cache(name, "model.safetensors"), str):
        return True
    if constants.HF_HUB_OFFLINE or os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
        return False
    try:
        HfApi().model_info(name, timeout=timeout_s)
    except (
        OSError,
        errors.HTTPError,
        errors.OfflineModeIsEnabled,
    ):  # HTTPError: that of the hub's own network library
        return False
    return True


def _pick_device(asked: str) -> str:
    import torch

    if asked != "auto":
        return asked
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _load(folder: Path, name: str, device: str, dtype: str) -> tuple[Any, Any]:
    import torch
    import transformers
    from safetensors import SafetensorError

    chosen = getattr(torch, dtype) if dtype != "auto" else _usual_dtype(device)
    transformers.utils.logging.disable_progress_bar()
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        model, report = transformers.AutoModelForSequenceClassification.from_pretrained(
            folder, dtype=chosen, use_safetensors=True, output_loading_info=True
        )
    except SafetensorError as exc:
        raise ModelError(
            "model_file_broken", model=name, file="*.safetensors", detail=_first_line(exc)
        ) from exc
    except (OSError, ValueError, KeyError, RuntimeError) as exc:
        raise ModelError("model_not_opened", model=name, detail=_first_line(exc)) from exc
    if missing := sorted(report["missing_keys"]):
        raise ModelError("model_incomplete", model=name, n=len(missing), example=missing[0])
    if model.config.num_labels != 2 or tokenizer.sep_token is None:
        raise ModelError("judge_not_binary", model=name, labels=model.config.num_labels)
    return model.to(device).eval(), tokenizer


def _usual_dtype(device: str) -> Any:
    """Single precision on a CPU, where half is slow or missing; bfloat16 on CUDA as in MERA."""
    import torch

    return torch.bfloat16 if device.startswith("cuda") else torch.float32


def _first_line(exc: BaseException) -> str:
    return (str(exc).strip().splitlines() or [type(exc).__name__])[0][:300]
