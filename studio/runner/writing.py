"""Answers on their way into the store: whoever brings them does not wait for the disk, unless it falls behind."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from studio.store.answers import Answered

# At most so many answers in one transaction, and as many again on their way: with those that an engine holds back
# (`UNTAKEN` of servers) no more than 64. A transaction begins as soon as the one before it is done, so that what a kill
# takes came within the time of one or two transactions.
ROWS = 16

Keep = Callable[[Sequence[Answered]], None]


class Writing:
    """A thread that keeps answers, all that came meanwhile in one transaction. Made by `writing`."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._coming: queue.Queue[Answered | None] = queue.Queue(ROWS)
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._work, name="answers", daemon=True)
        self._thread.start()

    def put(self, answered: Answered) -> None:
        """Takes an answer; waits while too many are on their way. Raises what kept earlier ones from being kept."""
        while True:
            self.check()
            try:
                self._coming.put(answered, timeout=0.1)
            except queue.Full:
                continue
            return

    def check(self) -> None:
        """Raises what kept an answer from being kept."""
        if self._failure is not None:
            raise self._failure

    def end(self) -> None:
        """Returns when all is written, or nothing more can be."""
        if self._failure is None:
            self._coming.put(None)
        self._thread.join()

    def _work(self) -> None:
        try:
            going = True
            while going:
                batch, going = self._gathered()
                if batch:
                    self._keep(batch)
        except Exception as error:  # a worker's outer edge: it is raised to whoever brings the next answer
            self._failure = error
            self._drop()

    def _gathered(self) -> tuple[list[Answered], bool]:
        """What has come, at least one, and whether more may come."""
        first = self._coming.get()
        batch = [] if first is None else [first]
        while first is not None and len(batch) < ROWS:
            try:
                item = self._coming.get_nowait()
            except queue.Empty:
                break
            if item is None:
                return batch, False
            batch.append(item)
        return batch, first is not None

    def _drop(self) -> None:
        """Lets go of what cannot be kept, so that nobody waits for room."""
        while True:
            try:
                self._coming.get_nowait()
            except queue.Empty:
                return


@contextmanager
def writing(keep: Keep) -> Iterator[Writing]:
    """Answers that are `put` are handed to `keep`, in order; at the end all of them are. Raises what `keep` raises."""
    work = Writing(keep)
    try:
        yield work
    finally:
        work.end()
    work.check()
