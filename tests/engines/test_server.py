"""Models behind OpenAI-compatible servers: what is sent, what comes back, and what happens when nothing does."""

import base64
import io
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.core.content import Text
from studio.core.engine import Answer, Completion, Request, Settings, Turn
from studio.core.errors import BadInput, EngineFailed, ModelError, Problem
from studio.engines.server import ServerEngine as Engine
from studio.engines.server import open_server
from studio.servers import Access, base_urls, key_of, offered_models
from tests.engines.server_stub import Drop, Refuse, Stub, serving, text_of, until

QUICK = Settings(concurrency=4, max_new_tokens=16)


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    """Opens engines and closes them."""
    with ExitStack() as stack:

        def opened(*stubs: Stub, model: str = "", key: str = "EMPTY", patience_s: float = 30.0) -> Engine:
            access = Access(tuple(stub.url for stub in stubs), key, patience_s)
            engine = open_server(model, access, tmp_path / "files")
            stack.callback(engine.close)
            return engine

        yield opened


def texts(n: int) -> list[Request]:
    return [Request(i, (Text(f"вопрос {i}"),)) for i in range(n)]


def answers(engine: Engine, requests: list[Request], settings: Settings = QUICK) -> dict[int, Answer]:
    found = list(engine.generate(requests, settings))
    assert len(found) == len({request.key for request, _ in found}), "a question was answered twice"
    return {request.key: answer for request, answer in found}


def said(answer: Answer) -> str:
    assert isinstance(answer, Completion), answer
    return answer.text


def only(found: dict[int, Answer]) -> Any:
    (answer,) = found.values()
    return answer


def echo(body: dict[str, Any]) -> str:
    return f"ответ на {text_of(body)}"


# what is sent


def parts(stub: Stub) -> list[dict[str, Any]]:
    return stub.asked[-1]["messages"][-1]["content"]


def data_of(url: str) -> bytes:
    return base64.b64decode(url.partition(",")[2])


def test_every_question_is_answered_once_and_many_are_under_way(connect) -> None:
    gate = threading.Barrier(4, timeout=20)  # opens when four requests are there at once
    with serving(lambda body: f"{gate.wait()} {echo(body)}") as stub:
        found = answers(connect(stub), texts(40))
    assert {key: said(answer).split(" ", 1)[1] for key, answer in found.items()} == {
        i: f"ответ на вопрос {i}" for i in range(40)
    }
    assert stub.most_together == 4


def test_a_server_is_told_how_to_generate(connect) -> None:
    settings = Settings(max_new_tokens=9, temperature=0.5, top_p=0.9, seed=7, stop=("\n\n",))
    with serving(echo) as stub:
        answers(connect(stub), texts(1), settings)
    body = stub.asked[0]
    told = {name: body[name] for name in body if name not in {"messages", "model"}}
    assert body["model"] == "stub"
    assert told == {
        "max_completion_tokens": 9, "temperature": 0.5, "top_p": 0.9, "seed": 7, "stop": ["\n\n"],
    }  # fmt: skip


def test_text_and_media_go_in_the_order_of_the_question(connect, ask, media) -> None:
    with serving(echo) as stub:
        answers(connect(stub), [ask(0, "До ", "picture_0.png", " между ", "sound_0.wav", " после")])
    assert [part["type"] for part in parts(stub)] == ["text", "image_url", "text", "input_audio", "text"]
    picture = parts(stub)[1]["image_url"]["url"]
    assert picture.startswith("data:image/png;base64,")
    assert data_of(picture) == (media / "picture_0.png").read_bytes(), "a plain picture is not encoded again"
    sound = parts(stub)[3]["input_audio"]
    assert sound["format"] == "wav" and base64.b64decode(sound["data"])[:4] == b"RIFF"


def test_a_clip_is_sent_as_pictures_to_a_server_that_is_not_known_to_take_clips(connect, ask) -> None:
    with serving(echo) as stub:
        found = answers(connect(stub), [ask(0, "clip_0.mp4", "Что?")], replace(QUICK, frames=3))
    assert [part["type"] for part in parts(stub)] == ["image_url"] * 3 + ["text"]
    assert only(found).media_note["video_0"]["sent_as"] == "images"


def test_vllm_gets_the_very_frames_and_is_told_when_they_were(connect, ask) -> None:
    vllm = {"data": [{"id": "stub", "owned_by": "vllm"}]}
    with serving(echo, vllm) as stub:
        found = answers(connect(stub), [ask(0, "clip_0.mp4", "Что?")], replace(QUICK, frames=3))
    url = parts(stub)[0]["video_url"]["url"]
    frames = [Image.open(io.BytesIO(base64.b64decode(one))) for one in url.partition(",")[2].split(",")]
    note = only(found).media_note["video_0"]
    told = stub.asked[-1]["media_io_kwargs"]["video"]
    assert url.startswith("data:video/jpeg;base64,") and len(frames) == 3
    assert told["frames_indices"] == note["indices"] and told["total_num_frames"] == note["frames"]
    assert told["num_frames"] == 3 and note["sent_as"] == "frames"


def test_a_second_clip_in_the_dialogue_is_not_given_the_first_ones_times(connect, ask) -> None:
    vllm = {"data": [{"id": "stub", "owned_by": "vllm"}]}
    earlier = Turn(ask(1, "clip_1.mp4", "А здесь?").message, "Круг.")
    with serving(echo, vllm) as stub:
        answers(
            connect(stub),
            [replace(ask(0, "clip_0.mp4", "Что?"), history=(earlier,))],
            replace(QUICK, frames=3),
        )
    sent = [m["content"][0]["video_url"]["url"] for m in stub.asked[-1]["messages"] if m["role"] == "user"]
    assert [url.partition(";")[0] for url in sent] == ["data:video/mp4"] * 2
    assert "media_io_kwargs" not in stub.asked[-1]


