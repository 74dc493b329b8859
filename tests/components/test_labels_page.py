"""Labels on Inspect: ten answers on the keyboard alone, none lost on a dead network, others after an own one."""

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from components.pages.inspect_desk import LabelDesk
from components.pages.inspect_labels import SIGNS
from components.pages.inspect_look import Look, asked_from
from studio.core.errors import BadInput, NotAllowed
from studio.core.label import HUMAN, VERDICTS, NewLabel
from studio.core.run import RunSpec, SampleFilter, Viewer
from studio.texts import describe
from tests.people import kept_from
from tests.support import scripted_studio, write_task

FUNCTION = "inspect_label"
OWNER, VISITOR = Viewer("owner"), Viewer("visitor")
GOLDS = [f"ответ{n}" for n in range(24)]


def answers(request) -> str:
    """In turn: right by both, by the judge only, by none."""
    number = (request.key - 1) % len(GOLDS)
    return [f"ОТВЕТ: {GOLDS[number]}", f"Это {GOLDS[number]} наверное", "не знаю"][number % 3]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("labels")


@pytest.fixture(scope="module")
def studio(home):
    studio = scripted_studio(home / "home", answers, data=home / "data")
    yield studio
    studio.close()


@pytest.fixture
def run(studio, home, request):
    """A run of its own for each test, so that labels do not meet."""
    task = home / "Animals"
    if not task.exists():
        write_task(task, GOLDS)
    run_id = studio.start(RunSpec("our/model", (str(task),)))
    return studio.wait(run_id, timeout_s=60)


def look(studio, who=OWNER, lang="ru", **data):
    return Look(studio, asked_from(data), who, lang, "./media/{}".format).answer()


def desk(studio) -> LabelDesk:
    return LabelDesk(
        studio, "ru", lambda data, who: Look(studio, asked_from(data), who, "ru", "./media/{}".format)
    )


def samples(studio, run) -> list[int]:
    return [row.sample_id for row in studio.queue(run.id, SampleFilter(), limit=100).rows]


def item(run, sample, verdict="right", reviewer="Анна", **more) -> dict:
    return {"run": run.id, "sample": sample, "verdict": verdict, "reviewer": reviewer, **more}


def test_a_kept_label_comes_back_with_the_next_sample_to_label(studio, run):
    ids = samples(studio, run)
    desk(studio).keep(item(run, ids[1], client_id="a"), OWNER)
    told = desk(studio).keep(
        item(run, ids[0], "wrong", note="не то", tags=["цвет"], client_id="b", look={}), OWNER
    )
    assert told["kept"]["own"] == {"verdict": "wrong", "note": "не то", "tags": ["цвет"]}
    assert told["kept"]["undo"] and SIGNS["wrong"] in told["kept"]["mark"]
    assert told["state"]["sample"] == ids[2], "the second is labelled already"
    assert told["state"]["labels"]["own"] is None and look(studio, run=run.id)["state"]["tags"] == ["цвет"]


def test_files_of_the_table_count_the_labels_that_the_table_shows(studio, run, url):
    """A picture of the table told what others say of answers that the table itself veils."""
    ids = samples(studio, run)
    for sample in ids[:3]:
        desk(studio).keep(item(run, sample, reviewer="Борис"), OWNER)
    desk(studio).keep(item(run, ids[0], reviewer="Анна"), OWNER)

    def told(address: str) -> tuple[int, str]:
        reply = httpx.get(url + address).raise_for_status()
        rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
        return sum(map(int, re.findall(r"✓\s?(\d+)", str(rows)))), httpx.get(
            url + address.replace(".csv", ".svg")
        ).text

    def link(**asked) -> str:
        html = unescape(look(studio, run=run.id, **asked)["parts"]["situation"])
        return re.search(r"\./(chart/three-way\.csv[^\"]+)", html).group(1)

    own, picture = told(link(reviewer="Анна"))
    assert own == 1 and "ещё нет: ответов — 2" in picture
    assert told(link())[0] == 0 == told(f"chart/three-way.csv?run={run.id}")[0], "nobody is named"
    everyone, picture = told(link(reviewer="Анна", people="all"))
    assert everyone == 3 and "ещё нет" not in picture


