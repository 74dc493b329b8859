"""The fold «SQL» of a page: the statements behind what it shows, for the address as it is when the fold is opened.

The header's script fills it, so that a page needs a line: `sql_fold("health", lang)`.
"""

import json
from urllib.parse import quote

from components.widgets.text import attr, safe
from studio.core.sql import SqlPage
from studio.texts import Lang, t

_SCRIPT_TEXTS = ("copy", "copied", "lost")


def sql_fold(page: SqlPage, lang: Lang, run: str = "") -> str:
    """A closed fold; nothing is asked for until it is opened. `run` where the address may not name it."""
    words = json.dumps({key: t(f"sql.{key}", lang) for key in _SCRIPT_TEXTS}, ensure_ascii=False)
    asked = f"?run={quote(run)}" if run else ""
    return (
        f'<details class="st-root st-sql" data-sql="./sql/{page}{attr(asked)}" data-words="{attr(words)}">'
        f"<summary>{safe(t('sql.title', lang))}</summary>"
        f'<p class="st-small">{safe(t("sql.note", lang))}</p><div aria-live="polite"></div></details>'
    )
