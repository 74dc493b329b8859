"""Prompts for a task that has none yet, from facts that can be typed."""

from studio.core.content import Modality
from studio.core.suite import PromptVariant
from studio.prompts import Prompt, TaskWording, prompt_set

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def make_prompts(
    modality: Modality,
    about: str,
    *,
    context: str = "",
    answer: str = "short",
    n_options: int = 0,
    n_media: int = 1,
    count: int = 10,
    seed: int = 0,
    variant: PromptVariant = "base",
) -> tuple[Prompt, ...]:
    """`count` ways to put the questions of a new task: the ten of the table, then more by the seed.

    `about` continues "ответить на вопрос …"; `context` is a sentence of facts (prompts without one leave its lead-in
    out, too); `answer` is letter, number or short. Slots are MERA's: `{question}`, `{option_a}`, `<audio_1>`.
    Raises BadInput when there are not so many.
    """
    return prompt_set(
        TaskWording(modality, about, context, answer),
        [f"option_{letter}" for letter in LETTERS[:n_options]],
        media=[modality] if n_media == 1 else [f"{modality}_{number + 1}" for number in range(n_media)],
        count=count,
        seed=seed,
        variant=variant,
    )
