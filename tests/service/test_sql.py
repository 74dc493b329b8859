"""The SQL behind the numbers: an exported file alone, in plain sqlite3, gives what the pages show; it only reads."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput, NotAllowed, QueryError
from studio.core.health import HEALTH_METRICS
from studio.core.judging import JudgingSpec
from studio.core.label import NewLabel
from studio.core.run import SampleFilter, Viewer
from studio.core.sql import SqlAsked
from studio.core.whatif import WhatIfAsked
from studio.service import Studio
from studio.store.export_views import view_names
from tests.people import finished, kept_from
from tests.support import write_task
from tests.two_models import ran, studio_of

GOLDS = ["кот", "пёс", "ёж", "лис", "кит", "рысь", "бык", "волк", "сом", "бобр", "хорь", "уж"]


def fox(request: Any) -> str:
    """Right answers that EM takes, right ones too long for it, wrong ones of several lengths, a cut word."""
    gold = GOLDS[(request.key - 1) % len(GOLDS)]
    said = {0: "Думаю. ОТВЕТ мышь", 1: f"это {gold} и точка", 2: f"{'очень ' * 30} ОТВЕТ слон, 100% 'так'"}
    return said.get(request.key % 5, f"Думаю. ОТВЕТ {gold}")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    home = tmp_path_factory.mktemp("sql")
    models = {"our/fox": fox, "our/owl": lambda request: "ОТВЕТ кот" if request.key % 2 else "это ёж, да"}
    studio = studio_of(home, models)
    folders = [write_task(home / name, GOLDS, first_id=at) for name, at in (("Звери", 1), ("О'Норы", 101))]
    for model in models:
        ran(studio, model, *folders)
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def runs(studio: Studio) -> tuple[str, ...]:
    """Two reviewers who mostly agree with the truth, a bad item, an unsure one; a draw; a kept version of the rules."""
    found = tuple(run.id for run in reversed(studio.runs()))
    rows = studio.queue(found[0], SampleFilter(), 0, 24).rows
    for place, row in enumerate(rows[:20]):
        right = row.cell in {"both", "js_only"} or place == 3
        words = {5: "bad", 7: "unsure"}.get(place, "right" if right else "wrong")
        new = NewLabel(
            "Анна", words, note="см. 100%" if place == 2 else None, tags=("формат",) if place < 4 else None
        )
        studio.labels.label(found[0], row.sample_id, new)
        if place < 14:
            other = "wrong" if place in {0, 9} else "right" if right else "wrong"
            studio.labels.label(found[0], row.sample_id, NewLabel("Борис", other))
    studio.labels.draw(found[0], 10, seed=3)
    return found


@pytest.fixture(scope="module")
def file(studio: Studio, runs: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return studio.export(runs[0], tmp_path_factory.mktemp("file") / "run.sqlite")


def read(file: Path, sql: str) -> list[dict[str, Any]]:
    """What plain sqlite3 finds, with nothing of ours."""
    with closing(sqlite3.connect(file)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql)]


def test_every_view_can_be_read_from_the_file_alone(file: Path) -> None:
    empty = {name for name in view_names() if not read(file, f"SELECT * FROM {name}")}
    assert empty == {"v_reasons"}, "nothing was grouped here; all others hold something"


def test_a_file_tells_of_each_label_whether_scores_were_hidden(file: Path) -> None:
    assert {row["sealed"] for row in read(file, "SELECT sealed FROM v_labels")} == {0}


def test_cells_and_means_are_those_of_inspect_and_of_the_scores(
    studio: Studio, runs: Any, file: Path
) -> None:
    groups = {(row["grouping"], row["name"]): row for row in read(file, "SELECT * FROM v_groups")}
    for confusion in studio.confusions(runs[0]):
        row = groups["task" if confusion.task else "all", confusion.task]
        assert {cell: row[cell] for cell in confusion.counts} == confusion.counts
    for score in studio.scores(runs[0]):
        row = groups["task" if score.task else "all", score.task]
        assert (row["em"], row["js"], row["final"]) == pytest.approx(
            (score.em.mean, score.js.mean, score.final.mean)
        )


@pytest.mark.parametrize("by", ["task", "modality", "answer_type", "prompt"])
def test_em_judge_and_people_are_split_as_on_inspect(studio: Studio, runs: Any, file: Path, by: Any) -> None:
    found = {
        (row["name"], row["bits"]): row["share"]
        for row in read(file, f"SELECT * FROM v_eight WHERE grouping IN ('all', '{by}')")
    }
    for row in studio.labels.three_way([runs[0]], by):
        told = {bits: share.mean for bits, share in row.eight.items() if share.mean}
        assert {bits: found[row.name, bits] for bits in told} == pytest.approx(told)


def test_the_judges_health_is_that_of_the_page(studio: Studio, runs: Any, file: Path) -> None:
    rows = {(row["grouping"], row["name"]): row for row in read(file, "SELECT * FROM v_judge_health")}
    health = studio.health.of(runs[0])
    groups = [group for group in health.groups if group.by != "model"]
    assert len(groups) == len(rows) >= 5
    for group in groups:
        row, told = rows[group.by, group.name], group.agreement
        assert [row["n"], row["right_wrong"], row["wrong_right"]] == [
            told.n,
            told.right_wrong,
            told.wrong_right,
        ]
        for metric in HEALTH_METRICS:
            assert row[metric] == pytest.approx(told.figures[metric].value), (group.name, metric)


def test_kappa_is_zero_where_only_one_of_two_never_varies_and_missing_where_neither_does(
    studio: Studio, runs: Any, tmp_path: Path
) -> None:
    """Of the judge and people, and of two reviewers. MCC has no value in either case."""
    run = ran(studio, "our/fox", write_task(tmp_path / "Леса", GOLDS, first_id=301))
    rows = studio.queue(run, SampleFilter(), 0, 12).rows
    for place, row in enumerate(rows):
        studio.labels.label(run, row.sample_id, NewLabel("Анна", "right"))
        studio.labels.label(run, row.sample_id, NewLabel("Вера", "right"))
        studio.labels.label(run, row.sample_id, NewLabel("Борис", "wrong" if place == 4 else "right"))
    file = studio.export(run, tmp_path / "run.sqlite")
    health = studio.health.of(run)
    found = {(row["grouping"], row["name"]): row for row in read(file, "SELECT * FROM v_judge_health")}
    kappas = set()
    for group in (group for group in health.groups if group.by != "model"):
        kappa = group.agreement.figures["kappa"].value
        assert (found[group.by, group.name]["kappa"], found[group.by, group.name]["mcc"]) == (kappa, None)
        kappas.add(kappa)
    assert kappas >= {0.0}, "the judge calls some wrong that people all call right"
    pairs = {
        (row["first"], row["second"]): row["kappa"] for row in read(file, "SELECT * FROM v_reviewer_pairs")
    }
    assert pairs == {(pair.first, pair.second): pair.kappa.value for pair in health.ceiling.pairs}
    assert sorted(map(str, pairs.values())) == ["0.0", "0.0", "None"]


def test_people_among_themselves_are_those_of_the_page(studio: Studio, runs: Any, file: Path) -> None:
    ceiling = studio.health.of(runs[0]).ceiling
    (row,) = read(file, "SELECT * FROM v_people")
    assert (row["items"], row["reviewers"]) == (ceiling.items, ceiling.reviewers)
    assert ceiling.items > 8 and ceiling.raw.value != 1
    for name in ("raw", "alpha", "fleiss", "ac1"):
        assert row[name] == pytest.approx(getattr(ceiling, name).value), name
    (pair,) = read(file, "SELECT * FROM v_reviewer_pairs")
    (told,) = ceiling.pairs
    assert (pair["first"], pair["second"], pair["n"]) == (told.first, told.second, told.n)
    assert (pair["raw"], pair["kappa"]) == pytest.approx((told.raw.value, told.kappa.value))


def test_the_share_that_people_call_right_is_that_of_the_page(studio: Studio, runs: Any, file: Path) -> None:
    (whole,) = read(file, "SELECT people, people_n FROM v_groups WHERE grouping = 'all'")
    sure = [row.human for row in studio.labels.table(runs[0]) if row.human in {"right", "wrong"}]
    assert whole["people"] == pytest.approx(sure.count("right") / len(sure))
    told = studio.health.of(runs[0]).scores[-1]
    assert (told.people.mean, told.labelled) == (pytest.approx(whole["people"]), whole["people_n"])
    assert told.people.scored == told.labelled


def test_a_threshold_of_the_judge_is_worked_out_as_on_what_if(studio: Studio, runs: Any, file: Path) -> None:
    asked = SqlAsked("whatif", runs[:1], options={"threshold": "0,95"})
    (versions, judged) = studio.sql.of(asked)
    (version,) = read(file, versions.sql)
    assert (version["current"], version["em"]) == (1, pytest.approx(studio.run(runs[0]).em.mean))
    found = studio.rescoring.what_if(WhatIfAsked(runs[0], threshold=0.95))
    for change in found.tasks:
        (row,) = [row for row in read(file, judged.sql) if row["task"] == change.task]
        assert row["js_after"] == pytest.approx(change.js.after.mean) and row["js"] != row["js_after"]
        assert (row["gained"], row["lost"]) == (change.js.gained, change.js.lost)


def test_further_judges_stand_beside_the_runs_own(studio: Studio, runs: Any, tmp_path: Path) -> None:
    studio.health.wait(studio.health.rejudge(JudgingSpec(runs[1], "другой")))
    rows = read(studio.export(runs[1], tmp_path / "two.sqlite"), "SELECT * FROM v_judges ORDER BY current")
    told = {judge.label for judge in studio.health.judges(runs[1])}
    assert {row["judge"] for row in rows} == told and len(rows) == 2
    assert rows[1]["js"] == pytest.approx(studio.run(runs[1]).js.mean)


def test_the_pace_is_that_of_the_run_page(studio: Studio, runs: Any, file: Path) -> None:
    figures = studio.pace(runs[0]).figures
    (row,) = read(file, "SELECT * FROM v_pace")
    assert (row["answered"], row["failed"], row["completion_tokens"]) == (
        figures.answered, figures.failed, figures.completion_tokens,
    )  # fmt: skip
    assert figures.latency is not None
    assert (row["latency_p50"], row["latency_p95"]) == (figures.latency.p50, figures.latency.p95)


def test_scores_by_prompt_are_those_of_the_page(studio: Studio, runs: Any, file: Path) -> None:
    (row,) = read(file, "SELECT name, n, em FROM v_groups WHERE grouping = 'prompt'")
    assert (row["name"], row["n"]) == ("none", 24)
    assert row["em"] == pytest.approx(studio.run(runs[0]).em.mean)


def test_runs_beside_each_other_are_compared_by_their_files(
    studio: Studio, runs: Any, tmp_path: Path
) -> None:
    files = [studio.export(run, tmp_path / f"{run}.sqlite") for run in runs]
    for where in ("", "len>20"):
        (statement,) = studio.sql.of(SqlAsked("compare", runs, SampleFilter(where=where)))
        with closing(sqlite3.connect(":memory:")) as db:
            for name, path in zip("ab", files, strict=True):
                db.execute("ATTACH ? AS " + name, (str(path),))
            rows = db.execute(statement.sql).fetchall()
        told = studio.comparing.compare(runs, where=where)
        assert len(rows) == len(told.tasks)
        for task in told.tasks:
            (found,) = [row[2:] for row in rows if row[0] == task.task]
            n, first, second, difference, wins, ties, losses = found
            (pair,) = task.pairs
            assert (n, wins, ties, losses) == (task.n, pair.em.wins, pair.em.ties, pair.em.losses)
            assert (first, second) == pytest.approx(tuple(mean.mean for mean in task.em))
            assert pair.em.difference is None or difference == pytest.approx(pair.em.difference.mean)
        assert studio.sql.read(statement.sql, runs).rows == tuple(rows), "and over the studio's own file"


FILTERS = [
    "", "em:0 js:1", "task:О'Норы em:1 order:judge_p", "-task:О'Норы", "text:кот", "text:ё", "answer:/мышь|слон/",
    'answer="это кот и точка"', "len>20 order:-len", "len:0..20", "judge_p<0.5", "human:right", "-human:none",
    "reviewer:Борис", 'tag:формат note:"100%"', "em:≠owl", "answer:≠owl", "cat.kind:чётный OR number:3..5",
    "key:10*", "finish:stop truncated:0", "draw:1", "gold:кит reason:none", "cell:disagree",
]  # fmt: skip


@pytest.mark.parametrize("where", FILTERS)
def test_the_statement_of_a_filter_finds_the_queue_of_inspect(
    studio: Studio, runs: Any, file: Path, where: str
) -> None:
    chosen = SampleFilter(where=where)
    queue = [row.number for row in studio.queue(runs[0], chosen, 0, 500).rows]
    (*_, statement) = studio.sql.of(SqlAsked("inspect", runs[:1], chosen))
    assert statement.key == "queue"
    assert [row["number"] for row in read(file, statement.sql)] == queue
    assert [row[0] for row in studio.sql.read(statement.sql, runs[:1]).rows] == queue


def test_the_selects_of_inspect_are_in_its_statement_too(studio: Studio, runs: Any, file: Path) -> None:
    for chosen in (
        SampleFilter(task="О'Норы", cell="neither"), SampleFilter(draw=1), SampleFilter(label="labelled", text="КОТ"),
        SampleFilter(category="kind=чётный"),
    ):  # fmt: skip
        queue = [row.number for row in studio.queue(runs[0], chosen, 0, 500).rows]
        (*_, statement) = studio.sql.of(SqlAsked("inspect", runs[:1], chosen))
        assert [row["number"] for row in read(file, statement.sql)] == queue and queue


def test_a_value_cannot_leave_its_quotes(studio: Studio, runs: Any, file: Path) -> None:
    evil = "x'); DROP TABLE runs; --"
    (*_, statement) = studio.sql.of(SqlAsked("inspect", runs[:1], SampleFilter(text=evil)))
    assert read(file, statement.sql) == [] and read(file, "SELECT COUNT(*) AS n FROM runs") == [{"n": 1}]


def test_every_page_has_statements_that_run_over_the_file(studio: Studio, runs: Any, file: Path) -> None:
    for page in ("inspect", "whatif", "health", "prompts", "reasons", "run", "leaderboard"):
        for statement in studio.sql.of(SqlAsked(page, runs[:1])):
            read(file, statement.sql)


def test_what_has_no_statement_is_said(studio: Studio, runs: Any) -> None:
    wrong = {
        "unknown_sql_page": SqlAsked("pie", runs),  # type: ignore[arg-type]
        "sql_no_run": SqlAsked("health"),
        "unknown_run": SqlAsked("inspect", ("r0",)),
        "compare_number": SqlAsked("compare", runs[:1]),
    }
    for code, asked in wrong.items():
        with pytest.raises(BadInput) as caught:
            studio.sql.of(asked)
        assert caught.value.problem.code == code
    with pytest.raises(QueryError):
        studio.sql.of(SqlAsked("inspect", runs[:1], SampleFilter(where="em:")))


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM run_samples", "UPDATE runs SET state = 'done'", "DROP TABLE runs", "ATTACH ':memory:' AS z",
        "PRAGMA query_only = OFF", "VACUUM INTO '/tmp/none.sqlite'", "CREATE TABLE z (a)", "SELECT load_extension('z')",
        "INSERT INTO events SELECT * FROM events", "DETACH src", "REINDEX",
    ],
)  # fmt: skip
def test_a_statement_that_does_more_than_read_is_refused(
    studio: Studio, runs: Any, file: Path, sql: str
) -> None:
    before = read(studio.settings.db, "SELECT COUNT(*) FROM run_samples")
    for chosen in ((), runs[:1]):
        with pytest.raises(BadInput) as caught:
            studio.sql.read(sql, chosen)
        assert caught.value.problem.code in {"sql_only_reads", "sql_refused"}
    with pytest.raises(BadInput):
        studio.sql.read(sql, file=file)
    assert read(studio.settings.db, "SELECT COUNT(*) FROM run_samples") == before


def test_a_statement_of_two_is_refused_and_one_that_sqlite_does_not_know_is_told_in_its_words(
    studio: Studio, runs: Any, tmp_path: Path
) -> None:
    for sql, said in (("SELECT 1; DELETE FROM runs", "one statement"), ("SELECT zebra FROM runs", "zebra")):
        with pytest.raises(BadInput) as caught:
            studio.sql.read(sql, runs[:1])
        assert caught.value.problem.code == "sql_refused" and said in str(
            caught.value.problem.values["reason"]
        )
    with pytest.raises(BadInput, match="sql_no_file"):
        studio.sql.read("SELECT 1", file=tmp_path / "none.sqlite")


def test_rows_are_cut_where_asked_and_secrets_read_as_nothing(studio: Studio, runs: Any) -> None:
    found = studio.sql.read("SELECT number FROM v_samples", runs[:1], limit=5)
    assert found.columns == ("number",) and len(found.rows) == 5 and found.more
    (state,) = studio.sql.read("SELECT DISTINCT ticket, started_by FROM runs").rows
    assert state == (None, None)


def test_only_the_owner_may_ask_the_database(studio: Studio, runs: Any) -> None:
    with pytest.raises(NotAllowed):
        studio.sql.read("SELECT 1", runs[:1], viewer=Viewer("visitor"))


def test_an_export_by_a_filter_holds_what_the_filter_keeps_and_says_so(
    studio: Studio, runs: Any, tmp_path: Path
) -> None:
    where = SampleFilter(where="human:right,wrong em:1")
    kept = [row.number for row in studio.queue(runs[0], where, 0, 500).rows]
    part = studio.export(runs[0], tmp_path / "part.sqlite", where=where)
    assert [row["number"] for row in read(part, "SELECT number FROM v_samples")] == kept
    said = {row["key"]: row["value"] for row in read(part, "SELECT * FROM studio_export")}
    assert (said["samples"], said["samples_of_run"]) == (str(len(kept)), "24")
    assert said["where"] == studio.queries.text(where)
    for table in ("generations", "samples", "run_texts", "run_samples"):
        assert read(part, f"SELECT COUNT(*) AS n FROM {table}") == [{"n": len(kept)}], table
    assert read(part, "SELECT COUNT(*) AS n FROM labels l JOIN run_samples USING (sample_id)") == read(
        part, "SELECT COUNT(*) AS n FROM labels"
    )
    assert read(part, "PRAGMA foreign_key_check") == []
    rows = read(studio.export(runs[0], tmp_path / "w.sqlite"), "SELECT * FROM studio_export")
    whole = {row["key"]: row["value"] for row in rows}
    assert (whole["where"], whole["samples"]) == ("", "24")
    with pytest.raises(BadInput, match="export_none"):
        studio.export(runs[0], tmp_path / "none.sqlite", where=SampleFilter(where="number>99"))
    with pytest.raises(QueryError):
        studio.export(runs[0], tmp_path / "none.sqlite", where=SampleFilter(where="em:"))


def test_a_filter_by_hidden_gold_has_no_statement(studio: Studio, tmp_path: Path) -> None:
    """Where SQL cannot say a filter the numbers of its samples would tell the gold."""
    folder = write_task(tmp_path / "Птицы", ["дрозд", "сова"])
    run = finished(studio, "Вера", str(folder), ["дрозд", "сова"])
    viewer = replace(kept_from(studio, "Аня", str(folder)), role="visitor")
    for page in ("inspect", "health", "whatif"):
        with pytest.raises(NotAllowed):
            studio.sql.of(SqlAsked(page, (run,), SampleFilter(where="gold:/др/")), viewer)  # type: ignore[arg-type]
