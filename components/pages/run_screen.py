"""What the Run page shows of a run that goes on: from `Live` to the markup of each panel, and only what changed.

Nothing here knows Gradio's events: `Screen.frame` is a function of what the studio says, tested without a browser.
"""

import time
from typing import Any

import gradio as gr

from components.links import media_base
from components.widgets.card import answer_html, arriving_html, feed_row, question_html, waiting_html
from components.widgets.chart_menu import chart_menu
from components.widgets.pace import pace_html
from components.widgets.progress import is_going, progress_html
from components.widgets.scores import score_table
from components.widgets.sql_fold import sql_fold
from components.widgets.strip import strip_value
from components.widgets.summary import summary_html
from components.widgets.text import safe
from components.widgets.verified import verified_html
from studio.core.run import Live, StripItem, Viewer
from studio.service import Studio
from studio.texts import Lang, t

Frame = dict[str, Any]
FEED = 3  # rows of «just scored»
HEAVY_EVERY_S = 0.4  # strip, means and feed need not keep up with tokens
PACE_EVERY_S = 1.0


class Screen:
    """One viewer's view of one run."""

    def __init__(self, studio: Studio, run_id: str, viewer: Viewer, lang: Lang) -> None:
        self._studio, self._run_id, self._viewer, self._lang = studio, run_id, viewer, lang
        self._base = media_base(studio)
        self._steers = bool(studio.steerable([run_id], viewer))
        self._sent: Frame = {}
        self._rows: dict[tuple[int, str], str] = {}
        self._heavy_at = 0.0
        self._verifying = False
        self._pace_at = 0.0

    def changes(self) -> tuple[Frame, bool]:
        """Panels that differ from what was sent before, and whether the run still goes on."""
        live = self._studio.live(self._run_id, self._viewer)
        frame = self.frame(live)
        changed = {name: value for name, value in frame.items() if self._sent.get(name, _NEVER) != value}
        self._sent |= changed
        return changed, is_going(live.run) or self._verifying

    def frame(self, live: Live) -> Frame:
        """The panels by name. The costly ones are left out between their turns."""
        going = is_going(live.run)
        frame: Frame = {
            "run_id": live.run.id,
            "progress": progress_html(live, self._lang),
            "stop": gr.update(visible=going and self._steers, interactive=True),
            "resume": gr.update(
                visible=live.run.resumable and self._steers,
                value=t("runs.judge_it" if live.run.awaits_judge_alone else "run.resume", self._lang),
            ),
        }
        if going:
            frame |= {"question": self._question(live), "answer": self._answer(live), "summary": ""}
        else:
            confusions = self._studio.confusions(live.run.id, self._viewer)
            frame["summary"] = summary_html(live.run, confusions, self._lang, steers=self._steers)
        frame |= self._verified(live, going)
        if not going or time.monotonic() - self._heavy_at >= HEAVY_EVERY_S:
            self._heavy_at = time.monotonic()
            frame |= self._heavy(live)
        if not going or time.monotonic() - self._pace_at >= PACE_EVERY_S:
            self._pace_at = time.monotonic()
            frame["pace"] = pace_html(self._studio.pace(live.run.id), self._lang)
        return frame

    def _verified(self, live: Live, going: bool) -> Frame:
        """Whether the answers hold when they are asked for again, and the owner's button for it."""
        found = None if going else self._studio.verified(self._run_id, self._viewer)
        self._verifying = bool(found and found.going)
        free = not going and not self._verifying and live.run.kind == "model" and live.run.answered > 0
        return {
            "verify": gr.update(visible=free and self._viewer.role == "owner"),
            "verified": verified_html(found, self._lang),
        }

    def _heavy(self, live: Live) -> Frame:
        return {
            "strip": strip_value(live.strip),
            "means": means_html(live, self._lang),
            "feed": self._feed(live.strip) if is_going(live.run) else "",
        }

    def _question(self, live: Live) -> str:
        title = safe(t("run.now", self._lang))
        if live.current is None:
            body = f'<p class="st-await">{safe(t("run.now.waiting", self._lang))}</p>'
        else:
            body = question_html(live.current, self._lang, self._base, loop=True)
        return f'<section class="st-root st-card st-stage-q" aria-label="{title}">{body}</section>'

    def _answer(self, live: Live) -> str:
        card = live.current
        if card is None:
            body = waiting_html(self._lang)
        elif card.cell == "pending":
            body = arriving_html(live.text, self._lang)
        else:
            body = answer_html(card, self._lang)
        label = safe(t("run.answer", self._lang))
        return (
            f'<section class="st-root st-card st-stage-a"><h2 class="st-label">{label}</h2>{body}</section>'
        )

    def _feed(self, items: tuple[StripItem, ...]) -> str:
        latest = [item for item in items[-FEED:]][::-1]
        rows = "".join(self._row(item) for item in latest)
        body = rows or f'<p class="st-note">{safe(t("run.feed.waiting", self._lang))}</p>'
        title = safe(t("run.feed", self._lang))
        return (
            f'<section class="st-root st-card st-card--tight st-feed"><h2 class="st-label">{title}'
            f"</h2>{body}</section>"
        )

    def _row(self, item: StripItem) -> str:
        """A row is made once for each state of its sample: the judge may come after the answer."""
        key = (item.sample_id, item.cell)
        if key not in self._rows:
            if len(self._rows) > 20 * FEED:
                self._rows.clear()
            card = self._studio.card(self._run_id, item.sample_id, self._viewer)
            self._rows[key] = feed_row(card, self._lang)
        return self._rows[key]


def means_html(live: Live, lang: Lang) -> str:
    """The table of means in its card; empty until something is scored."""
    if not any(score.em.n or score.js.n for score in live.scores):
        return ""
    title = safe(t("run.means", lang))
    table = score_table(live.scores, lang)
    menu = chart_menu("scores", lang, run=live.run.id)
    return (
        f'<section class="st-root st-card st-stack"><div class="st-spread"><h2 class="st-h2">{title}</h2>{menu}</div>'
        f"{table}{sql_fold('run', lang, live.run.id)}</section>"
    )


_NEVER = object()
