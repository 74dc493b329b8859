"""The leaderboard: which run stands for a model, what is comparable, and the published rows to the printed digit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.content import MODALITIES
from studio.core.errors import BadInput
from studio.core.leaderboard import Board, BoardAsked, BoardRow
from studio.core.people_run import PeopleRun
from studio.core.rules import Rules
from studio.service import Studio
from studio.tasks.mera import suite_task, suite_tasks
from studio.tasks.mera.published import published_models
from studio.texts.board import row_names
from tests.boards import FAILED, MEANT, NO_GOLD, RIGHT, ROOM, WAITING, WRONG, board_studio, keep_run
from tests.people import answers_task

MERA = BoardAsked("mera", published=False, people=False)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = board_studio(tmp_path)
    yield studio
    studio.close()


def rows(board: Board, kind: str = "measured") -> list[BoardRow]:
    return [row for row in board.rows if row.kind == kind]


def only(board: Board, kind: str = "measured") -> BoardRow:
    (row,) = rows(board, kind)
    return row


def codes(row: BoardRow, task: str = "") -> list[str]:
    return [remark.code for remark in (row.cells[task].remarks if task else row.remarks)]


def test_a_number_carries_its_interval_its_n_and_what_is_in_no_mean(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT, RIGHT, WRONG, WRONG, MEANT, FAILED]})
    cell = only(studio.leaderboard(MERA)).cells["ruCLEVR"]
    (measured,) = studio.measures("r1")
    assert cell.measure == measured.score
    assert cell.measure is not None and cell.measure.mean == pytest.approx((2 + 0.5) / 5)
    assert (cell.measure.n, cell.measure.clusters, cell.failed, cell.unscored) == (5, 3, 1, 0)
    assert (cell.run, cell.dataset) == ("r1", "ruCLEVR")


@pytest.mark.parametrize(("metric", "mean"), [("final", 0.5), ("em", 0.25), ("js", 0.75)])
def test_the_metric_is_a_switch(studio: Studio, metric: Any, mean: float) -> None:
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT, MEANT, MEANT, WRONG]})
    found = only(studio.leaderboard(replace(MERA, metric=metric)))
    cell = found.cells["ruCLEVR"].measure
    assert cell is not None and cell.mean == pytest.approx(mean)
    assert found.total is not None and found.total.mean == pytest.approx(mean / 33)


def test_runs_of_one_model_and_conditions_make_one_row(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT] * 4})
    keep_run(studio, "r2", "m", {"AQUARIA": [WRONG] * 4}, settings=replace(ROOM, frames=4, seed=7))
    found = only(studio.leaderboard(MERA))
    assert found.cells.keys() == {"ruCLEVR", "AQUARIA"}, "frames and a seed mean nothing to these tasks"
    assert [(run.id, run.tasks) for run in found.runs] == [("r2", ("AQUARIA",)), ("r1", ("ruCLEVR",))]
    assert found.coverage == pytest.approx((1 / 11 + 1 / 4) / 3)


def test_domains_of_one_task_may_come_from_several_runs(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"ruNaturalScienceVQA_biology": [RIGHT] * 4})
    keep_run(studio, "r2", "m", {"ruNaturalScienceVQA_physics": [WRONG] * 4})
    cell = only(studio.leaderboard(MERA)).cells["ruNaturalScienceVQA"]
    assert cell.measure is not None and cell.measure.mean == pytest.approx(57 / (57 + 198))
    assert [remark.code for remark in cell.remarks] == ["part", "several"]


@pytest.mark.parametrize(
    "other",
    [
        {"settings": replace(ROOM, temperature=0.7)},
        {"profile": "head"},
        {"revision": "c2"},
        {"judge": "embedded@x"},
        {"split": "shots"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_other_conditions_are_another_row(studio: Studio, other: dict[str, Any]) -> None:
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT] * 4})
    keep_run(studio, "r2", "m", {"ruCLEVR": [WRONG] * 4}, **other)
    assert len(rows(studio.leaderboard(MERA))) == 2


@pytest.mark.parametrize(
    ("task", "settings", "said"),
    [
        ("CommonVideoQA", replace(ROOM, frames=4), {"name": "frames", "value": 4, "usual": 8}),
        ("ruTiE-Image", replace(ROOM, history=0), {"name": "history", "value": 0, "usual": 5}),
        ("ruCLEVR", replace(ROOM, media="none"), {"name": "media", "value": "none", "usual": "sent"}),
        ("ruCLEVR", replace(ROOM, temperature=1.0), {"name": "temperature", "value": 1.0, "usual": 0.0}),
        ("ruCLEVR", replace(ROOM, media="none"), {"name": "media", "value": "none", "usual": "sent"}),
    ],
)
def test_conditions_that_are_not_the_usual_ones_are_named(
    studio: Studio, task: str, settings: Any, said: dict[str, Any]
) -> None:
    keep_run(studio, "r1", "m", {task: [RIGHT, WRONG]}, settings=settings)
    (remark,) = only(studio.leaderboard(MERA)).remarks
    assert (remark.code, dict(remark.values)) == ("setting", said)


def test_a_version_of_the_rules_has_the_name_that_stands_beside_its_scores(studio: Studio) -> None:
    for run in ("r1", "r2"):
        keep_run(studio, run, "m", {"ruCLEVR": [RIGHT, WRONG]})
    assert only(studio.leaderboard(MERA)).profile == studio.run("r1").em_version == "studio-2"
    studio.rescoring.save("мягкие", Rules(contains=True))
    studio.rescoring.rescore("r2", "мягкие")
    studio.rescoring.wait("r2")
    (mended,) = [row for row in rows(studio.leaderboard(MERA)) if row.runs[0].id == "r2"]
    assert mended.profile == studio.run("r2").em_version == "studio-2+мягкие"
    (remark,) = mended.remarks
    assert dict(remark.values) == {"name": "profile", "value": "studio-2+мягкие", "usual": "studio-2"}


def test_where_a_model_was_asked_is_no_condition(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT]}, settings=replace(ROOM, batch_size=1, dtype="float16"))
    keep_run(studio, "r2", "m", {"WEIRD": [RIGHT]}, servers=("http://127.0.0.1:8000/v1",))
    assert only(studio.leaderboard(MERA)).cells.keys() == {"ruCLEVR", "WEIRD"}


def test_a_foreign_judge_and_too_little_room_are_named(studio: Studio) -> None:
    keep_run(
        studio, "r1", "m", {"ruCLEVR": [RIGHT]}, judge="embedded@x", settings=replace(ROOM, max_new_tokens=16)
    )
    assert codes(only(studio.leaderboard(MERA))) == ["judge", "tokens"]
    assert codes(only(studio.leaderboard(replace(MERA, metric="em")))) == ["tokens"], "EM asks no judge"


def test_a_part_of_a_task_says_how_much_of_it(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT, RIGHT, WAITING]})
    (remark,) = only(studio.leaderboard(MERA)).cells["ruCLEVR"].remarks
    assert (remark.code, remark.values) == ("part", {"done": 2, "size": 1148})


def test_the_fullest_run_stands_for_a_model_and_of_equals_the_newest(studio: Studio) -> None:
    keep_run(studio, "whole", "m", {"ruCLEVR": [RIGHT] * 6})
    keep_run(studio, "newer", "m", {"ruCLEVR": [RIGHT] * 5 + [WRONG]})
    keep_run(studio, "stopped", "m", {"ruCLEVR": [RIGHT] * 7 + [WAITING]})
    keep_run(studio, "limited", "m", {"ruCLEVR": [WRONG] * 2})
    found = only(studio.leaderboard(MERA))
    assert found.cells["ruCLEVR"].run == "newer"
    assert [run.id for run in found.runs] == ["limited", "stopped", "newer", "whole"]
    assert [run.id for run in found.runs if run.tasks] == ["newer"]


def test_a_run_that_the_judge_hardly_saw_does_not_stand_for_one_that_it_saw_whole(studio: Studio) -> None:
    keep_run(studio, "whole", "m", {"ruCLEVR": [RIGHT] * 6})
    keep_run(studio, "crashed", "m", {"ruCLEVR": [WRONG] * 6}, judge="")
    assert only(studio.leaderboard(MERA)).cells["ruCLEVR"].run == "whole"


def test_logs_of_different_tools_are_different_rows(studio: Studio) -> None:
    for name, tool in (("i1", "evalscope"), ("i2", "vlmevalkit")):
        keep_run(
            studio, name, "m", {"ruCLEVR": [RIGHT, WRONG]}, kind="imported", resolved={"log": {"tool": tool}}
        )
    assert {row.cells["ruCLEVR"].run for row in rows(studio.leaderboard(MERA), "imported")} == {"i1", "i2"}


def test_another_run_may_be_chosen(studio: Studio) -> None:
    keep_run(studio, "whole", "m", {"ruCLEVR": [RIGHT] * 6, "WEIRD": [RIGHT] * 4})
    keep_run(studio, "limited", "m", {"ruCLEVR": [WRONG] * 2})
    found = only(studio.leaderboard(replace(MERA, runs=("limited", "gone"))))
    assert (found.cells["ruCLEVR"].run, found.cells["WEIRD"].run) == ("limited", "whole")


def test_a_task_without_gold_has_no_score_and_never_a_zero(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"RealVQA": [NO_GOLD] * 4, "ruCLEVR": [RIGHT] * 2})
    found = only(studio.leaderboard(MERA))
    cell = found.cells["RealVQA"]
    assert (cell.measure, cell.unscored, cell.run) == (None, 4, "r1")
    assert found.attempted is not None and found.attempted.mean == 1
    assert found.coverage == pytest.approx(1 / 33)


def test_a_model_that_only_failed_has_no_total(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"ruCLEVR": [FAILED] * 3})
    found = only(studio.leaderboard(MERA))
    assert (found.total, found.cells["ruCLEVR"].measure, found.cells["ruCLEVR"].failed) == (None, None, 3)


def test_a_run_that_cannot_be_scored_says_why_and_spoils_nothing(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"ruNaturalScienceVQA": [RIGHT] * 2, "ruCLEVR": [RIGHT] * 2})
    found = only(studio.leaderboard(MERA))
    assert found.cells["ruCLEVR"].measure is not None
    assert found.cells["ruNaturalScienceVQA"].measure is None
    problem = next(r for r in found.cells["ruNaturalScienceVQA"].remarks if r.code == "problem").values[
        "problem"
    ]
    assert problem.code == "no_subset"


def test_public_tasks_go_from_columns_and_totals(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT] * 2, "RealVQA": [RIGHT] * 2})
    board = studio.leaderboard(replace(MERA, public=False))
    assert len(board.columns) == 11 and {column.access for column in board.columns} == {"private"}
    found = only(board)
    assert found.cells.keys() == {"RealVQA"}
    assert found.total is not None and found.total.mean == pytest.approx(1 / 7 / 3)


def test_rows_stand_by_their_totals(studio: Studio) -> None:
    for name, right in (("b", 1), ("a", 4), ("c", 2)):
        keep_run(studio, f"r{name}", name, {"ruCLEVR": [RIGHT] * right + [WRONG] * (4 - right)})
    assert [row.name for row in studio.leaderboard(MERA).rows] == ["a", "c", "b"]


def test_a_log_that_no_judge_has_scored_has_em_alone_and_says_so(studio: Studio) -> None:
    keep_run(studio, "i1", "m", {"ruCLEVR": [RIGHT, WRONG]}, kind="imported", judge="")
    row = only(studio.leaderboard(MERA), "imported")
    assert (row.cells["ruCLEVR"].measure, codes(row, "ruCLEVR")) == (None, ["part", "no_judge"])
    em = only(studio.leaderboard(replace(MERA, metric="em")), "imported").cells["ruCLEVR"].measure
    assert em is not None and em.mean == 0.5


def test_people_of_the_studio_are_rows(studio: Studio) -> None:
    keep_run(studio, "h1", "Анна", {"ruCLEVR": [RIGHT] * 2}, kind="human")
    keep_run(studio, "h2", "Анна", {"WEIRD": [RIGHT] * 2}, kind="human")
    found = only(studio.leaderboard(replace(MERA, people=True)), "person")
    assert (found.name, found.cells.keys()) == ("Анна", {"ruCLEVR", "WEIRD"})
    assert rows(studio.leaderboard(MERA), "person") == []


def people(what: str, project: str = "p1", number: int = 0, **rest: Any) -> dict[str, Any]:
    told = PeopleRun(project, f"Проект {project}", what, "majority", "crowd", 3, 3, 0.0, 7, number, **rest)  # type: ignore[arg-type]
    return {"model": told.model, "kind": "human", "resolved": {"people": told.to_json()}}


def test_people_of_several_projects_are_one_row_together_and_apart_one_by_one(studio: Studio) -> None:
    for run, task, project in (("a", "ruCLEVR", "p1"), ("b", "WEIRD", "p2")):
        keep_run(studio, f"t{run}", tasks={task: [RIGHT] * 2}, **people("together", project))
        keep_run(studio, f"d{run}", tasks={task: [RIGHT] * 2}, **people("drawn", project))
        keep_run(studio, f"n{run}", tasks={task: [RIGHT] * 2}, **people("person", project, 3))
    board = studio.leaderboard(replace(MERA, people=True))
    names = row_names(board, "ru")
    held = {names[row.key]: set(row.cells) for row in rows(board, "person")}
    both = {"ruCLEVR", "WEIRD"}
    assert held == {
        "Люди: большинство голосов": both, "Один из людей": both,
        "Человек 3 (Проект p1)": {"ruCLEVR"}, "Человек 3 (Проект p2)": {"WEIRD"},
    }  # fmt: skip


def test_experts_are_no_crowd(studio: Studio) -> None:
    for run, level in (("a", "crowd"), ("b", "expert")):
        told = PeopleRun("p1", "Проект", "together", "majority", level, 3, 3, 0.0, 7)
        keep_run(
            studio, run, told.model, {"ruCLEVR": [RIGHT]}, kind="human", resolved={"people": told.to_json()}
        )
    board = studio.leaderboard(replace(MERA, people=True))
    assert {row_names(board, "en")[row.key] for row in rows(board, "person")} == {
        "People: majority vote", "Experts: majority vote",
    }  # fmt: skip


def test_a_browser_that_is_answering_sees_no_scores_of_people(studio: Studio) -> None:
    keep_run(studio, "h1", "Анна", {"ruCLEVR": [RIGHT] * 2}, kind="human")
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT] * 2})
    board = studio.leaderboard(replace(MERA, people=True), answers_task(studio, "ruCLEVR")[0])
    row = only(board, "person")
    assert (row.cells["ruCLEVR"].measure, row.total, codes(row, "ruCLEVR")) == (None, None, ["hidden"])
    assert row.cells["ruCLEVR"].metrics == (None, None), "a score's parts tell as much as the score"
    assert only(board).cells["ruCLEVR"].measure is not None
    seen = only(studio.leaderboard(replace(MERA, people=True)), "person")
    assert seen.total is not None


def test_peoples_published_scores_are_two_rows_where_the_sources_differ(studio: Studio) -> None:
    board = studio.leaderboard(BoardAsked("mera", published=False))
    paper, repository = (row for row in board.rows if row.kind == "baseline")
    assert {paper.name, repository.name} == {"paper", "repository"}
    values = [row.cells["ruTiE-Audio"].measure for row in (paper, repository)]
    assert [value.mean for value in values if value] == [0.75, 0.446]
    slun = repository.cells["RuSLUn"].measure
    assert slun is not None and slun.mean == pytest.approx((0.9069 + 0.305) / 2), "both metrics are given"
    group = repository.cells["ruHHH-Image"].measure
    assert group is not None and group.mean == 0.893, "the task's metric, not EM of its samples"
    school = repository.cells["SchoolScienceVQA"]
    assert [(figure.value, figure.who) for figure in school.figures] == [
        (0.4804, "crowd"),
        (0.8222, "expert"),
    ]
    assert (paper.total, repository.total) == (None, None), "neither source gives a total"


def test_by_one_metric_only_figures_of_that_metric_are_shown(studio: Studio) -> None:
    board = studio.leaderboard(BoardAsked("mera", published=False, metric="js"))
    row = only(board, "baseline")
    assert row.name == "repository" and row.cells.keys() == {"RuSLUn"}
    assert row.cells["RuSLUn"].measure is not None and row.cells["RuSLUn"].measure.mean == 0.305


PRINTED = {model.name: model.totals for model in published_models() if model.totals}


@pytest.mark.parametrize("name", PRINTED)
def test_a_published_row_shows_the_totals_that_the_paper_prints(studio: Studio, name: str) -> None:
    board = studio.leaderboard(BoardAsked("mera", weighting="published"))
    row = next(row for row in rows(board, "published") if row.name == name)
    printed = PRINTED[name]
    assert row.total is not None and row.attempted is not None
    assert (row.total.mean, row.attempted.mean, row.coverage) == (
        printed.total,
        printed.attempted,
        printed.coverage,
    )
    assert {modality: row.modalities[modality].mean for modality in MODALITIES} == printed.modalities  # type: ignore[union-attr]
    assert (row.total.low, row.total.n) == (None, None)


@pytest.mark.parametrize("name", ["Qwen2.5-VL-72B-Inst", "InternVL3-9B", "Qwen2-VL-7B-Inst"])
def test_a_published_row_is_what_its_tasks_add_up_to(studio: Studio, name: str) -> None:
    """By one metric there is nothing printed to copy: the totals are worked out, and their mean is the printed one."""
    found = []
    for metric in ("em", "js"):
        board = studio.leaderboard(BoardAsked("mera", weighting="published", metric=metric))  # type: ignore[arg-type]
        row = next(row for row in rows(board, "published") if row.name == name)
        assert row.total is not None
        found.append(row.total.mean)
    assert sum(found) / 2 == pytest.approx(PRINTED[name].total, abs=1.5e-3)


def test_a_model_outside_table_6_has_its_modalities_and_no_total(studio: Studio) -> None:
    board = studio.leaderboard(BoardAsked("mera"))
    row = next(row for row in rows(board, "published") if row.name == "gemma-3-27b-it")
    assert (row.total, row.coverage, codes(row)) == (None, None, ["no_totals"])
    assert row.modalities["image"] is not None and row.modalities["image"].mean == 0.15
    assert "audio" not in row.modalities, "what is not in the tables is unknown, not 0"


def test_the_formula_weighs_published_modalities_equally(studio: Studio) -> None:
    board = studio.leaderboard(BoardAsked("mera"))
    row = next(row for row in rows(board, "published") if row.name == "Qwen3-Omni-30B-A3B-Inst")
    assert row.total is not None and row.total.mean == pytest.approx((0.554 + 0.561 + 0.41) / 3)


def test_the_demo_has_its_own_tasks_and_totals(studio: Studio) -> None:
    names = [info.name for info in studio.tasks() if info.suite == "demo"]
    keep_run(studio, "r1", "embedded", {name: [RIGHT, WRONG] for name in names[:3]}, judge="embedded@x")
    board = studio.leaderboard(BoardAsked())
    assert board.asked.suite == "demo"
    assert sorted(column.name for column in board.columns) == sorted(names)
    found = only(board)
    assert found.attempted is not None and found.attempted.mean == 0.5
    assert found.total is not None and found.remarks == (), "the judge that all rows have is the usual one"
    assert rows(board, "published") == rows(board, "baseline") == []


def test_other_tasks_stand_apart_and_have_no_totals(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"Мои котики": [RIGHT, WRONG]})
    board = studio.leaderboard(BoardAsked())
    assert (board.asked.suite, board.totalled) == ("other", False)
    found = only(board)
    assert found.cells["Мои котики"].measure is not None and found.total is None


def test_an_empty_studio_shows_what_is_published(studio: Studio) -> None:
    board = studio.leaderboard(BoardAsked())
    assert board.asked.suite == "mera" and len(board.columns) == 18
    assert {row.kind for row in board.rows} == {"baseline", "published"}


def test_one_imported_task_does_not_hide_the_suite_that_was_run_whole(tmp_path: Path) -> None:
    studio = board_studio(tmp_path)
    names = [info.name for info in studio.tasks() if info.suite == "demo"]
    keep_run(studio, "d1", "embedded", {name: [RIGHT] for name in names})
    keep_run(studio, "i1", "omni", {"ruTiE-Image": [RIGHT]}, kind="imported")
    keep_run(studio, "i2", "omni", {"thing": [RIGHT]}, kind="imported")
    assert studio.leaderboard(BoardAsked()).asked.suite == "demo"
    assert studio.leaderboard(BoardAsked("mera")).asked.suite == "mera", "what is asked for wins"
    studio.close()


def test_the_suite_of_the_most_complete_row_is_shown_and_mera_where_two_are_alike(tmp_path: Path) -> None:
    studio = board_studio(tmp_path)
    names = [info.name for info in studio.tasks() if info.suite == "demo"]
    keep_run(studio, "d1", "embedded", {names[0]: [RIGHT]})
    mera = [task.name for task in suite_tasks()]
    half = len(mera) // 2
    keep_run(studio, "m1", "our/model", {name: [RIGHT] for name in mera[:half]})
    assert studio.leaderboard(BoardAsked()).asked.suite == "mera"
    keep_run(studio, "d2", "embedded", {name: [RIGHT] for name in names})
    assert studio.leaderboard(BoardAsked()).asked.suite == "demo"
    keep_run(studio, "m2", "our/model", {name: [RIGHT] for name in mera[half:]})
    assert studio.leaderboard(BoardAsked()).asked.suite == "mera", "runs of one model count together"
    studio.close()


def test_an_unknown_suite_is_refused(studio: Studio) -> None:
    with pytest.raises(BadInput, match="unknown_suite"):
        studio.leaderboard(BoardAsked("nope"))


def test_published_tasks_are_all_tasks_of_the_suite() -> None:
    names = {task.name for task in suite_tasks()}
    assert all(suite_task(name) is not None and name in names for m in published_models() for name in m.tasks)
    assert len({model.name for model in published_models()}) == len(published_models())
