"""An archive for the benchmark's site becomes a run; questions and gold come from the studio's own copy of the task."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput
from studio.core.run import RunSpec, Viewer
from studio.engines.scripted import ScriptedEngine
from studio.service import Studio
from studio.store import Store
from tests.support import RuleJudge, scripted_studio, write_task

GOLDS = ["кот", "пёс", "лес", "дом"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive that a studio packed out of a run over four records of WEIRD."""
    studio = scripted_studio(
        tmp_path / "first",
        ScriptedEngine({1: "ОТВЕТ кот", 2: "пёс", 3: "сад", 4: "ОТВЕТ дом"}),
        data=tmp_path / "none",
    )
    run = studio.wait(studio.start(RunSpec("our/model", (str(task(tmp_path)),))), timeout_s=60)
    studio.pack([run.id], tmp_path / "sent.zip", partial=True)
    studio.close()
    return tmp_path / "sent.zip"


def task(tmp_path: Path) -> Path:
    folder = tmp_path / "tasks" / "WEIRD"
    return folder if folder.exists() else write_task(folder, GOLDS)


def opened(home: Path, *tasks: Path) -> Studio:
    plain = scripted_studio(home, {}, data=home / "none")
    settings = replace(plain.settings, tasks=tasks)
    plain.close()
    return Studio(settings, Store(settings.db), judge=lambda name: RuleJudge())


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Studio]:
    studio = opened(tmp_path / "here", task(tmp_path))
    yield studio
    studio.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Studio]:
    studio = opened(tmp_path / "elsewhere")
    yield studio
    studio.close()


def written(path: Path, files: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, value in files.items():
            archive.writestr(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return path


def docs(*answers: Any) -> dict[str, Any]:
    return {"data": {"test": [{"outputs": text, "meta": {"id": n}} for n, text in enumerate(answers, 1)]}}


def test_answers_meet_the_studios_own_questions_gold_and_media(here, archive):
    (run,) = here.import_logs([archive])
    view = here.run(run.run)
    assert (view.tool, view.model, view.tasks, view.answered) == (
        "mera-submission",
        "our/model",
        ("WEIRD",),
        4,
    )
    assert view.em.mean == pytest.approx(0.75) and not run.remarks
    card = here.card(run.run, here.queue(run.run).rows[0].sample_id)
    assert (card.gold, card.answer, card.question) == ("кот", "ОТВЕТ кот", "Что на картинке номер 0?")
    assert card.media[0].file and card.log and card.log.place == "sent.zip/WEIRD.json:1"
    assert (card.finish_reason, card.completion_tokens) == (None, None)


def test_without_a_copy_questions_and_gold_are_not_in_the_log(elsewhere, archive):
    (run,) = elsewhere.import_logs([archive])
    assert [remark.code for remark in run.remarks] == ["log_no_copy"]
    view = elsewhere.run(run.run)
    assert (view.answered, view.em.n, view.em.unscored) == (4, 4, 4)
    card = elsewhere.card(run.run, elsewhere.queue(run.run).rows[0].sample_id)
    assert (card.gold, card.prompt, card.media, card.answer) == (None, "", (), "ОТВЕТ кот")


def test_a_copy_that_lacks_a_record_is_not_taken_for_the_right_one(here, tmp_path):
    path = written(tmp_path / "other.zip", {"WEIRD.json": docs("a", "b", "c", "d", "e")})
    (run,) = here.import_logs([path], model="somebody")
    assert [(remark.code, remark.values["n"]) for remark in run.remarks] == [("log_other_copy", 1)]
    assert here.run(run.run).em.unscored == 5


def test_a_visitors_answers_do_not_meet_private_gold(tmp_path):
    private = write_task(tmp_path / "tasks" / "LabTabVQA", ["А", "Б"], access="private")
    studio = opened(tmp_path / "here", private)
    path = written(tmp_path / "guess.zip", {"LabTabVQA.json": docs("А")})
    (run,) = studio.import_logs([path], Viewer("visitor"), model="m")
    assert [remark.code for remark in run.remarks] == ["log_no_copy"]
    assert (studio.run(run.run).em.scored, studio.run(run.run).em.unscored) == (0, 1)
    own = written(tmp_path / "own.zip", {"LabTabVQA.json": docs("А", "В")})
    assert studio.run(studio.import_logs([own], model="m")[0].run).em.mean == pytest.approx(0.5)
    studio.close()


def test_a_part_of_a_task_is_scored_as_far_as_it_goes(here, tmp_path):
    path = written(tmp_path / "part.zip", {"WEIRD.json": docs("кот", "пёс")})
    view = here.run(here.import_logs([path], model="somebody")[0].run)
    assert (view.planned, view.em.mean) == (2, 1.0)


def test_an_answer_that_is_no_text_is_a_failure(here, tmp_path):
    path = written(tmp_path / "odd.zip", {"WEIRD.json": docs("кот", None, ["дом"])})
    view = here.run(here.import_logs([path], model="somebody")[0].run)
    assert (view.answered, view.failed, view.em.mean) == (1, 2, 1.0)


def test_records_without_an_id_are_named(here, tmp_path):
    path = written(tmp_path / "x.zip", {"WEIRD.json": {"data": {"test": [{"outputs": "a", "meta": {}}]}}})
    with pytest.raises(BadInput, match=r"log_field: file=x\.zip/WEIRD\.json, row=1, field=meta\.id"):
        here.import_logs([path], model="m")


def test_an_archive_without_logs_asks_for_the_models_name(here, tmp_path):
    path = written(tmp_path / "x.zip", {"WEIRD.json": docs("a")})
    with pytest.raises(BadInput, match="log_no_model"):
        here.import_logs([path])


def test_parts_that_are_numbered_alike_stay_apart(elsewhere, tmp_path):
    value = docs("a", "b")
    value["data"]["test"] += docs("c")["data"]["test"]
    path = written(tmp_path / "x.zip", {"UniScienceVQA.json": value})
    run = elsewhere.import_logs([path], model="m")[0].run
    assert [row.key for row in elsewhere.queue(run).rows] == ["1", "2", "1#3"]
    assert elsewhere.run(run).tasks == ("UniScienceVQA",)


def test_unknown_fields_of_a_record_are_kept(here, tmp_path):
    value = docs("кот")
    value["data"]["test"][0] |= {"confidence": 0.5}
    path = written(tmp_path / "x.zip", {"WEIRD.json": value})
    run = here.import_logs([path], model="m")[0].run
    card = here.card(run, here.queue(run).rows[0].sample_id)
    assert card.log and card.log.rest == {"confidence": 0.5}
