"""Models behind OpenAI-compatible servers: what happens when they refuse, fall silent or die."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from studio.core.engine import Completion
from studio.core.errors import EngineFailed, Problem
from tests.engines.server_asking import QUICK, answers, echo, only, said, texts
from tests.engines.server_stub import Drop, Refuse, Stub, serving, text_of, until

AT_ONCE = {"Retry-After": "0"}


def first_times(n: int, failure: Exception) -> Callable[[dict[str, Any]], str]:
    """A script that fails the first `n` times."""
    left = iter(range(n))

    def script(body: dict[str, Any]) -> str:
        if next(left, None) is not None:
            raise failure
        return echo(body)

    return script


@pytest.mark.parametrize(
    "failure",
    [Refuse(500, "oh"), Refuse(429, "slow down", AT_ONCE), Refuse(503, "waking up", AT_ONCE), Drop()],
    ids=["500", "429", "503", "dropped"],
)  # fmt: skip
def test_what_may_pass_is_asked_again(connect, failure) -> None:
    with serving(first_times(2, failure)) as stub:
        found = answers(connect(stub), texts(1))
    assert said(only(found)) == "ответ на вопрос 0" and len(stub.asked) == 3


def test_an_engine_that_breaks_down_in_the_middle_of_an_answer_is_asked_again(connect) -> None:
    """vLLM tells it as an event of the stream, under status 200."""
    with serving(first_times(2, Refuse(200, "EngineCore encountered an issue"))) as stub:
        found = list(connect(stub).generate(texts(1), QUICK, on_text=lambda key, text: None))
    assert said(found[0][1]) == "ответ на вопрос 0" and len(stub.asked) == 3


def test_what_will_not_pass_is_recorded_at_once_in_the_servers_words(connect) -> None:
    words = "This model's maximum context length is 2048 tokens, however you requested 9000"

    def script(body: dict[str, Any]) -> str:
        if text_of(body) == "вопрос 1":
            raise Refuse(400, words)
        return echo(body)

    with serving(script) as stub:
        found = answers(connect(stub), texts(3))
    assert found[1] == Problem("server_refused", {"url": stub.url, "status": 400, "words": words})
    assert [said(found[i]) for i in (0, 2)] == ["ответ на вопрос 0", "ответ на вопрос 2"]
    assert Counter(text_of(body) for body in stub.asked)["вопрос 1"] == 1


def test_a_question_that_breaks_the_server_each_time_is_given_up_alone(connect, monkeypatch) -> None:
    monkeypatch.setattr("studio.servers.asking.FIRST_PAUSE_S", 0.001)

    def script(body: dict[str, Any]) -> str:
        if text_of(body) == "вопрос 1":
            raise Drop
        return echo(body)

    with serving(script) as stub:
        found = answers(connect(stub), texts(12))
    assert isinstance(found[1], Problem) and found[1].code == "server_dropped"
    assert sum(isinstance(answer, Completion) for answer in found.values()) == 11
    assert Counter(text_of(body) for body in stub.asked)["вопрос 1"] == 5


@pytest.mark.parametrize(
    ("status", "code"), [(401, "server_key"), (403, "server_key"), (404, "server_no_model")]
)
def test_a_refusal_of_everything_ends_the_run_instead_of_failing_each_question(connect, status, code) -> None:
    def script(body: dict[str, Any]) -> str:
        raise Refuse(status, "no")

    with serving(script) as stub, pytest.raises(EngineFailed) as raised:
        answers(connect(stub), texts(30))
    assert raised.value.problem.code == code


def test_when_one_of_two_servers_dies_the_other_answers_everything_once(connect) -> None:
    died = threading.Event()

    def mortal(body: dict[str, Any]) -> str:
        if len(first.answered) >= 5:
            died.set()
            raise Drop
        return echo(body)

    with serving(echo) as second:
        first = Stub(mortal)
        engine = connect(first, second)
        threading.Thread(target=lambda: (died.wait(20), first.close()), daemon=True).start()
        found = answers(engine, texts(60))
    assert {key: said(answer) for key, answer in found.items()} == {
        i: f"ответ на вопрос {i}" for i in range(60)
    }
    assert len(first.answered) == 5 and len(second.answered) == 55


def test_a_server_that_comes_back_is_asked_again(connect) -> None:
    stub = Stub(echo)
    engine = connect(stub)
    asked = engine.generate(texts(20), replace(QUICK, concurrency=1))
    found = [next(asked) for _ in range(3)]
    stub.close()
    with serving(echo, port=stub.port):
        found += list(asked)
    assert sorted(request.key for request, _ in found) == list(range(20))
    assert all(isinstance(answer, Completion) for _, answer in found)


def test_when_no_server_comes_back_the_run_ends_and_no_question_is_failed(connect) -> None:
    stub = Stub(echo)
    engine = connect(stub, patience_s=0.3)
    asked = engine.generate(texts(50), replace(QUICK, concurrency=2))
    found = [next(asked) for _ in range(3)]
    stub.close()
    with pytest.raises(EngineFailed) as raised:
        found += list(asked)
    assert raised.value.problem.code == "servers_silent"
    assert all(isinstance(answer, Completion) for _, answer in found)


def test_work_is_shared_by_how_much_is_under_way(connect) -> None:
    slow = threading.Event()

    def waits(body: dict[str, Any]) -> str:
        slow.wait(20)
        return echo(body)

    with serving(waits) as busy, serving(echo) as free:
        engine = connect(busy, free)
        asked = engine.generate(texts(40), QUICK)
        found = [next(asked) for _ in range(30)]
        assert len(busy.asked) <= 2, "half of what is under way, and no more until it answers"
        slow.set()
        found += list(asked)
    assert len(found) == 40


def test_a_cancel_is_noticed_while_answers_are_awaited(connect) -> None:
    gate, stop = threading.Event(), threading.Event()

    def script(body: dict[str, Any]) -> str:
        gate.wait(20)
        return echo(body)

    with serving(script) as stub:
        engine = connect(stub)
        threading.Thread(
            target=lambda: (until(lambda: len(stub.asked) == 4), stop.set()), daemon=True
        ).start()
        assert list(engine.generate(texts(20), QUICK, cancelled=stop.is_set)) == []
        gate.set()
        assert len(answers(engine, texts(3))) == 3, "the engine can be asked again"


def test_a_closed_engine_says_so(connect) -> None:
    with serving(echo) as stub:
        engine = connect(stub)
        engine.close()
        with pytest.raises(EngineFailed):
            list(engine.generate(texts(1), QUICK))
