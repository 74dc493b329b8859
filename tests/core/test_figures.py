"""What a thousand answers take and cost; figures of what nobody measured."""

import pytest

from studio.core.figures import Cost, Figures, PerThousand, Price, cost_of, per_thousand

FIGURES = Figures(
    answered=500, asking_s=90.0, working_s=100.0, prompt_tokens=400_000, prompt_seen=400, completion_tokens=9_000,
    completion_seen=500,
)  # fmt: skip


def test_rates_count_the_time_of_asking():
    assert FIGURES.per_second == pytest.approx(500 / 90)
    assert FIGURES.tokens_per_second == pytest.approx(100.0)


def test_what_nobody_measured_is_none_and_never_0():
    assert (Figures().per_second, Figures().tokens_per_second) == (None, None)
    assert Figures(answered=5, asking_s=1.0).tokens_per_second is None
    assert per_thousand(Figures()) is None
    assert per_thousand(Figures(answered=5, working_s=1.0)).completion_tokens is None


def test_a_thousand_answers_are_scaled_from_those_known():
    thousand = per_thousand(FIGURES)
    assert thousand.hours == pytest.approx(100 / 3600 * 2)
    assert thousand.prompt_tokens == pytest.approx(1_000_000), "the mean of the 400 that told theirs"
    assert thousand.completion_tokens == pytest.approx(18_000)
    assert per_thousand(FIGURES, timed=False).hours is None


def test_the_cost_is_amounts_times_prices():
    thousand = PerThousand(hours=0.5, prompt_tokens=2_000_000, completion_tokens=100_000)
    assert cost_of(Price(hour=250), thousand) == Cost(125.0, None, None, 125.0)
    assert cost_of(Price(prompt=40, completion=120), thousand) == Cost(None, 80.0, 12.0, 92.0)
    assert cost_of(Price(hour=0), thousand).total == 0.0, "a machine may be free"


def test_a_price_for_what_nobody_counted_gives_no_total():
    cost = cost_of(Price(hour=250, completion=120), PerThousand(0.5, None, None))
    assert (cost.hour, cost.total, cost.unknown) == (125.0, None, ("completion",))


def test_no_price_is_no_cost():
    assert not Price().given and Price(hour=0).given
    assert cost_of(Price(), PerThousand(0.5, 1.0, 1.0)).total is None
