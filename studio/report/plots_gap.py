"""The chart of people beside the best model: a line for each task, skill or category."""

from studio.core.compare import CompareMark
from studio.core.gap import GapRow, HumanGap
from studio.core.plots import Forest, Head, Line, Series, Spot
from studio.texts import Lang, t
from studio.texts.figures import NBSP, number
from studio.texts.gap_said import model_of, row_name, signed, whose_said

TONES = {"people": "corrected", "model": "neither", "open": "quiet"}
SCALES = (0.1, 0.2, 0.5, 1.0)


def gap_forest(found: HumanGap, mark: CompareMark, lang: Lang) -> Forest:
    """People less the best model, with the interval of the gap to the model that is best in truth."""
    lines = tuple(line for row in found.rows if (line := _line(found, row, mark, lang)))
    ends = (abs(end or 0.0) for line in lines for spot in line.spots for end in (spot.low, spot.high))
    reach = max(ends, default=0.0)
    scale = next((scale for scale in SCALES if reach <= scale), 1.0)
    facts = tuple(filter(None, [whose_said(found, lang)]))
    title = t("chart.gap", lang, mark=t(f"compare.mark.{mark}", lang))
    series = tuple(Series(tone, t(f"chart.gap.{name}", lang)) for name, tone in TONES.items())
    return Forest(Head(title, facts, t("gap.honest", lang)), series, lines, -scale, scale)


def _line(found: HumanGap, row: GapRow, mark: CompareMark, lang: Lang) -> Line | None:
    gap = row.of(mark)
    if gap is None:
        return None
    told = gap.difference
    label = (
        f"{signed(told.mean, lang)} [{signed(told.low, lang)}; {signed(told.high, lang)}]"
        f" · n{NBSP}={NBSP}{number(told.n, lang)} · {model_of(found, gap, lang)}"
    )
    spot = Spot(TONES[gap.verdict], told.mean, told.low, told.high)
    return Line(row_name(row, lang), (spot,), label, strong=row.by == "all")
