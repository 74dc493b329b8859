"""lm-eval's logs, made by lm-eval itself, and the form that MERA's fork of it gives them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput
from studio.core.logs import Log, LoggedSample, LoggedTask
from studio.logs import open_logs, rest_of

LOGS = Path(__file__).parent / "lm-eval"
Edit = Callable[[dict[str, Any]], None]


def read(*paths: Path) -> list[tuple[Log, dict[str, list[LoggedSample]]]]:
    """The logs with all samples of each task."""
    with open_logs(paths) as opened:
        return [(log, {task.name: list(task.samples) for task in log.tasks}) for log in opened.logs]


def only(*paths: Path) -> tuple[Log, dict[str, list[LoggedSample]]]:
    (found,) = read(*paths)
    return found


def task(log: Log, name: str) -> LoggedTask:
    return next(task for task in log.tasks if task.name == name)


def edited(folder: Path, source: str, change: Edit, *, name: str = "") -> Path:
    """A copy of a samples file of lm-eval's in which every row is changed."""
    (path,) = (
        (LOGS / source).rglob("samples_*.jsonl") if not name else (LOGS / source).rglob(f"samples_{name}_*")
    )
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        change(row)
    target = folder / path.name
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return target


def test_a_run_of_a_group_is_one_log_with_its_model_version_and_time():
    log, samples = only(LOGS / "group")
    assert (log.tool, log.version, log.model) == ("lm-eval", "0.4.13", "omni")
    assert log.created_at == pytest.approx(1795321986.54) and log.seconds == pytest.approx(23.94, abs=0.01)
    assert log.settings["random_seed"] == 1234 and log.settings["limit"] == 8.0
    assert log.rest["model_source"] == "local-chat-completions"
    assert {name: len(rows) for name, rows in samples.items()} == {"demo_stickers": 8, "demo_which": 8}
    assert [file.name.partition("_")[0] for file in log.files] == [
        "omni/results",
        "omni/samples",
        "omni/samples",
    ]
    assert not log.remarks


def test_a_row_becomes_what_was_asked_answered_and_right():
    _, samples = only(LOGS / "group")
    first = samples["demo_which"][0]
    assert first.key == "11" and first.place.endswith(".jsonl:1")
    assert (
        first.prompt
        and "Где лежит фигура?\n\nA. слева вверху" in first.prompt
        and "{question}" not in first.prompt
    )
    assert first.question == "Где лежит фигура?"
    assert first.options == {
        "A": "слева вверху",
        "B": "справа вверху",
        "C": "слева внизу",
        "D": "справа внизу",
    }
    assert first.gold == "C" and first.answer and first.answer.endswith("ОТВЕТ C")
    assert first.categories == {"question_type": "place"}
    assert first.own_scores == {"exact_match,none": 0.0}
    assert json.loads(first.raw)["doc_id"] == 0


def test_what_the_log_does_not_say_is_not_there():
    _, samples = only(LOGS / "group")
    first = samples["demo_which"][0]
    assert (first.finish_reason, first.prompt_tokens, first.completion_tokens, first.latency_s) == (None,) * 4


def test_media_that_were_replaced_by_hashes_are_only_named():
    _, samples = only(LOGS / "group")
    (medium,) = samples["demo_which"][0].media
    assert (medium.key, medium.modality, medium.data) == ("image", "image", None)
    assert len(medium.name) == 64
    _, listed = only(LOGS / "list")
    assert listed["demo_several"][0].media[0].name.startswith("<PIL.PngImagePlugin.PngImageFile")


def test_several_filters_of_a_document_are_one_sample_with_the_scores_of_each():
    log, samples = only(LOGS / "group")
    first = samples["demo_stickers"][0]
    assert first.answer == "РАССУЖДЕНИЕ Цвет фиолетовый, всего 4.\nОТВЕТ фиолетовый"
    assert first.own_scores == {"exact_match,whole": 0.0, "exact_match,after-marker": 1.0}
    assert first.own_extracted == {"exact_match,after-marker": "фиолетовый"}
    assert [row["filter"] for row in json.loads(first.raw)] == ["whole", "after-marker"]
    assert task(log, "demo_stickers").scores == {"exact_match,whole": 0.0, "exact_match,after-marker": 0.875}


