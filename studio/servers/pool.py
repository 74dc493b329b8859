"""The servers of a run: the one with the least to do is asked next; one that fell silent is asked nothing until it
answers its doctor again."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from studio.core.engine import OnSilence, Silence, unheard
from studio.core.errors import EngineFailed

log = logging.getLogger(__name__)
TROUBLES_IN_A_ROW = 3  # answers of the kind "something broke here" after which a server rests
FIRST_VISIT_S, LAST_VISIT_S = 0.25, 10.0


@dataclass(eq=False)
class Server:
    """One base URL. `outstanding` requests are under way; `troubles` came one after the other; `words` of the last.
    `busy_since` (Unix time) it has sent everybody away, `turned_away` of them one after the other; it is passed over
    until `busy_until` (the loop's time). `rests` counts how often it fell silent without an answer in between."""

    url: str
    client: Any
    outstanding: int = 0
    troubles: int = 0
    down: bool = False
    busy_since: float | None = None
    busy_until: float = 0.0
    turned_away: int = 0
    rests: int = 0
    words: str = ""
    answered: int = 0


@dataclass
class Pool:
    """Picks servers; belongs to one event loop.

    `alive` tells whether a server answers. When none has for `patience_s` seconds, whoever waits gets EngineFailed:
    the run stops with its reason and can be resumed, rather than failing sample by sample. `on_silence` is told who is
    silent or busy whenever that changes.
    """

    servers: Sequence[Server]
    alive: Callable[[Server], Awaitable[bool]]
    patience_s: float
    on_silence: OnSilence = unheard
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _doctors: set["asyncio.Task[None]"] = field(default_factory=set)
    _silent_since: float | None = None

    async def acquire(self) -> Server:
        """The server with the fewest requests under way, one more on it. Raises EngineFailed when patience ends.

        Who sends everybody away at once has few under way, and would be asked most: beside others that have time it is
        left alone for a while, and then asked by one at a time until it answers.
        """
        while True:
            up = [server for server in self.servers if not server.down]
            if up:
                now = asyncio.get_running_loop().time()
                ready = [server for server in up if _has_time(server, now)] or up
                server = min(ready, key=lambda each: each.outstanding)
                server.outstanding += 1
                return server
            await self._wait()

    def release(self, server: Server) -> None:
        server.outstanding -= 1

    def well(self, server: Server) -> None:
        """It answered."""
        server.troubles = server.rests = 0
        server.answered += 1
        self.free(server)

    def busy(self, server: Server, pause_s: float | None = None) -> None:
        """It is there and has no time for this request; `pause_s`: when it said to come again."""
        pause = min(LAST_VISIT_S, FIRST_VISIT_S * 2**server.turned_away) if pause_s is None else pause_s
        server.turned_away += 1
        server.busy_until = asyncio.get_running_loop().time() + pause
        if server.busy_since is None:
            server.busy_since = time.time()
            self._tell()

    def free(self, server: Server) -> None:
        """It had time for a request, whatever it said to it."""
        server.turned_away = 0
        if server.busy_since is not None:
            server.busy_since = None
            self._tell()

    def trouble(self, server: Server, words: str, *, gone: bool) -> None:
        """It did not. `gone`: nobody listens there; otherwise it may be the request's fault, a few times."""
        server.troubles += 1
        server.words = words
        if not server.down and (gone or server.troubles >= TROUBLES_IN_A_ROW):
            log.info("server %s rests: %s", server.url, words)
            server.down, server.busy_since = True, None
            server.rests += 1
            if all(each.down for each in self.servers):
                self._silent_since = asyncio.get_running_loop().time()
            self._send_doctor(server)
            self._tell()

    def begin(self) -> None:
        """New work: patience starts anew, and whoever is down is visited at once."""
        self._silent_since = asyncio.get_running_loop().time()
        for doctor in list(self._doctors):
            doctor.cancel()
        for server in self.servers:
            server.busy_since, server.rests = None, 0
            if server.down:
                self._send_doctor(server)
        self._tell()

    async def close(self) -> None:
        for task in list(self._doctors):
            task.cancel()
        await asyncio.gather(*self._doctors, return_exceptions=True)
        self.on_silence(Silence())

    async def _wait(self) -> None:
        left = self._left()
        if left <= 0:
            raise EngineFailed("servers_silent", urls=self._names(), reason=self.servers[0].words)
        self._changed.clear()
        try:
            await asyncio.wait_for(self._changed.wait(), left)
        except TimeoutError:
            return

    def _send_doctor(self, server: Server) -> None:
        task = asyncio.create_task(self._visit(server))
        self._doctors.add(task)
        task.add_done_callback(self._doctors.discard)

    async def _visit(self, server: Server) -> None:
        """Until it answers. One that answers its doctor and nobody else rests longer each time, beside others that
        answer, and back it is asked for one answer before it is trusted with more troubles."""
        pause = FIRST_VISIT_S
        others = any(not each.down for each in self.servers)
        if others and server.rests > 1:
            await asyncio.sleep(min(LAST_VISIT_S, FIRST_VISIT_S * 2**server.rests))
        while True:
            if await self.alive(server):
                log.info("server %s is back", server.url)
                server.down, self._silent_since = False, None
                server.troubles = TROUBLES_IN_A_ROW - 1 if others else 0
                self._changed.set()
                self._tell()
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, LAST_VISIT_S)

    def _tell(self) -> None:
        down = tuple(server.url for server in self.servers if server.down)
        all_down = len(down) == len(self.servers)
        busy = tuple((each.url, each.busy_since) for each in self.servers if each.busy_since is not None)
        self.on_silence(Silence(down, time.time() + self._left() if all_down else None, busy))

    def _left(self) -> float:
        """Seconds of patience, once all are silent."""
        now = asyncio.get_running_loop().time()
        return self.patience_s - (now - (self._silent_since or now))

    def _names(self) -> str:
        return ", ".join(server.url for server in self.servers)


def _has_time(server: Server, now: float) -> bool:
    """Whether it may be asked: who sent everybody away, by one at a time and not before its pause is over."""
    return server.busy_since is None or (server.outstanding == 0 and server.busy_until <= now)
