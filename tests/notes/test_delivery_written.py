"""Ways to write how many were treated, who signed, what is treated, and the share of a visit a service took."""

from __future__ import annotations

import pytest
from tests.notes.grades import grade_of

from quarterhour.notes import read

_NOTE = "DOS 11/05/2026\n{}\nTA 25 min: crate lifts x 8, SBA.\nP: 2x/wk x 4.\n"


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "told, grade",
    [
        ("One client at a time.", "present"),
        ("one client, no other patient", "present"),
        ("Nobody else with us.", "present"),
        ("No one else in the gym.", "present"),
        ("Therapist in water with her alone.", "present"),
        ("53 min. 53 timed. one client", "present"),
        ("In 13:10 out 13:50  (40 min)  no other client", "present"),
        ("Without any other patients.", "present"),
        ("alone with S. Hatch PT: reaching", "present"),
        ("What was done, just he and I: lifting", "present"),
        ("Just the two of us today.", "present"),
        ("Only she and the therapist.", "present"),
        ("I saw her alone.", "present"),
        ("One patient, one therapist.", "present"),
        ("Kerrigan + 3 others (group) aphasia", "present"),
        ("Alongside 2 other patients.", "present"),
        ("Four residents together at the table.", "present"),
        ("Six clients in the class.", "present"),
        ("Group size: 4", "present"),
        ("Lives alone with his cat.", "absent"),
        ("No one else at home can help.", "absent"),
        ("One patient goal met.", "absent"),
        ("No other complaints.", "absent"),
        ("She was left home alone with me gone.", "absent"),
    ],
)
def test_how_many_were_treated(told: str, grade: str) -> None:
    assert grade_of("one_on_one_or_group", _NOTE.format(told)) == grade


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "told",
    [
        "Group PT - balance class",
        "Seen in the PT group.",
        "OT group session",
        "Balance group today",
        "Exercise class (n=5).",
        "Class, n=4, in the gym.",
        "4 participants (initials on the sheet).",
        "All four participants threw the ball.",
        "Carried baskets, all four together.",
        "PT rotated among participants.",
        "Therapist circulated between the patients.",
        "Pts stood in a circle.",
    ],
)
def test_a_class_or_group_that_the_visit_was(told: str) -> None:
    note = read(_NOTE.format(told))
    assert note.delivery.together
    assert note.elements["one_on_one_or_group"].level == "present"


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "told",
    [
        "HILL PT GROUP",
        "Valley Physical Therapy Group, Austin",
        "She wants to return to her balance class at the church.",
        "S: goes to an exercise class with friends.",
        "Goal: join the walking group at the senior center.",
        "Muscle group strength 4/5.",
        "P: exercise class (n=5) next week.",
    ],
)
def test_a_class_elsewhere_is_not_the_visit(told: str) -> None:
    assert read(_NOTE.format(told)).delivery.together == ()


_NAMES = (
    "Jane Doe",
    "J. Doe",
    "Doe, Jane",
    "DOE, JANE",
    "Pieter van der Berg",
    "Ana-Maria de la Cruz",
    "Siobhan O'Neil",
    "R.J. Abbott",
)
_CREDENTIALS = ("PT", "PT, DPT", "PTA", "OTR/L", "COTA/L", "MS, CCC-SLP", "CFY-SLP", "OTD, OTR/L", "Physical Therapist")


@pytest.mark.covers("D10")
@pytest.mark.parametrize("lead", ["", "Signed: ", "/s/ ", "Therapist: ", "-- ", "Rendering provider: ", "Note by "])
@pytest.mark.parametrize("end", ["", " 11/03/2026 14:10", " (electronically signed)", " #12345", "  | 11/03/2026", "."])
def test_signatures(lead: str, end: str) -> None:
    lines = [f"{lead}{name}, {credential}{end}" for name in _NAMES for credential in _CREDENTIALS]
    assert [line for line in lines if grade_of("signature", _NOTE.format("R TKA") + line + "\n") != "present"] == []


@pytest.mark.covers("D10")
@pytest.mark.parametrize(
    "closing, grade",
    [
        ("Dressing at next visit. E. Marchand", "partial"),
        ("next appt Fri   AW", "partial"),
        ("cont rk, pt", "partial"),
        ("No charges.   front desk/jm", "partial"),
        ("good day same jv", "partial"),
        ("Same next week. Signing off, Jo.", "partial"),
        ("Continue per POC", "absent"),
        ("2x/wk HEP", "absent"),
        ("Discharge to home. HEP", "absent"),
        ("walked to the car with me", "absent"),
    ],
)
def test_what_closes_a_note(closing: str, grade: str) -> None:
    assert grade_of("signature", f"DOS 11/05/2026\nTA 25 min: crate lifts x 8, SBA.\n{closing}") == grade


@pytest.mark.covers("D1")
@pytest.mark.parametrize(
    "told, grade",
    [
        ("Dx: ankle sprain     Hx: ________", "present"),
        ("OT 10/19/26  Petrov P.  R CTR + trigger release", "present"),
        ("Dx: polymyositis", "present"),
        ("Diagnosis: hereditary spastic gait disorder", "present"),
        ("Dx: see evaluation", "absent"),
        ("Dx: per chart", "absent"),
        ("Dx: ______", "absent"),
    ],
)
def test_what_is_treated(told: str, grade: str) -> None:
    assert grade_of("diagnosis", _NOTE.format(told)) == grade


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "text, grade",
    [
        ("60 minute visit. Therapeutic activities for about a third of the session, the rest self-care.", "partial"),
        ("Half of the session went to exercise, then therapeutic activities: stairs.", "partial"),
        ("TA, TE, manual x 12 min. Per flow sheet.", "partial"),
        ("97110 15 min: bands. 97530 25 min: stairs. Ultrasound stopped, no effect.", "present"),
        ("CLINICAL SWALLOW EVALUATION   92610   10/29/2026\nEvaluation 45 minutes, total 45 minutes.", "present"),
        ("R BKA 08/2026, prosthetic training\nGait training 20 min on grass. Therex 15 min mat.", "present"),
    ],
)
def test_minutes_of_all_services(text: str, grade: str) -> None:
    assert grade_of("service_minutes", f"DOS 11/05/2026\n{text}\nP: 2x/wk x 4.\n") == grade


@pytest.mark.parametrize(
    "text, mode",
    [
        ("1.30 to 2.10 pm, forty minutes, all timed, alone with him.\nTA 26 min: eggs.", "one_on_one"),
        ("I had her to myself from 9:00 to 9:40. TA 26 min: mail.", "one_on_one"),
        ("whole visit (16:10 to 16:49), just him\nTA 26 min", "one_on_one"),
        ("TA 26 min: cart. 40 minutes, only her.", "one_on_one"),
        ("Student: A. D. with two classmates. /k/ 22/30.", "group"),
        ("Seen with three groupmates at the table. TA 26 min.", "group"),
        ("BRANDYWINE PT GROUP          TREATMENT ENCOUNTER\nTA 26 min: stairs.", ""),
        ("HILL THERAPY GROUP\t\tSESSION NOTE\nTA 26 min: stairs.", ""),
        ("Her son was left alone with her. TA 26 min.", ""),
        ("Goal: play with two classmates. TA 26 min.", ""),
        ("He does the wash himself; I keep the time to myself. TA 26 min.", ""),
    ],
)
def test_company_in_words(text: str, mode: str) -> None:
    """With the therapist alone, with mates, or neither: the name of a clinic tells nothing."""
    told = read(text).as_dict()["elements"]["one_on_one_or_group"]
    assert {place["mode"] for place in told["evidence"]} == ({mode} if mode else set())
