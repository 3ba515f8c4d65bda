"""A fraction is a score or a day: "verbal cue 2/12" tells on how many of twelve, "CGA on 9/18" tells when."""

from __future__ import annotations

import pytest

from quarterhour.notes import read

_HEAD = "DOS 10/06/2026\n97530 Ther act 25 min\n"


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, told",
    [
        ("Reaching to a shelf x 12. Verbal cue 2/12.", [("verbal_cues", "performed")]),
        ("Reaching to a shelf, VC 2/4 laps to set the heel down.", [("verbal_cues", "performed")]),
        ("Swallow drill x 15, verbal cue to hold the breath 4/15.", [("verbal_cues", "performed")]),
        ("Cans to shelf x 14, verbal reminders for breathing 3/14.", [("verbal_cues", "performed")]),
        ("Tub transfer x 6, independent 6/6.", [("independent", "performed")]),
        ("Tub transfer x 10, independent 10/10.", [("independent", "performed")]),
        ("Crate lifts SBA today, CGA on 9/18.", [("standby", "performed"), ("contact_guard", "prior_visit")]),
        ("Crate lifts x 6. Mod A 9/11, CGA now.", [("moderate", "prior_visit"), ("contact_guard", "performed")]),
        ("Floor rise Max A 10/5, mod A now.", [("maximal", "prior_visit"), ("moderate", "performed")]),
    ],
)
def test_a_share_of_the_tries_is_no_day(text: str, told: list[tuple[str, str]]) -> None:
    reading = read(_HEAD + text)
    assert [(item.level, item.status) for item in reading.assistance] == told


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "text, status",
    [
        ("Sorting coins 18/20, matching labels 7/12, scheduling a ride.", "performed"),
        ("Naming photos 14/20; matching labels 9/11.", "performed"),
        ("Sorting coins today, matching labels 9/11.", "prior_visit"),
        ("Sorting coins 18/20 today, matching labels on 9/11.", "prior_visit"),
        ("Sorting coins 18/20 today, matching labels 09/11.", "prior_visit"),
    ],
)
def test_a_score_beside_a_score_no_calendar_has(text: str, status: str) -> None:
    reading = read(_HEAD + text)
    assert [item.status for item in reading.activities if "matching" in reading.text[item.start : item.end]] == [status]


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, levels",
    [
        ("Tea trolley CGA -> distant supervision by the third trip.", ["contact_guard", "supervision"]),
        ("Stairs x 8, CGA then close supervision by the last set.", ["contact_guard", "supervision"]),
        ("Stairs x 8, supervision by nursing.", []),
        ("Tub transfer x 4, supervision by wife.", []),
    ],
)
def test_supervision_by_when_and_by_whom(text: str, levels: list[str]) -> None:
    assert [item.level for item in read(_HEAD + text).assistance if item.status == "performed"] == levels
