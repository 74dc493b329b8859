"""Asking an engine behind servers, for tests: short questions, and what was answered to them."""

from typing import Any

from studio.core.content import Text
from studio.core.engine import Answer, Completion, Request, Settings
from studio.engines.server import ServerEngine as Engine
from tests.engines.server_stub import Stub, text_of

QUICK = Settings(concurrency=4, max_new_tokens=16)


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


def parts(stub: Stub) -> list[dict[str, Any]]:
    """The content of the last message that a server was sent."""
    return stub.asked[-1]["messages"][-1]["content"]
