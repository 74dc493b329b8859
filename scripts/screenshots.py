"""Takes the README's pictures from the running studio: `make screenshots` (a few minutes on two cores).

It starts `app.py` over an empty home, runs the embedded model through the page as a visitor would, and takes each page
once something is to be seen on it. The pictures go to docs/images/.
"""

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.browser import ARGS, find_browser
from studio.core.project import ProjectSpec, Submission, Timing
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from studio.tasks.folder import load_folder

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LAPTOP, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 1240}  # as high as the table and a sample below it
START_WITHIN_S, RUN_WITHIN_S = 120, 900
LIMIT = "20"
TASK = "ruDemoWhich"  # that people answer
INSTRUCTION = "Посмотрите на картинку и выберите один вариант. Слева и справа — с вашей стороны."


@contextmanager
def served(environ: Mapping[str, str]) -> Iterator[str]:
    """The studio on a free port; its address. Stopped politely afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env={**environ, "PORT": str(port)})
    url = f"http://127.0.0.1:{port}/"
    try:
        _until(lambda: _answers(url), START_WITHIN_S, "the studio to start")
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False


def _until(holds: Any, within_s: float, what: str) -> None:
    end = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > end:
            raise SystemExit(f"waited {within_s} s for {what}")
        time.sleep(0.5)


def runs(environ: Mapping[str, str]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "studio", "runs", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)["runs"]
    return found


def opened(browser: Browser, size: Mapping[str, int], *, dark: bool = False) -> Page:
    scheme = "dark" if dark else "light"
    context = browser.new_context(
        locale="ru-RU", viewport=dict(size), color_scheme=scheme, device_scale_factor=1
    )
    context.set_default_timeout(60_000)
    return context.new_page()


def take(page: Page, name: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}.png")
    print(IMAGES.relative_to(ROOT) / f"{name}.png")


def run_page(page: Page, url: str, environ: Mapping[str, str]) -> str:
    """Starts a run on the page, takes it half way, waits for its end. The run's id."""
    page.goto(url)
    page.locator("#limit input").fill(LIMIT)
    page.locator("#start").click()
    _until(lambda: runs(environ) and _share(runs(environ)[0]) > 0.4, RUN_WITHIN_S, "the first answers")
    _settle(page)
    take(page, "run")
    _until(lambda: runs(environ)[0]["state"] == "done", RUN_WITHIN_S, "the run to finish")
    return str(runs(environ)[0]["id"])


def _share(run: Mapping[str, Any]) -> float:
    return float(run["answered"]) / run["planned"] if run["planned"] else 0.0


def inspect_page(page: Page, url: str, run_id: str, name: str = "inspect") -> None:
    page.goto(f"{url}inspect?run={run_id}&cell=disagree")
    page.locator(".in-card").wait_for()
    _settle(page)
    take(page, name)


def reasons_page(page: Page, url: str, run_id: str) -> None:
    """Groups the answers that EM calls wrong, and takes the groups."""
    page.goto(f"{url}reasons?run={run_id}")
    page.locator('[name="where"]').fill("em:0")
    page.locator('[name="where"]').press("Enter")
    page.locator(".gp-card").first.wait_for()
    page.evaluate("scrollTo(0, 0)")
    _settle(page)
    take(page, "reasons")


def whatif_page(page: Page, url: str, run_id: str) -> None:
    """What two rules turned on and a stricter judge would change."""
    page.goto(f"{url}whatif?run={run_id}&on=number_words,option_text&threshold=0.95")
    page.locator("main, #whatif-page").get_by_role("table").first.wait_for()
    _settle(page)
    take(page, "whatif")


def annotate_page(page: Page, url: str) -> None:
    page.goto(f"{url}annotate")
    page.locator("form.an-start input[name=name]").fill("Анна")
    page.locator("form.an-start input[name=what]").first.check(force=True)
    page.locator("form.an-start button[type=submit]").click()
    page.locator("#an-question").wait_for()
    _settle(page)
    take(page, "annotate")


def organise_page(page: Page, url: str, project: str) -> None:
    """The board of a project whose answers a script gave."""
    page.goto(f"{url}organise?project={project}")
    page.locator("#organise-page .og-hard, #organise-page .og-crew").first.wait_for()
    _settle(page)
    take(page, "organise")


