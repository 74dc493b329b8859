"""The samples of a report: the question with its media, each run's answer, why EM and the judge said what they said."""

from base64 import b64encode
from collections.abc import Mapping

from studio.core.report import EvidencePart, Report, ReportItem, ReportMedium
from studio.core.run import SampleCard
from studio.report.markup import letter, run_name, scrolled, section
from studio.texts import Lang, describe, t
from studio.texts.dates import titled
from studio.texts.escape import clip, safe
from studio.texts.figures import decimal, number, share
from studio.texts.said import candidate, gold_list, overlooked, probability, rule_words, say

LONG = 6_000  # characters of a prompt or a question
SHORT = 400  # of a step of Exact Match


def items_html(report: Report, lang: Lang) -> str:
    """The section; what was left out and why stands above the list."""
    where = report.asked.where
    title = t("report.items.where" if where else "report.items", lang)
    return section("items", title, f"{_lead(report, lang)}{_notes(report, lang)}{_list(report, lang)}")


def _lead(report: Report, lang: Lang) -> str:
    if not report.asked.top:
        return f'<p class="lead">{t("report.items.off", lang)}</p>'
    where = report.asked.where
    if not report.items:
        return f'<p class="lead">{t("report.items.none.where" if where else "report.items.none", lang)}</p>'
    counts = {"shown": number(len(report.items), lang), "found": number(report.found, lang)}
    lead = t("report.items.lead.where" if where else "report.items.lead", lang, **counts)
    return f'<p class="lead">{lead}{f" <code>{safe(where)}</code>" if where else ""}</p>'


def _notes(report: Report, lang: Lang) -> str:
    notes = []
    if report.withheld:
        notes.append(t("report.withheld", lang, tasks=safe(", ".join(report.withheld))))
    megabytes = report.asked.size / 1e6
    size = t("report.size", lang, n=decimal(megabytes, lang, 0 if megabytes >= 1 else 1))
    if report.shrunk:
        notes.append(t("report.media.shrunk", lang, size=size))
    if report.dropped:
        notes.append(t("report.media.dropped", lang, size=size, n=number(report.dropped, lang)))
    return "".join(f'<p class="warn">{note}</p>' for note in notes)


def _list(report: Report, lang: Lang) -> str:
    items = "".join(_item(report, item, lang) for item in report.items)
    return f'<ol class="items">{items}</ol>' if items else ""


def _item(report: Report, item: ReportItem, lang: Lang) -> str:
    card = item.card
    several = len(report.runs) > 1
    numbers = t("report.number", lang, n=card.number)
    head = (
        f"<header><h3>{numbers}</h3><span>{safe(titled(card.task_title, card.task, lang))}</span>"
        f"<span>{safe(card.task)} / {safe(card.key)}</span></header>"
    )
    media = "".join(_medium(medium, card, lang) for medium in item.media)
    left = f'<div class="media">{media}</div>' if media else ""
    answers = "".join(_answer(report, place, each, several, lang) for place, each in enumerate(item.cards))
    return (
        f'<li class="item" id="s{card.sample_id}"><article>{head}<div class="two{"" if media else " bare"}">{left}'
        f"<div>{_question(card, lang)}{answers}</div></div></article></li>"
    )


def _question(card: SampleCard, lang: Lang) -> str:
    asked = _cut(card.question, LONG, lang)
    golds = [gold.strip().casefold() for gold in gold_list(card.gold)]
    options = "".join(
        f"<li{' class=gold' if letter.casefold() in golds or text.strip().casefold() in golds else ''}>"
        f"<b>{safe(letter)}.</b> {_cut(text, SHORT, lang)}</li>"
        for letter, text in card.options.items()
    )
    listed = f'<ul class="options">{options}</ul>' if options else ""
    gold = f" {t('report.or', lang)} ".join(
        f"<b>{_cut(text, SHORT, lang)}</b>" for text in gold_list(card.gold)[:8]
    )
    return (
        f'<p class="q text">{asked}</p>{listed}<dl class="facts"><dt>{t("report.gold", lang)}</dt>'
        f'<dd class="text">{gold or t("report.gold.none", lang)}</dd></dl>'
    )


def _answer(report: Report, place: int, card: SampleCard | None, several: bool, lang: Lang) -> str:
    human = report.runs[place].view.kind == "human"
    title = t("report.answer.human" if human else "report.answer", lang)
    if several:
        title = f"{letter(report, place)}{run_name(report, place, lang)}"
    if card is None:
        return (
            f'<div class="answer"><h3>{title}</h3><p class="note">{t("report.answer.absent", lang)}</p></div>'
        )
    chip = f'<span class="chip t-{card.cell}">{t(f"cell.{card.cell}", lang)}</span>'
    said = " ".join(safe(each) for each in say(card, lang, human))
    return (
        f'<div class="answer"><h3>{title}{chip}</h3>{_raw(card, lang)}<p class="why">{said}</p>'
        f"{_verdicts(card, lang)}{_steps(card, lang)}{_prompt(card, lang)}</div>"
    )


