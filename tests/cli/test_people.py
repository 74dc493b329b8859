"""`invite`, `people`, `journal`: who works here, by which links, and what was done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio import serving
from tests.cli.baseline import answered, made
from tests.cli.conftest import GOLDS, Line


@pytest.fixture
def project(line: Line, task: Path) -> str:
    return made(line, task)


def test_an_invitation_is_told_once_listed_and_revoked(line: Line, project: str) -> None:
    done = line.on(
        "invite",
        "new",
        project,
        "--places",
        "5",
        "--days",
        "3",
        "--url",
        "https://a.example/",
        "--note",
        "группа 1",
    )
    assert done.out.startswith("https://a.example/join/") and "мест 5" in done.err
    told = line.on("invite", "list", project, "--json").json["invitations"]
    assert [(each["places"], each["used"], each["note"], each["open"]) for each in told] == [
        (5, 0, "группа 1", True)
    ]
    assert "secret" not in line.on("invite", "list", project, "--json").out
    assert line.on("invite", "revoke", project, told[0]["id"]).code == 0
    assert "отозвано" in line.on("invite", "list", project).out
    assert line.on("invite", "revoke", project, "i0").code == 2
    assert line.on("invite", "new", "b0").code == 2
    assert "--everywhere" in line.on("invite", "new").err
    assert line.on("invite", "new", "--everywhere", "--json").json["invitation"]["project"] == ""


def test_a_link_leads_to_where_the_pages_are_or_says_that_it_is_a_guess(
    line: Line, project: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SPACE_HOST", raising=False)
    guess = line.on("invite", "new", project)
    assert (
        guess.out.startswith("http://127.0.0.1:7860/join/")
        and "догадка" in guess.err
        and "--url" in guess.err
    )
    home = tmp_path / "serving"
    home.mkdir()
    serving.tell(home, "0.0.0.0", 7871)
    assert serving.where(home, {}) == "http://127.0.0.1:7871"
    assert serving.where(home, {"SPACE_HOST": "a-b.example"}) == "https://a-b.example"
    monkeypatch.setattr("studio.cli.people.where", lambda _, environ: serving.where(home, environ))
    told = line.on("invite", "new", project)
    assert told.out.startswith("http://127.0.0.1:7871/join/") and "догадка" not in told.err
    assert line.on("invite", "new", project, "--url", "https://a.example", "--json").json["guessed"] is False
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    file = home / serving.FILE
    file.write_text(file.read_text("utf-8").replace(str(os.getpid()), str(ended.pid)), "utf-8")
    assert serving.where(home, {}) == "", "its process is gone"
    serving.gone(home)
    assert file.exists(), "another's word is not taken back"
    serving.tell(home, "::1", 80)
    assert serving.where(home, {}) == "http://[::1]:80"
    serving.gone(home)
    assert not file.exists() and serving.where(home, {}) == ""


def test_a_link_that_only_this_computer_opens_comes_with_a_warning(line: Line, project: str) -> None:
    for url in ("http://127.0.0.1:7860", "http://localhost:7860", "http://0.0.0.0:80", "http://[::1]:80"):
        told = line.on("invite", "new", project, "--url", url)
        assert "только этот компьютер" in told.err and "STUDIO_OWNER_KEY" in told.err
        assert line.on("invite", "new", project, "--url", url, "--json").json["local"] is True
    told = line.on("invite", "new", project, "--url", "http://192.168.1.5:7860", "--json")
    assert told.json["local"] is False and "только этот компьютер" not in told.err


def test_people_are_listed_with_their_roles_given_and_taken(line: Line, project: str) -> None:
    assert "Пока никто" in line.on("people", "list").err
    anya, borya = answered(line, project, {"Аня": GOLDS, "Боря": GOLDS})
    assert line.on("people", "give", anya, "reviewer", "--project", project).code == 0
    assert line.on("people", "give", borya, "lead").code == 2, "not everywhere by leaving a word out"
    assert line.on("people", "give", borya, "lead", "--everywhere").code == 0
    told = {each["id"]: each["roles"] for each in line.on("people", "list", "--json").json["people"]}
    assert told == {anya: {project: "reviewer"}, borya: {"": "lead", project: "annotator"}}
    assert line.on("people", "give", borya, "visitor", "--everywhere").code == 0
    said = line.on("people", "list", project).out
    assert "Аня" in said and "рецензент" in said
    assert line.on("people", "give", "p0", "lead", "--everywhere").code == 2


def test_erasing_a_person_leaves_the_answers_and_no_name(line: Line, project: str, studio_home: Path) -> None:
    (anya,) = answered(line, project, {"Аня Неповторимая": GOLDS})
    before = line.on("project", "baseline", project, "--json").json["baseline"]
    refused = line.on("people", "erase", anya)
    assert refused.code == 2 and "--yes" in refused.err
    assert line.on("people", "erase", anya, "--yes", "--json").json["erased"] is True
    assert line.on("project", "baseline", project, "--json").json["baseline"] == before
    assert "(стёрто)" in line.on("people", "list").out
    for path in [*studio_home.rglob("*.jsonl"), line.db]:
        assert "Неповторимая".encode() not in path.read_bytes(), path.name
    assert line.on("journal", "verify").code == 0


def test_the_journal_is_verified_and_a_changed_record_is_found(
    line: Line, project: str, studio_home: Path
) -> None:
    answered(line, project, {"Аня": GOLDS})
    done = line.on("journal", "verify")
    assert done.code == 0 and "Журнал цел" in done.out and "STUDIO_SHELF" in done.err
    state = line.on("journal", "verify", "--json").json["journal"]
    assert state["records"] == state["applied"] > 6
    (segment, *_) = sorted((studio_home / "journal").glob("*.jsonl"))
    segment.write_bytes(segment.read_bytes().replace(b'"overlap":2', b'"overlap":9'))
    broken = line.on("journal", "verify", "--json")
    assert broken.code == 2 and broken.json["error"]["code"] == "journal_broken"


def test_a_file_left_on_the_shelf_is_listed_and_taken_in(
    line: Line, project: str, studio_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that holds nothing but what is here; that of a studio that was cut off is in the service's tests."""
    answered(line, project, {"Аня": GOLDS})
    assert "STUDIO_SHELF" in line.on("journal", "aside").err
    shelf = tmp_path / "shelf"
    monkeypatch.setenv("STUDIO_SHELF", str(shelf))
    assert "Чужих файлов на полке нет" in line.on("journal", "aside").err
    (segment, *_) = sorted((studio_home / "journal").glob("*.jsonl"))
    name = f"aside-{segment.name}"
    (shelf / name).write_bytes(segment.read_bytes())
    (found,) = line.on("journal", "aside", "--json").json["files"]
    assert (found["name"], found["fresh"], found["answers"], found["settled"]) == (name, 0, 0, False)
    assert found["records"] == segment.read_bytes().count(b"\n")
    done = line.on("journal", "adopt", name)
    assert done.code == 0 and "принято ответов и пропусков: 0" in done.out
    assert "уже принят" in line.on("journal", "aside").out
    missing = line.on("journal", "adopt", "aside-нет.jsonl")
    assert missing.code == 2 and name in missing.err


