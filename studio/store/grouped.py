"""Conditions on groups of failures, and which of them completion offers."""

from studio.query import NAMED, fits, tree
from studio.store.database import Database, dump, load
from studio.store.texts import Bind

# The names that a run's groups go by: of its latest grouping, so that one name is one group. A number is any group's.
_NAMED = (
    "SELECT g.id, g.name, g.titles, g.trait, (SELECT COUNT(*) FROM reason_samples x WHERE x.book_id = g.book_id"
    " AND x.group_id = g.id AND x.run_id = :run) AS n FROM reason_groups g WHERE g.alive AND g.book_id ="
    " (SELECT b.book_id FROM reason_runs b JOIN reason_edits e ON e.book_id = b.book_id WHERE b.run_id = :run"
    " ORDER BY e.id DESC LIMIT 1)"
)


def grouped_sql(db: Database, run_id: str, value: tree.Value, bind: Bind) -> str:
    """The condition that the sample is in such a group; by a number, or by a name that a person gave or its own."""
    if isinstance(value, tree.Word) and value.text.isdecimal():
        return f"rs.sample_id IN ({_IN} = {bind(int(value.text))})"
    wanted = tree.Anything() if isinstance(value, tree.Nothing) else value
    found = [group for group, names, _ in _named(db, run_id) if any(fits(wanted, name) for name in names)]
    within = f"{_IN} IN (SELECT value FROM json_each({bind(dump(found))}))"
    return f"rs.sample_id {'NOT ' if isinstance(value, tree.Nothing) else ''}IN ({within})"


def known_groups(db: Database, run_id: str, lang: str) -> list[tuple[str, int]]:
    """The groups of a run's latest grouping by number and name, the largest first, with how many of its answers each
    holds."""
    found = [
        (f"{group}{NAMED}{names[0] or titles.get(lang, '')}".removesuffix(NAMED), n)
        for group, names, (titles, n) in _named(db, run_id)
    ]
    return sorted(found, key=lambda each: (-each[1], each[0]))


_IN = "SELECT sample_id FROM reason_samples WHERE run_id = :run AND group_id"


def _named(db: Database, run_id: str) -> list[tuple[int, tuple[str, ...], tuple[dict[str, str], int]]]:
    """(number, every name, (own names by language, answers of the run)) of each group."""
    rows = db.tuples(_NAMED, {"run": run_id})
    return [
        (group, (name, *load(titles).values(), trait), (load(titles), n))
        for group, name, titles, trait, n in rows
    ]
