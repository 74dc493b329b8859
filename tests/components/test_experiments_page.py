"""The Experiments page: three buttons, what they start, what is shown of it, and to whom."""

import re
from dataclasses import replace

import pytest

from components.pages.experiments import opened as page_opened
from components.pages.experiments_judge import answers_html, calibration_html
from components.pages.experiments_start import LIMITS, cards_html, earlier_html
from studio.core.content import media_of
from studio.core.run import OWNER, RunSpec, Viewer
from studio.core.trials import CalibrationSpec
from studio.texts import t
from tests.components.serving import serving
from tests.support import scripted_studio, write_task

FUNCTION = "experiments_open"  # of the page whose script the tests are
GOLDS = ["кот", "пёс", "3", "да"]
PRIVATE_GOLD = "выхухоль"


def seeing(request):
    """Right where it sees a picture; «да» where it does not."""
    if not media_of(request.message) or media_of(request.message)[0].path.parent.name == "blanks":
        return "да"
    return GOLDS[int(request.message[-1].text.split("номер ")[1].split("?")[0])]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("experiments")


@pytest.fixture(scope="module")
def task(home):
    return write_task(home / "Things", GOLDS)


@pytest.fixture(scope="module")
def studio(home, task):
    studio = scripted_studio(home / "home", seeing, data=home / "no-demo")
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def trial(studio, task):
    base, run = studio.start_pair(RunSpec("our/model", (str(task),)), "none")
    studio.wait(run, timeout_s=30)
    return base, run


@pytest.fixture(scope="module")
def calibration(studio, task):
    return studio.wait_calibration(studio.calibrate(CalibrationSpec((str(task),))), timeout_s=60)


def opened(script, **address):
    return script.told("experiments_open", {"whole": True, **address})


def test_three_cards_are_filled_so_that_one_press_is_enough(script):
    cards = opened(script)["cards"]
    assert re.findall(r'data-what="(\w+)"', cards) == ["none", "null", "judge"]
    assert cards.count('type="submit"') == 3 and cards.count('value="model:embedded"') == 2
    assert [int(n) for n in re.findall(r'name="limit"[^>]*value="(\d+)"', cards)] == list(LIMITS.values())
    for kind in ("none", "null", "judge"):
        assert t(f"experiments.{kind}.about") in cards


def test_a_visitor_is_offered_what_visitors_may_start(studio):
    owner, visitor = (cards_html(studio, Viewer(role), 10, "ru") for role in ("owner", "visitor"))
    assert "Qwen/" in owner and 'list="ex-judges"' in owner  # any judge may be typed
    assert "Qwen/" not in visitor and 'list="ex-judges"' not in visitor
    assert 'value="model:embedded"' in visitor and '<option value="embedded">' in visitor


def test_a_comparison_says_what_was_lost_and_its_numbers_open_the_samples(script, trial):
    base, run = trial
    answer = opened(script, run=run)
    html = answer["result"]
    assert not answer["going"]
    assert "С медиа модель набирает 100\N{NO-BREAK SPACE}%, по одному тексту — 25\N{NO-BREAK SPACE}%." in html
    assert f'href="./inspect?run={base}&amp;task=Things"' in html
    assert f'href="./inspect?run={run}&amp;task=Things"' in html
    assert 'aria-pressed="true">EM' in html and "+0,75" in html
    assert (
        opened(script, run=run, base=base, mark="js")["result"].count('data-mark="js" aria-pressed="true"')
        == 1
    )


def test_the_same_in_english(studio, trial):
    html = page_opened(studio, {"run": trial[1], "mark": "final"}, OWNER, "en")["result"]
    assert (
        "With media the model scores" in html
        and f'href="./en-inspect?run={trial[1]}&amp;task=Things"' in html
    )
    assert not re.search("[а-яё]{3,}", html, re.IGNORECASE)


def test_earlier_experiments_are_listed_with_their_addresses(script, trial, calibration):
    earlier = opened(script)["earlier"]
    assert f"./experiments?run={trial[1]}&amp;base={trial[0]}" in earlier
    assert f"./experiments?calibration={calibration.id}" in earlier


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "ru",
            ("В очереди: начнётся", "Задачи: Демонстрационный набор, other; из каждой 7 вопросов, зерно 3"),
        ),
        ("en", ("Queued: it begins", "; 7 questions of each, seed 3")),
    ],
)
def test_a_calibration_that_waits_says_what_is_queued(calibration, lang, words):
    spec = CalibrationSpec(("demo", "other"), "embedded", 7, 3)
    waits = replace(calibration, state="queued", spec=spec, done=0, total=0, samples=0, kinds=(), tasks=())
    titles = {"demo": t("experiments.tasks.demo", lang)}
    html = calibration_html(waits, [], "", "", lang, titles=titles).replace("\N{NO-BREAK SPACE}", " ")
    for each in words:
        assert each in html, html
    assert not re.search(r"\b0 (вопросов|questions)", html)
    assert "—" not in earlier_html([], [waits], titles, lang), "no rates before there are any"