def test_the_journal_tells_who_did_what_and_no_secret(line: Line, project: str) -> None:
    (anya,) = answered(line, project, {"Аня": GOLDS})
    line.on("project", "exclude", project, anya, "--reason", "мимо")
    (deed,) = line.on("journal", "show", "--project", project, "--kind", "excluded", "--json").json["records"]
    assert (deed["actor"], deed["facts"], deed["body"]) == (
        "owner",
        {"person": anya, "before": {"excluded_at": None}},
        {"reason": "мимо"},
    )
    kinds = [each["kind"] for each in line.on("journal", "show", "--person", anya, "--json").json["records"]]
    assert kinds[:3] == ["joined", "signed_in", "invitation_used"] and kinds[-1] == "excluded"
    everything = line.on("journal", "show", "--limit", "99", "--json")
    assert '"token"' not in everything.out and '"secret"' not in everything.out
    assert line.on("journal", "show", "--limit", "2", "--json").json["records"][-1]["kind"] == "excluded"
    assert "Аня" in line.on("journal", "show").out
    line.on("invite", "new", project, "--note", "для второй смены")
    assert 'note: "для второй смены"' in line.on("journal", "show").out


def test_the_journal_is_carried_to_its_shelf(
    line: Line, project: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "STUDIO_SHELF" in line.on("journal", "ship").err
    shelf = tmp_path / "shelf"
    monkeypatch.setenv("STUDIO_SHELF", str(shelf))
    shipped = line.on("journal", "ship", "--json").json["journal"]["safety"]
    assert (shipped["waiting"], shipped["problem"]) == (0, None) and list(shelf.glob("*.jsonl"))
