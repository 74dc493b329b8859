"""What an annotator's page opens over itself: why a question is skipped, the instructions, the keys."""

from components.format import NBSP, duration
from components.widgets.keys import keys_dialog
from components.widgets.markdown import markdown_html
from components.widgets.text import attr
from studio.core.project import SKIPS
from studio.texts import Lang, t


def skip_dialog_html(lang: Lang) -> str:
    """One of five reasons by key or click, none of them chosen beforehand, and a note."""
    reasons = "".join(
        f'<label class="an-reason"><input type="radio" name="reason" value="{code}">'
        f"<span>{t(f'annotate.skip.{code}', lang)}<small>{t(f'annotate.skip.{code}.hint', lang)}</small></span>"
        f"<kbd>{place + 1}</kbd></label>"
        for place, code in enumerate(SKIPS)
    )
    return (
        f'<dialog class="an-dialog an-skip" aria-labelledby="an-skip-title"><form novalidate>'
        f'<h2 id="an-skip-title">{t("annotate.skip.title", lang)}</h2>'
        f'<div role="radiogroup" aria-labelledby="an-skip-title">{reasons}</div>'
        f'<p class="an-error" role="alert"></p><label class="an-field"><span>{t("annotate.skip.note", lang)}</span>'
        f'<textarea name="note" rows="2" maxlength="2000"></textarea></label><div class="an-actions">'
        f'<button type="submit" class="st-btn st-btn--main">{t("annotate.skip.confirm", lang)}'
        f'<kbd>Enter</kbd></button><button type="button" class="st-btn" data-act="close">'
        f"{t('annotate.skip.cancel', lang)}<kbd>Esc</kbd></button>"
        f"</div></form></dialog>"
    )


def guide_dialog_html(lang: Lang) -> str:
    """A place for the instructions; the script fills it with what `guide_html` gives."""
    return (
        f'<dialog class="an-dialog an-guide" aria-label="{attr(t("annotate.guide", lang))}"><div data-guide></div>'
        f'<div class="an-actions"><button type="button" class="st-btn st-btn--main an-big" data-act="close">'
        f"{t('annotate.guide.close', lang)}</button></div></dialog>"
    )


def guide_html(text: str, limit_s: float | None, lang: Lang) -> str:
    """The instructions; a project with a limit says it before the first question."""
    limit = (
        f'<p class="an-notice">{t("annotate.guide.limit", lang, time=_limit(limit_s, lang))}</p>'
        if limit_s
        else ""
    )
    return f'<h2 tabindex="-1">{t("annotate.guide", lang)}</h2>{limit}{markdown_html(text, lang)}'


_KEYS: tuple[tuple[str, str], ...] = (
    ("1–9 / A–H", "choose"),
    ("↑ ↓", "move"),
    ("Enter / Ctrl Enter", "submit"),
    ("Shift Enter", "line"),
    ("S", "skip"),
    ("F", "flag"),
    ("Ctrl Z", "undo"),
    ("Alt N", "go"),
    ("P", "play"),
    ("O", "other"),
    ("J L", "seek"),
    (", .", "frame"),
    ("[ ]", "speed"),
    ("+ −", "type"),
    ("I", "guide"),
    ("?", "help"),
)


def keys_dialog_html(lang: Lang) -> str:
    """The list of keys."""
    rows = [(keys, t(f"annotate.keys.{what}", lang)) for keys, what in _KEYS]
    return keys_dialog(rows, t("annotate.keys.note", lang), lang)


def _limit(seconds: float, lang: Lang) -> str:
    """The time for a question: «45 с», «5 мин», «1 мин 30 с»."""
    if seconds >= 60 and seconds % 60 == 0:
        return f"{seconds / 60:.0f}{NBSP}{t('unit.min', lang)}"
    return duration(seconds, lang)
