"""Answers as they come, and their scores. Every method is one short transaction: what is written is safe."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.engine import Answer, Completion
from studio.core.errors import Problem
from studio.core.judge import JudgeCase, Verdict
from studio.core.outcome import Score
from studio.core.run import cell_of
from studio.store.database import Database, Row, dump, load
from studio.store.facts import COLUMNS, facts_of, searched


@dataclass(frozen=True)
class Answered:
    """A sample's answer, or the reason why there is none, with its Exact Match."""

    sample_id: int
    answer: Answer
    em: Score | None


@dataclass(frozen=True)
class Unjudged:
    """A stored answer that still waits for the judge."""

    generation_id: int
    sample_id: int
    case: JudgeCase


class Answers:
    """Writes what models, judges and people said."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def missing(self, run_id: str) -> list[int]:
        """Sample ids that have no answer yet, or failed; in the order of the run."""
        return self._db.column(
            "SELECT sample_id FROM run_samples WHERE run_id = ? AND state IN ('pending', 'failed') ORDER BY number",
            (run_id,),
        )

    def texts(self, run_id: str, sample_ids: Sequence[int]) -> dict[int, str]:
        """What was answered to these samples, by sample id; those without an answer are not there."""
        wanted = set(sample_ids)
        rows = self._db.rows(
            "SELECT rs.sample_id, g.text FROM run_samples rs JOIN generations g ON g.id = rs.generation_id"
            " WHERE rs.run_id = ? AND rs.state = 'answered'",
            (run_id,),
        )
        return {row["sample_id"]: row["text"] or "" for row in rows if row["sample_id"] in wanted}

    def record(self, run_id: str, answered: Iterable[Answered]) -> None:
        """Keeps answers. A second answer to a sample is a further attempt; the first stays in `generations`."""
        with self._db.write() as connection:
            for item in answered:
                self._record(connection, run_id, item)

    def unjudged(self, run_id: str, limit: int) -> list[Unjudged]:
        rows = self._db.rows(
            "SELECT g.id, rs.sample_id, s.prompt, s.gold, g.text FROM run_samples rs"
            " JOIN generations g ON g.id = rs.generation_id JOIN samples s ON s.id = rs.sample_id"
            " WHERE rs.run_id = ? AND rs.state = 'answered' AND rs.js_status IS NULL LIMIT ?",
            (run_id, limit),
        )
        return [unjudged_of(row) for row in rows]

    def judged(self, run_id: str, judge: str, verdicts: Sequence[tuple[Unjudged, Verdict]]) -> None:
        """Keeps verdicts of the judge `judge` (name@revision) with every call behind them."""
        with self._db.write() as connection:
            for item, verdict in verdicts:
                self._judged(connection, run_id, judge, item, verdict)

    def forget_failed_verdicts(self, run_id: str) -> int:
        """Lets the judge be asked again where it failed (not where there is no gold). Returns how many."""
        with self._db.write() as connection:
            return connection.execute(
                "UPDATE run_samples SET js_status = NULL WHERE run_id = ? AND state = 'answered'"
                " AND js_status = 'unscored' AND sample_id IN (SELECT id FROM samples WHERE gold IS NOT NULL)",
                (run_id,),
            ).rowcount

    def judge_anew(self, run_id: str) -> None:
        """Lets another judge score every answer; what the one before said stays in `scores`."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE run_samples SET js = NULL, js_status = NULL, probability = NULL, cell = 'unscored'"
                " WHERE run_id = ? AND state = 'answered'",
                (run_id,),
            )
            connection.execute(
                "UPDATE run_texts SET reason = '' WHERE run_id = ? AND reason <> ''", (run_id,)
            )

    def _record(self, connection: Any, run_id: str, item: Answered) -> None:
        attempt = connection.execute(
            "SELECT COALESCE(MAX(attempt), 0) + 1 FROM generations WHERE run_id = ? AND sample_id = ?",
            (run_id, item.sample_id),
        ).fetchone()[0]
        generation_id = connection.execute(_INSERT_GENERATION, _generation(run_id, item, attempt)).lastrowid
        if isinstance(item.answer, Problem):
            connection.execute(
                "UPDATE run_samples SET state = 'failed', cell = 'failed', generation_id = ?, em = NULL, js = NULL,"
                f" em_status = 'failed', js_status = 'failed', probability = NULL, truncated = 0, {NO_FACTS}"
                " WHERE run_id = ? AND sample_id = ?",
                (generation_id, run_id, item.sample_id),
            )
            connection.execute(_UPDATE_TEXT, ("", run_id, run_id, item.sample_id))
            return
        if item.em:
            insert_score(connection, generation_id, item.em)
        connection.execute(
            "UPDATE run_samples SET state = 'answered', cell = 'unscored', generation_id = ?, em = ?, em_status = ?,"
            f" js = NULL, js_status = NULL, probability = NULL, truncated = ?, {FACTS}"
            " WHERE run_id = ? AND sample_id = ?",
            (
                generation_id,
                item.em.value if item.em else None,
                item.em.status if item.em else None,
                item.answer.finish_reason == "length",
                *facts_of(
                    item.answer.text,
                    item.answer.finish_reason,
                    item.answer.completion_tokens,
                    item.answer.latency_s,
                    item.em,
                ),
                run_id,
                item.sample_id,
            ),
        )
        connection.execute(_UPDATE_TEXT, (searched(item.answer.text), run_id, run_id, item.sample_id))

    def _judged(self, connection: Any, run_id: str, judge: str, item: Unjudged, verdict: Verdict) -> None:
        value, status = insert_verdict(connection, item.generation_id, judge, verdict)
        # The answer may have been replaced while the judge was thinking: then its verdict stays only in `scores`.
        row = connection.execute(
            "SELECT em FROM run_samples WHERE run_id = ? AND sample_id = ? AND generation_id = ?",
            (run_id, item.sample_id, item.generation_id),
        ).fetchone()
        if row:
            connection.execute(
                "UPDATE run_samples SET js = ?, js_status = ?, cell = ?, probability = ?"
                " WHERE run_id = ? AND sample_id = ?",
                (value, status, cell_of(row[0], value), verdict.probability, run_id, item.sample_id),
            )
            if reason := "\n".join(call.reason for call in verdict.calls if call.reason):
                connection.execute(_UPDATE_REASON, (searched(reason), run_id, run_id, item.sample_id))