def test_gold_that_is_a_list_stays_one():
    _, samples = only(LOGS / "list")
    assert samples["demo_several"][0].gold == ("фиолетовый", "фиолетовый цвет")


def test_a_list_is_read_out_of_target_where_the_document_says_nothing(tmp_path):
    def bare(row: dict[str, Any]) -> None:
        row["doc"] = {"question": "?"}

    _, samples = only(edited(tmp_path, "list", bare))
    assert samples["demo_several"][0].gold == ("фиолетовый", "фиолетовый цвет")

    def written_so(row: dict[str, Any]) -> None:
        row["doc"] = {"question": "?", "answer": "['а', 'б']"}
        row["target"] = "['а', 'б']"

    _, samples = only(edited(tmp_path, "list", written_so))
    assert samples["demo_several"][0].gold == "['а', 'б']"


def test_of_a_choice_the_likeliest_is_the_answer_as_in_acc():
    log, samples = only(LOGS / "choice")
    rows = samples["demo_sums"]
    assert (rows[0].answer, rows[0].gold, rows[0].found) == ("5", "3", {"answer": "choice"})
    right = [row.answer == row.gold for row in rows]
    assert right == [row.own_scores["acc,none"] == 1.0 for row in rows]
    assert sum(right) / len(right) == task(log, "demo_sums").scores["acc,none"]
    assert rows[0].key == "0" and rows[0].prompt == "Вопрос: Сколько будет 1 + 2?\nОтвет:"


def test_where_the_beginnings_are_chosen_between_they_are_the_choices(tmp_path):
    def winogrande(row: dict[str, Any]) -> None:
        for number, request in enumerate(row["arguments"].values()):
            request["arg_0"], request["arg_1"] = f"Начало {number}", " и один конец"

    _, samples = only(edited(tmp_path, "choice", winogrande))
    first = samples["demo_sums"][0]
    assert (first.answer, first.gold) == ("Начало 2", "Начало 0")


@pytest.mark.parametrize(
    ("target", "acc", "gold"),
    [("0", 0.0, "3"), ("5", 1.0, "5"), ("3", 0.0, "6"), ("[0, 1]", 0.0, ("3", "4")), ("9", 0.0, None)],
)
def test_the_right_choice_is_named_by_number_or_by_its_text(tmp_path, target, acc, gold):
    """The likeliest is «5»; the choices are 3, 4, 5, 6. A number counts unless the harness's verdict contradicts."""

    def named(row: dict[str, Any]) -> None:
        row["target"], row["acc"] = target, acc

    _, samples = only(edited(tmp_path, "choice", named))
    assert samples["demo_sums"][0].gold == gold


def test_likelihoods_of_texts_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(BadInput, match="log_no_answers: task=demo_texts"):
        only(LOGS / "perplexity")
    (alone,) = (LOGS / "perplexity").rglob("samples_*")
    shutil.copy(alone, tmp_path)
    with pytest.raises(BadInput, match=r"log_no_answers_row: file=samples_demo_texts_.*, row=1"):
        only(tmp_path)


def test_a_task_without_answers_beside_others_is_left_out_and_named(tmp_path):
    for source in ("choice", "perplexity"):
        for path in (LOGS / source).rglob("*.json*"):
            shutil.copy(path, tmp_path)
    log, samples = only(tmp_path)
    assert list(samples) == ["demo_sums"]
    assert [(remark.code, remark.values["task"]) for remark in log.remarks] == [
        ("log_no_answers", "demo_texts")
    ]


# --- MERA's fork -----------------------------------------------------------------------------------------------


def test_predict_only_leaves_no_score_of_its_own(tmp_path):
    log, samples = only(LOGS / "predict_only")
    assert [task.scores for task in log.tasks] == [{}, {}]
    assert all(not row.own_scores for rows in samples.values() for row in rows)

    def forked(row: dict[str, Any]) -> None:
        row["bypass"] = 999

    _, samples = only(edited(tmp_path, "predict_only", forked, name="demo_which"))
    assert samples["demo_which"][0].own_scores == {}
    assert "bypass" not in rest_of("lm-eval", json.loads(samples["demo_which"][0].raw))


def test_turns_of_a_dialogue_get_the_ids_that_their_places_mean():
    _, samples = only(LOGS / "predict_only")
    assert [row.key for row in samples["rutie_vision_gen"]] == ["11", "12", "13", "511", "512", "513"]
    assert samples["rutie_vision_gen"][3].meta["dialog_id"] == 1


