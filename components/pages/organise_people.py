"""People of a project, a line each: how much, how well, how fast; letting somebody go with its effect shown before."""

from components.format import DASH, ago, count, decimal, duration, interval, number, percent, share
from components.pages.organise_new import money
from components.pages.organise_said import answer_words, person_name
from components.widgets.chips import chip
from components.widgets.text import attr, safe, short
from studio.core.baseline import Baseline, ExclusionEffect
from studio.core.health import Figure
from studio.core.outcome import Estimate
from studio.core.project import Board, PersonBoard
from studio.texts import Lang, t

_HEADS = ("who", "answered", "controls", "repeats", "training", "median", "fast", "hours", "last", "do")
_GIVEN = ("annotator", "reviewer", "lead")
CHANGED = 12


def people_html(board: Board, lang: Lang) -> str:
    """The table; under each person a place for what his exclusion would do."""
    if not board.people:
        return f'<p class="st-card st-empty">{safe(t("organise.people.none", lang))}</p>'
    heads = "".join(f'<th scope="col">{safe(t(f"organise.head.{name}", lang))}</th>' for name in _HEADS)
    rows = "".join(_row(place, each, board, lang) for place, each in enumerate(board.people, 1))
    return (
        f'<section class="st-card"><div class="he-scroll og-scroll" tabindex="0" role="region"'
        f' aria-label="{attr(t("organise.people", lang))}"><table class="he-table og-people"><thead><tr>{heads}'
        f"</tr></thead>"
        f'<tbody>{rows}</tbody></table></div><p class="st-small">{safe(t("organise.people.note", lang))}</p></section>'
    )


def _row(place: int, person: PersonBoard, board: Board, lang: Lang) -> str:
    spec = board.project.spec
    skipped = count(person.skipped, "organise.count.skips", lang) if person.skipped else ""
    cost = None if spec.pay_per_hour is None else person.active_s / 3600 * spec.pay_per_hour
    paid = money(cost, spec.currency, lang) if cost is not None else ""
    cells = (
        _two(number(person.answered, lang), skipped),
        _estimate(person.controls, lang),
        _estimate(person.repeats, lang),
        training_html(person, lang),
        safe(duration(person.median_s, lang)),
        chip(str(person.fast), "warn", "⚡") if person.fast else safe("0"),
        _two(decimal(person.active_s / 3600, lang), paid),
        safe(ago(person.last_at, lang) if person.last_at else DASH),
        _acts(person, lang),
    )
    data = "".join(
        f'<td data-head="{attr(t(f"organise.head.{head}", lang))}">{cell}</td>'
        for head, cell in zip(_HEADS[1:], cells, strict=True)
    )
    out = person.excluded_at is not None
    reason = (
        f'<span class="st-small og-reason">{short(person.reason, 160)}</span>'
        if out and person.reason
        else ""
    )
    mark = chip(t("organise.excluded", lang), "bad", "✕") if out else ""
    return (
        f'<tr{" data-out" if out else ""}><th scope="row"><span>{safe(person_name(place, person.name, lang))}</span>'
        f"{_role(person, lang)}{mark}{reason}</th>{data}</tr>"
        f'<tr class="og-effect-row" data-effect-of="{attr(person.person)}" hidden><td colspan="{len(_HEADS)}"></td>'
        f"</tr>"
    )


def _two(first: str, second: str) -> str:
    return f"{safe(first)}" + (f'<span class="st-ci">{safe(second)}</span>' if second else "")


def _estimate(found: Estimate, lang: Lang) -> str:
    """A share with its interval and n; a dash where nothing was asked."""
    if found.mean is None:
        return f'<span class="st-small">{DASH}</span>'
    between = f" [{interval(found.low, found.high, lang)}]" if found.low is not None else ""
    return f'{safe(share(found.mean, lang))}<span class="st-ci">{safe(f"n = {found.n}{between}")}</span>'


