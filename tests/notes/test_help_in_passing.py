"""Help told in passing: the tries that took none, the level of the last ones, a letter and a count, a syllable behind
the task, small letters from one level to the next; and words of help that tell none.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

_HEAD = "DOS 10/06/2026\n97530 Ther act 25 min\n"


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, levels",
    [
        ("Verbal cue to unlock the knees in rounds 1 and 2, none needed in 3 and 4.", ["verbal_cues", "independent"]),
        ("Sorted mail x 10. Verbal cue 3/10, none for 7/10.", ["verbal_cues", "independent"]),
        ("Sorted mail x 10; visual cue on 3, none on the last seven.", ["visual_cues", "independent"]),
        ("Sorted mail x 10; two catches of the toe, none on the last three.", []),
        ("2 of 5 kneels without pain, none last week. Kneel to stand x 5.", []),
        ("Two transfers with mod A; none on 09/30.", ["moderate"]),
        ("Cutting tabs, min assist 1st tab, then on his own x6", ["minimal", "independent"]),
        ("Wallet card with prompts in June, alone now.", ["independent"]),
        (
            "Sit to stand x 6: min A for three, CGA, then I for the last two.",
            ["minimal", "contact_guard", "independent"],
        ),
        ("Then I went with him to the stairs, x 8.", []),
        ("Basket from floor I 2 of 5.", ["independent"]),
        ("Buttons: Min A 1, S 2", ["minimal", "supervision"]),
        ("Tub wall step-over x8, half squat x10, cg -> sb.", ["contact_guard", "standby"]),
        ("Toileting mod", ["moderate"]),
        ("LBD max 9/19, mod now.", ["moderate"]),
        ("Dressing min 15. Stairs x 8.", []),
        ("I reminded him every time to load the leg. Stairs x 4.", ["verbal_cues"]),
        ("Stairs x 4, coached her each rep to breathe.", ["verbal_cues"]),
        ("Floor lift x 6, tc x1 low ribs.", ["tactile_cues"]),
        ("Folding towels standing, CGA tc R hip.", ["contact_guard", "tactile_cues"]),
        ("Stairs x 8. TC 40.", []),
        ("Painting strokes, mirror beside the canvas for two strokes.", ["visual_cues"]),
        ("Combed hair at the mirror.", []),
        ("Locker routine: coat, binder - picture strip + 2 spoken prompts.", ["visual_cues", "verbal_cues"]),
        ("Log roll x 3, GG0170D 04 from the third rise, 03 on the first two.", ["GG_04", "GG_03"]),
        ("Jar lifts 0.5 lb, I watched for the finger to lag.", []),
        ("Jar lifts x 6 while I watched.", ["supervision"]),
        ("Phone calendar setup and sorting mail.", []),
        ("Folding napkins, cues PRN.", ["cues"]),
        ("Getting up from the floor: min A at start, I at end.", ["independent"]),
        ("Basket lift I 2 of 5; 0 of 5, Min A all, on 09/12.", ["independent"]),
        ('The note said "independent" for the crib lift; he needed contact guard.', ["contact_guard"]),
    ],
)
def test_help_told_in_passing(text: str, levels: list[str]) -> None:
    assert [item.level for item in read(_HEAD + text).assistance if item.status == "performed"] == levels


@pytest.mark.covers("D3")
def test_the_column_of_a_dated_goal_is_still_to_come() -> None:
    text = (
        "PT 10/06/2026\nItem       09/03     10/06     Goal (11/26)\nDressing   Mod A     Min A     I\n"
        "97530 25 min stairs x 8"
    )
    told = {item.level: item.status for item in read(text).assistance}
    assert told == {"moderate": "prior_visit", "minimal": "performed", "independent": "planned"}
