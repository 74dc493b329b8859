"""A run as a file: an ordinary link, a name that says what it is, and nothing for whom gold is not."""

import re
import sqlite3
from dataclasses import replace
from html import unescape
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from components.downloads import file_name, sent_file
from components.widgets.chart_menu import chart_menu
from studio.core.errors import BadInput
from studio.core.run import RunSpec
from studio.engines.scripted import ScriptedEngine
from tests.components.test_runs_page import view
from tests.support import scripted_studio, write_task


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def studio(home):
    studio = scripted_studio(home / "home", ScriptedEngine({1: "да", 2: "нет"}), data=home / "no-demo")
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def runs(studio, home):
    tasks = {
        access: write_task(home / access.title(), ["да", "да"], access=access)
        for access in ("public", "private")
    }
    return {
        access: studio.wait(studio.start(RunSpec("our/model", (str(task),))), timeout_s=30)
        for access, task in tasks.items()
    }


def test_the_link_gives_a_file_that_plain_sqlite_opens(url, runs, tmp_path):
    reply = httpx.get(f"{url}export/{runs['public'].id}.sqlite")
    assert reply.status_code == 200 and reply.headers["content-type"] == "application/vnd.sqlite3"
    assert "mera-studio_our-model_" in reply.headers["content-disposition"]
    (file := tmp_path / "run.sqlite").write_bytes(reply.content)
    with sqlite3.connect(file) as connection:
        (count,) = connection.execute("SELECT COUNT(*) FROM v_scores").fetchone()
    connection.close()
    assert count > 0


def test_a_run_with_private_gold_is_for_the_owner(studio, url, runs, monkeypatch):
    address = f"{url}export/{runs['private'].id}.sqlite"
    assert httpx.get(address).status_code == 200
    monkeypatch.setattr(studio, "settings", replace(studio.settings, owner_key="ключ-key"))
    refused = httpx.get(address, headers={"accept-language": "ru"})
    assert refused.status_code == 403 and "Эталон" in refused.text
    assert httpx.get(f"{url}export/{runs['public'].id}.sqlite").status_code == 200


def test_the_other_link_gives_logs_that_can_be_imported_again(studio, url, runs, tmp_path):
    reply = httpx.get(f"{url}export/{runs['public'].id}.lm-eval.zip")
    assert reply.status_code == 200 and "_lm-eval.zip" in reply.headers["content-disposition"]
    (file := tmp_path / "logs.zip").write_bytes(reply.content)
    (again,) = studio.import_logs([file])
    assert studio.run(again.run).answered == 2
    studio.delete(again.run)


def test_no_such_run(url, runs):
    reply = httpx.get(f"{url}export/r-none.sqlite", headers={"accept-language": "en"})
    assert reply.status_code == 404 and "r-none" in reply.text
    assert httpx.get(f"{url}export/../app.py").status_code == 404


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "mera-studio_our-model_1970-01-01_r1.sqlite"),
        ({"model": "/models/../моя модель"}, "mera-studio_models-..-моя-модель_1970-01-01_r1.sqlite"),
        ({"model": "x" * 200, "id": "a/b"}, f"mera-studio_{'x' * 60}_1970-01-01_a-b.sqlite"),
    ],
)
def test_the_name_says_model_and_day_and_is_a_file_name(changes, name):
    assert file_name(view(**changes)) == name


@pytest.mark.parametrize("fails", ["making", "naming"])
def test_a_file_that_cannot_be_made_leaves_nothing_behind(fails):
    seen = []

    def make(folder):
        seen.append(folder)
        (folder / "half").write_text("половина")
        if fails == "making":
            raise BadInput("no_runs")
        return folder / "half"

    def name():
        raise BadInput("no_name")

    with pytest.raises(BadInput):
        sent_file(make, "text/plain", name)
    assert not seen[0].exists()


def test_a_file_goes_once_it_has_been_sent():
    seen = []

    def make(folder):
        seen.append(folder / "whole")
        seen[0].write_text("целое")
        return seen[0]

    app = Starlette(routes=[Route("/", lambda request: sent_file(make, "text/plain", lambda: "имя.txt"))])
    with TestClient(app) as client:
        assert client.get("/").text == "целое"
    assert not seen[0].parent.exists()


@pytest.mark.parametrize(
    ("ending", "kind", "begins"),
    [
        ("svg", "image/svg+xml", b"<?xml"),
        ("png", "image/png", b"\x89PNG"),
        ("csv", "text/csv", b"\xef\xbb\xbf"),
    ],
)
def test_the_menu_beside_a_chart_gives_its_files(url, runs, ending, kind, begins):
    menu = chart_menu("cells", "en", run=runs["public"].id, where="em:1")
    (address,) = re.findall(rf'href="\./(chart/cells\.{ending}[^"]+)"', unescape(menu))
    reply = httpx.get(url + address)
    assert reply.status_code == 200 and reply.headers["content-type"].startswith(kind)
    assert (
        f'filename="mera-studio_cells_{runs["public"].id}.{ending}"' in reply.headers["content-disposition"]
    )
    assert reply.content.startswith(begins)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("chart/pie.svg?run=r1", "pie"),
        ("chart/cells.gif?run=r1", "cells.gif"),
        ("chart/cells.svg", "прогону"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused_in_words(url, address, said):
    reply = httpx.get(url + address, headers={"accept-language": "ru"})
    assert reply.status_code == 404 and said in reply.text


def test_every_chart_has_a_menu_with_words_in_both_languages(studio):
    for name in studio.charts.names:
        for lang in ("ru", "en"):
            assert chart_menu(name, lang, run="r1").count("<a ") == 3


def test_a_page_can_show_the_sql_of_what_it_displays(url, runs):
    query = {"run": runs["public"].id, "where": "number:1", "lang": "en"}
    told = httpx.get(f"{url}sql/inspect", params=query).json()
    assert told["statements"][-1]["title"] == "The list of questions"
    assert "rs.number = 1" in told["statements"][-1]["sql"]
    whole, part = told["files"]
    assert whole["href"] == f"./export/{runs['public'].id}.sqlite"
    reply = httpx.get(url + part["href"].removeprefix("./"))
    assert reply.status_code == 200 and "_part.sqlite" in reply.headers["content-disposition"]


def test_a_filtered_file_holds_what_the_filter_keeps(url, runs, tmp_path):
    reply = httpx.get(f"{url}export/{runs['public'].id}.sqlite", params={"where": "number:2"})
    (file := tmp_path / "part.sqlite").write_bytes(reply.content)
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT number FROM v_samples").fetchall() == [(2,)]
    connection.close()


@pytest.mark.parametrize(
    ("address", "said"),
    [("sql/pie?run=r1", "pie"), ("sql/health", "--run"), ("sql/inspect?run={run}&where=em:", "em")],
)
def test_sql_that_cannot_be_had_is_refused_in_words(url, runs, address, said):
    address = address.format(run=runs["public"].id)
    reply = httpx.get(url + address, headers={"accept-language": "ru"})
    assert reply.status_code == 404 and said in reply.text