def _raw(card: SampleCard, lang: Lang) -> str:
    if card.answer is None:
        return f'<p class="note">{t("report.answer.none", lang)}</p>'
    if not card.answer:
        return f'<p class="note">{t("report.answer.empty", lang)}</p>'
    return f'<pre tabindex="0">{_clipped(card.answer, lang)}</pre>'


def _verdicts(card: SampleCard, lang: Lang) -> str:
    """The judge's probability with what it read and its reason; why EM decided so."""
    facts = []
    if card.em is not None:
        decided = card.em.detail.get("decided")
        if decided:
            facts.append((t("report.em.rule", lang), safe(rule_words(decided, lang))))
        told = " ".join(safe(each) for each in overlooked(card, lang))
        if told:
            facts.append((t("report.em.overlooked", lang), told))
        if card.em.problem:
            facts.append((t("report.em", lang), safe(describe(card.em.problem, lang))))
    p = probability(card)
    if p is not None:
        read = next((call.candidate for call in card.calls if call.probability == p), "full")
        told = t("report.judge.p", lang, p=share(p, lang))
        more = f" · {safe(t('report.judge.read', lang, what=candidate(read, lang)))}"
        facts.append((t("report.judge", lang), _bar(p) + told + more))
    reasons = dict.fromkeys(call.reason for call in card.calls if call.reason)
    facts += [
        (t("report.judge.reason", lang), f'<span class="text">{_cut(text, 1_500, lang)}</span>')
        for text in reasons
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def _bar(p: float) -> str:
    width = round(100 * min(1.0, max(0.0, p)), 1)
    return (
        '<svg class="p" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="band" width="100" height="8" rx="2"/>'
        f'<rect class="js" width="{width}" height="8" rx="2"/></svg>'
    )


def _steps(card: SampleCard, lang: Lang) -> str:
    steps = card.em.detail.get("steps") if card.em else None
    if not isinstance(steps, list) or not steps or not all(isinstance(step, Mapping) for step in steps):
        return ""
    heads = "".join(
        f'<th scope="col">{t(f"report.em.{name}", lang)}</th>' for name in ("step", "before", "after")
    )
    rows = "".join(
        f"<tr><td>{safe(rule_words(step.get('rule', ''), lang))}</td>"
        + "".join(
            f'<td class="text"><code>{_cut(str(step.get(side, "")), SHORT, lang)}</code></td>'
            for side in ("before", "after")
        )
        + "</tr>"
        for step in steps
    )
    title = t("report.em.steps", lang)
    steps_table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<details><summary>{title}</summary>{scrolled(title, steps_table)}</details>"


def _prompt(card: SampleCard, lang: Lang) -> str:
    return (
        f"<details><summary>{t('report.prompt', lang)}</summary>"
        f'<pre tabindex="0">{_cut(card.prompt, LONG, lang)}</pre></details>'
    )


def _clipped(text: str, lang: Lang) -> str:
    """An answer, its middle left out where it is long: answers stand at the end."""
    shown = clip(text)
    if not shown.skipped:
        return safe(shown.head)
    skipped = t("report.skipped", lang, n=number(shown.skipped, lang))
    return f"{safe(shown.head)}\n<i>{skipped}</i>\n{safe(shown.tail)}"


def _cut(text: str, limit: int, lang: Lang) -> str:
    if len(text) <= limit:
        return safe(text)
    return f"{safe(text[:limit])} <i>{t('report.skipped', lang, n=number(len(text) - limit, lang))}</i>"


def _medium(medium: ReportMedium, card: SampleCard, lang: Lang) -> str:
    if medium.missing:
        key = "report.media.dropped.one" if medium.missing == "dropped" else "report.media.unreadable"
        return f'<p class="note">{t(f"media.{medium.modality}", lang)}: {t(key, lang)}</p>'
    if medium.modality == "image":
        return _picture(medium.parts[0], t("report.media.picture", lang, n=card.number))
    if medium.modality == "video":
        return _frames(medium, card, lang)
    note = ""
    if medium.cut_s is not None and medium.seconds is not None:
        cut, whole = (decimal(value, lang) for value in (medium.cut_s, medium.seconds))
        note = f'<p class="note">{t("report.media.cut", lang, cut=cut, whole=whole)}</p>'
    label = safe(t("report.media.sound", lang, n=card.number))
    return f'<audio controls preload="metadata" aria-label="{label}" src="{_data(medium.parts[0])}"></audio>{note}'


def _frames(medium: ReportMedium, card: SampleCard, lang: Lang) -> str:
    frames = ""
    for part in medium.parts:
        at = decimal(part.at_s, lang)
        name = t("report.media.frame", lang, s=at, n=card.number)
        caption = t("report.media.frame.at", lang, s=at)
        frames += f"<figure>{_picture(part, name)}<figcaption>{caption}</figcaption></figure>"
    seconds = decimal(medium.seconds, lang)
    return f'<p class="note">{t("report.media.clip", lang, s=seconds)}</p><div class="frames">{frames}</div>'


def _picture(part: EvidencePart, name: str) -> str:
    return f'<img alt="{safe(name)}" width="{part.width}" height="{part.height}" src="{_data(part)}">'


def _data(part: EvidencePart) -> str:
    return f"data:{part.mime};base64,{b64encode(part.data).decode()}"
