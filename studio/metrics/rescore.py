"""Exact Match of many stored answers under one set of rules after another, in a fraction of the time.

The first pass reads every answer once and remembers its final answer (equal cases once) and which switches touched it
(see `first_pass`). Another set of rules then looks only at answers that one of its changed switches touched. The
code that decides is the profile's own; tests hold that the verdicts are too.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.core.rules import DEFAULT_RULES, STAGES, SWITCHES, Rules
from studio.core.task import AnswerType
from studio.metrics.characters import visible
from studio.metrics.first_pass import LOOSE, Case, FirstPass, Golds, Stored, bit_of, first_pass
from studio.metrics.loose import loosely
from studio.metrics.marker import Final
from studio.metrics.studio_profile import Wanted, against, read, wanted_of
from studio.metrics.trace import SILENT

# Verdicts of so many sets of rules are remembered, a byte an answer: each switch alone, by which it is told what turned
# an answer, and what was asked lately; whoever turns switches turns them back.
_KEPT = 2 * len(SWITCHES)
_ANSWER = reduce(or_, map(bit_of, STAGES["answer"]))


class Rescorer:
    """Verdicts on stored answers; `base` are the rules under which they were scored."""

    def __init__(
        self, stored: Sequence[Stored], base: Rules = DEFAULT_RULES, kept: FirstPass | None = None
    ) -> None:
        """`kept` is what the first pass over the same answers under the same rules found."""
        self.base = base
        self._stored = stored
        self._golds = Golds(base)
        self.first = kept or first_pass(stored, base, self._golds.of)
        self._cases: dict[int, Case] = {}
        # Switches that touched each answer, in its reading or after it; the last place is that of no case.
        self._seen = np.append(self.first.touched, 0)[self.first.case_of] | self.first.read
        self._known: OrderedDict[Rules, bytes] = OrderedDict({base: self._spread(self.first.right).tobytes()})

    def __len__(self) -> int:
        return len(self._stored)

    @property
    def distinct(self) -> int:
        """How many cases the rules can tell apart."""
        return len(self.first.first)

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
        return list(np.flatnonzero(self._seen & bit_of(name)).tolist())

    def turned_by(self, rules: Rules) -> dict[int, tuple[str, ...]]:
        """For each answer whose verdict changes, by its place: the switches any of which alone changes it.

        Empty where only several together do.
        """
        before, after = self.right(self.base), self.right(rules)
        singles = {name: self._single(rules, name) for name in rules.changed(self.base)}
        known: dict[tuple[int, str], bool] = {}
        turned = np.flatnonzero(np.frombuffer(before, np.uint8) != np.frombuffer(after, np.uint8))
        return {place: self._alone(place, singles, known) for place in turned.tolist()}

    def _single(self, rules: Rules, name: str) -> "_Single":
        """One of the switches of `rules` turned alone."""
        single = rules.only(self.base, [name])
        bit = bit_of(name)
        return _Single(bit, single, self._known.get(single), _Golds(single, bit, self._golds))

    def _alone(
        self, place: int, singles: Mapping[str, "_Single"], known: dict[tuple[int, str], bool]
    ) -> tuple[str, ...]:
        """The switches that turn one answer; `known` remembers those of equal cases that are read alike."""
        case, seen = int(self.first.case_of[place]), int(self._seen[place])
        mattering = [name for name, single in singles.items() if seen & single.bit]
        if len(mattering) <= 1:
            return tuple(mattering)
        turning = []
        for name in mattering:
            single = singles[name]
            key = (-place - 1 if int(self.first.read[place]) & single.bit else case, name)
            if key not in known:
                known[key] = self._verdict(place, single) != bool(self.first.right[case])
            if known[key]:
                turning.append(name)
        return tuple(turning)

    def _verdict(self, place: int, single: "_Single") -> bool:
        if single.known is not None:
            return single.known[place] == 1
        stored = self._stored[place]
        final = read(stored.text, stored.golds, SILENT, single.rules)
        return _equal(final, stored.golds, stored.options, stored.kind, single.rules, single.golds)

    def _anew(self, rules: Rules) -> bytes:
        changed = rules.changed(self.base)
        bits = reduce(or_, map(bit_of, changed), 0)
        looser = LOOSE.issuperset(changed) and not self.base.loose
        verdicts = self.first.right.copy()
        wanted = _Golds(rules, bits, self._golds)
        for number in np.flatnonzero(self.first.touched & bits).tolist():
            verdicts[number] = self._again(number, rules, wanted, looser)
        spread = self._spread(verdicts)
        if bits & _ANSWER:
            self._read_again(rules, bits & _ANSWER, spread, wanted)
        return spread.tobytes()

    def _again(self, number: int, rules: Rules, wanted: "_Golds", looser: bool) -> bool:
        case = self._case(number)
        form = self.first.forms[number]
        if looser and form is not None:
            gold, _ = self._golds.of(case.golds[0], case.kind, dict(case.options))
            return loosely(form, gold.form, rules) is not None
        return _equal(case.final, case.golds, dict(case.options), case.kind, rules, wanted)

    def _case(self, number: int) -> Case:
        case = self._cases.get(number)
        if case is None:
            case = self._cases[number] = self.first.case(number, self._stored)
        return case

    def _read_again(self, rules: Rules, bits: int, spread: NDArray[np.uint8], wanted: "_Golds") -> None:
        """The answers whose final answer may be another one; where it is not, the verdict on their case holds."""
        cases, texts, marked = self.first.case_of, self.first.texts, self.first.marked
        for place in np.flatnonzero(self.first.read & bits).tolist():
            item = self._stored[place]
            final = read(item.text, item.golds, SILENT, rules)
            case = cases[place]
            if final.text != texts[case] or (final.marker != "none") != marked[case]:
                spread[place] = _equal(final, item.golds, item.options, item.kind, rules, wanted)

    def _spread(self, verdicts: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The verdicts of cases as those of answers; 2 where there is none."""
        return np.append(verdicts, np.uint8(2))[self.first.case_of]


class _Golds:
    """Golds as they are read under a set of rules; those that no changed switch touched are read already."""

    def __init__(self, rules: Rules, bits: int, base: Golds) -> None:
        self._rules = rules
        self._bits = bits
        self._base = base
        self._own: dict[tuple[str, AnswerType | None, tuple[str, ...]], Wanted] = {}

    def wanted(self, gold: str, kind: AnswerType | None, options: Mapping[str, str]) -> Wanted:
        key = (gold, kind, tuple(options))
        found = self._own.get(key)
        if found is None:
            base, touched = self._base.of(gold, kind, options)
            again = touched & self._bits
            found = wanted_of(gold, options, kind, SILENT, self._rules) if again else base
            self._own[key] = found
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
