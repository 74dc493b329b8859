"""The page Annotate over a real studio: nothing is lost, nothing counts twice, whoever asks is who he is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from components.pages.annotate import Desk
from components.pages.annotate_dialogs import guide_html, keys_dialog_html, skip_dialog_html
from components.pages.annotate_ends import end_html
from components.pages.annotate_view import closed_words, safety_words, standing_html
from components.pages.inspect_look import Look, asked_from
from studio.core.errors import BadInput, NotAllowed, Problem
from studio.core.project import SKIPS, Nothing, Progress, ProjectSpec, Standing, Training, Wait
from studio.core.run import OWNER, RunSpec, Viewer
from studio.core.safety import Safety
from studio.service import Studio
from studio.texts import t
from tests.components.serving import write_letter_task
from tests.support import scripted_studio, write_task

FUNCTION = "annotate_open"  # of the page whose script the tests are
OPTIONS = {"A": "дом", "B": "лес", "C": "река"}
NOBODY = Viewer()
WAITS: tuple[Wait, ...] = (
    "instructions", "time_out", "ready",
    "done", "reserved", "draft", "paused", "closed", "early", "late", "excluded", "failed_training",
)  # fmt: skip


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Words: 4 short questions. Letters: 4 questions A-C. A model has answered both. Each test joins anew."""
    folder = tmp_path_factory.mktemp("annotate")
    studio = scripted_studio(folder / "home", lambda request: "кот", data=folder / "data")
    words = write_task(folder / "Words", ["кот", "пёс", "3", "да"])
    letters = write_letter_task(folder / "Letters", ["A", "B", "C", "A"], OPTIONS)
    studio.wait(studio.start(RunSpec("secret/model", (str(words), str(letters)))), timeout_s=120)
    yield studio
    studio.close()


@pytest.fixture
def desk(studio: Studio) -> Desk:
    return Desk(studio, "ru")


def somebody(studio: Studio, project: str, name: str = "Анна") -> Viewer:
    """A new person of an open project."""
    found = studio.members.signed_in(studio.workplaces.join(NOBODY, project, name))
    assert found is not None
    return Viewer(person=found.id)


def shared(studio: Studio, task: str = "Words", size: int | None = None, **spec: Any) -> str:
    """A project of its own that anybody may join."""
    rest = {"overlap": 2, "controls": 0.0, "repeats": 0.0, "joining": "anyone", **spec}
    project = studio.organising.make(OWNER, ProjectSpec("Общий проект", task, **rest), size=size)
    studio.organising.set_state(OWNER, project, "open")
    return project


def give(desk: Desk, who: Viewer, told: Mapping[str, Any], text: str, **more: Any) -> dict[str, Any]:
    place = {key: told["question"][key] for key in ("item", "occasion")}
    data = {"project": told["project"], "client_id": f"c{place['item']}", "text": text, **place, **more}
    return desk.submit(who, data, "skip" if "reason" in more else "answer")


# where to begin


def test_the_start_offers_tasks_and_open_projects_without_any_score(studio: Studio, desk: Desk) -> None:
    project = shared(studio)
    html = desk.offers(NOBODY)["html"]
    assert 'value="task:Words"' in html and 'value="task:Letters"' in html and f"project:{project}" in html
    assert "4\u00a0вопроса, выбор буквы" in html and 'name="name"' in html
    assert "secret/model" not in html and "Ваши проекты" not in html


def test_whoever_is_signed_in_finds_his_projects_first_and_tells_no_name_again(
    studio: Studio, desk: Desk
) -> None:
    project = shared(studio)
    who = somebody(studio, project, "Вера")
    give(desk, who, desk.open(who, {"project": project}), "кот")
    html = desk.offers(who)["html"]
    assert "Ваши проекты" in html and f"annotate?project={project}" in html and "1\u00a0ответ" in html
    assert "Вы отвечаете как Вера" in html and 'name="name"' not in html


def test_a_project_by_invitation_is_offered_to_nobody_else_and_does_not_tell_its_name(
    studio: Studio, desk: Desk
) -> None:
    project = shared(studio, joining="invited")
    assert project not in desk.offers(NOBODY)["html"]
    door = desk.open(NOBODY, {"project": project})["door"]
    assert "Общий проект" not in door and "по приглашению" in door
    assert desk.open(NOBODY, {"project": "нет такого"})["door"] == door


def test_the_door_of_an_open_project_asks_for_a_name_and_a_shut_one_says_so(
    studio: Studio, desk: Desk
) -> None:
    project = shared(studio)
    assert 'name="name"' in desk.open(NOBODY, {"project": project})["door"]
    studio.organising.set_state(OWNER, project, "paused")
    shut = desk.open(NOBODY, {"project": project})["door"]
    assert "не открыт для новых" in shut and 'name="name"' not in shut


