"""Labels on Inspect: the bar under the sample, what other reviewers say, and the table's cells split by people."""

from collections.abc import Sequence

from components.format import count, moment, number, percent
from components.links import link
from components.widgets.chips import chip
from components.widgets.text import attr, safe
from studio.core.label import HUMAN, VERDICTS, Draw, Label, SampleLabels, ThreeWayRow
from studio.core.outcome import Estimate
from studio.core.run import Cell, SampleFilter
from studio.texts import Lang, t
from studio.texts.draws_said import worth_said

# A label's sign in the list, on chips and in the split bars; the colour repeats it.
SIGNS = {
    "right": "✓",
    "wrong": "×",
    "unsure": "?",
    "bad": "⚑",
    "unlabelled": "·",
    "labelled": "✎",
    "hidden": "✎",
}
TONES = {"right": "good", "wrong": "bad", "unsure": "warn", "bad": "info"}
KEYS = dict(zip(VERDICTS, "1234", strict=True))


def label_bar_html(lang: Lang) -> str:
    """The bar, the same for every sample: its script shows what stands. Hidden where there is nothing to label."""
    verdicts = "".join(
        f'<button type="button" class="lab-verdict lab-{verdict}" data-verdict="{verdict}" aria-pressed="false">'
        f'<i aria-hidden="true">{SIGNS[verdict]}</i><span>{t(f"label.verdict.{verdict}", lang)}</span>'
        f"<kbd>{KEYS[verdict]}</kbd></button>"
        for verdict in VERDICTS
    )
    return (
        f'<section class="lab" aria-label="{attr(t("label.bar", lang))}" hidden>'
        '<div class="lab-top"><div class="lab-row">'
        f'<div class="lab-verdicts" role="group" aria-label="{attr(t("label.verdict", lang))}">'
        f"{verdicts}</div>"
        f"{_button('undo', '↶', 'Z', lang)}"
        f'<span class="lab-said" role="status" aria-live="polite"></span></div>'
        f'<div class="lab-lost" role="alert" hidden></div></div>'
        f'<div class="lab-rest"><div class="lab-row">'
        f'<label class="lab-field lab-note"><span>{t("label.note", lang)} <kbd>N</kbd></span>'
        f'<input type="text" name="note" maxlength="4000" autocomplete="off"></label>'
        f'<div class="lab-field lab-tags"><label for="lab-tag">{t("label.tags", lang)} <kbd>T</kbd></label>'
        f'<span class="lab-taglist"><input type="text" id="lab-tag" name="tag" maxlength="60" autocomplete="off"'
        f' list="lab-known" placeholder="{attr(t("label.tags.place", lang))}"></span>'
        f'<datalist id="lab-known"></datalist></div></div>'
        f'<div class="lab-row lab-who">{_button("unlabelled", "⇥", "U", lang)}'
        f'<button type="button" class="in-quiet" data-act="reviewer"></button>'
        f'<label class="lab-auto"><input type="checkbox" name="advance" checked> {t("label.advance", lang)}</label>'
        f'<button type="button" class="in-quiet" data-act="criteria">{t("label.criteria", lang)}</button></div>'
        f'<div class="lab-others" data-part="others"></div></div></section>'
    )


def _button(act: str, sign: str, key: str, lang: Lang) -> str:
    words = t(f"label.{act}", lang)
    return (
        f'<button type="button" class="lab-act" data-act="{act}" title="{attr(words)} ({key})">'
        f'<i aria-hidden="true">{sign}</i><span>{words}</span><kbd>{key}</kbd></button>'
    )


