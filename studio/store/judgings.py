"""Several judges on one run: what further judges were asked, and whose verdicts are the run's Judge Score.

Every verdict is a row of `scores` under its judge's name@revision; `run_samples` holds those of the run's own judge.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from studio.core.errors import BadInput, Problem
from studio.core.judge import Verdict
from studio.core.judging import JudgingSpec, JudgingState, Only
from studio.store.answers import Unjudged, insert_verdict, unjudged_of
from studio.store.database import Database, Row, dump, load
from studio.store.facts import SEARCHED_CHARACTERS


@dataclass(frozen=True)
class JudgingRow:
    """A row of `judgings`, its JSON opened."""

    id: str
    run: str
    state: JudgingState
    spec: JudgingSpec
    label: str
    done: int
    total: int
    unscored: int
    problem: Problem | None
    owner: str | None
    heartbeat: float
    created_at: float
    seconds: float


class Pattern(NamedTuple):
    """How many answers of a task are alike in what every judge said: `values` in the order of the labels asked for."""

    task_id: int
    values: tuple[float | None, ...]
    n: int


class Votes(NamedTuple):
    """How often the votes of a chat model on one answer parted: among those in one order (`repeat_flips` of `repeated`
    answers), and between the first one and the same with gold and answer changed about (`swap_flips` of `swapped`)."""

    answers: int
    repeated: int
    repeat_flips: int
    swapped: int
    swap_flips: int


_ONLY: dict[Only, str] = {
    "all": "",
    "disagreements": " AND rs.cell IN ('em_only', 'js_only')",
    "unlabelled": " AND rs.human IS NULL",
    "changed": " AND EXISTS (SELECT 1 FROM generations g JOIN scores o ON o.generation_id = g.id AND o.scorer = 'js'"
    " AND o.version = :label WHERE g.run_id = rs.run_id AND g.sample_id = rs.sample_id AND g.id <> rs.generation_id)",
}
# The call that decided: of a classifier the most probable candidate; of a chat model the share of its votes.
# What the texts of a run are searched by: the reasons of its own judge. Only where there are any, or were: an index
# hangs on each text.
_CALLS = (
    "FROM run_samples rs JOIN scores x ON x.generation_id = rs.generation_id JOIN judge_calls c ON c.score_id = x.id"
    " WHERE rs.run_id = run_texts.run_id AND rs.number = run_texts.number AND x.scorer = 'js' AND x.version = :label"
    " AND c.reason <> ''"
)
_REASONS = (
    "UPDATE run_texts SET reason ="
    f" casefold(substr(COALESCE((SELECT group_concat(c.reason, char(10)) {_CALLS}), ''), 1, {SEARCHED_CHARACTERS}))"
    f" WHERE run_id = :run AND (reason <> '' OR EXISTS (SELECT 1 {_CALLS}))"
)
_PROBABILITY = (
    "(SELECT CASE WHEN MIN(c.candidate) LIKE 'vote%' THEN AVG(c.label) ELSE MAX(c.probability) END"
    " FROM judge_calls c WHERE c.score_id = x.id)"
)
_CELL = (
    "CASE WHEN rs.em IS NULL OR x.value IS NULL THEN 'unscored' WHEN rs.em >= 0.5 THEN"
    " CASE WHEN x.value >= 0.5 THEN 'both' ELSE 'em_only' END"
    " ELSE CASE WHEN x.value >= 0.5 THEN 'js_only' ELSE 'neither' END END"
)


class Judgings:
    """Further judges of runs, and their verdicts."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # one at work

    def create(self, judging_id: str, spec: JudgingSpec, owner: str) -> None:
        now = time.time()
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO judgings (id, run_id, state, spec, owner, heartbeat, created_at)"
                " VALUES (?, ?, 'queued', ?, ?, ?, ?)",
                (judging_id, spec.run, dump(spec.to_json()), owner, now, now),
            )

    def begin(self, judging_id: str, label: str, total: int) -> None:
        """The judge is open, and it is known what it will be asked."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE judgings SET state = 'running', label = ?, total = ? WHERE id = ?",
                (label, total, judging_id),
            )

    def beat(self, judging_id: str, seconds: float) -> None:
        with self._db.write() as connection:
            connection.execute(
                "UPDATE judgings SET heartbeat = ?, seconds = ? WHERE id = ?",
                (time.time(), seconds, judging_id),
            )

    def finish(
        self, judging_id: str, state: JudgingState, seconds: float, problem: Problem | None = None
    ) -> None:
        with self._db.write() as connection:
            connection.execute(
                "UPDATE judgings SET state = ?, seconds = ?, problem = ?, owner = NULL WHERE id = ?",
                (state, seconds, dump(problem.to_json()) if problem else None, judging_id),
            )

    def has(self, judging_id: str) -> bool:
        return self._db.scalar("SELECT 1 FROM judgings WHERE id = ?", (judging_id,)) is not None

    def get(self, judging_id: str) -> JudgingRow:
        row = self._db.row("SELECT * FROM judgings WHERE id = ?", (judging_id,))
        if row is None:
            raise BadInput("unknown_judging", name=judging_id)
        return _row(row)

    def of_run(self, run_id: str) -> list[JudgingRow]:
        """Newest first."""
        rows = self._db.rows(
            "SELECT * FROM judgings WHERE run_id = ? ORDER BY created_at DESC, rowid DESC", (run_id,)
        )
        return [_row(row) for row in rows]

    # its answers

    def waiting(self, run_id: str, label: str, only: Only, numbers: Iterable[int] | None) -> list[int]:
        """Latest answers (ids of generations) that have gold and no verdict of this judge, in the order of the run;
        `numbers` are the places in the run that count, None all."""
        rows = self._db.tuples(
            "SELECT rs.number, rs.generation_id FROM run_samples rs JOIN samples s ON s.id = rs.sample_id"
            f" WHERE rs.run_id = :run AND rs.state = 'answered' AND s.gold IS NOT NULL{_ONLY[only]}"
            " AND NOT EXISTS (SELECT 1 FROM scores x WHERE x.generation_id = rs.generation_id AND x.scorer = 'js'"
            " AND x.version = :label AND x.status = 'scored') ORDER BY rs.number",
            {"run": run_id, "label": label},
        )
        wanted = None if numbers is None else set(numbers)
        return [generation for number, generation in rows if wanted is None or number in wanted]

    def cases(self, generation_ids: Sequence[int]) -> list[Unjudged]:
        """The answers with all that a judge is asked."""
        marks = ",".join("?" * len(generation_ids))
        rows = self._db.rows(
            "SELECT g.id, g.sample_id, s.prompt, s.gold, g.text FROM generations g JOIN samples s ON s.id = g.sample_id"
            f" WHERE g.id IN ({marks})",
            generation_ids,
        )
        return [unjudged_of(row) for row in rows]

    def keep(self, judging_id: str, label: str, verdicts: Sequence[tuple[Unjudged, Verdict]]) -> None:
        """Keeps verdicts beside those of the run's own judge, which stay what they are."""
        unscored = sum(verdict.label is None for _, verdict in verdicts)
        with self._db.write() as connection:
            for item, verdict in verdicts:
                insert_verdict(connection, item.generation_id, label, verdict)
            connection.execute(
                "UPDATE judgings SET done = done + ?, unscored = unscored + ? WHERE id = ?",
                (len(verdicts), unscored, judging_id),
            )

    # all judges of a run

    def labels(self, run_id: str) -> list[str]:
        """name@revision of every judge that was asked about the run, its own first."""
        rows = self._db.tuples(
            "SELECT judge FROM runs WHERE id = :run AND judge <> '' UNION ALL"
            " SELECT json_extract(detail, '$.name') || '@' || json_extract(detail, '$.revision') FROM events"
            " WHERE run_id = :run AND kind = 'judge' UNION ALL"
            " SELECT label FROM judgings WHERE run_id = :run AND label <> ''",
            {"run": run_id},
        )
        return list(dict.fromkeys(row[0] for row in rows if row[0]))

    def patterns(self, run_id: str, labels: Sequence[str], own: str) -> list[Pattern]:
        """The run's answers with gold, counted by task and by what each judge said of them (None: nothing, or it could
        not). `own` is the run's judge: its word stands in the run's rows."""
        names = {f"judge{place}": label for place, label in enumerate(labels)}
        values = [
            "rs.js" if label == own else
            f"(SELECT x.value FROM scores x WHERE x.generation_id = rs.generation_id AND x.scorer = 'js'"
            f" AND x.version = :{name})"
            for name, label in names.items()
        ]  # fmt: skip
        columns = ", ".join(f"{value} AS v{place}" for place, value in enumerate(values))
        groups = ", ".join(f"v{place}" for place in range(len(values)))
        rows = self._db.tuples(
            f"SELECT task_id, {groups}, COUNT(*) FROM (SELECT rs.task_id, {columns} FROM run_samples rs"
            " JOIN samples s ON s.id = rs.sample_id WHERE rs.run_id = :run AND rs.state = 'answered'"
            f" AND s.gold IS NOT NULL) GROUP BY task_id, {groups}",
            {"run": run_id, **names},
        )
        return [Pattern(task_id, tuple(said), n) for task_id, *said, n in rows]

    def verdicts(self, run_id: str, label: str) -> dict[int, int]:
        """What a judge said of the latest answers that people labelled, 1 or 0, by sample id; only where it did."""
        rows = self._db.tuples(
            "SELECT rs.sample_id, x.value FROM run_samples rs INDEXED BY run_samples_human JOIN scores x"
            " ON x.generation_id = rs.generation_id AND x.scorer = 'js' AND x.version = ?"
            " WHERE rs.run_id = ? AND rs.human IS NOT NULL AND x.value IS NOT NULL",
            (label, run_id),
        )
        return {sample_id: int(value >= 0.5) for sample_id, value in rows}

    def votes(self, run_id: str, label: str) -> Votes:
        """The votes of a judge on the run's latest answers, where there were several on one."""
        row = self._db.tuples(
            "SELECT COUNT(*), SUM(n > 1), SUM(n > 1 AND low < high), SUM(v IS NOT NULL AND w IS NOT NULL),"
            " SUM(v <> w)"
            " FROM (SELECT SUM(NOT swapped) AS n, MIN(CASE WHEN NOT swapped THEN label END) AS low,"
            " MAX(CASE WHEN NOT swapped THEN label END) AS high,"
            " MAX(CASE WHEN candidate = 'vote1' THEN label END) AS v,"
            " MAX(CASE WHEN candidate = 'vote1:swapped' THEN label END) AS w FROM (SELECT c.score_id, c.candidate,"
            " c.label, c.candidate LIKE '%:swapped' AS swapped FROM run_samples rs JOIN scores x"
            " ON x.generation_id = rs.generation_id AND x.scorer = 'js' AND x.version = ? JOIN judge_calls c"
            " ON c.score_id = x.id WHERE rs.run_id = ?) GROUP BY score_id HAVING COUNT(*) > 1)",
            (label, run_id),
        )[0]
        return Votes(*(int(value or 0) for value in row))

    def labelled_runs(self, label: str, besides: str, limit: int) -> list[tuple[str, str]]:
        """Other runs of this judge with labelled answers, the latest first: id and model."""
        rows = self._db.tuples(
            "SELECT r.id, r.model FROM runs r WHERE r.judge = ? AND r.id <> ? AND EXISTS (SELECT 1 FROM run_samples rs"
            " WHERE rs.run_id = r.id AND rs.human IS NOT NULL) ORDER BY r.created_at DESC LIMIT ?",
            (label, besides, limit),
        )
        return [(run_id, model) for run_id, model in rows]

    def done(self, run_id: str) -> tuple[int, int]:
        """How many judgings the run has had, and how many answers they have judged."""
        (found,) = self._db.tuples(
            "SELECT COUNT(*), COALESCE(SUM(done), 0) FROM judgings WHERE run_id = ?", (run_id,)
        )
        return int(found[0]), int(found[1])

    def stamp(self, run_id: str) -> tuple[object, ...]:
        """Changes with every label, draw, verdict of a further judge, and experiment: all that health is made of."""
        (found,) = self._db.tuples(
            "SELECT (SELECT MAX(id) FROM labels), (SELECT MAX(id) FROM draws), (SELECT COUNT(*) FROM runs),"
            " (SELECT COUNT(*) FROM calibrations WHERE state = 'done'), COUNT(*), COALESCE(SUM(done), 0)"
            " FROM judgings WHERE run_id = ?",
            (run_id,),
        )
        return tuple(found)

    def unread(self, run_id: str, label: str) -> int:
        """How many answers with gold this judge has never been asked about."""
        return int(
            self._db.scalar(
                "SELECT COUNT(*) FROM run_samples rs JOIN samples s ON s.id = rs.sample_id"
                " WHERE rs.run_id = :run AND rs.state = 'answered' AND s.gold IS NOT NULL AND NOT EXISTS"
                " (SELECT 1 FROM scores x WHERE x.generation_id = rs.generation_id AND x.scorer = 'js'"
                " AND x.version = :label)",
                {"run": run_id, "label": label},
            )
        )

    def asked_as(self, run_id: str, label: str) -> str:
        """The name by which a judge of the run was asked for; without one, that in its label."""
        found = self._db.scalar(
            "SELECT json_extract(spec, '$.judge') FROM judgings WHERE run_id = ? AND label = ?"
            " ORDER BY created_at DESC LIMIT 1",
            (run_id, label),
        )
        return str(found or label.rpartition("@")[0])

    def make_own(self, run_id: str, label: str, asked: str) -> None:
        """Makes a judge's verdicts the run's Judge Score; those of the one before stay in `scores`. `asked` is the name
        by which it is opened again."""
        with self._db.write() as connection:
            connection.execute(
                f"UPDATE run_samples AS rs SET js = x.value, js_status = x.status, cell = {_CELL},"
                f" probability = {_PROBABILITY} FROM scores x WHERE rs.run_id = :run AND rs.state = 'answered'"
                " AND x.generation_id = rs.generation_id AND x.scorer = 'js' AND x.version = :label",
                {"run": run_id, "label": label},
            )
            connection.execute(_REASONS, {"run": run_id, "label": label})
            name, _, revision = label.rpartition("@")
            told = dump({"name": name, "revision": revision, "source": "stored"})
            connection.execute(
                "UPDATE runs SET judge = :label, spec = json_set(spec, '$.judge', :asked),"
                " resolved = json_set(resolved, '$.judge', json(:told)) WHERE id = :run",
                {"run": run_id, "label": label, "asked": asked, "told": told},
            )
            connection.execute(
                "INSERT INTO events (run_id, at, kind, detail) VALUES (?, ?, 'judge', ?)",
                (run_id, time.time(), told),
            )


def _row(row: Row) -> JudgingRow:
    return JudgingRow(
        id=row["id"],
        run=row["run_id"],
        state=row["state"],
        spec=JudgingSpec.from_json(load(row["spec"])),
        label=row["label"],
        done=row["done"],
        total=row["total"],
        unscored=row["unscored"],
        problem=Problem.from_json(load(row["problem"])) if row["problem"] else None,
        owner=row["owner"],
        heartbeat=row["heartbeat"],
        created_at=row["created_at"],
        seconds=row["seconds"],
    )
