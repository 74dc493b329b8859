"""Which questions are shown one by one, and what their answers are compared with."""

from components.format import titled
from components.widgets.text import attr, safe
from studio.core.compare import Comparison, Contrast
from studio.texts import Lang, t

_ASPECTS = ("", "em", "js", "answer")


def filters_html(found: Comparison, contrast: Contrast, task: str, reference: str, lang: Lang) -> str:
    """The bar above the question: which of them, of which task, and differences from what."""
    buttons = "".join(
        f'<button type="button" data-only="{aspect}"'
        f' aria-pressed="{"true" if not contrast.left and contrast.aspect == aspect else "false"}">'
        f"{safe(t(f'compare.only.{aspect}', lang))}</button>"
        for aspect in _ASPECTS
    )
    return (
        f'<div class="st-segments" role="group" aria-label="{attr(t("compare.only", lang))}">{buttons}</div>'
        f"{_pair(contrast, lang)}{_tasks(found, task, lang)}{_references(found, reference, lang)}"
    )


def _pair(contrast: Contrast, lang: Lang) -> str:
    """What a door chose, as a sign that can be taken away."""
    if not contrast.left:
        return ""
    words = t(
        f"compare.only.pair.{contrast.how}", lang, aspect=t(f"compare.aspect.{contrast.aspect}", lang),
        left=contrast.left, right=contrast.right,
    )  # fmt: skip
    label = attr(t("compare.only.clear", lang))
    return (
        f'<span class="st-chip st-t-accent cp-chosen">{safe(words)}'
        f'<button type="button" data-only="" aria-label="{label}" title="{label}">×</button></span>'
    )


def _tasks(found: Comparison, task: str, lang: Lang) -> str:
    if len(found.tasks) < 2 and not task:
        return ""
    options = f'<option value="">{safe(t("compare.task.all", lang))}</option>'
    options += "".join(
        f'<option value="{attr(row.task)}"{" selected" if row.task == task else ""}>'
        f"{safe(titled(row.title, row.task, lang))}</option>"
        for row in found.tasks
    )
    return _select("task", t("compare.task", lang), options)


def _references(found: Comparison, reference: str, lang: Lang) -> str:
    offered = [
        (str(place), t("compare.diff.run", lang, place=place)) for place in range(1, len(found.runs) + 1)
    ]
    offered += [("gold", t("compare.diff.gold", lang)), ("none", t("compare.diff.none", lang))]
    options = "".join(
        f'<option value="{value}"{" selected" if value == reference else ""}>{safe(words)}</option>'
        for value, words in offered
    )
    return _select("diff", t("compare.diff", lang), options)


def _select(name: str, label: str, options: str) -> str:
    return (
        f'<label class="in-field"><span>{safe(label)}</span><select name="{name}">{options}</select></label>'
    )
