"""The process that groups failures for a studio, so that its pages do not wait: `python -m studio.reasons`.

Nobody but `apart` starts it. It computes when nobody else wants the processor, is the first to go when memory runs out,
and ends with the studio, which holds its standard input open.
"""

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from studio.reasons.grouping import grouped
from studio.reasons.wire import answer, line, read_question

NICENESS = 10
_GOES_FIRST = "800"  # of 1000: whom the system ends when memory runs out
_STEP = 0.01  # of the work, between two lines about how far it is


def main() -> None:
    """Reads what is to be grouped, tells how far it is, and the groups."""
    _step_back()
    try:
        _group()
    except EOFError:
        return
    except MemoryError:
        _say({"problem": "memory"})


def _group() -> None:
    failures, asked = read_question(sys.stdin.buffer)
    threading.Thread(target=_end_with_studio, daemon=True).start()
    told = -1.0

    def tell(share: float) -> None:
        nonlocal told
        if share >= told + _STEP:
            told = share
            _say({"share": round(share, 3)})

    _say(answer(grouped(failures, **asked, tell=tell), failures))


def _say(value: object) -> None:
    sys.stdout.buffer.write(line(value))
    sys.stdout.buffer.flush()


def _step_back() -> None:
    """As far as the system knows such things (Windows does not, macOS in part)."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(NICENESS)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_GOES_FIRST)


def _end_with_studio() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
