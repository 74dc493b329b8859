"""On what a run was made, in words and versions: recorded with every run, so that a number can be made again."""

import os
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from studio.core.errors import BadInput

_LIBRARIES = ("torch", "transformers", "pillow", "librosa", "decord2", "numpy")
_DTYPES = ("float32", "bfloat16", "float16")


def versions() -> dict[str, str]:
    """Versions of Python and of the libraries that can change an answer."""
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def pick_device(asked: str) -> str:
    """`auto` is cuda, then mps, then cpu. Raises BadInput for a device that is unknown or not here."""
    import torch

    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if asked == "auto":
        return "cuda" if cuda else "mps" if mps else "cpu"
    kind, _, number = asked.partition(":")
    if kind not in {"cpu", "cuda", "mps"} or (number and not number.isdigit()):
        raise BadInput("unknown_device", device=asked)
    here = {"cpu": True, "cuda": cuda, "mps": mps}[kind]
    if not here or (kind == "cuda" and int(number or 0) >= torch.cuda.device_count()):
        raise BadInput("device_not_here", device=asked)
    return asked


def pick_dtype(asked: str, device: str) -> str:
    """`auto` is bfloat16 on cuda and float32 elsewhere. Raises BadInput for an unknown name."""
    if asked == "auto":
        return "bfloat16" if device.startswith("cuda") else "float32"
    if asked not in _DTYPES:
        raise BadInput("unknown_dtype", dtype=asked, known=", ".join(("auto", *_DTYPES)))
    return asked


def describe_hardware(device: str) -> str:
    """The GPU's name, or the processor's with the number of cores it may use and torch's threads."""
    import torch

    if device.startswith("cuda"):
        return str(torch.cuda.get_device_name(torch.device(device)))
    return f"{_processor()}, {_cores()} cores, {torch.get_num_threads()} threads"


def release(device: str) -> None:
    """Gives memory that torch keeps for later back to the device."""
    import torch

    if device.startswith("cuda"):
        torch.cuda.empty_cache()
    elif device.startswith("mps"):
        torch.mps.empty_cache()


def is_out_of_memory(exc: BaseException) -> bool:
    """CUDA and MPS have a class or a message for it; the CPU's allocator only says so in words."""
    import torch

    text = str(exc).lower()
    said = ("out of memory" in text) or ("can't allocate memory" in text) or ("not enough memory" in text)
    return isinstance(exc, MemoryError | torch.OutOfMemoryError) or (isinstance(exc, RuntimeError) and said)


def to_dtype(name: str) -> Any:
    """torch's dtype of a name that `pick_dtype` has let through."""
    import torch

    return getattr(torch, name)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
