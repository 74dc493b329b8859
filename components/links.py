"""Addresses inside the app. All pages lie at one level, so every link is relative and survives a path prefix."""

from typing import Literal
from urllib.parse import quote, urlencode

from studio.core.run import MediaView
from studio.texts import Lang

PageKey = Literal["run", "inspect", "annotate", "runs", "submission"]
PAGES: tuple[PageKey, ...] = ("run", "inspect", "annotate", "runs", "submission")


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
    return f"{media_base}/{quote(view.file)}" if view.file else None


def media_base(media_dir: object) -> str:
    """The public address of the published media folder (served by `gr.set_static_paths`)."""
    return f"./gradio_api/file={quote(str(media_dir))}"
