"""The page Organise: what each role sees of it, and what a lead does on it, step by step."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from components.pages.organise_acts import ACTS
from components.pages.organise_look import looked
from components.pages.organise_map import level
from components.pages.organise_new import part_of
from studio.core.errors import BadInput, NotAllowed
from studio.core.project import Submission, Timing
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from studio.texts import LANGS, Lang
from tests.support import scripted_studio, write_task

FORM = {
    "title": "Базовый уровень", "task": "Animals", "whole": "whole", "size": "", "stratify": "", "level": "crowd",
    "joining": "invited", "overlap": "2", "controls": "0", "repeats": "0", "training": "0", "pass_mark": "80",
    "item_limit_s": "", "lease_s": "30", "opens_at": "", "closes_at": "", "pay_per_hour": "600", "currency": "RUB",
    "guess": "20",
}  # fmt: skip
PEOPLE = ("Анна", "Борис")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    write_task(tmp_path / "data" / "demo" / "Animals", ["кот", "пёс", "3", "дом"] * 5)
    studio = scripted_studio(tmp_path / "home", {}, data=tmp_path / "data")
    yield studio
    studio.close()


def do(studio: Studio, name: str, who: Viewer = OWNER, lang: Lang = "ru", **data: Any) -> dict[str, Any]:
    """What the page's script is told; spaces as a person types them."""
    answer = ACTS[name](studio, data, who, lang)
    return {key: plain(value) if isinstance(value, str) else value for key, value in answer.items()}


def look(studio: Studio, who: Viewer = OWNER, lang: Lang = "ru", **data: Any) -> str:
    """All parts of the page, one after another."""
    return plain("".join(looked(studio, data, who, "./media/{}".format, lang)["parts"].values()))


def plain(html: str) -> str:
    return html.replace("\N{NO-BREAK SPACE}", " ")


def made(studio: Studio, **change: str) -> str:
    answer = do(studio, "make", **{**FORM, **change})
    return parse_qs(urlsplit(answer["address"]).query)["project"][0]


def join(studio: Studio, project: str, name: str, role: str = "annotator") -> str:
    """By the very link that the page shows."""
    html = do(studio, "invite", project=project, role=role, places="1", days="7")["html"]
    secret = re.search(r'data-link="join/([^"]+)"', html)
    assert secret
    _, token = studio.members.redeem(secret[1], name, Viewer())
    found = studio.members.signed_in(token)
    assert found is not None
    return found.id


@pytest.fixture
def project(studio: Studio) -> str:
    """Two people have answered everything; on the first question they differ, the second was skipped by one."""
    project = made(studio)
    do(studio, "state", project=project, state="open")
    for name in PEOPLE:
        who = join(studio, project, name)
        while asked := studio.answering.standing(project, who).question:
            text = name if asked.item == 1 else "слово"
            skip = asked.item == 2 and name == "Борис"
            given = Submission(
                asked.item, asked.occasion, "skip" if skip else "answer", f"c{asked.item}", "" if skip else text,
                "broken" if skip else "", "не видно" if skip else "", timing=Timing(active_s=9.0),
            )  # fmt: skip
            studio.answering.submit(project, who, given)
    return project


def person(studio: Studio, project: str, place: int) -> str:
    return studio.members.people(OWNER, project)[place][0].id


# who sees what


@pytest.mark.parametrize("lang", LANGS)
def test_whoever_has_no_part_in_a_project_sees_what_the_page_is_for_and_nothing_else(
    studio: Studio, project: str, lang: Lang
) -> None:
    annotator = Viewer(person=person(studio, project, 0))
    for who in (Viewer(), annotator):
        for address in (
            {},
            {"project": project},
            {"project": project, "tab": "items", "item": "1"},
            {"new": "1"},
        ):
            html = look(studio, who, lang, **address)
            assert "data-closed" in html and "STUDIO_OWNER_KEY" in html
            assert not any(word in html for word in ("Базовый уровень", "Анна", "кот", "data-form"))


