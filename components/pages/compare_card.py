"""One shared question with every model's answer beside it: the question and its media once, then the answers."""

from collections.abc import Sequence

from components.format import number, titled
from components.links import MediaBase, link
from components.pages.compare_runs import place_html
from components.widgets.chips import chip, modality_chip, score_chip, truncated_chip
from components.widgets.media import media_html
from components.widgets.raw_text import visible
from components.widgets.text import attr, clipped, problem_html, safe, short
from studio.core.compare import SampleBeside
from studio.core.differences import Piece, word_diff
from studio.core.run import SampleCard
from studio.texts import Lang, t
from studio.texts.said import gold_list

LONGEST = 2_000  # characters of an answer whose words are compared with another's
_TWINS = str.maketrans("АВСЕавсе", "ABCEabce")


def sample_html(
    found: SampleBeside, names: Sequence[str], reference: str, media: MediaBase, lang: Lang
) -> str:
    """The question as the first run has it. `reference` is what answers are compared with: a run's place, `gold` or
    `none`; `names` are those of the runs."""
    first = found.cards[0]
    answers = "".join(
        _answer(card, names[place], place + 1, reference, found.cards, lang)
        for place, card in enumerate(found.cards)
    )
    return (
        f'<article class="in-card cp-card" tabindex="-1" data-sample="{found.sample_id}">{_head(found, first, lang)}'
        f'<div class="in-two"><div class="in-media">{media_html(first.media, lang, media)}</div>'
        f'<div class="in-text">{_question(found.cards, lang)}</div></div>'
        f'<section aria-label="{attr(t("compare.answers", lang))}" class="cp-answers" data-n="{len(found.cards)}">'
        f"{answers}</section>{_legend(reference, lang)}</article>"
    )


def _head(found: SampleBeside, card: SampleCard, lang: Lang) -> str:
    where = (
        t("compare.place.outside", lang)
        if found.index is None
        else t("compare.place", lang, index=number(found.index + 1, lang), total=number(found.total, lang))
    )
    return (
        f'<header class="in-head"><div class="in-steps">{_step("previous", "←", found.previous, lang)}'
        f'<span class="in-place">{safe(where)}</span>{_step("next", "→", found.following, lang)}</div>'
        f'<div class="in-name"><b>{safe(t("inspect.number", lang, number=card.number))}</b>'
        f"<span>{safe(titled(card.task_title, card.task, lang))}</span>{modality_chip(card.modality, lang)}</div>"
        f'<button type="button" class="in-quiet" data-act="link">{safe(t("compare.link", lang))}</button></header>'
    )


def _step(way: str, sign: str, sample: int | None, lang: Lang) -> str:
    off = " disabled" if sample is None else ""
    label = t(f"inspect.{way}", lang)
    return (
        f'<button type="button" class="in-step" data-step="{way}" title="{attr(label)} ({sign})"{off}>'
        f'<i aria-hidden="true">{sign}</i><span>{safe(label)}</span></button>'
    )


def _question(cards: Sequence[SampleCard], lang: Lang) -> str:
    card = cards[0]
    gold = " / ".join(f"<b>{clipped(text, lang, 300)}</b>" for text in gold_list(card.gold))
    told = (
        f'<p class="in-gold"><span class="st-label">{safe(t("inspect.gold", lang))}</span> <span>{gold}</span></p>'
        if gold and not card.gold_hidden and not card.options
        else ""
    )
    hidden = chip(t("inspect.hidden.title", lang), "quiet", "⊘") if card.gold_hidden else ""
    return (
        f'<section class="in-asked"><span class="st-label">{safe(t("inspect.question", lang))}</span>'
        f'<h2 class="st-question">{clipped(card.question, lang)}</h2>{_options(cards, lang)}{told}{hidden}</section>'
    )


def _options(cards: Sequence[SampleCard], lang: Lang) -> str:
    """The options, each with the numbers of the runs that chose it; the gold one is marked where it may be seen."""
    card = cards[0]
    if not card.options:
        return ""
    gold = set() if card.gold_hidden else {_letter(text) for text in gold_list(card.gold)}
    items = []
    for letter, text in card.options.items():
        chose = [place for place, each in enumerate(cards, 1) if _chosen(each) == _letter(letter)]
        said = attr(t("compare.options.chose", lang, places=", ".join(map(str, chose))))
        marks = f'<span title="{said}">{"".join(map(place_html, chose))}</span>' if chose else ""
        right = _letter(letter) in gold
        if right:
            marks = (
                f'<span class="in-mark in-mark-gold">✓ {safe(t("inspect.option.gold", lang))}</span>{marks}'
            )
        items.append(
            f'<li class="{"in-is-gold" if right else ""}"><b>{safe(letter)}</b>'
            f'<span class="st-text">{safe(text)}</span><span class="in-marks">{marks}</span></li>'
        )
    return f'<ul class="in-options" aria-label="{attr(t("inspect.options", lang))}">{"".join(items)}</ul>'


