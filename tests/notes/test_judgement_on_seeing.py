"""A change of the work told with what was seen just before it; and changes that need no therapist."""

from __future__ import annotations

import pytest
from tests.notes.grades import WORK, grade_of, grades_told

pytestmark = pytest.mark.covers("D2")


def _grade(said: str) -> str:
    return grade_of("skilled_rationale", f"{WORK}A: {said}")


@pytest.mark.parametrize(
    "said",
    [
        "Letters shrank when the clock was on the desk, so the clock was taken off for two pages.",
        'When "drill" came out as "hammer" twice the picture was taken away and its sound played for the rest of it.',
        "Once the lid slipped a second time the jar was swapped for one with ribs.",
        "Load lowered to 4 lb on the second set: by the third rep her right scapula hiked to the ear.",
        "Band removed only after he kept the left knee over the foot for ten squats.",
        "What called for a therapist was finding the angle at which the graft is not sheared by the strap.",
        "The load and the stop are chosen from how many clean lowers she makes that day.",
    ],
)
def test_a_change_on_what_was_seen(said):
    assert _grade(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "When the patient arrived the bike was moved to the window for her.",
        "Verbal cues x 4 to keep the elbow in.",
        "Visit was moved to the afternoon: her son had the car.",
        "Bins stacked: 3 rows, 4 bins each.",
        "Rested only after she finished the last set of stairs.",
        "When finished the table was put away.",
        "When the session ended the brace was taken off.",
        "When she got tired the set was cut for a rest.",
        "He keeps goats and the pails are what he dropped when he fell.",
    ],
)
def test_a_change_without_judgement(said):
    assert _grade(said) == "absent"


@pytest.mark.parametrize(
    "told",
    [
        "Pivot step put in before the lift because she side-bent over the lip.",
        "Water because land standing ends at 2 min, synovitis 7/10.",
        "Prone instead of supine because the neck locks at 40 degrees.",
        "He skids the left foot on tile; the wedge keeps the heel down.",
        "One pair of hands cannot stop the lean and guide the washing.",
        "Two pairs of hands were needed: he pushes to the left while the arm swings free.",
        "The load has to be set by a person who can feel when the cuff gives.",
        "OT picked cups that the thumb could close on without the wrist dropping.",
        "No further skill needed: pacing held across three visits without a prompt from me.",
    ],
)
def test_a_reason_in_few_words(told: str) -> None:
    assert grades_told("skilled_rationale", told) == {"present"}


@pytest.mark.parametrize(
    "told",
    [
        "I gave verbal cues three or four times to keep the ribs over the hips and standby assist with the trolley.",
        "Late because the bus broke down at 8:40.",
        "Rest because of fatigue 7/10.",
        "She likes the pool; the water keeps her happy.",
        "One of us has to call the family.",
        "He chose the tasks that he likes.",
        "Tired because of a bad night, 4 hours of sleep.",
    ],
)
def test_no_reason_in_few_words(told: str) -> None:
    assert "present" not in grades_told("skilled_rationale", told)
