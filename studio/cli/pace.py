"""`pace`: how fast a run is or was, what holds it up, what a thousand answers cost."""

import argparse
import math

from studio.cli.door import DB, RUN, opened
from studio.cli.parser import Command, between, option
from studio.cli.screen import Screen, clock, number
from studio.core.figures import Finding, Pace, Price, Spread
from studio.texts import plural, t
from studio.texts.figures import percent

MOST = 1e9  # of any price


def pace(arguments: argparse.Namespace, screen: Screen) -> int:
    price = Price(arguments.price_hour, arguments.price_in, arguments.price_out)
    with opened(arguments) as studio:
        found = studio.pace(arguments.run, price)
    if found.untimed:
        screen.say(screen.text(f"pace.untimed.{found.untimed}"))
    rows = [(screen.text(f"pace.{name}"), value) for name, value in _figures(found, screen) if value]
    for name, value in rows:
        screen.say(f"{name:<{max(len(name) for name, _ in rows)}}  {value}")
    if found.batched and not found.untimed:
        screen.say(screen.text("pace.batched"))
    for finding in found.findings:
        screen.say(finding_words(finding, screen))
    _say_cost(found, screen)
    screen.result({"pace": found, "per_second": found.figures.per_second,
                   "tokens_per_second": found.figures.tokens_per_second})  # fmt: skip
    return 0


def _figures(pace: Pace, screen: Screen) -> list[tuple[str, str]]:
    """Names of texts and values; an empty value has nothing to say."""
    figures, lang = pace.figures, screen.lang
    if pace.untimed in {"human", "early"}:
        return []
    spreads = [(name, _spread(getattr(figures, name), screen)) for name in ("ttft", "per_token", "latency")]
    if pace.untimed:
        return [(name, value) for name, value in spreads if figures.latency and name == "latency"]
    worked = _counted(figures.answered, "count.answers", screen)
    speed = screen.text("cli.progress.rate", rate=number(figures.per_second, lang, 2))
    time = screen.text("pace.worked", answers=worked, time=clock(figures.asking_s))
    return [("per_second", f"{speed} ({time})"), ("tokens", _tokens(pace, screen)), *spreads]


def _tokens(pace: Pace, screen: Screen) -> str:
    figures = pace.figures
    known = figures.tokens_per_second
    if known is None:
        return screen.text("pace.tokens.unknown")
    said = f"{number(known, screen.lang, 1)} {screen.text('unit.tokens_per_s')}"
    if figures.completion_seen < figures.answered:
        least = screen.text("pace.tokens.least", n=figures.completion_seen, of=figures.answered)
        said += f" ({least})"
    return said


def _spread(spread: Spread | None, screen: Screen) -> str:
    if spread is None:
        return screen.text("pace.ttft.unknown")
    return screen.text(
        "pace.p50_p95", p50=_brief(spread.p50, screen), p95=_brief(spread.p95, screen), n=spread.n
    )


def _brief(seconds: float, screen: Screen) -> str:
    if seconds < 1:
        return f"{number(seconds * 1000, screen.lang, 1)} {screen.text('unit.ms')}"
    return f"{number(seconds, screen.lang, 2)} {screen.text('unit.s')}"


def finding_words(finding: Finding, screen: Screen) -> str:
    """What holds the run up, in one sentence."""
    return screen.text(
        f"pace.finding.{finding.code}",
        share="" if finding.share is None else percent(finding.share, screen.lang),
        stage=screen.text(f"pace.of.{finding.stage}") if finding.stage else "",
        room=finding.room or "",
        n=_counted(finding.n, "count.answers", screen),
        time=clock(finding.seconds),
    )


def _say_cost(pace: Pace, screen: Screen) -> None:
    """Amount times price, part by part, and their sum."""
    cost, thousand = pace.cost, pace.per_thousand
    if cost is None or thousand is None:
        return
    if cost.unknown:
        reasons = ", ".join(screen.text(f"pace.cost.unknown.{name}") for name in cost.unknown)
        screen.say(f"{screen.text('pace.cost')}: — ({reasons})")
        return
    parts = (
        (pace.price.hour, thousand.hours, "pace.cost.hours"),
        (pace.price.prompt, _millions(thousand.prompt_tokens), "pace.cost.tokens"),
        (pace.price.completion, _millions(thousand.completion_tokens), "pace.cost.tokens"),
    )
    terms = [
        f"{screen.text(key, amount=_four_digits(amount, screen))} × {_four_digits(each, screen)}"
        for each, amount, key in parts
        if each is not None and amount is not None
    ]
    screen.say(
        f"{' + '.join(terms)} = {screen.text('pace.cost.total', total=_four_digits(cost.total, screen))}"
    )


def _four_digits(value: float | None, screen: Screen) -> str:
    """A number to four significant digits, without an exponent and without noughts at its end."""
    if not value:
        return number(value, screen.lang, 0)
    digits = max(0, 3 - math.floor(math.log10(abs(value))))
    text = f"{value:.{digits}f}"
    return number(float(text), screen.lang, len(text.rstrip("0").partition(".")[2]))


def _millions(tokens: float | None) -> float | None:
    return None if tokens is None else tokens / 1e6


def _counted(n: int, key: str, screen: Screen) -> str:
    forms = t(key, screen.lang).split("|")
    return f"{n} {plural(n, *forms) if screen.lang == 'ru' else forms[0 if n == 1 else 1]}"


_PRICE = between(0, MOST)

COMMANDS = (
    Command(
        "pace",
        pace,
        (
            RUN,
            option("--price-hour", type=_PRICE, metavar="n"),
            option("--price-in", type=_PRICE, metavar="n"),
            option("--price-out", type=_PRICE, metavar="n"),
            DB,
        ),
    ),
)
