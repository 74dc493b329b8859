"""An annotator's desk as markup: the bar, a question, its tools. It is made of `Standing` alone, which holds no gold,
no model's answer and no score, so nothing here can show one."""

from components.format import number
from components.links import MediaBase
from components.pages.annotate_answer import answer_html, kind_of
from components.pages.annotate_ends import end_html
from components.pages.annotate_start import title_of
from components.widgets.answer_form import type_html
from components.widgets.dialogue import earlier_html
from components.widgets.media import media_html
from components.widgets.text import attr, safe
from studio.core.project import DeskQuestion, Standing
from studio.core.safety import Safety
from studio.texts import Lang, describe, t

MAX_COMMENT = 2_000


def standing_html(standing: Standing, name: str, base: MediaBase, lang: Lang) -> str:
    """The question to answer now, or why there is none. `base` is `links.media_base(…)`."""
    if standing.question is None:
        return end_html(standing, name, lang)
    training = _training(standing, lang)
    return f"{_bar(standing, lang)}{training}{_question(standing.question, base, lang)}"


def _bar(standing: Standing, lang: Lang) -> str:
    """Title, how far; undo, instructions, keys. The places marked `data-…` are filled by the script."""
    done, total = places(standing)
    words, everybody = progress_words(standing, lang), everybody_words(standing, lang)
    limit = (
        '<span class="an-clock" data-clock></span>' if standing.question and standing.question.ends_at else ""
    )
    tools = _tool("undo", "Ctrl Z", not standing.progress.can_undo, lang)
    tools += _tool("guide", "I", False, lang) if standing.instructions else ""
    title = safe(title_of(standing.title, standing.titles, lang))
    return (
        f'<header class="an-bar"><div class="an-where"><b>{title}</b><span data-words>{words}</span></div>'
        f'<progress class="an-progress" max="{max(1, total)}" value="{done}" aria-label="{attr(words)}"></progress>'
        f'<div class="an-tools">{limit}{type_html(lang)}{tools}{_tool("keys", "?", False, lang)}{_leave(lang)}</div>'
        f'<p class="an-kept"><span class="an-said" aria-hidden="true"></span><span data-safe></span>'
        f'<span class="an-all">{everybody}</span></p></header>'
    )


def places(standing: Standing) -> tuple[int, int]:
    """What the bar counts: one's own questions, in training those of the training. What is left is a bound: others
    work on the same questions."""
    progress, training = standing.progress, standing.training
    if training and not training.over:
        return training.answered, training.of
    done = progress.answered + progress.skipped
    return done, standing.items if standing.own else done + progress.left


def progress_words(standing: Standing, lang: Lang) -> str:
    """How far one is oneself, in words."""
    progress, (done, total) = standing.progress, places(standing)
    if standing.training and not standing.training.over:
        return t("annotate.progress.training", lang, n=number(done, lang), of=number(total, lang))
    key = "own" if standing.own else "mine"
    words = t(
        f"annotate.progress.{key}", lang, answered=number(progress.answered, lang), total=number(total, lang)
    )
    if progress.skipped:
        words += ", " + t("annotate.progress.skipped", lang, skipped=number(progress.skipped, lang))
    if not standing.own:
        words += " · " + t("annotate.progress.left", lang, left=number(progress.left, lang))
    return words


def everybody_words(standing: Standing, lang: Lang) -> str:
    """How far the project is, in words; nothing where nobody else works on the questions."""
    progress = standing.progress
    if standing.own:
        return ""
    return t(
        "annotate.progress.all", lang, done=number(progress.done, lang), total=number(progress.total, lang)
    )


