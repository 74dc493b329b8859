"""Runs a command for as long as whoever started this process lives: `python keeper.py COMMAND…`.

A server that the studio starts must not outlive it, however the studio ends. The studio holds this process's standard
input open; when it closes, by will or because the studio was killed, the command and its children are ended.
"""

import os
import signal
import subprocess
import sys
import threading

GRACE_S = 15.0
POLL_S = 0.2


def main(command: list[str]) -> int:
    """The command's exit code; 0 after it was ended because nobody needs it any more."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    unneeded = threading.Event()
    # Ctrl-C at the studio reaches this process too; it is the studio that decides, by closing its end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: unneeded.set())
    threading.Thread(target=_watch, args=(unneeded,), daemon=True).start()
    while child.poll() is None and not unneeded.wait(POLL_S):
        pass
    told = unneeded.is_set()
    _end(child)  # also what it started and left behind
    sys.stdin = None  # whoever still reads it in the other thread must not hold up the end
    return 0 if told else int(child.returncode)


def _watch(unneeded: threading.Event) -> None:
    while os.read(0, 1):
        pass
    unneeded.set()


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Asks the command's whole group to end, and after a while does not ask."""
    for name, patience in ((signal.SIGTERM, GRACE_S), (signal.SIGKILL, GRACE_S)):
        try:
            os.killpg(child.pid, name)
            child.wait(patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
