"""From a run that asks for `vllm:MODEL` to the command line of the vLLM that serves it."""

import json
import os
import shlex
from pathlib import Path

from studio.core.engine import Opening
from studio.core.errors import BadInput
from studio.core.run import RunSpec
from studio.engines import local_revision
from studio.engines.vllm import ManagedEngine, open_vllm
from studio.servers import Wish, command_of, visible
from studio.settings import Settings

MANAGED = "vllm:"  # before the name of a model that a vLLM of the studio's own serves
# More than this in one question is refused by vLLM in words; MERA's README allows 20 pictures.
_PICTURES, _SOUNDS, _CLIPS = 20, 8, 4
_PARALLEL = (
    "--tensor-parallel-size",
    "-tp",
    "--data-parallel-size",
    "-dp",
    "--pipeline-parallel-size",
    "-pp",
)


def is_managed(model: str) -> bool:
    return model.startswith(MANAGED)


def check_managed(spec: RunSpec, settings: Settings) -> None:
    """Refuses what can be refused before anything starts. Raises BadInput."""
    if not settings.vllm:
        raise BadInput("vllm_not_named")
    if not spec.model.removeprefix(MANAGED).strip():
        raise BadInput("no_model")
    try:
        gpus_of(spec.vllm_args)
    except ValueError as error:
        raise BadInput("vllm_args", text=spec.vllm_args, words=str(error)) from error


def open_managed(spec: RunSpec, settings: Settings, opening: Opening) -> ManagedEngine:
    """Starts the vLLM of a run; `open_vllm` tells what it raises."""
    name = spec.model.removeprefix(MANAGED)
    model = str(settings.data / "models" / "omni") if name == "embedded" else name
    files = settings.home / "handed-over"
    files.mkdir(parents=True, exist_ok=True)
    wish = Wish(model, options_of(spec, name, files), gpus_of(spec.vllm_args) if visible() else 0, os.environ)
    log = settings.home / "logs" / f"vllm-{os.getpid()}.log"
    return open_vllm(
        command_of(settings.vllm),
        wish,
        name,
        log=log,
        files=files,
        opening=opening,
        revision=spec.revision or local_revision(model, name),
    )


def options_of(spec: RunSpec, name: str, files: Path) -> tuple[str, ...]:
    """vLLM's options that multimodal tasks need; the person's own come last and so decide."""
    settings = spec.settings
    pictures = max(_PICTURES, settings.frames if settings.clips_as_pictures else 0, settings.history + 1)
    limits = {"image": pictures, "audio": max(_SOUNDS, settings.history + 1), "video": _CLIPS}
    options = ["--served-model-name", name, "--seed", str(settings.seed)]
    options += ["--limit-mm-per-prompt", json.dumps(limits), "--trust-request-mm-kwargs"]
    options += ["--allowed-local-media-path", str(files.resolve())]
    if settings.dtype != "auto":
        options += ["--dtype", settings.dtype]
    if spec.revision:
        options += ["--revision", spec.revision]
    return (*options, *shlex.split(spec.vllm_args))


def gpus_of(arguments: str) -> int:
    """How many GPUs a vLLM with these options takes: the product of its parallel sizes. Raises ValueError."""
    words = shlex.split(arguments)
    found = 1
    for i, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option in _PARALLEL:
            found *= int(value if equals else (words[i + 1 : i + 2] or [""])[0])
    return found
