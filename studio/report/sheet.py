"""The sheet that a chart is drawn on by matplotlib: white, with a title, facts and a note around it, and its fonts.

DejaVu Sans comes with matplotlib and has Cyrillic. Letters of an SVG stay letters, so that they can be searched, read
aloud and edited; where a reader lacks the font another takes its place, which is narrower.
"""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from studio.core.plots import Head, Series

WIDTH = 9.0  # inches, unless a chart needs more
EDGE, GAP = 0.3, 0.12
DPI = 160
TITLE, TEXT, SMALL = 12.0, 9.0, 8.0  # points
LEADING = 1.45 / 72  # inches a point of a line of text
INK, SOFT, RULE = "#1b2328", "#4d5961", "#e2ded5"
# The page's light theme (components/assets/studio.css): colours that stay apart for the colour-blind.
TONES = {
    "first": "#0b5d6b", "second": "#b26a00", "em": "#2c5cc5", "js": "#b26a00", "people": "#7d8790",
    "corrected": "#1d7a4b", "both": "#1d7a4b", "em_only": "#2c5cc5", "js_only": "#b26a00", "neither": "#b52a44",
    "unscored": "#7d8790", "failed": "#3c444a", "pending": "#c9c4b8", "right": "#1d7a4b", "wrong": "#b52a44",
    "unsure": "#b26a00", "bad": "#2c5cc5", "unlabelled": "#c9c4b8", "measured": "#0b5d6b", "person": "#b26a00",
    "imported": "#2450ac", "published": "#5e6a72", "baseline": "#5e6a72", "full": "#0b5d6b", "blind": "#b26a00",
    "chance": "#5e6a72", "quiet": "#5e6a72",
}  # fmt: skip
HEAT = ("#f4f7f7", "#e3eff1", "#cfe5e9", "#b9dbe1", "#a1d0d8", "#88c4ce", "#6fb8c4", "#56abb9")


class Sheet:
    """A figure with its margins counted in inches from the top left corner."""

    def __init__(
        self, head: Head, height: float, *, width: float = WIDTH, series: Sequence[Series] = ()
    ) -> None:
        """`height` is what the chart itself needs, inches."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # heavy: only when a picture is asked for
        from matplotlib.figure import Figure

        _prepared()
        self.width = width
        self.inside = width - 2 * EDGE
        self._figure = Figure(figsize=(width, height), dpi=DPI)
        canvas: Any = FigureCanvasAgg(self._figure)
        self._renderer = canvas.get_renderer()
        above = [(line, TITLE, "bold", INK) for line in self.wrapped(head.title, TITLE)]
        above += [(line, SMALL, "normal", SOFT) for fact in head.facts for line in self.wrapped(fact, SMALL)]
        below = self.wrapped(head.note, SMALL)
        keys = self._key_lines(series)
        self.top = EDGE + sum(size * LEADING for _, size, _, _ in above) + GAP + len(keys) * 0.24
        foot = len(below) * SMALL * LEADING + (GAP if below else 0)
        self.height = self.top + height + foot + EDGE
        self._figure.set_size_inches(width, self.height)
        y = EDGE
        for line, size, weight, colour in above:
            y += size * LEADING
            self._text(line, EDGE, y, size, colour, weight)
        self._keys(keys, y + GAP)
        for place, line in enumerate(below, 1):
            self._text(line, EDGE, self.top + height + GAP + place * SMALL * LEADING, SMALL, SOFT, "normal")

    def axes(self, left: float, top: float, width: float, height: float) -> Any:
        """Axes at a place below the head, inches; bare but for what is drawn there."""
        box = (
            left / self.width, 1 - (self.top + top + height) / self.height, width / self.width, height / self.height,
        )  # fmt: skip
        axes = self._figure.add_axes(box)
        axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
        axes.tick_params(length=0, labelsize=SMALL, labelcolor=SOFT)
        axes.set_axisbelow(True)
        return axes

    def text(self, words: str, left: float, y: float, **more: Any) -> None:
        """A line of text at a place below the head, inches; `y` is its middle."""
        options = {"size": TEXT, "color": INK, "va": "center", **more}
        self._figure.text(left / self.width, 1 - (self.top + y) / self.height, literal(words), **options)

    def measured(self, words: str, size: float = TEXT, weight: str = "normal") -> float:
        """How wide a text is, inches."""
        width, _, _ = self._renderer.get_text_width_height_descent(
            literal(words), _font(size, weight), ismath=False
        )
        return float(width) / DPI

    def fitted(self, words: str, width: float, size: float = TEXT, weight: str = "normal") -> str:
        """The text, cut where it is wider."""
        if self.measured(words, size, weight) <= width:
            return words
        while words and self.measured(f"{words}…", size, weight) > width:
            words = words[:-1]
        return f"{words.rstrip()}…"

    def wrapped(self, words: str, size: float, width: float | None = None) -> list[str]:
        """The text in lines of at most this width."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measured(longer, size) <= (width or self.inside):
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def saved(self, form: str, title: str) -> bytes:
        """The figure as a file, the same bytes each time."""
        out = io.BytesIO()
        made = (
            {"Title": title, "Software": None}
            if form == "png"
            else {"Title": title, "Date": None, "Creator": None}
        )
        self._figure.savefig(out, format=form, facecolor="white", dpi=DPI, metadata=made)
        return out.getvalue()

    def _text(self, words: str, left: float, y: float, size: float, colour: str, weight: str) -> None:
        place = (left / self.width, 1 - y / self.height)
        self._figure.text(*place, literal(words), size=size, color=colour, weight=weight, va="baseline")

    def _key_lines(self, series: Sequence[Series]) -> list[list[tuple[float, Series]]]:
        """The legend in lines: each series with where it starts, inches."""
        lines: list[list[tuple[float, Series]]] = []
        left = self.inside
        for each in series:
            wide = 0.42 + self.measured(each.name, SMALL)
            if left + wide > self.inside or not lines:
                lines.append([])
                left = 0.0
            lines[-1].append((left, each))
            left += wide
        return lines

    def _keys(self, lines: Sequence[Sequence[tuple[float, Series]]], top: float) -> None:
        from matplotlib.patches import Rectangle

        for number, line in enumerate(lines):
            y = top + number * 0.24 + 0.1
            for left, each in line:
                box = ((EDGE + left) / self.width, 1 - (y + 0.06) / self.height)
                size = (0.12 / self.width, 0.12 / self.height)
                colour = TONES[each.tone]
                self._figure.add_artist(Rectangle(box, *size, color=colour, linewidth=0))
                words = (EDGE + left + 0.18) / self.width, 1 - y / self.height
                self._figure.text(*words, literal(each.name), size=SMALL, color=SOFT, va="center_baseline")


def literal(text: str) -> str:
    """A name with dollars in it is no formula."""
    return text.replace("$", r"\$")


@cache
def _font(size: float, weight: str) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family="sans-serif", size=size, weight=weight)


@cache
def _prepared() -> None:
    """Said once for the process, which draws nothing else: settings that change and change back would not be safe in a
    server's threads."""
    import matplotlib

    matplotlib.rcParams.update({
        "svg.fonttype": "none", "svg.hashsalt": "mera-studio", "font.family": ["sans-serif"],
        "font.sans-serif": ["DejaVu Sans"], "axes.unicode_minus": True,
    })  # fmt: skip
