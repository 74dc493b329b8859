"""Fields for a number and for an intent with its slots: what they send is what was typed, as the scorer reads it."""

import json
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.pages.annotate_answer import answer_html, kind_of
from components.theme import ASSETS, CSS_PATHS
from components.widgets.answer_form import INTENT_KEYS, frame_html, number_html
from studio.metrics import intent_and_slots
from studio.metrics.slots import read_answer
from tests.components.keyboard import press

SCRIPTS = ("media.js", "answer.js", "frame.js", "answer_form.js")
LISTED = """Внимательно послушай аудио с запросом.

Список доступных намерений с соответствующими слотами в формате намерение: [список слотов].
RateBook: [best_rating, object_name, rating_unit, rating_value]
PlayMusic: [artist, datetime, music_item, track]
weather/find: [datetime, location, weather/attribute]
alarm/time_left_on_alarm: []

Ответ в формате json, по схеме: {"intent": "выбранный из списка intent", "slots": [{"тип слота": "значение слота"}]}."""
FREE = 'Верни JSON {"intent": "намерение", "slots": [{"тип": "значение"}]}.'
NUMBER = "В ответе напишите только число."
ADDRESS = "https://form.test/"
FIELD = """() => {
    window.changes = 0;
    const place = document.querySelector('[data-answer]');
    const field = ANSWERS[place.dataset.answer](place, () => { window.changes += 1; });
    document.addEventListener('keydown', (event) => {
        const typing = /^(input|textarea)$/i.test(event.target.tagName);
        if (field.key(event, typing)) event.preventDefault();
    });
    window.field = field;
}"""


def asked(prompt: str, **rest: Any) -> Any:
    return SimpleNamespace(question=prompt, prompt=prompt, options={}, answer_type="short", **rest)


@pytest.fixture(scope="module")
def tab(browser):
    """A page for forms alone, at an address, so that it has a store of its own."""
    context = browser.new_context(locale="ru-RU", viewport={"width": 800, "height": 1400})
    yield context.new_page()
    context.close()


@pytest.fixture
def form(tab):
    """Puts a question's field on the page."""

    def put(prompt: str, lang: str = "ru") -> Any:
        styles = "\n".join(path.read_text("utf-8") for path in CSS_PATHS)
        scripts = "\n".join((ASSETS / name).read_text("utf-8") for name in SCRIPTS)
        body = (
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>{styles}</style>'
            f'<body><main class="an-root"><form><h2 id="an-question">?</h2>{answer_html(asked(prompt), lang)}'  # type: ignore[arg-type]
            f"<button type=submit>→</button></form></main>"
            f"<script>const T = {{}};\n{scripts}\nwindow.exact = {{ frameOf, frameText, jsonFault }};</script>"
        )
        tab.unroute_all()
        tab.route(ADDRESS, lambda route: route.fulfill(body=body, content_type="text/html"))
        tab.goto(ADDRESS)
        tab.evaluate(FIELD)
        return tab

    return put


def sent(page) -> str:
    return str(page.evaluate("field.get()"))


def listed(form, tab) -> None:
    """Once for many examples."""
    if tab.url != ADDRESS or tab.locator(".sl-intent").count() != 4:
        form(LISTED)


def value(page, slot: str) -> Any:
    return page.get_by_label(slot, exact=True)


# which field


@pytest.mark.parametrize(
    ("prompt", "kind"), [(LISTED, "frame"), (FREE, "frame"), (NUMBER, "number"), ("Кто это?", "short")]
)
def test_the_field_follows_the_words_of_the_question(prompt: str, kind: str) -> None:
    assert kind_of(asked(prompt)) == kind
    assert f'data-answer="{kind}"' in answer_html(asked(prompt), "ru")


def test_each_intent_has_a_key_and_none_that_the_page_uses() -> None:
    page = {"S", "P", "J", "L", "F", "K", "?"}
    assert len(INTENT_KEYS) == len(set(INTENT_KEYS)) == 16 and not page & set(INTENT_KEYS)
    assert frame_html(asked(LISTED), "ru").count("<kbd>") == 4


def test_the_form_offers_what_the_text_lists_and_nothing_else() -> None:
    html = frame_html(asked(LISTED), "ru")
    assert "PlayMusic" in html and "weather/attribute" in html
    assert 'data-intents="[]"' in frame_html(asked(FREE), "ru")


@pytest.mark.parametrize("make", [number_html, frame_html])
def test_a_question_cannot_break_out_of_the_markup(make) -> None:
    evil = LISTED.replace("PlayMusic", '"><script>alert(1)</script>')
    assert "<script>" not in make(asked(evil), "ru")


