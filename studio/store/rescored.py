"""What scoring a run anew needs of it, in as few and as plain rows as can be: texts, golds, calls of the judge."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from studio.core.task import Gold
from studio.store.database import Database, load


class StoredRow(NamedTuple):
    """An answered sample of a run, its scores as they stand."""

    number: int
    sample_id: int
    task_id: int
    generation_id: int
    em: float | None
    js: float | None


class StoredText(NamedTuple):
    """An answer, and what it is compared with."""

    text: str
    gold: Gold | None
    options: Mapping[str, str]


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

    def rows(self, run_id: str) -> list[StoredRow]:
        """The answered samples in the order of the run."""
        rows = self._db.tuples(
            "SELECT number, sample_id, task_id, generation_id, em, js FROM run_samples"
            " WHERE run_id = ? AND state = 'answered' ORDER BY number",
            (run_id,),
        )
        return [StoredRow(*row) for row in rows]

    def texts(self, generation_ids: Sequence[int]) -> list[StoredText]:
        """What answers say, in their order: an answer that was given never changes, whatever the run does. Those that
        were deleted are left out."""
        rows = self._db.tuples(
            "SELECT g.text, s.gold, s.options FROM json_each(?) asked CROSS JOIN generations g ON g.id = asked.value"
            " JOIN samples s ON s.id = g.sample_id ORDER BY asked.key",
            (json.dumps(list(generation_ids)),),
        )
        golds: dict[str | None, Gold | None] = {None: None}
        for _, told, _ in rows:
            if told not in golds:
                golds[told] = _gold(told)
        options = json.loads(
            f"[{','.join(options for _, _, options in rows)}]"
        )  # one by one takes four times as long
        return [
            StoredText(text or "", golds[told], each)
            for (text, told, _), each in zip(rows, options, strict=True)
        ]

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
