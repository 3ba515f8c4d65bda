"""NCCI edits: the well-known pairs by date, and every pair, limit and add-on against the published tables.

How the published pair table is read (release v30.2 came without most start dates):

- a row of indicator 9 was never in force, it only says that an edit was withdrawn as of its first day;
- a row without a start was in force before 2019, where our record begins, unless
- an earlier row of the same pair ended on 2019-12-31 or was withdrawn as of 2020-01-01: then it is the edit that came
  back, and CMS let those come back on 2020-10-01. From January to September 2020 such a pair had no edit;
- 92507 and 92508 with 97129 began on 2024-01-01, which the hospital editor's quarterly tables show.
"""

import csv
import datetime as dt
import itertools
from collections import defaultdict

import numpy as np
import pytest

from quarterhour.domain.code import code_number, code_text
from quarterhour.policy import load
from quarterhour.policy.edits import SPAN

POLICY = load()
PAIRS = POLICY.pairs
CLAIMS = {"professional": "practitioner", "institutional": "outpatient_hospital"}
CLAIMS_ORDER = list(CLAIMS)
QUARTERS = [dt.date(year, month, 1).isoformat() for year in range(2019, 2027) for month in (1, 4, 7, 10)]
NEVER = "9"
GONE = {"2019-12-31", "2020-01-01"}
BACK = "2020-10-01"
LATER = {("92507", "97129"): "2024-01-01", ("92508", "97129"): "2024-01-01"}
LONG_AGO, OPEN = "0000-00-00", "9999-99-99"


def status(one, other, day, claim="professional"):
    """``(column 1, column 2, indicator)`` of the edit in force, None where there is none."""
    on = dt.date.fromisoformat(day)
    found = [
        (edit.column1, edit.column2, edit.indicator)
        for edit in PAIRS.intervals(one, other, claim)
        if (edit.first is None or edit.first <= on) and (edit.last is None or on <= edit.last)
    ]
    assert len(found) <= 1, found
    return found[0] if found else None


@pytest.mark.covers("M1", "C7")
@pytest.mark.parametrize(
    "one, other, day, expected",
    [
        ("97530", "97140", "2019-12-31", ("97140", "97530", "1")),
        ("97530", "97140", "2020-01-01", None),
        ("97530", "97140", "2026-03-04", None),
        ("97530", "97150", "2026-03-04", ("97150", "97530", "1")),
        ("97530", "97116", "2019-12-31", ("97530", "97116", "1")),
        ("97530", "97116", "2020-10-01", None),
        ("97530", "97110", "2019-06-01", None),
        ("97530", "97112", "2026-03-04", None),
        ("97530", "97535", "2021-12-31", ("97530", "97535", "1")),
        ("97530", "97535", "2022-01-01", None),
        ("97530", "97535", "2020-06-01", None),
        ("97530", "97750", "2020-06-01", None),
        ("97530", "97750", "2020-10-01", ("97530", "97750", "1")),
        ("97530", "97537", "2026-03-04", ("97530", "97537", "1")),
        ("97530", "97542", "2026-03-04", ("97530", "97542", "1")),
        ("97530", "95851", "2026-03-04", ("97530", "95851", "0")),
        ("97530", "97161", "2026-03-04", None),
        ("97530", "97164", "2026-03-04", None),
        ("97530", "92507", "2026-03-04", ("92507", "97530", "1")),
        ("97150", "97110", "2020-09-30", None),
        ("97150", "97110", "2020-10-01", ("97150", "97110", "1")),
    ],
)
def test_pairs_by_date(one, other, day, expected):
    assert status(one, other, day) == status(other, one, day) == expected


@pytest.mark.covers("M1")
def test_order_and_indicator_differ_between_claims():
    """Practitioners and hospitals have tables of their own; merging them would be wrong for one of the two."""
    day = "2026-03-04"
    assert status("97153", "97530", day) == ("97530", "97153", "0")
    assert status("97153", "97530", day, "institutional") == ("97153", "97530", "1")


