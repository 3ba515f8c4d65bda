"""The fee schedule as it is held: relative values, cost indices, localities and ZIP codes, against CMS's own."""

import csv
import datetime as dt

import pytest

from quarterhour.policy import BadPolicyData, NotKnown, UnknownName, load
from quarterhour.policy.fee_schedule import scaled, unscaled

POLICY = load()
FEES = POLICY.fees
ZIPS = dt.date(2025, 10, 1)
#: CMS lists halves of Kansas and Missouri apart.
WHOLE = {"EK": "KS", "WK": "KS", "EM": "MO", "WM": "MO"}


def rows(shared, name):
    with (shared / "data" / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def hundredths(text):
    return round(float(text) * 100)


def test_every_relative_value_of_every_release(shared):
    """All codes without a modifier of their own, in all 21 releases from January 2020 to October 2025."""
    wrong = []
    read = [row for row in rows(shared, "mpfs_rvu_therapy_2020_2025.csv") if not row["modifier"]]
    for row in read:
        held = FEES.values(row["hcpcs"], dt.date.fromisoformat(row["effective_from"]))
        wanted = (
            row["status"],
            row["mult_proc"],
            hundredths(row["work_rvu"]),
            None if row["nonfac_na"] == "NA" else hundredths(row["nonfac_pe_rvu"]),
            None if row["fac_na"] == "NA" else hundredths(row["fac_pe_rvu"]),
            hundredths(row["mp_rvu"]),
        )
        if wanted != (held.status, held.multiple, held.work, held.office, held.facility, held.malpractice):
            wrong.append((row["release"], row["hcpcs"], wanted, held))
    assert len(read) > 3_300
    assert wrong == []


@pytest.mark.covers("M4")
def test_every_cost_index_of_every_locality(shared):
    wrong = []
    read = [row for row in rows(shared, "gpci_2020_2026.csv") if row["mac"]]
    for row in read:
        # The January and October releases of 2023 differ in two localities.
        month = 10 if row["note"].endswith("23d") else 1
        held = FEES.indices(row["mac"], row["locality"], dt.date(int(row["year"]), month, 1))
        wanted = [round(float(row[name]) * 1000) for name in ("work_gpci", "pe_gpci", "mp_gpci")]
        if wanted != [held.work, held.expense, held.malpractice]:
            wrong.append((row, held))
    assert len(read) > 770
    assert wrong == []


@pytest.mark.covers("M4")
def test_every_zip_code_lies_in_its_locality(shared):
    wrong = []
    read = rows(shared, "zip5_locality_2025q4.csv")
    for row in read:
        held = POLICY.localities.of_zip(row["zip"], ZIPS)
        wanted = (row["carrier"], row["locality"], row["plus4_flag"] == "1")
        if held is None or wanted != (held.locality.carrier, held.locality.number, held.shared):
            wrong.append((row, held))
        elif WHOLE.get(row["state"], row["state"]) not in held.locality.states:
            wrong.append((row, held.locality.states))
    assert len(read) > 42_000
    assert wrong == []


def test_zip_codes_that_are_not_in_the_file_have_no_locality(shared):
    """Also between two that are: a gap is not bridged."""
    known = {row["zip"] for row in rows(shared, "zip5_locality_2025q4.csv")}
    absent = [f"{number:05d}" for number in range(0, 100_000, 7) if f"{number:05d}" not in known]
    assert [one for one in absent if POLICY.localities.of_zip(one, ZIPS)] == []


def test_the_conversion_factor_of_every_period(shared):
    for row in rows(shared, "mpfs_conversion_factor.csv"):
        first = dt.date.fromisoformat(row["date_start"])
        last = dt.date.fromisoformat(row["date_end"] or "2026-12-31")
        qualifying = row["applies_to"] == "qualifying APM participant"
        for day in (first, last):
            value = FEES.factor(day, qualifying=qualifying).value
            assert scaled(value, 4) == round(float(row["conversion_factor"]) * 10_000), day


def test_from_2026_on_qualifying_participants_have_their_own():
    day = dt.date(2026, 3, 4)
    assert (FEES.factor(day, qualifying=True).value, FEES.factor(day, qualifying=False).value) == ("33.5675", "33.4009")


def test_before_2026_one_factor_held_for_all():
    day = dt.date(2025, 12, 31)
    assert FEES.factor(day, qualifying=True) == FEES.factor(day, qualifying=False)


@pytest.mark.parametrize("day", ["2019-12-31", "2026-01-01", "2026-11-21"])
def test_relative_values_of_a_date_without_a_release_are_not_guessed(day):
    with pytest.raises(
        NotKnown, match=r"97530: no amount is held for .* 2020-01-01 to 2025-12-31; quarterhour policy import"
    ):
        FEES.values("97530", dt.date.fromisoformat(day))


def test_a_factor_of_a_year_not_published_is_not_guessed():
    with pytest.raises(
        NotKnown, match="conversion factor: no amount is held for 2027-01-01; the newest is that of 2026"
    ):
        FEES.factor(dt.date(2027, 1, 1), qualifying=False)


def test_a_code_that_is_not_held_is_said():
    with pytest.raises(NotKnown, match="99213: no amount is held"):
        FEES.values("99213", dt.date(2025, 3, 4))


def test_a_code_that_left_the_fee_schedule_is_not_held_afterwards():
    assert FEES.values("96003", dt.date(2024, 12, 31)).status == "A"
    with pytest.raises(NotKnown):
        FEES.values("96003", dt.date(2025, 1, 1))


def test_a_locality_that_was_merged_is_not_held_afterwards():
    """Orange county, California, went to the locality of Los Angeles on 2024-01-01."""
    assert FEES.indices("01182", "26", dt.date(2023, 12, 31)).expense == 1185
    with pytest.raises(NotKnown, match="no such payment locality"):
        FEES.indices("01182", "26", dt.date(2024, 1, 1))


def test_the_release_of_early_2025_says_that_it_was_read_from_october():
    assert FEES.release("relative_values", dt.date(2025, 3, 4)).evidence == "derived"
    assert FEES.release("relative_values", dt.date(2025, 10, 1)).evidence == "near-primary"


@pytest.mark.parametrize("text", ["04412-98", "04412", "4412-11", "", "04412-1x"])
def test_localities_there_are_not(text):
    with pytest.raises(UnknownName):
        POLICY.localities.named(text)


def test_every_locality_has_a_name_and_a_state():
    for carrier in {one.carrier for state in ("TX", "CA", "NY", "MD") for one in POLICY.localities.of_state(state)}:
        assert all(one.name and one.states for one in POLICY.localities.of_carrier(carrier))
    names = [one.name for one in POLICY.localities.of_state("TX")]
    assert names == [
        "Brazoria", "Dallas", "Galveston", "Houston", "Beaumont", "Fort Worth", "Austin", "Rest of Texas",
    ]  # fmt: skip


def test_decimals_are_exact_both_ways():
    assert (scaled("0.44", 2), scaled("33.4009", 4), scaled("1", 3)) == (44, 334009, 1000)
    assert (unscaled(44, 2), unscaled(334009, 4), unscaled(1000, 3)) == ("0.44", "33.4009", "1.000")
    for text in ("0.445", "-1.00", "1,000.00", "", "nan"):
        with pytest.raises(BadPolicyData):
            scaled(text, 2)
