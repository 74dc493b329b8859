"""Whether the answers of an archive were made in one way: one model, one set of settings, no `--limit` left on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from studio.core.submission import Defect, Severity
from studio.core.suite import SuiteTask
from studio.submission.logs import Logs, Samples
from studio.submission.records import SPLIT

# Where a results file says what; a dot leads inside. Batch size and device are no settings: they change no answer
# that a model means to give. Of the model's arguments some name the model, the rest are settings.
_ARGUMENTS, _IDENTITY, _TUNING = "config.model_args", "model_args: model", "model_args: settings"
_NAMING = frozenset({"pretrained", "model", "peft", "delta", "path", "engine", "revision", "subfolder"})
_MACHINE = frozenset({"batch_size", "max_batch_size", "device", "device_map", "parallelize", "num_concurrent",
                      "base_url", "tensor_parallel_size", "data_parallel_size", "gpu_memory_utilization",
                      "max_retries", "timeout"})  # fmt: skip
_MODEL = ("model_name", "config.model", _IDENTITY, "studio.model", "studio.revision")
_SETTINGS = (
    _TUNING,
    "config.gen_kwargs", "config.random_seed", "config.numpy_seed", "config.torch_seed", "config.fewshot_seed",
    "config.limit", "system_instruction", "system_instruction_sha", "chat_template_sha", "fewshot_as_multiturn",
    "studio.max_new_tokens", "studio.temperature", "studio.top_p", "studio.seed", "studio.stop", "studio.dtype",
)  # fmt: skip
# Settings that reach only tasks of a modality, or only dialogues: a difference elsewhere changes nothing.
_OF_PICTURES = ("studio.image_max_side", "studio.image_width", "studio.image_height")
_OF_CLIPS = ("studio.frames", "studio.clips_as_pictures")
_OF_DIALOGUES = ("studio.history",)
_TOOLS = ("lm_eval_version", "git_hash", "studio.version")
_ABSENT = object()


def settings_defects(logs: Logs, suite: Sequence[SuiteTask], short: set[str]) -> list[Defect]:
    """Mixed models and settings, a limit, shots where there should be none. `short` are tasks with records missing."""
    made = _made(logs)
    defects = [
        *_mixed("mixed_models", _MODEL, made),
        *_mixed("mixed_settings", _SETTINGS, made),
        *_mixed("mixed_settings", _OF_PICTURES, _only(made, ("image", "video"))),
        *_mixed("mixed_settings", _OF_CLIPS, _only(made, ("video",))),
        *_mixed(
            "mixed_settings", _OF_DIALOGUES, [each for each in made if each[0].task.groups == "dialogue"]
        ),
        *_mixed("mixed_tools", _TOOLS, made),
    ]
    unknown = [samples.name for samples in logs.samples if samples.date not in logs.results]
    if unknown:
        defects.append(Defect("no_settings", "", "warning", len(unknown), tuple(unknown[:5])))
    return [*defects, *_limits(made, short), *_shots(made)]


def limit_guessed(counts: Mapping[str, int], suite: Sequence[SuiteTask]) -> Defect | None:
    """Tasks cut to one and the same number of records a part: what a forgotten `--limit` leaves. `counts` are of the
    tasks with records missing."""
    tasks = {task.name: task for task in suite}
    found: dict[int, list[str]] = {}
    for name, n in counts.items():
        parts = len(tasks[name].subsets)
        if n and n % parts == 0:
            found.setdefault(n // parts, []).append(name)
    limit, names = max(found.items(), key=lambda item: len(item[1]), default=(0, []))
    if len(names) < 2:
        return None
    return Defect("limit_guessed", "", "warning", len(names), tuple(names[:5]), {"limit": limit})


def _made(logs: Logs) -> list[tuple[Samples, Mapping[str, Any]]]:
    """Samples with the results file of their date."""
    return [(samples, logs.results[samples.date]) for samples in logs.samples if samples.date in logs.results]


def _only(
    made: Iterable[tuple[Samples, Mapping[str, Any]]], modalities: tuple[str, ...]
) -> list[tuple[Samples, Mapping[str, Any]]]:
    return [each for each in made if each[0].task.modality in modalities]


def _mixed(
    code: str, paths: Sequence[str], made: Sequence[tuple[Samples, Mapping[str, Any]]]
) -> list[Defect]:
    """A defect for each path that has several values; files that do not state it are not asked."""
    defects = []
    for path in paths:
        tasks: dict[str, list[str]] = {}
        for samples, results in made:
            found = _at(results, path)
            if found is not _ABSENT:
                tasks.setdefault(_plain(found), []).append(samples.task.name)
        if len(tasks) > 1:
            places = tuple(f"{_clip(value)}: {_names(names)}" for value, names in tasks.items())
            severity: Severity = "warning" if code == "mixed_tools" else "error"
            defects.append(Defect(code, "", severity, len(tasks), places[:5], {"setting": path}))
    return defects


def _limits(made: Iterable[tuple[Samples, Mapping[str, Any]]], short: set[str]) -> list[Defect]:
    """`--limit` by what the results file says; harmless where nothing is missing all the same."""
    found: dict[str, tuple[str, int, str]] = {}
    for samples, results in made:
        limit = _at(results, "config.limit")
        if limit is not _ABSENT and limit is not None:
            found[samples.task.name] = (_plain(limit), samples.found, samples.date)
    defects = []
    for name, (limit, n, date) in found.items():
        severity: Severity = "error" if name in short else "warning"
        defects.append(Defect("limit_on", name, severity, n, (f"results_{date}.json",), {"limit": limit}))
    return defects


def _shots(made: Iterable[tuple[Samples, Mapping[str, Any]]]) -> list[Defect]:
    """Worked examples before a question: the site's numbers are without. In a dialogue N is its history."""
    found: dict[str, int] = {}
    for samples, results in made:
        shots = results.get("n-shot")
        named = shots.items() if isinstance(shots, dict) else ()
        for name, n in named:
            if samples.name.startswith(f"samples_{name}_") and isinstance(n, int) and n > 0:
                found[samples.task.name] = n
    tasks = {samples.task.name: samples.task for samples, _ in made}
    return [
        Defect("shots_on", name, "warning", n, values={"split": SPLIT})
        for name, n in found.items()
        if tasks[name].groups != "dialogue"
    ]


def _at(results: Mapping[str, Any], path: str) -> Any:
    """What a results file says at a path, or _ABSENT."""
    if path in {_IDENTITY, _TUNING}:
        arguments = _at(results, _ARGUMENTS)
        return arguments if arguments is _ABSENT else _arguments(arguments, naming=path == _IDENTITY)
    found: Any = results
    for key in path.split("."):
        if not isinstance(found, Mapping) or key not in found:
            return _ABSENT
        found = found[key]
    return found


def _arguments(value: Any, *, naming: bool) -> str:
    """A model's arguments (`pretrained=m,dtype=float16`, or an object), those that name it or those that set it."""
    if isinstance(value, str):
        pairs = [part.partition("=")[::2] for part in value.split(",") if part]
    else:
        pairs = [(key, _plain(each)) for key, each in value.items()] if isinstance(value, Mapping) else []
    wanted = [
        f"{key}={each}"
        for key, each in sorted((key.strip(), each) for key, each in pairs)
        if (key in _NAMING) is naming and key not in _MACHINE
    ]
    return ",".join(wanted)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _clip(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _names(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    return ", ".join(distinct[:4]) + (f" +{len(distinct) - 4}" if len(distinct) > 4 else "")
