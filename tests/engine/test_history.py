"""What a visit is among its patient's others: counted by a plain walk over the days, and the same in any crowd."""

import datetime as dt
import random

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
