"""Cues, set-ups, ties, reactions, progress and plans told by their shape, in wordings made for this test."""

from __future__ import annotations

import pytest
from tests.notes.grades import grade_of, grades_told

from quarterhour.notes import read

_HEAD = "DOS 10/06/2026\n97530 Ther act 25 min car transfers x 4.\n"


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, levels",
    [
        ("Tap on the right knee each rise.", ["tactile_cues"]),
        ("Light touch at the scapula x 6.", ["tactile_cues"]),
        ("My hand behind her left shoulder on the way up.", ["tactile_cues"]),
        ("Nudged the hip forward twice.", ["tactile_cues"]),
        ("Fingers on the sternum for the first three.", ["tactile_cues"]),
        ('"Nose over toes" x 4.', ["verbal_cues"]),
        ('"Lock it" called out on 3 of 4.', ["verbal_cues"]),
        ("Reminded of the brakes three times.", ["verbal_cues"]),
        ("Had to remind him of the cane on half the trials.", ["verbal_cues"]),
        ("Picture card for each step of the sequence.", ["visual_cues"]),
        ("Red tape on the brake.", ["visual_cues"]),
        ("Arrow cards shown at each turn.", ["visual_cues"]),
        ("Pointed to the rail on two trials.", ["gestural_cues"]),
        ("Pointed to the strap once.", ["gestural_cues"]),
        ("Verbal cue on 4 of 6, then 2 alone.", ["independent", "verbal_cues"]),
        ("Min A on the first two, the last two unaided.", ["independent", "minimal"]),
        ("Mod A first trial, min by the fourth.", ["minimal", "moderate"]),
        ("Max assist at first, then moderate on the last two.", ["maximal", "moderate"]),
        ("Min A fading to CGA.", ["contact_guard", "minimal"]),
        ("CGA fading to SBA by the end.", ["contact_guard", "standby"]),
        ("CGA → SBA over four trials.", ["contact_guard", "standby"]),
        (
            "Task   Level   Cue\nbed to chair   CGA   verbal x2\ncar   min   tactile",
            ["contact_guard", "minimal", "tactile_cues", "verbal_cues"],
        ),
        ("Item | FIM\ntoilet | 4\nbed | 5", ["FIM_4", "FIM_5"]),
        ("Transfer GG 03, then GG 04.", ["GG_03", "GG_04"]),
        ("sit to stand: CGA x3, SBA x2", ["contact_guard", "standby"]),
        ("Assist: none. Cues: 2 verbal, 1 tactile.", ["tactile_cues", "verbal_cues"]),
        ("Supervision with the ramp, contact guard with the curb.", ["contact_guard", "supervision"]),
        ("He did the last transfer by himself after two prompts to scoot.", ["verbal_cues"]),
        ("She needed a hand under the elbow.", []),
        ("Cue to slow down needed on half of the turns.", ["verbal_cues"]),
        ("VCs 25%, TCs 10%.", ["tactile_cues", "verbal_cues"]),
        ("Hand held assist on the curb.", []),
        ("Required steadying at the belt.", ["contact_guard"]),
        ("Therapist within reach.", []),
        ("One loss of balance, min A to recover.", ["minimal"]),
        ("Verbal rehearsal before each.", ["verbal_cues"]),
        ("I with the walker, S on the ramp.", ["independent", "supervision"]),
        ("Touched her toes x 10.", []),
        ("Reached to touch the opposite shoulder.", []),
        ("Hand on hip posture.", []),
        ("Hands on hips.", []),
        ("Pain on touch at the knee.", []),
        ("Tapping of the foot x 20.", []),
        ('He said "good" twice.', []),
        ('Class "Steady Steps" on Monday.', []),
        ("Tape line on the floor at 10 ft.", []),
        ("Card sorting 20 cards.", []),
        ("Client pointed to pictures 8/10.", []),
        ("5/10 words alone.", []),
        ("Lives alone.", []),
        ("Walks alone at home.", []),
        ("Was mod A on 9/29.", []),
        ("SBA last week.", []),
        ("Goal: CGA by 11/01.", []),
        ("Mod A at start of care, now SBA.", ["standby"]),
        ("Cues 3, was 8.", []),
        ("TC 40 min.", []),
        ("Skilled verbal and tactile cues provided.", []),
        ("Cueing was withdrawn.", []),
        ("Finger to nose test.", []),
        ("Thumb pressure on the trigger point.", []),
        ("Soft tissue strokes along the calf.", []),
        ("Kinesio tape on the left shoulder.", []),
        ("Highlighted in the HEP sheet.", []),
        ("No hand on belt needed.", []),
        ("Therapist wrote the card.", []),
        ("Wife to give min A at home.", []),
        ("Signal lights crossing practiced.", []),
    ],
)
def test_levels_and_cues(text: str, levels: list[str]) -> None:
    assert sorted(item["level"] for item in read(_HEAD + text + "\n").as_dict()["assistance"]) == levels


