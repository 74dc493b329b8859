"""From the tree of a filter to SQL over the samples of one run. Values are bound, never written into the text.

Conditions speak of `run_samples rs`. A part that SQL cannot say (an expression over texts) is tried here, on those
samples alone that the rest of the filter leaves, and becomes a list of numbers.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from studio.core.errors import BadInput
from studio.query import CATEGORY, Matcher, fits, folded, needs, told_by, tree
from studio.store.apart import apart_sql
from studio.store.database import Database, Row
from studio.store.facts import answer_mark
from studio.store.grouped import grouped_sql
from studio.store.labelled import LABELLED, labelled_sql, said_sql
from studio.store.sight import EVERYTHING, Sight
from studio.store.texts import Texts

NUMBERS = {
    "em": "rs.em", "js": "rs.js", "judge_p": "rs.probability", "len": "rs.length", "tokens": "rs.tokens",
    "latency": "rs.latency_s", "number": "rs.number",
}  # fmt: skip
_OF_TASKS = {"task": "name", "split": "split", "type": "answer_type"}
_OF_SAMPLES = {"modality": "modality", "prompt": "prompt_id", "key": "key"}
_OF_ROWS = {"finish": "rs.finish", "decided": "rs.decided", "state": "rs.state"}
_FLAGS = {
    "failed": "rs.state = 'failed'",
    "unscored": "rs.cell = 'unscored'",
    "truncated": "rs.truncated = 1",
}
# The columns of texts that a field looks in.
_TEXTS = {"text": ("question", "answer", "gold")}
_ORDER_TELLS = {"judge_p": "gold", "len": "answer"}
# Whole numbers are read several times faster than others, and a probability has no more than fifteen digits.
_STEPS = {"judge_p": "1e15", "len": "1"}
UNKNOWN = -1
# Fields that are answered outside the database: (run, word) -> numbers of samples. Raises BadInput.
Counted = dict[str, Callable[[str, str], Sequence[int]]]
NOTHING_COUNTED: Counted = {}


class Conditions:
    """Makes conditions for one run; `values` holds what they bind."""

    def __init__(
        self, db: Database, run_id: str, sight: Sight = EVERYTHING, counted: Counted = NOTHING_COUNTED
    ) -> None:
        self._db = db
        self._counted = counted
        self._run = run_id
        self._sight = sight
        self._texts = Texts(db, run_id)
        self._queries: dict[str, str] = {}
        self.values: dict[str, Any] = {"run": run_id}

    def of(self, node: tree.Node | None, within: str = "1") -> str:
        """The condition of a tree. `within` is what all samples of interest fulfil besides.

        Raises BadInput: an unknown run in a comparison, an expression that takes too long.
        """
        match node:
            case None:
                return "1"
            case tree.Not(part):
                # What is not known is not so: a sample without a probability is kept by -judge_p<0.5.
                return f"(({self.of(part, within)}) IS NOT TRUE)"
            case tree.Or(parts):
                return "(" + " OR ".join(self.of(part, within) for part in parts) + ")"
            case tree.And(parts):
                return self._all(parts, within)
            case _:
                return self._guarded(node, self._leaf(node, within))

    def _all(self, parts: Sequence[tree.Node], within: str) -> str:
        """Parts that SQL can say first: expressions are then tried on what they leave."""
        found: list[str] = []
        for part in sorted(parts, key=_is_heavy):
            found.append(self.of(part, " AND ".join([within, *found])))
        return "(" + " AND ".join(found) + ")"

    def _guarded(self, leaf: tree.Leaf, sql: str) -> str:
        """Nothing of a task whose gold or answers are hidden fulfils what would tell them."""
        ids = self._named(self._blind_to(told_by(leaf)))
        return f"({sql} AND rs.task_id NOT IN ({self._list(ids)}))" if ids else sql

    def _leaf(self, leaf: tree.Leaf, within: str) -> str:
        if isinstance(leaf, tree.Comparison):
            return self._numeric(leaf.field, lambda column: f"{column} {leaf.sign} {self.bind(leaf.value)}")
        if isinstance(leaf, tree.Whole):
            return self._any(self._whole(leaf.field, word.text) for word in leaf.values)
        return self._any(self._value(leaf, value, within) for value in leaf.values)

    def _value(self, term: tree.Term, value: tree.Value, within: str) -> str:
        """One value of a term."""
        field = term.field
        if isinstance(value, tree.Apart):
            return apart_sql(self._db, self._run, field, value, self.bind)
        if field in _OF_TASKS:
            column = _OF_TASKS[field]
            ids = [row["id"] for row in self._tasks if fits(value, row[column])]
            return f"rs.task_id IN ({self._list(ids)})"
        if field == CATEGORY:
            return self._category(term.key, value)
        if field in _FLAGS:
            right = value == tree.Word("1")
            return f"({_FLAGS[field]}) IS {'' if right else 'NOT '}TRUE"
        if field == "cell":
            return self._cell(value)
        if field == "human":
            return said_sql(self._sight.reviewer, value, self.bind)
        if field in LABELLED:
            return self._labelled(field, value)
        if field == "group":
            return grouped_sql(self._db, self._run, value, self.bind)
        if field == "changed":
            return self._counted_there(field, value)
        if field == "draw":
            test = self._number(field, "d.number", value)
            return (
                "rs.sample_id IN (SELECT x.sample_id FROM draws d JOIN draw_samples x ON x.draw_id = d.id"
                f" WHERE d.run_id = :run AND {test})"
            )
        if field in NUMBERS or field == "prompt":
            return self._numeric(field, lambda column: self._number(field, column, value))
        if field in _OF_SAMPLES:
            return self._of_samples(_OF_SAMPLES[field], value)
        if field in _OF_ROWS:
            return self._word(_OF_ROWS[field], value)
        return self._text(field, value, within)

    def _counted_there(self, field: str, value: tree.Value) -> str:
        word = value.text if isinstance(value, tree.Word) else ""
        if not word.strip() or field not in self._counted:
            raise BadInput("query_changed", word=word or "*")
        return f"rs.number IN {self._numbers(self._counted[field](self._run, word))}"

    # numbers

    def _numeric(self, field: str, test: Callable[[str], str]) -> str:
        """A test of a number; that of the prompt stands with the sample."""
        if field == "prompt":
            return self._samples_where(test("prompt_id"))
        return test(NUMBERS[field])

    def _number(self, field: str, column: str, value: tree.Value) -> str:
        match value:
            case tree.Word(text):  # of the two scores alone: right from 0.5 on, as in the table of cells
                return f"{column} {'>=' if text == '1' else '<'} 0.5"
            case tree.Number(number):
                return f"{column} = {self.bind(number)}"
            case tree.Range(low, high):
                ends = [f"{column} >= {self.bind(low)}"] if low is not None else []
                ends += [f"{column} <= {self.bind(high)}"] if high is not None else []
                return "(" + " AND ".join(ends) + ")"
            case tree.Nothing():
                return f"{column} IS NULL"
            case _:
                return f"{column} IS NOT NULL"

    # names

    def _word(self, column: str, value: tree.Value) -> str:
        """A short word of the plan's row."""
        match value:
            case tree.Word(text):
                return f"{column} = {self.bind(text)} COLLATE NOCASE"
            case tree.Nothing():
                return f"{column} IS NULL"
            case tree.Anything():
                return f"{column} IS NOT NULL"
        rows = self._db.tuples(
            f"SELECT DISTINCT {column} FROM run_samples rs WHERE rs.run_id = ?", (self._run,)
        )
        return f"{column} IN ({self._list([name for (name,) in rows if name and fits(value, name)])})"

    def _cell(self, value: tree.Value) -> str:
        if value == tree.Word("disagree"):
            return "rs.cell IN ('em_only', 'js_only')"
        if isinstance(value, tree.Nothing):  # each sample has a place or waits for one
            return "rs.cell = 'pending'"
        return self._word("rs.cell", value)

    def _of_samples(self, column: str, value: tree.Value) -> str:
        """A word of the sample's own."""
        match value:
            case tree.Word(text):
                return self._samples_where(f"{column} = {self.bind(text)} COLLATE NOCASE")
            case tree.Glob(text):
                return self._samples_where(f"{column} LIKE {self.bind(_like(text))} ESCAPE '\\'")
            case tree.Pattern(source):
                matcher = Matcher(source)
                rows = self._db.tuples(
                    f"SELECT id, {column} FROM samples WHERE task_id IN ({self._list(self._task_ids)})",
                    self.values,
                )
                ids = [sample for sample, text in rows if matcher.found(folded(str(text)))]
                return f"rs.sample_id IN {self._numbers(ids)}"
            case tree.Nothing():
                return self._samples_where(f"{column} IS NULL")
            case _:
                return self._samples_where(f"{column} IS NOT NULL")

    def _samples_where(self, condition: str) -> str:
        ids = self._list(self._task_ids)
        return f"rs.sample_id IN (SELECT id FROM samples WHERE task_id IN ({ids}) AND {condition})"

    def _category(self, key: str, value: tree.Value) -> str:
        rows = self._db.tuples(
            f"SELECT DISTINCT name, value FROM task_categories WHERE task_id IN ({self._list(self._task_ids)})",
            self.values,
        )
        pairs = [(name, said) for name, said in rows if folded(name) == folded(key)]
        if isinstance(value, tree.Nothing | tree.Anything):
            names = self._list(sorted({name for name, _ in pairs}))
            inside = "" if isinstance(value, tree.Anything) else "NOT "
            return (
                f"rs.sample_id {inside}IN (SELECT sample_id FROM sample_categories WHERE name IN ({names}))"
            )
        tests = [
            f"name = {self.bind(name)} AND value = {self.bind(said)}"
            for name, said in pairs
            if fits(value, said)
        ]
        if not tests:
            return "0"
        return f"rs.sample_id IN (SELECT sample_id FROM sample_categories WHERE {' OR '.join(tests)})"

    # labels

    def _labelled(self, field: str, value: tree.Value, *, whole: bool = False) -> str:
        return labelled_sql(
            self._db, self._run, field, value, self.bind, whole=whole, reviewer=self._sight.reviewer
        )

    # texts

    def _text(self, field: str, value: tree.Value, within: str) -> str:
        """A text is looked for in each column that whoever asks may see; a hidden one holds nothing."""
        if isinstance(value, tree.Anything):
            return self._any(
                f"rs.number IN ({self._texts.filled(column)})" for column in _TEXTS.get(field, (field,))
            )
        found = []
        for columns, ids in self._seen(_TEXTS.get(field, (field,))):
            seen = f"rs.task_id NOT IN ({self._list(ids)})" if ids else ""
            part = self._held(columns, value, f"{within} AND {seen}" if seen else within)
            found.append(f"({part} AND {seen})" if seen else part)
        return self._any(found)

    def _seen(self, columns: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
        """Columns that are hidden for the same tasks, with the ids of those."""
        hidden = {"answer": self._sight.no_answers, "gold": self._sight.no_gold}
        groups: dict[tuple[int, ...], tuple[str, ...]] = {}
        for column in columns:
            ids = tuple(self._named(hidden.get(column, frozenset()))) if len(columns) > 1 else ()
            groups[ids] = (*groups.get(ids, ()), column)
        return [(group, ids) for ids, group in groups.items()]

    def _held(self, columns: tuple[str, ...], value: tree.Value, within: str) -> str:
        if isinstance(value, tree.Pattern):
            needed = needs(value.source)
            if needed and needed.enough:
                return self._in(self._texts.holding(columns, needed.words, self.bind))
            narrowed = within
            if needed:
                narrowed += f" AND rs.number IN ({self._texts.holding(columns, needed.words, self.bind)})"
            numbers = self._texts.matching(columns, Matcher(value.source), narrowed, self.values)
            return f"rs.number IN {self._numbers(numbers)}"
        word = value.text if isinstance(value, tree.Word) else ""
        return self._in(self._texts.holding(columns, (folded(word.strip()),), self.bind))

    def _in(self, query: str) -> str:
        condition = f"rs.number IN ({query})"
        self._queries[condition] = query
        return condition

    def _whole(self, field: str, word: str) -> str:
        """All of a text; of several golds one. Answers are compared by their marks: spaces do not count."""
        if field in LABELLED:
            return self._labelled(field, tree.Word(word), whole=True)
        tests = []
        for columns, ids in self._seen(_TEXTS.get(field, (field,))):
            seen = f" AND rs.task_id NOT IN ({self._list(ids)})" if ids else ""
            tests += [
                f"(rs.answer_mark = {self.bind(answer_mark(word))}{seen})"
                if column == "answer"
                else f"(rs.number IN ({self._texts.equal(column, folded(word.strip()), self.bind)}){seen})"
                for column in columns
            ]
        return self._any(tests)

    # order

    def key(self, order: tree.Order) -> str:
        """What an order goes by, as a whole number; UNKNOWN where a sample has none, or it is hidden: last of all."""
        if order.name == "number":
            return "rs.number"
        column, hidden = NUMBERS[order.name], self._named(self._blind_to(_ORDER_TELLS[order.name]))
        if hidden:
            column = f"CASE WHEN rs.task_id IN ({self._list(hidden)}) THEN NULL ELSE {column} END"
        return f"COALESCE(CAST({column} * {_STEPS[order.name]} AS INTEGER), {UNKNOWN})"

    def alone(self, condition: str) -> str:
        """The query of numbers that a condition is made of, where it is one such query and nothing else."""
        return self._queries.get(condition, "")

    # what all need

    def bind(self, value: Any) -> str:
        """The name under which a value is bound."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def _list(self, values: Iterable[Any]) -> str:
        return ", ".join(self.bind(value) for value in values)

    def _numbers(self, numbers: Sequence[int]) -> str:
        return f"(SELECT value FROM json_each({self.bind(json.dumps(numbers))}))"

    def _any(self, conditions: Iterable[str]) -> str:
        found = list(conditions)
        return found[0] if len(found) == 1 else "(" + " OR ".join(found) + ")"

    @cached_property
    def _tasks(self) -> list[Row]:
        return self._db.rows(
            "SELECT id, name, split, answer_type FROM tasks WHERE EXISTS"
            " (SELECT 1 FROM run_samples WHERE run_id = ? AND task_id = tasks.id)",
            (self._run,),
        )

    @property
    def _task_ids(self) -> list[int]:
        return [row["id"] for row in self._tasks]

    def _blind_to(self, tells: str) -> frozenset[str]:
        """Names of the tasks for which this is hidden."""
        hidden = {"gold": self._sight.no_gold, "answer": self._sight.no_answers}
        return hidden.get(tells, frozenset())

    def _named(self, names: frozenset[str]) -> list[int]:
        return [row["id"] for row in self._tasks if row["name"] in names] if names else []


def _like(glob: str) -> str:
    """A glob as LIKE says it."""
    escaped = glob.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return escaped.replace("*", "%")


def _is_heavy(node: tree.Node) -> bool:
    """Whether a part holds an expression that has to be tried on texts."""
    return any(
        isinstance(value, tree.Pattern)
        for leaf in tree.leaves(node)
        if isinstance(leaf, tree.Term)
        for value in leaf.values
    )
