"""An annotator's desk: what is asked next, what is answered, and nothing that an annotator must not see.

Who the person is was found out before; here it is an id. Every call may be repeated: a submission counts once for its
`client_id`.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from studio.core.errors import BadInput, NotAllowed
from studio.core.project import (
    OUT_OF_TIME,
    SKIPS,
    Asked,
    Coming,
    DeskQuestion,
    Earlier,
    Nothing,
    Progress,
    Purpose,
    Standing,
    Submission,
    Wait,
)
from studio.core.record import Planned
from studio.core.run import MediaView
from studio.humans import deal, shuffled
from studio.humans.dealing import WINDOW, in_turn, repeatable
from studio.humans.timing import honest
from studio.service.cards import Cards
from studio.service.people.ledger import Act, Ledger
from studio.service.people.training import Right, Trainings
from studio.store import Store
from studio.store.projects import DeskSample, PeopleTransaction, ProjectRow
from studio.store.turns import (
    Turn,
    held,
    hold,
    lapsed,
    last_dialogue,
    open_items,
    openings,
    release,
    repeats,
    reserved,
    served,
    sweep,
    unbound,
)

MAX_ANSWER = 100_000
MAX_COMMENT = 2_000
UNDO_WINDOW = 5
HISTORY = 15  # turns of a dialogue that are shown with a question: ruTiE's authors hold that these suffice
LEEWAY_S = 10.0  # between the end of a question's time and its answer's arrival
PREPARING_S = 5.0  # until it is worth to look again whether questions have come


class Answering:
    """Questions and answers of people in projects."""

    def __init__(
        self, store: Store, ledger: Ledger, cards: Cards, right: Right, now: Callable[[], float] = time.time
    ) -> None:
        self._store, self._ledger, self._cards, self._now = store, ledger, cards, now
        self._trainings = Trainings(store, right)

    def standing(
        self, project: str, person: str, *, read: int | None = None, coming: Coming = "go"
    ) -> Standing:
        """Where a person stands: the question that is held for him, else the next one. `read` is the version of the
        instructions that he has read (None: the newest). A question is his, and its time begins, only once he has read
        the newest, and has said that he is there where nobody may be: after one whose time ran out, and where a page
        looks by itself in a project with a limit. Raises StoreError while no answers are taken: nobody shall type one
        that cannot be kept; NotAllowed for whoever has seen gold."""
        self._ledger.check()
        with self._store.projects.writing() as tables:
            row = self._row(tables, project)
            _blind(tables, project, person)
            taken = self._take(tables, row, person, read, coming)
        return self._shown(row, person, taken)

    def ahead(self, project: str, person: str) -> tuple[MediaView, ...]:
        """Media of the question that would be this person's after the one that is held for him, for a browser to fetch
        meanwhile. Nothing is held by it, so it may come otherwise: then the browser has fetched in vain."""
        with self._store.projects.writing() as tables:
            row = self._row(tables, project)
            _blind(tables, project, person)
            mine = held(tables.connection, project, person)
            if not mine or _waits(row, self._now()):
                return ()
            later = mine[1] if len(mine) > 1 else self._dealt(tables, row, person, after=mine[0].purpose)
        if isinstance(later, Nothing):
            return ()
        return self._cards.published(self._sample(project, later.item).media)

    def submit(self, project: str, person: str, given: Submission) -> Standing:
        """Keeps an answer or a skip and returns the next question; none after one whose time ran out. Raises BadInput
        for an empty or overlong answer, an unknown reason, a question that this person was never asked; NotAllowed for
        whoever has seen gold."""
        _check(given)
        with self._ledger.writing() as act:
            row = self._row(act.tables, project)
            _blind(act.tables, project, person)
            kept = act.tables.submitted(project, person, given.client_id) or self._keep(
                act, row, person, given
            )
            late = given.action == "answer" and act.tables.out_of_time(project, person, given.client_id)
            taken = self._take(act.tables, row, person, given.instructions, "open")
        return replace(self._shown(row, person, taken, given), doubled=not kept, late=late)

    def undo(self, project: str, person: str, client_id: str, *, read: int | None = None) -> Standing:
        """Takes back the last submission that still stands, up to five in a row; its question is asked again, with what
        was typed. Nothing happens when there is none, or when the time for its question is over: nobody shall lose an
        answer by looking at it again. Raises NotAllowed for whoever has seen gold: he could not give it again."""
        with self._ledger.writing() as act:
            row = self._row(act.tables, project)
            _blind(act.tables, project, person)
            back = self._store.projects.undoable(project, person, UNDO_WINDOW, self._since(row))
            if back and not act.tables.submitted(project, person, client_id):
                last = back[0]
                turn = act.tables.turn(project, person, last.item, last.occasion)
                assert turn is not None
                facts = {
                    "item": last.item,
                    "occasion": last.occasion,
                    "purpose": last.purpose,
                    "client_id": client_id,
                    "supersedes": last.n,
                    "instructions": row.instructions,
                    "content_hash": turn["content_hash"],
                }
                act.record(Planned("undone", person, project, facts))
                for other in held(act.tables.connection, project, person):  # he sees one question at a time
                    release(act.tables.connection, project, person, other.item, other.occasion)
                again = Turn(last.item, last.occasion, last.purpose, self._now() + row.spec.lease_s)
                hold(act.tables.connection, project, person, again, self._now())
            taken = self._take(act.tables, row, person, read, "open")
        return self._shown(row, person, taken)

    def draft(
        self,
        project: str,
        person: str,
        item: int,
        occasion: int,
        text: str,
        comment: str,
        *,
        flagged: bool = False,
    ) -> float | None:
        """Keeps what is typed, whether the question is flagged, and the question for as long again. Returns until when;
        None when the question is no longer this person's: the text is kept all the same, unless it was answered
        meanwhile."""
        now = self._now()
        with self._store.projects.writing() as tables:
            row = self._row(tables, project)
            turn = tables.turn(project, person, item, occasion)
            if turn is None or turn["state"] not in {"held", "lapsed"}:
                return None
            typed = text[:MAX_ANSWER], comment[:MAX_COMMENT]
            tables.save_draft(project, person, item, occasion, *typed, now, flagged=flagged)
            if turn["state"] == "lapsed" or turn["lease_until"] < now:
                return None
            until = now + row.spec.lease_s
            hold(tables.connection, project, person, Turn(item, occasion, turn["purpose"], until), now)
            return until

    def _keep(self, act: Act, row: ProjectRow, person: str, given: Submission) -> bool:
        """False where the question was answered before: that is told to whoever looks, and kept for whoever asks."""
        turn = self._turn(act.tables, row, person, given)
        now = self._now()
        facts = {
            "item": given.item,
            "occasion": given.occasion,
            "purpose": turn["purpose"],
            "client_id": given.client_id,
            "instructions": _version(given, row),
            "content_hash": turn["content_hash"],
            "flagged": given.flagged,
            **asdict(honest(given.timing, turn["shown_at"], now)),
        }
        if turn["state"] in {"answered", "skipped"}:
            act.record(Planned("doubled", person, row.id, {**facts, "text": given.text}))
            return False
        release(act.tables.connection, row.id, person, given.item, given.occasion)
        late = row.spec.item_limit_s and now > (turn["shown_at"] or now) + row.spec.item_limit_s + LEEWAY_S
        answers = given.action == "answer" and not late
        reason = OUT_OF_TIME if late else given.reason
        what = {"text": given.text} if answers else {"reason": reason}
        if reason == OUT_OF_TIME and given.text:
            what["text"] = given.text  # no answer, yet nothing that was typed is lost
        body = {"comment": given.comment} if given.comment else {}
        act.record(Planned("answered" if answers else "skipped", person, row.id, {**facts, **what}, body))
        return True

    def _turn(
        self, tables: PeopleTransaction, row: ProjectRow, person: str, given: Submission
    ) -> Mapping[str, Any]:
        """The turn that a submission is for. Leases are not in the journal: after a lost disk the question is dealt
        again, by the same rules. Raises BadInput for one that was never this person's."""
        place = (row.id, person, given.item, given.occasion)
        turn = tables.turn(*place)
        if turn is None:
            self._take(tables, row, person)
            turn = tables.turn(*place)
        if turn is None:
            raise BadInput("not_your_question")
        return turn

    def _take(
        self,
        tables: PeopleTransaction,
        row: ProjectRow,
        person: str,
        read: int | None = None,
        coming: Coming = "go",
    ) -> Asked | Nothing:
        """The question that a person has now; a new lease where he has none and is ready for one."""
        connection, now = tables.connection, self._now()
        waits = _waits(row, now) or ("excluded" if tables.excluded(row.id, person) else None)
        sweep(connection, row.id, now)
        if waits:
            return Nothing(waits, retry_at=row.spec.opens_at if waits == "early" else None)
        mine = held(connection, row.id, person)
        before = mine or lapsed(connection, row.id, person)
        turn = before[0] if before else self._dealt(tables, row, person)
        if isinstance(turn, Nothing):
            return turn
        if not mine and (unready := self._unready(tables, row, person, read, coming)):
            return Nothing(unready)
        until = now + row.spec.lease_s
        hold(connection, row.id, person, turn._replace(lease_until=until), now)
        kept = tables.turn(row.id, person, turn.item, turn.occasion)
        sample_id = self._store.projects.sample_of(row.id, turn.item)
        assert sample_id is not None and kept is not None, turn
        draft = self._store.projects.draft(row.id, person, turn.item, turn.occasion)
        return Asked(turn.item, turn.occasion, turn.purpose, sample_id, until, kept["shown_at"], *draft)

    @staticmethod
    def _unready(
        tables: PeopleTransaction, row: ProjectRow, person: str, read: int | None, coming: Coming
    ) -> Wait | None:
        """Why the question that a person could have now is not shown yet."""
        if read is not None and read < row.instructions:
            return "instructions"
        if coming != "go" and tables.timed_out(row.id, person):
            return "time_out"
        return "ready" if coming == "look" and row.spec.item_limit_s else None

    def _dealt(
        self, tables: PeopleTransaction, row: ProjectRow, person: str, after: Purpose | None = None
    ) -> Turn | Nothing:
        """A question that this person has not had: of the kind that is due, else plain work. With `after`, the one that
        would come when the question that he has, of that purpose, were answered."""
        if row.spec.dialogue:
            return self._in_turn(tables, row, person)
        connection, seed = tables.connection, row.spec.seed
        done = served(connection, row.id, person)
        more = (after is not None and after != "training", after == "training")
        kind = deal(row.spec, person, done.work + more[0], done.training + more[1]).kind
        if kind == "training" and (found := self._open(tables, row, person, "training", capped=False)):
            return Turn(found[0], 1, "training", 0)
        if done.training and self._trainings.of(row, person).failed:
            return Nothing("failed_training")
        if kind == "repeat" and (again := repeatable(repeats(connection, row.id, person))):
            return Turn(shuffled(again, seed, person)[0], 2, "work", 0)
        if kind == "control" and (found := self._open(tables, row, person, "control", capped=False)):
            return Turn(shuffled(found, seed, person)[0], 1, "control", 0)
        rest: tuple[Purpose, ...] = ("work", "control")  # controls of the baseline need their answers, too
        for purpose in rest:
            if found := self._open(tables, row, person, purpose, capped=True):
                return Turn(shuffled(found, seed, person)[0], 1, purpose, 0)
        return self._nothing(tables, row, person)

    def _in_turn(self, tables: PeopleTransaction, row: ProjectRow, person: str) -> Turn | Nothing:
        """A dialogue's questions come in their order, one dialogue after another; controls stand where they stand."""
        found = {each.dialogue: each for each in openings(tables.connection, row.id, person)}
        if not found:
            return self._nothing(tables, row, person)
        last = last_dialogue(tables.connection, row.id, person)
        names = {name: each.first for name, each in found.items()}
        chosen = found[in_turn(names, last, row.spec.seed, person)]
        return Turn(chosen.item, 1, chosen.purpose, 0)

    def _nothing(self, tables: PeopleTransaction, row: ProjectRow, person: str) -> Nothing:
        kept, until = reserved(tables.connection, row.id, person)
        if kept:
            return Nothing("reserved", kept, until)
        if missing := unbound(tables.connection, row.id, person):  # the database was just made anew
            return Nothing("preparing", missing, self._now() + PREPARING_S)
        return Nothing("done")

    @staticmethod
    def _open(
        tables: PeopleTransaction, row: ProjectRow, person: str, purpose: Purpose, *, capped: bool
    ) -> list[int]:
        return open_items(tables.connection, row.id, person, purpose, WINDOW, capped=capped)

    def _shown(
        self, row: ProjectRow, person: str, taken: Asked | Nothing, given: Submission | None = None
    ) -> Standing:
        progress = self._store.projects.progress(row.id, person, UNDO_WINDOW, self._since(row))
        return Standing(
            project=row.id,
            title=row.spec.title,
            person=person,
            progress=progress,
            question=self._question(row, person, taken, progress) if isinstance(taken, Asked) else None,
            nothing=taken if isinstance(taken, Nothing) else None,
            instructions=row.instructions,
            limit_s=row.spec.item_limit_s,
            training=self._trainings.of(row, person, given) if row.spec.training else None,
        )

    def _since(self, row: ProjectRow) -> float:
        """What was shown before this is out of time, and is not taken back."""
        return self._now() - row.spec.item_limit_s if row.spec.item_limit_s else 0.0

    def _sample(self, project: str, item: int) -> DeskSample:
        sample_id = self._store.projects.sample_of(project, item)
        assert sample_id is not None, item
        return self._store.projects.desk_sample(sample_id)

    def _question(self, row: ProjectRow, person: str, asked: Asked, progress: Progress) -> DeskQuestion:
        sample = self._store.projects.desk_sample(asked.sample_id)
        limit = row.spec.item_limit_s
        return DeskQuestion(
            item=asked.item,
            occasion=asked.occasion,
            number=1
            + (progress.trained if asked.purpose == "training" else progress.answered + progress.skipped),
            media=self._cards.published(sample.media),
            question=sample.question,
            prompt=sample.prompt,
            options=sample.options,
            answer_type=sample.answer_type,
            lease_until=asked.lease_until,
            shown_at=asked.shown_at,
            ends_at=asked.shown_at + limit if limit else None,
            draft=asked.draft,
            comment=asked.comment,
            flagged=asked.flagged,
            training=asked.purpose == "training",
            notes=sample.notes,
            earlier=self._earlier(row, person, asked.item) if row.spec.dialogue else (),
        )

    def _earlier(self, row: ProjectRow, person: str, item: int) -> tuple[Earlier, ...]:
        found = []
        for number, sample_id, answer in self._store.projects.earlier(row.id, person, item, HISTORY):
            sample = self._store.projects.desk_sample(sample_id)
            media = self._cards.published(sample.media)
            found.append(Earlier(number, media, sample.question, sample.options, answer))
        return tuple(found)

    @staticmethod
    def _row(tables: PeopleTransaction, project: str) -> ProjectRow:
        row = tables.project(project)
        if row is None:
            raise BadInput("unknown_project", id=project)
        return row