def test_a_target_that_waits_to_be_filled_is_no_gold(tmp_path):
    def forked(row: dict[str, Any]) -> None:
        row["target"] = "RUTIE_TARGET_0"

    _, samples = only(edited(tmp_path, "predict_only", forked, name="rutie_vision_gen"))
    assert samples["rutie_vision_gen"][0].gold == "C"


def test_private_records_have_no_gold_although_their_target_is_empty(tmp_path):
    def private(row: dict[str, Any]) -> None:
        row["target"] = row["doc"]["outputs"] = ""

    _, samples = only(edited(tmp_path, "predict_only", private, name="demo_which"))
    assert samples["demo_which"][0].gold is None


def test_the_answer_is_what_the_model_wrote_and_not_what_a_filter_left(tmp_path):
    def listed(row: dict[str, Any]) -> None:
        row["filtered_resps"] = [["C"]]

    _, samples = only(edited(tmp_path, "predict_only", listed, name="demo_which"))
    assert samples["demo_which"][0].answer == "Вижу: квадрат слева внизу.\nПодходит слева внизу: C\nОТВЕТ C"

    def without(row: dict[str, Any]) -> None:
        row["filtered_resps"], row["resps"] = [["C"]], []

    _, samples = only(edited(tmp_path, "predict_only", without, name="demo_which"))
    assert (samples["demo_which"][0].answer, samples["demo_which"][0].found) == ("C", {"answer": "filtered"})


def test_a_row_without_any_response_is_a_failure_and_no_wrong_answer(tmp_path):
    def silent(row: dict[str, Any]) -> None:
        row["filtered_resps"] = row["resps"] = []

    _, samples = only(edited(tmp_path, "predict_only", silent, name="demo_which"))
    first = samples["demo_which"][0]
    assert first.answer is None and first.problem is not None and first.problem.code == "no_answer"


def test_a_chat_with_media_inside_gives_the_media_and_their_places(tmp_path):
    def chat(row: dict[str, Any]) -> None:
        parts = [
            {"type": "text", "text": "Смотрите: "},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
            {"type": "text", "text": "\nЧто это?"},
        ]
        row["arguments"]["gen_args_0"]["arg_0"] = [
            {"role": "user", "content": "Ранее?"},
            {"role": "assistant", "content": "A"},
            {"role": "user", "content": parts},
        ]

    _, samples = only(edited(tmp_path, "predict_only", chat, name="demo_which"))
    first = samples["demo_which"][0]
    assert first.prompt == "Смотрите: <image>\nЧто это?"
    assert [(medium.modality, medium.data) for medium in first.media] == [("image", b"\x89PNG\r\n\x1a\n")]


def test_bytes_that_were_logged_as_python_prints_them_are_the_file(tmp_path):
    def printed(row: dict[str, Any]) -> None:
        row["doc"]["inputs"]["image"] = {"bytes": repr(b"\x89PNG\r\n\x1a\n..."), "path": None}

    _, samples = only(edited(tmp_path, "predict_only", printed, name="demo_which"))
    assert samples["demo_which"][0].media[0].data == b"\x89PNG\r\n\x1a\n..."


# --- files -----------------------------------------------------------------------------------------------------


