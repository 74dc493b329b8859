"""What the label bar of Inspect asks: to keep a verdict, to take one back, to draw, to read or write the criteria.

Everything here is harmless to repeat: a label counts once per `client_id`, and so does its undo.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from components.pages.inspect_labels import label_state, mark_html, others_html
from components.pages.inspect_look import Look
from components.pages.served import text_of, whole_of
from components.who import EVERYONES, SEALED
from studio.core.errors import BadInput
from studio.core.label import HumanVerdict, NewLabel
from studio.core.run import SampleFilter, Viewer
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

Looking = Callable[[Mapping[str, Any], Viewer], Look]
LONGEST_NOTE = 4_000
MOST_TAGS = 30
LARGEST_DRAW = 100_000


class LabelDesk:
    """Labels, for the script of the page. Values from the browser are cut to size here and checked by the service."""

    def __init__(self, studio: "Studio", lang: Lang, look: Looking) -> None:
        """`look` opens a look at the run for whoever asks."""
        self._studio, self._lang, self._look = studio, lang, look

    def keep(self, data: Mapping[str, Any], who: Viewer) -> dict[str, Any]:
        """Keeps a label. With `look` the next sample to label comes with the reply. Raises StudioError."""
        run, sample = text_of(data, "run", 100), whole_of(data, "sample") or 0
        new = _label(data)
        if text_of(data, "people", 4) == EVERYONES:  # others' labels of this answer were on the screen
            before = self._studio.labels.of(run, sample, new.reviewer, who, everyones=True)
            new = replace(new, blind=not before.others)
        found = self._studio.labels.label(run, sample, new, who)
        kept = {
            "sample": sample,
            "mark": mark_html(found.human or "", self._lang),
            "others": others_html(found, self._lang),
            **label_state(found),
        }
        look = data.get("look")
        if not isinstance(look, Mapping):
            return {"kept": kept}
        asked = {
            **look,
            "run": run,
            "sample": sample,
            "reviewer": new.reviewer,
            "unlabelled": True,
            "want": ["card"],
        }
        return {"kept": kept, **self._look(asked, who).answer()}

    def undo(self, data: Mapping[str, Any], who: Viewer) -> dict[str, Any]:
        """Takes this reviewer's latest label back and opens its sample. Raises StudioError."""
        run, reviewer = text_of(data, "run", 100), text_of(data, "reviewer", 100)
        sample = self._studio.labels.undo(run, reviewer, text_of(data, "client_id", 100), who)
        if sample is None:
            return {"undone": None}
        everyones = text_of(data, "people", 4) == EVERYONES
        found = self._studio.labels.of(run, sample, reviewer, who, everyones=everyones)
        return {
            "undone": sample,
            "mark": mark_html(found.human or ("hidden" if found.hidden else ""), self._lang),
        }

    def draw(self, data: Mapping[str, Any], who: Viewer) -> dict[str, Any]:
        """Draws a part of the run, or of a task of it. Raises StudioError."""
        size = whole_of(data, "size")
        if not size:
            typed = text_of(data, "size", 20)
            raise BadInput("draw_size", value=typed, most=LARGEST_DRAW) if typed else BadInput("draw_no_size")
        where = SampleFilter(task=text_of(data, "task"))
        by_task = data.get("by_task") is True
        made = self._studio.labels.draw(
            text_of(data, "run", 100), size, where=where, by_task=by_task, viewer=who
        )
        key = "label.draw.made" if made.size == size else "label.draw.made.all"
        words = t(key, self._lang, number=made.number, size=made.size, frame=made.frame, asked=size)
        return {"draw": made.number, "words": words}

    def criteria(self, data: Mapping[str, Any], who: Viewer) -> dict[str, Any]:
        """The criteria in force; with `text` a new version first. Raises StudioError."""
        if isinstance(data.get("text"), str):
            self._studio.labels.write_criteria(text_of(data, "text", 20_000), who)
        found = self._studio.labels.criteria()
        version = t("label.criteria.version", self._lang, version=found[0].version) if found else ""
        none = t("label.criteria.none", self._lang)
        return {
            "text": found[0].text if found else "",
            "said": version or none,
            "may": who.role == "owner",
        }


def _label(data: Mapping[str, Any]) -> NewLabel:
    tags = data.get("tags")
    return NewLabel(
        reviewer=text_of(data, "reviewer", 100),
        verdict=cast(
            HumanVerdict, text_of(data, "verdict", 20)
        ),  # the service knows them all, and refuses the rest
        note=text_of(data, "note", LONGEST_NOTE),
        tags=tuple(tag[:100] for tag in tags[:MOST_TAGS] if isinstance(tag, str))
        if isinstance(tags, list)
        else None,
        attempt=whole_of(data, "attempt"),
        client_id=text_of(data, "client_id", 100),
        sealed=text_of(data, "scores", 10) == SEALED,
    )