def answered_project(environ: Mapping[str, str]) -> str:
    """A project over a demo task in which a script answers as six people, in turns over the last five hours: five who
    err now and then, one in a hurry. Their clock is the script's."""
    studio = Studio.from_env(environ)
    clock = [time.time() - 5 * 3600]
    studio.answering._now = studio._ledger.journal._now = lambda: clock[0]
    try:
        spec = ProjectSpec(
            studio.task(TASK).title["ru"], TASK, overlap=5, controls=0.1, repeats=0.05, pay_per_hour=500.0
        )
        project = studio.organising.make(OWNER, spec, size=60)
        studio.organising.instruct(OWNER, project, INSTRUCTION)
        studio.organising.set_state(OWNER, project, "open")
        golds = {
            sample.id: str(sample.gold)
            for sample in load_folder(studio.settings.data / "demo" / TASK).samples
        }
        right = {item.item: golds[item.key] for item in studio.organising.items(OWNER, project)}
        people = [studio.workplaces.named(project, f"Аннотатор {number}") for number in range(1, 7)]
        for turn in range(46):
            for number, who in enumerate(people):
                _answer(studio, project, who, clock, random.Random(100 * turn + number), right)
        return project
    finally:
        studio.close()


def _answer(
    studio: Studio,
    project: str,
    who: Viewer,
    clock: list[float],
    dice: random.Random,
    right: Mapping[int, str],
) -> None:
    asked = studio.workplaces.standing(who, project).question
    if asked is None:
        return
    hasty = who.person == max(each.id for each, _ in studio.members.people(OWNER, project))
    shown, spent = clock[0], dice.uniform(0.6, 1.4) if hasty else dice.lognormvariate(2.6, 0.5)
    gold, careful = right[asked.item], 0.5 if hasty else 0.95
    text = gold if dice.random() < careful else dice.choice(sorted({*asked.options} - {gold}))
    clock[0] += spent
    given = Submission(
        asked.item, asked.occasion, "answer", f"{who.person}-{asked.item}-{asked.occasion}", text,
        timing=Timing(shown_at=shown, active_s=spent, idle_s=0.0),
    )  # fmt: skip
    studio.workplaces.submit(who, project, given)
    clock[0] += dice.uniform(20, 100)


def runs_page(page: Page, url: str, run_id: str) -> None:
    page.goto(f"{url}runs")
    page.locator(f"#runs a[href*='{run_id}']").first.wait_for()
    _settle(page)
    take(page, "runs")


def leaderboard_page(page: Page, url: str) -> None:
    page.goto(f"{url}leaderboard?suite=mera")
    page.locator(".lb-rows tr").first.wait_for()
    _settle(page)
    take(page, "leaderboard")


def experiments_page(page: Page, url: str) -> None:
    """Asks the embedded model without its media, beside the run that is there, and takes what came out."""
    page.goto(f"{url}experiments")
    card = page.locator('.ex-card[data-what="none"]')
    card.locator("input[name=limit]").fill(LIMIT)
    card.locator("button").click()
    page.locator(".ex-figure").wait_for(timeout=RUN_WITHIN_S * 1000)
    page.evaluate("scrollTo(0, 0)")
    _settle(page)
    take(page, "experiments")


def _settle(page: Page) -> None:
    """Pictures loaded and fonts in place; a still page is what a reader sees."""
    page.evaluate("document.fonts.ready")
    page.wait_for_function("[...document.images].every(image => image.complete)")


def main() -> None:
    found = find_browser()
    if found is None:
        raise SystemExit("No browser starts here: make browser")
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        environ = {
            **os.environ,
            "STUDIO_HOME": home,
            "HF_HUB_OFFLINE": "1",
            "GRADIO_ANALYTICS_ENABLED": "False",
        }
        environ.pop("STUDIO_DB", None)
        browser = playwright.chromium.launch(executable_path=found.path, args=list(ARGS))
        with served(environ) as url:
            laptop = opened(browser, LAPTOP)
            run_id = run_page(laptop, url, environ)
            inspect_page(opened(browser, DESK), url, run_id)
            reasons_page(opened(browser, DESK), url, run_id)
            whatif_page(opened(browser, DESK), url, run_id)
            annotate_page(opened(browser, LAPTOP), url)
            organise_page(opened(browser, DESK), url, answered_project(environ))
            runs_page(laptop, url, run_id)
            leaderboard_page(opened(browser, DESK), url)
            experiments_page(opened(browser, DESK), url)
            inspect_page(opened(browser, PHONE, dark=True), url, run_id, "inspect-phone-dark")
        browser.close()


if __name__ == "__main__":
    main()
