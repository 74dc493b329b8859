"""When each frame of a clip is shown, in few words for a page: browsers tell neither a clip's rate nor its frames.

The words are `RATE FIRST STEP*COUNT STEP*COUNT …`: ticks a second, the tick of the first frame, and how many frames
follow one another at which distance, the last one until its end. 300 frames at 29.97 a second are `30000 0 1001*300`.
Packets are read; nothing is decoded.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path

_LONGEST = 16_000  # characters; a clip of more different steps is told by its average
_NEAR = 0.25  # of a step: a frame no further from its place in an even row is still met in the middle of that place


def stamps(path: Path) -> str:
    """The words for a clip that browsers play; empty where its packets do not tell when they are shown.

    Stamps that were rounded (to whole milliseconds in WebM) count as even. Frames of a variable rate are told one by
    one, or by their average where that takes more than 16,000 characters.
    """
    import av

    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            shown = [packet for packet in container.demux(stream) if packet.size and not packet.is_discard]
            ends = {int(packet.pts): int(packet.duration or 0) for packet in shown if packet.pts is not None}
            rate = float(1 / stream.time_base) if stream.time_base else 0.0
            before = min(0, container.start_time or 0) / 1_000_000  # a player's time begins there
    except (av.FFmpegError, ValueError, IndexError):
        return ""
    if not rate or not ends:
        return ""
    ticks = sorted(ends)
    return f"{_short(rate)} {_short(ticks[0] - before * rate)} {_steps(ticks, ends[ticks[-1]])}"


def _steps(ticks: Sequence[int], last: int) -> str:
    steps = [after - before for before, after in pairwise(ticks)]
    average = (ticks[-1] - ticks[0]) / len(steps) if steps else float(max(last, 1))
    even = f"{_short(average)}*{len(ticks)}"
    # A stamp is rounded by half a tick at most, the first one too; a longer way off is a frame's own time.
    near = min(1.01, _NEAR * average)
    if all(abs(tick - ticks[0] - place * average) <= near for place, tick in enumerate(ticks)):
        return even
    runs = groupby([*steps, last or steps[-1]])
    told = " ".join(f"{step}*{len(list(same))}" for step, same in runs)
    return told if len(told) <= _LONGEST else even


def _short(value: float) -> str:
    return f"{value:.9g}"
