"""The page «Рядом» over a real studio: numbers that are doors, one question with every answer, links that restore."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlparse

import pytest

from components.pages.compare_card import _words
from components.pages.compare_filters import inspect_words
from components.pages.compare_look import Look, asked_from
from components.pages.inspect_look import Look as Inspect
from components.pages.inspect_look import asked_from as asked_of_inspect
from components.widgets.run_table import compare_bar, runs_html
from studio.core.compare import Contrast
from studio.core.label import NewLabel
from studio.core.run import SampleFilter, Viewer
from studio.texts.compare_said import compared_said
from tests.support import write_task
from tests.two_models import ran, studio_of

GOLDS = ["кот", "пёс", "да", "нет"] * 4
HOSTILE = "<script>document.title='взломано'</script>"
OWNER, VISITOR = Viewer("owner"), Viewer("visitor")


def rule(right, wrong):
    def answer(asked):
        number = int(asked.message[-1].text.split("номер ")[1].split("?")[0])
        return f"ОТВЕТ {GOLDS[number]}" if right(number) else wrong

    return answer


MODELS = {
    "our/one": rule(lambda n: n % 4 != 0, "не знаю"),
    "our/two": rule(lambda n: n % 2 == 0, f"ОТВЕТ {HOSTILE}"),
    "our/three": rule(lambda n: False, "длинноеслово" * 500),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("compare")


@pytest.fixture(scope="module")
def studio(home):
    studio = studio_of(home / "home", MODELS)
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def runs(studio, home):
    tasks = (write_task(home / "Things", GOLDS), write_task(home / "Others", GOLDS[:8], first_id=100))
    return [ran(studio, model, *tasks, title=f"<b>{model}") for model in MODELS]


def look(studio, runs, who=OWNER, lang="ru", **data):
    return Look(studio, asked_from({"runs": ",".join(runs), **data}), who, lang, "./media/{}".format).answer()


def doors(html):
    return [unescape(found) for found in re.findall(r'href="(\./(?:en-)?compare[^"]*)"', html)]


def test_two_runs_open_with_their_table_and_the_first_question(studio, runs):
    told = look(studio, runs[:2])
    assert set(told["parts"]) == {"stage", "bench", "runs", "table", "filters", "card"}
    assert told["parts"]["stage"] == "" and "Общих вопросов: 24" in told["parts"]["runs"]
    assert told["state"]["sample"] is not None and told["state"]["previous"] is None
    assert "1 из 24" in told["parts"]["card"] and told["parts"]["card"].count('class="cp-answer"') == 2


def test_every_number_of_the_table_leads_to_exactly_its_questions(studio, runs):
    found = studio.comparing.compare(runs[:2])
    html = look(studio, runs[:2])["parts"]["table"]
    asked = [parse_qs(urlparse(door).query) for door in doors(html)]
    assert all(each["runs"] == [",".join(runs[:2])] for each in asked)
    for row in (found.total, *found.tasks):
        duel = row.pairs[0].em
        for only, n in (("em:1>2", duel.wins), ("em:1<2", duel.losses), ("em:1=2", duel.ties), ("", row.n)):
            task, choice = [row.task] if row.task else None, [only] if only else None
            assert any(each.get("task") == task and each.get("only") == choice for each in asked)
            assert studio.comparing.count(runs[:2], Contrast.read(only, 2), row.task) == n
            assert f">{n}</a>" in html


def test_a_door_shows_the_choice_and_the_way_back_from_it(studio, runs):
    told = look(studio, runs[:2], only="em:1>2", task="Things")
    assert "EM: 1 лучше, чем 2" in told["parts"]["filters"] and 'data-only=""' in told["parts"]["filters"]
    assert told["state"]["only"] == "em:1>2" and "1 из 8" in told["parts"]["card"]
    nothing = look(studio, runs[:2], only="em:2>1", task="Nowhere")
    assert "Таких вопросов нет" in nothing["parts"]["card"] and 'data-act="clear"' in nothing["parts"]["card"]


def test_steps_go_along_the_choice_and_ask_for_the_card_alone(studio, runs):
    first = look(studio, runs[:2], only="em")
    step = look(studio, runs[:2], only="em", sample=first["state"]["following"], want=["card"])
    assert set(step["parts"]) == {"card"} and step["state"]["previous"] == first["state"]["sample"]


def test_what_makes_no_sense_in_an_address_is_as_usual(studio, runs):
    told = look(studio, runs[:2], only="em:7>1", mark="x", diff="zz", sample="9999999", base="r-none")
    assert told["state"]["only"] == "" and told["state"]["mark"] == "em" and told["state"]["diff"] == "1"
    assert "9999999" in told["state"]["note"]
    assert told["parts"]["card"].count('class="cp-answer"') == 2


def test_one_run_is_asked_with_what_to_compare_it(studio, runs):
    told = look(studio, [], run=runs[0], sample=3)
    assert "С чем сравнить?" in told["parts"]["stage"] and told["state"]["sample"] == 3
    offered = [parse_qs(urlparse(door).query)["runs"][0] for door in doors(told["parts"]["stage"])]
    assert sorted(offered) == sorted(f"{runs[0]},{other}" for other in runs[1:])


def test_an_unknown_run_is_named(studio, runs):
    told = look(studio, [runs[0], "r0000-gone"])
    assert "Нет в студии: r0000-gone" in told["parts"]["stage"] and "table" not in told["parts"]
    assert doors(told["parts"]["stage"]) and "python -m studio" not in told["parts"]["stage"]
    assert told["state"]["runs"] == runs[0]


def test_the_runs_that_are_left_of_a_link_are_compared(studio, runs):
    told = look(studio, [runs[0], "r0000-gone", runs[1]], base="r0000-gone", want=["table", "card"])
    assert (told["state"]["runs"], told["state"]["base"]) == (f"{runs[0]},{runs[1]}", "")
    assert (
        "Нет в студии: r0000-gone" in told["parts"]["runs"]
        and told["parts"]["table"]
        and told["parts"]["card"]
    )


def test_of_many_runs_each_is_compared_with_the_first_unless_asked_otherwise(studio, home, runs):
    four = [*runs, ran(studio, "our/two", home / "Things")]
    assert look(studio, four)["parts"]["table"].count("cp-wtl") == 3
    assert look(studio, four, base="all")["parts"]["table"].count("cp-wtl") == 6
    assert look(studio, four, base=four[2])["parts"]["table"].count("cp-wtl") == 3
    assert look(studio, runs)["parts"]["table"].count("cp-wtl") == 3 * 3


def test_answers_are_compared_word_by_word_with_whatever_is_chosen(studio, runs):
    first = look(studio, runs[:2], only="em:1>2")["parts"]["card"]
    assert "<ins>" in first and "<del>" in first
    assert "<ins>" in look(studio, runs[:2], only="em:1>2", diff="gold")["parts"]["card"]
    plain = look(studio, runs[:2], only="em:1>2", diff="none")["parts"]["card"]
    assert "<ins>" not in plain and "есть только здесь" not in plain
    long = look(studio, [runs[0], runs[2]])["parts"]["card"]
    assert "Ответ длинный" in long


@pytest.mark.parametrize(
    ("answer", "other", "html"),
    [
        ("что-то,  да", "что-то, нет", "что-то,  <ins>да</ins> <del>нет</del>"),
        ("ОТВЕТ кот", "ОТВЕТ кот", "ОТВЕТ кот"),
        ("два слова", "два", "два <ins>слова</ins>"),
    ],
)
def test_an_answer_keeps_its_own_spaces(answer, other, html):
    assert _words(answer, other) == html


def test_what_models_wrote_is_never_markup(studio, runs):
    for lang in ("ru", "en"):
        told = look(studio, runs, lang=lang, only="em:1>2", diff="none")
        whole = "".join(told["parts"].values())
        assert "<script>" not in whole and "<b>our" not in whole and "&lt;script&gt;" in whole


def test_the_same_page_speaks_english(studio, runs):
    parts = look(studio, runs[:2], lang="en")["parts"]
    assert "Shared questions: 24" in parts["runs"] and "./en-inspect" in parts["table"]


def test_a_visitor_sees_no_gold_of_a_private_task_and_no_verdict(studio, home):
    private = write_task(home / "Private", GOLDS[:4], access="private")
    runs = [ran(studio, model, private) for model in ("our/one", "our/two")]
    told = look(studio, runs, who=VISITOR)
    assert "Private" in told["parts"]["runs"] and told["parts"]["table"] == ""
    card = told["parts"]["card"]
    assert "st-chip st-t-good" not in card and "st-chip st-t-bad" not in card and "in-gold" not in card
    for only in ("em", "js", "em:1>2"):
        assert "Таких вопросов нет" in look(studio, runs, who=VISITOR, only=only)["parts"]["card"]


def test_inspect_and_the_list_of_runs_lead_here(studio, runs):
    bar = Inspect(studio, asked_of_inspect({"run": runs[0]}), OWNER, "ru", str).answer()["parts"]["run"]
    assert f'href="./compare?run={runs[0]}"' in bar
    listed = runs_html(studio.runs(), {}, "ru")
    assert listed.count("data-compare") == len(studio.runs())
    assert 'data-address="./en-compare"' in compare_bar("en")


def test_a_filter_narrows_the_page_stays_in_every_door_and_says_what_is_wrong_with_it(studio, runs):
    told = look(studio, runs[:2], where="em:1")
    assert "Общих вопросов: 18" in told["parts"]["runs"] and "1 из 18" in told["parts"]["card"]
    assert all(parse_qs(urlparse(door).query)["where"] == ["em:1"] for door in doors(told["parts"]["table"]))
    wrong = look(studio, runs[:2], where="emm:1")
    assert "emm" in wrong["parts"]["stage"] and 'data-act="clear"' in wrong["parts"]["stage"]


@pytest.mark.parametrize("words", ["em:1>2", "em:1<2", "em:2>1", "js:1=2", "answer:1≠2", "em", "answer"])
@pytest.mark.parametrize("where", ["", "em:1 OR len>5"])
def test_a_choice_of_two_runs_is_the_same_questions_on_inspect(studio, runs, words, where):
    pair, contrast = runs[:2], Contrast.read(words, 2)
    asked = inspect_words(pair, contrast, where)
    if where and contrast.left == 2:
        assert asked == ""
        return
    run = pair[max(contrast.left, 1) - 1]
    found = studio.queue(run, SampleFilter(where=asked), limit=100).rows
    ids = studio.comparing.numbers(pair, contrast, where=where)
    assert {row.sample_id for row in found} == set(ids) and ids
    assert f"run={run}" in look(studio, pair, only=words, where=where)["parts"]["filters"]


def test_a_choice_that_inspect_cannot_name_leads_nowhere():
    assert inspect_words(["a", "b", "c"], Contrast("em"), "") == ""
    assert inspect_words(["a", "b"], Contrast(), "") == ""


def test_a_filter_by_labels_counts_others_beside_own_ones_alone_and_says_so(studio, runs):
    first, second, *_ = [row.sample_id for row in studio.queue(runs[0]).rows]
    for sample, reviewer in ((first, "Борис"), (second, "Борис"), (second, "Анна")):
        studio.labels.label(runs[0], sample, NewLabel(reviewer, "wrong"))
    asked = {"where": "human:wrong", "want": ["runs", "card"]}
    anna = look(studio, runs, replace(OWNER, reviewer="Анна"), **asked)
    everyone = look(studio, runs, people="all", **asked)
    assert "1 из 1<" in anna["parts"]["card"] and "1 из 2<" in everyone["parts"]["card"]
    assert 'data-act="people"' in anna["parts"]["runs"] and "где есть ваша" in anna["parts"]["runs"]
    assert "всех рецензентов" in everyone["parts"]["runs"] and everyone["state"]["people"] == "all"


def test_files_of_the_table_go_by_the_labels_that_the_page_goes_by(studio, runs):
    for who, word in (
        (replace(OWNER, reviewer="Анна Б."), {"reviewer": ["Анна Б."]}),
        (OWNER, {"people": ["all"]}),
    ):
        html = unescape(look(studio, runs, who, where="human:right OR em:1")["parts"]["table"])
        query = parse_qs(urlparse(re.search(r"\./chart/compare\.svg[^\"]+", html).group()).query)
        assert word.items() <= query.items() and query["where"] == ["human:right OR em:1"]


def test_a_task_whose_score_is_made_otherwise_is_named(studio, home):
    task = write_task(home / "RuSLUn", GOLDS[:4])
    found = studio.comparing.compare([ran(studio, model, task) for model in MODELS])
    assert found.other_scores == ("RuSLUn",)
    assert any("RuSLUn" in said and "намерениям" in said for said in compared_said(found, "ru"))


def test_tasks_scored_by_em_and_judge_need_no_such_words(studio, runs):
    assert studio.comparing.compare(runs).other_scores == ()
