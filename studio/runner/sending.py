"""What of a question's media reaches the model: the setting `media`, done here once for every engine."""

from dataclasses import replace
from pathlib import Path

from studio.core.content import MediaUse, Message, Text, text_of, without_media
from studio.core.engine import Answer, Completion, Request
from studio.core.errors import MediaError
from studio.media import null_medium


def sent(request: Request, use: MediaUse, blanks: Path) -> Request:
    """The request as the engine gets it, earlier turns of a dialogue too; empty media are made in `blanks`.

    Raises MediaError where a medium whose form is wanted cannot be read, or where nothing is left to ask.
    """
    if use == "sent":
        return request
    history = tuple(replace(turn, message=_rewritten(turn.message, use, blanks)) for turn in request.history)
    message = _rewritten(request.message, use, blanks)
    if not message or not text_of(message).strip():
        raise MediaError("nothing_but_media")
    return replace(request, message=message, history=history)


def noted(answer: Answer, use: MediaUse) -> Answer:
    """The answer with a note of what the model was not shown."""
    if use == "sent" or not isinstance(answer, Completion):
        return answer
    return replace(answer, media_note={**answer.media_note, "media": use})


def _rewritten(message: Message, use: MediaUse, blanks: Path) -> Message:
    if use == "none":
        return without_media(message)
    return tuple(part if isinstance(part, Text) else null_medium(part, blanks) for part in message)
