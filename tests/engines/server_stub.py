"""A real HTTP server that speaks OpenAI's protocol and does as it is told: for what a good server rarely does."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODELS = {"data": [{"id": "stub", "owned_by": "stub", "max_model_len": 4096}]}


class Drop(Exception):
    """Raised by a script: the connection ends without an answer."""


class Refuse(Exception):
    """Raised by a script: a status with the server's words."""

    def __init__(self, status: int, words: str, headers: dict[str, str] | None = None) -> None:
        self.status, self.words, self.headers = status, words, headers or {}


def text_of(body: dict[str, Any]) -> str:
    """The texts of the last message of a request."""
    content = body["messages"][-1]["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


class Stub:
    """`script` turns a request's body into the answer's text, or raises `Drop` or `Refuse`.

    `asked` are the bodies in order, `headers` those of the last request, `answered` the texts of the questions that an
    answer was sent to. `other` answers POSTs to other paths than chat completions, `tells` GETs by their path.
    """

    def __init__(self, script: Callable[[dict[str, Any]], str], models: Any = MODELS, port: int = 0) -> None:
        self.script, self.models = script, models
        self.asked: list[dict[str, Any]] = []
        self.answered: list[str] = []
        self.headers: Message = Message()
        self.together = self.most_together = 0
        self.tells: dict[str, Any] = {}
        self.other: Callable[[str, dict[str, Any]], Any] | None = None
        self._lock = threading.Lock()
        self.connections: list[socket.socket] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, self))
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever asked has gone
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """As a process that dies: nobody listens any more, and what was open is cut."""
        self._server.shutdown()
        self._server.server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def reply(self, body: dict[str, Any]) -> str:
        with self._lock:
            self.asked.append(body)
            self.together += 1
            self.most_together = max(self.together, self.most_together)
        try:
            answer = self.script(body)
        finally:
            with self._lock:
                self.together -= 1
        self.answered.append(text_of(body))
        return answer


class _Handler(BaseHTTPRequestHandler):
    """One connection to a stub."""

    protocol_version = "HTTP/1.1"

    def __init__(self, stub: Stub, *about: Any) -> None:
        self.stub = stub
        super().__init__(*about)

    def setup(self) -> None:
        super().setup()
        self.stub.connections.append(self.connection)

    def do_GET(self) -> None:
        if self.path == "/health":
            self._json(200, {})
        elif self.path.endswith("/models"):
            self._json(200, self.stub.models)
        elif self.path in self.stub.tells:
            self._json(200, self.stub.tells[self.path])
        else:
            self._json(404, {"error": "nothing here"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.stub.headers = self.headers
        if not self.path.endswith("/chat/completions"):
            self._other(body)
            return
        try:
            answer = self.stub.reply(body)
        except Drop:
            self.close_connection = True
        except Refuse as refusal:
            told = {"error": {"message": refusal.words}}
            if refusal.status == 200:
                self._broken_stream(told)
            else:
                self._json(refusal.status, told, refusal.headers)
        else:
            self._stream(answer) if body.get("stream") else self._json(200, completion(answer))

    def _other(self, body: dict[str, Any]) -> None:
        self.stub.asked.append(body)
        try:
            if self.stub.other is None:
                raise Refuse(404, "nothing here")
            self._json(200, self.stub.other(self.path, body))
        except Refuse as refusal:
            self._json(refusal.status, {"error": {"message": refusal.words}}, refusal.headers)

    def _broken_stream(self, told: dict[str, Any]) -> None:
        self._begin_stream()
        self.wfile.write(f"data: {json.dumps(told)}\n\n".encode())
        self.close_connection = True

    def _stream(self, answer: str) -> None:
        self._begin_stream()
        words = answer.split(" ")
        for i, word in enumerate(words):
            delta = {"content": word if i == 0 else f" {word}"}
            self._event({"choices": [{"index": 0, "delta": delta}]})
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        usage = {"prompt_tokens": 7, "completion_tokens": len(words), "total_tokens": 7 + len(words)}
        self._event({"choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def _event(self, chunk: dict[str, Any]) -> None:
        head = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "stub"}
        self.wfile.write(f"data: {json.dumps({**head, **chunk})}\n\n".encode())
        self.wfile.flush()

    def _json(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Silence: pytest shows what matters."""


def completion(text: str) -> dict[str, Any]:
    words = len(text.split())
    return {
        "id": "x",
        "object": "chat.completion",
        "model": "stub",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 7, "completion_tokens": words, "total_tokens": 7 + words},
    }


@contextmanager
def serving(script: Callable[[dict[str, Any]], str], models: Any = MODELS, port: int = 0) -> Iterator[Stub]:
    stub = Stub(script, models, port)
    try:
        yield stub
    finally:
        stub.close()


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Waits for a condition; the test fails when it does not come true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)
