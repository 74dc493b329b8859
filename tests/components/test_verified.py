"""The Run page says whether a run's answers hold, and lets the owner ask."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from components.pages.run import build_run_page
from components.widgets.verified import verified_html
from studio.core.errors import Problem
from studio.core.run import RunSpec
from studio.core.verification import ReaskedAnswer, Verification, VerificationSpec
from studio.engines.scripted import ScriptedEngine
from tests.components.pages_by_hand import built, handler, request, stream, words
from tests.support import scripted_studio, write_task

FOUND = Verification(
    "v1", "r1", "done", VerificationSpec("r1"), 0.0, 1.0, 50, 50, 0, 0, 0.0, 0.071, 0,
)  # fmt: skip
ANSWER = ReaskedAnswer(7, 7, "Things", "<7>", "differs", "<b>да</b>", "нет", 1.0, 0.0)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


@pytest.fixture
def studio(tmp_path: Path):
    engine = ScriptedEngine(lambda asked: "красный")
    studio = scripted_studio(tmp_path / "home", engine, data=tmp_path / "no-demo")
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path: Path):
    task = write_task(tmp_path / "Things", ["красный", "синий", "пять"])
    return studio.wait(studio.start(RunSpec("our/model", (str(task),))), timeout_s=30)


def test_a_run_that_was_never_verified_says_nothing():
    assert verified_html(None, "ru") == ""


def test_the_line_tells_how_many_differ_and_how_sure_that_is():
    assert plain(verified_html(FOUND, "ru")).startswith("Проверено: 50, отличаются 0 · 95 %: от 0")
    assert plain(verified_html(FOUND, "en")).startswith("Verified: 50, 0 differ")


def test_what_differs_can_be_opened_and_is_no_markup():
    found = replace(FOUND, same=49, differ=1, em_differ=1, answers=(ANSWER,))
    html = verified_html(found, "ru")
    assert "<b>да</b>" not in html and "&lt;b&gt;да" in html and "Things / &lt;7&gt;" in html
    assert "inspect?run=r1" in html and "EM изменился у 1" in plain(html)


def test_what_failed_is_counted_beside_and_not_among_what_was_verified():
    answer = replace(ANSWER, status="failed", now=None, problem=Problem("media_missing", {"file": "a.png"}))
    text = plain(verified_html(replace(FOUND, same=48, failed=2, answers=(answer,)), "ru"))
    assert "Проверено: 48, отличаются 0" in text and "не удалось спросить 2" in text and "a.png" in text


def test_while_it_goes_on_its_progress_is_shown():
    html = verified_html(replace(FOUND, state="running", same=10), "ru")
    assert 'aria-valuenow="10"' in html and "спрошено заново 10 из 50" in plain(html)
    assert "ждёт очереди" in plain(verified_html(replace(FOUND, state="queued", total=0, same=0), "ru"))


def test_one_that_broke_off_says_so():
    text = plain(verified_html(replace(FOUND, state="interrupted", same=3), "ru"))
    assert "не дошла до конца" in text and "Проверено: 3" in text


def test_the_owner_presses_the_button_and_sees_the_outcome(studio, run):
    demo = built(build_run_page, studio)
    steps = stream(handler(demo, "verified")(run.id, request()))
    assert "Проверено: 3, отличаются 0" in "\n".join(plain(words(step)) for step in steps)
    assert studio.verified(run.id).same == 3


def test_a_visitor_has_no_button_and_may_not_press_it(studio, run):
    demo = built(build_run_page, studio)
    button = next(block for block in demo.blocks.values() if getattr(block, "elem_id", None) == "verify")

    def seen(host: str) -> list[bool]:
        steps = stream(handler(demo, "opened")(request(host=host, run=run.id)))
        return [step[button]["visible"] for step in steps if button in step]

    assert seen("127.0.0.1")[-1] is True and seen("203.0.113.7")[-1] is False
    with pytest.raises(Exception, match="недоступно"):
        stream(handler(demo, "verified")(run.id, request(host="203.0.113.7")))
    assert studio.verified(run.id) is None
