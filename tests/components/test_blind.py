"""A word planted in gold and one in a model's answers are looked for in every byte that whoever must not have them can
get: from every function of a page, every listener, every address, while people answer the task."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from components.doors import OURS
from studio.access import KEY_COOKIE, PERSON_COOKIE
from studio.core.project import ProjectSpec, Submission
from studio.core.report import ReportAsked
from studio.core.run import OWNER, RunSpec, Viewer
from studio.core.sql import SQL_PAGES
from tests.components.serving import serving
from tests.components.test_doors import components_of_all
from tests.support import scripted_studio, write_task

KEY = "key-0123456789"
GOLD, SAID, PERSON_SAID = "GOLDWORD-7f3a", "MODELWORD-91bc", "PERSONWORD-55de"
PLANTED = (GOLD, SAID, PERSON_SAID)
PROJECT_FILES = ("hb.zip", "csv.zip", "sqlite")
# Whoever may see gold finds it at these; the sweep would prove nothing if nobody did.
TELLING = {"inspect_view", "inspect_whole", "compare_view"}


class Place:
    """Two runs of a task, people's runs of an earlier project, and a project of invited people that goes on: over the
    same task, or over one that `copied` its records, so that all that is there to be seen goes by another name."""

    def __init__(self, home: Path, *, copied: bool) -> None:
        self.studio = scripted_studio(home / "home", lambda asked: f"думаю, {SAID}", data=home / "no-demo")
        self.studio.settings = replace(self.studio.settings, owner_key=KEY)
        self.task = str(write_task(home / "Things", [GOLD, SAID, GOLD, GOLD, SAID, GOLD]))
        asked = str(copy_of(home / "Things", home / "Copy")) if copied else self.task
        self.runs = [self.studio.start(RunSpec(f"our/model-{n}", (self.task,))) for n in (1, 2)]
        for run in self.runs:
            self.studio.wait(run, timeout_s=30)
        self.closed = self._project("Прежний", self.task, overlap=1)
        self._answered(self.closed)
        self.studio.organising.set_state(OWNER, self.closed, "closed")
        self.people = self.studio.baselines.make_runs(OWNER, self.closed)
        self.project = self._project("Новый", asked, overlap=3)
        self.cookies: dict[str, dict[str, str]] = {"nobody": {}, "owner": {KEY_COOKIE: KEY}}
        for role in ("annotator", "reviewer"):
            self.cookies[role] = {PERSON_COOKIE: self._joined(self.project, role)}
        # an owner who answers questions in this browser
        self.cookies["answering owner"] = {KEY_COOKIE: KEY, **self.cookies["annotator"]}

    def _project(self, title: str, task: str, overlap: int) -> str:
        spec = ProjectSpec(title, task, overlap=overlap, controls=0.0, repeats=0.0)
        made = self.studio.organising.make(OWNER, spec)
        self.studio.organising.set_state(OWNER, made, "open")
        return made

    def _joined(self, project: str, role: str) -> str:
        _, secret = self.studio.members.invite(OWNER, project, role)  # type: ignore[arg-type]
        return self.studio.members.redeem(secret, f"Имя {role}", Viewer())[1]

    def _answered(self, project: str) -> None:
        person = self.studio.members.signed_in(self._joined(project, "annotator"))
        assert person is not None
        while asked := self.studio.answering.standing(project, person.id).question:
            given = Submission(asked.item, asked.occasion, "answer", f"c{asked.item}", PERSON_SAID)
            self.studio.answering.submit(project, person.id, given)


def copy_of(task: Path, target: Path) -> Path:
    """The same questions in another folder: of two of them alone, with a picture of another file name, other ids, other
    prompts and no gold."""
    (target / "samples").mkdir(parents=True)
    data = json.loads((task / "test.json").read_text(encoding="utf-8"))
    data["data"] = data["data"][3:5]
    for record in data["data"]:
        picture = Path(record["inputs"]["image"])
        record["inputs"]["image"] = f"samples/renamed-{picture.name}"
        (target / record["inputs"]["image"]).write_bytes((task / picture).read_bytes())
        record["meta"]["id"] += 1000
        record["instruction"] = f"Внимание! {record['instruction']}"
        del record["outputs"]
    (target / "test.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return target


@pytest.fixture(scope="module", params=[False, True], ids=["the task itself", "a copy of it"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("blind"), copied=request.param)
    yield made
    made.studio.close()


@pytest.fixture(scope="module")
def url(place: Place) -> Iterator[str]:
    with serving(place.studio) as url:
        yield url


def told(place: Place, url: str, who: str) -> dict[str, list[str]]:
    """Where each planted word was found, by the word, as this visitor."""
    found: dict[str, list[str]] = {word: [] for word in PLANTED}
    with httpx.Client(base_url=url, cookies=place.cookies[who], timeout=60) as client:
        for name, body in [*_served(client, place), *_listeners(client), *_addresses(client, place)]:
            for word in PLANTED:
                if word.encode() in body:
                    found[word].append(name)
    return found


def _served(client: httpx.Client, place: Place) -> Iterator[tuple[str, bytes]]:
    components = components_of_all(client, "ru")
    functions = {name: each["id"] for each in components for name in each["props"].get("server_fns", ())}
    for name, component in functions.items():
        for data in _data(place):
            body = {"component_id": component, "fn_name": name, "session_hash": "s", "data": data}
            yield name, client.post("gradio_api/component_server/", json=body).content


def _data(place: Place) -> Iterator[dict[str, Any]]:
    """What pages send, and what somebody curious would."""
    card = place.studio.queue(place.runs[0]).rows[0].sample_id
    base = {
        "project": place.project, "run": place.runs[0], "sample": card, "keep": card, "top": 5, "task": "Things",
        "mark": "em", "people": "all", "reviewer": "Лиса", "items": 2, "text": "", "client_id": "c", "verdict": "right",
    }  # fmt: skip
    for where in ("", "gold:/GOLDW.RD/", "text:/MODELW.RD/", "em:1"):
        yield base | {"where": where, "part": "answer" if where else "gold", "runs": ",".join(place.runs)}
    yield base | {"runs": place.runs}
    yield base | {"runs": ",".join([place.runs[0], *place.people])}
    for person in place.people:
        yield base | {"run": person, "runs": [person]}
    yield base | {"number": 1, "whole": True, "look": "all", "answers": [[place.runs[0], card]]}


def _listeners(client: httpx.Client) -> Iterator[tuple[str, bytes]]:
    """Every listener of every page with the values that the page has, through the queue as a browser goes."""
    config = client.get("config").json()
    values = {component["id"]: component["props"].get("value") for component in config["components"]}
    for dependency in config["dependencies"]:
        if dependency["targets"][0][0] not in values or dependency["targets"][0][1] in {
            "click",
            "pick",
            "remove",
            "resume",
        }:
            continue  # begin and end runs
        session = f"blind-{dependency['id']}"
        body = {
            "data": [values.get(each) for each in dependency["inputs"]], "fn_index": dependency["id"],
            "session_hash": session, "event_data": None, "trigger_id": dependency["targets"][0][0],
        }  # fmt: skip
        client.post("gradio_api/queue/join", json=body).raise_for_status()
        heard = b""
        with client.stream("GET", "gradio_api/queue/data", params={"session_hash": session}) as stream:
            for line in stream.iter_lines():
                heard += line.encode()
                if '"process_completed"' in line or '"close_stream"' in line:
                    break
        yield dependency["api_name"], heard


def _addresses(client: httpx.Client, place: Place) -> Iterator[tuple[str, bytes]]:
    runs = [*place.runs, *place.people]
    both = ",".join(place.runs)
    paths = [
        *(f"export/{run}.sqlite" for run in runs),
        *(f"export/{run}.sqlite?where=em:1" for run in place.runs),
        *(f"export/{run}.lm-eval.zip" for run in runs),
        *(f"leaderboard.{ending}?suite=other" for ending in ("csv", "tex", "png")),
        *(f"sql/{page}?run={runs[0]}&runs={both}&where=em:1" for page in SQL_PAGES),
        *(f"chart/{name}.csv?runs={both}&run={runs[0]}" for name in place.studio.charts.names),
        f"submission/archive.zip?runs={runs[0]}",
        *(
            f"project/{project}.{ending}"
            for project in (place.closed, place.project)
            for ending in PROJECT_FILES
        ),
        "config",
        "",
    ]
    for path in paths:
        yield path, unpacked(client.get(path).content)


def unpacked(body: bytes) -> bytes:
    """What a file holds; of a zip all that is in it."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("who", ["nobody", "annotator", "answering owner"])