def training_html(person: PersonBoard, lang: Lang) -> str:
    """How many of the questions of the training were right, as its person was told; and whether it stopped him."""
    told = person.training
    if told is None or not told.answered:
        return f'<span class="st-small">{DASH}</span>'
    words = t("organise.training.of", lang, right=number(told.right, lang), n=number(told.answered, lang))
    goes = "" if told.over else f'<span class="st-ci">{safe(t("organise.training.goes", lang))}</span>'
    return f"{safe(words)}{goes}{training_chip(person, lang)}"


def training_chip(person: PersonBoard, lang: Lang) -> str:
    """What became of a training that was not passed."""
    told = person.training
    if told and told.failed:
        return chip(t("organise.training.failed", lang), "bad", "!")
    return chip(t("organise.training.admitted", lang), "quiet", "→") if told and told.admitted else ""


def _role(person: PersonBoard, lang: Lang) -> str:
    options = "".join(
        f'<option value="{role}"{" selected" if role == person.role else ""}>{safe(t(f"organise.role.{role}", lang))}'
        "</option>"
        for role in _GIVEN
    )
    label = attr(t("organise.role", lang))
    return f'<select class="og-role" data-role-of="{attr(person.person)}" aria-label="{label}">{options}</select>'


def _acts(person: PersonBoard, lang: Lang) -> str:
    out = person.excluded_at is not None
    words = t("organise.do.readmit" if out else "organise.do.exclude", lang)
    tone = "" if out else " st-btn--bad"
    erase = safe(t("organise.do.erase", lang))
    stopped = person.training is not None and person.training.failed
    admit = (
        f'<button type="button" class="st-btn st-btn--small" data-admit="{attr(person.person)}">'
        f"{safe(t('organise.do.admit', lang))}</button>"
        if stopped and not out
        else ""
    )
    return (
        f'<span class="og-do">{admit}<button type="button" class="st-btn st-btn--small{tone}" aria-expanded="false"'
        f' data-effect="{attr(person.person)}">{safe(words)}…</button>'
        f'<button type="button" class="st-link" data-erase="{attr(person.person)}">{erase}…</button></span>'
    )


def effect_html(found: ExclusionEffect, excluded: bool, overlap: int, lang: Lang) -> str:
    """What it would do: counts before and after, items that fall short, answers of the baseline that change."""
    before, after = found.before, found.after
    rows = (
        ("answers", number(_votes(before), lang), number(_votes(after), lang)),
        ("complete", number(_complete(before, overlap), lang), number(_complete(after, overlap), lang)),
        ("alpha", _figure(before.agreement.alpha, lang), _figure(after.agreement.alpha, lang)),
        ("raw", _figure(before.agreement.raw, lang), _figure(after.agreement.raw, lang)),
        ("low", _low(before, lang), _low(after, lang)),
        ("exact", _mean(found.em_before, lang), _mean(found.em_after, lang)),
    )
    cells = "".join(
        f'<tr><th scope="row">{safe(t(f"organise.effect.{name}", lang))}</th><td>{safe(was)}</td>'
        f"<td{' data-changed' if was != will else ''}>{safe(will)}</td></tr>"
        for name, was, will in rows
    )
    name = "readmit" if excluded else "exclude"
    heads = "".join(
        f'<th scope="col">{safe(t(f"organise.effect.{head}", lang))}</th>' for head in ("what", "now", "then")
    )
    reason = (
        ""
        if excluded
        else f'<label class="og-field og-wide"><span>{safe(t("organise.effect.reason", lang))}</span>'
        '<input name="reason" maxlength="500" autocomplete="off"></label>'
    )
    tone = "st-btn--main" if excluded else "st-btn--bad"
    return (
        f'<form class="og-effect" data-form="{name}" data-person="{attr(found.person)}"><div>'
        f'<p class="og-verdict">{safe(_said(found, excluded, lang))}</p>'
        f'<table class="he-table"><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table></div>'
        f'<div>{_changed(found, lang)}{reason}<p class="st-alert" role="alert" data-wrong="" hidden></p>'
        f'<p class="st-row"><button class="st-btn {tone}">{safe(t(f"organise.effect.{name}", lang))}</button>'
        f'<button type="button" class="st-btn" data-cancel>{safe(t("organise.cancel", lang))}</button></p>'
        f'<p class="st-small">{safe(t(f"organise.effect.{name}.note", lang))}</p></div></form>'
    )


