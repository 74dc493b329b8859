"""A report as one file of HTML: no scripts, nothing from outside, everything that others wrote escaped.

The policy in its head lets a browser run nothing and fetch nothing even where an escape were forgotten: pictures and
sounds come from the file itself, the one style sheet is named by its hash.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from studio.core.outcome import Estimate
from studio.core.people_run import PeopleRun
from studio.core.report import Report, ReportRun
from studio.report.markup import bounds, letter, run_name, section
from studio.report.page_cells import cells_html
from studio.report.page_items import items_html
from studio.report.page_scores import scores_html
from studio.report.page_setup import setup_html, unlike
from studio.texts import Lang, t
from studio.texts.dates import moment
from studio.texts.escape import safe
from studio.texts.figures import DASH, count, decimal, number, percent
from studio.texts.run_names import made_of

PARTS = ("main", "scores", "cells", "items", "setup", "reading")
READING = ("em", "interval", "failed", "file")


def report_html(report: Report, lang: Lang) -> str:
    """The whole document."""
    title = _title(report, lang)
    sheet = _sheet()
    policy = (
        f"default-src 'none'; img-src data:; media-src data:; style-src 'sha256-{_hash(sheet)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    body = (
        _main(report, lang) + scores_html(report, lang) + cells_html(report, lang) + items_html(report, lang)
        + setup_html(report, lang) + _reading(lang)
    )  # fmt: skip
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n<style>{sheet}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{t("report.skip", lang)}</a>\n'
        f'<header class="top wrap">{_head(report, lang)}</header>\n{_nav(report, lang)}\n'
        f'<main class="wrap">{body}</main>\n'
        f'<footer class="wrap">{_made(report, lang)}</footer>\n</body>\n</html>\n'
    )


@cache
def _sheet() -> str:
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _title(report: Report, lang: Lang) -> str:
    names = ", ".join(run_name(report, place, lang) for place in range(len(report.runs)))
    return f"{names} · {_kicker(report, lang)}"


def _kicker(report: Report, lang: Lang) -> str:
    return t("report.kicker.many" if len(report.runs) > 1 else "report.kicker.one", lang)


def _head(report: Report, lang: Lang) -> str:
    names = "<br>".join(
        f"{letter(report, place)}{run_name(report, place, lang)}{_model(report, place, lang)}"
        f"{_crossed(report, place, lang)}"
        for place in range(len(report.runs))
    )
    return f'<p class="kicker">{_kicker(report, lang)}</p><h1>{names}</h1><p class="lead">{_made(report, lang)}</p>'


def _model(report: Report, place: int, lang: Lang) -> str:
    """The model beside a title that does not name it; of people's run what it is made of."""
    view = report.runs[place].view
    people = PeopleRun.of(view.resolved)
    if people:
        return f" <small>{safe(made_of(people, lang))}</small>"
    return f" <small>{safe(view.model)}</small>" if view.title and view.model not in view.title else ""


def _crossed(report: Report, place: int, lang: Lang) -> str:
    """The mark of a run that put each question in every prompt: it is no run of the benchmark."""
    if not report.runs[place].view.spec.crossed:
        return ""
    return f' <span class="chip crossed">{t("report.crossed", lang)}</span>'


def _made(report: Report, lang: Lang) -> str:
    return t("report.made", lang, when=moment(report.made_at, lang), version=safe(report.studio))


def _nav(report: Report, lang: Lang) -> str:
    names = {part: t(f"report.{part}", lang) for part in PARTS}
    if report.asked.where:
        names["items"] = t("report.items.where", lang)
    links = "".join(f'<li><a href="#{part}">{name}</a></li>' for part, name in names.items())
    return f'<nav aria-label="{t("report.nav", lang)}"><ul class="wrap">{links}</ul></nav>'


def _main(report: Report, lang: Lang) -> str:
    runs = "".join(_run(report, place, lang) for place in range(len(report.runs)))
    what = unlike(report, lang)
    warning = f'<p class="warn">{t("report.unlike", lang, what=what)}</p>' if what else ""
    return section("main", t("report.main", lang), f'{warning}<div class="runs">{runs}</div>')


def _run(report: Report, place: int, lang: Lang) -> str:
    run, whole = report.runs[place], report.runs[place].whole
    name = f"{letter(report, place)}{run_name(report, place, lang)}{_crossed(report, place, lang)}"
    title = f"<h3>{name}</h3>" if len(report.runs) > 1 else ""
    crossing = run.view.spec.crossed
    warning = f'<p class="warn">{t("report.crossed.note", lang, n=crossing.items)}</p>' if crossing else ""
    means = (("em", whole.em), ("js", whole.js), ("final", whole.final))
    tiles = "".join(_mean_tile(t(f"metric.{name}", lang), estimate, lang) for name, estimate in means)
    tiles += _answered(run, lang) + _apart(run, lang)
    return f'<div class="run">{title}{warning}<dl class="tiles">{tiles}</dl>{_said(run, lang)}</div>'


def _mean_tile(name: str, estimate: Estimate, lang: Lang) -> str:
    known = estimate.mean is not None
    below = t("report.interval", lang, interval=bounds(estimate, lang)) if known else ""
    return _tile(name, decimal(estimate.mean, lang, 3), below)


def _tile(name: str, value: str, below: str) -> str:
    return f"<div><dt>{name}</dt><dd><b>{value}</b><span>{below}</span></dd></div>"


def _answered(run: ReportRun, lang: Lang) -> str:
    counts = run.cells[-1].counts
    failed, unscored = (number(counts.get(cell, 0), lang) for cell in ("failed", "unscored"))
    rest = t("report.answered.rest", lang, failed=failed, unscored=unscored)
    if counts.get("pending"):
        rest += f"; {t('report.answered.pending', lang, n=number(counts['pending'], lang))}"
    total = number(run.view.planned, lang)
    said = t("report.answered.of", lang, n=number(run.view.answered, lang), total=total)
    return _tile(t("report.answered", lang), said, rest)


def _apart(run: ReportRun, lang: Lang) -> str:
    """How many answers EM and the judge differ on."""
    cells = run.cells[-1]
    if not cells.scored:
        return _tile(t("report.apart", lang), DASH, "")
    n = cells.counts.get("em_only", 0) + cells.counts.get("js_only", 0)
    return _tile(
        t("report.apart", lang),
        number(n, lang),
        t("report.apart.of", lang, part=percent(n / cells.scored, lang)),
    )


def _said(run: ReportRun, lang: Lang) -> str:
    """Which way they differ."""
    counts = run.cells[-1].counts
    em, js = counts.get("em_only", 0), counts.get("js_only", 0)
    if not em + js:
        return ""
    told = {name: count(n, "report.answers", lang) for name, n in (("em", em), ("js", js))}
    return f'<p class="said">{t("report.said", lang, **told)}</p>'


def _reading(lang: Lang) -> str:
    notes = "".join(f"<p>{t(f'report.reading.{name}', lang)}</p>" for name in READING)
    return section("reading", t("report.reading", lang), notes)
