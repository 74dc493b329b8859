"""Groups of failures that are kept, as they are looked at: sizes, answers, notes, labels that show nothing new."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from studio.core.errors import BadInput, NotAllowed
from studio.core.reasons import (
    LATEST,
    Answer,
    AnswerGroup,
    GroupAction,
    GroupEdit,
    GroupingSpec,
    GroupMember,
    GroupPage,
    KeptGroup,
    KeptReasons,
    LabelSeen,
    ReasonName,
    first_seen,
    quiet_of,
)
from studio.core.run import OWNER, MediaView, Viewer
from studio.core.task import LOG_SOURCE
from studio.service.cards import Cards
from studio.service.failing import numbers_of
from studio.service.looking import Looking
from studio.service.scorers import label_of
from studio.service.visitors import steered
from studio.stats import wilson
from studio.store import Store
from studio.store.groups import Counted, EditRow, GroupFacts, Place

PAGE = 50
MOST_PICTURES = 100


class GroupLooks:
    """Groupings of runs. What their viewer may not see of the gold is left out."""

    def __init__(self, store: Store, looking: Looking, cards: Cards) -> None:
        self._store = store
        self._looking = looking
        self._cards = cards

    # looking

    def books(self, run_id: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The groupings that a run is in, the latest edited first: each one's id and its runs."""
        self._store.runs.get(run_id)
        return tuple(self._store.groups.books(run_id))

    def find(self, runs: Sequence[str] = (), group: int | None = None) -> int | None:
        """The id of the grouping of these runs, of one run the latest that it is in; or of the one with a group."""
        if group is not None:
            return self._store.groups.book_with(group)
        if len(set(runs)) == 1:
            return next((book for book, _ in self.books(runs[0])), None)
        for run in runs:
            self._store.runs.get(run)
        return self._store.groups.book_of(runs)

    def need(self, runs: Sequence[str]) -> int:
        """The same, where there must be one. Raises BadInput."""
        book = self.find(runs)
        if book is None:
            raise BadInput("no_grouping", runs=", ".join(runs))
        return book

    def kept(self, book: int, viewer: Viewer = OWNER) -> KeptReasons:
        """A grouping as it stands. Raises BadInput: there is none; NotAllowed."""
        runs = self._runs(book)
        shut = self._shut(runs, viewer)
        counts = self._store.groups.counts(book)
        groups = _groups(self._store.groups.groups(book), counts, shut)
        grouping = self._store.groups.last_grouping(book)
        spec, at = _spec(runs, grouping), grouping.at if grouping else 0.0
        seen = [row for row in self._store.groups.labelled(book) if row[3] not in shut]
        first = first_seen([group for *_, group in seen])
        latest = [
            LabelSeen(run, sample, number, group, new)
            for (run, sample, number, _, group), new in zip(seen[-LATEST:], first[-LATEST:], strict=True)
        ]
        n = sum(group.n for group in groups)
        return KeptReasons(
            book, spec, at, tuple(_shared(group, n) for group in groups), n,
            fresh=self._fresh(book, spec, viewer),
            hidden=sum(each.n for each in counts if each.task in shut),
            labelled=len(seen), quiet=quiet_of(first), latest=tuple(latest),
            unseen=frozenset(group.number for group in groups) - {group for *_, group in seen},
            undo=self._undoable(book, bool(shut)), rescored=self._rescored(runs, at),
        )  # fmt: skip

    def page(
        self, number: int, offset: int = 0, limit: int = PAGE, *, reviewer: str = "", viewer: Viewer = OWNER
    ) -> GroupPage:
        """Answers of a group. Notes of others are there once `reviewer` has labelled the answer, as on Inspect.
        Raises BadInput, NotAllowed."""
        book = self._book(number)
        shut = self._shut(self._runs(book), viewer)
        (group,) = _groups(
            {number: self._store.groups.groups(book)[number]},
            [each for each in self._store.groups.counts(book) if each.group == number],
            shut,
        )
        total = group.n
        offset = max(0, min(offset, (total - 1) // limit * limit)) if total else 0
        rows = self._store.groups.members(book, number, shut, offset, limit)
        wanted = {(run, sample): (place, pinned) for run, sample, place, pinned in rows}
        return GroupPage(group, self._members(wanted, reviewer, viewer), total, offset)

    def of(self, run_id: str, sample_id: int, viewer: Viewer = OWNER) -> AnswerGroup | None:
        """Where an answer is in the latest grouping of its run. None: the run is in none, or the answer's gold is
        hidden from the viewer, which the group tells. Raises NotAllowed for who annotates one of the tasks now."""
        books = self._store.groups.books(run_id)
        if not books:
            return None
        book, runs = books[0]
        shut = self._shut(runs, viewer)
        if shut and any(stored.task.name in shut for stored in self._store.tasks.samples([sample_id])):
            return None
        counts = self._store.groups.counts(book) if shut else []
        groups = _groups(self._store.groups.groups(book), counts, shut)
        standing = self._store.groups.standing(book, [(run_id, sample_id)]).get((run_id, sample_id))
        _, place = standing or (0, Place(0))
        return AnswerGroup(
            book,
            place.group,
            place.pinned,
            tuple(replace(group, counts={}) for group in groups),
            may_move=self.may_edit(runs, viewer),
        )

    def typical(
        self, book: int, each: int = 3, *, reviewer: str = "", viewer: Viewer = OWNER
    ) -> dict[int, tuple[GroupMember, ...]]:
        """Answers that come first to mind, `each` of a group, by its number; those that a person put there first."""
        runs = self._runs(book)
        shut = self._shut(runs, viewer)
        found: dict[int, dict[Answer, tuple[int, bool]]] = {}
        groups = self._store.groups.groups(book)
        standing = self._store.groups.standing(
            book, [one for facts in groups.values() for one in facts.typical]
        )
        for number, facts in groups.items():
            own = [one for one in facts.typical if one in standing and standing[one][1].group == number]
            found[number] = {one: (standing[one][0], standing[one][1].pinned) for one in own[:each]}
            if len(own) < each:
                more = self._store.groups.members(book, number, shut, 0, each)
                found[number] |= {(run, sample): (place, pinned) for run, sample, place, pinned in more}
        every = {answer: told for members in found.values() for answer, told in members.items()}
        shown = {
            (one.failure.run, one.failure.sample_id): one for one in self._members(every, reviewer, viewer)
        }
        return {
            number: tuple(
                shown[one] for one in members if one in shown and shown[one].failure.task not in shut
            )[:each]
            for number, members in found.items()
        }

    def pictures(self, answers: Iterable[Answer]) -> dict[Answer, MediaView]:
        """The first picture or clip of each question, as far as it has one that can be shown; of `MOST_PICTURES`."""
        wanted = tuple(dict.fromkeys(answers))[:MOST_PICTURES]
        known = {
            (run, sample)
            for run in {run for run, _ in wanted}
            for sample in self._store.failures.answered(run, [sample for one, sample in wanted if one == run])
        }
        ids = list({sample for _, sample in known})
        samples = {stored.id: stored for stored in self._store.tasks.samples(ids)}
        found: dict[Answer, MediaView] = {}
        for run, sample in known:
            stored = samples[sample]
            views = self._cards.media(stored.sample, logged=stored.task.source.startswith(LOG_SOURCE))
            seen = next((view for view in views if view.file and view.modality in {"image", "video"}), None)
            if seen:
                found[run, sample] = seen
        return found

    def still(self, view: MediaView) -> bytes | None:
        """A small JPEG for a clip of `pictures`; None where it cannot be read."""
        return self._cards.still(view)

    def may_edit(self, book_or_runs: int | Sequence[str], viewer: Viewer = OWNER) -> bool:
        """Whether this viewer may change a grouping, or group these runs."""
        runs = self._runs(book_or_runs) if isinstance(book_or_runs, int) else tuple(book_or_runs)
        if steered(self._store, runs, viewer) != set(runs):
            return False
        return not any(self._looking.hidden(run, viewer) for run in runs)

    def history(self, book: int, limit: int = 20, viewer: Viewer = OWNER) -> tuple[GroupEdit, ...]:
        """What was done to a grouping and stands, the latest first."""
        shut = self._shut(self._runs(book), viewer)
        return tuple(edit_of(row, masked=bool(shut)) for row in self._store.groups.edits(book, limit))

    # what all need

    def _runs(self, book: int) -> tuple[str, ...]:
        runs = self._store.groups.runs(book)
        if not runs:
            raise BadInput("unknown_grouping", number=book)
        return runs

    def _book(self, number: int) -> int:
        book = self._store.groups.book_with(number)
        if book is None:
            raise BadInput("unknown_group", number=number)
        return book

    def _shut(self, runs: Sequence[str], viewer: Viewer) -> set[str]:
        """Tasks of the runs whose gold is hidden. Raises NotAllowed for whom answers to one of them are
        hidden, too."""
        self._looking.refuse_annotated(runs, viewer)
        shut = {task for run in runs for task in self._looking.hidden(run, viewer)}
        if shut & self._looking.blinded(viewer):
            raise NotAllowed("gold_hidden")
        return shut

    def _fresh(self, book: int, spec: GroupingSpec, viewer: Viewer) -> dict[str, int]:
        """How many answers of the choice are in no group, by run. Where gold is hidden a filter may not be tried."""
        if any(self._looking.hidden(run, viewer) for run in spec.runs):
            return {}
        found = {
            run: len(numbers_of(self._store, run, spec.where) - self._store.groups.grouped(book, run))
            for run in spec.runs
        }
        return {run: n for run, n in found.items() if n}

    def _rescored(self, runs: Sequence[str], since: float) -> dict[str, str]:
        """By which version of the rules runs were scored anew after they were grouped."""
        anew = [run for run in runs if self._store.runs.happened(run, "rescored", since)]
        return {run: label_of(self._store.runs.get(run).profile) for run in anew}

    def _undoable(self, book: int, masked: bool) -> GroupEdit | None:
        latest = self._store.groups.edits(book, 2)
        return edit_of(latest[0], masked=masked) if len(latest) > 1 else None

    def _members(
        self, wanted: Mapping[Answer, tuple[int, bool]], reviewer: str, viewer: Viewer
    ) -> tuple[GroupMember, ...]:
        """The answers with their notes, as far as this reviewer may read them: not before labelling the answer."""
        notes = self._notes(wanted, " ".join(reviewer.split()), viewer)
        found: dict[Answer, GroupMember] = {}
        for run in {run for run, _ in wanted}:
            numbers = [number for (one, _), (number, _) in wanted.items() if one == run]
            for failure in self._store.failures.of(run, numbers):
                answer = run, failure.sample_id
                member = replace(failure, notes=" · ".join(notes.get(answer, ())))
                found[answer] = GroupMember(member, wanted[answer][1])
        return tuple(found[answer] for answer in wanted if answer in found)

    def _notes(self, answers: Iterable[Answer], reviewer: str, viewer: Viewer) -> dict[Answer, list[str]]:
        rows = self._store.groups.notes(answers)
        runs = {run for run, *_ in rows}
        judges = steered(self._store, runs, viewer)  # who cannot label a run sees all that was said of it
        own = {(run, sample) for run, sample, name, _ in rows if name == reviewer}
        found: dict[Answer, list[str]] = {}
        for run, sample, _, note in rows:
            if note and (run not in judges or (run, sample) in own):
                found.setdefault((run, sample), []).append(note)
        return found


def _groups(
    groups: Mapping[int, GroupFacts], counts: Iterable[Counted], shut: set[str]
) -> tuple[KeptGroup, ...]:
    """The groups without what is hidden, the largest first. Words of a group that holds hidden answers may tell their
    gold, so that it goes by its pattern alone."""
    seen: dict[int, dict[tuple[str, str], int]] = {number: {} for number in groups}
    pinned: Counter[int] = Counter()
    masked: set[int] = set()
    for each in counts:
        if each.group not in seen:
            continue
        if each.task in shut:
            masked.add(each.group)
        else:
            seen[each.group][each.run, each.task] = each.n
            pinned[each.group] += each.pinned
    found = [
        KeptGroup(
            number,
            "" if number in masked else facts.name,
            ReasonName(facts.trait, () if number in masked else facts.words),
            facts.made,
            facts.merged,
            facts.decided,
            seen[number],
            pinned[number],
            facts.typical,
        )
        for number, facts in groups.items()
        if seen[number] or number not in masked
    ]
    return tuple(sorted(found, key=lambda group: (-group.n, group.number)))


def _shared(group: KeptGroup, n: int) -> KeptGroup:
    if not n:
        return group
    share = wilson(group.n, n)
    return replace(group, low=share.low, high=share.high)


def _spec(runs: tuple[str, ...], grouping: EditRow | None) -> GroupingSpec:
    known: dict[str, Any] = dict(grouping.detail["spec"]) if grouping else {}
    return GroupingSpec(**{**known, "runs": runs})


def edit_of(row: EditRow, *, masked: bool) -> GroupEdit:
    detail = row.detail
    name, titles = ("", {}) if masked else (detail.get("name", ""), detail.get("titles", {}))
    action, number, other = cast(GroupAction, row.action), detail.get("number", 0), detail.get("other", 0)
    return GroupEdit(action, row.author, row.at, row.n, number, name, other, titles)
