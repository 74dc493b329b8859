"""Runs as columns of numbers: a hundred thousand samples of several runs are put beside each other in memory."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.store.database import Database, fold


@dataclass(frozen=True)
class Lines:
    """The samples of a run in its order, a place in each array for each. `em` and `js` are NaN where there is no score:
    the model `failed`, or its answer could not be scored (`no_em`, `no_js`), or nothing of it is known yet."""

    sample_ids: NDArray[np.int64]
    task_ids: NDArray[np.int64]
    em: NDArray[np.float64]
    js: NDArray[np.float64]
    failed: NDArray[np.bool_]
    no_em: NDArray[np.bool_]
    no_js: NDArray[np.bool_]


class Columns:
    """Reads them. Each column comes as one text: rows as objects would take five times as long."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def lines(self, run_id: str) -> Lines:
        """All samples of the run."""
        found = self._columns(
            "number", "sample_id", "task_id", "COALESCE(em, 'nan')", "COALESCE(js, 'nan')",
            "CASE state WHEN 'failed' THEN 1 WHEN 'answered' THEN"
            " 2 * (em IS NULL AND em_status IS NOT NULL) + 4 * (js IS NULL AND js_status IS NOT NULL) ELSE 0 END",
            run_id=run_id,
        )  # fmt: skip
        order = np.argsort(found[0], kind="stable")
        samples, tasks, em, js, bits = (column[order] for column in found[1:])
        whole = bits.astype(np.int64)
        return Lines(
            samples.astype(np.int64),
            tasks.astype(np.int64),
            em,
            js,
            failed=(whole & 1) > 0,
            no_em=(whole & 2) > 0,
            no_js=(whole & 4) > 0,
        )

    def _columns(self, *expressions: str, run_id: str) -> list[NDArray[np.float64]]:
        told = ", ".join(f"group_concat({expression})" for expression in expressions)
        (texts,) = self._db.tuples(f"SELECT {told} FROM run_samples WHERE run_id = ?", (run_id,))
        return [np.fromstring(text or "", sep=",") for text in texts]

    def hashes(self, task_ids: list[int]) -> list[tuple[int, int, str]]:
        """Every sample of some tasks: its id, its task's, the hash of its content."""
        marks = ",".join("?" * len(task_ids))
        rows = self._db.tuples(
            f"SELECT id, task_id, content_hash FROM samples WHERE task_id IN ({marks}) ORDER BY id", task_ids
        )
        return [(int(sample), int(task), str(content)) for sample, task, content in rows]

    def marks(self, run_id: str) -> dict[int, int]:
        """A number for each answer by its sample's id, the same for answers that differ in case, ё and spaces alone."""
        rows = self._db.tuples(
            "SELECT rs.sample_id, g.text FROM run_samples rs JOIN generations g ON g.id = rs.generation_id"
            " WHERE rs.run_id = ? AND rs.state = 'answered'",
            (run_id,),
        )
        return {sample: _mark(text) for sample, text in rows}

    def em_version(self, run_id: str) -> str:
        """The rules that the run's answers were compared by, as its first scored answer tells; "" without one."""
        found: Any = self._db.scalar(
            "SELECT x.version FROM run_samples rs JOIN scores x ON x.generation_id = rs.generation_id"
            " WHERE rs.run_id = ? AND x.scorer = 'em' ORDER BY rs.number, x.id DESC LIMIT 1",
            (run_id,),
        )
        return str(found or "")


def _mark(text: str | None) -> int:
    said = " ".join(fold(text).split())
    return int.from_bytes(blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