def _said(found: ExclusionEffect, excluded: bool, lang: Lang) -> str:
    n = found.gained if excluded else found.lost
    parts = [t(f"organise.effect.{'gain' if excluded else 'lose'}", lang, n=count(n, "count.answers", lang))]
    late = found.lost if excluded else found.gained
    if late:
        key = "organise.effect.back_out" if excluded else "organise.effect.late"
        parts.append(t(key, lang, n=count(late, "count.answers", lang)))
    if found.below:
        parts.append(t("organise.effect.below", lang, n=count(len(found.below), "count.samples", lang)))
    return " ".join(parts)


def _changed(found: ExclusionEffect, lang: Lang) -> str:
    if not found.changed:
        return f'<p class="st-note">{safe(t("organise.effect.same", lang))}</p>'
    rows = "".join(
        f"<li><b>{safe(t('organise.item', lang, n=item))}</b> {_answer(was, lang)} → {_answer(will, lang)}</li>"
        for item, was, will in found.changed[:CHANGED]
    )
    rest = len(found.changed) - CHANGED
    more = f"<li>{safe(t('organise.effect.more', lang, n=number(rest, lang)))}</li>" if rest > 0 else ""
    told = t("organise.effect.changed", lang, n=count(len(found.changed), "count.samples", lang))
    return f'<p class="st-note">{safe(told)}</p><ul class="st-list og-changed">{rows}{more}</ul>'


def _answer(form: str | None, lang: Lang) -> str:
    return short(answer_words(form) if form else t("organise.effect.no_answer", lang), 40)


def _votes(baseline: Baseline) -> int:
    return sum(each.verdict.votes for each in baseline.items if each.verdict)


def _complete(baseline: Baseline, overlap: int) -> int:
    return sum(each.verdict is not None and each.verdict.votes >= overlap for each in baseline.items)


def _figure(figure: Figure, lang: Lang) -> str:
    if figure.value is None:
        return t("organise.undefined", lang)
    return f"{share(figure.value, lang)} [{interval(figure.low, figure.high, lang)}]"


def _mean(found: Estimate, lang: Lang) -> str:
    if found.mean is None:
        return DASH
    return f"{share(found.mean, lang)} [{interval(found.low, found.high, lang)}]"


def _low(baseline: Baseline, lang: Lang) -> str:
    if baseline.low is None:
        return DASH
    verdict = t("organise.valid" if baseline.valid else "organise.invalid", lang)
    return f"{percent(baseline.low, lang)} · {verdict}"


def erase_html(name: str, person: str, typed: str, lang: Lang) -> str:
    """What stays and what goes, and a word to type before it is done. `typed` is that word."""
    goes = "".join(
        f"<li>{safe(t(f'organise.erase.goes.{each}', lang))}</li>" for each in ("name", "words", "entry")
    )
    stays = "".join(
        f"<li>{safe(t(f'organise.erase.stays.{each}', lang))}</li>" for each in ("answers", "runs", "journal")
    )
    return (
        f'<form data-form="erase" data-person="{attr(person)}"><h2 id="og-dialog-title">'
        f"{safe(t('organise.erase.title', lang, name=name))}</h2>"
        f'<div class="og-erase"><div><b>{safe(t("organise.erase.goes", lang))}</b><ul>{goes}</ul></div>'
        f"<div><b>{safe(t('organise.erase.stays', lang))}</b><ul>{stays}</ul></div></div>"
        f'<p class="st-note">{safe(t("organise.erase.never", lang))}</p>'
        f'<label class="og-field og-wide"><span>{safe(t("organise.erase.type", lang, word=typed))}</span>'
        f'<input name="typed" autocomplete="off" required></label>'
        f'<p class="st-alert" role="alert" data-wrong="" hidden></p>'
        f'<p class="st-row"><button class="st-btn st-btn--bad">{safe(t("organise.erase.do", lang))}</button>'
        f'<button type="button" class="st-btn" data-close>{safe(t("organise.cancel", lang))}</button></p></form>'
    )
