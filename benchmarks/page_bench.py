"""The sections of RESULTS.md about the workbench."""

from typing import Any

from benchmarks.report import facts, result, spent, where


def workbench_scale() -> str:
    found = result("workbench_scale")
    if not found:
        return ""
    rows = []
    for group in found["groups"]:
        aim = found["aims"].get(group["name"], "")
        rows.append(f"| **{group['name']}, all of these** | **{_pair(group['whole'])}** | {aim} |")
        rows += [
            f"| {_code(name, group['name'])} | {_pair(spent)} | |" for name, spent in group["acts"].items()
        ]
    note = (
        f"Server time of whole answers, the markup included: {found['samples']:,} samples, {found['models']} models on "
        "them, 2,000 labelled by two people, three judges. Filters are asked for the first time. A server warms itself "
        "at its start; runs side by side are not known beforehand, and all their scores are read. "
        "An expression of which no word can be told beforehand is tried on every text.\n"
    )
    head = ["| ms, p50 / p95 | | aim of p95 |", "|---|---|---|"]
    return "\n".join(
        ["## The workbench at full size (`workbench_scale.py`)\n", note, *head, *rows, where(found)]
    )


def _code(name: str, group: str) -> str:
    """Filters are code; a bar in one would end the cell."""
    return name if group not in {"filter", "expression over all texts"} else f"`{name}`".replace("|", "\\|")


