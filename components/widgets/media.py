"""A picture, a sound or a clip of a sample as HTML that a browser plays without any component of Gradio."""

from collections.abc import Sequence

from components.format import NBSP, decimal, duration
from components.links import MediaBase, media_url
from components.widgets.text import attr, safe
from studio.core.run import MediaView
from studio.texts import Lang, describe, t


def media_html(
    views: Sequence[MediaView], lang: Lang, base: MediaBase, *, loop: bool = False, evidence: bool = False
) -> str:
    """All media of a sample. `base` is `links.media_base(…)`.

    `loop` starts clips muted and repeating (the running sample); sound never starts by itself. `evidence` leaves a
    place under each where the page's script puts what the model received of it (`widgets.evidence`).
    Markup of equal media is equal, so Gradio's patching leaves a playing element alone.
    """
    if not views:
        return ""
    figures = "".join(
        _figure(view, i, len(views), lang, base, loop, evidence) for i, view in enumerate(views, 1)
    )
    return f'<div class="st-media" data-n="{len(views)}">{figures}</div>'


def _figure(
    view: MediaView, place: int, of: int, lang: Lang, base: MediaBase, loop: bool, evidence: bool
) -> str:
    url = media_url(base, view)
    name = t(f"media.{view.modality}", lang) + (f" {place}" if of > 1 else "")
    if url is None:
        reason = describe(view.problem, lang) if view.problem else t("media.missing", lang)
        return f'<figure class="st-fig st-fig--bad"><div class="st-note">{safe(reason)}</div></figure>'
    return (
        f'<figure class="st-fig st-fig--{view.modality}">{_element(view, url, name, lang, loop)}'
        f"<figcaption>{safe(name)}{_facts(view, lang)}</figcaption>"
        f"{_evidence_place(place) if evidence else ''}</figure>"
    )


def _evidence_place(place: int) -> str:
    return f'<div class="ev" data-evidence="{place - 1}"></div>'


def _element(view: MediaView, url: str, name: str, lang: Lang, loop: bool) -> str:
    src, label = attr(url), attr(name)
    if view.modality == "image":
        title = attr(t("media.zoom", lang))
        return f'<a href="{src}" target="_blank" rel="noopener" title="{title}"><img src="{src}" alt="{label}"></a>'
    if view.modality == "audio":
        return f'<audio src="{src}" controls preload="auto" aria-label="{label}"></audio>'
    how = "autoplay loop muted playsinline" if loop else "playsinline"
    stamps = f' data-stamps="{attr(view.note["stamps"])}"' if view.note.get("stamps") else ""
    return f'<video src="{src}" controls preload="auto" {how} aria-label="{label}"{stamps}></video>'


def _facts(view: MediaView, lang: Lang) -> str:
    """· 224×224 · 12,3 с · 16 кГц"""
    note, facts = view.note, []
    if note.get("width") and note.get("height"):
        facts.append(f"{int(note['width'])}×{int(note['height'])}")
    if note.get("duration_s"):
        facts.append(duration(float(note["duration_s"]), lang))
    if note.get("sample_rate"):
        digits = 0 if int(note["sample_rate"]) % 1000 == 0 else 1
        facts.append(f"{decimal(note['sample_rate'] / 1000, lang, digits)}{NBSP}{t('unit.khz', lang)}")
    return "".join(f'<span class="st-fact">{safe(fact)}</span>' for fact in facts)
