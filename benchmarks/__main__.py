"""All benchmarks, one after the other, and the page of results: `make bench`. Takes an hour on two cores.

Those that want another environment (a vLLM, other tools) are left out where it is not.
"""

import runpy

SCRIPTS = (
    "startup", "server", "media_tasks", "async_llm", "demo_suite", "judging", "frames", "kills", "memory_sizes",
    "memory", "streaming", "workbench_scale", "inspect_scale", "paging_heap", "pace_scale", "what_if", "labels_scale",
    "prompts_scale", "grouping_scale", "health_scale", "people_load", "people_boards", "import_logs",
    "judge_intervals", "best_model", "page",
)  # fmt: skip

for script in SCRIPTS:
    print(f"--- {script}", flush=True)
    runpy.run_module(f"benchmarks.{script}", run_name="__main__", alter_sys=True)
