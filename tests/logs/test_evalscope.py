"""EvalScope's logs, made by EvalScope itself."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput
from studio.logs import rest_of
from studio.texts import describe
from tests.logs.reading import LOGS, copied, mean, only, read

FOLDER = LOGS / "evalscope"
REVIEW, PREDICTION = (
    "reviews/omni/general_vmcq_ruDemoWhich.jsonl",
    "predictions/omni/general_vmcq_ruDemoWhich.jsonl",
)


def changed(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    rows = [change(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def test_a_folder_is_one_log_and_the_subsets_of_ones_own_data_are_its_tasks():
    log, samples = only(FOLDER)
    assert (log.tool, log.version, log.model) == ("evalscope", "1.14.1", "omni")
    assert log.settings == {"batch_size": 2, "max_tokens": 80, "temperature": 0.0}
    assert log.rest["seed"] == 42
    assert {name: len(rows) for name, rows in samples.items()} == {
        "ruDemoWhich": 10,
        "mixed": 4,
        "ruDemoStickers": 10,
    }
    assert not log.remarks and len(log.files) == 9


def test_predictions_and_reviews_are_joined_by_their_index():
    _, samples = only(FOLDER)
    reviews = (FOLDER / REVIEW).read_text("utf-8").splitlines()
    golds = {json.loads(line)["index"]: json.loads(line)["target"] for line in reviews}
    rows = samples["ruDemoWhich"]
    assert [row.key for row in rows] == [str(index) for index in range(10)]
    assert [row.gold for row in rows] == [golds[index][0] for index in range(10)]
    first = rows[0]
    assert first.answer == "Вижу: квадрат слева внизу.\nПодходит слева внизу: C\nОТВЕТ C"
    assert first.own_scores == {"accuracy": 1.0} and first.own_extracted == {"accuracy": "C"}
    assert (first.prompt_tokens, first.completion_tokens, first.finish_reason) == (67, 14, "stop")
    assert first.prompt and "Изображение: <image>\nВопрос:\nГде лежит фигура?" in first.prompt


def test_pictures_in_the_log_are_media_and_paths_are_only_names():
    _, samples = only(FOLDER)
    (held,), (named,) = samples["ruDemoStickers"][0].media, samples["ruDemoWhich"][0].media
    assert held.data and held.data.startswith(b"\x89PNG")
    assert named.data is None and named.name == "ruDemoWhich/image0011.png"
    assert [sample.media[0].modality for sample in samples["mixed"][:3]] == ["audio", "video", "image"]


def test_scores_are_those_of_the_report():
    log, samples = only(FOLDER)
    tasks = {task.name: task.scores for task in log.tasks}
    assert mean(samples["ruDemoWhich"], "accuracy") == pytest.approx(tasks["ruDemoWhich"]["accuracy/mean"])
    for name in ("ruDemoStickers", "mixed"):
        for ours, theirs in {
            "Rouge-L-R": "rouge[statistic=recall,variant=l]/mean",
            "Rouge-1-F": "rouge[ngram=1,statistic=f1]/mean",
        }.items():
            assert mean(samples[name], ours) == pytest.approx(tasks[name][theirs], abs=1e-4)


def test_a_sample_that_the_tool_left_out_is_a_failure_and_not_nothing():
    log, samples = only(FOLDER)
    lost = samples["mixed"][3]
    assert lost.key == "3" and lost.answer is None and lost.problem and not lost.own_scores
    assert describe(lost.problem, "en").startswith("The request failed: evalscope counts such records")
    assert next(task.expected for task in log.tasks if task.name == "mixed") == 4


def test_unknown_fields_are_kept_and_media_are_not_kept_twice(tmp_path: Path):
    folder = copied(FOLDER, tmp_path / "logs")
    changed(folder / PREDICTION, lambda row: {**row, "brand_new": {"deep": 7}})
    changed(folder / REVIEW, lambda row: {**row, "newer": 8})
    _, samples = only(folder)
    kept = rest_of("evalscope", json.loads(samples["ruDemoWhich"][0].raw))
    assert kept["brand_new"] == {"deep": 7} and kept["newer"] == 8
    assert kept["sample_score"]["score"]["main_score_name"] == "accuracy"
    assert "messages" not in kept and "target" not in kept
    raw = samples["ruDemoStickers"][0].raw
    assert "data:image/png;base64, 3119 B" in raw and "iVBOR" not in raw


def test_predictions_without_reviews_have_no_gold_and_say_so(tmp_path: Path):
    folder = copied(FOLDER, tmp_path / "logs")
    (folder / REVIEW).unlink()
    log, samples = only(folder)
    assert samples["ruDemoWhich"][0].answer and samples["ruDemoWhich"][0].gold is None
    assert not samples["ruDemoWhich"][0].own_scores
    assert [describe(remark, "en") for remark in log.remarks] == [
        f"The task ruDemoWhich: there is nothing in reviews for {PREDICTION}, so gold and EvalScope's scores are not "
        "known."
    ]


def test_reviews_without_predictions_give_the_answers_that_they_quote(tmp_path: Path):
    folder = copied(FOLDER, tmp_path / "logs")
    (folder / PREDICTION).unlink()
    log, samples = only(folder)
    first = samples["ruDemoWhich"][0]
    assert (
        first.answer == "Вижу: квадрат слева внизу.\nПодходит слева внизу: C\nОТВЕТ C" and first.gold == "C"
    )
    assert first.prompt and "ОТВЕТ C" not in first.prompt
    assert [remark.code for remark in log.remarks] == ["log_no_predictions"]


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read(path)
    return describe(caught.value, "en")


def test_rows_that_do_not_fit_together_are_named(tmp_path: Path):
    folder = copied(FOLDER, tmp_path / "logs")
    path = folder / PREDICTION
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[1:]), "utf-8")
    lost = json.loads(lines[0])["index"]
    assert f"the record “{lost}” is not in {PREDICTION}" in refused(folder)
    path.write_text("".join([*lines, lines[0]]), "utf-8")
    assert f"{PREDICTION}, row 11: the record “{lost}” stood in row 1 already" in refused(folder)
    path.write_text("".join(lines)[:-50], "utf-8")
    assert f"{PREDICTION} breaks off at row 10" in refused(folder)
    path.write_text(lines[0] + json.dumps({"model": "omni"}) + "\n", "utf-8")
    assert f"{PREDICTION}, row 2: the field index should be int, and is NoneType" in refused(folder)


def test_reports_alone_and_broken_settings_are_refused(tmp_path: Path):
    folder = copied(FOLDER / "reports", tmp_path / "reports")
    assert "There are no answers of a model, only" in refused(folder)
    whole = copied(FOLDER, tmp_path / "whole")
    path = whole / "configs" / "task_config.yaml"
    path.write_text(path.read_text("utf-8") + "\nbroken: [\n", "utf-8")
    assert refused(whole).startswith("configs/task_config.yaml is not YAML")
    bomb = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(12))
    path.write_text("eval_backend: Native\neval_type: x\ndatasets: []\n" + bomb, "utf-8")
    assert refused(whole).startswith("configs/task_config.yaml is not YAML")
