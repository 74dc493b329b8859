"""One item: the question with its media, everything that was said of it, gold in a fold, and the last word."""

from collections.abc import Sequence

from components.format import ago, duration, moment
from components.links import MediaBase
from components.pages.organise_items import marks_html
from components.pages.organise_said import person_name, skip_words
from components.widgets.card import gold_text
from components.widgets.chips import chip
from components.widgets.media import media_html
from components.widgets.text import attr, clipped, safe
from studio.core.overseeing import ItemView, Said, Shown
from studio.texts import Lang, t


def item_html(
    view: ItemView, show: Shown, stratum: str, answers: int | None, base: MediaBase, lang: Lang
) -> str:
    """The item's page; `base` is `links.media_base(…)`. J and K walk through the list that it was opened from."""
    return (
        f'<section class="og-one" data-item="{view.line.item}">{_bar(view, lang)}'
        f'<div class="og-item-two"><div class="st-card og-question">{_question(view, base, lang)}</div>'
        f'<div class="og-column"><section class="st-card"><h3>{safe(t("organise.answers", lang))}</h3>'
        f"{_decide(view, lang)}</section>"
        f'<section class="st-card"><h3>{safe(t("organise.said", lang))}</h3>{_said(view.said, lang)}</section>'
        "</div></div></section>"
    )


def _bar(view: ItemView, lang: Lang) -> str:
    """Where one is in the list, and the steps to its neighbours. The script knows the rest of the address."""
    steps = _step("before", "K", view.before, lang) + _step("after", "J", view.after, lang)
    place = t("organise.place", lang, n=view.place, of=view.total) if view.place else ""
    return (
        f'<div class="og-bar"><button type="button" class="og-back" data-list>← {safe(t("organise.to_list", lang))}'
        f"</button>"
        f'<h2 class="st-h2" id="og-item-title">{safe(t("organise.item", lang, n=view.line.item))}</h2>'
        f'<code class="og-key">{safe(view.line.key)}</code>{chip(view.line.stratum) if view.line.stratum else ""}'
        f"{marks_html(view.line, 0, lang)}"
        f'<span class="st-push st-row"><span class="st-small">{safe(place)}</span>{steps}</span></div>'
    )


def _step(name: str, key: str, to: int | None, lang: Lang) -> str:
    leads = " disabled" if to is None else f' data-to="{to}"'
    return (
        f'<button type="button" class="st-btn st-btn--small" data-step="{name}"{leads}>'
        f"{safe(t(f'organise.step.{name}', lang))} <kbd>{key}</kbd></button>"
    )


def _question(view: ItemView, base: MediaBase, lang: Lang) -> str:
    if view.question is None:
        return f'<p class="st-note">{safe(t("organise.item.unbound", lang))}</p>'
    items = "".join(
        f'<li><b>{safe(letter)}</b><span class="st-text">{safe(text)}</span></li>'
        for letter, text in view.options.items()
    )
    options = f'<ul class="st-list st-options">{items}</ul>' if items else ""
    prompt = (
        f'<details class="st-details"><summary>{safe(t("run.prompt", lang))}</summary>'
        f'<span class="st-text st-mono">{safe(view.prompt)}</span></details>'
        if view.prompt.strip() != view.question.strip()
        else ""
    )
    gold = (
        f'<details class="st-details og-gold" data-gold><summary>{safe(t("organise.gold", lang))}</summary>'
        f"<strong>{gold_text(view.gold, lang)}</strong></details>"
        if view.gold is not None
        else f'<p class="st-note">{safe(t("organise.gold.hidden", lang))}</p>'
        if view.gold_hidden
        else ""
    )
    return (
        f'<div class="st-stack">{media_html(view.media, lang, base)}'
        f'<div class="st-question">{clipped(view.question, lang)}</div>'
        f"{options}{prompt}{gold}</div>"
    )


