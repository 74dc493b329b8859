"""Exact Match of many stored answers under one set of rules after another, in a fraction of the time.

The first pass reads every answer once and remembers its final answer (equal cases once) and which switches touched it
(see `trace.Touched`). Another set of rules then looks only at answers that one of its changed switches touched. The
code that decides is the profile's own; tests hold that the verdicts are too.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from studio.core.rules import DEFAULT_RULES, STAGES, SWITCHES, TOLERANCE, Rules
from studio.core.task import AnswerType
from studio.metrics.characters import visible
from studio.metrics.loose import loosely
from studio.metrics.marker import Final
from studio.metrics.normal import letters_in, plain
from studio.metrics.studio_profile import Wanted, against, read, wanted_of
from studio.metrics.trace import SILENT, Touched

# Verdicts of so many sets of rules are remembered, a byte an answer: each switch alone, by which it is told what turned
# an answer, and what was asked lately; whoever turns switches turns them back.
_KEPT = 2 * len(SWITCHES)
_BITS = {name: 1 << place for place, name in enumerate((*SWITCHES, "loose"))}
_LOOSE = frozenset((*STAGES["loose"], TOLERANCE))
_ANSWER = reduce(or_, (_BITS[name] for name in STAGES["answer"]))
_NO_OPTION = "\U000f0000"  # a private character: the text of an option that no answer can be


class Stored(NamedTuple):
    """A stored answer and what it is compared with; without gold there is no verdict on it."""

    text: str
    golds: tuple[str, ...]
    options: Mapping[str, str]
    kind: AnswerType | None


class _Case(NamedTuple):
    """Answers that no rule of the later stages can tell apart."""

    text: str
    marked: bool
    golds: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    kind: AnswerType | None


class Rescorer:
    """Verdicts on stored answers; `base` are the rules under which they were scored."""

    def __init__(self, stored: Sequence[Stored], base: Rules = DEFAULT_RULES) -> None:
        self.base = base
        self._stored = stored
        self._cases: dict[_Case, int] = {}
        self._read = [0] * len(stored)  # switches that touched the reading of each answer
        self._case_of = [-1] * len(stored)  # -1: no gold
        self._index()
        self._touched: list[int] = []  # switches that touched each case
        self._right: list[bool] = []
        self._forms: list[str | None] = []  # of cases that only looser readings can turn: what they read
        self._wanted: dict[_GoldKey, tuple[Wanted, int]] = {}
        self._judge()
        self._known: OrderedDict[Rules, bytes] = OrderedDict({base: self._spread(self._right)})

    def __len__(self) -> int:
        return len(self._stored)

    @property
    def distinct(self) -> int:
        """How many cases the rules can tell apart."""
        return len(self._cases)

    def right(self, rules: Rules) -> bytes:
        """For each answer 1 (right), 0 (wrong) or 2 (no gold). Raises BadInput where a rule's library lacks."""
        known = self._known.get(rules)
        if known is None:
            known = self._anew(rules)
            self._known[rules] = known
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        self._known.move_to_end(rules)
        return known

    def touched(self, name: str) -> list[int]:
        """Places of the answers that a switch touched under the base rules: a looser one, all whose forms differ."""
        bit = _bit(name)
        return [
            place
            for place, (case, seen) in enumerate(zip(self._case_of, self._read, strict=True))
            if case >= 0 and (seen | self._touched[case]) & bit
        ]

    def turned_by(self, rules: Rules) -> dict[int, tuple[str, ...]]:
        """For each answer whose verdict changes, by its place: the switches any of which alone changes it.

        Empty where only several together do.
        """
        before, after = self.right(self.base), self.right(rules)
        singles = {name: self._single(rules, name) for name in rules.changed(self.base)}
        known: dict[tuple[int, str], bool] = {}
        return {
            place: self._alone(place, singles, known)
            for place, (old, new) in enumerate(zip(before, after, strict=True))
            if old != new
        }

    def _single(self, rules: Rules, name: str) -> "_Single":
        """One of the switches of `rules` turned alone."""
        single = rules.only(self.base, [name])
        return _Single(_bit(name), single, self._known.get(single), _Golds(single, _bit(name), self._wanted))

    def _alone(
        self, place: int, singles: Mapping[str, "_Single"], known: dict[tuple[int, str], bool]
    ) -> tuple[str, ...]:
        """The switches that turn one answer; `known` remembers those of equal cases that are read alike."""
        case = self._case_of[place]
        seen = self._read[place] | self._touched[case]
        mattering = [name for name, single in singles.items() if seen & single.bit]
        if len(mattering) <= 1:
            return tuple(mattering)
        turning = []
        for name in mattering:
            single = singles[name]
            key = (-place - 1 if self._read[place] & single.bit else case, name)
            if key not in known:
                known[key] = self._verdict(place, single) != self._right[case]
            if known[key]:
                turning.append(name)
        return tuple(turning)

    def _verdict(self, place: int, single: "_Single") -> bool:
        if single.known is not None:
            return single.known[place] == 1
        stored = self._stored[place]
        final = read(stored.text, stored.golds, SILENT, single.rules)
        return _equal(final, stored.golds, stored.options, stored.kind, single.rules, single.golds)

    def _index(self) -> None:
        """Reads the final answer out of each output, and gives equal cases one number."""
        trace = Touched()
        masks: dict[frozenset[str], int] = {}
        for place, item in enumerate(self._stored):
            if not item.golds:
                continue
            trace.names.clear()
            final = read(item.text, item.golds, trace, self.base)
            names = frozenset(trace.names)
            mask = masks.get(names)
            if mask is None:
                mask = masks[names] = _mask(names)
            self._read[place] = mask
            self._case_of[place] = self._numbered(final, item)

    def _numbered(self, final: Final, item: Stored) -> int:
        case = _Case(
            final.text, final.marker != "none", item.golds, _options(final.text, item.options), item.kind
        )
        return self._cases.setdefault(case, len(self._cases))

    def _judge(self) -> None:
        trace = Touched()
        for case in self._cases:
            trace.names.clear()
            form, equal, mask = None, False, 0
            options = dict(case.options)
            final = Final(case.text, "capital" if case.marked else "none")
            for gold in case.golds:
                wanted, seen = self._wanted_of(gold, case, options)
                mask |= seen
                found = against(final, wanted, options, trace, self.base)
                equal = found.equal
                if equal:
                    break
                if wanted.kind == "text" and found.extracted and "first_line" not in trace.names:
                    form = found.extracted
            self._right.append(equal)
            self._touched.append(mask | _mask(trace.names))
            self._forms.append(form if not equal and len(case.golds) == 1 else None)

    def _wanted_of(self, gold: str, case: _Case, options: Mapping[str, str]) -> tuple[Wanted, int]:
        key = (gold, case.kind, tuple(options))
        known = self._wanted.get(key)
        if known is None:
            trace = Touched()
            wanted = wanted_of(gold, options, case.kind, trace, self.base)
            known = self._wanted[key] = (wanted, _mask(trace.names))
        return known

    def _anew(self, rules: Rules) -> bytes:
        changed = rules.changed(self.base)
        bits = reduce(or_, map(_bit, changed), 0)
        cases = list(self._cases)
        looser = _LOOSE.issuperset(changed) and not self.base.loose
        verdicts = list(self._right)
        wanted = _Golds(rules, bits, self._wanted)
        for number, touched in enumerate(self._touched):
            if touched & bits:
                verdicts[number] = self._again(number, cases[number], rules, wanted, looser)
        spread = bytearray(self._spread(verdicts))
        if bits & _ANSWER:
            self._read_again(rules, bits & _ANSWER, spread, wanted)
        return bytes(spread)

    def _again(self, number: int, case: _Case, rules: Rules, wanted: "_Golds", looser: bool) -> bool:
        form = self._forms[number]
        if looser and form is not None:
            gold = self._wanted[(case.golds[0], case.kind, tuple(key for key, _ in case.options))][0]
            return loosely(form, gold.form, rules) is not None
        final = Final(case.text, "capital" if case.marked else "none")
        return _equal(final, case.golds, dict(case.options), case.kind, rules, wanted)

    def _read_again(self, rules: Rules, bits: int, spread: bytearray, wanted: "_Golds") -> None:
        """The answers whose final answer may be another one."""
        for place, touched in enumerate(self._read):
            if touched & bits:
                item = self._stored[place]
                final = read(item.text, item.golds, SILENT, rules)
                spread[place] = _equal(final, item.golds, item.options, item.kind, rules, wanted)

    def _spread(self, verdicts: Sequence[bool]) -> bytes:
        """The verdicts of cases as those of answers."""
        return bytes(2 if case < 0 else verdicts[case] for case in self._case_of)


