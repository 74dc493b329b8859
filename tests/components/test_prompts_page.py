"""The page «Промпты»: the warning, doors, a crossed run as pictures, and who may start one."""

import re
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from components.pages.prompts import looked
from components.pages.prompts_crossed_view import grid_section
from studio.core.crossing import Crossing
from studio.core.prompts import SHOWN, Crossed, ItemRow
from studio.core.run import OWNER, SampleFilter, Viewer
from studio.service import Studio
from tests.components.serving import Script, serving
from tests.crossing import write_prompted
from tests.service.test_prompt_scores import moody, steady
from tests.two_models import ran, studio_of

VISITOR = Viewer("visitor", browser="theirs")
PARTS = ("pr-split", "pr-by", "pr-grid", "pr-models", "pr-words")


@pytest.fixture
def studio(tmp_path: Path):
    studio = studio_of(tmp_path / "home", {"our/steady": steady, "our/moody": moody})
    yield studio
    studio.close()


def body(studio: Studio, run: str = "", lang: str = "ru", who: Viewer = OWNER, **more: str) -> str:
    return str(looked(studio, {"run": run, **more}, who, lang)["parts"]["body"])


def sections(html: str) -> list[str]:
    return re.findall(r'<h2 class="st-h2" id="([^"]+)"', html)


def doors(html: str) -> list[dict[str, str]]:
    found = [unescape(address) for address in re.findall(r'href="(\./(?:en-)?inspect[^"]*)"', html)]
    return [{name: values[0] for name, values in parse_qs(urlsplit(each).query).items()} for each in found]


@pytest.mark.parametrize(
    ("lang", "words"), [("ru", "о разных вопросах"), ("en", "about different questions")]
)
def test_an_ordinary_run_begins_with_the_warning(studio, tmp_path, lang, words) -> None:
    html = body(studio, ran(studio, "our/moody", write_prompted(tmp_path / "Things")), lang)
    assert words in html.partition("</section>")[0]
    assert sections(html) == ["pr-by", "pr-words"]


def test_every_number_leads_to_exactly_its_samples(studio, tmp_path) -> None:
    run = ran(studio, "our/moody", write_prompted(tmp_path / "Things"), write_prompted(tmp_path / "Others"))
    found = doors(body(studio, run, task="Things"))
    assert {"run": run, "where": "task:Things prompt:3", "people": "all"} in found
    assert {"run": run, "where": "task:Things prompt:3 em:1", "people": "all"} in found
    counts = {each["where"]: studio.queue(run, SampleFilter(where=each["where"])).total for each in found}
    assert counts["task:Things prompt:3"] == 4 and counts["task:Things prompt:3 em:1"] == 0
    assert counts["task:Things prompt:1 js:1"] == 4 and counts["task:Things"] == 12


def test_the_words_of_each_prompt_stand_behind_its_number(studio, tmp_path) -> None:
    html = body(studio, ran(studio, "our/moody", write_prompted(tmp_path / "Things")))
    words = html.partition('id="pr-words"')[2]
    assert re.findall(r'<pre class="pr-template">(\w+)', words) == ["Скажите", "Ответьте", "Назовите"]
    assert "{question}" in words


def test_a_crossed_run_is_shown_as_pictures_whose_rows_and_cells_are_samples(studio, tmp_path) -> None:
    folder = write_prompted(tmp_path / "Things")
    run = ran(studio, "our/steady", folder, crossed=Crossing(12))
    html = body(studio, run)
    assert sections(html) == list(PARTS)
    assert 'class="pr-part pr-item" style="width:100.00%"' in html
    rows = re.findall(r'<a class="pr-row" href="([^"]+)".*?</a>', html, re.S)
    assert len(rows) == 12 and len(re.findall(r"data-sample=", html)) == 36
    where = parse_qs(urlsplit(unescape(rows[0])).query)["where"][0]
    assert {row.key.partition("@")[0] for row in studio.queue(run, SampleFilter(where=where)).rows} == {
        re.findall(r'class="pr-row".*?<span>([^<]+)</span>', html, re.S)[0]
    }
    assert "pr-moved" not in html and "run --crossed" in html.partition('id="pr-models"')[2]


