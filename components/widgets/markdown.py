"""Markdown that somebody here has written (instructions of a project), as markup that can do nothing but be read.

HTML in it is shown as it is written; pictures are links; a link leads only to the web, in a tab of its own.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def markdown_html(text: str) -> str:
    """CommonMark with tables, each line a line. Headings begin at the third level: they stand inside a page."""
    return f'<div class="st-md">{_parser().render(text)}</div>'


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")
    parser.validateLink = lambda url: url.strip().lower().startswith(("https://", "http://"))
    parser.core.ruler.push("deeper", _deeper)
    parser.add_render_rule("link_open", _link_open)
    return parser


def _deeper(state: Any) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"


def _link_open(
    renderer: Any, tokens: Sequence[Any], index: int, options: Mapping[str, Any], env: Mapping[str, Any]
) -> str:
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer")
    return str(renderer.renderToken(tokens, index, options, env))
