"""What a judge's health comes to: how far it can be trusted, and what to label next. Pure functions of its numbers."""

from collections.abc import Sequence

from studio.core.health import Advice, Agreement, Ceiling, CorrectedTask, Next, Trust
from studio.core.label import Draw
from studio.stats import MIN_DRAWN, MIN_LABELS

FIRST_DRAW = 100
RIGHTLY = 0.8  # of a kind called by its name: from here on (its whole interval) a judge is good at that kind
NARROW = 0.03  # half of an interval that is narrow enough to tell models apart


def advice(
    judge: str, found: Agreement, ceiling: Ceiling, total: CorrectedTask, draws: Sequence[Draw]
) -> Advice:
    """The first sentence of a judge's health."""
    trust = _trust(judge, found, ceiling)
    started = [draw for draw in draws if draw.whole and draw.labelled < draw.size]
    open_draw = max(started, key=lambda draw: (draw.labelled, draw.number), default=None)
    first = min(FIRST_DRAW, total.js.scored)
    if trust == "no_judge":
        return Advice(trust, "judge")
    if total.skipped:
        return Advice(
            trust, "skipped", total.skipped.waiting, draw=total.skipped.draw, gap=total.skipped.number
        )
    if open_draw and total.how != "powered":
        return Advice(
            trust,
            "finish_draw",
            open_draw.size - open_draw.labelled,
            draw=open_draw.number,
            gap=open_draw.gap,
        )
    if total.how != "powered":
        return Advice(trust, "draw", first)
    go_on = (open_draw.number, open_draw.gap) if open_draw else (0, 0)
    right, wrong = max(0, MIN_LABELS - found.right), max(0, MIN_LABELS - found.wrong)
    if right or wrong:
        return Advice(trust, "kinds", right + wrong, right, wrong, *go_on)
    if trust == "chance":
        return Advice(trust, "other_judge")
    if _half(total) > NARROW and total.more:
        return Advice(trust, "narrow", total.more, 0, 0, *go_on)
    return Advice(trust, _last(ceiling), first)


def _last(ceiling: Ceiling) -> Next:
    return "enough" if ceiling.items else "second"


def _trust(judge: str, found: Agreement, ceiling: Ceiling) -> Trust:
    if not judge:
        return "no_judge"
    if not found.n:
        return "no_labels"
    if min(found.right, found.wrong) < MIN_LABELS:
        return "few"
    youden, kappa = found.figures["youden"], found.figures["kappa"]
    if youden.low is None or youden.low <= 0:
        return "chance"
    alpha = ceiling.alpha.value
    if alpha is not None and ceiling.items >= MIN_DRAWN and (kappa.low or -1.0) >= alpha:
        return "people"
    rightly = {name: (found.figures[name].low or 0.0) >= RIGHTLY for name in ("sensitivity", "specificity")}
    if all(rightly.values()):
        return "good"
    if not any(rightly.values()):
        return "weak"
    return "lenient" if rightly["sensitivity"] else "strict"


def _half(total: CorrectedTask) -> float:
    """Half of the interval that labels can narrow."""
    if total.run_low is None or total.run_high is None:
        return 1.0
    return (total.run_high - total.run_low) / 2
