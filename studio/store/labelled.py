"""Conditions on what reviewers say: verdicts, whose labels stand on an answer, with which tags and notes."""

from studio.query import Matcher, fits, folded, tree
from studio.store.database import Database, dump, load
from studio.store.texts import Bind

LABELLED = {"reviewer", "tag", "note"}


def own_sql(reviewer: str) -> str:
    """The condition that the sample of a row `rs` has a standing label of a reviewer, named as it is bound."""
    return (
        "EXISTS (SELECT 1 FROM standing_labels own WHERE own.run_id = rs.run_id AND own.sample_id = rs.sample_id"
        f" AND own.reviewer = {reviewer})"
    )


def said_sql(reviewer: str | None, value: tree.Value, bind: Bind) -> str:
    """The condition that people say this of the sample, as far as the reviewer who looks may know (None: all of it)."""
    if isinstance(value, tree.Nothing | tree.Anything):
        return f"rs.human IS {'NOT ' if isinstance(value, tree.Anything) else ''}NULL"
    word = value.text if isinstance(value, tree.Word) else ""
    if word == "hidden":
        return "0" if reviewer is None else f"(rs.human IS NOT NULL AND NOT {own_sql(bind(reviewer))})"
    said = f"rs.human = {bind(word)}"
    return said if reviewer is None else f"({said} AND {own_sql(bind(reviewer))})"


def labelled_sql(
    db: Database,
    run_id: str,
    field: str,
    value: tree.Value,
    bind: Bind,
    *,
    whole: bool = False,
    reviewer: str | None = None,
) -> str:
    """The condition that a standing label of the sample has this reviewer, tag or note (`whole`: all of the note); tags
    and notes count only where the `reviewer` who looks has labelled the sample, if there is one.

    There are few labels beside the samples of a run, so they are read and tried here. Raises BadInput for an
    expression that takes too long.
    """
    rows = db.tuples(
        "SELECT t.sample_id, t.reviewer, l.tags, l.note FROM standing_labels t JOIN labels l ON l.id = t.label_id"
        " WHERE t.run_id = ?",
        (run_id,),
    )
    if reviewer is not None and field != "reviewer":
        own = {sample_id for sample_id, name, _, _ in rows if name == reviewer}
        rows = [row for row in rows if row[0] in own]
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
