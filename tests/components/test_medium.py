"""The address of a picture, a sound or a clip: it opens for those to whom a page has shown it, and tells no folder."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from components.links import PAGES, media_base, path
from studio.access import PERSON_COOKIE
from studio.core.project import ProjectSpec
from studio.core.run import OWNER, RunSpec, Viewer
from studio.service import Studio
from studio.service.seals import Seals
from studio.texts import LANGS
from tests.components.serving import Script, write_mixed_task
from tests.support import scripted_studio

FUNCTION = "annotate_open"
ADDRESS = re.compile(r'"(\./media/[^"]+)"')
KEPT = "private, max-age=31536000, immutable"


class Place(NamedTuple):
    studio: Studio
    project: str
    run: str
    cookies: Mapping[str, dict[str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("very-own-folder")


@pytest.fixture(scope="module")
def studio(folder: Path) -> Iterator[Studio]:
    studio = scripted_studio(folder / "home", lambda request: "кот", data=folder / "data")
    studio.settings = replace(studio.settings, owner_key="key-0123456789")
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def place(studio: Studio, folder: Path) -> Place:
    run = studio.start(RunSpec("our/model", (str(write_mixed_task(folder / "Mixed")),)))
    studio.wait(run, timeout_s=120)
    made = studio.organising.make(OWNER, ProjectSpec("Проект", "Mixed", controls=0.0, repeats=0.0))
    studio.organising.set_state(OWNER, made, "open")
    cookies: dict[str, dict[str, str]] = {"nobody": {}}
    for name, role in (("Анна", "annotator"), ("Пётр", "annotator"), ("Вера", "lead")):
        _, secret = studio.members.invite(OWNER, made, role)  # type: ignore[arg-type]
        cookies[name] = {PERSON_COOKIE: studio.members.redeem(secret, name, Viewer())[1]}
    return Place(studio, made, run, cookies)


def got(url: str, address: str, cookies: Mapping[str, str] | None = None, **headers: str) -> httpx.Response:
    with httpx.Client(base_url=url, cookies=dict(cookies or {}), timeout=30) as client:
        return client.get(address, headers=headers)


def addresses(script: Script, place: Place, who: str) -> list[str]:
    """What the desk gives this person: the question's media and the next one's."""
    asked = {"project": place.project}
    told = script.told("annotate_open", asked, place.cookies[who])
    ahead = script.told("annotate_ahead", asked, place.cookies[who])
    return [unescape(found) for found in ADDRESS.findall(told["html"])] + [
        each["url"] for each in ahead["media"]
    ]


def files_of(place: Place) -> dict[str, str]:
    """The published files of a run's samples by their extension."""
    rows = place.studio.queue(place.run).rows
    views = [view for row in rows for view in place.studio.card(place.run, row.sample_id).media]
    return {Path(str(view.file)).suffix: str(view.file) for view in views}


@pytest.mark.parametrize(
    ("kind", "said"), [(".png", "image/png"), (".wav", "audio/wav"), (".mp4", "video/mp4")]
)
def test_what_is_shown_to_everybody_opens_for_everybody_and_is_kept(
    url: str, place: Place, kind: str, said: str
) -> None:
    file = files_of(place)[kind]
    reply = got(url, media_base(place.studio)(file))
    assert reply.status_code == 200 and reply.content == (place.studio.media_dir / file).read_bytes()
    assert reply.headers["content-type"] == said and reply.headers["cache-control"] == KEPT
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_player_gets_the_part_that_it_asks_for(url: str, place: Place) -> None:
    file = files_of(place)[".mp4"]
    whole = (place.studio.media_dir / file).read_bytes()
    for encoding in ("identity", "br, gzip"):
        reply = got(
            url, media_base(place.studio)(file), range="bytes=100-299", **{"accept-encoding": encoding}
        )
        assert reply.status_code == 206 and reply.content == whole[100:300]
        assert reply.headers["content-range"] == f"bytes 100-299/{len(whole)}"
        assert reply.headers["cache-control"] == KEPT
    assert got(url, media_base(place.studio)(file), range=f"bytes={len(whole)}-").status_code == 416


def test_what_the_desk_shows_opens_for_that_person_alone(url: str, place: Place, script: Script) -> None:
    found = addresses(script, place, "Анна")
    assert found
    for address in found:
        assert got(url, address, place.cookies["Анна"]).status_code == 200
        assert {got(url, address, place.cookies[who]).status_code for who in ("nobody", "Пётр", "Вера")} == {
            404
        }


