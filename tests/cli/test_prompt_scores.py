"""`prompt-scores`: rows about different questions, rows about the same, and both as one object."""

import pytest

from studio.core.content import text_of
from studio.core.engine import Request
from tests.cli.conftest import Line
from tests.crossing import WORDS, write_prompted


def moody(request: Request) -> str:
    """Right in all prompts but the third."""
    text = text_of(request.message)
    number = int(text.partition("номер ")[2].partition("?")[0])
    right = "да" if number % 2 else "нет"
    return f"ОТВЕТ {'может быть' if text.startswith(WORDS[2]) else right}"


@pytest.fixture
def folder(line: Line, tmp_path) -> str:
    line.answer = moody
    return str(write_prompted(tmp_path / "Things"))


def test_an_ordinary_run_is_told_with_the_warning(line: Line, folder: str) -> None:
    run = line.on("run", "--model", "our/model", "--task", folder, "--json").json["run"]
    told = line.on("prompt-scores", run, "--json").json
    assert (told["task"], told["crossing"], told["crossed"]) == ("Things", None, None)
    assert [(each["prompt"], each["samples"], each["em"]["mean"]) for each in told["scores"]] == [
        (1, 4, 1.0), (2, 4, 1.0), (3, 4, 0.0),
    ]  # fmt: skip
    assert "разных вопросах" in told["said"][0]
    out = line.on("prompt-scores", run).out
    assert "разных вопросах" in out and "Все промпты" in out
    assert "different questions" in line.on("prompt-scores", run, "--lang", "en").out


def test_a_crossed_run_is_started_and_taken_apart(line: Line, folder: str) -> None:
    run = line.on("run", "--model", "our/model", "--task", folder, "--crossed", "12", "--json").json["run"]
    told = line.on("prompt-scores", run, "--metric", "js", "--json").json
    crossed = told["crossed"]
    assert (told["crossing"], crossed["mark"], crossed["items"]) == ({"items": 12, "seed": 0}, "js", 12)
    assert [each["share"] for each in crossed["split"]["parts"]] == [0.0, 1.0, 0.0]
    assert crossed["gap"]["worst"] == 3 and len(crossed["gap"]["apart"]) == 2
    out = line.on("prompt-scores", run).out
    assert "100" in out and "худший — 3" in out


def test_what_cannot_be_told_is_refused_in_words(line: Line, folder: str) -> None:
    run = line.on("run", "--model", "our/model", "--task", folder, "--json").json["run"]
    refused = line.on("prompt-scores", run, "--task", "Nothing")
    assert refused.code == 2 and "Things" in refused.err
    assert line.on("totals", "--run", run, "--json").code == 2
