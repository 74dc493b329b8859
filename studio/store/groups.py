"""Groups of failures that are kept. What is done to them is only added: each edit holds what it changed, before and
after, and an undo is an edit that goes the other way."""

import json
import secrets
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from studio.core.errors import BadInput
from studio.core.reasons import Answer
from studio.store.database import Database, dump, load

_COLUMNS = ("alive", "made", "merged", "name", "trait", "words", "titles", "decided", "typical")
_JSON = ("words", "titles", "typical")


@dataclass(frozen=True)
class GroupFacts:
    """What a group is, but for who is in it. `titles` are its own name in each language."""

    alive: bool = False
    made: bool = False
    merged: int = 0
    name: str = ""
    trait: str = ""
    words: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    decided: str = ""
    typical: tuple[Answer, ...] = ()


class Place(NamedTuple):
    """Where an answer is: `group` 0 is in no group; `pinned`: a person put it there."""

    group: int
    pinned: bool = False


@dataclass(frozen=True)
class NewEdit:
    """An edit to be made. Groups that it begins are `made`; moves and changes speak of the first of them as -1, of the
    second as -2. A move to None takes an answer out of the book."""

    action: str
    detail: Mapping[str, Any]
    author: str = ""
    client_id: str = ""
    made: tuple[GroupFacts, ...] = ()
    moves: Mapping[Answer, Place | None] = field(default_factory=dict)
    changes: Mapping[int, GroupFacts] = field(default_factory=dict)


@dataclass(frozen=True)
class EditRow:
    """An edit that was made; `n` answers changed their group."""

    id: int
    action: str
    detail: Mapping[str, Any]
    author: str
    at: float
    n: int


class Counted(NamedTuple):
    """Answers of one group, run and task; `pinned` of them were put there by a person."""

    group: int
    run: str
    task: str
    n: int
    pinned: int