# the frame as text

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FRAMES = st.tuples(NAMES, st.lists(st.tuples(NAMES, VALUES), max_size=5))


@pytest.mark.browser
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(frame=FRAMES)
def test_what_the_form_writes_is_read_by_the_scorer_as_typed(form, tab, frame) -> None:
    listed(form, tab)
    intent, slots = frame
    text = tab.evaluate("([intent, slots]) => exact.frameText({ intent, slots })", [intent, slots])
    published = read_answer(text, "strict")
    assert not published.fault and json.loads(text)["intent"] == intent
    assert [pair for slot in json.loads(text)["slots"] for pair in slot.items()] == slots
    read = read_answer(text, "fixed")
    said = json.loads(json.dumps({"intent": intent, "slots": slots}, ensure_ascii=False).lower())
    assert read.intent == said["intent"].lower() and read.size == len(slots)
    assert read.slots == Counter((type_.lower(), value.lower()) for type_, value in said["slots"])
    again = tab.evaluate("text => exact.frameOf(text).frame", text)
    assert again == {"intent": intent, "slots": [list(slot) for slot in slots]}


@pytest.mark.browser
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    intent=st.sampled_from(["RateBook", "PlayMusic", "weather/find", "alarm/time_left_on_alarm", "Чужое"]),
    slots=st.lists(
        st.tuples(
            st.sampled_from(["datetime", "track", "object_name", "location", "своё", "__proto__"]),
            st.text(
                st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=12
            ).filter(lambda text: "\ufeff" not in text),
        ),
        max_size=5,
    ),
)
def test_a_frame_goes_through_the_form_and_comes_out_the_same(form, tab, intent, slots) -> None:
    """Shown by the form's fields and written again from them; so does a draft after a reload."""
    listed(form, tab)
    text = json.dumps(
        {"intent": intent, "slots": [{type_: value} for type_, value in slots]}, ensure_ascii=False
    )
    tab.evaluate("text => field.set(text)", text)
    again = sent(tab)
    assert read_answer(again, "strict")[:3] == read_answer(text, "strict")[:3]
    assert intent_and_slots(again, text)[0].value == intent_and_slots(again, text)[1].value == 1
    tab.evaluate("text => field.set(text)", again)
    assert sent(tab) == again


PIECES = st.lists(
    st.sampled_from(
        ["{", "}", "[", "]", ",", ":", '"', "'", "\\", "\\u00", "\\n", '"a"', "1", "-", "0", "1.5e3", "01", "true",
         "nul", "null", " ", "\n", "\t", "«", "é", '"б":', "{}", "[]"]
    ),
    max_size=10,
).map("".join)  # fmt: skip


@pytest.mark.browser
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=PIECES)
def test_a_fault_is_found_exactly_where_the_browser_reads_no_json(form, tab, text) -> None:
    listed(form, tab)
    script = "text => { try { JSON.parse(text); return true; } catch { return false; } }"
    fault = tab.evaluate("text => exact.jsonFault(text)", text)
    assert (fault is None) == tab.evaluate(script, text)
    assert fault is None or 0 <= fault["at"] <= len(text)


# the form under the hands


@pytest.mark.browser
def test_an_intent_and_its_slots_are_given_on_the_keyboard_alone(form):
    page = form(LISTED)
    page.keyboard.press("2")
    assert page.get_by_role("radio", name="PlayMusic").get_attribute("aria-checked") == "true"
    assert page.evaluate("document.activeElement.labels[0].textContent") == "artist"
    page.keyboard.type("земфира")
    page.keyboard.press("Enter")
    page.keyboard.type("утром")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.type") == "submit"
    assert sent(page) == '{"intent": "PlayMusic", "slots": [{"artist": "земфира"}, {"datetime": "утром"}]}'
    assert page.input_value("[name=json]") == sent(page)
    assert page.evaluate("field.amiss()") == ""


@pytest.mark.browser
def test_intents_are_chosen_under_a_russian_layout(form):
    page = form(LISTED + "\n" + "\n".join(f"Intent{n}: [slot]" for n in range(5, 17)))
    press(page, "KeyY")
    assert page.evaluate("document.querySelector('[aria-checked=true]').dataset.intent") == "Intent16"


@pytest.mark.browser
def test_arrows_walk_the_intents_and_enter_goes_on_to_the_slots(form):
    page = form(LISTED)
    page.evaluate("field.focus()")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "alarm/time_left_on_alarm" in sent(page)
    page.get_by_text("У этого намерения слотов нет").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "best_rating"


