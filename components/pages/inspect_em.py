"""The picture of a run that no judge was asked about: how often EM is right, in all and for every task."""

from collections.abc import Sequence

from components.format import number, percent, titled
from components.links import link
from components.widgets.text import attr, safe
from studio.core.run import Confusion, SampleFilter
from studio.texts import Lang, t

_SIDES = (("em_right", "both"), ("em_wrong", "neither"))  # with the cell whose colour they take


def em_table(shown: Confusion, askable: bool, lang: Lang) -> str:
    """The counts of EM as large as the table of four, what is not known, and the way to ask a judge."""
    title = titled(shown.title, shown.task, lang) if shown.task else t("inspect.task.all", lang)
    of = shown.em_right + shown.em_wrong
    cells = "".join(
        f'<div class="in-cell in-c-{cell}" style="--part:{n / of if of else 0:.3f}"><b>{number(n, lang)}</b>'
        f'<span class="in-share">{percent(n / of if of else None, lang)}</span>'
        f'<span class="in-words">{safe(t(f"inspect.table.{side}", lang))}</span></div>'
        for side, cell in _SIDES
        for n in (getattr(shown, side),)
    )
    way = f' <a href="{attr(link("runs", lang))}">{safe(t("inspect.em.ask", lang))}</a>' if askable else ""
    return (
        f'<div class="in-em"><p class="in-em-of"><b>{safe(title)}</b> '
        f"<span>{safe(t('inspect.em.of', lang, n=number(of, lang)))}</span></p>"
        f'<div class="in-em-two">{cells}</div>'
        f'<p class="st-note">{safe(t("inspect.em.note", lang))}{way}</p></div>'
    )


def em_per_task(confusions: Sequence[Confusion], chosen: SampleFilter, lang: Lang) -> str:
    """Every task in a line of its own, all of them first."""
    heads = "".join(f'<th scope="col">{safe(t(f"inspect.table.{side}", lang))}</th>' for side, _ in _SIDES)
    lines = "".join(_line(each, chosen, lang) for each in [confusions[-1], *confusions[:-1]])
    return (
        f'<div class="in-tasks"><table><caption>{t("inspect.per_task", lang)}</caption>'
        f'<thead><tr><th scope="col">{t("inspect.task", lang)}</th><td></td>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _line(each: Confusion, chosen: SampleFilter, lang: Lang) -> str:
    name = titled(each.title, each.task, lang) if each.task else t("inspect.task.all", lang)
    current = ' class="in-current"' if each.task == chosen.task else ""
    counts = [(getattr(each, side), cell) for side, cell in _SIDES]
    bar = "".join(f'<i class="in-c-{cell}" style="flex-grow:{n}"></i>' for n, cell in counts if n)
    numbers = "".join(f"<td>{number(n, lang)}</td>" for n, _ in counts)
    return (
        f'<tr{current}><th scope="row"><button type="button" class="in-task" data-task="{attr(each.task)}"'
        f' title="{attr(each.task)}">{safe(name)}</button></th>'
        f'<td class="in-bar" aria-hidden="true"><span>{bar}</span></td>{numbers}</tr>'
    )
