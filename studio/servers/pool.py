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
    `busy_since` (Unix time) it has sent everybody away."""

    url: str
    client: Any
    outstanding: int = 0
    troubles: int = 0
    down: bool = False
    busy_since: float | None = None
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
        """The server with the fewest requests under way, one more on it. Raises EngineFailed when patience ends."""
        while True:
            up = [server for server in self.servers if not server.down]
            if up:
                server = min(up, key=lambda each: each.outstanding)
                server.outstanding += 1
                return server
            await self._wait()

    def release(self, server: Server) -> None:
        server.outstanding -= 1

    def well(self, server: Server) -> None:
        """It answered."""
        server.troubles = 0
        server.answered += 1
        self.free(server)

    def busy(self, server: Server) -> None:
        """It is there and has no time for this request."""
        if server.busy_since is None:
            server.busy_since = time.time()
            self._tell()

    def free(self, server: Server) -> None:
        """It had time for a request, whatever it said to it."""
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
            server.busy_since = None
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
        pause = FIRST_VISIT_S
        while True:
            if await self.alive(server):
                log.info("server %s is back", server.url)
                server.down, server.troubles, self._silent_since = False, 0, None
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
