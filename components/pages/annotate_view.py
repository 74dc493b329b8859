"""What an annotator sees, as markup: the start, a question, the end. It is made of `AnnotationState` alone, which
holds no gold, no model's answer and no score, so nothing here can show one."""

from collections.abc import Sequence

from components.format import count, number, titled
from components.links import link
from components.pages.annotate_answer import answer_html
from components.widgets.chips import modality_chip
from components.widgets.keys import keys_dialog
from components.widgets.media import media_html
from components.widgets.text import attr, safe
from studio.core.content import MODALITIES
from studio.core.run import AnnotationState, Question
from studio.core.task import TaskInfo
from studio.texts import Lang, t

REASONS = ("mine", "broken", "ambiguous", "unknown", "other")


def start_html(tasks: Sequence[TaskInfo], lang: Lang) -> str:
    """Name and task. Whatever this browser began earlier is put above by the script, which alone knows it."""
    if not tasks:
        return (
            f'<div class="in-notice"><h2>{t("annotate.none.title", lang)}</h2>'
            f"<p>{t('annotate.none.text', lang)}</p></div>"
        )
    ordered = sorted(tasks, key=lambda task: MODALITIES.index(task.modality))
    cards = "".join(_task_card(task, lang) for task in ordered)
    return (
        f'<div data-kept></div><form class="an-start st-card" novalidate>'
        f'<label class="an-field"><span>{t("annotate.name", lang)}</span>'
        f'<input name="name" type="text" maxlength="80" autocomplete="nickname" spellcheck="false" required>'
        f"<small>{t('annotate.name.hint', lang)}</small>"
        f'<span class="an-error" role="alert" data-of="name"></span></label>'
        f'<fieldset class="an-tasks"><legend>{t("annotate.task", lang)}</legend>{cards}</fieldset>'
        f'<p class="an-error" role="alert" data-of="task"></p>'
        f'<p class="an-error" role="alert" data-of=""></p>'
        f'<button type="submit" class="st-btn st-btn--main an-big">{t("annotate.start", lang)}</button></form>'
    )


def _task_card(task: TaskInfo, lang: Lang) -> str:
    size = count(task.sizes.get("test", 0), "count.samples", lang)
    kind = t(f"annotate.task.{task.answer_type}", lang)
    return (
        f'<label class="an-task"><input type="radio" name="task" value="{attr(task.name)}">'
        f"<span><b>{safe(titled(task.title, task.name, lang))}</b>"
        f"<small>{modality_chip(task.modality, lang)} {size}, {kind}</small></span></label>"
    )


def state_html(state: AnnotationState, base: str, lang: Lang) -> str:
    """The question to answer now, or the end. `base` is `links.media_base(…)`."""
    if state.question is None:
        return _done_html(state, lang) if state.total else _nothing_html(lang)
    return f"{_bar_html(state, lang)}{_question_html(state.question, base, lang)}"


def _bar_html(state: AnnotationState, lang: Lang) -> str:
    done = state.answered + state.skipped
    words = t(
        "annotate.progress", lang, answered=number(state.answered, lang), total=number(state.total, lang)
    )
    if state.skipped:
        words += ", " + t("annotate.progress.skipped", lang, skipped=number(state.skipped, lang))
    return (
        f'<header class="an-bar"><div class="an-where"><b>{safe(titled(state.task_title, state.task, lang))}</b>'
        f'<span>{words} <span class="an-said" aria-hidden="true"></span></span></div>'
        f'<progress class="an-progress" max="{state.total}" value="{done}" aria-label="{attr(words)}"></progress>'
        f'<div class="an-tools">{_tool("undo", "Ctrl Z", not state.can_undo, lang)}'
        f"{_tool('keys', '?', False, lang)}{_tool('pause', '', False, lang)}</div></header>"
    )


def _tool(act: str, key: str, disabled: bool, lang: Lang) -> str:
    hint = f"<kbd>{key}</kbd>" if key else ""
    return (
        f'<button type="button" class="st-btn st-btn--small" data-act="{act}"{" disabled" if disabled else ""}>'
        f"{t(f'annotate.{act}', lang)}{hint}</button>"
    )


def _question_html(question: Question, base: str, lang: Lang) -> str:
    submit = f"{t('annotate.submit', lang)}<kbd>Enter</kbd>"
    skip = f"{t('annotate.skip', lang)}<kbd>Alt S</kbd>"
    return (
        f'<div class="an-two"><div class="an-media">{media_html(question.media, lang, base)}</div>'
        f'<form class="an-ask" novalidate>'
        f'<span class="st-label">{t("annotate.question", lang, number=number(question.number, lang))}</span>'
        f'<h2 id="an-question" tabindex="-1"><span class="st-text">{safe(question.question)}</span></h2>'
        f"{answer_html(question, lang)}"
        f'<p class="an-error" role="alert"></p><div class="an-actions">'
        f'<button type="submit" class="st-btn st-btn--main an-big">{submit}</button>'
        f'<button type="button" class="st-btn an-big" data-act="skip">{skip}</button>'
        f"</div>{_prompt(question, lang)}</form></div>"
    )


