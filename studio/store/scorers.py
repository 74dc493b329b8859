"""Named sets of rules, and runs scored anew by them: new scores are added, old ones stay, one of them counts."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.errors import BadInput
from studio.core.outcome import Score
from studio.core.rules import Rules
from studio.store.answers import insert_score
from studio.store.database import Database, dump, load
from studio.store.runs import log_event

# The versions of Exact Match that are named sets of rules, by their labels: `studio-2+NAME`.
NAMED = "studio-*+*"
OWN_PROFILE = "studio+"


@dataclass(frozen=True)
class ScorerRow:
    """A row of `scorers`."""

    name: str
    rules: Rules
    created_at: float


class Scorers:
    """Sets of rules by name, and which one a run is scored by."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[ScorerRow]:
        """In the order in which they were kept."""
        rows = self._db.rows("SELECT * FROM scorers ORDER BY created_at, name")
        return [
            ScorerRow(row["name"], Rules.from_json(load(row["rules"])), row["created_at"]) for row in rows
        ]

    def names(self) -> list[str]:
        return [row.name for row in self.all()]

    def rules(self, name: str) -> Rules | None:
        text = self._db.scalar("SELECT rules FROM scorers WHERE name = ?", (name,))
        return None if text is None else Rules.from_json(load(text))

    def add(self, name: str, rules: Rules) -> None:
        """Keeps a set under a name that is not taken: what a label says never changes. Raises BadInput."""
        with self._db.write() as connection:
            taken = connection.execute("SELECT 1 FROM scorers WHERE name = ?", (name,)).fetchone()
            if taken:
                raise BadInput("scorer_taken", name=name)
            connection.execute(
                "INSERT INTO scorers (name, rules, created_at) VALUES (?, ?, ?)",
                (name, dump(rules.to_json()), time.time()),
            )

    def delete(self, name: str) -> None:
        """Removes a set that no run points to, with the scores that runs had by it. Raises BadInput."""
        with self._db.write() as connection:
            if not connection.execute("SELECT 1 FROM scorers WHERE name = ?", (name,)).fetchone():
                raise BadInput("unknown_scorer", name=name, known=", ".join(self.names()) or "—")
            run = connection.execute(
                "SELECT id FROM runs WHERE profile = ? LIMIT 1", (OWN_PROFILE + name,)
            ).fetchone()
            if run:
                raise BadInput("scorer_used", name=name, run=run[0])
            connection.execute(
                "DELETE FROM scores WHERE scorer = 'em' AND version GLOB 'studio-*' AND substr(version, instr(version,"
                " '+') + 1) = ? AND instr(version, '+') > 0",
                (name,),
            )
            connection.execute("DELETE FROM scorers WHERE name = ?", (name,))

    def runs_by(self, name: str) -> list[str]:
        """Ids of the runs that are scored by a set now."""
        rows = self._db.rows(
            "SELECT id FROM runs WHERE profile = ? ORDER BY created_at", (OWN_PROFILE + name,)
        )
        return [row["id"] for row in rows]

    def unscored(self, run_id: str, label: str) -> list[tuple[int, int]]:
        """(generation id, sample id) of the run's latest answers that have no score of this version, in its order."""
        return [
            (row[0], row[1])
            for row in self._db.tuples(
                "SELECT rs.generation_id, rs.sample_id FROM run_samples rs WHERE rs.run_id = ? AND"
                " rs.state = 'answered' AND NOT EXISTS (SELECT 1 FROM scores x WHERE x.generation_id ="
                " rs.generation_id AND x.scorer = 'em' AND x.version = ?) ORDER BY rs.number",
                (run_id, label),
            )
        ]

    def texts(self, generation_ids: Sequence[int]) -> dict[int, str]:
        """What was answered, by generation id."""
        marks = ",".join("?" * len(generation_ids))
        rows = self._db.tuples(
            f"SELECT id, text FROM generations WHERE id IN ({marks})", tuple(generation_ids)
        )
        return {row[0]: row[1] or "" for row in rows}

    def keep(self, scores: Sequence[tuple[int, Score]]) -> None:
        """Adds scores of answers (by generation id); which one counts stays as it is."""
        with self._db.write() as connection:
            for generation_id, score in scores:
                insert_score(connection, generation_id, score)

    def point(self, run_id: str, profile: str, label: str | None) -> None:
        """From now on the run's EM is that of the version `label`; None: of the profile that it was asked under.

        One transaction: no reader sees a run of two versions. Raises BadInput where an answer has no such score.
        """
        which = "x.version = :label" if label else f"x.version NOT GLOB '{NAMED}'"
        found = (
            "(SELECT x.{column} FROM scores x WHERE x.generation_id = run_samples.generation_id AND"
            f" x.scorer = 'em' AND {which} ORDER BY x.id DESC LIMIT 1)"
        )
        values = {"run": run_id, "label": label}
        with self._db.write() as connection:
            lacking = connection.execute(
                "SELECT COUNT(*) FROM run_samples WHERE run_id = :run AND state = 'answered' AND"
                f" {found.format(column='id')} IS NULL",
                values,
            ).fetchone()[0]
            if lacking:
                raise BadInput("rescore_lacking", run=run_id, n=lacking)
            connection.execute(
                f"UPDATE run_samples SET em = {found.format(column='value')},"
                f" em_status = {found.format(column='status')},"
                f" decided = json_extract({found.format(column='detail')}, '$.decided')"
                " WHERE run_id = :run AND state = 'answered'",
                values,
            )
            connection.execute(
                "UPDATE run_samples SET cell = CASE WHEN em IS NULL OR js IS NULL THEN 'unscored'"
                " WHEN em >= 0.5 THEN CASE WHEN js >= 0.5 THEN 'both' ELSE 'em_only' END"
                " WHEN js >= 0.5 THEN 'js_only' ELSE 'neither' END WHERE run_id = :run AND state = 'answered'",
                values,
            )
            connection.execute("UPDATE runs SET profile = ? WHERE id = ?", (profile, run_id))
            log_event(connection, run_id, "rescored", {"profile": profile, "label": label or ""})
