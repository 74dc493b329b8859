"""Which answers are most worth a person's label."""

import numpy as np
from numpy.typing import NDArray

from studio.store.apart import others
from studio.store.database import Database
from studio.store.lines import whole_numbers
from studio.store.sight import Sight

# The judge's part and the cell's, of a million each; before them whether it was right, and the group it is in.
_PARTS = (
    "CAST(ROUND(1e6 * (COALESCE(1 - 2 * abs(probability - 0.5), 0)"
    " + (cell IN ('em_only', 'js_only')))) AS INTEGER)"
)
_MILLION = 1_000_000
_RIGHT, _LABELLED, _LACKING = 10 * _MILLION, 100 * _MILLION, 1000 * _MILLION
_ROWS = (
    "SELECT group_concat(number), group_concat(sample_id), group_concat(task_id),"
    f" group_concat({_PARTS} + {_RIGHT} * CASE WHEN em >= 0.5 THEN 2 WHEN em IS NULL THEN 0 ELSE 1 END"
    f" + {_LABELLED} * (human IS NOT NULL) + {_LACKING} * (state <> 'answered')) FROM run_samples WHERE run_id = ?"
)
_SCORED = (
    "SELECT group_concat(sample_id), group_concat(em >= 0.5) FROM run_samples INDEXED BY run_samples_beside"
    " WHERE run_id = ? AND em IS NOT NULL"
)


def most_informative(
    db: Database, run_id: str, sight: Sight, *, descending: bool = False
) -> NDArray[np.int64]:
    """Numbers of a run's samples, those first whose label tells most.

    Of the answered samples that nobody has labelled, by the sum of three parts, each from 0 to 1: how near the judge is
    to a half (1 - 2|p - 0.5|; 0 without a probability); whether EM and the judge are apart; whether models are: another
    run was right by EM where this one was wrong, or the other way round. Then the labelled ones likewise, then those
    without an answer; equal ones by number. `descending` turns the sum round. Of a task whose gold is hidden nothing
    is known, and its samples stand as if all were zero.
    """
    (texts,) = db.tuples(_ROWS, (run_id,))
    numbers, samples, tasks, packed = (whole_numbers(text) for text in texts)
    lacking, rest = np.divmod(packed, _LACKING)
    labelled, rest = np.divmod(rest, _LABELLED)
    right, score = np.divmod(rest, _RIGHT)
    score += _MILLION * _apart(db, run_id, samples, right)
    groups = 2 * lacking + labelled
    hidden = np.isin(tasks, _ids_of(db, sight.no_gold))
    groups[hidden], score[hidden] = 2 * lacking[hidden], 0
    order = np.lexsort((numbers, score if descending else -score, groups))
    return numbers[order]


def _apart(
    db: Database, run_id: str, samples: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Where another run was right by EM (`right`: 2 right, 1 wrong, 0 unknown) and this one wrong, or the reverse."""
    size = int(samples.max(initial=0)) + 1
    said = {1: np.zeros(size, dtype=bool), 0: np.zeros(size, dtype=bool)}
    for other in others(db, run_id):
        (texts,) = db.tuples(_SCORED, (other,))
        theirs, verdicts = (whole_numbers(text) for text in texts)
        for verdict, where in said.items():
            found = theirs[verdicts == verdict]
            where[found[found < size]] = True
    apart: NDArray[np.bool_] = ((right == 1) & said[1][samples]) | ((right == 2) & said[0][samples])
    return apart


def _ids_of(db: Database, names: frozenset[str]) -> list[int]:
    rows = db.rows("SELECT id, name FROM tasks") if names else []
    return [row["id"] for row in rows if row["name"] in names]
