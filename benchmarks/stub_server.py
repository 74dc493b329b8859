"""A server that answers every question with the same words after a fixed time: `python -m benchmarks.stub_server`.

It does next to nothing itself, so that what is measured against it is the side that asks.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from benchmarks.counting import Tally
from studio.settings import REPOSITORY

TEXT = "На картинке круг. ОТВЕТ круг"
USAGE = {"prompt_tokens": 90, "completion_tokens": 8, "total_tokens": 98}


@contextmanager
def stub(log: Path, latency_s: float) -> Iterator[str]:
    """The base URL of a stub in a process of its own that counts into `log`."""
    command = [sys.executable, "-m", "benchmarks.stub_server", "--latency", str(latency_s), "--log", str(log)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        while not _answers(url):
            time.sleep(0.05)
        yield url
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--latency", type=float, default=0.05)
    options.add_argument("--log", required=True)
    asyncio.run(serve(options.parse_args()))


async def serve(asked: argparse.Namespace) -> None:
    tally = Tally(asked.log)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Talk(tally, asked.latency, loop), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


class _Talk(asyncio.Protocol):
    """One connection: requests come whole, one after the other."""

    def __init__(self, tally: Tally, latency_s: float, loop: asyncio.AbstractEventLoop) -> None:
        self._tally, self._latency_s, self._loop = tally, latency_s, loop
        self._got = bytearray()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        while (end := self._got.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._got[:end]).lower()
            _, _, length = head.partition(b"content-length:")
            whole = end + 4 + int(length.split(b"\r\n")[0] or 0)
            if len(self._got) < whole:
                return
            body = bytes(self._got[end + 4 : whole])
            del self._got[:whole]
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"post"):
            mark = self._tally.began(body)
            reply = STREAM if b'"stream":true' in body.replace(b'"stream": true', b'"stream":true') else WHOLE
            self._loop.call_later(self._latency_s, self._send, reply, mark)
        else:
            self._transport.write(MODELS if b"/models" in head.split(b"\r\n")[0] else HEALTH)

    def _send(self, reply: bytes, mark: str) -> None:
        if not self._transport.is_closing():
            self._transport.write(reply)
            self._tally.ended(mark)


def _response(body: bytes, kind: str = "application/json") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _stream() -> bytes:
    head = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "omni"}
    events: list[dict[str, Any]] = [
        {"choices": [{"index": 0, "delta": {"role": "assistant", "content": TEXT}}]},
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
        {"choices": [], "usage": USAGE},
    ]
    lines = [f"data: {json.dumps({**head, **event})}\n\n" for event in events]
    return "".join([*lines, "data: [DONE]\n\n"]).encode()


_ANSWER = {
    "id": "x",
    "object": "chat.completion",
    "created": 0,
    "model": "omni",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": TEXT}}],
    "usage": USAGE,
}
WHOLE = _response(json.dumps(_ANSWER).encode())
STREAM = _response(_stream(), "text/event-stream")
MODELS = _response(
    json.dumps(
        {"object": "list", "data": [{"id": "omni", "owned_by": "stub", "max_model_len": 4096}]}
    ).encode()
)
HEALTH = _response(b"{}")


def _answers(url: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{url}/models", timeout=2):
        return True
    return False


if __name__ == "__main__":
    main()