def _chosen(card: SampleCard) -> str:
    return _letter(card.em.extracted) if card.em and card.em.extracted else ""


def _letter(text: str) -> str:
    return text.strip().translate(_TWINS).upper()


def _answer(
    card: SampleCard, name: str, place: int, reference: str, cards: Sequence[SampleCard], lang: Lang
) -> str:
    chips = ""
    if not card.gold_hidden:
        probability = card.calls[-1].probability if card.calls else None
        chips = score_chip(card.em, "em", lang) + score_chip(card.js, "js", lang, probability)
    if card.finish_reason == "length":
        chips += truncated_chip(lang)
    href = attr(link("inspect", lang, run=card.run_id, sample=card.sample_id))
    title = attr(t("compare.open", lang))
    return (
        f'<article class="cp-answer" data-place="{place}"><h3>{place_html(place)}'
        f'<a href="{href}" title="{title}">{short(name, 60)}</a></h3><div class="st-row">{chips}</div>'
        f"{_body(card, place, reference, cards, lang)}</article>"
    )


def _body(card: SampleCard, place: int, reference: str, cards: Sequence[SampleCard], lang: Lang) -> str:
    if card.problem is not None:
        return f'<p class="cp-none">{problem_html(card.problem, lang)}</p>'
    if card.answer is None:
        hidden = card.gold_hidden and card.cell != "pending"
        return f'<p class="cp-none">{safe(t("compare.answer.hidden" if hidden else "compare.no_answer", lang))}</p>'
    if not card.answer:
        return f'<p class="cp-none">{safe(t("inspect.answer.empty", lang))}</p>'
    other = _other(place, reference, cards)
    if other is None:
        return f'<div class="cp-text" tabindex="0">{clipped(card.answer, lang, LONGEST)}</div>'
    if max(len(other), len(card.answer)) > LONGEST:
        note = safe(t("compare.diff.long", lang))
        return (
            f'<div class="cp-text" tabindex="0">{clipped(card.answer, lang, LONGEST)}</div>'
            f'<p class="st-small">{note}</p>'
        )
    return f'<div class="cp-text cp-words" tabindex="0">{_words(card.answer, other)}</div>'


def _other(place: int, reference: str, cards: Sequence[SampleCard]) -> str | None:
    """The text that the answer at `place` is compared with; None: it stands as it is."""
    if reference == "gold":
        golds = [] if cards[0].gold_hidden else gold_list(cards[0].gold)
        return golds[0] if golds else None
    if not reference.isdecimal() or int(reference) == place or not 1 <= int(reference) <= len(cards):
        return None
    return cards[int(reference) - 1].answer or None


def _words(answer: str, other: str) -> str:
    """The answer as it is written, its own words marked and those that it lacks put in; the spaces are its own."""
    if answer == other:
        return str(visible(answer))
    html, at = "", 0
    for piece in word_diff(answer, other):
        if piece.side == "gold":
            html += f" {_marked(piece, 'del')}"
            continue
        start = answer.index(piece.text, at)
        html += safe(answer[at:start])  # mostly a space, which alone would show as a sign
        html += _marked(piece, "ins") if piece.side == "answer" else visible(piece.text)
        at = start + len(piece.text)
    return html + visible(answer[at:])


def _marked(piece: Piece, tag: str) -> str:
    inner = "".join(
        visible(part.text) if part.side == "same" else f"<b>{visible(part.text)}</b>" for part in piece.parts
    )
    return f"<{tag}>{inner or visible(piece.text)}</{tag}>"


def _legend(reference: str, lang: Lang) -> str:
    """What the marks of a difference mean."""
    if reference == "none":
        return ""
    more, less = t("compare.diff.more", lang), t("compare.diff.less", lang)
    return (
        f'<p class="st-small cp-legend cp-words"><ins>{safe(more)}</ins> <del>{safe(less)}</del> '
        f'<button type="button" class="in-quiet" data-act="keys">{safe(t("compare.keys.all", lang))} <kbd>?</kbd>'
        "</button></p>"
    )