def test_at_the_end_of_a_queue_the_first_without_a_label_follows_then_the_end_is_said(studio, run):
    ids = samples(studio, run)
    for sample in ids[1:]:
        desk(studio).keep(item(run, sample), OWNER)
    assert (
        look(studio, run=run.id, sample=ids[-1], unlabelled=True, reviewer="Анна")["state"]["sample"]
        == ids[0]
    )
    told = desk(studio).keep(item(run, ids[0], look={}), OWNER)
    assert told["state"]["sample"] == ids[0] and "не осталось" in told["state"]["note"]


def test_others_are_counted_until_there_is_an_own_label_and_named_after_it(studio, run):
    sample = samples(studio, run)[0]
    studio.labels.label(run.id, sample, NewLabel("Борис", "wrong", "<b>не то</b>", ("цвет",)))
    before = look(studio, run=run.id, reviewer="Анна")
    assert "Борис" not in str(before["parts"]) and "(1)" in before["parts"]["others"]
    assert "lab-hidden" in before["parts"]["queue"] and "lab-wrong" not in before["parts"]["queue"]
    after = desk(studio).keep(item(run, sample), OWNER)["kept"]
    assert "Борис" in after["others"] and "&lt;b&gt;не то" in after["others"] and "цвет" in after["others"]
    assert 'lab-mark lab-unsure"' in look(studio, run=run.id, reviewer="Анна")["parts"]["queue"]


def test_a_reviewer_is_told_of_hidden_labels_and_may_ask_to_see_them(studio, run):
    first, second, *_ = samples(studio, run)
    studio.labels.label(run.id, first, NewLabel("Борис", "wrong", "тайна", ("секрет",)))
    asked = {"run": run.id, "reviewer": "Анна", "where": "human:wrong"}
    blind = look(studio, **asked)
    assert blind["state"]["total"] == 0 and "только там, где есть ваша" in blind["state"]["found"]
    assert 'data-act="people"' in blind["parts"]["card"] and "тайна" not in str(blind)
    assert (
        "1\xa0ответ разметили другие" in blind["parts"]["situation"]
        and 'name="people"' in blind["parts"]["filters"]
    )
    piece = re.findall(
        r'style="flex-grow:(\d+)" data-cell="\w+" data-label="hidden"', blind["parts"]["situation"]
    )
    assert piece == ["1"] and look(studio, run=run.id, reviewer="Анна", label="hidden")["state"]["total"] == 1
    told = look(studio, **asked, people="all")
    assert (told["state"]["total"], told["state"]["people"]) == (1, "all")
    assert "всех рецензентов" in told["state"]["found"] and "тайна" in told["parts"]["others"]
    assert "lab-wrong" in told["parts"]["queue"] and "разметили другие" not in told["parts"]["situation"]
    kept = desk(studio).keep(item(run, first, people="all"), OWNER)["kept"]
    desk(studio).keep(item(run, second, people="all"), OWNER)
    assert kept["own"]["verdict"] == "right"
    independent = {
        label.sample_id: label.blind for label in studio.labels.listed(run.id) if label.reviewer == "Анна"
    }
    assert independent == {first: False, second: True}, "of the second nobody else had said anything"


def test_a_label_given_while_scores_were_hidden_keeps_that(studio, run):
    first, second, *_ = samples(studio, run)
    desk(studio).keep(item(run, first, scores="hidden"), OWNER)
    desk(studio).keep(item(run, second, client_id="second"), OWNER)
    assert [label.sealed for label in studio.labels.listed(run.id)] == [True, False]


def test_a_label_taken_back_hides_those_of_others_again(studio, run):
    sample = samples(studio, run)[0]
    studio.labels.label(run.id, sample, NewLabel("Борис", "wrong"))
    desk(studio).keep(item(run, sample), OWNER)
    told = desk(studio).undo({"run": run.id, "reviewer": "Анна", "client_id": "z"}, OWNER)
    assert "lab-hidden" in told["mark"]


