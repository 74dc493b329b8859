"""The app as a whole, served: its pages, safe settings, handlers that speak, no gold where nobody asked."""

import gc
import json
import socket
from pathlib import Path

import httpx
import pytest

import app
from components.links import PAGES, media_base, path
from components.pages.run_form import DEFAULT_LIMIT
from components.shell import build_app
from components.widgets.picker import picked
from studio.core.run import RunSpec
from studio.texts import LANGS, t
from tests.components.serving import free_port
from tests.support import scripted_studio, write_task

GOLD = "ЗОЛОТО-7f3a91"
PLACES = [(key, lang) for key in PAGES for lang in LANGS]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("app")


@pytest.fixture(scope="module")
def studio(home):
    studio = scripted_studio(home / "home", lambda asked: "не знаю", data=home / "no-demo")
    task = write_task(home / "Things", [GOLD, GOLD])
    studio.wait(studio.start(RunSpec("our/model", (str(task),))), timeout_s=30)
    yield studio
    studio.close()


def config_of(html: str) -> dict:
    text = html.split("window.gradio_config = ", 1)[1].split(";</script>", 1)[0]
    return json.loads(text)


@pytest.fixture(scope="module")
def pages(url):
    return {place: httpx.get(f"{url}{path(*place)}").text for place in PLACES}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: path(*place) or "/")
def test_every_page_has_its_address_one_heading_and_its_own_components(pages, place):
    config = config_of(pages[place])
    assert config["current_page"] == path(*place)
    values = [str(component["props"].get("value")) for component in config["components"]]
    assert sum(value.count("<h1") for value in values) == 1
    assert any(t("nav.language.short", place[1]) in value and "st-header" in value for value in values)
    mine = {component["id"] for component in config["components"]}
    for other in PLACES:
        if other != place:
            assert mine.isdisjoint(component["id"] for component in config_of(pages[other])["components"])


def test_no_page_carries_gold(pages):
    for html in pages.values():
        assert GOLD not in html and json.dumps(GOLD)[1:-1] not in html


def test_every_handler_speaks_to_people(studio):
    """Each passes through `shown` (or is a question of a page's script, which answers refusals itself)."""
    silent = [
        f"{fn.page}: {fn.name}"
        for fn in build_app(studio).fns.values()
        if fn.fn is not None and not getattr(fn.fn, "__shown__", False)
    ]
    assert silent == []


def test_no_listener_is_offered_to_scripts(studio, url):
    assert {fn.api_visibility for fn in build_app(studio).fns.values()} == {"private"}
    assert httpx.get(f"{url}gradio_api/info").json()["named_endpoints"] == {}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("monitoring", 404),
        ("gradio_api/runs", 404),
        ("gradio_api/mcp/", 404),
        ("docs", 404),
        ("inspect/", 301),
        ("gradio_api/file=app.py", 404),
        ("gradio_api/file=requirements.txt", 404),
        ("gradio_api/file=/etc/passwd", 404),
    ],
)
def test_what_gradio_offers_by_default_is_shut(url, address, status):
    assert httpx.get(url + address).status_code == status


def test_the_database_is_not_served_and_published_media_are(studio, url):
    (run,) = studio.runs()
    (medium,) = studio.card(run.id, 1).media
    assert GOLD not in medium.file
    for file in (studio.settings.db, studio.media_dir / medium.file):
        assert httpx.get(f"{url}gradio_api/file={file}").status_code == 404, "no file is served by its path"
    served = httpx.get(url + media_base(studio)(medium.file), headers={"range": "bytes=0-3"})
    assert served.status_code == 206 and served.content == b"\x89PNG"


def test_a_run_started_over_http_streams_to_its_summary(studio, url, home):
    """The whole way through Gradio's queue, as a browser goes it."""
    config = config_of(httpx.get(url).text)
    button = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "start")
    listener = next(d for d in config["dependencies"] if [button, "click"] in d["targets"])
    task = str(write_task(home / "Others", ["да", "нет"]))
    data = [
        "our/model",
        picked([task], None),
        DEFAULT_LIMIT,
        "",
        16,
        2,
        0,
        1,
        1,
        8,
        0,
        5,
        "sent",
        "auto",
        "auto",
        "auto",
        "",
        "",
        "",
        32,
        "object",
        "",
        False,
    ]
    joined = {"data": data, "fn_index": listener["id"], "session_hash": "by-http"}
    assert httpx.post(f"{url}gradio_api/queue/join", json=joined).status_code == 200
    heard = []
    with httpx.stream("GET", f"{url}gradio_api/queue/data?session_hash=by-http", timeout=60) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                heard.append(json.loads(line[6:]))
                if heard[-1]["msg"] in {"process_completed", "close_stream"}:
                    break
    assert heard[-1]["msg"] == "process_completed" and heard[-1]["success"]
    run = next(run for run in studio.runs() if run.tasks == ("Others",))
    assert run.state == "done" and any(run.id in json.dumps(message) for message in heard)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, ("127.0.0.1", 7860)),
        ({"PORT": "8000", "HOST": "0.0.0.0"}, ("0.0.0.0", 8000)),
        ({"SPACE_ID": "org/space"}, ("0.0.0.0", 7860)),
        ({"GRADIO_SERVER_NAME": "::1", "GRADIO_SERVER_PORT": "1234"}, ("::1", 1234)),
    ],
)
def test_where_the_app_listens(environ, expected):
    assert app.address(environ) == expected


def test_a_database_that_cannot_be_opened_is_told_in_words(tmp_path, capsys):
    (tmp_path / "studio.sqlite").write_text("это не база")
    assert app.main({"STUDIO_HOME": str(tmp_path)}) == 1
    told = capsys.readouterr().err
    assert "studio.sqlite" in told and "Traceback" not in told


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # with which Gradio looked for a port
def test_a_taken_port_is_told_in_words(studio, capsys):
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert app.serve(studio, {"PORT": str(port)}) == 1
    gc.collect()
    assert f"Порт {port} занят" in capsys.readouterr().err
