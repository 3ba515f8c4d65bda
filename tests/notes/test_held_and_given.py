"""What is held as part of a task, and work put off, given up to an earlier visit or done with the family; help told in
a list, on a thing in sight or beside the count of another day; and names of minutes in other forms.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

_HEAD = "DOS 10/06/2026\n97530 Ther act 25 min\n"


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "text, word, status",
    [
        ("Holding a jar steady with the left hand and opening it, carrying a pan.", "jar", "performed"),
        ("Dealing and holding cards in a rack, pouring tea x 6.", "cards", "performed"),
        ("Holding stairs today, swelling. Pouring tea x 6.", "stairs", "negated"),
        ("Holding treadmill on account of the knee. Pouring tea x 6.", "treadmill", "negated"),
        ("Restart jar opening when the wound is dry.", "jar", "planned"),
        ("Restarted jar opening x 8.", "jar", "performed"),
        ("Jar opening was not limited by pain.", "jar", "performed"),
        ("Jar opening x 8, not assisted.", "jar", "performed"),
        ("The jar was not opened.", "jar", "negated"),
        ("Stairs x 8. Treadmill was used until visit 4.", "treadmill", "prior_visit"),
        ("Stairs x 8. Treadmill was used to warm up.", "treadmill", "performed"),
        ("Stairs x 8. With her niece she climbs the porch steps at noon.", "porch", "home_program"),
        ("With her niece she climbed the porch steps x 3.", "porch", "performed"),
        ("Box lift with a quarter turn to the left, CGA for 3.", "box lift", "performed"),
        ("Stairs x 4. RN to walk him to dinner.", "walk", "prior_visit"),
        ("Stairs x 4. Bolster trial was rejected after it hid the lean.", "bolster", None),
        ("Stairs x 8. No ther ex, running late.", "running", None),
        ("Running on the track x 5 min.", "running", "performed"),
    ],
)
def test_what_was_done_and_what_was_not(text: str, word: str, status: str | None) -> None:
    reading = read(_HEAD + text)
    found = [item.status for item in reading.activities if word in reading.text[item.start : item.end].lower()]
    assert found == ([status] if status is not None else [])


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, levels",
    [
        ("Box lift with a quarter turn to the left, CGA for 3, then SBA.", ["contact_guard", "standby"]),
        ("Box lift x 3, prompts given", ["cues"]),
        ("Box lift x 3\nCues given:", []),
        ("Filling a pill box, verbal cues for Tuesday and Friday.", ["verbal_cues"]),
        ("Filling a pill box x 3. Next: stairs with verbal cues, for Friday.", []),
        ("Box lift x 3, min A. 5 cues; 11 in the group of 09/24.", ["minimal"]),
        ("Box lift x 3, 5 cues; 11 lb in the box.", ["verbal_cues"]),
        ("Box lift x 5, screws with drill 3#, S. Grip 88.", ["supervision"]),
        ("Box lift x 5, shelf 3#, S. Jones, PT", []),
        ("Shaving x 2, mirror with a center stripe.", ["visual_cues"]),
        ("Shaving x 2, mirror with shelf.", []),
        ("Filling the box, photo card on the lid.", ["visual_cues"]),
        ("Sorting picture cards on the table.", []),
    ],
)
def test_help_in_lists_and_in_sight(text: str, levels: list[str]) -> None:
    assert [item.level for item in read(_HEAD + text).assistance if item.status == "performed"] == levels


@pytest.mark.covers("D3")
def test_the_column_of_what_is_wanted_is_still_to_come() -> None:
    text = (
        "PT 10/06/2026\nItem       09/03     10/06     Wanted 11/26\nDressing   Mod A     Min A     I\n"
        "97530 25 min stairs x 8"
    )
    told = {item.level: item.status for item in read(text).assistance}
    assert told == {"moderate": "prior_visit", "minimal": "performed", "independent": "planned"}


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "text, timed, total",
    [
        ("Timed code minutes, total: 25    Whole treatment: 35 min", 25, 35),
        ("25 timed minutes, total: 35", 25, 35),
        ("Timed min 25, total: 35", 25, 35),
        ("Timed minutes with one patient alone: 0. Total 35 min.", 0, 35),
    ],
)
def test_names_of_the_timed_minutes(text: str, timed: int, total: int) -> None:
    times = read(_HEAD + text).times
    assert (times.total_timed, times.total_treatment) == (timed, total)


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "text, minutes",
    [
        ("TAct x 21 - shelf loads x10. TEx x 14 - rows 3x12.", {"97530": 21, "97110": 14}),
        ("TAct x 21 reps, TEx x 14 reps.", {"97530": None, "97110": None}),
    ],
)
def test_short_names_with_their_minutes(text: str, minutes: dict[str, int | None]) -> None:
    assert {service.code: service.minutes for service in read("DOS 10/06/2026\n" + text).services} == minutes


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "text, level",
    [
        ("Functional transfers, gait and balance were addressed so that he can return to work.", "partial"),
        ("Car transfers from a low seat, gait and balance were addressed.", "present"),
    ],
)
def test_abilities_addressed_are_no_tasks(text: str, level: str) -> None:
    assert read("DOS 10/06/2026\n" + text).elements["activities"].level == level