_WORK = (
    "OT 11/03/2026\n97530 Therapeutic activities 25 min: lifting crates of bottles to a shelf, pouring from a kettle, "
    "reaching into the dryer, carrying a tray.\n"
)
_BARE = "OT 11/03/2026\n97530 Therapeutic activities 25 min:\n"
_NO_PLACE = "OT 11/03/2026\n97530 Therapeutic activities 25 min: lifting bottles x 10, pouring.\n"


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told, grade",
    [
        ("Wrist 6 before, 3 after.", "present"),
        ("Thumb ached 4/10 by the last crate.", "present"),
        ("Left knee went shaky on the fourth pour.", "present"),
        ("Numbness crept into the ring finger, gone with shaking the hand.", "present"),
        ("Two spills on the first cup, none on the last.", "present"),
        ("Dropped one bottle on trip two, none after that.", "present"),
        ("Pain 6 → 3.", "present"),
        ("Back tight at the start, loose at the end.", "present"),
        ("Breathless after six crates, settled in two minutes.", "present"),
        ("She had to stop once at crate five.", "present"),
        ("SpO2 fell to 89%, back to 94 in a minute.", "present"),
        ("Grip gave out on the last bottle.", "present"),
        ("Shoulder clicked on every lift until the shelf was lowered.", "present"),
        ("Elbow swelling no different at the end.", "present"),
        ("He grinned when the kettle was full.", "present"),
        ("Hand tremor stopped once the weight was on.", "present"),
        ("Spilled twice in the first round and not at all in the third.", "present"),
        ("Tired by crate eight but finished.", "present"),
        ("No pain with the shelf.", "present"),
        ("Voice cracked less after the humming.", "present"),
        ("Wrist sore, 2 of 10, for the kettle only.", "present"),
        ("Pain stayed at 2.", "present"),
        ("Denied dizziness on bending.", "present"),
        ("Legs like lead after the trays.", "present"),
        ("Fingers warmer and pinker after the dryer.", "present"),
        ("Got through all ten without a rest.", "present"),
        ("Needed one sit-down.", "present"),
        ("Reported easier reach at the end.", "present"),
        ("Shoulder pain 4/10 lifting, 1/10 resting.", "present"),
        ("RPE 13.", "present"),
        ("Skin intact, faint red mark gone in five minutes.", "present"),
        ("Vertigo for 20 seconds with the first bend, none with the third.", "present"),
        ("Coughed once on the tea.", "present"),
        ("Cried when the tray tipped.", "present"),
        ("He was quicker with the kettle by the end.", "present"),
        ("Scar less tight after.", "present"),
        ("Reached the top shelf unprompted.", "present"),
        ("Frustrated with the lid.", "present"),
        ("Tolerated well.", "partial"),
        ("Pt did well.", "partial"),
        ("Good effort.", "partial"),
        ("Doing fine.", "partial"),
        ("No complaints.", "partial"),
        ("Felt good after.", "partial"),
        ("Worked hard today.", "partial"),
        ("Pleasant.", "partial"),
        ("Response good.", "partial"),
        ("Great session.", "partial"),
        ("Continue POC.", "absent"),
        ("Pain 4/10 at home this week.", "absent"),
        ("Crate weighed 10 lb.", "absent"),
        ("Shelf height 48 in.", "absent"),
        ("Plan: heavier crate.", "absent"),
        ("Knee flexion 110.", "absent"),
        ("Goal: carry a tray 40 ft by 12/01.", "absent"),
        ("Min A for the shelf.", "absent"),
        ("Hip fracture 09/2026, left.", "absent"),
        ("Right shoulder 2 weeks post op.", "absent"),
        ("L elbow 120 (110).", "absent"),
        ("First visit, last visit 11/20.", "absent"),
        ("She works at a bakery.", "absent"),
    ],
)
def test_patient_response(told: str, grade: str) -> None:
    assert grade_of("patient_response", _WORK + told) == grade


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told, grade",
    [
        ("Six crates today, four last week.", "present"),
        ("Grip 40 lb, 34 at eval.", "present"),
        ("Carried 12 lb; 8 lb on 10/20.", "present"),
        ("Mod A at SOC, now CGA.", "present"),
        ("STG 1 met.", "present"),
        ("Goal 2 not met.", "present"),
        ("Spills 1 vs 5 last visit.", "present"),
        ("Walked 200 ft, up from 120.", "present"),
        ("TUG 14 s (19 s on 10/06).", "present"),
        ("Needed max A on 10/06 for the shelf.", "present"),
        ("9 of 10 plates; two visits ago 5 of 10.", "present"),
        ("Improving.", "partial"),
        ("Getting stronger.", "partial"),
        ("Progressing well.", "partial"),
        ("Slowly better.", "partial"),
        ("No change since last visit.", "partial"),
        ("Steadier.", "partial"),
        ("Moves more freely than before.", "partial"),
        ("More fluent.", "partial"),
        ("She needs fewer rests.", "partial"),
        ("About as last time.", "partial"),
        ("Plateaued.", "partial"),
        ("Reach looks higher.", "partial"),
        ("He is managing more.", "partial"),
        ("Plan: add weight.", "absent"),
        ("Cue 3 of 5.", "absent"),
        ("Pain 3/10 after.", "absent"),
        ("She lifted 10 lb x 5.", "absent"),
        ("Shelf (48 in) used.", "absent"),
        ("Lives alone.", "absent"),
        ("Timed 25 min (25).", "absent"),
    ],
)
def test_progress(told: str, grade: str) -> None:
    assert grade_of("progress", _WORK + told) == grade


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told, grade",
    [
        ("P: 2x/wk x 4 wks.", "present"),
        ("Plan: add stairs.", "present"),
        ("Next visit: heavier crates.", "present"),
        ("Will start the car transfer Thursday.", "present"),
        ("Cont 3x/week for 3 weeks.", "present"),
        ("Next time the oven.", "present"),
        ("P: progress to 15 lb.", "present"),
        ("Twice a week until Christmas.", "present"),
        ("Add tub transfer nv.", "present"),
        ("See 2x/wk thru 12/15.", "present"),
        ("Plan - trial the long handled reacher.", "present"),
        ("Discharged, return if it locks.", "present"),
        ("Next: laundry basket.", "present"),
        ("1x/wk, 6 more visits.", "present"),
        ("Continue POC.", "partial"),
        ("Cont.", "partial"),
        ("P: as before.", "partial"),
        ("Continue with plan.", "partial"),
        ("RTC Mon.", "partial"),
        ("F/u next week.", "partial"),
        ("Continue 2x/wk.", "partial"),
        ("See Thursday.", "partial"),
        ("Same.", "partial"),
        ("Next appt 11/10.", "partial"),
        ("Return Friday.", "partial"),
        ("Will see again.", "partial"),
        ("Back on Monday.", "partial"),
        ("Tolerated well.", "absent"),
        ("Timed 25.", "absent"),
    ],
)
def test_plan(told: str, grade: str) -> None:
    assert grade_of("plan", _WORK + told) == grade


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told, grade",
    [
        ("Crates are his work at the brewery.", "present"),
        ("Kettle work is goal 1.", "present"),
        ("The dryer is the chore she wants back.", "present"),
        ("Pouring is how he makes her tea each morning.", "present"),
        ("Carrying the tray is what the cafe asks of her.", "present"),
        ("Shelf practice is for restocking at her shop.", "present"),
        ("Crates and shelf are the two jobs he does at the pub.", "present"),
        ("This is so that his daughter can leave him alone at lunch.", "present"),
        ("For the bar where she lifts crates nightly.", "present"),
        ("Done because she serves tables for a living.", "present"),
        ("Lifting crates matches the delivery he has to unload on Mondays.", "present"),
        ("Works toward STG 3 (carry tray 40 ft).", "present"),
        ("He has to lift crates at the pub every evening.", "present"),
        ("She carries trays at the care home.", "present"),
        ("Reaching the dryer lets her do her own laundry again.", "present"),
        ("He is a bartender.", "partial"),
        ("She waits tables.", "partial"),
        ("Runs a pub.", "partial"),
        ("Wants to go back to work.", "partial"),
        ("Hopes to cook again.", "partial"),
        ("All tasks were functional.", "partial"),
        ("To return to PLOF.", "partial"),
        ("Back to work 12/01.", "partial"),
        ("Job: barista.", "partial"),
        ("Interventions selected to meet goals.", "partial"),
        ("Her husband wants her to make tea.", "partial"),
        ("Crate weight is 10 lb.", "absent"),
        ("The shelf is 48 in high.", "absent"),
        ("Lifting is his best task.", "absent"),
        ("Lifting is the hardest part.", "absent"),
        ("Pain is what stops her.", "absent"),
        ("Kettle was half full.", "absent"),
        ("Grip is his main problem.", "absent"),
        ("He is pleasant.", "absent"),
        ("She is right handed.", "absent"),
        ("Wife present.", "absent"),
        ("Needs a rest after crates.", "absent"),
        ("He is 3 weeks post op.", "absent"),
    ],
)
def test_goal_linkage(told: str, grade: str) -> None:
    assert grade_of("goal_linkage", _WORK + told) == grade


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told, grade",
    [
        (_WORK + "In the clinic kitchen.", "present"),
        (_WORK + "Laundry room, dryer 30 in high.", "present"),
        (_WORK + "Mock bar with a tray stand.", "present"),
        (_WORK + "Dryer set on a 14 in platform.", "present"),
        (_WORK + "ADL suite.", "present"),
        (_WORK + "Kitchen table in her own home, son there.", "present"),
        (_WORK + "On the low bed, 19 in.", "present"),
        (_WORK + "Standing at her own sink, stool behind her.", "present"),
        (_WORK + "Set up: crates on the left, shelf at 48 in.", "present"),
        (_WORK + "Bar mock-up, counter 42 in.", "present"),
        (_WORK + "Treatment room 2, table against the wall.", "present"),
        (_WORK + "Pub kitchen, wet floor, narrow door.", "present"),
        (_WORK + "Seated at a low table, kettle within reach.", "present"),
        (_BARE + "Lifted crates from the counter.", "partial"),
        (_BARE + "Carried the tray up two stairs.", "partial"),
        (_BARE + "Loading a dishwasher x 5.", "partial"),
        (_BARE + "Reached into the top cupboard x 10.", "partial"),
        (_BARE + "Stepped onto a 4 in curb x 6.", "partial"),
        (_NO_PLACE + "Press-ups at home daily.", "absent"),
        (_NO_PLACE + "Wife in the lobby.", "absent"),
        (_NO_PLACE + "She cooks at home.", "absent"),
        (_NO_PLACE + "Named kitchen words.", "absent"),
        (_NO_PLACE + "Goal: walk to the mailbox by 12/01.", "absent"),
        (_NO_PLACE + "He lives in an apartment.", "absent"),
        (_NO_PLACE + "Works in a warehouse.", "absent"),
        (_NO_PLACE + "We talked in the kitchen for ten minutes, not billed.", "absent"),
        (_NO_PLACE + "He manages the tool room.", "absent"),
        (_NO_PLACE + "Boxes are what he carries in the warehouse.", "absent"),
        (_NO_PLACE + "Deficits limiting participation at home, school and church.", "absent"),
        (_NO_PLACE + "Reaches outside base of support.", "absent"),
    ],
)
def test_environment(told: str, grade: str) -> None:
    assert grade_of("environment", told) == grade


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told, grade",
    [
        ("Shelf lowered to 44 in because she hiked the shoulder above that.", "present"),
        ("Load cut to 5 lb when the trunk began to lean.", "present"),
        ("OT blocked the elbow, otherwise he substitutes with the trunk.", "present"),
        ("Order changed since bending first made her dizzy.", "present"),
        ("Tray weight was raised only after three level carries, as the graft is 6 weeks old.", "present"),
        ("Therapist graded the reach from the scapula's timing; it lags once the arm passes 90.", "present"),
        ("Hand placement had to be re-taught each trial as neglect made her miss the left handle.", "present"),
        ("Skilled OT needed.", "partial"),
        ("Skilled intervention provided.", "partial"),
        ("Requires skilled therapy.", "partial"),
        ("Medically necessary.", "partial"),
        ("Skilled cueing for safety.", "partial"),
        ("Lifted 10 lb x 5.", "absent"),
        ("Cue 3 of 5 to bend the knees.", "absent"),
        ("Pain 3/10 after crates.", "absent"),
        ("She stopped for water.", "absent"),
        ("Plan: raise the shelf.", "absent"),
    ],
)
def test_skilled_rationale(told: str, grade: str) -> None:
    assert grade_of("skilled_rationale", _WORK + told) == grade


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "told, grade",
    [
        ("Goal: carry a 5 lb tray 40 ft by 12/01/2026.", "present"),
        ("STG: lift a crate to 48 in shelf x 5 without pain by 12/15.", "present"),
        ("LTG pour tea with L hand 4 of 5 times in 4 wks.", "present"),
        ("Pt will unload the dryer independently in 6 weeks.", "present"),
        ("Goal 1 (by 11/30): reach top shelf, no help.", "present"),
        ("Goal: return to work.", "partial"),
        ("STG: cook.", "partial"),
        ("Wants to lift crates again.", "absent"),
        ("Goal: ROM to 120 by 12/01.", "partial"),
        ("LTG: independence.", "partial"),
        ("Lifted crates x 5.", "absent"),
        ("Continue POC.", "absent"),
    ],
)
def test_functional_goal(told: str, grade: str) -> None:
    assert grade_of("functional_goal", _WORK + told) == grade


