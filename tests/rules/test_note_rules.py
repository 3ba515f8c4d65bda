"""What rules find when a visit's note is read beside its lines: minutes, units, modifiers, and who signed."""

import datetime as dt

import pytest

from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import judge_visits
from quarterhour.policy import load
from quarterhour.workflows.reading import readings

TODAY = dt.date(2026, 11, 21)
SIGNED = "\nNora Vale, PT\n"
LIFTING = "lifting a 10 lb crate from floor to counter x 6, CGA"


def line(code, minutes, units, *modifiers, **more):
    return {"code": code, "minutes": minutes, "units": units, "modifiers": ["GP", *modifiers], **more}


def found(lines, text, *rules, **record):
    record = {
        "date_of_service": "2026-03-04",
        "payer": "medicare-b",
        "setting": "private-practice",
        "discipline": "PT",
        "services": lines,
        "note": {"type": "daily", "text": text},
        **record,
    }
    visits = [from_builtins(record, Visit)]
    findings = judge_visits(visits, load(), "medicare-b", TODAY, readings=readings(visits)).findings[0]
    return [finding for finding in findings if finding.rule in rules]


def not_checked(*records):
    """Rules and how many of the visits they could not judge."""
    visits = [from_builtins(record, Visit) for record in records]
    unchecked = judge_visits(visits, load(), "medicare-b", TODAY, readings=readings(visits)).not_checked
    return {one.rule: one.visits for one in unchecked}


def codes_of(findings):
    return [finding.rule for finding in findings]


@pytest.mark.covers("T4")
@pytest.mark.parametrize(
    "minutes, stated, total, rules",
    [
        (30, 30, 30, []),
        (30, 30, 40, []),
        (30, 25, 30, ["TIM202"]),
        (30, 35, 40, ["TIM202"]),
        (30, 30, 25, ["TIM203"]),
    ],
)
def test_the_totals_of_a_note_are_held_against_its_minutes(minutes, stated, total, rules):
    text = (
        f"Ther act {minutes} min: {LIFTING}.\nTotal timed minutes: {stated}. Total treatment time: {total} min.{SIGNED}"
    )
    assert codes_of(found([line("97530", minutes, 2)], text, "TIM202", "TIM203")) == rules


@pytest.mark.covers("T4")
@pytest.mark.parametrize("recorded, rules", [(30, []), (38, ["TIM201"]), (24, ["TIM207"])])
def test_minutes_of_record_and_note_are_held_against_each_other(recorded, rules):
    text = f"Ther act 30 min: {LIFTING}.\nTotal timed minutes: 30. Total treatment time: 30 min.{SIGNED}"
    findings = found([line("97530", recorded, 2)], text, "TIM201", "TIM207")
    assert codes_of(findings) == rules
    assert all(words.text.startswith("Ther act") for finding in findings for words in finding.evidence)


@pytest.mark.covers("T5")
@pytest.mark.parametrize("end, rules", [("9:30 am", []), ("9:45 am", []), ("9:20 am", ["TIM204"])])
def test_clock_times_have_room_for_the_minutes(end, rules):
    text = f"Ther act 30 min: {LIFTING}.\nTime in 9:00 am, time out {end}. Total treatment time: 30 min.{SIGNED}"
    assert codes_of(found([line("97530", 30, 2)], text, "TIM204")) == rules


def test_clock_times_of_one_service_are_not_those_of_the_visit():
    text = f"Ther act 9:04 to 9:28, 24 min: {LIFTING}. Ther ex 15 min: SLR 3x10.\nTotal treatment time: 41 min.{SIGNED}"
    assert found([line("97530", 24, 2), line("97110", 15, 1)], text, "TIM204") == []


@pytest.mark.covers("T4")
@pytest.mark.parametrize("units, rules", [(1, ["UNT203"]), (2, []), (3, ["UNT201"])])
def test_units_are_counted_from_the_minutes_of_the_note(units, rules):
    """The record has no minutes, so nothing but the note says how many units there are."""
    text = f"Ther act 30 min: {LIFTING}.\nTotal timed minutes: 30. Total treatment time: 30 min.{SIGNED}"
    bare = {"code": "97530", "units": units, "modifiers": ["GP"]}
    assert codes_of(found([bare], text, "UNT201", "UNT203")) == rules


def test_minutes_restated_below_a_flow_sheet_count_once():
    text = (
        "97530 Therapeutic activities 24 min\n97110 Therapeutic exercise 15 min\nTotal timed 39 min\n\n"
        f"Therapeutic activities (24 min): {LIFTING}.\nTherapeutic exercise (15 min): SLR 3x10.{SIGNED}"
    )
    assert found([line("97530", 24, 2), line("97110", 15, 1)], text, "TIM201", "TIM202", "TIM207", "UNT203") == []


def test_two_bouts_count_twice_where_the_total_says_so():
    text = (
        f"Ther act 10 min: {LIFTING}.\nManual therapy 10 min: STM to the calf.\nTher act 10 min: {LIFTING}.\n"
        f"Total timed minutes: 30.{SIGNED}"
    )
    lines = [line("97530", 20, 1), line("97140", 10, 1)]
    assert found(lines, text, "TIM201", "TIM202", "TIM207", "UNT201") == []


