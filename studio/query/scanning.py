"""From the text of a filter to its words: brackets, connectives and terms, each with its place."""

import re
from dataclasses import dataclass
from typing import Literal

from studio.core.keyboard import in_english
from studio.query.errors import unknown_field, wrong
from studio.query.fields import CATEGORY, FIELDS, Field, field_named

_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“"}
_SIGNS = ("<=", ">=", "!=", "<>", "≤", "≥", "≠", ":", "=", "<", ">")
_ONE_SIGN = {"≤": "<=", "≥": ">=", "!=": "≠", "<>": "≠"}
_NAME = re.compile(r"[^\W\d]\w*")
_KEY = re.compile(r'[^\s:<>=≠≤≥!()|",«]+')
_COMPARES = ("<", ">", "=", "≠", "≤", "≥", "!=")
_OTHER_LAYOUT = "ЖБЮ"  # what `:`, `<` and `>` are on a Russian layout
_WORDS: dict[str, Literal["or", "and", "not"]] = {
    "OR": "or", "ИЛИ": "or", "AND": "and", "И": "and", "NOT": "not", "НЕ": "not",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One value as it was written. `other` is the second run of a comparison, `same` whether it was asked with `=`."""

    text: str
    kind: Literal["bare", "quoted", "pattern"]
    start: int
    end: int
    other: str | None = None
    same: bool = False


@dataclass(frozen=True)
class Token:
    """A piece of a filter. A term has a field (None: a bare word), a sign and its values."""

    kind: Literal["(", ")", "or", "and", "not", "term", "end"]
    start: int
    end: int
    field: Field | None = None
    key: str = ""
    sign: str = ":"
    values: tuple[Said, ...] = ()


def typed_on_the_other_layout(word: str) -> bool:
    """Whether a bare word is a field, a sign and a value, typed on a Russian layout that was meant to be English."""
    signs = [place for place in map(word.find, _OTHER_LAYOUT) if place > 0]
    return bool(signs) and in_english(word[: min(signs)]).lower() in FIELDS


class Scanner:
    """Reads one text from its beginning. Raises QueryError."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._at = 0

    def tokens(self) -> list[Token]:
        """All pieces; the last is the end."""
        found = []
        while True:
            found.append(self._token())
            if found[-1].kind == "end":
                return found

    def _token(self) -> Token:
        self._skip_spaces()
        start, here = self._at, self._here()
        if not here:
            return Token("end", start, start)
        if here in "()|":
            self._at += 1
            return Token("or" if here == "|" else "(" if here == "(" else ")", start, self._at)
        if here in "-−" and self.text[start + 1 : start + 2].strip():
            self._at += 1
            return Token("not", start, self._at)
        if here in _QUOTES or here == "/":
            value = self._quoted() if here in _QUOTES else self._pattern()
            return Token("term", start, self._at, values=(value,))
        return self._word(start)

    def _word(self, start: int) -> Token:
        """A connective, a term with a field, or a bare word."""
        name = _NAME.match(self.text, start)
        if name:
            self._at = name.end()
            key = self._category_key(name.group())
            if self._sign_follows(name.group()):
                return self._term(start, name.end(), key)
            self._at = start
        word = self._bare(stops="|()")
        if word in _WORDS:
            return Token(_WORDS[word], start, self._at)
        if self._reread(start, word):
            return self._word(start)
        return Token("term", start, self._at, values=(Said(word, "bare", start, self._at),))

    def _reread(self, start: int, word: str) -> bool:
        """`ефылЖкгсдумк` is `task:ruclevr` with the wrong layout on; the text is read as if it had been right."""
        if not typed_on_the_other_layout(word):
            return False
        self.text = self.text[:start] + in_english(word) + self.text[self._at :]
        self._at = start
        return True

    def _category_key(self, name: str) -> str:
        """What follows `cat.`, quoted or not."""
        known = field_named(name)
        if known is None or known.name != CATEGORY or self._here() != ".":
            return ""
        self._at += 1
        if self._here() in _QUOTES:
            return self._quoted().text
        key = _KEY.match(self.text, self._at)
        self._at = key.end() if key else self._at
        return key.group() if key else ""

    def _sign_follows(self, name: str) -> bool:
        """A sign stands here, or after spaces where a known field is compared: `len > 200`."""
        if self._here_sign():
            return True
        place = self._at
        self._skip_spaces()
        if place != self._at and self.text.startswith(_COMPARES, self._at) and field_named(name):
            return True
        self._at = place
        return False

    def _term(self, start: int, name_end: int, key: str) -> Token:
        name = _NAME.match(self.text, start)
        known = field_named(name.group()) if name else None
        if known is None:
            raise unknown_field(self.text, start, name_end)
        sign = self._sign()
        if known.name == CATEGORY and not key:
            raise wrong("category_key", self.text, start, self._at)
        values = tuple(self._values(known, start))
        return Token("term", start, self._at, known, key, sign, values)

    def _sign(self) -> str:
        sign = self._here_sign()
        self._at += len(sign)
        if sign == ":" and self._here_sign() in {"<", ">", "<=", ">=", "≤", "≥"}:
            sign = self._here_sign()  # len:>200
            self._at += len(sign)
        if sign != ":":
            self._skip_spaces()
        return _ONE_SIGN.get(sign, sign)

    def _here_sign(self) -> str:
        return next((sign for sign in _SIGNS if self.text.startswith(sign, self._at)), "")

    def _values(self, known: Field, start: int) -> list[Said]:
        """Values parted by commas; none is an error that names what the field takes."""
        found = []
        while True:
            value = self._value(known)
            if value is None:
                offered = ", ".join(known.choices) or known.example
                raise wrong("value_missing", self.text, start, self._at, field=known.name, known=offered)
            found.append(value)
            if self._here() != ",":
                return found
            self._at += 1

    def _value(self, known: Field) -> Said | None:
        start = self._at
        first = self._side(known)
        different = next((sign for sign in ("≠", "!=") if self.text.startswith(sign, self._at)), "")
        same = "=" if known.kind in {"runs", "verdict"} and self._here() == "=" else ""
        if not known.apart or not (different or same):
            return first
        self._at += len(different or same)
        second = self._side(known)
        left, right = (first.text if first else ""), (second.text if second else "")
        if not right or (first and first.kind == "pattern") or (second and second.kind == "pattern"):
            raise wrong("runs", self.text, start, self._at, field=known.name)
        return Said(left, "bare", start, self._at, right, bool(same))

    def _side(self, known: Field) -> Said | None:
        """One value, up to a comma, or to the sign that stands between two runs."""
        start = self._at
        if self._here() in _QUOTES:
            return self._quoted()
        if self._here() == "/":
            return self._pattern()
        between = ("≠", "!=") + (("=",) if known.kind in {"runs", "verdict"} else ()) if known.apart else ()
        word = self._bare(stops="|(),", before=between)
        return Said(word, "bare", start, self._at) if word else None

    def _bare(self, stops: str, before: tuple[str, ...] = ()) -> str:
        start = self._at
        while (here := self._here()) and not here.isspace() and here not in stops:
            if before and self.text.startswith(before, self._at):
                break
            self._at += 1
        return self.text[start : self._at]

    def _quoted(self) -> Said:
        """A text in quotes; a backslash keeps the next quote or backslash."""
        start = self._at
        end, found = _QUOTES[self.text[start]], ""
        self._at += 1
        while (here := self._here()) != end:
            if not here:
                raise wrong("quote_open", self.text, start, self._at)
            if here == "\\" and self.text[self._at + 1 : self._at + 2] in {end, "\\"}:
                self._at += 1
            found += self._here()
            self._at += 1
        self._at += 1
        return Said(found, "quoted", start, self._at)

    def _pattern(self) -> Said:
        """An expression between slashes; a slash inside is written `\\/`."""
        start, found = self._at, ""
        self._at += 1
        while (here := self._here()) != "/":
            if not here:
                raise wrong("pattern_open", self.text, start, min(self._at, len(self.text)))
            self._at += 1
            if here == "\\":
                here = "" if self._here() == "/" else here
                here += self._here()
                self._at += 1
            found += here
        self._at += 1
        if not found:
            raise wrong("pattern_empty", self.text, start, self._at)
        return Said(found, "pattern", start, self._at)

    def _here(self) -> str:
        return self.text[self._at : self._at + 1]

    def _skip_spaces(self) -> None:
        while self._here().isspace():
            self._at += 1
