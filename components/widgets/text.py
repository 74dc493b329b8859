"""Text that came from data, made safe for a page: escaped, control characters made visible, long texts clipped.

Everything that a model, a person or a file wrote passes through here; markup of our own never does.
"""

from studio.core.errors import Problem, StudioError
from studio.texts import Lang, describe, raw_reason, t
from studio.texts.escape import safe as safe

CLIP = 1200


attr = safe  # the same holds inside a quoted attribute


def clipped(text: str, lang: Lang, limit: int = CLIP) -> str:
    """Escaped text; beyond `limit` characters the rest hides behind «показать целиком»."""
    if len(text) <= limit:
        return f'<span class="st-text">{safe(text)}</span>'
    more = t("text.show_all", lang, n=f"{len(text):,}".replace(",", "\N{NO-BREAK SPACE}"))
    return (
        f'<details class="st-clip"><summary><span class="st-text">{safe(text[:limit])}…</span>'
        f'<span class="st-more">{more}</span></summary><span class="st-text">{safe(text)}</span></details>'
    )


def short(text: str, limit: int = 120) -> str:
    """One escaped line for lists: whitespace folded, cut at a word with «…»."""
    line = " ".join(text[: limit * 4].split())
    if len(line) <= limit:
        return safe(line)
    return safe(line[:limit].rsplit(" ", 1)[0] or line[:limit]) + "…"


def tail(text: str, limit: int = 2000) -> str:
    """The end of a text that is still arriving, so that a run-away answer does not flood the page."""
    return safe(text) if len(text) <= limit else "…" + safe(text[-limit:])


def problem_html(problem: Problem | StudioError, lang: Lang) -> str:
    """What went wrong in words; what the system itself said of it, where that is something else, in a fold."""
    raw = raw_reason(problem)
    fold = (
        f'<details class="st-details"><summary>{t("reason.raw", lang)}</summary>'
        f'<span class="st-text">{safe(raw)}</span></details>'
    )
    return f"{safe(describe(problem, lang))}{fold if raw else ''}"