def test_a_reviewer_sees_the_board_and_the_items_without_names(studio: Studio, project: str) -> None:
    reviewer = Viewer(person=join(studio, project, "Рина", "reviewer"))
    board = look(studio, reviewer, project=project)
    assert "Человек 1" in board and "Анна" not in board and "data-state" not in board
    assert re.findall(r'data-tab="(\w+)"', board) == ["board", "items"]
    item = look(studio, reviewer, project=project, tab="items", item="1")
    assert "Человек 2" in item and "data-word" in item and "Эталон" in item
    assert "og-people" not in look(studio, reviewer, project=project, tab="people"), "it is the board again"
    assert do(studio, "adjudicate", reviewer, project=project, item=1, text="кот")["said"]
    for name in sorted(ACTS.keys() - {"adjudicate", "retire"}):
        data = {
            **FORM,
            "project": project,
            "person": person(studio, project, 0),
            "role": "lead",
            "state": "closed",
        }
        with pytest.raises(NotAllowed):
            pytest.fail(f"{name}: {do(studio, name, reviewer, **data)}")  # type: ignore[arg-type]


def test_every_act_is_refused_to_a_visitor_and_an_annotator(studio: Studio, project: str) -> None:
    annotator = Viewer(person=person(studio, project, 0))
    state = studio.organising.project(OWNER, project)
    for who in (Viewer(), annotator):
        for name in ACTS:
            data = {**FORM, "project": project, "person": person(studio, project, 1), "item": 1, "text": "да"}
            with pytest.raises(NotAllowed):
                do(
                    studio,
                    name,
                    who,
                    **{**data, "role": "annotator", "places": "1", "days": "1", "typed": "Борис"},
                )
    assert studio.organising.project(OWNER, project) == state


@pytest.mark.parametrize("lang", LANGS)
def test_a_lead_without_projects_is_led_to_the_first(studio: Studio, lang: Lang) -> None:
    html = look(studio, OWNER, lang)
    assert "og-way" in html and "new=1" in html


# a new project


def test_a_plan_tells_items_answers_hours_and_cost_before_anything_is_made(studio: Studio) -> None:
    answer = do(studio, "plan", **FORM)
    assert "20 вопросов" in answer["html"] and "<dd>40</dd>" in answer["html"]
    assert "133 RUB" in answer["html"], "40 answers of 20 s at 600 an hour"
    assert answer["categories"] == [["kind", "kind · 2"]]
    assert studio.organising.projects(OWNER) == []


def test_a_part_is_drawn_by_strata_and_the_plan_shows_them(studio: Studio) -> None:
    html = do(
        studio, "plan", **{**FORM, "whole": "part", "size": "10", "stratify": "kind", "controls": "10"}
    )["html"]
    assert "5 из 10" in html and "контрольные" in html


def test_repeats_are_in_the_plan_or_it_says_why_there_are_none(studio: Studio, tmp_path: Path) -> None:
    never = do(studio, "plan", **{**FORM, "repeats": "10"})["html"]
    assert "Повторов не будет: первый приходит после 21" in never and "повторов, не больше" not in never
    write_task(tmp_path / "data" / "demo" / "Long", ["да"] * 61)
    some = do(studio, "plan", **{**FORM, "task": "Long", "repeats": "10"})["html"]
    assert "повторов, не больше</dt><dd>8</dd>" in some, (
        "two people, 40 questions that can be repeats, a tenth"
    )
    assert "Повторов не будет" not in some


@pytest.mark.parametrize(("size", "part"), [(60, 30), (1, 1), (1000, 500), (1001, 1000), (9000, 1000)])
def test_a_proposed_part_is_never_more_than_the_task_has(size: int, part: int) -> None:
    assert part_of(size) == part


def test_the_guide_of_a_draft_ticks_what_is_done(studio: Studio) -> None:
    project = made(studio)
    assert look(studio, project=project).count("<li data-done>") == 1
    join(studio, project, "Анна")
    do(studio, "instruct", project=project, text="Отвечайте сами.")
    assert look(studio, project=project).count("<li data-done>") == 3