def dated(folder: Path, date: str, *, answer: str = "", model: str = "") -> None:
    """The run `predict_only` of demo_which as if it had been made at another time."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (LOGS / "predict_only").rglob("*"):
        if path.is_file() and "rutie" not in path.name:
            text = path.read_text(encoding="utf-8")
            text = text.replace("ОТВЕТ C", f"ОТВЕТ {answer}") if answer else text
            text = text.replace('"model_name": "omni"', f'"model_name": "{model}"') if model else text
            (folder / path.name.replace("2026-11-22T04-33-56.319143", date)).write_text(
                text, encoding="utf-8"
            )


def test_the_newest_file_of_a_task_counts_and_the_older_is_named(tmp_path):
    """A date with zero microseconds is written without them, and still is a date."""
    dated(tmp_path, "2026-01-01T10-00-00", answer="X")
    dated(tmp_path, "2026-01-01T09-59-59.999999", answer="Y")
    log, samples = only(tmp_path)
    assert samples["demo_which"][0].answer and samples["demo_which"][0].answer.endswith("ОТВЕТ X")
    (remark,) = log.remarks
    assert remark.code == "log_older" and "09-59-59.999999" in remark.values["file"]
    assert len(log.files) == 2


def test_runs_of_different_settings_in_one_folder_are_not_mixed_silently(tmp_path):
    for source in ("list", "predict_only"):
        for path in (LOGS / source).rglob("*.json*"):
            shutil.copy(path, tmp_path)
    log, _ = only(tmp_path)
    assert {remark.values["setting"]: remark.values["found"] for remark in log.remarks} == {
        "config.limit": "4.0; 6.0"
    }


def test_models_and_folders_are_logs_of_their_own(tmp_path):
    dated(tmp_path / "one", "2026-01-01T10-00-00.5", model="first")
    dated(tmp_path / "one", "2026-01-02T10-00-00.5", model="second")
    dated(tmp_path / "two", "2026-01-02T10-00-00.5", model="second")
    assert sorted(log.model for log, _ in read(tmp_path)) == ["first", "second", "second"]


def test_samples_without_their_results_are_read_and_the_lack_is_told(tmp_path):
    (path,) = (LOGS / "list").rglob("samples_*")
    shutil.copy(path, tmp_path)
    log, samples = only(tmp_path / path.name)
    assert (log.model, log.version, log.created_at) == ("", "", None)
    assert [remark.code for remark in log.remarks] == ["log_no_results"] and len(samples["demo_several"]) == 4


def test_results_without_samples_are_refused():
    (path,) = (LOGS / "list").rglob("results_*")
    with pytest.raises(BadInput, match="log_no_samples"):
        only(path)


def test_a_renamed_file_is_known_by_its_content(tmp_path):
    (path,) = (LOGS / "list").rglob("samples_*")
    shutil.copy(path, tmp_path / "from a friend.txt")
    _, samples = only(tmp_path / "from a friend.txt")
    assert list(samples) == ["from a friend"]


def test_rows_in_one_list_are_read_as_older_releases_wrote_them(tmp_path):
    (path,) = (LOGS / "list").rglob("samples_*")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["arguments"] = [list(request.values()) for request in row["arguments"].values()]
        del row["filter"], row["metrics"]
    (tmp_path / "demo_several.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    _, samples = only(tmp_path)
    first = samples["demo_several"][0]
    assert (
        first.own_scores == {"exact_match": 0.0} and first.prompt and first.prompt.startswith("Что известно")
    )


def test_two_runs_in_one_file_are_refused_with_the_row(tmp_path):
    (path,) = (LOGS / "list").rglob("samples_*")
    (tmp_path / path.name).write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(
        BadInput, match=r"log_duplicate: file=samples_demo_several_.*, row=5, key=doc_id 0, first=1"
    ):
        only(tmp_path)


def test_a_row_that_was_cut_off_is_refused_with_its_number(tmp_path):
    (path,) = (LOGS / "list").rglob("samples_*")
    (tmp_path / path.name).write_bytes(path.read_bytes()[:-100])
    with pytest.raises(BadInput, match=r"log_cut: file=samples_demo_several_.*, row=4"):
        only(tmp_path)


def test_unknown_fields_of_rows_and_documents_are_kept_and_shown(tmp_path):
    def strange(row: dict[str, Any]) -> None:
        row["doc"]["shelf"], row["notes"] = 7, "из будущего"

    _, samples = only(edited(tmp_path, "list", strange))
    told = rest_of("lm-eval", json.loads(samples["demo_several"][0].raw))
    assert told["doc.shelf"] == 7 and told["notes"] == "из будущего"
    assert told["gen_kwargs"]["max_gen_toks"] == 64


def test_likelihoods_of_all_choices_are_shown():
    _, samples = only(LOGS / "choice")
    told = rest_of("lm-eval", json.loads(samples["demo_sums"][0].raw))
    assert told["loglikelihood"] == pytest.approx({"3": -5.93, "4": -3.54, "5": -1.92, "6": -24.45}, abs=0.01)
    assert told["doc.choices"] == ["3", "4", "5", "6"]


def test_rows_can_be_gone_through_twice():
    with open_logs([LOGS / "choice"]) as opened:
        (task,) = opened.logs[0].tasks
        assert list(task.samples) == list(task.samples)
