"""VLMEvalKit's logs, made by ms-vlmeval, the release of it that the package index has."""

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from studio.core.errors import BadInput
from studio.logs import rest_of
from studio.texts import describe
from tests.logs.reading import LOGS, copied, mean, only, read

FOLDER = LOGS / "vlmevalkit"
TABLE = "omni_ruDemoWhich.xlsx"


def book(path: Path, rows: list[list[Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_a_folder_is_one_log_with_model_settings_and_time():
    log, samples = only(FOLDER / "xlsx")
    assert (log.tool, log.version, log.model) == ("vlmevalkit", "", "omni")
    assert log.created_at == pytest.approx(1795323052.09, abs=0.01)
    assert log.settings["temperature"] == "0" and log.settings["data"] == ["ruDemoWhich", "ruDemoStickers"]
    assert "key" not in log.settings
    assert {name: len(rows) for name, rows in samples.items()} == {"ruDemoStickers": 10, "ruDemoWhich": 10}
    assert not log.remarks


@pytest.mark.parametrize(("form", "n"), [("xlsx", 10), ("tsv", 4), ("json", 4)])
def test_the_three_forms_of_a_table_say_the_same(form: str, n: int):
    _, samples = only(FOLDER / form)
    assert len(samples["ruDemoWhich"]) == n
    second = samples["ruDemoWhich"][1]
    assert (second.key, second.question, second.gold) == ("12", "Какая фигура слева?", "A")
    assert second.answer == "Цвет чёрный, справа треугольник.\nОТВЕТ треугольник"
    assert second.options == {"A": "круг", "B": "квадрат", "C": "треугольник", "D": "звезда"}
    assert second.categories == {"category": "side"} and second.prompt is None
    assert second.place.startswith(f"omni/omni_ruDemoWhich.{form}:")


def test_scores_are_those_of_the_tools_own_summary():
    for form in ("xlsx", "tsv"):
        log, samples = only(FOLDER / form)
        scores = next(task.scores for task in log.tasks if task.name == "ruDemoWhich")
        rows = samples["ruDemoWhich"]
        assert mean(rows, "hit") == pytest.approx(scores["split=none|Overall"])
        sides = [row for row in rows if row.categories["category"] == "side"]
        assert mean(sides, "hit") == pytest.approx(scores["split=none|side"])


def test_without_a_status_the_scores_are_those_of_the_csv_and_the_model_is_the_folders(tmp_path: Path):
    folder = copied(FOLDER / "xlsx", tmp_path / "logs")
    (folder / "omni" / "status.json").unlink()
    log, _ = only(folder)
    assert log.model == "omni"
    assert next(task.scores for task in log.tasks if task.name == "ruDemoWhich")["split=none|Overall"] == 0.2


def test_a_lone_table_does_not_tell_its_model(tmp_path: Path):
    shutil.copy(FOLDER / "xlsx" / "omni" / TABLE, tmp_path / TABLE)
    log, samples = only(tmp_path / TABLE)
    assert log.model == "" and list(samples) == ["omni_ruDemoWhich"]


def test_pictures_come_from_the_datasets_own_table():
    log, samples = only(FOLDER / "xlsx", FOLDER / "data")
    for rows in samples.values():
        for row in rows:
            assert row.media[0].data and row.media[0].data.startswith(b"\x89PNG")
    assert {file.name for file in log.files} >= {"ruDemoWhich.tsv", "ruDemoStickers.tsv"}
    _, alone = only(FOLDER / "xlsx")
    assert not alone["ruDemoWhich"][0].media


def test_a_failed_request_is_a_failure():
    _, samples = only(FOLDER / "xlsx")
    failed = next(row for row in samples["ruDemoStickers"] if row.key == "15")
    assert failed.answer is None and failed.problem
    assert describe(failed.problem, "en").endswith("Failed to obtain answer via API.")


def test_numbers_formulas_and_empty_cells_are_taken_as_they_were_meant(tmp_path: Path):
    rows = [
        ["index", "question", "answer", "prediction"],
        [1, "?", 3.0, "=2+2"],
        [2, "?", 4, 4],
        [3, "?", "x", None],
    ]
    path = book(tmp_path / "m" / "m_t.xlsx", rows)
    first, second, third = only(path.parent.parent)[1]["t"]
    assert (first.gold, first.answer) == ("3", "=2+2")
    assert (second.gold, second.answer) == ("4", "4")
    assert third.answer is None and third.problem


def test_an_answer_as_long_as_a_cell_is_said_to_be_cut(tmp_path: Path):
    path = book(tmp_path / "m" / "m_t.xlsx", [["index", "prediction"], [1, "а" * 32_767], [2, "а"]])
    cut, whole = only(path.parent.parent)[1]["t"]
    assert cut.found == {"answer": "cell"} and whole.found == {}


def test_a_picture_may_be_that_of_another_row_or_several(tmp_path: Path):
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "m_t.tsv").write_text("index\tprediction\n1\ta\n2\tb\n3\tc\n", "utf-8")
    picture = "iVBORw0KGgo" + "A" * 93
    table = f"index\timage\tquestion\n1\t{picture}\t?\n2\t1\t?\n3\t['{picture}', '{picture}']\t?\n"
    (tmp_path / "t.tsv").write_text(table, "utf-8")
    first, second, third = only(tmp_path)[1]["t"]
    assert first.media == second.media and first.media[0].data
    assert [medium.key for medium in third.media] == ["image_1", "image_2"]


def test_unknown_columns_are_kept(tmp_path: Path):
    path = book(
        tmp_path / "m" / "m_t.xlsx", [["index", "prediction", "brand new", "hit"], [1, "a", "seven", 1]]
    )
    (sample,) = only(path.parent.parent)[1]["t"]
    assert rest_of("vlmevalkit", json.loads(sample.raw)) == {"brand new": "seven"}
    assert sample.own_scores == {"hit": 1.0}


def refused(*paths: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read(*paths)
    return describe(caught.value, "en")


def test_a_table_with_other_columns_is_refused_by_name_or_left_out(tmp_path: Path):
    other = book(tmp_path / "other.xlsx", [["name", "price"], ["a", 1]])
    assert refused(other).startswith(
        "The table other.xlsx lacks the columns index, prediction; it has name, price."
    )
    book(tmp_path / "m" / "m_t.xlsx", [["index", "prediction"], [1, "a"]])
    log, _ = only(tmp_path)
    assert [describe(remark, "en") for remark in log.remarks] == [
        "The table other.xlsx was left out: it holds no predictions."
    ]


def test_broken_tables_are_named_with_their_row(tmp_path: Path):
    (tmp_path / "m").mkdir()
    path = tmp_path / "m" / TABLE
    path.write_bytes((FOLDER / "xlsx" / "omni" / TABLE).read_bytes()[:3000])
    assert refused(tmp_path).startswith(f"The table m/{TABLE} cannot be opened")
    path.unlink()
    table = tmp_path / "m" / "m_t.tsv"
    table.write_text('index\tprediction\n1\ta\n2\t"b', "utf-8")
    assert "m/m_t.tsv breaks off at row 3" in refused(tmp_path)
    table.write_text("index\tprediction\n1\ta\n2\n", "utf-8")
    assert "m/m_t.tsv, row 3: 1 cells" in refused(tmp_path)
    table.write_text("index\tprediction\n1\ta\n1\tb\n", "utf-8")
    assert "m/m_t.tsv, row 3: the record “1” stood in row 2 already" in refused(tmp_path)
    table.write_text("index\tprediction\n\ta\n", "utf-8")
    assert "m/m_t.tsv, row 2: the field index should be number" in refused(tmp_path)


def test_results_that_the_predictions_lack_are_named(tmp_path: Path):
    book(tmp_path / "m" / "m_t.xlsx", [["index", "prediction"], [1, "a"]])
    book(tmp_path / "m" / "m_t_judge_result.xlsx", [["index", "prediction", "hit"], [1, "a", 1], [2, "b", 0]])
    assert refused(tmp_path).startswith(
        "m/m_t_judge_result.xlsx, row 3: the record “2” is not in m/m_t.xlsx."
    )


def test_the_datasets_table_alone_is_refused():
    assert refused(FOLDER / "data").startswith("There are no answers of a model, only")
