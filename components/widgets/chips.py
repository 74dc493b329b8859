"""Small labels of a verdict, a state, a modality: always a sign and a word, never a colour alone."""

from components.format import share
from components.widgets.text import attr, safe
from studio.core.content import MEDIA_USES, Given
from studio.core.crossing import Crossing
from studio.core.outcome import Score
from studio.core.run import Cell, Mark, RunState, RunView
from studio.texts import Lang, describe, t

# A cell's sign in the strip and on chips; the colour of `st-c-<cell>` repeats it.
CELL_SIGNS: dict[Cell, str] = {
    "both": "✓",
    "em_only": "E",
    "js_only": "J",
    "neither": "×",
    "unscored": "?",
    "failed": "!",
    "pending": "·",
}
# The same signs in hollow squares (`st-c-em_right`, `st-c-em_wrong`): half of the story is known.
MARK_SIGNS: dict[Mark, str] = {**CELL_SIGNS, "em_right": "✓", "em_wrong": "×"}
_STATE_SIGNS: dict[RunState, str] = {
    "queued": "◌",
    "running": "●",
    "done": "✓",
    "cancelled": "■",
    "interrupted": "‖",
    "failed": "!",
}
_MODALITY_SIGNS: dict[Given, str] = {"image": "▣", "audio": "♪", "video": "▶", "text": "¶"}


def chip(label: str, tone: str = "", sign: str = "", title: str = "") -> str:
    """A label (plain text) with a tone: a cell's name, `good`, `bad`, `warn`, `info`, `quiet`, `accent`."""
    mark = f'<i aria-hidden="true">{safe(sign)}</i>' if sign else ""
    hint = f' title="{attr(title)}"' if title else ""
    return f'<span class="st-chip st-t-{tone or "quiet"}"{hint}>{mark}{safe(label)}</span>'


def cell_chip(cell: Cell, lang: Lang) -> str:
    """Where a sample fell in the table EM x judge."""
    return chip(t(f"cell.{cell}", lang), cell, CELL_SIGNS[cell])


def state_chip(state: RunState, lang: Lang) -> str:
    """The state of a run."""
    tones = {"done": "good", "running": "accent", "failed": "bad", "interrupted": "warn"}
    return chip(t(f"state.{state}", lang), tones.get(state, "quiet"), _STATE_SIGNS[state])


def media_chip(use: object, lang: Lang) -> str:
    """That the model was not shown a question's own media; nothing where it was."""
    if use not in MEDIA_USES or use == "sent":
        return ""
    return chip(t(f"media.{use}", lang), "warn", "⊘", t(f"media.{use}.hint", lang))


def crossed_chip(crossing: Crossing | None, lang: Lang) -> str:
    """That each question of a run was put in every prompt; nothing of any other run."""
    if crossing is None:
        return ""
    return chip(t("chip.crossed", lang), "info", "⊞", t("chip.crossed.hint", lang, n=crossing.items))


def run_state_chip(run: RunView, lang: Lang) -> str:
    """The state of a run; one that waits for something is not broken off."""
    if run.paused:
        return chip(t("state.paused", lang), "warn", _STATE_SIGNS["interrupted"])
    return state_chip(run.state, lang)


def modality_chip(modality: Given, lang: Lang) -> str:
    """Image, sound or video."""
    return chip(t(f"modality.{modality}", lang), "quiet", _MODALITY_SIGNS[modality])


def score_chip(score: Score | None, scorer: str, lang: Lang, probability: float | None = None) -> str:
    """«EM: верно», «Судья: неверно · 0,12», «Судья: не оценено»; `scorer` is "em" or "js"."""
    name = t(f"chip.{scorer}", lang)
    if score is None:
        return chip(f"{name}: {t('chip.waiting', lang)}", "quiet", "…")
    if score.value is None:
        reason = describe(score.problem, lang) if score.problem else ""
        return chip(f"{name}: {t(f'chip.{score.status}', lang)}", score.status, "?", reason)
    right = score.value >= 0.5
    word = t("chip.right" if right else "chip.wrong", lang)
    tail = f" · {share(probability, lang)}" if probability is not None else ""
    return chip(f"{name}: {word}{tail}", "good" if right else "bad", "✓" if right else "×", score.version)


def truncated_chip(lang: Lang) -> str:
    """The answer was cut at the token limit."""
    return chip(t("chip.truncated", lang), "warn", "✂", t("chip.truncated.hint", lang))