def safety_words(safety: Safety | None, now: float, lang: Lang) -> str:
    """How old the copy of people's work beside this machine is, and whether it can be made now; nothing where there is
    no shelf. Files that were set aside are the lead's matter."""
    if safety is None or safety.closed:
        return ""
    if safety.problem:
        return t("annotate.safe.problem", lang)
    if safety.shipped_at is None:
        return t("annotate.safe.none", lang)
    if not safety.waiting:
        return t("annotate.safe.all", lang)
    minutes = int(max(0.0, now - safety.shipped_at) // 60)
    return (
        t("annotate.safe.soon", lang) if minutes < 1 else t("annotate.safe.at", lang, n=number(minutes, lang))
    )


def closed_words(safety: Safety | None, lang: Lang) -> str:
    """Why no answers are taken now, and that what is typed stays; nothing where they are."""
    if safety is None or safety.closed is None:
        return ""
    return t("annotate.closed", lang, why=describe(safety.closed, lang))


def _tool(act: str, key: str, disabled: bool, lang: Lang) -> str:
    hint = f"<kbd>{key}</kbd>" if key else ""
    return (
        f'<button type="button" class="st-btn st-btn--small" data-act="{act}"{" disabled" if disabled else ""}>'
        f"{t(f'annotate.{act}', lang)}{hint}</button>"
    )


def _leave(lang: Lang) -> str:
    return f'<button type="button" class="st-btn st-btn--small" data-act="pause">{t("annotate.pause", lang)}</button>'


def _training(standing: Standing, lang: Lang) -> str:
    """How far in training, and of the answer just given whether it was right; never what would have been."""
    told = standing.training
    if told is None or (told.over and told.last is None):
        return ""
    word = "right" if told.last else "wrong"
    last = "" if told.last is None else f" an-told--{word}"
    said = "" if told.last is None else f"<b>{t(f'annotate.training.{word}', lang)}</b> "
    key = "annotate.training.passed" if told.over else "annotate.training.at"
    words = t(
        key, lang, n=number(told.answered + (0 if told.over else 1), lang), of=number(told.of, lang),
        right=number(told.right, lang), mark=f"{told.mark:.0%}".replace("%", "\N{NO-BREAK SPACE}%"),
    )  # fmt: skip
    return f'<p class="an-told{last}" data-told>{said}{words}</p>'


def _question(question: DeskQuestion, base: MediaBase, lang: Lang) -> str:
    submit = f"{t('annotate.submit', lang)}<kbd>Ctrl Enter</kbd>"
    skip = f"{t('annotate.skip', lang)}<kbd>Alt S</kbd>"
    label = t("annotate.question.training" if question.training else "annotate.question", lang,
              number=number(question.number, lang))  # fmt: skip
    field, typed = answer_html(question, lang), kind_of(question) in {"short", "number"}
    return (
        f"{earlier_html(question.earlier, base, lang)}"
        f'<div class="an-two"><div class="an-media">{media_html(question.media, lang, base)}</div>'
        f'<form class="an-ask" novalidate>'
        f'<span class="st-label">{label}</span>'
        f'<h2 id="an-question" tabindex="-1"><span class="st-text">{safe(question.question)}</span></h2>'
        f"{_notes(question)}{'' if typed else field}"
        f'<div class="an-foot">{field if typed else ""}<p class="an-error" role="alert"></p><div class="an-actions">'
        f'<button type="submit" class="st-btn st-btn--main an-big">{submit}</button>'
        f'<button type="button" class="st-btn an-big" data-act="skip">{skip}</button>'
        f"{_flag(lang)}</div></div>{_comment(question, lang)}{_prompt(question, lang)}</form></div>"
    )


def _notes(question: DeskQuestion) -> str:
    """What a record says beside its question; a form shows its list of intents itself."""
    if kind_of(question) == "frame":
        return ""
    return "".join(
        f'<p class="an-notes"><span class="st-text">{safe(note)}</span></p>' for note in question.notes
    )


def _flag(lang: Lang) -> str:
    return (
        f'<button type="button" class="an-flag" data-act="flag" aria-pressed="false">'
        f'<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 14.5v-13m0 1h8l-2 3 2 3h-8"/></svg>'
        f"<span>{t('annotate.flag', lang)}</span><kbd>Alt F</kbd></button>"
    )


def _comment(question: DeskQuestion, lang: Lang) -> str:
    return (
        f'<details class="st-details an-note"{" open" if question.comment else ""}>'
        f"<summary>{t('annotate.comment', lang)}</summary>"
        f'<textarea name="comment" rows="2" maxlength="{MAX_COMMENT}" aria-label="{attr(t("annotate.comment", lang))}"'
        f' placeholder="{attr(t("annotate.comment.place", lang))}"></textarea></details>'
    )


def _prompt(question: DeskQuestion, lang: Lang) -> str:
    if question.prompt.strip() == question.question.strip():
        return ""
    return (
        f'<details class="st-details an-prompt"><summary>{t("annotate.prompt", lang)}</summary>'
        f'<span class="st-text">{safe(question.prompt)}</span></details>'
    )