def insert_verdict(
    connection: Any, generation_id: int, judge: str, verdict: Verdict
) -> tuple[float | None, str]:
    """Keeps a judge's word on an answer with every call behind it; the value and status of the score."""
    status = "unscored" if verdict.label is None else "scored"
    value = None if verdict.label is None else float(verdict.label)
    score = Score("js", judge, status, value, problem=verdict.problem)  # type: ignore[arg-type]
    score_id = insert_score(connection, generation_id, score)
    connection.executemany(
        "INSERT INTO judge_calls (score_id, judge, candidate, label, probability, input_sha256, latency_s, problem,"
        " reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (score_id, judge, call.candidate, call.label, call.probability, call.input_sha256, call.latency_s,
             dump(call.problem.to_json()) if call.problem else None, call.reason)
            for call in verdict.calls
        ],
    )  # fmt: skip
    return value, status


def unjudged_of(row: Row) -> Unjudged:
    """An answer with what a judge is asked about it: id, sample_id, prompt, gold, text."""
    case = JudgeCase(row["prompt"], _gold(row["gold"]), row["text"] or "")
    return Unjudged(row["id"], row["sample_id"], case)


FACTS = ", ".join(f"{column} = ?" for column in COLUMNS)
NO_FACTS = ", ".join(f"{column} = NULL" for column in COLUMNS)
_NUMBERED = (
    " WHERE run_id = ? AND number = (SELECT number FROM run_samples WHERE run_id = ? AND sample_id = ?)"
)
# The judge has not spoken of a new answer yet.
_UPDATE_TEXT = f"UPDATE run_texts SET answer = ?, reason = ''{_NUMBERED}"
_UPDATE_REASON = f"UPDATE run_texts SET reason = ?{_NUMBERED}"
_INSERT_GENERATION = (
    "INSERT INTO generations (run_id, sample_id, attempt, status, text, finish_reason, prompt_tokens,"
    " completion_tokens, ttft_s, latency_s, media_note, problem, created_at, asked, recalled_run, recalled_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _generation(run_id: str, item: Answered, attempt: int) -> tuple[Any, ...]:
    head = (run_id, item.sample_id, attempt)
    answer = item.answer
    if isinstance(answer, Completion):
        from_where = answer.recalled
        return (
            *head, "ok", answer.text, answer.finish_reason, answer.prompt_tokens, answer.completion_tokens,
            answer.ttft_s, answer.latency_s, dump(dict(answer.media_note)), None, time.time(), answer.asked or None,
            from_where.run if from_where else None, from_where.at if from_where else None,
        )  # fmt: skip
    nothing = (None,) * 6
    return (*head, "failed", *nothing, "{}", dump(answer.to_json()), time.time(), None, None, None)


def insert_score(connection: Any, generation_id: int, score: Score) -> int:
    """Adds a score, or replaces that of the same version, inside the caller's transaction. Returns its id."""
    cursor = connection.execute(
        "INSERT OR REPLACE INTO scores (generation_id, scorer, version, status, value, extracted, detail, problem,"
        " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            generation_id, score.scorer, score.version, score.status, score.value, score.extracted,
            dump(dict(score.detail)), dump(score.problem.to_json()) if score.problem else None, time.time(),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid)


def _gold(text: str | None) -> str | tuple[str, ...]:
    gold = load(text)
    if gold is None:
        return ""
    return tuple(gold) if isinstance(gold, list) else str(gold)
