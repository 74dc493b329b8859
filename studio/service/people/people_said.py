"""What annotators said of a sample that somebody looks at: for reviewers and leads of their project alone."""

from collections import Counter

from studio.core.people_run import PeopleRun
from studio.core.people_said import ItemSaid, OneSaid, Told
from studio.core.run import Viewer
from studio.humans import allows
from studio.metrics.normal import normal_form
from studio.runner.questions import ExactMatch
from studio.service.cards import Cards
from studio.service.people.exactness import Exactness
from studio.service.people.members import Members
from studio.store import Store
from studio.store.projects import AskedItem, Response
from studio.store.tasks import StoredSample

ACT = "see_answers"


class PeopleSaid:
    """Answers of people beside a model's."""

    def __init__(self, store: Store, members: Members, cards: Cards, exact_match: ExactMatch) -> None:
        self._store, self._members, self._cards = store, members, cards
        self._exactness = Exactness(store, exact_match)

    def of(self, run_id: str, sample_id: int, viewer: Viewer) -> tuple[ItemSaid, ...]:
        """What was said of a run's sample in each project that asks this very question and whose answers the viewer may
        read; empty for everybody else, and for whoever is answering the task himself.
        """
        asked = [
            each
            for each in self._store.projects.asking(sample_id)
            if allows(self._members.role(viewer, each.project), ACT)
        ]
        if not asked:
            return ()
        (stored,) = self._store.tasks.samples([sample_id])
        if stored.task.name in self._cards.hidden_tasks(viewer):
            return ()
        score = self._store.browse.answer(run_id, sample_id).em
        extracted = score.extracted if score else None
        visible = self._cards.gold_visible(viewer, stored)
        return tuple(self._item(each, stored, extracted, visible) for each in asked)

    def may_read(self, run_id: str, viewer: Viewer) -> bool:
        """Whether the viewer may read what each person said for a run of people; False of any other run."""
        people = PeopleRun.of(self._store.runs.get(run_id).resolved)
        return people is not None and allows(self._members.role(viewer, people.project), ACT)

    def _item(self, asked: AskedItem, stored: StoredSample, model: str | None, visible: bool) -> ItemSaid:
        people = [person.id for person, _ in self._store.people.of_project(asked.project)]
        out = {who for who, (at, _) in self._store.projects.excluded(asked.project).items() if at is not None}
        responses = self._store.projects.said_of(asked.project, asked.item)
        right = {
            text: self._exactness.one(stored, text) if visible else None
            for text in {each.text for each in responses}
        }
        return ItemSaid(
            asked.project,
            asked.title,
            asked.item,
            asked.purpose,
            asked.overlap,
            asked.retired,
            _distribution(responses, right, model),
            tuple(_one(each, people, each.person in out, right[each.text]) for each in responses),
            asked.adjudicated,
        )


def _distribution(
    responses: list[Response], right: dict[str, float | None], model: str | None
) -> tuple[Told, ...]:
    """Answers that say the same are one, as it was written first."""
    counted = [each for each in responses if each.counts]
    written: dict[str, str] = {}
    for each in counted:
        written.setdefault(normal_form(each.text), each.text)
    said = None if model is None else normal_form(model)
    return tuple(
        Told(written[key], n, right[written[key]], key == said)
        for key, n in Counter(normal_form(each.text) for each in counted).most_common()
    )


def _one(response: Response, people: list[str], excluded: bool, right: float | None) -> OneSaid:
    answered = response.action == "answer"
    return OneSaid(
        people.index(response.person) + 1 if response.person in people else 0,
        "answer" if answered else "skip",
        response.text if answered else "",
        response.reason,
        response.comment,
        response.flagged,
        response.counts,
        excluded,
        response.occasion,
        response.at,
        response.took_s,
        response.active_s,
        right if answered else None,
    )
