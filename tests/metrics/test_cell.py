"""A sample's place in the table EM x judge."""

import pytest

from studio.core.outcome import Score
from studio.core.run import Cell
from studio.metrics import cell

RIGHT, WRONG = Score("x", "1", "scored", 1.0), Score("x", "1", "scored", 0.0)
UNSCORED, FAILED = Score("x", "1", "unscored"), Score("x", "1", "failed")


@pytest.mark.parametrize(
    ("em", "js", "expected"),
    [
        (RIGHT, RIGHT, "both"),
        (RIGHT, WRONG, "em_only"),
        (WRONG, RIGHT, "js_only"),
        (WRONG, WRONG, "neither"),
        (RIGHT, UNSCORED, "unscored"),
        (UNSCORED, None, "unscored"),
        (FAILED, None, "failed"),
        (FAILED, UNSCORED, "failed"),
        (RIGHT, FAILED, "failed"),
        (RIGHT, None, "pending"),
        (None, WRONG, "pending"),
        (None, None, "pending"),
    ],
)
def test_two_scores_have_one_cell(em: Score | None, js: Score | None, expected: Cell) -> None:
    assert cell(em, js) == expected
