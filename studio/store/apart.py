"""Two runs beside each other: the samples on which they differ, or agree."""

from studio.core.errors import BadInput
from studio.query import folded, nearest, tree
from studio.store.database import Database
from studio.store.texts import Bind

_EM = "({a}.em IS NOT NULL AND b.em IS NOT NULL AND ({a}.em >= 0.5) <> (b.em >= 0.5))"
_ANSWER = "({a}.answer_mark <> b.answer_mark)"
# What it means that two runs differ. `model` is either: one was right and the other wrong, or they said other things.
DIFFERENT = {
    "em": _EM,
    "js": "({a}.js IS NOT NULL AND b.js IS NOT NULL AND ({a}.js >= 0.5) <> (b.js >= 0.5))",
    "answer": _ANSWER,
    "model": f"({_EM} OR {_ANSWER})",
}
# Both have what is compared; without it they are neither different nor the same.
COMPARABLE = {
    "em": "{a}.em IS NOT NULL AND b.em IS NOT NULL",
    "js": "{a}.js IS NOT NULL AND b.js IS NOT NULL",
    "answer": "{a}.answer_mark IS NOT NULL AND b.answer_mark IS NOT NULL",
    "model": "{a}.answer_mark IS NOT NULL AND b.answer_mark IS NOT NULL",
}


def apart_sql(db: Database, run_id: str, field: str, value: tree.Apart, bind: Bind) -> str:
    """The condition that the two runs differ on a sample (or, where asked so, agree). Raises BadInput for a run that
    is not there."""
    left = _run_of(db, run_id, value.left, other_than="")
    right = _run_of(db, run_id, value.right, other_than=left)
    first = "rs" if left == run_id else "a"
    test = f"{COMPARABLE[field]} AND {'NOT ' if value.same else ''}{DIFFERENT[field]}".format(a=first)
    beside = f"run_samples b WHERE b.run_id = {bind(right)} AND b.sample_id = {first}.sample_id AND {test}"
    if left == run_id:
        return f"EXISTS (SELECT 1 FROM {beside})"
    # Two other runs: beside each other first, which one index answers in its order.
    return f"rs.sample_id IN (SELECT a.sample_id FROM run_samples a, {beside} AND a.run_id = {bind(left)})"


def _run_of(db: Database, run_id: str, name: str, other_than: str) -> str:
    """A run by its id, else by the name of its model (all of it, or what follows the last slash) or its title: this
    one, else the newest that has a task of this run. Empty is the run itself."""
    if not name:
        return run_id
    wanted = folded(name)
    rows = db.rows(
        "SELECT id, model, title FROM runs ORDER BY id = ? DESC, created_at DESC, rowid DESC", (run_id,)
    )
    if any(row["id"] == name for row in rows):
        return name
    for row in rows:
        names = {folded(row["model"]), folded(row["model"].rpartition("/")[2]), folded(row["title"])}
        if wanted in names and row["id"] != other_than and _share(db, run_id, row["id"]):
            return str(row["id"])
    known = tuple(dict.fromkeys(row["model"] for row in rows))
    near = nearest(name, known)
    if near and folded(near) != wanted:
        raise BadInput("query_run_like", name=name, suggestion=near)
    raise BadInput("query_run_unknown", name=name, known=", ".join(known[:8]))


def _share(db: Database, run_id: str, other: str) -> bool:
    return run_id == other or bool(
        db.scalar(
            "SELECT 1 FROM tasks WHERE EXISTS (SELECT 1 FROM run_samples WHERE run_id = ? AND task_id = tasks.id)"
            " AND EXISTS (SELECT 1 FROM run_samples WHERE run_id = ? AND task_id = tasks.id) LIMIT 1",
            (run_id, other),
        )
    )


def others(db: Database, run_id: str, most: int = 4) -> list[str]:
    """The latest runs of models that have samples of this run, itself left out."""
    rows = db.tuples(
        "SELECT id FROM runs WHERE kind <> 'human' AND id <> ? ORDER BY created_at DESC, rowid DESC",
        (run_id,),
    )
    return [other for (other,) in rows if _share(db, run_id, other)][:most]
