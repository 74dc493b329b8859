"""Which samples a filter of the language keeps, in the order it asks for: lists of numbers, kept for paging.

A list is found anew when the run has changed since. An order is drawn up once, over the whole run, and stays while
somebody walks along it: a label given on the way does not throw the queue about. `Lists.forget` draws it up anew.
"""

import time
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from studio.query import tree
from studio.store.database import Database
from studio.store.informative import most_informative
from studio.store.lines import whole_numbers
from studio.store.query_sql import NOTHING_COUNTED, UNKNOWN, Conditions, Counted
from studio.store.sight import Sight

KEPT_LISTS, KEPT_ORDERS = 32, 8
# An order that nobody has looked at for so long is drawn up anew.
ORDER_RESTS_S = 600.0
_OF_LABELS = {"human", "reviewer", "tag", "note", "draw"}

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Ranking:
    """Samples of a run in an order: `numbers` by place, `places` by number (from 1 on; -1 for one that has none)."""

    numbers: array  # type: ignore[type-arg]  # of the standard library, whose stubs want a parameter it lacks
    places: array  # type: ignore[type-arg]


@dataclass(frozen=True)
class Listed:
    """What a filter keeps: places in the order, ascending; without a ranking a place is a number."""

    places: Sequence[int]
    ranking: Ranking | None

    def __len__(self) -> int:
        return len(self.places)

    def numbers(self, offset: int, limit: int) -> list[int]:
        """Numbers of a page."""
        return [self._number(place) for place in self.places[offset : offset + limit]]

    def walk(self, start: int, end: int) -> Iterator[int]:
        """Numbers between two indexes, one at a time."""
        return (self._number(self.places[index]) for index in range(start, end))

    def around(self, number: int) -> tuple[int | None, int | None, int | None]:
        """Index of a number, and the numbers before and after it; also for a number that is not in the list."""
        place = number
        if self.ranking:
            place = self.ranking.places[number] if number < len(self.ranking.places) else -1
        left = bisect_left(self.places, place)
        inside = left < len(self.places) and self.places[left] == place
        right = left + inside
        before = self._number(self.places[left - 1]) if left else None
        after = self._number(self.places[right]) if right < len(self.places) else None
        return (left if inside else None), before, after

    def _number(self, place: int) -> int:
        return int(self.ranking.numbers[place]) if self.ranking else place


