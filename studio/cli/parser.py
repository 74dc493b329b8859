"""The command line's grammar: commands and options as data, their words from `studio.texts`, Russian or English.

argparse words its headings and refusals in English; the formatter and `_in_words` put them in the reader's language,
here and nowhere else.
"""

import argparse
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from studio.cli.screen import Screen
from studio.core.engine import Settings
from studio.texts import CATALOGUE, LANGS, Lang, t
from studio.texts.figures import decimal
from studio.texts.figures import number as figure

PROG = "python -m studio"
BAD_INPUT = 2
DEFAULTS = Settings()


@dataclass(frozen=True)
class Option:
    """An option of a command: its text is `cli.option.<key>`, `more` goes to argparse as it is."""

    flags: tuple[str, ...]
    key: str
    more: dict[str, Any]


def option(*flags: str, key: str = "", **more: Any) -> Option:
    """An option; its text's key is the long flag's name unless told otherwise."""
    return Option(flags, key or flags[-1].lstrip("-").replace("-", "_"), more)


@dataclass(frozen=True)
class Command:
    """A command: texts `cli.<name>` (one line), `.more` and `.example`; `handle` returns the exit code.

    A name of two words (`submission check`) is a command of a group; its texts are at `cli.submission.check`.
    """

    name: str
    handle: Callable[[argparse.Namespace, Screen], int]
    options: tuple[Option, ...] = ()


class Refused(Exception):
    """The words typed are no command; `message` says why, `usage` how it should look."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.message, self.usage = message, usage


class Parser(argparse.ArgumentParser):
    """argparse that speaks the reader's language and raises instead of exiting."""

    def __init__(self, *, lang: Lang = "ru", **kwargs: Any) -> None:
        formatter = partial(_Formatter, lang=lang)
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=formatter, **kwargs)
        self.lang: Lang = lang
        self.commands: dict[str, Parser] = {}

    def error(self, message: str) -> NoReturn:
        raise Refused(_in_words(message, self.lang), self.format_usage())


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str, *, lang: Lang) -> None:
        super().__init__(
            prog,
            max_help_position=28,
            width=min(110, max(60, shutil.get_terminal_size((100, 24)).columns - 2)),
        )
        self._lang: Lang = lang

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:  # argparse's own signature
        # An empty prefix is argparse asking for a subcommand's bare name.
        super().add_usage(
            usage, actions, groups, f"{t('cli.usage', self._lang)}: " if prefix is None else prefix
        )


def build(commands: Sequence[Command], lang: Lang) -> Parser:
    """The whole grammar. A parsed namespace holds `handle` when a command was named."""
    parser = Parser(
        lang=lang, prog=PROG, description=t("cli.about", lang), epilog=t("cli.about.example", lang)
    )
    _add_common(parser, lang)
    named = parser.add_subparsers(
        title=t("cli.commands", lang), metavar=t("cli.command", lang), parser_class=Parser
    )
    groups: dict[str, Any] = {"": named}
    for command in commands:
        group = command.name.rpartition(" ")[0]
        if group not in groups:
            groups[group] = _group(named, group, lang)
        parser.commands[command.name] = _added(groups[group], command, lang)
    return parser


def _group(named: Any, name: str, lang: Lang) -> Any:
    """A command that only holds others: `submission`. Its own text is `cli.<name>`."""
    about = t(f"cli.{name}", lang)
    parser: Parser = named.add_parser(name, lang=lang, help=about, description=about)
    _add_common(parser, lang)
    return parser.add_subparsers(
        title=t("cli.commands", lang), metavar=t("cli.command", lang), parser_class=Parser, required=True
    )


def _added(named: Any, command: Command, lang: Lang) -> Parser:
    name = f"cli.{command.name.replace(' ', '.')}"
    parser: Parser = named.add_parser(
        command.name.rpartition(" ")[2],
        lang=lang,
        usage=_usage(command, lang),
        help=t(name, lang),
        description="\n\n".join(t(key, lang) for key in (name, f"{name}.more") if key in CATALOGUE),
        epilog=f"{t('cli.examples', lang)}:\n{t(f'{name}.example', lang)}",
    )
    group = parser.add_argument_group(t("cli.options", lang))
    for item in command.options:
        group.add_argument(*item.flags, help=_help(item, lang), **_worded(item.more, lang))
    _add_common(parser, lang, json=True)
    parser.set_defaults(handle=command.handle)
    return parser


