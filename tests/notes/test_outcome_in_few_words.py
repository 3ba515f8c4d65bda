"""Response, company, plan and progress told in few words by their shape, and sentences of the same build that tell
none.
"""

from __future__ import annotations

import pytest
from tests.notes.grades import WORK, grade_of

pytestmark = pytest.mark.covers("D2")


def _level(element: str, said: str) -> str:
    return grade_of(element, WORK + said)


@pytest.mark.parametrize(
    "said, level",
    [
        ("A: His calves were trembling by the last plate.", "present"),
        ('A: Left thigh "jelly" by the end of the stairs.', "present"),
        ("A: Both quads shaking at the last step.", "present"),
        ("A: Second Dix-Hallpike no spin.", "present"),
        ("A: Repeat slump test negative.", "present"),
        ("A: 11 named, three more after the hint.", "present"),
        (
            "A: Shoulder climbed to six out of ten on the fourth reach and dropped back to two once he let go.",
            "present",
        ),
        ("A: Toes cleared on 80% of steps with the metronome, 55% without it.", "present"),
        ("A: 6/10 pegs with the lamp on, 3/10 with it off.", "present"),
        ("A: Tingling in the thumb disappeared once the wrist was straight.", "present"),
        ("A: no clunk with the reach.", "present"),
        ("A: numbness gone 3 of 4 lifts.", "present"),
        ("A: Right knee did not give in eight descents.", "present"),
        ("A: Girth -1.5 cm after the massage.", "present"),
        ("A: Ate the last two bites without fussing, hummed along to the radio.", "present"),
        ("A: Found the missing button when told to look again.", "present"),
        ("A: Mild frustration at the ramp, took a short break.", "present"),
        ("S: Knee 6/10 in, 3/10 out.", "present"),
        ("A: Came to midline for 20 s with the mirror.", "present"),
        ("A: Named two more after writing the first letter.", "present"),
        ("A: Dry on 5 of 6 lifts, brief urge after the stroller.", "present"),
        ("A: No stop to rest between floors today.", "present"),
        ("A: Tolereted well.", "partial"),
        ("A: tol fairly", "partial"),
        ("A: Did ok.", "partial"),
        ("S: doing great", "absent"),
        ("A: Trained two more aides after lunch.", "absent"),
        ("A: Worked for 20 min with the mirror.", "absent"),
        ("A: Completed all exercises without difficulty.", "partial"),
        ("A: Finished the session w/o any complaints.", "partial"),
        ("A: fair tol.", "partial"),
        ("A: 80% with the walker last visit, 55% without it.", "absent"),
        ("A: Goal 70% of steps with the sound on, 40% with it off.", "absent"),
        ("A: Her aide went away after lunch.", "absent"),
        ("A: No click on palpation.", "absent"),
        ("A: Decreased strength.", "absent"),
        ("A: Leg length -2 cm.", "absent"),
        ("A: Found a job when he moved.", "absent"),
        ("S: Pain 6/10 in the morning, 3/10 at night.", "absent"),
        ("Goals - 1. carry bins without pain. 2. sleep on the left side.", "absent"),
        ("A: Second set no band.", "absent"),
        ("A: Right hand leads on the first step.", "absent"),
        ("A: Two more weeks.", "absent"),
        ("A: Pt took a phone call, resumed.", "absent"),
    ],
)
def test_response(said, level):
    assert _level("patient_response", said) == level


@pytest.mark.parametrize(
    "said, level",
    [
        ("Seen from 2:15 to 3:05, her and me only.", "present"),
        ("I had her to myself in the gym.", "present"),
        ("Treatment 30 | 2:15-2:45 | alone", "present"),
        ("Room 4, 3 students, 9:00-9:30.", "present"),
        ("Joined two other residents at the table.", "present"),
        ("I saw her by herself from 2:00 to 2:40.", "present"),
        ("One clinician, one client.", "present"),
        ("In the sun room with three peers.", "present"),
        ("Plays with two peers at school.", "absent"),
        ("He got dressed on his own.", "absent"),
        ("She has 3 children, all grown.", "absent"),
        ("Joined the line at the counter.", "absent"),
        ("Lives alone.", "absent"),
    ],
)
def test_company(said, level):
    assert _level("one_on_one_or_group", said) == level


@pytest.mark.parametrize(
    "said, level",
    [
        ("Again Monday.", "partial"),
        ("Once in 3 weeks, 2 visits.", "present"),
        ("Back on Monday, then we start the loft stairs.", "present"),
        ("Twice more this week, and then soup on the front burner.", "present"),
        ("P: Discharge.", "present"),
        ("Discharged today, goals met.", "present"),
        ("P: new splint 08/14, then 1x/month.", "present"),
        ("Tried again on the step.", "absent"),
        ("Her discharge papers were on the desk.", "absent"),
        ("She was back on her feet, then rested.", "absent"),
    ],
)
def test_plan(said, level):
    assert _level("plan", said) == level


@pytest.mark.parametrize(
    "said, level",
    [
        ("A: He is landing softer than he was.", "partial"),
        ("A: Sitting longer.", "partial"),
        ("A: Set back a little.", "partial"),
        ("A: Carrying a bit more.", "partial"),
        ("A: Handling heavier bins.", "partial"),
        ("A: Neater script.", "partial"),
        ("P: Carrying more weight next time.", "absent"),
        ("A: Sit up from flat x 6, min A.", "absent"),
        ("A: Manual therapy 15 min: no change.", "absent"),
        ("A: Chair set back from the table.", "absent"),
        ("A: Leg 3/10 before, 5/10 at the first turn, 3/10 after.", "absent"),
    ],
)
def test_progress(said, level):
    assert _level("progress", said) == level
