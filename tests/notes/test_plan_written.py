"""What tells the next visit's content or how often care goes on, what only says that it does; who else was there."""

from __future__ import annotations

import pytest
from tests.notes.grades import grade_of

_HEAD = "PT 06/01/2026\n97530 20 min: stairs x 4 with a basket."


@pytest.mark.covers("D12")
@pytest.mark.parametrize(
    "sentence, grade",
    [
        ("Next visit: curbs and ramp.", "present"),
        ("Plan: recheck grip and add the cart.", "present"),
        ("P: Back to ladder and roller work when pain is 3 or below.", "present"),
        ("Discharged with the sheet: wall slides daily.", "present"),
        ("Discharged with a written program.", "present"),
        ("P: PT every other week; teach the aide the cup set-up.", "present"),
        ("Keep on with the plan.", "partial"),
        ("Stay the course.", "partial"),
        ("NEXT VISIT: cont.", "partial"),
        ("Next visit: same.", "partial"),
        ("Plan: Continue POC. Recheck at visit 10.", "partial"),
        ("Same again next Wednesday.", "partial"),
        ("Stairs again next Friday.", "partial"),
        ("P: Back to work 6/10.", "partial"),
        ("P: Back Friday.", "partial"),
    ],
)
def test_plan(sentence: str, grade: str) -> None:
    assert grade_of("plan", f"{_HEAD}\n{sentence}") == grade


@pytest.mark.covers("C6")
@pytest.mark.parametrize(
    "sentence, grade",
    [
        ("Just Ms. Wu-Ferencz today.", "present"),
        ("One therapist in the water with him only.", "present"),
        ("Worked with her only.", "present"),
        ("He works with his left hand only.", "absent"),
        ("Just Mrs. Ola's knee is sore.", "absent"),
    ],
)
def test_one_patient_alone(sentence: str, grade: str) -> None:
    assert grade_of("one_on_one_or_group", f"{_HEAD} {sentence}") == grade
