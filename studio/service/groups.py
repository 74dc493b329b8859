"""Groups of failures that are kept: named, put together, taken apart, and all of it taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from studio.core.errors import BadInput, NotAllowed
from studio.core.reasons import Answer, GroupEdit, GroupingSpec, Reasons
from studio.core.run import OWNER, Viewer
from studio.service.group_looks import GroupLooks, edit_of
from studio.service.regrouping import regrouping
from studio.service.visitors import steered
from studio.store.groups import GroupFacts, NewEdit, Place, ended

LONGEST_GROUP_NAME = 80
MOST_MOVED = 1_000
_TYPICAL = 10


class KeptGroups(GroupLooks):
    """Groupings of runs. Whoever may label all runs of one and see their gold may change it."""

    def keep(self, spec: GroupingSpec, found: Reasons, author: str = "", viewer: Viewer = OWNER) -> int:
        """Keeps what the engine found; the grouping's id. What people named and moved stays so. Raises NotAllowed."""
        self._guard(spec.runs, viewer)
        book = self._store.groups.open(spec.runs)
        before = self._store.groups.groups(book), self._store.groups.places(book)
        self._store.groups.add(book, regrouping(spec, found, *before, author))
        return book

    def rename(
        self, number: int, name: str, *, author: str = "", client_id: str = "", viewer: Viewer = OWNER
    ) -> None:
        """Gives a group a name; an empty one gives back its own. Raises BadInput, NotAllowed."""
        book, groups = self._open(number, viewer)
        facts = groups[number]
        name = self._name(book, name, number) if name.strip() or facts.made else ""
        detail = {"number": number, "name": name, "before": facts.name}
        changes = {number: replace(facts, name=name)}
        self._store.groups.add(book, NewEdit("rename", detail, author, client_id, changes=changes))

    def move(
        self,
        number: int,
        answers: Iterable[Answer],
        *,
        author: str = "",
        client_id: str = "",
        viewer: Viewer = OWNER,
    ) -> None:
        """Puts answers of the grouping's runs into a group, where they stay. Raises BadInput, NotAllowed."""
        book, groups = self._open(number, viewer)
        moves = self._moves(book, answers, number)
        detail = {"number": number, **_said(groups[number])}
        self._store.groups.add(book, NewEdit("move", detail, author, client_id, moves=moves))

    def make(
        self,
        book: int,
        name: str,
        answers: Iterable[Answer] = (),
        *,
        author: str = "",
        client_id: str = "",
        viewer: Viewer = OWNER,
    ) -> int:
        """Begins a group by hand; its number, 0 where this was asked before. Raises BadInput, NotAllowed."""
        self._guard(self._runs(book), viewer)
        if self._store.groups.is_known(book, client_id):
            return 0
        name = self._name(book, name)
        moves = self._moves(book, answers, -1)
        facts = GroupFacts(alive=True, made=True, name=name, typical=tuple(moves)[:_TYPICAL])
        edit = NewEdit("make", {"name": name}, author, client_id, (facts,), moves)
        return next(iter(self._store.groups.add(book, edit)), 0)

    def merge(
        self, number: int, other: int, *, author: str = "", client_id: str = "", viewer: Viewer = OWNER
    ) -> None:
        """Puts all of the `other` group into a group; the other ends. Raises BadInput, NotAllowed."""
        book, groups = self._open(number, viewer)
        if other == number:
            raise BadInput("group_itself", number=number)
        if other not in groups:
            raise BadInput("unknown_group", number=other)
        moves = {
            answer: Place(number, place.pinned)
            for answer, place in self._store.groups.places(book).items()
            if place.group == other
        }
        into, gone = groups[number], groups[other]
        typical = tuple(one for two in zip(into.typical, gone.typical, strict=False) for one in two)
        rest = (*into.typical, *gone.typical)
        merged = replace(
            into, merged=into.merged + 1 + gone.merged, typical=_each_once((*typical, *rest))[:_TYPICAL]
        )
        detail = {"number": number, **_said(into), "other": other}
        changes = {number: merged, other: ended(gone)}
        self._store.groups.add(
            book, NewEdit("merge", detail, author, client_id, moves=moves, changes=changes)
        )

    def remove(self, number: int, *, author: str = "", client_id: str = "", viewer: Viewer = OWNER) -> None:
        """Ends a group; its answers are in none until they are grouped again. Raises BadInput, NotAllowed."""
        book, groups = self._open(number, viewer)
        places = self._store.groups.places(book)
        moves = {answer: Place(0) for answer, place in places.items() if place.group == number}
        detail = {"number": number, **_said(groups[number])}
        changes = {number: ended(groups[number])}
        self._store.groups.add(
            book, NewEdit("remove", detail, author, client_id, moves=moves, changes=changes)
        )

    def undo(
        self, book: int, *, author: str = "", client_id: str = "", viewer: Viewer = OWNER
    ) -> GroupEdit | None:
        """Takes the latest edit back, then the one before it, up to the first grouping. None: nothing is left."""
        self._guard(self._runs(book), viewer)
        row = self._store.groups.undo(book, author, client_id)
        return edit_of(row, masked=False) if row else None

    # what all need

    def _open(self, number: int, viewer: Viewer) -> tuple[int, dict[int, GroupFacts]]:
        book = self._book(number)
        self._guard(self._runs(book), viewer)
        return book, self._store.groups.groups(book)

    def _guard(self, runs: Sequence[str], viewer: Viewer) -> None:
        """Raises NotAllowed: another's run; gold that is hidden from the viewer, which groups tell."""
        if steered(self._store, runs, viewer) != set(runs):
            raise NotAllowed("groups_not_yours")
        if any(self._looking.hidden(run, viewer) for run in runs):
            raise NotAllowed("gold_hidden")

    def _name(self, book: int, name: str, number: int | None = None) -> str:
        """A name as it is kept: filters tell groups apart by it, and a number is another group's. Raises BadInput."""
        name = " ".join(name.split())
        if not 0 < len(name) <= LONGEST_GROUP_NAME:
            raise BadInput("group_name", most=LONGEST_GROUP_NAME)
        if name.isdecimal():
            raise BadInput("group_name_number", name=name)
        for other, facts in self._store.groups.groups(book).items():
            if other != number and facts.name.casefold() == name.casefold():
                raise BadInput("group_name_taken", name=name, number=other)
        return name

    def _moves(self, book: int, answers: Iterable[Answer], number: int) -> dict[Answer, Place | None]:
        wanted = _each_once(answers)
        if len(wanted) > MOST_MOVED:
            raise BadInput("group_moves", n=len(wanted), most=MOST_MOVED)
        runs = self._runs(book)
        for run in {run for run, _ in wanted}:
            known = self._store.failures.answered(run, [sample for one, sample in wanted if one == run])
            lacking = next((sample for one, sample in wanted if one == run and sample not in known), None)
            if run not in runs or lacking is not None:
                raise BadInput("unknown_sample", run=run, sample=lacking)
        return {answer: Place(number, pinned=True) for answer in wanted}


def _said(facts: GroupFacts) -> dict[str, object]:
    """What a group is called, for the record of an edit: its name, or its own in each language."""
    return {"name": facts.name, "titles": dict(facts.titles)}


def _each_once(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    return tuple(dict.fromkeys(answers))
