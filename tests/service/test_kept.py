"""Parts of a run's looks that are kept beside it: read back whole, and never older than what is written."""

from pathlib import Path

import numpy as np
import pytest

from studio.core.judging import JudgingSpec
from studio.core.label import NewLabel
from studio.core.rules import Rules
from studio.core.run import SampleFilter, Viewer
from studio.core.whatif import WhatIf, WhatIfAsked
from studio.judges.again import Calls, StoredCall
from studio.metrics.examples import EXAMPLES
from studio.metrics.first_pass import FirstPass, Stored
from studio.metrics.rescore import Rescorer
from studio.service import Studio, kept
from studio.settings import Settings
from studio.store import Store
from studio.store.lines import Lines
from tests.boards import MEANT, RIGHT, WRONG, keep_run
from tests.support import RuleJudge

LOOSER = Rules(endings=True, punctuation=True, marker=False)


@pytest.fixture(autouse=True)
def every_part_is_kept(monkeypatch):
    monkeypatch.setattr(kept, "WORTH_KEEPING_S", 0)


def opened(settings: Settings) -> Studio:
    return Studio(settings, Store(settings.db), judge=lambda name: RuleJudge(name))


@pytest.fixture
def studio(tmp_path: Path):
    studio = opened(Settings(home=tmp_path, db=tmp_path / "s.sqlite"))
    for run, outcomes in (("r1", [RIGHT, MEANT, WRONG, RIGHT]), ("r2", [RIGHT, WRONG, WRONG, MEANT])):
        keep_run(studio, run, f"model {run}", {"Лошади": outcomes * 5, "Мосты": outcomes * 3}, group_of=1)
    studio.health.wait(studio.health.rejudge(JudgingSpec("r1", "second")), timeout_s=30)
    yield studio
    studio.close()


def seen(studio: Studio) -> tuple[object, ...]:
    """All that is made of parts that are kept."""
    asked = (WhatIfAsked("r1"), WhatIfAsked("r1", rules=LOOSER), WhatIfAsked("r1", threshold=0.7))
    return (
        *(timeless(studio.rescoring.what_if(each)) for each in asked),
        studio.comparing.compare(("r1", "r2")),
        studio.health.of("r1"),
    )


def timeless(found: WhatIf) -> dict[str, object]:
    return {name: value for name, value in vars(found).items() if name != "seconds"}


def by_a_new_process(studio: Studio, *, forgetful: bool = False) -> tuple[object, ...]:
    """What a studio tells that was just started; a forgetful one has nothing that was kept."""
    other = opened(studio.settings)
    try:
        if forgetful:
            with other._store.db.write() as connection:
                connection.execute("DELETE FROM run_memos")
        return seen(other)
    finally:
        other.close()


def test_a_studio_that_was_just_started_needs_no_second_reading(studio: Studio, monkeypatch) -> None:
    told = seen(studio)
    names = studio._store.db.column("SELECT DISTINCT name FROM run_memos ORDER BY name")
    assert names == ["calls", "first_pass", "lines", "patterns"]
    for room, name in (("columns", "lines"), ("judgings", "patterns"), ("rescored", "calls")):
        owner = type(getattr(studio._store, room))
        monkeypatch.setattr(owner, name, lambda *_: pytest.fail("read again"))
    monkeypatch.setattr("studio.metrics.rescore.first_pass", lambda *_: pytest.fail("read again"))
    assert by_a_new_process(studio) == told


def test_what_is_kept_is_never_older_than_what_is_written(studio: Studio) -> None:
    """After each change, by whichever process, the same as a studio tells that keeps nothing."""
    other = opened(studio.settings)
    sample = studio.queue("r1", SampleFilter()).rows[0].sample_id
    changes = [
        lambda: studio.labels.label("r1", sample, NewLabel("Анна", "wrong")),
        lambda: studio.labels.undo("r1", "Анна"),
        lambda: other.labels.label("r1", sample, NewLabel("Борис", "wrong")),
        lambda: other.health.wait(other.health.rejudge(JudgingSpec("r1", "third")), timeout_s=30),
        lambda: studio.health.make_own("r1", "second@r1"),
        lambda: answered_anew(other, sample),
        lambda: studio.rescoring.save("looser", LOOSER),
        lambda: other.rescoring.rescore("r1", "looser") and other.rescoring.wait("r1"),
    ]
    for change in changes:
        before = seen(studio)
        change()
        now = seen(studio)
        assert now == by_a_new_process(studio) == by_a_new_process(studio, forgetful=True)
        by_a_new_process(studio)  # keeps it again
    assert before != seen(studio)
    other.close()


