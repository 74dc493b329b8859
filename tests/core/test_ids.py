"""Ids drawn by chance: what is taken is drawn again."""

import re
import time

from studio.core.ids import dated


def test_an_id_names_its_kind_and_the_local_day() -> None:
    at = time.mktime((2026, 3, 9, 0, 0, 1, 0, 0, -1))
    assert re.fullmatch(r"b0309-[0-9a-f]{6}", dated("b", lambda _: False, at))


def test_a_taken_id_is_drawn_again() -> None:
    asked: list[str] = []

    def taken(drawn: str) -> bool:
        asked.append(drawn)
        return len(asked) < 4

    assert dated("r", taken) == asked[-1] and len(asked) == 4
