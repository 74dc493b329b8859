"""Random parts of runs, drawn for labelling."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from studio.core.label import Draw, Drawn, Stratum
from studio.store.database import Database, Row, dump, load


@dataclass(frozen=True)
class Candidate:
    """A sample that could be drawn: `key` names it in any run of its task."""

    sample_id: int
    task: str
    key: str


class Draws:
    """Draws of a run, numbered from 1."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def candidates(self, run_id: str, numbers: Sequence[int] | None) -> list[Candidate]:
        """The answered samples of the run, or those of them at these places."""
        rows = self._db.rows(
            "SELECT rs.number, rs.sample_id, t.name AS task, s.key FROM run_samples rs JOIN samples s"
            " ON s.id = rs.sample_id JOIN tasks t ON t.id = rs.task_id"
            " WHERE rs.run_id = ? AND rs.state = 'answered' ORDER BY rs.number",
            (run_id,),
        )
        wanted = None if numbers is None else set(numbers)
        return [
            Candidate(row["sample_id"], row["task"], row["key"])
            for row in rows
            if wanted is None or row["number"] in wanted
        ]

    def add(
        self,
        run_id: str,
        drawn: Sequence[tuple[int, float]],
        *,
        seed: int,
        by_task: bool,
        whole: bool,
        filter: Mapping[str, object],
        strata: Sequence[Stratum],
    ) -> int:
        """Keeps a draw; `drawn` are sample ids in their random order, each with its probability. The draw's number."""
        frame = sum(stratum.frame for stratum in strata)
        with self._db.write() as connection:
            number = connection.execute(
                "SELECT COALESCE(MAX(number), 0) + 1 FROM draws WHERE run_id = ?", (run_id,)
            ).fetchone()[0]
            draw_id = connection.execute(
                "INSERT INTO draws (run_id, number, seed, by_task, frame, whole, filter, strata, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (run_id, number, seed, by_task, frame, whole, dump(dict(filter)),
                 dump([asdict(stratum) for stratum in strata]), time.time()),
            ).lastrowid  # fmt: skip
            connection.executemany(
                "INSERT INTO draw_samples (draw_id, place, sample_id, probability) VALUES (?, ?, ?, ?)",
                [(draw_id, place, sample_id, p) for place, (sample_id, p) in enumerate(drawn, 1)],
            )
        return int(number)

    def of_run(self, run_id: str) -> list[Draw]:
        """The run's draws, the first one first."""
        rows = self._db.rows(
            "WITH told AS (SELECT d.id AS draw_id, COUNT(*) AS size, COUNT(rs.human) AS labelled,"
            " MIN(CASE WHEN rs.human IS NULL THEN x.place END) AS first"
            " FROM draws d JOIN draw_samples x ON x.draw_id = d.id"
            " JOIN run_samples rs ON rs.run_id = d.run_id AND rs.sample_id = x.sample_id"
            " WHERE d.run_id = ? GROUP BY d.id)"
            " SELECT d.*, told.size, told.labelled, COALESCE(told.first, told.size + 1) - 1 AS in_order,"
            " x.sample_id AS gap_sample, COALESCE(rs.number, 0) AS gap"
            " FROM told JOIN draws d ON d.id = told.draw_id"
            " LEFT JOIN draw_samples x ON x.draw_id = d.id AND x.place = told.first"
            " LEFT JOIN run_samples rs ON rs.run_id = d.run_id AND rs.sample_id = x.sample_id ORDER BY d.number",
            (run_id,),
        )
        return [_draw(row) for row in rows]

    def places(self, run_id: str) -> dict[int, tuple[Drawn, ...]]:
        """The places of drawn samples in the run's draws, by sample id."""
        found: dict[int, tuple[Drawn, ...]] = {}
        for sample_id, *place in self._db.tuples(
            "SELECT x.sample_id, d.number, x.place, x.probability FROM draws d"
            " JOIN draw_samples x ON x.draw_id = d.id WHERE d.run_id = ? ORDER BY d.number",
            (run_id,),
        ):
            found[sample_id] = (*found.get(sample_id, ()), Drawn(*place))
        return found


def _draw(row: Row) -> Draw:
    return Draw(
        number=row["number"],
        run_id=row["run_id"],
        seed=row["seed"],
        size=row["size"],
        frame=row["frame"],
        by_task=bool(row["by_task"]),
        whole=bool(row["whole"]),
        filter=load(row["filter"]),
        at=row["created_at"],
        strata=tuple(Stratum(**stratum) for stratum in load(row["strata"])),
        labelled=row["labelled"],
        in_order=row["in_order"],
        gap=row["gap"],
        gap_sample=row["gap_sample"],
    )