def _decide(view: ItemView, lang: Lang) -> str:
    """The answers with how many gave each: choosing one has the last word; so has a text of one's own."""
    total = view.line.valid or 1
    rows = "".join(
        f'<li><button type="button" class="og-choice" data-word="{attr(view.written[answer])}"'
        f"{' aria-pressed=true' if _is_last(view, answer) else ' aria-pressed=false'}>"
        f'<kbd>{place}</kbd><span class="st-text">{safe(view.written[answer]) or "∅"}</span>'
        f'<span class="og-share" aria-hidden="true">'
        f'<i class="og-a{min(place - 1, 4)}" style="width:{n / total:.0%}"></i>'
        f"</span><b>{n}</b></button></li>"
        for place, (answer, n) in enumerate(view.line.answers, 1)
    )
    last = view.line.adjudicated
    now = (
        f'<p class="og-last">{chip(t("organise.decided", lang), "good", "✓")} <b class="st-text">{safe(last)}</b> '
        f'<button type="button" class="st-btn st-btn--small" data-word-back>{safe(t("organise.word.back", lang))}'
        f" <kbd>U</kbd></button></p>"
        if last is not None
        else f'<p class="st-small">{safe(t("organise.word.hint", lang))}</p>'
    )
    retire = t("organise.do.unretire" if view.line.retired else "organise.do.retire", lang)
    nobody = f'<p class="st-note">{safe(t("organise.answers.none", lang))}</p>' if not rows else ""
    return (
        f'{nobody}<ol class="st-list og-choices">{rows}</ol>{now}<form class="og-word" data-form="adjudicate">'
        f'<label class="og-field og-wide"><span>{safe(t("organise.word.own", lang))}</span>'
        f'<input name="text" maxlength="4000" autocomplete="off"></label>'
        f'<button class="st-btn">{safe(t("organise.word.do", lang))}</button>'
        f'<button type="button" class="st-btn" data-retire="{0 if view.line.retired else 1}">{safe(retire)}</button>'
        '<p class="st-alert" role="alert" data-wrong="" hidden></p></form>'
    )


def _is_last(view: ItemView, answer: str) -> bool:
    last = view.line.adjudicated
    return last is not None and last in (answer, view.written[answer])


def _said(said: Sequence[Said], lang: Lang) -> str:
    if not said:
        return f'<p class="st-note">{safe(t("organise.said.none", lang))}</p>'
    return f'<ul class="st-list og-sayings">{"".join(_one(each, lang) for each in said)}</ul>'


def _typed(text: str) -> str:
    """What stood in the field when a question was left, such as when its time was over."""
    return f' <span class="st-text">{safe(text)}</span>' if text else ""


def _one(each: Said, lang: Lang) -> str:
    marks = []
    if each.flagged:
        marks.append(chip(t("organise.flagged", lang), "warn", "⚑"))
    if each.occasion > 1:
        marks.append(chip(t("organise.again", lang), "info", "↻"))
    if each.excluded:
        marks.append(chip(t("organise.excluded", lang), "bad", "✕"))
    elif each.action == "answer" and not each.counts and each.occasion == 1:
        marks.append(chip(t("organise.not_counted", lang), "quiet"))
    what = (
        f'<b class="st-text">{safe(each.text)}</b>'
        if each.action == "answer"
        else chip(skip_words(each.reason, lang), "warn", "↷") + _typed(each.text)
    )
    comment = f'<q class="og-comment">{safe(each.comment)}</q>' if each.comment else ""
    took = f" · {duration(each.took_s, lang)}" if each.took_s is not None else ""
    version = f" · {t('organise.fact.version', lang, n=each.instructions)}" if each.instructions else ""
    return (
        f"<li{' data-out' if each.excluded else ''}><span class='og-sayer'>"
        f"{safe(person_name(each.number, each.name, lang))}</span><span>{what} {''.join(marks)}{comment}"
        f'<small title="{attr(moment(each.at, lang))}">{safe(ago(each.at, lang) + took + version)}</small></span></li>'
    )
