"""`submission pack` and `submission check`: an archive out, a report that a person can act on, an exit code."""

from pathlib import Path

import pytest

from tests.cli.conftest import Line
from tests.submission.conftest import audio, logs, zipped
from tests.support import write_task

GOLDS = ["кот", "пёс", "3", "да"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    files = audio()
    path = tmp_path / "model.zip"
    path.write_bytes(zipped({**files, "logs_public.zip": zipped(logs(files))}))
    return path


def test_a_fit_archive_is_told_to_be_fit(line: Line, archive: Path) -> None:
    done = line("submission", "check", str(archive))
    assert (done.code, done.err) == (0, "")
    assert "годен. Ошибок: 0" in done.out and "738/738" in done.out
    found = line("submission", "check", "--json", str(archive)).json
    assert found["fit"] and found["settings_known"] and len(found["tasks"]) == 18


def test_an_unfit_archive_is_told_task_by_task_with_what_to_do(line: Line, tmp_path: Path) -> None:
    files = audio()
    del files["AQUARIA.json"]["data"]["test"][:3]
    path = tmp_path / "model.zip"
    path.write_bytes(zipped(files))
    done = line("submission", "check", str(path))
    assert done.code == 1
    assert "ОШИБКА AQUARIA: no_id" in done.out and "Не хватает записей: 3 (735 из 738)" in done.out
    assert "→ Получите ответы на остальные" in done.out and "НЕ ГОДЕН" in done.out
    found = line("submission", "check", str(path), "--json", "--lang", "en")
    (defect,) = [item for item in found.json["defects"] if item["code"] == "no_id"]
    assert found.code == 1 and not found.json["fit"]
    assert (defect["task"], defect["n"], defect["severity"]) == ("AQUARIA", 3, "error")
    assert defect["message"] == "Records missing: 3 (735 of 738)." and defect["todo"].startswith(
        "Get answers"
    )


def test_what_is_no_archive_ends_with_1_and_what_is_not_there_with_2(line: Line, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"?")
    done = line("submission", "check", str(broken))
    assert done.code == 1 and "unreadable_zip" in done.out
    assert line("submission", "check", str(tmp_path / "none.zip")).code == 2
    assert line("submission").code == 2


def test_pack_writes_an_archive_and_tells_what_it_lacks(line: Line, tmp_path: Path) -> None:
    run = line.on(
        "run", "--model", "our/model", "--task", str(write_task(tmp_path / "WEIRD", GOLDS)), "--json"
    )
    target = tmp_path / "model.zip"
    words = ("submission", "pack", "--run", run.json["run"], "--out", str(target))
    done = line.on(*words)
    assert done.code == 1 and target.exists()
    assert f"Архив записан: {target}" in done.out and "Не хватает записей: 810 (4 из 814)" in done.out
    again = line.on(*words)
    assert again.code == 2 and "--force" in again.err
    found = line.on(*words, "--force", "--json").json
    assert (found["runs"], found["left_out"], found["fit"]) == ([run.json["run"]], [], False)
    assert line("submission", "check", str(target), "--json").json["defects"] == found["defects"]


def test_missing_tasks_are_one_line_after_what_is_wrong_with_the_files(line: Line, tmp_path: Path) -> None:
    files = audio()
    del files["AQUARIA.json"]["data"]["test"][:3]
    del files["ruSLUn.json"]
    path = tmp_path / "model.zip"
    path.write_bytes(zipped(files))
    out = line("submission", "check", str(path)).out
    assert "ОШИБКА no_task: нет файлов задач (1): RuSLUn" in out
    (others,) = [row for row in out.splitlines() if "no_task: нет файлов задач (14)" in row]
    assert "ruCLEVR" in others and "RealVideoQA" in others
    assert out.index("ОШИБКА AQUARIA: no_id") < out.index("ОШИБКА no_task") < out.index(others)
    defects = line("submission", "check", str(path), "--json").json["defects"]
    assert sum(defect["code"] == "no_task" for defect in defects) == 15
