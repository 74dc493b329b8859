"""Writes what is generated of the manual: docs/cli.md, and the table of fields in docs/workbench.md, each in both
languages. `make docs` runs it, a test compares."""

import os
from pathlib import Path

from studio.cli import COMMANDS
from studio.cli.parser import PROG, build
from studio.query import FIELDS
from studio.texts import LANGS, Lang, t

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES: dict[Lang, Path] = {"ru": DOCS / "cli.md", "en": DOCS / "cli.en.md"}
BENCH: dict[Lang, Path] = {"ru": DOCS / "workbench.md", "en": DOCS / "workbench.en.md"}
FIELDS_BEGIN, FIELDS_END = "<!-- fields -->\n", "<!-- /fields -->"
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


def bench_page(text: str, lang: Lang) -> str:
    """The page of the workbench with its table of fields as the filter language has them."""
    head, _, rest = text.partition(FIELDS_BEGIN)
    return f"{head}{FIELDS_BEGIN}{fields_table(lang)}{FIELDS_END}{rest.partition(FIELDS_END)[2]}"


def fields_table(lang: Lang) -> str:
    """Every field of the filter language: its names, what it is, what it takes, an example."""
    heads = [t(f"query.page.{name}", lang) for name in ("field", "also", "means", "takes", "example")]
    rows = [heads, ["---"] * len(heads)]
    for known in FIELDS.values():
        choices = ", ".join(f"`{choice}`" for choice in known.choices)
        kind = t(f"query.kind.{known.kind}", lang).replace("{choices}", choices)
        apart = t("query.kind.apart", lang) if known.apart and known.kind != "runs" else ""
        also = ", ".join(f"`{name}`" for name in known.also)
        example = known.example.replace("|", "\\|")
        rows.append(
            [f"`{known.name}`", also, t(f"query.field.{known.name}", lang), kind + apart, f"`{example}`"]
        )
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _fenced(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"


def main() -> None:
    for lang in LANGS:
        PAGES[lang].write_text(cli_page(lang), encoding="utf-8")
        print(PAGES[lang].relative_to(DOCS.parent))
        page = BENCH[lang]
        page.write_text(bench_page(page.read_text(encoding="utf-8"), lang), encoding="utf-8")
        print(page.relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