@pytest.mark.covers("D11")
@pytest.mark.parametrize(
    "stuffed",
    [
        (
            "Therapeutic activities are the patient's goal. Skilled cueing was provided so that patient can "
            "be independent. All tasks are his goals. Tactile cues at hip, verbal cues, visual cues. Pain "
            "reduced after treatment. Better than last visit."
        ),
        (
            "Functional transfers, ADLs, balance, gait, strength were addressed because patient has deficits "
            "so the patient can return to prior level. Response positive after treatment. Functional "
            "progress was made toward goals. Clinic gym. Continue POC."
        ),
        (
            "Patient required skilled tactile cues on trunk, hip, knee. Symptoms decreased after treatment. "
            "Activities were for his function. Treatment was modified because of weakness. Patient is "
            "progressing more independently. Setting appropriate."
        ),
        (
            "Skilled therapist facilitated functional tasks with moderate cueing due to impaired balance. "
            "Tasks are what she needs. Goals are functional. Response: improved. Progress: improved. "
            "Environment: therapy gym. Plan: progress as tolerated."
        ),
        (
            "The treatment was graded up and down as the patient tolerated since skilled intervention is "
            "required. Exercises were chosen for her goals. Pain less after exercise. Function improved."
        ),
        (
            "Transfers is goal. Ambulation is goal. Dressing is goal. Min A, mod A, CGA, SBA as needed. "
            "Verbal, tactile and visual cues as needed. Tolerated well, less pain after. Better. Skilled."
        ),
        (
            "ADL training, functional mobility, safety awareness, energy conservation, body mechanics: cues, "
            "assist, skilled, goal, function, improve, kitchen, bathroom, transfers, progress, pain "
            "decreased, independence, plan."
        ),
        (
            "Therapist adjusted activities because of patient's deficits. Activities were changed since "
            "patient needs skilled care. Hands-on cues at pelvis for function. Fatigue after treatment "
            "resolved with rest."
        ),
        (
            "Knee, hip and trunk were facilitated so that she can function. Activities are how she returns "
            "to function. Work is her goal. Pain 0/10 after. Improved from last visit."
        ),
        (
            "Patient was seen for skilled functional activities to improve function in her home so she can "
            "be safe at home. Tasks are for her home. Her home is her goal."
        ),
        (
            "Skilled, functional, goal directed activities were upgraded and downgraded as needed because of "
            "impairments. Patient responded well with less symptoms after. Progressing better than before. "
            "In clinic."
        ),
    ],
)
def test_words_of_every_note_tie_and_reason_nothing(stuffed: str) -> None:
    for element in ("activities", "goal_linkage", "skilled_rationale", "functional_goal", "progress"):
        assert grade_of(element, stuffed) != "present"


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "element, told",
    [
        ("patient_response", "Found the last two pieces herself after the cue."),
        ("patient_response", "Righted himself each time the board tipped."),
        ("patient_response", "Thighs 3/10, back no worse at 4/10."),
        ("patient_response", "He set the cup down and his left hand let go of the handle four of ten times."),
        ("progress", "Sixteen full lifts without a hike; five on 06/10."),
        ("progress", "Flight without stopping; stopped twice on 08/09."),
        ("progress", "Goal 1, minced diet without coughing: reached."),
        ("progress", "Puree in January, minced food now."),
    ],
)
def test_present_by_shape(element: str, told: str) -> None:
    assert grades_told(element, told) == {"present"}


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "element, told",
    [
        ("patient_response", "Dressed herself after setup."),
        ("patient_response", "Her daughter found the missing coupon herself."),
        ("progress", "Lumbar fusion, L5 to S1, in June."),
        ("progress", "In my note the time for manual therapy read 24 minutes; it was 14 minutes."),
        ("progress", "Moved here in May, lives alone now."),
        ("progress", "Rather tired on Friday."),
        ("progress", "More reps next visit."),
    ],
)
def test_not_present_by_shape(element: str, told: str) -> None:
    assert "present" not in grades_told(element, told)


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "told", ["I feel he is more at ease with the bag.", "More aware of the left.", "A bit looser than Monday."]
)
def test_a_remark_claims_progress(told: str) -> None:
    assert grades_told("progress", told, ("A: ",)) == {"partial"}
