"""Which characters are the same to a reader: spaces, dashes, quotes, look-alike letters, and what is invisible."""

import re
import unicodedata
from collections.abc import Sequence

from studio.core.rules import DEFAULT_RULES, Rules
from studio.metrics.trace import SILENT, Trace

EMOJI = "".join(
    chr(code)
    for first, last in ((0x2600, 0x27BF), (0x2B50, 0x2B55), (0x1F000, 0x1FAFF), (0xFE0E, 0xFE0F))
    for code in range(first, last + 1)
)
_EMOJI = re.compile(r"[☀-➿⭐-⭕🀀-🫿︎️\u20e3]+")

# Control and format characters that a reader does not see: C0 and C1 but tab and newline, soft hyphen, zero-width
# and bidirectional marks, byte order mark, and lone surrogates, which no text file can hold.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_NEWLINES = re.compile("\r\n?|\x85|\u2028|\u2029")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# `５`, `Ａ` of East Asian text and circled letters are ASCII to a reader.
_ASCII = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{0x24B6 + i: ord("A") + i for i in range(26)},
    **{0x24D0 + i: ord("a") + i for i in range(26)},
}

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
_QUOTES = str.maketrans({**dict.fromkeys("«»„“”‟〝〞＂", '"'), **dict.fromkeys("‘’‚‛‹›`´", "'")})
# Translating a text goes through it character by character; most texts have nothing to translate, which a search tells
# ten times as fast.
_ORDINARY = re.compile(
    "[ -~\u0400-\u045f«»—–…“”„’№\n]*+"
)  # nothing to do for `visible`: most texts are of these alone
_WIDE = re.compile("[\uff01-\uff5e\u24b6-\u24e9]")
_DASH = re.compile("[‐‑‒–—―−﹘﹣－]")
_QUOTE = re.compile("[«»„“”‟〝〞＂‘’‚‛‹›`´]")

# Capital letters that look the same, to Latin. Only true look-alikes: Б, Г, Д, И, П… have no Latin twin.
_TO_LATIN = str.maketrans("АВЕЁІЈКМНОРЅСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEEIJKMHOPSCTYXABEZHIKMNOPTYX")
_CYRILLIC_ORDER = "АБВГДЕЖЗ"


def visible(text: str) -> str:
    """The text without invisible characters, with one kind of newline, of space, and of width."""
    if _ORDINARY.fullmatch(text):
        return text
    text = _SPACES.sub(" ", _INVISIBLE.sub("", _NEWLINES.sub("\n", text)))
    return text.translate(_ASCII) if _WIDE.search(text) else text


def without_emoji(text: str) -> str:
    return _EMOJI.sub("", text)


def plain_dashes(text: str) -> str:
    """Every dash, hyphen and minus as `-`."""
    return text.translate(_DASHES) if _DASH.search(text) else text


def plain_quotes(text: str) -> str:
    """Every double quote as `"`, every single one as `'`."""
    return text.translate(_QUOTES) if _QUOTE.search(text) else text


def fold_letter(letter: str, rules: Rules = DEFAULT_RULES, trace: Trace = SILENT) -> str:
    """A single letter as its Latin look-alike in upper case: `а`, `А`, `ａ`, `Ⓐ` are all `A`; `б` stays `Б`."""
    plain = unicodedata.normalize("NFKC", letter)
    upper = trace.rule("case", rules.case, plain, str.upper)
    return trace.rule("look_alike", rules.look_alike, upper, lambda text: text.translate(_TO_LATIN))


def accepted_letters(
    gold: str, option_keys: Sequence[str], rules: Rules = DEFAULT_RULES, trace: Trace = SILENT
) -> frozenset[str]:
    """The folded letters that mean the same option as the gold letter.

    Usually one. A gold `Б` beside options A, B, C, D cannot be a look-alike of any of them: it was numbered by
    the Russian alphabet, so it stands for the second option and both `Б` and `B` are right. A gold `В` is
    left as the look-alike of `B`, because one record alone does not tell which was meant.
    """
    letter = fold_letter(gold, rules, trace)
    keys = [fold_letter(key, rules, trace) for key in option_keys]
    place = _CYRILLIC_ORDER.find(letter)
    if letter in keys or not 0 <= place < len(keys):
        return frozenset({letter})
    trace.touch("alphabet")
    if not rules.alphabet:
        return frozenset({letter})
    return frozenset({letter, keys[place]})
