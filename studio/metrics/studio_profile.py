"""The `studio` profile of Exact Match: reads the final answer as a person would, and compares it as text.

`docs/scoring.md` tells the rules with examples; its tables are checked by the tests. Each rule is a switch of `Rules`.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal, NamedTuple

from studio.core.rules import DEFAULT_RULES, Rules
from studio.core.task import AnswerType
from studio.metrics.characters import accepted_letters, fold_letter, visible
from studio.metrics.letters import choose
from studio.metrics.loose import LONGEST, loosely, may_contain, reach
from studio.metrics.marker import Final, final_answer, without_tags
from studio.metrics.normal import is_factorial, longer_than, normal_form
from studio.metrics.profile import Compare, Comparison
from studio.metrics.trace import Trace

# Text beyond this cannot make an answer equal to gold, only slow it down. Long golds raise the limit.
_LIMIT = 4096
_OPTIONS = frozenset("ABCDEFGHIJБГД")
_WORD = "ответ "  # «Ответ 5» without a colon: the word is no part of the answer


class Wanted(NamedTuple):
    """A gold, read: how it is compared, its form, and the letters that mean the same option."""

    kind: Literal["symbols", "text", "single", "letter"]
    form: str
    letters: frozenset[str] = frozenset()
    factorial: bool = False


def by_rules(rules: Rules) -> Compare:
    """The comparison under other rules than the profile's own."""
    return partial(compare, rules=rules)


def compare(
    prediction: str,
    golds: Sequence[str],
    options: Mapping[str, str],
    answer_type: AnswerType | None,
    *,
    rules: Rules = DEFAULT_RULES,
) -> Comparison:
    """Whether the prediction equals any of the golds, none of which is blank."""
    trace = Trace()
    final = read(prediction, golds, trace, rules)
    comparisons: list[Comparison] = []
    for gold in golds:
        wanted = wanted_of(gold, options, answer_type, trace.aside(), rules)
        comparisons.append(against(final, wanted, options, trace.copy(), rules))
        if comparisons[-1].equal:
            return comparisons[-1]
    return comparisons[0]


def read(prediction: str, golds: Sequence[str], trace: Trace, rules: Rules) -> Final:
    """The final answer inside the whole output."""
    text = trace.rule("visible", rules.visible, prediction, visible).strip()
    text = trace.rule("tags", rules.tags, text, without_tags).strip()
    final = final_answer(text, trace, rules)
    limit = max(_LIMIT, 4 * max(map(len, golds)))
    return Final(trace.step("cut", final.text, final.text[:limit]), final.marker)


def wanted_of(
    gold: str, options: Mapping[str, str], answer_type: AnswerType | None, trace: Trace, rules: Rules
) -> Wanted:
    """What an answer has to be to equal this gold: worked out once for all answers to a question."""
    gold = trace.rule("visible", rules.visible, gold, visible)
    gold = trace.rule("tags", rules.tags, gold, without_tags).strip()
    form = normal_form(gold, factorial=True, rules=rules, trace=trace)
    if not any(character.isalnum() for character in form):
        return Wanted("symbols", gold)
    letter = _gold_letter(gold, form, answer_type, trace, rules)
    if letter is None:
        return Wanted("text", form, factorial=is_factorial(gold))
    folded = fold_letter(letter, rules, trace)
    if answer_type == "short" and not _is_option(gold, trace, rules):
        return Wanted("single", folded, frozenset({folded}))
    return Wanted("letter", folded, accepted_letters(letter, list(options), rules, trace))


def against(
    final: Final, wanted: Wanted, options: Mapping[str, str], trace: Trace, rules: Rules
) -> Comparison:
    """Whether a final answer equals one gold."""
    match wanted.kind:
        case "symbols":
            return _symbols(final, wanted.form, trace)
        case "single":
            return _single_letter(final, wanted, trace, rules)
        case "letter":
            return _letter(final, wanted, options, trace, rules)
    return _text(final, wanted, trace, rules)


def _gold_letter(
    gold: str, gold_text: str, answer_type: AnswerType | None, trace: Trace, rules: Rules
) -> str | None:
    """The letter that gold is (`A`, `a.`, `(А)`), or None. `A. в аэропорту` is one only where letters are asked."""
    bare = gold_text if answer_type == "short" else gold_text.strip("()[]{}")
    if len(bare) == 1:
        return bare if bare.isalpha() else None
    return choose(gold, {}, rules, trace).letter if answer_type == "letter" else None