@pytest.mark.browser
def test_a_slot_may_be_said_twice_and_taken_back(form):
    page = form(LISTED)
    page.get_by_role("radio", name="weather/find").click()
    value(page, "location").fill("москва")
    page.get_by_role("button", name="Ещё один location").click()
    value(page, "location (2)").fill("тверь")
    assert json.loads(sent(page))["slots"] == [{"location": "москва"}, {"location": "тверь"}]
    page.get_by_role("button", name="Убрать location (2)").click()
    assert json.loads(sent(page))["slots"] == [{"location": "москва"}]
    assert page.evaluate("document.activeElement.classList.contains('sl-value')")
    page.get_by_role("button", name="Убрать location", exact=True).click()
    assert json.loads(sent(page))["slots"] == []
    assert page.evaluate("document.activeElement.labels[0].textContent") == "location"


@pytest.mark.browser
def test_an_empty_row_is_one_stop_for_tab(form):
    page = form(LISTED)
    page.keyboard.press("2")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "datetime"


@pytest.mark.browser
def test_slots_of_another_intent_are_put_aside_and_come_back(form):
    page = form(LISTED)
    page.keyboard.press("1")
    value(page, "object_name").fill("доктор живаго")
    page.get_by_role("radio", name="PlayMusic").click()
    assert json.loads(sent(page)) == {"intent": "PlayMusic", "slots": []}
    page.get_by_text("Убрано: object_name").wait_for()
    page.get_by_role("radio", name="RateBook").click()
    assert json.loads(sent(page))["slots"] == [{"object_name": "доктор живаго"}]


@pytest.mark.browser
def test_people_who_say_the_same_in_another_order_send_the_same(form):
    page = form(LISTED)
    one = '{"slots": [{"rating_value": "три"}, {"object_name": "чайка"}],\n "intent": "RateBook"}'
    page.evaluate("text => field.set(text)", one)
    assert (
        sent(page) == '{"intent": "RateBook", "slots": [{"object_name": "чайка"}, {"rating_value": "три"}]}'
    )


@pytest.mark.browser
def test_pasted_json_fills_the_form(form):
    page = form(LISTED)
    page.fill("[name=json]", '{"intent":"PlayMusic","slots":[{"track":"кукушка","artist":"кино"}]}')
    assert value(page, "track").input_value() == "кукушка"
    assert page.get_by_role("radio", name="PlayMusic").get_attribute("aria-checked") == "true"
    page.locator("[name=json]").blur()
    assert page.input_value("[name=json]") == sent(page)
    assert json.loads(sent(page))["slots"] == [{"artist": "кино"}, {"track": "кукушка"}]


# (pasted JSON, what is said)
TORN = [
    ('{"intent": "PlayMusic", "slots": [{"track": "кукушка"}', "строка 1, место 55: текст оборвался"),
    ('{"intent": "PlayMusic"\n "slots": []}', "строка 2, место 2: здесь ждали запятую"),
    ("{'intent': 'PlayMusic'}", "строка 1, место 2: нужна прямая двойная кавычка"),
    ('{"intent": «PlayMusic»}', "строка 1, место 12: нужна прямая двойная кавычка"),
    ('{"intent": "PlayMusic, "slots": []}', "строка 1, место 25: здесь ждали запятую"),
    ('{"intent" "PlayMusic"}', "строка 1, место 11: после имени нужно двоеточие"),
    ('{"intent": "PlayMusic", "slots": []} и всё', "строка 1, место 38: лишнее"),
    ('["PlayMusic"]', "JSON: ответ — объект"),
    ('{"slots": []}', 'JSON: нужен "intent"'),
    ('{"intent": "PlayMusic"}', 'JSON: нужен "slots"'),
    ('{"intent": "PlayMusic", "slots": ["track"]}', "JSON: слот 1 записан не так"),
    ('{"intent": "RateBook", "slots": [{"rating_value": 5}]}', "JSON: у слота 1 (rating_value)"),
]


@pytest.mark.browser
@pytest.mark.parametrize(("text", "said"), TORN)
def test_torn_json_is_kept_and_its_fault_told_with_the_place(form, text: str, said: str):
    page = form(LISTED)
    page.fill("[name=json]", text)
    assert said in page.inner_text(".sl-fault")
    assert sent(page) == text  # a draft loses nothing
    assert said in page.evaluate("field.amiss()")
    page.evaluate("field.focus()")
    assert page.evaluate("document.activeElement.name") == "json"
    page.evaluate("text => { field.set(''); field.set(text); }", text)  # as after a reload
    assert page.input_value("[name=json]") == text and said in page.inner_text(".sl-fault")


