"""The `studio` profile of Exact Match: reads the final answer as a person would, and compares it as text.

`docs/scoring.md` tells the rules with examples; its tables are checked by the tests.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from studio.core.task import AnswerType
from studio.metrics.characters import accepted_letters, fold_letter, visible
from studio.metrics.letters import choose
from studio.metrics.marker import Final, final_answer, without_tags
from studio.metrics.normal import is_factorial, normal_form
from studio.metrics.profile import Comparison
from studio.metrics.trace import Trace

# Text beyond this cannot make an answer equal to gold, only slow it down. Long golds raise the limit.
_LIMIT = 4096
_OPTIONS = frozenset("ABCDEFGHIJБГД")
_WORD = "ответ "  # «Ответ 5» without a colon: the word is no part of the answer


def compare(
    prediction: str, golds: Sequence[str], options: Mapping[str, str], answer_type: AnswerType | None
) -> Comparison:
    """Whether the prediction equals any of the golds, none of which is blank."""
    trace = Trace()
    text = trace.step("visible", prediction, visible(prediction)).strip()
    text = trace.step("tags", text, without_tags(text)).strip()
    final = final_answer(text, trace)
    limit = max(_LIMIT, 4 * max(map(len, golds)))
    final = Final(trace.step("cut", final.text, final.text[:limit]), final.marker)
    comparisons: list[Comparison] = []
    for gold in golds:
        comparisons.append(_against(final, gold, options, answer_type, trace.copy()))
        if comparisons[-1].equal:
            return comparisons[-1]
    return comparisons[0]


def _against(
    final: Final, gold: str, options: Mapping[str, str], answer_type: AnswerType | None, trace: Trace
) -> Comparison:
    gold = without_tags(visible(gold)).strip()
    gold_text = normal_form(gold, factorial=True)
    if not any(character.isalnum() for character in gold_text):
        return _symbols(final, gold, trace)
    letter = _gold_letter(gold, gold_text, answer_type)
    if letter is None:
        return _text(final, gold_text, is_factorial(gold), trace)
    if answer_type == "short" and not _is_option(gold):
        return _single_letter(final, letter, trace)
    return _letter(final, letter, options, trace)


def _gold_letter(gold: str, gold_text: str, answer_type: AnswerType | None) -> str | None:
    """The letter that gold is (`A`, `a.`, `(А)`), or None. `A. в аэропорту` is one only where letters are asked."""
    bare = gold_text if answer_type == "short" else gold_text.strip("()[]{}")
    if len(bare) == 1:
        return bare if bare.isalpha() else None
    return choose(gold, {}).letter if answer_type == "letter" else None


def _is_option(gold: str) -> bool:
    """A gold that a task of short answers borrowed from a choice (UniScienceVQA has both): one capital of A to J."""
    return len(gold) == 1 and gold.isupper() and fold_letter(gold) in _OPTIONS


def _letter(final: Final, gold: str, options: Mapping[str, str], trace: Trace) -> Comparison:
    """A choice by letter: look-alikes are the same letter, and the option's text may stand beside it."""
    accepted = accepted_letters(gold, list(options))
    choice = choose(final.text, options)
    if choice.letter is None:
        text = normal_form(final.text, trace=trace)
        return Comparison(False, text, choice.rule if text else "empty", fold_letter(gold), trace)
    trace.step(choice.rule, final.text, choice.letter)
    return Comparison(choice.letter in accepted, choice.letter, choice.rule, fold_letter(gold), trace)


def _single_letter(final: Final, gold: str, trace: Trace) -> Comparison:
    """A short answer of one letter (a variable, a vitamin): look-alikes are the same, nothing stands beside it."""
    text = normal_form(final.text, trace=trace)
    folded = trace.step("look_alike", text, fold_letter(text)) if len(text) == 1 else text
    return Comparison(
        folded == fold_letter(gold), folded, "text" if text else "empty", fold_letter(gold), trace
    )


def _text(final: Final, gold: str, factorial: bool, trace: Trace) -> Comparison:
    """A short answer: equal normal forms; after a marker the first line alone may also be the answer."""
    text = normal_form(final.text, factorial=factorial, trace=trace)
    first, _, others = final.text.strip().partition("\n")
    if text != gold and final.marker != "none" and others.strip():
        line = normal_form(first, factorial=factorial)
        if line == gold:
            return Comparison(True, trace.step("first_line", text, line), "first_line", gold, trace)
    if text != gold and final.marker == "none":
        text = trace.step("word", text, text.removeprefix(_WORD))
    return Comparison(text == gold, text, "text" if text else "empty", gold, trace)


def _symbols(final: Final, gold: str, trace: Trace) -> Comparison:
    """Gold of signs alone (`+`, `?`, an emoji): nothing of it may be taken for decoration."""
    text, wanted = (unicodedata.normalize("NFC", value).strip() for value in (final.text, gold))
    return Comparison(bool(text) and text == wanted, text, "symbols" if text else "empty", wanted, trace)
