"""Reading a run: its counts, and one sample whole. Pages of filtered samples are in `queues`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from studio.core.engine import Recalled
from studio.core.errors import BadInput, Problem
from studio.core.judge import JudgeCall
from studio.core.outcome import Score
from studio.core.run import Cell
from studio.query import tree
from studio.store.database import Database, Row, load
from studio.store.query_sql import NOTHING_COUNTED, Conditions, Counted
from studio.store.scorers import NAMED, OWN_PROFILE
from studio.store.sight import Sight


@dataclass(frozen=True)
class Tally:
    """How many samples of one task are alike in everything that scores depend on."""

    task_id: int
    cell: Cell
    em_status: str | None
    js_status: str | None
    em: float | None
    js: float | None
    truncated: bool
    n: int


@dataclass(frozen=True)
class StoredAnswer:
    """The latest answer to a sample in a run, with its scores. `text` None: no answer (yet, or failed)."""

    sample_id: int
    task_id: int
    number: int
    cell: Cell
    text: str | None
    finish_reason: str | None
    prompt_tokens: int | None
    completion_tokens: int | None
    ttft_s: float | None
    latency_s: float | None
    attempt: int
    media_note: Mapping[str, Any]
    problem: Problem | None
    em: Score | None
    js: Score | None
    judge: str
    calls: tuple[JudgeCall, ...]
    others: tuple[Score, ...] = ()  # of other tools, where the run was read from a log
    recalled: Recalled | None = None


class Browse:
    """Questions about a run."""

    def __init__(self, db: Database, counted: Counted = NOTHING_COUNTED) -> None:
        self._db = db
        self._counted = counted

    def tally(self, run_id: str) -> list[Tally]:
        """Groups of alike samples, tasks in the order of the run; everything that counts is computed from these."""
        rows = self._db.rows(
            "SELECT task_id, cell, em_status, js_status, em, js, truncated, COUNT(*) AS n FROM run_samples"
            " INDEXED BY run_samples_tally WHERE run_id = ?"
            " GROUP BY task_id, cell, em_status, js_status, em, js, truncated",
            (run_id,),
        )
        return [Tally(**{**row, "truncated": bool(row["truncated"])}) for row in rows]

    def tally_of(self, run_id: str, query: tree.Query, sight: Sight) -> list[Tally]:
        """The same of the samples that a filter keeps. Raises BadInput."""
        conditions = Conditions(self._db, run_id, sight, self._counted)
        condition = conditions.of(query.node)
        rows = self._db.rows(
            "SELECT rs.task_id, rs.cell, rs.em_status, rs.js_status, rs.em, rs.js, rs.truncated, COUNT(*) AS n"
            f" FROM run_samples rs WHERE rs.run_id = :run AND {condition} GROUP BY 1, 2, 3, 4, 5, 6, 7",
            conditions.values,
        )
        return [Tally(**{**row, "truncated": bool(row["truncated"])}) for row in rows]

    def task_order(self, run_id: str, groups: Iterable[Tally]) -> list[int]:
        """Task ids in the order in which the run meets them. `groups` (its tally) saves a walk over all samples."""
        first = {
            task_id: self._db.scalar(
                "SELECT MIN(number) FROM run_samples WHERE run_id = ? AND task_id = ?", (run_id, task_id)
            )
            for task_id in {group.task_id for group in groups}
        }
        return sorted(first, key=lambda task_id: int(first[task_id]))

    def latencies(self, run_id: str) -> dict[str, float]:
        """Seconds of waiting for answers, added up by the name of the task."""
        rows = self._db.rows(
            "SELECT t.name, SUM(COALESCE(g.latency_s, 0)) AS seconds FROM run_samples rs"
            " JOIN tasks t ON t.id = rs.task_id LEFT JOIN generations g ON g.id = rs.generation_id"
            " WHERE rs.run_id = ? GROUP BY t.name",
            (run_id,),
        )
        return {row["name"]: float(row["seconds"]) for row in rows}

    def categories(self, run_id: str, task: str = "") -> list[str]:
        """`key=value` of the run's tasks, sorted; the first 500."""
        rows = self._db.rows(
            "SELECT DISTINCT c.name, c.value FROM tasks t JOIN task_categories c ON c.task_id = t.id"
            " WHERE (? = '' OR t.name = ?)"
            " AND EXISTS (SELECT 1 FROM run_samples rs WHERE rs.run_id = ? AND rs.task_id = t.id)"
            " ORDER BY 1, 2 LIMIT 500",
            (task, task, run_id),
        )
        return [f"{row['name']}={row['value']}" for row in rows]

    def has(self, run_id: str, sample_id: int) -> bool:
        sql = "SELECT 1 FROM run_samples WHERE run_id = ? AND sample_id = ?"
        return self._db.scalar(sql, (run_id, sample_id)) is not None

    def why_unjudged(self, run_id: str) -> Problem | None:
        """Why a judge could not score an answer of the run, as it said of one of them."""
        found = self._db.scalar(
            "SELECT x.problem FROM run_samples rs JOIN scores x ON x.generation_id = rs.generation_id"
            " WHERE rs.run_id = ? AND rs.cell = 'unscored' AND rs.js_status = 'unscored' AND rs.em_status = 'scored'"
            " AND x.scorer = 'js' AND x.problem IS NOT NULL LIMIT 1",
            (run_id,),
        )
        return _problem(found)

    def latest(self, run_id: str, limit: int) -> list[Row]:
        """The last finished samples, oldest first: sample_id, number, task, cell, truncated, em, judged."""
        rows = self._db.rows(
            "SELECT rs.sample_id, rs.number, t.name AS task, rs.cell, rs.truncated, rs.em,"
            " rs.js_status IS NOT NULL AS judged FROM run_samples rs"
            " JOIN tasks t ON t.id = rs.task_id WHERE rs.run_id = ? AND rs.generation_id IS NOT NULL"
            " ORDER BY rs.generation_id DESC LIMIT ?",
            (run_id, limit),
        )
        return rows[::-1]

    def by_keys(self, run_id: str, task_id: int, keys: Sequence[str]) -> list[int]:
        """Sample ids of a task's records in a run, in the order of their keys; those that it lacks are left out."""
        marks = ",".join("?" * len(keys))
        rows = self._db.tuples(
            "SELECT s.key, s.id FROM run_samples rs JOIN samples s ON s.id = rs.sample_id"
            f" WHERE rs.run_id = ? AND rs.task_id = ? AND s.key IN ({marks})",
            (run_id, task_id, *keys),
        )
        found = dict(rows)
        return [found[key] for key in keys if key in found]

    def answer(self, run_id: str, sample_id: int) -> StoredAnswer:
        """Everything said about a sample in a run. Raises BadInput when the run has no such sample."""
        row = self._db.row(
            "SELECT rs.number, rs.task_id, rs.cell, r.judge AS own, r.spec, r.profile, g.*, g.id AS generation"
            " FROM run_samples rs JOIN runs r ON r.id = rs.run_id"
            " LEFT JOIN generations g ON g.id = rs.generation_id WHERE rs.run_id = ? AND rs.sample_id = ?",
            (run_id, sample_id),
        )
        if row is None:
            raise BadInput("unknown_sample", run=run_id, sample=sample_id)
        scores = self._db.rows(
            "SELECT * FROM scores WHERE generation_id = ? ORDER BY id", (row["generation"],)
        )
        em = _current([score for score in scores if score["scorer"] == "em"], row["profile"])
        js = _own_verdict(scores, row["own"], load(row["spec"])["judge"])
        calls = (
            self._db.rows("SELECT * FROM judge_calls WHERE score_id = ? ORDER BY id", (js["id"],))
            if js
            else []
        )
        return StoredAnswer(
            sample_id=sample_id,
            task_id=row["task_id"],
            number=row["number"],
            cell=row["cell"],
            text=row["text"],
            finish_reason=row["finish_reason"],
            prompt_tokens=row["prompt_tokens"],
            completion_tokens=row["completion_tokens"],
            ttft_s=row["ttft_s"],
            latency_s=row["latency_s"],
            attempt=row["attempt"] or 0,
            media_note=load(row["media_note"]) or {},
            problem=_problem(row["problem"]),
            em=_score(em) if em else None,
            js=_score(js) if js else None,
            judge=js["version"] if js else "",
            calls=tuple(_call(call) for call in calls),
            others=tuple(_score(score) for score in scores if score["scorer"] not in {"em", "js"}),
            recalled=Recalled(row["recalled_run"], row["recalled_at"]) if row["recalled_run"] else None,
        )


