"""A run that is over, in one headline and the four things one can do next."""

from collections.abc import Sequence

from components.format import count, interval, number, sentence, share
from components.links import link
from components.widgets.chips import state_chip
from components.widgets.progress import is_going, run_name
from components.widgets.text import attr, problem_html, safe
from studio.core.run import Confusion, RunView
from studio.texts import Lang, t
from studio.texts.determinism import repeatability


def summary_html(run: RunView, confusions: Sequence[Confusion], lang: Lang, *, steers: bool = False) -> str:
    """«EM 0,71 · Judge Score 0,83 · разошлись в 41 из 360», what is missing, and the buttons. `steers` tells whether
    this viewer may have the run judged."""
    return (
        '<section class="st-root st-card st-summary">'
        f'<p class="st-headline">{safe(headline(run, confusions, lang))}</p>{_bounds(run, lang)}'
        f"{_recalled(run, lang)}{_repeatability(run, lang)}{_unjudged(run, steers, lang)}{_trouble(run, lang)}"
        f'<div class="st-row">{_actions(run, confusions, lang)}</div></section>'
    )


def headline(run: RunView, confusions: Sequence[Confusion], lang: Lang) -> str:
    """The run in one line of plain text."""
    if never_began(run):
        return t("run.summary.never", lang)
    if run.em.mean is None and run.js.mean is None:
        return t("run.summary.none", lang)
    if run.lacks_judge:
        return _em_alone(run, confusions, lang)
    scores = t("run.summary.scores", lang, em=share(run.em.mean, lang), js=share(run.js.mean, lang))
    total = confusions[-1] if confusions else None
    if total is None or not total.scored:
        return scores
    apart = differing(confusions)
    of = number(total.scored, lang)
    if not apart:
        return f"{scores} · {t('run.summary.agree', lang, total=of)}"
    return f"{scores} · {t('run.summary.disagree', lang, n=number(apart, lang), total=of)}"


def _em_alone(run: RunView, confusions: Sequence[Confusion], lang: Lang) -> str:
    """«EM 0,71 · верно 5 из 7 · судью не спрашивали»"""
    parts = [t("run.summary.em", lang, em=share(run.em.mean, lang))]
    total = confusions[-1] if confusions else None
    if total is not None and (of := total.em_right + total.em_wrong):
        parts.append(t("run.summary.right", lang, n=number(total.em_right, lang), total=number(of, lang)))
    return " · ".join([*parts, t("run.summary.no_judge", lang)])


def _unjudged(run: RunView, steers: bool, lang: Lang) -> str:
    """What is not known without a judge, and how to ask one where this viewer may."""
    if not run.lacks_judge:
        return ""
    words = t("run.summary.unjudged", lang)
    words += f" {t('run.summary.ask', lang)}" if steers and run.awaits_judge_alone else ""
    return f'<p class="st-note">{safe(words)}</p>'


def _bounds(run: RunView, lang: Lang) -> str:
    """The intervals and the counts of the headline's means; nothing where there is none."""
    told = [
        t("run.summary.interval", lang, name=name, range=interval(mean.low, mean.high, lang), n=mean.scored)
        for name, mean in (("EM", run.em), ("Judge Score", run.js))
        if mean.mean is not None
    ]
    return f'<p class="st-small">{safe(" · ".join(told))}</p>' if told else ""


def _recalled(run: RunView, lang: Lang) -> str:
    """How many answers were not asked for in this run."""
    if not run.recalled:
        return ""
    of = number(run.answered, lang)
    told = t("run.summary.recalled", lang, n=number(run.recalled, lang), total=of)
    return f'<p class="st-small">{safe(told)}</p>'


def _repeatability(run: RunView, lang: Lang) -> str:
    """What decides whether the same questions would get the same answers again."""
    told = repeatability(run.resolved, lang)
    return f'<p class="st-small">{safe(sentence(told))}</p>' if told and run.answered else ""


def never_began(run: RunView) -> bool:
    """Whether the run failed before its first question: its model or its tasks could not be opened."""
    return run.state == "failed" and not run.answered and not run.failed


