"""A model's text as it is: escaped, with the characters that one cannot see made visible, and clipped when long.

Marks are drawn by the style sheet around the original characters wherever that is possible, so that what a person
copies from the page is what the model wrote.
"""

import html
import re

from studio.texts.escape import Clipped as Clipped
from studio.texts.escape import clip as clip

# Characters that a browser draws as nothing, or that reorder what stands around them.
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff"
_SPECIAL = re.compile(
    "(?P<line>\r\n|\n|\r)"
    "|(?P<tab>\t)"
    "|(?P<spaces> {2,}|^ | $| (?=[\r\n])|(?<=[\r\n]) )"
    "|(?P<nbsp>\u00a0)"
    f"|(?P<unseen>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_UNSEEN}\ud800-\udfff\ufffe\uffff])"
)


def visible(text: str) -> str:
    """HTML of a text whose spaces at the edges and in rows, line ends, tabs and unseen characters can be seen."""
    parts, last = [], 0
    for match in _SPECIAL.finditer(text):
        parts.append(html.escape(text[last : match.start()], quote=True))
        parts.append(_mark(match))
        last = match.end()
    parts.append(html.escape(text[last:], quote=True))
    return "".join(parts)


def _mark(match: re.Match[str]) -> str:
    found = match.group()
    if match.lastgroup == "line":
        return f'<i class="ws nl{" cr" if found != chr(10) else ""}"></i>\n'
    if match.lastgroup == "tab":
        return '<i class="ws tab">\t</i>'
    if match.lastgroup == "spaces":
        return f'<i class="ws sp">{found}</i>'
    if match.lastgroup == "nbsp":
        return '<i class="ws nbsp" title="U+00A0">\u00a0</i>'
    code = ord(found)
    shown = chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else f"U+{code:04X}"
    return f'<b class="ws ctl" title="U+{code:04X}">{shown}</b>'