def _blind(tables: PeopleTransaction, project: str, person: str) -> None:
    """Raises NotAllowed for whoever has ever been one who sees the gold of these questions."""
    if tables.has_seen_gold(project, person):
        raise NotAllowed("sees_gold")


def _waits(row: ProjectRow, now: float) -> Wait | None:
    if row.state == "draft" or row.state == "paused" or row.state == "closed":
        return row.state
    if row.spec.opens_at and now < row.spec.opens_at:
        return "early"
    return "late" if row.spec.closes_at and now > row.spec.closes_at else None


def _version(given: Submission, row: ProjectRow) -> int:
    """The version of the instructions that a person has really seen."""
    return (
        row.instructions if given.instructions is None else min(max(0, given.instructions), row.instructions)
    )


def _check(given: Submission) -> None:
    if not given.client_id or len(given.client_id) > 200:
        raise BadInput("bad_client_id")
    if given.action == "answer" and not given.text.strip():
        raise BadInput("empty_answer")
    if len(given.text) > MAX_ANSWER:
        raise BadInput("long_answer", limit=MAX_ANSWER)
    if given.action == "skip" and given.reason not in (*SKIPS, OUT_OF_TIME):
        raise BadInput("unknown_reason", reason=given.reason, known=", ".join(SKIPS))
    if len(given.comment) > MAX_COMMENT:
        raise BadInput("long_answer", limit=MAX_COMMENT)
