"""A sample's place in the table EM x judge."""

from studio.core.outcome import Score
from studio.core.run import Cell

_TABLE: dict[tuple[bool, bool], Cell] = {
    (True, True): "both",
    (True, False): "em_only",
    (False, True): "js_only",
    (False, False): "neither",
}


def cell(em: Score | None, js: Score | None) -> Cell:
    """The cell of two scores, None being «not yet». A failure or a missing verdict is never a wrong answer.

    What can no longer change comes first: failed, then unscored, then pending. A value of 0.5 or more is right.
    """
    statuses = {score.status for score in (em, js) if score is not None}
    if "failed" in statuses:
        return "failed"
    if "unscored" in statuses:
        return "unscored"
    if em is None or js is None or em.value is None or js.value is None:
        return "pending"
    return _TABLE[em.value >= 0.5, js.value >= 0.5]
