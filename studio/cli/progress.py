"""A run as it goes on, on stderr: one living line in a terminal, a line now and then in a log."""

import shutil
import time

from studio.cli.parser import option
from studio.cli.screen import Screen, clock, number, one_line
from studio.core.run import Live

LOG_EVERY_S = 10.0
QUIET = option("--quiet", action="store_true")


class Progress:
    """Shows `Live` values. `every_s` is how often to ask for one; None: never, nothing is shown."""

    def __init__(self, screen: Screen, *, quiet: bool) -> None:
        self._screen = screen
        self._tty = screen.err.isatty() and not quiet
        self._said_at = time.monotonic()
        self._said = ""
        self._width = 0
        self.every_s = None if quiet else 0.15 if self._tty else 1.0

    def show(self, live: Live) -> None:
        if self._tty:
            line = self._line(live, shutil.get_terminal_size((100, 24)).columns - 1)
            print(f"\r{line.ljust(self._width)}", end="", file=self._screen.err, flush=True)
            self._width = len(line)
        elif time.monotonic() - self._said_at >= LOG_EVERY_S:
            self._log(self._line(live, 200))

    def _log(self, line: str) -> None:
        """A log tells what is new, not how long nothing was."""
        self._said_at = time.monotonic()
        if line != self._said:
            self._said = line
            print(line, file=self._screen.err, flush=True)

    def clear(self) -> None:
        """Wipes the living line, so that what follows begins at the margin."""
        if self._width:
            print("\r" + " " * self._width + "\r", end="", file=self._screen.err, flush=True)

    def _line(self, live: Live, width: int) -> str:
        lang, run = self._screen.lang, live.run
        if live.phase in {"queued", "loading"}:
            said = self._screen.text(f"cli.phase.{live.phase}", model=run.model)
            last = live.opening.splitlines()[-1:] if live.phase == "loading" else []
            return one_line(" · ".join([said, *last]), width)
        total = live.scores[-1] if live.scores else None
        parts = [
            f"{live.done}/{run.planned}",
            *self._silence(live),
            f"EM {number(total.em.mean if total else None, lang, 2)}",
            f"JS {number(total.js.mean if total else None, lang, 2)}",
            self._screen.text("cli.progress.rate", rate=number(live.rate, lang, 1)),
            self._screen.text("cli.progress.left", left=clock(live.eta_s)),
        ]
        if run.failed:
            parts.append(self._screen.text("cli.progress.failed", n=run.failed))
        if live.current:
            parts.append(f"{live.current.task}: {live.text}")
        return one_line(" · ".join(parts), width)

    def _silence(self, live: Live) -> list[str]:
        """Who does not answer, and until when that is waited for: a time of day, which a log tells once."""
        urls, until = live.silence.urls, live.silence.until
        if not urls:
            return []
        if until is None:
            return [self._screen.text("servers.silent.some", urls=", ".join(urls))]
        clock_time = time.strftime("%H:%M:%S", time.localtime(until))
        return [self._screen.text("servers.silent", urls=", ".join(urls), until=clock_time)]
