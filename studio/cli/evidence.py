"""`evidence`: what the model received of a question's media, and the files of it."""

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.door import DB, opened, sample_of
from studio.cli.parser import Command, option, whole
from studio.cli.screen import Screen, number, one_line
from studio.core.errors import BadInput
from studio.core.evidence import Evidence
from studio.core.run import EarlierTurn
from studio.texts import describe

if TYPE_CHECKING:
    from studio.service import Studio


def evidence(arguments: argparse.Namespace, screen: Screen) -> int:
    """Says of each medium in what form it was sent; with --out the very files are put there."""
    with opened(arguments) as studio:
        sample = sample_of(studio, arguments.run, arguments.number)
        card = studio.card(arguments.run, sample)
        found = [studio.evidence.of(arguments.run, sample, place) for place in range(len(card.media))]
        earlier = [(turn, _of(studio, arguments.run, turn)) for turn in card.earlier]
        files = _copied(studio, arguments, sample, found) if arguments.out else []
    for turn, media in earlier:
        screen.say(screen.text("cli.evidence.turn", number=turn.number, question=one_line(turn.question, 80)))
        for each in media:
            screen.say(f"  {each.key} ({screen.text(f'modality.{each.modality}')}): {_said(each, screen)}")
    if earlier:
        screen.say(screen.text("cli.evidence.last", number=arguments.number))
    for each in found:
        screen.say(f"{each.key} ({screen.text(f'modality.{each.modality}')}): {_said(each, screen)}")
    for file in files:
        screen.say(f"  {file}")
    screen.result({
        "run": arguments.run, "number": arguments.number, "media": found, "files": files,
        "earlier": [{"number": turn.number, "key": turn.key, "media": media} for turn, media in earlier],
    })  # fmt: skip
    return 0


def _of(studio: "Studio", run: str, turn: EarlierTurn) -> list[Evidence]:
    return [studio.evidence.of(run, turn.sample_id, place) for place in range(len(turn.media))]


def _said(found: Evidence, screen: Screen) -> str:
    if found.problem:
        return describe(found.problem, screen.lang)
    blank = [screen.text("evidence.blank")] if found.blank else []
    changed = [describe(found.changed, screen.lang)] if found.changed else []
    return " ".join([_form(found, screen), *blank, *changed])


def _form(found: Evidence, screen: Screen) -> str:
    if found.picture:
        return f"{found.picture.width}×{found.picture.height}"
    if found.sound:
        seconds = screen.text("evidence.seconds", n=number(found.sound.seconds, screen.lang, 2))
        return screen.text(
            "cli.evidence.sound", rate=found.sound.rate, channels=found.sound.channels, seconds=seconds
        )
    if found.frames and found.frame_size:
        taken = ", ".join(str(frame.index) for frame in found.frames)
        width, height = found.frame_size
        return screen.text("cli.evidence.frames", taken=taken, of=found.n_frames, size=f"{width}×{height}")
    megabytes = number((found.sent_bytes or 0) / 1e6, screen.lang, 2)
    size = f" ({megabytes} {screen.text('unit.mb')})" if found.sent_bytes else ""
    return screen.text(f"evidence.{found.form}", size=size)


def _copied(
    studio: "Studio", arguments: argparse.Namespace, sample: int, found: list[Evidence]
) -> list[Path]:
    """The files in the folder that was asked for. Raises BadInput where it cannot be written."""
    out: Path = arguments.out
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [
            Path(shutil.copyfile(studio.media_dir / file, out / name))
            for each in found
            for file, name in _files(studio, arguments.run, sample, each)
        ]
    except OSError as error:
        raise BadInput("evidence_not_written", path=str(out), reason=error.strerror or str(error)) from error


def _files(studio: "Studio", run: str, sample: int, found: Evidence) -> Iterator[tuple[str, str]]:
    """(file in the served folder, name for a person) of everything that was made of a medium."""
    if found.picture:
        yield found.picture.file, f"{found.key}{Path(found.picture.file).suffix}"
    if found.sound:
        yield found.sound.file, f"{found.key}.wav"
        yield found.sound.spectrum, f"{found.key}-spectrogram.png"
    for place, frame in enumerate(found.frames):
        if not found.changed:
            whole_frame = studio.evidence.frame(run, sample, found.place, place)
            yield whole_frame.file, f"{found.key}-{place + 1:02}-frame-{frame.index}.png"


COMMANDS = (
    Command(
        "evidence",
        evidence,
        (
            option("run", metavar="run"),
            option("number", type=whole(1), metavar="n"),
            option("--out", type=Path, metavar="path", key="out_evidence"),
            DB,
        ),
    ),
)
