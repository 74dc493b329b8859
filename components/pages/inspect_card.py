"""One sample of a run, whole: what was asked, what came back, what EM and the judge made of it and why."""

from collections.abc import Mapping, Sequence

from components.format import count, number, titled
from components.links import MediaBase, link
from components.pages.inspect_evidence import log_html, long_text, technical_html, trace_html, verdicts_html
from components.pages.inspect_queue import notice_html
from components.widgets.chips import cell_chip, chip, media_chip, modality_chip, score_chip, truncated_chip
from components.widgets.media import media_html
from components.widgets.text import attr, safe, short
from studio.core.run import EarlierTurn, Neighbours, SampleCard
from studio.texts import Lang, describe, t
from studio.texts.said import gold_list, say, unjudged

LONG_QUESTION = (
    240  # characters from which it is a text to read and no heading: a log may know only the whole prompt
)
TURN_SHOWN = 400  # characters of an earlier question and of its answer
_LATIN = str.maketrans("АВСЕавсе", "ABCEabce")  # a model may write the letters of options in Cyrillic


def card_html(
    card: SampleCard,
    place: Neighbours,
    base: MediaBase,
    lang: Lang,
    *,
    human: bool = False,
    annotating: bool = False,
    group: str = "",
    people: str = "",
) -> str:
    """The sample. `base` is `links.media_base(…)`; `annotating` says why gold is hidden, where it is; `group` is the
    line about its group of reasons, `people` what annotators said of it."""
    unscored = card.gold_hidden or card.sealed
    return (
        f'<article class="in-card" tabindex="-1" data-sample="{card.sample_id}" aria-labelledby="in-question">'
        f"{_head(card, place, lang)}{_said(card, lang, human, annotating)}{group}"
        f"{_earlier(card, base, lang)}"
        f'<div class="in-two"><div class="in-media">{_media(card, base, lang, human)}</div>'
        f'<div class="in-text">{_question(card, lang, human)}'
        f"{'' if unscored else verdicts_html(card, lang)}</div></div>"
        f"{_answer(card, lang, human)}{people}{'' if unscored else trace_html(card, lang) + log_html(card, lang)}"
        f"{_prompt(card, lang)}{technical_html(card, lang)}</article>"
    )


def _media(card: SampleCard, base: MediaBase, lang: Lang, human: bool) -> str:
    """A person saw them as they stand here; what became of them on their way to a model is another thing."""
    asked = not human and (card.answer is not None or bool(card.media_note))
    return media_html(card.media, lang, base, evidence=asked)


def _earlier(card: SampleCard, base: MediaBase, lang: Lang) -> str:
    """The turns of a dialogue that came with the question, in order, each with what the model received of its media."""
    if not card.earlier:
        return ""
    turns = "".join(
        f'<li data-sample="{turn.sample_id}"><p class="in-turn-asked">'
        f"<b>{t('inspect.number', lang, number=turn.number)}</b>"
        f' <span class="st-text">{short(turn.question, TURN_SHOWN)}</span></p>'
        f"{media_html(turn.media, lang, base, evidence=True)}{_turn_answer(turn, lang)}</li>"
        for turn in card.earlier
    )
    title = t("inspect.earlier", lang, turns=count(len(card.earlier), "count.turns", lang))
    return (
        f'<details class="in-details in-earlier" data-details="earlier"><summary>{safe(title)}</summary>'
        f'<ol class="in-turns">{turns}</ol></details>'
    )


def _turn_answer(turn: EarlierTurn, lang: Lang) -> str:
    if turn.answer is None:
        return ""
    label = t("inspect.earlier.answer", lang)
    return f'<p class="in-turn-answer"><span class="st-label">{label}</span> {short(turn.answer, TURN_SHOWN)}</p>'


def _head(card: SampleCard, place: Neighbours, lang: Lang) -> str:
    where = (
        t("inspect.place.outside", lang)
        if place.index is None
        else t("inspect.place", lang, index=number(place.index + 1, lang), total=number(place.total, lang))
    )
    chips = modality_chip(card.modality, lang) + media_chip(card.media_note.get("media"), lang)
    if not (card.gold_hidden or card.sealed):
        alone = chip(t("inspect.unasked", lang)) if unjudged(card) else ""
        chips = (score_chip(card.em, "em", lang) + alone if alone else cell_chip(card.cell, lang)) + chips
    if card.finish_reason == "length":
        chips += truncated_chip(lang)
    return (
        f'<header class="in-head"><div class="in-steps">{_step("previous", "←", place.previous, lang)}'
        f'<span class="in-place">{where}</span>{_step("next", "→", place.following, lang)}</div>'
        f'<div class="in-name"><b>{t("inspect.number", lang, number=card.number)}</b>'
        f"<span>{safe(titled(card.task_title, card.task, lang))}</span>{chips}</div>"
        f'<button type="button" class="in-quiet" data-act="link">{t("inspect.link", lang)}</button></header>'
    )


def _step(way: str, sign: str, sample: int | None, lang: Lang) -> str:
    off = " disabled" if sample is None else f' data-sample="{sample}"'
    label = t(f"inspect.{way}", lang)
    return (
        f'<button type="button" class="in-step" data-step="{way}" title="{attr(label)} ({sign})"{off}>'
        f'<i aria-hidden="true">{sign}</i><span>{label}</span></button>'
    )


