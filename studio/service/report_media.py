"""Media of a report, made small enough for the file: smaller step by step, then the last ones left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studio.core.errors import MediaError
from studio.core.report import EvidencePart, Report, ReportFile, ReportItem, ReportMedium
from studio.core.run import MediaView
from studio.media import small_frames, small_picture, small_sound
from studio.report import report_html
from studio.texts import Lang

OnMedium = Callable[[int, int], None]


@dataclass(frozen=True)
class Level:
    """How small: sides in pixels, the quality of JPEGs, seconds and kilobits a second of sounds, frames of a clip."""

    side: int
    quality: int
    seconds: float
    kbps: int
    frames: int
    frame_side: int


LEVELS = (
    Level(560, 80, 30.0, 40, 6, 320),
    Level(360, 70, 15.0, 32, 4, 240),
    Level(220, 60, 8.0, 24, 3, 160),
)
TAG = 260  # bytes of markup around a part, at most


def fitted(report: Report, lang: Lang, folder: Path, on_medium: OnMedium) -> ReportFile:
    """The file with as much of the media (published in `folder`) as its size allows; what comes first is kept first.

    Where the words alone are too long, the last samples are left out too.
    """
    report = _worded(report, lang)
    room = report.asked.size - len(report_html(report, lang).encode())
    for level in LEVELS:
        last = level is LEVELS[-1]
        filled = _filled(report, level, folder, room, on_medium, last=last)
        if filled is not None:
            made = replace(report, items=filled, shrunk=level is not LEVELS[0])
            return ReportFile(made, report_html(made, lang).encode())
    raise AssertionError("the last level keeps what fits")


def _worded(report: Report, lang: Lang) -> Report:
    """The report without media, shortened until its words fit."""
    items = tuple(
        replace(item, media=tuple(ReportMedium(view.modality, missing="dropped") for view in item.card.media))
        for item in report.items
    )
    report = replace(report, items=items)
    while items and (size := len(report_html(report, lang).encode())) > report.asked.size:
        items = items[: min(len(items) - 1, int(len(items) * report.asked.size / size))]
        report = replace(report, items=items)
    return report


def _filled(
    report: Report, level: Level, folder: Path, room: int, on_medium: OnMedium, *, last: bool
) -> tuple[ReportItem, ...] | None:
    """The items with their media; None where they do not fit and a smaller level is left to try."""
    total = sum(len(item.card.media) for item in report.items)
    done, items = 0, []
    for item in report.items:
        media: list[ReportMedium] = []
        for view in item.card.media:
            on_medium(done, total)
            done += 1
            medium = _small(view, level, folder)
            cost = _cost(medium.parts)
            if cost > room and not last:
                return None
            fits = cost <= room
            room -= cost if fits else 0
            media.append(medium if fits else ReportMedium(view.modality, missing="dropped"))
        items.append(replace(item, media=tuple(media)))
    return tuple(items)


def _cost(parts: Sequence[EvidencePart]) -> int:
    """Bytes in the file: base64 takes four for three."""
    return sum(-(-len(part.data) // 3) * 4 + TAG for part in parts)


def _small(view: MediaView, level: Level, folder: Path) -> ReportMedium:
    """The medium at a level; one that cannot be read says so, the report goes on without it."""
    if view.file is None:
        return ReportMedium(view.modality, missing="unreadable")
    path = folder / view.file
    try:
        if view.modality == "image":
            return ReportMedium("image", (small_picture(path, level.side, level.quality),))
        if view.modality == "video":
            frames = small_frames(path, level.frames, level.frame_side, level.quality)
            return ReportMedium("video", frames, seconds=view.note.get("duration_s"))
        part, whole = small_sound(path, level.seconds, level.kbps)
    except MediaError:
        return ReportMedium(view.modality, missing="unreadable")
    cut = level.seconds if whole > level.seconds + 0.05 else None
    return ReportMedium("audio", (part,), seconds=whole, cut_s=cut)
