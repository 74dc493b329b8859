"""A message becomes what a processor wants: one text with media tokens in place, and the media beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.core.content import MODALITIES, Modality
from studio.engines.families import Family

Style = Literal["parts", "string", "plain"]
# Shorter special tokens are ordinary characters that a vocabulary happens to list (a line break, a bracket).
_SHORTEST_CONTROL = 3


@dataclass(frozen=True)
class Piece:
    """A part of a message after loading: text, or one medium that the model is given as it is.

    `medium` is a picture (PIL), a sound (float32, mono) or the frames of a clip (uint8, frames x height x width x 3);
    `metadata` of a clip in transformers' words (frame rate, indices).
    """

    kind: Modality | Literal["text"]
    text: str = ""
    medium: Any = None
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Exchange:
    """An earlier question after loading, and the answer to it."""

    pieces: tuple[Piece, ...]
    answer: str


class PromptWriter:
    """Writes prompts in a checkpoint's own way: by its chat template, or as plain text where it has none.

    The way is found once, by asking the template for a prompt with one medium of each kind and counting the tokens:
    some templates take a list of parts, others only a string in which the tokens already stand.
    """

    def __init__(
        self, processor: Any, tokenizer: Any, family: Family, modalities: frozenset[Modality]
    ) -> None:
        self._family = family
        self._bos = str(getattr(tokenizer, "bos_token", None) or "")
        self.tokens = {kind: self._token(processor, kind) for kind in MODALITIES}
        self._control = _control_pattern(tokenizer, [token for token in self.tokens.values() if token])
        holders = [holder for holder in (processor, tokenizer) if getattr(holder, "chat_template", None)]
        self._template: Any = holders[0].apply_chat_template if holders else None
        self._style = self._find_style(modalities)
        self._takes_history = self._style != "plain" and self._writes_history()

    @property
    def style(self) -> Style:
        """`parts` or `string`: what the chat template takes. `plain`: there is none."""
        return self._style

    @property
    def takes_history(self) -> bool:
        """Whether the template writes earlier questions and answers before the question."""
        return self._takes_history

    def write(self, pieces: Sequence[Piece], earlier: Sequence[Exchange] = ()) -> str:
        """The prompt of one message, up to where the answer begins; earlier questions and answers before it."""
        before = [Exchange(tuple(self._ordered(each.pieces)), each.answer) for each in earlier]
        return self._write(self._ordered(pieces), self._style, before)

    def order(self, pieces: Sequence[Piece], earlier: Sequence[Exchange] = ()) -> list[Piece]:
        """The media of a prompt in the order of their tokens in it."""
        rows = [*(each.pieces for each in earlier), tuple(pieces)]
        return [piece for row in rows for piece in self._ordered(row) if piece.kind != "text"]

    def adds_special_tokens(self, prompt: str) -> bool:
        """Whether the tokenizer should still add its own: not when the template has written the first one already."""
        return not (self._bos and prompt.startswith(self._bos))

    def n_escaped(self, pieces: Sequence[Piece]) -> int:
        """How many control tokens a message's own text holds; each is broken by a space so that it stays text."""
        return sum(len(self._control.findall(piece.text)) for piece in pieces if piece.kind == "text")

    def _ordered(self, pieces: Sequence[Piece]) -> list[Piece]:
        if not self._family.media_first:
            return list(pieces)
        return sorted(pieces, key=lambda piece: piece.kind == "text")

    def _write(self, pieces: Sequence[Piece], style: Style, before: Sequence[Exchange] = ()) -> str:
        if style == "plain":
            return self._as_text(pieces)
        messages = []
        for each in before:
            said = Piece("text", each.answer)
            messages += [self._message("user", each.pieces, style), self._message("assistant", [said], style)]
        messages.append(self._message("user", pieces, style))
        return str(self._template(messages, add_generation_prompt=True, tokenize=False))

    def _message(self, role: str, pieces: Sequence[Piece], style: Style) -> dict[str, Any]:
        content = [self._part(piece) for piece in pieces] if style == "parts" else self._as_text(pieces)
        return {"role": role, "content": content}

    def _part(self, piece: Piece) -> dict[str, str]:
        if piece.kind == "text":
            return {"type": "text", "text": self._escaped(piece.text)}
        return {"type": piece.kind}

    def _as_text(self, pieces: Sequence[Piece]) -> str:
        return "".join(
            self._escaped(piece.text) if piece.kind == "text" else self._wrapped(piece.kind)
            for piece in pieces
        )

    def _wrapped(self, kind: Modality) -> str:
        return self._family.wrap.get(kind, "{}").format(self.tokens[kind])

    def _escaped(self, text: str) -> str:
        return self._control.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)

    def _token(self, processor: Any, kind: Modality) -> str:
        return str(getattr(processor, f"{kind}_token", None) or self._family.tokens.get(kind, ""))

    def _find_style(self, modalities: frozenset[Modality]) -> Style:
        from jinja2 import TemplateError

        if self._template is None:
            return "plain"
        probe = [Piece("text", "?"), *(Piece(kind) for kind in MODALITIES if kind in modalities)]
        probe = [piece for piece in probe if piece.kind != "video" or self._family.native_video]
        for style in ("parts", "string"):
            try:
                if self._complete(self._write(probe, style), probe):
                    return style
            except (TemplateError, TypeError, ValueError, KeyError, AttributeError):
                continue
        return "plain"

    def _writes_history(self) -> bool:
        """Asks the template for a dialogue: some refuse more than one question, some drop what was said."""
        from jinja2 import TemplateError

        earlier = [Exchange((Piece("text", "first?"),), "said")]
        try:
            prompt = self._write([Piece("text", "second?")], self._style, earlier)
        except (TemplateError, TypeError, ValueError, KeyError, AttributeError):
            return False
        places = [prompt.find(text) for text in ("first?", "said", "second?")]
        return -1 not in places and places == sorted(places)

    def _complete(self, prompt: str, probe: Sequence[Piece]) -> bool:
        tokens = [self.tokens[piece.kind] for piece in probe if piece.kind != "text"]
        return "?" in prompt and all(prompt.count(token) >= tokens.count(token) for token in tokens if token)


def _control_pattern(tokenizer: Any, media_tokens: list[str]) -> re.Pattern[str]:
    """Matches what the tokenizer would take for a control or media token if it stood in a question's text."""
    tokens = {*media_tokens, *getattr(tokenizer, "all_special_tokens", [])}
    wanted = sorted((t for t in tokens if len(t) >= _SHORTEST_CONTROL), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, wanted)) or r"(?!)")
