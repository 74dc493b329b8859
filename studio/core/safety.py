"""How safe people's work is, for whoever looks at a page."""

from dataclasses import dataclass

from studio.core.errors import Problem


@dataclass(frozen=True)
class Safety:
    """`kept` records are on the disk of this machine, `waiting` of them not on the shelf yet. `shipped_at` is when all
    that there was lay on the shelf for the last time (seconds since 1970; None: not since this studio started).
    `problem` is why the last upload failed; the next one takes all that waits. `closed` is why no answers are taken
    now. `aside` counts files that another copy of this studio left on the shelf when it lost it: somebody should look.
    """

    shelf: str
    kept: int
    waiting: int
    shipped_at: float | None
    problem: Problem | None = None
    closed: Problem | None = None
    aside: int = 0
