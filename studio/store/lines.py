"""Runs as columns of numbers: a hundred thousand samples of several runs are put beside each other in memory."""

import io
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from studio.core.crossing import MARK
from studio.store.database import Database


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Scores of samples. `em` and `js` are NaN where there is no score: the model `failed`, or its answer could not be
    scored (`no_em`, `no_js`), or nothing of it is known yet."""

    em: NDArray[np.float64]
    js: NDArray[np.float64]
    failed: NDArray[np.bool_]
    no_em: NDArray[np.bool_]
    no_js: NDArray[np.bool_]


MARKS = tuple(each.name for each in fields(Marks))


@dataclass(frozen=True)
class Lines(Marks):
    """The samples of a run in its order, a place in each array for each."""

    numbers: NDArray[np.int64]
    sample_ids: NDArray[np.int64]
    task_ids: NDArray[np.int64]

    def to_bytes(self) -> bytes:
        """All of it, packed."""
        packed = io.BytesIO()
        np.savez(packed, **{each.name: getattr(self, each.name) for each in fields(self)})
        return packed.getvalue()

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Lines":
        """The same that `to_bytes` was asked of. Raises ValueError or KeyError for anything else."""
        with np.load(io.BytesIO(packed), allow_pickle=False) as columns:
            return cls(**{each.name: columns[each.name] for each in fields(cls)})


_BITS = (
    "CASE state WHEN 'failed' THEN 1 WHEN 'answered' THEN CASE WHEN em IS NOT NULL AND js IS NOT NULL THEN 0 ELSE"
    " 2 * (em IS NULL AND em_status IS NOT NULL) + 4 * (js IS NULL AND js_status IS NOT NULL) END ELSE 0 END"
)


class Columns:
    """Reads them. Each column comes as one text: rows as objects would take five times as long."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def lines(self, run_id: str) -> Lines:
        """All samples of the run."""
        wholes, floats = ("number", "sample_id", "task_id"), (_score("em"), _score("js"), _BITS)
        told = ", ".join(f"group_concat({expression})" for expression in (*wholes, *floats))
        (texts,) = self._db.tuples(f"SELECT {told} FROM run_samples WHERE run_id = ?", (run_id,))
        numbers, samples, tasks = (whole_numbers(text) for text in texts[:3])
        em, js, bits = (np.fromstring(text or "", sep=",") for text in texts[3:])
        order = np.argsort(numbers, kind="stable")
        whole = bits[order].astype(np.int64)
        return Lines(
            numbers[order],
            samples[order],
            tasks[order],
            em=em[order],
            js=js[order],
            failed=(whole & 1) > 0,
            no_em=(whole & 2) > 0,
            no_js=(whole & 4) > 0,
        )

    def prompts(self, task_id: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """A task's samples by their ids, which grow, and the prompt of each; -1: its record does not tell it. An index
        holds both: a sample's texts are not read for them."""
        ((samples, prompts),) = self._db.tuples(
            "SELECT group_concat(id), group_concat(COALESCE(prompt_id, -1)) FROM samples INDEXED BY samples_prompt"
            " WHERE task_id = ?",
            (task_id,),
        )
        ids = whole_numbers(samples)
        order = np.argsort(ids)
        return ids[order], whole_numbers(prompts)[order]

    def people(self, run_id: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The samples of a run that people call right (1) or wrong (0)."""
        ((samples, verdicts),) = self._db.tuples(
            "SELECT group_concat(sample_id), group_concat(human = 'right') FROM run_samples"
            " INDEXED BY run_samples_human WHERE run_id = ? AND human IN ('right', 'wrong')",
            (run_id,),
        )
        return whole_numbers(samples), whole_numbers(verdicts)

    def items(self, task_id: int) -> dict[int, str]:
        """The question behind each sample of a crossed task."""
        sql = (
            f"SELECT id, json_extract(meta, '$.{MARK}.item') FROM samples WHERE task_id = ? ORDER BY position"
        )
        return {
            int(sample): str(item) for sample, item in self._db.tuples(sql, (task_id,)) if item is not None
        }

    def wordings(self, task_id: int) -> dict[int, str]:
        """The instruction of the first record of each of a task's prompts."""
        rows = self._db.tuples(
            "SELECT prompt_id, instruction FROM samples WHERE id IN (SELECT MIN(id) FROM samples"
            " INDEXED BY samples_prompt WHERE task_id = ? AND prompt_id IS NOT NULL GROUP BY prompt_id) ORDER BY 1",
            (task_id,),
        )
        return {int(prompt): str(text) for prompt, text in rows}

    def hashes(self, task_ids: list[int]) -> list[tuple[int, int, str]]:
        """Every sample of some tasks: its id, its task's, the hash of its content."""
        marks = ",".join("?" * len(task_ids))
        rows = self._db.tuples(
            f"SELECT id, task_id, content_hash FROM samples WHERE task_id IN ({marks}) ORDER BY id", task_ids
        )
        return [(int(sample), int(task), str(content)) for sample, task, content in rows]

    def marks(self, run_id: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The answered samples, and for each a number that is equal for answers that say the same."""
        ((samples, marks),) = self._db.tuples(
            "SELECT group_concat(sample_id), group_concat(answer_mark) FROM run_samples"
            " WHERE run_id = ? AND answer_mark IS NOT NULL",
            (run_id,),
        )
        return whole_numbers(samples), whole_numbers(marks)


def _score(column: str) -> str:
    """Nearly all are 0 or 1: their texts need not be made of floating numbers one by one."""
    return f"CASE {column} WHEN 1 THEN '1' WHEN 0 THEN '0' ELSE COALESCE({column}, 'nan') END"


def whole_numbers(text: str | None) -> NDArray[np.int64]:
    """What `group_concat` made of whole numbers."""
    return np.fromstring(text or "", dtype=np.int64, sep=",")
