"""Models behind OpenAI-compatible servers: whether they are there, and which models they have."""

import socket
import threading
from contextlib import ExitStack, suppress

import pytest

from studio.core.errors import EngineFailed, ModelError, Problem
from studio.engines.server import open_server
from studio.servers import Access, offered_models
from studio.texts import describe
from tests.engines.server_asking import answers, echo, texts
from tests.engines.server_stub import Stub, serving


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


def refusing() -> str:
    """Nobody listens at the port."""
    gone = Stub(echo)
    gone.close()
    return gone.url


def mute(stack: ExitStack) -> str:
    """Takes connections and says nothing."""
    listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    return f"http://127.0.0.1:{listening.getsockname()[1]}/v1"


def hanging_up(stack: ExitStack) -> str:
    """Takes connections and ends them."""
    listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))

    def work() -> None:
        with suppress(OSError):
            while True:
                listening.accept()[0].close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    stack.callback(thread.join, 20)
    stack.callback(listening.shutdown, socket.SHUT_RDWR)
    return f"http://127.0.0.1:{listening.getsockname()[1]}/v1"


@pytest.mark.parametrize(
    ("address", "russian", "english"),
    [
        (lambda stack: refusing(), "ничего не запущено", "nothing runs at that address"),
        (lambda stack: "http://nobody.invalid/v1", "адрес не найден", "the address is not found"),
        (mute, "ответа не дождались", "no answer came in time"),
        (hanging_up, "соединение оборвалось", "the connection was cut"),
        (
            lambda stack: stack.enter_context(serving(echo)).url.replace("http:", "https:"),
            "сервер говорит по http",
            "the server seems to speak http",
        ),
    ],
    ids=["refused", "unknown name", "mute", "hangs up", "no encryption"],
)
def test_why_a_server_is_silent_is_said_in_the_readers_language(
    address, russian, english, monkeypatch, tmp_path
) -> None:
    monkeypatch.setattr("studio.servers.line.VISIT_WITHIN_S", 0.5)
    with ExitStack() as stack:
        url = address(stack)
        with pytest.raises(ModelError) as raised:
            open_server("", Access((url,), "EMPTY"), tmp_path)
    assert raised.value.problem.code == "server_silent" and raised.value.problem.values["url"] == url
    for lang, words in (("ru", russian), ("en", english)):
        said = describe(raised.value, lang)
        assert words in said and "Cannot connect" not in said and "Errno" not in said


def test_a_silent_servers_reason_of_before_is_told_in_words_too() -> None:
    words = "Cannot connect to host 127.0.0.1:9 ssl:default [Connect call failed ('127.0.0.1', 9)]"
    said = describe(Problem("server_silent", {"url": "http://127.0.0.1:9/v1", "words": words}))
    assert "ничего не запущено" in said and "Cannot connect" not in said


def test_a_server_that_died_under_way_is_named_with_its_reason(connect) -> None:
    stub = Stub(echo)
    engine = connect(stub, patience_s=0.1)
    stub.close()
    with pytest.raises(EngineFailed) as raised:
        answers(engine, texts(1))
    assert "ничего не запущено" in describe(raised.value)


def test_every_server_that_lists_models_must_have_the_one_asked_for(connect) -> None:
    other = {"data": [{"id": "other", "owned_by": "stub"}]}
    with serving(echo) as first, serving(echo, other) as second, serving(echo, {"data": []}) as third:
        for model in ("stub", ""):
            with pytest.raises(ModelError) as raised:
                connect(first, third, second, model=model)
            assert raised.value.problem == Problem(
                "server_no_such_model", {"url": second.url, "model": "stub", "offered": "other"}
            )
        assert connect(first, third, model="stub").info.model == "stub"
