"""The dialog that a page opens on `?`: its keys and what each does."""

from collections.abc import Sequence

from components.widgets.text import safe
from studio.core.keyboard import in_russian
from studio.texts import Lang, t

# Keys that all views of the workbench have (`assets/bench.js`), with their names under `bench.keys`.
SHARED = (("[ ]", "views"), ("L", "link"), ("F", "report"), ("Esc", "leave"), ("?", "help"))


def keys_dialog(rows: Sequence[tuple[str, str]], note: str, lang: Lang) -> str:
    """`rows` are keys and what they do, in words; a button with `data-act="close"` shuts the dialog."""
    listed = "".join(f"<dt>{_keys(keys, lang)}</dt><dd>{safe(what)}</dd>" for keys, what in rows)
    below = f'<p class="st-note">{safe(note)}</p>' if note else ""
    return (
        f'<dialog class="an-dialog an-keys" aria-labelledby="an-keys-title">'
        f'<h2 id="an-keys-title">{safe(t("annotate.keys.title", lang))}</h2><dl>{listed}</dl>{below}'
        f'<div class="an-actions"><button type="button" class="st-btn st-btn--main" data-act="close">'
        f"{safe(t('annotate.close', lang))}</button></div></dialog>"
    )


def bench_keys(rows: Sequence[tuple[str, str]], lang: Lang) -> str:
    """The same for a view of the workbench: its own keys, then those that all views have."""
    shared = [(keys, t(f"bench.keys.{what}", lang)) for keys, what in SHARED]
    return keys_dialog([*rows, *shared], t("inspect.keys.note", lang), lang)


def _keys(keys: str, lang: Lang) -> str:
    """As the key is called, and what a Russian layout writes on it, where that is another sign."""
    signs = [in_russian(one).upper() for one in keys.split() if len(one) == 1 and one.isascii()]
    other = " ".join(sign for sign in signs if not sign.isascii())
    return f"<kbd>{safe(keys)}</kbd>" + (f" <kbd>{safe(other)}</kbd>" if other and lang == "ru" else "")
