"""Plans of a few words: that the patient comes again is half of one, what is done then is a whole one. Wordings made
for this test.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

_DONE = "97530 26 min: crates x 10, contact guard. Pain 2/10 after. Better than last week, 10 against 6.\n"


@pytest.mark.parametrize(
    "told, grade",
    [
        ("Next: 1/wk.", "partial"),
        ("next tue", "partial"),
        ("Next: Thursday.", "partial"),
        ("Next: twice a week", "partial"),
        ("See you Monday, Ferris.", "partial"),
        ("I go again Tuesday.", "partial"),
        ("We come back Friday.", "partial"),
        ("Next: ladder with a load.", "present"),
        ("Next Tuesday the curb.", "present"),
        ("Next: 1/wk x 4.", "present"),
        ("Two more this week, conversation at the window.", "present"),
        ("Thursdays, four more visits, then both arms full.", "present"),
        ("Repeat Thursday.", "partial"),
        ("Stay with what we are doing.", "partial"),
        ("Two more reps than Monday.", "absent"),
        ("Her sister and I go Fridays, she said.", "absent"),
    ],
)
def test_plan(told: str, grade: str) -> None:
    """A day or how often alone is partial."""
    assert read(_DONE + told).as_dict()["elements"]["plan"]["grade"] == grade
