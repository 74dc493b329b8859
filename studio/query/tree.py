"""A filter as a tree: what is asked, whatever words it was asked in. Equal trees keep the same samples."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Sign = Literal["<", "<=", ">", ">="]


@dataclass(frozen=True)
class Word:
    """A value as it is, or a text to look for; case and ё do not count."""

    text: str


@dataclass(frozen=True)
class Glob:
    """A value with `*` for any characters, even none."""

    text: str


@dataclass(frozen=True)
class Pattern:
    """A regular expression; case and ё do not count."""

    source: str


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Range:
    """Numbers from `low` to `high`, both inside; None is no end on that side."""

    low: float | None
    high: float | None


@dataclass(frozen=True)
class Nothing:
    """No value is known: `judge_p:none`."""


@dataclass(frozen=True)
class Anything:
    """Some value is known: `tag:*`."""


@dataclass(frozen=True)
class Apart:
    """Two runs, by id or by the name of the model; empty is the run that is filtered. `same` asks for those alike."""

    left: str
    right: str
    same: bool = False


Value = Word | Glob | Pattern | Number | Range | Nothing | Anything | Apart


@dataclass(frozen=True)
class Term:
    """A field has one of the values. `key` names the category of a field `cat.key`."""

    field: str
    values: tuple[Value, ...]
    key: str = ""


@dataclass(frozen=True)
class Comparison:
    """A number stands below or above another."""

    field: str
    sign: Sign
    value: float


@dataclass(frozen=True)
class Whole:
    """A text is one of these, all of it and not a part: `answer=да`."""

    field: str
    values: tuple[Word, ...]


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class And:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    parts: tuple["Node", ...]


Leaf = Term | Comparison | Whole
Node = Leaf | Not | And | Or


@dataclass(frozen=True)
class Order:
    """How the kept samples follow each other; equal ones by number."""

    name: str = "number"
    descending: bool = False


@dataclass(frozen=True)
class Query:
    """`node` None keeps every sample."""

    node: Node | None = None
    order: Order = Order()


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Every term of a tree, in its order."""
    match node:
        case None:
            return
        case Not(part):
            yield from leaves(part)
        case And(parts) | Or(parts):
            for each in parts:
                yield from leaves(each)
        case _:
            yield node


def conjuncts(node: Node | None) -> tuple[Node, ...]:
    """The parts that must all hold."""
    if node is None:
        return ()
    return node.parts if isinstance(node, And) else (node,)


def all_of(parts: tuple[Node, ...]) -> Node | None:
    """The tree of parts that must all hold; None of no parts."""
    flat = tuple(inner for part in parts for inner in conjuncts(part))
    return And(flat) if len(flat) > 1 else flat[0] if flat else None


def any_of(parts: tuple[Node, ...]) -> Node:
    """The tree of parts of which one must hold."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return Or(flat) if len(flat) > 1 else flat[0]


def none_of(part: Node) -> Node:
    """The tree that keeps what another leaves out."""
    return part.part if isinstance(part, Not) else Not(part)
