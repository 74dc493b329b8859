"""Finds the final answer inside a model's whole output: the text after the last `ОТВЕТ`.

The prompts of the benchmark ask for «the word ОТВЕТ, a space, the answer». `ОТВЕТ` in capitals is the marker wherever
it stands; `Ответ:` counts only where no capital one does, and only at the start of a line or sentence, so
that «мой ответ такой» inside reasoning is not taken for it. Every pattern here runs in linear time.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from studio.core.rules import DEFAULT_RULES, Rules
from studio.metrics.trace import Trace

Marker = Literal["capital", "title", "none"]

# Capital look-alikes are allowed (models mix alphabets); «ОТВЕТЫ», «НЕОТВЕТ» are other words, «ОТВЕТ5» is not.
# A pattern that begins with letters is looked for five times as fast as one that begins with what stands before them;
# `.` is the letter itself. The odd letters of the word are those that equal these when case is ignored.
_CAPITAL = re.compile(r"[ОO](?<![^\W_].)[ТT][ВB][ЕE][ТT](?![А-Яа-яЁё])")
_WORD = re.compile(r"[оО\u1c82](?<![^\W_].)[тТ\u1c84\u1c85][вВ\u1c80][еЕ][тТ\u1c84\u1c85](?![^\W_])")
_SEPARATOR_OF_WORD = re.compile(r"[ \t*_`\"»”]{0,6}(?::|[–—-]{1,2}\s)")
_LEADING = frozenset(
    ("мой", "наш", "итоговый", "окончательный", "финальный", "правильный", "верный", "краткий", "точный",
     "что", "значит", "итак", "поэтому", "следовательно", "тогда")
)  # fmt: skip
_LOOK_BACK = 60

_SEPARATOR = re.compile(r"[*_`\"»”'\])}]*\s*(?::|=>|->|=|→|—+|[-–]+(?=\s))?[\s*_`}]*")
_REASONING = re.compile(r"(?<![^\W_])РАССУЖДЕНИ[ЕЯ](?![^\W_])")
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>answer|ответ|strong|body|html|code|span|pre|div|h[1-6]|em|br|li|ul|ol|b|i|p)"
    r"(?![^\W_])[^<>]{0,200}>",
    re.IGNORECASE,
)
# What a model's own format leaves in its text: end-of-turn marks; thoughts end with their closing tag.
_TURN = re.compile(r"<\|[^|<>\s]{1,40}\|>|</?s>")
_THOUGHT_END = "</think>"
_INLINE_TAGS = frozenset(("strong", "code", "span", "em", "b", "i"))
_CLOSERS = {'"': '"', "«": "»", "“": "”", "„": "“”", "(": ")", "[": "]", "{": "}", "'": "'"}
_SILENT = " \t\n*_`.,:;!…\"'«»“”„()[]{}-–—"


class Final(NamedTuple):
    """The final answer as written, and the marker that it followed."""

    text: str
    marker: Marker


def without_tags(text: str) -> str:
    """HTML of plain formatting and marks of turns taken off; `<ответ>` becomes the marker. `x < 5` stays."""
    return _TAG.sub(_tag_text, _TURN.sub("", text)) if "<" in text else text


def final_answer(text: str, trace: Trace, rules: Rules = DEFAULT_RULES) -> Final:
    """The text after the last marker that is followed by something; the whole text where there is no marker.

    A marker with nothing after it gives way to the one before (an answer cut short while repeating itself).
    If no marker has anything after it, the answer is empty: the model announced an answer and gave none.
    """
    capital = _allowed("marker", rules.marker, lambda: list(_CAPITAL.finditer(text)), trace)
    found = _last_filled(text, capital, rules, trace)
    if found is not None:
        return Final(trace.step("after_marker", text, found), "capital")
    title = _allowed("title_marker", rules.title_marker, lambda: list(_title_markers(text)), trace)
    found = _last_filled(text, title, rules, trace)
    if found is not None:
        return Final(trace.step("after_title_marker", text, found), "title")
    if capital or title:
        return Final(trace.step("nothing_after_marker", text, ""), "capital" if capital else "title")
    return Final(trace.rule("thought", rules.thought, text, _without_thought, shown="after_thought"), "none")


def _allowed(
    switch: str, on: bool, find: Callable[[], list[re.Match[str]]], trace: Trace
) -> list[re.Match[str]]:
    """Markers count only where their switch is on."""
    found = find() if on or trace.curious else []
    if found:
        trace.touch(switch)
    return found if on else []


def _without_thought(text: str) -> str:
    if _THOUGHT_END not in text:
        return text.strip() or text
    after = text.rpartition(_THOUGHT_END)[2].strip()
    return after or text.replace(_THOUGHT_END, "")


def _before_reasoning(answer: str) -> str:
    reasoning = _REASONING.search(answer)
    return answer[: reasoning.start()] if reasoning else answer


def _tag_text(match: re.Match[str]) -> str:
    name = match["name"].lower()
    if name in {"answer", "ответ"}:
        return "\n" if match["close"] else "\nОТВЕТ "
    return "" if name in _INLINE_TAGS else "\n"


def _title_markers(text: str) -> Iterator[re.Match[str]]:
    for match in _WORD.finditer(text):
        after = text[match.end() : match.end() + 10]
        if _SEPARATOR_OF_WORD.match(after) and _starts_sentence(text, match.start()):
            yield match


def _starts_sentence(text: str, at: int) -> bool:
    """Nothing but words like «Итак, правильный…» stands between the word and the start of its line or clause."""
    start = max(0, at - _LOOK_BACK)
    pieces = re.split(r"[\n.!?…>,;:]", text[start:at])
    if start > 0 and len(pieces) == 1:
        return False
    words = pieces[-1].lower().replace("*", " ").replace("_", " ").split()
    return all(word.strip('"«“#`-•') in _LEADING or not word.strip('"«“#`-•([{') for word in words)


def _last_filled(text: str, matches: Sequence[re.Match[str]], rules: Rules, trace: Trace) -> str | None:
    end = len(text)
    for match in reversed(matches):
        answer = _answer_of(text, match, end, rules, trace)
        if answer.strip(_SILENT):
            return answer
        end = match.start()
        if match is not matches[0]:
            trace.touch("earlier_marker")
            if not rules.earlier_marker:
                break
    return None


def _answer_of(text: str, match: re.Match[str], end: int, rules: Rules, trace: Trace) -> str:
    """What stands between a marker and `end`, without the separator, and without reasoning that follows it."""
    aside = trace.aside()
    answer = text[match.end() : end]
    answer = aside.rule("thought", rules.thought, answer, lambda t: t.partition(_THOUGHT_END)[0])
    separator = _SEPARATOR.match(answer)
    answer = answer[separator.end() :] if separator else answer
    answer = aside.rule("reasoning", rules.reasoning, answer, _before_reasoning).strip()
    opener = text[max(0, match.start() - 4) : match.start()].rstrip("*_ ")[-1:]
    closer = _CLOSERS.get(opener, "")
    return answer[:-1].rstrip() if closer and answer.endswith(tuple(closer)) else answer
