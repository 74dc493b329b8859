"""What a model received of a sample's media: looked up in the note of its answer, made again to be looked at."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.core.content import Media
from studio.core.engine import Settings as EngineSettings
from studio.core.errors import BadInput, MediaError, Problem
from studio.core.evidence import Evidence, SentPicture
from studio.core.task import known_digest
from studio.media import Asked, Exhibits, null_medium
from studio.store import Store

_RATE = 16_000  # Hz, of a sound whose note does not tell


class MediaEvidence:
    """The media of answers as their models received them. Nobody's gold and nobody's answer is among them: whoever
    may see a sample's media may see these."""

    def __init__(self, store: Store, served: Path, blanks: Path) -> None:
        """`served` is the folder of published media, `blanks` that of the empty ones."""
        self._store = store
        self._exhibits = Exhibits(served)
        self._blanks = blanks

    def of(self, run_id: str, sample_id: int, place: int) -> Evidence:
        """What the model received of the medium at this place of the sample, from 0.

        What is made takes a second or two the first time. Raises BadInput: no such run, sample or medium.
        """
        medium, note, settings = self._found(run_id, sample_id, place)
        done = note.get(medium.key)
        told = Evidence(
            place, medium.modality, medium.key, medium.sha256, "unknown", changed=_changed(medium)
        )
        if self._store.runs.get(run_id).kind == "human":
            return replace(told, form="people")
        if note.get("media") == "none":
            return replace(told, form="none", changed=None)
        if not isinstance(done, Mapping):
            return told
        try:
            return self._shown(told, medium, done, settings, blank=note.get("media") == "null")
        except MediaError as error:
            return replace(told, problem=told.changed or error.problem)

    def frame(self, run_id: str, sample_id: int, place: int, number: int) -> SentPicture:
        """One of the frames that were taken of a clip, whole; `number` is its place among them, from 0.

        Raises BadInput: no such frame; the clip is gone or has changed.
        """
        medium, note, settings = self._found(run_id, sample_id, place)
        done = note.get(medium.key)
        asked = _asked(settings, done if isinstance(done, Mapping) else {})
        if not 0 <= number < asked.n_frames:
            raise BadInput("evidence_no_frame", number=number + 1, n=asked.n_frames)
        if problem := _changed(medium):
            raise MediaError(problem.code, **problem.values)
        seen = self._seen(medium, blank=note.get("media") == "null")
        return self._exhibits.frame(seen, asked, number)

    def _found(
        self, run_id: str, sample_id: int, place: int
    ) -> tuple[Media, Mapping[str, Any], EngineSettings]:
        row = self._store.runs.get(run_id)
        answer = self._store.browse.answer(run_id, sample_id)
        (stored,) = self._store.tasks.samples([sample_id])
        if not 0 <= place < len(stored.sample.media):
            raise BadInput("evidence_no_medium", number=place + 1, n=len(stored.sample.media))
        return stored.sample.media[place], answer.media_note, row.spec.settings

    def _seen(self, medium: Media, *, blank: bool) -> Media:
        return null_medium(medium, self._blanks) if blank else medium

    def _shown(
        self,
        told: Evidence,
        medium: Media,
        done: Mapping[str, Any],
        settings: EngineSettings,
        *,
        blank: bool,
    ) -> Evidence:
        """With what there is to look at. Raises MediaError."""
        asked = _asked(settings, done)
        if told.changed and (blank or not self._exhibits.has(medium, asked)):
            # Nothing is made of another file; only what was made of the right one before may be shown.
            return replace(told, problem=told.changed)
        seen = self._seen(medium, blank=blank)
        told = replace(told, blank=blank, sha256=seen.sha256, sent_as=str(done.get("sent_as") or ""))
        told = replace(told, native_size=_size(done))
        if medium.modality == "image":
            return _checked(_picture(told, self._exhibits.picture(seen, asked)), done)
        if medium.modality == "audio":
            told = replace(told, form="made", sound=self._exhibits.sound(seen, asked), **_heard(done))
            return _checked(told, done)
        if not asked.n_frames:
            return replace(told, form="whole", sent_bytes=done.get("sent_bytes"))
        clip = self._exhibits.clip(seen, asked)
        told = replace(
            told, form="made", frames=clip.frames, frame_size=clip.size, n_frames=clip.n_frames, fps=clip.fps,
            whole_s=clip.seconds,
        )  # fmt: skip
        return _checked(told, done)


def _asked(settings: EngineSettings, done: Mapping[str, Any]) -> Asked:
    indices = done.get("indices")
    return Asked(
        box=settings.box,
        load=done.get("load") or "object",
        rate=int(done.get("sent_rate") or _RATE),
        n_frames=len(indices) if isinstance(indices, list) else 0,
    )


def _changed(medium: Media) -> Problem | None:
    """Whether the original is gone, or no longer what the run was given."""
    try:
        same = known_digest(medium.path) == medium.sha256
    except OSError:
        return Problem("media_missing", {"file": medium.path.name})
    return None if same else Problem("media_changed", {"file": medium.path.name})


def _picture(told: Evidence, made: SentPicture | None) -> Evidence:
    return replace(told, form="made", picture=made) if made else replace(told, form="same")


def _size(done: Mapping[str, Any]) -> tuple[int, int] | None:
    width, height = done.get("width"), done.get("height")
    return (int(width), int(height)) if width and height else None


def _heard(done: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "whole_s": done.get("duration_s"), "heard_s": done.get("heard_s"),
        "native_rate": done.get("sample_rate"), "native_channels": done.get("channels"),
    }  # fmt: skip


def _checked(told: Evidence, done: Mapping[str, Any]) -> Evidence:
    """Not shown where it is not what the note says was sent: a newer studio may prepare media in another way."""
    if told.picture:
        same = (told.picture.width, told.picture.height) == (done.get("sent_width"), done.get("sent_height"))
    elif told.frames:
        same = [frame.index for frame in told.frames] == done.get("indices")
    elif told.sound:
        used = done.get("used_s")
        same = used is None or abs(told.sound.seconds - float(used)) < 0.01
    else:
        same = True
    if same:
        return told
    return Evidence(
        told.place, told.modality, told.key, told.sha256, "unknown", problem=Problem("evidence_differs")
    )
