"""The box of Inspect: a filter in words, what may come next in it, and what is wrong with it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from components.format import number
from components.pages.served import text_of, whole_of
from components.widgets.text import attr, safe
from studio.core.errors import QueryError
from studio.core.run import Viewer
from studio.texts import CATALOGUE, Lang, describe, t

if TYPE_CHECKING:
    from studio.service import Studio

LONGEST = 2_000  # characters of a filter
# Filters worth a click, each with its words under `query.example.<place>`.
EXAMPLES = (
    "cell:disagree order:informative",
    "judge_p:0.4..0.6 human:none",
    "truncated:1 em:0",
    "em:0 js:1 len>200",
    "answer:/не знаю|затрудняюсь/",
    "failed:1 OR unscored:1",
)


def box_html(text: str, blind: bool, lang: Lang) -> str:
    """The box with its list of suggestions, the place for a complaint, the count, and help. `blind` viewers search
    questions only."""
    place = t(f"query.box.place{'.blind' if blind else ''}", lang)
    examples = "".join(
        f'<li><button type="button" class="in-example" data-where="{attr(where)}"><code>{safe(where)}</code>'
        f"<span>{safe(t(f'query.example.{index}', lang))}</span></button></li>"
        for index, where in enumerate(EXAMPLES)
    )
    return (
        f'<div class="in-field in-query"><label for="in-where">{t("query.box", lang)}</label>'
        f"{combo_html(text, place, lang, 'in-wrong in-count')}"
        f'<div class="in-wrong" id="in-wrong" role="alert" hidden></div>'
        f'<p class="in-count" id="in-count" aria-live="polite"></p>'
        f'<details class="in-queryhelp"><summary>{t("query.help", lang)}</summary>'
        f"<p>{t('query.help.text', lang)}</p><ul>{examples}</ul></details></div>"
    )


def combo_html(text: str, place: str, lang: Lang, described: str = "") -> str:
    """The input of a filter with its list of suggestions, for `completion.js`."""
    by = f' aria-describedby="{attr(described)}"' if described else ""
    return (
        f'<div class="in-combo"><input type="text" id="in-where" name="where" role="combobox" maxlength="{LONGEST}"'
        f' aria-expanded="false" aria-controls="in-offers" aria-autocomplete="list"{by}'
        f' placeholder="{attr(place)}" value="{attr(text)}" autocomplete="off" autocapitalize="off" spellcheck="false">'
        f'<ul class="in-offers" id="in-offers" role="listbox" aria-label="{attr(t("query.offers", lang))}" hidden></ul>'
        f"</div>"
    )


def wrong_html(error: QueryError, lang: Lang) -> str:
    """A complaint: the filter with the wrong place marked, and what is wrong there."""
    text, (start, end) = str(error.problem.values.get("text", "")), error.place
    marked = f"{safe(text[:start])}<mark>{safe(text[start:end]) or '&nbsp;'}</mark>{safe(text[end:])}"
    return f"<code>{marked}</code><span>{safe(describe(error, lang))}</span>"


def found_words(total: int, filtered: bool, everyones: bool | None, lang: Lang) -> str:
    """How many samples a filter keeps; nothing without one. Of one that goes by labels also whose: `everyones`, or
    those beside own ones."""
    if not filtered:
        return ""
    found = t("query.found", lang, n=number(total, lang))
    if everyones is None:
        return found
    whose = "all" if everyones else "own"
    return f"{found}. {t(f'query.whose.{whose}', lang)}"


def offers(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> dict[str, Any]:
    """What may stand at the cursor: `{"start", "end", "options": [{"insert", "label", "note", "count"}]}`.

    Raises StudioError.
    """
    text, cursor = text_of(data, "text", LONGEST), whole_of(data, "cursor") or 0
    found = studio.queries.complete(text_of(data, "run", 100), text, cursor, who, lang=lang)
    options = [
        {
            "insert": each.insert,
            "label": each.label,
            "note": _note(each.kind, each.field, each.label, lang),
            "count": number(each.count, lang) if each.count is not None else "",
            "goes_on": each.insert.endswith((":", ">", ".", "≠")),
        }
        for each in found.suggestions
    ]
    return {"start": found.start, "end": found.end, "options": options}


def _note(kind: str, field: str, label: str, lang: Lang) -> str:
    key = f"query.field.{field}" if kind == "field" else f"query.choice.{field}.{label}"
    return t(key, lang) if key in CATALOGUE else ""