_GoldKey = tuple[str, AnswerType | None, tuple[str, ...]]


class _Golds:
    """Golds as they are read under a set of rules; those that no changed switch touched are read already."""

    def __init__(self, rules: Rules, bits: int, base: Mapping[_GoldKey, tuple[Wanted, int]]) -> None:
        self._rules = rules
        self._bits = bits
        self._base = base
        self._own: dict[_GoldKey, Wanted] = {}

    def wanted(self, gold: str, kind: AnswerType | None, options: Mapping[str, str]) -> Wanted:
        key = (gold, kind, tuple(options))
        base = self._base.get(key)
        if base is not None and not base[1] & self._bits:
            return base[0]
        found = self._own.get(key)
        if found is None:
            found = self._own[key] = wanted_of(gold, options, kind, SILENT, self._rules)
        return found


class _Single(NamedTuple):
    """A switch turned alone: its bit, the rules, all verdicts where they are known already, golds read by it."""

    bit: int
    rules: Rules
    known: bytes | None
    golds: _Golds


def scoreable(golds: Iterable[str]) -> tuple[str, ...]:
    """The golds that an answer can be compared with: those that are not blank."""
    return tuple(gold for gold in golds if visible(gold).strip())


def _equal(
    final: Final,
    golds: Sequence[str],
    options: Mapping[str, str],
    kind: AnswerType | None,
    rules: Rules,
    read_golds: _Golds,
) -> bool:
    """Whether a final answer equals any of the golds."""
    return any(
        against(final, read_golds.wanted(gold, kind, options), options, SILENT, rules).equal for gold in golds
    )


def _options(text: str, options: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The options as far as they matter: the texts of those that are all longer than the answer cannot be it."""
    if not options or not plain(text) or any(letters_in(option) <= len(text) for option in options.values()):
        return tuple(options.items())
    return tuple((key, _NO_OPTION) for key in options)


def _bit(name: str) -> int:
    """The bit of a switch; looser readings can touch whatever had different forms, each after the others."""
    if name == "contains":
        return _BITS["contains"] | _BITS["loose"]
    return _BITS["loose"] if name in _LOOSE else _BITS[name]


def _mask(names: Iterable[str]) -> int:
    return reduce(or_, (_BITS[name] for name in names if name in _BITS), 0)
