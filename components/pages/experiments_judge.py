"""A judge's calibration, as markup: three rates, kinds of answers worst first, what deceived it, corrected scores."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from components.format import DASH, count, interval, number, share
from components.widgets.card import gold_text
from components.widgets.chart_menu import chart_menu
from components.widgets.chips import chip, state_chip
from components.widgets.scores import bar_html, mean_html
from components.widgets.text import attr, clipped, safe, short
from studio.core.outcome import Estimate
from studio.core.run import RunView
from studio.core.trials import (
    Calibration,
    CalibrationAnswer,
    Corrected,
    CorrectedRun,
    CorrectedScore,
    KindRates,
)
from studio.texts import CATALOGUE, Lang, describe, t
from studio.texts.run_names import name_of

GOING = {"queued", "running"}
_RATES = ("sensitivity", "specificity", "resistance")


def calibration_html(
    found: Calibration,
    judged: Sequence[RunView],
    run_id: str,
    corrected: str,
    lang: Lang,
    *,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The calibration in full, as far as it is. `judged` are runs that may be corrected, `corrected` the chosen one,
    `titles` those of tasks."""
    return (
        '<section class="st-card st-stack ex-result" aria-labelledby="ex-result">'
        f'<div class="st-spread"><h2 class="st-h2" id="ex-result">{safe(t("experiments.judge", lang))}: '
        f"{short(found.label or found.spec.judge, 80)}</h2>{state_chip(found.state, lang)}</div>"
        f"{_problem(found, lang)}{_progress(found, lang)}{_rates(found, lang)}{_kinds(found, lang)}"
        f"{_correction(found, judged, run_id, corrected, lang)}{_foot(found, titles, lang)}</section>"
    )


def answers_html(answers: Sequence[CalibrationAnswer], lang: Lang) -> str:
    """Answers that deceived the judge, each with its question and gold where they may be seen."""
    if not answers:
        return f'<p class="st-note">{safe(t("experiments.answers.none", lang))}</p>'
    items = "".join(_answer(each, lang) for each in answers)
    return f'<ul class="st-list ex-answers">{items}</ul>'


def corrected_html(found: CorrectedRun, lang: Lang) -> str:
    """The run's Judge Scores as judged and corrected."""
    heads = [t(f"experiments.corrected.{name}", lang) for name in ("type", "raw", "usual", "worst")]
    head = "".join(f'<th scope="col">{safe(word)}</th>' for word in heads)
    rows = "".join(_corrected_row(each, heads, lang) for each in found.scores)
    other = (
        ""
        if found.same_judge
        else f'<p class="st-alert st-alert--warn">'
        f"{safe(t('experiments.other_judge', lang, judge=found.run.judge or DASH))}</p>"
    )
    return (
        f'{other}<div class="ex-scroll"><table class="ex-table"><thead><tr>{head}</tr></thead><tbody>{rows}'
        f'</tbody></table></div><p class="st-small">{safe(t("experiments.corrected.note", lang))}</p>'
    )


def _corrected_row(each: CorrectedScore, heads: Sequence[str], lang: Lang) -> str:
    kind = safe(t(f"experiments.type.{each.answer_type or 'all'}", lang))
    beside = safe(count(each.raw.scored, "count.answers", lang))
    cells = (
        mean_html(each.raw, lang),
        _corrected(each.usual, lang),
        _corrected(each.worst, lang),
    )
    data = "".join(f'<td data-head="{attr(h)}">{c}</td>' for h, c in zip(heads[1:], cells, strict=True))
    return f'<tr><th scope="row">{kind} <span class="st-ci">{beside}</span></th>{data}</tr>'


def _corrected(value: Corrected, lang: Lang) -> str:
    if value.mean is None:
        return f'<span class="st-small">{safe(t(f"experiments.reason.{value.reason}", lang))}</span>'
    return mean_html(Estimate(value.mean, value.low, value.high, 1, 0, 0), lang)


