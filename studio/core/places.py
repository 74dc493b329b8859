"""What is said of places outside of the machine: a name, never a folder or an address."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from studio.core.run import RunView

# What an engine says of itself that tells nothing of where it stands.
_SAID = ("engine", "model", "revision", "parameters", "dtype", "versions", "hardware")


def last_name(path: str) -> str:
    """The last part of a path, of this system or of Windows; a name on a hub (`owner/name`) is none and stays."""
    if path.startswith(("/", "./", "../", "~")) or (path[1:3] in {":\\", ":/"} and path[:1].isalpha()):
        return PurePath(path.replace("\\", "/")).name
    return path


def judge_named(judge: str) -> str:
    """A judge's name without the address that it is asked at: `llm:http://gpu:8000/v1#Qwen` is `llm:#Qwen`."""
    kind, colon, rest = judge.partition(":")
    return f"{kind}:#{rest.partition('#')[2]}" if colon and "//" in rest else last_name(judge)


def embedder_named(name: str) -> str:
    """A model of texts without the address or folder that it stands at: `http://gpu:8000/v1#BGE` is `#BGE`."""
    return f"#{name.partition('#')[2]}" if "://" in name else last_name(name)


def unplaced(run: RunView) -> RunView:
    """The run as others may read of it: without addresses of servers, options of commands, folders of the machine."""
    spec = replace(
        run.spec, model=last_name(run.spec.model), tasks=tuple(map(last_name, run.spec.tasks)), servers=(),
        key_env="", vllm_args="", judge=judge_named(run.spec.judge),
    )  # fmt: skip
    resolved = {name: run.resolved[name] for name in ("determinism", "log") if name in run.resolved}
    if isinstance(people := run.resolved.get("people"), Mapping):
        resolved["people"] = {**people, "person": ""}  # his id is nobody's business elsewhere
    engine = run.resolved.get("engine")
    if isinstance(engine, Mapping):
        resolved["engine"] = {name: _named(engine[name]) for name in _SAID if name in engine}
    return replace(
        run,
        model=last_name(run.model),
        judge=judge_named(run.judge),
        spec=spec,
        resolved=resolved,
        problem=None,
    )


def _named(value: Any) -> Any:
    return last_name(value) if isinstance(value, str) else value
