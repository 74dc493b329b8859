"""Looking into the texts of a run: through the index of trigrams where it can answer, else text by text."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from studio.query import Matcher
from studio.store.database import Database

TRIGRAM = 3  # characters: the index knows nothing shorter
Bind = Callable[[Any], str]


class Texts:
    """Queries for the numbers of those samples of a run whose texts are as asked. Columns: question, answer, gold,
    reason."""

    def __init__(self, db: Database, run_id: str) -> None:
        self._db = db
        self._run = run_id

    def holding(self, columns: Sequence[str], words: Sequence[str], bind: Bind) -> str:
        """Numbers of samples of which a column holds one of the folded words."""
        if min(map(len, words)) < TRIGRAM:
            tests = " OR ".join(
                f"instr(rt.{column}, {bind(word)}) > 0" for column in columns for word in words
            )
            return f"SELECT rt.number FROM run_texts rt WHERE rt.run_id = :run AND ({tests})"
        phrases = " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
        ends = self._ends
        found = (
            f"run_search MATCH {bind('{' + ' '.join(columns) + '} : (' + phrases + ')')}"
            f" AND f.rowid BETWEEN {bind(ends['low'])} AND {bind(ends['high'])}"
        )
        if ends["low"] is not None and ends["high"] - ends["low"] + 1 == ends["n"]:
            # They were added in order too: an id tells the number without a look at the long text beside it.
            return f"SELECT f.rowid - {bind(ends['low'])} + 1 FROM run_search f WHERE {found}"
        # CROSS keeps SQLite from turning the order round and asking the index once for every sample of the run.
        joined = "CROSS JOIN run_texts rt ON rt.id = f.rowid AND rt.run_id = :run"
        return f"SELECT rt.number FROM run_search f {joined} WHERE {found}"

    def equal(self, column: str, word: str, bind: Bind) -> str:
        """Numbers of samples of which a column is the folded word; of several golds one."""
        test = f"trim(rt.{column}) = {bind(word)}"
        if column == "gold":
            test = f"instr(char(10) || rt.gold || char(10), char(10) || {bind(word)} || char(10)) > 0"
        return f"SELECT rt.number FROM run_texts rt WHERE rt.run_id = :run AND {test}"

    def filled(self, column: str) -> str:
        """Numbers of samples that have such a text at all."""
        return f"SELECT rt.number FROM run_texts rt WHERE rt.run_id = :run AND rt.{column} <> ''"

    def matching(
        self, columns: Sequence[str], matcher: Matcher, within: str, values: dict[str, Any]
    ) -> list[int]:
        """Numbers of those samples `within` of which a column matches. Raises BadInput when it takes too long."""
        texts = ", ".join(f"rt.{column}" for column in columns)
        sql = (
            f"SELECT rs.number, {texts} FROM run_samples rs"
            " JOIN run_texts rt ON rt.run_id = rs.run_id AND rt.number = rs.number"
            f" WHERE rs.run_id = :run AND {within}"
        )
        if within == "1":  # all of them: one after the other, as they lie in the file
            sql = f"SELECT rt.number, {texts} FROM run_texts rt WHERE rt.run_id = :run AND rt.id BETWEEN :low AND :high"
            values = {**values, **self._ends}
        return [
            number
            for number, *texts in self._db.each(sql, values)
            if any(matcher.found(text) for text in texts)
        ]

    @cached_property
    def _ends(self) -> dict[str, Any]:
        # A run's texts are added at once, so their ids are neighbours and the index need not look at other runs.
        return self._db.row(
            "SELECT MIN(id) AS low, MAX(id) AS high, MAX(number) AS n FROM run_texts WHERE run_id = ?", (self._run,)
        ) or {"low": None, "high": None, "n": None}  # fmt: skip