def _problem(found: Calibration, lang: Lang) -> str:
    words = describe(found.problem, lang) if found.problem else ""
    if found.state == "interrupted":
        words = t("experiments.judge.interrupted", lang)
    return f'<p class="st-alert">{safe(words)}</p>' if words else ""


def _progress(found: Calibration, lang: Lang) -> str:
    if found.state not in GOING:
        return ""
    part = found.done / found.total if found.total else 0.0
    busy = "" if found.total else " st-fill--busy"
    waiting = "queued" if found.state == "queued" else "loading"
    words = t(
        "experiments.judge.progress", lang, done=number(found.done, lang),
        total=count(found.total, "count.answers", lang),
    ) if found.total else t(f"experiments.judge.{waiting}", lang)  # fmt: skip
    values = (
        f' aria-valuemin="0" aria-valuemax="{found.total}" aria-valuenow="{found.done}"'
        if found.total
        else ""
    )
    label = attr(t("experiments.judge", lang))
    return (
        f'<div><div class="st-track" role="progressbar" aria-label="{label}"{values}>'
        f'<i class="st-fill{busy}" style="width:{part * 100:.1f}%"></i></div>'
        f'<p class="st-small">{safe(words)}</p></div>'
    )


def _rates(found: Calibration, lang: Lang) -> str:
    if not found.done:
        return ""
    cells = "".join(
        f'<div><span class="st-label">{safe(t(f"experiments.{name}", lang))}</span>'
        f"{mean_html(estimate, lang)}{bar_html(estimate, 'js', lang)}"
        f'<span class="st-small">{safe(t(f"experiments.{name}.hint", lang))}</span></div>'
        for name in _RATES
        if (estimate := getattr(found.judge, name))
    )
    return f'<div class="ex-rates">{cells}</div>'


def _kinds(found: Calibration, lang: Lang) -> str:
    """Worst first: what deceives the judge most often stands on top."""
    told = [each for each in found.kinds if each.judge.scored or each.judge.unscored]
    if not told:
        return ""
    worst = sorted(told, key=lambda each: 2.0 if each.judge.mean is None else each.judge.mean)
    profiles = list(found.em)
    heads = [t(f"experiments.kind.{name}", lang) for name in ("name", "judge", "n")]
    words = (*heads[:2], *(f"EM {profile}" for profile in profiles), heads[2])
    head = "".join(f'<th scope="col">{safe(word)}</th>' for word in words)
    rows = "".join(_kind(each, profiles, found.id, heads, lang) for each in worst)
    return (
        f"{chart_menu('judge', lang, calibration=found.id)}"
        f'<div class="ex-scroll"><table class="ex-table ex-kinds"><caption class="st-small">'
        f"{safe(t('experiments.kinds.note', lang))}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        "</table></div>"
    )


def _kind(
    each: KindRates, profiles: Sequence[str], calibration_id: str, heads: Sequence[str], lang: Lang
) -> str:
    key = f"kind.{each.kind}"
    name = t(key, lang) if key in CATALOGUE else each.kind
    em = "".join(
        f'<td data-head="EM {attr(profile)}">{safe(share(each.em[profile].mean, lang))}</td>'
        for profile in profiles
    )
    wrong = each.judge.mean is not None and each.judge.mean < 1
    door = safe(name)
    if wrong or each.judge.unscored:
        door = (
            f'<button type="button" class="st-link" data-kind="{attr(each.kind)}" aria-expanded="false">'
            f"{safe(name)}</button>"
        )
    unscored = t("scores.unscored", lang, n=number(each.judge.unscored, lang)) if each.judge.unscored else ""
    rest = f'<span class="st-counts-rest">{safe(unscored)}</span>' if unscored else ""
    columns = 3 + len(profiles)
    return (
        f'<tr><th scope="row">{_sort(each, lang)} {door}</th><td data-head="{attr(heads[1])}">'
        f"{mean_html(each.judge, lang)}{bar_html(each.judge, 'js', lang)}</td>{em}"
        f'<td data-head="{attr(heads[2])}">{safe(number(each.judge.scored, lang))}{rest}</td></tr>'
        f'<tr class="ex-more" hidden><td colspan="{columns}" data-calibration="{attr(calibration_id)}"></td></tr>'
    )


