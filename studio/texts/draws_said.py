"""What labels of random parts are worth, said alike on a page, in the report and in a terminal."""

from collections.abc import Sequence

from studio.core.label import Draw
from studio.texts import Lang, t
from studio.texts.figures import decimal


def worth_said(draws: Sequence[Draw], lang: Lang) -> str:
    """Whether labels speak of the whole run: a sentence for each draw of it that is begun, with the answer that was
    passed over; without such draws, that they do not."""
    told = [draw_said(draw, lang) for draw in draws if draw.whole and draw.labelled]
    return " ".join(told) or t("label.worth.picked", lang)


def draw_said(draw: Draw, lang: Lang) -> str:
    """How much of a draw counts as a random part, and the answer that keeps the rest from it."""
    key = "label.worth.skipped" if draw.waiting else "label.worth.draw"
    numbers = {"n": draw.in_order, "labelled": draw.labelled, "size": draw.size}
    told = {name: decimal(value, lang, 0) for name, value in numbers.items()}
    return t(key, lang, draw=draw.number, gap=draw.gap, **told)
