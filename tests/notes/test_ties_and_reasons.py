"""Words that point from the work to life or a goal, what the patient did unasked, reasons by what she did, set-ups."""

from __future__ import annotations

import pytest
from tests.notes.grades import grade_of

from quarterhour.notes import read

_HEAD = "DOS 11/02/2026\n97530 20 min: crate lifts x 10 from the cart, min A."


def _grade(sentence: str, element: str) -> str:
    return grade_of(element, f"{_HEAD}\n{sentence}")


@pytest.mark.covers("D5", "D9")
@pytest.mark.parametrize(
    "sentence, grade",
    [
        ("This is that ramp and that dock.", "present"),
        ("It is that very ramp he parks beside.", "present"),
        ("The dolly and the ramp were brought in for this.", "present"),
        ("Goal 2: unload the van alone by 12/15/2026. His own dolly was copied for that.", "present"),
        ("He makes this reach forty times a shift.", "present"),
        ("Crate and stairs are jobs he does at the depot.", "present"),
        ("Begins LTG 2.", "present"),
        ("Feeds goal 1.", "present"),
        ("Ice was used for that.", "absent"),
        ("A gait belt was used for this.", "absent"),
        ("He feels this ache every morning.", "absent"),
        ("She needs this cue every time.", "absent"),
        ("This is the same pain as in May.", "absent"),
        ("Starts goal 4 next week.", "absent"),
        ("Goal 1 met. Goal 2 continues.", "absent"),
    ],
)
def test_words_that_point_at_life(sentence: str, grade: str) -> None:
    assert _grade(sentence, "goal_linkage") == grade


@pytest.mark.covers("D7")
@pytest.mark.parametrize(
    "sentence, grade",
    [
        ("Dropped the crate once, laughed and went on.", "present"),
        ("Let go of the rail twice on the way down.", "present"),
        ("Two crates done, lost the step once in the last minutes.", "present"),
        ("Caught the slip himself.", "present"),
        ("Fixed the label on his own and grinned.", "present"),
        ("Smiled when the crate stayed put.", "present"),
        ("Did not want to stop.", "present"),
        ("Did not repeat the squats.", "absent"),
        ("Stepped over hurdles twice, reached overhead three times.", "absent"),
        ("Corrected his stance twice with tactile cues.", "absent"),
    ],
)
def test_what_the_patient_did_unasked(sentence: str, grade: str) -> None:
    assert _grade(sentence, "patient_response") == grade


@pytest.mark.covers("D6")
@pytest.mark.parametrize(
    "sentence, grade",
    [
        (
            "When two crates stood near he grabbed the wrong one, so the second was held back until the first was up.",
            "present",
        ),
        (
            "Reason: he tips when he reaches left, so one of us keeps the trunk while the other calls the order.",
            "present",
        ),
        ("No further skill is needed: at the last two visits neither load nor height had to be altered.", "present"),
        ('Asked for the red crate "because it was changed to slippy wood", kept trying.', "absent"),
        ("SKILLED INTERVENTIONS\n", "absent"),
        ("Skilled intervention was provided.", "partial"),
    ],
)
def test_reasons(sentence: str, grade: str) -> None:
    assert _grade(sentence, "skilled_rationale") == grade


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "sentence, grade",
    [
        ("Key and lock panel at wheelchair height, 6 turns.", "present"),
        ("Getting on and off a 19 in bar stool x 5.", "partial"),
        ("The sack on the stairs was the hardest.", "absent"),
        ("Backing the chair out of the elevator x 4.", "partial"),
        ("Backing the chair in the hallway x 4.", "present"),
    ],
)
def test_set_ups(sentence: str, grade: str) -> None:
    text = f"DOS 11/02/2026\n97530 20 min: {sentence}"
    assert read(text).as_dict()["elements"]["environment"]["grade"] == grade
