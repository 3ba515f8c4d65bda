"""Timed units: the manual's words, then every visit of two and of three codes against the oracle."""

import itertools

import pytest
from tests.engine import oracle
from tests.engine.trials import flat, starts_of

from quarterhour.engine.kernels.units import allocate

TOTAL_TIME, EACH_BY_ITSELF = 0, 1
LONGEST_OF_TWO, LONGEST_OF_THREE = 60, 40


def deal(days, method, cap=0):
    """Units of each day by its method, and low and high of its codes."""
    count, codes = len(days), sum(map(len, days))
    filled = [[0] * length for length in (count, count, count, codes, codes)]
    each = [[number] * count for number in (method, cap, oracle.UNIT, 8)]
    allocate(starts_of(days), flat(days), *each, *filled)
    _, _, allowed, low, high = filled
    for day, (begin, end) in enumerate(itertools.pairwise(starts_of(days))):
        yield allowed[day], low[begin:end], high[begin:end]


def ways(units, low, high):
    """Every allocation within the ranges that sums to the day's units: what the kernel says is allowed."""
    ranges = [range(fewest, most + 1) for fewest, most in zip(low, high, strict=True)]
    return {way for way in itertools.product(*ranges) if sum(way) == units}


def differing(days, method, cap, told):
    """Days whose units, ranges or set of allocations are not the oracle's."""
    wrong = []
    for minutes, (units, low, high) in zip(days, deal(days, method, cap), strict=True):
        expected, allocations = told(minutes)
        ends = [(min(one), max(one)) for one in zip(*allocations, strict=True)]
        if units != expected or list(zip(low, high, strict=True)) != ends or ways(units, low, high) != allocations:
            wrong.append((minutes, units, low, high, expected, allocations))
    return wrong


METHODS = {
    "total time": (TOTAL_TIME, 0, oracle.total_time),
    "midpoint": (EACH_BY_ITSELF, 0, oracle.midpoint),
    "capped midpoint": (EACH_BY_ITSELF, 1, oracle.capped_midpoint),
}


@pytest.mark.covers("T1", "T2", "T3")
@pytest.mark.parametrize("method", METHODS)
def test_every_visit_of_two_codes(method):
    days = list(itertools.product(range(1, LONGEST_OF_TWO + 1), repeat=2))
    assert differing(days, *METHODS[method]) == []


@pytest.mark.slow
@pytest.mark.covers("T1", "T2", "T3")
@pytest.mark.parametrize("method", METHODS)
def test_every_visit_of_three_codes(method):
    days = list(itertools.product(range(1, LONGEST_OF_THREE + 1), repeat=3))
    assert differing(days, *METHODS[method]) == []


@pytest.mark.covers("T1", "T2")
def test_one_code_follows_the_chart_of_intervals():
    """8-22 is one unit, 23-37 two, and so on; beyond two hours the pattern goes on."""
    days = [(minutes,) for minutes in range(301)]
    units = [units for units, _, _ in deal(days, TOTAL_TIME)]
    assert units[:8] == [0] * 8
    assert units[8:128] == [1 + minutes // 15 for minutes in range(120)]
    assert units == [oracle.charted(minutes) for minutes in range(301)]


@pytest.mark.covers("T2")
def test_whole_quarter_hours_are_always_owed():
    """Fifteen minutes shall be billed for at least one unit, thirty for at least two."""
    days = list(itertools.product((0, 1, 14, 15, 16, 29, 30, 31, 44, 45), repeat=3))
    for minutes, (_, low, high) in zip(days, deal(days, TOTAL_TIME), strict=True):
        assert all(fewest >= m // 15 for fewest, m in zip(low, minutes, strict=True))
        assert all(most <= -(-m // 15) for most, m in zip(high, minutes, strict=True))


@pytest.mark.covers("T3")
def test_either_method_can_be_the_larger():
    days = [(8, 8, 8), (33, 7), (20, 20), (7, 7, 7), (24, 23)]
    by_total = [units for units, _, _ in deal(days, TOTAL_TIME)]
    by_midpoint = [units for units, _, _ in deal(days, EACH_BY_ITSELF)]
    assert (by_total, by_midpoint) == ([2, 3, 3, 1, 3], [3, 2, 2, 0, 4])


def test_a_cap_takes_the_unit_of_the_smallest_remainder_that_had_one():
    (_, low, high), (units, low_of_equals, high_of_equals) = deal([(8, 9, 10), (8, 8, 8)], EACH_BY_ITSELF, 1)
    assert (low, high) == ([0, 1, 1], [0, 1, 1])
    assert (units, low_of_equals, high_of_equals) == (2, [0, 0, 0], [1, 1, 1])


def test_a_day_without_timed_codes_has_no_units():
    assert list(deal([()], TOTAL_TIME)) == [(0, [], [])]


@pytest.mark.parametrize("rule", [True, False])
def test_marked_units_lie_between_none_and_all(rule):
    """The oracle itself never marks fewer than none or more than all."""
    for minutes, assistant, units in itertools.product(range(61), (0, 1, 7, 8, 15, 23, 30), range(6)):
        if assistant <= minutes:
            marked = oracle.marked_units(rule, minutes, assistant, units)
            assert 0 <= min(marked) <= max(marked) <= units
