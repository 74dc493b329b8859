"""Answers that need not be asked for again: found by the hash over everything that they depend on.

There is no second copy of them. The hash stands beside every deterministic answer that a run has, so what is remembered
is what runs hold: deleting a run forgets its answers, and nothing recalled is ever other than what Inspect shows.
"""

import json
from collections.abc import Mapping

from studio.core.engine import Completion, Recalled
from studio.core.memory import Remembered
from studio.store.database import Database, Row, load

# An answer that a run took from another counts as the other's: whose it is does not get lost on the way.
# The latest that was really given comes last and so is taken; copies of it only where it was deleted.
# A private task's answers go to samples of that task alone, whoever asks.
_FIND = """
SELECT CAST(w.key AS INTEGER) AS wanted, g.text, g.finish_reason, g.prompt_tokens, g.completion_tokens, g.media_note,
       g.asked, COALESCE(g.recalled_run, g.run_id) AS said_in, COALESCE(g.recalled_at, g.created_at) AS said_at
FROM json_each(:wanted) AS w CROSS JOIN generations g ON g.asked = w.value
JOIN samples theirs ON theirs.id = g.sample_id JOIN tasks source ON source.id = theirs.task_id
JOIN samples ours ON ours.id = CAST(w.key AS INTEGER) JOIN tasks own ON own.id = ours.task_id
WHERE g.status = 'ok' AND g.run_id <> :run AND (source.access = 'public' OR source.name = own.name)
ORDER BY g.recalled_run IS NULL, g.id
"""
_SIZE = """
SELECT COUNT(*) AS answers, COUNT(DISTINCT run_id) AS runs, COALESCE(SUM(LENGTH(asked)), 0) AS hashes,
       COALESCE(SUM(LENGTH(CAST(text AS BLOB))), 0) AS texts FROM generations WHERE asked IS NOT NULL
"""


class Memory:
    """What was asked before."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def recall(self, wanted: Mapping[int, str], run_id: str) -> dict[int, Completion]:
        """Known answers by sample id. `wanted` are hashes of requests; the run itself is not looked into."""
        asked = json.dumps({str(sample_id): asked for sample_id, asked in wanted.items()})
        rows = self._db.rows(_FIND, {"wanted": asked, "run": run_id})
        return {row["wanted"]: _completion(row) for row in rows}

    def taken(self, run_id: str) -> int:
        """How many answers of a run were taken from others."""
        sql = "SELECT COUNT(*) FROM generations WHERE run_id = ? AND recalled_run IS NOT NULL"
        return int(self._db.scalar(sql, (run_id,)))

    def size(self) -> Remembered:
        row = self._db.rows(_SIZE)[0]
        index = self._db.scalar("SELECT SUM(pgsize) FROM dbstat WHERE name = 'generations_asked'")
        return Remembered(row["answers"], row["runs"], row["texts"], row["hashes"] + int(index or 0))

    def forget(self, run_id: str = "") -> int:
        """Lets no later run take the answers of this run (of any, without one); the answers stay where they are.
        Returns how many."""
        with self._db.write() as connection:
            return connection.execute(
                "UPDATE generations SET asked = NULL WHERE asked IS NOT NULL"
                " AND (:run = '' OR run_id = :run OR recalled_run = :run)",
                {"run": run_id},
            ).rowcount


def _completion(row: Row) -> Completion:
    return Completion(
        text=row["text"] or "",
        finish_reason=row["finish_reason"],
        prompt_tokens=row["prompt_tokens"],
        completion_tokens=row["completion_tokens"],
        ttft_s=None,
        latency_s=None,
        media_note=load(row["media_note"]) or {},
        asked=row["asked"],
        recalled=Recalled(row["said_in"], row["said_at"]),
    )
