"""The page «Причины»: what it says before and after a grouping, its doors, who may edit, and what editing does."""

import re
from base64 import b64decode
from contextlib import closing
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from components.links import media_base
from components.pages.reasons import answers_of, edited, looked
from components.pages.reasons_cards import pictures_of
from components.pages.reasons_form import asked_spec, job_html
from studio.core.errors import BadInput, Problem
from studio.core.label import NewLabel
from studio.core.reasons import GroupingSpec, GroupingState
from studio.core.rules import Rules
from studio.core.run import OWNER, RunSpec, SampleFilter, Viewer
from studio.texts import LANGS
from tests.components.serving import Script, serving
from tests.support import scripted_studio, write_task
from tests.two_models import ran, studio_of

VISITOR = Viewer("visitor", browser="theirs")
GOLDS = ["кот", "пёс", "лес", "5", "дом", "да", "шар", "7"] * 3
SAID = [
    "ОТВЕТ кот",
    "Это пёс сидит",
    "тут лес шумит",
    "их 5",
    "там дом <b>стоит</b>",
    "нет",
    "не могу сказать",
    "",
]
MODELS = {
    "our/one": lambda asked: SAID[(asked.key - 1) % 8],
    "our/two": lambda asked: SAID[asked.key % 8],
}


@pytest.fixture
def studio(tmp_path):
    studio = studio_of(tmp_path / "home", MODELS)
    yield studio
    studio.close()


@pytest.fixture
def runs(studio, tmp_path) -> list[str]:
    task = write_task(tmp_path / "Things", GOLDS)
    return [ran(studio, model, task) for model in MODELS]


def group(studio, *runs, where="em:0") -> int:
    studio.reasons.start(GroupingSpec(runs, where))
    return studio.reasons.jobs.wait(runs).kept


def body(studio, run, lang="ru", who=OWNER, **more) -> str:
    return looked(studio, {"run": run, **more}, who, lang)["parts"]["body"]


