"""Which of the ten prompts an instruction was made by, read from the instruction itself.

Datasets on the hub hold the finished text and not the prompt's number. The text still shows its blocks: they are joined
by blank lines, in one order, and each prompt leaves out others. So an instruction is compared with what each prompt
of the task's table must look like: how many blocks stand before the question and after the options, where among them
the files are counted, which of the two words asks for reasoning. Two prompts (2 and 8) have the same blocks: a polite
request and a bare statement, told apart by the form of address. What fits no prompt, or several, has no number.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from studio.core.suite import PromptVariant
from studio.prompts.configurations import BLOCK_ORDER, Style, configurations

_QUESTION = re.compile(r"<(?:image|audio|video)(?:_\d+)?>|\{question\}")
_MEDIUM = re.compile(r"<(?:image|audio|video)(?:_\d+)?>")
_COUNT = re.compile(r"\s*Имее")  # «Имеется 1 изображение», «Имеются 2 аудиофайла»
_REASONING = re.compile(r"\bРАССУЖДЕНИ[ЕЯ]\b")
# РАССУЖДЕНИЕ in prompts 3, 4 and 10, РАССУЖДЕНИЯ in 6 and 7: by the style of the block that asks for it.
_PLURAL_STYLES = frozenset({Style.INFORMAL_ORDER, Style.IMPERSONAL_ORDER})
_ADDRESS = re.compile(
    r"\b(?:пожалуйста|прошу|просим|вы|вас|вам|ваш\w*)\b|\w(?:ите|йте)(?:сь)?\b", re.IGNORECASE
)
_BEFORE = BLOCK_ORDER[: BLOCK_ORDER.index("question")]
_AFTER = BLOCK_ORDER[BLOCK_ORDER.index("answer_options") + 1 :]


class _Shape(NamedTuple):
    before: int
    after: int
    count_at: int  # the place of the sentence that counts the files; -1: there is none
    reasoning: str


@lru_cache(maxsize=4096)  # a dataset has some tens of instructions
def recover_prompt_id(instruction: str, variant: PromptVariant = "base") -> int | None:
    """The number of the prompt (1 to 10), or None where the text does not tell."""
    blocks = around(paragraphs_of(instruction))
    if blocks is None:
        return None
    before, after = blocks
    shape = _Shape(len(before), len(after), _counted_at(before), _reasoning(instruction))
    table = configurations(variant)
    found = [number for number, styles in table.items() if _shape(styles) == shape]
    if not found and not _MEDIUM.search(instruction):  # nothing to count in a record without media
        found = [number for number, styles in table.items() if _shape(_uncounted(styles)) == shape]
    return _by_address(found, table, " ".join([*before, *after]))


def paragraphs_of(instruction: str) -> list[str]:
    """The blocks of an instruction, which blank lines part."""
    return [part for part in re.split(r"\n[^\S\n]*\n\s*", instruction.strip("\n")) if part.strip()]


def around(paragraphs: list[str]) -> tuple[list[str], list[str]] | None:
    """The blocks before the question and after the options; None where there is neither question nor options."""
    questions = [index for index, text in enumerate(paragraphs) if _QUESTION.search(text)]
    options = [index for index, text in enumerate(paragraphs) if "{option_a}" in text]
    if not questions and not options:
        return None
    first = questions[0] if questions else options[0]
    last = options[-1] if options else first
    return paragraphs[:first], paragraphs[last + 1 :]


def _counted_at(before: list[str]) -> int:
    return next((index for index, text in enumerate(before) if _COUNT.match(text)), -1)


def _reasoning(text: str) -> str:
    found = _REASONING.search(text)
    return found[0] if found else ""


def _shape(styles: Mapping[str, Style]) -> _Shape:
    before = _present(styles, _BEFORE)
    asked = styles["reasoning_format"]
    word = "" if asked is Style.NONE else f"РАССУЖДЕНИ{'Я' if asked in _PLURAL_STYLES else 'Е'}"
    place = before.index("input_data") if "input_data" in before else -1
    return _Shape(len(before), len(_present(styles, _AFTER)), place, word)


def _present(styles: Mapping[str, Style], blocks: Iterable[str]) -> list[str]:
    return [block for block in blocks if styles[block] is not Style.NONE]


def _uncounted(styles: Mapping[str, Style]) -> dict[str, Style]:
    return {**styles, "input_data": Style.NONE}


def _by_address(found: list[int], table: Mapping[int, Mapping[str, Style]], words: str) -> int | None:
    """The one prompt, or of a formal request and a statement the one that the form of address shows."""
    if len(found) < 2:
        return found[0] if found else None
    styles = {table[number]["answer_format"]: number for number in found}
    if styles.keys() != {Style.FORMAL_REQUEST, Style.IMPERSONAL_FACT}:
        return None
    return styles[Style.FORMAL_REQUEST if _ADDRESS.search(words) else Style.IMPERSONAL_FACT]
