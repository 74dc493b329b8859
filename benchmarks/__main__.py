"""All benchmarks, one after the other, and the page of results: `make bench`. Takes half an hour on two cores."""

import runpy

SCRIPTS = ("startup", "demo_suite", "inspect_scale", "import_logs", "memory", "streaming", "page")

for script in SCRIPTS:
    print(f"--- {script}", flush=True)
    runpy.run_module(f"benchmarks.{script}", run_name="__main__", alter_sys=True)
