"""Markdown that somebody here has written (instructions of a project), as markup that can do nothing but be read.

HTML in it is shown as it is written; of a picture its words are shown, and that pictures are not; a link leads only to
the web, in a tab of its own.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from components.widgets.text import safe
from studio.texts import Lang, t

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def markdown_html(text: str, lang: Lang) -> str:
    """CommonMark with tables, each line a line. Headings begin at the third level: they stand inside a page."""
    return f'<div class="st-md">{_parser().render(text, {"lang": lang})}</div>'


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    parser.validateLink = lambda url: (
        _leads_to_web(url) or ":" not in url
    )  # a picture may be named by its file
    parser.core.ruler.push("deeper", _deeper)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("image", _image)
    return parser


def _leads_to_web(url: str) -> bool:
    return url.strip().lower().startswith(("https://", "http://"))


def _deeper(state: Any) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"


def _image(
    renderer: Any, tokens: Sequence[Any], index: int, options: Mapping[str, Any], env: Mapping[str, Any]
) -> str:
    """No picture from elsewhere: it would tell its server who reads this, and when."""
    words = renderer.renderInlineAsText(tokens[index].children or [], options, env)
    lang: Lang = env["lang"]
    key = "markdown.picture" if words.strip() else "markdown.picture.bare"
    return f'<span class="st-md-picture">{safe(t(key, lang, words=words.strip()))}</span>'


def _link_open(
    renderer: Any, tokens: Sequence[Any], index: int, options: Mapping[str, Any], env: Mapping[str, Any]
) -> str:
    if not _leads_to_web(str(tokens[index].attrs.get("href", ""))):
        return "<a>"
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer")
    return str(renderer.renderToken(tokens, index, options, env))