def test_what_is_not_as_wished_is_said(studio: Studio) -> None:
    html = do(studio, "plan", **{**FORM, "controls": "10", "training": "4"})["html"]
    assert "заодно контрольные" in html and "не хватает" in html and "MERA просит 5" in html


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"task": ""}, "task"),
        ({"overlap": "0"}, "overlap"),
        ({"overlap": "много"}, "overlap"),
        ({"overlap": ""}, "overlap"),
        ({"controls": "90"}, "controls"),
        ({"pass_mark": "-1"}, "pass_mark"),
        ({"item_limit_s": "1"}, "item_limit_s"),
        ({"lease_s": "0"}, "lease_s"),
        ({"pay_per_hour": "-5"}, "pay_per_hour"),
        ({"whole": "part", "size": "0"}, "size"),
        ({"whole": "part", "size": "2,5"}, "size"),
        ({"opens_at": "2099-12-02T10:00", "closes_at": "2099-12-01T10:00"}, "closes_at"),
        ({"opens_at": "вчера"}, "opens_at"),
        ({"closes_at": "2001-01-01T00:00"}, "closes_at"),
        ({"overlap": "2,5"}, "overlap"),
        ({"training": "1.5"}, "training"),
        ({"pass_mark": "101"}, "pass_mark"),
        ({"title": "а" * 10_000}, "title"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(studio: Studio, change: dict[str, str], field: str) -> None:
    answer = do(studio, "make", **{**FORM, **change})
    assert answer["field"] == field and answer["words"]
    assert f'data-wrong="{field}"' in look(studio, new="1"), "there is a place for it"
    assert studio.organising.projects(OWNER) == []


def test_settings_are_kept_as_they_were_typed_and_shown_again(studio: Studio) -> None:
    project = made(
        studio, controls="7,5", opens_at="2099-12-01T10:00", closes_at="2099-12-08T18:30", overlap="3"
    )
    html = look(studio, project=project, tab="settings")
    fields = dict(re.findall(r'<input name="(\w+)"[^>]*value="([^"]*)"', html))
    assert (fields["controls"], fields["opens_at"], fields["overlap"], fields["lease_s"]) == (
        "7,5", "2099-12-01T10:00", "3", "30"
    )  # fmt: skip
    assert do(studio, "change", **{**FORM, "project": project, "overlap": "4"})["said"]
    assert studio.organising.project(OWNER, project).spec.overlap == 4
    assert do(studio, "change", **{**FORM, "project": project, "overlap": "x"})["field"] == "overlap"


def test_a_date_that_was_good_when_it_was_set_may_stay(studio: Studio) -> None:
    project = made(studio)
    kept = studio.organising.project(OWNER, project).spec
    studio.organising.change(OWNER, project, replace(kept, closes_at=60.0))
    old = {**FORM, "project": project, "closes_at": "1970-01-01T00:01"}
    assert do(studio, "change", **old)["said"]
    assert do(studio, "change", **{**old, "closes_at": "1970-01-02T00:00"})["field"] == "closes_at"


@pytest.mark.parametrize("guess", ["0", "-5", "долго"])
def test_a_guess_that_no_answer_takes_makes_no_plan(studio: Studio, guess: str) -> None:
    answer = do(studio, "plan", **{**FORM, "guess": guess})
    assert answer["field"] == "guess" and "больше 0" in answer["words"]
    assert 'data-wrong="guess"' in look(studio, new="1")
    assert do(studio, "make", **{**FORM, "guess": guess})["field"] == "guess"


@pytest.mark.parametrize("name", ["overlap", "pass_mark", "controls", "lease_s", "pay_per_hour"])
def test_what_is_wrong_is_said_while_one_types_and_no_plan_is_made_of_it(studio: Studio, name: str) -> None:
    answer = do(studio, "plan", **{**FORM, name: "-1"})
    assert answer["field"] == name and "html" not in answer


def test_a_last_word_without_words_is_asked_for(studio: Studio, project: str) -> None:
    answer = do(studio, "adjudicate", project=project, item=1, text="  ")
    assert answer["field"] == "text" and "Напишите ответ" in answer["words"]


def test_an_address_of_no_project_leads_to_all_of_them(studio: Studio) -> None:
    html = look(studio, project="b0101-000000")
    assert "Проекта «b0101-000000» в этой студии нет" in html and 'href="./organise"' in html


# instructions


def test_instructions_are_previewed_kept_as_versions_and_compared(studio: Studio) -> None:
    project = made(studio)
    assert "<h3>Что делать</h3>" in do(studio, "preview", project=project, text="# Что делать")["html"]
    assert do(studio, "instruct", project=project, text=" ")["field"] == "text"
    for text in ("Раз\nДва", "Раз\nТри <b>"):
        do(studio, "instruct", project=project, text=text)
    html = look(studio, project=project, tab="instructions")
    assert "<del>- Два</del>" in html and "<ins>+ Три &lt;b&gt;</ins>" in html
    assert "инструкция v2" in html


# invitations


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"places": "2,5"}, "places"),
        ({"places": ""}, "places"),
        ({"places": "1001"}, "places"),
        ({"days": "0"}, "days"),
        ({"days": "-1"}, "days"),
        ({"days": "367"}, "days"),
    ],
)
def test_what_is_wrong_with_a_link_is_said_at_its_field(
    studio: Studio, project: str, change: dict[str, str], field: str
) -> None:
    good = {"project": project, "role": "annotator", "places": "3", "days": "7"}
    answer = do(studio, "invite", **{**good, **change})
    assert answer["field"] == field and answer["words"]
    assert f'data-wrong="{field}"' in look(studio, project=project, tab="invite")


