"""The sections of RESULTS.md on asking models: servers, media, judges, what survives a kill, and memory."""

from typing import Any

from benchmarks.report import result, where
from benchmarks.rounds import shown

MEASURES = ("of raw", "requests/s", "start to exit, s", "peak memory, MB")


def server() -> str:
    found = result("server")
    if not found:
        return ""
    parts = [
        "## A run over a real vLLM (`server.py`)\n",
        f"{found['questions']} questions with pictures, {found['under way']} under way, the embedded model in vLLM on "
        "the CPU, on the same two cores as whoever asks; medians (least–greatest), sides in turns. Aims: 0.95 of raw "
        "in the request phase, 15 s from start to exit, 350 MB.\n",
        _sides(found["sides"]),
        "\nKilled with SIGKILL when half is answered, and taken up again. An answer counts where it leaves the "
        "server: one that left it in the last moment may have reached nobody.\n",
        _killed(found["killed"]),
    ]
    if stub := found.get("stub"):
        parts += [
            f"\nA stub that answers after {1000 * stub['latency, s']:.0f} ms, {stub['under way']} under way, "
            f"{stub['questions']} questions. Aim: 0.97 of raw. Beside them the library that the studio asks with, "
            "alone: it prepares, scores and keeps nothing.\n",
            _sides(stub["sides"]),
        ]
    if found["left out"]:
        parts.append(f"\nLeft out, not installed: {', '.join(found['left out'])}.")
    return "\n".join([*parts, where(found)])


def media_tasks() -> str:
    found = result("media_tasks")
    if not found:
        return ""
    parts = [
        "## Sounds and clips over a real vLLM (`media_tasks.py`)\n",
        f"{found['questions']} questions each, media read, decoded and encoded on the way, beside a client that has "
        "every request prepared. Aim: 0.90 of raw.\n",
    ]
    for setting, kinds in found["settings"].items():
        for kind, sides in kinds.items():
            parts += [f"{kind}, {setting}:\n", _sides(sides), ""]
    return "\n".join([*parts, where(found)])


def async_llm() -> str:
    note = "The same questions over HTTP and inside the asker's own process; neither side scores or stores.\n"
    return _facts("async_llm", "vLLM over HTTP beside vLLM in one process", note)


def judging() -> str:
    note = "The same texts, asked about by hand and by the studio's judge. Aim: 0.85 of the raw forward's time.\n"
    return _facts("judging", "The judge beside a raw batched forward", note)


def frames() -> str:
    found = result("frames")
    if not found:
        return ""
    clips = found["clips"]
    rows = [
        f"| {name} | " + " | ".join(shown(clip[name]) for clip in clips.values()) + " |"
        for name in next(iter(clips.values()))
    ]
    return "\n".join([
        "## Frames of a clip (`frames.py`)\n",
        f"{found['taken']} frames of a clip of {found['seconds']} s, 640 x 360, {found['rounds']} rounds. Aims: 1.10 "
        "of `get_batch`, 5 times faster than decoding every frame.\n",
        "| | " + " | ".join(clips) + " |",
        "|---" * (len(clips) + 1) + "|",
        *rows,
        where(found),
    ])  # fmt: skip


def kills() -> str:
    both = [found for name in ("server", "transformers") if (found := result(f"kills_{name}"))]
    if not both:
        return ""
    names = [name for name in both[0] if name not in {"machine", "commit", "measured", "engine"}]
    rows = [f"| {name} | " + " | ".join(str(found[name]) for found in both) + " |" for name in names]
    return "\n".join([
        "## SIGKILL at random moments (`kills.py`)\n",
        "Lost are samples without an answer in the end, doubled those with two. The ratio is of the wall time to that "
        "of the undisturbed run plus what the starts cost. Aims: 0, 0, 1.25.\n",
        "| | " + " | ".join(found["engine"] for found in both) + " |",
        "|---" * (len(both) + 1) + "|",
        *rows,
        where(both[-1]),
    ])  # fmt: skip


def memory_sizes() -> str:
    found = result("memory_sizes")
    if not found:
        return ""
    names = list(found["sizes"][0])
    rows = ["| " + " | ".join(f"{size[name]:,}" for name in names) + " |" for size in found["sizes"]]
    one = found["one task"]
    read = "highest up to the first answer, MB"
    return "\n".join([
        "## Memory as runs grow (`memory_sizes.py`)\n",
        "`python -m studio run` over a stub that answers at once: questions with pictures, 32 under way.\n",
        "| " + " | ".join(names) + " |",
        "|---" * len(names) + "|",
        *rows,
        f"\nThe largest to the smallest: {found['largest to smallest']}. One task of {one['questions']:,} questions in "
        f"one file takes {one[read]} MB up to its first answer.",
        where(found),
    ])  # fmt: skip


def _sides(sides: dict[str, dict[str, Any]]) -> str:
    head = ["| | " + " | ".join(MEASURES) + " | rounds |", "|---" * (len(MEASURES) + 2) + "|"]
    rows = [
        f"| {name} | " + " | ".join(shown(side[measure]) for measure in MEASURES) + f" | {side['rounds']} |"
        for name, side in sides.items()
    ]
    return "\n".join([*head, *rows])


def _killed(killed: dict[str, dict[str, Any]]) -> str:
    names = list(next(iter(killed.values())))
    head = ["| | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    rows = [
        f"| {side} | " + " | ".join(str(found[name]) for name in names) + " |"
        for side, found in killed.items()
    ]
    return "\n".join([*head, *rows])


def _facts(name: str, title: str, note: str) -> str:
    found = result(name)
    if not found:
        return ""
    rows = [
        f"| {key} | {shown(value)} |"
        for key, value in found.items()
        if key not in {"machine", "commit", "measured"}
    ]
    return "\n".join([f"## {title} (`{name}.py`)\n", note, "| | |", "|---|---|", *rows, where(found)])
