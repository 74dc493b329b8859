"""Answers of a run with all that may explain why they failed: gold, trace of Exact Match, people's notes."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from studio.core.differences import final_text
from studio.core.reasons import Failure
from studio.store.database import Database

_SHOWN = 4_000  # characters of an answer that are read, from its end: there the answer stands


class Failures:
    """Reads the failures of a run."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def noted(self, run_id: str) -> list[int]:
        """Numbers of the samples that a reviewer left a note on, whatever the verdict."""
        return self._db.column(
            "SELECT DISTINCT rs.number FROM standing_labels t JOIN labels l ON l.id = t.label_id JOIN run_samples rs"
            " ON rs.run_id = t.run_id AND rs.sample_id = t.sample_id WHERE t.run_id = ? AND l.note <> ''",
            (run_id,),
        )

    def answered(self, run_id: str, sample_ids: Collection[int]) -> set[int]:
        """Those of these samples that the run has an answer to."""
        return set(
            self._db.column(
                "SELECT rs.sample_id FROM json_each(?) w JOIN run_samples rs ON rs.run_id = ? AND"
                " rs.sample_id = w.value WHERE rs.state = 'answered'",
                (json.dumps(sorted(sample_ids)), run_id),
            )
        )

    def of(self, run_id: str, numbers: Collection[int]) -> Iterator[Failure]:
        """These samples of a run, in its order; those without an answer are left out."""
        wanted = json.dumps(sorted(numbers))
        rows = self._db.tuples(
            "SELECT rs.sample_id, rs.number, t.name, rs.cell, substr(g.text, -?), x.extracted, x.detail, s.gold,"
            " s.options, rs.decided, g.finish_reason,"
            " (SELECT group_concat(l.note, ' · ') FROM standing_labels sl JOIN labels l ON l.id = sl.label_id"
            "  WHERE sl.run_id = rs.run_id AND sl.sample_id = rs.sample_id AND l.note <> ''),"
            " (SELECT MAX(sl.label_id) FROM standing_labels sl"
            "  WHERE sl.run_id = rs.run_id AND sl.sample_id = rs.sample_id)"
            " FROM json_each(?) w JOIN run_samples rs ON rs.run_id = ? AND rs.number = w.value"
            " JOIN generations g ON g.id = rs.generation_id JOIN samples s ON s.id = rs.sample_id"
            " JOIN tasks t ON t.id = rs.task_id LEFT JOIN scores x ON x.id = (SELECT MAX(id) FROM scores"
            "  WHERE generation_id = g.id AND scorer = 'em') WHERE rs.state = 'answered' ORDER BY rs.number",
            (_SHOWN, wanted, run_id),
        )
        for row in rows:
            sample, number, task, cell, text, extracted, detail, gold, options, decided, finish, *people = row
            notes, labelled = people
            steps = _steps(detail)
            final = final_text(text or "", {"steps": steps})
            rules = tuple(str(step["rule"]) for step in steps)
            yield Failure(
                run_id, sample, number, task, cell, text or "", final or extracted or "", _golds(gold),
                json.loads(options or "{}"), decided or "", rules, finish or "", notes or "", labelled,
            )  # fmt: skip


def _steps(detail: str | None) -> list[dict[str, Any]]:
    """The trace of Exact Match; empty where another tool scored, or another profile."""
    steps = json.loads(detail).get("steps") if detail else None
    told = isinstance(steps, list) and all(isinstance(step, dict) and "rule" in step for step in steps)
    return steps if told and isinstance(steps, list) else []


def _golds(text: str | None) -> tuple[str, ...]:
    gold = json.loads(text) if text else None
    if gold is None:
        return ()
    return (gold,) if isinstance(gold, str) else tuple(str(each) for each in gold)