def test_a_link_is_told_once_and_can_be_revoked(studio: Studio, project: str) -> None:
    html = do(studio, "invite", project=project, role="annotator", places="3", days="7", note="друзья")[
        "html"
    ]
    secret = re.search(r'data-link="join/([^"]+)"', html)
    listed = look(studio, project=project, tab="invite")
    assert secret and secret[1] not in listed and "друзья" in listed and "вошли 0 из 3" in listed
    invitation = re.findall(r'data-revoke="(\w+)"', listed)[0]
    do(studio, "revoke", project=project, invitation=invitation)
    assert "отозвана" in look(studio, project=project, tab="invite")
    assert do(studio, "invite", project=project, role="annotator", places="0", days="7")["words"]


# the board


def test_the_board_comes_in_two_steps_and_is_silent_while_nothing_happens(
    studio: Studio, project: str
) -> None:
    quick = looked(studio, {"project": project, "quick": True}, OWNER, str, "ru")
    whole = looked(studio, {"project": project}, OWNER, str, "ru")
    assert quick["parts"].items() <= whole["parts"].items() and "people" not in quick["parts"]
    assert "98 %" in plain(whole["parts"]["figures"]) and "Анна" in whole["parts"]["people"]
    again = looked(studio, {"project": project, "seen": whole["seen"]}, OWNER, str, "ru")
    assert again["parts"] == {} and again["going"]
    join(studio, project, "Вера")
    assert looked(studio, {"project": project, "seen": whole["seen"]}, OWNER, str, "ru")["parts"]


def test_the_map_has_a_square_for_each_item_and_links_to_those_that_lack_answers(
    studio: Studio, project: str
) -> None:
    html = unescape(look(studio, project=project))
    assert '"items":[[1,20]]' in html and '"valid":[2,1,2' in html
    assert "answers=1" in html
    listed = look(studio, project=project, tab="items", show="all", answers="1")
    assert listed.count('class="og-item"') == 1


def test_levels_of_the_map_go_from_none_to_all() -> None:
    assert [level(valid, 5) for valid in range(7)] == [0, 1, 2, 3, 4, 5, 5]
    assert [level(valid, 1) for valid in range(2)] == [0, 5]
    assert [level(valid, 3) for valid in range(4)] == [0, 1, 3, 5]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "tab", ["", "people", "items", "baseline", "instructions", "invite", "settings", "audit"]
)
def test_every_tab_opens_in_both_languages_empty_and_full(
    studio: Studio, project: str, lang: Lang, tab: str
) -> None:
    for each in (project, made(studio)):
        html = look(studio, OWNER, lang, project=each, tab=tab)
        assert "og-tabs" in html and "organise." not in html


# people


def test_an_exclusion_is_shown_done_and_undone(studio: Studio, project: str) -> None:
    boris = person(studio, project, 1)
    effect = do(studio, "effect", project=project, person=boris)["html"]
    assert "Из счёта уйдёт 19 ответов" in effect and 'data-form="exclude"' in effect
    assert studio.baselines.baseline(OWNER, project).agreement.items == 19, "nothing is done yet"
    do(studio, "exclude", project=project, person=boris, reason="спешит")
    html = look(studio, project=project, tab="people")
    assert "исключён" in html and "спешит" in html and "Вернуть" in html
    assert "В счёт вернётся 19 ответов" in do(studio, "effect", project=project, person=boris)["html"]
    do(studio, "readmit", project=project, person=boris)
    assert studio.baselines.baseline(OWNER, project).agreement.items == 19


