"""Tasks x pairs: the difference with its interval as a small picture, wins and losses, p; every number is a door."""

from collections.abc import Mapping, Sequence

from components.format import DASH, NBSP, decimal, number, share, titled
from components.links import link
from components.pages.compare_runs import place_html
from components.widgets.chart_menu import chart_menu
from components.widgets.text import attr, safe
from studio.core.compare import COMPARE_MARKS, CompareMark, Comparison, Duel, PairDuel, TaskBeside
from studio.core.outcome import Estimate
from studio.core.trials import Difference
from studio.texts import Lang, t

_SCALES = (0.05, 0.1, 0.2, 0.5, 1.0)  # how far the axis reaches, at least as far as the widest interval
_COLUMNS = ("task", "pair", "means", "difference", "record", "p")


def table_html(
    found: Comparison, mark: CompareMark, query: Mapping[str, str], lang: Lang, whose: Mapping[str, str]
) -> str:
    """All tasks first, then each; `query` is what of the address every door keeps, `whose` says to files which labels
    this reviewer may be told."""
    if not found.tasks:
        return ""
    rows = [found.total, *found.tasks] if len(found.tasks) > 1 else list(found.tasks or [found.total])
    scale = _scale([pair.by(mark).difference for row in rows for pair in row.pairs])
    places = {run.id: place for place, run in enumerate(found.runs, 1)}
    body = "".join(
        f'<tbody class="{"" if at else "cp-total"}">{_Rows(row, mark, query, places, scale, lang).html()}</tbody>'
        for at, row in enumerate(rows)
    )
    head = "".join(
        f'<th scope="col"{_axis(scale, lang) if name == "difference" else f">{safe(_head(name, lang))}"}</th>'
        for name in _COLUMNS
    )
    return (
        f'<div class="st-spread"><h2 class="st-h2">{safe(t("compare.table", lang))}</h2>'
        f'<div class="st-row">{_menus(mark, query, whose, lang)}{_marks(mark, lang)}</div></div>'
        f"{_said(found, mark, places, lang)}{_unfolding(found, lang)}"
        f'<div class="cp-scroll" tabindex="0" role="region" aria-label="{attr(t("compare.table", lang))}">'
        f'<table class="cp-table"><thead><tr>{head}</tr></thead>{body}</table></div>'
        f'<p class="st-small">{safe(t("compare.note", lang))}</p>'
    )


def _menus(mark: CompareMark, query: Mapping[str, str], whose: Mapping[str, str], lang: Lang) -> str:
    """Both pictures of the table as files."""
    address = {name: query.get(name, "") for name in ("runs", "base", "where")} | {"mark": mark, **whose}
    return "".join(chart_menu(name, lang, **address) for name in ("compare", "wins"))


def _unfolding(found: Comparison, lang: Lang) -> str:
    """On a phone the rows of tasks are many screens long: they come when asked for."""
    if len(found.tasks) < 2:
        return ""
    return (
        '<button type="button" class="st-btn st-btn--small cp-unfold" data-act="tasks" aria-expanded="false">'
        f"{safe(t('compare.tasks', lang))}</button>"
    )


def _head(name: str, lang: Lang) -> str:
    return t(f"compare.column.{name}", lang)


def _marks(mark: CompareMark, lang: Lang) -> str:
    buttons = "".join(
        f'<button type="button" data-mark="{each}" aria-pressed="{"true" if each == mark else "false"}">'
        f"{safe(t(f'compare.mark.{each}', lang))}</button>"
        for each in COMPARE_MARKS
    )
    return (
        f'<div class="st-segments" role="group" aria-label="{attr(t("compare.marks", lang))}">{buttons}</div>'
    )


def _said(found: Comparison, mark: CompareMark, places: Mapping[str, int], lang: Lang) -> str:
    """A sentence for each pair, over all tasks."""
    sentences = [_sentence(pair, mark, places, lang) for pair in found.total.pairs]
    items = "".join(f"<li>{sentence}</li>" for sentence in sentences if sentence)
    return f'<ul class="st-list cp-said">{items}</ul>' if items else ""


def _sentence(pair: PairDuel, mark: CompareMark, places: Mapping[str, int], lang: Lang) -> str:
    difference = pair.by(mark).difference
    if difference is None:
        return ""
    sign = -1.0 if difference.mean < 0 else 1.0
    ends = sorted((sign * difference.low, sign * difference.high))
    better, worse = (pair.left, pair.right) if sign > 0 else (pair.right, pair.left)
    real = ends[0] > 0
    said = t(
        "compare.said.better" if real else "compare.said.same", lang, mark=t(f"compare.mark.{mark}", lang),
        place="{place}", other="{other}", mean=decimal(abs(difference.mean), lang, 3),
        low=_plain(ends[0], lang), high=_plain(ends[1], lang),
    )  # fmt: skip
    html = str(safe(said))
    return html.replace("{place}", place_html(places[better])).replace("{other}", place_html(places[worse]))


def _scale(differences: Sequence[Difference | None]) -> float:
    widest = max((max(abs(each.low), abs(each.high)) for each in differences if each), default=0.0)
    return next((scale for scale in _SCALES if widest <= scale), 1.0)


def _axis(scale: float, lang: Lang) -> str:
    """The head of the column of pictures: what it shows, which side is whose, and how far it reaches."""
    ends = f"<span>−{decimal(scale, lang, 2)}</span><span>0</span><span>+{decimal(scale, lang, 2)}</span>"
    return (
        f">{safe(_head('difference', lang))}"
        f'<span class="cp-sides"><span>{safe(t("compare.axis.left", lang))}</span>'
        f"<span>{safe(t('compare.axis.right', lang))}</span></span>"
        f'<span class="cp-axis" aria-hidden="true">{ends}</span>'
    )


