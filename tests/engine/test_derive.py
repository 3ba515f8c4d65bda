"""What is derived from whole visits, against the oracle on the plain records: units, shares, pairs, sums, overlaps."""

import datetime as dt
import random
from collections import Counter

import numpy as np
import pytest
from tests.engine import oracle
from tests.properties import visits as drawn

from quarterhour.domain.code import code_text
from quarterhour.domain.columns import ABSENT, to_columns
from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import judge_columns, judge_visits
from quarterhour.policy import load

TODAY = dt.date(2026, 11, 21)
CLINICS = 60
#: Payer -> method and cap, of those drawn here (2026 terms, the same ever since units are counted).
METHODS = {"medicare-b": oracle.total_time, "commercial-midpoint": oracle.midpoint, "commercial": oracle.total_time}


def clinic(random, size=12):
    """Visits of a few patients by a few therapists within few days, payers of known method only."""
    days = random.sample(drawn.DAYS, 3)
    found = []
    for _ in range(size):
        record = drawn.visit(random)
        record["payer"] = random.choice(list(METHODS))
        record["date_of_service"] = random.choice(days)
        found.append(record)
    return found


def facts_of(records):
    columns = to_columns(Visit, [drawn.read(record) for record in records])
    return judge_columns(columns, load(), "medicare-b", TODAY, [])[1].facts


def lines_of(records):
    """(visit's place, service's place) of every line, in the order of the line table."""
    return [
        (place, number) for place, record in enumerate(records) for number in range(len(record.get("services", ())))
    ]


CASES = [pytest.param(seed, id=f"clinic{seed}") for seed in range(CLINICS)]


@pytest.fixture(scope="module")
def clinics():
    return [clinic(random.Random(seed)) for seed in range(CLINICS)]


@pytest.fixture(scope="module")
def facts(clinics):
    return [facts_of(records) for records in clinics]


@pytest.mark.covers("T1", "T2", "T3")
def test_units_of_every_day(clinics, facts):
    seen = 0
    for records, found in zip(clinics, facts, strict=True):
        by_day = {}
        codes = found.code_day
        for row in np.flatnonzero(codes.timed):
            visit = records[codes.visit[row]]
            patient, payer = oracle.patient(records, codes.visit[row]), visit.get("payer", "medicare-b")
            key = (patient, visit["date_of_service"], visit.get("discipline"), payer)
            by_day.setdefault(key, {})[code_text(codes.code[row])] = row
        expected = oracle.unit_days(records)
        assert {key: set(rows) for key, rows in by_day.items()} == {key: set(day) for key, day in expected.items()}
        for key, day in expected.items():
            rows = [by_day[key][code] for code in day]
            of_day = codes.day[rows[0]]
            if None in day.values():
                assert found.day.units_allowed[of_day] == ABSENT
                assert (codes.units_low[rows] == ABSENT).all()
                continue
            units, ways = METHODS[key[3]](tuple(day.values()))
            assert found.day.units_allowed[of_day] == units
            assert found.day.minutes[of_day] == sum(day.values())
            assert codes.units_low[rows].tolist() == [min(one) for one in zip(*ways, strict=True)]
            assert codes.units_high[rows].tolist() == [max(one) for one in zip(*ways, strict=True)]
            seen += 1
    assert seen > 300


@pytest.mark.covers("M3")
def test_units_that_need_the_assistants_modifier(clinics, facts):
    untimed = {"97150", "97010", "97161", "92507"}
    seen = Counter()
    for records, found in zip(clinics, facts, strict=True):
        codes = found.code_day
        for row in range(codes.code.size):
            code, day = code_text(codes.code[row]), records[codes.visit[row]]["date_of_service"]
            minutes, assistant, units = codes.minutes[row], codes.assistant_minutes[row], codes.units_billed[row]
            # Where nothing is billed or decided yet, the units are those the minutes support.
            units = units if units > 0 else codes.units_high[row]
            if day < "2020-01-01" or ABSENT in {minutes, units} or minutes < assistant:
                assert codes.assistant_low[row] == codes.assistant_high[row] == ABSENT
            elif code in oracle.TIMED | untimed:
                marked = oracle.marked_units(
                    day >= "2022-01-01", minutes, assistant, units, is_timed=code not in untimed
                )
                assert (codes.assistant_low[row], codes.assistant_high[row]) == (min(marked), max(marked))
                seen[day >= "2022-01-01", max(marked) > 0] += 1
    assert min(seen.values()) > 10


