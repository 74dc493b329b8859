"""What a command advises to type next: it is a command, and it is advised only where there is something to do."""

import re
import shlex
from pathlib import Path

import pytest

from studio.cli import COMMANDS
from studio.cli.parser import build
from studio.texts import CATALOGUE
from tests.cli.conftest import Line
from tests.support import write_task

MENTIONED = {"resume", "run --help"}  # named in a sentence of a help, or help itself


def hints(text: str) -> list[str]:
    """The words after `python -m studio` up to the sentence's end."""
    found = re.findall(r"python -m studio ([a-z][^\n,;:()—«»]*)", text)
    return [re.split(r"\.(?:\s|$)", words)[0].strip() for words in found]


def assert_parse(text: str) -> None:
    for words in hints(text):
        assert build(COMMANDS, "ru").parse_args(shlex.split(words)).handle, words


@pytest.mark.parametrize(
    "key", [key for key, pair in CATALOGUE.items() if "python -m studio" in pair[0] and "example" not in key]
)
def test_every_command_that_a_text_names_parses(key: str) -> None:
    for text in CATALOGUE[key]:
        for hint in hints(text.replace("{run}", "r1122-000000")):
            if hint not in MENTIONED:
                assert_parse(f"python -m studio {hint}")


def test_what_a_finished_run_advises_is_a_command_and_works(
    line: Line, task: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = line.on("run", "--model", "our/model", "--task", str(task))
    (hint,) = hints(done.err)
    run = next(word for word in hint.split() if word.startswith("r1"))
    assert hint == f"export --run {run} --out {run}.sqlite --db {line.db}"
    assert line(*shlex.split(hint)).code == 0
    assert (tmp_path / f"{run}.sqlite").stat().st_size > 0
    (again,) = hints(line.on("resume", run).err)
    assert again == hint


def test_what_a_run_with_failures_advises_is_a_command(line: Line, task: Path) -> None:
    (task / "samples" / "0001.png").write_bytes(b"")
    err = line.on("run", "--model", "our/model", "--task", str(task)).err
    assert [hint.split()[0] for hint in hints(err)] == ["queue", "resume"]
    assert_parse(err)


def test_cancel_of_a_finished_run_says_so_and_advises_nothing(line: Line, task: Path) -> None:
    run = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    done = line.on("cancel", run)
    assert done.code == 0 and "останавливать нечего" in done.err and "Остановлен" not in done.err
    assert hints(done.err) == []
    assert line.on("cancel", run, "--json").json == {"run": run, "state": "done"}
    assert line.on("resume", run, "--json").json["state"] == "done"


def test_cancel_of_a_finished_run_with_failures_tells_how_to_ask_again(line: Line, task: Path) -> None:
    (task / "samples" / "0001.png").write_bytes(b"")
    run = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    done = line.on("cancel", run)
    assert f"resume {run}" in done.err and "3 из 4" in done.err
    assert_parse(done.err)


def test_a_persons_answers_are_not_cancelled(line: Line, task: Path) -> None:
    for _ in range(4):  # whoever has answered the whole task has a run
        line.on("annotate", "--name", "Анна", "--task", str(task), "--answer", "кот", "--json")
    (run,) = line.on("runs", "--json").json["runs"]
    assert line.on("cancel", run["id"], "--json").json["error"]["code"] == "cli_cancel_human"


def test_a_run_that_got_no_records_advises_a_copy_and_not_to_resume(line: Line, tmp_path: Path) -> None:
    done = line.on("run", "--model", "embedded", "--task", "ruCLEVR", "--quiet")
    assert done.code == 1
    assert "0 из 0" not in done.err and hints(done.err) == []
    assert "Не спрошено ничего" in done.err
    copy = "hf download MERA-evaluation/ruCLEVR --repo-type dataset --local-dir mera/ruCLEVR"
    assert copy in done.err and "--task ./mera/ruCLEVR" in done.err
    run = line.on("runs", "--json").json["runs"][0]["id"]
    assert hints(line.on("cancel", run).err) == []


def test_the_copy_that_is_advised_is_what_a_run_then_takes(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_task(tmp_path / "mera" / "ruCLEVR", ["кот", "пёс"])
    monkeypatch.chdir(tmp_path)
    done = line.on("run", "--model", "our/model", "--task", "./mera/ruCLEVR", "--json")
    assert (done.code, done.json["tasks"]["ruCLEVR"]["n"]) == (0, 2)
