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


def main(command: list[str]) -> int:
    """The command's exit code; 0 after it was ended because nobody needs it any more."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    ended = threading.Event()

    def watch() -> None:
        while sys.stdin.buffer.read(1):
            pass
        ended.set()
        _end(child)

    threading.Thread(target=watch, daemon=True).start()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: _end(child))
    code = child.wait()
    _end(child)  # what it started and left behind
    return 0 if ended.is_set() else code


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
