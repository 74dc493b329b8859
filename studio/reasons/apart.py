"""Failures grouped in a process of its own: sklearn and the rules would hold the interpreter from every page."""

import json
import logging
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from studio.core.errors import BadInput, EngineFailed
from studio.core.reasons import DEFAULT_SEED, MOST_GROUPS, Failure, Reason
from studio.reasons.grouping import grouped, untold
from studio.reasons.wire import question, read_groups

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "studio.reasons")
_ROOT = Path(__file__).parents[2]
AT_ONCE = 500  # so few are grouped sooner than a process starts
_ASK_S = 0.2  # how often whoever waits may change their mind
_LAST_WORDS = 2_000  # bytes of what the process said before it broke
_KILLED = 9  # by the system, when memory runs out


def grouped_apart(
    failures: Sequence[Failure],
    *,
    most: int = MOST_GROUPS,
    seed: int = DEFAULT_SEED,
    vectors: "NDArray[np.float32] | None" = None,
    tell: Callable[[float], None] = untold,
) -> tuple[Reason, ...]:
    """As `grouped`. `tell` hears the share that is done, several times a second; what it raises ends the process.

    Raises BadInput: they are too many for the memory; EngineFailed: the process broke."""
    if len(failures) <= AT_ONCE:
        return grouped(failures, most=most, seed=seed, vectors=vectors, tell=tell)
    with tempfile.TemporaryFile() as said, _process(said) as process:
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        listener = threading.Thread(target=_listen, args=(process, lines), name="groups", daemon=True)
        listener.start()
        try:
            _send(process, question(failures, most, seed, vectors), tell)
            return read_groups(_answer(lines, len(failures), tell), failures)
        except _BrokeError:
            raise _told(process, said, len(failures)) from None
        finally:
            process.kill()
            listener.join()


class _BrokeError(Exception):
    """The process ended without an answer."""


@contextmanager
def _process(said: IO[bytes]) -> Iterator["subprocess.Popen[bytes]"]:
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(COMMAND, cwd=_ROOT, stdin=pipe, stdout=pipe, stderr=said)
    except OSError as error:
        raise EngineFailed("grouping_broke", how=str(error)) from error
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for end in (process.stdin, process.stdout):
            with suppress(OSError):  # what it did not read any more
                end and end.close()


def _send(process: "subprocess.Popen[bytes]", pieces: Iterator[bytes], tell: Callable[[float], None]) -> None:
    assert process.stdin
    try:
        for piece in pieces:
            tell(0.0)
            process.stdin.write(piece)
        process.stdin.flush()  # and stays open: when it closes, the process ends
    except OSError:
        raise _BrokeError from None


def _listen(process: "subprocess.Popen[bytes]", lines: "queue.SimpleQueue[bytes]") -> None:
    assert process.stdout
    for line in process.stdout:
        lines.put(line)
    lines.put(b"")


def _answer(lines: "queue.SimpleQueue[bytes]", n: int, tell: Callable[[float], None]) -> dict[str, Any]:
    share = 0.0
    while True:
        try:
            line = lines.get(timeout=_ASK_S)
        except queue.Empty:
            tell(share)
            continue
        if not line.endswith(b"\n"):
            raise _BrokeError
        found: dict[str, Any] = json.loads(line)
        if "problem" in found:
            raise BadInput("grouping_memory", n=n)
        if "groups" in found:
            return found
        share = found["share"]
        tell(share)


def _told(process: "subprocess.Popen[bytes]", said: IO[bytes], n: int) -> BadInput | EngineFailed:
    """Why it ended, in words; what it said itself goes to the log."""
    code = process.wait()
    said.seek(max(0, said.seek(0, 2) - _LAST_WORDS))
    log.error(
        "the process that groups failures ended with %s: %s", code, said.read().decode("utf-8", "replace")
    )
    if code == -_KILLED:
        return BadInput("grouping_memory", n=n)
    return EngineFailed("grouping_broke", how=signal.Signals(-code).name if code < 0 else str(code))
