"""Help told in other words: by a hand on the body, by what was said or shown, by a first sound; and levels of another
day or of a goal, which are none of this visit.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("D2")

_HEAD = "DOS 11/04/2026\n"
_WORK = "O: Therapeutic activities 30 min: climbing into a cab x 7, carrying a 10 lb box"


def _levels(text: str) -> list[str]:
    return [item.level for item in read(_HEAD + text).assistance if item.status == "performed"]


@pytest.mark.parametrize(
    "said, level",
    [
        ("Hand on the breastbone for the first two climbs.", "tactile_cues"),
        ("A palm between the shoulder blades on each lift.", "tactile_cues"),
        ("Finger under the chin for the first three swallows.", "tactile_cues"),
        ("I had to say nose over toes about every other try.", "verbal_cues"),
        ("We had to say slow down on most of the lifts.", "verbal_cues"),
        ('Cue "big letters", 5 per page.', "verbal_cues"),
        ('Prompt "other arm", 4 per garment.', "verbal_cues"),
        ("Tape line for the knee in view.", "visual_cues"),
        ("Step photos in view.", "visual_cues"),
        ("Corridor 55 ft, touching at the gait belt.", "contact_guard"),
        ("Ramp x 2, hands touching the belt throughout.", "contact_guard"),
        ("I only watched him on the last round.", "supervision"),
        ("Last box with nobody helping.", "independent"),
        ("Six of eight climbs alone.", "independent"),
        ("GG0170F toilet transfer 03 in both rounds.", "GG_03"),
        ("Tools 10/15 with first-syllable cue.", "phonemic_cues"),
        ("First sound given 5 times.", "phonemic_cues"),
        ("Initial syllable supplied on 4 of 20.", "phonemic_cues"),
    ],
)
def test_help_without_its_usual_word(said, level):
    assert _levels(f"{_WORK}.\n{said}") == [level]


@pytest.mark.parametrize(
    "said",
    [
        "Pushed up with his hand on his knee for the first two stands.",
        "I had to say no to a heavier box.",
        "He had to say the number aloud every time.",
        "Touching the wall for balance.",
        "He gave the first sound of his name.",
        "Nobody helps her at home.",
        "Wrapped a jar with the left hand steadying.",
        "TC post glide gr IV.",
        "Graded verbal, tactile and visual cueing utilized.",
        "Movement to promote safe and independent mobility.",
        "We set up a spring gate in the hallway and she pulled it.",
        "The alarm, which his brother had set up, rang twice.",
        "3 of 4 climbs alone; 1 of 4 on 10/28.",
        "Grip was 9 lb on 10/01, when he was mod A.",
        "Start: right arm dependent for dressing.",
    ],
)
def test_what_the_patient_did_or_said_is_no_help(said):
    assert _levels(f"{_WORK}.\n{said}") == []


@pytest.mark.parametrize(
    "said",
    [
        "A: Seven climbs today, three on 10/28, all of those with moderate assist.",
        "A: Nine climbs today; four on 10/28, each with min A.",
        "A: Lifts 12 lb now, 5 lb on 10/28, both times with max A.",
        "Door step: 6 tries, 2 on 10/21; mod A then.",
        "Stairs 8 today, 3 on 10/21 (max A then).",
        'A: Aim "board without help" not met.',
        "[copied from initial evaluation 08/06/2026]\nDressing max A.\n[end copied text]",
    ],
)
def test_a_level_of_another_day_or_of_an_aim(said):
    assert _levels(f"{_WORK}, SBA.\n{said}") == ["standby"]


@pytest.mark.parametrize(
    "said, levels",
    [
        ("Tub bench x 4, min A then SBA.", ["minimal", "standby"]),
        ("Car door x 3, mod A, then CGA; 3 on 10/28.", ["moderate", "contact_guard"]),
        ("Tub bench x 4, 2 on 10/28, all of today's with CGA.", ["contact_guard"]),
    ],
)
def test_then_between_two_levels_of_this_visit(said, levels):
    assert _levels(f"O: Therapeutic activities 30 min: {said}") == levels


def test_the_column_of_the_aim_is_of_the_goal():
    table = (
        "              07/13        08/12             aim 09/07\n"
        "Stairs        CGA          supervision, 20   mod I, 38\n"
    )
    assert "modified_independent" not in _levels(f"DATE OF SERVICE 08/12/2026\n{table}{_WORK}.")


def test_a_later_score_behind_its_try():
    found = _levels("O: GG0170E chair/bed transfer 03 on tries 1-3; 04 on try 4.")
    assert found == ["GG_03", "GG_04"]
