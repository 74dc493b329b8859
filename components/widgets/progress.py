"""The head of a run as it goes on: what runs, how far it is, how fast, how long still."""

import time

from components.format import NBSP, count, countdown, duration, number, percent, rate
from components.widgets.chips import crossed_chip, media_chip, run_state_chip
from components.widgets.text import attr, safe, short
from studio.core.engine import Silence
from studio.core.people_run import PeopleRun
from studio.core.run import Live, RunView
from studio.texts import CATALOGUE, Lang, t
from studio.texts.run_names import name_of


def is_going(run: RunView) -> bool:
    """Whether a model is at work on it, or a judge on somebody's log. A person's run has no stream to watch."""
    answering = run.kind == "human" and PeopleRun.of(run.resolved) is None
    return not answering and run.state in {"queued", "running"}


def progress_html(live: Live, lang: Lang, now: float | None = None) -> str:
    """Name, state, bar, n of N, rate, time left; a status line that speaks to screen readers at every tenth.

    While the run goes on it changes every second: progress.js takes silence for a cut connection.
    """
    run = live.run
    going = " data-going" if is_going(run) else ""
    part = live.done / run.planned if run.planned else 0.0
    busy = " st-fill--busy" if live.phase == "loading" else ""
    return (
        '<section class="st-root st-card st-card--tight st-progress" '
        f'data-run="{attr(run.id)}" data-state="{run.state}"{going}>'
        f'<div class="st-spread"><div class="st-row"><span class="st-h2">{run_name(run, lang)}'
        f"</span>{run_state_chip(run, lang)}{media_chip(run.spec.settings.media, lang)}"
        f"{crossed_chip(run.spec.crossed, lang)}"
        f'</div><span class="st-small">{safe(_phase(live, lang))}</span></div>'
        f'<div class="st-track" role="progressbar" aria-label="{attr(t("run.track", lang))}"{_values(live)}>'
        f'<i class="st-fill{busy}" style="width:{part * 100:.1f}%"></i></div>'
        f'<div class="st-spread st-small"><span>{_figures(live, lang)}</span>'
        f"<span>{safe(_time(live, lang, now))}</span></div>"
        f"{_opening(live, lang)}{_servers(live, lang, now)}{_borrowed(live, lang)}"
        f'<p class="st-sr" role="status">{safe(_status(live, part, lang))}</p></section>'
    )


def run_name(run: RunView, lang: Lang) -> str:
    """The run's name, escaped and on one line."""
    return short(name_of(run, lang), 80)


def _phase(live: Live, lang: Lang) -> str:
    key = f"run.opening.{live.opening}"
    if live.phase == "loading" and key in CATALOGUE:
        return t(key, lang) + "…"
    if live.judged is not None:
        seen, total = number(live.judged, lang), number(live.run.answered, lang)
        return t("run.phase.judging", lang, done=seen, total=total) + "…"
    return "" if live.phase == "idle" else t(f"run.phase.{live.phase}", lang) + "…"


def _opening(live: Live, lang: Lang) -> str:
    """The end of the log of whatever is being started, for the minutes in which nothing else happens."""
    if live.phase != "loading" or not live.opening or f"run.opening.{live.opening}" in CATALOGUE:
        return ""
    return f'<pre class="st-log" aria-label="{attr(t("run.opening.log", lang))}">{safe(live.opening)}</pre>'


def _servers(live: Live, lang: Lang, now: float | None) -> str:
    """Which servers of the model and of the judge do not answer or have no time, and for how long that is borne."""
    now = time.time() if now is None else now
    words = [
        *_silence("servers.silent.page", live.silence, lang, now),
        *_busy("servers.busy.page", live.silence, lang, now),
        *_silence("servers.judge.silent.page", live.judge_silence, lang, now),
        *_busy("servers.judge.busy.page", live.judge_silence, lang, now),
    ]
    return "".join(f'<p class="st-alert st-alert--warn">{safe(each)}</p>' for each in words)


def _silence(key: str, silence: Silence, lang: Lang, now: float) -> list[str]:
    if not silence.urls:
        return []
    urls, until = ", ".join(silence.urls), silence.until
    if until is None:
        return [t(f"{key}.some", lang, urls=urls)]
    if (
        until <= now and f"{key}.over" in CATALOGUE
    ):  # the run goes on without a judge, and not without a model
        return [t(f"{key}.over", lang, urls=urls)]
    return [t(key, lang, urls=urls, left=countdown(until - now, lang))]


def _busy(key: str, silence: Silence, lang: Lang, now: float) -> list[str]:
    urls, since = silence.busy_long(now)
    return [t(key, lang, urls=", ".join(urls), time=countdown(now - since, lang))] if urls else []


def _borrowed(live: Live, lang: Lang) -> str:
    """That whoever watches pays for it with their quota, while they do."""
    engine = live.run.resolved.get("engine") or {}
    if not is_going(live.run) or engine.get("device") != "zerogpu":
        return ""
    return f'<p class="st-small">{safe(t("run.zerogpu", lang))}</p>'


def _values(live: Live) -> str:
    """For assistive technology; while the tasks are still being read the bar is indeterminate."""
    total = live.run.planned
    return f' aria-valuemin="0" aria-valuemax="{total}" aria-valuenow="{live.done}"' if total else ""


def _figures(live: Live, lang: Lang) -> str:
    if not live.run.planned:  # the tasks are still being read
        return ""
    done = t(
        "run.progress",
        lang,
        done=number(live.done, lang),
        total=count(live.run.planned, "count.samples", lang),
    )
    facts = [safe(done)]
    if live.run.failed:
        facts.append(
            f'<span class="st-bad">{safe(t("scores.failed", lang, n=number(live.run.failed, lang)))}</span>'
        )
    if live.run.truncated:
        facts.append(safe(t("scores.truncated", lang, n=number(live.run.truncated, lang))))
    return f"{NBSP}· ".join(facts)


def _time(live: Live, lang: Lang, now: float | None) -> str:
    run = live.run
    if not is_going(run):
        return t("run.took", lang, time=duration(run.seconds, lang)) if run.seconds else ""
    since = (time.time() if now is None else now) - (run.started_at or run.created_at)
    parts = [t("run.passed", lang, time=countdown(since, lang))]
    if live.judged is not None:  # nothing is asked any more
        return parts[0]
    parts += [rate(live.rate, lang)] if live.rate else []
    parts += [t("run.left", lang, time=countdown(live.eta_s, lang))] if live.eta_s is not None else []
    return f"{NBSP}· ".join(parts)


def _status(live: Live, part: float, lang: Lang) -> str:
    """Changes ten times a run, so that a screen reader is not flooded."""
    if not is_going(live.run):
        return t("run.status.done", lang)
    return t("run.status.progress", lang, percent=percent(int(part * 10) / 10, lang))
