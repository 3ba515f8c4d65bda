"""A patient's treatment days in a row: counted by a plain walk, and the same in any crowd and in any order."""

import datetime as dt
import random

import pytest

from quarterhour.domain.columns import ABSENT, to_columns
from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.batch import batch
from quarterhour.engine.derive.course_plan import _most_a_week
from quarterhour.engine.derive.facts import derive
from quarterhour.engine.run import judge_visits
from quarterhour.policy import load
from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.reading import readings

TODAY = dt.date(2026, 11, 21)
OF_COURSES = [entry for entry in catalogue() if entry.rule.over == "course"]
SENTENCES = (
    "O: Lifted a 5 lb bag from floor to counter ten times with contact guard assist.",
    "O: Carried a basket up the stairs with moderate assist, two cues for the turn.",
    "Response: Tolerated treatment well with no complaints of pain.",
    "Response: Pain 3/10 after the last set, gone after rest.",
    "A: Patient is progressing well.",
    "A: Needed fewer cues than last week, six of ten lifts without any.",
    "S: Says the stairs at home are hard after noon and that shopping is left to a neighbour.",
)


def course_of(draw, patient, days=14):
    """Visits of a patient in no order, hardly ever changing, a few on one day, in two disciplines."""
    found = []
    said = draw.sample(SENTENCES, 4)
    value = draw.choice((19.0, 15.5))
    for _ in range(days):
        day = dt.date(2026, 1, 5) + dt.timedelta(days=draw.randrange(40))
        said = draw.sample(SENTENCES, 4) if draw.random() < 0.2 else said
        value = draw.choice((19.0, 15.5, 12.0)) if draw.random() < 0.1 else value
        minutes = 23 if draw.random() < 0.8 else 30
        plan = {
            "established": "2026-01-02",
            "frequency": draw.choice(("2 per week", "3x/wk", "as tolerated")),
            "goals": [{"id": "G1", "baseline": 19.0, "target": 12.0, "current": value, "due": "2026-01-20"}],
        }
        if draw.random() < 0.3:
            plan |= {"certified_on": "2026-01-04", "certified_through": draw.choice(("2026-01-20", "2026-01-26"))}
        services = [{"code": "97530", "minutes": minutes, "units": 2, "modifiers": ["GP"]}]
        if draw.random() < 0.8:
            services.append({"code": "97110", "minutes": 15, "units": 1, "modifiers": ["GP"]})
        record = {
            "date_of_service": day.isoformat(),
            "payer": draw.choice(("medicare-b", "medicare-b", "commercial")),
            "discipline": draw.choice(("PT", "PT", "PT", "OT")),
            "patient": {"id": patient},
            "plan_of_care": plan,
            "services": services,
        }
        found.append(record | ({"note": {"text": "\n".join(said)}} if draw.random() < 0.8 else {}))
    return found


def read(records):
    return [from_builtins(record, Visit) for record in records]


def judged(records):
    visits = read(records)
    return judge_visits(visits, load(), "medicare-b", TODAY, OF_COURSES, readings(visits)).findings


def facts_of(records):
    visits = read(records)
    laid_out = batch(to_columns(Visit, visits), load(), "medicare-b")
    return derive(laid_out, load(), TODAY.toordinal(), readings(visits)).course


def walked(records):
    """By discipline the days in order, and the records of each."""
    found = {}
    for place, record in enumerate(records):
        days = found.setdefault(record["discipline"], {})
        days.setdefault(record["date_of_service"], []).append(place)
    return {discipline: sorted(days.items()) for discipline, days in found.items()}


def test_a_patient_alone_is_a_patient_in_a_crowd_in_any_order():
    draw = random.Random(31)
    patients = [course_of(draw, f"P{number}") for number in range(10)]
    alone = {(who, nth): found for who, records in enumerate(patients) for nth, found in enumerate(judged(records))}
    every = [(who, nth) for who, records in enumerate(patients) for nth in range(len(records))]
    heard = {finding.rule for findings in alone.values() for finding in findings}
    assert heard == {entry.code for entry in OF_COURSES}
    for _ in range(3):
        draw.shuffle(every)
        together = judged([patients[who][nth] for who, nth in every])
        assert together == [alone[at] for at in every]


def test_what_is_counted_is_what_a_walk_over_the_days_counts():
    draw = random.Random(32)
    for number in range(30):
        records = course_of(draw, f"P{number}")
        course = facts_of(records)
        row = {visit: place for place, visit in enumerate(course.visit.tolist())}
        for days in walked(records).values():
            assert [place for place in days[0][1] if place in row] == []
            said = [minutes_of(records, places) for _, places in days]
            for nth, (_, places) in enumerate(days):
                if nth == 0:
                    continue
                expected = repeated(said, nth)
                for place in places:
                    assert course.days[row[place]] == nth + 1
                    assert course.earlier_day[row[place]] == dt.date.fromisoformat(days[nth - 1][0]).toordinal()
                    assert course.same_minutes[row[place]] == expected


def minutes_of(records, places):
    """The day's codes and minutes, None where there are fewer than two."""
    lines = sorted((line["code"], line["minutes"]) for place in places for line in records[place]["services"])
    return lines if len(lines) > 1 else None


def repeated(said, nth):
    """Days in a row with the same, told where they end."""
    if said[nth] is None:
        return ABSENT
    if nth + 1 < len(said) and said[nth + 1] == said[nth]:
        return 0
    first = nth
    while first > 0 and said[first - 1] == said[nth]:
        first -= 1
    return nth - first + 1


def test_the_share_of_a_note_is_that_of_its_runs_of_five_words():
    first = "one two three four five six seven eight nine ten"
    second = "one two three four five six seven eight new ten"
    records = [
        {
            "date_of_service": f"2026-01-0{5 + nth}",
            "discipline": "PT",
            "patient": {"id": "P"},
            "services": [{"code": "97530", "minutes": 23, "units": 2}],
            "note": {"text": text},
        }
        for nth, text in enumerate((first, second))
    ]
    # Six runs, of which the four that begin with one, two, three and four stand in the first note.
    course = facts_of(records)
    assert course.note_share.tolist() == [66]
    assert course.note_words.tolist() == [10]


@pytest.mark.parametrize(
    "said, most",
    [
        ("2 per week", 2),
        ("2x/week for 8 weeks", 2),
        ("2-3x/wk", 3),
        ("1 to 2 times a week", 2),
        ("twice weekly", 2),
        ("three times per week for 4 weeks, then once a week", 3),
        ("as tolerated", ABSENT),
        ("for 6 weeks", ABSENT),
    ],
)
def test_a_frequency_is_read_as_people_write_it(said, most):
    assert _most_a_week(said) == most


def test_before_our_thresholds_begin_the_rules_are_not_checked():
    records = course_of(random.Random(33), "P")
    for nth, record in enumerate(records):
        record["date_of_service"] = f"1999-06-{nth + 1:02}"
    visits = read(records)
    outcome = judge_visits(visits, load(), "medicare-b", TODAY, OF_COURSES, readings(visits))
    assert {one.rule for one in outcome.not_checked} >= {"DOC601", "TIM301", "TIM302", "NEC201"}


def test_a_threshold_of_our_own_makes_no_error():
    for entry in OF_COURSES:
        grades = {value.evidence for name in entry.rule.reads for value in load().parameter(name).values}
        assert entry.severity in {"warning", "info"}
        assert ("own" in grades) == any(name.startswith("own/") for name in entry.rule.reads)
