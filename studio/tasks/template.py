"""Fill an instruction: text into its `{slots}`, media into the places of `<image>`, `<audio_1>` and so on.

MERA fills with `str.format`. A foreign template is not run through it here: `{question.__class__}` would reach
into objects, and a literal JSON brace would raise. The rules instead:

- `{name}` with a simple name takes the value; the value is text for good (its braces and placeholders mean nothing).
- `{{` and `}}` are braces where the whole template is a valid format string of simple names, as in MERA;
  in any other template (JSON with plain braces) every other brace stays as it is.
- A slot that the record has as None, and an option that it does not have, take their line with them, and also a
  label line ("Пояснение:") that is left with nothing under it. Where the line holds something else besides, only
  the slot and its label ("C. ") go. MERA would print `None`. An empty string is filled in as it is.
- A placeholder of a medium that the record has as None and that a record may lack (`image_2`, `audio_2`, and what the
  task names as optional) goes the same way; a sentence around it stays. What is left begins without blank lines.
- Any other slot without a value is a problem that names it.
- `<image_2>` takes the medium `image_2`; `<image>` takes `image`, else the next of its kind that is still free.
  A placeholder without a medium, or a medium without a placeholder, is a problem; MERA's harness raises there.
- Only the instruction has placeholders. `<audio>` inside a value becomes the word «аудио» (as MERA's own upload
  of RuSLUn does), because many chat templates would take it for a medium.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from studio.core.content import Media, Message, Modality, Part, Text
from studio.core.errors import Problem

_PLACEHOLDER = re.compile(r"<(image|audio|video)(?:_(\d+))?>")
_LOOSE_SLOT = re.compile(r"\{([^\W\d]\w*(?:[.\[!:][^{}\n]*)?)\}")
_OPTION = re.compile(r"option_[a-z]")
_LABEL_BEFORE_SLOT = re.compile(r"(?:[,;]\s*)?(?:\b\w[.):]\s*)?\s*$")
_WORDS = {"image": "изображение", "audio": "аудио", "video": "видео"}


@dataclass(frozen=True)
class Filled:
    """The message of a sample; `problem` when the instruction and the record do not fit together."""

    message: Message
    problem: Problem | None = None


@dataclass(frozen=True)
class _Slot:
    name: str


@dataclass(frozen=True)
class _Placeholder:
    modality: str
    number: str | None

    @property
    def key(self) -> str:
        return self.modality if self.number is None else f"{self.modality}_{self.number}"


_Token = str | _Slot | _Placeholder
_Line = list[_Token]


def fill(
    template: str,
    texts: Mapping[str, str],
    absent: Iterable[str],
    media: Sequence[Media],
    optional: Container[str] = (),
) -> Filled:
    """The instruction filled with a record.

    `texts` are the text inputs, `absent` the keys that the record has as None, `media` in the record's order;
    `optional` are media that a record of this task may lack.
    """
    missing = frozenset(absent)
    spared = _spared(missing, optional)
    lines = _without_absent(_tokens(template), _AbsentTokens(texts, missing, spared).__contains__)
    if spared:
        _drop_first_newlines(lines)
    placeholders = [token for line in lines for token in line if isinstance(token, _Placeholder)]
    places = _assign(placeholders, media)
    message = _message(lines, texts, places)
    return Filled(message, _slot_problem(lines, texts) or _media_problem(placeholders, places, media))


def slots_of(template: str) -> frozenset[str]:
    """The names of a template's slots and the keys of its media: `question`, `option_a`, `audio_1`."""
    tokens = (token for line in _lines(template) for token in line if not isinstance(token, str))
    return frozenset(token.name if isinstance(token, _Slot) else token.key for token in tokens)


def _spared(missing: frozenset[str], optional: Container[str]) -> frozenset[str]:
    """The media that a record lacks and may lack: those named so, and every second and further one."""
    media = (key for key in missing if media_key(key))
    return frozenset(key for key in media if key in optional or int(key.partition("_")[2] or 1) > 1)