@pytest.mark.covers("M1")
def test_pair_edits_met(clinics, facts):
    seen = Counter()
    for records, found in zip(clinics, facts, strict=True):
        lines, pairs = lines_of(records), found.pair
        met = Counter(
            (
                code_text(pairs.column1[row]),
                lines[pairs.line[row]],
                int(pairs.indicator[row]),
                bool(pairs.bypass1[row]),
                bool(pairs.bypass2[row]),
            )
            for row in range(pairs.visit.size)
        )
        assert met == oracle.pair_hits(records)
        seen.update(indicator for _, _, indicator, _, _ in met)
    assert min(seen[0], seen[1]) > 20


@pytest.mark.covers("M1")
def test_units_against_the_most_that_are_likely(clinics, facts):
    seen = Counter()
    for records, found in zip(clinics, facts, strict=True):
        rows = found.unlikely
        columns = (rows.code, rows.units, rows.limit, rows.adjudication)
        sums = Counter((code_text(code), *others) for code, *others in zip(*(c.tolist() for c in columns), strict=True))
        assert sums == oracle.unlikely_sums(records)
        seen.update(how for _, _, _, how in sums)
    assert min(seen[2], seen[3]) > 20


@pytest.mark.covers("T5", "T6")
def test_intervals_that_share_minutes(clinics, facts):
    seen = Counter()
    for records, found in zip(clinics, facts, strict=True):
        lines, rows = lines_of(records), found.overlap
        met = Counter(
            (
                frozenset({lines[rows.line[row]], lines[rows.other_line[row]]}),
                int(rows.minutes[row]),
                bool(rows.same_patient[row]),
                bool(rows.same_therapist[row]),
            )
            for row in range(rows.visit.size)
        )
        assert met == oracle.overlaps(records)
        seen.update((patient, therapist) for _, _, patient, therapist in met.elements())
    assert min(seen[True, False], seen[False, True], seen[True, True]) > 20


@pytest.mark.parametrize("size", [0, 1])
def test_few_or_no_visits_are_a_batch_too(size):
    found = facts_of([{"date_of_service": "2026-03-04", "note": {"text": "S: None."}}] * size)
    assert found.visit.visit.size == size
    assert found.line.visit.size == found.day.visit.size == found.pair.visit.size == found.overlap.visit.size == 0


def person(place, **patient):
    return {
        "visit_id": f"V-{place}",
        "date_of_service": "2026-03-04",
        "payer": "medicare-b",
        "discipline": "PT",
        "patient": {"id": "1001"} | patient,
        "services": [{"code": "97530", "minutes": 23, "units": 2, "modifiers": ["GP"]}],
    }


@pytest.mark.parametrize(
    "one, other, together",
    [
        ({}, {}, True),
        ({"birth_date": "1948-05-06"}, {}, True),
        ({"birth_date": "1948-05-06", "sex": "F"}, {"birth_date": "1948-05-06", "sex": "U"}, True),
        ({"birth_date": "1948-05-06"}, {"birth_date": "1955-01-01"}, False),
        ({"sex": "F"}, {"sex": "M"}, False),
        # A birth after the visit is a slip that tells nobody from another.
        ({"birth_date": "1948-05-06"}, {"birth_date": "2026-12-01"}, True),
    ],
)
def test_one_id_of_two_people_is_two_patients(one, other, together):
    records = [from_builtins(person(n, **patient), Visit) for n, patient in enumerate((one, other))]
    outcome = judge_visits(records, load(), "medicare-b", TODAY)
    # Each visit bills 2 units for 23 minutes, which support 2; together 46 support 3.
    assert any(f.rule == "UNT101" for found in outcome.findings for f in found) == together
    told = {(u.rule, u.visits) for u in outcome.not_checked if u.reason.startswith("not judged together")}
    assert (("UNT101", 2) in told) == (not together)


def test_what_rests_on_other_visits_is_told_where_an_id_is_two_peoples():
    """Rules over lines too: MOD125 looks at what an earlier visit says had accrued."""

    def visits(birth):
        early = person(1, birth_date="1948-05-06") | {"date_of_service": "2026-03-02", "accrued": {"PT+SLP": "2500.00"}}
        late = person(2, birth_date=birth) | {"date_of_service": "2026-03-16"}
        return judge_visits([from_builtins(one, Visit) for one in (early, late)], load(), "medicare-b", TODAY)

    assert "MOD125" in {one.rule for one in visits("1948-05-06").findings[1]}
    parted = visits("1960-01-01")
    assert "MOD125" not in {one.rule for one in parted.findings[1]}
    told = {one.rule for one in parted.not_checked if one.reason.startswith("not judged together")}
    # Pairs of one day that a rule over lines looks up, and minutes that two visits of a patient claim at once, as well.
    assert told >= {"MOD125", "POC120", "CLM117", "PTP201", "TIM109"}
    assert told.isdisjoint({"MOD101", "TIM101"})