def test_no_byte_tells_gold_or_an_answer_while_people_answer(place: Place, url: str, who: str) -> None:
    found = told(place, url, who)
    if (
        who == "answering owner"
    ):  # as the lead that he is he may take projects' answers home; nothing shows them to him
        found = {
            word: [name for name in names if not name.startswith("project/")] for word, names in found.items()
        }
    assert found == {word: [] for word in PLANTED}


@pytest.mark.parametrize("who", ["owner", "reviewer"])
def test_who_decides_over_the_project_sees_all_of_it(place: Place, url: str, who: str) -> None:
    found = told(place, url, who)
    assert set(found[GOLD]) >= TELLING and set(found[SAID]) >= TELLING
    assert f"export/{place.runs[0]}.sqlite" in found[GOLD]
    assert "inspect_view" in found[PERSON_SAID]


def test_the_sweep_knows_every_kind_of_file_that_there_is() -> None:
    """A new address has to be thought of here, too."""
    projects = {f"GET /project/{{project}}.{ending}" for ending in PROJECT_FILES}
    swept = {"GET /export/{run_id}.sqlite", "GET /export/{run_id}.lm-eval.zip", "GET /leaderboard.{ending}",
             "GET /sql/{page}", "GET /chart/{name}.{ending}", "GET /submission/archive.zip"}  # fmt: skip
    of_no_run = {"GET /owner", "POST /owner", "GET /join", "POST /join", "GET /join/{secret}", "POST /join/{secret}",
                 "POST /leave", "POST /submission/check", "POST /runs/import"}  # fmt: skip
    # A report is as blind as its maker was: the next test. Media are of questions; pages alone give their seals.
    by_secret = {"GET /report/{job}.html", "GET /media/{seal}/{file:path}"}
    assert set(OURS) == swept | projects | of_no_run | by_secret


@pytest.mark.parametrize(("who", "shown"), [("nobody", False), ("annotator", False), ("reviewer", True)])
def test_a_report_tells_nothing_that_its_maker_may_not_see(place: Place, who: str, shown: bool) -> None:
    asked = ReportAsked((place.runs[0],), 5)
    report = place.studio.reports.make(asked, "ru", Viewer(person=_person(place, who)))
    assert (SAID.encode() in report.html) is shown  # where EM and the judge differ; its gold is the same word
    assert shown or GOLD.encode() not in report.html


def _person(place: Place, who: str) -> str:
    token = place.cookies[who].get(PERSON_COOKIE, "")
    person = place.studio.members.signed_in(token)
    return person.id if person else ""


def test_all_is_told_again_once_the_project_is_closed(place: Place, url: str) -> None:
    place.studio.organising.set_state(OWNER, place.project, "closed")
    for who in ("nobody", "annotator"):
        found = told(place, url, who)
        assert set(found[GOLD]) >= TELLING and f"export/{place.runs[0]}.sqlite" in found[GOLD]