@pytest.mark.parametrize("task", ["ruclevr", "hub:MERA-evaluation/WEIRD", "/tmp"])
def test_a_browser_may_begin_only_tasks_of_the_list(desk: Desk, task: str) -> None:
    """Any other name would fetch a dataset onto the owner's disk, or read a folder of it."""
    with pytest.raises(NotAllowed, match="visitor_task"):
        desk.own({"task": task})


def test_nobody_answers_where_he_has_not_joined_whatever_his_browser_says(studio: Studio, desk: Desk) -> None:
    project, other = shared(studio), shared(studio)
    who = somebody(studio, other)
    data = {
        "project": project,
        "person": who.person,
        "item": 1,
        "occasion": 1,
        "client_id": "c",
        "text": "кот",
    }
    for asked in (NOBODY, who, OWNER):
        with pytest.raises(NotAllowed, match="not_joined"):
            desk.submit(asked, data, "answer")
        for call in (desk.undo, desk.draft, desk.ahead):
            with pytest.raises(NotAllowed, match="not_joined"):
                call(asked, data)


# answering


def test_the_next_question_comes_with_the_answer_and_its_media_before_it(studio: Studio, desk: Desk) -> None:
    project = shared(studio)
    who = somebody(studio, project)
    told = desk.open(who, {"project": project})
    assert (
        told["question"]["kind"] == "short" and "Ваших ответов: 0 · вам осталось не больше 4" in told["html"]
    )
    (ahead,) = desk.ahead(who, {"project": project})["media"]
    after = give(desk, who, told, "кот")
    assert after["question"]["item"] != told["question"]["item"] and ahead["url"] in after["html"]
    assert "Анна" not in after["html"], "the page's header has the name"
    assert "Вопрос 2" in after["html"] and "Ваших ответов: 1 · вам осталось не больше 3" in after["html"]
    assert "Весь проект, ответов: 1 из 8" in after["html"] and 'max="4" value="1"' in after["html"]


def test_letters_are_answered_by_a_radio_group_with_names_and_keys(studio: Studio, desk: Desk) -> None:
    project = shared(studio, "Letters")
    html = desk.open(somebody(studio, project), {"project": project})["html"]
    assert 'role="radiogroup" aria-labelledby="an-question"' in html
    radios = re.findall(r'<button[^>]*role="radio"[^>]*>', html)
    assert [re.search('data-letter="(.)"', radio)[1] for radio in radios] == list(OPTIONS)  # type: ignore[index]


def test_a_skip_and_an_undo_bring_back_what_was_there(studio: Studio, desk: Desk) -> None:
    project = shared(studio)
    who = somebody(studio, project)
    told = desk.open(who, {"project": project})
    place = {key: told["question"][key] for key in ("item", "occasion")}
    desk.draft(who, {"project": project, **place, "text": "почти", "comment": "мелко"})
    assert desk.open(who, {"project": project})["question"]["comment"] == "мелко"
    skipped = give(desk, who, told, "", reason="broken", comment="тишина")
    assert "пропущено 1" in skipped["html"]
    back = desk.undo(who, {"project": project, "client_id": "u1"})["question"]
    assert (back["item"], back["comment"]) == (place["item"], "тишина")


def test_what_a_browser_tells_is_kept_with_the_answer(studio: Studio, desk: Desk) -> None:
    project = shared(studio)
    who = somebody(studio, project)
    studio.organising.instruct(OWNER, project, "Пишите **строчными**.")
    told = desk.open(who, {"project": project})
    assert told["instructions"] == 1 and "<strong>строчными</strong>" in told["guide"]
    studio.organising.instruct(OWNER, project, "Пишите как угодно.")
    timing = {"active_s": 0.0, "idle_s": "x", "played_s": True}
    after = give(desk, who, told, "кот", flagged=True, comment="мелко", timing=timing, instructions=1, has=1)
    assert "как угодно" in after["guide"], "the new instructions come with the next question"
    (row,) = studio._store.db.rows("SELECT * FROM responses WHERE project_id = ?", (project,))
    assert (row["flagged"], row["comment"], row["instructions"]) == (1, "мелко", 1)
    assert (row["active_s"], row["idle_s"], row["played_s"]) == (0.0, None, None)
    assert "guide" not in desk.open(who, {"project": project, "has": 2})


