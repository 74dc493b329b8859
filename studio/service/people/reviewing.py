"""A reviewer's desk: which items people differ on, and one item with all that was said of it.

Who said it is for leads alone; a reviewer sees a number.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studio.core.errors import BadInput
from studio.core.overseeing import SHOWN, ItemLine, ItemList, ItemView, Said, Shown
from studio.core.project import by_hardness
from studio.core.run import Viewer
from studio.humans import allows
from studio.service.cards import Cards
from studio.service.people.counting import key_of
from studio.service.people.members import Members
from studio.store import Store

MOST_ROWS = 200
_BEGINNING = 160  # characters of a question in a list


class Reviewing:
    """Items of a project, for reviewers and leads."""

    def __init__(self, store: Store, members: Members, cards: Cards) -> None:
        self._store, self._members, self._cards = store, members, cards

    def items(
        self,
        viewer: Viewer,
        project: str,
        shown: Shown = "hard",
        *,
        stratum: str = "",
        answers: int | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> ItemList:
        """A page of a project's items: those with exactly so many `answers`, of one `stratum`. Raises NotAllowed,
        BadInput."""
        self._members.check(viewer, "see_answers", project)
        lines, overlap = self._lines(project)
        counts = {name: sum(map(_wanted(name, overlap), lines)) for name in SHOWN}
        found = _chosen(lines, overlap, shown, stratum, answers)
        begin = max(0, min(offset, (len(found) - 1) // max(1, limit) * limit if found else 0))
        rows = tuple(found[begin : begin + min(limit, MOST_ROWS)])
        strata = tuple(sorted({line.stratum for line in lines if line.stratum}))
        return ItemList(rows, len(found), begin, counts, self._questions(rows), strata)

    def answers(self, viewer: Viewer, project: str) -> tuple[tuple[int, int], ...]:
        """Of each item of the baseline, in order, its number and how many answers count. Raises NotAllowed."""
        self._members.check(viewer, "see_board", project)
        cover = self._store.projects.coverage(project)
        items = [row[0] for row in self._store.oversight.items(project) if row[5] and not row[6]]
        return tuple((item, valid) for item, (valid, _) in zip(items, cover, strict=True))

    def item(
        self,
        viewer: Viewer,
        project: str,
        item: int,
        shown: Shown = "hard",
        *,
        stratum: str = "",
        answers: int | None = None,
    ) -> ItemView:
        """One item, with its neighbours in the list that `items` gives for the same arguments; gold is in it, but for
        an owner who is answering the task himself. Raises NotAllowed, BadInput."""
        self._members.check(viewer, "see_answers", project)
        lines, overlap = self._lines(project)
        line = next((each for each in lines if each.item == item), None)
        if line is None:
            raise BadInput("unknown_item", item=item)
        found = [each.item for each in _chosen(lines, overlap, shown, stratum, answers)]
        place = found.index(item) if item in found else -1
        before = found[place - 1] if place > 0 else None
        after = (
            found[place + 1]
            if 0 <= place < len(found) - 1
            else next(iter(found), None)
            if place < 0
            else None
        )
        said = self._said(project, item, names=allows(self._members.role(viewer, project), "organise"))
        written = _written(said)
        place, total = place + 1, len(found)
        if line.sample_id is None:
            return ItemView(line, None, "", {}, (), None, said, written, place, total, before, after)
        (stored,) = self._store.tasks.samples([line.sample_id])
        sample, hidden = stored.sample, self._answers_too(viewer, project, stored.task.name)
        gold = None if hidden else sample.gold
        return ItemView(
            line, sample.question, sample.prompt, sample.options, self._cards.media(sample), gold, said,
            written, place, total, before, after, gold_hidden=hidden,
        )  # fmt: skip

    def _answers_too(self, viewer: Viewer, project: str, task: str) -> bool:
        """Whether an owner is answering these questions himself in this browser: he stays as blind as his answers are
        to be."""
        annotates = task in self._cards.hidden_tasks(viewer)
        return annotates and not self._store.people.has_seen_gold(viewer.person, project)

    def _lines(self, project: str) -> tuple[list[ItemLine], int]:
        row = self._store.projects.get(project)
        if row is None:
            raise BadInput("unknown_project", id=project)
        reading = self._store.oversight
        votes = reading.votes(project)
        answers: dict[int, Counter[str]] = defaultdict(Counter)
        for item, _, text in votes:
            answers[item][key_of(text)] += 1
        skips: dict[int, dict[str, int]] = defaultdict(dict)
        for item, reason, n in reading.skips(project):
            skips[item][reason] = n
        remarks = {item: (flags, comments) for item, flags, comments in reading.remarks(project)}
        last = self._store.projects.adjudicated(project)
        lines = [
            ItemLine(
                item, key, sample_id, purpose, stratum, bool(scored), bool(retired),
                tuple(answers[item].most_common()) if item in answers else (), skips.get(item),
                *remarks.get(item, (0, 0)), last.get(item),
            )
            for item, key, sample_id, purpose, stratum, scored, retired in reading.items(project)
        ]  # fmt: skip
        return lines, row.spec.overlap

    def _questions(self, rows: Sequence[ItemLine]) -> dict[int, str]:
        places = {line.sample_id: line.item for line in rows if line.sample_id is not None}
        return {
            places[stored.id]: stored.sample.question[:_BEGINNING]
            for stored in self._store.tasks.samples(places)
        }

    def _said(self, project: str, item: int, *, names: bool) -> tuple[Said, ...]:
        people = [person for person, _ in self._store.people.of_project(project)]
        known = {person.id: (number, person.name) for number, person in enumerate(people, 1)}
        return tuple(
            _said_of(row, *known.get(row["person_id"], (0, "")), names=names)
            for row in self._store.oversight.of_item(project, item)
        )


def _said_of(row: Mapping[str, Any], number: int, name: str, *, names: bool) -> Said:
    return Said(
        row["person_id"], number, name if names else "", row["action"], row["text"] or "", row["reason"] or "",
        row["comment"], bool(row["flagged"]), bool(row["counts"]), bool(row["excluded"]), row["occasion"],
        row["instructions"], row["at"],
        None if row["shown_at"] is None else max(0.0, row["at"] - row["shown_at"]),
    )  # fmt: skip


def _written(said: Sequence[Said]) -> dict[str, str]:
    """How each answer that counts was written by most."""
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in said:
        if each.counts:
            texts[key_of(each.text)][each.text] += 1
    return {form: found.most_common(1)[0][0] for form, found in texts.items()}


def _chosen(
    lines: Sequence[ItemLine], overlap: int, shown: Shown, stratum: str, answers: int | None
) -> list[ItemLine]:
    """The lines of a list in its order: hard ones by their hardness, others as they come in the project."""
    wanted = _wanted(shown, overlap)
    found = [
        line
        for line in lines
        if wanted(line)
        and (not stratum or line.stratum == stratum)
        and (answers is None or (line.valid == answers and line.scored))
    ]
    if shown == "hard":
        found.sort(key=lambda line: (by_hardness(line.answers, line.skips or {}, line.flags), line.item))
    return found


def _is_hard(line: ItemLine) -> bool:
    asked = line.purpose != "training" and not line.retired
    return asked and (line.split or line.skipped > 0 or line.flags > 0)


def _wanted(shown: Shown, overlap: int) -> Callable[[ItemLine], bool]:
    tests: Mapping[Shown, Callable[[ItemLine], bool]] = {
        "hard": _is_hard,
        "split": lambda line: line.split,
        "skipped": lambda line: any(reason != "mine" for reason in line.skips or ()),
        "flagged": lambda line: line.flags > 0,
        "commented": lambda line: line.comments > 0,
        "open": lambda line: line.scored and not line.retired and line.valid < overlap,
        "decided": lambda line: line.adjudicated is not None,
        "retired": lambda line: line.retired,
        "all": lambda line: True,
    }
    return tests[shown]