def test_models_that_were_asked_the_same_stand_beside_with_the_places_that_moved(studio, tmp_path) -> None:
    folder = write_prompted(tmp_path / "Things")
    first = ran(studio, "our/steady", folder, crossed=Crossing(12))
    ran(studio, "our/moody", folder, crossed=Crossing(12))
    models = body(studio, first).partition('id="pr-models"')[2]
    assert models.count("<tr>") == 1 + 2 and "our/moody" in models


def test_of_several_tasks_a_crossed_run_shows_the_first_and_offers_the_others(studio, tmp_path) -> None:
    tasks = (write_prompted(tmp_path / "Things"), write_prompted(tmp_path / "Others"))
    run = ran(studio, "our/moody", *tasks, crossed=Crossing(4))
    told = looked(studio, {"run": run, "mark": "js"}, OWNER, "ru")
    assert told["state"] == {"run": run, "task": "Things", "mark": "js"}
    assert re.findall(r'<option value="(\w*)"( selected)?', told["parts"]["choices"]) == [
        ("Things", " selected"), ("Others", ""),
    ]  # fmt: skip
    assert 'data-mark="js" aria-pressed="true"' in told["parts"]["choices"]
    others = looked(studio, {"run": run, "task": "Others"}, OWNER, "ru")
    assert others["task"] == "Others"
    (where, *_) = re.findall(r'class="pr-row" href="([^"]+)"', others["parts"]["body"])
    asked = SampleFilter(where=parse_qs(urlsplit(unescape(where)).query)["where"][0])
    assert {row.task for row in studio.queue(run, asked).rows} == {"Others"}
    assert studio.queue(run, asked).total == 3


def test_an_address_that_names_nothing_there_is_answered_all_the_same(studio, tmp_path) -> None:
    assert "in-" in body(studio) or "st-empty" in body(studio)
    run = ran(studio, "our/moody", write_prompted(tmp_path / "Things"))
    assert "r-gone" in body(studio, "r-gone")
    told = looked(studio, {"run": run, "task": "Nothing", "mark": "nonsense"}, OWNER, "ru")
    assert told["task"] == "Things" and "pr-by" in told["parts"]["body"]


def test_the_button_tells_what_it_takes_and_is_there_for_whom_may_run(studio, tmp_path) -> None:
    run = ran(studio, "our/moody", write_prompted(tmp_path / "Things"))
    html = body(studio, run)
    assert 'class="he-ask pr-ask"' in html and re.search(r"30 × 3 = 90\W+ответов", html)
    assert 'class="he-ask pr-ask"' not in body(studio, run, who=VISITOR)
    wide = ran(studio, "our/moody", tmp_path / "Things", crossed=Crossing(4))
    assert f"run={wide}" in body(studio, run) and 'class="he-ask pr-ask"' not in body(studio, wide)


def test_the_button_starts_a_run_in_all_prompts(studio, tmp_path) -> None:
    run = ran(studio, "our/moody", write_prompted(tmp_path / "Things"))
    with serving(studio) as url, closing(Script(url, "prompts_cross")) as script:
        told = script.ask("prompts_cross", {"run": run, "task": "Things", "items": "10"}).json()
        (started,) = parse_qs(urlsplit(told["address"]).query)["run"]
        view = studio.wait(started, timeout_s=60)
        assert (view.spec.crossed, view.planned, view.model) == (Crossing(10), 30, "our/moody")
        refused = script.ask("prompts_cross", {"run": run, "task": "Things", "items": "0"}).json()
        assert refused["code"] == "out_of_bounds"


def test_long_runs_show_questions_evenly_spaced() -> None:
    rows = tuple(
        ItemRow(str(n), f"key:{n}@p*", (n, n), (float(n < 500), None), ("scored", "failed"), float(n < 500))
        for n in range(1000)
    )
    html = grid_section("r1", Crossed("em", "T", (1, 2), 1000, 0, (), None, None, rows), "ru")
    shown = re.findall(r'class="pr-row".*?<span>(\d+)</span>', html, re.S)
    assert len(shown) == SHOWN and (shown[0], shown[-1]) == ("0", "999")
    assert "150" in html and "pr-c-failed" in html
