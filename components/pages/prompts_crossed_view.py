"""A crossed run as markup: the variance split, questions by prompts, models that change places."""

from components.format import decimal, number, percent, share
from components.links import link
from components.pages.health_doors import door, table_html
from components.pages.health_view import quoted
from components.widgets.chart_menu import chart_menu
from components.widgets.text import attr, safe
from studio.core.prompts import (
    Component,
    Crossed,
    Flips,
    ItemRow,
    PromptFlip,
    Standing,
    VarianceSplit,
    spaced,
)
from studio.texts import Lang, t
from studio.texts.figures import whole_percent
from studio.texts.prompts_said import flips_said, probability, signed, unseen_said

SIGNS = {"right": "✓", "part": "~", "wrong": "×", "failed": "!", "unscored": "?", "pending": "·"}
LABELLED = 0.09  # a segment that is too narrow for its number has it in the legend alone


def split_section(run: str, crossed: Crossed, lang: Lang) -> str:
    """A bar of three parts with their intervals, and the pairs of prompts that differ."""
    split = crossed.split
    if split is None or any(part.share is None for part in split.parts):
        return ""
    told = ", ".join(f"{t(f'prompts.part.{p.part}', lang)} {percent(p.share, lang)}" for p in split.parts)
    bar = "".join(
        f'<span class="pr-part pr-{part.part}" style="width:{(part.share or 0) * 100:.2f}%">'
        f"{safe(percent(part.share, lang)) if (part.share or 0) >= LABELLED else ''}</span>"
        for part in split.parts
    )
    legend = "".join(
        f'<li><span class="pr-key pr-{part.part}"></span><span><b>{safe(t(f"prompts.part.{part.part}", lang))}</b> '
        f"{safe(percent(part.share, lang))} "
        f'<span class="st-ci">{safe(_between(part, lang))}</span>'
        f'<br><span class="st-small">{safe(t(f"prompts.part.{part.part}.hint", lang))}</span></span></li>'
        for part in split.parts
    )
    label = attr(t("prompts.split.chart", lang, shares=told))
    return _card(
        "split",
        f'<div class="pr-split" role="img" aria-label="{label}">{bar}</div>'
        f'<ul class="st-list pr-legend">{legend}</ul>'
        f'<p class="st-small">{safe(_how(split, lang))}</p>{_apart(crossed, lang)}',
        lang,
        _menu("prompt-split", run, crossed, lang),
    )


def grid_section(run: str, crossed: Crossed, lang: Lang) -> str:
    """The heat map: a row is a link to the question's samples, a cell leads to one of them."""
    if not crossed.rows:
        return ""
    shown, scope = spaced(crossed.rows), _scope(crossed)
    heads = "".join(
        f'<a class="pr-head" href="{attr(door(run, f"{scope} prompt:{prompt}", lang))}">{prompt}</a>'
        for prompt in crossed.prompts
    )
    states = {
        _kind(score, state) for row in shown for score, state in zip(row.scores, row.states, strict=True)
    }
    keys = "".join(
        f'<li><i class="pr-c pr-c-{kind}" aria-hidden="true">{sign}</i>{safe(t(f"prompts.grid.key.{kind}", lang))}</li>'
        for kind, sign in SIGNS.items()
        if kind in states
    )
    some = ""
    if len(shown) < len(crossed.rows):
        counts = {"shown": number(len(shown), lang), "all": number(len(crossed.rows), lang)}
        some = f" {t('prompts.grid.some', lang, **counts)}"
    rows = "".join(_row(run, scope, row, lang) for row in shown)
    title = attr(t("prompts.grid", lang))
    return _card(
        "grid",
        f'<p class="st-small">{safe(t("prompts.grid.note", lang) + some)}</p>'
        f'<ul class="st-list st-legend pr-signs">{keys}</ul>'
        f'<div class="pr-grid" style="--n:{len(crossed.prompts)}" role="group" aria-label="{title}" tabindex="0">'
        f'<div class="pr-heads"><span>{safe(t("prompts.grid.item", lang))}</span>{heads}</div>{rows}</div>',
        lang,
        _menu("prompt-grid", run, crossed, lang),
    )


def models_section(run: str, crossed: Crossed, lang: Lang) -> str:
    """Places of models in each prompt, and every two of them in words."""
    if not crossed.flips:
        return _card("models", f'<p class="st-note">{safe(t("prompts.models.none", lang))}</p>', lang)
    n = number(crossed.flips[0].items, lang)
    names = [t("prompts.models.model", lang), *map(str, crossed.flip_prompts), t("prompts.models.all", lang)]
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in names)
    ordered = sorted(crossed.standings, key=lambda standing: standing.place)
    body = "".join(_standing(standing, crossed, lang) for standing in ordered)
    known = {standing.run: standing.name for standing in crossed.standings}
    pairs = "".join(_pair(flips, known, lang) for flips in crossed.flips)
    return _card(
        "models",
        f'<p class="st-small">{safe(t("prompts.models.note", lang, n=n))}</p>'
        f'<div class="pr-places">{table_html(head, body)}</div><ul class="st-list pr-pairs">{pairs}</ul>',
        lang,
        _menu("prompt-places", run, crossed, lang),
    )


