"""Addresses inside the app. All pages lie at one level, so every link is relative and survives a path prefix."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlencode

from studio.core.leaderboard import BOARD_METRICS, BoardAsked, BoardFormat
from studio.core.leaderboard import board_asked as board_asked
from studio.core.run import MediaView, Viewer
from studio.core.totals import WEIGHTINGS
from studio.texts import Lang

if TYPE_CHECKING:
    from studio.service import Studio

MediaBase = Callable[[str], str]  # the address of a file of the published folder
PageKey = Literal[
    "run", "inspect", "annotate", "runs", "leaderboard", "experiments", "submission", "whatif", "health",
    "compare", "prompts", "reasons", "organise",
]  # fmt: skip
HEADER: tuple[PageKey, ...] = (
    "run",
    "inspect",
    "annotate",
    "organise",
    "runs",
    "leaderboard",
    "experiments",
    "submission",
)
# Pages of the workbench beside Inspect: one reaches them from each other (widgets.bench_nav), not from the header.
BENCH: tuple[PageKey, ...] = ("whatif", "health", "compare", "prompts", "reasons")
PAGES: tuple[PageKey, ...] = (*HEADER, *BENCH)


def path(page: PageKey, lang: Lang) -> str:
    """The path of a page without the leading slash: "" and "inspect" in Russian, "en" and "en-inspect" in English."""
    if lang == "ru":
        return "" if page == "run" else page
    return "en" if page == "run" else f"en-{page}"


def link(page: PageKey, lang: Lang, **query: object) -> str:
    """A relative address with a query: link("inspect", "ru", run="x", cell="disagree"). Empty values are left out.

    The result still has to pass through `html.escape` inside an attribute (`widgets.text.attr`).
    """
    given = {key: str(value) for key, value in query.items() if value not in (None, "")}
    return f"./{path(page, lang)}" + (f"?{urlencode(given)}" if given else "")


def media_base(studio: "Studio", who: Viewer | None = None) -> MediaBase:
    """The one place where addresses of media come from: `components.medium` serves them. With `who` they open for this
    viewer alone, as a page does that only some may see; without, for everybody."""
    shown_to = whose(who) if who else ""
    return lambda file: f"./media/{studio.seals.seal(file, shown_to)}/{quote(file)}"


def whose(who: Viewer) -> str:
    """Whom an address of a medium is for."""
    return who.person or who.role


def media_url(base: MediaBase, view: MediaView) -> str | None:
    """Where a browser finds a medium; None where there is nothing to show."""
    return base(view.file) if view.file else None


def board_query(asked: BoardAsked) -> dict[str, str]:
    """What a leaderboard's address says; what is as usual is left out."""
    switches = {"public": asked.public, "published": asked.published, "people": asked.people}
    found = {"suite": asked.suite, "runs": ",".join(asked.runs)}
    found |= {"weighting": asked.weighting} if asked.weighting != WEIGHTINGS[0] else {}
    found |= {"metric": asked.metric} if asked.metric != BOARD_METRICS[0] else {}
    found |= {name: "off" for name, on in switches.items() if not on}
    return {name: value for name, value in found.items() if value}


def board_file(asked: BoardAsked, form: BoardFormat, lang: Lang) -> str:
    """Where the browser downloads the leaderboard (a route of `components.downloads`)."""
    ending = "tex" if form == "latex" else form
    return f"./leaderboard.{ending}?{urlencode({**board_query(asked), 'lang': lang})}"
