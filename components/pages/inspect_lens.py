"""The lens on a card of Inspect: the answer from its raw text to the comparison, the step that decided marked."""

from collections.abc import Mapping
from typing import Any

from components.widgets.raw_text import visible
from components.widgets.text import attr, safe
from studio.core.differences import CUTTING, Piece, word_diff
from studio.core.run import SampleCard
from studio.texts import Lang, t
from studio.texts.said import overlooked, rule_words

_SHOWN = 160  # characters of a text in a step; the answer itself stands above
_RIGHT = 0.5


def lens_html(card: SampleCard, lang: Lang) -> str:
    """The steps of Exact Match as a sequence from top to bottom; nothing where the trace is of another shape."""
    em = card.em
    steps = em.detail.get("steps") if em else None
    if em is None or card.answer is None or not _readable(steps):
        return ""
    decided = str(em.detail.get("decided", ""))
    told = [step for step in steps or [] if step["rule"] != decided]
    cut = [step for step in told if step["rule"] in CUTTING]
    form = [step for step in told if step["rule"] not in CUTTING]
    items = [_item("raw", f"<p>{_text(_tail(card.answer))}</p>", lang)]
    items += [_step("cut", step, lang) for step in cut] + [_step("form", step, lang) for step in form]
    items.append(_comparison(card, em.extracted or "", decided, (em.value or 0) >= _RIGHT, lang))
    return f'<div class="in-lens"><ol>{"".join(items)}</ol>{_remarks(card, lang)}</div>'


def _readable(steps: object) -> bool:
    return isinstance(steps, list) and all(isinstance(step, Mapping) and "rule" in step for step in steps)


def _item(kind: str, body: str, lang: Lang, mark: str = "", decided: bool = False) -> str:
    chosen = f' <b class="in-lens-mark">{safe(t("lens.decided", lang))}</b>' if decided else ""
    classes = f"in-lens-{kind}{' in-lens-decided' if decided else ''}"
    title = safe(mark or t(f"lens.{kind}", lang))
    return f'<li class="{classes}"><span class="st-label">{title}{chosen}</span>{body}</li>'


def _step(kind: str, step: Mapping[str, Any], lang: Lang) -> str:
    return _item(
        kind, f"<p>{_text(str(step.get('after', '')))}</p>", lang, rule_words(step.get("rule", ""), lang)
    )


def _comparison(card: SampleCard, answer: str, decided: str, equal: bool, lang: Lang) -> str:
    """The two texts as compared, and what decided about them."""
    gold = str(card.em.detail.get("gold", "")) if card.em else ""
    sign, words = ("=", "lens.equal") if equal else ("≠", "lens.differ")
    pairs = (
        f"<dl><dt>{safe(t('lens.answer', lang))}</dt><dd>{_text(answer)}</dd>"
        f'<dt><i title="{attr(t(words, lang))}">{sign}</i> {safe(t("lens.gold", lang))}</dt><dd>{_text(gold)}</dd></dl>'
    )
    body = pairs + ("" if equal or not answer or not gold else _diff(answer, gold, lang))
    return _item("compared", body, lang, rule_words(decided, lang), decided=True)


def _diff(answer: str, gold: str, lang: Lang) -> str:
    pieces = word_diff(answer[:2000], gold[:2000])
    if not any(piece.side == "same" or piece.parts for piece in pieces):
        return ""  # nothing in common: the two texts stand above
    return f'<p class="in-lens-diff" aria-label="{attr(t("lens.diff", lang))}">{" ".join(map(_piece, pieces))}</p>'


def _piece(piece: Piece) -> str:
    if piece.side == "same":
        return visible(piece.text)
    tag = "del" if piece.side == "answer" else "ins"
    inner = "".join(
        visible(part.text) if part.side == "same" else f"<b>{visible(part.text)}</b>" for part in piece.parts
    )
    return f"<{tag}>{inner or visible(piece.text)}</{tag}>"


def _remarks(card: SampleCard, lang: Lang) -> str:
    """What the eye overlooks."""
    found = overlooked(card, lang)
    if not found:
        return ""
    items = "".join(f"<li>{safe(text)}</li>" for text in found)
    title = safe(t("lens.remarks", lang))
    return f'<div class="in-lens-remarks"><span class="st-label">{title}</span><ul>{items}</ul></div>'


def _text(text: str) -> str:
    return f"<code>{visible(text)}</code>" if text else "<code>∅</code>"


def _tail(text: str) -> str:
    return text if len(text) <= _SHOWN else "…" + text[-_SHOWN:]
