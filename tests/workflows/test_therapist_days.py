"""A therapist's day over all patients: sums done by hand, and what proves nothing."""

import json
import random

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quarterhour.cli.days import command
from quarterhour.workflows.therapist_days import therapist_days

ONE, OTHER, CLINIC = "1234567893", "1234567919", "1234567828"
#: A Wednesday and a Sunday.
DAY, SUNDAY = "2026-03-04", "2026-11-01"


def service(minutes=60, code="97530", **change):
    return {"code": code, "minutes": minutes, "units": 4, "modifiers": ["GP"]} | change


def visit(number, *services, therapist=ONE, day=DAY, **change):
    return {
        "visit_id": f"V-{number}", "date_of_service": day, "payer": "medicare-b", "setting": "private-practice",
        "discipline": "PT", "patient": {"id": f"P-{number}"}, "therapist": {"npi": therapist, "credential": "PT"},
        "billing_provider": {"npi": CLINIC}, "services": list(services) or [service()],
    } | change  # fmt: skip


def told(records):
    return [(row["severity"], row["minutes"], row["patients"]) for row in therapist_days(records)["days"]]


def hours(count, **change):
    return [visit(number, **change) for number in range(count)]


@pytest.mark.parametrize(
    "records, expected",
    [
        (hours(12), []),  # 12 x 60 = 720
        ([*hours(12), visit(12, service(1))], [("warning", 721, 13)]),
        (hours(24), [("warning", 1440, 24)]),  # a day of the clock to the minute
        ([*hours(24), visit(24, service(1))], [("error", 1441, 25)]),
        ([*hours(24, day=SUNDAY), visit(24, day=SUNDAY)], [("warning", 1500, 25)]),  # clocks may be set back
        ([*hours(25, day=SUNDAY), visit(25, service(1), day=SUNDAY)], [("error", 1501, 26)]),
        # Two therapists, and two days, are apart.
        (hours(12) + [visit(50 + n, therapist=OTHER) for n in range(12)], []),
        (hours(12) + [visit(50 + n, day="2026-03-05") for n in range(12)], []),
    ],
)
def test_minutes_of_a_day_are_summed_over_patients(records, expected):
    assert told(records) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"mode": "group"},
        {"mode": "concurrent"},
        {"code": "97150"},  # a group by its code
        {"code": "97161", "units": 1},  # not counted by time
        {"code": "97010", "units": 1},  # takes nobody's whole attention
        {"units": 0},  # given and not billed
        {"assistant_minutes": 60, "modifiers": ["GP", "CQ"]},
        {"minutes": None},
    ],
)
def test_what_leaves_room_for_another_patient_does_not_count(change):
    answer = therapist_days([*hours(12), visit(12, service(**change)), visit(13, service(**change))])
    assert answer["days"] == []
    assert answer["therapist_days"] == 1


def test_two_therapists_who_did_the_very_same_both_did_it():
    both = [visit(number, service(700), therapist=who) for number in (1, 2) for who in (ONE, OTHER)]
    assert told(both) == told(both[::-1]) == [("warning", 1400, 2), ("warning", 1400, 2)]


def test_a_visit_recorded_twice_counts_once_and_lines_without_minutes_are_told():
    answer = therapist_days([*hours(12), visit(3), visit(20, service(None))])
    assert answer["days"] == []
    assert {row["reason"]: row["count"] for row in answer["not_counted"]} == {
        "visits recorded twice": 1,
        "timed one-on-one lines without minutes": 1,
    }


@pytest.mark.parametrize("therapist", [None, {"name": "Pat Example"}, {"npi": "123"}, {"npi": "1234567890"}])
def test_without_a_number_in_due_form_nobody_is_told_from_others(therapist):
    answer = therapist_days([one | {"therapist": therapist} for one in hours(25)])
    assert (answer["days"], answer["therapist_days"]) == ([], 0)
    assert answer["not_counted"] == [{"reason": "visits whose therapist has no NPI in due form", "count": 25}]


def test_a_number_that_bills_as_well_may_be_a_clinics_and_proves_nothing():
    (row,) = therapist_days(hours(25, therapist=CLINIC))["days"]
    assert (row["severity"], row["may_be_several"], row["minutes"]) == ("warning", True, 1500)
    assert row["remedy"].startswith("Is this the therapist's own number?")


