"""Runs become an archive that the check finds fit; what they lack, and what must not leave, stays out of it."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from studio.core.content import MediaUse
from studio.core.engine import Request, Settings
from studio.core.errors import BadInput
from studio.core.run import RunSpec
from studio.core.submission import Defect, Packed
from studio.engines.scripted import ScriptedEngine
from studio.service import Studio
from studio.settings import Settings as Installed
from studio.store import Store
from studio.tasks import suite_tasks
from tests.people import finished
from tests.support import RuleJudge, scripted_studio, write_task
from tests.tasks.mera_copies import COPIES, N, write_copy

GOLD = "выхухоль"


@pytest.fixture
def studio(tmp_path: Path) -> Any:
    opened = scripted_studio(tmp_path / "home", answer, data=tmp_path / "no-demo")
    yield opened
    opened.close()


def answer(request: Request) -> str:
    """The number of the question, after two blanks."""
    text = "".join(getattr(part, "text", "") for part in request.message)
    return f"  ответ {text.partition('номер ')[2].partition('?')[0]}"


def ran(studio: Studio, folder: Path, **asked: Any) -> str:
    return studio.wait(studio.start(RunSpec("our/model", (str(folder),), **asked)), timeout_s=60).id


def task(tmp_path: Path, name: str, n: int = 4, **more: Any) -> Path:
    return write_task(tmp_path / name, [GOLD] * n, **more)


def files(archive: Path | io.BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def logs(archive: Path) -> dict[str, bytes]:
    return files(io.BytesIO(files(archive)["logs_public.zip"]))


def defects(packed: Packed, code: str) -> list[Defect]:
    return [defect for defect in packed.report.defects if defect.code == code]


def test_a_whole_task_becomes_an_archive_that_is_fit(studio: Studio, tmp_path: Path) -> None:
    run = ran(studio, task(tmp_path, "LabTabVQA", 339, access="private", first_id=0))
    packed = studio.pack([run], tmp_path / "model.zip", partial=True)
    assert packed.report.fit and packed.report.settings_known
    assert {defect.code for defect in packed.report.defects} == {"no_task"}
    made = files(tmp_path / "model.zip")
    assert made.keys() == {"LabTabVQA.json", "logs_public.zip"}
    assert made["LabTabVQA.json"].decode().startswith('{\n    "data": {\n        "test": [\n            {\n')
    docs = json.loads(made["LabTabVQA.json"])["data"]["test"]
    assert docs[7] == {"outputs": "  ответ 7", "meta": {"id": 7}} and len(docs) == 339


def test_the_same_runs_give_the_same_bytes(studio: Studio, tmp_path: Path) -> None:
    runs = [ran(studio, task(tmp_path, name)) for name in ("WEIRD", "ruCLEVR")]
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    studio.pack(runs, first)
    studio.pack(runs[::-1], second)
    assert first.read_bytes() == second.read_bytes()


def test_the_logs_are_those_of_the_harness(studio: Studio, tmp_path: Path) -> None:
    run = ran(studio, task(tmp_path, "WEIRD"), settings=Settings(max_new_tokens=64))
    studio.pack([run], tmp_path / "model.zip")
    named = logs(tmp_path / "model.zip")
    results_name, samples_name = sorted(named)
    date = r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}"
    assert re.fullmatch(rf"results_{date}\.json", results_name)
    assert re.fullmatch(rf"samples_weird_{date}\.jsonl", samples_name)
    lines = [json.loads(line) for line in named[samples_name].decode().splitlines()]
    assert [line["filtered_resps"] for line in lines] == [[f"  ответ {n}"] for n in range(4)]
    assert lines[0]["doc"]["outputs"] == lines[0]["target"] == GOLD
    assert lines[0]["doc"]["inputs"]["image"].keys() == {"path", "sha256"}
    assert lines[0]["arguments"]["gen_args_0"]["arg_0"].startswith("Посмотрите: <image>")
    results = json.loads(named[results_name])
    assert results["config"]["gen_kwargs"]["max_gen_toks"] == results["studio"]["max_new_tokens"] == 64
    assert results["n-samples"] == {"weird": {"original": 814, "effective": 4}}


def test_gold_and_media_of_a_private_task_stay_at_home(studio: Studio, tmp_path: Path) -> None:
    folder = task(tmp_path, "RealVQA", access="private")
    records = json.loads((folder / "test.json").read_text(encoding="utf-8"))
    for record in records["data"]:
        record["meta"]["explanation"] = f"это {GOLD}"
    (folder / "test.json").write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    studio.pack([ran(studio, folder)], tmp_path / "model.zip")
    pictures = [path.read_bytes() for path in (folder / "samples").iterdir()]
    for raw in [*files(tmp_path / "model.zip").values(), *logs(tmp_path / "model.zip").values()]:
        assert GOLD.encode() not in raw and str(tmp_path).encode() not in raw
        assert not any(picture in raw for picture in pictures)


def test_a_dialogues_answers_lose_the_blanks_before_them(studio: Studio, tmp_path: Path) -> None:
    studio.pack([ran(studio, task(tmp_path, "ruTiE-Image", access="private"))], tmp_path / "model.zip")
    docs = json.loads(files(tmp_path / "model.zip")["ruTiE_Image.json"])["data"]["test"]
    assert [doc["outputs"] for doc in docs] == [f"ответ {n}" for n in range(4)]


def test_parts_of_a_task_from_two_runs_become_one_file(studio: Studio, tmp_path: Path) -> None:
    runs = [
        ran(studio, task(tmp_path, f"ruNaturalScienceVQA/{name}", n))
        for name, n in (("physics", 3), ("biology", 2))
    ]
    packed = studio.pack(runs, tmp_path / "model.zip")
    docs = json.loads(files(tmp_path / "model.zip")["ruNaturalScienceVQA.json"])["data"]["test"]
    assert [doc["meta"]["id"] for doc in docs] == [1, 2, 1, 2, 3]  # biology stands before physics
    assert len({name for name in logs(tmp_path / "model.zip") if name.startswith("results_")}) == 2
    assert defects(packed, "logs_no_task")[0].n == 2 and not defects(packed, "id_repeated")


def test_what_failed_is_left_out_and_named(tmp_path: Path) -> None:
    studio = scripted_studio(
        tmp_path / "home", ScriptedEngine({1: "A", 2: "B", 4: "A"}), data=tmp_path / "no-demo"
    )
    run = ran(studio, task(tmp_path, "WEIRD"))
    packed = studio.pack([run], tmp_path / "model.zip")
    (unanswered,) = defects(packed, "unanswered")
    assert (unanswered.n, unanswered.task, unanswered.places) == (1, "WEIRD", (run,))
    docs = json.loads(files(tmp_path / "model.zip")["WEIRD.json"])["data"]["test"]
    assert [doc["meta"]["id"] for doc in docs] == [1, 2, 4] and not packed.report.fit
    studio.close()


def test_a_limit_and_mixed_settings_are_found_in_what_was_packed(studio: Studio, tmp_path: Path) -> None:
    runs = [
        ran(studio, task(tmp_path, "WEIRD"), limit=2),
        ran(studio, task(tmp_path, "ruCLEVR"), settings=Settings(temperature=0.7, frames=3)),
    ]
    packed = studio.pack(runs, tmp_path / "model.zip")
    (limit,) = defects(packed, "limit_on")
    assert (limit.task, limit.severity, limit.values) == ("WEIRD", "error", {"limit": "2"})
    assert {defect.values["setting"] for defect in defects(packed, "mixed_settings")} == {
        "config.gen_kwargs", "config.limit", "studio.temperature",
    }  # fmt: skip


def test_tasks_of_no_suite_are_left_out_and_named(studio: Studio, tmp_path: Path) -> None:
    runs = [ran(studio, task(tmp_path, name)) for name in ("WEIRD", "Animals")]
    assert studio.pack(runs, tmp_path / "model.zip").left_out == ("Animals",)
    with pytest.raises(BadInput, match="submission_nothing"):
        studio.pack(runs[1:], tmp_path / "other.zip")
    assert not (tmp_path / "other.zip").exists()


def test_what_cannot_be_packed_is_refused_and_leaves_no_file(studio: Studio, tmp_path: Path) -> None:
    folder = task(tmp_path, "WEIRD")
    runs = [ran(studio, folder), ran(studio, folder)]
    human = finished(studio, "Аня", str(folder), ["кот"] * 4)
    target = tmp_path / "model.zip"
    for asked, code in (
        (runs, "submission_twice"),
        ([human], "submission_human"),
        (["r-none"], "unknown_run"),
    ):
        with pytest.raises(BadInput, match=code):
            studio.pack(asked, target)
    with pytest.raises(BadInput, match="export_no_folder"):
        studio.pack(runs[:1], tmp_path / "nowhere" / "model.zip")
    folder_in_the_way = tmp_path / "busy.zip"
    folder_in_the_way.mkdir()
    with pytest.raises(BadInput, match="submission_cannot_write"):
        studio.pack(runs[:1], folder_in_the_way)
    assert not [path for path in tmp_path.iterdir() if ".part" in path.name] and not target.exists()


def test_a_run_over_shots_is_refused(studio: Studio, tmp_path: Path) -> None:
    folder = task(tmp_path, "WEIRD")
    (folder / "shots.json").write_text((folder / "test.json").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BadInput, match="submission_split"):
        studio.pack([ran(studio, folder, split="shots")], tmp_path / "model.zip")


def test_the_files_of_the_18_tasks_bear_the_names_that_the_site_looks_for() -> None:
    named = (
        "AQUARIA CommonVideoQA LabTabVQA RealVideoQA RealVQA ruCLEVR ruCommonVQA ruEnvAQA ruHHH_Image ruHHH_Video "
        "ruMathVQA ruNaturalScienceVQA ruSLUn ruTiE_Audio ruTiE_Image SchoolScienceVQA UniScienceVQA WEIRD"
    )
    assert {task.submission for task in suite_tasks()} == set(named.split())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the libraries under `datasets`
def test_a_run_of_the_whole_suite_becomes_its_18_files_with_the_logs_of_all_domains(tmp_path: Path) -> None:
    for name in COPIES:
        write_copy(tmp_path / "mera", name)
    settings = Installed(home=tmp_path, db=tmp_path / "studio.sqlite", tasks=(tmp_path / "mera",))
    engine, judge = ScriptedEngine(lambda request: "ОТВЕТ A"), RuleJudge()
    studio = Studio(settings, Store(settings.db), engine=lambda spec: engine, judge=lambda name: judge)
    run = studio.wait(studio.start(RunSpec("embedded", ("mera",))), timeout_s=120).id
    packed = studio.pack([run], tmp_path / "model.zip")
    studio.close()
    counts = {count.task: count.found for count in packed.report.tasks}
    assert counts == {name: N * max(1, len(copy.configs)) for name, copy in COPIES.items()}
    assert len([name for name in logs(tmp_path / "model.zip") if name.startswith("samples_")]) == 32
    lacking = {"no_id", "subset_short", "limit_guessed"}  # the copies are small
    assert {defect.code for defect in packed.report.defects} == {*lacking, "no_json"}


@pytest.mark.parametrize("media", ["none", "null"])
def test_a_run_that_did_not_see_the_media_is_refused(studio: Studio, tmp_path: Path, media: MediaUse) -> None:
    run = ran(studio, task(tmp_path, "WEIRD"), settings=Settings(media=media))
    with pytest.raises(BadInput, match="submission_media"):
        studio.pack([run], tmp_path / "model.zip")
