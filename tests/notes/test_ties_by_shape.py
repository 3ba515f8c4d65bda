"""Today's work tied to a goal by its number, to a thing of the patient's life by height or helper, or to a word of the
aim; and sentences of the same build that tie nothing.
"""

from __future__ import annotations

import pytest
from tests.notes.grades import WORK, grade_of, grades_told

pytestmark = pytest.mark.covers("D2")

_AIM = " Goal 1: load six crates on market day by 07/02/2026."


def _grade(said: str) -> str:
    return grade_of("goal_linkage", f"{WORK}A: {said}")


@pytest.mark.parametrize(
    "said",
    [
        "Starts goal 2.",
        "Serves LTG 3, join the choir hour with 2 cues by 12/04/2026.",
        "Both work toward STG 1.",
        "Bench set to the height of his bunk.",
        "Crate loaded to the weight of that toolbox.",
        "Pivot drilled so one aide can take her to the chapel.",
        "For getting his son out of the car seat.",
        "For feeding her chickens.",
        "Both tasks are parts of her paper route.",
        "Breakfast itself is the therapy.",
        "The bin is the heaviest thing on his route.",
        "The bin he empties for his wife is the one used today.",
        "Loading was practised on the truck he drives.",
        "Loading tasks are those she does before church.",
        "He was a loader and misses the bin.",
        "Goal 1: empty the bin at home, 3 of 3, by 07/02/2026. The games were set up so the bin came last.",
        "Goals targeted:\n1) Carrying a tray to the table, 4 of 5 trips - today 2 of 5.",
        f"The loading work is market day.{_AIM}",
        f"LTG 2: load six crates by 07/02/2026. The bin is the one he empties for his wife. {_AIM}",
    ],
)
def test_work_tied_by_the_shape_of_the_sentence(said):
    assert _grade(said) == "present"


@pytest.mark.parametrize("said", ["Has a newborn.", "Has two goats.", "To get to classes."])
def test_a_fact_of_life_hints(said):
    assert _grade(said) == "partial"


@pytest.mark.parametrize(
    "said",
    [
        "Goal 1 met.",
        "Goal 2 not met, 7 lb.",
        "For strengthening her legs.",
        "For improving his balance.",
        "Bench set to the height of the mat.",
        "Pivot is slow and steady.",
        f"The loading work is hard.{_AIM}",
        "Two steps are part of the treatment.",
        "Has a sore knee.",
        "Prompts as needed to keep pace.",
        "The bin is heavy.",
        "Tasks were arranged to improve balance.",
        "Pain is the part that limits him.",
        "Exercises were those she does at home.",
    ],
)
def test_the_same_build_without_a_tie(said):
    assert _grade(said) == "absent"


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "element, told, level",
    [
        ("goal_linkage", "The curb is what gets her to church.", "present"),
        ("goal_linkage", "She fell with a basket in her arms, so the basket is the point.", "present"),
        ("goal_linkage", "Lives on the second floor.", "partial"),
        ("goal_linkage", "Lays carpet, on knees all day.", "partial"),
        ("goal_linkage", "Housepainter.", "partial"),
        ("goal_linkage", "Weak grip is what stops him.", "absent"),
        ("goal_linkage", "Lives alone.", "absent"),
        ("goal_linkage", "Reports soreness, at night all week.", "absent"),
    ],
)
def test_a_tie_or_a_bare_fact(element: str, told: str, level: str) -> None:
    assert grades_told(element, told) == {level}


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "told, level",
    [
        ("sliding a skillet from counter to stove, wheelchair-height practice kitchen. Min A.", "present"),
        ("hoisting bins, loading lane by the back door. SBA.", "present"),
        ("spooning porridge, own flat in the care wing. SBA.", "present"),
        ("reading the news, sun lounge. SBA.", "present"),
        ("carrying a tray x 4. Late because of the garage.", "absent"),
        ("carrying a tray x 4. Needs a kitchenette at home.", "absent"),
        ("carrying a tray x 4. Timed 30, in room 33.", "absent"),
    ],
)
def test_a_place_that_fills_its_part(told: str, level: str) -> None:
    head = "LANTERN BAY HOSPITAL\nDOS 06/18/2026\nO: Therapeutic activities 30 min: "
    assert grade_of("environment", f"{head}{told}\n") == level
