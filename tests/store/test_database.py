"""The file: made, reopened, refused; two processes; a full disk."""

import multiprocessing
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from studio.core.engine import Completion
from studio.core.errors import StoreError
from studio.core.label import NewLabel
from studio.core.outcome import Score
from studio.core.run import RunSpec
from studio.store import Database, Store
from studio.store.answers import Answered
from studio.tasks import load_folder
from tests.support import write_task


def code(path: Path) -> str:
    with pytest.raises(StoreError) as refused:
        Database(path)
    return refused.value.problem.code


def test_a_new_file_has_the_schema_and_a_second_opening_changes_nothing(tmp_path):
    path = tmp_path / "deep" / "studio.sqlite"
    Store(path).close()
    before = path.read_bytes()[:100]
    store = Store(path)
    assert {
        "tasks",
        "samples",
        "runs",
        "generations",
        "scores",
        "judge_calls",
        "human_answers",
        "events",
    } <= set(store.db.connection().table_names())
    assert store.db.scalar("PRAGMA journal_mode") == "wal"
    assert store.db.scalar("PRAGMA foreign_keys") == 1
    store.close()
    assert path.read_bytes()[:16] == before[:16]


def test_every_foreign_key_has_an_index(tmp_path):
    store = Store(tmp_path / "s.sqlite")
    missing = []
    for table in store.db.connection().table_names():
        firsts = [
            store.db.rows(f"SELECT name FROM pragma_index_info('{index['name']}')")[0]["name"]
            for index in store.db.rows(f"SELECT name FROM pragma_index_list('{table}')")
        ]
        # A table's only integer key is its row number, which needs no index.
        columns = store.db.rows(f"SELECT name, type FROM pragma_table_info('{table}') WHERE pk > 0")
        firsts += [columns[0]["name"]] if [column["type"] for column in columns] == ["INTEGER"] else []
        keys = store.db.rows(f"SELECT \"from\" AS name FROM pragma_foreign_key_list('{table}')")
        missing += [f"{table}.{key['name']}" for key in keys if key["name"] not in firsts]
    assert missing == []
    store.close()


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Дорогая бабушка! " * 100)
    assert code(path) == "store_foreign"
    assert path.read_text().startswith("Дорогая")


def test_somebody_elses_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    assert code(path) == "store_foreign"
    with sqlite3.connect(path) as db:
        assert [row[0] for row in db.execute("SELECT name FROM sqlite_master")] == ["recipes"]
    db.close()


def test_a_newer_file_is_not_touched(tmp_path):
    path = tmp_path / "s.sqlite"
    store = Store(path)
    store.db.connection()["_sqlite_migrations"].insert(
        {"migration_set": "mera-studio", "name": "m999_from_the_future", "applied_at": "2030-01-01"}
    )
    store.close()
    assert code(path) == "store_newer"


def test_a_folder_in_its_place_is_refused(tmp_path):
    assert code(tmp_path) == "store_readonly"


def test_a_file_that_became_read_only_is_said_to_be_one(tmp_path):
    store, ids = with_run(tmp_path)
    store.db.connection().execute(
        "PRAGMA query_only=ON"
    )  # root may write to any file, so the mode alone proves nothing
    with pytest.raises(StoreError) as refused:
        store.answers.record("r1", [answered(ids[0])])
    assert refused.value.problem.code == "store_readonly"
    store.close()


def test_a_full_disk_is_said_in_words_and_loses_nothing_written(tmp_path):
    store, ids = with_run(tmp_path)
    store.answers.record("r1", [answered(ids[0])])
    # SQLite's own limit on pages raises the very error of a full disk.
    pages = store.db.scalar("PRAGMA page_count")
    store.db.scalar(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreError) as full:
        store.answers.record("r1", [answered(sample_id, "а" * 100_000) for sample_id in ids[1:]])
    assert full.value.problem.code == "store_full"
    store.db.scalar(f"PRAGMA max_page_count={pages * 100}")
    assert store.answers.missing("r1") == ids[1:]
    store.answers.record("r1", [answered(sample_id) for sample_id in ids[1:]])
    assert store.answers.missing("r1") == []
    store.close()


def test_two_processes_write_to_one_file(tmp_path):
    store, ids = with_run(tmp_path, n=40)
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=write_answers, args=(tmp_path / "s.sqlite", part))
        for part in (ids[:20], ids[20:])
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(240)  # a loaded machine takes its time to start a process
        assert worker.exitcode == 0
    assert store.answers.missing("r1") == []
    assert store.db.scalar("SELECT COUNT(*) FROM generations") == 40
    store.close()


def test_many_processes_may_make_the_file_at_the_same_moment(tmp_path):
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    workers = [context.Process(target=open_store, args=(tmp_path / "s.sqlite", start)) for _ in range(4)]
    for worker in workers:
        worker.start()
    start.set()
    for worker in workers:
        worker.join(240)  # a loaded machine takes its time to start a process
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]


def open_store(path: Path, start: Any) -> None:
    start.wait(240)
    Store(path).close()


def write_answers(path: Path, ids: list[int]) -> None:
    store = Store(path)
    for sample_id in ids:
        store.answers.record("r1", [answered(sample_id)])
    store.close()


def answered(sample_id: int, text: str = "да") -> Answered:
    em = Score("em", "studio-1", "scored", 1.0, extracted=text[:20])
    return Answered(sample_id, Completion(text, "stop", 5, 1, 0.1, 0.2), em)


