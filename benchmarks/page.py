"""Makes RESULTS.md of the results that lie beside it. Nothing on that page is typed by hand but its sentences."""

from pathlib import Path

from benchmarks.page_bench import (
    by_size,
    grouping_scale,
    health_scale,
    labels_scale,
    paging_heap,
    people_boards,
    people_load,
    prompts_scale,
    what_if,
    workbench_scale,
)
from benchmarks.page_engines import async_llm, frames, judging, kills, media_tasks, memory_sizes, server
from benchmarks.report import facts, result, spent, where

HEAD = """# Benchmarks

Made by `python -m benchmarks.page` from `results/*.json`, each written by the script of the same name;
`make bench` runs them all. Absolute times are of the machine named below each table; ratios are what to trust.
"""


def main() -> None:
    sections = (
        startup, server, media_tasks, async_llm, demo_suite, judging, frames, kills, memory_sizes, memory, streaming,
        workbench_scale, inspect_scale, paging_heap, pace_scale, what_if, labels_scale, prompts_scale,
        grouping_scale, health_scale, people_load, people_boards, import_logs, judge_intervals, best_model,
    )  # fmt: skip
    parts = [HEAD, *(section() for section in sections)]
    (Path(__file__).parent / "RESULTS.md").write_text(
        "\n".join(part for part in parts if part), encoding="utf-8"
    )


def startup() -> str:
    found = result("startup")
    if not found:
        return ""
    return "\n".join(
        [
            "## Start-up (`startup.py`)\n",
            "| | median | p95 |",
            "|---|---|---|",
            *spent(found, ".1f"),
            where(found),
        ]
    )


def demo_suite() -> str:
    found = result("demo_suite")
    if not found:
        return ""
    note = "Aims: 360 samples in 60 s on two cores; a ratio of at most 1.10 to the hand-written loop.\n"
    return "\n".join(["## The demo suite (`demo_suite.py`)\n", note, *facts(found), where(found)])


def inspect_scale() -> str:
    found = result("inspect_scale")
    if not found:
        return ""
    files = "| database, MB | " + " | ".join(str(size["database_mb"]) for size in found["sizes"]) + " |"
    note = f"Server time of one action, {found['repeats']} times each. Aim: p95 under 150 ms at 100,000 samples.\n"
    title = "## Inspect as runs grow (`inspect_scale.py`)\n"
    return "\n".join([title, note, *by_size(found["sizes"]), files, where(found)])


def pace_scale() -> str:
    found = result("pace_scale")
    if not found:
        return ""
    rows = [
        f"| {size['samples']:,} | {size['pace']['p50']} | {size['pace']['p95']} |" for size in found["sizes"]
    ]
    note = (
        f"Processor time of `Studio.pace`, verdicts included, {found['repeats']} times each. "
        "Aim: p95 under 200 ms at 100,000 samples.\n"
    )
    head = ["| samples | p50, ms | p95, ms |", "|---|---|---|"]
    return "\n".join(["## A run's pace as it grows (`pace_scale.py`)\n", note, *head, *rows, where(found)])


def import_logs() -> str:
    found = result("import_logs")
    if not found:
        return ""
    note = (
        "Aim: 10,000 rows of lm-eval's in under 5 s. The ratio is to `json.loads` of the same lines alone.\n"
    )
    return "\n".join(["## Importing a log (`import_logs.py`)\n", note, *facts(found), where(found)])


