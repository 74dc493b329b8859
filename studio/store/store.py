"""The door of the store."""

from pathlib import Path

from studio.store.answers import Answers
from studio.store.browse import Browse
from studio.store.calibrations import Calibrations
from studio.store.database import Database
from studio.store.draws import Draws
from studio.store.failures import Failures
from studio.store.groups import Groups
from studio.store.imports import Imports
from studio.store.judgings import Judgings
from studio.store.known import Known
from studio.store.labels import Labels
from studio.store.lines import Columns
from studio.store.memory import Memory
from studio.store.memos import Memos
from studio.store.oversight import Oversight
from studio.store.pace import Paces
from studio.store.people import People
from studio.store.project_rows import ProjectRows
from studio.store.projects import Projects
from studio.store.query_sql import Counted
from studio.store.queues import Queues
from studio.store.rescored import Rescored
from studio.store.runs import Runs
from studio.store.scored import Scored
from studio.store.scorers import Scorers
from studio.store.sharing import Sharing
from studio.store.tasks import Tasks
from studio.store.trainings import TrainingRows
from studio.store.verifications import Verifications


class Store:
    """One SQLite file. Raises StoreError when it cannot be used; see Database."""

    def __init__(self, path: Path) -> None:
        self.db = Database(path)
        # Fields of filters that whoever counts answers for: (run, word) -> numbers of samples. The service fills it.
        self.counted: Counted = {}
        self.tasks = Tasks(self.db)
        self.runs = Runs(self.db)
        self.answers = Answers(self.db)
        self.browse = Browse(self.db, self.counted)
        self.calibrations = Calibrations(self.db)
        self.queues = Queues(self.db, self.counted)
        self.columns = Columns(self.db)
        self.known = Known(self.db)
        self.scored = Scored(self.db)
        self.rescored = Rescored(self.db)
        self.scorers = Scorers(self.db)
        self.imports = Imports(self.db)
        self.judgings = Judgings(self.db)
        self.memos = Memos(self.db)
        self.memory = Memory(self.db)
        self.verifications = Verifications(self.db)
        self.pace = Paces(self.db)
        self.labels = Labels(self.db)
        self.draws = Draws(self.db)
        self.failures = Failures(self.db)
        self.groups = Groups(self.db)
        self.people = People(self.db)
        self.projects = Projects(self.db)
        self.trainings = TrainingRows(self.db)
        self.project_rows = ProjectRows(self.db)
        self.sharing = Sharing(self.db)
        self.oversight = Oversight(self.db)

    def close(self) -> None:
        self.db.close()
