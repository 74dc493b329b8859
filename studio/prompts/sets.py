"""Prompts for a task: the ten of the table, and as many more as are asked for, by a seed.

A further prompt takes the blocks of one of the ten and words them all in one other style; a block that has no wording
in that style is left out. So 20 prompts are the ten and ten more ways of saying the same, and what they do to a score
can be compared: the first n prompts of a seed are the same however many are made.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.core.errors import BadInput
from studio.core.suite import PromptVariant
from studio.prompts.assembly import TaskWording, word_blocks
from studio.prompts.blocks import ANSWER_FORMATS, BLOCKS
from studio.prompts.configurations import PROMPT_IDS, Style, configurations

_UNWORDED = frozenset({"question", "answer_options"})
_Candidate = tuple[int, str, Mapping[str, Style]]  # the pattern, the style, the style of each block


@dataclass(frozen=True)
class Prompt:
    """One way to put a task's questions. `pattern` is the prompt of the table whose blocks it has, `style` how they are
    worded (empty: as in the table). `instruction` is a template with `<image>` and `{question}` in it."""

    id: int
    pattern: int
    style: str
    blocks: Mapping[str, str]

    @property
    def instruction(self) -> str:
        return "\n\n".join(self.blocks.values())


def prompt_set(
    task: TaskWording,
    options: Sequence[str] = (),
    *,
    media: Sequence[str] = (),
    with_question: bool = True,
    count: int = 10,
    seed: int = 0,
    variant: PromptVariant = "base",
) -> tuple[Prompt, ...]:
    """`count` different prompts, the table's first. Raises BadInput when there are not so many, ValueError as
    `build_instruction` does."""
    table = _table(variant, facts=bool(task.context))
    found = [*table, *_further(table, seed)] if count > len(PROMPT_IDS) else table
    if not 1 <= count <= len(found):
        raise BadInput("prompts_count", count=count, most=len(found))
    return tuple(
        Prompt(
            number,
            pattern,
            style,
            word_blocks(styles, task, options, media=media, with_question=with_question),
        )
        for number, (pattern, style, styles) in enumerate(found[:count], 1)
    )


def _table(variant: PromptVariant, *, facts: bool) -> list[_Candidate]:
    """The table's ten; without facts to tell there is no lead-in to them."""
    bare = {} if facts else dict.fromkeys(("context_intro", "task_context"), Style.NONE)
    return [(number, "", {**styles, **bare}) for number, styles in configurations(variant).items()]


def _further(table: Sequence[_Candidate], seed: int) -> list[_Candidate]:
    """Every other configuration of one style throughout, in the seed's order, none twice and none of the table's."""
    candidates = list(_worded_throughout(table))
    random.Random(seed).shuffle(candidates)
    seen = {tuple(styles.values()) for _, _, styles in table}
    fresh = []
    for candidate in candidates:
        key = tuple(candidate[2].values())
        if key not in seen:
            seen.add(key)
            fresh.append(candidate)
    return fresh


def _worded_throughout(table: Sequence[_Candidate]) -> Iterator[_Candidate]:
    for number, _, styles in table:
        for style in ANSWER_FORMATS:  # every style that words the form of an answer
            yield (
                number,
                style.value,
                {block: _in_style(block, own, style) for block, own in styles.items()},
            )


def _in_style(block: str, own: Style, style: Style) -> Style:
    if own in {Style.NONE, Style.DEFAULT, Style.IN_DATASET} or block in _UNWORDED:
        return own
    wordings = ANSWER_FORMATS if block == "answer_format" else BLOCKS[block]
    return style if style in wordings else Style.NONE
