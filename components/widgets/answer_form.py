"""Fields in which a person answers with a number, or with the JSON of an intent and its slots.

Each knows a question by its words alone; `assets/answer_form.js` brings them to life.
"""

import json
from typing import Protocol

from components.widgets.text import attr, safe
from studio.core.asking import intents_in
from studio.texts import Lang, t

MAX_ANSWER = 4_000  # characters that a field takes
_NUMBER_TEXTS = ("empty", "doubt", "letters", "digits")
_FRAME_TEXTS = (
    *("first", "none", "type", "type.place", "value", "value.place", "more", "less", "less.free"),
    *("aside", "foreign", "unknown", "empty", "empty.free", "empty.type", "empty.value", "at", "whole"),
)
_FAULTS = (
    *("end", "quote", "quotes", "key", "colon", "comma", "value", "control", "escape", "deep", "after"),
    *("object", "intent", "slots", "slot", "text"),
)
# One key for each intent, by its place on the keyboard: the digits, then the row below them.
INTENT_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "Q", "W", "E", "R", "T", "Y")


class Worded(Protocol):
    """A question's whole text, as models get it."""

    @property
    def prompt(self) -> str: ...


def type_html(lang: Lang) -> str:
    """Buttons for the size of the letters (`assets/type_size.js`)."""
    said = t("answer.type.said", lang)
    buttons = "".join(
        f'<button type="button" class="st-btn st-btn--small" data-act="type" data-type-by="{by}"'
        f' aria-label="{attr(t(f"answer.type.{word}", lang))}" title="{attr(t(f"answer.type.{word}", lang))}">'
        f'<span aria-hidden="true">A{sign}</span></button>'
        for by, word, sign in ((-1, "less", "−"), (1, "more", "+"))
    )
    label = attr(t("answer.type", lang))
    return (
        f'<span class="an-type" role="group" aria-label="{label}" data-said="{attr(said)}">{buttons}</span>'
    )


def number_html(question: Worded, lang: Lang) -> str:
    """A field for a number. Whatever is typed is sent as it is; a phone shows its digits, with a minus of our own."""
    texts = {key: t(f"answer.number.{key}", lang) for key in _NUMBER_TEXTS}
    minus, letters = (t(f"answer.number.{key}", lang) for key in ("minus", "letters"))
    return (
        f'<div class="an-field an-answer" data-answer="number" data-texts="{_json(texts)}">'
        f'<label for="an-number">{t("answer.number", lang)}</label><div class="nu-line">'
        f'<input id="an-number" name="answer" type="text" inputmode="decimal" maxlength="{MAX_ANSWER}"'
        f' autocomplete="off" spellcheck="false" enterkeyhint="send" aria-describedby="an-question an-doubt">'
        f'<button type="button" class="st-btn nu-touch" data-nu="minus" aria-label="{attr(minus)}">−</button>'
        f'<button type="button" class="st-btn nu-touch" data-nu="keyboard" aria-label="{attr(letters)}">абв</button>'
        f'</div><p class="an-hint" id="an-doubt" role="status"></p></div>'
    )


def frame_html(question: Worded, lang: Lang) -> str:
    """A form for an intent and slots. What may be chosen is what the question's text lists; where it lists nothing,
    names are typed, and completed by what was typed before in this browser."""
    intents = intents_in(question.prompt)
    texts = {key: t(f"answer.frame.{key}", lang) for key in _FRAME_TEXTS}
    texts |= {f"fault.{key}": t(f"answer.fault.{key}", lang) for key in _FAULTS}
    return (
        f'<div class="sl-form" data-answer="frame" data-texts="{_json(texts)}"'
        f' data-intents="{_json([[name, list(slots)] for name, slots in intents.items()])}">'
        f"{_intents(list(intents), lang) if intents else _intent_field(lang)}{_slots_html(bool(intents), lang)}"
        f'<p class="an-hint" data-sl="hint" role="status"></p>'
        f'<label class="an-field sl-json"><span>{t("answer.frame.json", lang)}'
        f" <small>{t('answer.frame.json.note', lang)}</small></span>"
        f'<textarea name="json" rows="2" maxlength="{MAX_ANSWER}" autocomplete="off" autocapitalize="off"'
        f' spellcheck="false" aria-describedby="an-fault"></textarea></label>'
        f'<p class="sl-fault" id="an-fault" role="status"></p></div>'
    )


def _intents(names: list[str], lang: Lang) -> str:
    keys = dict(zip(names, INTENT_KEYS, strict=False))
    buttons = "".join(
        f'<button type="button" role="radio" aria-checked="false" class="sl-intent" data-intent="{attr(name)}"'
        f' tabindex="{-1 if place else 0}"><span>{safe(name)}</span>'
        f"{f'<kbd>{key}</kbd>' if (key := keys.get(name)) else ''}</button>"
        for place, name in enumerate(names)
    )
    return (
        f'<div class="sl-part"><span class="sl-title" id="an-intent">{t("answer.frame.intent", lang)}</span>'
        f'<div class="sl-intents" role="radiogroup" aria-labelledby="an-intent">{buttons}</div></div>'
    )


def _intent_field(lang: Lang) -> str:
    return (
        f'<label class="an-field sl-part"><span>{t("answer.frame.intent", lang)}</span>'
        f'<input name="intent" type="text" list="an-intents" maxlength="{MAX_ANSWER}" autocomplete="off"'
        f' autocapitalize="off" spellcheck="false" placeholder="{attr(t("answer.frame.intent.place", lang))}"></label>'
        f'<datalist id="an-intents"></datalist><datalist id="an-types"></datalist>'
    )


def _slots_html(listed: bool, lang: Lang) -> str:
    add = "" if listed else (
        f'<button type="button" class="st-btn st-btn--small" data-sl="add">{t("answer.frame.add", lang)}</button>'
    )  # fmt: skip
    return (
        f'<div class="sl-part" role="group" aria-labelledby="an-slots"><span class="sl-title" id="an-slots">'
        f"{t('answer.frame.slots', lang)} <small>{t('answer.frame.slots.note', lang)}</small></span>"
        f'<div class="sl-rows" data-sl="rows"></div>{add}</div>'
    )


def _json(value: object) -> str:
    return attr(json.dumps(value, ensure_ascii=False))
