"""Percentiles of columns with gaps."""

import pytest

from studio.stats import known, spread_of


@pytest.mark.parametrize(
    ("values", "p50", "p95"),
    [
        ([7.0], 7.0, 7.0),
        ([2.0, 1.0], 1.0, 2.0),
        ([float(n) for n in range(100, 0, -1)], 50.0, 95.0),
        ([1.0] * 19 + [100.0], 1.0, 1.0),
        ([1.0] * 9 + [100.0], 1.0, 100.0),
        ([None, 3.0, None, 1.0], 1.0, 3.0),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(values, p50, p95):
    spread = spread_of(known(values))
    assert (spread.p50, spread.p95, spread.n) == (p50, p95, len(values) - values.count(None))


def test_nothing_measured_has_no_percentiles():
    assert spread_of(known([])) is None
    assert spread_of(known([None, None])) is None