def test_vllm_that_lets_nobody_choose_frames_gets_the_clip_itself(connect, ask, media) -> None:
    def script(body: dict[str, Any]) -> str:
        if "media_io_kwargs" in body:
            raise Refuse(400, "Per-request media_io_kwargs are disabled by default")
        return "да"

    with serving(script, {"data": [{"id": "stub", "owned_by": "vllm"}]}) as stub:
        found = answers(connect(stub), [ask(0, "clip_0.mp4", "Что?")])
    assert data_of(parts(stub)[0]["video_url"]["url"]) == (media / "clip_0.mp4").read_bytes()
    assert only(found).media_note["video_0"]["sent_as"] == "clip"


def test_earlier_turns_are_sent_as_a_dialogue(connect, ask) -> None:
    request = replace(ask(0, "А теперь?"), history=(Turn((Text("Что раньше?"),), "Раньше было утро."),))
    with serving(echo) as stub:
        answers(connect(stub), [request])
    assert [(m["role"], m["content"]) for m in stub.asked[-1]["messages"]] == [
        ("user", "Что раньше?"), ("assistant", "Раньше было утро."), ("user", "А теперь?"),
    ]  # fmt: skip


def test_media_can_be_handed_over_as_files_named_by_their_content(connect, ask, media, tmp_path) -> None:
    with serving(echo) as stub:
        answers(connect(stub), [ask(0, "picture_0.png", "Что?")], replace(QUICK, load="files"))
    url = parts(stub)[0]["image_url"]["url"]
    file = Path(url.removeprefix("file://"))
    assert file.parent == tmp_path / "files" / "images" and file.name.startswith("image-")
    assert file.read_bytes() == (media / "picture_0.png").read_bytes()


def test_a_medium_that_cannot_be_read_fails_alone(connect, ask, media) -> None:
    (media / "picture_broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    with serving(echo) as stub:
        found = answers(connect(stub), [ask(0, "picture_broken.png", "Что?"), ask(1, "Сколько?")])
    assert isinstance(found[0], Problem) and found[0].code == "media_broken"
    assert said(found[1]) == "ответ на Сколько?"


def test_the_key_is_sent_and_nothing_of_another_account(connect, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody else's")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-else")
    with serving(echo) as stub:
        answers(connect(stub, key="secret"), texts(1))
        assert stub.headers["Authorization"] == "Bearer secret"
        answers(connect(stub), texts(1))
        assert stub.headers["Authorization"] == "Bearer EMPTY"
    assert "OpenAI-Organization" not in stub.headers


# what comes back


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


# what goes wrong

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


# connecting


def test_the_only_model_of_a_server_needs_no_name(connect) -> None:
    with serving(echo) as stub:
        assert connect(stub).info.model == "stub"


def test_a_model_that_the_server_does_not_have_is_refused_with_those_that_it_has(connect) -> None:
    with serving(echo) as stub, pytest.raises(ModelError) as raised:
        connect(stub, model="other")
    assert raised.value.problem.values["offered"] == "stub"


def test_a_silent_server_is_refused_and_a_second_one_is_enough(connect, tmp_path) -> None:
    gone = Stub(echo)
    gone.close()
    with pytest.raises(ModelError) as raised:
        open_server("", Access((gone.url,), "EMPTY"), tmp_path)
    assert raised.value.problem.code == "server_silent"
    with serving(echo) as stub:
        assert len(answers(connect(gone, stub), texts(5))) == 5
        assert offered_models(Access((gone.url, stub.url), "EMPTY")) == {stub.url: ["stub"]}


def test_a_page_that_is_no_server_of_models_is_refused(connect) -> None:
    with serving(echo, models=["?"]) as stub, pytest.raises(ModelError) as raised:
        connect(stub)
    assert raised.value.problem.code == "server_foreign"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000/v1"),
        ("http://gpu:8000/", "http://gpu:8000/v1"),
        ("https://router.example/v1/chat/completions", "https://router.example/v1"),
        ("https://x.example/openai/v2", "https://x.example/openai/v2"),
    ],
)
def test_addresses_are_completed(typed: str, meant: str) -> None:
    assert base_urls([typed]) == (meant,)


def test_several_addresses_may_stand_in_one_field_and_count_once() -> None:
    assert base_urls(["a:1, b:2\nhttp://a:1/v1"]) == ("http://a:1/v1", "http://b:2/v1")


@pytest.mark.parametrize("typed", ["ftp://x", "http://", "http://x:port", "http://x/v1?key=1"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as raised:
        base_urls([typed])
    assert raised.value.problem.code == "server_address"


def test_an_address_with_a_password_is_refused_without_repeating_it() -> None:
    with pytest.raises(BadInput) as raised:
        base_urls(["https://me:hunter2@x.example/v1"])
    assert raised.value.problem.code == "server_password"
    assert "hunter2" not in json.dumps(raised.value.problem.to_json())


def test_a_key_is_taken_from_the_variable_that_is_named() -> None:
    assert key_of("MY_KEY", {"MY_KEY": "secret"}) == "secret"
    assert key_of("", {"OPENAI_API_KEY": "secret"}) == "EMPTY"
    for name, code in (("MY_KEY", "server_key_missing"), ("sk-123 456", "server_key_name")):
        with pytest.raises(BadInput) as raised:
            key_of(name, {})
        assert raised.value.problem.code == code
