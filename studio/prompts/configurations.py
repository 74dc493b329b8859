"""Which style each block takes in each of the ten prompts (the tables of MERA Multi's block prompting)."""

from __future__ import annotations

from enum import Enum
from typing import Final

from studio.core.suite import PromptVariant


class Style(Enum):
    """How a block is worded. `NONE` leaves it out; `DEFAULT` and `IN_DATASET` have one wording for all."""

    NONE = "none"
    DEFAULT = "default"
    IN_DATASET = "in_dataset"
    FORMAL_REQUEST = "formal_request"
    INFORMAL_REQUEST = "informal_request"
    FORMAL_WISH = "formal_wish"
    INFORMAL_ORDER = "informal_order"
    IMPERSONAL_ORDER = "impersonal_order"
    IMPERSONAL_FACT = "impersonal_fact"
    IMPERSONAL_REQUEST = "impersonal_request"
    INFORMAL_TECHNICAL = "informal_technical"


_SHORT: Final = {
    "n": Style.NONE,
    "d": Style.DEFAULT,
    "D": Style.IN_DATASET,
    "FR": Style.FORMAL_REQUEST,
    "IR": Style.INFORMAL_REQUEST,
    "FW": Style.FORMAL_WISH,
    "IO": Style.INFORMAL_ORDER,
    "PO": Style.IMPERSONAL_ORDER,
    "PF": Style.IMPERSONAL_FACT,
    "PR": Style.IMPERSONAL_REQUEST,
    "IT": Style.INFORMAL_TECHNICAL,
}

# Rows are blocks in the order of the finished text; columns are prompts 1 to 10.
_TABLE: Final = """
attention_hook        n FR n  IR n  IO PO PF PR IT
task_description      n FR n  IR FW IO n  PF PR n
input_data            n d  n  d  d  d  n  d  d  d
processing_data       n n  n  IR FW n  n  n  PR IT
context_intro         n n  D  D  n  n  D  n  D  n
task_context          n n  d  d  n  n  d  n  d  n
question              d d  d  d  d  d  d  d  d  d
answer_options        d d  d  d  d  d  d  d  d  d
solution_motivation   n n  FR IR n  n  PO n  n  IT
reasoning_motivation  n n  FR IR n  IO PO n  n  IT
reasoning_format      n n  FR IR n  IO PO n  n  IT
answer_format         n FR FR IR FW IO PO PF PR IT
limitations           n n  n  IR n  IO PO n  PR n
answer_motivation     n n  n  IR n  IO PO n  n  IT
"""

_ROWS: Final = [line.split() for line in _TABLE.strip().splitlines()]

BLOCK_ORDER: Final[tuple[str, ...]] = tuple(row[0] for row in _ROWS)
PROMPT_IDS: Final[tuple[int, ...]] = tuple(range(1, 11))

CONFIGURATIONS: Final[dict[int, dict[str, Style]]] = {
    prompt_id: {row[0]: _SHORT[row[prompt_id]] for row in _ROWS} for prompt_id in PROMPT_IDS
}

# Where a task departs from the table: blocks that it drops from all prompts, blocks that it has in all of them. A task
# without reasoning says in its first prompt, too, what an answer looks like.
_WITHOUT_REASONING: Final = ("reasoning_motivation", "reasoning_format")
_DROPPED: Final[dict[PromptVariant, tuple[str, ...]]] = {
    "ruTiE": ("attention_hook", *_WITHOUT_REASONING, "answer_motivation"),
    "ruSLUn": _WITHOUT_REASONING,
}
_ALWAYS: Final[dict[PromptVariant, dict[str, Style]]] = {
    "ruHHH": {"context_intro": Style.IN_DATASET, "task_context": Style.DEFAULT}
}


def configurations(variant: PromptVariant = "base") -> dict[int, dict[str, Style]]:
    """The ten configurations, block by block in the order of the text, as a task's variant of the table has them."""
    dropped, always = _DROPPED.get(variant, ()), _ALWAYS.get(variant, {})
    found = {
        prompt_id: {**styles, **always, **dict.fromkeys(dropped, Style.NONE)}
        for prompt_id, styles in CONFIGURATIONS.items()
    }
    if dropped:
        found[1]["answer_format"] = Style.INFORMAL_TECHNICAL
    return found


# Prompts that ask for the reasoning to be written out before the answer.
REASONING_PROMPTS: Final[frozenset[int]] = frozenset(
    prompt_id for prompt_id, styles in CONFIGURATIONS.items() if styles["reasoning_format"] is not Style.NONE
)
