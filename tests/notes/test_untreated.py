"""Minutes that by the note's own words take in time without treatment."""

import pytest

from quarterhour.notes import read


@pytest.mark.covers("T1")
@pytest.mark.parametrize(
    "said, words",
    [
        ("TA 30 min including 5 min rest: lifting crates x 8.", "30 min including 5 min rest"),
        ("97530 30 min (incl. rest breaks): lifting crates x 8.", "30 min (incl. rest breaks"),
        ("Thirty minutes of TA including rest periods.", "Thirty minutes of TA including rest periods"),
        ("Total treatment time 45 min including documentation.", "45 min including documentation"),
        ("Ther act 25 minutes, includes 7 minutes of charting.", "25 minutes, includes 7 minutes of charting"),
        ("Lifting 30 min. Rest breaks were included in the 30 min.", "Rest breaks were included in"),
    ],
)
def test_time_without_treatment_is_counted(said, words):
    (place,) = read(said).untreated
    assert said[slice(*place)] == words


@pytest.mark.parametrize(
    "said",
    [
        "TA 30 min, not including 5 min rest.",
        "TA 30 min excluding rest breaks.",
        "TA 30 min with two seated rests of 2 min.",
        "Rest breaks were not included in the 30 minutes.",
        "Self-care 20 min including toileting and dressing.",
        "TA 24 min incl rest of the arm on a pillow between lifts.",
        "Orthotic fitting 15 min including resting hand splint.",
        "Session 60 min including documentation; TA 30 min.",
        "Plan: TA 30 min including rest breaks next visit.",
    ],
)
def test_treatment_alone_is_counted(said):
    assert read(said).untreated == ()
