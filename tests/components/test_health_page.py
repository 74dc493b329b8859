"""The page «Судья и люди»: its first sentence, its doors, and what each viewer may do on it."""

import re
from contextlib import closing
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from components.pages.health import looked
from components.pages.health_view import VIEWS, chosen_view
from components.pages.inspect_look import Asked, Look
from components.widgets.forest import Ceiling, ForestRow, Mark, forest_html
from studio.core.errors import StudioError
from studio.core.judging import JudgingSpec
from studio.core.label import NewLabel
from studio.core.report import ReportAsked
from studio.core.run import OWNER, SampleFilter, Viewer
from studio.query import parse
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from tests.boards import keep_run
from tests.components.serving import Script, serving
from tests.service.test_health import Bench
from tests.support import RuleJudge

VISITOR = Viewer("visitor", browser="theirs")


@pytest.fixture
def studio(tmp_path):
    settings = Settings(home=tmp_path, db=tmp_path / "s.sqlite")
    studio = Studio(settings, Store(settings.db), judge=lambda name: RuleJudge(name))
    yield studio
    studio.close()


@pytest.fixture
def bench(studio) -> Bench:
    return Bench(studio, "r1", 200)


def body(studio: Studio, run: str = "", lang: str = "ru", who: Viewer = OWNER, **more: str) -> str:
    return looked(studio, {"run": run, **more}, who, lang)["parts"]["body"]


def links(html: str) -> list[dict[str, str]]:
    """The doors to Inspect, as their queries."""
    found = [unescape(address) for address in re.findall(r'href="(\./(?:en-)?inspect[^"]*)"', html)]
    return [{name: values[0] for name, values in parse_qs(urlsplit(each).query).items()} for each in found]


def test_a_studio_without_runs_says_so(studio) -> None:
    assert "st-empty" in body(studio) or "in-empty" in body(studio) or "in-notice" in body(studio)


def test_a_run_that_is_gone_is_told(studio, bench) -> None:
    assert "r-gone" in body(studio, "r-gone")


def test_without_an_address_the_newest_run_is_shown(studio, bench) -> None:
    assert looked(studio, {}, OWNER, "ru")["state"]["run"] == "r1"


@pytest.mark.parametrize(("lang", "words"), [("ru", "не разметили ни одного"), ("en", "labelled no answer")])
def test_without_labels_the_first_sentence_asks_for_some_and_a_button_draws_them(
    studio, bench, lang, words
) -> None:
    html = body(studio, "r1", lang)
    assert words in html and "data-draw" in html and "he-forest" not in html


def test_with_labels_the_picture_and_the_table_tell_the_same_numbers(studio, bench) -> None:
    bench.label(bench.draw(80))
    html = body(studio, "r1")
    found = studio.health.of("r1").whole.agreement.figures["sensitivity"]
    told = f"{found.value:.2f}".replace(".", ",")
    assert f"Верные узнаны: {told} [" in html and f"<b>{told}</b>" in html
    assert html.count('class="fo"') == 2


def test_every_door_leads_to_a_filter_that_counts_what_it_says(studio, bench) -> None:
    bench.label(bench.draw(80))
    doors = links(body(studio, "r1"))
    assert len(doors) > 6
    for each in doors:
        assert each["run"] == "r1"
        if "where" in each:
            parse(each["where"])
    told = {each.get("where") for each in doors}
    assert {"human:right,wrong", "human:right js:0", "human:wrong js:1"} <= told
    found = studio.health.of("r1").whole.agreement
    for where, n in (("human:wrong js:1", found.wrong_right), ("human:right,wrong", found.n)):
        assert studio.queue("r1", SampleFilter(where=where), 0, 1).total == n


@pytest.mark.parametrize("name", [view[0] for view in VIEWS])
def test_each_measure_can_be_shown_and_its_address_names_it(studio, bench, name) -> None:
    bench.label(bench.draw(40))
    answer = looked(studio, {"run": "r1", "metric": name}, OWNER, "en")
    assert f'data-metric="{name}" aria-pressed="true"' in answer["parts"]["body"]
    assert answer["state"]["metric"] == ("" if name == "sensitivity" else name)
    assert chosen_view("made up") == VIEWS[0]


def test_people_among_themselves_are_a_band_behind_kappa(studio, bench) -> None:
    places = bench.draw(40)
    bench.label(places)
    bench.label(places, "Борис", flip=places[:4])
    assert "fo-ceiling" in body(studio, "r1", metric="kappa")
    assert "fo-ceiling" not in body(studio, "r1", metric="mcc")


def test_refusals_are_explained_in_both_languages(studio, bench) -> None:
    bench.label(bench.rows(cell="js_only")[:30])
    assert "выбраны по вердикту" in body(studio, "r1")
    assert "chosen by verdict" in body(studio, "r1", "en")


