"""Counts questions where they arrive: as ASGI middleware inside vLLM, or called by the stub server.

Every question bears a mark, (q17), in its text, so that it is known again whatever tool asks it. Standard library
alone: vLLM runs this file in its own environment. `COUNTING_LOG` names the file that is written to.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MARK = re.compile(rb"\(q(\d+)\)")
VARIABLE = "COUNTING_LOG"


class Tally:
    """Writes a line a request's beginning and a line its end; whoever reads may cut the file to nothing in between."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def began(self, body: bytes) -> str:
        """The mark of a question, for `ended`."""
        found = MARK.search(body)
        mark = found[1].decode() if found else "-"
        os.write(self._file, f"{time.time():.6f} began {mark}\n".encode())
        return mark

    def ended(self, mark: str) -> None:
        """Its answer was sent, whole, to somebody who was still there."""
        os.write(self._file, f"{time.time():.6f} ended {mark}\n".encode())


class Middleware:
    """Counts chat completions on their way through an ASGI application."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._tally = Tally(os.environ[VARIABLE])

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/chat/completions"):
            await self._app(scope, receive, send)
            return
        parts: list[bytes] = []
        mark, gone, status = "-", False, 0

        async def hear() -> Any:
            nonlocal mark, gone
            message = await receive()
            if message["type"] == "http.disconnect":
                gone = True
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    mark = self._tally.began(b"".join(parts))
            return message

        async def say(message: Any) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)
            if (
                message["type"] == "http.response.body"
                and not message.get("more_body")
                and status == 200
                and not gone
            ):
                self._tally.ended(mark)

        await self._app(scope, hear, say)


@dataclass(frozen=True)
class Told:
    """What a log tells. Seconds since the epoch; marks are numbers of questions."""

    began: tuple[tuple[float, str], ...]
    ended: tuple[tuple[float, str], ...]

    @property
    def seconds(self) -> float:
        """From the first request to the last answer."""
        return self.ended[-1][0] - self.began[0][0]

    def again(self, moment: float, margin_s: float = 0.0) -> int:
        """How many of the questions answered before a moment (at least `margin_s` before) were asked after it."""
        answered = {mark for at, mark in self.ended if at < moment - margin_s}
        return len({mark for at, mark in self.began if at > moment} & answered)

    def answered_before(self, moment: float) -> int:
        return len({mark for at, mark in self.ended if at < moment})

    def doubled(self) -> int:
        """Questions that were answered more than once."""
        return sum(n > 1 for n in Counter(mark for _, mark in self.ended).values())


def read(path: Path) -> Told:
    """The log of questions; requests without a mark (a tool's trial) are left out."""
    lines = [line.split() for line in path.read_text().splitlines()]
    return Told(_of(lines, "began"), _of(lines, "ended"))


def clear(path: Path) -> None:
    """Forgets what was counted so far, while the server goes on writing."""
    os.truncate(path, 0)


def _of(lines: Iterable[list[str]], kind: str) -> tuple[tuple[float, str], ...]:
    return tuple((float(at), mark) for at, what, mark in lines if what == kind and mark != "-")
