"""Addresses inside the app. All pages lie at one level, so every link is relative and survives a path prefix."""

from typing import Literal
from urllib.parse import quote, urlencode

from studio.core.leaderboard import BOARD_METRICS, BoardAsked, BoardFormat
from studio.core.leaderboard import board_asked as board_asked
from studio.core.run import MediaView
from studio.core.totals import WEIGHTINGS
from studio.texts import Lang

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


def media_url(media_base: str, view: MediaView) -> str | None:
    """Where a browser finds a medium; `media_base` is what `media_base(studio.media_dir)` gave."""
    return file_url(media_base, view.file) if view.file else None


def file_url(media_base: str, file: str) -> str:
    """Where a browser finds a file of the published media folder."""
    return f"{media_base}/{quote(file)}"


def media_base(media_dir: object) -> str:
    """The public address of the published media folder (served by `gr.set_static_paths`)."""
    return f"./gradio_api/file={quote(str(media_dir))}"


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
