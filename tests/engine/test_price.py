"""Fees and payments against a statement of the published rules that shares nothing with them."""

import csv
import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterhour.engine.price.day import Entry, in_full, unit_fees
from quarterhour.engine.price.fee import NATIONAL, Indices, Values, fee
from quarterhour.engine.price.payment import Allowed, Shares, payments, percent, total

CENT = Decimal("0.01")


def published(work, expense, malpractice, indices, factor, share=Decimal(1)):
    """The formula as CMS prints it, in decimals: what a unit is paid, in dollars."""
    adjusted = work * indices[0] + expense * indices[1] * share + malpractice * indices[2]
    return (adjusted * factor).quantize(CENT, ROUND_HALF_UP)


@pytest.mark.slow
@pytest.mark.covers("M4")
def test_every_code_in_every_locality_of_every_release(shared):
    """Full and half practice expense, at the office, of every code with an amount, to the cent."""
    with (shared / "data/gpci_2020_2026.csv").open(encoding="utf-8") as lines:
        every = [row for row in csv.DictReader(lines) if row["mac"]]
    places = {}
    for row in every:
        month = "10" if row["note"].endswith("23d") else "01"
        places.setdefault(f"{row['year']}-{month}-01", {})[row["mac"], row["locality"]] = tuple(
            Decimal(row[name]) for name in ("work_gpci", "pe_gpci", "mp_gpci")
        )
    places["2023-10-01"] = places["2023-01-01"] | places["2023-10-01"]
    with (shared / "data/mpfs_rvu_therapy_2020_2025.csv").open(encoding="utf-8") as lines:
        codes = [row for row in csv.DictReader(lines) if row["status"] in "ART" and row["nonfac_na"] != "NA"]
    from quarterhour.policy import load  # the numbers under test come from the built-in tables

    policy = load()
    seen = 0
    for release in sorted({row["effective_from"] for row in codes}):
        day = dt.date.fromisoformat(release)
        factor = int(Decimal(policy.fees.factor(day, qualifying=False).value) * 10_000)
        held = {}
        for row in codes:
            if row["effective_from"] == release and not row["modifier"]:
                values = policy.fees.values(row["hcpcs"], day)
                held[row["hcpcs"]] = (row, Values(values.work, values.office, values.malpractice))
        for key, cost in places[max(start for start in places if start <= release)].items():
            found = policy.fees.indices(*key, day)
            indices = Indices(found.work, found.expense, found.malpractice)
            for row, values in held.values():
                parts = [Decimal(row[name]) for name in ("work_rvu", "nonfac_pe_rvu", "mp_rvu")]
                for share in (100, 50):
                    wanted = published(*parts, cost, Decimal(row["conversion_factor"]), Decimal(share) / 100)
                    assert Decimal(fee(values, indices, factor, share)) / 100 == wanted, (release, key, row["hcpcs"])
                    seen += 1
    assert seen > 500_000


def test_a_half_cent_is_rounded_up():
    """1.00 x 1.000 x 0.0050 is half a cent."""
    assert fee(Values(100, 0, 0), NATIONAL, 50) == 1
    assert fee(Values(100, 0, 0), NATIONAL, 49) == 0


values = st.builds(Values, st.integers(0, 500), st.integers(0, 300), st.integers(0, 20))
entries = st.builds(Entry, values, st.integers(0, 6), st.booleans())
index = st.integers(300, 1900)
places = st.builds(Indices, index, index, index)
factors = st.integers(300_000, 400_000)


@given(st.lists(entries, max_size=6), places, factors)
def test_one_unit_of_the_day_is_paid_in_full(day, place, factor):
    """Exactly one of those under the reduction; of the others every one; none of them has a higher practice expense."""
    fees = unit_fees(day, place, factor, 50)
    assert [one.expense_percent for one in fees if not day[one.entry].reduced] == [100] * sum(
        entry.units for entry in day if not entry.reduced
    )
    under = [one for one in fees if day[one.entry].reduced]
    full = [one for one in under if one.expense_percent == 100]
    assert len(full) == bool(under)
    if full:
        assert day[full[0].entry].values.expense == max(day[one.entry].values.expense for one in under)


@given(st.lists(entries, max_size=6), places, factors, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_total(day, place, factor, random):
    shuffled = random.sample(day, len(day))
    totals = [sum(one.cents for one in unit_fees(lines, place, factor, 50)) for lines in (day, shuffled)]
    assert totals[0] == totals[1]


@given(st.lists(entries, max_size=6), places, factors)
def test_units_are_those_that_were_billed(day, place, factor):
    """A price takes no unit from one service and gives none to another."""
    fees = unit_fees(day, place, factor, 50)
    assert [sum(one.entry == number for one in fees) for number in range(len(day))] == [entry.units for entry in day]


@given(st.lists(entries, min_size=1, max_size=4), places, factors)
def test_reduced_fees_are_never_higher(day, place, factor):
    for reduced, whole in zip(unit_fees(day, place, factor, 50), unit_fees(day, place, factor, 100), strict=True):
        assert reduced.cents <= whole.cents


def test_among_equal_practice_expenses_the_higher_fee_is_in_full():
    """97110 and 97116 of a day may tie in practice expense; the fee decides (Pub. 100-04 ch. 5 s. 10.7)."""
    low, high = Entry(Values(40, 50, 1), 1, reduced=True), Entry(Values(45, 50, 1), 1, reduced=True)
    assert in_full([low, high], NATIONAL, 323465) == 1
    assert in_full([high, low], NATIONAL, 323465) == 0
    assert in_full([], NATIONAL, 323465) is None


SHARES = Shares(80, 85, 2)


def test_the_assistant_reduction_is_taken_from_the_payment():
    """100.00: Medicare's 80.00, of it 68.00, less 1.36; the patient owes 20.00 as without an assistant."""
    (paid,) = payments([Allowed(10000, assisted=True)], 0, SHARES)
    assert (paid.share, paid.assistant_reduction, paid.sequestration, paid.medicare) == (8000, 1200, 136, 6664)
    assert paid.patient == 2000


def test_the_deductible_comes_first_and_runs_out():
    """150.00 left: all of the first line's 100.00, and 50.00 of the second's."""
    first, second, third = payments([Allowed(10000, assisted=False)] * 3, 15000, SHARES)
    assert (first.deductible, first.medicare, first.patient) == (10000, 0, 10000)
    assert (second.deductible, second.coinsurance, second.share) == (5000, 1000, 4000)
    assert third.deductible == 0
    assert total([first, second, third]).deductible == 15000


@given(st.lists(st.tuples(st.integers(0, 100_000), st.booleans()), max_size=8), st.integers(0, 30_000))
def test_every_cent_allowed_is_somebodys(lines, left):
    """Allowed = the patient's + Medicare's + what the assistant and sequestration take; nothing is below zero."""
    for paid in payments([Allowed(cents, assisted=mark) for cents, mark in lines], left, SHARES):
        assert paid.allowed == paid.patient + paid.medicare + paid.assistant_reduction + paid.sequestration
        assert min(paid.deductible, paid.coinsurance, paid.share, paid.medicare, paid.sequestration) >= 0


@given(st.integers(0, 10_000_000), st.integers(0, 100))
def test_percentages_round_half_up(cents, of):
    wanted = (Decimal(cents) * of / 100).quantize(Decimal(1), ROUND_HALF_UP)
    assert percent(cents, of) == int(wanted)