class _Rows:
    """The rows of one task: one for each pair."""

    def __init__(
        self, row: TaskBeside, mark: CompareMark, query: Mapping[str, str], places: Mapping[str, int],
        scale: float, lang: Lang,
    ) -> None:  # fmt: skip
        self.row, self.mark, self.query, self.places = row, mark, query, places
        self.scale, self.lang = scale, lang

    def html(self) -> str:
        row, lang = self.row, self.lang
        name = titled(row.title, row.task, lang) if row.task else t("compare.all", lang)
        head = (
            f'<th scope="rowgroup" rowspan="{len(row.pairs)}">{safe(name)}'
            f'<a class="cp-n" href="{self._door("")}" data-go>{safe(number(row.n, lang))}</a></th>'
        )
        rows = "".join(
            f"<tr>{head if place == 0 else ''}{self._pair(pair)}</tr>" for place, pair in enumerate(row.pairs)
        )
        return rows

    def _pair(self, pair: PairDuel) -> str:
        duel, left, right = pair.by(self.mark), self.places[pair.left], self.places[pair.right]
        means = self.row.means(self.mark)
        cells = {
            "pair": f"{place_html(left)}{NBSP}{place_html(right)}",
            "means": f"{self._mean(pair.left, means[left - 1])} {self._mean(pair.right, means[right - 1])}",
            "difference": self._difference(duel, left, right),
            "record": self._record(duel, left, right),
            "p": self._p(duel),
        }
        return "".join(
            f'<td class="cp-{name}" data-head="{attr(_head(name, self.lang))}">{html}</td>'
            for name, html in cells.items()
        )

    def _door(self, only: str) -> str:
        """This page at the questions behind a number."""
        address = link("compare", self.lang, **self.query, task=self.row.task, only=only)
        return str(attr(f"{address}#questions"))

    def _mean(self, run: str, estimate: Estimate) -> str:
        href = attr(link("inspect", self.lang, run=run, task=self.row.task))
        return f'<a href="{href}">{safe(share(estimate.mean, self.lang))}</a>'

    def _difference(self, duel: Duel, left: int, right: int) -> str:
        found = duel.difference
        if found is None:
            return DASH
        low, mean, high = (_signed(value, self.lang) for value in (found.low, found.mean, found.high))
        hint = attr(t("compare.forest", self.lang, mean=mean, low=low, high=high))
        tone = "better" if found.low > 0 else "worse" if found.high < 0 else "same"
        return (
            f'<a class="cp-diff" href="{self._door(f"{self.mark}:{left}≠{right}")}" data-go title="{hint}">'
            f'<span class="cp-forest cp-{tone}" aria-hidden="true"><i class="cp-zero"></i>'
            f'<i class="cp-band" style="left:{self._at(found.low)};right:calc(100% - {self._at(found.high)})"></i>'
            f'<i class="cp-dot" style="left:{self._at(found.mean)}"></i></span>'
            f'<b>{safe(mean)}</b> <span class="st-ci">[{safe(low)}; {safe(high)}]</span></a>'
        )

    def _at(self, value: float) -> str:
        return f"{min(1.0, max(0.0, (value / self.scale + 1) / 2)) * 100:.1f}%"

    def _record(self, duel: Duel, left: int, right: int) -> str:
        """Wins, ties and losses as a bar of three doors; what has no score beside it."""
        parts = "".join(
            f'<a class="cp-{name}" style="flex-grow:{n}" data-go'
            f' href="{self._door(f"{self.mark}:{left}{sign}{right}")}"'
            f' aria-label="{attr(words)}" title="{attr(words)}">{safe(number(n, self.lang))}</a>'
            for name, n, sign, words in (
                ("win", duel.wins, ">", self._words("wins", duel.wins, left, right)),
                ("tie", duel.ties, "=", self._words("ties", duel.ties, left, right)),
                ("loss", duel.losses, "<", self._words("wins", duel.losses, right, left)),
            )
        )
        beside = (
            f'<span class="st-counts-rest">{safe(t("compare.left_out", self.lang, n=number(duel.left_out, self.lang)))}'
            "</span>"
            if duel.left_out
            else ""
        )
        return f'<span class="cp-wtl">{parts}</span>{beside}'

    def _words(self, key: str, n: int, place: int, other: int) -> str:
        values = {"n": number(n, self.lang)}
        if key == "wins":
            values |= {"place": str(place), "other": str(other)}
        return t(f"compare.{key}", self.lang, **values)

    def _p(self, duel: Duel) -> str:
        raw = attr(t("compare.p.raw", self.lang, p=_probability(duel.p, self.lang)))
        real = " cp-real" if duel.p_holm is not None and duel.p_holm < 0.05 else ""
        return (
            f'<span class="cp-pvalue{real}" title="{raw}">{safe(_probability(duel.p_holm, self.lang))}</span>'
        )


def _probability(p: float | None, lang: Lang) -> str:
    if p is None:
        return DASH
    return f"<{NBSP}{decimal(0.001, lang, 3)}" if p < 0.001 else decimal(p, lang, 3)


def _plain(value: float, lang: Lang) -> str:
    text = decimal(abs(value), lang, 3)
    return text if value >= 0 or text == decimal(0.0, lang, 3) else f"−{text}"


def _signed(value: float, lang: Lang) -> str:
    text = decimal(abs(value), lang, 3)
    if text == decimal(0.0, lang, 3):
        return text
    return f"{'+' if value > 0 else '−'}{text}"
