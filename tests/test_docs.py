"""What is written down is true: generated pages are fresh, commands exist, links lead somewhere, numbers agree."""

import ast
import re
import shlex
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from scripts.docs import BENCH, PAGES, bench_page, cli_page
from studio.cli import COMMANDS
from studio.cli.parser import Refused, build
from studio.query import FIELDS
from studio.texts import LANGS, Lang
from tests.test_architecture import MAY_IMPORT

ROOT = Path(__file__).parent.parent
PAGES_BY_HAND = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md"),
                 *(ROOT / "benchmarks").rglob("*.md")]
    if ".venv" not in path.parts
)  # fmt: skip
NAMES = [str(path.relative_to(ROOT)) for path in PAGES_BY_HAND]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_the_command_line_is_fresh(lang: Lang) -> None:
    assert PAGES[lang].read_text(encoding="utf-8") == cli_page(lang), "run `make docs`"


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_of_the_fields_of_filters_is_fresh(lang: Lang) -> None:
    text = BENCH[lang].read_text(encoding="utf-8")
    assert text == bench_page(text, lang), "run `make docs`"
    assert all(f"| `{name}` |" in text for name in FIELDS)


def spoken_commands(text: str) -> Iterator[str]:
    """Lines of code blocks, and code in a line, that call the studio."""
    for block in re.findall(r"```(?:sh|bash|console)\n(.*?)```", text, re.DOTALL):
        joined = block.replace("\\\n", " ")
        yield from (line.split("#")[0].strip().removeprefix("$ ") for line in joined.splitlines())
    yield from re.findall(r"`((?:python -m studio|make) [^`]+)`", text)


@pytest.mark.parametrize("path", PAGES_BY_HAND, ids=NAMES)
def test_commands_in_the_pages_are_ones_that_the_studio_takes(path: Path) -> None:
    parser = build(COMMANDS, "en")
    for command in spoken_commands(path.read_text(encoding="utf-8")):
        if command.startswith("python -m studio "):
            words = shlex.split(command.partition("|")[0].partition(">")[0])[3:]
            named = " ".join(words) in {command.name for command in COMMANDS}
            if len(words) > 1 and not named and "--help" not in words:
                try:
                    parser.parse_args(words)
                except Refused as refused:
                    pytest.fail(f"{path.name}: {command}: {refused}")
            elif words and not named and words[0] not in {"--help", "--lang"}:
                assert words[0] in parser.commands, command


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", PAGES_BY_HAND, ids=NAMES)
def test_make_knows_the_targets_that_the_pages_name(path: Path) -> None:
    named = {
        command.split()[1]
        for command in spoken_commands(path.read_text(encoding="utf-8"))
        if re.match(r"make [a-z]+", command)
    }
    assert named <= targets()


@pytest.mark.parametrize("path", PAGES_BY_HAND, ids=NAMES)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_the_readme_or_the_manual_names_every_command(command: str) -> None:
    assert all(
        f"## `python -m studio {command}`" in page.read_text(encoding="utf-8") for page in PAGES.values()
    )


def front_matter() -> dict[str, str]:
    head = (ROOT / "README.md").read_text(encoding="utf-8").split("---\n")[1]
    return dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)


def test_the_space_runs_the_gradio_that_the_requirements_pin() -> None:
    pinned = re.search(
        r"^gradio==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert pinned and front_matter()["sdk_version"] == pinned[1]


def test_the_space_starts_the_file_that_exists() -> None:
    front = front_matter()
    assert (front["sdk"], front["license"]) == ("gradio", "apache-2.0")
    assert (ROOT / front["app_file"]).is_file()
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert len(front["short_description"]) <= 60  # the hub refuses a longer one


def test_every_setting_is_in_the_readme() -> None:
    settings = (ROOT / "studio" / "settings.py").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = set(re.findall(r"STUDIO_[A-Z_]+", settings))
    assert names and not {name for name in names if f"`{name}`" not in readme}


def requirements() -> dict[str, str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    found = [re.match(r"([\w.-]+)([^#]*)", line) for line in lines if line and not line.startswith("#")]
    return {match[1].lower().replace("_", "-"): match[2].strip() for match in found if match}


def test_every_requirement_is_bounded() -> None:
    assert all("==" in bound or ("<" in bound and ">=" in bound) for bound in requirements().values())


# Parts of Gradio that its documentation tells us to import.
WITH_GRADIO = {"fastapi", "starlette", "uvicorn", "gradio-client"}


def test_the_product_imports_only_what_the_requirements_bring() -> None:
    known = requirements().keys() | WITH_GRADIO
    dists = packages_distributions()
    lacking = set()
    for path in [ROOT / "app.py", *(ROOT / "studio").rglob("*.py"), *(ROOT / "components").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for top in {name.split(".")[0] for name in names} - set(sys.stdlib_module_names):
                brought = {dist.lower().replace("_", "-") for dist in dists.get(top, [top])}
                if top not in {"studio", "components", "app"} and not brought & known:
                    lacking.add(f"{path.relative_to(ROOT)} imports {top}")
    assert not lacking


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {room for room in MAY_IMPORT if room.startswith("studio.") and room != "studio.__main__"}
    assert not {room for room in rooms if f"`{room}`" not in page}
