"""One filter, two ways to say it: the selects of a page (task, cell, category) and the text in the box.

A select stands for a term at the top of the text: `task:weird len>200` and the task chosen with `len>200` typed are the
same filter, and both are shown in both places.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from studio.core.label import LABEL_FILTERS
from studio.core.run import CELLS, SampleFilter
from studio.query import tree
from studio.query.fields import CATEGORY, folded
from studio.query.parsing import parse
from studio.query.printing import canonical

# A label's filter in the words of the language, where they are others.
_LABELS: dict[str, tree.Value] = {"unlabelled": tree.Nothing(), "labelled": tree.Anything()}


def split(text: str, tasks: Iterable[str] = (), categories: Iterable[str] = ()) -> SampleFilter:
    """A text as a filter whose plainest terms stand in its own fields and the rest, canonical, in `where`.

    `tasks` and `categories` (`key=value`) are those that the selects offer, spelled as there. Raises QueryError.
    """
    query = parse(text)
    known = {
        "task": {folded(task): task for task in tasks},
        "category": {folded(category): category for category in categories},
        "cell": {cell: cell for cell in (*CELLS, "disagree", "truncated")},
        "label": {label: label for label in LABEL_FILTERS},
    }
    found, rest = SampleFilter(), []
    for part in tree.conjuncts(query.node):
        name, said = _shortcut(part)
        value: str | int | None = (
            int(said) if name == "draw" and said.isdigit() else known.get(name, {}).get(said)
        )
        if value and not getattr(found, name):
            change: dict[str, Any] = {name: value}
            found = replace(found, **change)
        else:
            rest.append(part)
    return replace(found, where=canonical(replace(query, node=tree.all_of(tuple(rest)))))


def joined(where: SampleFilter) -> str:
    """The whole of a filter as one canonical text. Raises QueryError."""
    return canonical(query_of(where))


def query_of(where: SampleFilter) -> tree.Query:
    """The whole of a filter as a tree. Raises QueryError."""
    query = parse(where.where)
    parts = [*_terms(where), *tree.conjuncts(query.node)]
    return replace(query, node=tree.all_of(tuple(parts)))


def label_value(label: str) -> tree.Value:
    """What a label's filter stands for in the field `human`."""
    return _LABELS.get(label) or tree.Word(label)


def _terms(where: SampleFilter) -> Iterator[tree.Node]:
    """What a filter's own fields say, as terms."""
    if where.task:
        yield tree.Term("task", (tree.Word(where.task),))
    if where.cell == "truncated":
        yield tree.Term("truncated", (tree.Word("1"),))
    elif where.cell:
        yield tree.Term("cell", (tree.Word(where.cell),))
    if where.label:
        yield tree.Term("human", (label_value(where.label),))
    if where.category:
        key, _, said = where.category.partition("=")
        yield tree.Term(CATEGORY, (tree.Word(said),), key)
    if where.draw:
        yield tree.Term("draw", (tree.Number(where.draw),))
    if where.unlabelled_by:
        yield tree.Term("state", (tree.Word("answered"),))
        yield tree.Not(tree.Term("reviewer", (tree.Word(where.unlabelled_by),)))
    if where.text.strip():
        yield tree.Term("text", (tree.Word(where.text.strip()),))


def _shortcut(part: tree.Node) -> tuple[str, str]:
    """The field of SampleFilter that could say the same as a part, with the folded value; empty where none could."""
    if not isinstance(part, tree.Term) or len(part.values) != 1:
        return "", ""
    (value,) = part.values
    if part.field == "human":
        label = next((name for name, meant in _LABELS.items() if meant == value), "")
        return "label", label or (value.text if isinstance(value, tree.Word) else "")
    if part.field == "draw" and isinstance(value, tree.Number):
        return "draw", f"{value.value:g}"
    if not isinstance(value, tree.Word):
        return "", ""
    if part.field == "truncated":
        return ("cell", "truncated") if value.text == "1" else ("", "")
    if part.field == CATEGORY:
        return "category", folded(f"{part.key}={value.text}")
    return (part.field, folded(value.text)) if part.field in {"task", "cell"} else ("", "")
