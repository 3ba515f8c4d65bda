"""Adding up toward a threshold, and when it is passed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterhour.engine.accrual import accrue, forecast, standing

amounts = st.lists(st.integers(0, 30_000), max_size=30)


def test_a_visit_that_ends_at_the_threshold_does_not_pass_it():
    """Services above 2,480.00 need KX: 2,480.00 itself is not above, and the next visit begins there."""
    steps = accrue([8000, 8000, 1], 232_000, 248_000)
    assert [(step.before, step.after, step.standing) for step in steps] == [
        (232_000, 240_000, "below"),
        (240_000, 248_000, "below"),
        (248_000, 248_001, "above"),
    ]
    assert standing(247_999, 248_001, 248_000) == "crosses"


@given(amounts, st.integers(0, 300_000), st.integers(1, 300_000))
def test_steps_join_and_cross_once(given_amounts, start, threshold):
    steps = accrue(given_amounts, start, threshold)
    assert [step.before for step in steps] == [start, *(step.after for step in steps)][: len(steps)]
    assert [step.after - step.before for step in steps] == given_amounts
    order = {"below": 0, "crosses": 1, "above": 2}
    ranks = [order[step.standing] for step in steps]
    assert ranks == sorted(ranks)
    assert ranks.count(1) <= 1


def test_a_stated_amount_counts_where_it_is_more():
    """Another provider's services; less than ours means that not all of ours has been received."""
    steps = accrue([1000, 1000, 1000], 0, 248_000, [None, 5000, 100])
    assert [step.before for step in steps] == [0, 5000, 6000]


@given(
    st.lists(st.tuples(st.dates(dt.date(2025, 1, 1), dt.date(2025, 6, 30)), st.integers(1, 20_000)), min_size=1),
    st.integers(0, 240_000),
)
def test_the_visit_forecast_is_the_first_that_passes(visits, accrued):
    """With every further visit at the average of those so far."""
    days, sums = zip(*visits, strict=True)
    pace = forecast(days, sums, accrued, 241_000)
    assert accrued * pace.visits + pace.further * pace.total > 241_000 * pace.visits
    assert accrued * pace.visits + (pace.further - 1) * pace.total <= 241_000 * pace.visits
    if len(set(days)) == 1:
        assert pace.on is None
    elif pace.further * (max(days) - min(days)).days / (len(set(days)) - 1) < 2_000_000:
        assert pace.on >= max(days)


def test_no_date_beyond_the_calendar():
    """Visits of a cent, half a year apart: 241,000 further ones."""
    assert forecast([dt.date(2025, 1, 1), dt.date(2025, 6, 30)], [1, 1], 0, 241_000).on is None


def test_a_date_at_the_pace_so_far():
    """100.00 every 7 days from 6 January, 300.00 accrued of 500.00: the third further visit, 21 days after the last."""
    days = [dt.date(2025, 1, 6), dt.date(2025, 1, 13), dt.date(2025, 1, 20)]
    pace = forecast(days, [10_000] * 3, 30_000, 50_000)
    assert (pace.further, pace.on) == (3, dt.date(2025, 2, 10))


@pytest.mark.parametrize("sums, accrued", [([], 0), ([0], 0), ([10_000], 50_001)])
def test_nothing_to_forecast(sums, accrued):
    assert forecast([dt.date(2025, 1, 6)] * len(sums), sums, accrued, 50_000) is None
