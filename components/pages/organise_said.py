"""What people said of an item, small: a bar of its answers, why it was skipped; what a person is called."""

from collections.abc import Mapping, Sequence

from components.widgets.chips import chip
from components.widgets.text import attr, short
from studio.core.project import OUT_OF_TIME, SKIPS
from studio.texts import Lang, t

SHOWN = 4  # answers told in words beside the bar


def person_name(number: int, name: str, lang: Lang) -> str:
    """«3. Анна»; a number alone for whoever may not know the name, and where it was erased."""
    if name:
        return f"{number}. {name}" if number else name
    return t("organise.person", lang, n=number) if number else t("organise.person.gone", lang)


def answer_words(form: str) -> str:
    """An answer as answers are compared, for a reader: letters of options stand on the page as capitals."""
    return form.upper() if len(form) == 1 else form


def answers_html(answers: Sequence[tuple[str, int]], skips: Mapping[str, int] | None, lang: Lang) -> str:
    """The commonest answer first. Letters of the bar are the same in words behind it."""
    total = sum(n for _, n in answers) or 1
    parts = "".join(
        f'<i class="og-a{min(place, 4)}" style="flex-grow:{n / total:.3f}"></i>'
        for place, (_, n) in enumerate(answers)
    )
    words = "".join(
        f'<span class="og-said" title="{attr(answer)}"><b>{n}</b> {short(answer, 28) or "∅"}</span>'
        for answer, n in ((answer_words(form), n) for form, n in answers[:SHOWN])
    )
    more = f'<span class="og-said">+{len(answers) - SHOWN}</span>' if len(answers) > SHOWN else ""
    bar = f'<span class="og-answers" aria-hidden="true">{parts}</span>' if answers else ""
    return f'<span class="og-saids">{bar}{words}{more}{skips_html(skips, lang)}</span>'


def skips_html(skips: Mapping[str, int] | None, lang: Lang) -> str:
    return "".join(
        chip(f"{skip_words(reason, lang)} {n}", "warn", "↷")
        for reason, n in sorted((skips or {}).items(), key=lambda each: -each[1])
    )


def skip_words(reason: str, lang: Lang) -> str:
    """Why a question was passed over; a reason that is not ours counts as another one."""
    return t(f"organise.skip.{reason if reason in (*SKIPS, OUT_OF_TIME) else 'other'}", lang)