@pytest.mark.parametrize(
    "data", [{}, {"project": 5, "item": "x", "text": ["a"], "timing": [1], "flagged": "y"}]
)
def test_nonsense_is_refused_in_words(studio: Studio, desk: Desk, data: dict[str, Any]) -> None:
    project = shared(studio)
    who = somebody(studio, project)
    with pytest.raises((BadInput, NotAllowed)):
        desk.submit(who, data, "answer")
    with pytest.raises(BadInput):
        desk.submit(who, {**data, "project": project}, "answer")
    assert desk.open(who, data)["door"]


# a task on one's own


def test_whoever_finishes_a_task_on_his_own_stands_among_the_runs_at_once(studio: Studio, desk: Desk) -> None:
    project = desk.own({"task": "Words"})["project"]
    assert project == desk.own({"task": "Words"})["project"]
    who = somebody(studio, project, "Борис")
    told = desk.open(who, {"project": project})
    assert "Отвечено 0 из 4" in told["html"]
    while told["question"]:
        text = {"reason": "ambiguous"} if told["html"].count("номер 3") else {}
        told = give(desk, who, told, "кот", **text)
    (run,) = [run for run in studio.runs() if run.model == "Борис"]
    assert (run.kind, run.state, run.answered, run.failed) == ("human", "done", 3, 1)
    assert run.em.mean == pytest.approx(1 / 3)
    assert "Борис, задача пройдена: 3\u00a0ответа, пропущено 1" in told["html"]
    assert "4 из 4" in desk.offers(who)["html"]

    assert desk.open(who, {"project": project})["wait"] == "done"
    assert len([run for run in studio.runs() if run.model == "Борис"]) == 1, (
        "looking again makes no other run"
    )
    back = desk.undo(who, {"project": project, "client_id": "u"})
    give(desk, who, back, "пёс", client_id="again")
    assert len([run for run in studio.runs() if run.model == "Борис"]) == 2, "what was changed is a newer run"


def test_a_run_forgets_the_name_of_somebody_whose_data_are_erased(studio: Studio, desk: Desk) -> None:
    project = desk.own({"task": "Letters"})["project"]
    who = somebody(studio, project, "Тайное Имя")
    told = desk.open(who, {"project": project})
    while told["question"]:
        told = give(desk, who, told, "A")
    assert any(run.model == "Тайное Имя" for run in studio.runs())
    studio.members.erase(who, who.person)
    assert "Тайное Имя" not in repr(studio.runs())
    assert any(run.model == "person:1" and run.answered == 4 for run in studio.runs())


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_ones_run_says_that_its_scores_are_hidden_while_others_are_asked_the_same(
    studio: Studio, desk: Desk, lang: Any
) -> None:
    own = desk.own({"task": "Letters"})["project"]
    who = somebody(studio, own, f"Глеб {lang}")
    told = desk.open(who, {"project": own})
    while told["question"]:
        told = give(desk, who, told, "A")
    (run,) = [run for run in studio.runs() if run.model == f"Глеб {lang}"]

    def table() -> str:
        return str(
            Look(studio, asked_from({"run": run.id}), NOBODY, lang, str).answer()["parts"]["situation"]
        )

    words = t("inspect.veiled.title", lang)
    assert words not in table() and "in-now" in table()
    project = shared(studio, "Letters", joining="invited")
    assert words in table() and "in-now" not in table(), "no answer is counted as one without a score"
    studio.organising.set_state(OWNER, project, "closed")
    assert words not in table()


# no question


def standing(reason: Wait, **rest: Any) -> Standing:
    nothing = Nothing(reason, 3, 1_800_000_000.0 if reason in {"reserved", "early"} else None)
    return Standing("b1", "Проект", "p1", Progress(5, 2, 1, 7, 10), None, nothing, **rest)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("reason", WAITS)
def test_whoever_has_no_question_is_told_why_and_what_to_do(reason: Wait, lang: Any) -> None:
    html = end_html(standing(reason, training=Training(4, 4, 2, 0.8)), "Аня", lang)
    assert (
        "{" not in html
        and html.count("<h2") == 1
        and f'href="./{"en-" if lang == "en" else ""}annotate"' in html
    )
    assert ('data-act="look"' in html) == (
        reason in {"reserved", "draft", "paused", "early", "failed_training"}
    )
    assert ("<time data-at" in html) == (reason in {"reserved", "early"})


def test_a_failed_training_tells_the_score_and_the_mark(studio: Studio) -> None:
    html = end_html(standing("failed_training", training=Training(4, 4, 2, 0.8)), "Аня", "ru")
    assert "2 из 4" in html and "80" in html


