"""A «what if» as a word of a filter, `changed:"+endings threshold=0.4"`: every number of it is a door to its answers.

Words stand in any order: `+rule` and `-rule` (against the rules that the run is scored by), `tolerance=0.01`, the name
of a kept version, a published profile, `threshold=0.4`, `texts=full,after_marker`; and which of the changed answers:
`em+` became right by EM, `em-` wrong, `js+`, `js-`, `by=rule` those that this switch turns (`by=together`: only
several at once).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import BadInput
from studio.core.rules import DEFAULT_RULES, SWITCHES, Rules
from studio.core.whatif import WhatIfAsked
from studio.judges.again import VARIANTS
from studio.metrics import PROFILES
from studio.service.whatif import Bench, Verdicts, changed_places

SIDES = ("em+", "em-", "js+", "js-")
TOGETHER = "together"


@dataclass(frozen=True)
class Changed:
    """What is asked, and which of the changed answers: a side of `SIDES`, a switch; empty: all."""

    asked: WhatIfAsked
    side: str = ""
    by: str = ""

    def kept(self, bench: Bench, after: Verdicts, turned_by: dict[int, tuple[str, ...]]) -> NDArray[np.intp]:
        """Places of the answers that are meant."""
        found = changed_places(bench.before, after)
        if self.side:
            before, now = (
                (bench.before.em, after.em) if self.side.startswith("em") else (bench.before.js, after.js)
            )
            turned = now > before if self.side.endswith("+") else now < before
            found = found[turned[found]]
        if self.by:
            found = np.array([at for at in found.tolist() if _turns(self.by, turned_by, at)], dtype=np.intp)
        return found


def _turns(name: str, turned_by: dict[int, tuple[str, ...]], place: int) -> bool:
    names = turned_by.get(place)
    return names is not None and (name in names or (name == TOGETHER and not names))


def said(asked: WhatIfAsked, base: Rules | None) -> str:
    """What is asked, in words; empty where nothing is."""
    words = []
    if asked.profile:
        words.append(asked.profile)
    elif asked.rules is not None:
        against = base or DEFAULT_RULES
        turned = asked.rules.changed(against)
        words += [
            f"{'+' if getattr(asked.rules, name) else '-'}{name}" for name in turned if name in SWITCHES
        ]
        words += [f"tolerance={asked.rules.tolerance!r}"] if "tolerance" in turned else []
        if not words and base is None:  # the rules as they are, in place of a published profile
            words.append(f"{'+' if against.visible else '-'}visible")
    if asked.threshold is not None:
        words.append(f"threshold={asked.threshold!r}")
    if asked.variants:
        words.append(f"texts={','.join(asked.variants)}")
    return " ".join(words)


def read(run: str, text: str, base: Rules | None, version: Callable[[str], Rules | None]) -> Changed:
    """The words as what they ask of a run whose rules are `base` (None: a published profile); `version` looks up kept
    ones. Raises BadInput."""
    asked, changed = WhatIfAsked(run), Changed(WhatIfAsked(run))
    turns: dict[str, bool] = {}
    for word in text.split():
        name, sign, value = word.partition("=")
        if word in SIDES:
            changed = replace(changed, side=word)
        elif word[0] in "+-" and word[1:] in SWITCHES:
            turns[word[1:]] = word[0] == "+"
        elif name == "by" and value in {*SWITCHES, "tolerance", TOGETHER}:
            changed = replace(changed, by=value)
        elif sign:
            asked = replace(asked, **_setting(name, value, asked, base, word))
        elif word in PROFILES:
            asked = replace(asked, profile=word)
        elif (rules := version(word)) is not None:
            asked = replace(asked, rules=rules)
        else:
            raise _unknown(word)
    if turns:
        on, off = ([name for name, stands in turns.items() if stands == way] for way in (True, False))
        asked = replace(asked, rules=(asked.rules or base or DEFAULT_RULES).with_switches(on, off))
    return replace(changed, asked=asked)


def _setting(name: str, value: str, asked: WhatIfAsked, base: Rules | None, word: str) -> dict[str, Any]:
    """One `name=value`. Raises BadInput."""
    if name == "texts":
        variants = tuple(value.split(","))
        if all(variant in VARIANTS for variant in variants):
            return {"variants": variants}
        raise _unknown(word)
    try:
        number = float(value)
        if name == "tolerance":
            return {"rules": replace(asked.rules or base or DEFAULT_RULES, tolerance=number)}
    except (ValueError, BadInput) as error:
        raise _unknown(word) from error
    if name == "threshold" and 0 <= number <= 1:
        return {"threshold": number}
    raise _unknown(word)


def _unknown(word: str) -> BadInput:
    return BadInput("query_changed", word=word)
