"""A filter as SQL that anybody can run: over an exported run, in plain SQLite, its values written into the text."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from studio.core.run import SampleFilter
from studio.query import fits, query_of, tree
from studio.store.database import Database, dump
from studio.store.query_sql import UNKNOWN, Conditions
from studio.store.sight import EVERYTHING, Sight
from studio.store.texts import Bind, Texts

COLUMNS = (
    "v.number, v.task, v.sample, v.question, v.gold, v.answer, v.em, v.js, v.probability, v.cell, v.human"
)


def queue_sql(db: Database, run_id: str, where: SampleFilter, sight: Sight = EVERYTHING) -> str:
    """The statement that finds the queue of a filter, in its order. What plain SQLite cannot say (an expression over
    texts, another run) stands as the numbers of the samples that it keeps.

    Raises BadInput and QueryError as the queue itself does.
    """
    query = query_of(where)
    conditions = _Shown(db, run_id, sight)
    tests = [f"rs.run_id = {literal(run_id)}"]
    if query.node is not None:
        tests += [conditions.of(part) for part in tree.conjuncts(query.node)]
    order, note = _order(conditions, query, where)
    condition = "\n  AND ".join(tests)
    sql = (
        f"SELECT {COLUMNS}\nFROM run_samples rs JOIN v_samples v ON v.number = rs.number\n"
        f"WHERE {condition}\nORDER BY {order};"
    )
    return note + inlined(sql, conditions.values)


def _order(conditions: "_Shown", query: tree.Query, where: SampleFilter) -> tuple[str, str]:
    """The ORDER BY, and a comment where the page's own order leans on other runs."""
    if where.draw and query.order == tree.Order():
        draw = conditions.bind(where.draw)
        return (
            "(SELECT x.place FROM draws d JOIN draw_samples x ON x.draw_id = d.id"
            f" WHERE d.number = {draw} AND x.sample_id = rs.sample_id)",
            "",
        )
    if query.order.name == "informative":
        return "rs.number", "-- order:informative leans on other runs; here by number\n"
    key, down = conditions.key(query.order), " DESC" if query.order.descending else ""
    return (
        f"rs.number{down}" if query.order.name == "number" else f"{key} = {UNKNOWN}, {key}{down}, rs.number"
    ), ""


def inlined(sql: str, values: Mapping[str, Any]) -> str:
    """A statement with its values in place of their names; strings of SQL in it are left alone."""
    name = re.compile(r"'(?:[^']|'')*'|:([A-Za-z_][A-Za-z_0-9]*)")
    return name.sub(lambda found: literal(values[found[1]]) if found[1] in values else found[0], sql)


def numbers_sql(column: str, numbers: Sequence[int]) -> str:
    """The condition that a number is one of these."""
    return f"{column} IN (SELECT value FROM json_each({literal(dump(list(numbers)))}))"


def literal(value: Any) -> str:
    """A value as SQL writes it. What could end a string or a line early cannot: quotes are doubled, and zero bytes,
    which end a statement for C, are spelled out."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return repr(float(value)) if isinstance(value, float) else str(int(value))
    quoted = ["'" + part.replace("'", "''") + "'" for part in str(value).split("\0")]
    return quoted[0] if len(quoted) == 1 else "(" + " || char(0) || ".join(quoted) + ")"


class _Shown(Conditions):
    """Conditions that need no function and no index of ours."""

    def __init__(self, db: Database, run_id: str, sight: Sight) -> None:
        super().__init__(db, run_id, sight)
        self._texts = _PlainTexts(db, run_id)

    def _value(self, term: tree.Term, value: tree.Value, within: str) -> str:
        if isinstance(value, tree.Apart):
            condition = super()._value(term, value, within)
            sql = f"SELECT rs.number FROM run_samples rs WHERE rs.run_id = :run AND {condition}"
            numbers = self._db.column(sql, self.values)
            return f"rs.number IN (SELECT value FROM json_each({self.bind(dump(numbers))}))"
        if term.field == "task":
            names = self._list(row["name"] for row in self._tasks if fits(value, row["name"]))
            return f"rs.task_id IN (SELECT id FROM tasks WHERE name IN ({names}))"
        return super()._value(term, value, within)


class _PlainTexts(Texts):
    """Looks into the texts one by one."""

    def holding(self, columns: Sequence[str], words: Sequence[str], bind: Bind) -> str:
        tests = " OR ".join(f"instr(rt.{column}, {bind(word)}) > 0" for column in columns for word in words)
        return f"SELECT rt.number FROM run_texts rt WHERE rt.run_id = :run AND ({tests})"
