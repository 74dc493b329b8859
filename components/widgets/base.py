"""`gr.HTML` as we use it: no default styles, no click on everything, scripts from files."""

from pathlib import Path
from typing import Any

import gradio as gr

from components.widgets.text import safe

_ASSETS = Path(__file__).parent.parent / "assets"


def panel(value: str = "", script: str | tuple[str, ...] = (), **options: Any) -> gr.HTML:
    """A place on the page that a handler fills with markup. `script` names files of `assets/`, joined in order.

    Scripts see `element`, `trigger`, `props`, `watch`; an event named in quotes there becomes a Python listener.
    """
    names = (script,) if isinstance(script, str) else script
    source = "\n".join((_ASSETS / name).read_text("utf-8") for name in names)
    return gr.HTML(value, js_on_load=source or None, apply_default_css=False, padding=False, **options)


def heading(title: str, lead: str = "") -> str:
    """The page's one H1, where «skip to content» leads."""
    below = f'<p class="st-lead">{safe(lead)}</p>' if lead else ""
    return (
        f'<div class="st-root" id="st-main" tabindex="-1"><h1 class="st-h1">{safe(title)}</h1>{below}</div>'
    )