def _usage(command: Command, lang: Lang) -> str:
    """What must be typed; the rest is listed below it."""
    words = [PROG, command.name]
    for item in command.options:
        metavar = t(f"cli.metavar.{item.more['metavar']}", lang) if "metavar" in item.more else ""
        if not item.flags[0].startswith("-"):
            words.append(f"[{metavar}]" if item.more.get("nargs") in {"?", "*"} else metavar)
        elif item.more.get("required"):
            words += [item.flags[0], metavar]
    return " ".join([*words, f"[{t('cli.options', lang)}]"])


def _help(item: Option, lang: Lang) -> str:
    """The option's text, and the default of a generation setting."""
    text = t(f"cli.option.{item.key}", lang)
    default = getattr(DEFAULTS, item.key, None)
    return text if default is None else f"{text} ({t('cli.default', lang, value=default)})"


def _worded(more: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """A metavar is a key of a text: `task` becomes ЗАДАЧА or TASK."""
    if "metavar" in more:
        return {**more, "metavar": t(f"cli.metavar.{more['metavar']}", lang)}
    return more


def _add_common(parser: argparse.ArgumentParser, lang: Lang, *, json: bool = False) -> None:
    group = parser.add_argument_group(t("cli.common", lang))
    group.add_argument("-h", "--help", action="help", help=t("cli.option.help", lang))
    group.add_argument("--lang", choices=LANGS, default=argparse.SUPPRESS, help=t("cli.option.lang", lang))
    if json:
        group.add_argument("--json", action="store_true", help=t("cli.option.json", lang))


def whole(low: int) -> Callable[[str], int]:
    """A whole number not below `low`."""

    def number(text: str) -> int:
        if not re.fullmatch(r"[+-]?\d+", text) or int(text) < low:
            raise argparse.ArgumentTypeError(f"whole {low} {text}")
        return int(text)

    return number


def between(low: float, high: float) -> Callable[[str], float]:
    """A number in [low, high]; a decimal comma is taken too."""

    def number(text: str) -> float:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"between {low!r} {high!r} {text}")
        return value

    return number


# argparse's refusals, as its 3.11 to 3.13 word them, and ours above; anything else is shown as argparse said it.
_REFUSALS = (
    (r"the following arguments are required: (?P<names>.+)", "cli.refused.required"),
    (r"unrecognized arguments: (?P<names>.+)", "cli.refused.unknown"),
    (r"argument .*invalid choice: '(?P<name>.*)' \(choose from (?P<known>.+)\)", "cli.refused.choice"),
    (r"argument (?P<name>\S+?): expected (?:one|at least one) argument", "cli.refused.no_value"),
    (r"argument (?P<name>\S+?): whole (?P<low>\S+) (?P<value>.*)", "cli.refused.whole"),
    (r"argument (?P<name>\S+?): between (?P<low>\S+) (?P<high>\S+) (?P<value>.*)", "cli.refused.between"),
    (r"argument (?P<name>\S+?): moment (?P<value>.*)", "cli.refused.moment"),
    (r"argument (?P<name>\S+?): not allowed with argument (?P<other>.+)", "cli.refused.together"),
    (r"one of the arguments (?P<names>.+) is required", "cli.refused.required"),
)


def _in_words(message: str, lang: Lang) -> str:
    for pattern, key in _REFUSALS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            bounds = {
                name: _bound(text, lang)
                for name, text in found.groupdict().items()
                if name in {"low", "high"}
            }
            return t(key, lang, **{**found.groupdict(), **bounds})
    return message


def _bound(text: str, lang: Lang) -> str:
    """A bound of a number as a person writes it: 1 000 000 000 and 0,2."""
    value = float(text)
    whole = value == int(value)
    return figure(int(value), lang) if whole else decimal(value, lang, len(text.partition(".")[2]))


def lang_of(argv: Sequence[str], environ_lang: str) -> Lang:
    """The language is needed before the words can be parsed: --lang, else STUDIO_LANG, else Russian."""
    asked = environ_lang
    for word, following in zip(argv, [*argv[1:], ""], strict=False):
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return "en" if asked == "en" else "ru"
