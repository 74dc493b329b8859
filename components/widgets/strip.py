"""The strip of finished samples: a square for each, with the sign of its mark. The browser draws it from a list."""

import json
from collections.abc import Iterable
from typing import Any

import gradio as gr

from components.widgets.base import panel
from components.widgets.chips import MARK_SIGNS
from components.widgets.text import safe
from studio.core.run import MARKS, StripItem
from studio.texts import Lang, t

SHOWN = 400  # squares in the page at most: the newest

# Values are numbers, and the lists are ours, so the template escapes nothing at run time. The lists are written into
# the template: extra props of gr.HTML do not reach a component that appears later (Gradio 6.31).
_TEMPLATE = (
    '<ol class="st-list st-strip">${(value || []).map(([id, n, mark, cut]) => `<li><button type="button" '
    'class="st-sq st-c-${MARKS[mark]}${cut ? " st-sq-cut" : ""}" data-sample="${id}" '
    'aria-label="${NAMES[mark].replace("%", n)}" title="${NAMES[mark].replace("%", n)}">${SIGNS[mark]}'
    "</button></li>`).join('')}</ol>${(value || []).length < SHOWN_ ? '' : `LATEST`}"
)


def strip(lang: Lang) -> gr.HTML:
    """The component; its value is what `strip_value` gives. `strip.pick(handler)` hears clicks: `evt.sample`."""
    lists = {
        "MARKS": list(MARKS),
        "SIGNS": [MARK_SIGNS[mark] for mark in MARKS],
        "NAMES": [safe(t("run.strip.item", lang, n="%", cell=t(f"cell.{mark}", lang))) for mark in MARKS],
    }
    latest = f'<p class="st-root st-small">{safe(t("run.strip.latest", lang, n=SHOWN))}</p>'
    template = _TEMPLATE.replace("SHOWN_", str(SHOWN)).replace("LATEST", latest)
    for name, values in lists.items():
        template = template.replace(f"{name}[", f"{json.dumps(values, ensure_ascii=False)}[")
    return panel([], "strip.js", html_template=template)  # type: ignore[arg-type]


def strip_value(items: Iterable[StripItem]) -> list[list[Any]]:
    """[[sample id, number, index of the mark, cut], …], the newest `SHOWN` of them."""
    latest = list(items)[-SHOWN:]
    return [[item.sample_id, item.number, MARKS.index(item.mark), int(item.truncated)] for item in latest]


def legend_html(lang: Lang) -> str:
    """What the squares mean."""
    entries = "".join(
        f'<li><span class="st-sq st-c-{mark}" aria-hidden="true">{safe(MARK_SIGNS[mark])}</span>'
        f"{safe(t(f'cell.{mark}', lang))}</li>"
        for mark in MARKS
        if mark != "pending"
    )
    return f'<ul class="st-list st-legend">{entries}</ul>'