def released(shared, claim):
    """(column 1, column 2) -> [(from, to, indicator)] of the published release, read as the head of this file says."""
    rows = defaultdict(list)
    with (shared / "data/ncci_ptp_therapy_20240701.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["table"] == CLAIMS[claim]:
                rows[row["column1"], row["column2"]].append((row["deletion_date"] or OPEN, row["modifier_indicator"]))
    table = defaultdict(list)
    for pair, ends in rows.items():
        first = LONG_AGO
        for last, indicator in sorted(ends):
            if indicator != NEVER:
                table[pair].append((LATER.get(pair, first), last, indicator))
            if last in GONE:
                first = BACK
    return table


def told(claim):
    """The same of our own tables, through the reader of the policy room."""
    low, high = PAIRS.starts[CLAIMS_ORDER.index(claim) : CLAIMS_ORDER.index(claim) + 2]
    pairs = {tuple(map(code_text, divmod(key, SPAN))) for key in PAIRS.keys[low:high]}
    return {
        pair: [
            (str(edit.first or LONG_AGO), str(edit.last or OPEN), edit.indicator)
            for edit in PAIRS.intervals(*pair, claim)
            if (edit.column1, edit.column2) == pair
        ]
        for pair in pairs
    }


def in_force(table, pair, day):
    return [indicator for first, last, indicator in table.get(pair, ()) if first <= day <= last]


@pytest.mark.covers("M1")
@pytest.mark.parametrize("claim", CLAIMS)
def test_every_pair_of_therapy_codes_in_every_quarter(shared, claim):
    theirs, ours = released(shared, claim), told(claim)
    wrong = [
        (pair, day, in_force(ours, pair, day), in_force(theirs, pair, day))
        for pair in sorted(theirs.keys() | ours.keys())
        for day in QUARTERS
        if in_force(ours, pair, day) != in_force(theirs, pair, day)
    ]
    assert len(theirs) > 1_000
    assert wrong == []


@pytest.mark.covers("M1")
def test_hospital_pairs_agree_with_the_hospital_editor(shared):
    """A second witness, read quarter by quarter, for the institutional table and the starts inferred above."""
    theirs = defaultdict(list)
    with (shared / "data/ncci_ptp_therapy_hospital_2019q3_2026q2.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            interval = (row["in_force_from"] or LONG_AGO, row["in_force_to"] or OPEN, row["modifier_allowed"])
            theirs[row["column1"], row["column2"]].append(interval)
    codes = {code for pair in theirs for code in pair}
    ours = told("institutional")
    days = [day for day in QUARTERS if "2019-07-01" <= day <= "2026-06-30"]
    wrong = [
        (pair, day)
        for pair in itertools.permutations(sorted(codes), 2)
        for day in days
        if in_force(ours, pair, day) != in_force(theirs, pair, day)
    ]
    assert wrong == []


@pytest.mark.parametrize("claim", CLAIMS)
def test_no_pair_is_said_twice_for_one_day_nor_in_both_orders(claim):
    table = told(claim)
    for pair, intervals in table.items():
        for (_, last, _), (first, _, _) in itertools.pairwise(sorted(intervals)):
            assert last < first, pair
        for (first, last, _), (start, stop, _) in itertools.product(intervals, table.get(pair[::-1], ())):
            assert last < start or stop < first, pair


@pytest.mark.covers("M1")
def test_units_that_are_unlikely(shared):
    theirs = defaultdict(dict)
    with (shared / "data/ncci_mue_therapy_20240701.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            claim = next((claim for claim, table in CLAIMS.items() if table == row["table"]), None)
            if claim:
                theirs[claim][row["hcpcs"]] = (int(row["mue_units"]), int(row["mai"]))
    day = dt.date(2024, 7, 1)
    every = sorted(set(theirs["professional"]) | set(theirs["institutional"]) | {"97110", "99213"})
    for claim in CLAIMS_ORDER:
        found = {code: POLICY.unlikely.limit(code_number(code), claim, day) for code in every}
        ours = {code: (edit.units, edit.adjudication) for code, edit in found.items() if edit}
        assert ours == theirs[claim]
        assert POLICY.unlikely.limit(code_number("97530"), claim, dt.date(2024, 6, 30)) is None
    assert POLICY.unlikely.keys.size == sum(map(len, theirs.values()))


@pytest.mark.covers("M1")
def test_add_on_codes(shared):
    theirs = defaultdict(set)
    with (shared / "data/ncci_aoc_therapy_20240603.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            theirs[row["add_on_code"]].add(row["primary_code"])
    ours = {code_text(code): set(map(code_text, bases)) for code, bases in POLICY.add_ons.primaries.items()}
    assert ours == dict(theirs)


def test_every_table_says_which_release_it_is():
    for name, as_of in {
        "ptp-professional": "2024-07-01",
        "ptp-institutional": "2024-07-01",
        "mue": "2024-07-01",
    }.items():
        assert POLICY.as_of()[name] == as_of
    for release in (*PAIRS.releases.values(), *POLICY.releases("mue"), POLICY.add_ons.release):
        assert release.source.title
        assert release.covers_from <= release.as_of


def test_what_the_tables_do_not_speak_of_is_not_known():
    assert PAIRS.known_from("97530", "99213", "professional") == dt.date(2019, 1, 1)
    assert PAIRS.known_from("97110", "99213", "professional") is None
    assert PAIRS.known_from("97110", "97140", "professional") == dt.date(2019, 1, 1)


@pytest.mark.covers("M1")
def test_the_edits_among_some_codes_are_those_of_the_table_between_them():
    codes = np.unique([code_number(code) for code in ("97110", "97140", "97530", "97150", "97164", "G0283", "99999")])
    some = PAIRS.among(codes)
    wanted = set(codes.tolist())
    for claim in (0, 1):
        whole = range(PAIRS.starts[claim], PAIRS.starts[claim + 1])
        rows = [row for row in whole if wanted.issuperset(divmod(PAIRS.keys[row], SPAN))]
        assert rows
        mine = slice(some.starts[claim], some.starts[claim + 1])
        for name in ("keys", "firsts", "lasts", "indicators", "evidence"):
            assert getattr(some, name)[mine].tolist() == [getattr(PAIRS, name)[row] for row in rows]
    assert some.starts[2] == some.keys.size


def test_no_edits_among_codes_that_have_none():
    some = PAIRS.among(np.array([code_number("99998"), code_number("99999")]))
    assert (some.keys.size, set(some.starts)) == (0, {0})
