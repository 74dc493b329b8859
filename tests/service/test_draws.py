"""Random parts of runs: the same by the same seed anywhere, spread over tasks, random from the beginning on."""

from collections import Counter

import pytest

from studio.core.errors import BadInput
from studio.core.label import NewLabel, Stratum
from studio.core.run import RunSpec, SampleFilter
from studio.stats import allotted
from tests.support import scripted_studio, write_task


@pytest.fixture
def studio(tmp_path):
    studio = scripted_studio(tmp_path / "home", lambda asked: "ОТВЕТ да", data=tmp_path / "no-demo")
    yield studio
    studio.close()


@pytest.fixture
def tasks(tmp_path) -> tuple[str, ...]:
    """Tasks of 40, 8 and 2 questions; half of the answers are right."""
    sizes = {"Large": 40, "Small": 8, "Tiny": 2}
    return tuple(str(write_task(tmp_path / name, ["да", "нет"] * (n // 2))) for name, n in sizes.items())


def asked(studio, tasks) -> str:
    run = studio.start(RunSpec("our/model", tasks))
    studio.wait(run, timeout_s=60)
    return run


def drawn(studio, run, number=1) -> list[tuple[str, str]]:
    """Task and key of the drawn samples, in the order of the draw."""
    rows = studio.queue(run, SampleFilter(draw=number), limit=500).rows
    assert [row.index for row in rows] == list(range(len(rows)))
    return [(row.task, row.key) for row in rows]


def test_the_same_seed_draws_the_same_questions_in_another_run(studio, tasks):
    one, other = asked(studio, tasks), asked(studio, tasks)
    first = studio.labels.draw(one, 12, seed=5)
    studio.labels.draw(other, 12, seed=5)
    assert drawn(studio, one) == drawn(studio, other) and len(set(drawn(studio, one))) == 12
    assert (first.number, first.size, first.frame, first.whole, first.seed) == (1, 12, 50, True, 5)
    assert studio.labels.draw(one, 12, seed=6).number == 2 and drawn(studio, one, 2) != drawn(studio, one)


def test_a_larger_draw_of_the_same_seed_begins_with_the_smaller(studio, tasks):
    run = asked(studio, tasks)
    studio.labels.draw(run, 5, seed=5)
    studio.labels.draw(run, 20, seed=5)
    assert drawn(studio, run, 2)[:5] == drawn(studio, run, 1)
    assert studio.labels.draw(run, 1000, seed=5).size == 50, "no more than there is"


def test_every_sample_is_drawn_as_often_as_any_other(studio, tasks):
    run = asked(studio, tasks)
    counts: Counter[tuple[str, str]] = Counter()
    for seed in range(200):
        counts.update(drawn(studio, run, studio.labels.draw(run, 10, seed=seed).number))
    assert len(counts) == 50 and sum(counts.values()) == 2000
    chi = sum(
        (n - 40) ** 2 / (40 * 0.8) for n in counts.values()
    )  # sampling without replacement: variance 40·0.8
    assert 22 < chi * 49 / 50 < 90, (
        "50 counts around 40: chi-square of 49 degrees, beyond 1 in 1,000 on either side"
    )


def test_by_task_every_task_has_its_proportion_from_the_beginning_on(studio, tasks):
    run = asked(studio, tasks)
    draw = studio.labels.draw(run, 25, seed=1, by_task=True)
    assert draw.strata == (Stratum("Large", 20, 40), Stratum("Small", 4, 8), Stratum("Tiny", 1, 2))
    names = [task for task, _ in drawn(studio, run)]
    assert Counter(names) == {"Large": 20, "Small": 4, "Tiny": 1}
    assert Counter(names[:13])["Large"] in {10, 11} and Counter(names[:13])["Small"] in {2, 3}
    places = {row.sample_id: row for row in studio.queue(run, SampleFilter(draw=1), limit=500).rows}
    chances = {p.probability for at in studio._store.draws.places(run).values() for p in at}
    assert len(places) == 25 and chances == {0.5}


def test_a_draw_from_a_filter_says_so(studio, tasks):
    run = asked(studio, tasks)
    draw = studio.labels.draw(run, 4, seed=2, where=SampleFilter(task="Small", cell="both"))
    assert (draw.size, draw.frame, draw.whole) == (4, 4, False)
    assert draw.filter == {"task": "Small", "cell": "both"}
    with pytest.raises(BadInput) as refused:
        studio.labels.draw(run, 4, where=SampleFilter(task="Small", cell="em_only"))
    assert refused.value.problem.code == "draw_nothing"
    with pytest.raises(BadInput) as refused:
        studio.labels.draw(run, 2, where=SampleFilter(draw=1))
    assert refused.value.problem.code == "draw_of_draw"


def test_a_draw_is_walked_in_its_own_order_and_counts_its_labels(studio, tasks):
    run = asked(studio, tasks)
    studio.labels.draw(run, 6, seed=3)
    rows = studio.queue(run, SampleFilter(draw=1), limit=500).rows
    walked, place = [rows[0].sample_id], studio.neighbours(run, SampleFilter(draw=1), rows[0].sample_id)
    while place.following is not None:
        walked.append(place.following)
        place = studio.neighbours(run, SampleFilter(draw=1), place.following)
    assert walked == [row.sample_id for row in rows] and place.index == 5 and place.previous == walked[-2]
    for sample in (walked[0], walked[1], walked[4]):
        studio.labels.label(run, sample, NewLabel("Анна", "right"))
    (draw,) = studio.labels.draws(run)
    assert (draw.labelled, draw.in_order) == (3, 2)
    left = SampleFilter(draw=1, unlabelled_by="Анна")
    assert studio.neighbours(run, left, walked[1]).following == walked[2]
    assert [row.sample_id for row in studio.queue(run, left).rows] == [walked[2], walked[3], walked[5]]
    assert studio.queue(run, SampleFilter(draw=1, text="номер"), limit=500).total == 6
    outside = next(row.sample_id for row in studio.queue(run, limit=500).rows if row.sample_id not in walked)
    place = studio.neighbours(run, left, outside)
    assert (place.index, place.following) == (None, walked[2]), (
        "from outside a draw one enters at its beginning"
    )


def test_a_run_that_goes_on_is_not_drawn_from(tmp_path, tasks):
    studio = scripted_studio(tmp_path / "slow", lambda asked: "слово " * 50, token_s=0.05)
    run = studio.start(RunSpec("our/model", tasks))
    with pytest.raises(BadInput) as refused:
        studio.labels.draw(run, 2)
    studio.cancel(run)
    studio.wait(run, timeout_s=30)
    studio.close()
    assert refused.value.problem.code == "draw_run_active"


@pytest.mark.parametrize(
    ("sizes", "n", "expected"),
    [
        ((10, 10, 10), 6, [2, 2, 2]),
        ((100, 10, 10), 12, [10, 1, 1]),
        ((1000, 1, 1), 5, [3, 1, 1]),
        ((10, 10, 10), 2, [1, 1, 0]),
        ((3, 2), 50, [3, 2]),
        ((50, 30, 1, 1, 1, 1), 7, [2, 1, 1, 1, 1, 1]),
        ((), 3, []),
    ],
)
def test_a_number_is_allotted_to_strata_in_proportion(sizes, n, expected):
    assert list(allotted(dict(enumerate(sizes)), n).values()) == expected
