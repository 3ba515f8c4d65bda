"""Response, progress, the tie to a goal, the plan, the place and the company, told in passing: in a sentence of a few
words, by what was gone, by what the patient did unasked, by where a goal is.
"""

from __future__ import annotations

import pytest
from tests.notes.grades import grade_of

from quarterhour.notes import read

_HEAD = "DOS 10/06/2026\n97530 Ther act 25 min: stairs x 8 with min A.\n"


def _level(element: str, text: str) -> str:
    return grade_of(element, _HEAD + text)


@pytest.mark.covers("D7")
@pytest.mark.parametrize(
    "text, level",
    [
        ("Response: ok", "partial"),
        ("tol w/ rests", "partial"),
        ("Tol gd.", "partial"),
        ("Laughing, hummed along.", "present"),
        ("Sang the second verse unasked.", "present"),
        ("No triggering.", "present"),
        ("Quad lag gone on the last set.", "present"),
        ("Foot slap gone by the third lap.", "present"),
        ("Back 5/10 at the roll, 3/10 walking.", "present"),
        ("Knee 4/10 on the way up, 1/10 coming down.", "present"),
        ("Spoke to the next patient.", "absent"),
        ("Next visit out on the last step.", "absent"),
    ],
)
def test_response(text: str, level: str) -> None:
    assert _level("patient_response", text) == level


@pytest.mark.covers("D8")
@pytest.mark.parametrize(
    "text, level",
    [
        ("Maintaining.", "partial"),
        ("Slow but steady.", "partial"),
        ("Pt is stable.", "partial"),
        ("Strength coming back.", "partial"),
        ("BP stable, 122/70.", "absent"),
        ("Steady on the fourth step.", "absent"),
        ("Holding the rail.", "absent"),
    ],
)
def test_progress(text: str, level: str) -> None:
    assert _level("progress", text) == level


@pytest.mark.covers("D5")
@pytest.mark.parametrize(
    "text, level",
    [
        ("Nights are when he needs this, wife lifts him otherwise.", "present"),
        ("Goal 2 is the kettle: fill and lift to the burner, 5 of 5 by 11/16/2026.", "present"),
        ("Jug and shelf are both written in her goals.", "present"),
        ("Stairs are named in his plan.", "present"),
        ("Goal 2 is met.", "absent"),
        ("Goal 2 is the same.", "absent"),
    ],
)
def test_goal_linkage(text: str, level: str) -> None:
    assert _level("goal_linkage", text) == level


@pytest.mark.covers("D12")
@pytest.mark.parametrize(
    "text, level",
    [
        ("DC. Call if vision drops.", "present"),
        ("DC to restorative, rescreen on change.", "present"),
        ("DC planning underway.", "absent"),
    ],
)
def test_plan(text: str, level: str) -> None:
    assert _level("plan", text) == level


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "text, level",
    [
        ("Sorted cards in the dayroom x 12.", "present"),
        ("Naming from the church directory 15/20.", "absent"),
    ],
)
def test_the_place(text: str, level: str) -> None:
    assert read("DOS 10/06/2026\n97530 20 min. " + text).elements["environment"].level == level


@pytest.mark.covers("M1")
@pytest.mark.parametrize("text", ["Small grp of 3.", "Residents (5, incl. Ms Whitlow) took part."])
def test_the_company(text: str) -> None:
    assert _level("one_on_one_or_group", text) == "present"
