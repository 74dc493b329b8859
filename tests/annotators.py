"""`python -m tests.annotators HOME TASK ACKED WHO…`: a process in which people answer until there is nothing more.

What was acknowledged is appended to a file, a line an answer; what was sent is written there first, with a question
mark, so that the next process sends it again as a browser would.
"""

import os
import sys
from pathlib import Path

from studio.core.project import Submission
from studio.tasks.folder import load_folder
from tests.people import PROJECT, Desk


def main(home: Path, task: Path, acked: Path, people: list[str]) -> None:
    import time

    desk = Desk(home, load_folder(task), [time.time()])
    handle = os.open(acked, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    waiting = {who: _unanswered(acked, who) for who in people}
    while waiting:
        for who in list(waiting):
            desk.clock[0] = time.time()
            given, waiting[who] = waiting[who], None
            if given is None:
                standing = desk.at(who)
                asked = standing.question
                if asked is None:
                    assert standing.nothing is not None
                    if standing.nothing.reason == "done":
                        del waiting[who]
                    continue
                given = (f"{who}-{asked.item}-{asked.occasion}", asked.item, f"{who} о {asked.item}")
                os.write(handle, f"? {given[0]} {given[1]}\n".encode())
            client_id, item, text = given
            desk.answering.submit(PROJECT, who, Submission(item, 1, "answer", client_id, text))
            os.write(handle, f"+ {client_id} {item}\n".encode())


def _unanswered(acked: Path, who: str) -> tuple[str, int, str] | None:
    """What was sent last and not acknowledged."""
    lines = [line.split() for line in acked.read_text().splitlines()] if acked.exists() else []
    mine = [parts for parts in lines if parts[1].startswith(f"{who}-")]
    if not mine or mine[-1][0] == "+":
        return None
    _, client_id, item = mine[-1]
    return client_id, int(item), f"{who} о {item}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
