"""What leaves in an exported run: all of a public task, of a private one neither gold, nor hints of it, nor media."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from studio.core.run import RunSpec
from tests.support import scripted_studio, write_task

GOLD = "выхухоль"


def exported(tmp_path: Path, access: str) -> Path:
    folder = write_task(tmp_path / "Secrets", [GOLD, GOLD], access=access)
    records: dict[str, Any] = json.loads((folder / "test.json").read_text(encoding="utf-8"))
    for record in records["data"]:
        record["meta"] |= {"explanation": f"потому что {GOLD}", "group_id": 7}
    (folder / "test.json").write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    studio = scripted_studio(tmp_path / "home", {1: "ОТВЕТ кот", 2: "ОТВЕТ пёс"}, data=tmp_path / "no-demo")
    run = studio.wait(studio.start(RunSpec("our/model", (str(folder),))), timeout_s=30)
    file = studio.export(run.id, tmp_path / "run.sqlite")
    studio.close()
    return file


@pytest.mark.parametrize(("access", "told"), [("public", True), ("private", False)])
def test_gold_leaves_only_of_public_tasks(tmp_path: Path, access: str, told: bool) -> None:
    file = exported(tmp_path, access)
    assert (GOLD.encode() in file.read_bytes()) is told
    with closing(sqlite3.connect(file)) as db:
        assert "".join(db.iterdump()).count(GOLD) > 0 if told else GOLD not in "".join(db.iterdump())
        assert db.execute("SELECT COUNT(*) FROM media").fetchone() == (2 if told else 0,)
        assert {row[0] for row in db.execute("SELECT gold IS NOT NULL FROM samples")} == {int(told)}


def test_answers_scores_and_numbers_of_a_private_task_stay(tmp_path: Path) -> None:
    with closing(sqlite3.connect(exported(tmp_path, "private"))) as db:
        rows = db.execute("SELECT answer, em, js, cell FROM v_samples").fetchall()
        assert rows == [("ОТВЕТ кот", 0.0, 0.0, "neither"), ("ОТВЕТ пёс", 0.0, 0.0, "neither")]
        assert [json.loads(meta) for (meta,) in db.execute("SELECT meta FROM samples ORDER BY id")] == [
            {"id": 1, "group_id": 7},
            {"id": 2, "group_id": 7},
        ]
        assert db.execute("SELECT extracted FROM scores WHERE scorer = 'em'").fetchall() == [
            ("кот",),
            ("пес",),
        ]