def doors(html: str) -> list[tuple[dict[str, str], int]]:
    """Links to Inspect that stand around a number: the query, and the number."""
    found = re.findall(r'href="\./(?:en-)?inspect\?([^"]*)"[^>]*>(?:<b>)?(\d+)(?:</b>)?</a>', html)
    return [
        ({name: values[0] for name, values in parse_qs(unescape(query)).items()}, int(n))
        for query, n in found
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_run_that_is_not_grouped_says_how_many_failures_wait(studio, runs, lang):
    html = body(studio, runs[0], lang)
    n = studio.reasons.count([runs[0]])
    assert n and f" {n}." in html and "gp-form" in html
    assert f'value="{runs[1]}"' in html, "the other run may be grouped along"
    assert "gp-form" not in body(studio, runs[0], lang, VISITOR)


@pytest.mark.parametrize("lang", LANGS)
def test_every_number_is_a_door_to_exactly_so_many_answers(studio, runs, lang):
    group(studio, *runs)
    found = doors(body(studio, runs[0], lang))
    assert len(found) > 20
    for query, n in found:
        where = SampleFilter(task=query.get("task", ""), where=query.get("where", ""))
        assert studio.queue(query["run"], where).total == n, query


def test_text_of_models_and_people_is_no_markup(studio, runs):
    book = group(studio, *runs)
    studio.reasons.groups.make(book, "<img src=x>", [(runs[0], studio.queue(runs[0]).rows[4].sample_id)])
    html = body(studio, runs[0])
    assert "<img src=x>" not in html and "<b>стоит" not in html and "&lt;img src=x&gt;" in html


def test_an_address_with_a_group_opens_it_with_all_its_answers(studio, runs):
    book = group(studio, *runs)
    largest = studio.reasons.groups.kept(book).groups[0]
    told = looked(studio, {"run": runs[0], "group": str(largest.number)}, OWNER, "ru")
    assert told["state"]["group"] == largest.number
    assert told["parts"]["body"].count("data-pick") > largest.n
    gone = looked(studio, {"run": runs[0], "group": "999"}, OWNER, "ru")
    assert gone["state"]["group"] == "" and "999" in gone["said"]


def test_an_address_names_the_grouping_where_a_run_is_in_several(studio, runs):
    alone, both = group(studio, runs[0]), group(studio, *runs)
    assert looked(studio, {"run": runs[0]}, OWNER, "ru")["book"] == both
    told = looked(studio, {"run": runs[0], "book": str(alone)}, OWNER, "ru")
    assert told["book"] == alone and f"book={both}" in told["parts"]["body"]
    other = looked(studio, {"run": runs[1], "book": str(alone)}, OWNER, "ru")
    assert other["book"] == both, "a grouping that the run is not in is not shown"


def test_the_counter_shows_which_labels_brought_something_new(studio, runs):
    group(studio, runs[0])
    assert "gp-strip" not in body(studio, runs[0])
    rows = studio.queue(runs[0], SampleFilter(where="group:*")).rows
    for row in rows[:6]:
        studio.labels.label(runs[0], row.sample_id, NewLabel("Анна", "wrong"))
    html = body(studio, runs[0])
    latest = studio.reasons.groups.kept(1).latest
    assert html.count("gp-sq") == 6 and html.count("is-new") == sum(each.first for each in latest) > 0


def test_a_visitor_sees_the_groups_and_no_button_that_changes_them(studio, runs):
    group(studio, *runs)
    html = body(studio, runs[0], who=VISITOR)
    assert "gp-card" in html
    assert not re.search(r'data-act="(rename|merge|remove|undo|make)"|data-pick|gp-form', html)


def test_gold_of_private_tasks_is_on_nobodys_page_but_the_owners(studio, tmp_path):
    task = write_task(tmp_path / "Secret", ["выхухоль"] * 8, access="private")
    run = ran(studio, "our/one", task)
    book = group(studio, run)
    studio.reasons.groups.rename(studio.reasons.groups.kept(book).groups[0].number, "тут выхухоль")
    assert "выхухоль" in body(studio, run)
    assert "выхухоль" not in repr(looked(studio, {"run": run}, VISITOR, "ru"))


def test_each_edit_says_what_it_did(studio, runs):
    book = group(studio, *runs)
    first, second = (each.number for each in studio.reasons.groups.kept(book).groups[:2])
    answers = [[runs[0], studio.queue(runs[0]).rows[1].sample_id]]
    asked = [
        ({"action": "rename", "group": first, "name": "болтает"}, "«болтает»"),
        ({"action": "move", "group": first, "answers": answers}, "перенесено в «болтает»"),
        ({"action": "make", "name": "своя", "answers": answers}, "новая группа «своя»"),
        ({"action": "merge", "group": first, "other": second}, "объединена"),
        ({"action": "remove", "group": first}, "убрана группа «болтает»"),
        ({"action": "undo"}, "Отменено: убрана группа"),
    ]
    for data, words in asked:
        assert words in edited(studio, {**data, "book": book}, OWNER, "ru")["said"]
    with pytest.raises(BadInput, match="unknown_action"):
        edited(studio, {"action": "eat", "book": book}, OWNER, "ru")


@pytest.mark.parametrize(
    "listed", [None, "r1", [["r1"]], [["r1", "2"]], [[1, 2]], [["r1", True]], [["r1", -1]], {"r1": 1}]
)
def test_answers_that_are_none_are_left_out(listed):
    assert answers_of({"answers": listed}) == []


def test_a_grouping_that_is_asked_for_wrongly_is_as_usual():
    assert asked_spec({"runs": "r1", "most": "many", "where": 7}) == GroupingSpec(())
    assert asked_spec({"runs": ["r1", 3, "r1"], "most": "999"}).runs == ("r1",)


def test_how_far_a_grouping_is_and_why_it_failed_is_said():
    assert (
        job_html(None, True, "ru") == "" == job_html(GroupingState(("r",), "keep", going=False), True, "ru")
    )
    going = GroupingState(("r",), "embed", 5, 10)
    assert "50%" in job_html(going, True, "ru") and 'data-act="stop"' in job_html(going, True, "ru")
    assert 'data-act="stop"' not in job_html(going, False, "ru")
    stopped = GroupingState(("r",), "embed", going=False, problem=Problem("cancelled"))
    assert "Группы остались такими, какими были" in job_html(stopped, True, "ru")
    failed = GroupingState(("r",), "group", going=False, problem=Problem("grouping_empty"))
    assert "Группировать нечего" in job_html(failed, True, "ru")


def test_a_clip_is_shown_by_its_first_frame(tmp_path):
    studio = scripted_studio(tmp_path, lambda asked: "да")
    try:
        clips = next(info.name for info in studio.tasks() if info.modality == "video")
        run = studio.start(RunSpec("our/model", (clips,), limit=1))
        studio.wait(run, timeout_s=60)
        sample = studio.queue(run).rows[0].sample_id
        (shown,) = pictures_of(studio, [(run, sample)], "ru", media_base(studio)).values()
        data = b64decode(re.search(r'src="data:image/jpeg;base64,([^"]+)"', shown).group(1))
        picture = Image.open(BytesIO(data))
        assert picture.format == "JPEG" and max(picture.size) <= 160 and picture.getextrema() != ((0, 0),) * 3
    finally:
        studio.close()


def test_the_script_groups_in_the_background_and_gets_pictures(studio, runs):
    with serving(studio) as url, closing(Script(url, "reasons_look")) as script:
        begun = script.told("reasons_group", {"runs": [runs[0]], "where": "em:0", "most": "8"})
        assert begun["runs"] == [runs[0]]
        studio.reasons.jobs.wait((runs[0],))
        state = script.told("reasons_state", {"runs": [runs[0]]})
        assert state["going"] is False and state["kept"]
        sample = studio.queue(runs[0]).rows[0].sample_id
        pictures = script.told("reasons_pictures", {"answers": [[runs[0], sample], [runs[0], 10**9]]})[
            "pictures"
        ]
        (source,) = re.findall(r'src="\./([^"]+)"', pictures[f"{runs[0]}:{sample}"])
        assert script.client.get(unescape(urlsplit(source).path)).status_code == 200
        assert "gp-card" in script.told("reasons_look", {"run": runs[0]})["parts"]["body"]
        refused = script.told("reasons_edit", {"action": "rename", "group": 999, "name": "x"})
        assert refused["code"] == "unknown_group"


def test_groups_made_before_a_re_scoring_say_so_until_they_are_made_anew(studio, runs):
    group(studio, *runs)
    assert "пересчёта" not in body(studio, runs[0])
    studio.rescoring.save("мягкий", Rules(endings=True))
    studio.rescoring.rescore(runs[0], "мягкий")
    studio.rescoring.wait(runs[0])
    html = body(studio, runs[0])
    assert "Сгруппировано до пересчёта" in html and "one: <code>studio-2+мягкий</code>" in html
    assert 'data-act="again"' in html and 'data-act="again"' not in body(studio, runs[0], who=VISITOR)
    assert "Grouped before a re-scoring" in body(studio, runs[0], "en", VISITOR)
    group(studio, *runs)
    assert "пересчёта" not in body(studio, runs[0])
