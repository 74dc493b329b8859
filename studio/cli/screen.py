"""What a command says: words and progress to stderr, results to stdout, or with --json exactly one object there."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TextIO

from studio.core.errors import BadInput, Problem
from studio.texts import Lang, describe, t
from studio.texts.figures import decimal


class Screen:
    """The two streams of a command and its language. With `as_json` only `result` writes to stdout, and only once."""

    def __init__(
        self, lang: Lang, *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None
    ) -> None:
        self.lang: Lang = lang
        self.as_json = as_json
        self.out = out or sys.stdout
        self.err = err or sys.stderr

    def text(self, key: str, **values: Any) -> str:
        return t(key, self.lang, **values)

    def note(self, key: str, **values: Any) -> None:
        """A sentence beside the result: to stderr."""
        print(visible(self.text(key, **values)), file=self.err, flush=True)

    def say(self, text: str = "") -> None:
        """A line of the result as words; with --json nothing (the object says it)."""
        if not self.as_json:
            print(visible(text), file=self.out)

    def raw(self, line: str) -> None:
        """A line of data as it is, for a program to read."""
        print(line, file=self.out)

    def agreed(self, key: str, otherwise: str, **values: Any) -> bool:
        """Asks a person `key` and whether he agrees; a script has to say --yes: raises BadInput `otherwise`."""
        if not sys.stdin.isatty():
            raise BadInput(otherwise, **values)
        self.note(key, **values)
        return sys.stdin.readline().strip().lower() in {"да", "д", "yes", "y"}

    def aside(self) -> "Screen":
        """The same screen where stdout holds data: results, in words or as the object, go to stderr."""
        return Screen(self.lang, as_json=self.as_json, out=self.err, err=self.err)

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = ()
    ) -> None:
        """Columns under headings; those in `numbers` stand to the right."""
        if not self.as_json:
            self.out.writelines(f"{line}\n" for line in columns(head, rows, numbers=numbers))

    def result(self, value: Mapping[str, Any]) -> None:
        """The one JSON object, on one line."""
        if self.as_json:
            print(json.dumps(plain(value, self.lang), ensure_ascii=False), file=self.out, flush=True)


SPACES = "\n\t\u00a0\u202f"  # that no terminal obeys; our own numbers have the last two


def visible(text: str) -> str:
    """Text that a terminal shows and does not obey: control characters become their escapes."""
    return "".join(char if char.isprintable() or char in SPACES else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def one_line(text: str, limit: int) -> str:
    """The beginning of a text on one line of at most `limit` characters."""
    flat = " ".join(visible(text[: limit * 4]).split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def columns(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = ()) -> list[str]:
    """Lines of a table without rules, two blanks between columns."""
    lines = [list(head), *([one_line(cell, 80) for cell in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return ["  ".join(_placed(line, widths, numbers)).rstrip() for line in lines]


def _placed(line: Sequence[str], widths: Sequence[int], numbers: Sequence[int]) -> list[str]:
    pairs = enumerate(zip(line, widths, strict=True))
    return [cell.rjust(width) if i in numbers else cell.ljust(width) for i, (cell, width) in pairs]


def plain(value: Any, lang: Lang) -> Any:
    """Values of the studio as JSON: dataclasses as objects, a Problem with its words in `message`."""
    if isinstance(value, Problem):
        return {**value.to_json(), "message": describe(value, lang)}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name), lang) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item, lang) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, lang) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(item, lang) for item in value)
    if isinstance(value, Path):
        return str(value)
    return value


def number(value: float | None, lang: Lang, digits: int = 3) -> str:
    """0,712 in Russian, 0.712 in English, a dash for nothing."""
    return decimal(value, lang, digits)


def clock(seconds: float | None) -> str:
    """1:02:03 or 2:03; a dash for nothing."""
    if seconds is None:
        return "—"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
