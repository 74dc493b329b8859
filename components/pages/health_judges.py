"""Several judges on one run, as markup: compared with people and each other, asked anew, made the run's own."""

from collections.abc import Sequence

from components.format import number
from components.pages.health_doors import figure_html, table_html
from components.widgets.chips import chip, state_chip
from components.widgets.scores import mean_html
from components.widgets.text import attr, safe, short
from studio.core.health import Health, JudgeBeside
from studio.core.judging import ONLY, Judging
from studio.core.outcome import Estimate
from studio.texts import Lang, describe, t
from studio.texts.health_said import counted

HEADS = ("judge", "js", "corrected", "sensitivity", "specificity", "kappa")


def judges_section(
    health: Health, judgings: Sequence[Judging], offered: Sequence[str], owner: bool, may: bool, lang: Lang
) -> str:
    """`offered` are judges that may be asked; `may`: whether this viewer may ask one, `owner`: and switch."""
    form = _form(offered, lang) if may else ""
    going = "".join(_judging(each, lang) for each in judgings[:3] if each.going or each.problem)
    table = _table(health, owner, lang) if health.judges else ""
    note = "" if table else f'<p class="st-note">{safe(t("health.judges.one", lang))}</p>'
    return (
        f'<section class="st-card" aria-labelledby="he-judges"><h2 class="st-h2" id="he-judges">'
        f"{safe(t('health.judges', lang))}</h2>{note}{table}{going}{form}</section>"
    )


def _table(health: Health, owner: bool, lang: Lang) -> str:
    heads = [t(f"health.judge.{name}", lang) for name in HEADS]
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in heads)
    body = "".join(_row(each, heads, owner, lang) for each in health.judges)
    pairs = "".join(
        f"<li>{short(pair.first, 60)} — {short(pair.second, 60)}: "
        f"{safe(t('health.judge.agree', lang))} {figure_html(pair.agreement.figures['raw'], lang)}, κ "
        f"{figure_html(pair.agreement.figures['kappa'], lang)}"
        f" <span class='st-small'>({safe(counted(pair.agreement.n, lang))})</span></li>"
        for pair in health.pairs
    )
    return f'{table_html(head, body)}<ul class="st-list he-pairs">{pairs}</ul>'


def _row(each: JudgeBeside, heads: Sequence[str], owner: bool, lang: Lang) -> str:
    judge = each.judge
    figures = each.agreement.figures
    corrected = (
        mean_html(Estimate(each.corrected.mean, each.corrected.low, each.corrected.high, 1, 0, 0), lang)
        if each.corrected.mean is not None
        else f'<span class="st-small">{safe(t(f"health.reason.{each.corrected.reason}", lang))}</span>'
    )
    read = t("health.judge.read", lang, n=number(judge.scored, lang), of=number(judge.answers, lang))
    cells = [
        f"{mean_html(each.raw, lang)}<span class='st-counts-rest'>{safe(read)}</span>", corrected,
        *(figure_html(figures[name], lang) for name in ("sensitivity", "specificity", "kappa")),
    ]  # fmt: skip
    data = "".join(f'<td data-head="{attr(h)}">{c}</td>' for h, c in zip(heads[1:], cells, strict=True))
    mark = chip(t("health.judge.own", lang), "accent", "✓") if judge.own else ""
    if owner and not judge.own and judge.whole:
        mark = (
            f'<button type="button" class="st-btn st-btn--small" data-use="{attr(judge.label)}">'
            f"{safe(t('health.judge.use', lang))}</button>"
        )
    return f'<tr><th scope="row"><code>{short(judge.label, 60)}</code> {mark}</th>{data}</tr>'


def _judging(each: Judging, lang: Lang) -> str:
    name = short(each.label or each.spec.judge, 60)
    if each.problem:
        return f'<p class="st-alert" role="alert">{name}: {safe(describe(each.problem, lang))}</p>'
    part = each.done / each.total if each.total else 0.0
    busy = "" if each.total else " st-fill--busy"
    told = t("cli.rejudge.progress", lang, done=number(each.done, lang), total=number(each.total, lang))
    return (
        f'<div class="he-going"><div class="st-spread"><code>{name}</code>{state_chip(each.state, lang)}</div>'
        f'<div class="st-track" role="progressbar" aria-label="{attr(told)}" aria-valuemin="0"'
        f' aria-valuemax="{each.total}" aria-valuenow="{each.done}">'
        f'<i class="st-fill{busy}" style="width:{part * 100:.1f}%"></i></div><p class="st-small">{safe(told)}</p></div>'
    )


def _form(offered: Sequence[str], lang: Lang) -> str:
    judges = "".join(f'<option value="{attr(name)}">{safe(name)}</option>' for name in offered)
    choices = "".join(
        f'<option value="{name}">{safe(t(f"health.only.{name}", lang))}</option>' for name in ONLY
    )
    return (
        f'<form class="he-ask"><label><span>{safe(t("health.ask.judge", lang))}</span><select name="judge">{judges}'
        f'</select></label><label><span>{safe(t("health.ask.only", lang))}</span><select name="only">{choices}</select>'
        f'</label><button class="st-btn">{safe(t("health.ask", lang))}</button>'
        f'<p class="st-alert" role="alert" hidden></p></form>'
    )
