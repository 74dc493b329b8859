"""From a request to the body of a chat completion: texts, and media in the parts that the server understands."""

import base64
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from studio.core.content import Media, Message, Text, media_of
from studio.core.engine import Request, Settings
from studio.media import Carried, Recent, carry, encode_picture, keep_file, load_frames, plain_picture
from studio.servers import Dialect, takes

_Sent = tuple[list[dict[str, Any]], dict[str, Any]]  # a medium's parts of the body, and what was done to it


@dataclass(frozen=True)
class Written:
    """A chat completion's body, and what was done to the media of the question itself."""

    body: dict[str, Any]
    note: dict[str, Any]

    @property
    def n_bytes(self) -> int:
        """About what the body takes in memory and on the wire: its texts, media among them."""
        return _weight(self.body["messages"])


class Writer:
    """Writes requests for one model on servers of one dialect. May be called from several threads."""

    def __init__(self, model: str, dialect: Dialect, files: Path, *, near: bool = False) -> None:
        """`files` is the folder for `load="files"`: the server must be allowed to read it. To servers that are `near`
        bytes are sent sooner than packed."""
        self._model = model
        self._dialect = dialect
        self._files = files
        self._picture = plain_picture if near else _packed
        self._recent: Recent[_Sent] = Recent(lambda sent: _weight(sent[0]))

    def write(self, request: Request, settings: Settings) -> Written:
        """Reads the media. Raises MediaError for one that cannot be used."""
        note: dict[str, Any] = {}
        messages: list[dict[str, Any]] = []
        # The times of frames are told once a request, so a second clip would be given the first one's.
        clips = sum(
            medium.modality == "video" for message in request.messages for medium in media_of(message)
        )
        lone = clips == 1
        for turn in request.history:
            content = self._content(turn.message, settings, {}, lone=False)
            messages.append({"role": "user", "content": content})
            messages.append({"role": "assistant", "content": self._said(turn.answer)})
        content = self._content(request.message, settings, note, lone=lone)
        messages.append({"role": "user", "content": content})
        body = {"model": self._model, "messages": messages, **self._generation(settings)}
        if clip := next((item for item in note.values() if item.get("sent_as") == "frames"), None):
            body["media_io_kwargs"] = {"video": _times(clip)}
        return Written(body, note)

    def _generation(self, settings: Settings) -> dict[str, Any]:
        body: dict[str, Any] = {
            self._dialect.token_limit: settings.max_new_tokens,
            "temperature": settings.temperature,
            "top_p": settings.top_p,
        }
        if self._dialect.seeded:
            body["seed"] = settings.seed
        if settings.stop:
            body["stop"] = list(settings.stop)
        return body

    def _said(self, answer: str) -> Any:
        return answer if self._dialect.plain_text else [{"type": "text", "text": answer}]

    def _content(self, message: Message, settings: Settings, note: dict[str, Any], *, lone: bool) -> Any:
        if self._dialect.plain_text and all(isinstance(part, Text) for part in message):
            return "".join(part.text for part in message if isinstance(part, Text))
        parts: list[dict[str, Any]] = []
        for part in message:
            if isinstance(part, Text):
                parts.append({"type": "text", "text": part.text})
            else:
                found, done = self._recent.get(
                    _key(part, settings, lone=lone), partial(self._medium, part, settings, lone=lone)
                )
                note[part.key] = dict(done)
                parts += found
        return parts

    def _medium(self, medium: Media, settings: Settings, *, lone: bool) -> _Sent:
        if not takes(self._dialect, medium.modality, clips_as_pictures=settings.clips_as_pictures):
            frames, note = load_frames(medium.path, settings.frames, settings.box)
            pictures = [self._part(encode_picture(frame), settings) for frame in frames]
            return pictures, {**note, "sent_as": "images"}
        if medium.modality == "video" and lone and self._dialect.told_frames and settings.load == "object":
            frames, note = load_frames(medium.path, settings.frames, settings.box)
            return [self._frames_part(frames)], {**note, "sent_as": "frames"}
        carried = carry(medium, settings.load, settings.box)
        note = {**carried.note, "load": settings.load}
        if medium.modality == "video":
            note["sent_as"] = "clip"  # the server takes frames as it was started to
        return [self._part(carried, settings)], note

    def _frames_part(self, frames: Sequence[Any]) -> dict[str, Any]:
        """A clip as frames; `video/jpeg` is vLLM's name for a list of pictures of any format."""
        pictures = ",".join(_base64(self._picture(frame)) for frame in frames)
        return _url_part("video_url", f"data:video/jpeg;base64,{pictures}")

    def _part(self, carried: Carried, settings: Settings) -> dict[str, Any]:
        if settings.load == "files":
            return _url_part(f"{carried.modality}_url", keep_file(carried, self._files).as_uri())
        return _ENCODERS[self._kind(carried)](carried)

    def _kind(self, carried: Carried) -> str:
        return self._dialect.sound if carried.modality == "audio" else f"{carried.modality}_url"


def _packed(picture: Any) -> bytes:
    return encode_picture(picture).data


def _key(medium: Media, settings: Settings, *, lone: bool) -> Hashable:
    """All that decides how a medium is sent."""
    sent = (settings.load, settings.box, settings.frames, settings.clips_as_pictures, lone)
    return (medium.modality, medium.sha256, medium.path.name, *sent)


def _weight(value: Any) -> int:
    """The length of all texts in nested lists and dicts."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_weight(each) for each in value.values())
    return sum(_weight(each) for each in value) if isinstance(value, list) else 0


def _times(clip: dict[str, Any]) -> dict[str, Any]:
    """What vLLM must be told of frames: where they stood in the clip, as its own reader would have found."""
    times = {
        "num_frames": len(clip["indices"]),
        "frames_indices": clip["indices"],
        "total_num_frames": clip["frames"],
    }
    return {**times, "fps": clip["fps"] or 1.0, "duration": clip["duration_s"] or 0.0}


def _url_part(kind: str, url: str) -> dict[str, Any]:
    return {"type": kind, kind: {"url": url}}


def _data_url(kind: str) -> Callable[[Carried], dict[str, Any]]:
    return lambda carried: _url_part(kind, f"data:{carried.mime};base64,{_base64(carried.data)}")


def _input_audio(carried: Carried) -> dict[str, Any]:
    return {"type": "input_audio", "input_audio": {"data": _base64(carried.data), "format": carried.format}}


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


_ENCODERS: dict[str, Callable[[Carried], dict[str, Any]]] = {
    "image_url": _data_url("image_url"),
    "audio_url": _data_url("audio_url"),
    "video_url": _data_url("video_url"),
    "input_audio": _input_audio,
}
