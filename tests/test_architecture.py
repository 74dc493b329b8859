"""The arrows between rooms, and which room may touch which library. `docs/architecture.md` draws the same picture.

A room is a package or module named in MAY_IMPORT; imports point from the screen inward, to `studio.core`. What is not
listed is not allowed, and code in a room that nobody listed is refused, so a new room is a decision and not a drift.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

CORE = "studio.core"
TEXTS = "studio.texts"
PUBLIC = {
    "components.format", "components.links", "components.errors", "components.who", "components.theme",
    "components.accounts",
}  # fmt: skip

MAY_IMPORT: dict[str, set[str]] = {
    # the studio, which knows nothing of Gradio
    "studio": set(),
    CORE: {"studio"},
    TEXTS: {CORE},
    "studio.settings": {"studio", CORE},
    "studio.access": {CORE, "studio.settings"},
    "studio.serving": {"studio"},
    "studio.media": {CORE},
    "studio.stats": {CORE},
    "studio.prompts": {CORE},
    "studio.calibration": {CORE},
    "studio.metrics": {CORE},
    "studio.query": {CORE},
    "studio.reasons": {CORE},
    "studio.journal": {CORE},
    "studio.humans": {CORE, "studio.stats"},
    "studio.submission": {CORE, "studio.metrics"},
    "studio.report": {CORE, TEXTS},
    "studio.logs": {CORE, "studio.submission", "studio.tasks"},
    "studio.tasks": {CORE, "studio.media", "studio.prompts"},
    "studio.servers": {CORE},
    "studio.engines": {CORE, "studio.media", "studio.servers"},
    "studio.judges": {CORE, "studio.servers"},
    "studio.store": {CORE, "studio.stats", "studio.query", "studio.humans"},
    "studio.runner": {CORE, "studio.media", "studio.metrics", "studio.stats", "studio.store"},
    "studio.service": {
        "studio", CORE, TEXTS, "studio.settings", "studio.access", "studio.media", "studio.stats", "studio.prompts",
        "studio.metrics", "studio.tasks", "studio.engines", "studio.judges", "studio.store", "studio.runner",
        "studio.submission", "studio.logs", "studio.report", "studio.servers", "studio.calibration",
        "studio.query", "studio.reasons", "studio.journal", "studio.humans",
    },
    "studio.cli": {"studio", CORE, TEXTS, "studio.settings", "studio.serving", "studio.service"},
    "studio.__main__": {"studio.cli"},
    # the screens, which know the studio by its door
    "components": set(),
    "components.theme": set(),
    "components.links": {CORE, TEXTS, "studio.service"},
    "components.medium": {"studio.service", "components.nowhere", *PUBLIC},
    "components.format": {CORE, TEXTS},
    "components.errors": {CORE, TEXTS},
    "components.accounts": {"studio.access", "studio.settings"},
    "components.who": {CORE, TEXTS, "studio.access", "studio.settings", "studio.service", "components.accounts"},
    "components.widgets": {CORE, TEXTS, *PUBLIC},
    "components.pages": {
        CORE, TEXTS, "studio.service", "components.widgets", *PUBLIC,
    },
    "components.uploads": {CORE},
    "components.owner": {CORE, TEXTS, "studio.access", "studio.service", "components.widgets", "components.links"},
    "components.nowhere": {"components.owner", "components.widgets", CORE, TEXTS, *PUBLIC},
    "components.project_downloads": {"components.downloads", CORE, TEXTS, "studio.service", *PUBLIC},
    "components.downloads": {"components.owner", CORE, TEXTS, "studio.service", *PUBLIC},
    "components.submitting": {
        CORE, TEXTS, "studio.service", "components.owner", "components.pages", "components.downloads",
        "components.uploads", *PUBLIC,
    },
    "components.importing": {
        CORE, TEXTS, "studio.service", "components.downloads", "components.uploads", "components.widgets", *PUBLIC,
    },
    "components.joining": {
        CORE, TEXTS, "studio.access", "studio.service", "components.owner", "components.downloads",
        "components.widgets", *PUBLIC,
    },
    "components.doors": {
        CORE, TEXTS, "studio.service", "components.pages", "components.downloads", "components.nowhere", *PUBLIC,
    },
    "components.shell": {
        CORE, TEXTS, "studio.service", "components.pages", "components.downloads", "components.owner",
        "components.submitting", "components.importing", "components.nowhere", "components.joining", "components.doors",
        "components.medium",
        "components.project_downloads", "components.widgets", *PUBLIC,
    },
    # the composition root
    "app": {
        "studio", CORE, TEXTS, "studio.settings", "studio.serving", "studio.service", "components", "components.shell",
        "components.theme",
    },
}  # fmt: skip

SCREENS = {room for room in MAY_IMPORT if room.startswith("components")}
MODELS = {"studio.engines", "studio.judges"}

# Libraries that stay in their rooms: the costly, the ones with global state, and those that we may want to replace.
ONLY_IN: dict[str, set[str]] = {
    "gradio": {"app", *SCREENS},
    "gradio_client": {"app", *SCREENS},
    "fastapi": {"app", *SCREENS},
    "starlette": {"app", *SCREENS},
    "uvicorn": {"app", *SCREENS},
    "sqlite3": {"studio.store"},
    "sqlite_utils": {"studio.store"},
    "torch": MODELS,
    "torchvision": MODELS,
    "transformers": MODELS,
    "tokenizers": MODELS,
    "safetensors": MODELS,
    "accelerate": MODELS,
    "huggingface_hub": {"studio.tasks", "studio.journal", *MODELS},
    "datasets": {"studio.tasks"},
    "pyarrow": {"studio.tasks"},
    "jinja2": {"studio.engines"},
    "openai": {"studio.servers", *MODELS},
    "httpx2": {"studio.servers"},
    "librosa": {"studio.media"},
    "soundfile": {"studio.media"},
    "decord": {"studio.media"},
    "av": {"studio.media"},
    "PIL": {"studio.media"},
    "openpyxl": {"studio.logs"},
    "regex": {"studio.query"},
    "zstandard": {"studio.logs"},
    "sklearn": {"studio.reasons"},
    "scipy": {"studio.stats"},
    "yaml": {"studio.logs"},
    "matplotlib": {"studio.report"},
    "vllm": set(),  # spoken to over HTTP, from an environment of its own
    "pymorphy3": {"studio.metrics"},
    "pickle": set(),  # a model file must not be able to run code
}


def modules() -> Iterator[tuple[Path, str]]:
    """Every Python file that is part of the product, with its dotted name (a package's is its folder's)."""
    paths = [ROOT / "app.py", *(ROOT / "studio").rglob("*.py"), *(ROOT / "components").rglob("*.py")]
    for path in sorted(path for path in paths if path.exists()):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield path, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name: str) -> str | None:
    """The room that a dotted name lives in: the longest listed beginning of it.

    A bare package (`studio`, `components`) holds only itself and dunder names (`from studio import __version__`):
    anything else below it must be listed.
    """
    rooms = [room for room in MAY_IMPORT if name == room or name.startswith(f"{room}.")]
    room = max(rooms, key=len, default=None)
    if (
        room in {"studio", "components"}
        and name != room
        and not name.removeprefix(f"{room}.").startswith("__")
    ):
        return None
    return room


def imports(tree: ast.AST, module: str, is_package: bool) -> Iterator[str]:
    """Every name that a module imports, anywhere in it: relative imports and those inside functions too."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def complaints(source: str, module: str, is_package: bool = False) -> list[str]:
    """What is wrong with a module's imports, in sentences; empty when all is well."""
    tree = ast.parse(source)
    room = room_of(module)
    if room is None:
        return [f"{module} belongs to no room: add it to MAY_IMPORT"] if tree.body else []
    found = []
    for name in imports(tree, module, is_package):
        library = name.split(".")[0]
        target = room_of(name)
        if library in {"studio", "components", "app"} and target is None:
            found.append(f"{module} imports {name}, which belongs to no room")
        elif target not in {None, room} and target not in MAY_IMPORT[room]:
            found.append(f"{module} imports {name}: {room} may not know {target}")
        elif library in {"tests", "benchmarks", "scripts", "data"}:
            found.append(f"{module} imports {name}: the product does not lean on {library}/")
        elif room not in ONLY_IN.get(library, {room}):
            found.append(f"{module} imports {library}, which only {sorted(ONLY_IN[library])} may")
        elif room == CORE and target is None and library not in sys.stdlib_module_names:
            found.append(f"{module} imports {name}: core knows only the standard library")
    return found


