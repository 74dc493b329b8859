"""What is written out of a project: the protocol's folder `hb/`, tables, a SQLite file, a parcel for elsewhere."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from studio.core.baseline import LOW_AGREEMENT, Skill
from studio.core.errors import BadInput
from studio.core.project import PersonBoard
from studio.core.project_rows import AnswerRow, Fitted, ItemRow, PersonRow, ProjectDump
from studio.core.run import Viewer
from studio.core.votes import Aggregation, Vote
from studio.journal.parcel import parcel_of
from studio.report.people_hb import hb_files
from studio.report.people_tables import answers_csv, items_csv, people_csv
from studio.service.people.audit import Audit
from studio.service.people.baselines import Baselines, Evidence
from studio.service.people.boards import Boards
from studio.service.people.counting import key_of
from studio.service.people.members import Members
from studio.stats.truth import glad
from studio.store import Store
from studio.store.export_project import export_project


class ProjectFiles:
    """A project's files. Whoever asks must be its lead."""

    def __init__(
        self, store: Store, members: Members, boards: Boards, baselines: Baselines, audit: Audit
    ) -> None:
        self._store, self._members, self._boards = store, members, boards
        self._baselines, self._audit = baselines, audit

    def hb(
        self,
        viewer: Viewer,
        project: str,
        *,
        method: Aggregation = "majority",
        threshold: float = LOW_AGREEMENT,
    ) -> dict[str, bytes]:
        """The folder `hb/` of the protocol, by paths in it; no names. Raises NotAllowed, BadInput."""
        return hb_files(self.dump(viewer, project, method=method, threshold=threshold))

    def tables(self, viewer: Viewer, project: str, *, names: bool = False) -> dict[str, bytes]:
        """Answers, people and questions as CSV, with people's names and comments where `names` are wanted. Raises
        NotAllowed, BadInput."""
        dump = self.dump(viewer, project, names=names)
        return {
            "answers.csv": answers_csv(dump, comments=names),
            "people.csv": people_csv(dump, names=names),
            "items.csv": items_csv(dump, questions=True),
        }

    def sqlite(
        self,
        viewer: Viewer,
        project: str,
        target: Path,
        *,
        names: bool = False,
        method: Aggregation = "majority",
    ) -> Path:
        """The project as a SQLite file; see `export_project`. Raises NotAllowed, BadInput, StoreError."""
        dump = self.dump(viewer, project, method=method, names=names)
        forms = [
            (each.n, dump.forms[each.n], each.n in dump.counted, dump.control_scores.get(each.n))
            for each in dump.answers
            if each.n in dump.forms
        ]
        decisions = [
            (
                each.item, each.text, each.decided, each.verdict.votes if each.verdict else 0,
                each.verdict.agreeing if each.verdict else 0,
            )
            for each in dump.baseline.items
        ]  # fmt: skip
        return export_project(self._store.db, project, target, forms, decisions, names=names)

    def push(
        self, viewer: Viewer, project: str, place: str, *, method: Aggregation = "majority"
    ) -> tuple[str, list[str]]:
        """Sends `hb/` and the SQLite file to a private dataset or a folder. Returns the folder there and its files.
        Raises NotAllowed, BadInput: a place that all can read, or that was not reached."""
        parcel = parcel_of(place)
        files = {f"hb/{name}": content for name, content in self.hb(viewer, project, method=method).items()}
        with TemporaryDirectory(prefix="studio-push-") as folder:
            path = self.sqlite(viewer, project, Path(folder) / "project.sqlite", method=method)
            files["project.sqlite"] = path.read_bytes()
        parcel.send(project, files)
        return project, sorted(files)

    @staticmethod
    def written(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> list[Path]:
        """Writes files into a folder. Raises BadInput for one that is not empty, unless `force`, and where it cannot
        write."""
        try:
            if folder.is_dir() and any(folder.iterdir()) and not force:
                raise BadInput("folder_not_empty", folder=str(folder))
            paths = []
            for name, content in files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                paths.append(path)
        except OSError as error:
            raise BadInput(
                "export_cannot_write", path=str(folder), reason=error.strerror or str(error)
            ) from error
        return paths

    @staticmethod
    def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
        """The files as a zip with one folder in it."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(f"{folder}/{name}", content)
        return out.getvalue()

    def dump(
        self,
        viewer: Viewer,
        project: str,
        *,
        method: Aggregation = "majority",
        threshold: float = LOW_AGREEMENT,
        names: bool = False,
    ) -> ProjectDump:
        """All that files are written of. Raises NotAllowed, BadInput."""
        self._members.check(viewer, "export", project)
        evidence = self._baselines.evidence(viewer, project, method=method, threshold=threshold)
        board = self._boards.board(viewer, project, hard=0)
        answers = tuple(self._audit.answers(viewer, project))
        votes = {(each.item, each.person) for each in evidence.counted}
        within = {each.item for each in evidence.baseline.items}
        said = [each for each in answers if each.stands and each.action == "answer"]
        cast = [each for each in said if each.occasion == 1 and (each.item, each.person) in votes]
        return ProjectDump(
            project=board.project,
            private=evidence.private,
            instructions=tuple(self._audit.instructions(viewer, project)),
            items=tuple(self._items(project, evidence)),
            answers=answers,
            people=tuple(self._people(project, board.people, evidence, names)),
            baseline=evidence.baseline,
            method=method,
            fitted=_fitted(evidence, method),
            votes=frozenset(each.n for each in cast),
            counted=frozenset(each.n for each in cast if each.item in within),
            forms={each.n: key_of(each.text) for each in answers if each.action == "answer"},
            control_scores=_scores(said, evidence),
        )

    def _items(self, project: str, evidence: Evidence) -> list[ItemRow]:
        last, out = self._store.projects.adjudicated(project), self._store.projects.retired(project)
        valid = self._store.project_rows.valid(project)
        return [
            ItemRow(
                each.item, each.key, each.content_hash, each.purpose, each.stratum, each.author, each.scored,
                each.item in out, valid[each.item], evidence.questions.get(each.item, ""), last.get(each.item),
            )
            for each in self._store.projects.items(project)
        ]  # fmt: skip

    def _people(
        self, project: str, boards: tuple[PersonBoard, ...], evidence: Evidence, names: bool
    ) -> list[PersonRow]:
        weights = {each.person: each.weight for each in evidence.baseline.skills}
        joined = self._store.project_rows.joined(project)
        known = {person.id: person for person, _ in self._store.people.of_project(project)}
        return [
            PersonRow(
                board,
                joined.get(board.person, known[board.person].joined_at),
                weights.get(board.person, Skill(board.person).weight),
                known[board.person].account if names else "",
            )
            for board in boards
        ]


def _fitted(evidence: Evidence, method: Aggregation) -> Fitted:
    """GLAD is asked where it had a word, or would have had one; its numbers go along, so that anybody can follow."""
    asked = method == "glad" or {"glad", "tied"} & evidence.baseline.counts.keys()
    if not asked or not evidence.counted:
        return Fitted(evidence.options, evidence.known)
    votes = [Vote(str(each.item), each.person, each.key) for each in evidence.counted]
    found = glad(votes, options=evidence.options)
    return Fitted(
        evidence.options,
        evidence.known,
        found.skill,
        {item: 1 / hard for item, hard in found.difficulty.items()},
    )


def _scores(standing: list[AnswerRow], evidence: Evidence) -> dict[int, float]:
    """The Exact Match of answers to controls, by record: what votes are weighed by."""
    scored = (
        (each.n, evidence.exactness(each.item, each.text)) for each in standing if each.purpose == "control"
    )
    return {n: score for n, score in scored if score is not None}
