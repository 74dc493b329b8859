"""A task's score from its samples: covariance, groups, subsets, clusters; errors against a bootstrap."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from studio.core.content import Media
from studio.core.errors import TaskError
from studio.core.suite import SuiteTask
from studio.core.task import Sample
from studio.core.totals import TaskMeasure
from studio.stats import (
    SampleScores,
    all_or_nothing,
    clusters_of,
    measured,
    stated,
    task_measure,
    totals,
    weighted,
    wilson,
)
from studio.tasks.mera import suite_task, suite_tasks


def task(name: str) -> SuiteTask:
    found = suite_task(name)
    assert found is not None
    return found


def sample(number: int | str, meta: Mapping[str, Any] = {}, *media: str) -> Sample:
    files = tuple(Media("image", f"image_{key}", Path(key), key) for key in media)
    return Sample(str(number), "test", "", {}, files, (), "A", meta=meta)


def scored(rows: Sequence[tuple[float | None, float | None, str]], subset: str = "") -> list[SampleScores]:
    return [
        SampleScores(first, second, cluster, subset, failed=first is None) for first, second, cluster in rows
    ]


def of(name: str, samples: Sequence[SampleScores]) -> TaskMeasure:
    found = task_measure(task(name), samples)
    assert found is not None
    return found


# --- groups


@pytest.mark.parametrize(
    ("values", "groups", "expected"),
    [
        ([1, 1, 1], "aaa", {"a": 1}),
        ([1, 0, 1], "aaa", {"a": 0}),
        ([1, 0, 1, 1], "abba", {"a": 1, "b": 0}),
        ([0.5, 1], "aa", {"a": 0}),
        ([1, None], "aa", {"a": None}),
        ([None, 0], "aa", {"a": None}),
        ([0, None, 1], "aab", {"a": None, "b": 1}),
        ([], "", {}),
    ],
)
def test_a_group_is_right_if_all_its_samples_are(
    values: list[float | None], groups: str, expected: dict[str, float | None]
) -> None:
    assert all_or_nothing(values, list(groups)) == expected


@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from("abcd")), max_size=30))
def test_groups_agree_with_their_definition(rows: list[tuple[float, str]]) -> None:
    found = all_or_nothing([value for value, _ in rows], [group for _, group in rows])
    again = {group: float(all(value == 1 for value, other in rows if other == group)) for _, group in rows}
    assert found == again


@pytest.mark.parametrize(
    "meta",
    [{}, {"group_id": None}, {"group_id": ""}, {"group_id": " "}, {"group_id": True}, {"group_id": [1]}],
)
def test_a_record_without_a_group_id_is_an_error_that_says_so(meta: Mapping[str, Any]) -> None:
    with pytest.raises(TaskError) as caught:
        clusters_of("group_id", [sample(7, {"group_id": 1}), sample(948, meta)])
    assert caught.value.problem.code == "no_group_id"
    assert caught.value.problem.values["sample"] == "948"


def test_a_group_id_of_zero_is_one_and_a_number_is_its_text() -> None:
    groups = clusters_of("group_id", [sample(1, {"group_id": 0}), sample(2, {"group_id": "0"})])
    assert groups == ["0", "0"]


def test_ruhhh_is_scored_by_groups_and_its_two_metrics_are_of_groups() -> None:
    rows = [(1, 1, "g1"), (1, 0, "g1"), (1, 1, "g2"), (1, 1, "g2"), (0, 1, "g3"), (1, 1, "g3")]
    found = of("ruHHH-Video", scored(rows))
    assert (found.first.mean, found.second.mean) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert found.score.mean == pytest.approx((0.5 + 1 + 0.5) / 3)
    assert (found.score.n, found.first.n) == (3, 3)


def test_a_group_that_lost_a_sample_is_counted_beside_the_mean() -> None:
    found = of("ruHHH-Image", scored([(1, 1, "g1"), (None, None, "g1"), (1, 1, "g2"), (1, None, "g3")]))
    assert (found.score.mean, found.score.n, found.score.failed, found.score.unscored) == (1, 1, 1, 1)
    assert (found.first.n, found.first.failed, found.first.unscored) == (2, 1, 0)


# --- clusters


def test_samples_about_one_medium_are_one_cluster_even_through_another_sample() -> None:
    samples = [
        sample(1, {}, "a"),
        sample(2, {}, "b"),
        sample(3, {}, "a", "c"),
        sample(4, {}, "c"),
        sample(5),
        sample(6),
    ]
    one, two, three, four, five, six = clusters_of("medium", samples)
    assert one == three == four
    assert len({one, two, five, six}) == 4


def test_a_dialogue_is_five_hundred_turns_from_the_smallest_id() -> None:
    samples = [sample(number) for number in (11, 510, 511, 1010, 1011, 1510)]
    assert clusters_of("dialogue", samples) == ["0", "0", "1", "1", "2", "2"]
    assert clusters_of("dialogue", samples[::-1]) == ["2", "2", "1", "1", "0", "0"]
    with pytest.raises(TaskError, match="no_turn_number"):
        clusters_of("dialogue", [sample("11#2")])


def test_the_three_dialogues_are_reported_one_by_one() -> None:
    rows = [(1.0, 1.0, "0")] * 8 + [(0.0, 0.0, "1")] * 8 + [(1.0, 0.0, "2")] * 8
    found = of("ruTiE-Audio", scored(rows))
    assert {name: measure.mean for name, measure in found.clusters.items()} == {"0": 1, "1": 0, "2": 0.5}
    assert all(measure.n == 8 for measure in found.clusters.values())
    assert (found.score.low, found.score.high) == (0, 1)  # three dialogues: t of two degrees of freedom


# --- the score


def test_the_error_of_a_task_score_keeps_the_covariance_of_its_metrics() -> None:
    agree = of("ruCLEVR", scored([(i % 2, i % 2, str(i)) for i in range(400)]))
    oppose = of("ruCLEVR", scored([(i % 2, 1 - i % 2, str(i)) for i in range(400)]))
    assert agree.score.mean == oppose.score.mean == 0.5
    assert agree.score.error == pytest.approx(0.5 / 399**0.5)
    assert oppose.score.error == pytest.approx(0)
    assert agree.first == oppose.first and agree.first.error == agree.second.error


def test_what_has_one_score_only_is_in_that_metrics_mean_and_in_no_task_score() -> None:
    found = of("ruCLEVR", scored([(1, 1, "a"), (0, None, "b"), (None, None, "c")]))
    assert (found.score.mean, found.score.n, found.score.unscored, found.score.failed) == (1, 1, 1, 1)
    assert (found.first.mean, found.first.n, found.second.n) == (0.5, 2, 1)


def test_nothing_scored_is_no_score() -> None:
    assert task_measure(task("ruCLEVR"), []) is None
    assert task_measure(task("ruCLEVR"), scored([(None, None, "a"), (1, None, "b")])) is None


def test_subsets_weigh_as_much_as_their_test_sets_whatever_was_asked() -> None:
    sizes = {"biology": 57, "chemistry": 67, "earth_science": 41, "physics": 198}
    right = {"biology": 1.0, "chemistry": 0.0, "earth_science": 1.0, "physics": 0.5}
    rows = [
        row
        for name, value in right.items()
        for row in scored([(value, value, f"{name} {i}") for i in range(7)], f"ruNaturalScienceVQA_{name}")
    ]
    found = of("ruNaturalScienceVQA", rows)
    assert found.score.mean == pytest.approx(sum(sizes[name] * right[name] for name in sizes) / 363)
    assert (found.score.n, found.missing) == (28, ())


def test_weights_by_size_give_the_plain_mean_of_a_whole_run() -> None:
    rng = np.random.default_rng(3)
    science = task("ruNaturalScienceVQA")
    rows = [
        SampleScores(float(rng.random() < 0.4), float(rng.random() < 0.6), f"{subset.name} {i}", subset.name)
        for subset in science.subsets
        for i in range(subset.sizes["test"])
    ]
    found = of("ruNaturalScienceVQA", rows)
    assert found.score.mean == pytest.approx(np.mean([(row.first + row.second) / 2 for row in rows]))  # type: ignore[operator]
    assert found.score.n == 363


def test_a_subset_with_nothing_scored_is_named_and_the_others_keep_their_proportions() -> None:
    rows = [
        *scored([(1, 1, "a"), (1, 1, "b")], "ruNaturalScienceVQA_biology"),
        *scored([(0, 0, "c"), (0, 0, "d")], "ruNaturalScienceVQA_physics"),
        *scored([(None, None, "e"), (1, None, "f")], "ruNaturalScienceVQA_chemistry"),
    ]
    found = of("ruNaturalScienceVQA", rows)
    assert found.score.mean == pytest.approx(57 / (57 + 198))
    assert set(found.missing) == {"ruNaturalScienceVQA_chemistry", "ruNaturalScienceVQA_earth_science"}
    assert (found.score.failed, found.score.unscored) == (1, 1)


def test_a_subset_that_is_not_the_tasks_is_refused() -> None:
    with pytest.raises(ValueError, match="no subset 'geology'"):
        task_measure(task("ruNaturalScienceVQA"), scored([(1, 1, "a")], "geology"))


@pytest.mark.parametrize("name", [task.name for task in suite_tasks()])
def test_every_task_of_the_suite_can_be_scored(name: str) -> None:
    rows = [
        SampleScores(float(i // 3 % 2), float(i // 3 % 4 > 0), f"{subset.name} {i // 3}", subset.name)
        for subset in task(name).subsets
        for i in range(12)
    ]
    found = of(name, rows)
    assert found.score.error is not None and found.score.error > 0
    assert found.score.low is not None and found.score.high is not None
    assert 0 <= found.score.low < found.score.mean < found.score.high <= 1


# --- errors, against other ways to get them


def clustered_scores(seed: int, groups: int, size: int) -> tuple[NDArray[np.float64], list[str]]:
    """Scores of samples in threes and fours that go together, some of them halves."""
    rng = np.random.default_rng(seed)
    level = rng.beta(0.7, 0.7, groups)
    counts = rng.integers(1, size + 1, groups)
    values = np.concatenate([rng.binomial(2, p, n) / 2 for p, n in zip(level, counts, strict=True)])
    return values, [str(i) for i, n in enumerate(counts) for _ in range(n)]


def bootstrap(values: NDArray[np.float64], clusters: Sequence[str], seed: int, times: int = 4000) -> float:
    """The spread of the mean over resamples of whole clusters."""
    rng = np.random.default_rng(seed)
    names = np.asarray(clusters)
    sums = np.array([values[names == name].sum() for name in dict.fromkeys(clusters)])
    sizes = np.array([(names == name).sum() for name in dict.fromkeys(clusters)])
    drawn = rng.integers(0, len(sums), (times, len(sums)))
    return float((sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)).std(ddof=1))


@pytest.mark.parametrize("seed", range(4))
def test_the_clustered_error_agrees_with_a_bootstrap_of_clusters(seed: int) -> None:
    values, clusters = clustered_scores(seed, 300, 6)
    found = measured(values, clusters)
    assert found is not None and found.error == pytest.approx(bootstrap(values, clusters, seed), rel=0.06)
    alone = measured(values)
    assert alone is not None and alone.error is not None and found.error is not None
    assert found.error > 1.2 * alone.error  # to forget the clusters would be to promise too much


def test_the_clustered_error_agrees_with_the_sum_over_pairs() -> None:
    """Miller's form: SE² = SE_CLT² + n⁻² Σ over pairs of one cluster, but for the corrections G/(G-1) and n/(n-1)."""
    values, clusters = clustered_scores(9, 40, 4)
    n, groups, rest = len(values), len(set(clusters)), values - values.mean()
    pairs = sum(
        rest[i] * rest[j] for i in range(n) for j in range(n) if i != j and clusters[i] == clusters[j]
    )
    by_hand = (float(rest @ rest) + pairs) / n**2 * groups / (groups - 1)
    found = measured(values, clusters)
    assert found is not None and found.error == pytest.approx(by_hand**0.5)