def test_a_visitor_of_anothers_run_reads_and_cannot_write(studio, run):
    sample = samples(studio, run)[0]
    studio.labels.label(run.id, sample, NewLabel("Борис", "wrong"))
    told = look(studio, VISITOR, run=run.id)
    assert told["state"]["labels"]["may"] is False and "Борис" in told["parts"]["others"]
    assert "lab-draw" not in told["parts"]["situation"]
    for act in (
        lambda: desk(studio).keep(item(run, sample), VISITOR),
        lambda: desk(studio).undo({"run": run.id, "reviewer": "Борис"}, VISITOR),
        lambda: desk(studio).draw({"run": run.id, "size": 3}, VISITOR),
        lambda: desk(studio).criteria({"text": "всё верно"}, VISITOR),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert desk(studio).criteria({}, VISITOR)["may"] is False


def test_an_annotator_of_the_task_sees_neither_labels_nor_their_counts(studio, run):
    sample = samples(studio, run)[0]
    studio.labels.label(run.id, sample, NewLabel("Борис", "wrong", "тайна"))
    told = look(studio, kept_from(studio, "Вера", "Animals"), run=run.id, reviewer="Борис")
    assert told["state"]["labels"]["may"] is False and told["parts"]["others"] == ""
    assert "lab-mark" not in told["parts"]["queue"] and "тайна" not in str(told)


def test_every_piece_of_a_cell_is_a_door_to_its_samples(studio, run):
    ids = [row.sample_id for row in studio.queue(run.id, SampleFilter(cell="js_only"), limit=100).rows]
    for sample, verdict in zip(ids, [*VERDICTS, "right"], strict=False):
        studio.labels.label(run.id, sample, NewLabel("Анна", verdict))
    html = look(studio, run=run.id, reviewer="Анна")["parts"]["situation"]
    found = re.findall(
        r'style="flex-grow:(\d+)" data-cell="(\w+)" data-label="(\w+)" aria-pressed="false"', html
    )
    assert {human for _, _, human in found} == set(HUMAN)
    for n, cell, human in found:
        there = look(studio, run=run.id, reviewer="Анна", cell=cell, label=human, want=["queue", "card"])
        assert there["state"]["total"] == int(n)
    assert "67\xa0%" in html and "Размечено 5 из 24." in html and "не случайное" in html
    chosen = look(studio, run=run.id, reviewer="Анна", cell="js_only", label="bad")["parts"]["situation"]
    assert re.findall(r'data-label="(\w+)" aria-pressed="true"', chosen) == ["bad"]


def test_a_run_without_labels_shows_no_empty_bars(studio, run):
    html = look(studio, run=run.id)["parts"]["situation"]
    assert "lab-split" not in html and "Меток ещё нет" in html


def test_a_draw_is_made_and_walked_from_the_page(studio, run):
    made = desk(studio).draw({"run": run.id, "size": "6", "by_task": False}, OWNER)
    assert made["draw"] == 1 and "6 случайных ответов из 24" in made["words"]
    told = look(studio, run=run.id, draw="1")
    assert (
        told["state"]["draw"] == 1
        and told["state"]["total"] == 6
        and "№ 1: 0 из 6" in told["parts"]["filters"]
    )
    first = told["state"]["sample"]
    after = desk(studio).keep(item(run, first, look={"draw": 1}), OWNER)
    assert after["state"]["sample"] == told["state"]["following"] and after["state"]["index"] == 1
    assert (
        "Выборка № 1: подряд размечено 1 из 6"
        in look(studio, run=run.id, reviewer="Анна")["parts"]["situation"]
    )
    with pytest.raises(BadInput):
        desk(studio).draw({"run": run.id, "size": "много"}, OWNER)


def test_criteria_are_written_and_read(studio, run):
    assert "не записаны" in desk(studio).criteria({}, OWNER)["said"]
    assert desk(studio).criteria({"text": "Смысл тот же."}, OWNER)["said"].startswith("Версия 1")
    told = desk(studio).keep(item(run, samples(studio, run)[0]), OWNER)["kept"]
    assert "версии 1" in told["others"]


def test_nonsense_from_a_browser_is_refused_in_words(script, run, studio):
    sample = samples(studio, run)[0]
    for wrong in (
        {"verdict": "maybe"},
        {"reviewer": ""},
        {"reviewer": 5},
        {"sample": "x"},
        {"tags": ["я" * 90]},
    ):
        told = script.told(FUNCTION, {**item(run, sample), **wrong})
        assert told["error"] and told["code"] in {
            "unknown_verdict",
            "label_no_reviewer",
            "unknown_sample",
            "label_tags",
        }
    assert studio.labels.listed(run.id) == ()


# in a browser


def opened(page, script, run, **query):
    page.set_default_timeout(60_000)
    more = "".join(f"&{key}={value}" for key, value in query.items())
    page.goto(f"{script.client.base_url}inspect?run={run.id}{more}")
    page.wait_for_selector(".in-card")
    return page


def russian(page, code: str, letter: str) -> None:
    """A key as a Russian layout gives it: the place is of the keyboard, the letter is Cyrillic."""
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        text = {"text": letter} if kind == "keyDown" else {}
        session.send("Input.dispatchKeyEvent", {"type": kind, "code": code, "key": letter, **text})
    session.detach()


def at(page, number: int) -> None:
    page.wait_for_function(
        "text => document.querySelector('.in-name b')?.textContent === text", arg=f"№ {number}"
    )


def said(page, text: str) -> None:
    page.wait_for_function(
        "text => document.querySelector('.lab-said')?.textContent.includes(text)", arg=text
    )


def kept_here(page) -> int:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('studio-label:')).length")


