"""Filtered samples of a run, page by page in SQL; only the numbers of found texts are ever held whole."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

from studio.core.errors import BadInput
from studio.core.run import CELLS, Neighbours, Queue, SampleFilter, SampleRow
from studio.store.database import Database, fold

EXCERPT = 160
# The search index knows pieces of three characters; a shorter text is looked for in the run's texts themselves.
TRIGRAM = 3
KEPT_SEARCHES = 16

_Key = tuple[str, SampleFilter, bool]


class Queues:
    """Which samples of a run a filter keeps, in the order of the run."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._searches: OrderedDict[_Key, tuple[object, list[int]]] = OrderedDict()
        self._lock = Lock()

    def page(
        self, run_id: str, where: SampleFilter, offset: int, limit: int, *, gold_searched: bool
    ) -> Queue:
        """`limit` samples from the 0-based `offset` on. `gold_searched` lets the filter's text be found in gold too."""
        if where.text.strip():
            numbers = self._found(run_id, where, gold_searched)
            total = len(numbers)
            offset = max(0, min(offset, total - 1))
            wanted: Sequence[int] = numbers[offset : offset + limit]
        else:
            condition, values = self._condition(run_id, where)
            total = int(self._db.scalar(f"SELECT COUNT(*) FROM run_samples rs {condition}", values))
            offset = max(0, min(offset, total - 1))
            sql = f"SELECT rs.number FROM run_samples rs {condition} ORDER BY rs.number LIMIT :limit OFFSET :offset"
            wanted = [
                row["number"] for row in self._db.rows(sql, {**values, "limit": limit, "offset": offset})
            ]
        return Queue(self._rows(run_id, wanted, offset), total, offset)

    def neighbours(
        self, run_id: str, where: SampleFilter, sample_id: int, *, gold_searched: bool
    ) -> Neighbours:
        """The place of a sample in the filtered queue. Also works for a sample that the filter leaves out."""
        sql = "SELECT number FROM run_samples WHERE run_id = ? AND sample_id = ?"
        number = self._db.scalar(sql, (run_id, sample_id))
        if where.text.strip():
            return self._between(run_id, self._found(run_id, where, gold_searched), number)
        condition, values = self._condition(run_id, where)
        total = int(self._db.scalar(f"SELECT COUNT(*) FROM run_samples rs {condition}", values))
        if number is None:
            return Neighbours(None, total, None, None)
        values = {**values, "number": number}
        head = f"FROM run_samples rs {condition} AND rs.number"
        before = self._db.scalar(
            f"SELECT rs.sample_id {head} < :number ORDER BY rs.number DESC LIMIT 1", values
        )
        after = self._db.scalar(f"SELECT rs.sample_id {head} > :number ORDER BY rs.number LIMIT 1", values)
        inside = self._db.scalar(f"SELECT 1 {head} = :number", values)
        index = int(self._db.scalar(f"SELECT COUNT(*) {head} < :number", values)) if inside else None
        return Neighbours(index, total, before, after)

    def _rows(self, run_id: str, numbers: Sequence[int], offset: int) -> tuple[SampleRow, ...]:
        marks = ",".join("?" * len(numbers))
        rows = self._db.rows(
            "SELECT rs.sample_id, rs.number, rs.cell, rs.probability, rs.truncated, t.name AS task, s.key,"
            f" substr(s.question, 1, {EXCERPT}) AS question, substr(COALESCE(g.text, ''), 1, {EXCERPT}) AS answer"
            " FROM run_samples rs JOIN samples s ON s.id = rs.sample_id JOIN tasks t ON t.id = rs.task_id"
            " LEFT JOIN generations g ON g.id = rs.generation_id"
            f" WHERE rs.run_id = ? AND rs.number IN ({marks}) ORDER BY rs.number",
            (run_id, *numbers),
        )
        return tuple(
            SampleRow(index=offset + place, **{**row, "truncated": bool(row["truncated"])})
            for place, row in enumerate(rows)
        )

    def _between(self, run_id: str, numbers: list[int], number: int | None) -> Neighbours:
        if number is None:
            return Neighbours(None, len(numbers), None, None)
        left, right = bisect_left(numbers, number), bisect_right(numbers, number)
        before = self._sample(run_id, numbers[left - 1]) if left else None
        after = self._sample(run_id, numbers[right]) if right < len(numbers) else None
        return Neighbours(left if right > left else None, len(numbers), before, after)

    def _sample(self, run_id: str, number: int) -> int:
        sql = "SELECT sample_id FROM run_samples WHERE run_id = ? AND number = ?"
        return int(self._db.scalar(sql, (run_id, number)))

    def _found(self, run_id: str, where: SampleFilter, gold_searched: bool) -> list[int]:
        """Numbers of the samples that hold the text, ascending; kept while the run rests, for paging."""
        key, stamp = (run_id, where, gold_searched), self._stamp(run_id)
        with self._lock:
            known = self._searches.get(key)
        if stamp is not None and known and known[0] == stamp:
            return known[1]
        numbers = self._search(run_id, where, fold(where.text.strip()), gold_searched)
        with self._lock:
            self._searches[key] = (stamp, numbers)
            self._searches.move_to_end(key)
            while len(self._searches) > KEPT_SEARCHES:
                self._searches.popitem(last=False)
        return numbers

    def _stamp(self, run_id: str) -> object:
        """Changes when the run may have changed; None while it is going on, or is a person's."""
        row = self._db.row("SELECT kind, state, finished_at, seconds FROM runs WHERE id = ?", (run_id,))
        resting = row and row["kind"] != "human" and row["state"] not in {"running", "queued"}
        return tuple(row.values()) if row and resting else None

    def _search(self, run_id: str, where: SampleFilter, text: str, gold_searched: bool) -> list[int]:
        condition, values = self._condition(run_id, where)
        if len(text) < TRIGRAM:
            gold = " OR instr(rt.gold, :text) > 0" if gold_searched else ""
            texts = f"SELECT rt.number FROM run_texts rt WHERE rt.run_id = :run AND (instr(rt.text, :text) > 0{gold})"
            values["text"] = text
        else:
            phrase = '"' + text.replace('"', '""') + '"'
            values["text"] = ("{text gold} : " if gold_searched else "{text} : ") + phrase
            texts = self._indexed(run_id, values)
        sql = texts
        if where != SampleFilter(text=where.text):
            sql = f"SELECT rs.number FROM run_samples rs {condition} AND rs.number IN ({texts})"
        return sorted(row["number"] for row in self._db.rows(sql, values))

    def _indexed(self, run_id: str, values: dict[str, Any]) -> str:
        """The query of the index for this run's numbers; adds its values."""
        # A run's texts are added at once, so their ids are neighbours and the index need not look at other runs.
        ends = self._db.row(
            "SELECT MIN(id) AS low, MAX(id) AS high, MAX(number) AS n FROM run_texts WHERE run_id = ?", (run_id,)
        ) or {"low": None, "high": None, "n": None}  # fmt: skip
        values |= {"low": ends["low"], "high": ends["high"]}
        found = "run_search MATCH :text AND f.rowid BETWEEN :low AND :high"
        if ends["low"] is not None and ends["high"] - ends["low"] + 1 == ends["n"]:
            # They were added in order too: an id tells the number without a look at the long text beside it.
            return f"SELECT f.rowid - :low + 1 AS number FROM run_search f WHERE {found}"
        # CROSS keeps SQLite from turning the order round and asking the index once for every sample of the run.
        joined = "CROSS JOIN run_texts rt ON rt.id = f.rowid AND rt.run_id = :run"
        return f"SELECT rt.number FROM run_search f {joined} WHERE {found}"

    def _condition(self, run_id: str, where: SampleFilter) -> tuple[str, dict[str, Any]]:
        """The WHERE of a filter over `run_samples rs`, but for its text."""
        parts = ["rs.run_id = :run"]
        values: dict[str, Any] = {"run": run_id}
        if where.task:
            parts.append(f"rs.task_id IN ({self._task_ids(run_id, where.task)})")
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
        return "WHERE " + " AND ".join(parts), values

    def _task_ids(self, run_id: str, task: str) -> str:
        rows = self._db.rows(
            "SELECT id FROM tasks WHERE name = ? AND EXISTS"
            " (SELECT 1 FROM run_samples WHERE run_id = ? AND task_id = tasks.id)",
            (task, run_id),
        )
        return ",".join(str(row["id"]) for row in rows) or "NULL"