def test_a_day_says_whose_which_visits_and_by_which_threshold():
    (row,) = therapist_days(hours(13))["days"]
    assert (row["therapist"], row["on"], row["most"]) == (ONE, DAY, 720)
    assert row["visits"] == [f"V-{number}" for number in range(13)]
    assert row["message"] == "780 one-on-one minutes of timed services with 13 patients; a long day of work has 720"
    assert [source["evidence"] for source in row["sources"]] == ["own"]
    (row,) = therapist_days(hours(25))["days"]
    assert row["message"] == "1500 one-on-one minutes of timed services with 25 patients; the day has 1440"
    assert row["sources"] == []


def test_of_two_records_of_one_visit_the_one_with_minutes_alone_counts_whichever_comes_first():
    twin = [visit(12, service(mode="group")), visit(12)]
    for records in (twin, twin[::-1]):
        assert told(hours(12) + records) == [("warning", 780, 13)]


def test_blanks_around_a_number_make_no_second_therapist():
    assert told([*hours(13, therapist=f" {ONE} "), *(visit(50 + n) for n in range(12))]) == [("error", 1500, 25)]


def test_what_is_marked_as_an_assistants_counts_only_by_its_minutes():
    marked = service(modifiers=["GP", "CQ"])
    answer = therapist_days([visit(n, marked) for n in range(26)])
    assert answer["days"] == []
    assert {"CQ or CO" in one["reason"]: one["count"] for one in answer["not_counted"]} == {True: 26}
    # 15 of 60 minutes by the assistant leave 45: 45 x 26 = 1170
    shared = service(modifiers=["GP", "CQ"], assistant_minutes=15)
    assert told([visit(n, shared) for n in range(26)]) == [("warning", 1170, 26)]


drawn = st.lists(
    st.builds(
        visit,
        st.integers(0, 6),
        st.builds(
            service, st.sampled_from([None, 1, 60, 300, 700]), mode=st.sampled_from([None, "group", "one-on-one"])
        ),
        therapist=st.sampled_from([ONE, OTHER, CLINIC, "123"]),
        day=st.sampled_from([DAY, SUNDAY]),
    ),
    max_size=12,
)


@given(drawn, st.randoms(use_true_random=False))
def test_a_therapists_day_is_the_same_alone_and_among_others_and_in_any_order(records, order_of):
    together = therapist_days(records)["days"]
    shuffled = records.copy()
    order_of.shuffle(shuffled)

    def plain(rows):
        return sorted((row["therapist"], row["on"], row["severity"], row["minutes"], row["patients"]) for row in rows)

    apart = [
        row
        for therapist in (ONE, OTHER, CLINIC)
        for day in (DAY, SUNDAY)
        for row in therapist_days(
            [one for one in records if (one["therapist"]["npi"], one["date_of_service"]) == (therapist, day)]
        )["days"]
    ]
    assert plain(therapist_days(shuffled)["days"]) == plain(together) == plain(apart)


@given(drawn, drawn)
def test_a_further_file_only_adds_to_a_day(records, more):
    more = [one | {"patient": {"id": "Q-" + one["visit_id"]}} for one in more]
    minutes = {(row["therapist"], row["on"]): row["minutes"] for row in therapist_days(records)["days"]}
    after = {(row["therapist"], row["on"]): row["minutes"] for row in therapist_days(records + more)["days"]}
    assert all(after[key] >= said for key, said in minutes.items())


def test_the_command_says_the_same(tmp_path):
    path = tmp_path / "visits.json"
    records = hours(25)
    random.Random(1).shuffle(records)
    path.write_text(json.dumps({"visits": records}), encoding="utf-8")
    call = CliRunner().invoke(command, [str(path), "--format", "json"])
    assert call.exit_code == 1
    assert [row["minutes"] for row in json.loads(call.stdout)["days"]] == [1500]
    text = CliRunner().invoke(command, [str(path)]).stdout
    assert f"{ONE}  {DAY}" in text
    assert "1 of 1 day of therapists, in 25 visits" in text
    path.write_text(json.dumps({"visits": hours(13)}), encoding="utf-8")
    assert CliRunner().invoke(command, [str(path)]).exit_code == 1
    assert CliRunner().invoke(command, [str(path), "--fail-on", "error"]).exit_code == 0
    path.write_text("{}", encoding="utf-8")
    assert CliRunner().invoke(command, [str(path)]).exit_code == 2
    path.write_text("[]", encoding="utf-8")
    assert CliRunner().invoke(command, [str(path)]).exit_code == 3
