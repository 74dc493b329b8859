"""The browser's memory after an hour of paging: Inspect, and runs side by side, with a picture, a sound or a clip in
every question.

A person who looks at a question for two seconds turns 1,800 in an hour; here the keys are pressed as fast as the page
shows the next one, with a label now and then, and now and then a stop at what the model received. All media are
distinct. Read by the browser's own tools after its collector of garbage: JavaScript's heap, nodes of the document,
listeners; and the resident memory of the page's process as the system tells it.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.made_tasks import make_task
from benchmarks.report import result, write
from scripts.browser import ARGS, find_browser
from studio.core.content import Modality
from studio.core.run import RunSpec
from studio.service import Studio
from tests.components.serving import serving
from tests.support import SeeingEngine, scripted_studio

KINDS: tuple[Modality, ...] = ("image", "audio", "video")
EACH = 601  # records of a kind: one more than the steps need
STEPS, READINGS = 1_800, 12
LABEL_EVERY, STOP_EVERY = 25, 10
AIM_MB = 150
SHOWN = "(before) => { const card = document.querySelector('{card}'); return card && card.dataset.sample !== before; }"


def main() -> None:
    """The pages named as arguments, or both; what was read of the other one before stays."""
    found = find_browser()
    if found is None:
        raise SystemExit("no browser: make browser")
    kept = (result("paging_heap") or {}).get("pages", {})
    pages: dict[str, list[dict[str, float]]] = dict(kept)
    with tempfile.TemporaryDirectory() as folder:
        studio = scripted_studio(Path(folder) / "home", SeeingEngine(lambda asked: "круг"))
        runs = prepared(studio, Path(folder))
        walks = {
            "Inspect": (f"inspect?run={runs[0]}", ".in-card", inspecting),
            "side by side": (f"compare?runs={','.join(runs)}", ".cp-card", comparing),
        }
        with serving(studio) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found.path, args=list(ARGS))
            for name in sys.argv[1:] or walks:
                address, card, act = walks[name]
                pages[name] = walked(browser, url + address, card, act)
            browser.close()
        studio.close()
    write("paging_heap", kept_as(found.version, pages))


def kept_as(version: str, pages: dict[str, list[dict[str, float]]]) -> dict[str, Any]:
    highest = max(reading["heap_mb"] for readings in pages.values() for reading in readings)
    return {"browser": version, "steps": STEPS, "aim_mb": AIM_MB, "highest_mb": highest, "pages": pages}


def prepared(studio: Studio, folder: Path) -> list[str]:
    """Two runs over pictures, sounds and clips, mixed as the tasks of a suite are."""
    tasks = tuple(str(make_task(folder / f"Task{kind}", kind, EACH)) for kind in KINDS)
    return [studio.wait(studio.start(RunSpec("embedded", tasks, judge="none"))).id for _ in range(2)]


def walked(browser: Any, address: str, card: str, act: Callable[[Page, int], None]) -> list[dict[str, float]]:
    """Readings from the opened page to the last step."""
    context = browser.new_context(locale="ru-RU", viewport={"width": 1366, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.add_init_script(
        "localStorage.setItem('studio-reviewer', 'Вера'); localStorage.setItem('studio-label-stay', '1')"
    )
    page.goto(address)
    page.locator(card).wait_for()
    tools = context.new_cdp_session(page)
    readings = [reading(tools, 0)]
    for number in range(1, STEPS + 1):
        before = page.locator(card).get_attribute("data-sample")
        page.keyboard.press("ArrowRight")
        page.wait_for_function(SHOWN.replace("{card}", card), arg=before)
        act(page, number)
        if number % (STEPS // READINGS) == 0:
            readings.append(reading(tools, number))
            print(readings[-1], flush=True)
    context.close()
    return readings


def inspecting(page: Page, number: int) -> None:
    if number % STOP_EVERY == 0:
        page.locator(".in-card .ev-box").first.wait_for()
    if number % LABEL_EVERY == 0:
        page.keyboard.press("Digit1")
        page.locator('.lab-verdict[data-verdict="right"][aria-pressed="true"]').wait_for()


def comparing(page: Page, number: int) -> None:
    if number % STOP_EVERY == 0:
        page.wait_for_timeout(250)  # long enough for a sound's wave to be drawn


def reading(tools: CDPSession, step: int) -> dict[str, float]:
    tools.send("HeapProfiler.enable")
    tools.send("HeapProfiler.collectGarbage")
    tools.send(
        "HeapProfiler.collectGarbage"
    )  # what the first frees of the document's nodes, the second collects
    heap, counters = tools.send("Runtime.getHeapUsage"), tools.send("Memory.getDOMCounters")
    tools.send("HeapProfiler.disable")
    return {
        "step": step,
        "heap_mb": round(heap["usedSize"] / 2**20, 1),
        "beside_mb": round(
            (heap.get("backingStorageSize", 0) + heap.get("embedderHeapUsedSize", 0)) / 2**20, 1
        ),
        "nodes": counters["nodes"],
        "listeners": counters["jsEventListeners"],
        "resident_mb": resident_mb(),
    }


def resident_mb() -> float:
    """Of the largest page process of a browser on this machine."""
    found = [0.0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"--type=renderer" in (folder / "cmdline").read_bytes():
                pages = int((folder / "statm").read_text().split()[1])
                found.append(pages * 4096 / 2**20)
        except OSError:
            continue  # it has just ended
    return round(max(found), 0)


if __name__ == "__main__":
    main()
