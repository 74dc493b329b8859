"""Text that came from data, made safe for markup: escaped, control characters made visible, long texts clipped.

Everything that a model, a person or a file wrote passes through here on its way into a page or a file of HTML.
"""

import html
import re
from dataclasses import dataclass

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
HEAD, TAIL = 3_000, 1_500  # characters shown of a long text; the end matters, answers stand there


@dataclass(frozen=True)
class Clipped:
    """A long text cut in its middle: `skipped` characters stand between `head` and `tail`."""

    head: str
    tail: str = ""
    skipped: int = 0


def safe(text: object) -> str:
    """Escaped text with control and direction characters shown as signs (␀, ␛, ⟨U+202E⟩); newlines and tabs stay."""
    return html.escape(_CONTROLS.sub(_sign, str(text).replace("\r\n", "\n")), quote=True)


def clip(text: str, head: int = HEAD, tail: int = TAIL) -> Clipped:
    """The beginning and the end of a text; the whole of it when little would be left out."""
    skipped = len(text) - head - tail
    return Clipped(text[:head], text[-tail:], skipped) if skipped > tail else Clipped(text)


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
