"""Amounts, times of day, codes and periods: read and written without loss, refused when they are something else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterhour.domain.clock import Clock
from quarterhour.domain.code import code_number, code_text, modifier_number, modifier_text
from quarterhour.domain.errors import BadClock, BadCode, BadModifier, BadMoney, DomainError
from quarterhour.domain.money import Cents
from quarterhour.domain.period import Period
from quarterhour.domain.plural import of_one

days = st.dates(dt.date(2019, 1, 1), dt.date(2019, 1, 12))
ends = st.none() | days


@given(st.integers(-(10**14), 10**14))
def test_an_amount_is_read_as_it_was_written(cents):
    assert Cents.parse(str(Cents(cents))) == cents


@pytest.mark.parametrize(
    "text, cents", [("34.61", 3461), ("34.6", 3460), ("34", 3400), (" 0.05 ", 5), ("-1.05", -105), ("-0.05", -5)]
)
def test_amounts(text, cents):
    assert Cents.parse(text) == cents
    assert isinstance(Cents.parse(text), Cents)


@pytest.mark.parametrize("text", ["", "34.611", "34,61", "$34.61", "1e3", ".5", "NaN", "٣", 34.61, 34, None])
def test_no_amount(text):
    with pytest.raises(BadMoney, match="decimal string"):
        Cents.parse(text)


def test_a_binary_fraction_is_never_an_amount():
    """0.1 + 0.2 is why: as text it is thirty cents or it is refused."""
    with pytest.raises(BadMoney):
        Cents.parse(0.1 + 0.2)
    assert Cents.parse("0.1") + Cents.parse("0.2") == Cents.parse("0.30")


@pytest.mark.covers("T5")
@given(st.integers(0, 24 * 60 - 1))
def test_a_time_of_day_is_read_as_it_was_written(minute):
    assert Clock.parse(str(Clock(minute))) == minute


@pytest.mark.covers("T5")
@pytest.mark.parametrize(
    "text, minute", [("09:05", 545), ("9:05", 545), ("00:00", 0), ("23:59", 1439), (" 14:30 ", 870)]
)
def test_times_of_day(text, minute):
    assert Clock.parse(text) == minute


@pytest.mark.parametrize("text", ["24:00", "09:60", "0905", "9", "09:05:30", "09:05 am", "", 545, None])
def test_no_time_of_day(text):
    """Seconds are refused, not rounded: half a minute more must never become a minute, nor a minute a unit."""
    with pytest.raises(BadClock, match="time of day"):
        Clock.parse(text)


codes = st.from_regex(r"[0-9A-Z][0-9]{3}[0-9A-Z]", fullmatch=True).filter(str.isascii)
modifiers = st.from_regex(r"[0-9A-Z]{2}", fullmatch=True).filter(str.isascii)


@given(codes, codes)
def test_codes_keep_their_order_as_numbers(one, other):
    assert code_text(code_number(one)) == one
    assert (code_number(one) < code_number(other)) == (one < other)


@given(modifiers, modifiers)
def test_modifiers_keep_their_order_as_numbers(one, other):
    assert modifier_text(modifier_number(one)) == one
    assert (modifier_number(one) < modifier_number(other)) == (one < other)


@pytest.mark.parametrize("text", ["", "9753", "975300", "97a30", "g0283", "97 30", "A000a"])
def test_no_code(text):
    with pytest.raises(BadCode, match="five-place"):
        code_number(text)


@pytest.mark.parametrize("text", ["", "G", "gp", "GPX", "5 "])
def test_no_modifier(text):
    with pytest.raises(BadModifier, match="two-place"):
        modifier_number(text)


def test_every_error_of_the_field_is_one_a_reader_can_catch():
    assert all(issubclass(error, DomainError) for error in (BadMoney, BadClock, BadCode, BadModifier))
    assert issubclass(DomainError, ValueError)


def spans(first, last):
    """The days of a period, open ends taken as the ends of the days drawn here."""
    return {
        day
        for day in (dt.date(2019, 1, number) for number in range(1, 13))
        if (first is None or first <= day) and (last is None or day <= last)
    }


@given(ends, ends, ends, ends)
def test_periods_overlap_where_they_share_a_day(first, last, start, stop):
    if (first and last and last < first) or (start and stop and stop < start):
        return
    one, other = Period(first, last), Period(start, stop)
    assert one.overlaps(other) == other.overlaps(one) == bool(spans(first, last) & spans(start, stop))
    assert {day for day in spans(None, None) if day in one} == spans(first, last)


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="cannot end on 2026-03-03 before it begins on 2026-03-04"):
        Period(dt.date(2026, 3, 4), dt.date(2026, 3, 3))
    assert dt.date(2026, 3, 4) in Period(dt.date(2026, 3, 4), dt.date(2026, 3, 4))


@pytest.mark.parametrize(
    "said, meant",
    [
        ("Bill 1 timed units that day", "Bill 1 timed unit that day"),
        ("Leave the modifier on 1 units; bill", "Leave the modifier on 1 unit; bill"),
        ("Bill 11 timed units", "Bill 11 timed units"),
        ("Bill 2 units of 97530", "Bill 2 units of 97530"),
        ("Put CQ on 1 of 1 units", "Put CQ on 1 of 1 units"),
    ],
)
def test_a_noun_agrees_with_its_number(said, meant):
    assert of_one(said) == meant
