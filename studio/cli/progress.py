"""A run as it goes on, on stderr: one living line in a terminal, a line now and then in a log."""

import shutil
import time

from studio.cli.parser import option
from studio.cli.screen import Screen, clock, number, one_line
from studio.core.engine import Silence
from studio.core.run import Live
from studio.texts import CATALOGUE

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
            *self._servers(live),
            f"EM {number(total.em.mean if total else None, lang, 2)}",
            f"JS {number(total.js.mean if total else None, lang, 2)}",
        ]
        if live.judged is not None:
            parts.append(self._screen.text("cli.progress.judged", done=live.judged, n=run.answered))
        else:
            parts.append(self._screen.text("cli.progress.rate", rate=number(live.rate, lang, 1)))
            parts.append(self._screen.text("cli.progress.left", left=clock(live.eta_s)))
        if run.failed:
            parts.append(self._screen.text("cli.progress.failed", n=run.failed))
        if live.current:
            parts.append(f"{live.current.task}: {live.text}")
        return one_line(" · ".join(parts), width)

    def _servers(self, live: Live) -> list[str]:
        """Who does not answer or has no time, the model's servers and the judge's, and until or since when: a time of
        day, which a log tells once."""
        return [
            *self._silence("servers.silent", live.silence),
            *self._busy("servers.busy", live.silence),
            *self._silence("servers.judge.silent", live.judge_silence),
            *self._busy("servers.judge.busy", live.judge_silence),
        ]

    def _silence(self, key: str, silence: Silence) -> list[str]:
        if not silence.urls:
            return []
        urls, until = ", ".join(silence.urls), silence.until
        if until is None:
            return [self._screen.text(f"{key}.some", urls=urls)]
        if until <= time.time() and f"{key}.over" in CATALOGUE:
            return [self._screen.text(f"{key}.over", urls=urls)]
        return [self._screen.text(key, urls=urls, until=_time_of_day(until))]

    def _busy(self, key: str, silence: Silence) -> list[str]:
        urls, since = silence.busy_long(time.time())
        return [self._screen.text(key, urls=", ".join(urls), since=_time_of_day(since))] if urls else []


def _time_of_day(at: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(at))