def failed(studio: Studio, project: str, who: str) -> None:
    """Two questions of the training: one wrong, the time of one ran out."""
    for action, text, reason in (("answer", "мимо", ""), ("skip", "", "time")):
        asked = studio.answering.standing(project, who).question
        assert asked is not None
        given = Submission(asked.item, asked.occasion, action, f"t{asked.item}", text, reason)  # type: ignore[arg-type]
        told = studio.answering.submit(project, who, given)
    assert told.nothing is not None and told.nothing.reason == "failed_training"


def test_whom_the_training_stopped_is_marked_and_admitted(studio: Studio) -> None:
    project = made(studio, training="2", whole="part", size="10")
    do(studio, "state", project=project, state="open")
    vera, boris = (join(studio, project, name) for name in ("Вера", "Борис"))
    failed(studio, project, vera)
    html = look(studio, project=project, tab="people")
    assert "0 из 2" in html and "обучение не пройдено" in html and html.count("data-admit") == 1
    assert "обучение не пройдено" in look(studio, project=project, tab="board")
    with pytest.raises(BadInput, match="not_failed"):
        do(studio, "admit", project=project, person=boris)
    for _ in range(2):
        assert "открыты" in do(studio, "admit", project=project, person=vera)["said"]
    html = look(studio, project=project, tab="people")
    assert "не пройдено" not in html and "допущен" in html and "data-admit" not in html
    asked = studio.answering.standing(project, vera).question
    assert asked is not None and not asked.training
    audit = look(studio, project=project, tab="audit")
    assert audit.count("<em>допустил к работе</em>") == 1 and "допущен без обучения" in audit


def test_a_role_is_given_and_data_are_erased_only_with_the_right_word(studio: Studio, project: str) -> None:
    boris = person(studio, project, 1)
    do(studio, "role", project=project, person=boris, role="reviewer")
    assert studio.members.role(Viewer(person=boris), project) == "reviewer"
    assert "введите: Борис" in do(studio, "erasing", project=project, person=boris)["html"]
    assert do(studio, "erase", project=project, person=boris, typed="Боря")["words"]
    assert studio.members.people(OWNER, project)[1][0].name == "Борис"
    assert do(studio, "erase", project=project, person=boris, typed=" борис ")["said"]
    html = look(studio, project=project, tab="people")
    assert "Борис" not in html and "Человек 2" in html
    assert "личное стёрто" in look(studio, project=project, tab="audit", kind="all")


# items, the last word


def test_an_item_is_decided_taken_back_and_retired(studio: Studio, project: str) -> None:
    page = look(studio, project=project, tab="items", item="1")
    assert 'data-word="Анна"' in page and "Кто что ответил" in page
    do(studio, "adjudicate", project=project, item=1, text="кот")
    found = studio.baselines.baseline(OWNER, project).items[0]
    assert (found.text, found.decided) == ("кот", "expert")
    assert "data-word-back" in look(studio, project=project, tab="items", item="1")
    do(studio, "adjudicate", project=project, item=1, back=1)
    assert studio.baselines.baseline(OWNER, project).items[0].decided != "expert"
    assert do(studio, "adjudicate", project=project, item=1, text=" ")["words"]
    do(studio, "retire", project=project, item=1, retired=True)
    assert len(studio.baselines.baseline(OWNER, project).items) == 19
    do(studio, "retire", project=project, item=1, retired=False)
    assert len(studio.baselines.baseline(OWNER, project).items) == 20


def test_what_people_wrote_stays_text(studio: Studio) -> None:
    project = made(studio, title="<b>жирно</b>", overlap="1")
    do(studio, "state", project=project, state="open")
    who = join(studio, project, "<i>Анна</i>")
    asked = studio.answering.standing(project, who).question
    assert asked is not None
    given = Submission(asked.item, 1, "answer", "c", "<u>кот</u>", comment="<s>?</s>", flagged=True)
    studio.answering.submit(project, who, given)
    pages = [look(studio, project=project, tab=tab) for tab in ("", "people", "items", "audit")]
    pages.append(look(studio, project=project, tab="items", item=str(asked.item), show="all"))
    for html in pages:
        assert not re.search(r"<(b|i|u|s)>(жирно|Анна|кот|\?)", html)