def differing(confusions: Sequence[Confusion]) -> int:
    """How many samples EM and the judge score differently."""
    return (
        confusions[-1].counts.get("em_only", 0) + confusions[-1].counts.get("js_only", 0) if confusions else 0
    )


def latest_html(run: RunView, confusions: Sequence[Confusion], lang: Lang) -> str:
    """The latest run under an empty form, so that a newcomer sees at once what comes out."""
    going = is_going(run)
    label = t("run.latest.running" if going else "run.latest", lang)
    line = (
        "" if going else f'<p class="st-h2">{safe(headline(run, confusions, lang))}</p>{_bounds(run, lang)}'
        f"{_trouble(run, lang)}"
    )  # fmt: skip
    ended_well = run.state == "done" or going
    state = "" if ended_well else f" {state_chip(run.state, lang)}"
    door = (
        f'<a class="st-btn{" st-btn--main" if going else ""}" href="{attr(link("run", lang, run=run.id))}">'
    )
    door += f"{safe(t('run.latest.follow' if going else 'run.latest.open', lang))}</a>"
    actions = door if going else ("" if ended_well else door) + _actions(run, confusions, lang, plain=True)
    return (
        '<section class="st-root st-card st-latest st-stack"><div class="st-spread">'
        f'<span class="st-label">{safe(label)}: '
        f'{run_name(run, lang)}{state}</span><a href="{attr(link("runs", lang))}">{safe(t("run.latest.all", lang))}'
        f"</a></div>{line}"
        f'<div class="st-row">{actions}</div></section>'
    )


def export_link(run_id: str) -> str:
    """Where the browser downloads the run as SQLite (route of `components.downloads`)."""
    return f"./export/{run_id}.sqlite"


def export_log_link(run_id: str) -> str:
    """Where the browser downloads the run as logs of lm-eval in a zip."""
    return f"./export/{run_id}.lm-eval.zip"


def _trouble(run: RunView, lang: Lang) -> str:
    if run.state in {"cancelled", "interrupted"}:
        key = "stopped" if run.state == "cancelled" else "paused" if run.paused else "interrupted"
        counts = {"done": number(run.answered, lang), "total": number(run.planned, lang)}
        whole = run.planned == run.answered > 0 and not run.paused  # nothing is left to be asked
        text = t(f"run.summary.{key}.whole" if whole else f"run.summary.{key}", lang, **counts)
        if run.paused and run.problem:
            why = problem_html(run.problem, lang)
            return f'<div class="st-alert st-alert--warn"><p>{why}</p><p>{safe(text)}</p></div>'
        return f'<p class="st-alert st-alert--warn">{safe(text)}</p>'
    if run.state == "failed":
        reason = problem_html(run.problem, lang) if run.problem else ""
        what = "" if never_began(run) else f"{safe(t('run.summary.failed', lang))} "
        return f'<div class="st-alert">{what}{reason}</div>'
    if run.failed:
        text = t("run.summary.missing", lang, n=count(run.failed, "count.samples", lang))
        return f'<p class="st-alert st-alert--warn">{safe(text)}</p>'
    return ""


def _actions(run: RunView, confusions: Sequence[Confusion], lang: Lang, *, plain: bool = False) -> str:
    main = "" if plain else " st-btn--main"
    links = []
    if run.answered:
        apart = differing(confusions)
        inspect = link("inspect", lang, run=run.id, cell="disagree" if apart else "")
        word = safe(t("run.disagreements" if apart else "run.inspect", lang))
        links.append(f'<a class="st-btn{main}" href="{attr(inspect)}">{word}</a>')
        links.append(
            f'<a class="st-btn" href="{attr(export_link(run.id))}">{safe(t("run.download", lang))}</a>'
        )
    if run.tasks and not never_began(run):
        yourself = link("annotate", lang, task=run.tasks[0])
        links.append(f'<a class="st-btn" href="{attr(yourself)}">{safe(t("run.answer_yourself", lang))}</a>')
    return "".join(links)
