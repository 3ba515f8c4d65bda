"""What ties, befalls and gives reasons in rarer words: a sentence below one ordinary treatment, and the grade of the
element it tells of.
"""

from __future__ import annotations

import pytest
from tests.notes.grades import grades_told

pytestmark = pytest.mark.covers("C2", "D11")


@pytest.mark.parametrize(
    "level, told",
    [
        ("present", "Worked on carrying with one hand, since the other holds the stair rail at her duplex."),
        ("present", "Car transfer rehearsed ahead of her cardiology trips."),
        ("present", "Jug pouring so that she may fill the dog's bowl again."),
        ("present", "Dressing in sitting because her shower chair is where she changes."),
        ("present", "Crate lifts are the closest thing to the feed sacks he moves."),
        ("present", "Bus steps because he no longer drives."),
        ("present", "Lifting work was tied to her return to the daycare on Monday."),
        ("present", "She was unable to get out of her nephew's car last week, so car transfers were repeated."),
        ("present", "Basket carry was chosen by the patient; laundry is what she misses doing."),
        ("present", "Low lifts reproduce picking up her granddaughter."),
        ("present", "Bus steps x 10, as the shuttle to dialysis has no lift."),
        ("present", "Today's lifts match the demands of loading luggage for his taxi."),
        ("present", "Zip jacket: recess is when he gets stuck."),
        ("present", "Cup drinking done at the height of her own table, where she eats with her sister."),
        ("present", "Stair training is essential for getting to the laundry room in her building."),
        ("present", "The car transfer is the one thing keeping her from church."),
        ("partial", "Working toward goals."),
        ("absent", "Stairs were harder on the way down."),
        ("absent", "She asked to go to the bathroom."),
        ("absent", "Car transfer with the door held open."),
        ("absent", "Cues since she skips the third step."),
        ("absent", "He needs new shoes."),
        ("absent", "Pt to bring her walker next time."),
        ("absent", "She drove here today."),
        ("absent", "Basket carry stopped because her bus came."),
        ("absent", "Car transfer: her daughter drove."),
        ("absent", "Car transfer with her daughter's SUV."),
        ("absent", "Stairs x 3 with her son behind."),
        ("absent", "Dressing trial: her own shirt."),
        ("absent", "Car transfer was hard since the seat was low."),
        ("absent", "Zip jacket: min A, then alone."),
        ("absent", "Her daughter watched the stairs as she was unsure."),
        ("absent", "Crate lifts like last time."),
        ("absent", "Cup drinking where the light was better."),
        ("absent", "Stairs: up with L, down with R, since the R knee is weak."),
        ("absent", "Basket carry given to her as home work."),
        ("absent", "Bus steps are the hardest part for him."),
        ("absent", "Jug pouring matched her strength today."),
        ("absent", "Car transfer because the rain made the lot slick."),
        ("absent", "He was late since his bus broke down, so stairs were skipped."),
    ],
)
def test_goal_linkage(level: str, told: str) -> None:
    assert grades_told("goal_linkage", told) == {level}


@pytest.mark.parametrize(
    "level, told",
    [
        ("present", "Breathing labored after second flight, settled with 90 sec of standing."),
        ("present", "By the fourth car transfer she no longer reached for the door."),
        ("present", "L foot began to drag toward the end of the hall."),
        ("present", "Spilled twice, both while looking up."),
        ("present", 'Complained of "pinching" in groin at bottom of lift.'),
        ("present", "First three lifts were jerky; smooth from the fourth."),
        ("present", "Gave up on the zipper after two tries."),
        ("present", "Said the basket felt lighter than last time."),
        ("present", "Hands shook on the heavier jug."),
        ("present", "Cried when the jacket would not close."),
        ("present", "Dizzy on standing from car, cleared in 20 s."),
        ("present", "Became diaphoretic after stairs."),
        ("present", "Did the last five without touching the rail."),
        ("present", "Pain stayed at 2."),
        ("present", "Pt appeared winded following crate lifts."),
        ("present", "Had no trouble with the third set."),
        ("present", "Knee swelling up by 1 cm after stairs."),
        ("present", "No sign of instability on landing."),
        ("present", "RPE 6/10 at the end of the stairs."),
        ("present", "Speech got slurred as she tired."),
        ("present", "Ached at the back of the shoulder once past 8 lb."),
        ("present", "Cadence fell from 96 to 80 on the last lap."),
        ("present", "He was able to correct his own foot placement by the end."),
        ("partial", "Tolerated all activities."),
        ("partial", "Did fine."),
        ("absent", "Carried 10 lb 40 ft."),
        ("absent", "Stairs up with L, down with R."),
        ("absent", "Rest 2 min between sets."),
        ("absent", "Goal: stairs without pain."),
        ("absent", "Needs to build strength."),
        ("absent", "Measured grip 42 lb."),
    ],
)
def test_patient_response(level: str, told: str) -> None:
    assert grades_told("patient_response", told) == {level}


@pytest.mark.parametrize(
    "level, told",
    [
        ("present", "PT kept a hand on the pelvis throughout because hip drops are too quick for her to feel."),
        ("present", "Weight cut from 15 to 8 lb when lumbar flexion crept in."),
        ("present", "Order of steps was changed to R foot first since her L knee cannot take the load of descent."),
        ("present", "Needed skilled observation of HR and rhythm, with bouts cut to 1 min after couplets were seen."),
        ("present", "Cueing moved to touch alone as words made him rush."),
        ("present", "The lift was broken into thirds since she cannot hold more than two instructions."),
        (
            "present",
            "Fear of falling limits her; therapist stood in front and lowered step height until she would let go.",
        ),
        ("present", "Only a therapist can judge when the graft is loaded past its limit in this range."),
        (
            "present",
            "Because of hemianopsia, objects were brought in from the R and moved past midline trial by trial.",
        ),
        ("present", "Therapist had to time the transfer to his on-phase and re-cue big steps as the dose wore off."),
        ("present", "Splint strap was re-angled after redness showed over the ulnar styloid."),
        (
            "present",
            "Rail was withheld to bring out a stepping response, with PT at the belt since she delays on the L.",
        ),
        ("partial", "Skilled care needed."),
        ("partial", "Patient requires skilled OT due to complexity."),
        ("absent", "Stairs with rail on the R."),
        ("absent", "Cues to stand tall."),
        ("absent", "Lifts with 8 lb."),
        ("absent", "She stopped because she was hot."),
        ("absent", "PT counted reps."),
        ("absent", "Pt moved the crate to the L."),
    ],
)
def test_skilled_rationale(level: str, told: str) -> None:
    assert grades_told("skilled_rationale", told) == {level}