# the baseline


def test_the_protocols_verdict_follows_the_threshold(studio: Studio, project: str) -> None:
    assert (
        "Базовый уровень" in (html := look(studio, project=project, tab="baseline"))
        and "действителен" in html
    )
    strict = look(studio, project=project, tab="baseline", threshold="0")
    assert "недействителен" in strict
    refused = look(studio, project=project, tab="baseline", method="dawid_skene")
    assert "st-alert" in refused and "свободные" in refused


def test_runs_are_made_of_peoples_answers_and_led_to(studio: Studio, project: str) -> None:
    assert do(studio, "runs", project=project, judge="none")["said"]
    runs = studio.overseeing.runs(OWNER, project)
    html = look(studio, project=project, tab="baseline")
    assert runs and all(f"run={run}" in html for run in runs)
    assert "чужой" in do(studio, "runs", project=project, judge="чужой")["words"]
    assert len(studio.overseeing.runs(OWNER, project)) == len(runs), "a judge that is not here judges nothing"


def test_n_beside_an_exact_match_is_what_the_mean_is_of(studio: Studio, project: str) -> None:
    """What a person skipped is in no mean of his, nor what one alone answered in one of a person drawn."""
    do(studio, "runs", project=project, judge="none")
    html = look(studio, project=project, tab="baseline")
    told = [studio.run(run).em for run in studio.overseeing.runs(OWNER, project)]
    assert sorted(each.scored for each in told) == [19, 19, 20, 20] and {each.n for each in told} == {20}
    assert html.count("(n = 19)") == 2 == html.count("(n = 20)")


# who did what


def test_the_history_can_be_filtered_and_its_chain_is_checked(studio: Studio, project: str) -> None:
    html = look(studio, project=project, tab="audit")
    assert "создал проект" in html and "ответил" not in re.sub(r"<select.*?</select>", "", html)
    everything = re.sub(r"<select.*?</select>", "", look(studio, project=project, tab="audit", kind="all"))
    assert "ответил" in everything
    mine = look(studio, project=project, tab="audit", kind="skipped", person=person(studio, project, 1))
    assert "сломано медиа" in mine or "broken" in mine or "не видно" in mine
    assert "цепочка цела" in do(studio, "chain", project=project)["html"]


def test_the_note_of_a_link_is_quoted(studio: Studio, project: str) -> None:
    studio.members.invite(OWNER, project, "annotator", note="для второй смены")
    assert "«для второй смены»" in look(studio, project=project, tab="audit")


def test_a_role_that_came_with_a_link_is_told_of_whoever_used_it(studio: Studio, project: str) -> None:
    do(studio, "role", project=project, person=person(studio, project, 1), role="reviewer")
    html = re.sub(r"<select.*?</select>", "", look(studio, project=project, tab="audit"))
    assert html.count("получил роль вместе со ссылкой") == 2 and html.count("вошёл по ссылке") == 2
    assert html.count("дал роль") == 1, "that which the owner gave by hand"
    assert "<span>2. Борис</span><span><em>получил роль вместе со ссылкой</em>" in html


def test_runs_of_an_invalid_baseline_are_warned_of_before_and_after(studio: Studio, project: str) -> None:
    tab = {"project": project, "tab": "baseline"}
    assert "будет сказано" not in look(studio, **tab)
    strict = {**tab, "threshold": "0"}  # on the first question the two differ
    assert "Прогоны сделать можно: в них это будет сказано" in look(studio, **strict)
    said = do(studio, "runs", **strict, method="majority")["said"]
    assert "Базовый уровень недействителен: без большинства 5 % вопросов, порог 0 %" in said
    html = look(studio, **tab)
    assert html.count("базовый уровень недействителен") == 2, "of all together and of one drawn"
    assert "Люди: большинство голосов" in html and "Человек 1" in html and "person:1" not in html


