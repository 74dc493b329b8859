"""Which run a page of the workbench is about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from components.pages.inspect_look import worth_a_look
from components.pages.inspect_queue import gone_html, no_runs_html
from studio.core.errors import StudioError
from studio.core.run import RunView
from studio.texts import Lang

if TYPE_CHECKING:
    from studio.service import Studio


def chosen_run(studio: "Studio", run_id: str, runs: Sequence[RunView], lang: Lang) -> RunView | str:
    """The run that the address names, or without one the newest worth a look; what to show instead, as markup, where
    there is none, or where it is gone. Raises StudioError."""
    if not run_id and not runs:
        return no_runs_html(lang)
    try:
        return studio.run(run_id) if run_id else worth_a_look(runs)
    except StudioError as error:
        if error.problem.code != "unknown_run":
            raise
        return gone_html(run_id, lang)
