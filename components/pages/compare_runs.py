"""The runs that stand side by side, as a bar: numbered, each removable, with a list of those that could join."""

from collections.abc import Sequence

from components.format import NBSP, ago, count
from components.links import link
from components.pages.inspect_query import combo_html
from components.pages.inspect_queue import notice_html
from components.widgets.chips import chip
from components.widgets.report_button import report_button
from components.widgets.text import attr, safe, short
from studio.core.compare import MOST_BESIDE, Comparison
from studio.core.people_run import PeopleRun
from studio.core.run import RunView
from studio.texts import Lang, t
from studio.texts.compare_said import counted_said, warned_said
from studio.texts.run_names import made_of, name_of

OFFERED = 200
SUGGESTED = 8
Offered = Sequence[tuple[RunView, int]]


def place_html(place: int) -> str:
    """The number of a run, by which the whole page calls it."""
    return f'<i class="cp-no cp-no-{place}">{place}</i>'


def runs_bar_html(
    found: Comparison, offered: Offered, base: str, where: str, lang: Lang, everyones: bool | None = None
) -> str:
    """The chosen runs, who may join, which pairs, and what is compared in words. `everyones`: the filter goes by the
    labels of all reviewers, or (False) by those beside own ones; None: by none."""
    chips = "".join(_run(run, place, len(found.runs), lang) for place, run in enumerate(found.runs, 1))
    warned = "".join(f"<li>{safe(sentence)}</li>" for sentence in warned_said(found, lang))
    told = f'<p class="cp-shared">{safe(" ".join(counted_said(found, lang)))}</p>'
    told += f'<ul class="st-list st-alert st-alert--warn cp-warned">{warned}</ul>' if warned else ""
    told += _whose(everyones, lang)
    adding = _adding(offered, lang) if len(found.runs) < MOST_BESIDE else ""
    return (
        f'<ol class="st-list cp-runs" aria-label="{attr(t("compare.runs", lang))}">{chips}</ol>'
        f'<div class="cp-bar">{adding}{_pairs(found, base, lang)}{_filter(where, lang)}'
        f"{report_button(found.runs[0].id, lang)}</div>{told}"
    )


def _whose(everyones: bool | None, lang: Lang) -> str:
    if everyones is None:
        return ""
    words = safe(t(f"query.whose.{'all' if everyones else 'own'}", lang))
    show = f'<button type="button" class="in-quiet" data-act="people">{t("label.people.show", lang)}</button>'
    return f'<p class="cp-shared">{words} {"" if everyones else show}</p>'


def _filter(where: str, lang: Lang) -> str:
    label, hint = t("compare.where", lang), attr(t("compare.where.hint", lang))
    return (
        f'<div class="in-field cp-filter" title="{hint}"><label for="in-where">{safe(label)}</label>'
        f"{combo_html(where, 'len>200 finish:length', lang)}</div>"
    )


def _run(run: RunView, place: int, of: int, lang: Lang) -> str:
    name = name_of(run, lang)
    remove = (
        f'<button type="button" class="cp-remove" data-remove="{attr(run.id)}"'
        f' aria-label="{attr(t("compare.remove", lang, name=name))}">×</button>'
        if of > 1
        else ""
    )
    people = PeopleRun.of(run.resolved)
    made = made_of(people, lang) if people else ""
    what = t(f"people.run.what.{people.what}" if people else "runs.human", lang)
    whose = chip(what, "info", "☺", made) if run.kind == "human" else ""
    return (
        f'<li class="cp-run">{place_html(place)}<a href="{attr(link("inspect", lang, run=run.id))}">'
        f'{short(name, 60)}</a>{whose}<span class="cp-id">{safe(run.id)}</span>{remove}</li>'
    )


def _adding(offered: Offered, lang: Lang) -> str:
    options = "".join(
        f'<option value="{attr(run.id)}">{safe(_described(run, n, lang))}</option>'
        for run, n in offered[:OFFERED]
    )
    if not options:
        return ""
    return (
        f'<label class="in-field"><span>{safe(t("compare.add", lang))}</span><select name="add">'
        f'<option value="">{safe(t("compare.add.none", lang))}</option>{options}</select></label>'
    )


def _described(run: RunView, n: int, lang: Lang) -> str:
    parts = (name_of(run, lang), t("compare.add.tasks", lang, n=n), ago(run.created_at, lang), run.id)
    return f"{NBSP}· ".join(parts)


def _pairs(found: Comparison, base: str, lang: Lang) -> str:
    if len(found.runs) < 3:
        return ""
    options = f'<option value="all"{" selected" if not base else ""}>{t("compare.pairs.all", lang)}</option>'
    for place, run in enumerate(found.runs, 1):
        words = t("compare.pairs.base", lang, place=place, name=name_of(run, lang))
        chosen = " selected" if run.id == base else ""
        options += f'<option value="{attr(run.id)}"{chosen}>{short(words, 60)}</option>'
    return (
        f'<label class="in-field"><span>{safe(t("compare.pairs", lang))}</span>'
        f'<select name="base">{options}</select></label>'
    )


def few_html(chosen: Sequence[RunView], offered: Offered, lang: Lang) -> str:
    """One run or none: with what to compare it."""
    if not offered:
        links = [
            (t("compare.few.run", lang), link("run", lang), ""),
            (t("compare.few.runs", lang), link("runs", lang), ""),
        ]
        return notice_html(t("compare.few.title", lang), t("compare.few.alone", lang), links)
    items = "".join(_suggested(chosen, run, n, lang) for run, n in offered[:SUGGESTED])
    mine = "".join(_run(run, place, 1, lang) for place, run in enumerate(chosen, 1))
    own = f'<ol class="st-list cp-runs">{mine}</ol>' if mine else ""
    return (
        f'{own}<section class="in-notice cp-few"><h2>{safe(t("compare.few.title", lang))}</h2>'
        f"<p>{safe(t('compare.few.text', lang))}</p>"
        f'<ul class="st-list cp-suggested">{items}</ul></section>'
    )


def _suggested(chosen: Sequence[RunView], run: RunView, n: int, lang: Lang) -> str:
    address = link("compare", lang, runs=",".join([*(one.id for one in chosen), run.id]))
    facts = (
        t("compare.add.tasks", lang, n=n), count(run.planned, "count.samples", lang), ago(run.created_at, lang),
    )  # fmt: skip
    return (
        f'<li><a class="cp-suggestion" href="{attr(address)}" data-go><b>{short(name_of(run, lang), 70)}</b>'
        f'<span class="st-small">{safe(f"{NBSP}· ".join(facts))}</span></a></li>'
    )