def test_the_error_of_a_total_agrees_with_a_bootstrap_of_everything() -> None:
    """Every task resampled by its clusters, subset by subset, and the total taken anew."""
    rng = np.random.default_rng(5)
    suite = suite_tasks()
    data = {
        (task.name, subset.name): clustered_scores(100 * i + j, 60, 3)
        for i, task in enumerate(suite)
        for j, subset in enumerate(task.subsets)
    }
    measures = {
        task.name: weighted([
            (subset.sizes["test"] / task.sizes["test"], found)
            for subset in task.subsets
            if (found := measured(*data[task.name, subset.name])) is not None
        ])
        for task in suite
    }  # fmt: skip

    def resampled(values: NDArray[np.float64], clusters: Sequence[str]) -> float:
        names = np.asarray(clusters)
        drawn = rng.choice(np.unique(names), len(set(clusters)))
        return float(np.concatenate([values[names == name] for name in drawn]).mean())

    def once() -> tuple[float, float]:
        again = {
            task.name: stated(
                sum(
                    subset.sizes["test"] / task.sizes["test"] * resampled(*data[task.name, subset.name])
                    for subset in task.subsets
                )
            )
            for task in suite
        }
        formula, published = (
            totals(suite, again, weighting).total.mean for weighting in ("formula", "published")
        )
        return formula, published

    spread = np.std([once() for _ in range(150)], axis=0, ddof=1)
    for weighting, error in zip(("formula", "published"), spread, strict=True):
        assert totals(suite, measures, weighting).total.error == pytest.approx(error, rel=0.2)  # type: ignore[arg-type]


def test_the_interval_of_a_sum_of_all_wrong_tasks_does_not_shrink_to_nothing() -> None:
    """No spread was seen, so the error is 0; but what was not seen in 20 samples may well be there."""
    zero = measured([0.0] * 20)
    assert zero is not None and (zero.error, zero.low, zero.high) == (0, *wilson(0, 20))
    found = weighted([(0.5, zero), (0.5, zero)])
    assert found.error == 0 and found.high == pytest.approx(0.5**0.5 * wilson(0, 20).high)


def test_a_single_sample_has_an_error_of_its_intervals_width() -> None:
    alone = measured([1.0])
    assert alone is not None and alone.low is not None
    assert alone.error == pytest.approx((1 - alone.low) / 2 / 1.959964)
    assert measured([]) is None
