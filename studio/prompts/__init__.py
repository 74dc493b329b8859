"""Block prompting: ten ways to put one question, built from fourteen blocks in several styles."""

from studio.prompts.assembly import TaskWording, build_blocks, build_instruction, spread_prompt_ids
from studio.prompts.configurations import (
    BLOCK_ORDER,
    CONFIGURATIONS,
    PROMPT_IDS,
    REASONING_PROMPTS,
    Style,
    configurations,
)
from studio.prompts.crossing import Asked, Wordings
from studio.prompts.recovery import recover_prompt_id
from studio.prompts.sets import Prompt, prompt_set

__all__ = [
    "BLOCK_ORDER",
    "CONFIGURATIONS",
    "PROMPT_IDS",
    "REASONING_PROMPTS",
    "Asked",
    "Prompt",
    "Style",
    "TaskWording",
    "Wordings",
    "build_blocks",
    "build_instruction",
    "configurations",
    "prompt_set",
    "recover_prompt_id",
    "spread_prompt_ids",
]
