"""What scoring a run anew needs of it, in as few and as plain rows as can be: texts, golds, calls of the judge."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from studio.core.run import Cell
from studio.core.task import Gold
from studio.store.database import Database, load


class StoredText(NamedTuple):
    """An answered sample of a run: the answer, what it is compared with, and its scores as they stand."""

    number: int
    sample_id: int
    task_id: int
    generation_id: int
    text: str
    gold: Gold | None
    options: Mapping[str, str]
    em: float | None
    js: float | None
    js_status: str | None
    cell: Cell


class CallRow(NamedTuple):
    """A call of the judge behind the verdict on a sample's latest answer."""

    number: int
    candidate: str
    probability: float | None
    label: int | None


class Rescored:
    """Reads stored answers whole."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def texts(self, run_id: str) -> Iterator[StoredText]:
        """The answered samples in the order of the run."""
        rows = self._db.tuples(
            "SELECT rs.number, rs.sample_id, rs.task_id, rs.generation_id, g.text, s.gold, s.options, rs.em, rs.js,"
            " rs.js_status, rs.cell FROM run_samples rs JOIN generations g ON g.id = rs.generation_id"
            " JOIN samples s ON s.id = rs.sample_id WHERE rs.run_id = ? AND rs.state = 'answered' ORDER BY rs.number",
            (run_id,),
        )
        for number, sample, task, generation, text, gold, options, em, js, js_status, cell in rows:
            yield StoredText(
                number, sample, task, generation, text or "", _gold(gold),
                json.loads(options) if options != "{}" else {}, em, js, js_status, cell,
            )  # fmt: skip

    def calls(self, run_id: str) -> list[CallRow]:
        """The calls behind the verdicts of the run's own judge on its latest answers, as they were made."""
        rows = self._db.tuples(
            "SELECT rs.number, c.candidate, c.probability, c.label FROM run_samples rs JOIN runs r ON r.id = rs.run_id"
            " JOIN scores x ON x.id = (SELECT MAX(id) FROM scores WHERE generation_id = rs.generation_id"
            " AND scorer = 'js' AND (r.judge = '' OR version IN (r.judge, r.spec ->> 'judge')))"
            " JOIN judge_calls c ON c.score_id = x.id"
            " WHERE rs.run_id = ? AND rs.state = 'answered' AND rs.js_status IS NOT NULL ORDER BY rs.number, c.id",
            (run_id,),
        )
        return [CallRow(*row) for row in rows]

    def keys(self, sample_ids: Sequence[int]) -> dict[int, str]:
        """What samples are called in their tasks, by sample id."""
        marks = ",".join("?" * len(sample_ids))
        return dict(self._db.tuples(f"SELECT id, key FROM samples WHERE id IN ({marks})", tuple(sample_ids)))

    def labels(self, run_id: str) -> list[str]:
        """The versions of Exact Match under which the run's latest answers have scores, commonest first."""
        rows = self._db.tuples(
            "SELECT x.version, COUNT(*) FROM run_samples rs JOIN scores x ON x.generation_id = rs.generation_id"
            " WHERE rs.run_id = ? AND x.scorer = 'em' GROUP BY x.version ORDER BY 2 DESC, 1",
            (run_id,),
        )
        return [row[0] for row in rows]


def _gold(text: str | None) -> Gold | None:
    gold = load(text)
    if gold is None:
        return None
    return tuple(gold) if isinstance(gold, list) else str(gold)