def answered_anew(studio: Studio, sample: int) -> None:
    """Another process asks the model again, and it says something else."""
    with studio._store.db.write() as connection:
        connection.execute(
            "INSERT INTO generations (run_id, sample_id, attempt, status, text, created_at)"
            " VALUES ('r1', ?, 9, 'ok', 'ОТВЕТ нечто иное', 0)",
            (sample,),
        )
        connection.execute(
            "UPDATE run_samples SET generation_id = last_insert_rowid(), em = 0 WHERE run_id = 'r1' AND sample_id = ?",
            (sample,),
        )


def test_parts_made_by_other_code_count_for_nothing(studio: Studio) -> None:
    told = seen(studio)
    with studio._store.db.write() as connection:
        connection.execute("UPDATE run_memos SET stamp = 'x' || stamp, found = X'00'")
    assert by_a_new_process(studio) == told


def test_nothing_is_kept_of_a_run_that_goes_on(studio: Studio) -> None:
    with studio._store.db.write() as connection:
        connection.execute("UPDATE runs SET state = 'running' WHERE id = 'r1'")
    studio.comparing.compare(("r1", "r2"))
    assert studio._store.db.column("SELECT run_id FROM run_memos WHERE name = 'lines'") == ["r2"]


def test_what_was_kept_of_a_run_goes_with_it(studio: Studio) -> None:
    seen(studio)
    studio.delete("r1")
    assert studio._store.db.column("SELECT DISTINCT run_id FROM run_memos") == ["r2"]


def test_a_visitor_is_not_given_what_was_kept_for_the_owner(studio: Studio) -> None:
    keep_run(studio, "r3", "model r3", {"Лошади": [RIGHT] * 4, "RealVQA": [WRONG] * 4}, group_of=1)
    visitor = Viewer("visitor")
    asked = WhatIfAsked("r3", rules=LOOSER)
    alone = timeless(opened(studio.settings).rescoring.what_if(asked, visitor))
    owner = studio.rescoring.what_if(asked)
    later = opened(studio.settings).rescoring
    assert timeless(later.what_if(asked, visitor)) == alone and alone["answers"] == 4
    assert timeless(later.what_if(asked)) == timeless(owner) and owner.answers == 8


def test_a_first_pass_is_read_back_as_it_was() -> None:
    answers = [Stored(each.answer, (each.gold,), each.options, each.kind) for each in EXAMPLES.values()]
    answers += [Stored("\ud800 один", ("один",), {}, "short"), Stored("да", (), {}, None)]
    first = Rescorer(answers)
    again = Rescorer(answers, kept=FirstPass.from_bytes(first.first.to_bytes()))
    for rules in (Rules(), LOOSER, Rules(case=False, edges=False, decimal_comma=False)):
        assert again.right(rules) == first.right(rules)
        assert again.turned_by(rules) == first.turned_by(rules)


def test_calls_and_columns_are_read_back_as_they_were(studio: Studio) -> None:
    calls = Calls(3, [StoredCall(0, "full", 0.7, 1), StoredCall(1, "vote1:swapped", 1.0, 1)])
    again = Calls.from_bytes(calls.to_bytes())
    stored = np.array([1.0, 0.0, np.nan])
    assert again.known == calls.known == ("full", "swapped")
    assert np.array_equal(again.decided(stored, 0.8), calls.decided(stored, 0.8), equal_nan=True)
    lines = studio._store.columns.lines("r1")
    back = Lines.from_bytes(lines.to_bytes())
    for name, column in vars(lines).items():
        assert np.array_equal(getattr(back, name), column, equal_nan=column.dtype.kind == "f")