@pytest.mark.browser
def test_ten_answers_are_labelled_on_a_russian_keyboard_alone(studio, run, script, browser_page):
    page = opened(browser_page, script, run)
    russian(page, "Digit1", "1")
    page.locator(".lab-name[open] input").wait_for()
    page.keyboard.insert_text("Анна")
    page.keyboard.press("Enter")
    at(page, 2)
    russian(page, "KeyN", "т")
    page.keyboard.insert_text("спутал цвет")
    page.keyboard.press("Enter")
    russian(page, "KeyT", "е")
    page.keyboard.insert_text("цвет")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    for place, digit in enumerate("234123412", 2):
        at(page, place)
        russian(page, f"Digit{digit}", digit)
    at(page, 11)
    said(page, "№ 10")
    labels = studio.labels.listed(run.id)
    assert [label.number for label in labels] == list(range(1, 11))
    assert [VERDICTS.index(label.verdict) + 1 for label in labels] == [1, 2, 3, 4, 1, 2, 3, 4, 1, 2]
    assert (labels[1].note, labels[1].tags, labels[2].note) == ("спутал цвет", ("цвет",), "")

    russian(page, "KeyZ", "я")
    at(page, 10)
    said(page, "забрана")
    assert page.get_attribute('.lab-verdict[data-verdict="wrong"]', "aria-pressed") == "false"
    assert len(studio.labels.listed(run.id)) == 9
    page.keyboard.press("ArrowLeft")
    at(page, 9)
    page.reload()
    at(page, 9)
    page.wait_for_selector('.lab-verdict[data-verdict="right"][aria-pressed="true"]')
    assert "Анна" in page.inner_text('[data-act="reviewer"]')
    assert page.locator(".in-row .lab-mark").count() == 9 and "Размечено 9 из 24." in page.inner_text(
        ".lab-foot"
    )
    page.keyboard.press("Home")
    russian(page, "KeyU", "г")
    at(page, 10)


@pytest.mark.browser
def test_a_dead_network_loses_no_label(studio, run, script, browser_page):
    page = opened(browser_page, script, run)
    page.evaluate("localStorage.setItem('studio-reviewer', 'Анна')")
    page.reload()
    at(page, 1)
    page.context.set_offline(True)
    page.keyboard.press("1")
    page.get_by_text("Метки лежат в этом браузере").wait_for()
    assert studio.labels.listed(run.id) == () and kept_here(page) == 1
    assert page.get_attribute('.lab-verdict[data-verdict="right"]', "aria-pressed") == "true"
    page.context.set_offline(False)
    said(page, "Сохранено: № 1")
    assert [label.verdict for label in studio.labels.listed(run.id)] == ["right"] and kept_here(page) == 0


