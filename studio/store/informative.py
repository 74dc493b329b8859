"""Which answers are most worth a person's label."""

from studio.store.apart import others
from studio.store.database import Database
from studio.store.sight import Sight

# Groups stand apart by more than the sum of a score's parts can be: labelled answers, then samples without one.
_ROWS = (
    "SELECT rs.number, rs.sample_id, rs.task_id, rs.em >= 0.5, 20 * (rs.state <> 'answered'),"
    " 10 * (rs.human IS NOT NULL),"
    " ROUND(COALESCE(1 - 2 * abs(rs.probability - 0.5), 0), 6) + (rs.cell IN ('em_only', 'js_only'))"
    " FROM run_samples rs WHERE rs.run_id = ? ORDER BY rs.number"
)
_SCORED = "SELECT sample_id FROM run_samples INDEXED BY run_samples_beside WHERE run_id = ? AND em {} 0.5"


def most_informative(db: Database, run_id: str, sight: Sight, *, descending: bool = False) -> list[int]:
    """Numbers of a run's samples, those first whose label tells most.

    Of the answered samples that nobody has labelled, by the sum of three parts, each from 0 to 1: how near the judge is
    to a half (1 - 2|p - 0.5|; 0 without a probability); whether EM and the judge are apart; whether models are: another
    run was right by EM where this one was wrong, or the other way round. Then the labelled ones likewise, then those
    without an answer; equal ones by number. `descending` turns the sum round. Of a task whose gold is hidden nothing
    is known, and its samples stand as if all were zero.
    """
    hidden = _ids_of(db, sight.no_gold)
    # By whether this run was right: the samples on which another was not, and the other way round.
    apart = {1: _scored(db, run_id, "<"), 0: _scored(db, run_id, ">="), None: frozenset[int]()}
    way = 1 if descending else -1
    rows = db.tuples(_ROWS, (run_id,))
    keys = [
        lacking if task in hidden else lacking + labelled + way * (score + (sample in apart[right]))
        for _, sample, task, right, lacking, labelled, score in rows
    ]
    return [rows[place][0] for place in sorted(range(len(rows)), key=keys.__getitem__)]


def _scored(db: Database, run_id: str, sign: str) -> frozenset[int]:
    """Sample ids on which EM of any other run is below a half, or not below."""
    found: set[int] = set()
    for other in others(db, run_id):
        found.update(sample for (sample,) in db.tuples(_SCORED.format(sign), (other,)))
    return frozenset(found)


def _ids_of(db: Database, names: frozenset[str]) -> set[int]:
    rows = db.rows("SELECT id, name FROM tasks") if names else []
    return {row["id"] for row in rows if row["name"] in names}
