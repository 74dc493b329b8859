"""Media as they were last prepared: what many questions share is read and decoded once."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

Prepared = TypeVar("Prepared")
LIMIT_BYTES = 64 * 2**20  # a dialogue's pictures of its last turns, or a clip that twenty questions are about


class Recent(Generic[Prepared]):
    """The prepared media that were asked for last, at most so many bytes of them. May be used by several threads.

    The key must hold all that decides what comes out: the hash of the content, and every setting that changes it.
    """

    def __init__(self, size: Callable[[Prepared], int], limit_bytes: int = LIMIT_BYTES) -> None:
        """`size` gives the bytes of one; what is larger than the limit is never kept."""
        self._kept: LRUCache[Hashable, Prepared] = LRUCache(limit_bytes, getsizeof=size)
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Prepared]) -> Prepared:
        """What is kept under the key, else what `make` gives. Two threads may make the same at once; neither waits.

        Raises what `make` raises; then nothing is kept.
        """
        with self._lock:
            known = self._kept.get(key)
        if known is not None:
            return known
        made = make()
        with self._lock:
            if self._kept.getsizeof(made) <= self._kept.maxsize:
                self._kept[key] = made
        return made