def paging_heap() -> str:
    found = result("paging_heap")
    if not found:
        return ""
    rows = []
    for page, readings in found["pages"].items():
        for reading in (readings[0], readings[len(readings) // 2], readings[-1]):
            columns = ("heap_mb", "beside_mb", "nodes", "listeners", "resident_mb")
            rows.append(
                f"| {page} | {reading['step']:,} | " + " | ".join(f"{reading[c]:,}" for c in columns) + " |"
            )
    note = (
        f"{found['steps']:,} questions, as many as a person turns in an hour at two seconds each, with a picture, a "
        f"sound or a clip in each; Chromium {found['browser']}. Aim: a heap under {found['aim_mb']} MB; the highest "
        f"reading was {found['highest_mb']}. “Beside”: what the heap holds outside of it (decoded sounds, the "
        "document); resident: the page's whole process, with its caches of media.\n"
    )
    head = ["| page | step | heap, MB | beside, MB | nodes | listeners | resident, MB |", "|" + "---|" * 7]
    return "\n".join(["## The browser after an hour (`paging_heap.py`)\n", note, *head, *rows, where(found)])


def health_scale() -> str:
    found = result("health_scale")
    if not found:
        return ""
    rows = [f"| {name} | {_pair(value)} |" for name, value in found.items() if isinstance(value, dict)]
    note = (
        f"`Studio.health.of` with {found['answers']:,} answers, {found['labels']:,} of them labelled by two people, "
        f"{found['judges']} judges.\n"
    )
    head = ["| ms, p50 / p95 | |", "|---|---|"]
    return "\n".join(["## Judge and people (`health_scale.py`)\n", note, *head, *rows, where(found)])


def _pair(value: dict[str, float]) -> str:
    return f"{value['p50']} / {value['p95']}"


def grouping_scale() -> str:
    found = result("grouping_scale")
    if not found:
        return ""
    columns = ("p50", "p95", "longest", "asked", "seconds")
    rows = [
        f"| {name} | " + " | ".join(str(row[column]) for column in columns) + " |"
        for name, row in found["rows"].items()
    ]
    ratios = found["ratios"]
    rows.append(f"| ratio of the two | {ratios['p50']} | {ratios['p95']} | {ratios['longest']} | | |")
    note = (
        f"Inspect's next answer, whole, asked for again and again while {found['answers']:,} answers of a run of "
        f"{found['samples']:,} are grouped and kept; in ms, and how long it all took. The studio groups in a process "
        "of its own, which gives way to others; “in this process” is what pages would feel without one.\n"
    )
    head = ["| grouping | p50 | p95 | longest | asked | seconds |", "|" + "---|" * 6]
    title = "## Pages while failures are grouped (`grouping_scale.py`)\n"
    return "\n".join([title, note, *head, *rows, where(found)])


def prompts_scale() -> str:
    found = result("prompts_scale")
    if not found:
        return ""
    apart = [
        f"| {row['items']:,} × 10: {name} | {row[name]['p50']:.0f} | {row[name]['p95']:.0f} |"
        for row in found["crossed"]
        for name in ("split", "gap", "flips")
    ]
    note = (
        f"{found['answers']:,} answers in ten prompts, {found['labels']:,} labelled: the whole answer of the page, "
        "server time in ms. Aim: p95 under 300. The very first look of all took the p95 of the first row: what "
        "questions share is worked out then, once for all pages, and kept. Below, what a crossed run adds once, by "
        "its questions × prompts: the split of variance, the test of the largest gap, the flips of two models.\n"
    )
    title = "## A run by prompt (`prompts_scale.py`)\n"
    return "\n".join(
        [title, note, "| ms | p50 | p95 |", "|---|---|---|", *spent(found), *apart, where(found)]
    )


def what_if() -> str:
    found = result("what_if")
    if not found:
        return ""
    note = (
        f"{found['answers']:,} stored answers under other rules and thresholds; server time in ms, every question new. "
        f"Aim: p95 under 2,000. The slowest took {found['slowest_ms']:,}. The first question about a run reads it: "
        f"{found['open_first_time_s']} s, {found['open_after_a_start_s']} s once it was read before a restart; the "
        f"first about a rule reads its texts too: {found['first_rule_first_time_s']} s, then "
        f"{found['first_rule_after_a_start_s']} s, {found['held_mb']} MB held. Scoring the same answers one by one, "
        "for EM alone, takes "
        f"{found['rescored_one_by_one_s']} s.\n"
    )
    return "\n".join(
        [
            "## What if (`what_if.py`)\n",
            note,
            "| ms | p50 | p95 |",
            "|---|---|---|",
            *spent(found),
            where(found),
        ]
    )


def labels_scale() -> str:
    found = result("labels_scale")
    if not found:
        return ""
    labels = " | ".join(f"{size['labelled']:,}" for size in found["sizes"])
    note = "Server time of one action. Aim at 100,000 samples: p95 of the next sample 50 ms, of opening 300 ms.\n"
    title = "## Labelling as runs grow (`labels_scale.py`)\n"
    rows = [*by_size(found["sizes"]), f"| samples labelled by two | {labels} |"]
    return "\n".join([title, note, *rows, where(found)])


def by_size(sizes: list[dict[str, Any]]) -> list[str]:
    """A table of actions by the size of the run."""
    names = [name for name, value in sizes[0].items() if isinstance(value, dict)]
    head = "| ms, p50 / p95 | " + " | ".join(f"{size['samples']:,}" for size in sizes) + " |"
    rows = [
        f"| {name} | " + " | ".join(f"{size[name]['p50']} / {size[name]['p95']}" for size in sizes) + " |"
        for name in names
    ]
    return [head, "|" + "---|" * (len(sizes) + 1), *rows]


def people_load() -> str:
    calm, killed = result("people_calm"), result("people_killed")
    if not calm or not killed:
        return ""
    counts = [name for name in calm if name not in {"machine", "commit", "measured"} and name not in _TIMES]
    return "\n".join([
        "## Fifty annotators at once (`people_load.py`)\n",
        "Over HTTP against the served app, people and server on the same cores. Calm: everybody thinks a second. "
        "Killed: nobody thinks, and the server is ended by SIGKILL at random moments; its times tell of a queue of "
        "fifty and are left out. A plain append with fsync on the same disk is timed all the while. Aims: nothing "
        "lost, doubled, above or short; a p95 under 200 ms.\n",
        "| | calm | killed |",
        "|---|---|---|",
        *(f"| {name} | {calm[name]} | {killed[name]} |" for name in counts),
        *(f"| {name} | {_shown(calm[name])} | |" for name in _TIMES),
        where(calm),
    ])  # fmt: skip


def people_boards() -> str:
    found = result("people_boards")
    if not found:
        return ""
    return "\n".join([
        "## A lead's waits in a large project (`people_boards.py`)\n",
        "Times in ms. Ratios are of medians, to reading the same answers and doing nothing with them. The agreement of "
        "votes that were asked about before is remembered, as it is for a lead who goes from page to page. Aims: the "
        "board and the baseline under a second, an exclusion's effect under two.\n",
        *facts(found),
        where(found),
    ])  # fmt: skip


_TIMES = (
    "answers a second", "submit and next question, ms", "the desk opened, ms", "plain append and fsync, ms",
    "ratio of medians", "ratio of p95",
)  # fmt: skip


def _shown(value: Any) -> str:
    return f"{value['p50']} / {value['p95']} (p50 / p95)" if isinstance(value, dict) else str(value)
