"""Laws of the unit count that hold whatever the minutes."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.test_units import METHODS, deal, ways

minutes = st.one_of(st.sampled_from((0, 1, 7, 8, 14, 15, 16, 22, 23, 30, 37, 38)), st.integers(0, 240))
days = st.lists(minutes, min_size=1, max_size=5)
methods = st.sampled_from(sorted(METHODS))


def dealt(day, method):
    (units, low, high), *_ = deal([tuple(day)], *METHODS[method][:2])
    return units, low, high


@pytest.mark.covers("T1", "T2", "T3")
@given(days, methods)
def test_every_allocation_gives_out_exactly_the_days_units(day, method):
    units, low, high = dealt(day, method)
    assert sum(low) <= units <= sum(high)
    assert all(most - fewest in {0, 1} for fewest, most in zip(low, high, strict=True))
    assert ways(units, low, high)


@given(days, methods, st.randoms(use_true_random=False))
def test_the_order_of_services_changes_nothing(day, method, random):
    order = list(range(len(day)))
    random.shuffle(order)
    units, low, high = dealt(day, method)
    assert dealt([day[place] for place in order], method) == (
        units, [low[place] for place in order], [high[place] for place in order]
    )  # fmt: skip


@given(days, methods, st.integers(0, 4), st.integers(1, 60))
def test_more_minutes_are_never_fewer_units(day, method, place, more):
    place %= len(day)
    longer = [m + more * (number == place) for number, m in enumerate(day)]
    units, low, high = dealt(day, method)
    units_after, low_after, high_after = dealt(longer, method)
    assert units_after >= units
    if method != "capped midpoint":
        assert (low_after[place], high_after[place]) >= (low[place], high[place])


@given(days)
def test_the_total_alone_decides_how_many(day):
    assert dealt(day, "total time")[0] == dealt([sum(day)], "total time")[0]


@given(days)
def test_a_cap_never_adds_and_never_exceeds_either_count(day):
    capped = dealt(day, "capped midpoint")[0]
    assert capped == min(dealt(day, "midpoint")[0], dealt(day, "total time")[0])


@given(days, methods)
def test_another_quarter_hour_is_another_unit_of_that_code(day, method):
    """Fifteen more minutes of a code move its own numbers by one and nobody else's."""
    if method == "capped midpoint":
        return
    units, low, high = dealt(day, method)
    for place in range(len(day)):
        longer = [m + 15 * (number == place) for number, m in enumerate(day)]
        plus = [int(number == place) for number in range(len(day))]
        assert dealt(longer, method) == (
            units + 1, [a + b for a, b in zip(low, plus, strict=True)], [a + b for a, b in zip(high, plus, strict=True)]
        )  # fmt: skip


def test_a_code_of_no_minutes_changes_nobody_elses_units():
    for method in METHODS:
        for day in itertools.product((1, 7, 8, 15, 22, 23), repeat=2):
            units, low, high = dealt(day, method)
            assert dealt((*day, 0), method) == (units, [*low, 0], [*high, 0])
