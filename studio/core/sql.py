"""SQL over a run as values: statements that a page shows, and what a statement found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.core.run import SampleFilter

# Pages whose numbers have statements. `texts sql.page.<page>` say what they are called.
SqlPage = Literal["inspect", "whatif", "health", "compare", "prompts", "reasons", "run", "leaderboard"]
SQL_PAGES: tuple[SqlPage, ...] = (
    "inspect", "whatif", "health", "compare", "prompts", "reasons", "run", "leaderboard",
)  # fmt: skip


@dataclass(frozen=True)
class SqlAsked:
    """Whose statements: the page, the runs that it is of, its filter, and what else its address says (`threshold`)."""

    page: SqlPage
    runs: tuple[str, ...] = ()
    where: SampleFilter = field(default_factory=SampleFilter)
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Statement:
    """A statement for plain SQLite over exported runs. `key` names what it finds: text `sql.what.<key>`."""

    key: str
    sql: str


@dataclass(frozen=True)
class SqlTable:
    """What a statement found, in its order; `more`: there is more than was asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool = False
