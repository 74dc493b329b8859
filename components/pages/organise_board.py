"""The live board of a project, in parts that are replaced one by one as they change: nothing flickers, the focus "
"stays."""

import time
from typing import TYPE_CHECKING

from components.format import DASH, ago, count, countdown, decimal, moment, number, percent
from components.links import link
from components.pages.organise_agreement import agreement_html
from components.pages.organise_list import track
from components.pages.organise_map import legend_html, map_html
from components.pages.organise_new import money
from components.pages.organise_pace import pace_html
from components.pages.organise_people import training_chip
from components.pages.organise_said import answers_html, person_name
from components.widgets.chips import chip
from components.widgets.text import attr, safe
from studio.core.project import Board, PersonBoard, Project, Role
from studio.core.run import Viewer
from studio.core.safety import Safety
from studio.texts import Lang, describe, t

if TYPE_CHECKING:
    from studio.service import Studio

HARDEST, BUSIEST = 6, 8
_SLOW = ("speed", "people", "agreement", "pace", "hard")
_DAY = 86400.0


def board_parts(
    studio: "Studio", project: Project, who: Viewer, role: Role, lang: Lang, *, quick: bool
) -> dict[str, str]:
    """The parts of the board. `quick` ones need nothing but counts of items: a large project is seen at once, and the
    rest comes a moment later."""
    answers = studio.reviewing.answers(who, project.id)
    parts = {
        "body": _skeleton(project, role, lang),
        "figures": _figures([valid for _, valid in answers], project, lang),
        "map": map_html(project, answers, lang) + legend_html(project, answers, lang),
    }
    if (safety := studio.safety) is not None and role == "lead":
        parts["safety"] = _safety(safety, lang)
    if quick:
        return parts
    board = studio.boards.lately(who, project.id)
    return parts | {
        "speed": _speed(board, role, lang),
        "people": _people(board, role, lang),
        "agreement": agreement_html(board.agreement, lang),
        "pace": pace_html(board.by_hour, lang),
        "hard": _hard(board, lang),
    }


def _skeleton(project: Project, role: Role, lang: Lang) -> str:
    """Places only: it stays as it is while they are filled anew."""
    waiting = f'<p class="st-note og-waiting">{safe(t("organise.counting", lang))}</p>'

    def card(name: str, title: str, more: str = "") -> str:
        body = waiting if name in _SLOW else ""
        return (
            f'<section class="st-card og-card og-card--{name}"><div class="st-spread"><h3>{safe(t(title, lang))}</h3>'
            f'{more}</div><div data-part="{name}">{body}</div></section>'
        )

    items = attr(link("organise", lang, project=project.id, tab="items"))
    people = attr(link("organise", lang, project=project.id, tab="people"))
    all_items = f'<a data-go href="{items}">{safe(t("organise.see.items", lang))}</a>'
    all_people = (
        f'<a data-go href="{people}">{safe(t("organise.see.people", lang))}</a>' if role == "lead" else ""
    )
    return (
        f'<div class="og-tiles"><div data-part="figures"></div><div data-part="speed">{waiting}</div></div>'
        f'<div data-part="safety"></div>'
        f'<div class="og-two">{card("map", "organise.map", all_items)}{card("pace", "organise.pace")}</div>'
        f'<div class="og-two">{card("people", "organise.people", all_people)}<div class="og-column">'
        f"{card('agreement', 'organise.agreement')}{card('hard', 'organise.hard', all_items)}</div></div>"
    )


def _safety(safety: Safety, lang: Lang) -> str:
    """How far the journal's copy is behind: people's work is as safe as this."""
    when = ago(safety.shipped_at, lang) if safety.shipped_at else t("organise.safe.never", lang)
    said = [t("organise.safe", lang, shelf=safety.shelf, when=when)]
    if safety.waiting:
        said.append(t("organise.safe.waiting", lang, n=count(safety.waiting, "organise.count.records", lang)))
    bad = [describe(each, lang) for each in (safety.problem, safety.closed) if each]
    if safety.closed:
        bad.insert(0, t("organise.safe.closed", lang))
    if safety.aside:
        bad.append(t("organise.safe.aside", lang, n=number(safety.aside, lang)))
    alert = f'<p class="st-alert st-alert--warn">{safe(" ".join(bad))}</p>' if bad else ""
    return f'{alert}<p class="st-small">{safe(" ".join(said))}</p>'


def _figures(valid: list[int], project: Project, lang: Lang) -> str:
    overlap = project.spec.overlap
    done, wanted = sum(min(n, overlap) for n in valid), overlap * len(valid)
    complete = sum(n >= overlap for n in valid)
    part = done / wanted if wanted else 0.0
    words = t("organise.done.of", lang, done=number(done, lang), wanted=number(wanted, lang))
    items = t(
        "organise.items.of", lang, n=number(complete, lang), of=count(len(valid), "count.samples", lang)
    )
    return (
        f'<dl class="og-figures og-figures--first"><div><dt>{safe(t("organise.figure.done", lang))}</dt>'
        f"<dd><b>{safe(percent(part, lang))}</b><small>{safe(words)}</small>{track(part, words)}</dd></div>"
        f"<div><dt>{safe(t('organise.figure.complete', lang))}</dt>"
        f"<dd><b>{safe(number(complete, lang))}</b><small>{safe(items)}</small></dd></div></dl>"
    )


