"""A new project: its form, and beside it what would be asked, as it is typed."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from components.format import DASH, count, decimal, number, titled
from components.links import link
from components.pages.organise_fields import choices, field, fields_html, text_input
from components.pages.organise_form import guess_of, size_of, spec_of
from components.pages.served import text_of
from components.widgets.text import attr, safe
from studio.core.project import REPEAT_AFTER, ProjectPlan, ProjectSpec, Purpose
from studio.core.run import Viewer
from studio.core.task import TaskInfo
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

SHOWN_STRATA = 12
PART = 1000  # questions that MERA asks of a large task
_PURPOSES: tuple[Purpose, ...] = ("work", "control", "training")


def new_html(tasks: Sequence[TaskInfo], lang: Lang) -> str:
    """The form, with the plan's place beside it."""
    back = f'<a class="og-back" data-go href="{attr(link("organise", lang))}">← {safe(t("organise.all", lang))}</a>'
    if not tasks:
        return f'{back}<section class="st-card st-empty">{safe(t("organise.no_tasks", lang))}</section>'
    options = [(task.name, _task_words(task, lang)) for task in tasks]
    spec, parts = ProjectSpec("", ""), {task.name: part_of(task.sizes.get("test", 0)) for task in tasks}
    return (
        f'{back}<h2 class="st-h2">{safe(t("organise.new.title", lang))}</h2>'
        f'<form class="og-form" data-form="make" data-parts="{attr(json.dumps(parts))}" novalidate>'
        f'<div class="og-fields">'
        f'<fieldset class="og-group"><legend>{safe(t("organise.group.what", lang))}</legend>'
        f"{field('title', text_input('title', '', more='maxlength=200 required'), lang, wide=True)}"
        f"{field('task', choices('task', options, ''), lang, hint=False, wide=True)}{_part(lang)}</fieldset>"
        f"{fields_html(spec, lang)}</div>"
        f'<aside class="og-plan st-card" aria-labelledby="og-plan-title"><h3 id="og-plan-title">'
        f'{safe(t("organise.plan.title", lang))}</h3><div data-plan aria-live="polite"></div>'
        f"{field('guess', text_input('guess', '20', more='inputmode=decimal'), lang)}"
        '<p class="st-alert" role="alert" data-wrong="" hidden></p>'
        f'<button class="st-btn st-btn--main og-make">{safe(t("organise.make", lang))}</button>'
        f'<p class="st-small">{safe(t("organise.make.hint", lang))}</p></aside></form>'
    )


