"""Imported amounts and ZIP codes in the place of the built-in, day by day."""

import datetime as dt

import numpy as np
import pytest

from quarterhour.domain.code import code_number
from quarterhour.policy import NotKnown, load
from quarterhour.policy.forms import FORMS
from quarterhour.policy.keeping import NewEdition, keep
from quarterhour.workflows.policy_conflicts import conflicts
from quarterhour.workflows.pricing import AskedLine, Where, price_day


def edition(table, release, first, through, rows, variant=""):
    """Rows are mappings of some of the columns; what they leave out is 0 or empty."""
    columns = {
        name: np.array([row.get(name, 0 if np.dtype(kind).kind in "ib" else "") for row in rows], dtype=kind)
        for name, kind in FORMS[table].columns.items()
    }
    first, through = dt.date.fromisoformat(first), dt.date.fromisoformat(through)
    return NewEdition(table, first, through, variant, release, columns, ())


def relative_values(release, first, through, factor, variant):
    """One code with amounts nobody publishes, also for a modifier, and one that is bundled."""
    code = {
        "code": code_number("97530"),
        "status": "A",
        "multiple": "5",
        "na_facility": True,
        "conversion_factor": factor,
    }
    return edition(
        "pprrvu",
        release,
        first,
        through,
        [
            {"code": code_number("97010"), "status": "B", "multiple": "9", "na_nonfacility": True, "work": 6},
            code | {"work": 45, "pe_nonfacility": 70, "pe_facility": 70, "mp": 2},
            code | {"modifier": 37, "work": 1},
        ],
        variant,
    )


@pytest.fixture(scope="module")
def policy(tmp_path_factory):
    """Relative values of the second and third quarter of 2026, cost indices of 2026, ZIP codes of the first."""
    store = tmp_path_factory.mktemp("store")
    place = {"carrier": 4412, "locality": 11, "state": "TX", "name": "DALLAS", "work": 1001, "pe": 1002, "mp": 1003}
    zips = [
        {"zip": 75201, "state": "TX", "carrier": 4412, "locality": 18, "plus_four": True},
        {"zip": 99999, "state": "TX", "carrier": 4412, "locality": 7},
    ]
    new = [
        relative_values("RVU26B", "2026-04-01", "2026-06-30", 334009, "not-qualifying"),
        relative_values("RVU26C", "2026-07-01", "2026-09-30", 334010, "not-qualifying"),
        relative_values("RVU26C", "2026-07-01", "2026-09-30", 335675, "qualifying"),
        edition("gpci", "2026", "2026-01-01", "2026-12-31", [place]),
        edition("zip", "2026Q1", "2026-01-01", "2026-03-31", zips),
        edition("zip9", "2026Q1", "2026-01-01", "2026-03-31", [zips[0] | {"plus_four": 1234, "locality": 31}]),
    ]
    return load(held=keep(store, new, None, dt.date(2026, 11, 21)))


def day(text):
    return dt.date.fromisoformat(text)


def test_a_day_of_the_release(policy):
    held = policy.fees.values("97530", day("2026-08-03"))
    assert (held.status, held.multiple, held.work, held.office, held.facility, held.malpractice) == (
        "A", "5", 45, 70, None, 2,
    )  # fmt: skip
    assert policy.fees.values("97010", day("2026-08-03")).office is None
    value = policy.fees.release("relative_values", day("2026-08-03"))
    assert (value.evidence, "imported" in value.source.title) == ("primary", True)


@pytest.mark.parametrize(
    "on, release, evidence",
    [
        ("2026-02-02", "RVU26B", "derived"),
        ("2026-04-01", "RVU26B", "primary"),
        ("2026-06-30", "RVU26B", "primary"),
        ("2026-07-01", "RVU26C", "primary"),
        ("2026-11-21", "RVU26C", "derived"),
        ("2025-11-21", "RVU25D", "near-primary"),
    ],
)
def test_another_quarter_of_the_year_answers_and_says_so(policy, on, release, evidence):
    value = policy.fees.release("relative_values", day(on))
    assert (value.value, value.evidence) == (release, evidence)
    assert (evidence == "derived") == bool(value.note)


