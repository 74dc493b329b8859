"""A checkpoint's folder becomes a model and a processor: which class, which dtype, and what can go wrong in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.errors import ModelError
from studio.engines.families import Family, family_of
from studio.engines.hardware import is_out_of_memory, to_dtype
from studio.engines.sources import Progress

# What a checkpoint's own generation settings may still say; the rest would change what "greedy" means.
_KEPT = (
    "bos_token_id",
    "pad_token_id",
    "decoder_start_token_id",
    "bad_words_ids",
    "suppress_tokens",
    "begin_suppress_tokens",
    "cache_implementation",
)
# What transformers, tokenizers and safetensors raise for files that they cannot make sense of.
_LOADING_ERRORS = (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, AssertionError)


@dataclass(frozen=True)
class Loaded:
    """An opened checkpoint. `stop_ids` end an answer, `pad_id` fills finished rows; `context` is the most tokens."""

    model: Any
    processor: Any
    tokenizer: Any
    family: Family
    stop_ids: frozenset[int]
    pad_id: int | None
    context: int | None


def needs_code(config: Mapping[str, Any], model: str) -> bool:
    """Whether a checkpoint opens only with code of its own. Raises ModelError when it cannot be opened at all."""
    import transformers
    from transformers.models.auto import modeling_auto
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES

    kind = str(config.get("model_type", ""))
    if kind in modeling_auto.MODEL_FOR_MULTIMODAL_LM_MAPPING_NAMES or family_of(config).model_class:
        return False
    if config.get("auto_map"):
        return True
    if kind in CONFIG_MAPPING_NAMES:
        raise ModelError("model_not_multimodal", model=model, type=kind)
    raise ModelError("model_unknown_type", model=model, type=kind or "?", version=transformers.__version__)


def load(
    folder: Path,
    name: str,
    config: Mapping[str, Any],
    *,
    device: str,
    dtype: str,
    with_code: bool,
    on_progress: Progress,
) -> Loaded:
    """Opens a folder that `check_files` has let through. Raises ModelError."""
    import transformers

    # What matters of its log (weights that are missing, files that lack) is raised; the rest fills a person's terminal.
    transformers.utils.logging.set_verbosity_error()
    try:
        on_progress("processor")
        processor = _load_processor(folder, with_code)
        on_progress("weights")
        model = _load_model(folder, name, config, device=device, dtype=dtype, with_code=with_code)
    except ImportError as exc:
        raise ModelError("model_needs_package", model=name, detail=_words(exc)) from exc
    except _broken_weights() as exc:
        raise ModelError("model_file_broken", model=name, file="*.safetensors", detail=_words(exc)) from exc
    except _LOADING_ERRORS as exc:
        if is_out_of_memory(exc):
            raise ModelError("model_too_big", model=name, device=device) from exc
        raise ModelError("model_not_opened", model=name, detail=_words(exc)) from exc
    return _settle(model, processor, family_of(config))


def _load_processor(folder: Path, with_code: bool) -> Any:
    from transformers import AutoProcessor

    processor = AutoProcessor.from_pretrained(
        folder, trust_remote_code=with_code, local_files_only=not with_code
    )
    if not hasattr(
        processor, "tokenizer"
    ):  # it settles for a tokenizer alone where the folder names no processor
        raise ValueError("its files describe no processor of text and media together")
    return processor


def _load_model(
    folder: Path, name: str, config: Mapping[str, Any], *, device: str, dtype: str, with_code: bool
) -> Any:
    import transformers

    transformers.utils.logging.disable_progress_bar()
    options: dict[str, Any] = {
        "dtype": to_dtype(dtype),
        "use_safetensors": True,
        "trust_remote_code": with_code,
        "output_loading_info": True,
    }
    if device.startswith("cuda"):
        options["device_map"] = {"": device}  # straight to the GPU, without a copy in the machine's memory
    family = family_of(config)
    loader = _loader(family, config, with_code)
    if family.inner_config and family.inner_config in config:
        whole = transformers.AutoConfig.from_pretrained(folder)
        options["config"] = getattr(whole, family.inner_config)
    model, report = loader.from_pretrained(folder, **options)
    if missing := sorted(report.get("missing_keys", ())):
        # transformers fills them with random numbers and goes on: such a model answers nonsense.
        raise ModelError("model_incomplete", model=name, n=len(missing), example=missing[0])
    return model.to(device).eval()


def _loader(family: Family, config: Mapping[str, Any], with_code: bool) -> Any:
    """The class that opens the checkpoint: the family's, else the automatic one that knows its model type."""
    import transformers

    if family.model_class:
        return getattr(transformers, family.model_class)
    if with_code:
        order = (
            "AutoModelForMultimodalLM",
            "AutoModelForImageTextToText",
            "AutoModelForCausalLM",
            "AutoModel",
        )
        named = [auto for auto in order if auto in config.get("auto_map", {})]
        return getattr(transformers, named[0] if named else "AutoModel")
    return transformers.AutoModelForMultimodalLM


def _settle(model: Any, processor: Any, family: Family) -> Loaded:
    """Sets what every generation needs: padding on the left, and no sampling defaults of the checkpoint's author."""
    from transformers import GenerationConfig

    tokenizer = processor.tokenizer
    tokenizer.padding_side = "left"
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    given = model.generation_config
    stop_ids = {int(i) for i in _listed(given.eos_token_id) + _listed(tokenizer.eos_token_id)}
    clean = GenerationConfig(**{key: getattr(given, key, None) for key in _KEPT})
    clean.eos_token_id = sorted(stop_ids) or None
    if clean.pad_token_id is None:
        clean.pad_token_id = tokenizer.pad_token_id
    model.generation_config = clean
    context = getattr(model.config.get_text_config(), "max_position_embeddings", None)
    return Loaded(model, processor, tokenizer, family, frozenset(stop_ids), clean.pad_token_id, context)


def _broken_weights() -> type[Exception]:
    from safetensors import SafetensorError

    error: type[Exception] = SafetensorError
    return error


def _listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list | tuple | set) else [value]


def _words(exc: BaseException) -> str:
    """The first line of what a library said, short enough to be read."""
    lines = [line.strip() for line in str(exc).splitlines() if line.strip()]
    return f"{type(exc).__name__}: {lines[0][:300]}" if lines else type(exc).__name__
