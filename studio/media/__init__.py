"""Pictures, sounds and clips: what a file really is, the form a model takes, the form a browser shows."""

from studio.media.audio import LoadedAudio, load_audio, waveform
from studio.media.carry import Carried, carry, encode_picture, keep_file, plain_picture
from studio.media.evidence import Asked, Exhibits
from studio.media.image import LoadedImage, load_image
from studio.media.keep import keep
from studio.media.null import null_medium
from studio.media.probe import MediaFacts, check, probe
from studio.media.publish import publish, thumbnail
from studio.media.recent import Recent
from studio.media.small import small_frames, small_picture, small_sound
from studio.media.video import LoadedFrames, frame_indices, load_frames

__all__ = [
    "Asked",
    "Carried",
    "Exhibits",
    "LoadedAudio",
    "LoadedFrames",
    "LoadedImage",
    "MediaFacts",
    "Recent",
    "carry",
    "check",
    "encode_picture",
    "frame_indices",
    "keep",
    "keep_file",
    "load_audio",
    "load_frames",
    "load_image",
    "null_medium",
    "plain_picture",
    "probe",
    "publish",
    "small_frames",
    "small_picture",
    "small_sound",
    "thumbnail",
    "waveform",
]