def test_the_same_medium_has_the_same_address_each_time(place: Place, script: Script) -> None:
    assert addresses(script, place, "Пётр") == addresses(script, place, "Пётр")


def test_who_has_signed_out_fetches_nothing_more(url: str, place: Place, script: Script) -> None:
    studio = place.studio
    _, secret = studio.members.invite(OWNER, place.project, "annotator")
    cookies = {PERSON_COOKIE: studio.members.redeem(secret, "Олег", Viewer())[1]}
    shown = Place(studio, place.project, place.run, {"Олег": cookies})
    address = addresses(script, shown, "Олег")[0]
    assert got(url, address, cookies).status_code == 200
    person = studio.members.signed_in(cookies[PERSON_COOKIE])
    assert person is not None
    studio.members.sign_out(Viewer(person=person.id), cookies[PERSON_COOKIE])
    assert got(url, address, cookies).status_code == 404


def test_what_a_lead_is_shown_opens_for_the_lead(url: str, place: Place, script: Script) -> None:
    with_items = Script(url, "organise_look")
    standing = script.told("annotate_open", {"project": place.project}, place.cookies["Анна"])
    item = standing["question"]["item"]
    asked = {"project": place.project, "tab": "items", "item": item}
    told = with_items.told("organise_look", asked, place.cookies["Вера"])
    with_items.close()
    html = told["parts"]["body"]
    (address, *_) = [unescape(found) for found in ADDRESS.findall(html)]
    assert got(url, address, place.cookies["Вера"]).status_code == 200
    assert got(url, address, place.cookies["Анна"]).status_code == 404


def test_nothing_else_opens(url: str, place: Place) -> None:
    seals, file = place.studio.seals, files_of(place)[".png"]
    right, note = seals.seal(file), f"{Path(file).stem}.json"
    assert (place.studio.media_dir / note).is_file()
    wrong = [
        f"media/{'x' * 20}/{file}", f"media//{file}", f"media/{file}", "media/", "media", f"media/{right}/",
        f"media/{right}/{files_of(place)['.wav']}", f"media/{right}/{file}/", f"media/é/{file}",
        f"media/{seals.seal(note)}/{note}", f"media/{seals.seal('evidence')}/evidence",
        f"media/{seals.seal('gone.png')}/gone.png", f"media/{seals.seal('../studio.sqlite')}/..%2Fstudio.sqlite",
    ]  # fmt: skip
    assert {address for address in wrong if got(url, address).status_code != 404} == set()
    assert httpx.post(f"{url}media/{right}/{file}").status_code == 404


def test_a_sealed_way_out_of_the_folder_is_no_way(tmp_path: Path) -> None:
    served = tmp_path / "media"
    served.mkdir()
    for file in (tmp_path / "secret.png", served / "own.png"):
        file.write_bytes(b"x")
    seals = Seals(tmp_path / "media.key", served)
    assert seals.opened(seals.seal("own.png"), "own.png", "") == served / "own.png"
    assert seals.opened(seals.seal("../secret.png"), "../secret.png", "") is None


def test_addresses_outlive_a_restart_and_belong_to_one_studio(tmp_path: Path) -> None:
    first = Seals(tmp_path / "media.key", tmp_path).seal("a.png", "p1")
    assert Seals(tmp_path / "media.key", tmp_path).seal("a.png", "p1") == first
    assert (tmp_path / "media.key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["media.key"]
    assert Seals(tmp_path / "other" / "media.key", tmp_path).seal("a.png", "p1") != first


@pytest.mark.parametrize("who", ["nobody", "Анна"])
def test_no_byte_of_the_pages_names_a_folder_of_the_machine(
    url: str, place: Place, script: Script, folder: Path, who: str
) -> None:
    """Neither the pages themselves, nor what the desk and Inspect answer, nor what came with a medium."""
    said: dict[str, Any] = {}
    for page in (path(page, lang) for page in PAGES for lang in LANGS):
        said[page] = got(url, page, place.cookies[who]).text
    said["offers"] = script.ask("annotate_offers", {}, place.cookies[who]).text
    said["desk"] = script.ask("annotate_open", {"project": place.project}, place.cookies[who]).text
    inspect = Script(url, "inspect_view")
    for row in place.studio.queue(place.run).rows:
        reply = inspect.ask("inspect_view", {"run": place.run, "sample": row.sample_id}, place.cookies[who])
        said[f"card {row.sample_id}"] = reply.text
    inspect.close()
    said["medium"] = str(got(url, media_base(place.studio)(files_of(place)[".png"])).headers)
    assert {name for name, text in said.items() if str(folder) in text or "file=" in text} == set()
