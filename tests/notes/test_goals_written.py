"""What is a goal, by its wording, and what only speaks of goals or of wishes."""

from __future__ import annotations

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("D5")


@pytest.mark.parametrize(
    "sentence, grade",
    [
        ("STG 1: 12 descents with a laundry basket, no rail, by 12/15/2026.", "present"),
        ("LTG: fold a sheet with her husband in 5 min by 12/15/2026.", "present"),
        ("Goal 2: thread the needle on 4 of 5 tries.", "present"),
        ("Goal 1: finish a four-step task at a shared table with 2 cues or fewer by 12/15/2026.", "present"),
        ("Wants to climb to the attic with a box, 3 of 3, by 12/15/2026.", "present"),
        ("GOALS:\n1. Dress alone by 12/15/2026.", "present"),
        ("Goals, all by 12/15/2026\n1. Climb the porch steps with one rail.\n2. Tie both shoes.", "present"),
        ("Goals targeted:\n1) Carrying a tray to the table, 4 of 5 trips - today 2 of 5", "present"),
        ("IEP: zips own coat", "partial"),
        ("Goals ______", "absent"),
        ("LTG: ____", "absent"),
        ("Goal: increase the range of the left shoulder to 140 by 12/15/2026.", "partial"),
        ("Goal 1: produce the /r/ sound in words 80%.", "partial"),
        ("Her goal is to go back to her stall.", "partial"),
        ("Goal 1 (dress alone) met.", "partial"),
        ("He hopes to hunt again.", "absent"),
        ("She would like to go back to her stall.", "absent"),
        ("All four goals met.", "absent"),
        ("Goal 1 partly met, goal 2 not met.", "absent"),
        ("STATUS OF GOALS:\n\nPlan: see again.", "absent"),
    ],
)
def test_goals(sentence: str, grade: str) -> None:
    text = f"DOS 11/02/2026\n97530 20 min: stairs x 4.\n{sentence}"
    assert read(text).as_dict()["elements"]["functional_goal"]["grade"] == grade