@dataclass(frozen=True)
class _AbsentTokens:
    """The slots and placeholders that a record leaves empty."""

    texts: Mapping[str, str]
    missing: frozenset[str]
    media: frozenset[str]

    def __contains__(self, token: _Token) -> bool:
        if isinstance(token, _Placeholder):
            return token.key in self.media
        if isinstance(token, str) or token.name in self.texts:
            return False
        return token.name in self.missing or _OPTION.fullmatch(token.name) is not None


# --- reading the template ---------------------------------------------------------------------------------


def _tokens(template: str) -> list[_Line]:
    """The template as lines of literals, slots and placeholders; a line's end is in its last literal."""
    return [list(line) for line in _lines(template)]


@lru_cache(maxsize=1024)  # thousands of records share some tens of templates
def _lines(template: str) -> tuple[tuple[_Token, ...], ...]:
    lines: list[_Line] = [[]]
    for token in _flat_tokens(template):
        if not isinstance(token, str):
            lines[-1].append(token)
            continue
        for piece in token.splitlines(keepends=True):
            lines[-1].append(piece)
            if piece.endswith("\n"):
                lines.append([])
    return tuple(tuple(line) for line in lines if line)


def _flat_tokens(template: str) -> Iterable[_Token]:
    for token in _format_tokens(template) or _loose_tokens(template):
        if isinstance(token, str):
            yield from _split_placeholders(token)
        else:
            yield token


def _format_tokens(template: str) -> list[_Token] | None:
    """The template as `str.format` sees it; None when it is not a format string of simple names."""
    tokens: list[_Token] = []
    try:
        for literal, name, spec, conversion in Formatter().parse(template):
            tokens.append(literal)
            if name is None:
                continue
            if not name.isidentifier() or spec or conversion:
                return None
            tokens.append(_Slot(name))
    except ValueError:
        return None
    return tokens


def _loose_tokens(template: str) -> list[_Token]:
    pieces = _LOOSE_SLOT.split(template)
    return [_Slot(piece) if index % 2 else piece for index, piece in enumerate(pieces)]


def _split_placeholders(text: str) -> Iterable[_Token]:
    at = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        yield _Placeholder(match[1], match[2])
        at = match.end()
    if at < len(text):
        yield text[at:]


# --- leaving out what the record does not have ------------------------------------------------------------


def _without_absent(lines: list[_Line], absent: Callable[[_Token], bool]) -> list[_Line]:
    kept: list[_Line] = []
    removed = False  # the lines just above were left out
    for line in lines:
        gone = [absent(token) for token in line]
        rest = [
            token
            for token, is_gone in zip(line, gone, strict=True)
            if not is_gone and not isinstance(token, str)
        ]
        if any(gone) and not rest and not _is_sentence(line, gone):
            removed = True
            continue
        if removed and not _literal(line).strip() and not rest:
            _drop_label(kept)
        removed = False
        kept.append(_without_slots(line, gone) if any(gone) else line)
    if removed:
        _drop_label(kept)
        _drop_last_newline(kept)
    return kept


def _is_sentence(line: _Line, gone: Sequence[bool]) -> bool:
    """Words around an absent picture are kept ("Посмотрите на <image> внимательно."), a mere label of it is not."""
    placeholders = (
        isinstance(token, _Placeholder) and is_gone for token, is_gone in zip(line, gone, strict=True)
    )
    words = _literal(line).strip().strip(".,;")
    return any(placeholders) and bool(words) and not words.endswith(":")


def _drop_first_newlines(lines: list[_Line]) -> None:
    while lines and not any(not isinstance(token, str) or token.strip("\r\n") for token in lines[0]):
        lines.pop(0)


def _drop_label(kept: list[_Line]) -> None:
    """A line like "Пояснение:" whose text was left out says nothing."""
    if (
        kept
        and all(isinstance(token, str) for token in kept[-1])
        and _literal(kept[-1]).rstrip().endswith(":")
    ):
        kept.pop()


def _drop_last_newline(kept: list[_Line]) -> None:
    if kept and isinstance(kept[-1][-1], str):
        kept[-1][-1] = kept[-1][-1].removesuffix("\n")


