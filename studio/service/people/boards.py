"""The live board of a project: read from rows each time it is looked at."""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from studio.core.project import Board, HardItem, Item, PersonBoard, Project, by_hardness, telling
from studio.core.run import Viewer
from studio.core.votes import Vote
from studio.humans import allows
from studio.humans.watching import Timed, constancy, hours, pace, too_fast
from studio.service.people.baselines import Baselines
from studio.service.people.counting import key_of
from studio.service.people.members import Members
from studio.service.people.organising import Organising
from studio.service.people.training import Trainings
from studio.stats import mean_estimate
from studio.stats.votes import crowd_agreement
from studio.store import Store
from studio.store.projects import Response

MOST_HARD = 200


@dataclass(frozen=True)
class _Made:
    """A board, when the answers of its pace came, at which number of the journal it was made, and until when it will do
    (monotonic seconds)."""

    board: Board
    times: tuple[float, ...]
    version: int
    until: float


class Boards:
    """What goes on in projects."""

    def __init__(
        self,
        store: Store,
        members: Members,
        organising: Organising,
        baselines: Baselines,
        trainings: Trainings,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store, self._members, self._organising = store, members, organising
        self._baselines, self._trainings, self._now = baselines, trainings, now
        self._lock = threading.Lock()
        self._made: dict[str, _Made] = {}

    def lately(self, viewer: Viewer, project: str, *, exact: bool = False) -> Board:
        """The board for whoever keeps looking at it: the one made last, while nothing has happened since or it is
        younger than ten times what making it took; `exact`: only while nothing has happened. Raises NotAllowed,
        BadInput."""
        told = self._organising.project(viewer, project)
        with self._lock:
            made = self._made.get(project)
            now, version = time.monotonic(), self._store.projects.applied()
            if made and (made.version == version or (not exact and now < made.until)):
                board = _paced(replace(made.board, project=told), made.times, self._now())
                return self._told(viewer, board)
            board, times = self._board(told, MOST_HARD)
            took = time.monotonic() - now
            self._made[project] = _Made(board, times, version, now + 11 * took)
            return self._told(viewer, board)

    def board(self, viewer: Viewer, project: str, *, hard: int = 50) -> Board:
        """A project as it stands. Raises NotAllowed for whoever is neither its reviewer nor its lead, BadInput."""
        return self._told(viewer, self._board(self._organising.project(viewer, project), hard)[0])

    def _told(self, viewer: Viewer, board: Board) -> Board:
        """The same for whoever asks: names and pay are for leads."""
        pay = board.project.spec.pay_per_hour
        board = replace(board, cost=None if pay is None else board.hours * pay)
        if allows(self._members.role(viewer, board.project.id), "organise"):
            return board
        return replace(board, people=tuple(replace(each, name="", reason="") for each in board.people))

    def _board(self, told: Project, hard: int) -> tuple[Board, tuple[float, ...]]:
        """A board, and when the answers of its pace came."""
        project = told.id
        standing = self._store.projects.standing(project)
        counted = [each for each in standing if each.counts]
        cover = self._store.projects.coverage(project)
        worked = [each for each in standing if each.purpose != "training"]
        wanted = told.spec.overlap * len(cover)
        done = sum(min(valid, told.spec.overlap) for valid, _ in cover)
        times = tuple(each.at for each in worked)
        retired = self._store.projects.retired(project)
        items = self._store.projects.items(project)
        scored = {item.item for item in items if item.scored} - retired
        votes = [
            Vote(str(each.item), each.person, key_of(each.text)) for each in counted if each.item in scored
        ]
        people = self._people(project, standing, scored)
        spent = sum(each.active_s for each in people) / 3600
        board = Board(
            project=told,
            items=len(cover),
            complete=sum(valid >= told.spec.overlap for valid, _ in cover),
            by_answers=Counter(valid for valid, _ in cover),
            done=done,
            wanted=wanted,
            held=sum(held for _, held in cover),
            people=people,
            agreement=crowd_agreement(votes),
            per_hour=None,
            left_s=None,
            hours=spent,
            cost=None,
            by_hour=tuple(hours(times)),
            hard=self._hard(project, items, standing, min(hard, MOST_HARD)),
        )
        return _paced(board, times, self._now()), times

    def _people(
        self, project: str, standing: Sequence[Response], scored: Collection[int]
    ) -> tuple[PersonBoard, ...]:
        skills = {each.person: each for each in self._baselines.skills(project)}
        row = self._store.projects.get(project)
        timed = [Timed(each.person, each.at, each.took_s) for each in standing if each.action == "answer"]
        fast = too_fast(timed)
        spent: dict[str, list[float]] = defaultdict(list)
        for one in timed:
            if one.took_s is not None:
                spent[one.person].append(one.took_s)
        mine: dict[str, list[Response]] = defaultdict(list)
        for each in standing:
            mine[each.person].append(each)
        twice = {(each.person, each.item) for each in standing if each.occasion > 1}
        said: dict[tuple[str, int], list[str]] = defaultdict(list)
        for each in standing if twice else ():
            if each.action == "answer" and (each.person, each.item) in twice:
                said[each.person, each.item].append(key_of(each.text))
        same = constancy(said)
        out = self._store.projects.excluded(project)
        found = []
        for person, role in self._store.people.of_project(project):
            rows = mine.get(person.id, [])
            answers = [each for each in rows if each.action == "answer"]
            took = sorted(spent.get(person.id, ()))
            skill = skills.get(person.id)
            excluded_at, reason = out.get(person.id, (None, ""))
            found.append(
                PersonBoard(
                    person=person.id,
                    name=person.name,
                    role=role,
                    answered=len(answers),
                    skipped=len(rows) - len(answers),
                    counted=sum(each.counts and each.item in scored for each in answers),
                    controls=mean_estimate(skill.scores if skill else ()),
                    repeats=mean_estimate(same.get(person.id, ())),
                    training=self._trainings.of(row, person.id) if row and row.spec.training else None,
                    median_s=took[len(took) // 2] if took else None,
                    active_s=sum(each.active_s or 0.0 for each in rows),
                    fast=fast[person.id],
                    last_at=max((each.at for each in rows), default=None),
                    excluded_at=excluded_at,
                    reason=reason,
                )
            )
        return tuple(found)

    def _hard(
        self, project: str, items: Sequence[Item], standing: Sequence[Response], most: int
    ) -> tuple[HardItem, ...]:
        """Where people differ, or skip for a reason that lies in the question, in the order of `by_hardness`."""
        answers: dict[int, Counter[str]] = defaultdict(Counter)
        skips: dict[int, Counter[str]] = defaultdict(Counter)
        for each in standing:
            if each.counts:
                answers[each.item][key_of(each.text)] += 1
            elif each.action == "skip" and each.reason != "mine" and each.purpose != "training":
                skips[each.item][each.reason] += 1
        retired = self._store.projects.retired(project)
        places = self._store.projects.places(project)
        keys = {item.item: item.key for item in items}
        last = self._store.projects.adjudicated(project)
        found = []
        for item in answers.keys() | skips.keys():
            passed = skips.get(item, Counter())
            if item not in places or item in retired or not (telling(passed) or len(answers[item]) > 1):
                continue
            given = answers[item].most_common()
            share = given[0][1] / sum(n for _, n in given) if given else 0.0
            found.append(
                HardItem(item, keys[item], places[item], tuple(given), share, dict(passed), last.get(item))
            )
        found.sort(key=lambda each: (by_hardness(each.answers, each.skips), each.item))
        return tuple(found[:most])


def _paced(board: Board, times: Sequence[float], now: float) -> Board:
    """With the pace and the forecast as they are now: both change while nobody answers, too."""
    speed = pace(times, now)
    left = (board.wanted - board.done) / speed * 3600 if speed else None
    return replace(board, per_hour=speed, left_s=left)