def test_a_calibration_shows_its_kinds_worst_first(script, calibration):
    html = opened(script, calibration=calibration.id)["result"]
    shares = sorted(each.judge.mean for each in calibration.kinds)
    cells = re.findall(r'<td data-head="Судья прав"><span[^>]*><b>([\d,]+)', html)
    told = [float(text.replace(",", ".")) for text in cells]
    assert told == pytest.approx(shares, abs=0.006)
    assert "EM squad" in html and "EM studio" in html
    assert t("experiments.sensitivity") in html and calibration.label in html


def test_what_deceived_the_judge_is_told_on_a_press(script, calibration):
    fooled = next(each.kind for each in calibration.kinds if each.judge.mean < 1)
    html = script.told("experiments_answers", {"calibration": calibration.id, "kind": fooled})["html"]
    assert html.count("<li>") == round(
        next(e.judge.scored * (1 - e.judge.mean) for e in calibration.kinds if e.kind == fooled)
    )
    assert "Things / " in html


def test_a_chosen_runs_score_is_corrected(script, trial, calibration):
    html = opened(script, calibration=calibration.id, corrected=trial[0])["result"]
    assert f'value="{trial[0]}" selected' in html
    assert t("experiments.corrected.usual") in html


def test_private_gold_is_never_told_to_a_visitor(home):
    private = write_task(home / "Closed", [PRIVATE_GOLD, "ёж"], access="private")
    studio = scripted_studio(home / "other", lambda request: "да", data=home / "no-demo")
    found = studio.wait_calibration(studio.calibrate(CalibrationSpec((str(private),))), timeout_s=60)
    for kind in found.kinds:
        answers = studio.calibration_answers(found.id, kind.kind, Viewer("visitor"), mistaken=False)
        assert answers and PRIVATE_GOLD not in answers_html(answers, "ru")
    assert any(
        PRIVATE_GOLD in answers_html(studio.calibration_answers(found.id, k.kind, mistaken=False), "ru")
        for k in found.kinds
    )
    studio.close()


def test_a_card_starts_what_it_says(script, studio, task, trial):
    base, _ = trial
    told = script.told("experiments_start", {"what": "null", "of": f"run:{base}"})["address"]
    assert told["base"] == base and studio.run(told["run"]).spec.settings.media == "null"
    studio.wait(told["run"], timeout_s=30)
    told = script.told("experiments_start", {"what": "judge", "of": "auto", "tasks": str(task), "limit": "2"})
    found = studio.wait_calibration(told["address"]["calibration"], timeout_s=60)
    assert (found.state, found.samples) == ("done", 2)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"what": "none", "of": ""}, "no_model"),
        ({"what": "blurred", "of": "model:our/model"}, "unknown_media_use"),
        ({"what": "none", "of": "run:nope"}, "unknown_run"),
        ({"what": "judge", "of": "auto", "tasks": "", "limit": "2"}, "no_tasks"),
        ({"what": "judge", "of": "auto", "tasks": "Нет такой", "limit": "2"}, "unknown_task"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(script, asked, code):
    answer = script.ask("experiments_start", asked).json()
    assert answer["code"] == code and answer["error"]


@pytest.mark.parametrize(
    ("address", "said"),
    [({"run": "nope"}, "Прогона «nope» нет"), ({"calibration": "nope"}, "Проверки судьи «nope» нет")],
)
def test_an_address_that_leads_nowhere_says_so_and_the_cards_still_work(script, address, said):
    answer = opened(script, **address)
    assert said in answer["result"] and 'role="alert"' in answer["result"] and not answer["going"]
    assert answer["cards"].count('type="submit"') == 3 and "earlier" in answer


@pytest.mark.browser
def test_one_press_on_the_page_compares_and_a_door_opens_the_samples(home, browser_page):
    """With a real browser: the card's button, the progress, the picture, the address, the door to Inspect."""
    task = write_task(home / "Browsed", GOLDS)
    studio = scripted_studio(home / "browsed", seeing, data=home / "no-demo", token_s=0.02)
    base = studio.start(RunSpec("our/model", (str(task),)))
    studio.wait(base, timeout_s=30)
    page = browser_page
    with serving(studio) as url:
        page.goto(f"{url}experiments")
        card = page.locator('.ex-card[data-what="none"]')
        card.locator("select[name=of]").select_option(f"run:{base}")
        card.locator("button").click()
        page.locator(".ex-figure").wait_for()
        assert f"base={base}" in page.url and "run=" in page.url
        assert page.locator(".ex-dot--full").count() == 1
        page.locator('[data-mark="js"]').click()
        page.locator('[data-mark="js"][aria-pressed="true"]').wait_for()
        assert "mark=js" in page.url
        page.reload()
        page.locator('[data-mark="js"][aria-pressed="true"]').wait_for()
        page.locator(".ex-table td a").nth(1).click()
        page.wait_for_url("**/inspect?run=*")
        assert "task=Browsed" in page.url
    studio.close()