def label_dialogs_html(lang: Lang) -> str:
    """Who labels, and what counts as right."""
    name = (
        f'<dialog class="an-dialog lab-name" aria-labelledby="lab-name-title"><form method="dialog">'
        f'<h2 id="lab-name-title">{t("label.name.title", lang)}</h2><p class="st-note">{t("label.name.why", lang)}</p>'
        f'<label class="in-field"><span>{t("label.name", lang)}</span><input name="reviewer" maxlength="80" required'
        f' autocomplete="name"></label><div class="an-actions"><button type="submit" class="st-btn st-btn--main">'
        f'{t("label.name.save", lang)}</button><button type="button" class="st-btn" data-act="close-label">'
        f"{t('annotate.close', lang)}</button></div></form></dialog>"
    )
    criteria = (
        f'<dialog class="an-dialog lab-criteria" aria-labelledby="lab-criteria-title"><form method="dialog">'
        f'<h2 id="lab-criteria-title">{t("label.criteria", lang)}</h2><p class="st-note"></p>'
        f'<label class="in-field"><span>{t("label.criteria.text", lang)}</span><textarea name="criteria" rows="9"'
        f' maxlength="20000"></textarea></label><div class="an-actions"><button type="submit"'
        f' class="st-btn st-btn--main">{t("label.criteria.save", lang)}</button><button type="button" class="st-btn"'
        f' data-act="close-label">{t("annotate.close", lang)}</button></div></form></dialog>'
    )
    return name + criteria


def others_html(found: SampleLabels, lang: Lang) -> str:
    """What other reviewers say of the answer; how many have, where this one has not yet."""
    if found.hidden:
        return f'<p class="lab-hidden">{t("label.others.hidden", lang, n=found.hidden)}</p>'
    told = (*((found.own,) if found.own and found.own.criteria else ()), *found.others)
    if not found.others:
        return _under(found.own, lang) if told else ""
    together = (
        chip(t(f"label.human.{found.human}", lang), TONES[found.human], SIGNS[found.human])
        if found.human
        else ""
    )
    items = "".join(_other(label, lang) for label in found.others)
    return (
        f'<p class="lab-together"><span class="st-label">{t("label.together", lang)}</span> {together}</p>'
        f'<ul class="lab-list" aria-label="{attr(t("label.others", lang))}">{items}</ul>{_under(found.own, lang)}'
    )


def _under(own: Label | None, lang: Lang) -> str:
    """Under which criteria the own label was given."""
    if own is None or not own.criteria:
        return ""
    return f'<p class="lab-under">{t("label.under", lang, version=own.criteria)}</p>'


def _other(label: Label, lang: Lang) -> str:
    tags = "".join(f'<span class="lab-tag">{safe(tag)}</span>' for tag in label.tags)
    note = f'<span class="st-text">{safe(label.note)}</span>' if label.note else ""
    said = chip(t(f"label.verdict.{label.verdict}", lang), TONES[label.verdict], SIGNS[label.verdict])
    return f"<li><b>{safe(label.reviewer)}</b> {said} {tags} {note}<time>{moment(label.at, lang)}</time></li>"


def mark_html(human: str, lang: Lang) -> str:
    """The verdict of people in a row of the list; nothing without one."""
    if not human:
        return ""
    words = attr(t(f"label.human.{human}", lang))
    return (
        f'<i class="lab-mark lab-{human}" role="img" aria-label="{words}" title="{words}">{SIGNS[human]}</i>'
    )


def label_options(chosen: SampleFilter, lang: Lang) -> str:
    """The select of labels."""
    options = [("", t("label.filter.all", lang))]
    options += [
        (name, t(f"label.human.{name}", lang)) for name in ("unlabelled", "labelled", *VERDICTS, "hidden")
    ]
    return "".join(
        f'<option value="{value}"{" selected" if value == chosen.label else ""}>{safe(words)}</option>'
        for value, words in options
    )


def draw_options(draws: Sequence[Draw], chosen: SampleFilter, lang: Lang) -> str:
    """The select of draws; a draw stands in its random order."""
    options = f'<option value="">{safe(t("label.draw.all", lang))}</option>'
    for draw in draws:
        words = t("label.draw.of", lang, number=draw.number, labelled=draw.labelled, size=draw.size)
        selected = " selected" if draw.number == chosen.draw else ""
        options += f'<option value="{draw.number}"{selected}>{safe(words)}</option>'
    return options


