"""`import`: a log becomes a run that the other commands know."""

from pathlib import Path
from typing import Any

import pytest

LOGS = Path(__file__).parent.parent / "logs" / "lm-eval"


def test_a_log_is_imported_listed_and_shown(line: Any) -> None:
    done = line.on("import", str(LOGS / "group"), "--title", "чужой")
    assert done.code == 0, done.err
    assert "загружен журнал lm-eval, записей 16, без ответа 0" in done.out
    assert "demo_stickers" in done.out and "0,750" in done.out
    (run,) = line.on("runs", "--json").json["runs"]
    assert (run["kind"], run["title"], run["planned"]) == ("imported", "чужой", 16)
    assert line.on("queue", run["id"], "--task", "demo_which", "--json").json["total"] == 8
    assert line.on("confusion", run["id"], "--json").json["total"]["unscored"] == 16


def test_what_the_log_said_is_shown_beside_our_scores(line: Any) -> None:
    run = line.on("import", str(LOGS / "choice"), "--json").json["runs"][0]
    shown = line.on("show", run["run"], "1").out
    assert "lm-eval 0.4.13" in shown and "acc,none" in shown and "samples_demo_sums" in shown
    assert "наибольшим правдоподобием" in shown and "loglikelihood" in shown
    card = line.on("show", run["run"], "1", "--json").json
    assert card["log"]["scores"][0]["scorer"] == "lm-eval:acc,none"


def test_how_far_it_is_is_shown_unless_it_is_to_be_quiet(line: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.cli.imports.LOG_EVERY_S", 0.0)
    assert "demo_which" in line.on("import", str(LOGS / "group")).err
    assert line.on("import", str(LOGS / "choice"), "--quiet").err.count("demo_sums") == 0


def test_the_second_time_says_that_nothing_was_changed_and_can_judge(line: Any) -> None:
    first = line.on("import", str(LOGS / "group"), "--json").json["runs"][0]
    assert first["new"] is True and first["total"]["js_scored"] == 0
    second = line.on("import", str(LOGS / "group"), "--judge", "rule", "--json").json["runs"][0]
    assert (second["run"], second["new"], second["total"]["js_scored"]) == (first["run"], False, 16)
    assert "ничего не изменилось" in line.on("import", str(LOGS / "group")).out


def test_an_imported_run_is_judged_by_resuming_it(line: Any) -> None:
    run = line.on("import", str(LOGS / "group"), "--json").json["runs"][0]["run"]
    assert line.on("resume", run).code == 0
    assert line.on("runs", run, "--json").json["total"]["js_scored"] == 16


def test_a_seconds_column_does_not_invent_times(line: Any) -> None:
    run = line.on("import", str(LOGS / "group"), "--json").json["runs"][0]
    assert run["tasks"]["demo_which"]["seconds"] is None and run["total"]["seconds"] > 20


def test_what_the_log_said_of_the_whole_run_is_told(line: Any) -> None:
    run = line.on("import", str(LOGS / "group"), "--json").json["runs"][0]["run"]
    told = line.on("runs", run).out
    assert "demo_stickers: exact_match,after-marker = 0,875" in told and "Файлы: omni/results_" in told
    log = line.on("runs", run, "--json").json["log"]
    assert log["tasks"]["demo_stickers"]["scores"] == {
        "exact_match,whole": 0.0,
        "exact_match,after-marker": 0.875,
    }
    assert log["settings"]["random_seed"] == 1234 and log["rest"]["model_source"] == "local-chat-completions"


def test_a_file_that_is_no_log_is_refused(line: Any, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Привет!", encoding="utf-8")
    done = line.on("import", str(tmp_path / "letter.txt"), "--lang", "en")
    assert done.code == 2 and "letter.txt is not like any log" in done.err and "lm-eval" in done.err
    nowhere = line.on("import", str(tmp_path / "nowhere"), "--json")
    assert nowhere.code == 2 and nowhere.json["error"]["code"] == "log_no_path"


def test_a_run_is_written_as_logs_of_lm_eval(line: Any, tmp_path: Path) -> None:
    run = line.on("import", str(LOGS / "group"), "--json").json["runs"][0]["run"]
    done = line.on("export", "--run", run, "--format", "lm-eval", "--out", str(tmp_path / "logs"), "--json")
    assert done.code == 0 and len(done.json["files"]) == 3
    assert {path.name for path in (tmp_path / "logs").iterdir()} == set(done.json["files"])