MODULES = list(modules())


@pytest.mark.parametrize(("path", "module"), MODULES, ids=[module for _, module in MODULES])
def test_imports_point_inward(path: Path, module: str) -> None:
    found = complaints(path.read_text(encoding="utf-8"), module, path.name == "__init__.py")
    assert not found, "\n".join(found)


PLANTED = [
    ("studio.core.task", "from studio.store import Store"),
    ("studio.core.task", "import numpy"),
    ("studio.metrics.extract", "import studio.judges"),
    ("studio.metrics.extract", "def f():\n    from studio.tasks import load"),
    ("studio.metrics.extract", "from ..tasks import load"),
    ("studio.metrics.extract", "from .. import store"),
    ("studio.service.runs", "import gradio as gr"),
    ("studio.cli.run", "from studio.store import Store"),
    ("studio.runner.loop", "import sqlite3"),
    ("studio.runner.loop", "from torch import nn"),
    ("studio.engines.scripted", "import pickle"),
    ("studio.engines.scripted", "from tests.conftest import browser"),
    ("components.pages.run", "from studio.store import Store"),
    ("components.format", "from components.pages import run"),
    ("components.widgets.card", "import components.shell"),
    ("app", "from studio.store import Store"),
    ("studio.newroom", "x = 1"),
    ("components.newroom.page", "x = 1"),
    ("studio.service.runs", "from studio.newroom import y"),
]