@pytest.mark.browser
def test_a_label_that_a_closed_tab_could_not_send_is_sent_by_the_next_one_and_counts_once(
    studio, run, script, browser_page
):
    page = opened(browser_page, script, run)
    page.evaluate("localStorage.setItem('studio-reviewer', 'Анна')")
    page.reload()
    at(page, 1)
    page.route("**/component_server*/**", lambda route: route.abort())
    page.keyboard.press("2")
    page.get_by_text("Метки лежат в этом браузере").wait_for()
    context, item = (
        page.context,
        page.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('studio-label:'))"),
    )
    page.close()
    second = opened(context.new_page(), script, run)
    said(second, "Сохранено: № 1")
    assert kept_here(second) == 0 and studio.labels.listed(run.id)[0].verdict == "wrong"
    second.evaluate("([key, text]) => localStorage.setItem(key, text)", item)
    second.reload()
    said(second, "Сохранено: № 1")
    assert studio._store.db.scalar("SELECT COUNT(*) FROM labels WHERE run_id = ?", (run.id,)) == 1


@pytest.mark.browser
def test_a_note_to_a_given_label_is_saved_by_itself_and_a_drawn_order_is_followed(
    studio, run, script, browser_page
):
    draw = studio.labels.draw(run.id, 5, seed=3)
    drawn = [row.number for row in studio.queue(run.id, SampleFilter(draw=draw.number)).rows]
    page = opened(browser_page, script, run, draw=1)
    page.evaluate("localStorage.setItem('studio-reviewer', 'Анна')")
    page.reload()
    for place in drawn[:2]:
        at(page, place)
        page.keyboard.press("3")
    at(page, drawn[2])
    page.keyboard.press("ArrowLeft")
    at(page, drawn[1])
    page.keyboard.press("n")
    page.keyboard.insert_text("подумать ещё")
    page.keyboard.press("Enter")
    said(page, f"№ {drawn[1]}")
    notes = {label.number: label.note for label in studio.labels.listed(run.id)}
    assert notes == {drawn[0]: "", drawn[1]: "подумать ещё"}
    (draw,) = studio.labels.draws(run.id)
    assert (draw.labelled, draw.in_order) == (2, 2)


@pytest.mark.browser
def test_a_stray_enter_after_a_label_or_a_step_goes_nowhere(studio, run, script, browser_page):
    page = opened(browser_page, script, run)
    page.evaluate("localStorage.setItem('studio-reviewer', 'Анна')")
    page.reload()
    at(page, 1)
    page.focus(".in-card")
    for place, key in ((2, "1"), (3, "j")):
        page.keyboard.press(key)
        at(page, place)
        assert page.evaluate("document.activeElement.matches('.in-card')"), key
        page.keyboard.press("Enter")
        page.keyboard.press("Space")
    page.keyboard.press("j")
    at(page, 4)


def test_the_table_that_is_counted_anew_brings_the_counts_of_draws(studio, run):
    """They stood as they were when the page was opened."""
    draw = studio.labels.draw(run.id, 6, seed=1).number
    first = studio.queue(run.id, SampleFilter(draw=draw)).rows[0].sample_id
    desk(studio).keep(item(run, first), OWNER)
    told = look(studio, run=run.id, draw=draw, want=["situation"])["parts"]["draws"]
    assert f'<option value="{draw}" selected>№ {draw}: 1 из 6</option>' in told


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ("", "Сколько случайных ответов выбрать? Впишите целое число"),
        ("много", "от 1 до 100000, а просят «много»"),
        ("0", "а просят «0»"),
        ("100001", "а просят «100001»"),
    ],
)
def test_a_size_that_no_draw_has_is_refused_in_words(studio, run, size, said):
    with pytest.raises(BadInput) as refused:
        desk(studio).draw({"run": run.id, "size": size}, OWNER)
    assert said in describe(refused.value, "ru")