def test_a_visitor_sees_the_numbers_and_changes_nothing(studio, bench) -> None:
    bench.label(bench.draw(40))
    studio.health.wait(studio.health.rejudge(JudgingSpec("r1", "rule")), 20)
    html = body(studio, "r1", who=VISITOR)
    assert "rule@r1" in html
    assert not re.search(r"data-draw|data-use|he-ask", html)
    owner = body(studio, "r1")
    assert all(part in owner for part in ("data-draw", "data-use", "he-ask"))


def test_private_tasks_are_named_and_left_out_for_a_visitor(studio) -> None:
    keep_run(
        studio, "r2", "m", {"RealVQA": ["right", "wrong"] * 10, "Лошади": ["right", "wrong"] * 10}, group_of=1
    )
    for row in studio.queue("r2", SampleFilter(), 0, 100).rows:
        studio.labels.label("r2", row.sample_id, NewLabel("Анна", "right"))
    html = body(studio, "r2", who=VISITOR)
    assert "Метки закрытых задач" in html and "RealVQA" in html and "task:RealVQA" not in html


def test_a_name_with_markup_in_it_stays_text(studio) -> None:
    keep_run(
        studio, "r3", "m", {"<b>жирно</b>": ["right", "wrong"] * 15, "Мосты": ["right"] * 10}, group_of=1
    )
    bench = Bench.__new__(Bench)
    bench.studio, bench.run = studio, "r3"
    bench.truth = {row: True for row in bench.rows()}
    bench.label(bench.draw(40))
    html = body(studio, "r3")
    assert "<b>жирно</b>" not in html and "&lt;b&gt;жирно" in html


def test_an_axis_begins_below_nought_where_something_lies_there() -> None:
    html = forest_html(
        [ForestRow("κ", (Mark("first", "κ", -0.1, -0.3, 0.2),))], "κ", "ru", Ceiling(0.8, 0.7, 0.9)
    )
    assert "-0,50" in html and "fo-zero" in html and "fo-ceiling" in html
    assert "-" not in re.sub(
        r"fo-\w+(-\w+)?|aria-label|text-anchor", "", forest_html([ForestRow("a")], "a", "en")
    )


def test_the_script_draws_asks_and_switches_over_http(studio, bench) -> None:
    with serving(studio) as url, closing(Script(url, "health_look")) as script:
        drawn = script.ask("health_draw", {"run": "r1"}).json()
        assert "draw=1" in drawn["address"] and studio.labels.draws("r1")[0].size == 100
        judging = script.ask("health_judge", {"run": "r1", "judge": "rule", "only": "all"}).json()
        assert studio.health.wait(judging["judging"], 20).state == "done"
        assert script.ask("health_use", {"run": "r1", "judge": "rule@r1"}).json() == {}
        assert studio.run("r1").judge == "rule@r1"
        refused = script.ask("health_use", {"run": "r1", "judge": "nobody"}).json()
        assert "nobody" in refused["error"] and refused["code"] == "unknown_run_judge"
        assert "rule@r1" in script.ask("health_look", {"run": "r1"}).json()["parts"]["body"]


def test_a_skipped_answer_of_a_draw_is_named_and_led_to_wherever_its_draw_is_shown(studio, bench) -> None:
    places = bench.draw(60)
    bench.label([places[0], *places[2:20]])
    number = studio.card("r1", places[1]).number
    page = looked(studio, {"run": "r1"}, OWNER, "ru")["parts"]["body"]
    assert f"Разметить пропущенный № {number}" in page and "./inspect?run=r1&amp;draw=1" in page
    assert f"sample={places[1]}" in page
    opened = Look(
        studio, Asked(run="r1", chosen=SampleFilter(draw=1), reviewer="Анна"), OWNER, "ru", ""
    ).answer()
    assert opened["state"]["sample"] == places[1]
    told = f"размечено 19 из 60, но пропущен № {number}"
    assert told in opened["parts"]["situation"]
    assert told in studio.reports.make(ReportAsked(("r1",)), "ru").html.decode()


def test_the_action_goes_on_with_a_draw_that_is_not_finished(studio, bench) -> None:
    bench.label(bench.draw(60)[:22])
    bench.draw(240)
    page = looked(studio, {"run": "r1"}, OWNER, "ru")["parts"]["body"]
    assert "Продолжить разметку выборки" in page and "data-draw" not in page


def test_a_further_draw_holds_the_one_before(studio, bench) -> None:
    first = bench.draw(30)
    bench.label(first)
    with pytest.raises(StudioError):
        studio.health.draw("r1", VISITOR)
    studio.health.draw("r1")
    second = studio.labels.draws("r1")[-1]
    assert second.size > 30 and second.in_order == 30
