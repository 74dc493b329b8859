"""The commands as the manual writes them, in processes of their own, with the shipped model and judge."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SCORES = {"n", "em", "js", "failed", "unscored", "seconds"}
DEMO = {"ruDemoChange", "ruDemoMotion", "ruDemoOrder", "ruDemoSounds", "ruDemoStickers", "ruDemoWhich"}


def studio(*words: str, code: int = 0) -> str:
    """stdout of `python -m studio …`, which must end with `code`."""
    command = [sys.executable, "-m", "studio", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.slow
def test_the_embedded_model_runs_the_demo_and_the_run_is_taken_away(tmp_path: Path) -> None:
    db, target = str(tmp_path / "X.db"), tmp_path / "run.sqlite"
    out = studio("run", "--model", "embedded", "--task", "demo", "--limit", "1", "--db", db, "--json")
    found = json.loads(out)
    assert found["tasks"].keys() == DEMO
    assert all(scores.keys() >= SCORES and scores["n"] == 1 for scores in found["tasks"].values())
    total = found["total"]
    assert (total["n"], total["failed"], total["unscored"]) == (6, 0, 0)
    assert 0 <= total["em"] <= 1 and 0 <= total["js"] <= 1 and total["seconds"] > 0

    studio("export", "--run", found["run"], "--out", str(target), "--db", db)
    with closing(sqlite3.connect(target)) as exported:
        assert exported.execute("SELECT COUNT(*) FROM v_samples").fetchone() == (6,)
        assert exported.execute("SELECT em FROM v_scores WHERE task = ''").fetchone()[0] == pytest.approx(
            total["em"], abs=1e-6
        )


@pytest.mark.slow
def test_the_embedded_judge_judges_pairs(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    question = "Сколько кругов на картинке? Ответь числом."
    rows = [{"question": question, "gold": "3", "prediction": text} for text in ("три", "3", "7", "")]
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    studio("judge", "--pairs", str(source), "--out", str(out))
    found = lines(out)
    assert [row["prediction"] for row in found] == ["три", "3", "7", ""]
    assert [row["label"] for row in found] == [1, 1, 0, 0]
    assert all(0 <= row["probability"] <= 1 for row in found if row["prediction"])


def test_exact_match_scores_pairs(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"gold": "A", "prediction": "РАССУЖДЕНИЕ Это A или B.\\nОТВЕТ А"}\n{"gold": "A", "prediction": "B"}\n',
        encoding="utf-8",
    )
    studio("score", "--task", "ruDemoWhich", "--profile", "studio", "--pairs", str(source), "--out", str(out))
    assert [row["em"] for row in lines(out)] == [1, 0]
    assert lines(out)[0]["extracted"]


def test_tasks_lists_the_demo_as_json() -> None:
    assert {task["name"] for task in json.loads(studio("tasks", "--json"))["tasks"]} == DEMO


def test_a_wrong_name_ends_with_a_sentence_and_code_2(tmp_path: Path) -> None:
    out = studio(
        "run", "--model", "embedded", "--task", "нет", "--db", str(tmp_path / "X.db"), "--json", code=2
    )
    assert json.loads(out)["error"]["code"] == "unknown_task"


@pytest.mark.slow
def test_the_embedded_model_is_not_asked_the_same_twice(tmp_path: Path) -> None:
    words = (
        "run",
        "--model",
        "embedded",
        "--task",
        "demo",
        "--limit",
        "1",
        "--db",
        str(tmp_path / "X.db"),
        "--json",
    )
    first, second = json.loads(studio(*words)), json.loads(studio(*words, "--reuse", "--batch-size", "1"))
    assert (first["recalled"], second["recalled"]) == (0, 6)
    assert second["total"]["em"] == first["total"]["em"] and second["total"]["js"] == first["total"]["js"]
    found = json.loads(studio("verify", second["run"], "--db", str(tmp_path / "X.db"), "--json"))[
        "verification"
    ]
    assert (found["total"], found["same"], found["failed"]) == (6, 6, 0)
