"""The turns of a dialogue before a question, with what this very person answered to them."""

from collections.abc import Sequence

from components.format import number
from components.links import MediaBase, media_url
from components.widgets.text import attr, safe
from studio.core.project import Earlier
from studio.core.run import MediaView
from studio.texts import Lang, t


def earlier_html(turns: Sequence[Earlier], base: MediaBase, lang: Lang) -> str:
    """A list that scrolls by itself, the newest turn last; "" where nothing was before. `base` is
    `links.media_base(…)`."""
    if not turns:
        return ""
    title = t("answer.earlier", lang)
    rows = "".join(_turn(turn, base, lang) for turn in turns)
    return (
        f'<section class="an-earlier" role="region" aria-label="{attr(title)}" tabindex="0"><p class="st-label">{title}'
        f"</p><ol>{rows}</ol></section>"
    )


def _turn(turn: Earlier, base: MediaBase, lang: Lang) -> str:
    label = t("answer.earlier.turn", lang, n=number(turn.number, lang))
    media = "".join(
        _medium(view, f"{label}: {t(f'media.{view.modality}', lang)}", base) for view in turn.media
    )
    return (
        f'<li><span class="st-label">{label}</span><div class="an-then">{media}'
        f'<span class="st-text">{safe(turn.question)}</span></div>{_said(turn, lang)}</li>'
    )


def _medium(view: MediaView, name: str, base: MediaBase) -> str:
    """Small, and fetched when it is looked at: the question's own media come first."""
    url = media_url(base, view)
    if url is None:
        return ""
    if view.modality == "image":
        return (
            f'<a href="{attr(url)}" target="_blank" rel="noopener"><img src="{attr(url)}" alt="{attr(name)}"'
            f' loading="lazy"></a>'
        )
    return f'<{view.modality} src="{attr(url)}" controls preload="none" aria-label="{attr(name)}"></{view.modality}>'


def _said(turn: Earlier, lang: Lang) -> str:
    if turn.answer is None:
        return f'<p class="an-said-then is-none">{t("answer.earlier.none", lang)}</p>'
    option = turn.options.get(turn.answer)
    words = f"{turn.answer}. {option}" if option else turn.answer
    return f'<p class="an-said-then"><span>{t("answer.earlier.you", lang)}</span> {safe(words)}</p>'