def test_in_training_the_answer_just_given_is_told_right_or_wrong(studio: Studio, desk: Desk) -> None:
    project = shared(studio, size=2, training=2, pass_mark=0.0)
    who = somebody(studio, project)
    told = desk.open(who, {"project": project})
    assert (
        "вопрос 1 из 2" in told["html"]
        and "Обучение, вопрос 1" in told["html"]
        and "Верно" not in told["html"]
    )
    assert "data-words>Обучение: 0 из 2<" in told["html"] and 'max="2" value="0"' in told["html"]
    wrong = give(desk, who, told, "мимо")
    assert "Неверно." in wrong["html"] and "data-words>Обучение: 1 из 2<" in wrong["html"]
    passed = give(desk, who, wrong, "мимо")
    assert "Обучение пройдено: верных ответов 0 из 2" in passed["html"]
    assert "Вопрос 1" in passed["html"] and "Ваших ответов: 0 · вам осталось не больше 2" in passed["html"]
    assert "data-told" not in desk.open(who, {"project": project})["html"]


def test_the_age_of_the_copy_is_told_where_there_is_a_shelf() -> None:
    shelf = Safety("folder", 10, 2, 1_000.0)
    assert safety_words(None, 1_000.0, "ru") == ""
    assert "меньше минуты" in safety_words(shelf, 1_030.0, "ru") and "5 мин" in safety_words(
        shelf, 1_301.0, "ru"
    )
    assert "есть и копия" in safety_words(replace(shelf, waiting=0), 9_000.0, "ru"), "old, and all there is"
    assert "ещё не" in safety_words(replace(shelf, shipped_at=None), 1_000.0, "ru")


def test_an_upload_that_fails_and_a_closed_desk_are_told_in_words() -> None:
    shelf = Safety("folder", 10, 2, 1_000.0)
    silent = Problem("shelf_silent", {"name": "folder", "reason": "нет сети"})
    failing = replace(shelf, problem=silent)
    assert "не удаётся" in safety_words(failing, 1_030.0, "ru") and not closed_words(failing, "ru")
    taken = Problem("shelf_taken", {"name": "folder", "place": "team/new"})
    closed = replace(failing, closed=taken, aside=1)
    assert safety_words(closed, 1_030.0, "ru") == "", "how old the copy is does not matter now"
    assert "Ответы сейчас не принимаются" in closed_words(closed, "ru")
    assert "team/new" in closed_words(closed, "ru") and "No answers are taken now" in closed_words(
        closed, "en"
    )
    assert closed_words(None, "ru") == ""


def test_whoever_types_while_no_answers_are_taken_learns_it_with_the_draft(
    studio: Studio, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = shared(studio)
    who = somebody(studio, project)
    place = desk.open(who, {"project": project})["question"]
    typed = {"project": project, "item": place["item"], "occasion": 1, "text": "ко", "flagged": True}
    assert desk.draft(who, typed)["closed"] == ""
    monkeypatch.setattr(studio._ledger, "_ended", True)
    told = desk.draft(who, typed)
    assert told["saved"] and "Студия останавливается" in told["closed"]
    monkeypatch.undo()
    again = desk.open(who, {"project": project})["question"]
    assert (again["draft"], again["flagged"]) == ("ко", True)


# words and markup


def test_names_and_questions_are_text_and_not_markup(studio: Studio, desk: Desk) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'&"
    project = shared(studio, "Letters")
    told = studio.workplaces.standing(somebody(studio, project), project)
    assert told.question is not None
    asked = replace(
        told.question, question=hostile, prompt=hostile + "1", options={"A": hostile, hostile: "b"}
    )
    for each in (replace(told, title=hostile, question=asked), replace(standing("done"), title=hostile)):
        html = standing_html(each, hostile, "./media/{}".format, "ru")
        assert "<img src=x" not in html


def test_instructions_are_read_and_do_nothing() -> None:
    text = "# Как\n\n<script>alert(1)</script> [тут](javascript:alert(1)) ![к](http://x/y.png) [там](https://a.b)\n\n|a|b|\n|-|-|\n|1|2|"
    html = guide_html(text, 60.0, "ru")
    assert (
        "<script" not in html
        and "javascript:" not in html.replace("javascript:alert(1))", "")
        and "<img" not in html
    )
    assert "<h3>Как</h3>" in html and "<table>" in html and "даётся 1\u00a0мин." in html
    assert '<a href="https://a.b" target="_blank" rel="noopener noreferrer">' in html


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_reason_and_key_has_its_words(lang: Any) -> None:
    html = skip_dialog_html(lang) + keys_dialog_html(lang)
    assert all(f'value="{reason}"' in html for reason in SKIPS) and 'value="time"' not in html
    assert html.count("<kbd>") >= 18
