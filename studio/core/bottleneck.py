"""Which stage of a run holds the others up, told from how full the stages were. Pure functions.

The stages stand one behind another with bounded queues, so that the slowest one is full and those after it are hungry.
How full a stage is, is the mean number of samples inside it by its room, and where nobody told its room the share of
time in which anything was inside. The rule, in this order:

1. Fewer than `SECONDS` of work, or fewer than `SAMPLES` through the stage of requests and not one stage full: nothing
   is said. The first seconds of a run tell of its beginning alone.
2. Requests are at least `FULL` full: the server (or the model, where it runs in this process) is the bottleneck, and
   only more of it helps.
3. Else another stage is at least `BUSY` full: the fullest one starves the server, which stands idle for 1 - fullness
   of the requests.
4. Else nothing is said: a short run, an uneven one, or many causes.

Beside it, of the judge: while the model answers, that it is behind once `BEHIND` answers and a tenth of all of them
wait for it; when only the judge is still at work, how many are left; and of a finished run, how long it was waited for,
from `TAIL` of the whole on.
"""

from collections.abc import Iterable, Mapping

from studio.core.figures import Figures, Finding
from studio.core.pace import Stage, StageLoad

SECONDS, SAMPLES = 5.0, 8
FULL, BUSY = 0.85, 0.6
BEHIND, BEHIND_SHARE = 64, 0.1
TAIL, TAIL_S = 0.1, 3.0
_BEFORE_AND_AFTER: tuple[Stage, ...] = ("read", "prepare", "write")


def fullness(load: StageLoad, elapsed_s: float) -> float:
    """How full a stage was, in [0, 1]."""
    if elapsed_s <= 0:
        return 0.0
    share = load.sample_s / (elapsed_s * load.room) if load.room else load.busy_s / elapsed_s
    return min(1.0, max(0.0, share))


def bottleneck_of(loads: Mapping[Stage, StageLoad], elapsed_s: float, *, served: bool) -> Finding | None:
    """The stage that holds the run up; `served`: its model is asked over HTTP. None where too little is known."""
    request = loads.get("request", StageLoad())
    others = {stage: fullness(loads[stage], elapsed_s) for stage in _BEFORE_AND_AFTER if stage in loads}
    fullest = max(others, key=lambda stage: others[stage], default=None)
    starved = fullest is not None and others[fullest] >= BUSY
    if elapsed_s < SECONDS or (request.passed < SAMPLES and not starved):
        return None
    at_work = fullness(request, elapsed_s)
    if at_work >= FULL:
        return Finding("server" if served else "model", share=at_work, room=request.room)
    if starved:
        return Finding("starved" if served else "starved_model", fullest, 1 - at_work, request.room)
    return None


def judge_finding(figures: Figures, *, going: bool, asking: bool) -> Finding | None:
    """Whether the judge holds the run up; `asking`: answers are still missing."""
    if going and asking:
        behind = figures.unjudged >= max(BEHIND, BEHIND_SHARE * figures.answered)
        return Finding("judge_behind", n=figures.unjudged) if behind else None
    if going:
        return Finding("judge_waited", n=figures.unjudged) if figures.unjudged else None
    tail = figures.working_s - figures.asking_s
    if tail >= TAIL_S and tail >= TAIL * figures.working_s and figures.asking_s > 0:
        return Finding("judge_last", seconds=tail, share=tail / figures.working_s)
    return None


def together(
    sessions: Iterable[tuple[Mapping[Stage, StageLoad], float]],
) -> tuple[dict[Stage, StageLoad], float]:
    """Loads of several spells of work as one, and their seconds. Rooms are means, weighted by the seconds."""
    elapsed = 0.0
    sums: dict[Stage, StageLoad] = {}
    rooms: dict[Stage, float] = {}
    for loads, seconds in sessions:
        elapsed += seconds
        for stage, load in loads.items():
            known = sums.get(stage, StageLoad())
            rooms[stage] = rooms.get(stage, 0.0) + load.room * seconds
            sums[stage] = StageLoad(
                busy_s=known.busy_s + load.busy_s,
                sample_s=known.sample_s + load.sample_s,
                passed=known.passed + load.passed,
            )
    return {
        stage: StageLoad(
            0, 0, load.busy_s, load.sample_s, load.passed, round(rooms[stage] / elapsed) if elapsed else 0
        )
        for stage, load in sums.items()
    }, elapsed
