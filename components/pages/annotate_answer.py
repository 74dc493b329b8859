"""The field in which a person answers: one kind of field for each kind of question.

Markup is made here, `assets/answer.js` brings it to life. A new kind is a function in `FIELDS`, whose outermost element
bears `data-answer="KIND"`, and an entry of the same name in `ANSWERS` of a script that stands after answer.js.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from components.widgets.answer_form import MAX_ANSWER, frame_html, number_html
from components.widgets.text import attr, safe
from studio.core.asking import Asking, asks_for
from studio.core.task import AnswerType
from studio.texts import Lang, t


class Answerable(Protocol):
    """What a field has to know of a question. It has no gold."""

    @property
    def question(self) -> str: ...
    @property
    def prompt(self) -> str: ...
    @property
    def options(self) -> Mapping[str, str]: ...
    @property
    def answer_type(self) -> AnswerType: ...


def kind_of(question: Answerable) -> Asking:
    """How a question is answered; see `studio.core.asking`."""
    return asks_for(question.answer_type, question.options, question.prompt)


def answer_html(question: Answerable, lang: Lang) -> str:
    """The field, empty; its name is the element with the id `an-question`."""
    return FIELDS[kind_of(question)](question, lang)


def _letters(question: Answerable, lang: Lang) -> str:
    """Options as a radio group of our own: Gradio's has neither arrow keys nor a name for the group."""
    buttons = "".join(
        f'<button type="button" role="radio" aria-checked="false" class="an-option" data-letter="{attr(letter)}"'
        f' tabindex="{-1 if place else 0}"><b>{safe(letter)}</b><span class="st-text">{safe(text)}</span>'
        f"{f'<kbd>{place + 1}</kbd>' if place < 9 else ''}</button>"
        for place, (letter, text) in enumerate(question.options.items())
    )
    return (
        f'<div class="an-options" data-answer="letter" role="radiogroup" aria-labelledby="an-question">'
        f"{buttons}</div>"
    )


def _short(question: Answerable, lang: Lang) -> str:
    return (
        f'<label class="an-field an-answer" data-answer="short"><span>{t("annotate.answer", lang)}</span>'
        f'<textarea name="answer" rows="2" maxlength="{MAX_ANSWER}" autocomplete="off" autocapitalize="off"'
        f' enterkeyhint="send" placeholder="{attr(t("annotate.answer.place", lang))}"'
        f' aria-describedby="an-question"></textarea></label>'
    )


FIELDS: Mapping[Asking, Callable[[Answerable, Lang], str]] = {
    "letter": _letters,
    "number": number_html,
    "frame": frame_html,
    "short": _short,
}
