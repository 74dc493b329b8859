"""The evidence behind a sample's verdicts: EM and judge panels, the extraction trace, every judge call, the costs."""

import json
from collections.abc import Mapping
from typing import Any

from components.format import NBSP, count, decimal, duration, number, share
from components.links import link
from components.pages.inspect_lens import lens_html
from components.widgets.chips import chip
from components.widgets.raw_text import clip, visible
from components.widgets.text import attr, safe
from studio.core.judge import JudgeCall
from studio.core.outcome import Score
from studio.core.run import SampleCard
from studio.texts import CATALOGUE, Lang, describe, t
from studio.texts.said import candidate, probability, rule_words, unjudged

_RIGHT = 0.5
LONG_FIELD, FOLDED_SHOWN = 800, 20_000  # characters of a log's field: folded from, shown at most
_BRIEF = 120  # characters of the extracted answer in its panel; the trace and the answer itself show more


def long_text(text: str, part: str, lang: Lang, raw: bool = False) -> str:
    """Escaped text, its middle left out when long: a button asks for the whole of `part` («answer», «prompt»…)."""
    shown = clip(text)
    draw = visible if raw else safe
    if not shown.skipped:
        return draw(shown.head)
    more = t("inspect.skipped", lang, n=number(shown.skipped, lang))
    return (
        f"{draw(shown.head)}"
        f'<button type="button" class="in-more" data-whole="{attr(part)}">{safe(more)}</button>{draw(shown.tail)}'
    )


def verdicts_html(card: SampleCard, lang: Lang) -> str:
    """EM and the judge side by side; nothing before there is an answer."""
    if card.cell in {"failed", "pending"}:
        return ""
    return f'<section class="in-verdicts">{_em(card, lang)}{_judge(card, lang)}</section>'


def _em(card: SampleCard, lang: Lang) -> str:
    extracted = card.em.extracted if card.em else None
    shown = f"<b>{_brief(extracted)}</b>" if extracted else f"<em>{t('inspect.extracted.none', lang)}</em>"
    version = t("inspect.profile", lang, version=card.em.version) if card.em else ""
    return (
        f'<div class="in-verdict"><h3>{t("inspect.em", lang)} {_word(card.em, lang)}</h3>'
        f'<p><span class="st-label">{t("inspect.extracted", lang)}</span> {shown}</p>'
        f'<p class="in-source">{safe(version)}</p></div>'
    )


def _brief(text: str) -> str:
    return visible(text) if len(text) <= _BRIEF else visible(text[:_BRIEF]) + "…"


def _judge(card: SampleCard, lang: Lang) -> str:
    p = probability(card)
    decided = _decided(card, p, lang)
    return (
        f'<div class="in-verdict"><h3>{t("inspect.js", lang)} {_asked_word(card, lang)}</h3>'
        f'{_probability_bar(p, lang)}<p class="in-source">{decided}<code>{safe(card.judge)}</code></p></div>'
    )


def _asked_word(card: SampleCard, lang: Lang) -> str:
    return chip(t("inspect.unasked", lang), "quiet", "–") if unjudged(card) else _word(card.js, lang)


def _word(score: Score | None, lang: Lang) -> str:
    if score is None:
        return chip(t("inspect.waiting", lang), "quiet", "…")
    if score.value is None:
        reason = describe(score.problem, lang) if score.problem else ""
        return chip(t(f"inspect.{score.status}", lang), score.status, "?", reason)
    right = score.value >= _RIGHT
    return chip(
        t("inspect.right" if right else "inspect.wrong", lang),
        "good" if right else "bad",
        "✓" if right else "×",
    )


def _probability_bar(p: float | None, lang: Lang) -> str:
    if p is None:
        return ""
    label = attr(t("inspect.probability", lang, p=share(p, lang)))
    side = "right" if p >= _RIGHT else "wrong"
    return (
        f'<p class="in-pbar in-pbar-{side}" role="img" aria-label="{label}" title="{label}">'
        f'<span style="--p:{min(1.0, max(0.0, p)):.4f}"></span><b>p{NBSP}={NBSP}{share(p, lang)}</b></p>'
    )


def _decided(card: SampleCard, p: float | None, lang: Lang) -> str:
    decisive = next(
        (call for call in card.calls if call.probability is not None and call.probability == p), None
    )
    if decisive is None:
        return ""
    return safe(t("inspect.decided", lang, candidate=candidate(decisive.candidate, lang))) + "<br>"


