"""Imported amounts in the place of the built-in, day by day."""

import datetime as dt

import numpy as np
import pytest

from quarterhour.domain.code import code_number
from quarterhour.policy import NotKnown, load
from quarterhour.policy.imported_fees import Edition, ImportedAmounts
from quarterhour.policy.source import Source

BUILT_IN = load().fees
SOURCE = Source("imported", "An imported file", "CMS")


def relative_values(release, first, through, factor, qualifying=-1):
    """One code with amounts nobody publishes, one that is bundled."""
    return Edition(
        release,
        first,
        through,
        SOURCE,
        {
            "code": np.array([code_number("97530"), code_number("97530"), code_number("97010")]),
            "modifier": np.array([37, 0, 0]),
            "status": np.array([b"A", b"A", b"B"]),
            "work": np.array([1, 45, 6]),
            "pe_nonfacility": np.array([1, 70, 13]),
            "pe_facility": np.array([1, 70, 13]),
            "mp": np.array([1, 2, 1]),
            "na_nonfacility": np.array([False, False, True]),
            "na_facility": np.array([False, True, True]),
            "multiple": np.array([b"0", b"5", b"9"]),
            "conversion_factor": np.array([0, factor, factor]),
            "qualifying": np.full(3, qualifying),
        },
    )


def cost_indices(year):
    columns = {"carrier": [4412], "locality": [11], "work": [1001], "pe": [1002], "mp": [1003]}
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return Edition(str(year), first, last, SOURCE, {name: np.array(value) for name, value in columns.items()})


APRIL = relative_values("RVU26B", dt.date(2026, 4, 1), dt.date(2026, 6, 30), 334009, 0)
JULY = relative_values("RVU26C", dt.date(2026, 7, 1), dt.date(2026, 9, 30), 334010, 0)
JULY_QP = relative_values("RVU26C", dt.date(2026, 7, 1), dt.date(2026, 9, 30), 335675, 1)
FEES = ImportedAmounts(BUILT_IN, [JULY, APRIL, JULY_QP], [cost_indices(2026)])


def test_a_day_of_the_release():
    held = FEES.values("97530", dt.date(2026, 8, 3))
    assert (held.status, held.multiple, held.work, held.office, held.facility, held.malpractice) == (
        "A", "5", 45, 70, None, 2,
    )  # fmt: skip
    assert FEES.values("97010", dt.date(2026, 8, 3)).office is None
    assert FEES.release("relative_values", dt.date(2026, 8, 3)).evidence == "primary"


@pytest.mark.parametrize(
    "day, release, evidence",
    [
        ("2026-02-02", "RVU26B", "derived"), ("2026-04-01", "RVU26B", "primary"), ("2026-06-30", "RVU26B", "primary"),
        ("2026-07-01", "RVU26C", "primary"), ("2026-11-21", "RVU26C", "derived"),
        ("2025-11-21", "RVU25D", "near-primary"),
    ],
)  # fmt: skip
def test_another_quarter_of_the_year_answers_and_says_so(day, release, evidence):
    value = FEES.release("relative_values", dt.date.fromisoformat(day))
    assert (value.value, value.evidence) == (release, evidence)
    assert (evidence == "derived") == bool(value.note)


@pytest.mark.parametrize("day", ["2027-01-01", "2019-12-31"])
def test_another_year_never_answers(day):
    with pytest.raises(NotKnown):
        FEES.values("97530", dt.date.fromisoformat(day))


def test_the_factor_of_the_file_and_of_whom_it_is():
    assert FEES.factor(dt.date(2026, 8, 3), qualifying=False).value == "33.4010"
    assert FEES.factor(dt.date(2026, 8, 3), qualifying=True).value == "33.5675"
    # Before 2026 there is no file of qualifying participants, and no import of 2025.
    assert FEES.factor(dt.date(2025, 8, 4), qualifying=True).value == "32.3465"


def test_cost_indices_of_the_import_and_of_other_years():
    assert FEES.indices("04412", "11", dt.date(2026, 3, 2)).expense == 1002
    assert FEES.indices("04412", "11", dt.date(2025, 3, 3)).expense == 1007


def test_what_the_release_does_not_have_is_not_taken_from_the_built_in():
    with pytest.raises(
        NotKnown, match="97110: no amount is held for 2026-08-03; it is not in the imported release RVU26C"
    ):
        FEES.values("97110", dt.date(2026, 8, 3))
    with pytest.raises(NotKnown, match="locality 04412-18"):
        FEES.indices("04412", "18", dt.date(2026, 8, 3))
