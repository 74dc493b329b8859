"""Archives made to harm: none unpacks to the disk, fills memory, or takes the studio down with it."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from studio.core.submission import SubmissionReport
from studio.service.foreign import check_foreign
from studio.service.submission import check_submission
from studio.submission import archive
from tests.submission.conftest import Check, audio, found, logs, zipped


def written(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def crowd(n: int, length: int = 20) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as opened:
        for number in range(n):
            opened.writestr(f"{number:0{length}}", b"")
    return target.getvalue()


@pytest.mark.parametrize(("n", "length"), [(1001, 8), (40, 60_000)], ids=["many files", "long names"])
def test_a_crowd_of_files_is_refused_as_one(tmp_path: Path, n: int, length: int) -> None:
    report = check_submission(written(tmp_path / "model.zip", crowd(n, length)))
    assert [defect.code for defect in report.defects] == ["too_many_files"] and not report.fit


def test_a_list_of_files_that_is_too_long_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An object a name is made by `zipfile` itself, so it must not even begin."""

    def never(*given: Any) -> None:
        raise AssertionError("opened")

    raw = crowd(40, 60_000)
    monkeypatch.setattr(archive.zipfile, "ZipFile", never)
    report = check_submission(written(tmp_path / "model.zip", raw))
    assert [defect.code for defect in report.defects] == ["too_many_files"]


def test_a_crowd_in_the_logs_leaves_the_answers_checked(check: Check) -> None:
    files = audio()
    report = check({**files, "logs_public.zip": crowd(1001)})
    assert found(report, "logs_unreadable").severity == "warning"
    assert sum(count.state == "fit" for count in report.tasks) == 4


@pytest.mark.parametrize(
    "name", ["../../AQUARIA.json", "/etc/AQUARIA.json", "..\\AQUARIA.json", "C:\\AQUARIA.json"]
)
def test_a_name_that_climbs_out_leads_nowhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / "side"
    folder.mkdir(parents=True)
    files = audio()
    files[name] = files.pop("AQUARIA.json")
    report = check_submission(written(folder / "model.zip", zipped(files)))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["model.zip"]
    assert not report.fit


def test_a_huge_name_is_told_by_its_beginning(check: Check) -> None:
    report = check({**audio(), "ё" * 30_000: "?"})
    assert len(found(report, "unknown_file").values["file"]) == archive.SHOWN_NAME


def test_a_stranger_gets_the_report_that_the_owner_gets(tmp_path: Path) -> None:
    files = audio()
    del files["AQUARIA.json"]["data"]["test"][:3]
    path = written(tmp_path / "upload", zipped({**files, "logs_public.zip": zipped(logs(audio()))}))
    told = check_foreign(path, name="model.zip", partial=False)
    assert told == check_submission(path, name="model.zip")
    assert found(told, "no_id", "AQUARIA").n == 3 and told.file == "model.zip"


def bomb(path: Path) -> Path:
    """240 MB of empty records in a quarter of a megabyte: 6 GB of objects, if anybody made them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("AQUARIA.json", b'{"data":{"test":[' + b"{}," * (80 * 2**20) + b"{}]}}")
    return path


def test_a_bomb_ends_the_check_and_nothing_else(tmp_path: Path) -> None:
    path = bomb(tmp_path / "model.zip")
    assert path.stat().st_size < 2**20
    report = check_foreign(path, name="model.zip", partial=False, memory_gb=1)
    assert codes(report) == ["too_heavy"] and not report.fit


def test_a_check_that_takes_for_ever_is_ended(tmp_path: Path) -> None:
    report = check_foreign(bomb(tmp_path / "model.zip"), name="model.zip", partial=False, seconds=1)
    assert codes(report) == ["too_heavy"] and report.defects[0].values["seconds"] == 1


def codes(report: SubmissionReport) -> list[str]:
    return [defect.code for defect in report.defects]
