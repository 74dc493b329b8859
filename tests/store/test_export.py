"""What leaves in an exported run: all of a public task, of a private one neither gold, nor hints of it, nor media."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.reasons import GroupingSpec
from studio.core.run import RunSpec
from tests.support import RuleJudge, scripted_studio, write_task

GOLD = "выхухоль"


def exported(tmp_path: Path, access: str, **options: Any) -> Path:
    folder = write_task(tmp_path / "Secrets", [GOLD, GOLD], access=access)
    records: dict[str, Any] = json.loads((folder / "test.json").read_text(encoding="utf-8"))
    for record in records["data"]:
        record["meta"] |= {"explanation": f"потому что {GOLD}", "group_id": 7}
    (folder / "test.json").write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    script = {1: "ОТВЕТ кот", 2: "ОТВЕТ пёс"}
    studio = scripted_studio(tmp_path / "home", script, data=tmp_path / "no-demo", **options)
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


@pytest.mark.parametrize(("access", "told"), [("public", True), ("private", False)])
def test_what_a_judge_read_and_why_it_decided_leave_only_of_public_tasks(
    tmp_path: Path, access: str, told: bool
) -> None:
    """A hash over question, gold and answer gives a letter away to whoever tries four."""

    class Reasoning(RuleJudge):
        def verdicts(self, cases):
            made = super().verdicts(cases)
            return [
                replace(v, calls=tuple(replace(c, reason=f"в эталоне {GOLD}") for c in v.calls)) for v in made
            ]

    with closing(sqlite3.connect(exported(tmp_path, access, judge=Reasoning()))) as db:
        calls = db.execute("SELECT input_sha256, reason FROM judge_calls").fetchall()
    assert calls and all((bool(sha), GOLD in reason) == (told, told) for sha, reason in calls)


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


@pytest.mark.parametrize(("access", "told"), [("public", True), ("private", False)])
def test_groups_leave_and_those_of_private_tasks_tell_nothing(
    tmp_path: Path, access: str, told: bool
) -> None:
    folder = write_task(tmp_path / "Secrets", [GOLD, GOLD], access=access)
    studio = scripted_studio(tmp_path / "home", {1: "кот", 2: "пёс"}, data=tmp_path / "no-demo")
    run = studio.wait(studio.start(RunSpec("our/model", (str(folder),))), timeout_s=30).id
    studio.reasons.start(GroupingSpec((run,), "em:0"))
    book = studio.reasons.jobs.wait((run,)).kept
    answers = [(run, row.sample_id) for row in studio.queue(run).rows]
    studio.reasons.groups.make(book, f"здесь {GOLD}", answers[:1])
    file = studio.export(run, tmp_path / "run.sqlite")
    studio.close()
    with closing(sqlite3.connect(file)) as db:
        dumped = "".join(line for line in db.iterdump() if "reason_" in line)
        rows = db.execute("SELECT number, name FROM v_reasons").fetchall()
    assert (GOLD in dumped) is told
    assert rows and rows[0][0] == 2 and (1, f"здесь {GOLD}") in rows if told else rows == []
