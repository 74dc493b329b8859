"""A tree as text again, in one way only: what `parse` makes of it is the same tree."""

from studio.query import tree
from studio.query.fields import ANYTHING, FIELDS, NOTHING
from studio.query.scanning import typed_on_the_other_layout
from studio.query.terms import number_of

_CONNECTIVES = {"OR", "AND", "NOT", "ИЛИ", "И", "НЕ"}
_PLAIN = frozenset("_.-+*%#@&;?[]{}^~$'№…–—")


def canonical(query: tree.Query) -> str:
    """The text of a query; empty of one that keeps everything as it stands."""
    parts = [_text(part, inside=True) for part in tree.conjuncts(query.node)]
    if len(parts) == 1 and isinstance(query.node, tree.Or) and query.order == tree.Order():
        parts = [_text(query.node, inside=False)]
    if query.order != tree.Order():
        parts.append(f"order:{'-' if query.order.descending else ''}{query.order.name}")
    return " ".join(parts)


def _text(node: tree.Node, *, inside: bool) -> str:
    match node:
        case tree.And(parts):
            found = " ".join(_text(part, inside=True) for part in parts)
            return f"({found})" if inside else found
        case tree.Or(parts):
            found = " OR ".join(_text(part, inside=isinstance(part, tree.Or)) for part in parts)
            return f"({found})" if inside else found
        case tree.Not(part):
            return f"-{_text(part, inside=True)}"
        case tree.Comparison(field, sign, value):
            return f"{field}{sign}{_number(value)}"
        case tree.Whole(field, values):
            return f"{field}={','.join(quoted(value.text, listed=True) for value in values)}"
        case tree.Term():
            return _term(node)


def _term(term: tree.Term) -> str:
    bare = term.field == "text" and len(term.values) == 1
    if bare and isinstance(term.values[0], tree.Word):
        return quoted(term.values[0].text, alone=True)
    key = f".{quoted(term.key, listed=True)}" if term.key else ""
    return f"{term.field}{key}:{','.join(_value(term.field, value) for value in term.values)}"


def _value(field: str, value: tree.Value) -> str:
    match value:
        case tree.Word(text):
            known = FIELDS[field]
            if text in known.choices:
                return text
            return quoted(
                text, listed=True, force=known.kind == "name" and (text == NOTHING[0] or "*" in text)
            )
        case tree.Glob(text):
            return text
        case tree.Pattern(source):
            return f"/{_slashed(source)}/"
        case tree.Number(number):
            return _number(number)
        case tree.Range(low, high):
            return f"{'' if low is None else _number(low)}..{'' if high is None else _number(high)}"
        case tree.Nothing():
            return NOTHING[0]
        case tree.Anything():
            return ANYTHING
        case tree.Apart(left, right, same):
            sides = (quoted(side, listed=True) if side else "" for side in (left, right))
            return ("=" if same else "≠").join(sides)


def _number(value: float) -> str:
    if value == int(value):
        return str(int(value))
    text = f"{value:.15f}".rstrip("0")
    return text if number_of(text) == value else repr(value)


def quoted(text: str, *, alone: bool = False, listed: bool = False, force: bool = False) -> str:
    """A word as it is where nothing in it can be taken for the language, else in quotes.

    `alone`: it stands without a field, where a connective, a minus or a star would mean something else.
    """
    plain = text and all(character.isalnum() or character in _PLAIN for character in text)
    if alone or listed:
        plain = plain and text[0] != "-" and text not in _CONNECTIVES
    if alone:
        plain = plain and not typed_on_the_other_layout(text)
    if listed:
        plain = plain and text != ANYTHING
    if plain and not force:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _slashed(source: str) -> str:
    """An expression with its slashes escaped; what already follows a backslash stays."""
    found, escaped = [], False
    for character in source:
        if character == "/" and not escaped:
            found.append("\\")
        found.append(character)
        escaped = character == "\\" and not escaped
    return "".join(found)
