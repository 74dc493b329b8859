"""Which questions are shown one by one, and what their answers are compared with."""

from collections.abc import Sequence

from components.format import titled
from components.links import link
from components.widgets.text import attr, safe
from studio.core.compare import Comparison, Contrast
from studio.texts import Lang, t

_ASPECTS = ("", "em", "js", "answer")


def filters_html(
    found: Comparison, contrast: Contrast, task: str, where: str, reference: str, lang: Lang
) -> str:
    """The bar above the question: which of them, of which task, and differences from what."""
    buttons = "".join(
        f'<button type="button" data-only="{aspect}"'
        f' aria-pressed="{"true" if not contrast.left and contrast.aspect == aspect else "false"}">'
        f"{safe(t(f'compare.only.{aspect}', lang))}</button>"
        for aspect in _ASPECTS
    )
    return (
        f'<div class="st-segments" role="group" aria-label="{attr(t("compare.only", lang))}">{buttons}</div>'
        f"{_pair(contrast, lang)}{_inspect(found, contrast, task, where, lang)}"
        f"{_tasks(found, task, lang)}{_references(found, reference, lang)}"
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


def _inspect(found: Comparison, contrast: Contrast, task: str, where: str, lang: Lang) -> str:
    """The same questions on Inspect, where its language can name them: two runs differ, agree, one is better."""
    words = inspect_words([run.id for run in found.runs], contrast, where)
    if not words:
        return ""
    run = found.runs[max(contrast.left, 1) - 1].id
    address = attr(link("inspect", lang, run=run, task=task, where=words))
    return f'<a class="in-quiet cp-there" href="{address}">{safe(t("compare.choice.inspect", lang))}</a>'


def inspect_words(runs: Sequence[str], contrast: Contrast, where: str) -> str:
    """A contrast of two runs as a filter of the first of them; empty where there is none: several runs, or everything.
    The page's own filter goes by the first run of all, so that it comes along to that run alone."""
    left, right = (contrast.left, contrast.right) if contrast.left else (1, 2)
    if not contrast.aspect or (not contrast.left and len(runs) > 2) or (where and left != 1):
        return ""
    sign = "=" if contrast.how == "=" else "≠"
    parts = [f"{contrast.aspect}:{sign}{runs[right - 1]}"]
    if contrast.how in {">", "<"}:
        parts.append(f"{contrast.aspect}:{'1' if contrast.how == '>' else '0'}")
    return " ".join([*parts, f"({where})" if where else ""]).strip()


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
