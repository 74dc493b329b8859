"""Writes the generated pages of the manual: docs/cli.md and docs/cli.en.md. `make docs` runs it, a test compares."""

import os
from pathlib import Path

from studio.cli import COMMANDS
from studio.cli.parser import PROG, build
from studio.texts import LANGS, Lang, t

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES: dict[Lang, Path] = {"ru": DOCS / "cli.md", "en": DOCS / "cli.en.md"}
COLUMNS = "100"


def cli_page(lang: Lang) -> str:
    """Every command's --help under a heading of its own."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = COLUMNS  # argparse wraps to the terminal; a page has one width
    try:
        parser = build(COMMANDS, lang)
        parts = [f"# {t('cli.page.title', lang)}", t("cli.page.note", lang), _fenced(parser.format_help())]
        for name, command in parser.commands.items():
            parts += [f"## `{PROG} {name}`", _fenced(command.format_help())]
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    return "\n\n".join(parts) + "\n"


def _fenced(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"


def main() -> None:
    for lang in LANGS:
        PAGES[lang].write_text(cli_page(lang), encoding="utf-8")
        print(PAGES[lang].relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
