"""What the plain addresses that take files have in common: few uploads at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from studio.core.errors import BadInput

UPLOAD_WITHIN_S = 900.0  # a file that has not come by then is not coming


class Turns:
    """At most `most` uploads at once; the next is refused with the code `busy`."""

    def __init__(self, most: int, busy: str) -> None:
        self._most, self._busy = most, busy
        self._going = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        if self._going >= self._most:
            raise BadInput(self._busy)
        self._going += 1
        try:
            yield
        finally:
            self._going -= 1