class Lists:
    """Lists of one database."""

    def __init__(
        self,
        db: Database,
        clock: Callable[[], float] = time.monotonic,
        counted: Counted = NOTHING_COUNTED,
    ) -> None:
        self._db = db
        self._counted = counted
        self._clock = clock
        self._lists: _Shelf[Listed] = _Shelf(KEPT_LISTS)
        self._orders: _Shelf[tuple[float, Ranking]] = _Shelf(KEPT_ORDERS)

    def of(self, run_id: str, query: tree.Query, sight: Sight, draw: int = 0) -> Listed:
        """What a query keeps, in its order or in that of the draw. Raises BadInput."""
        everyones = replace(
            sight, reviewer=None
        )  # orders, and filters that ask for no label, are the same for all
        sight = sight if _asks_labels(query) else everyones
        ranked = query.order != tree.Order() or draw
        ranking = self._ranking(run_id, query.order, everyones, draw) if ranked else None
        key, stamp = (run_id, query, sight), (self._stamp(run_id, query), id(ranking))
        known = self._lists.get(key, stamp)
        if known is None:
            known = self._found(run_id, query, sight, ranking)
            self._lists.keep(key, stamp, known)
        return known

    def forget(self, run_id: str) -> None:
        """Lets orders of a run be drawn up anew."""
        self._orders.drop(lambda key: isinstance(key, tuple) and key[0] == run_id)

    def forget_all(self) -> None:
        """As after a start."""
        self._orders.drop(lambda key: True)
        self._lists.drop(lambda key: True)

    def _found(self, run_id: str, query: tree.Query, sight: Sight, ranking: Ranking | None) -> Listed:
        if query.node is None and ranking:
            return Listed(range(len(ranking.numbers)), ranking)
        conditions = Conditions(self._db, run_id, sight, self._counted)
        condition = conditions.of(query.node)
        # A filter by text alone needs no look at the plan's rows.
        sql = conditions.alone(condition) or (
            f"SELECT rs.number FROM run_samples rs WHERE rs.run_id = :run AND {condition}"
        )
        numbers = self._numbers(sql, conditions.values)
        if ranking:
            known = np.frombuffer(ranking.places, dtype=np.int64)
            numbers = known[numbers[numbers < known.size]]
            numbers = numbers[numbers >= 0]
        return Listed(_packed(np.sort(numbers)), ranking)

    def _numbers(self, sql: str, values: dict[str, Any]) -> NDArray[np.int64]:
        """The numbers that a query finds, as one text: rows of them would take five times as long."""
        return whole_numbers(
            self._db.scalar(f"WITH found (number) AS ({sql}) SELECT group_concat(number) FROM found", values)
        )

    def _ranking(self, run_id: str, order: tree.Order, sight: Sight, draw: int) -> Ranking:
        draw = 0 if order != tree.Order() else draw
        key = (run_id, order, sight, draw)
        stamp, now = self._changes(run_id), self._clock()
        known = self._orders.get(key, stamp)
        if known is None or now - known[0] > ORDER_RESTS_S:
            known = (now, self._drawn_up(run_id, order, sight, draw))
        self._orders.keep(key, stamp, (now, known[1]))
        return known[1]

    def _drawn_up(self, run_id: str, order: tree.Order, sight: Sight, draw: int) -> Ranking:
        numbers = self._in_order(run_id, order, sight, draw)
        places = np.full(int(numbers.max(initial=0)) + 1, -1, dtype=np.int64)
        places[numbers] = np.arange(numbers.size)
        return Ranking(_packed(numbers), _packed(places))

    def _in_order(self, run_id: str, order: tree.Order, sight: Sight, draw: int) -> NDArray[np.int64]:
        if order.name == "informative":
            return most_informative(self._db, run_id, sight, descending=order.descending)
        conditions = Conditions(self._db, run_id, sight)
        if draw:
            sql = (
                "SELECT rs.number FROM draws d JOIN draw_samples x ON x.draw_id = d.id JOIN run_samples rs"
                " ON rs.run_id = d.run_id AND rs.sample_id = x.sample_id"
                f" WHERE d.run_id = :run AND d.number = {conditions.bind(draw)} ORDER BY x.place"
            )
            return np.array(self._db.column(sql, conditions.values), dtype=np.int64)
        sql = (
            f"SELECT group_concat(rs.number), group_concat({conditions.key(order)})"
            " FROM run_samples rs WHERE rs.run_id = :run"
        )
        (texts,) = self._db.tuples(sql, conditions.values)
        numbers, keys = (whole_numbers(text) for text in texts)
        unknown = keys == UNKNOWN
        keys[unknown] = 0
        found: NDArray[np.int64] = numbers[
            np.lexsort((numbers, -keys if order.descending else keys, unknown))
        ]
        return found

    def _stamp(self, run_id: str, query: tree.Query) -> Hashable:
        """Changes when what the query keeps may have changed."""
        leaves = list(tree.leaves(query.node))
        beside = any(
            isinstance(value, tree.Apart) for leaf in leaves for value in getattr(leaf, "values", ())
        )
        labels = _asks_labels(query)
        groups = any(leaf.field == "group" for leaf in leaves)
        rules = any(leaf.field == "changed" for leaf in leaves)
        return (
            self._changes(run_id),
            self._db.scalar("SELECT SUM(changes) FROM run_changes") if beside else 0,
            self._db.scalar("SELECT MAX(id) FROM labels") if labels else 0,
            self._db.scalar("SELECT MAX(id) FROM reason_edits") if groups else 0,
            self._db.scalar("SELECT group_concat(name || created_at) FROM scorers") if rules else 0,
            self._db.scalar("SELECT profile FROM runs WHERE id = ?", (run_id,)) if rules else "",
        )

    def _changes(self, run_id: str) -> int:
        """Grows with every change of a sample of the run."""
        return int(self._db.scalar("SELECT changes FROM run_changes WHERE run_id = ?", (run_id,)) or 0)


def _asks_labels(query: tree.Query) -> bool:
    return any(leaf.field in _OF_LABELS for leaf in tree.leaves(query.node))


def _packed(numbers: NDArray[np.int64]) -> array:  # type: ignore[type-arg]
    """As the standard library has them: its single numbers are Python's, and it can be searched by `bisect`."""
    return array("q", numbers.tobytes())


class _Shelf(Generic[Kept]):
    """The latest few values, each with the stamp under which it holds."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, tuple[Hashable, Kept]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, stamp: Hashable) -> Kept | None:
        with self._lock:
            known = self._kept.get(key)
            if known is None or known[0] != stamp:
                return None
            self._kept.move_to_end(key)
            return known[1]

    def keep(self, key: Hashable, stamp: Hashable, value: Kept) -> None:
        with self._lock:
            self._kept[key] = (stamp, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def drop(self, which: Callable[[Any], bool]) -> None:
        with self._lock:
            for key in [key for key in self._kept if which(key)]:
                del self._kept[key]
