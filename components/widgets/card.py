"""A sample on the screen: its question with media on one side, its answer with scores on the other."""

from components.format import titled
from components.links import MediaBase, link
from components.widgets.chips import cell_chip, chip, media_chip, modality_chip, score_chip, truncated_chip
from components.widgets.media import media_html
from components.widgets.text import attr, clipped, safe, short, tail
from studio.core.run import SampleCard
from studio.core.task import Gold
from studio.texts import Lang, describe, t


def question_html(card: SampleCard, lang: Lang, base: MediaBase, *, loop: bool = False) -> str:
    """Task, media, question, options and the whole prompt behind a details element."""
    return (
        f'<div class="st-stack"><div class="st-row">{modality_chip(card.modality, lang)}'
        f"{media_chip(card.media_note.get('media'), lang)}"
        f'<span class="st-small">{safe(titled(card.task_title, card.task, lang))}</span>'
        f'<span class="st-small st-push">{safe(t("run.number", lang, n=card.number))}</span></div>'
        f"{media_html(card.media, lang, base, loop=loop)}"
        f'<div class="st-question">{clipped(card.question, lang)}'
        f"</div>{options_html(card)}{prompt_html(card, lang)}</div>"
    )


def options_html(card: SampleCard) -> str:
    """The options of a letter question."""
    if not card.options:
        return ""
    items = "".join(
        f'<li><b>{safe(letter)}</b><span class="st-text">{safe(text)}</span></li>'
        for letter, text in card.options.items()
    )
    return f'<ul class="st-list st-options">{items}</ul>'


def prompt_html(card: SampleCard, lang: Lang) -> str:
    """The prompt as sent, when it says more than the question."""
    if card.prompt.strip() == card.question.strip():
        return ""
    text = f'<span class="st-text st-mono">{safe(card.prompt)}</span>'
    return f'<details class="st-details"><summary>{safe(t("run.prompt", lang))}</summary>{text}</details>'


def answer_html(card: SampleCard, lang: Lang) -> str:
    """A finished answer with its chips and, for who may see it, gold; a failed one with its reason."""
    return (
        f'<div class="st-stack">{_answer(card, lang)}{scores_html(card, lang)}{gold_html(card, lang)}</div>'
    )


def arriving_html(text: str, lang: Lang) -> str:
    """An answer that is still arriving. Not announced by screen readers: the page's status line is."""
    if not text:
        return f'<div class="st-answer st-note">{safe(t("run.answer.waiting", lang))}</div>'
    return (
        f'<div class="st-answer"><span class="st-text">{tail(text)}</span>'
        '<span class="st-caret" aria-hidden="true"></span></div>'
    )


def waiting_html(lang: Lang) -> str:
    """While a model loads: what the chips under its answers will mean."""
    examples = (
        ("em", chip(f"{t('chip.em', lang)}: {t('chip.right', lang)}", "good", "✓")),
        ("js", chip(f"{t('chip.js', lang)}: {t('chip.right', lang)}", "good", "✓")),
        ("apart", chip(t("run.wait.apart.chip", lang), "js_only", "J")),
    )
    items = "".join(
        f"<li>{label}<span>{safe(t(f'run.wait.{key}', lang))}</span></li>" for key, label in examples
    )
    return f'<ul class="st-list st-waiting">{items}</ul>'


def scores_html(card: SampleCard, lang: Lang) -> str:
    """EM and judge as chips; nothing while there is neither."""
    if card.cell == "failed":
        return f'<div class="st-row">{cell_chip("failed", lang)}</div>'
    cut = truncated_chip(lang) if card.finish_reason == "length" else ""
    if card.gold_hidden:
        return f'<div class="st-row">{cut}</div>' if cut else ""
    em = score_chip(card.em, "em", lang)
    js = score_chip(card.js, "js", lang, probability_of(card))
    return f'<div class="st-row st-fall-{card.sample_id % 2}">{em}{js}{cut}</div>'


def probability_of(card: SampleCard) -> float | None:
    """The probability that decided the judge's verdict."""
    known = [call.probability for call in card.calls if call.probability is not None]
    return max(known) if known else None


def gold_html(card: SampleCard, lang: Lang) -> str:
    """Gold and what was compared with it; a word where gold is hidden."""
    if card.gold_hidden:
        return f'<div class="st-row">{chip(t("run.gold.hidden", lang), "quiet", "◍")}</div>'
    if card.gold is None:
        return ""
    rows = [(t("run.gold", lang), f"<strong>{gold_text(card.gold, lang)}</strong>")]
    extracted = card.em.extracted if card.em else None
    if extracted is not None and extracted != card.answer:
        rows.append((t("run.extracted", lang), short(extracted, 200)))
    cells = "".join(f"<dt>{safe(name)}</dt><dd>{value}</dd>" for name, value in rows)
    return f'<dl class="st-facts">{cells}</dl>'


def gold_text(gold: Gold, lang: Lang) -> str:
    """Gold as escaped text; several right answers are joined by «или»."""
    values = (gold,) if isinstance(gold, str) else gold
    return f" {safe(t('run.gold.or', lang))} ".join(
        f'<span class="st-text">{safe(value)}</span>' for value in values
    )


def sample_card(card: SampleCard, lang: Lang, base: MediaBase) -> str:
    """The whole sample in one card, with a link to Inspect (the Run page's click on the strip)."""
    to_inspect = attr(link("inspect", lang, run=card.run_id, sample=card.sample_id))
    return (
        f'<section class="st-root st-card st-sample"><div class="st-two">{question_html(card, lang, base)}'
        f'<div class="st-stack"><div class="st-label">{safe(t("run.answer", lang))}'
        f"</div>{answer_html(card, lang)}"
        '<div class="st-row">'
        f'<a class="st-btn st-btn--small" href="{to_inspect}">{safe(t("run.open", lang))}</a>'
        f'<button type="button" class="st-btn st-btn--small" data-close>{safe(t("run.picked.close", lang))}</button>'
        "</div></div></div></section>"
    )


def feed_row(card: SampleCard, lang: Lang) -> str:
    """A finished sample in two lines: question and answer, then its chips; pressing it opens the card."""
    answer = short(card.answer, 90) if card.answer else safe(_no_answer(card, lang))
    chips = scores_html(card, lang)
    return (
        f'<button type="button" class="st-feed-row" data-sample="{int(card.sample_id)}">'
        f'<span class="st-feed-q">{short(card.question, 80)}</span><span class="st-feed-a">{answer}'
        f"</span>{chips}</button>"
    )


def _answer(card: SampleCard, lang: Lang) -> str:
    if card.problem is not None:
        reason = f'<div class="st-alert">{safe(describe(card.problem, lang))}</div>'
        return reason + (f'<div class="st-answer">{clipped(card.answer, lang)}</div>' if card.answer else "")
    if not card.answer or not card.answer.strip():
        return f'<div class="st-answer st-note">{safe(_no_answer(card, lang))}</div>'
    return f'<div class="st-answer">{clipped(card.answer, lang)}</div>'


def _no_answer(card: SampleCard, lang: Lang) -> str:
    if card.problem is not None:
        return describe(card.problem, lang)
    return t("run.answer.none" if card.answer is None else "run.answer.empty", lang)
