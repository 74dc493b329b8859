"""The first pass over many stored answers: what every one of them says, equal cases once, and which switches of the
rules touched it (see `trace.Touched`). It takes seconds for a long run, so it can be kept as bytes.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.core.rules import STAGES, SWITCHES, TOLERANCE, Rules
from studio.core.task import AnswerType
from studio.metrics.marker import Final
from studio.metrics.normal import letters_in, plain
from studio.metrics.studio_profile import Wanted, against, read, wanted_of
from studio.metrics.trace import Touched

LOOSE = frozenset((*STAGES["loose"], TOLERANCE))
_BITS = {name: 1 << place for place, name in enumerate((*SWITCHES, "loose"))}
_NO_OPTION = "\U000f0000"  # a private character: the text of an option that no answer can be


class Stored(NamedTuple):
    """A stored answer and what it is compared with; without gold there is no verdict on it."""

    text: str
    golds: tuple[str, ...]
    options: Mapping[str, str]
    kind: AnswerType | None


class Case(NamedTuple):
    """Answers that no rule of the later stages can tell apart."""

    text: str
    marked: bool
    golds: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    kind: AnswerType | None

    @property
    def final(self) -> Final:
        return Final(self.text, "capital" if self.marked else "none")


GoldKey = tuple[str, AnswerType | None, tuple[str, ...]]
GoldOf = Callable[[str, AnswerType | None, Mapping[str, str]], tuple[Wanted, int]]


@dataclass(frozen=True, eq=False)
class FirstPass:
    """What it found. `read` are the switches that touched the reading of each answer, as bits, and `case_of` its case
    (-1: no gold); of each case, `first` is the place of its first answer, `touched` the switches that touched its
    comparison, `right` the verdict, `forms` what looser readings alone can turn (None: more can)."""

    read: NDArray[np.int64]
    case_of: NDArray[np.int64]
    first: NDArray[np.int64]
    touched: NDArray[np.int64]
    right: NDArray[np.uint8]
    marked: NDArray[np.uint8]
    texts: Sequence[str]
    forms: Sequence[str | None]

    def case(self, number: int, stored: Sequence[Stored]) -> Case:
        """A case as its first answer tells it."""
        item = stored[int(self.first[number])]
        text = self.texts[number]
        return Case(text, bool(self.marked[number]), item.golds, _options(text, item.options), item.kind)

    def to_bytes(self) -> bytes:
        """All of it, packed."""
        head = {"texts": self.texts, "forms": self.forms, "sizes": [len(self.read), len(self.first)]}
        told = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
        columns = b"".join(getattr(self, name).tobytes() for name in _COLUMNS)
        return zlib.compress(len(told).to_bytes(8, "little") + told + columns, 1)

    @classmethod
    def from_bytes(cls, packed: bytes) -> "FirstPass":
        """The same that `to_bytes` was asked of. Raises ValueError or KeyError for anything else."""
        whole = zlib.decompress(packed)
        at = 8 + int.from_bytes(whole[:8], "little")
        head = json.loads(whole[8:at].decode("utf-8", "surrogatepass"))
        answers, cases = head["sizes"]
        columns = {}
        for name, kind in _COLUMNS.items():
            size = answers if name in ("read", "case_of") else cases
            columns[name] = np.frombuffer(whole, kind, size, at)
            at += columns[name].nbytes
        return cls(**columns, texts=head["texts"], forms=head["forms"])


_COLUMNS: dict[str, type[np.generic]] = {
    "read": np.int64, "case_of": np.int64, "first": np.int64, "touched": np.int64, "right": np.uint8,
    "marked": np.uint8,
}  # fmt: skip


def first_pass(stored: Sequence[Stored], rules: Rules, gold_of: GoldOf) -> FirstPass:
    """Reads every answer under `rules` and compares it; golds are read by `gold_of`."""
    read_by, case_of, cases, first = _index(stored, rules)
    right, touched, forms = [], [], []
    trace = Touched()
    for case in cases:
        equal, form, seen = _judged(case, rules, trace, gold_of)
        right.append(equal)
        touched.append(seen)
        forms.append(form)
    return FirstPass(
        np.array(read_by, dtype=np.int64),
        np.array(case_of, dtype=np.int64),
        np.array(first, dtype=np.int64),
        np.array(touched, dtype=np.int64),
        np.array(right, dtype=np.uint8),
        np.array([case.marked for case in cases], dtype=np.uint8),
        [case.text for case in cases],
        forms,
    )


def bit_of(name: str) -> int:
    """The bit of a switch; looser readings can touch whatever had different forms, each after the others."""
    if name == "contains":
        return _BITS["contains"] | _BITS["loose"]
    return _BITS["loose"] if name in LOOSE else _BITS[name]


def mask_of(names: Iterable[str]) -> int:
    """What a trace noted, as bits."""
    return reduce(or_, (_BITS[name] for name in names if name in _BITS), 0)


def _index(
    stored: Sequence[Stored], rules: Rules
) -> tuple[list[int], list[int], Sequence[Case], Sequence[int]]:
    """Reads the final answer out of each output, and gives equal cases one number."""
    read_by, case_of = [0] * len(stored), [-1] * len(stored)
    cases: dict[Case, int] = {}
    first: list[int] = []
    trace = Touched()
    masks: dict[frozenset[str], int] = {}
    for place, item in enumerate(stored):
        if not item.golds:
            continue
        trace.names.clear()
        final = read(item.text, item.golds, trace, rules)
        names = frozenset(trace.names)
        if names not in masks:
            masks[names] = mask_of(names)
        read_by[place] = masks[names]
        options = _options(final.text, item.options)
        case = Case(final.text, final.marker != "none", item.golds, options, item.kind)
        number = case_of[place] = cases.setdefault(case, len(cases))
        if number == len(first):
            first.append(place)
    return read_by, case_of, list(cases), first


def _judged(case: Case, rules: Rules, trace: Touched, gold_of: GoldOf) -> tuple[bool, str | None, int]:
    """The verdict on a case, what looser readings alone can turn, and the switches that touched it."""
    trace.names.clear()
    form, equal, mask = None, False, 0
    options = dict(case.options)
    for gold in case.golds:
        wanted, seen = gold_of(gold, case.kind, options)
        mask |= seen
        found = against(case.final, wanted, options, trace, rules)
        equal = found.equal
        if equal:
            break
        if wanted.kind == "text" and found.extracted and "first_line" not in trace.names:
            form = found.extracted
    loose = form if not equal and len(case.golds) == 1 else None
    return equal, loose, mask | mask_of(trace.names)


class Golds:
    """Golds as they are read under a set of rules, each once, with the switches that touched the reading."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._known: dict[GoldKey, tuple[Wanted, int]] = {}

    def of(self, gold: str, kind: AnswerType | None, options: Mapping[str, str]) -> tuple[Wanted, int]:
        key = (gold, kind, tuple(options))
        known = self._known.get(key)
        if known is None:
            trace = Touched()
            wanted = wanted_of(gold, options, kind, trace, self._rules)
            known = self._known[key] = (wanted, mask_of(trace.names))
        return known


def _options(text: str, options: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The options as far as they matter: the texts of those that are all longer than the answer cannot be it."""
    if not options or not plain(text) or any(letters_in(option) <= len(text) for option in options.values()):
        return tuple(options.items())
    return tuple((key, _NO_OPTION) for key in options)
