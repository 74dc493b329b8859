"""Logs become runs that can be browsed, judged, exported and deleted like any other; the same log is the same run."""

import base64
import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.run import OWNER, RunSpec, SampleCard, SampleFilter, Viewer
from studio.service import Studio
from studio.service.importing import VISITOR_FILES
from tests.support import RuleJudge, scripted_studio, write_task

LOGS = Path(__file__).parent.parent / "logs" / "lm-eval"
VISITOR = Viewer("visitor")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    opened = scripted_studio(tmp_path / "home", {}, judge=RuleJudge())
    yield opened
    opened.close()


def imported(studio: Studio, *paths: Path, **more: Any) -> str:
    (run,) = studio.import_logs(paths, **more)
    return run.run


def cards(studio: Studio, run_id: str, viewer: Viewer = OWNER) -> list[SampleCard]:
    rows = studio.queue(run_id, limit=100).rows
    return [studio.card(run_id, row.sample_id, viewer) for row in rows]


def copied(target: Path, source: str, **changes: str) -> Path:
    """A folder of logs, words in it replaced."""
    shutil.copytree(LOGS / source, target)
    for path in target.rglob("*.json*"):
        text = path.read_text(encoding="utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    return target


def broken(folder: Path, source: str) -> Path:
    """The log with the last row of its last file cut off."""
    target = copied(folder, source)
    path = sorted(target.rglob("samples_*"))[-1]
    path.write_bytes(path.read_bytes()[:-50])
    return target


def test_a_log_becomes_a_run_with_our_scores(studio):
    view = studio.run(imported(studio, LOGS / "group", title="чужой прогон"))
    assert (view.kind, view.state, view.tool) == ("imported", "done", "lm-eval")
    assert (view.model, view.title, view.planned, view.answered) == ("omni", "чужой прогон", 16, 16)
    assert view.tasks == ("demo_stickers", "demo_which")
    assert view.em.mean == pytest.approx(0.75) and view.js.n == 0
    assert view.seconds == pytest.approx(23.94, abs=0.01)


def test_the_same_content_a_second_time_changes_nothing_and_says_so(studio, tmp_path):
    first = imported(studio, LOGS / "group")
    before = [studio.run(first), studio.queue(first)]
    (again,) = studio.import_logs(
        [shutil.copytree(LOGS / "group", tmp_path / "elsewhere")], model="другое имя"
    )
    assert (again.run, again.new, again.samples) == (first, False, 16)
    assert [studio.run(first), studio.queue(first)] == before
    assert len(studio.runs()) == 1


def test_other_answers_are_another_run(studio, tmp_path):
    first = imported(studio, LOGS / "group")
    second = imported(studio, copied(tmp_path / "other", "group", фиолетовый="лиловый"))
    assert first != second and len(studio.runs()) == 2


def test_the_card_holds_what_the_log_said_beside_our_scores(studio):
    card = cards(studio, imported(studio, LOGS / "group"))[0]
    assert card.em and card.em.value == 1.0 and card.em.version.startswith("studio-")
    assert card.log and (card.log.tool, card.log.version) == ("lm-eval", "0.4.13")
    assert [(score.scorer, score.version, score.value) for score in card.log.scores] == [
        ("lm-eval:exact_match,whole", "lm-eval@0.4.13", 0.0),
        ("lm-eval:exact_match,after-marker", "lm-eval@0.4.13", 1.0),
    ]
    assert card.log.scores[1].extracted == "фиолетовый"
    assert card.log.place.endswith(".jsonl:1") and card.log.rest["gen_kwargs"]["max_gen_toks"] == 64


def test_what_is_not_in_the_log_is_told_and_not_guessed(studio):
    card = cards(studio, imported(studio, LOGS / "group"))[0]
    assert (card.finish_reason, card.completion_tokens, card.latency_s, card.ttft_s) == (None,) * 4
    (medium,) = card.media
    assert medium.file is None and medium.problem and medium.problem.code == "media_not_in_log"
    assert len(medium.problem.values["name"]) == 64


def test_media_inside_the_log_are_shown_like_our_own(studio, tmp_path):
    picture = Path("data/demo/ruDemoWhich/samples/image0011.png").read_bytes()
    folder = copied(tmp_path / "with media", "list")
    (path,) = folder.rglob("samples_*")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["doc"]["inputs"]["image"] = {"bytes": repr(picture)}
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    run_id = imported(studio, folder)
    (medium,) = cards(studio, run_id)[0].media
    assert medium.file and (studio.media_dir / medium.file).is_file()
    assert len(list((tmp_path / "home" / "logged").rglob("*.png"))) == 1
    studio.delete(run_id)
    assert not list((tmp_path / "home" / "logged").rglob("*.png"))


def test_a_likeliest_choice_says_so(studio):
    card = cards(studio, imported(studio, LOGS / "choice"))[0]
    assert (card.answer, card.modality, card.media) == ("5", "text", ())
    assert card.log and card.log.found == {"answer": "choice"}


def test_a_name_of_mera_means_its_task(studio):
    view = studio.run(imported(studio, LOGS / "predict_only"))
    assert view.tasks == ("demo_which", "ruTiE-Image")
    (measure,) = studio.measures(view.id, "fixed") or (None,)
    assert measure is None or measure.task == "ruTiE-Image"


def test_text_is_found_in_questions_answers_and_gold(studio):
    run_id = imported(studio, LOGS / "group")
    assert studio.queue(run_id, SampleFilter(text="ЛЕЖИТ ФИГУРА")).total > 0
    assert studio.queue(run_id, SampleFilter(text="фиолетовый", task="demo_stickers")).total > 0
    assert studio.queue(run_id, SampleFilter(category="question_type=place")).total > 0
    assert studio.confusions(run_id)[-1].counts["unscored"] == 16


def test_answers_are_judged_when_asked_and_only_then(studio):
    run_id = imported(studio, LOGS / "group")
    assert studio.run(run_id).resumable
    studio.import_logs([LOGS / "group"], judge="rule")
    view = studio.wait(run_id, timeout_s=30)
    assert (view.js.n, view.judge, view.unjudged) == (16, "rule@r1", 0)
    assert not view.resumable and view.seconds == pytest.approx(23.94, abs=0.01)


def test_resuming_asks_the_judge_and_nobody_else(studio, tmp_path):
    folder = copied(tmp_path / "silent", "list")
    (path,) = folder.rglob("samples_*")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows[0]["resps"] = rows[0]["filtered_resps"] = []
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    run_id = imported(studio, folder)
    assert studio.run(run_id).failed == 1
    studio.resume(run_id)
    view = studio.wait(run_id, timeout_s=30)
    assert (view.state, view.failed, view.js.scored, view.em.failed) == ("done", 1, 3, 1)


def test_an_exported_run_holds_the_rows_and_opens_in_plain_sqlite(studio, tmp_path):
    file = studio.export(imported(studio, LOGS / "group"), tmp_path / "run.sqlite")
    with sqlite3.connect(file) as db:
        assert db.execute("SELECT COUNT(*), SUM(em) FROM v_samples").fetchone() == (16, 12.0)
        assert db.execute("SELECT tool, version FROM logs").fetchone() == ("lm-eval", "0.4.13")
        assert db.execute("SELECT COUNT(*) FROM log_rows WHERE length(raw) > 0").fetchone() == (16,)
        assert db.execute("SELECT COUNT(*) FROM scores WHERE scorer LIKE 'lm-eval:%'").fetchone() == (24,)
    db.close()


def test_rows_of_a_private_task_do_not_leave_and_are_not_shown_to_visitors(studio, tmp_path):
    folder = copied(tmp_path / "private", "predict_only")
    for path in folder.rglob("*demo_which*"):
        path.unlink()
    results = next(folder.rglob("results_*"))
    text = results.read_text(encoding="utf-8").replace("rutie_vision_gen", "weird")
    results.write_text(text, encoding="utf-8")
    path = next(folder.rglob("samples_rutie*"))
    path.rename(path.with_name(path.name.replace("rutie_vision_gen", "labtabvqa")))
    run_id = imported(studio, folder)
    assert studio.run(run_id).tasks == ("LabTabVQA",)
    visitor = cards(studio, run_id, VISITOR)[0]
    assert visitor.gold_hidden and visitor.log is None and visitor.gold is None
    file = studio.export(run_id, tmp_path / "run.sqlite")
    with sqlite3.connect(file) as db:
        assert db.execute("SELECT COUNT(*) FROM log_rows WHERE length(raw) > 0").fetchone() == (0,)
        assert db.execute("SELECT COUNT(*) FROM samples WHERE gold IS NOT NULL").fetchone() == (0,)
    db.close()


def test_a_deleted_import_leaves_nothing_and_can_be_imported_again(studio):
    run_id = imported(studio, LOGS / "group")
    studio.delete(run_id)
    db = studio._store.db
    assert [
        db.scalar(f"SELECT COUNT(*) FROM {table}")
        for table in ("task_categories", "samples", "logs", "log_rows")
    ] == [0] * 4
    assert imported(studio, LOGS / "group") == run_id


def test_a_deleted_tasks_number_is_not_given_to_another(studio):
    first = imported(studio, LOGS / "choice")
    studio.scores(first)
    studio.delete(first)
    second = imported(studio, LOGS / "list")
    assert [score.task for score in studio.scores(second)] == ["demo_several", ""]
    assert studio.run(second).tasks == ("demo_several",)


def test_two_runs_over_the_same_questions_share_them(studio, tmp_path):
    first = imported(studio, LOGS / "choice")
    other = copied(tmp_path / "other", "choice", **{'"model_name": "omni"': '"model_name": "omega"'})
    second = imported(studio, other)
    samples = [{row.sample_id for row in studio.queue(run).rows} for run in (first, second)]
    assert samples[0] == samples[1] and first != second
    studio.delete(first)
    assert len(cards(studio, second)) == 8


def test_a_log_that_breaks_off_leaves_no_run(studio, tmp_path):
    with pytest.raises(BadInput, match="log_cut"):
        studio.import_logs([broken(tmp_path / "cut", "group")])
    assert studio.runs() == []
    assert studio._store.db.scalar("SELECT COUNT(*) FROM samples") == 0


def test_a_log_with_more_rows_than_it_says_is_refused(studio, tmp_path):
    folder = copied(tmp_path / "count", "choice", **{'"effective": 8': '"effective": 7'})
    with pytest.raises(
        BadInput, match=r"log_count: task=demo_sums, expected=7, file=omni/samples_.*, found=8"
    ):
        studio.import_logs([folder])


def test_a_nameless_model_is_asked_for(studio, tmp_path):
    (path,) = (LOGS / "list").rglob("samples_*")
    with pytest.raises(BadInput, match="log_no_model"):
        studio.import_logs([path])
    assert studio.run(imported(studio, path, model="чья-то модель")).model == "чья-то модель"


def test_an_import_that_was_killed_is_found_and_done_again(studio, tmp_path):
    run_id = imported(studio, LOGS / "group")
    with studio._store.db.write() as connection:
        connection.execute("DELETE FROM run_samples WHERE number > 3")
        connection.execute(
            "UPDATE runs SET state = 'running', owner = 'host:1:0', heartbeat = 1, resolved ="
            " json_remove(resolved, '$.log.samples')"
        )
    studio._desk.reap(force=True)
    assert studio.run(run_id).state == "interrupted"
    (again,) = studio.import_logs([LOGS / "group"])
    assert (again.run, again.new, studio.run(run_id).answered) == (run_id, True, 16)


def test_an_import_that_goes_on_is_not_begun_twice(studio):
    second: list[Exception] = []

    def meanwhile(task: str, rows: int) -> None:
        def attempt() -> None:
            try:
                studio.import_logs([LOGS / "group"])
            except BadInput as error:
                second.append(error)

        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()

    studio.import_logs([LOGS / "group"], on_progress=meanwhile)
    assert second and "log_going_on" in str(second[0])
    assert len(studio.runs()) == 1 and studio.runs()[0].answered == 16


def test_two_forms_of_one_task_in_a_log_stay_apart(studio, tmp_path):
    """The original's search for ruTiE's log also finds that of its form without a history."""
    folder = copied(tmp_path / "forms", "predict_only")
    path = next(folder.rglob("samples_rutie*"))
    shutil.copy(path, path.with_name(path.name.replace("rutie_vision_gen", "rutie_vision")))
    (run,) = studio.import_logs([folder])
    assert run.tasks == ("demo_which", "ruTiE-Image", "rutie_vision_gen")
    (remark,) = [each for each in run.remarks if each.code == "log_task_again"]
    assert remark.values == {"task": "rutie_vision_gen", "name": "rutie_vision_gen"}
    assert studio.run(run.run).answered == 18


def test_a_broken_task_after_a_good_one_leaves_nothing_of_either(studio, tmp_path):
    folder = broken(tmp_path / "cut", "predict_only")  # its second task
    with pytest.raises(BadInput, match="log_cut"):
        studio.import_logs([folder])
    db = studio._store.db
    assert studio.runs() == []
    assert [
        db.scalar(f"SELECT COUNT(*) FROM {table}") for table in ("task_categories", "samples", "generations")
    ] == [0] * 3


# --- visitors -----------------------------------------------------------------------------------------------------


def test_a_visitor_may_import_a_small_log(studio):
    (run,) = studio.import_logs([LOGS / "group" / "omni"], VISITOR)
    assert studio.run(run.run).answered == 16


def test_a_visitors_upload_has_its_limits(studio, tmp_path):
    big = tmp_path / "big.jsonl"
    with big.open("wb") as file:
        file.truncate(VISITOR_FILES + 2**20)
    with pytest.raises(NotAllowed, match="visitor_log_large"):
        studio.import_logs([big], VISITOR)


def test_visitors_together_cannot_fill_the_disk(studio, tmp_path):
    studio.import_logs([LOGS / "group"], VISITOR)
    with studio._store.db.write() as connection:
        connection.execute("UPDATE logs SET size = 1073741824")
    (path,) = (LOGS / "choice").rglob("samples_*")
    with pytest.raises(NotAllowed, match="visitor_logs_full"):
        studio.import_logs([path], VISITOR, model="m")
    assert studio.import_logs([path], model="m")[0].new


def packed_log(path: Path) -> int:
    """Inspect's log of one long question, well packed; its bytes when unpacked."""
    header = {
        "version": 2,
        "status": "started",
        "eval": {"task": "t", "model": "m", "created": "2026-01-01T00:00:00+00:00"},
    }
    sample = {"id": 1, "epoch": 1, "input": "а" * 500_000, "target": "a", "output": {"choices": []}}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("header.json", json.dumps(header))
        archive.writestr("samples/1_epoch_1.json", json.dumps(sample, ensure_ascii=False))
        return sum(info.file_size for info in archive.infolist())


def test_visitors_logs_count_unpacked(studio, tmp_path, monkeypatch):
    unpacked = packed_log(tmp_path / "a.eval")
    assert (tmp_path / "a.eval").stat().st_size * 100 < unpacked
    monkeypatch.setattr("studio.service.importing.VISITORS_TOGETHER", unpacked - 1)
    with pytest.raises(NotAllowed, match="visitor_logs_full"):
        studio.import_logs([tmp_path / "a.eval"], VISITOR)
    monkeypatch.setattr("studio.service.importing.VISITORS_TOGETHER", unpacked)
    studio.import_logs([tmp_path / "a.eval"], VISITOR)
    assert studio._store.imports.visitors_bytes() == unpacked


def copied_log(folder: Path, task: Path, prompt: str) -> Path:
    """A log of lm-eval over all records of a task, media included, that claims another prompt."""
    rows = []
    for number, record in enumerate(json.loads((task / "test.json").read_text(encoding="utf-8"))["data"]):
        picture = base64.b64encode((task / record["inputs"]["image"]).read_bytes()).decode()
        record["inputs"]["image"] = f"data:image/png;base64,{picture}"
        rows.append(
            {"doc_id": number, "doc": record, "target": record["outputs"], "filter": "none",
             "arguments": {"gen_args_0": {"arg_0": prompt, "arg_1": {}}}, "resps": [["x"]],
             "filtered_resps": ["x"]}
        )  # fmt: skip
    path = folder / f"samples_{task.name}_2026-11-22T04-33-17.141991.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("access", ["public", "private"])
def test_a_log_of_a_tasks_very_records_is_never_taken_for_the_task(studio, tmp_path, access):
    task = write_task(tmp_path / "Animals", ["кот", "пёс"], access=access)
    studio.import_logs([copied_log(tmp_path, task, "чужой промпт")], VISITOR, model="m")
    run = studio.wait(studio.start(RunSpec("our/m", (str(task),))), timeout_s=30)
    card = cards(studio, run.id, VISITOR)[0]
    assert "Что на картинке" in card.prompt and "чужой" not in card.prompt
    assert card.gold_hidden == (access == "private") and card.gold == (None if access == "private" else "кот")


def test_two_logs_of_one_task_with_other_prompts_stay_apart(studio, tmp_path):
    task = write_task(tmp_path / "Animals", ["кот", "пёс"])
    first = imported(studio, copied_log(tmp_path, task, "один"), model="m")
    second = imported(studio, copied_log(tmp_path, task, "другой"), model="m")
    assert [cards(studio, run)[0].prompt for run in (first, second)] == ["один", "другой"]


def test_a_visitor_does_not_steer_a_run_of_somebody_else(studio):
    run_id = imported(studio, LOGS / "group")
    studio.import_logs([LOGS / "group"], VISITOR, judge="rule")
    view = studio.wait(run_id, timeout_s=30)
    assert view.resumable and view.js.n == 0


def test_a_visitors_own_log_is_judged_when_it_is_sent_again(studio):
    visitor = Viewer("visitor", "this browser")
    run_id = imported(studio, LOGS / "group", viewer=visitor)
    studio.import_logs([LOGS / "group"], visitor, judge="rule")
    assert studio.wait(run_id, timeout_s=30).js.n == 16


def test_a_models_name_is_as_long_as_a_name(studio, tmp_path):
    folder = copied(tmp_path / "long", "choice", **{'"model_name": "omni"': f'"model_name": "{"ы" * 5000}"'})
    assert studio.run(imported(studio, folder)).model == "ы" * 200