def _prompt(question: Question, lang: Lang) -> str:
    if question.prompt.strip() == question.question.strip():
        return ""
    return (
        f'<details class="st-details an-prompt"><summary>{t("annotate.prompt", lang)}</summary>'
        f'<span class="st-text">{safe(question.prompt)}</span></details>'
    )


def _done_html(state: AnnotationState, lang: Lang) -> str:
    skipped = t("annotate.done.skipped", lang, skipped=number(state.skipped, lang)) if state.skipped else ""
    text = t(
        "annotate.done.text",
        lang,
        name=state.annotator,
        answered=number(state.answered, lang),
        total=count(state.total, "annotate.count", lang),
        skipped=skipped,
    )
    return (
        f'<div class="an-done st-card"><span class="an-tick" aria-hidden="true">✓</span>'
        f'<h2 id="an-question" tabindex="-1">{t("annotate.done.title", lang)}</h2><p>{safe(text)}</p>'
        f'<p class="an-actions"><a class="st-btn st-btn--main an-big" href="{attr(link("runs", lang))}">'
        f"{t('annotate.done.runs', lang)}</a>{_to_inspect(state.id, lang)}"
        f'<button type="button" class="st-btn an-big" data-act="start">{t("annotate.done.again", lang)}</button>'
        f"{_tool('undo', '', not state.can_undo, lang)}</p></div>"
    )


def _to_inspect(run_id: str, lang: Lang) -> str:
    if not run_id:
        return ""
    address = attr(link("inspect", lang, run=run_id))
    return f'<a class="st-btn an-big" href="{address}">{t("annotate.done.inspect", lang)}</a>'


def _nothing_html(lang: Lang) -> str:
    return (
        f'<div class="in-notice"><h2 id="an-question" tabindex="-1">{t("annotate.nothing.title", lang)}</h2>'
        f'<p>{t("annotate.nothing.text", lang)}</p><p class="in-notice-links">'
        f'<button type="button" class="st-btn" data-act="start">{t("annotate.done.again", lang)}</button></p></div>'
    )


def skip_dialog_html(lang: Lang) -> str:
    """Why a question is skipped: one of five reasons by key or click, and a note."""
    reasons = "".join(
        f'<label class="an-reason"><input type="radio" name="reason" value="{code}"{"" if place else " checked"}>'
        f"<span>{t(f'annotate.skip.{code}', lang)}<small>{t(f'annotate.skip.{code}.hint', lang)}</small></span>"
        f"<kbd>{place + 1}</kbd></label>"
        for place, code in enumerate(REASONS)
    )
    return (
        f'<dialog class="an-dialog an-skip" aria-labelledby="an-skip-title"><form novalidate>'
        f'<h2 id="an-skip-title">{t("annotate.skip.title", lang)}</h2>'
        f'<div role="radiogroup" aria-labelledby="an-skip-title">{reasons}</div>'
        f'<label class="an-field"><span>{t("annotate.skip.note", lang)}</span>'
        f'<textarea name="note" rows="2" maxlength="2000"></textarea></label><div class="an-actions">'
        f'<button type="submit" class="st-btn st-btn--main">{t("annotate.skip.confirm", lang)}'
        f'<kbd>Enter</kbd></button><button type="button" class="st-btn" data-act="close">'
        f"{t('annotate.skip.cancel', lang)}<kbd>Esc</kbd></button>"
        f"</div></form></dialog>"
    )


_KEYS: tuple[tuple[str, str], ...] = (
    ("1–9 / A–H", "choose"),
    ("↑ ↓", "move"),
    ("Enter / Ctrl Enter", "submit"),
    ("Shift Enter", "line"),
    ("S / Alt S", "skip"),
    ("Ctrl Z", "undo"),
    ("P / Alt P", "play"),
    ("J L / Alt J, Alt L", "seek"),
    (", . / Alt , Alt .", "speed"),
    ("?", "help"),
)


def keys_dialog_html(lang: Lang) -> str:
    """The list of keys."""
    rows = [(keys, t(f"annotate.keys.{what}", lang)) for keys, what in _KEYS]
    return keys_dialog(rows, t("annotate.keys.note", lang), lang)
