"""Filters keep what they say, page by page, and every sample knows its neighbours."""

import random

import pytest

from studio.core.engine import Completion
from studio.core.errors import BadInput
from studio.core.judge import Verdict
from studio.core.outcome import Score
from studio.core.run import RunSpec, SampleFilter
from studio.store import Store
from studio.store.answers import Answered
from studio.store.sight import Sight
from studio.tasks import load_folder
from tests.support import write_task

TEXTS = ["Ёжик в тумане", "кот\nи пёс", '"кавычки" 100%', "да", "<b>нет</b>", "кот"]


@pytest.fixture
def store(tmp_path):
    """Two tasks of 30 samples; answers, EM and verdicts in a known pattern."""
    store = Store(tmp_path / "s.sqlite")
    store.runs.create("r1", "model", RunSpec("m", ("A", "B")), title="")
    pairs = []
    for name in ("A", "B"):
        task = load_folder(write_task(tmp_path / name, [f"эталон{n}" for n in range(30)]), "test")
        ids = list(store.tasks.save(task).values())
        task_id = store.tasks.samples(ids[:1])[0].task_id
        pairs += [(sample_id, task_id) for sample_id in ids]
    store.runs.plan("r1", pairs, ["A", "B"])
    for number, (sample_id, _) in enumerate(pairs):
        if number % 10 == 9:
            continue
        em = Score("em", "studio-1", "scored", float(number % 2))
        finish = "length" if number % 7 == 0 else "stop"
        store.answers.record(
            "r1", [Answered(sample_id, Completion(TEXTS[number % 6], finish, 1, 1, 0.0, 0.0), em)]
        )
    for item in store.answers.unjudged("r1", 1000):
        label = int(item.sample_id % 3 == 0)
        store.answers.judged("r1", "j@1", [(item, Verdict(label, 0.5, ()))])
    yield store
    store.close()


def everything(store, where):
    rows, offset = [], 0
    while True:
        page = store.queues.page("r1", where, offset, 7)
        rows += page.rows
        offset += 7
        if offset >= page.total:
            assert len(rows) == page.total
            return rows


FILTERS = [
    SampleFilter(),
    SampleFilter(task="B"),
    SampleFilter(cell="disagree"),
    SampleFilter(cell="pending"),
    SampleFilter(cell="truncated", task="A"),
    SampleFilter(category="kind=чётный"),
    SampleFilter(text="ЕЖИК"),
    SampleFilter(text="кот", cell="both"),
    SampleFilter(text="да"),
    SampleFilter(text='"кавычки" 100%'),
    SampleFilter(text="эталон7"),
    SampleFilter(text="номер 3", task="B", category="kind=нечётный"),
    SampleFilter(text="такого нет"),
    SampleFilter(task="нет такой"),
]


@pytest.mark.parametrize("where", FILTERS, ids=str)
@pytest.mark.parametrize("state", ["running", "done"])
def test_pages_and_neighbours_agree(store, where, state):
    if state == "done":
        store.runs.finish("r1", "done")
    rows = everything(store, where)
    assert [row.index for row in rows] == list(range(len(rows)))
    assert [row.number for row in rows] == sorted(row.number for row in rows)
    ids = [row.sample_id for row in rows]
    for place in random.Random(1).sample(range(len(ids)), min(5, len(ids))):
        found = store.queues.neighbours("r1", where, ids[place])
        assert (found.index, found.total) == (place, len(ids))
        assert found.previous == (ids[place - 1] if place else None)
        assert found.following == (ids[place + 1] if place + 1 < len(ids) else None)


@pytest.mark.parametrize(
    ("where", "n"),
    [
        (SampleFilter(), 60),
        (SampleFilter(task="B"), 30),
        (SampleFilter(cell="pending"), 6),
        (SampleFilter(category="kind=чётный"), 30),
        (SampleFilter(text="ежик"), 10),
        (SampleFilter(text="эталон17"), 2),
        (SampleFilter(text="ж"), 10),
        (SampleFilter(text="</b>"), 10),
    ],
    ids=str,
)
def test_a_filter_keeps_what_it_says(store, where, n):
    assert len(everything(store, where)) == n


def test_a_sample_outside_the_filter_still_has_neighbours(store):
    inside = [row.number for row in everything(store, SampleFilter(task="B"))]
    found = store.queues.neighbours("r1", SampleFilter(task="B"), 1)
    assert (found.index, found.previous, found.total) == (None, None, len(inside))
    assert found.following is not None


def test_gold_is_searched_only_where_it_may_be(store):
    assert (
        store.queues.page("r1", SampleFilter(text="эталон7"), 0, 50, sight=Sight(frozenset("AB"))).total == 0
    )
    half = Sight(no_gold=frozenset("A"))
    assert store.queues.page("r1", SampleFilter(text="эталон7"), 0, 50, sight=half).total == 1
    assert store.queues.page("r1", SampleFilter(text="эталон7"), 0, 50).total == 2


def test_a_kept_search_does_not_outlive_a_change(store):
    store.runs.finish("r1", "done")
    where = SampleFilter(text="новое слово")
    assert store.queues.page("r1", where, 0, 50).total == 0
    store.runs.claim("r1", "me", anew=True)
    store.answers.record("r1", [Answered(10, Completion("новое слово", "stop", 1, 1, 0.0, 0.0), None)])
    store.runs.finish("r1", "done")
    assert store.queues.page("r1", where, 0, 50).total == 1


def test_texts_are_found_when_another_run_was_planned_in_between(store):
    """Then a run's texts are no neighbours any more."""
    rows = store.db.rows("SELECT sample_id, task_id FROM run_samples WHERE run_id = 'r1' ORDER BY number")
    pairs = [(row["sample_id"], row["task_id"]) for row in rows]
    for run_id, part in (("r2", pairs[:10]), ("r3", pairs[:5]), ("r2", pairs[10:20])):
        if run_id not in {run.id for run in store.runs.all()}:
            store.runs.create(run_id, "model", RunSpec("m", ("A",)), title="")
        store.runs.plan(run_id, part, ["A"])
    found = store.queues.page("r2", SampleFilter(text="номер 1"), 0, 50)
    assert [row.number for row in found.rows] == [2, *range(11, 21)]
    filtered = store.queues.page("r2", SampleFilter(text="номер 1", task="B"), 0, 50)
    assert filtered.total == 0


def test_an_unknown_cell_is_named(store):
    with pytest.raises(BadInput, match="unknown_cell"):
        store.queues.page("r1", SampleFilter(cell="какая-то"), 0, 50)
