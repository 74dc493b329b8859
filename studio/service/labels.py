"""What people say of answers: labels given and taken back, reviewers blind to each other, and what comes of it."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from studio.core.errors import BadInput, NotAllowed
from studio.core.label import (
    LONGEST_NAME,
    VERDICTS,
    Criteria,
    Draw,
    Imported,
    Label,
    LabelledSample,
    NewLabel,
    SampleLabels,
    ThreeWayBy,
    ThreeWayRow,
)
from studio.core.run import OWNER, SampleFilter, Viewer
from studio.service import drawing, label_files, three_way
from studio.service.cards import Cards
from studio.service.desk import Desk
from studio.service.looking import Looking
from studio.service.measures import Measures
from studio.service.visitors import steered
from studio.store import Store

LONGEST_NOTE, LONGEST_TAG, MOST_TAGS, LONGEST_CRITERIA = 4_000, 60, 20, 20_000
EVERYTHING = SampleFilter()


class Labels:
    """Labels of runs. Whoever may steer a run may label it, as far as its gold is theirs to see."""

    def __init__(self, store: Store, desk: Desk, looking: Looking, cards: Cards, measures: Measures) -> None:
        self._store = store
        self._desk = desk
        self._looking = looking
        self._cards = cards
        self._measures = measures

    # one sample

    def may_label(self, run_id: str, viewer: Viewer = OWNER) -> bool:
        """Whether this viewer may label answers of the run; tasks whose gold is hidden are refused all the same."""
        return bool(steered(self._store, [run_id], viewer))

    def label(self, run_id: str, sample_id: int, new: NewLabel, viewer: Viewer = OWNER) -> SampleLabels:
        """Keeps a verdict; it supersedes the reviewer's earlier one on the same answer. The sample's labels after it.

        A `client_id` that was kept before changes nothing. Raises BadInput: no such run or sample, no answer to label,
        no reviewer, an unknown verdict; NotAllowed: another's run, gold that is hidden from the viewer.
        """
        self._guard(run_id, sample_id, viewer)
        self._store.labels.add(run_id, sample_id, _checked(new))
        return self.of(run_id, sample_id, new.reviewer, viewer)

    def undo(self, run_id: str, reviewer: str, client_id: str = "", viewer: Viewer = OWNER) -> int | None:
        """Takes back the reviewer's latest label in the run, and again the one before it. The sample's id; None: there
        is nothing to take back. Raises as `label`."""
        name = _name(reviewer)
        last = self._store.labels.last(run_id, name)
        self._guard(run_id, last, viewer)
        return self._store.labels.undo(run_id, name, client_id or secrets.token_hex(16))

    def of(
        self, run_id: str, sample_id: int, reviewer: str, viewer: Viewer = OWNER, *, everyones: bool = False
    ) -> SampleLabels:
        """The sample's labels as this reviewer may see them: before an own one those of others only if asked for
        `everyones`. Who cannot label the run sees all that stand."""
        may = self.may_label(run_id, viewer)
        if not self._gold_visible(sample_id, viewer):
            return SampleLabels(may_label=False)
        reviewer = " ".join(reviewer.split())
        standing = self._store.labels.standing(run_id, sample_id)
        own = next((label for label in standing if label.reviewer == reviewer), None)
        others = tuple(label for label in standing if label is not own)
        if may and own is None and not everyones:
            last = self._store.labels.last(run_id, reviewer) if reviewer else None
            return SampleLabels(may, hidden=len(others), last=last)
        human = self._store.labels.human(run_id, sample_id)
        return SampleLabels(may, own, others, 0, human, self._store.labels.last(run_id, reviewer))

    def next_unlabelled(
        self, run_id: str, where: SampleFilter, sample_id: int, reviewer: str, viewer: Viewer = OWNER
    ) -> int | None:
        """The sample of the queue after this one that the reviewer has not labelled, from the beginning again at the
        end; None: all are. Raises NotAllowed as `Studio.queue`."""
        return self._looking.following(run_id, where, sample_id, " ".join(reviewer.split()), viewer)

    # a run

    def listed(self, run_id: str, viewer: Viewer = OWNER) -> tuple[Label, ...]:
        """The labels that count, in the order of the run; those of tasks whose gold is hidden are left out."""
        hidden = self._looking.hidden(run_id, viewer)
        found = self._store.labels.standing(run_id)
        names = self._store.labels.names(run_id, [label.sample_id for label in found]) if hidden else {}
        return tuple(label for label in found if not hidden or names[label.sample_id].task not in hidden)

    def tags(self, run_id: str, viewer: Viewer = OWNER) -> dict[str, int]:
        """Tags in use in the run, the commonest first."""
        row = self._store.runs.get(run_id)
        _, order = self._desk.counted(row)
        hidden = self._looking.hidden(run_id, viewer)
        infos = self._desk.infos(order)
        return self._store.labels.tags(run_id, [task for task in order if infos[task].name not in hidden])

    def reviewers(self, run_id: str) -> list[str]:
        return self._store.labels.reviewers(run_id)

    def three_way(
        self, run_ids: Sequence[str], by: ThreeWayBy = "task", viewer: Viewer = OWNER
    ) -> tuple[ThreeWayRow, ...]:
        """EM x judge x human of runs, grouped; all together last. A viewer who is a reviewer is told what people say of
        the samples that they have labelled themselves, and how many others there are. Raises BadInput."""
        return three_way.rows_of(self._store, self._desk, self._looking, self._measures, run_ids, by, viewer)

    def table(self, run_id: str, viewer: Viewer = OWNER) -> tuple[LabelledSample, ...]:
        """Every sample of the run with a human verdict, in the order of the run, with all that a judge is measured by.
        Those of tasks whose gold is hidden from the viewer are left out."""
        return three_way.table_of(self._store, self._desk, self._looking, self._measures, run_id, viewer)

    # draws

    def draw(
        self,
        run_id: str,
        size: int,
        *,
        where: SampleFilter = EVERYTHING,
        seed: int | None = None,
        by_task: bool = False,
        viewer: Viewer = OWNER,
    ) -> Draw:
        """Draws a random part of the run's answers, or of those that a filter leaves; by task: each in proportion.

        Raises BadInput: the run goes on, nothing to draw from; NotAllowed as `label`.
        """
        self._steered(run_id, viewer)
        if self._looking.hidden(run_id, viewer):
            raise NotAllowed("gold_hidden")
        chosen = secrets.randbelow(2**31) if seed is None else seed
        return drawing.draw(self._store, run_id, size, where, chosen, by_task)

    def draws(self, run_id: str) -> tuple[Draw, ...]:
        self._store.runs.get(run_id)
        return tuple(self._store.draws.of_run(run_id))

    # criteria

    def criteria(self) -> tuple[Criteria, ...]:
        """Every version of what counts as right, the latest first; none until somebody writes them."""
        return tuple(self._store.labels.criteria())

    def write_criteria(self, text: str, viewer: Viewer = OWNER) -> Criteria:
        """A new version; labels from now on are given under it. Raises NotAllowed for anybody but the owner, BadInput
        for no text."""
        if viewer.role != "owner":
            raise NotAllowed("not_allowed")
        text = text.strip()
        if not 0 < len(text) <= LONGEST_CRITERIA:
            raise BadInput("criteria_length", n=len(text), most=LONGEST_CRITERIA)
        return self._store.labels.write_criteria(text)

    # files

    def write_file(self, run_id: str, path: Path, viewer: Viewer = OWNER) -> int:
        """Writes the run's standing labels as CSV or JSON lines (by the name's ending). How many. Raises BadInput."""
        return label_files.write(self._store, run_id, self.listed(run_id, viewer), path)

    def read_file(self, run_id: str, path: Path, viewer: Viewer = OWNER) -> Imported:
        """Adds labels of a file that `write_file` made, or one with its columns; known ones are not added twice.
        Raises BadInput for a file that is none, nothing is added then; NotAllowed as `label`."""
        self._steered(run_id, viewer)
        if self._looking.hidden(run_id, viewer):
            raise NotAllowed("gold_hidden")
        found, result = label_files.read(self._store, run_id, path)
        checked = [(sample_id, _checked(new)) for sample_id, new in found]
        known = {(label.sample_id, label.reviewer): label for label in self._store.labels.standing(run_id)}
        fresh = [
            (sample_id, new)
            for sample_id, new in checked
            if _says_more(new, known.get((sample_id, new.reviewer)))
        ]
        added = sum(self._store.labels.add(run_id, sample_id, new) for sample_id, new in fresh)
        return replace(result, added=added, known=len(checked) - added)

    # guards

    def _steered(self, run_id: str, viewer: Viewer) -> None:
        self._store.runs.get(run_id)
        if not self.may_label(run_id, viewer):
            raise NotAllowed("not_yours")

    def _guard(self, run_id: str, sample_id: int | None, viewer: Viewer) -> None:
        self._steered(run_id, viewer)
        if sample_id is not None and not self._gold_visible(sample_id, viewer):
            raise NotAllowed("gold_hidden")

    def _gold_visible(self, sample_id: int, viewer: Viewer) -> bool:
        if viewer.role == "owner" and not viewer.person:
            return True
        info = self._store.tasks.task_of(sample_id)
        return info is None or not self._cards.hidden_in([info], viewer)


def _checked(new: NewLabel) -> NewLabel:
    """The label as it is kept: names and tags without stray spaces. Raises BadInput."""
    if new.verdict not in VERDICTS:
        raise BadInput("unknown_verdict", name=new.verdict, known=", ".join(VERDICTS))
    if new.note is not None and len(new.note) > LONGEST_NOTE:
        raise BadInput("label_note_length", n=len(new.note), most=LONGEST_NOTE)
    return replace(
        new,
        reviewer=_name(new.reviewer),
        note=None if new.note is None else new.note.strip(),
        tags=None if new.tags is None else _tags(new.tags),
        client_id=new.client_id or secrets.token_hex(16),
    )


def _says_more(new: NewLabel, known: Label | None) -> bool:
    """Whether a label from a file adds to what stands: it says something else, and was not given before it."""
    if known is None:
        return True
    same = (new.verdict, new.note, new.tags) == (known.verdict, known.note, known.tags)
    return not same and (new.at is None or new.at > known.at)


def _name(reviewer: str) -> str:
    name = " ".join(reviewer.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput("label_no_reviewer", most=LONGEST_NAME)
    return name


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Each once, in their order. A semicolon parts them in files, so that none holds one."""
    found = tuple(dict.fromkeys(tag for text in tags for tag in _parts(text)))
    if len(found) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in found):
        raise BadInput("label_tags", most=MOST_TAGS, length=LONGEST_TAG)
    return found


def _parts(text: str) -> list[str]:
    return [tag for part in text.split(";") if (tag := " ".join(part.split()))]
