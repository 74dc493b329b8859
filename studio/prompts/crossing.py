"""The words of every prompt for one question, out of the records of its task that bear them.

A finished dataset has each question in one prompt, and the templates of the others in other records. A template is
taken whole from a record of the same fields. Where no record has both (in ruEnvAQA questions of two options come in
five of the ten prompts, those of four in the others), only the words around the question are taken: the blocks before
it and those after the options; the question and its options stay as in its own record. Of several templates of one
prompt (another context for each category, another form of the answer) the one whose records are most like the question
is taken.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from studio.prompts.recovery import around, paragraphs_of

# What the words ask for; a template that does not say tells nothing.
_FORMS = {
    "number": re.compile(r"\bчисл\w+", re.IGNORECASE),
    "letter": re.compile(r"\bбукв\w+", re.IGNORECASE),
    "words": re.compile(r"\bодн\w+ слов\w+|\bфраз\w+|\bкратк\w+ ответ\w*", re.IGNORECASE),
}
_TEXT_SLOT = re.compile(r"\{[^\W\d]\w*\}")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Asked:
    """What of a record decides which template fits it. `slots` are the fields and media that its own template has,
    `traits` (name, value) pairs such as its categories."""

    instruction: str
    slots: frozenset[str]
    traits: Mapping[str, str]
    gold: str = ""


@dataclass
class _Template:
    """An instruction, with how many records bear it and what they are like."""

    instruction: str
    slots: frozenset[str]
    n: int = 0
    traits: Counter[tuple[str, str]] = field(default_factory=Counter)

    def likeness(self, asked: Asked) -> tuple[float, float, int]:
        """How well it fits a question: the form of the answer, then what its records have in common with it, then how
        common it is."""
        wanted, own = _form_of(asked), _form(self.instruction)
        form = 0.5 if not wanted or not own else float(wanted == own)
        shared = sum(self.traits[pair] for pair in asked.traits.items()) / self.n
        return form, shared, self.n


class Wordings:
    """The templates of a task by prompt, filled record by record."""

    def __init__(self) -> None:
        self._templates: dict[int, dict[str, _Template]] = {}

    def add(self, prompt: int, asked: Asked) -> None:
        known = self._templates.setdefault(prompt, {})
        template = known.setdefault(asked.instruction, _Template(asked.instruction, asked.slots))
        template.n += 1
        template.traits.update(asked.traits.items())

    @property
    def prompts(self) -> tuple[int, ...]:
        """The numbers of the task's prompts."""
        return tuple(sorted(self._templates))

    @property
    def written_out(self) -> bool:
        """Whether instructions hold their questions instead of slots for them: then they are nobody else's."""
        return any(
            len([each for each in known.values() if not _TEXT_SLOT.search(each.instruction)]) > 1
            and not any(_TEXT_SLOT.search(each.instruction) for each in known.values())
            for known in self._templates.values()
        )

    def worded(self, prompt: int, asked: Asked) -> str | None:
        """The question's instruction in a prompt; None where the task's records do not tell it."""
        known = list(self._templates.get(prompt, {}).values())
        same = [each for each in known if each.slots == asked.slots]
        if same:
            return _likest(same, asked).instruction
        return _transplanted(asked.instruction, _likest(known, asked).instruction) if known else None


def _likest(templates: Sequence[_Template], asked: Asked) -> _Template:
    return max(templates, key=lambda template: template.likeness(asked))


def _transplanted(own: str, other: str) -> str | None:
    """The question and options of one instruction with the words of another around them; None where either cannot be
    taken apart, or nothing would change."""
    mine, theirs = paragraphs_of(own), paragraphs_of(other)
    inner, outer = around(mine), around(theirs)
    if inner is None or outer is None or outer == inner:
        return None
    middle = mine[len(inner[0]) : len(mine) - len(inner[1])]
    return "\n\n".join([*outer[0], *middle, *outer[1]])


def _form_of(asked: Asked) -> str:
    """The form of the answer that a question's own template asks for; where it does not say, a gold of digits does."""
    return _form(asked.instruction) or ("number" if _NUMBER.fullmatch(asked.gold.strip()) else "")


def _form(instruction: str) -> str:
    found = around(paragraphs_of(instruction))
    words = "\n".join(_flat(found)) if found else instruction
    return next((name for name, pattern in _FORMS.items() if pattern.search(words)), "")


def _flat(parts: Iterable[Sequence[str]]) -> list[str]:
    return [text for part in parts for text in part]