def test_a_draw_larger_than_its_run_says_that_it_holds_all(studio, run):
    told = desk(studio).draw({"run": run.id, "size": "99999"}, OWNER)["words"]
    assert "просили 99999, а ответов всего 24" in told and "все они" in told


SCORES = ("in-verdict", "in-pbar", "in-trace", "in-calls", "in-reason", "in-is-chosen", "p\xa0=\xa0")
MARKS = re.compile(r"in-c-(?:both|em_only|js_only|neither|unscored|em_right|em_wrong)")


def sealed_look(studio, run, **asked):
    return look(studio, run=run.id, reviewer="Анна", scores="hidden", **asked)


def test_scores_can_be_hidden_until_the_answer_is_labelled(studio, run):
    """Every byte of the reply is looked at: what EM or the judge said of an answer is in none of them."""
    ids = samples(studio, run)
    for sample in ids[:3]:  # right by both, by the judge alone, by none
        told = json.dumps(sealed_look(studio, run, sample=sample), ensure_ascii=False)
        open_told = json.dumps(look(studio, run=run.id, reviewer="Анна", sample=sample), ensure_ascii=False)
        assert MARKS.search(open_told) and any(sign in open_told for sign in SCORES), (
            "else this looks at nothing"
        )
        assert not MARKS.search(told) and not [sign for sign in SCORES if sign in told]
        assert "Оценки скрыты" in told and GOLDS[ids.index(sample)] in told, "a label needs gold"
    desk(studio).keep(item(run, ids[0]), OWNER)
    told = sealed_look(studio, run, sample=ids[0])
    assert "in-verdict" in told["parts"]["card"] and "in-say-both" in told["parts"]["card"]
    assert MARKS.findall(told["parts"]["queue"]) == ["in-c-both"], "its own row alone"
    studio.labels.undo(run.id, "Анна")
    assert "in-verdict" not in sealed_look(studio, run, sample=ids[0])["parts"]["card"]


def test_the_next_sample_that_comes_with_a_label_is_sealed_too(studio, run):
    ids = samples(studio, run)
    told = desk(studio).keep(item(run, ids[0], look={"scores": "hidden"}), OWNER)
    assert told["state"]["sample"] == ids[1] and told["state"]["sealed"]
    assert not any(sign in json.dumps(told, ensure_ascii=False) for sign in SCORES)


@pytest.mark.parametrize(
    "asked",
    [
        {"cell": "js_only"},
        {"where": "em:0"},
        {"where": "NOT judge_p>0.5 number:1"},
        {"where": "order:informative"},
        {"where": "unscored:1"},
        {"where": 'changed:"+endings em+"'},
    ],
)
def test_a_filter_by_scores_that_are_hidden_is_refused_with_two_ways_out(studio, run, asked):
    told = sealed_look(studio, run, **asked)
    assert told["state"]["total"] == 0 and told["state"]["sample"] is None
    card = told["parts"]["card"]
    assert "выдал бы их" in card and 'data-act="scores"' in card and 'data-act="clear"' in card


@pytest.mark.parametrize(
    "asked", [{"where": "len>3 order:len"}, {"cell": "failed"}, {"where": "gold:ответ1"}]
)
def test_other_filters_work_while_scores_are_hidden(studio, run, asked):
    assert "выдал бы" not in sealed_look(studio, run, **asked)["parts"]["card"]


def test_whoever_cannot_label_is_not_kept_from_scores(studio, run):
    told = look(studio, VISITOR, run=run.id, reviewer="Анна", scores="hidden")
    assert MARKS.search(told["parts"]["situation"]) and 'name="scores"' not in told["parts"]["filters"]
    mine = sealed_look(studio, run)["parts"]["filters"]
    assert (
        'value="hidden" checked' in mine and 'value="hidden">' in look(studio, run=run.id)["parts"]["filters"]
    )