def _own_verdict(scores: Sequence[Row], own: str, asked: str) -> Row | None:
    """The word of the run's own judge: others may have spoken later. One that could not be opened is known only by the
    name it was asked by; a log's judge may have none."""
    verdicts = [score for score in reversed(scores) if score["scorer"] == "js"]
    if not own:
        return verdicts[0] if verdicts else None
    return next((score for score in verdicts if score["version"] in {own, asked}), None)


def _current(scores: Sequence[Row], profile: str) -> Row | None:
    """Of an answer's EM scores by several versions the one that the run points to, the latest of them."""
    _, named, name = profile.partition(OWN_PROFILE)
    wanted = f"+{name}" if named else ""
    for score in reversed(scores):
        version = score["version"]
        if (version[version.index("+") :] if fnmatchcase(version, NAMED) else "") == wanted:
            return score
    return None


def _problem(text: str | None) -> Problem | None:
    return Problem.from_json(load(text)) if text else None


def _score(row: Row) -> Score:
    return Score(
        scorer=row["scorer"],
        version=row["version"],
        status=row["status"],
        value=row["value"],
        extracted=row["extracted"],
        detail=load(row["detail"]) or {},
        problem=_problem(row["problem"]),
    )


def _call(row: Row) -> JudgeCall:
    return JudgeCall(
        candidate=row["candidate"],
        probability=row["probability"],
        label=row["label"],
        input_sha256=row["input_sha256"],
        latency_s=row["latency_s"],
        problem=_problem(row["problem"]),
        reason=row["reason"],
    )