class Groups:
    """Books of groups. Every method is one short transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # which book

    def books(self, run_id: str) -> list[tuple[int, tuple[str, ...]]]:
        """The books that a run is in, the latest edited first, each with its runs."""
        rows = self._db.tuples(
            "SELECT b.book_id, (SELECT json_group_array(run_id) FROM reason_runs r WHERE r.book_id = b.book_id)"
            " FROM reason_runs b WHERE b.run_id = ? ORDER BY"
            " (SELECT MAX(id) FROM reason_edits e WHERE e.book_id = b.book_id) DESC",
            (run_id,),
        )
        return [(book, tuple(load(runs))) for book, runs in rows]

    def book_of(self, runs: Iterable[str]) -> int | None:
        """The book of exactly these runs."""
        wanted = set(runs)
        found = self.books(min(wanted)) if wanted else []
        return next((book for book, theirs in found if set(theirs) == wanted), None)

    def runs(self, book: int) -> tuple[str, ...]:
        """The runs of a book, in the order in which they began; none: there is no such book."""
        return tuple(
            self._db.column(
                "SELECT r.id FROM reason_runs b JOIN runs r ON r.id = b.run_id WHERE b.book_id = ?"
                " ORDER BY r.created_at, r.id",
                (book,),
            )
        )

    def book_with(self, group: int) -> int | None:
        """The book that a living group is in."""
        found = self._db.scalar("SELECT book_id FROM reason_groups WHERE id = ? AND alive", (group,))
        return None if found is None else int(found)

    def open(self, runs: Sequence[str]) -> int:
        """The book of these runs, begun if there is none."""
        known = self.book_of(runs)
        if known is not None:
            return known
        with self._db.write() as connection:
            cursor = connection.execute("INSERT INTO reason_books (created_at) VALUES (?)", (time.time(),))
            connection.executemany(
                "INSERT INTO reason_runs (book_id, run_id) VALUES (?, ?)",
                [(cursor.lastrowid, run) for run in runs],
            )
        return int(cursor.lastrowid or 0)

    # what stands

    def groups(self, book: int) -> dict[int, GroupFacts]:
        """The living groups."""
        rows = self._db.rows(
            f"SELECT id, {', '.join(_COLUMNS)} FROM reason_groups WHERE book_id = ? AND alive ORDER BY id",
            (book,),
        )
        return {row.pop("id"): _facts(row) for row in rows}

    def counts(self, book: int) -> list[Counted]:
        """How many answers are where; those of group 0 are in none."""
        rows = self._db.tuples(
            "SELECT x.group_id, x.run_id, t.name, x.n, x.pinned FROM (SELECT group_id, run_id, task_id,"
            " COUNT(*) AS n, SUM(pinned) AS pinned FROM reason_samples WHERE book_id = ? GROUP BY 1, 2, 3) x"
            " JOIN tasks t ON t.id = x.task_id ORDER BY 1, 2, 3",
            (book,),
        )
        return [Counted(*row) for row in rows]

    def places(self, book: int) -> dict[Answer, Place]:
        """Where each answer of the book is."""
        return _places(self._db.tuples(_PLACES, (book,)))

    def members(
        self, book: int, group: int, no_tasks: Iterable[str], offset: int, limit: int
    ) -> list[tuple[str, int, int, bool]]:
        """(run, sample id, number, pinned) of a group's answers in the order of runs; those of `no_tasks` left out."""
        return [
            (run, sample, number, bool(pinned))
            for run, sample, number, pinned in self._db.tuples(
                "SELECT x.run_id, x.sample_id, rs.number, x.pinned FROM reason_samples x JOIN run_samples rs"
                " ON rs.run_id = x.run_id AND rs.sample_id = x.sample_id JOIN tasks t ON t.id = x.task_id"
                " WHERE x.book_id = ? AND x.group_id = ? AND t.name NOT IN (SELECT value FROM json_each(?))"
                " ORDER BY x.run_id, rs.number LIMIT ? OFFSET ?",
                (book, group, dump(sorted(no_tasks)), limit, offset),
            )
        ]

    def standing(self, book: int, answers: Iterable[Answer]) -> dict[Answer, tuple[int, Place]]:
        """Of these answers of the book: their number in the run, and where they are."""
        found: dict[Answer, tuple[int, Place]] = {}
        for run, samples in _by_run(answers).items():
            rows = self._db.tuples(
                "SELECT x.sample_id, rs.number, x.group_id, x.pinned FROM reason_samples x JOIN run_samples rs"
                " ON rs.run_id = x.run_id AND rs.sample_id = x.sample_id WHERE x.book_id = ? AND x.run_id = ?"
                " AND x.sample_id IN (SELECT value FROM json_each(?))",
                (book, run, dump(samples)),
            )
            found |= {(run, sample): (number, Place(group, bool(pin))) for sample, number, group, pin in rows}
        return found

    def grouped(self, book: int, run_id: str) -> set[int]:
        """Numbers of the run's samples that are in a group of the book."""
        return set(
            self._db.column(
                "SELECT rs.number FROM reason_samples x JOIN run_samples rs ON rs.run_id = x.run_id AND"
                " rs.sample_id = x.sample_id WHERE x.book_id = ? AND x.run_id = ? AND x.group_id > 0",
                (book, run_id),
            )
        )

    def labelled(self, book: int) -> list[tuple[str, int, int, str, int]]:
        """(run, sample id, number, task, group) of grouped answers with a label, in the order of the last ones."""
        return self._db.tuples(
            "SELECT x.run_id, x.sample_id, rs.number, t.name, x.group_id FROM standing_labels sl"
            " JOIN reason_samples x ON x.run_id = sl.run_id AND x.sample_id = sl.sample_id AND x.book_id = :book"
            " JOIN run_samples rs ON rs.run_id = x.run_id AND rs.sample_id = x.sample_id"
            " JOIN tasks t ON t.id = x.task_id"
            " WHERE sl.run_id IN (SELECT run_id FROM reason_runs WHERE book_id = :book) AND x.group_id > 0"
            " GROUP BY x.run_id, x.sample_id ORDER BY MAX(sl.label_id)",
            {"book": book},
        )

    def notes(self, answers: Iterable[Answer]) -> list[tuple[str, int, str, str]]:
        """(run, sample id, reviewer, note) of the standing labels on these answers, notes that say nothing too."""
        return [
            (run, *row)
            for run, samples in _by_run(answers).items()
            for row in self._db.tuples(
                "SELECT sl.sample_id, sl.reviewer, l.note FROM standing_labels sl JOIN labels l ON l.id = sl.label_id"
                " WHERE sl.run_id = ? AND sl.sample_id IN (SELECT value FROM json_each(?)) ORDER BY l.id",
                (run, dump(samples)),
            )
        ]

    # what was done

    def is_known(self, book: int, client_id: str) -> bool:
        """Whether an edit under this word was made."""
        sql = "SELECT 1 FROM reason_edits WHERE book_id = ? AND client_id = ?"
        return bool(client_id) and self._db.scalar(sql, (book, client_id)) is not None

    def edits(self, book: int, limit: int = -1) -> list[EditRow]:
        """What was done and not taken back, the latest first."""
        rows = self._db.tuples(
            "SELECT e.id, e.action, e.detail, e.author, e.created_at, e.n FROM reason_edits e"
            f" WHERE e.book_id = ? AND {_STANDS} ORDER BY e.id DESC LIMIT ?",
            (book, limit),
        )
        return [EditRow(edit, action, load(detail), *rest) for edit, action, detail, *rest in rows]

    def last_grouping(self, book: int) -> EditRow | None:
        """The grouping by the engine that stands now."""
        rows = self._db.tuples(
            "SELECT e.id, e.action, e.detail, e.author, e.created_at, e.n FROM reason_edits e"
            f" WHERE e.book_id = ? AND e.action = 'group' AND {_STANDS} ORDER BY e.id DESC LIMIT 1",
            (book,),
        )
        return next(
            (EditRow(edit, action, load(detail), *rest) for edit, action, detail, *rest in rows), None
        )

    def add(self, book: int, edit: NewEdit) -> tuple[int, ...]:
        """Makes an edit; the numbers of the groups that it began. One whose `client_id` is known changes nothing."""
        with self._db.write() as connection:
            if _seen(connection, book, edit.client_id):
                return ()
            made = tuple(_begun(connection, book) for _ in edit.made)
            names = {-place: group for place, group in enumerate(made, 1)}
            edit_id = _kept(
                connection, book, edit, {**edit.detail, "made": list(made)} if made else edit.detail
            )
            changes = {names.get(group, group): facts for group, facts in edit.changes.items()}
            changes |= dict(zip(made, edit.made, strict=True))
            for group, facts in changes.items():
                _change(connection, edit_id, group, facts)
            places = _places(connection.execute(_PLACES, (book,))) if edit.moves else {}
            moves = [
                (edit_id, *answer, *_told(places.get(answer)), *_told(after))
                for answer, place in edit.moves.items()
                for after in [place and Place(names.get(place.group, place.group), place.pinned)]
                if places.get(answer) != after
            ]
            _move(connection, book, edit_id, moves)
        return made

    def undo(self, book: int, author: str, client_id: str = "") -> EditRow | None:
        """Takes the latest edit back, but not the first grouping. The edit; None: there is nothing to take back."""
        latest = self.edits(book, 2)
        if len(latest) < 2:
            return None
        last = latest[0]
        with self._db.write() as connection:
            if _seen(connection, book, client_id):
                return None
            undo = NewEdit("undo", {}, author, client_id)
            edit_id = _kept(connection, book, undo, {}, undoes=last.id)
            rows = connection.execute(
                "SELECT group_id, before FROM reason_changes WHERE edit_id = ?", (last.id,)
            ).fetchall()
            for group, before in rows:
                _change(connection, edit_id, group, _facts(load(before)))
            moves = connection.execute(_BACK, {"last": last.id, "edit": edit_id}).fetchall()
            _move(connection, book, edit_id, moves)
        return last


