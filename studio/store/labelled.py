"""Conditions on what reviewers wrote: whose labels stand on an answer, with which tags and notes."""

from studio.query import Matcher, fits, folded, tree
from studio.store.database import Database, dump, load
from studio.store.texts import Bind

LABELLED = {"reviewer", "tag", "note"}


def labelled_sql(
    db: Database, run_id: str, field: str, value: tree.Value, bind: Bind, *, whole: bool = False
) -> str:
    """The condition that a standing label of the sample has this reviewer, tag or note (`whole`: all of the note).

    There are few labels beside the samples of a run, so they are read and tried here. Raises BadInput for an
    expression that takes too long.
    """
    rows = db.tuples(
        "SELECT t.sample_id, t.reviewer, l.tags, l.note FROM standing_labels t JOIN labels l ON l.id = t.label_id"
        " WHERE t.run_id = ?",
        (run_id,),
    )
    nothing = isinstance(value, tree.Nothing)
    wanted = tree.Anything() if nothing else value
    inside = field == "note" and not whole
    matcher = Matcher(value.source) if isinstance(value, tree.Pattern) else None
    found = {
        sample_id
        for sample_id, reviewer, tags, note in rows
        for word in _words(field, reviewer, tags, note)
        if (matcher.found(folded(word)) if matcher else _has(wanted, word, inside=inside))
    }
    return f"rs.sample_id {'NOT ' if nothing else ''}IN (SELECT value FROM json_each({bind(dump(sorted(found)))}))"


def _words(field: str, reviewer: str, tags: str, note: str) -> list[str]:
    if field == "tag":
        return [str(tag) for tag in load(tags)]
    return [reviewer] if field == "reviewer" else [note.strip()] if note.strip() else []


def _has(value: tree.Value, word: str, *, inside: bool) -> bool:
    if inside and isinstance(value, tree.Word):
        return folded(value.text.strip()) in folded(word)
    return fits(value, word)