def _is_option(gold: str, trace: Trace, rules: Rules) -> bool:
    """A gold that a task of short answers borrowed from a choice (UniScienceVQA has both): one capital of A to J."""
    if not (len(gold) == 1 and gold.isupper() and fold_letter(gold) in _OPTIONS):
        return False
    trace.touch("borrowed")
    return rules.borrowed


def _letter(
    final: Final, wanted: Wanted, options: Mapping[str, str], trace: Trace, rules: Rules
) -> Comparison:
    """A choice by letter: look-alikes are the same letter, and the option's text may stand beside it."""
    choice = choose(final.text, options, rules, trace.aside())
    if choice.letter is None:
        text = normal_form(final.text, rules=rules, trace=trace) if trace.keeps else ""
        return Comparison(False, text, choice.rule if text else "empty", wanted.form, trace)
    trace.step(choice.rule, final.text, choice.letter)
    return Comparison(choice.letter in wanted.letters, choice.letter, choice.rule, wanted.form, trace)


def _single_letter(final: Final, wanted: Wanted, trace: Trace, rules: Rules) -> Comparison:
    """A short answer of one letter (a variable, a vitamin): look-alikes are the same, nothing stands beside it."""
    text = normal_form(final.text, rules=rules, trace=trace)
    folded = text
    if len(text) == 1:
        folded = trace.step("look_alike", text, fold_letter(text, rules, trace.aside()))
    return Comparison(folded == wanted.form, folded, "text" if text else "empty", wanted.form, trace)


def _text(final: Final, wanted: Wanted, trace: Trace, rules: Rules) -> Comparison:
    """A short answer: equal normal forms; after a marker the first line alone may also be the answer."""
    gold, factorial = wanted.form, wanted.factorial
    if not trace.keeps and _hopeless(final, gold, trace, rules):
        return Comparison(False, "", "text", gold, trace)
    text = normal_form(final.text, factorial=factorial, rules=rules, trace=trace)
    first, _, others = final.text.strip().partition("\n")
    tried = [text]
    if text != gold and final.marker != "none" and others.strip():
        line = normal_form(first, factorial=factorial, rules=rules, trace=trace.aside())
        trace.touch("first_line")
        if rules.first_line:
            if line == gold:
                return Comparison(True, trace.step("first_line", text, line), "first_line", gold, trace)
            tried.append(line)
    if text != gold and final.marker == "none":
        text = trace.rule("word", rules.word, text, lambda t: t.removeprefix(_WORD))
        tried[0] = text
    if text == gold:
        return Comparison(True, text, "text", gold, trace)
    return _loose(tried, gold, trace, rules)


def _loose(tried: Sequence[str], gold: str, trace: Trace, rules: Rules) -> Comparison:
    """What is tried where the forms differ: for the whole answer, then for its first line."""
    text = tried[0]
    trace.touch("loose")
    if rules.loose:
        for form in tried:
            found = loosely(form, gold, rules)
            if found:
                return Comparison(
                    True, trace.step(found.rule, text, found.form), found.rule, found.gold, trace
                )
    return Comparison(False, text, "text" if text else "empty", gold, trace)


def _hopeless(final: Final, gold: str, trace: Trace, rules: Rules) -> bool:
    """Whether an answer is too long to equal gold; that of several lines after a marker may equal it by its first."""
    if final.marker != "none" and "\n" in final.text:
        return False
    if not longer_than(final.text, len(gold)):
        return False
    trace.touch("contains")
    far = longer_than(final.text, len(gold) * LONGEST)
    if not far:
        trace.touch("loose")
    if rules.contains:
        return rules.only_contains and not may_contain(final.text, gold)
    return far or not rules.loose or longer_than(final.text, reach(gold, rules))


def _symbols(final: Final, gold: str, trace: Trace) -> Comparison:
    """Gold of signs alone (`+`, `?`, an emoji): nothing of it may be taken for decoration."""
    text, wanted = (unicodedata.normalize("NFC", value).strip() for value in (final.text, gold))
    return Comparison(bool(text) and text == wanted, text, "symbols" if text else "empty", wanted, trace)