_STANDS = "e.action <> 'undo' AND NOT EXISTS (SELECT 1 FROM reason_edits u WHERE u.undoes = e.id AND u.action = 'undo')"
_PLACES = "SELECT run_id, sample_id, group_id, pinned FROM reason_samples WHERE book_id = ?"
# An answer that has been asked for again since stays where it is: the group it was in spoke of another one.
_BACK = (
    "SELECT :edit, m.run_id, m.sample_id, m.group_after, m.pinned_after, m.group_before, m.pinned_before"
    " FROM reason_moves m JOIN run_samples rs ON rs.run_id = m.run_id AND rs.sample_id = m.sample_id"
    " AND rs.generation_id IS m.generation_id WHERE m.edit_id = :last"
)


def _places(rows: Iterable[Sequence[Any]]) -> dict[Answer, Place]:
    return {(run, sample): Place(group, bool(pinned)) for run, sample, group, pinned in rows}


def _by_run(answers: Iterable[Answer]) -> dict[str, list[int]]:
    """Sample ids by run."""
    found: dict[str, list[int]] = {}
    for run, sample in sorted(answers):
        found.setdefault(run, []).append(sample)
    return found


def _told(place: Place | None) -> tuple[int | None, int]:
    return (None, 0) if place is None else (place.group, int(place.pinned))


