"""Where the pages of a studio are served, for commands: a small file in STUDIO_HOME, true while its process lives."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

FILE = "serving.json"


def tell(home: Path, host: str, port: int) -> None:
    """Says that this process serves the pages of a studio there."""
    (home / FILE).write_text(json.dumps({"url": _url(host, port), "pid": os.getpid()}), encoding="utf-8")


def gone(home: Path) -> None:
    """Takes it back, where it is this process's word."""
    if _pid(_told(home)) == os.getpid():
        (home / FILE).unlink(missing_ok=True)


def where(home: Path, environ: Mapping[str, str]) -> str:
    """The address at which people reach this studio's pages; "" where nobody serves them now."""
    if host := environ.get("SPACE_HOST"):
        return f"https://{host}"
    told = _told(home)
    url = told.get("url")
    return url if isinstance(url, str) and _lives(_pid(told)) else ""


def loopback(url: str) -> bool:
    """Whether an address leads nowhere but to the computer on which it is opened."""
    host = urlsplit(url).hostname or ""
    return host in {"localhost", "0.0.0.0", "::", "::1"} or host.startswith("127.")


def _told(home: Path) -> Mapping[str, object]:
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _pid(told: Mapping[str, object]) -> int:
    pid = told.get("pid")
    return pid if isinstance(pid, int) and pid > 0 else 0


def _lives(pid: int) -> bool:
    if not pid:
        return False
    try:
        os.kill(pid, 0)  # asks, and sends nothing
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's process, alive
    return True


def _url(host: str, port: int) -> str:
    """An address that works from this machine: a server that listens everywhere listens here, too."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