def test_runs_say_what_they_do_not_know_of_yet(studio: Studio, project: str) -> None:
    tab = {"project": project, "tab": "baseline"}
    do(studio, "runs", project=project)
    assert "с тех пор" not in look(studio, **tab) and "теперь без" not in look(studio, **tab)
    do(studio, "exclude", project=project, person=person(studio, project, 1), reason="")
    assert look(studio, **tab).count("теперь без 1 человека") == 4, "each of the runs is of both"
    do(studio, "runs", project=project)
    assert "без исключённых: 1 человек" in look(studio, **tab)
    do(studio, "readmit", project=project, person=person(studio, project, 1))
    newer = look(studio, **tab)
    assert "сделан без 1 человека, теперь в счёте" in newer and "теперь без 1 человека" not in newer
    who = join(studio, project, "Вера")
    change = studio.organising.project(OWNER, project).spec
    studio.organising.change(OWNER, project, replace(change, overlap=3))
    asked = studio.answering.standing(project, who).question
    assert asked is not None
    given = Submission(asked.item, asked.occasion, "answer", "c1", "слово", timing=Timing())
    studio.answering.submit(project, who, given)
    assert "с тех пор новых ответов: 1" in look(studio, **tab)


def test_tasks_that_people_answer_on_their_own_stand_apart_with_how_many_finished(
    studio: Studio, project: str
) -> None:
    own = studio.workplaces.own("Animals")
    for name, n in (("Глеб", 20), ("Даша", 3)):
        token = studio.members.join_open(own, name, Viewer())
        who = studio.members.signed_in(token)
        assert who is not None
        for each in range(n):
            asked = studio.answering.standing(own, who.id).question
            assert asked is not None
            given = Submission(asked.item, asked.occasion, "answer", f"c{each}", "слово", timing=Timing())
            studio.answering.submit(own, who.id, given)
    led, _, alone = look(studio).partition("og-own")
    assert "1 проект" in led and "Базовый уровень" in led
    assert "дошли до конца: 1; начинали: 2 человека" in alone and "из 2000" not in alone


# what is asked first


def test_closing_says_first_what_it_shows_and_opening_again_what_may_have_been_seen(studio: Studio) -> None:
    project = made(studio)
    do(studio, "state", project=project, state="open")
    page = look(studio, project=project)
    assert 'data-ask="closed"' in page and "сразу увидят аннотаторы и посетители" in page
    assert 'data-ask="open"' not in page and "data-gold-open" not in page
    do(studio, "state", project=project, state="closed")
    page = look(studio, project=project)
    assert "Эталон открыт с" in page and 'data-ask="open"' in page and "уже не независимы" in page
    do(studio, "state", project=project, state="open")
    page = look(studio, project=project)
    assert re.search(r"data-gold-open>Эталон был открыт с .+ по ", page)
    reviewer = Viewer(person=join(studio, project, "Рина", "reviewer"))
    assert "Эталон был открыт" in look(studio, reviewer, project=project)


def test_a_project_for_anyone_says_whom_closing_shows_gold(studio: Studio) -> None:
    project = made(studio, joining="anyone")
    do(studio, "state", project=project, state="open")
    assert "кто ответил ещё не на всё" in look(studio, project=project)


def test_revoking_a_link_is_asked_first(studio: Studio, project: str) -> None:
    do(studio, "invite", project=project, role="annotator", places="1", days="7")
    page = look(studio, project=project, tab="invite")
    assert 'data-ask="revoke"' in page and "По ней больше никто не войдёт" in page


def test_a_reviewer_sees_no_pay_and_stands_among_nobody_who_answers(studio: Studio, project: str) -> None:
    rina = join(studio, project, "Рина", "reviewer")
    reviewers = look(studio, Viewer(person=rina), project=project)
    leads = look(studio, project=project)
    assert "Стоимость" in leads and "600" in leads
    assert "Стоимость" not in reviewers and "600" not in reviewers
    assert "Человек 2" in reviewers and "Человек 3" not in reviewers and "Рина" not in leads


def test_a_change_of_settings_is_told_in_the_units_of_the_form(studio: Studio) -> None:
    project = made(studio, pass_mark="60", item_limit_s="45")
    assert do(studio, "change", project=project, **{**FORM, "pass_mark": "40", "item_limit_s": "300"})["said"]
    told = re.sub("<[^>]+>", "", look(studio, project=project, tab="audit"))
    assert "Порог обучения, %: 60 → 40" in told and "Секунд на вопрос: 45 → 300" in told