def with_run(folder: Path, n: int = 3) -> tuple[Store, list[int]]:
    store = Store(folder / "s.sqlite")
    task = load_folder(write_task(folder / "T", ["да"] * n), "test")
    ids = list(store.tasks.save(task).values())
    store.runs.create("r1", "model", RunSpec("m", ("T",)), title="")
    task_id = store.tasks.samples(ids[:1])[0].task_id
    store.runs.plan("r1", [(sample_id, task_id) for sample_id in ids], ["T"])
    return store, ids


def test_a_file_of_the_first_schema_climbs_with_all_that_refers_to_its_runs(tmp_path):
    """The step that lets runs be imported makes their table anew: nothing that refers to a run may go with the old."""
    path = tmp_path / "s.sqlite"
    store = Store(path)
    task = load_folder(write_task(tmp_path / "T", ["да"]))
    (sample_id,) = store.tasks.save(task).values()
    store.runs.create("r1", "model", RunSpec("m", ("T",)), title="")
    store.runs.plan("r1", [(sample_id, 1)], ["T"])
    store.answers.record("r1", [Answered(sample_id, Completion("да", "stop", 1, 1, 0.1, 0.1), None)])
    store.close()
    with sqlite3.connect(path) as db:
        for table in ("logs", "log_rows"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm004_imported_runs'")
    db.close()
    store = Store(path)
    counts = [
        store.db.scalar(f"SELECT COUNT(*) FROM {table}") for table in ("runs", "run_samples", "generations")
    ]
    assert counts == [1, 1, 1] and store.db.rows("PRAGMA foreign_key_check") == []
    assert store.db.scalar("PRAGMA foreign_keys") == 1
    store.runs.delete("r1")
    assert store.db.scalar("SELECT COUNT(*) FROM generations") == 0
    store.close()


def test_runs_that_people_began_before_there_were_projects_wait_for_nobody_and_stay_readable(tmp_path):
    store, ids = with_run(tmp_path)
    plan = [(sample_id, 1) for sample_id in ids]
    for run_id in ("begun", "finished"):
        store.runs.create(run_id, "human", RunSpec("Анна", ("T",)), title="")
        store.runs.plan(run_id, plan, ["T"])
        store.answers.record(run_id, [answered(ids[0], "кот")])
    store.runs.finish("finished", "done")
    store.close()
    with sqlite3.connect(tmp_path / "s.sqlite") as db:
        db.execute("CREATE TABLE drafts (run_id TEXT, sample_id INTEGER, text TEXT, updated_at REAL)")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm019_older_people'")
    db.close()
    store = Store(tmp_path / "s.sqlite")
    assert [store.runs.get(run_id).state for run_id in ("begun", "finished")] == ["interrupted", "done"]
    assert store.browse.answer("begun", ids[0]).text == "кот"
    assert not store.db.scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = 'drafts'")
    store.close()


def test_questions_that_were_kept_before_they_had_a_hash_get_it(tmp_path):
    task = load_folder(write_task(tmp_path / "T", ["да", "нет"]))
    store = Store(tmp_path / "s.sqlite")
    store.tasks.save(task)
    store.close()
    with sqlite3.connect(tmp_path / "s.sqlite") as db:
        db.execute("DROP INDEX samples_question")
        db.execute("ALTER TABLE samples DROP COLUMN question_hash")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm021_question_hashes'")
    db.close()
    store = Store(tmp_path / "s.sqlite")
    kept = store.db.column("SELECT question_hash FROM samples ORDER BY id")
    assert kept == [sample.question_hash() for sample in task] and len(set(kept)) == 2
    store.close()


def test_of_labels_that_were_given_earlier_nobody_knows_whether_scores_were_hidden(tmp_path):
    store, ids = with_run(tmp_path)
    store.answers.record("r1", [answered(ids[0])])
    store.labels.add("r1", ids[0], NewLabel("Анна", "right", client_id="c"))
    store.close()
    with sqlite3.connect(tmp_path / "s.sqlite") as db:
        db.execute("ALTER TABLE labels DROP COLUMN sealed")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm023_sealed_labels'")
    db.close()
    store = Store(tmp_path / "s.sqlite")
    assert [label.sealed for label in store.labels.standing("r1")] == [None]
    store.close()


def test_a_thread_that_has_ended_leaves_no_open_file(tmp_path):
    db = Database(tmp_path / "a.sqlite")
    for _ in range(20):
        thread = threading.Thread(target=lambda: db.scalar("SELECT 1"))
        thread.start()
        thread.join()
    assert len(db._all) <= 2, "its own and that of the last thread"
    db.close()


def test_erasing_waits_for_what_sqlite_does_not_wait_for(tmp_path):
    """Whom SQLite waits for is set to nobody: as it is with somebody else's checkpoint."""
    database = Database(tmp_path / "studio.sqlite")
    database.connection().conn.execute("PRAGMA busy_timeout=0")
    reader = sqlite3.connect(tmp_path / "studio.sqlite", check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM runs").fetchone()
    leaves = threading.Timer(0.2, reader.close)
    leaves.start()
    with database.erasing():
        database.connection().conn.execute("CREATE TABLE note (text TEXT)")
    assert (tmp_path / "studio.sqlite-wal").stat().st_size == 0
    leaves.join()
    database.close()


def test_erasing_that_others_never_let_happen_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.store.database.ERASING_S", 0.05)
    database = Database(tmp_path / "studio.sqlite")
    database.connection().conn.execute("PRAGMA busy_timeout=0")
    reader = sqlite3.connect(tmp_path / "studio.sqlite")
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM runs").fetchone()
    with pytest.raises(StoreError, match="store_locked"), database.erasing():
        database.connection().conn.execute("CREATE TABLE note (text TEXT)")
    reader.close()
    database.close()
