"""The SQL behind numbers: the statements of each page, and somebody's own over what they may read."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from studio.core.compare import MOST_BESIDE
from studio.core.errors import BadInput, NotAllowed
from studio.core.run import OWNER, SampleFilter, Viewer
from studio.core.sql import SQL_PAGES, SqlAsked, SqlTable, Statement
from studio.service.looking import Looking
from studio.store import Store
from studio.store.query_shown import numbers_sql, queue_sql
from studio.store.reading import read_file, read_runs
from studio.store.statements import statements_of

ONE_RUN = {"inspect", "whatif", "health", "prompts", "reasons", "run"}


class Sql:
    """Statements over exported runs. They name columns and what a filter says, and hold no gold of their own."""

    def __init__(self, store: Store, looking: Looking) -> None:
        self._store = store
        self._looking = looking

    def of(self, asked: SqlAsked, viewer: Viewer = OWNER) -> tuple[Statement, ...]:
        """The statements behind a page, its filter among them.

        Raises BadInput: no such page or run; QueryError; NotAllowed for a filter by what this viewer may not see: where
        SQL cannot say it, the numbers of the samples would.
        """
        if asked.page not in SQL_PAGES:
            raise BadInput("unknown_sql_page", name=asked.page, known=", ".join(SQL_PAGES))
        rows = [self._store.runs.get(run) for run in asked.runs]
        runs = [row.id for row in rows]
        self._looking.refuse_annotated(runs, viewer)
        if not runs and asked.page in ONE_RUN:
            raise BadInput("sql_no_run", page=asked.page)
        if asked.page == "compare" and len(runs) < 2:
            raise BadInput("compare_number", n=len(runs), most=MOST_BESIDE)
        if any(row.spec.crossed for row in rows):
            asked = replace(asked, options={**asked.options, "crossed": "yes"})
        return statements_of(asked, self._filtered(asked, viewer))

    def _filtered(self, asked: SqlAsked, viewer: Viewer) -> str:
        """The queue's statement; of runs beside each other the condition that keeps what the filter leaves of the
        first."""
        if asked.page == "inspect":
            sight = self._looking.sight(asked.runs[0], asked.where, viewer)
            return queue_sql(self._store.db, asked.runs[0], asked.where, sight)
        if asked.page == "compare" and asked.where != SampleFilter():
            sight = self._looking.sight(asked.runs[0], asked.where, viewer)
            return numbers_sql("a.number", self._store.queues.numbers(asked.runs[0], asked.where, sight))
        return ""

    def read(
        self,
        sql: str,
        runs: Sequence[str] = (),
        file: Path | None = None,
        limit: int = 1000,
        viewer: Viewer = OWNER,
    ) -> SqlTable:
        """What a statement finds: in an exported file, in runs as if exported, or else in the studio's own tables.

        Raises BadInput in SQLite's words: a statement that does more than read, or that it cannot understand;
        NotAllowed for anybody but the owner, from whom nothing is withheld.
        """
        if viewer.role != "owner":
            raise NotAllowed("not_allowed")
        if file is not None:
            return read_file(file, sql, limit)
        if runs:
            return read_runs(self._store.db.path, runs, sql, limit)
        return read_file(self._store.db.path, sql, limit)