@pytest.mark.browser
def test_the_place_of_a_fault_is_selected(form):
    page = form(LISTED)
    page.fill("[name=json]", '{"intent": "PlayMusic" "slots": []}')
    page.evaluate("field.amiss(); field.focus()")
    assert page.evaluate("getSelection().toString() || document.activeElement.value.slice(document.activeElement"
                         ".selectionStart, document.activeElement.selectionEnd)") == '"'  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"intent": "PlayMusic", "slots": [{"color": "алый"}]}', "нет слотов: color"),
        ('{"intent": "Dance", "slots": []}', "нет намерения «Dance»"),
    ],
)
def test_what_the_task_does_not_list_is_doubted_and_still_sent(form, text: str, said: str):
    page = form(LISTED)
    page.fill("[name=json]", text)
    assert said in page.inner_text("[data-sl=hint]")
    assert page.evaluate("field.amiss()") == "" and json.loads(sent(page)) == json.loads(text)


@pytest.mark.browser
def test_nothing_is_sent_without_an_intent(form):
    page = form(LISTED)
    assert sent(page) == ""
    assert "Выберите намерение" in page.evaluate("field.amiss()")
    page.evaluate("field.focus()")
    assert page.evaluate("document.activeElement.dataset.intent") == "RateBook"


@pytest.mark.browser
def test_half_a_form_is_a_draft_that_comes_back(form):
    page = form(FREE)
    page.fill("[name=intent]", "SetTimer")
    page.get_by_label("Название слота").fill("duration")
    draft = sent(page)
    assert "«duration» пуст" in page.evaluate("field.amiss()")
    page = form(FREE)
    page.evaluate("text => field.set(text)", draft)
    assert page.input_value("[name=intent]") == "SetTimer"
    assert page.get_by_label("Название слота").input_value() == "duration"
    page.get_by_label("Значение слота").fill("пять минут")
    assert sent(page) == '{"intent": "SetTimer", "slots": [{"duration": "пять минут"}]}'
    page.get_by_label("Название слота").fill("")
    assert "нет названия" in page.evaluate("field.amiss()")


@pytest.mark.browser
def test_names_typed_before_complete_the_next_ones_where_the_task_lists_none(form):
    page = form(FREE)
    page.fill("[name=intent]", "SetTimer")
    page.get_by_label("Название слота").fill("duration")
    page.get_by_role("button", name="Добавить слот").click()
    page.keyboard.type("label")
    page.keyboard.press("Tab")
    page = form(FREE)
    assert page.evaluate("[...document.querySelectorAll('#an-intents option')].map((one) => one.value)") == [
        "SetTimer"
    ]
    assert page.evaluate("[...document.querySelectorAll('#an-types option')].map((one) => one.value)") == [
        "label",
        "duration",
    ]


@pytest.mark.browser
def test_a_locked_form_takes_nothing(form):
    page = form(LISTED)
    page.keyboard.press("1")
    page.evaluate("field.lock(true)")
    assert page.locator("[data-answer] :enabled").count() == 0
    page.evaluate("field.lock(false)")
    assert page.locator("[data-answer] :disabled").count() == 0


# a number


@pytest.mark.browser
@pytest.mark.parametrize("text", ["12", "-3,5", "−0.25", " 1 000 000 ", "3/4", "50%", "+7", "-", "", "12,"])
def test_a_number_in_any_writing_is_not_doubted_and_sent_as_typed(form, text: str):
    page = form(NUMBER)
    page.get_by_label("Ваш ответ: число").fill(text)
    assert page.inner_text("#an-doubt") == "" and sent(page) == text


@pytest.mark.browser
@pytest.mark.parametrize("text", ["три", "12 см", "1,2,3", "x = 5", "--2"])
def test_words_in_place_of_a_number_are_doubted_and_still_sent(form, text: str):
    page = form(NUMBER)
    page.get_by_label("Ваш ответ: число").fill(text)
    assert "Похоже, не число" in page.inner_text("#an-doubt")
    assert page.evaluate("field.amiss()") == "" and sent(page) == text


@pytest.mark.browser
def test_a_phone_has_digits_a_minus_and_a_way_to_letters(form):
    page = form(NUMBER)
    field = page.get_by_label("Ваш ответ: число")
    assert field.get_attribute("inputmode") == "decimal"
    field.fill("4,5")
    page.evaluate("document.querySelector('[data-nu=minus]').click()")
    assert sent(page) == "-4,5"
    page.evaluate("document.querySelector('[data-nu=minus]').click()")
    assert sent(page) == "4,5" and page.evaluate("window.changes") == 3
    page.evaluate("document.querySelector('[data-nu=keyboard]').click()")
    assert field.get_attribute("inputmode") == "text"
    assert page.locator("[data-nu=keyboard]").get_attribute("aria-label") == "Цифровая клавиатура"