def split_html(row: ThreeWayRow, cell: Cell, chosen: SampleFilter, lang: Lang) -> str:
    """A cell of EM x judge by what people say: a bar whose pieces are doors to their queues. Nothing without labels."""
    counts = row.counts[cell]
    hidden = row.hidden.get(cell, 0)
    if not hidden + sum(n for human, n in counts.items() if human != "unlabelled"):
        return ""
    parts = [*((human, counts[human]) for human in HUMAN), ("hidden", hidden)]
    pieces = "".join(_piece(row, cell, human, n, chosen, lang) for human, n in parts if n)
    share = row.right.get(cell)
    return f'<div class="lab-split">{pieces}</div>{_share(share, lang) if share else ""}'


def _piece(row: ThreeWayRow, cell: Cell, human: str, n: int, chosen: SampleFilter, lang: Lang) -> str:
    words = t(
        "label.split.piece", lang, cell=t(f"cell.{cell}", lang), human=t(f"label.human.{human}", lang), n=n
    )
    pressed = "true" if (chosen.cell, chosen.label) == (cell, human) else "false"
    task = f' data-task="{attr(row.name)}"' if row.name else ""
    return (
        f'<button type="button" class="lab-piece lab-{human}" style="flex-grow:{n}" data-cell="{cell}"'
        f' data-label="{human}"{task} aria-pressed="{pressed}" aria-label="{attr(words)}" title="{attr(words)}">'
        f'<i aria-hidden="true">{SIGNS[human]}</i>{number(n, lang)}</button>'
    )


def _share(share: Estimate, lang: Lang) -> str:
    return (
        f'<p class="lab-share">{t("label.split.right", lang)} <b>{percent(share.mean, lang)}</b> '
        f"<span>[{percent(share.low, lang)} – {percent(share.high, lang)}]</span></p>"
    )


def foot_html(row: ThreeWayRow, draws: Sequence[Draw], may_label: bool, lang: Lang) -> str:
    """Below the table: how much is labelled, how much of it by others and hidden, what the shares are worth, and a draw
    where one may label."""
    said = t("label.count.none", lang)
    if row.labelled:
        of = number(row.labelled + row.unlabelled + row.veiled, lang)
        worth = f'<span class="lab-worth">{safe(worth_said(draws, lang))}{_gap(draws, lang)}</span>'
        said = f"{t('label.count', lang, n=number(row.labelled, lang), of=of)} {worth}"
    elif row.veiled:
        said = ""
    return f'<div class="lab-foot"><p>{said}{_veiled(row, lang)}</p>{_draw_form(may_label, lang)}</div>'


def _gap(draws: Sequence[Draw], lang: Lang) -> str:
    """The way to the first answer that was passed over in a draw."""
    draw = next((draw for draw in draws if draw.whole and draw.waiting), None)
    if draw is None:
        return ""
    there = link("inspect", lang, run=draw.run_id, draw=draw.number, sample=draw.gap_sample)
    return f' <a href="{attr(there)}">{safe(t("health.act.skipped", lang, gap=draw.gap))}</a>'


def _veiled(row: ThreeWayRow, lang: Lang) -> str:
    """How many answers others have labelled, and a way to see what they say."""
    if not row.veiled:
        return ""
    told = count(row.veiled, "label.count.veiled", lang)
    return (
        f' <span class="lab-veiled">{told} <button type="button" class="in-quiet" data-act="people">'
        f"{t('label.people.show', lang)}</button></span>"
    )


def _draw_form(may_label: bool, lang: Lang) -> str:
    if not may_label:
        return ""
    return (
        f'<form class="lab-draw"><label>{t("label.draw.size", lang)} <input type="text" inputmode="numeric" name="size"'
        f' value="100" maxlength="6"></label>'
        f'<label class="lab-auto"><input type="checkbox" name="by_task"> {t("label.draw.by_task", lang)}</label>'
        f'<button type="submit" class="in-quiet">{t("label.draw", lang)}</button></form>'
    )


def label_state(found: SampleLabels) -> dict[str, object]:
    """The sample's labels as the script needs them."""
    own = found.own
    return {
        "may": found.may_label,
        "own": {"verdict": own.verdict, "note": own.note, "tags": list(own.tags)} if own else None,
        "undo": found.last is not None,
    }