@pytest.mark.parametrize("on", ["2027-01-01", "2019-12-31"])
def test_another_year_never_answers(policy, on):
    with pytest.raises(NotKnown):
        policy.fees.values("97530", day(on))


def test_the_factor_of_the_file_and_of_whom_it_is(policy):
    assert policy.fees.factor(day("2026-08-03"), qualifying=False).value == "33.4010"
    assert policy.fees.factor(day("2026-08-03"), qualifying=True).value == "33.5675"
    # Before 2026 there is no file of qualifying participants, and no import of 2025.
    assert policy.fees.factor(day("2025-08-04"), qualifying=True).value == "32.3465"


def test_cost_indices_of_the_import_and_of_other_years(policy):
    assert policy.fees.indices("04412", "11", day("2026-03-02")).expense == 1002
    assert policy.fees.indices("04412", "11", day("2025-03-03")).expense == 1007


def test_what_the_release_does_not_have_is_not_taken_from_the_built_in(policy):
    with pytest.raises(
        NotKnown, match="97110: no amount is held for 2026-08-03; it is not in the imported release RVU26C"
    ):
        policy.fees.values("97110", day("2026-08-03"))
    with pytest.raises(NotKnown, match="locality 04412-18"):
        policy.fees.indices("04412", "18", day("2026-08-03"))


def test_a_day_is_priced_by_the_import(policy):
    """(0.45 x 1.001 + 0.70 x 1.002 + 0.02 x 1.003) x 33.4010 = 39.14; the second unit with half of 0.70 27.43."""
    where = Where(policy.localities.named("04412-11"))
    priced = price_day(policy, [AskedLine("97530", 2)], where, day("2026-08-03"))
    assert [unit.cents for unit in priced.lines[0].units] == [3914, 2743]


def test_zip_codes_by_the_file_of_the_day(policy):
    """The built-in file is of October 2025, the imported one of January 2026 and whatever comes after."""
    found = {
        on: policy.localities.of_zip("75201", day(on))
        for on in ("2025-03-04", "2025-12-31", "2026-01-01", "2027-01-01")
    }
    assert [(one.locality.number, one.as_of) for one in found.values()] == [
        ("11", day("2025-10-01")), ("11", day("2025-10-01")), ("18", day("2026-01-01")), ("18", day("2026-01-01")),
    ]  # fmt: skip
    assert found["2026-01-01"].locality.name == "Houston"


def test_a_zip_code_of_nine_digits(policy):
    """The file of nine digits has the parts that lie elsewhere; any other part is where its ZIP code is."""
    found = [policy.localities.of_zip(text, day("2026-02-02")) for text in ("75201", "75201-1234", "752011235")]
    assert [(one.locality.number, one.shared) for one in found] == [("18", True), ("31", False), ("18", False)]


def test_a_zip_code_only_one_of_the_files_has(policy):
    assert policy.localities.of_zip("99999", day("2026-02-02")).locality.number == "07"
    assert policy.localities.of_zip("99999", day("2025-11-03")) is None
    assert policy.localities.of_zip("75202", day("2026-02-02")) is None


def test_where_an_import_and_the_built_in_facts_differ_both_are_told(tmp_path):
    """Of 2025 both speak; the import has other values for 97530 and other indices for one locality."""
    place = {"carrier": 4412, "locality": 11, "work": 1011, "pe": 1008, "mp": 877}
    new = [
        relative_values("RVU25A", "2025-01-01", "2025-03-31", 323465, ""),
        edition("gpci", "2025", "2025-01-01", "2025-12-31", [place]),
    ]
    held = keep(tmp_path, new, None, dt.date(2026, 11, 21))
    told = {row["what"]: (row["codes"], row["built_in"], row["imported"]) for row in conflicts(load(), held)}
    assert told["the relative values of 2025-01-01 differ"] == (
        ["97530"],
        "0.44 / 0.62 / NA / 0.01, status A, multiple procedures 5",
        "0.45 / 0.70 / NA / 0.02, status A, multiple procedures 5",
    )
    assert told["the cost indices of locality 04412-11 of 2025-01-01 differ"][1:] == (
        "1.011 / 1.007 / 0.877", "1.011 / 1.008 / 0.877",
    )  # fmt: skip
    assert load(held=held).fees.values("97530", dt.date(2025, 2, 3)).work == 45