def _without_slots(line: _Line, gone: Sequence[bool]) -> _Line:
    """The line without its absent slots and the labels before them: `A. {option_a}, C. {option_c}` -> `A. …`."""
    out: _Line = []
    for token, is_gone in zip(line, gone, strict=True):
        if not is_gone:
            out.append(token)
        elif out and isinstance(out[-1], str):
            out[-1] = _LABEL_BEFORE_SLOT.sub("", out[-1], count=1)
    out = [token for token in out if token != ""]
    if isinstance(out[0], str):
        out[0] = re.sub(r"^[,;]\s*", "", out[0])
    return out


def _literal(line: _Line) -> str:
    return "".join(token for token in line if isinstance(token, str))


# --- putting the values in --------------------------------------------------------------------------------


def _assign(placeholders: Sequence[_Placeholder], media: Sequence[Media]) -> list[Media | None]:
    """The medium of each placeholder: by key first, then the next free one of the kind."""
    free = list(media)
    places: list[Media | None] = [None] * len(placeholders)
    for matches in (_same_key, _same_kind):
        for index, placeholder in enumerate(placeholders):
            if places[index] is None:
                found = next((medium for medium in free if matches(placeholder, medium)), None)
                if found is not None:
                    places[index] = found
                    free.remove(found)
    return places


def _same_key(placeholder: _Placeholder, medium: Media) -> bool:
    return placeholder.key == medium.key


def _same_kind(placeholder: _Placeholder, medium: Media) -> bool:
    """`<audio>` takes `audio_1`; `<image_1>` takes `image`; `<image_3>` takes nothing but `image_3`."""
    if placeholder.modality != medium.modality:
        return False
    return placeholder.number is None or (placeholder.number == "1" and medium.key == medium.modality)


def _message(lines: list[_Line], texts: Mapping[str, str], places: Sequence[Media | None]) -> Message:
    parts: list[Part] = []
    text: list[str] = []
    coming = iter(places)
    for token in (token for line in lines for token in line):
        if isinstance(token, _Placeholder) and (medium := next(coming)) is not None:
            if written := "".join(text):
                parts.append(Text(written))
            text.clear()
            parts.append(medium)
        else:
            text.append(_as_text(token, texts))
    if written := "".join(text):
        parts.append(Text(written))
    return tuple(parts)


def _as_text(token: _Token, texts: Mapping[str, str]) -> str:
    if isinstance(token, str):
        return token
    if isinstance(token, _Placeholder):
        return f"<{token.key}>"
    value = texts.get(token.name)
    return f"{{{token.name}}}" if value is None else _PLACEHOLDER.sub(lambda match: _WORDS[match[1]], value)


def _slot_problem(lines: list[_Line], texts: Mapping[str, str]) -> Problem | None:
    slots = (token.name for line in lines for token in line if isinstance(token, _Slot))
    unknown = [name for name in dict.fromkeys(slots) if name not in texts]
    if not unknown:
        return None
    known = ", ".join(f"{{{name}}}" for name in texts) or "—"
    return Problem("unknown_slot", {"slots": ", ".join(f"{{{name}}}" for name in unknown), "known": known})


def _media_problem(
    placeholders: Sequence[_Placeholder], places: Sequence[Media | None], media: Sequence[Media]
) -> Problem | None:
    for placeholder, medium in zip(placeholders, places, strict=True):
        if medium is None:
            return Problem("placeholder_without_medium", {"placeholder": f"<{placeholder.key}>"})
    placed = {medium.key for medium in places if medium is not None}
    for medium in media:
        if medium.key not in placed:
            return Problem("medium_without_placeholder", {"key": medium.key})
    return None


@lru_cache(maxsize=1024)  # thousands of records share some tens of keys
def media_key(key: str) -> Modality | None:
    """The modality of a medium's slot (`image`, `audio_2`), None for any other key of `inputs`."""
    match = _PLACEHOLDER.fullmatch(f"<{key}>")
    kinds: dict[str, Modality] = {"image": "image", "audio": "audio", "video": "video"}
    return kinds[match[1]] if match else None