def judge_intervals() -> str:
    found = result("judge_intervals")
    if not found:
        return ""
    columns = {"like these": "powered", "these": "powered", "wald": "powered", "lee": "lee"}
    rows = []
    for labels in sorted({row["labels"] for row in found["powered"]}):
        cells = []
        for name, table in columns.items():
            held = [row[name] for row in found[table] if row["labels"] == labels and row.get("told", 1)]
            cells.append(f"{sum(held) / len(held):.1f} ({min(held):.1f}–{max(held):.1f})")
        rows.append(f"| {labels} | {' | '.join(cells)} |")
    note = (
        f"Per cents of {found['runs']} simulated runs of {found['answers']} answers in which a 95 % interval held the "
        "truth: mean (lowest–highest) over 20 settings of the true share and the judge. PPI++ by the labels of a "
        "random part, for questions like these and for these alone, beside the normal interval of its paper; Lee et "
        "al. "
        "by as many right and wrong labels from elsewhere.\n"
    )
    head = "| labels | PPI++, like these | PPI++, these | normal interval | Lee et al. |"
    return "\n".join(
        ["## Intervals of a corrected score (`judge_intervals.py`)\n", note, head, "|---|---|---|---|---|", *rows,
         where(found)]
    )  # fmt: skip


def best_model() -> str:
    found = result("best_model")
    if not found:
        return ""
    rows = []
    for questions, models in dict.fromkeys((row["questions"], row["models"]) for row in found["rows"]):
        same = [row for row in found["rows"] if (row["questions"], row["models"]) == (questions, models)]
        cells = [
            f"{sum(row[name] for row in same) / len(same):.1f} ({min(row[name] for row in same):.1f}–"
            f"{max(row[name] for row in same):.1f})"
            for name in ("best", "naive")
        ]
        wide = sum(row["best_width"] for row in same) / sum(row["naive_width"] for row in same)
        rows.append(f"| {questions} | {models} | {' | '.join(cells)} | {wide:.2f} |")
    note = (
        f"Per cents of {found['runs']} simulated data sets in which a 95 % interval held the gap between people and "
        "the model that is truly best: mean (lowest–highest) over models that are equal, close and apart. `naive` is "
        "the paired interval of the model that came out best; the last column is how much wider the studio's is.\n"
    )
    head = "| questions | models | the studio's | naive | width |"
    return "\n".join(
        [
            "## People and the best model (`best_model.py`)\n",
            note,
            head,
            "|---|---|---|---|---|",
            *rows,
            where(found),
        ]
    )


def memory() -> str:
    found = result("memory")
    if not found:
        return ""
    names = (
        "samples",
        "seconds",
        "resident_mb_after_10_percent",
        "resident_mb_at_the_end",
        "highest_mb",
        "growth",
    )
    rows = [f"| {name.replace('_', ' ')} | {found[name]} |" for name in names]
    return "\n".join(["## Memory over a long run (`memory.py`)\n", "| | |", "|---|---|", *rows, where(found)])


def streaming() -> str:
    found = result("streaming")
    if not found:
        return ""
    head = "| MB | " + " | ".join(found["forms"]) + " |"
    line = "|" + "---|" * (len(found["forms"]) + 1)
    sizes = [found["forms"][next(iter(found["forms"]))][size]["samples"] for size in ("small", "large")]
    rows = [
        f"| {words}, {n:,} samples | "
        + " | ".join(str(form[size][key]) for form in found["forms"].values())
        + " |"
        for key, words in (("pictures_mb", "pictures"), ("peak_mb", "highest of the process"))
        for size, n in zip(("small", "large"), sizes, strict=True)
    ]
    grown = " | ".join(f"{form['grown_share']:.0%}" for form in found["forms"].values())
    note = (
        "Distinct pictures of UniScienceVQA's number, read, written to the cache, planned, asked and scored. Pages of "
        "the process alone: a saved dataset is a mapped file.\n"
    )
    per_sample = " | ".join(
        f"{form['grown_mb'] * 1024 / (sizes[1] - sizes[0]):.0f}" for form in found["forms"].values()
    )
    share = f"| growth, of what the pictures weigh more | {grown} |\n| growth a sample (its texts), kB | {per_sample} |"
    return "\n".join(
        ["## A large task from `datasets` (`streaming.py`)\n", note, head, line, *rows, share, where(found)]
    )


if __name__ == "__main__":
    main()
