"""When a run's requests were sent, answered and judged, and how full its stages were."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from studio.core.pace import Stage, StageLoad
from studio.store.database import Database, dump, load


@dataclass(frozen=True)
class Times:
    """A run's answers by the time they came, as columns of one length, and what happened beside them.

    `latencies` and `ttfts` are in seconds, None where nobody measured; tokens are None where nobody counted. `failed`
    and `judged` are times. `began` is when each spell of work began, its loading of the model included.
    """

    ends: Sequence[float]
    latencies: Sequence[float | None]
    ttfts: Sequence[float | None]
    prompt_tokens: Sequence[int | None]
    completion_tokens: Sequence[int | None]
    failed: Sequence[float]
    judged: Sequence[float]
    began: Sequence[float]


@dataclass(frozen=True)
class Spell:
    """A spell of work that has ended: how full each stage was during `elapsed_s` of asking. `room` is how many
    requests could be under way at once."""

    started_at: float
    ended_at: float
    elapsed_s: float
    room: int
    loads: Mapping[Stage, StageLoad]


class Paces:
    """The times of runs. Answers' own times are in `generations` and `scores`; only the stages are kept here."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(
        self, run_id: str, started_at: float, elapsed_s: float, loads: Mapping[Stage, StageLoad], room: int
    ) -> None:
        """Adds a spell of work that has just ended; nothing for a run that was deleted meanwhile."""
        told = dump({stage: asdict(each) for stage, each in loads.items()})
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO run_pace (run_id, started_at, ended_at, elapsed_s, room, loads)"
                " SELECT id, ?, ?, ?, ?, ? FROM runs WHERE id = ?",
                (started_at, time.time(), elapsed_s, room, told, run_id),
            )

    def of(self, run_id: str) -> list[Spell]:
        """The run's spells of work whose stages were gauged, oldest first."""
        rows = self._db.rows(
            "SELECT started_at, ended_at, elapsed_s, room, loads FROM run_pace WHERE run_id = ? ORDER BY started_at",
            (run_id,),
        )
        return [Spell(**{**row, "loads": _loads(row["loads"])}) for row in rows]

    def unjudged(self, run_id: str) -> int:
        """How many answers wait for the judge now."""
        sql = (
            "SELECT COUNT(*) FROM run_samples INDEXED BY run_samples_unjudged"
            " WHERE run_id = ? AND state = 'answered' AND js_status IS NULL"
        )
        return int(self._db.scalar(sql, (run_id,)))

    def recalled(self, run_id: str) -> int:
        """How many answers were taken from earlier runs: they took no time."""
        sql = "SELECT COUNT(*) FROM generations WHERE run_id = ? AND recalled_run IS NOT NULL"
        return int(self._db.scalar(sql, (run_id,)))

    def times(self, run_id: str, judge: str) -> Times:
        """All attempts that the model answered in this run, by time, and the verdicts of one judge (name@revision) on
        them: another judge may have been asked before."""
        rows = self._db.tuples(
            "SELECT created_at, latency_s, ttft_s, prompt_tokens, completion_tokens FROM generations"
            " INDEXED BY generations_pace"
            " WHERE run_id = ? AND status = 'ok' AND recalled_run IS NULL ORDER BY created_at",
            (run_id,),
        )
        # zip(*rows) would hand over every row as an argument: five times as long.
        ends, latencies, ttfts, prompts, completions = ([row[column] for row in rows] for column in range(5))
        failed = self._db.column(
            "SELECT created_at FROM generations INDEXED BY generations_pace"
            " WHERE run_id = ? AND status = 'failed' AND recalled_run IS NULL ORDER BY created_at",
            (run_id,),
        )
        judged = self._db.column(
            "SELECT s.created_at FROM generations g"
            " JOIN scores s INDEXED BY scores_judged ON s.generation_id = g.id AND s.scorer = 'js' AND s.version = ?"
            " WHERE g.run_id = ? AND g.status = 'ok' AND g.recalled_run IS NULL",
            (judge, run_id),
        )
        began = self._db.column(
            "SELECT at FROM events WHERE run_id = ? AND kind = 'started' ORDER BY at", (run_id,)
        )
        return Times(
            ends, latencies, ttfts, prompts, completions, failed, sorted(judged), began
        )  # fmt: skip


def _loads(text: str) -> dict[Stage, StageLoad]:
    return {stage: StageLoad(**each) for stage, each in (load(text) or {}).items()}