def _said(card: SampleCard, lang: Lang, human: bool, annotating: bool) -> str:
    if card.gold_hidden:
        why = t(f"inspect.hidden.{'annotating' if annotating else 'private'}", lang)
        way = (
            f' <a href="{attr(link("annotate", lang))}">{t("inspect.hidden.to_annotate", lang)}</a>'
            if annotating
            else ""
        )
        title = t("inspect.hidden.title", lang)
        return f'<p class="in-say in-say-hidden"><b>{title}.</b> {safe(why)}{way}</p>'
    if card.sealed:
        title = t("label.scores.title", lang)
        return f'<p class="in-say in-say-hidden"><b>{title}.</b> {t("label.scores.card", lang)}</p>'
    sentences = "".join(f"<span>{safe(sentence)}</span> " for sentence in say(card, lang, human))
    reason = f"<strong>{safe(describe(card.problem, lang))}</strong> " if card.problem else ""
    return f'<p class="in-say in-say-{card.cell}">{reason}{sentences}</p>'


def _question(card: SampleCard, lang: Lang, human: bool) -> str:
    gold = "" if card.gold_hidden or card.options else _gold(card, lang)
    asked = long_text(card.question, "question", lang)
    if not card.question and card.log:
        asked = f"<em>{t('logs.not_there', lang)}</em>"
    kind = "st-question in-long" if len(card.question) > LONG_QUESTION else "st-question"
    return (
        f'<section class="in-asked"><span class="st-label">{t("inspect.question", lang)}</span>'
        f'<h2 id="in-question" class="{kind}"><span class="st-text">{asked}'
        f"</span></h2>{_options(card, lang, human)}{gold}</section>"
    )


def _gold(card: SampleCard, lang: Lang) -> str:
    gold = gold_list(card.gold)
    shown = f" {t('inspect.or', lang)} ".join(f"<b>{long_text(text, 'gold', lang)}</b>" for text in gold)
    return (
        f'<p class="in-gold"><span class="st-label">{t("inspect.gold", lang)}</span> '
        f"<span>{shown or t('logs.not_there' if card.log else 'inspect.gold.none', lang)}</span></p>"
    )


def _options(card: SampleCard, lang: Lang, human: bool) -> str:
    if not card.options:
        return ""
    gold = _letters([] if card.gold_hidden else gold_list(card.gold), card.options)
    extracted = card.em.extracted if card.em and card.em.extracted else ""
    chosen = _letters([extracted], card.options)
    who = t(f"inspect.option.model{'.human' if human else ''}", lang)
    items = "".join(
        _option(letter, text, letter in gold, letter in chosen, who, lang)
        for letter, text in card.options.items()
    )
    return f'<ul class="in-options" aria-label="{attr(t("inspect.options", lang))}">{items}</ul>'


def _option(letter: str, text: str, gold: bool, chosen: bool, who: str, lang: Lang) -> str:
    marks = f'<span class="in-mark in-mark-gold">✓ {t("inspect.option.gold", lang)}</span>' if gold else ""
    if chosen:
        sign = "✓" if gold else "×"
        marks += f'<span class="in-mark in-mark-{"right" if gold else "wrong"}">{sign} {safe(who)}</span>'
    classes = f"{'in-is-gold' if gold else ''} {'in-is-chosen' if chosen else ''}".strip()
    return (
        f'<li class="{classes}"><b>{safe(letter)}</b><span class="st-text">{safe(text)}</span>'
        f'<span class="in-marks">{marks}</span></li>'
    )


def _letters(answers: Sequence[str], options: Mapping[str, str]) -> set[str]:
    """The options that answers name: by letter, Latin or Cyrillic, or by their text."""
    named = {answer.strip().translate(_LATIN).upper() for answer in answers}
    texts = {answer.strip().casefold() for answer in answers}
    return {
        letter
        for letter, text in options.items()
        if letter.translate(_LATIN).upper() in named or text.strip().casefold() in texts
    }


def _answer(card: SampleCard, lang: Lang, human: bool) -> str:
    if card.answer is None:
        return ""
    title = t(f"inspect.answer{'.human' if human else ''}", lang)
    if card.cell == "failed":
        title = t("inspect.answer.partial", lang)
    length = count(len(card.answer), "inspect.answer.length", lang)
    body = (
        f'<pre class="in-raw" tabindex="0">{long_text(card.answer, "answer", lang, raw=True)}</pre>'
        if card.answer
        else f'<p class="in-blank">{t("inspect.answer.empty", lang)}</p>'
    )
    return (
        f'<section class="in-answer"><div class="in-bar-title"><h3>{title}</h3><span>{length}</span>'
        f'<button type="button" class="in-quiet" data-act="copy">{t("inspect.copy", lang)}</button></div>'
        f"{body}</section>"
    )


def _prompt(card: SampleCard, lang: Lang) -> str:
    number_of = f" · {t('inspect.prompt.id', lang, id=card.prompt_id)}" if card.prompt_id is not None else ""
    return (
        f'<details class="in-details" data-details="prompt"><summary>{t("inspect.prompt", lang)}{number_of}</summary>'
        f'<pre class="in-raw in-prompt" tabindex="0">{long_text(card.prompt, "prompt", lang, raw=True)}</pre></details>'
    )


def sample_gone_html(sample: str, run: str, lang: Lang) -> str:
    """The link names a sample that is not in the run. Where it may have been meant as a number of the list, that
    question is offered: an address takes either."""
    number = sample if sample.isascii() and sample.isdigit() and len(sample) < 10 else ""
    ways = []
    if number:
        way = link("inspect", lang, run=run, number=number)
        ways.append((t("inspect.sample_gone.number", lang, number=number), way, ""))
    return notice_html(
        t("inspect.sample_gone.title", lang), t("inspect.sample_gone.text", lang, sample=sample[:40]), ways
    )
