"""What every test shares: a home of its own, no hub, no telemetry, and a browser where one can be had."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, not whether a property holds. The same examples come each
# time, so that a change is refused for what it changed; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("studio", settings.get_profile("search"), derandomize=True)
settings.load_profile("studio")

# Libraries read these when they are imported, so they stand before any of them, for the whole run. An empty HF_HOME
# hides whatever models this machine has cached: a test must not depend on them.
_HF_HOME = tempfile.TemporaryDirectory(prefix="studio-tests-hf-")
os.environ.update(
    HF_HOME=_HF_HOME.name,
    HF_HUB_OFFLINE="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    HF_HUB_DISABLE_PROGRESS_BARS="1",
    GRADIO_ANALYTICS_ENABLED="False",
    TOKENIZERS_PARALLELISM="false",
)


def pytest_unconfigure() -> None:
    _HF_HOME.cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop in the thread, where `asyncio.run` then refuses."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def studio_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The studio's home of this test alone; variables of the person who runs the tests do not reach in."""
    for name in [name for name in os.environ if name.startswith("STUDIO_") and name not in _TEST_SETTINGS]:
        monkeypatch.delenv(name)
    home = tmp_path / "studio-home"
    monkeypatch.setenv("STUDIO_HOME", str(home))
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "gradio"))
    for name in ("SPACE_ID", "SPACE_HOST", "HF_TOKEN", "PORT", "HOST"):
        monkeypatch.delenv(name, raising=False)
    return home


_TEST_SETTINGS = {"STUDIO_REQUIRE_BROWSER", "STUDIO_BROWSER"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium under Playwright. Skips with a reason where there is none; with STUDIO_REQUIRE_BROWSER=1 (CI) fails."""
    from playwright.sync_api import sync_playwright

    from scripts.browser import ARGS, find_browser

    found = find_browser()
    if found is None:
        reason = "no browser starts on this machine: `make browser` looks for one and installs it"
        if os.environ.get("STUDIO_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found.path, args=list(ARGS))
        yield chromium
        chromium.close()


@pytest.fixture
def browser_page(browser: Any) -> Iterator[Any]:
    """A fresh page (own cookies and storage) in Russian, of a laptop's size."""
    context = browser.new_context(locale="ru-RU", viewport={"width": 1366, "height": 900})
    context.set_default_timeout(60_000)  # a busy machine is no fault of the page
    yield context.new_page()
    context.close()
