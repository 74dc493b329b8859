"""A browser that really starts: the system's Chromium, else Playwright's download, else the package manager's.

Run as a script (`make browser`) it installs where needed and prints what it found. Imported, it only looks: the tests
and the screenshots ask `find_browser()`. A browser is believed only once it has opened a page, because a stub
(Ubuntu's `chromium-browser` without snap) or a missing library looks just like a browser until then.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# No sandbox: CI and containers run as root. The rest keeps Chromium from calling home at every start.
ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
DOWNLOAD_TIMEOUT_S = 300


class Found(NamedTuple):
    """A browser that opened a page: `path` for Playwright's `executable_path`, or None for its own download."""

    path: str | None
    version: str


def find_browser() -> Found | None:
    """The first browser that starts, or None. Looks only; takes about a second. Raises nothing."""
    return next((found for path in _candidates() if (found := _try(path))), None)


def _candidates() -> list[str | None]:
    """Named by STUDIO_BROWSER, or the system's, or (None) Playwright's own."""
    if named := os.environ.get("STUDIO_BROWSER"):
        return [named]
    system = [path for name in NAMES if (path := shutil.which(name))]
    return [*system, *(app for app in MAC_APPS if Path(app).exists()), None]


def _try(path: str | None) -> Found | None:
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(ARGS), timeout=30_000)
        except Error:
            return None
        try:
            browser.new_page().goto("data:text/html,<h1>ok</h1>")
            return Found(path, browser.version)
        finally:
            browser.close()


def _download() -> None:
    _run([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"])


def _install() -> None:
    """The package manager's Chromium, with a font that has Cyrillic (a bare system shows boxes)."""
    root = [] if not hasattr(os, "geteuid") or os.geteuid() == 0 else ["sudo", "-n"]
    if root and not shutil.which("sudo") and not shutil.which("brew"):
        return
    if shutil.which("apt-get"):
        packages = ["chromium", "fonts-dejavu-core"]
        _run([*root, "apt-get", "update", "-qq"])
        _run([*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq",
              "--no-install-recommends", *packages])  # fmt: skip
    elif shutil.which("dnf"):
        _run([*root, "dnf", "install", "-y", "-q", "chromium", "dejavu-sans-fonts"])
    elif shutil.which("brew"):
        _run(["brew", "install", "--cask", "chromium"])


def _run(command: list[str]) -> None:
    """Quiet: whether it worked is told by the next look for a browser."""
    print(f"  {' '.join(command)}", file=sys.stderr)
    try:
        subprocess.run(
            command,
            timeout=DOWNLOAD_TIMEOUT_S,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {error}", file=sys.stderr)


def main() -> None:
    """Looks, and installs until a look succeeds. Exit code 0 even without one: the tests say what they skip."""
    found = find_browser()
    for get in (_download, _install):
        if found is None and not os.environ.get("STUDIO_BROWSER"):
            print("No browser for the tests yet, trying:", file=sys.stderr)
            get()
            found = find_browser()
    if found:
        print(f"Browser for the tests: {found.path or 'Playwright’s own Chromium'} {found.version}")
    else:
        print("No browser could be had: tests marked `browser` will be skipped.", file=sys.stderr)


if __name__ == "__main__":
    main()