def _speed(board: Board, role: Role, lang: Lang) -> str:
    """Pace, forecast, hours; money for a lead."""
    tiles: tuple[tuple[str, str, str], ...] = (
        ("pace", _per_hour(board, lang), _forecast(board, lang)),
        ("held", number(board.held, lang), t("organise.held.hint", lang)),
        ("hours", decimal(board.hours, lang), t("organise.hours.hint", lang)),
    )
    if role == "lead":
        tiles += (("cost", money(board.cost, board.project.spec.currency, lang), _pay(board, lang)),)
    return (
        '<dl class="og-figures">'
        + "".join(
            f"<div><dt>{safe(t(f'organise.figure.{name}', lang))}</dt><dd><b>{safe(value)}</b>"
            f"<small>{safe(below)}</small></dd></div>"
            for name, value, below in tiles
        )
        + "</dl>"
    )


def _per_hour(board: Board, lang: Lang) -> str:
    if board.per_hour is None:
        return DASH
    return t("organise.per_hour", lang, n=number(round(board.per_hour), lang))


def _forecast(board: Board, lang: Lang) -> str:
    """«при таком темпе — до 24 ноября»; the day and hour when it is near."""
    if board.done >= board.wanted:
        return t("organise.forecast.done", lang)
    if board.left_s is None:
        return t("organise.forecast.unknown", lang)
    end = time.time() + board.left_s
    when = moment(end, lang)
    left = countdown(board.left_s, lang) if board.left_s < _DAY else _days(board.left_s, lang)
    return t("organise.forecast", lang, when=when, left=left)


def _days(seconds: float, lang: Lang) -> str:
    return count(max(1, round(seconds / _DAY)), "organise.count.days", lang)


def _pay(board: Board, lang: Lang) -> str:
    pay = board.project.spec.pay_per_hour
    if pay is None:
        return t("organise.cost.none", lang)
    return t("organise.cost.rate", lang, pay=money(pay, board.project.spec.currency, lang))


def _people(board: Board, role: Role, lang: Lang) -> str:
    answer = [each for each in enumerate(board.people, 1) if _answers(each[1])]
    shown = sorted(answer, key=lambda each: (not _stopped(each[1]), -each[1].answered))
    if not shown:
        address = attr(link("organise", lang, project=board.project.id, tab="invite"))
        there = (
            f' <a data-go href="{address}">{safe(t("organise.people.invite", lang))}</a>'
            if role == "lead"
            else ""
        )
        return f'<p class="st-note">{safe(t("organise.people.none", lang))}{there}</p>'
    most = max(1, max(each.answered for _, each in shown))
    rows = "".join(_person(number_, each, most, role, lang) for number_, each in shown[:BUSIEST])
    rest = len(shown) - BUSIEST
    more = f'<p class="st-small">{safe(t("organise.people.more", lang, n=rest))}</p>' if rest > 0 else ""
    return f'<ul class="st-list og-crew">{rows}</ul>{more}'


def _answers(person: PersonBoard) -> bool:
    """Whether somebody is here to answer: reviewers and leads are asked nothing."""
    return person.role == "annotator" or bool(person.answered or person.skipped)


def _stopped(person: PersonBoard) -> bool:
    """Whether the training has stopped somebody who would work: he waits for his lead."""
    return bool(person.training and person.training.failed and person.excluded_at is None)


def _person(place: int, person: PersonBoard, most: int, role: Role, lang: Lang) -> str:
    name = person_name(place, person.name if role == "lead" else "", lang)
    flags = []
    if person.excluded_at is not None:
        flags.append(chip(t("organise.excluded", lang), "bad", "✕"))
    if person.training is not None and person.training.failed:
        flags.append(training_chip(person, lang))
    if person.fast:
        flags.append(chip(t("organise.fast", lang, n=person.fast), "warn", "⚡"))
    if person.controls.n >= 3 and person.controls.high is not None and person.controls.high < 0.6:
        flags.append(chip(t("organise.low_controls", lang), "warn", "!"))
    width = person.answered / most
    answered = count(person.answered, "count.answers", lang)
    return (
        f'<li{" data-out" if person.excluded_at is not None else ""}><span class="og-crew-name">{safe(name)}'
        f'{"".join(flags)}</span><span class="og-crew-bar" aria-hidden="true"><i style="width:{width:.1%}"></i></span>'
        f'<span class="og-crew-n">{safe(answered)}</span>'
        f'<span class="st-small">{safe(ago(person.last_at, lang) if person.last_at else t("organise.not_yet", lang))}'
        "</span></li>"
    )


def _hard(board: Board, lang: Lang) -> str:
    if not board.hard:
        return f'<p class="st-note">{safe(t("organise.hard.none", lang))}</p>'
    rows = "".join(
        f'<li><a data-go href="{attr(link("organise", lang, project=board.project.id, tab="items", item=each.item))}">'
        f"{safe(t('organise.item', lang, n=each.item))}</a>{answers_html(each.answers, each.skips, lang)}"
        f"{chip(t('organise.decided', lang), 'good', '✓') if each.adjudicated is not None else ''}</li>"
        for each in board.hard[:HARDEST]
    )
    order = f'<p class="st-small og-order">{safe(t("organise.hard.order", lang))}</p>'
    return f'{order}<ul class="st-list og-hard">{rows}</ul>'