def test_restated_minutes_that_no_total_settles_are_nobodys():
    text = f"Ther act 10 min: {LIFTING}.\nTher ex 15 min: SLR 3x10.\nTher act 10 min: {LIFTING}.{SIGNED}"
    assert found([line("97530", 20, 1), line("97110", 15, 1)], text, "TIM201", "TIM207", "UNT201", "UNT203") == []


@pytest.mark.covers("T6", "M1", "M3")
def test_minutes_of_their_own_support_a_distinct_modifier_and_shared_ones_contradict_it():
    lines = [line("97150", 28, 1), line("97530", 23, 2, "59")]
    apart = (
        "Group therapy (97150) 28 min: passing a ball in standing.\n"
        f"Then one-on-one 97530 23 min: {LIFTING}.\nTotal timed minutes: 23. Total treatment time: {{}} min.{SIGNED}"
    )
    rules = ("MOD201", "MOD202")
    assert found(lines, apart.format(51), *rules) == []
    contradicted = found(lines, apart.format(28), *rules)
    assert [(finding.rule, finding.severity, finding.code) for finding in contradicted] == [
        ("MOD201", "error", "97530")
    ]


@pytest.mark.covers("T6", "M3")
def test_a_distinct_modifier_without_minutes_shows_what_the_note_has():
    lines = [line("97150", 30, 1), line("97530", 17, 1, "59")]
    text = f"97150 group class with three others. Ther act 17 min: {LIFTING}.{SIGNED}"
    (finding,) = found(lines, text, "MOD202")
    assert finding.severity == "warning"
    assert any("Ther act" in words.text for words in finding.evidence)


@pytest.mark.covers("M3")
@pytest.mark.parametrize(
    "more, rules", [("", ["MOD203"]), ("\nLifts without a cue 3 of 6 today, 0 of 6 last week.", [])]
)
def test_kx_wants_words_of_need(more, rules):
    text = f"Ther act 30 min: {LIFTING}.{more}\nTotal timed minutes: 30.{SIGNED}"
    assert codes_of(found([line("97530", 30, 2, "KX")], text, "MOD203")) == rules


@pytest.mark.parametrize(
    "signature, rules",
    [
        ("Nadia Ferro, PTA", ["AST201"]),
        ("L. Farnham COTA/L", ["AST201"]),
        ("Nadia Ferro, PTA\nCo-signed: Nora Vale, PT, DPT", []),
        ("Electronically signed by Nora Vale, physical therapist", []),
        ("Ann Lee, SPT", ["AST202"]),
        ("Nora Vale", []),
    ],
)
def test_who_signed_is_held_against_the_record(signature, rules):
    text = f"Therapeutic exercise 30 min: SLR 3x10.\nTotal timed minutes: 30.\n{signature}\n"
    assert codes_of(found([line("97110", 30, 2)], text, "AST201", "AST202")) == rules


def test_an_assistant_on_record_is_no_news():
    text = "Therapeutic exercise 30 min: SLR 3x10.\nTotal timed minutes: 30.\nNadia Ferro, PTA\n"
    assert found([line("97110", 30, 2, "CQ", assistant_minutes=30)], text, "AST201") == []


@pytest.mark.parametrize("kind", ["progress", "evaluation", "discharge"])
def test_reports_that_only_an_assistant_signed(kind):
    text = "Carries 10 lb with CGA (was min A). Therapeutic exercise 30 min: SLR 3x10.\nNadia Ferro, PTA\n"
    rules = found(
        [line("97110", 30, 2, "CQ", assistant_minutes=30)], text, "POC201", "POC202", note={"type": kind, "text": text}
    )
    assert codes_of(rules) == ["POC201" if kind == "progress" else "POC202"]


def test_nothing_of_a_note_is_repeated_in_a_message():
    totals = "Total timed minutes: 45. Total treatment time: 20 min."
    text = f"Ther act 30 min: {LIFTING}, Mr. Abernathy tired.\n{totals}{SIGNED}"
    findings = found([line("97530", 38, 3, "59", "KX")], text, "TIM201", "TIM202", "TIM203", "UNT201", "MOD203")
    assert len(findings) > 1
    for finding in findings:
        assert "Abernathy" not in finding.message
        assert "crate" not in finding.message


def test_a_co_treatment_whose_other_side_is_not_given_is_not_checked():
    record = {"date_of_service": "2026-03-04", "discipline": "PT", "services": [line("97530", 45, 3)]}
    text = f"{{}} 10:00-10:45. Ther act 45 min: {LIFTING}.{SIGNED}"
    told = record | {"note": {"text": text.format("Co-treated with OT")}}
    assert not_checked(told)["TIM211"] == 1
    assert "TIM211" not in not_checked(record | {"note": {"text": text.format("One-on-one")}})


@pytest.mark.parametrize(
    "first, second, rules",
    [
        ("9:00-9:20", "9:10-9:33", ["TIM210"]),
        ("9:00-9:20", "9:20-9:43", []),
        # 43 minutes in the 45 of both: they may have taken turns.
        ("9:00-9:45", "9:00-9:45", []),
        # The second has no times.
        ("9:00-9:20", "in the gym", []),
    ],
)
def test_clock_times_of_the_note_are_held_against_its_minutes(first, second, rules):
    text = f"Gait training 20 min {first}: 100 ft x 2.\nTher act 23 min {second}: {LIFTING}.{SIGNED}"
    assert codes_of(found([line("97116", 20, 1), line("97530", 23, 2)], text, "TIM210")) == rules
