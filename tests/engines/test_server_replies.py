"""Models behind OpenAI-compatible servers: what comes back."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from studio.core.errors import Problem
from tests.engines.server_asking import QUICK, answers, echo, only, parts, said, texts
from tests.engines.server_stub import Refuse, serving, text_of


def test_an_answer_keeps_what_the_server_tells_of_it(connect) -> None:
    with serving(lambda body: "раз два три") as stub:
        answer = only(answers(connect(stub), texts(1)))
    assert (answer.finish_reason, answer.prompt_tokens, answer.completion_tokens) == ("stop", 7, 3)
    assert answer.latency_s > 0 and answer.ttft_s is None


def test_one_answer_at_a_time_can_be_followed_as_it_arrives(connect) -> None:
    told: list[tuple[int, str]] = []
    with serving(lambda body: "раз два три") as stub:
        engine = connect(stub)
        found = list(engine.generate(texts(1), QUICK, on_text=lambda key, text: told.append((key, text))))
    assert told == [(0, "раз"), (0, "раз два"), (0, "раз два три")]
    assert found[0][1].text == "раз два три" and found[0][1].completion_tokens == 3
    assert 0 <= found[0][1].ttft_s <= found[0][1].latency_s


def test_meras_template_is_spoken_to_in_its_own_way(connect, ask) -> None:
    """It needs max_completion_tokens, lists its models elsewhere, does one request at a time, tells no reason."""
    with serving(echo, {"models": [{"id": "Qwen2-VL"}]}) as stub:
        engine = connect(stub)
        found = answers(engine, [ask(i, "sound_0.wav", "Что?") for i in range(6)])
    assert engine.info.engine == "server:mera" and stub.most_together == 1
    assert stub.asked[-1]["max_completion_tokens"] == 16 and "seed" not in stub.asked[-1]
    assert parts(stub)[0]["type"] == "audio_url" and len(found) == 6


def test_a_reply_without_reason_or_usage_says_that_they_are_not_known(connect, monkeypatch) -> None:
    from tests.engines import server_stub

    bare = {"choices": [{"index": 0, "message": {"content": "да"}}]}
    monkeypatch.setattr(server_stub, "completion", lambda text: bare)
    with serving(echo) as stub:
        answer = only(answers(connect(stub), texts(1)))
    assert answer.text == "да"
    assert (answer.finish_reason, answer.prompt_tokens, answer.completion_tokens) == (None, None, None)


@pytest.mark.parametrize(
    "choice",
    [
        {"message": {}},
        {"message": {"content": None}, "finish_reason": "content_filter"},
        {"message": {"content": "полови"}, "finish_reason": "abort"},
    ],
    ids=["no content", "kept back", "broken off"],
)
def test_what_is_no_whole_answer_is_no_answer(connect, monkeypatch, choice) -> None:
    from tests.engines import server_stub

    monkeypatch.setattr("studio.servers.asking.FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr(server_stub, "completion", lambda text: {"choices": [{"index": 0, **choice}]})
    with serving(echo) as stub:
        answer = only(answers(connect(stub), texts(1)))
    assert isinstance(answer, Problem) and answer.code == "server_gibberish"


def test_a_field_that_a_server_does_not_know_is_left_out_and_that_is_recorded(connect) -> None:
    def script(body: dict[str, Any]) -> str:
        if "seed" in body:
            raise Refuse(400, "Unrecognized request argument supplied: seed")
        if "max_completion_tokens" in body:
            raise Refuse(422, "max_completion_tokens: extra fields not permitted")
        return "да"

    with serving(script) as stub:
        found = answers(connect(stub), texts(3), replace(QUICK, concurrency=1))
    assert [said(answer) for answer in found.values()] == ["да"] * 3
    assert found[2].media_note["not_sent"] == ["seed"]
    assert stub.asked[-1]["max_tokens"] == 16 and len(stub.asked) == 5, "learned once, not at every question"


def test_what_another_question_taught_meanwhile_is_not_said_of_one_that_was_sent_whole(connect) -> None:
    taught = threading.Event()

    def script(body: dict[str, Any]) -> str:
        if text_of(body) == "вопрос 0":
            assert taught.wait(20)
        elif "seed" in body:
            raise Refuse(400, "Unrecognized request argument supplied: seed")
        else:
            taught.set()
        return "да"

    with serving(script) as stub:
        found = answers(connect(stub), texts(2))
    assert "not_sent" not in found[0].media_note and found[1].media_note["not_sent"] == ["seed"]
