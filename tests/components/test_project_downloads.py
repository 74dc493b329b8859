"""A project's files at plain addresses: for its lead, nameless unless asked for, whole."""

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from components.project_downloads import project_routes
from studio.access import KEY_COOKIE
from studio.core.project import ProjectSpec, Submission
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from tests.support import scripted_studio, write_task

KEY = "the key of this test, long enough"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = scripted_studio(tmp_path / "home", {})
    made.settings = replace(made.settings, owner_key=KEY)
    yield made
    made.close()


@pytest.fixture
def project(studio: Studio, tmp_path: Path) -> str:
    spec = ProjectSpec("Люди", str(write_task(tmp_path / "Animals", ["кот", "пёс"])), controls=0.0)
    found = studio.organising.make(OWNER, spec)
    studio.organising.set_state(OWNER, found, "open")
    _, secret = studio.members.invite(OWNER, found, "annotator")
    _, token = studio.members.redeem(secret, "Аня Неповторимая", Viewer())
    person = studio.members.signed_in(token)
    assert person is not None
    asked = studio.answering.standing(found, person.id).question
    assert asked is not None
    studio.answering.submit(
        found, person.id, Submission(asked.item, 1, "answer", "c", "кот", comment="мой двор")
    )
    return found


async def got(studio: Studio, address: str, *, owner: bool = True) -> httpx.Response:
    from starlette.applications import Starlette

    transport = httpx.ASGITransport(app=Starlette(routes=project_routes(studio)))
    cookies = {KEY_COOKIE: KEY} if owner else {}
    async with httpx.AsyncClient(transport=transport, base_url="http://studio", cookies=cookies) as client:
        return await client.get(address)


@pytest.mark.anyio
async def test_each_form_comes_whole_and_without_names(studio: Studio, project: str) -> None:
    hb = await got(studio, f"/project/{project}.hb.zip")
    assert hb.status_code == 200 and f"{project}_hb.zip" in hb.headers["content-disposition"]
    archive = zipfile.ZipFile(io.BytesIO(hb.content))
    assert archive.testzip() is None and "hb/aggregate.py" in archive.namelist()
    tables = zipfile.ZipFile(io.BytesIO((await got(studio, f"/project/{project}.csv.zip")).content))
    said = b"".join(tables.read(name) for name in tables.namelist())
    assert "кот".encode() in said and "Неповторимая".encode() not in said and "двор".encode() not in said
    file = await got(studio, f"/project/{project}.sqlite")
    assert file.content.startswith(b"SQLite format 3") and "Неповторимая".encode() not in file.content


@pytest.mark.anyio
async def test_names_come_where_they_are_asked_for(studio: Studio, project: str, tmp_path: Path) -> None:
    (tmp_path / "p.sqlite").write_bytes((await got(studio, f"/project/{project}.sqlite?names=1")).content)
    file = sqlite3.connect(tmp_path / "p.sqlite")
    assert file.execute("SELECT name FROM people").fetchall() == [("Аня Неповторимая",)]
    file.close()


@pytest.mark.anyio
@pytest.mark.parametrize("ending", ["hb.zip", "csv.zip", "sqlite"])
async def test_nobody_else_gets_anything(studio: Studio, project: str, ending: str) -> None:
    refused = await got(studio, f"/project/{project}.{ending}?names=1", owner=False)
    assert refused.status_code == 403 and "Неповторимая".encode() not in refused.content


@pytest.mark.anyio
async def test_what_there_is_not_is_told_in_words(studio: Studio, project: str) -> None:
    unknown = await got(studio, "/project/b0.hb.zip")
    assert unknown.status_code == 404 and "b0" in unknown.text
    method = await got(studio, f"/project/{project}.hb.zip?method=loudest")
    assert method.status_code == 404 and "loudest" in method.text
