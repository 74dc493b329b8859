"""What of a sample's media reached the model, as values: the files to look at are named, never their paths."""

from dataclasses import dataclass
from typing import Literal

from studio.core.content import Modality
from studio.core.errors import Problem

# `same`: the file as it is; `made`: another form of it; `whole`: a clip that went to the server as a file, which took
# frames by itself; `none`: the run sent no media; `unknown`: nothing was recorded of it.
Form = Literal["same", "made", "whole", "none", "unknown", "people"]


@dataclass(frozen=True)
class SentPicture:
    """A picture as it was sent: `file` in the published folder, pixels."""

    file: str
    width: int
    height: int


@dataclass(frozen=True)
class SentFrame:
    """A frame that was taken: its index in the clip, seconds from the clip's beginning, a small picture of it."""

    index: int
    at_s: float
    file: str


@dataclass(frozen=True)
class SentSound:
    """A sound as it was sent. `file` is a WAV; `peaks` are (lowest, highest) in hundredths of full scale, from its
    beginning to its end; `spectrum` is a picture, low frequencies below, up to `top_hz`."""

    file: str
    rate: int
    channels: int
    seconds: float
    peaks: tuple[tuple[int, int], ...]
    spectrum: str
    top_hz: int


@dataclass(frozen=True)
class Evidence:
    """What the model received of one medium. `place` is the medium's place in the sample, from 0. `form` is "people"
    where people answered: nothing is made of a file for them.

    `blank`: the run put an empty medium of the same form in its place. `changed` says that the original is gone or
    another one since the run; `problem` why nothing can be shown. What is shown was made from a file with the very
    content hash that the run recorded. `heard_s`: the model's encoder hears only so much of the sound. `whole_s`,
    `native_…`: what the file itself is. `sent_bytes`: of a clip that was sent whole.
    """

    place: int
    modality: Modality
    key: str
    sha256: str
    form: Form
    blank: bool = False
    picture: SentPicture | None = None
    sound: SentSound | None = None
    frames: tuple[SentFrame, ...] = ()
    frame_size: tuple[int, int] | None = None
    n_frames: int | None = None
    fps: float | None = None
    whole_s: float | None = None
    heard_s: float | None = None
    native_size: tuple[int, int] | None = None
    native_rate: int | None = None
    native_channels: int | None = None
    sent_as: str = ""
    sent_bytes: int | None = None
    changed: Problem | None = None
    problem: Problem | None = None
