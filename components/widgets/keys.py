"""The dialog that a page opens on `?`: its keys and what each does."""

from collections.abc import Sequence

from components.widgets.text import safe


def keys_dialog(title: str, rows: Sequence[tuple[str, str]], note: str, close: str) -> str:
    """`rows` are keys and what they do, in words; a button with `data-act="close"` shuts the dialog."""
    listed = "".join(f"<dt><kbd>{safe(keys)}</kbd></dt><dd>{safe(what)}</dd>" for keys, what in rows)
    below = f'<p class="st-note">{safe(note)}</p>' if note else ""
    return (
        f'<dialog class="an-dialog an-keys" aria-labelledby="an-keys-title">'
        f'<h2 id="an-keys-title">{safe(title)}</h2><dl>{listed}</dl>{below}<div class="an-actions">'
        f'<button type="button" class="st-btn st-btn--main" data-act="close">{safe(close)}</button></div></dialog>'
    )
