"""Whether a run's answers hold when they are asked for again: one line, and the answers that do not."""

from components.format import NBSP, number, percent
from components.links import link
from components.widgets.text import attr, problem_html, safe, short
from studio.core.verification import ReaskedAnswer, Verification
from studio.texts import Lang, describe, t

SHOWN = 20  # answers listed; the command line lists all
_TEXT = 160


def verified_html(found: Verification | None, lang: Lang) -> str:
    """«Проверено: 50, отличаются 0», or how far it is; nothing for a run that was never verified."""
    if found is None:
        return ""
    body = _going(found, lang) if found.going else _over(found, lang)
    return f'<section class="st-root st-card st-card--tight st-verified" aria-live="polite">{body}</section>'


def _going(found: Verification, lang: Lang) -> str:
    if not found.total:
        return f"<p>{safe(t('verify.queued', lang))}…</p>"
    done, total = number(found.done, lang), number(found.total, lang)
    words = safe(t("verify.going", lang, done=done, total=total))
    part = found.done / found.total * 100
    return (
        f'<p>{words}</p><div class="st-track" role="progressbar" aria-label="{attr(words)}" aria-valuemin="0"'
        f' aria-valuemax="{found.total}" aria-valuenow="{found.done}">'
        f'<i class="st-fill" style="width:{part:.1f}%"></i></div>'
    )


def _over(found: Verification, lang: Lang) -> str:
    if found.state != "done":
        reason = f" {problem_html(found.problem, lang)}" if found.problem else ""
        broken = f'<div class="st-alert st-alert--warn">{safe(t("verify.broken", lang))}{reason}</div>'
        if not found.done:
            return broken
        return broken + _line(found, lang) + _which(found, lang)
    return _line(found, lang) + _which(found, lang)


def _line(found: Verification, lang: Lang) -> str:
    again = found.same + found.differ
    line = t("verify.line", lang, total=number(again, lang), differ=number(found.differ, lang))
    more = []
    if found.low is not None:
        bounds = {"low": percent(found.low, lang), "high": percent(found.high, lang)}
        more.append(t("verify.interval", lang, **bounds))
    if found.differ and found.em_differ is not None:
        more.append(t("verify.em", lang, n=number(found.em_differ, lang)))
    if found.failed:
        more.append(t("verify.failed_some", lang, n=number(found.failed, lang)))
    rest = "".join(f"{NBSP}· {part}" for part in more)
    return f'<p><b>{safe(line)}</b><span class="st-small">{safe(rest)}</span></p>'


def _which(found: Verification, lang: Lang) -> str:
    if not found.answers:
        return ""
    rows = "".join(_row(found.run, answer, lang) for answer in found.answers[:SHOWN])
    word = safe(t("verify.which", lang))
    return f'<details class="st-details"><summary>{word}</summary><ul>{rows}</ul></details>'


def _row(run: str, answer: ReaskedAnswer, lang: Lang) -> str:
    address = attr(link("inspect", lang, run=run, sample=answer.sample_id))
    name = f'<a href="{address}">{safe(f"{answer.task} / {answer.key}")}</a>'
    if answer.problem:
        return f"<li>{name}: {safe(describe(answer.problem, lang))}</li>"
    texts = "".join(
        f'<br><span class="st-small">{safe(t(f"verify.{key}", lang))}:</span> <q>{short(text, _TEXT)}</q>'
        for key, text in (("was", answer.before), ("now", answer.now))
        if text is not None
    )
    return f"<li>{name}{texts}</li>"