@pytest.mark.parametrize(("module", "source"), PLANTED, ids=[f"{m}: {s}" for m, s in PLANTED])
def test_a_planted_wrong_import_is_caught(module: str, source: str) -> None:
    assert len(complaints(source, module)) == 1


ALLOWED = [
    ("studio.core.run", "from studio.core.task import Gold"),
    ("studio.service.runs", "from studio import __version__"),
    ("studio.engines.omni", "def open():\n    import torch"),
    ("studio.store.database", "import sqlite3"),
    ("studio.tasks.load", "from studio.media import image_info"),
    ("components.pages.run", "import gradio as gr\nfrom components import theme"),
    ("app", "from studio.service import Studio"),
]


@pytest.mark.parametrize(("module", "source"), ALLOWED, ids=[f"{m}: {s}" for m, s in ALLOWED])
def test_what_the_picture_allows_is_not_refused(module: str, source: str) -> None:
    assert complaints(source, module) == []


def test_no_arrow_closes_a_circle() -> None:
    def reachable(room: str) -> set[str]:
        seen: set[str] = set()
        todo = list(MAY_IMPORT[room])
        while todo:
            if (following := todo.pop()) not in seen:
                seen.add(following)
                todo += MAY_IMPORT[following]
        return seen

    assert not [room for room in MAY_IMPORT if room in reachable(room)]


GUARDED = (
    "start", "resume", "cancel", "delete", "live", "export", "pack", "queue", "neighbours", "card",
    "start_blind", "start_pair", "calibrate", "calibration_answers", "trial", "corrected", "leaderboard",
    "leaderboard_file",
)  # fmt: skip


def _calls_of_guarded(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Calls like `studio.card(...)`, by name: what answers differently to different viewers."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        named = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in GUARDED
        )
        if named and ast.unparse(node.func.value) in ("studio", "self.studio", "self._studio"):
            yield node.func.attr, node
        if isinstance(node, ast.Call) and node.args:  # to_thread(studio.start, spec, viewer)
            first = ast.unparse(node.args[0])
            if first.rpartition(".")[0] in ("studio", "self.studio", "self._studio") and first.endswith(
                GUARDED
            ):
                yield first, node


def test_every_page_says_who_asks() -> None:
    """`Studio` takes its owner for granted, as the command line may; a page must pass the viewer of its request."""
    found = [
        (path, name, call)
        for path in sorted((ROOT / "components").rglob("*.py"))
        for name, call in _calls_of_guarded(path)
    ]
    assert {name.rpartition(".")[2] for _, name, _ in found} >= {
        "start",
        "delete",
        "live",
        "resume",
        "cancel",
        "export",
        "pack",
        "queue",
        "card",
    }
    silent = []
    for path, name, call in found:
        words = [ast.unparse(arg) for arg in (*call.args, *(keyword.value for keyword in call.keywords))]
        if not any("viewer" in word or "who" in word for word in words):
            silent.append(f"{path.name}:{call.lineno} {name}")
    assert not silent
