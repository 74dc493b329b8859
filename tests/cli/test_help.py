"""`--help` teaches: every command has an example that works, in the reader's language; starting is quick."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from studio.cli import COMMANDS, main
from studio.cli.parser import build
from studio.cli.screen import clock, columns, number, one_line, visible
from studio.texts import LANGS, Lang

ROOT = Path(__file__).parent.parent.parent
NAMES = [command.name for command in COMMANDS]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NAMES)
def test_help_shows_examples_that_parse(name: str, lang: Lang) -> None:
    parser = build(COMMANDS, lang)
    text = parser.commands[name].format_help()
    examples = re.findall(rf"^  python -m studio ({name}\b.*)$", text, re.MULTILINE)
    assert examples
    for example in examples:
        assert parser.parse_args(shlex.split(example.replace("«", "'").replace("»", "'"))).handle


@pytest.mark.parametrize("name", NAMES)
def test_russian_help_has_no_english_headings(name: str) -> None:
    text = build(COMMANDS, "ru").commands[name].format_help()
    assert not re.search(r"usage:|options:|positional arguments|show this help", text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["runs", "--lang", "en", "--limit", "x"], "a whole number of at least 1"),
        (["runs", "--limit", "x"], "целое число не меньше 1"),
        (["нечто"], "Нет такого: «нечто»"),
        (["show", "r1"], "Не хватает: N"),
        (["export", "--run"], "--run нужно значение"),
        (["runs", "a", "b"], "Непонятно: b"),
    ],
)
def test_a_wrong_word_is_refused_in_the_readers_language(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    captured = capsys.readouterr()
    assert said in captured.err and captured.out == ""


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "С чего начать" in capsys.readouterr().out


def test_the_language_comes_from_the_environment_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_LANG", "en")
    main([])
    assert "Where to begin" in capsys.readouterr().out


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from studio.cli import main; main(['tasks', '--help']); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "python -m studio tasks" in done.stdout
    assert not loaded & {"gradio", "torch", "transformers", "numpy", "pandas", "sqlite_utils", "PIL"}


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    command = (
        f"{shlex.quote(sys.executable)} -m studio tasks --db {shlex.quote(str(tmp_path / 'x.db'))} | head -1"
    )
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == "" and "задача" in done.stdout


def test_numbers_and_times_are_written_as_the_language_does() -> None:
    assert (number(0.5, "ru"), number(0.5, "en"), number(None, "ru")) == ("0,500", "0.500", "—")
    assert (clock(7), clock(3725), clock(None)) == ("0:07", "1:02:05", "—")


def test_control_characters_are_shown_and_not_obeyed() -> None:
    assert visible("а\x1b[31mб\x9bв\nг") == "а\\x1b[31mб\\x9bв\nг"
    assert visible("86\u00a0%") == "86\u00a0%", "the blank before a per cent sign is one of ours"
    assert one_line("а\n\n б\tв", 10) == "а б в"
    assert one_line("абвгд", 4) == "абв…"
    assert columns(["имя", "n"], [["а", "10"], ["бб", "5"]], numbers=(1,)) == [
        "имя   n",
        "а    10",
        "бб    5",
    ]
