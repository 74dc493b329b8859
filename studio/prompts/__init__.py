"""Block prompting: ten ways to put one question, built from fourteen blocks in several styles."""

from studio.prompts.assembly import TaskWording, build_blocks, build_instruction, spread_prompt_ids
from studio.prompts.configurations import BLOCK_ORDER, CONFIGURATIONS, PROMPT_IDS, REASONING_PROMPTS, Style

__all__ = [
    "BLOCK_ORDER",
    "CONFIGURATIONS",
    "PROMPT_IDS",
    "REASONING_PROMPTS",
    "Style",
    "TaskWording",
    "build_blocks",
    "build_instruction",
    "spread_prompt_ids",
]
