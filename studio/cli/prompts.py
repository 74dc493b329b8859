"""`prompts`: ten ways to put the questions of a new task, or more."""

import argparse
from typing import get_args

from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen
from studio.core.content import MODALITIES
from studio.core.suite import PromptVariant

MOST_OPTIONS = 26


def prompts(arguments: argparse.Namespace, screen: Screen) -> int:
    from studio.service.prompting import make_prompts  # late, so that --help answers at once

    made = make_prompts(
        arguments.modality,
        arguments.about,
        context=arguments.context,
        answer=arguments.answer,
        n_options=min(arguments.options, MOST_OPTIONS),
        n_media=arguments.media,
        count=arguments.count,
        seed=arguments.seed,
        variant=arguments.table,
    )
    for prompt in made:
        style = f" ({prompt.pattern}, {prompt.style})" if prompt.style else ""
        screen.say(f"--- {prompt.id}{style}\n{prompt.instruction}\n")
    listed = [
        {
            "id": prompt.id,
            "pattern": prompt.pattern,
            "style": prompt.style or None,
            "instruction": prompt.instruction,
            "blocks": dict(prompt.blocks),
        }
        for prompt in made
    ]
    screen.result({"count": arguments.count, "seed": arguments.seed, "prompts": listed})
    return 0


COMMANDS = (
    Command(
        "prompts",
        prompts,
        (
            option(
                "--modality", required=True, choices=MODALITIES, key="prompts_modality", metavar="modality"
            ),
            option("--about", required=True, metavar="text", key="prompts_about"),
            option("--context", default="", metavar="text", key="prompts_context"),
            option("--answer", choices=("letter", "number", "short"), default="short", key="prompts_answer"),
            option("--options", type=whole(0), default=0, metavar="n", key="prompts_options"),
            option("--media", type=whole(1), default=1, metavar="n", key="prompts_media"),
            option("--count", type=whole(1), default=10, metavar="n", key="prompts_count"),
            option("--seed", type=whole(0), default=0, metavar="n", key="prompts_seed"),
            option("--table", choices=get_args(PromptVariant), default="base", key="prompts_table"),
        ),
    ),
)