def _scope(crossed: Crossed) -> str:
    """Keys of questions may be the same in two tasks of a run."""
    return f"task:{quoted(crossed.task)}"


def _menu(name: str, run: str, crossed: Crossed, lang: Lang) -> str:
    return chart_menu(name, lang, run=run, task=crossed.task, mark=crossed.mark)


def _card(key: str, body: str, lang: Lang, menu: str = "") -> str:
    return (
        f'<section class="st-card pr-card" aria-labelledby="pr-{key}"><div class="st-spread">'
        f'<h2 class="st-h2" id="pr-{key}">{safe(t(f"prompts.{key}", lang))}</h2>{menu}</div>{body}</section>'
    )


def _between(part: Component, lang: Lang) -> str:
    """«17–37 %»."""
    if part.low is None or part.high is None:
        return ""
    return f"{whole_percent(part.low)}–{percent(part.high, lang)}"


def _how(split: VarianceSplit, lang: Lang) -> str:
    cut = ", ".join(t(f"prompts.part.{part}", lang) for part in split.cut)
    told = t("prompts.split.cut", lang, parts=cut) if cut else ""
    return t("prompts.split.how", lang, items=split.items, prompts=split.prompts, cut=told).strip()


def _apart(crossed: Crossed, lang: Lang) -> str:
    gap = crossed.gap
    if gap is None:
        return ""
    pairs = "".join(
        "<li>"
        + safe(
            t(
                "prompts.pair",
                lang,
                first=pair.first,
                second=pair.second,
                mean=signed(pair.difference.mean, lang),
                low=signed(pair.difference.low, lang),
                high=signed(pair.difference.high, lang),
                p=probability(pair.p_holm, lang),
            )
        )
        + "</li>"
        for pair in gap.apart
    )
    told = safe(t("prompts.apart", lang, n=len(gap.apart), all=gap.pairs))
    if not pairs:
        why = safe(unseen_said(crossed, lang))
        return f'<p class="st-small">{told} {why}</p>'
    return f'<details class="st-details"><summary>{told}</summary><ul class="pr-apart">{pairs}</ul></details>'


def _kind(score: float | None, state: str) -> str:
    if score is None:
        return state
    return "right" if score == 1 else "wrong" if score == 0 else "part"


def _row(run: str, scope: str, row: ItemRow, lang: Lang) -> str:
    scored = [score for score in row.scores if score is not None]
    label = t("prompts.grid.row", lang, item=row.item, right=decimal(sum(scored), lang, 0), n=len(scored))
    cells = "".join(
        f'<i class="pr-c pr-c-{(kind := _kind(score, state))}"{_sample(sample)}>{SIGNS[kind]}</i>'
        for sample, score, state in zip(row.samples, row.scores, row.states, strict=True)
    )
    there = attr(door(run, f"{scope} {row.where}", lang))
    return (
        f'<a class="pr-row" href="{there}" aria-label="{attr(label)}" title="{attr(label)}">'
        f"<span>{safe(row.item)}</span>{cells}</a>"
    )


def _sample(sample: int | None) -> str:
    return "" if sample is None else f' data-sample="{sample}"'


def _standing(standing: Standing, crossed: Crossed, lang: Lang) -> str:
    prompts, scope = crossed.flip_prompts, _scope(crossed)
    cells = "".join(
        _place(standing, place, mean, f"{scope} prompt:{prompt}", str(prompt), lang)
        for prompt, place, mean in zip(prompts, standing.places, standing.means, strict=True)
    )
    every = _place(standing, standing.place, standing.mean, scope, t("prompts.models.all", lang), lang)
    there = attr(link("prompts", lang, run=standing.run, task=crossed.task))
    return f'<tr><th scope="row"><a href="{there}">{safe(standing.name)}</a></th>{cells}{every}</tr>'


def _place(standing: Standing, place: int, mean: float, where: str, head: str, lang: Lang) -> str:
    moved = " pr-moved" if place != standing.place else ""
    told = t("prompts.models.place", lang, place=place, mean=share(mean, lang))
    return (
        f'<td data-head="{attr(head)}"><a class="pr-place{moved}" href="{attr(door(standing.run, where, lang))}"'
        f' title="{attr(told)}"><b>{place}</b><span class="st-ci">{safe(share(mean, lang))}</span></a></td>'
    )


def _pair(flips: Flips, names: dict[str, str], lang: Lang) -> str:
    """Two models in words, and the prompts in which the order is the reverse, each with whoever leads there."""
    leads = "".join(
        f"<li>{safe(t('prompts.flip.lead', lang, **_lead(flips, each, names, lang)))}</li>"
        for each in flips.by_prompt
        if each.flipped
    )
    listed = f'<ul class="pr-apart">{leads}</ul>' if leads else ""
    return f"<li><p>{safe(flips_said(flips, names, lang))}</p>{listed}</li>"


def _lead(flips: Flips, flip: PromptFlip, names: dict[str, str], lang: Lang) -> dict[str, object]:
    ahead = flips.first if flip.lead > 0 else flips.second
    lead, often = share(abs(flip.lead), lang), percent(flip.probability, lang)
    return {"id": flip.prompt, "name": names[ahead], "lead": lead, "p": often}
