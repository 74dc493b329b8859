"""From a filter's words to its tree."""

from functools import lru_cache

from studio.query import tree
from studio.query.errors import wrong
from studio.query.scanning import Scanner, Token
from studio.query.terms import Ordered, term_of

LONGEST = 2_000  # characters
DEEPEST = 30  # brackets inside brackets
MOST_TERMS = 100

# While a filter is read, an order stands among its terms; in the end only one at the very top may be left.
_Part = tree.Node | Ordered


@lru_cache(maxsize=512)
def parse(text: str) -> tree.Query:
    """What a filter asks. Raises QueryError, which knows the place in the text."""
    if len(text) > LONGEST:
        raise wrong("long", text[:LONGEST], LONGEST - 1, LONGEST, n=len(text), limit=LONGEST)
    return _Parser(text).query()


class _Parser:
    """Recursive descent: `|` binds weakest, then what stands side by side, then `-`."""

    def __init__(self, text: str) -> None:
        scanner = Scanner(text)
        self._tokens = scanner.tokens()
        self._text = scanner.text
        self._next = 0
        self._depth = 0
        self._orders: list[Ordered] = []

    def query(self) -> tree.Query:
        terms = [token for token in self._tokens if token.kind == "term"]
        if len(terms) > MOST_TERMS:
            last = terms[MOST_TERMS]
            raise wrong("many", self._text, last.start, last.end, n=len(terms), limit=MOST_TERMS)
        if self._here().kind == "end":
            return tree.Query()
        node = self._any()
        if self._here().kind != "end":  # only a bracket can be left over
            raise self._wrong("bracket_close", self._here())
        order = self._orders[0].order if self._orders else tree.Order()
        return tree.Query(node, order)

    def _any(self) -> tree.Node | None:
        orders, parts = len(self._orders), [self._all()]
        while self._here().kind == "or":
            connective = self._take()
            parts.append(self._all())
            if None in parts or len(self._orders) > orders:
                raise self._misplaced(connective)
        return tree.any_of(tuple(part for part in parts if part is not None)) if parts[0] else None

    def _all(self) -> tree.Node | None:
        """Parts side by side; None where there is nothing but an order."""
        parts: list[tree.Node] = []
        seen = False
        while True:
            kind = self._here().kind
            if kind == "and" and seen:
                connective = self._take()
                if self._here().kind in {"or", "and", ")", "end"}:
                    raise self._wrong("part_missing", connective)
                continue
            if kind in {"or", "and", ")", "end"}:
                break
            part = self._one()
            seen = True
            if isinstance(part, Ordered):
                self._keep(part)
            else:
                parts.append(part)
        if not seen:
            before = (
                self._tokens[self._next - 1] if self._next and self._here().kind == "end" else self._here()
            )
            raise self._wrong("part_missing", before)
        return tree.all_of(tuple(parts))

    def _one(self) -> _Part:
        token = self._take()
        if token.kind == "term":
            return term_of(token, self._text)
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong("deep", token, limit=DEEPEST)
        found = self._none(token) if token.kind == "not" else self._bracket(token)
        self._depth -= 1
        return found

    def _none(self, token: Token) -> tree.Node:
        if self._here().kind not in {"term", "(", "not"}:
            raise self._wrong("part_missing", token)
        part = self._one()
        if isinstance(part, Ordered):
            raise wrong("order_inside", self._text, part.start, part.end)
        return tree.none_of(part)

    def _bracket(self, token: Token) -> tree.Node:
        orders, part = len(self._orders), self._any()
        if self._here().kind != ")":
            raise self._wrong("bracket_open", token)
        self._take()
        if part is None or len(self._orders) > orders:
            raise self._misplaced(token)
        return part

    def _keep(self, order: Ordered) -> None:
        if self._orders:
            raise wrong("order_twice", self._text, order.start, order.end)
        self._orders.append(order)

    def _misplaced(self, token: Token) -> Exception:
        """An order stands where only a part of the filter may."""
        if self._orders:
            order = self._orders[-1]
            return wrong("order_inside", self._text, order.start, order.end)
        return self._wrong("part_missing", token)

    def _wrong(self, code: str, token: Token, **values: int) -> Exception:
        return wrong(code, self._text, token.start, token.end, **values)

    def _here(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]
