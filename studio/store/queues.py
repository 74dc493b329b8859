"""Filtered samples of a run, page by page in SQL; of filters in words the numbers found are held, and nothing else."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from studio.core.errors import BadInput
from studio.core.label import LABEL_FILTERS
from studio.core.run import CELLS, Neighbours, Queue, SampleFilter, SampleRow
from studio.query import label_value, query_of
from studio.store.database import Database
from studio.store.labelled import own_sql, said_sql
from studio.store.lists import Listed, Lists
from studio.store.query_sql import NOTHING_COUNTED, Counted
from studio.store.sight import EVERYTHING, Sight

EXCERPT = 160


class Queues:
    """Which samples of a run a filter keeps, in the order that it asks for: that of the run, unless told otherwise."""

    def __init__(self, db: Database, counted: Counted = NOTHING_COUNTED) -> None:
        self._db = db
        self.lists = Lists(db, counted=counted)

    def page(
        self, run_id: str, where: SampleFilter, offset: int, limit: int, *, sight: Sight = EVERYTHING
    ) -> Queue:
        """`limit` samples from the 0-based `offset` on. Raises BadInput."""
        if _in_words(where):
            listed = self._listed(run_id, where, sight)
            offset = max(0, min(offset, len(listed) - 1))
            return Queue(self._rows(run_id, listed.numbers(offset, limit), offset), len(listed), offset)
        condition, values = self._condition(run_id, where, sight)
        total = int(self._db.scalar(f"SELECT COUNT(*) FROM {condition}", values))
        offset = max(0, min(offset, total - 1))
        sql = f"SELECT rs.number FROM {condition} ORDER BY {_order(where)} LIMIT :limit OFFSET :offset"
        rows = self._db.tuples(sql, {**values, "limit": limit, "offset": offset})
        return Queue(self._rows(run_id, [number for (number,) in rows], offset), total, offset)

    def neighbours(
        self, run_id: str, where: SampleFilter, sample_id: int, *, sight: Sight = EVERYTHING
    ) -> Neighbours:
        """The place of a sample in the filtered queue. Also works for a sample that the filter leaves out.

        Raises BadInput."""
        number = self._number(run_id, sample_id)
        if _in_words(where):
            return self._around(run_id, self._listed(run_id, where, sight), number)
        condition, values = self._condition(run_id, where, sight)
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

    def following(
        self, run_id: str, where: SampleFilter, sample_id: int, reviewer: str, *, sight: Sight = EVERYTHING
    ) -> int | None:
        """The next sample of the queue that the reviewer has not labelled (without a name: nobody has), from its
        beginning again at its end. Nothing is counted, no list is made anew: this is asked with every label."""
        if _in_words(where):
            return self._following_listed(run_id, where, sample_id, reviewer, sight)
        label = where.label if reviewer else where.label or "unlabelled"
        condition, values = self._condition(
            run_id, replace(where, unlabelled_by=reviewer, label=label), sight
        )
        place = self._place(run_id, where.draw, sample_id) if where.draw else self._number(run_id, sample_id)
        order = _order(where)
        after = f"SELECT rs.sample_id FROM {condition} AND {order} > :place ORDER BY {order} LIMIT 1"
        for start in (place or 0, 0):
            found = self._db.scalar(after, {**values, "place": start})
            if found is not None:
                return int(found)
        return None

    def _following_listed(
        self, run_id: str, where: SampleFilter, sample_id: int, reviewer: str, sight: Sight
    ) -> int | None:
        listed = self._listed(run_id, where, sight)
        rows = self._db.tuples(
            "SELECT rs.number FROM standing_labels l JOIN run_samples rs ON rs.run_id = l.run_id"
            " AND rs.sample_id = l.sample_id WHERE l.run_id = :run AND (:reviewer = '' OR l.reviewer = :reviewer)"
            " UNION SELECT number FROM run_samples WHERE run_id = :run AND state <> 'answered'",
            {"run": run_id, "reviewer": reviewer},
        )
        done = {number for (number,) in rows}
        _, _, after = listed.around(self._number(run_id, sample_id) or 0)
        start = len(listed) if after is None else listed.around(after)[0] or 0
        order = itertools.chain(listed.walk(start, len(listed)), listed.walk(0, start))
        found = next((number for number in order if number not in done), None)
        return None if found is None else self._sample(run_id, found)

    def numbers(self, run_id: str, where: SampleFilter, sight: Sight = EVERYTHING) -> list[int]:
        """The places in the run of all that the filter leaves. Gold is searched too unless `sight` says otherwise."""
        if _in_words(where):
            listed = self._listed(run_id, where, sight)
            return listed.numbers(0, len(listed))
        condition, values = self._condition(run_id, where, sight)
        return [row[0] for row in self._db.tuples(f"SELECT rs.number FROM {condition}", values)]

    def _around(self, run_id: str, listed: Listed, number: int | None) -> Neighbours:
        if number is None:
            return Neighbours(None, len(listed), None, None)
        index, before, after = listed.around(number)
        previous, following = (
            self._sample(run_id, each) if each is not None else None for each in (before, after)
        )
        return Neighbours(index, len(listed), previous, following)

    def _rows(self, run_id: str, numbers: Sequence[int], offset: int) -> tuple[SampleRow, ...]:
        marks = ",".join("?" * len(numbers))
        rows = self._db.rows(
            "SELECT rs.sample_id, rs.number, rs.cell, rs.probability, rs.truncated, COALESCE(rs.human, '') AS human,"
            " rs.em, rs.js_status IS NOT NULL AS judged, t.name AS task, s.key,"
            f" substr(s.question, 1, {EXCERPT}) AS question, substr(COALESCE(g.text, ''), 1, {EXCERPT}) AS answer"
            " FROM run_samples rs JOIN samples s ON s.id = rs.sample_id JOIN tasks t ON t.id = rs.task_id"
            " LEFT JOIN generations g ON g.id = rs.generation_id"
            f" WHERE rs.run_id = ? AND rs.number IN ({marks})",
            (run_id, *numbers),
        )
        places = {number: place for place, number in enumerate(numbers)}
        rows.sort(key=lambda row: places[row["number"]])
        return tuple(
            SampleRow(
                index=offset + place,
                **{**row, "truncated": bool(row["truncated"]), "judged": bool(row["judged"])},
            )
            for place, row in enumerate(rows)
        )

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

    def _listed(self, run_id: str, where: SampleFilter, sight: Sight) -> Listed:
        """All that a filter in words, or of texts, keeps."""
        return self.lists.of(run_id, query_of(where), sight, draw=where.draw)

    def _condition(self, run_id: str, where: SampleFilter, sight: Sight) -> tuple[str, dict[str, Any]]:
        """FROM and WHERE of a filter over `run_samples rs` (a draw's places are `x`), but for its text and words."""
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
        parts += _labelled(where, sight, values)
        return f"{table} WHERE " + " AND ".join(parts), values

    def _task_ids(self, run_id: str, task: str) -> str:
        rows = self._db.rows(
            "SELECT id FROM tasks WHERE name = ? AND EXISTS"
            " (SELECT 1 FROM run_samples WHERE run_id = ? AND task_id = tasks.id)",
            (task, run_id),
        )
        return ",".join(str(row["id"]) for row in rows) or "NULL"


def _in_words(where: SampleFilter) -> bool:
    """Whether a filter says more than indexes of the plan's rows can answer page by page."""
    return bool(where.where or where.text.strip())


def _order(where: SampleFilter) -> str:
    return "x.place" if where.draw else "rs.number"


def _labelled(where: SampleFilter, sight: Sight, values: dict[str, Any]) -> list[str]:
    """The parts of a WHERE that ask for labels; adds their values. Raises BadInput."""
    parts = []

    def bind(value: Any) -> str:
        values[f"label{len(values)}"] = value
        return f":label{len(values) - 1}"

    if where.label and where.label not in LABEL_FILTERS:
        raise BadInput("unknown_label", name=where.label, known=", ".join(LABEL_FILTERS))
    if where.label:
        parts.append(said_sql(sight.reviewer, label_value(where.label), bind))
    if where.unlabelled_by:
        parts.append(f"rs.state = 'answered' AND NOT {own_sql(bind(where.unlabelled_by))}")
    return parts
