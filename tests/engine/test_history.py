"""What a visit is among its patient's others: counted by a plain walk over the days, and the same in any crowd."""

import datetime as dt
import random

import pytest

from quarterhour.domain.columns import ABSENT, to_columns
from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.batch import batch
from quarterhour.engine.derive.facts import derive
from quarterhour.engine.run import judge_visits
from quarterhour.policy import load

TODAY = dt.date(2026, 11, 21)
TYPES = ("daily",) * 12 + ("progress", "evaluation", "re-evaluation", "discharge", None, "letter")
ENDS = {"progress": 0, "re-evaluation": 0, "discharge": 0, "evaluation": 1}


def year_of(draw, patient, visits=40):
    """Visits of a patient in no order, some on one day, a few without a type of note."""
    found = []
    for _ in range(visits):
        kind = draw.choice(TYPES)
        day = dt.date(2026, 1, 1) + dt.timedelta(days=draw.randrange(60))
        record = {
            "date_of_service": day.isoformat(),
            "payer": "medicare-b",
            "discipline": draw.choice(("PT", "PT", "OT")),
            "patient": {"id": patient},
            "services": [{"code": "97530", "minutes": draw.choice((23, 30)), "units": 2, "modifiers": ["GP"]}],
        }
        found.append(record | ({"note": {"type": kind}} if kind else {}))
    return found


def counted(records):
    """Days since the last report of every record, by walking over one patient's days."""
    answer = {}
    for discipline in ("PT", "OT"):
        by_day = {}
        for place, record in enumerate(records):
            if record["discipline"] == discipline:
                by_day.setdefault(record["date_of_service"], []).append(place)
        days = None
        for _, places in sorted(by_day.items()):
            kinds = [records[place].get("note", {}).get("type") for place in places]
            ends = [ENDS[kind] for kind in kinds if kind in ENDS]
            if ends:
                days = max(ends)
            elif all(kind == "daily" for kind in kinds):
                days = None if days is None else days + 1
            else:
                days = None
            answer |= dict.fromkeys(places, ABSENT if days is None else days)
    return [answer[place] for place in range(len(records))]


def facts_of(records):
    visits = [from_builtins(record, Visit) for record in records]
    return derive(batch(to_columns(Visit, visits), load(), "medicare-b"), load(), TODAY.toordinal()).history


def test_days_since_the_last_report_are_those_of_a_walk_over_the_days():
    draw = random.Random(20)
    for number in range(60):
        records = year_of(draw, f"P{number}")
        assert facts_of(records).report_days.tolist() == counted(records)


def test_a_record_of_the_same_lines_points_to_the_first_of_them():
    draw = random.Random(21)
    met = 0
    for number in range(40):
        records = year_of(draw, f"P{number}")
        first = {}
        expected = []
        for place, record in enumerate(records):
            key = (record["date_of_service"], record["discipline"], record["services"][0]["minutes"])
            expected.append(first.get(key, ABSENT))
            first.setdefault(key, place)
        assert facts_of(records).same_as.tolist() == expected
        met += sum(place != ABSENT for place in expected)
    assert met > 20


def test_a_patient_alone_is_a_patient_in_a_crowd():
    draw = random.Random(22)
    patients = [year_of(draw, f"P{number}") for number in range(12)]
    alone = [judged(records) for records in patients]
    order = [(who, nth) for who, records in enumerate(patients) for nth in range(len(records))]
    for _ in range(3):
        # Shuffled among the others, each patient's visits in the order they had.
        slots = [who for who, _ in order]
        draw.shuffle(slots)
        nth = dict.fromkeys(range(len(patients)), 0)
        crowd = []
        for who in slots:
            crowd.append((who, nth[who]))
            nth[who] += 1
        found = judged([patients[who][one] for who, one in crowd])
        assert found == [alone[who][one] for who, one in crowd]


def judged(records):
    visits = [from_builtins(record, Visit) for record in records]
    return judge_visits(visits, load(), "medicare-b", TODAY).findings


def accrued_by_walking(records, place):
    """The most said of the visit's threshold on earlier days of its year, if it says less; the first of those days."""
    mine, bucket = records[place], "OT" if records[place]["discipline"] == "OT" else "PT+SLP"
    told = {}
    for record in records:
        day = record["date_of_service"]
        if record["payer"] == "medicare-b" and day[:4] == mine["date_of_service"][:4] and day < mine["date_of_service"]:
            amount = record.get("accrued", {}).get(bucket)
            if amount is not None:
                told.setdefault(round(float(amount) * 100), []).append(day)
    own = round(float(mine["accrued"][bucket]) * 100) if "accrued" in mine else ABSENT
    if mine["payer"] != "medicare-b" or not told or max(told) <= own:
        return ABSENT, ABSENT
    return max(told), dt.date.fromisoformat(min(told[max(told)])).toordinal()


@pytest.mark.covers("M4")
def test_what_had_accrued_is_the_most_that_earlier_days_of_the_year_say():
    draw = random.Random(6)
    met = 0
    for seed in range(60):
        records = []
        for _ in range(draw.randrange(2, 12)):
            day = dt.date(2025, 12, 20) + dt.timedelta(days=draw.randrange(24))
            record = {
                "date_of_service": day.isoformat(),
                "payer": draw.choice(("medicare-b", "medicare-b", "medicare-b", "commercial")),
                "discipline": draw.choice(("PT", "SLP", "OT")),
                "patient": {"id": "P1"},
                "services": [{"code": "97530", "minutes": 30, "units": 2}],
            }
            if draw.random() < 0.5:
                record["accrued"] = {"PT+SLP": f"{draw.randrange(4) * 1000}.00", "OT": f"{draw.randrange(4) * 900}.00"}
            records.append(record)
        others = [record | {"patient": {"id": f"Q{seed}"}} for record in records[:3]]
        expected = [accrued_by_walking(records, place) for place in range(len(records))]
        for crowd in (records, records + others):
            facts = facts_of(crowd)
            found = list(zip(facts.accrued_by.tolist(), facts.accrued_on.tolist(), strict=True))[: len(records)]
            assert found == expected
        met += sum(amount > 0 for amount, _ in expected)
    assert met > 50
