"""The keyboard layer of a page: one listener on the document, keys by their physical place.

`KeyboardEvent.code` is used for letters (`KeyJ`), because under a Russian layout `key` is «о». A binding leads
either to a click on an element (`#id` or any selector) or to the component's `hotkey` event with the bound name.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import gradio as gr

_SCRIPT = Path(__file__).parent / "assets" / "hotkeys.js"


def keyboard(bindings: Mapping[str, str], *, while_typing: tuple[str, ...] = ()) -> gr.HTML:
    """An invisible component that listens. `bindings`: {"KeyJ": "#next", "Digit1": "1", "Ctrl+Enter": "submit"}.

    A value that starts with `#`, `.` or `[` is a selector to click; any other is sent to
    `keys.hotkey(handler, …)`, where `evt.key` (gr.EventData) holds it. Keys are ignored while a
    person types in a field, but for those of `while_typing`.
    """
    return gr.HTML(
        '<span hidden class="st-keys"></span>',
        js_on_load=_SCRIPT.read_text("utf-8"),
        apply_default_css=False,
        bindings=json.dumps(dict(bindings)),
        typing=json.dumps(list(while_typing)),
    )
