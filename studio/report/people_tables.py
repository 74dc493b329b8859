"""A project's answers, people and questions as tables, for files that others read."""

from datetime import UTC, datetime

from studio.core.project_rows import AnswerRow, ProjectDump
from studio.report.spreadsheet import table

Row = list[object]

ANSWERS = (
    "n", "item", "key", "person", "occasion", "purpose", "action", "text", "form", "reason", "stands", "counts",
    "vote", "control_score", "flagged", "supersedes", "instructions", "content_hash", "at", "shown_at",
    "first_input_at", "took_s", "active_s", "idle_s", "played_s",
)  # fmt: skip
ITEMS = (
    "item", "key", "purpose", "scored", "retired", "valid", "stratum", "author", "last_word", "content_hash",
)  # fmt: skip
PEOPLE = (
    "person", "role", "joined_at", "answered", "skipped", "counted", "controls", "controls_em", "vote_weight",
    "repeats", "repeats_same", "too_fast", "median_s", "active_s", "excluded_at",
)  # fmt: skip
AGGREGATED = ("item", "key", "answer", "decided", "votes", "agreeing")
COST = ("person", "answers", "skips", "hours", "pay", "pay_per_answer", "currency")


def answers_csv(dump: ProjectDump, *, comments: bool = False) -> bytes:
    """Everything that was said, question by question, in its order. `form` is what answers are compared by; `counts`:
    it is in the count; `vote`: answers are brought together from it."""
    rows = sorted(dump.answers, key=lambda each: (each.item, each.n))
    head = (*ANSWERS, "comment") if comments else ANSWERS
    return table(head, ([*_answer(each, dump), *([each.comment] if comments else [])] for each in rows))


def _answer(each: AnswerRow, dump: ProjectDump) -> Row:
    return [
        each.n, each.item, each.key, each.person, each.occasion, each.purpose, each.action, each.text,
        dump.forms.get(each.n, ""), each.reason, each.stands, each.n in dump.counted, each.n in dump.votes,
        dump.control_scores.get(each.n),
        each.flagged, each.supersedes, each.instructions, each.content_hash, moment(each.at), moment(each.shown_at),
        moment(each.first_input_at), each.took_s, each.active_s, each.idle_s, each.played_s,
    ]  # fmt: skip


def items_csv(dump: ProjectDump, *, questions: bool = False) -> bytes:
    head = (*ITEMS, "question") if questions else ITEMS
    return table(head, (
        [
            each.item, each.key, each.purpose, each.scored, each.retired, each.valid, each.stratum, each.author,
            each.last_word, each.content_hash, *([each.question] if questions else []),
        ]
        for each in dump.items
    ))  # fmt: skip


def people_csv(dump: ProjectDump, *, names: bool = False) -> bytes:
    head = (*PEOPLE, "name", "account", "excluded_for") if names else PEOPLE
    rows = []
    for each in dump.people:
        board = each.board
        row: Row = [
            board.person, board.role, moment(each.joined_at), board.answered, board.skipped, board.counted,
            board.controls.scored, board.controls.mean, each.weight, board.repeats.scored, board.repeats.mean,
            board.fast, board.median_s, board.active_s, moment(board.excluded_at),
        ]  # fmt: skip
        rows.append([*row, board.name, each.account, board.reason] if names else row)
    return table(head, rows)


def aggregated_csv(dump: ProjectDump) -> bytes:
    """The baseline's answer to each question that belongs to it."""
    keys = {each.item: each.key for each in dump.items}
    rows = (
        [
            each.item, keys[each.item], each.text or "", each.decided,
            each.verdict.votes if each.verdict else 0, each.verdict.agreeing if each.verdict else 0,
        ]
        for each in dump.baseline.items
    )  # fmt: skip
    return table(AGGREGATED, rows)


def cost_csv(dump: ProjectDump) -> bytes:
    """Hours and pay of each person, and of all in the last row; pay is empty where the project names none."""
    spec = dump.project.spec
    rows = [(each.board.person, each.board.answered, each.board.skipped, each.hours) for each in dump.people]
    whole = ("total", sum(row[1] for row in rows), sum(row[2] for row in rows), sum(row[3] for row in rows))

    def line(person: str, answers: int, skips: int, hours: float) -> Row:
        pay = None if spec.pay_per_hour is None else hours * spec.pay_per_hour
        each = pay / answers if pay is not None and answers else None
        return [person, answers, skips, round(hours, 4), *(None if x is None else round(x, 2) for x in (pay, each)),
                spec.currency]  # fmt: skip

    return table(COST, (line(*row) for row in (*rows, whole)))


def moment(at: float | None) -> str | None:
    """A time as 2026-11-22T17:53:01.250Z."""
    if at is None:
        return None
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
