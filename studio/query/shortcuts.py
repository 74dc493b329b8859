"""One filter, two ways to say it: the selects of a page (task, cell, category) and the text in the box.

A select stands for a term at the top of the text: `task:weird len>200` and the task chosen with `len>200` typed are the
same filter, and both are shown in both places.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from studio.core.run import CELLS, SampleFilter
from studio.query import tree
from studio.query.fields import CATEGORY, folded
from studio.query.parsing import parse
from studio.query.printing import canonical


def split(text: str, tasks: Iterable[str] = (), categories: Iterable[str] = ()) -> SampleFilter:
    """A text as a filter whose plainest terms stand in its own fields and the rest, canonical, in `where`.

    `tasks` and `categories` (`key=value`) are those that the selects offer, spelled as there. Raises QueryError.
    """
    query = parse(text)
    known = {
        "task": {folded(task): task for task in tasks},
        "category": {folded(category): category for category in categories},
        "cell": {cell: cell for cell in (*CELLS, "disagree", "truncated")},
    }
    found, rest = SampleFilter(), []
    for part in tree.conjuncts(query.node):
        name, said = _shortcut(part)
        value = known[name].get(said) if name else None
        if value and not getattr(found, name):
            change: dict[str, Any] = {name: value}
            found = replace(found, **change)
        else:
            rest.append(part)
    return replace(found, where=canonical(replace(query, node=tree.all_of(tuple(rest)))))


def joined(where: SampleFilter) -> str:
    """The whole of a filter as one canonical text. Raises QueryError."""
    query = parse(where.where)
    parts: list[tree.Node] = []
    if where.task:
        parts.append(tree.Term("task", (tree.Word(where.task),)))
    if where.cell == "truncated":
        parts.append(tree.Term("truncated", (tree.Word("1"),)))
    elif where.cell:
        parts.append(tree.Term("cell", (tree.Word(where.cell),)))
    if where.category:
        key, _, value = where.category.partition("=")
        parts.append(tree.Term(CATEGORY, (tree.Word(value),), key))
    if where.text.strip():
        parts.append(tree.Term("text", (tree.Word(where.text.strip()),)))
    return canonical(replace(query, node=tree.all_of((*parts, *tree.conjuncts(query.node)))))


def _shortcut(part: tree.Node) -> tuple[str, str]:
    """The field of SampleFilter that could say the same as a part, with the folded value; empty where none could."""
    if not isinstance(part, tree.Term) or len(part.values) != 1 or not isinstance(part.values[0], tree.Word):
        return "", ""
    value = part.values[0].text
    if part.field == "truncated":
        return ("cell", "truncated") if value == "1" else ("", "")
    if part.field == CATEGORY:
        return "category", folded(f"{part.key}={value}")
    return (part.field, folded(value)) if part.field in {"task", "cell"} else ("", "")
