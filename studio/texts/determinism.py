"""What decides whether a run's answers come out the same again, in one line."""

from collections.abc import Mapping
from typing import Any

from studio.texts import Lang, t


def repeatability(resolved: Mapping[str, Any], lang: Lang) -> str:
    """«температура 0 · зерно 1234 · vllm (server 0.32.0) · …» as a run recorded it; empty for one that did not."""
    told = resolved.get("determinism")
    if not isinstance(told, Mapping):
        return ""
    temperature = f"{told.get('temperature', 0):g}"
    parts = [
        t("repeat.temperature", lang, value=temperature.replace(".", ",") if lang == "ru" else temperature),
        t("repeat.seed", lang, seed=told.get("seed", "")),
        _engine(told),
    ]
    invariant = told.get("batch_invariant")
    if told.get("greedy") and invariant is not None:
        parts.append(t("repeat.invariant" if invariant else "repeat.variant", lang))
    elif told.get("greedy"):
        parts.append(t("repeat.unknown", lang))
    return " · ".join(part for part in parts if part)


def _engine(told: Mapping[str, Any]) -> str:
    versions = told.get("versions")
    return f"{told.get('engine', '')} ({versions})" if versions else str(told.get("engine", ""))