def part_of(size: int) -> int:
    """A part to begin with: what MERA suggests of a large task, half of a small one; never more than there is."""
    return PART if size > PART else max(1, size // 2)


def _task_words(task: TaskInfo, lang: Lang) -> str:
    return (
        f"{titled(task.title, task.name, lang)} · {count(task.sizes.get('test', 0), 'count.samples', lang)}"
    )


def _part(lang: Lang) -> str:
    whole = [("whole", t("organise.whole", lang)), ("part", t("organise.part", lang))]
    return (
        field("whole", choices("whole", whole, "whole"), lang, hint=False)
        + f'<div class="og-part" hidden>{field("size", text_input("size", "", more="inputmode=numeric"), lang)}'
        f"{field('stratify', choices('stratify', [('', t('organise.stratify.none', lang))], ''), lang)}</div>"
    )


def planned(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> dict[str, Any]:
    """The plan of what the form says now, and the categories by which its task can be drawn. Raises WrongField, and
    what `plan` raises."""
    named = {**data, "title": text_of(data, "title", 300) or "…"}  # a plan needs no title yet
    spec, size = spec_of(named, lang), size_of(data, lang)
    categories = studio.organising.categories(who, spec.task)
    stratify = text_of(data, "stratify", 200)
    stratify = stratify if size is not None and stratify in categories else ""
    plan = studio.organising.plan(who, spec, size=size, stratify=stratify)
    return {
        "html": plan_html(plan, spec, guess_of(data, lang), size, lang),
        "categories": [[name, f"{name} · {number(n, lang)}"] for name, n in categories.items()],
    }


def plan_html(
    plan: ProjectPlan, spec: ProjectSpec, guess_s: float | None, size: int | None, lang: Lang
) -> str:
    """What would be asked: items by purpose, answers, hours and cost, strata, and what is not as wished."""
    bar = _bar(plan, lang)
    facts = [(t("organise.plan.answers", lang), number(plan.answers, lang))]
    if repeats := plan.repeats(spec):
        facts.append((t("organise.plan.repeats", lang), number(round(repeats), lang)))
    if guess_s:
        hours = plan.hours(spec, guess_s)
        facts.append((t("organise.plan.hours", lang), decimal(hours, lang, 1 if hours < 100 else 0)))
        cost = None if spec.pay_per_hour is None else hours * spec.pay_per_hour
        facts.append((t("organise.plan.cost", lang), money(cost, spec.currency, lang)))
    rows = "".join(f"<div><dt>{safe(name)}</dt><dd>{safe(value)}</dd></div>" for name, value in facts)
    return f'{bar}<dl class="og-numbers">{rows}</dl>{_strata(plan, lang)}{_wishes(plan, spec, size, lang)}'


def money(amount: float | None, currency: str, lang: Lang) -> str:
    """An amount in whole units of its currency."""
    return DASH if amount is None else f"{number(round(amount), lang)}\N{NO-BREAK SPACE}{currency}"


def _bar(plan: ProjectPlan, lang: Lang) -> str:
    whole = len(plan.items) or 1
    parts, words = [], []
    for purpose in _PURPOSES:
        if n := plan.by_purpose.get(purpose, 0):
            parts.append(f'<i class="og-p-{purpose}" style="flex-grow:{n / whole:.4f}"></i>')
            words.append(
                f'<li><i class="og-p-{purpose}"></i>{safe(t(f"organise.purpose.{purpose}", lang))} '
                f"<b>{safe(number(n, lang))}</b></li>"
            )
    total = count(len(plan.items), "count.samples", lang)
    return (
        f'<p class="og-total"><b>{safe(total)}</b></p><div class="og-split" aria-hidden="true">{"".join(parts)}</div>'
        f'<ul class="st-list og-legend">{"".join(words)}</ul>'
    )


def _strata(plan: ProjectPlan, lang: Lang) -> str:
    strata = sorted(plan.by_stratum.items(), key=lambda each: -each[1][1])
    if len(strata) < 2:
        return ""
    most = max(of for _, (_, of) in strata)
    rows = "".join(
        f'<tr><th scope="row">{safe(name or "—")}</th><td><span class="og-stratum" aria-hidden="true">'
        f'<i style="width:{of / most:.1%}"></i><b style="width:{asked / most:.1%}"></b></span></td>'
        f"<td>{safe(t('organise.plan.of', lang, n=number(asked, lang), of=number(of, lang)))}</td></tr>"
        for name, (asked, of) in strata[:SHOWN_STRATA]
    )
    rest = len(strata) - SHOWN_STRATA
    more = (
        f'<p class="st-small">{safe(t("organise.plan.more", lang, n=number(rest, lang)))}</p>'
        if rest > 0
        else ""
    )
    caption = f'<caption class="st-sr">{safe(t("organise.plan.strata", lang))}</caption>'
    return f'<table class="og-strata">{caption}{rows}</table>{more}'


def _wishes(plan: ProjectPlan, spec: ProjectSpec, size: int | None, lang: Lang) -> str:
    """What is not as wished, in sentences; and what MERA's protocol would say."""
    said = []
    if plan.unaskable:
        said.append(t("organise.plan.unaskable", lang, n=count(plan.unaskable, "count.samples", lang)))
    if plan.training_short:
        said.append(
            t("organise.plan.training_short", lang, n=count(plan.training_short, "count.samples", lang))
        )
    controls = plan.by_purpose.get("control", 0)
    if controls - plan.controls_outside > 0:
        n = count(controls - plan.controls_outside, "count.samples", lang)
        said.append(t("organise.plan.controls_inside", lang, n=n))
    if spec.controls and not controls:
        said.append(t("organise.plan.no_controls", lang))
    if spec.repeats and not plan.repeats(spec):
        said.append(t("organise.plan.no_repeats", lang, after=number(REPEAT_AFTER, lang)))
    scored = sum(item.scored for item in plan.items)
    if size is not None and scored < size:
        said.append(t("organise.plan.smaller", lang, n=count(scored, "count.samples", lang)))
    if size is None and scored > 3000:
        said.append(t("organise.plan.large", lang, n=number(scored, lang)))
    if spec.overlap < 5 and spec.level == "crowd":
        said.append(t("organise.plan.overlap", lang))
    items = "".join(f"<li>{safe(each)}</li>" for each in said)
    return f'<ul class="st-list og-wishes">{items}</ul>' if said else ""
