"""The map of a project's items: a square each, the darker the more answers it has. The script draws it out of "
"numbers."""

import json
from collections import Counter
from collections.abc import Sequence

from components.format import number
from components.links import link
from components.widgets.text import attr, safe
from studio.core.project import Project
from studio.texts import Lang, t

LEVELS = 5


def level(valid: int, overlap: int) -> int:
    """0: no answer, 5: all of them; what lies between by its part."""
    if valid <= 0:
        return 0
    return (
        LEVELS if valid >= overlap else min(LEVELS - 1, 1 + (valid - 1) * (LEVELS - 1) // max(1, overlap - 1))
    )


def map_html(project: Project, answers: Sequence[tuple[int, int]], lang: Lang) -> str:
    """The place of the map with its numbers: items in runs, answers of each, and its level."""
    overlap = project.spec.overlap
    data = {
        "items": _runs([item for item, _ in answers]),
        "valid": [valid for _, valid in answers],
        "levels": "".join(str(level(valid, overlap)) for _, valid in answers),
        "overlap": overlap,
    }
    done = sum(valid >= overlap for _, valid in answers)
    label = t("organise.map.label", lang, n=number(len(answers), lang), done=number(done, lang))
    return (
        f'<div class="og-map" data-map="{attr(json.dumps(data, separators=(",", ":")))}" tabindex="0"'
        ' role="application"'
        f' aria-roledescription="{attr(t("organise.map", lang))}" aria-label="{attr(label)}"></div>'
        f'<p class="og-map-said st-small" data-map-said aria-live="polite">{safe(t("organise.map.hint", lang))}</p>'
    )


def legend_html(project: Project, answers: Sequence[tuple[int, int]], lang: Lang) -> str:
    """How many items have how many answers, each a link to them."""
    overlap, rows = project.spec.overlap, []
    for valid, n in sorted(Counter(valid for _, valid in answers).items()):
        address = attr(link("organise", lang, project=project.id, tab="items", show="all", answers=valid))
        rows.append(
            f'<li><a data-go href="{address}"><i class="og-l{level(valid, overlap)}"></i>'
            f"{safe(t('organise.map.answers', lang, n=valid))} <b>{safe(number(n, lang))}</b></a></li>"
        )
    return f'<ul class="st-list og-legend">{"".join(rows)}</ul>'


def _runs(items: Sequence[int]) -> list[list[int]]:
    """Numbers in a row as [first, last]."""
    runs: list[list[int]] = []
    for item in items:
        if runs and item == runs[-1][1] + 1:
            runs[-1][1] = item
        else:
            runs.append([item, item])
    return runs
