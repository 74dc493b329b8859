"""Reading a run: counts, pages of its samples, one sample whole. Every list is paged in SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from studio.core.errors import BadInput, Problem
from studio.core.judge import JudgeCall
from studio.core.outcome import Score
from studio.core.run import CELLS, Cell, Neighbours, Queue, SampleFilter, SampleRow
from studio.store.database import Database, Row, fold, load

EXCERPT = 160
TRIGRAM = 3


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


class Browse:
    """Questions about a run."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def tally(self, run_id: str) -> list[Tally]:
        """Groups of alike samples, tasks in the order of the run; everything that counts is computed from these."""
        rows = self._db.rows(
            "SELECT task_id, cell, em_status, js_status, em, js, truncated, COUNT(*) AS n FROM run_samples"
            " INDEXED BY run_samples_tally WHERE run_id = ?"
            " GROUP BY task_id, cell, em_status, js_status, em, js, truncated",
            (run_id,),
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

    def queue(
        self,
        run_id: str,
        where: SampleFilter,
        offset: int,
        limit: int,
        *,
        gold_searched: bool,
        with_total: bool = True,
    ) -> Queue:
        """A page of the samples that a filter keeps, in the order of the run."""
        condition, values = self._condition(run_id, where, gold_searched)
        total = (
            self._db.scalar(f"SELECT COUNT(*) FROM run_samples rs {condition}", values) if with_total else 0
        )
        offset = max(0, min(offset, max(0, total - 1)) if with_total else offset)
        rows = self._db.rows(
            f"WITH page AS (SELECT rs.* FROM run_samples rs {condition} ORDER BY rs.number LIMIT :limit OFFSET :offset)"
            " SELECT p.sample_id, p.number, p.cell, p.probability, p.truncated, t.name AS task, s.key,"
            " substr(s.question, 1, :excerpt) AS question, substr(COALESCE(g.text, ''), 1, :excerpt) AS answer"
            " FROM page p JOIN samples s ON s.id = p.sample_id JOIN tasks t ON t.id = p.task_id"
            " LEFT JOIN generations g ON g.id = p.generation_id ORDER BY p.number",
            {**values, "limit": limit, "offset": offset, "excerpt": EXCERPT},
        )
        found = tuple(
            SampleRow(index=offset + place, **{**row, "truncated": bool(row["truncated"])})
            for place, row in enumerate(rows)
        )
        return Queue(found, int(total), offset)

    def neighbours(
        self, run_id: str, where: SampleFilter, sample_id: int, *, gold_searched: bool
    ) -> Neighbours:
        """The place of a sample in the filtered queue. Also works for a sample that the filter leaves out."""
        condition, values = self._condition(run_id, where, gold_searched)
        total = int(self._db.scalar(f"SELECT COUNT(*) FROM run_samples rs {condition}", values))
        number = self._db.scalar(
            "SELECT number FROM run_samples WHERE run_id = ? AND sample_id = ?", (run_id, sample_id)
        )
        if number is None:
            return Neighbours(None, total, None, None)
        values = {**values, "number": number}
        before = self._db.scalar(
            f"SELECT rs.sample_id FROM run_samples rs {condition} AND rs.number < :number"
            " ORDER BY rs.number DESC LIMIT 1",
            values,
        )
        after = self._db.scalar(
            f"SELECT rs.sample_id FROM run_samples rs {condition} AND rs.number > :number ORDER BY rs.number LIMIT 1",
            values,
        )
        inside = self._db.scalar(f"SELECT 1 FROM run_samples rs {condition} AND rs.number = :number", values)
        index = None
        if inside:
            index = int(
                self._db.scalar(
                    f"SELECT COUNT(*) FROM run_samples rs {condition} AND rs.number < :number", values
                )
            )
        return Neighbours(index, total, before, after)

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

    def latest(self, run_id: str, limit: int) -> list[Row]:
        """The last finished samples, oldest first: sample_id, number, task, cell, truncated."""
        rows = self._db.rows(
            "SELECT rs.sample_id, rs.number, t.name AS task, rs.cell, rs.truncated FROM run_samples rs"
            " JOIN tasks t ON t.id = rs.task_id WHERE rs.run_id = ? AND rs.generation_id IS NOT NULL"
            " ORDER BY rs.generation_id DESC LIMIT ?",
            (run_id, limit),
        )
        return rows[::-1]

    def answer(self, run_id: str, sample_id: int) -> StoredAnswer:
        """Everything said about a sample in a run. Raises BadInput when the run has no such sample."""
        row = self._db.row(
            "SELECT rs.number, rs.task_id, rs.cell, g.*, g.id AS generation FROM run_samples rs"
            " LEFT JOIN generations g ON g.id = rs.generation_id WHERE rs.run_id = ? AND rs.sample_id = ?",
            (run_id, sample_id),
        )
        if row is None:
            raise BadInput("unknown_sample", run=run_id, sample=sample_id)
        scores = self._db.rows(
            "SELECT * FROM scores WHERE generation_id = ? ORDER BY id", (row["generation"],)
        )
        em = next((score for score in reversed(scores) if score["scorer"] == "em"), None)
        js = next((score for score in reversed(scores) if score["scorer"] == "js"), None)
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
        )

    def _condition(self, run_id: str, where: SampleFilter, gold_searched: bool) -> tuple[str, dict[str, Any]]:
        """The WHERE of a filter over `run_samples rs`. The text comes last: it is the costly part."""
        parts, values = ["rs.run_id = :run"], {"run": run_id}  # type: tuple[list[str], dict[str, Any]]
        if where.task:
            ids = [
                row["id"]
                for row in self._db.rows(
                    "SELECT id FROM tasks WHERE name = ? AND EXISTS"
                    " (SELECT 1 FROM run_samples WHERE run_id = ? AND task_id = tasks.id)",
                    (where.task, run_id),
                )
            ]
            parts.append(f"rs.task_id IN ({','.join(str(int(task_id)) for task_id in ids) or 'NULL'})")
        if where.cell == "disagree":
            parts.append("rs.cell IN ('em_only', 'js_only')")
        elif where.cell == "truncated":
            parts.append("rs.truncated = 1")
        elif where.cell:
            if where.cell not in CELLS:
                raise BadInput(
                    "unknown_cell", cell=where.cell, known=", ".join((*CELLS, "disagree", "truncated"))
                )
            parts.append("rs.cell = :cell")
            values["cell"] = where.cell
        if where.category:
            name, _, value = where.category.partition("=")
            parts.append(
                "rs.sample_id IN (SELECT sample_id FROM sample_categories WHERE name = :category AND value = :value)"
            )
            values |= {"category": name, "value": value}
        if where.text.strip():
            condition, more = self._text_condition(run_id, fold(where.text.strip()), gold_searched)
            parts.append(condition)
            values |= more
        return "WHERE " + " AND ".join(parts), values

    def _text_condition(self, run_id: str, text: str, gold_searched: bool) -> tuple[str, dict[str, Any]]:
        """Samples whose question, answer or (if it may be searched) gold holds the text."""
        if len(text) < TRIGRAM:  # the index knows no shorter pieces: read the run's texts instead
            gold = " OR instr(gold, :text) > 0" if gold_searched else ""
            inside = f"SELECT number FROM run_texts WHERE run_id = :run AND (instr(text, :text) > 0{gold})"
            return f"rs.number IN ({inside})", {"text": text}
        # A run's texts are added at once, so their ids are neighbours: the index need not look at other runs.
        low, high = self._db.rows(
            "SELECT MIN(id) AS low, MAX(id) AS high FROM run_texts WHERE run_id = ?", (run_id,)
        )[0].values()
        phrase = '"' + text.replace('"', '""') + '"'
        inside = (
            "SELECT number FROM run_texts WHERE run_id = :run AND id IN"
            " (SELECT rowid FROM run_search WHERE run_search MATCH :text AND rowid BETWEEN :low AND :high)"
        )
        columns = "{text gold}" if gold_searched else "{text}"
        return f"rs.number IN ({inside})", {"text": f"{columns} : {phrase}", "low": low, "high": high}


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
    )