def trace_html(card: SampleCard, lang: Lang) -> str:
    """How the answer was extracted and compared, and every call to the judge."""
    parts = ""
    if card.em and card.em.detail:
        parts += (
            f'<details class="in-details" data-details="trace" open><summary>{t("lens.title", lang)}</summary>'
            f"{lens_html(card, lang) or _steps(card.em.detail, lang)}</details>"
        )
    if card.calls:
        rows = "".join(_call(call, lang) for call in card.calls)
        heads = "".join(
            f'<th scope="col">{t(f"inspect.call.{key}", lang)}</th>'
            for key in ("candidate", "p", "label", "time", "input")
        )
        parts += (
            f'<details class="in-details" data-details="calls"><summary>{t("inspect.calls", lang, n=len(card.calls))}'
            f'</summary><div class="in-scroll"><table class="in-calls"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div></details>"
        )
    return parts


def _steps(detail: Mapping[str, Any], lang: Lang) -> str:
    """The steps of Exact Match as a table; a detail of another shape is shown as it is."""
    steps = detail.get("steps")
    if not isinstance(steps, list) or not all(isinstance(step, Mapping) for step in steps):
        return f'<div class="in-trace">{_detail(detail)}</div>'
    rows = "".join(
        f"<tr><td>{_rule(step.get('rule', ''), lang)}</td><td>{_text(step.get('before', ''))}</td>"
        f'<td class="in-arrow" aria-hidden="true">→</td><td>{_text(step.get("after", ""))}</td></tr>'
        for step in steps
    )
    table = (
        f'<div class="in-scroll"><table class="in-steps-table"><tbody>{rows}</tbody></table></div>'
        if rows
        else f'<p class="st-note">{t("inspect.trace.unchanged", lang)}</p>'
    )
    ends = [("decided", _rule(detail.get("decided", ""), lang)), ("gold", _text(detail.get("gold", "")))]
    facts = "".join(f"<dt>{t(f'inspect.trace.{key}', lang)}</dt><dd>{value}</dd>" for key, value in ends)
    return f'<div class="in-trace">{table}<dl class="st-facts">{facts}</dl></div>'


def _rule(name: object, lang: Lang) -> str:
    return f'<span title="{attr(name)}">{safe(rule_words(name, lang))}</span>'


def _text(text: object) -> str:
    return f"<code>{visible(str(text))}</code>" if str(text) else "<code>∅</code>"


def _detail(value: Any, depth: int = 0) -> str:
    """Details of any shape: mappings as pairs, lists in order, the rest as visible text."""
    if isinstance(value, Mapping) and depth < 4:
        pairs = "".join(
            f"<dt>{safe(key)}</dt><dd>{_detail(item, depth + 1)}</dd>" for key, item in value.items()
        )
        return f"<dl>{pairs}</dl>"
    if isinstance(value, list | tuple) and all(isinstance(item, int | float) for item in value):
        value = ", ".join(str(item) for item in value)
    if isinstance(value, list | tuple) and depth < 4:
        return f"<ol>{''.join(f'<li>{_detail(item, depth + 1)}</li>' for item in value)}</ol>"
    shown = clip(str(value), 600, 300)
    cut = f' <i class="ws">… {shown.skipped} …</i> ' if shown.skipped else ""
    return f"<code>{visible(shown.head)}{cut}{visible(shown.tail)}</code>"


def _call(call: JudgeCall, lang: Lang) -> str:
    if call.label is None:
        verdict = describe(call.problem, lang) if call.problem else t("inspect.unscored", lang)
    else:
        verdict = t("inspect.right" if call.label else "inspect.wrong", lang)
    if call.reason:
        verdict = f"{verdict}: {call.reason}"
    return (
        f"<tr><td>{safe(candidate(call.candidate, lang))}</td><td>{decimal(call.probability, lang, 3)}</td>"
        f"<td>{safe(verdict)}</td><td>{_short_time(call.latency_s, lang)}</td>"
        f'<td><code title="{attr(call.input_sha256)}">{safe(call.input_sha256[:12])}</code></td></tr>'
    )


