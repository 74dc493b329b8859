"""What reviewers say of answers. Rows are only added: a label supersedes the one before, an undo takes one back."""

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from studio.core.errors import BadInput
from studio.core.label import Criteria, HumanVerdict, Label, LabelledAnswer, NewLabel, human_verdict
from studio.core.run import Cell
from studio.store.database import Database, Row, dump, load


class Labelled(NamedTuple):
    """A sample with a human verdict, as its run has it."""

    sample_id: int
    number: int
    task_id: int
    cell: Cell
    human: HumanVerdict
    prompt_id: int | None


class Said(NamedTuple):
    """A reviewer's standing verdict on a sample, and the version of the criteria that it was given under (0: none)."""

    sample_id: int
    reviewer: str
    verdict: HumanVerdict
    criteria: int


class Named(NamedTuple):
    """A sample and its latest answer, as files outside name them; no attempt, no text: there is no answer."""

    sample_id: int
    number: int
    task: str
    key: str
    attempt: int | None
    text: str | None


@dataclass(frozen=True, kw_only=True)
class OfTask(LabelledAnswer):
    """The same with its scores and the answer's length, for measures of a judge."""

    task_id: int


class Labels:
    """Labels and the criteria they are given under. Every method is one short transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # giving and taking back

    def add(self, run_id: str, sample_id: int, new: NewLabel) -> bool:
        """Keeps a label; False where its `client_id` was kept before. Raises BadInput: no such sample, no answer."""
        with self._db.write() as connection:
            if _seen(connection, run_id, new.client_id):
                return False
            generation = _generation(connection, run_id, sample_id, new.attempt)
            before = _latest(connection, generation, new.reviewer)
            # Beside an own label a reviewer is shown the others' and the scores.
            spoke = _spoke(connection, generation, new.reviewer)
            blind = new.blind and not (spoke and _others(connection, generation, new.reviewer))
            sealed = new.sealed and not spoke
            note, tags = (before["note"], before["tags"]) if before else ("", "[]")
            connection.execute(
                _INSERT,
                (run_id, sample_id, generation, new.reviewer, "label", new.verdict,
                 note if new.note is None else new.note, tags if new.tags is None else dump(list(new.tags)),
                 blind, sealed, new.client_id, before["id"] if before else None, new.at or time.time()),
            )  # fmt: skip
            _settle(connection, run_id, sample_id)
        return True

    def undo(self, run_id: str, reviewer: str, client_id: str) -> int | None:
        """Takes back the reviewer's latest label in the run; the one before it stands again. The sample's id; None
        where there is nothing to take back, or the `client_id` was kept before."""
        with self._db.write() as connection:
            if _seen(connection, run_id, client_id):
                return None
            last = connection.execute(_LAST, (run_id, reviewer)).fetchone()
            if last is None:
                return None
            label_id, sample_id, generation = last
            connection.execute(
                _INSERT,
                (run_id, sample_id, generation, reviewer, "undo", None, "", "[]", True, None, client_id, label_id,
                 time.time()),
            )  # fmt: skip
            _settle(connection, run_id, sample_id)
        return int(sample_id)

    # reading

    def standing(self, run_id: str, sample_id: int | None = None) -> list[Label]:
        """The labels that count, of the run or of one of its samples; each reviewer's latest, by number."""
        one = "" if sample_id is None else " AND t.sample_id = :sample"
        rows = self._db.rows(
            f"{_SELECT} FROM standing_labels t JOIN labels l ON l.id = t.label_id JOIN run_samples rs"
            " ON rs.run_id = t.run_id AND rs.sample_id = t.sample_id JOIN generations g ON g.id = l.generation_id"
            f" WHERE t.run_id = :run{one} ORDER BY rs.number, l.id",
            {"run": run_id, "sample": sample_id},
        )
        return [_label(row) for row in rows]

    def said(self, run_id: str) -> list[Said]:
        """Who says what of which sample, of the labels that count; in the order in which they were given."""
        rows = self._db.tuples(
            "SELECT t.sample_id, t.reviewer, l.verdict, COALESCE(l.criteria, 0) FROM standing_labels t"
            " JOIN labels l ON l.id = t.label_id WHERE t.run_id = ? ORDER BY l.id",
            (run_id,),
        )
        return [Said(*row) for row in rows]

    def sealed(self, run_id: str, tasks: Iterable[int]) -> tuple[int, int]:
        """Of the labels that count on samples of these tasks: how many were given with the scores hidden, and how many
        there are."""
        wanted = ",".join(str(task_id) for task_id in tasks)
        rows = self._db.tuples(
            "SELECT COALESCE(SUM(l.sealed), 0), COUNT(*) FROM standing_labels t JOIN labels l ON l.id = t.label_id"
            " JOIN run_samples rs ON rs.run_id = t.run_id AND rs.sample_id = t.sample_id"
            f" WHERE t.run_id = ? AND rs.task_id IN ({wanted})",
            (run_id,),
        )
        return int(rows[0][0]), int(rows[0][1])

    def last(self, run_id: str, reviewer: str) -> int | None:
        """The sample whose label the reviewer would take back now."""
        row = self._db.row(_LAST, (run_id, reviewer))
        return int(row["sample_id"]) if row else None

    def own(self, run_id: str, reviewer: str, sample_ids: Sequence[int]) -> dict[int, HumanVerdict]:
        """The reviewer's standing verdicts on these samples, by sample id."""
        marks = ",".join("?" * len(sample_ids))
        rows = self._db.rows(
            "SELECT t.sample_id, l.verdict FROM standing_labels t JOIN labels l ON l.id = t.label_id"
            f" WHERE t.run_id = ? AND t.reviewer = ? AND t.sample_id IN ({marks})",
            (run_id, reviewer, *sample_ids),
        )
        return {row["sample_id"]: row["verdict"] for row in rows}

    def of_reviewer(self, run_id: str, reviewer: str) -> set[int]:
        """Ids of the run's samples on which a label of this reviewer stands."""
        rows = self._db.tuples(
            "SELECT sample_id FROM standing_labels WHERE run_id = ? AND reviewer = ?", (run_id, reviewer)
        )
        return {sample_id for (sample_id,) in rows}

    def reviewers(self, run_id: str) -> list[str]:
        """Who has a standing label in the run."""
        rows = self._db.rows(
            "SELECT DISTINCT reviewer FROM standing_labels WHERE run_id = ? ORDER BY 1", (run_id,)
        )
        return [row["reviewer"] for row in rows]

    def tags(self, run_id: str, task_ids: Iterable[int]) -> dict[str, int]:
        """Tags of the standing labels on samples of these tasks, the commonest first, with how many bear each."""
        wanted = ",".join(str(task_id) for task_id in task_ids)
        rows = self._db.rows(
            "SELECT tag.value AS tag, COUNT(*) AS n FROM standing_labels t JOIN labels l ON l.id = t.label_id"
            " JOIN run_samples rs ON rs.run_id = t.run_id AND rs.sample_id = t.sample_id, json_each(l.tags) AS tag"
            f" WHERE t.run_id = ? AND rs.task_id IN ({wanted}) GROUP BY tag.value ORDER BY n DESC, tag.value",
            (run_id,),
        )
        return {row["tag"]: row["n"] for row in rows}

    def labelled(self, run_id: str) -> list[Labelled]:
        """The run's samples with a human verdict, in no particular order."""
        rows = self._db.tuples(
            "SELECT rs.sample_id, rs.number, rs.task_id, rs.cell, rs.human, s.prompt_id FROM run_samples rs"
            " INDEXED BY run_samples_human JOIN samples s ON s.id = rs.sample_id"
            " WHERE rs.run_id = ? AND rs.human IS NOT NULL",
            (run_id,),
        )
        return [Labelled(*row) for row in rows]

    def answers(self, run_id: str) -> list[OfTask]:
        """The same samples with their scores and the lengths of their answers, in the order of the run."""
        rows = self._db.rows(
            "SELECT rs.sample_id, rs.number, rs.task_id, s.modality, s.prompt_id, length(g.text) AS length, rs.cell,"
            " rs.em, rs.js, rs.probability, rs.human FROM run_samples rs INDEXED BY run_samples_human"
            " JOIN samples s ON s.id = rs.sample_id JOIN generations g ON g.id = rs.generation_id"
            " WHERE rs.run_id = ? AND rs.human IS NOT NULL ORDER BY rs.number",
            (run_id,),
        )
        return [OfTask(**row) for row in rows]

    def by_prompt(self, run_id: str) -> dict[tuple[int, int | None, Cell], int]:
        """How many samples of the run are in each cell, by task id and prompt id."""
        rows = self._db.tuples(
            "SELECT rs.task_id, s.prompt_id, rs.cell, COUNT(*) FROM run_samples rs"
            " JOIN samples s ON s.id = rs.sample_id WHERE rs.run_id = ? GROUP BY 1, 2, 3",
            (run_id,),
        )
        return {(task_id, prompt_id, cell): n for task_id, prompt_id, cell, n in rows}

    def latest(self) -> int:
        """Grows with every label of any run: what was worked out of labels holds while it stays."""
        return int(self._db.scalar("SELECT MAX(id) FROM labels") or 0)

    def human(self, run_id: str, sample_id: int) -> HumanVerdict | None:
        """What the sample's reviewers say together."""
        found: HumanVerdict | None = self._db.scalar(
            "SELECT human FROM run_samples WHERE run_id = ? AND sample_id = ?", (run_id, sample_id)
        )
        return found

    def independent(self, run_id: str) -> dict[int, dict[str, HumanVerdict]]:
        """Verdicts on the latest answers that were given blind to the others': each reviewer's latest, by sample id."""
        rows = self._db.tuples(
            "SELECT l.sample_id, l.reviewer, l.verdict FROM labels l JOIN run_samples rs"
            " ON rs.run_id = l.run_id AND rs.sample_id = l.sample_id AND rs.generation_id = l.generation_id"
            f" WHERE l.run_id = ? AND l.action = 'label' AND l.blind = 1 AND {_NOT_UNDONE} ORDER BY l.id",
            (run_id,),
        )
        found: dict[int, dict[str, HumanVerdict]] = {}
        for sample_id, reviewer, verdict in rows:
            found.setdefault(sample_id, {})[reviewer] = verdict
        return found

    def names(self, run_id: str, sample_ids: Iterable[int]) -> dict[int, Named]:
        """What samples and their latest answers are called outside this database, by sample id."""
        wanted = list(dict.fromkeys(sample_ids))
        found: dict[int, Named] = {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            rows = self._db.tuples(
                f"{_NAMES} WHERE rs.run_id = ? AND rs.sample_id IN ({','.join('?' * len(part))})",
                (run_id, *part),
            )
            found |= {row[0]: Named(*row) for row in rows}
        return found

    def named(self, run_id: str) -> dict[tuple[str, str], Named]:
        """The same of all samples of the run, by task and key."""
        rows = self._db.tuples(f"{_NAMES} WHERE rs.run_id = ?", (run_id,))
        return {(row[2], row[3]): Named(*row) for row in rows}

    # criteria

    def criteria(self) -> list[Criteria]:
        """All versions, the latest first."""
        rows = self._db.rows("SELECT version, text, created_at AS at FROM criteria ORDER BY version DESC")
        return [Criteria(**row) for row in rows]

    def write_criteria(self, text: str) -> Criteria:
        """A new version, unless the latest says the same."""
        with self._db.write() as connection:
            latest = connection.execute("SELECT text FROM criteria ORDER BY version DESC LIMIT 1").fetchone()
            if latest is None or latest[0] != text:
                connection.execute(
                    "INSERT INTO criteria (text, created_at) VALUES (?, ?)", (text, time.time())
                )
        return self.criteria()[0]


_NAMES = (
    "SELECT rs.sample_id, rs.number, t.name, s.key, g.attempt, g.text FROM run_samples rs JOIN samples s"
    " ON s.id = rs.sample_id JOIN tasks t ON t.id = rs.task_id"
    " LEFT JOIN generations g ON g.id = rs.generation_id AND g.status = 'ok'"
)
_SELECT = (
    "SELECT l.id, l.run_id, l.sample_id, rs.number, g.attempt, l.reviewer, l.verdict, l.note, l.tags, l.criteria,"
    " l.blind, l.sealed, l.created_at"
)
_NOT_UNDONE = "NOT EXISTS (SELECT 1 FROM labels u WHERE u.supersedes = l.id AND u.action = 'undo')"
_LAST = (
    "SELECT l.id, l.sample_id, l.generation_id FROM labels l WHERE l.run_id = ? AND l.reviewer = ?"
    f" AND l.action = 'label' AND {_NOT_UNDONE} ORDER BY l.id DESC LIMIT 1"
)
_INSERT = (
    "INSERT INTO labels (run_id, sample_id, generation_id, reviewer, action, verdict, note, tags, criteria, blind,"
    " sealed, client_id, supersedes, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT MAX(version) FROM criteria), ?, ?, ?, ?, ?)"
)


def _label(row: Row) -> Label:
    return Label(
        id=row["id"],
        run_id=row["run_id"],
        sample_id=row["sample_id"],
        number=row["number"],
        attempt=row["attempt"],
        reviewer=row["reviewer"],
        verdict=row["verdict"],
        note=row["note"],
        tags=tuple(load(row["tags"])),
        criteria=row["criteria"] or 0,
        blind=bool(row["blind"]),
        sealed=None if row["sealed"] is None else bool(row["sealed"]),
        at=row["created_at"],
    )


def _seen(connection: sqlite3.Connection, run_id: str, client_id: str) -> bool:
    sql = "SELECT 1 FROM labels WHERE run_id = ? AND client_id = ?"
    return connection.execute(sql, (run_id, client_id)).fetchone() is not None


def _generation(connection: sqlite3.Connection, run_id: str, sample_id: int, attempt: int | None) -> int:
    """The answer that is meant. An earlier one may be: its label was given before the sample was asked again."""
    row = connection.execute(
        "SELECT g.id FROM run_samples rs LEFT JOIN generations g ON g.run_id = rs.run_id AND g.sample_id = rs.sample_id"
        " AND g.status = 'ok' AND CASE WHEN ? IS NULL THEN g.id = rs.generation_id ELSE g.attempt = ? END"
        " WHERE rs.run_id = ? AND rs.sample_id = ?",
        (attempt, attempt, run_id, sample_id),
    ).fetchone()
    if row is None:
        raise BadInput("unknown_sample", run=run_id, sample=sample_id)
    if row[0] is None:
        raise BadInput("label_no_answer")
    return int(row[0])


def _latest(connection: sqlite3.Connection, generation: int, reviewer: str) -> Mapping[str, Any] | None:
    """The reviewer's label on this answer, if one stands."""
    row = connection.execute(
        "SELECT l.id, l.note, l.tags FROM labels l WHERE l.generation_id = ? AND l.reviewer = ?"
        f" AND l.action = 'label' AND {_NOT_UNDONE} ORDER BY l.id DESC LIMIT 1",
        (generation, reviewer),
    ).fetchone()
    return dict(zip(("id", "note", "tags"), row, strict=True)) if row else None


def _spoke(connection: sqlite3.Connection, generation: int, reviewer: str) -> bool:
    """Whether the reviewer ever labelled this answer: from then on the others' labels are shown to them."""
    sql = "SELECT 1 FROM labels WHERE generation_id = ? AND reviewer = ? LIMIT 1"
    return connection.execute(sql, (generation, reviewer)).fetchone() is not None


def _others(connection: sqlite3.Connection, generation: int, reviewer: str) -> bool:
    sql = "SELECT 1 FROM labels WHERE generation_id = ? AND reviewer <> ? LIMIT 1"
    return connection.execute(sql, (generation, reviewer)).fetchone() is not None


def _settle(connection: sqlite3.Connection, run_id: str, sample_id: int) -> None:
    """Works out which labels of the sample's latest answer stand, and what they say together."""
    rows = connection.execute(
        "SELECT l.reviewer, l.id, l.verdict FROM labels l JOIN run_samples rs ON rs.generation_id = l.generation_id"
        f" WHERE rs.run_id = ? AND rs.sample_id = ? AND l.action = 'label' AND {_NOT_UNDONE} ORDER BY l.id",
        (run_id, sample_id),
    ).fetchall()
    standing = {reviewer: (label_id, verdict) for reviewer, label_id, verdict in rows}
    connection.execute("DELETE FROM standing_labels WHERE run_id = ? AND sample_id = ?", (run_id, sample_id))
    connection.executemany(
        "INSERT INTO standing_labels (run_id, sample_id, reviewer, label_id) VALUES (?, ?, ?, ?)",
        [(run_id, sample_id, reviewer, label_id) for reviewer, (label_id, _) in standing.items()],
    )
    together = human_verdict(verdict for _, verdict in standing.values())
    connection.execute(
        "UPDATE run_samples SET human = ? WHERE run_id = ? AND sample_id = ?", (together, run_id, sample_id)
    )
