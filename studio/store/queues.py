"""Filtered samples of a run, page by page in SQL; only the numbers of found texts are ever held whole."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

from studio.core.errors import BadInput
from studio.core.label import LABEL_FILTERS
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
        if where.text.strip() and not where.draw:
            numbers = self._found(run_id, where, gold_searched)
            total = len(numbers)
            offset = max(0, min(offset, total - 1))
            wanted: Sequence[int] = numbers[offset : offset + limit]
        else:
            condition, values = self._whole(run_id, where, gold_searched)
            total = int(self._db.scalar(f"SELECT COUNT(*) FROM {condition}", values))
            offset = max(0, min(offset, total - 1))
            sql = f"SELECT rs.number FROM {condition} ORDER BY {_order(where)} LIMIT :limit OFFSET :offset"
            wanted = [
                row["number"] for row in self._db.rows(sql, {**values, "limit": limit, "offset": offset})
            ]
        return Queue(self._rows(run_id, wanted, offset), total, offset)

    def neighbours(
        self, run_id: str, where: SampleFilter, sample_id: int, *, gold_searched: bool
    ) -> Neighbours:
        """The place of a sample in the filtered queue. Also works for a sample that the filter leaves out."""
        number = self._number(run_id, sample_id)
        if where.text.strip() and not where.draw:
            return self._between(run_id, self._found(run_id, where, gold_searched), number)
        condition, values = self._whole(run_id, where, gold_searched)
        total = int(self._db.scalar(f"SELECT COUNT(*) FROM {condition}", values))
        place = self._place(run_id, where.draw, sample_id) if where.draw else number
        if number is None or place is None:
            first = self._db.scalar(
                f"SELECT rs.sample_id FROM {condition} ORDER BY {_order(where)} LIMIT 1", values
            )
            return Neighbours(None, total, None, first if number is not None else None)
        values, order = {**values, "place": place}, _order(where)
        head = f"FROM {condition} AND {order}"
        before = self._db.scalar(f"SELECT rs.sample_id {head} < :place ORDER BY {order} DESC LIMIT 1", values)
        after = self._db.scalar(f"SELECT rs.sample_id {head} > :place ORDER BY {order} LIMIT 1", values)
        inside = self._db.scalar(f"SELECT 1 {head} = :place", values)
        index = int(self._db.scalar(f"SELECT COUNT(*) {head} < :place", values)) if inside else None
        return Neighbours(index, total, before, after)

    def numbers(self, run_id: str, where: SampleFilter) -> list[int]:
        """The places in the run of all that the filter leaves. Gold is searched too: whoever asks may see it."""
        if where.text.strip() and not where.draw:
            return self._found(run_id, where, True)
        condition, values = self._whole(run_id, where, True)
        return [row[0] for row in self._db.tuples(f"SELECT rs.number FROM {condition}", values)]

    def _rows(self, run_id: str, numbers: Sequence[int], offset: int) -> tuple[SampleRow, ...]:
        marks = ",".join("?" * len(numbers))
        rows = self._db.rows(
            "SELECT rs.sample_id, rs.number, rs.cell, rs.probability, rs.truncated, COALESCE(rs.human, '') AS human,"
            " t.name AS task, s.key,"
            f" substr(s.question, 1, {EXCERPT}) AS question, substr(COALESCE(g.text, ''), 1, {EXCERPT}) AS answer"
            " FROM run_samples rs JOIN samples s ON s.id = rs.sample_id JOIN tasks t ON t.id = rs.task_id"
            " LEFT JOIN generations g ON g.id = rs.generation_id"
            f" WHERE rs.run_id = ? AND rs.number IN ({marks})",
            (run_id, *numbers),
        )
        places = {number: place for place, number in enumerate(numbers)}
        rows.sort(key=lambda row: places[row["number"]])
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

    def _number(self, run_id: str, sample_id: int) -> int | None:
        sql = "SELECT number FROM run_samples WHERE run_id = ? AND sample_id = ?"
        found = self._db.scalar(sql, (run_id, sample_id))
        return int(found) if found is not None else None

    def _place(self, run_id: str, draw: int, sample_id: int) -> int | None:
        """A sample's place in a draw's random order; None where it was not drawn."""
        found = self._db.scalar(
            "SELECT x.place FROM draws d JOIN draw_samples x ON x.draw_id = d.id"
            " WHERE d.run_id = ? AND d.number = ? AND x.sample_id = ?",
            (run_id, draw, sample_id),
        )
        return int(found) if found is not None else None

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
        """Changes when the run or its labels may have changed; None while it is going on, or is a person's."""
        row = self._db.row(
            "SELECT kind, state, finished_at, seconds, profile, (SELECT MAX(id) FROM labels) FROM runs WHERE id = ?",
            (run_id,),
        )
        resting = row and row["kind"] != "human" and row["state"] not in {"running", "queued"}
        return tuple(row.values()) if row and resting else None

    def _search(self, run_id: str, where: SampleFilter, text: str, gold_searched: bool) -> list[int]:
        condition, values = self._condition(run_id, where)
        sql = texts = self._texts(run_id, text, values, gold_searched)
        if where != SampleFilter(text=where.text):
            sql = f"SELECT rs.number FROM {condition} AND rs.number IN ({texts})"
        return sorted(row["number"] for row in self._db.rows(sql, values))

    def _texts(self, run_id: str, text: str, values: dict[str, Any], gold_searched: bool) -> str:
        """The query of numbers whose texts hold `text` (folded); adds its values."""
        if len(text) < TRIGRAM:
            gold = " OR instr(rt.gold, :text) > 0" if gold_searched else ""
            values["text"] = text
            return f"SELECT rt.number FROM run_texts rt WHERE rt.run_id = :run AND (instr(rt.text, :text) > 0{gold})"
        phrase = '"' + text.replace('"', '""') + '"'
        values["text"] = ("{text gold} : " if gold_searched else "{text} : ") + phrase
        return self._indexed(run_id, values)

    def _whole(self, run_id: str, where: SampleFilter, gold_searched: bool) -> tuple[str, dict[str, Any]]:
        """FROM and WHERE of a filter with its text, for a draw: few samples, which stand in an order of their own."""
        condition, values = self._condition(run_id, where)
        if text := fold(where.text.strip()):
            condition += f" AND rs.number IN ({self._texts(run_id, text, values, gold_searched)})"
        return condition, values

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
        """FROM and WHERE of a filter over `run_samples rs` (a draw's places are `x`), but for its text."""
        parts = ["rs.run_id = :run"]
        values: dict[str, Any] = {"run": run_id}
        table = "run_samples rs"
        if where.draw:
            table += " JOIN draw_samples x ON x.sample_id = rs.sample_id"
            parts.append("x.draw_id = (SELECT id FROM draws WHERE run_id = :run AND number = :draw)")
            values["draw"] = where.draw
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
        parts += _labelled(where, values)
        return f"{table} WHERE " + " AND ".join(parts), values

    def _task_ids(self, run_id: str, task: str) -> str:
        rows = self._db.rows(
            "SELECT id FROM tasks WHERE name = ? AND EXISTS"
            " (SELECT 1 FROM run_samples WHERE run_id = ? AND task_id = tasks.id)",
            (task, run_id),
        )
        return ",".join(str(row["id"]) for row in rows) or "NULL"


def _order(where: SampleFilter) -> str:
    return "x.place" if where.draw else "rs.number"


def _labelled(where: SampleFilter, values: dict[str, Any]) -> list[str]:
    """The parts of a WHERE that ask for labels; adds their values. Raises BadInput."""
    parts = []
    if where.label and where.label not in LABEL_FILTERS:
        raise BadInput("unknown_label", name=where.label, known=", ".join(LABEL_FILTERS))
    if where.label in {"labelled", "unlabelled"}:
        parts.append(f"rs.human IS {'NOT ' if where.label == 'labelled' else ''}NULL")
    elif where.label:
        parts.append("rs.human = :label")
        values["label"] = where.label
    if where.unlabelled_by:
        parts.append(
            "rs.state = 'answered' AND NOT EXISTS (SELECT 1 FROM standing_labels l WHERE l.run_id = rs.run_id"
            " AND l.sample_id = rs.sample_id AND l.reviewer = :reviewer)"
        )
        values["reviewer"] = where.unlabelled_by
    return parts
