"""`gr.HTML` as we use it: no default styles, no click on everything, scripts from files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gradio as gr

from components.widgets.text import attr, safe

_ASSETS = Path(__file__).parent.parent / "assets"


def panel(value: str = "", script: str | tuple[str, ...] = (), **options: Any) -> gr.HTML:
    """A place on the page that a handler fills with markup. `script` names files of `assets/`, joined in order.

    Scripts see `element`, `trigger`, `props`, `watch`; an event named in quotes there becomes a Python listener.
    """
    names = (script,) if isinstance(script, str) else script
    source = "\n".join((_ASSETS / name).read_text("utf-8") for name in names)
    return gr.HTML(value, js_on_load=source or None, apply_default_css=False, padding=False, **options)


@contextmanager
def fold(title: str, elem_id: str, **options: Any) -> Iterator[None]:
    """Components under a title that shows and hides them; hidden at first, yet part of the form all the while."""
    with gr.Column(elem_classes=["st-fold", *options.pop("elem_classes", ())], **options):
        panel(
            f'<h2><button type="button" aria-expanded="false" aria-controls="{attr(elem_id)}">{safe(title)}'
            '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4 6 4 4 4-4"/></svg></button></h2>',
            "fold.js",
        )
        with gr.Column(elem_id=elem_id, elem_classes="st-folded"):
            yield


def heading(title: str, lead: str = "") -> str:
    """The page's one H1, where «skip to content» leads."""
    below = f'<p class="st-lead">{safe(lead)}</p>' if lead else ""
    return (
        f'<div class="st-root" id="st-main" tabindex="-1"><h1 class="st-h1">{safe(title)}</h1>{below}</div>'
    )