def _seen(connection: sqlite3.Connection, book: int, client_id: str) -> bool:
    sql = "SELECT 1 FROM reason_edits WHERE book_id = ? AND client_id = ?"
    return bool(client_id) and connection.execute(sql, (book, client_id)).fetchone() is not None


def _begun(connection: sqlite3.Connection, book: int) -> int:
    return int(connection.execute("INSERT INTO reason_groups (book_id) VALUES (?)", (book,)).lastrowid or 0)


def _kept(
    connection: sqlite3.Connection,
    book: int,
    edit: NewEdit,
    detail: Mapping[str, Any],
    undoes: int | None = None,
) -> int:
    client_id = edit.client_id or secrets.token_hex(16)
    cursor = connection.execute(
        "INSERT INTO reason_edits (book_id, action, detail, author, client_id, undoes, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (book, edit.action, dump(dict(detail)), edit.author, client_id, undoes, time.time()),
    )
    return int(cursor.lastrowid or 0)


def _change(connection: sqlite3.Connection, edit_id: int, group: int, after: GroupFacts) -> None:
    """Writes what a group is now, and beside it what it was. Raises BadInput: there is no such group."""
    columns = ", ".join(_COLUMNS)
    row = connection.execute(f"SELECT {columns} FROM reason_groups WHERE id = ?", (group,)).fetchone()
    if row is None:
        raise BadInput("unknown_group", number=group)
    before = _facts(dict(zip(_COLUMNS, row, strict=True)))
    if before == after:
        return
    connection.execute(
        "INSERT INTO reason_changes (edit_id, group_id, before, after) VALUES (?, ?, ?, ?)",
        (edit_id, group, dump(_columns(before)), dump(_columns(after))),
    )
    connection.execute(
        f"UPDATE reason_groups SET {', '.join(f'{name} = :{name}' for name in _COLUMNS)} WHERE id = :id",
        {**_columns(after), "id": group},
    )


def _move(connection: sqlite3.Connection, book: int, edit_id: int, moves: Sequence[Sequence[Any]]) -> None:
    """Moves are (edit, run, sample, group and pinned before, group and pinned after)."""
    connection.executemany(
        "INSERT INTO reason_moves (edit_id, run_id, sample_id, generation_id, group_before, pinned_before,"
        " group_after, pinned_after) SELECT ?1, ?2, ?3, (SELECT generation_id FROM run_samples WHERE run_id = ?2"
        " AND sample_id = ?3), ?4, ?5, ?6, ?7",
        moves,
    )
    connection.executemany(
        "DELETE FROM reason_samples WHERE book_id = ? AND run_id = ? AND sample_id = ?",
        [(book, run, sample) for _, run, sample, _, _, after, _ in moves if after is None],
    )
    connection.executemany(
        "INSERT INTO reason_samples (book_id, run_id, sample_id, task_id, group_id, pinned) SELECT ?1, ?2, ?3,"
        " task_id, ?4, ?5 FROM run_samples WHERE run_id = ?2 AND sample_id = ?3 ON CONFLICT DO UPDATE SET"
        " group_id = excluded.group_id, pinned = excluded.pinned",
        [(book, run, sample, after, pin) for _, run, sample, _, _, after, pin in moves if after is not None],
    )
    connection.execute("UPDATE reason_edits SET n = ? WHERE id = ?", (len(moves), edit_id))


def _facts(row: Mapping[str, Any]) -> GroupFacts:
    found = {name: json.loads(row[name]) if name in _JSON else row[name] for name in _COLUMNS}
    found["typical"] = tuple((run, sample) for run, sample in found["typical"])
    return GroupFacts(
        **{**found, "words": tuple(found["words"]), "alive": bool(row["alive"]), "made": bool(row["made"])}
    )


def _columns(facts: GroupFacts) -> dict[str, Any]:
    """A group's columns, as `_facts` reads them."""
    plain = {name: getattr(facts, name) for name in _COLUMNS}
    lists = {
        "words": list(facts.words),
        "titles": dict(facts.titles),
        "typical": [list(each) for each in facts.typical],
    }
    return {
        **plain, **{name: dump(value) for name, value in lists.items()},
        "alive": int(facts.alive), "made": int(facts.made),
    }  # fmt: skip


def ended(facts: GroupFacts) -> GroupFacts:
    """The group when it is no more."""
    return replace(facts, alive=False)
