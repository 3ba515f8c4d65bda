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
        ("A: fair tol.", "partial"),
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
        ("Tried again on the step.", "absent"),
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
        ("A: Chair set back from the table.", "absent"),
        ("A: Leg 3/10 before, 5/10 at the first turn, 3/10 after.", "absent"),
    ],
)
def test_progress(said, level):
    assert _level("progress", said) == level