def _sort(each: KindRates, lang: Lang) -> str:
    if each.verdict:
        return chip(t("experiments.sort.right", lang), "good", "✓")
    return chip(t("experiments.sort.trick", lang), "warn", "!") if each.trick else chip(
        t("experiments.sort.wrong", lang), "bad", "×"
    )  # fmt: skip


def _answer(each: CalibrationAnswer, lang: Lang) -> str:
    verdict = t("experiments.answer.unjudged", lang) if each.label is None else t(
        f"experiments.answer.{each.label}", lang, p=share(each.probability, lang)
    )  # fmt: skip
    why = describe(each.problem, lang) if each.problem else ""
    if each.text is None:
        body = f'<p class="st-note">{safe(t("run.gold.hidden", lang))}</p>'
    else:
        gold = gold_text(each.gold, lang) if each.gold is not None else DASH
        body = (
            f'<dl class="st-facts"><dt>{safe(t("run.gold", lang))}</dt><dd><strong>{gold}</strong></dd>'
            f"<dt>{safe(t('experiments.answer.text', lang))}</dt><dd>{clipped(each.text, lang, 400)}</dd></dl>"
        )
    return (
        f'<li><p class="st-small">{safe(each.task)} / {safe(each.key)} · {safe(verdict)} {safe(why)}</p>'
        f"<p>{short(each.question, 240)}</p>{body}</li>"
    )


def _correction(
    found: Calibration, judged: Sequence[RunView], run_id: str, corrected: str, lang: Lang
) -> str:
    if found.state in GOING or not found.done:
        return ""
    title = f'<h3 class="st-h2">{safe(t("experiments.correct", lang))}</h3>'
    if not judged:
        return f'<div>{title}<p class="st-note">{safe(t("experiments.correct.none", lang))}</p></div>'
    same = sorted(judged, key=lambda run: run.judge != found.label)
    options = "".join(_judged(run, run.id == run_id, lang) for run in same)
    about, field = safe(t("experiments.correct.about", lang)), safe(t("experiments.correct.run", lang))
    return (
        f'<div class="st-stack">{title}<p class="st-note">{about}</p>'
        f'<div class="ex-fields"><label><span>{field}</span><select data-corrected>'
        f'<option value="">{safe(t("experiments.correct.pick", lang))}</option>{options}</select>'
        f"</label></div>{corrected}</div>"
    )


def _judged(run: RunView, chosen: bool, lang: Lang) -> str:
    use = run.spec.settings.media
    media = "" if use == "sent" else f" · {t(f'media.{use}', lang)}"
    words = f"{name_of(run, lang)}{media} · {', '.join(run.tasks[:2])}{'…' if len(run.tasks) > 2 else ''}"
    mean = f"JS {share(run.js.mean, lang)}{interval_of(run.js, lang)}"
    return (
        f'<option value="{attr(run.id)}"{" selected" if chosen else ""}>{safe(words)} · {safe(mean)}</option>'
    )


def interval_of(estimate: Estimate, lang: Lang) -> str:
    """« (0,92–0,98)» for a list."""
    return "" if estimate.low is None else f" ({interval(estimate.low, estimate.high, lang)})"


def _foot(found: Calibration, titles: Mapping[str, str], lang: Lang) -> str:
    """What it was made of; before the answers are made, what they will be made of."""
    if found.total:
        facts = t(
            "experiments.judge.foot", lang, samples=count(found.samples, "count.samples", lang),
            without=number(found.without_gold, lang), seed=found.spec.seed,
        )  # fmt: skip
    else:
        names = ", ".join(titles.get(name, name) for name in found.tasks or found.spec.tasks)
        facts = t(
            "experiments.judge.asked", lang, names=names, seed=found.spec.seed,
            limit=count(found.spec.limit, "count.samples", lang),
        )  # fmt: skip
    command = f"python -m studio experiment judge --open {found.id}"
    return f'<p class="st-small">{safe(facts)} · <code>{safe(command)}</code></p>'