def log_html(card: SampleCard, lang: Lang) -> str:
    """What another tool's log said of the sample: its own scores, how values were found, fields with no place here."""
    log = card.log
    if log is None:
        return ""
    name = f"{log.tool} {log.version}".strip()
    rows = "".join(
        f"<tr><td><code>{safe(score.scorer.partition(':')[2])}</code></td><td>{decimal(score.value, lang, 3)}</td>"
        f"<td>{_text(score.extracted) if score.extracted is not None else ''}</td></tr>"
        for score in log.scores
    )
    heads = "".join(
        f'<th scope="col">{t(f"logs.head.{key}", lang)}</th>' for key in ("metric", "value", "text")
    )
    table = (
        f'<div class="in-scroll"><table class="in-calls"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div>"
        if rows
        else f'<p class="st-note">{safe(t("logs.no_scores", lang))}</p>'
    )
    found = "".join(
        f'<p class="st-note">{safe(t(f"logs.found.{key}.{value}", lang))}</p>'
        for key, value in log.found.items()
    )
    lacking = ", ".join(t(f"logs.part.{name}", lang) for name in card.not_in_log)
    absent = f'<p class="st-note">{safe(t("logs.absent", lang, parts=lacking))}</p>' if lacking else ""
    rest = f'<p class="st-label">{safe(t("logs.rest", lang))}</p>{_rest(log.rest, lang)}' if log.rest else ""
    return (
        # How the answer was found is not to be overlooked: it stands before what is folded away.
        f'{found}<details class="in-details" data-details="log">'
        f"<summary>{safe(t('logs.said', lang, tool=name))}</summary>"
        f'<div class="in-trace">{table}{absent}{rest}'
        f'<p class="in-source">{safe(t("logs.place", lang))} <code>{safe(log.place)}</code></p></div></details>'
    )


def _rest(fields: Mapping[str, Any], lang: Lang) -> str:
    """The short fields as pairs; each long one (a chat's events) folded away under its name, as JSON."""
    texts = {key: json.dumps(value, ensure_ascii=False, indent=1) for key, value in fields.items()}
    short = {key: value for key, value in fields.items() if len(texts[key]) <= LONG_FIELD}
    pairs = _detail(short) if short else ""
    return pairs + "".join(_folded(key, texts[key], lang) for key in fields if key not in short)


def _folded(name: str, text: str, lang: Lang) -> str:
    shown = clip(text, FOLDED_SHOWN, FOLDED_SHOWN // 10)
    cut = f'\n<i class="ws">… {shown.skipped} …</i>\n' if shown.skipped else ""
    size = count(len(text), "inspect.answer.length", lang)
    return (
        f'<details class="in-folded"><summary><code>{safe(name)}</code> · {safe(size)}</summary>'
        f"<pre>{safe(shown.head)}{cut}{safe(shown.tail)}</pre></details>"
    )


def technical_html(card: SampleCard, lang: Lang) -> str:
    """Finish reason, tokens, times, attempt, prompt id, categories, and what the model received."""
    facts: list[tuple[str, str]] = []
    if card.finish_reason:
        key = f"inspect.finish.{card.finish_reason}"
        facts.append(("finish", safe(t(key, lang) if key in CATALOGUE else card.finish_reason)))
    if card.completion_tokens is not None:
        prompt = number(card.prompt_tokens, lang) if card.prompt_tokens is not None else "—"
        answer = number(card.completion_tokens, lang)
        facts.append(("tokens", t("inspect.tech.tokens.value", lang, prompt=prompt, answer=answer)))
    for key, seconds in (("ttft", card.ttft_s), ("latency", card.latency_s)):
        if seconds is not None:
            facts.append((key, _short_time(seconds, lang)))
    if card.recalled:
        source = attr(link("inspect", lang, run=card.recalled.run))
        facts.append(("recalled", f'<a href="{source}"><code>{safe(card.recalled.run)}</code></a>'))
    if card.attempt:
        facts.append(("attempt", number(card.attempt, lang)))
    facts.append(("key", f"<code>{safe(card.task)} / {safe(card.key)}</code>"))
    if card.prompt_id is not None:
        facts.append(("prompt", number(card.prompt_id, lang)))
    if card.categories:
        facts.append(("categories", "<br>".join(f"{safe(k)}: {safe(v)}" for k, v in card.categories.items())))
    if card.media_note:
        facts.append(("media", f'<div class="in-trace">{_detail(card.media_note)}</div>'))
    rows = "".join(f"<dt>{t(f'inspect.tech.{key}', lang)}</dt><dd>{value}</dd>" for key, value in facts)
    return (
        f'<details class="in-details" data-details="technical"><summary>{t("inspect.technical", lang)}</summary>'
        f'<dl class="st-facts">{rows}</dl></details>'
    )


def _short_time(seconds: float, lang: Lang) -> str:
    return f"{round(seconds * 1000)}{NBSP}{t('inspect.ms', lang)}" if seconds < 1 else duration(seconds, lang)
