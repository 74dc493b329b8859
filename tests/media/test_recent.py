"""Prepared media are kept for the next question about them, within bounds."""

import threading

import pytest

from studio.core.errors import MediaError
from studio.media import Recent


def test_what_was_made_is_made_once():
    made = []
    recent = Recent(len, 100)
    for _ in range(3):
        assert recent.get("a", lambda: made.append("a") or b"12345") == b"12345"
    assert made == ["a"]


def test_what_was_asked_for_last_stays_and_the_oldest_goes():
    recent = Recent(len, 10)
    for key in ("a", "b"):
        recent.get(key, lambda: b"12345")
    recent.get("a", lambda: pytest.fail("it is kept"))
    recent.get("c", lambda: b"12345")
    again = []
    recent.get("a", lambda: pytest.fail("it is kept"))
    recent.get("b", lambda: again.append("b") or b"")
    assert again == ["b"]


def test_what_is_larger_than_all_the_room_is_given_and_not_kept():
    made = []
    recent = Recent(len, 10)
    recent.get("small", lambda: b"1")
    for _ in range(2):
        recent.get("large", lambda: made.append("large") or bytes(11))
    recent.get("small", lambda: pytest.fail("it is kept"))
    assert made == ["large", "large"]


def test_a_medium_that_cannot_be_read_is_tried_again():
    def broken() -> bytes:
        raise MediaError("media_missing", file="a.png")

    recent = Recent(len, 10)
    with pytest.raises(MediaError):
        recent.get("a", broken)
    assert recent.get("a", lambda: b"1") == b"1"


def test_many_threads_may_ask_at_once():
    recent = Recent(len, 1000)
    wrong = []

    def work(first: int) -> None:
        for i in range(300):
            key = (first + i) % 7
            if recent.get(key, lambda key=key: bytes([key]) * 300) != bytes([key]) * 300:
                wrong.append(key)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
