"""The published rules of Exact Match, as they are, faults included: `head`, `squad` and `paper`.

They exist to reproduce numbers. `docs/scoring.md` tells what each takes for right and should not.
"""

import ast
import re
import string
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from studio.core.task import AnswerType, TaskInfo
from studio.metrics.profile import Comparison, Rule
from studio.metrics.trace import Trace

Normaliser = Literal["squad", "head"]
MARKER = "ОТВЕТ"

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")


@dataclass(frozen=True)
class Published:
    """What the published rules leave open. The defaults are those of most tasks.

    `ignore_case`, `ignore_punctuation` and `strip_start` (blanks before the answer) concern `head`, and `paper`
    where its `normaliser` is `head`: the paper's own normaliser was never published.
    """

    ignore_case: bool = True
    ignore_punctuation: bool = True
    strip_start: bool = False
    normaliser: Normaliser = "squad"

    @property
    def label(self) -> str:
        """What differs from the defaults of `head`, to be told apart in a stored score: `+case+punctuation`."""
        told = (
            ("case", not self.ignore_case),
            ("punctuation", not self.ignore_punctuation),
            ("strip", self.strip_start),
        )
        return "".join(f"+{word}" for word, differs in told if differs)


DEFAULTS = Published()


def settings_of(task: TaskInfo) -> Published:
    """`head` as the task's file sets it: video tasks and ruTiE mind case and punctuation, ruTiE strips the start."""
    dialogue = task.name.casefold().startswith("rutie")
    strict = dialogue or task.modality == "video"
    return Published(ignore_case=not strict, ignore_punctuation=not strict, strip_start=dialogue)


def head_form(text: str, settings: Published = DEFAULTS) -> str:
    """lm-eval's `exact_match`: lower case, then ASCII punctuation deleted, each if asked for; nothing is trimmed."""
    text = text.lstrip() if settings.strip_start else text
    text = text.lower() if settings.ignore_case else text
    return text.translate(_PUNCTUATION) if settings.ignore_punctuation else text


def squad_form(text: str) -> str:
    """SQuAD's `normalize_answer`: lower case, ASCII punctuation and English articles deleted, blanks collapsed."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def listed(gold: str) -> list[str]:
    """The golds inside a text that looks like a Python list of strings; else the text alone.

    lm-eval renders gold as text and reads such a text as a list; a list of anything else is text again.
    """
    if len(gold) < 2 or gold[0] != "[" or gold[-1] != "]":
        return [gold]
    try:
        with warnings.catch_warnings(action="ignore"):
            found = ast.literal_eval(gold)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return [gold]
    return found if found and all(isinstance(item, str) for item in found) else [str(found)]


def after_marker(text: str) -> str:
    """What stands after the last `ОТВЕТ`, trimmed; empty without a marker or with nothing after it."""
    _, marker, after = text.rpartition(MARKER)
    return after.strip() if marker else ""


def head(settings: Published) -> "Rules":
    return Rules(lambda text: head_form(text, settings), reads_lists=True)


def squad() -> "Rules":
    return Rules(squad_form)


def paper(settings: Published) -> "Rules":
    whole = squad() if settings.normaliser == "squad" else head(settings)
    return Rules(whole.form, reads_lists=whole.reads_lists, by_part=True)


@dataclass(frozen=True)
class Rules:
    """A published comparison: equal forms, of the whole answer or (`by_part`) of what follows the last marker."""

    form: Callable[[str], str]
    reads_lists: bool = False
    by_part: bool = False

    def __call__(
        self, prediction: str, golds: Sequence[str], _options: Mapping[str, str], _kind: AnswerType | None
    ) -> Comparison:
        """Whether any of the golds equals the answer; if none does, how the first was compared."""
        wanted = [item for gold in golds for item in (listed(gold) if self.reads_lists else [gold])]
        found = [self._against(prediction, self.form(gold)) for gold in wanted]
        return next((comparison for comparison in found if comparison.equal), found[0])

    def _against(self, prediction: str, gold: str) -> Comparison:
        trace = Trace()
        whole = trace.step("whole", prediction, self.form(prediction))
        if whole == gold:
            return Comparison(True, whole, "whole" if gold else "erased", gold, trace)
        part = after_marker(prediction) if self.by_part else ""
        if not part:
            return Comparison(False, whole, _missed(whole, gold, "whole"), gold, trace)
        form = trace.step("part", prediction, self.form(part))
        decided = _missed(form, gold, "part")
        return Comparison(form == gold, form, decided, gold, trace)


def _missed(form: str, gold: str, otherwise: Rule) -> Rule:
    """The rule may have left nothing of gold, or nothing of the answer: that is worth knowing of a score."""
    if not gold:
        return "erased"
    return otherwise if form else "empty"
