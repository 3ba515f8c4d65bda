"""What hurried clinicians write in the words of their own: a sentence of each shape below one ordinary treatment, and
the grade of the element it tells of.
"""

from __future__ import annotations

import pytest
from tests.notes.grades import grades_told

from quarterhour.notes import read

pytestmark = pytest.mark.covers("C2", "D11")


@pytest.mark.parametrize(
    "level, told",
    [
        ("present", "Dressing is addressed because pt wants to get dressed before his aide arrives."),
        ("present", "Floor transfers needed b/c she gardens on her knees."),
        ("present", "Stair training chosen since pt lives on the third floor with no elevator."),
        ("present", "Nursing needs 1-person assist for the toileting schedule, transfers addressed for this."),
        ("present", "Paying bills is his responsibility at home and a late fee occurred last month."),
        ("present", "Zipping is the morning routine at school where he falls behind his class."),
        (
            "present",
            "Crate lifts practiced since bending to unload the dishwasher is what sets off her symptoms at home.",
        ),
        ("present", "Pt boards the #14 bus to work every day so steps were practiced at 10 in."),
        ("present", "Crate lifts relate directly to her job stocking shelves at the pharmacy."),
        ("present", "Lifting from floor is required at work where he unloads 40 lb boxes."),
        ("present", "These lifts simulate loading his work van."),
        ("present", "Pt reports she must carry her grandson up 12 steps; stairs with load trained for that."),
        ("present", "Task selected to prepare pt for return to bathing at home without her husband."),
        ("present", "Overhead reach was worked on so pt can put dishes away in her upper cabinets."),
        (
            "present",
            "Sit to stand from low surface trained for toileting at daughter's house, which has no raised seat.",
        ),
        ("present", "Car transfers were trained to get to dialysis 3x/week."),
        ("present", "Being able to rise from the floor is what pt needs to play with his toddler."),
        ("present", "Basket carry mimics her trip to the basement washer."),
        ("present", "Pt's job demands floor to waist lifting of 50 lb."),
        ("present", "Trained curb negotiation as pt walks to the synagogue on Saturdays."),
        ("present", "Stairs addressed due to 14 steps to reach bedroom and only full bath."),
        ("present", "Transfers are important as pt needs to get to commode at night w/o calling staff."),
        ("present", "Focused on w/c to car transfer b/c son can no longer lift her."),
        ("present", "He is a mail carrier and has to step in and out of the truck 200 times a day."),
        ("present", "Practiced this for her return to hairdressing, which needs both arms overhead for an hour."),
        ("present", "Chin tuck practiced on cup because she drinks her coffee that way."),
        ("present", "Pt identified hair washing as her priority and it was practiced with both arms."),
        ("present", "Addressed LTG #2 (stairs) with step training today."),
        ("present", "Sit to stand work supports goal of toileting without staff help."),
        ("partial", "She is a seamstress."),
        ("partial", "Exercises to promote return to prior level of function."),
        ("partial", "Activities directed toward return to sport."),
        ("partial", "To improve functional mobility for ADLs."),
        ("partial", "Works at a garden center."),
        ("absent", "Knee pain 3/10 after lifting."),
        ("absent", "Pt tolerated well."),
        ("absent", "She needed rest because she was tired."),
        ("absent", "Cues given because pt leans left."),
        ("absent", "Height lowered because she hikes the hip."),
        ("absent", "CGA needed since pt loses balance backward."),
        ("absent", "Stopped as pt felt dizzy."),
        ("absent", "Pt was late because the bus did not come."),
        ("absent", "Required min A for the lift due to weakness."),
        ("absent", "Wife drives her to therapy."),
        ("absent", "Pt states she slept at her daughter's house."),
        ("absent", "Load reduced because knee buckles at 15#."),
        ("absent", "Pt was seen in the kitchen."),
        ("absent", "HEP: stairs daily."),
        ("absent", "Crate lifts were hard for her today."),
        ("absent", "He was instructed in safe lifting."),
        ("absent", "Verbal cues because he forgets to lock brakes."),
        ("absent", "Min A required for toileting."),
        ("absent", "Trained caregiver in transfers for home."),
        ("absent", "Pt used the sink in the kitchen."),
        ("absent", "Focused on quad strength for gait."),
        ("absent", "Used reacher for lower cabinets."),
        ("absent", "Pt needs shower chair for home."),
        ("absent", "Pt needed to leave 5 min early for bus."),
        ("absent", "Cues needed for hand placement on the toilet rail."),
        ("absent", "Practiced dressing in the bathroom."),
        ("absent", "Worked on sit to stand from bed."),
        ("absent", "Worked on transfers to toilet x 4."),
        ("absent", "Trained in use of tub bench."),
        ("absent", "Verbal cues required to lock brakes before transfer to bed."),
        ("absent", "Pt picked up cans from kitchen shelf."),
        ("absent", "Wife trained to guard on stairs to bedroom."),
        ("absent", "Added foam to the utensil handle."),
        ("absent", "Simulated stairs x 3."),
        ("absent", "Pt practiced getting to the commode w/ CGA."),
        ("absent", "Addressed pain in R shoulder."),
        ("absent", "Practiced stairs as she has a rail on the R."),
    ],
)
def test_goal_linkage(level: str, told: str) -> None:
    assert grades_told("goal_linkage", told) == {level}


@pytest.mark.parametrize(
    "level, told",
    [
        ("present", "Knee flexion on descent improved after cue to slow down."),
        ("present", "Knee buckled x1 with 15#."),
        ("present", "Quads still 4-/5 and knee buckled x1 on the last descent."),
        ("present", "Q. protested at the tunnel on the first pass then asked to go again."),
        ("present", "Freezing at the doorway 3 of 4 passes, 1 of 4 with tape line on floor."),
        ("present", "Pt bearing down on 4 of 10 initially, 0 of 10 by last set."),
        ("present", "Leak x1 with first lift, none after cue for exhale."),
        ("present", "Client nearly slid forward on the bench on trial 2."),
        ("present", "Pt hooked toe on 2 of 10 steps, both after the 6th trip."),
        ("present", "Hiking R UT on overhead after 6 reps, then 10 clean reps once dropped to 1#."),
        ("present", "Increased pain to 5/10 with step downs, back to 3/10 w/ rest."),
        ("present", "LOB x2 to the R on turns, self corrected both."),
        ("present", "Pt became SOB after the second flight and sat 2 min."),
        ("present", "HR 96 -> 118 with stairs, 98 after 2 min rest."),
        ("present", "Trendelenburg more pronounced by third lap."),
        ("present", "Compensated with trunk lean once load hit 15#."),
        ("present", "Decreased toe drag w/ metronome."),
        ("present", "No increase in symptoms with lifting."),
        ("present", "Pt required 2 seated rest breaks due to fatigue."),
        ("present", "Pt fatigued quickly with overhead work."),
        ("present", "Able to complete last 3 reps without UE support."),
        ("present", "Gait smoother after manual."),
        ("present", "C/o dizziness w/ second turn which passed in 10 sec."),
        ("present", "Shoulder hike noted after rep 8."),
        ("present", "She lost count twice and started over."),
        ("present", "Pt grabbed the rail on the 4th step down."),
        ("present", "Tremor increased when pouring the kettle."),
        ("present", "He got frustrated with the buttons and wanted to quit, calmed with a break."),
        ("present", "Skin pink over fib head after, clear in 5 min."),
        ("present", "Pt verbalized less fear going down steps."),
        ("present", "Voice wet after straw trial."),
        ("present", "Symptoms centralized to buttock with press ups."),
        ("present", "Edema down 0.5 cm after pumping."),
        ("present", "Grip gave out on rep 7 of the jug pour."),
        ("present", "Heel whip noted after 100 ft when tired."),
        ("partial", "Pt tolerated treatment well."),
        ("partial", "Good tolerance to session."),
        ("partial", "Tolerated without complaint."),
        ("absent", "Pt performed 10 lifts with CGA."),
        ("absent", "Height of shelf 54 in."),
        ("absent", "Pt will return Thursday."),
        ("absent", "Goal: stairs with no knee buckling by 12/1."),
        ("absent", "Patient requires skilled PT for gait."),
        ("absent", "Min A for 3 of 10 lifts."),
        ("absent", "Verbal cues to keep knee over toe."),
        ("absent", "Rest break 3 min."),
        ("absent", "ROM 3-112."),
        ("absent", "Pt was educated on lifting technique."),
        ("absent", "TUG 14 s."),
        ("absent", "Knee buckled at home on Sunday."),
        ("absent", "Ice 10 min."),
        ("absent", "Plan to increase load to 20#."),
        ("absent", "Decreased weight to 10# with cues."),
        ("absent", "Increased resistance to 4# on the second set."),
        ("absent", "Gait training to improve step length with cues."),
        ("absent", "Focus on posture with lifts."),
        ("absent", "Educated on hip precautions with toileting."),
        ("absent", "Better body mechanics needed with lifting."),
        ("absent", "Exercises for knee control with descent."),
        ("absent", "No change in program."),
        ("absent", "Balance work on foam with eyes closed, decreased base."),
        ("absent", "Progressed to faster pace on the third lap."),
        ("absent", "Voice exercises with increased volume."),
        ("absent", "Rest break between sets."),
        ("absent", "Pt required min A and rest between trials."),
        ("absent", "Cueing for posture and slower descent with step downs."),
        ("absent", "Gait with increased step length, metronome 96."),
        ("absent", "Pt was cued to look L."),
        ("absent", "Increased time needed for dressing."),
        ("absent", "Trained on controlled descent to chair."),
        ("absent", "Pt has had pain since the fall."),
        ("absent", "Quad strength 4-/5."),
        ("absent", "Limits of stability reaching with increased sway."),
        ("absent", "Slower speed used on treadmill with 0 incline."),
        ("absent", "Pt walked 200 ft with a rolling walker, 4 turns."),
        ("absent", "Lifting 10# on 4 of 8 reps, 15# on 4 of 8 with SBA."),
        ("absent", "Trials: 5/10 with verbal cues, 3/10 without."),
    ],
)
def test_patient_response(level: str, told: str) -> None:
    assert grades_told("patient_response", told) == {level}


@pytest.mark.parametrize(
    "level, told",
    [
        ("present", "Hand placement and trunk lean graded down as she unweights L side when fatigued."),
        (
            "present",
            "L neglect and shoulder subluxation require OT to position the limb and fade tactile cues as he attends.",
        ),
        ("present", "PT blocked knee and slowed descent as quad control lost at 60 deg."),
        ("present", "Autonomic instability and absent triceps need PT to time rests and place the board."),
        ("present", "Cue switched from metronome to floor tape since she freezes only at thresholds."),
        ("present", "Cue type moved from phonemic to gestural since phonemic cue triggers perseveration."),
        ("present", "Taught one-hand stabilizing since full grip is not allowed till 4 wks."),
        (
            "present",
            "Grip collapses on the helper hand so OT had to reposition the paper and change to spring scissors.",
        ),
        (
            "present",
            "Skilled cueing needed for load progression as quads still 4-/5 and knee buckled x1 with 15#.",
        ),
        ("present", "Therapist monitored SpO2 and paced the task because sats fall below 88% with bending."),
        ("present", "Load held at 10# due to valgus collapse on descent; PT corrected hip strategy by tactile cue."),
        ("present", "Step height reduced to 4 in when R knee began to hyperextend."),
        ("present", "OT adapted the task to seated because orthostatic BP dropped to 88/50."),
        ("present", "Analysis of lift showed lumbar flexion past 15# so set was stopped and hinge re-taught."),
        ("present", "Required PT to facilitate weight shift manually because pt pushes to the L."),
        ("present", "Skilled PT required to modify load and technique based on valgus and pain at 40 deg."),
        ("present", "Progressed surface from mat to foam only after sway dropped, given her BPPV history."),
        (
            "present",
            "Her impulsivity makes transfers alone unsafe; therapist withheld the rail until she stopped.",
        ),
        ("present", "Sternal precautions meant each lift had to be re-taught with elbows in."),
        ("partial", "Skilled PT needed for safety."),
        ("partial", "Skilled intervention required."),
        ("partial", "Pt requires skilled PT to improve function."),
        ("partial", "Pt continues to benefit from skilled therapy."),
        ("partial", "Skilled PT required to progress gait."),
        ("absent", "Pt performed 10 lifts with CGA."),
        ("absent", "Rest because she was tired."),
        ("absent", "Pt left early because the bus came."),
        ("absent", "Knee pain 3/10."),
        ("absent", "Min A for 3 of 10 lifts."),
        ("absent", "Pt was late so session was short."),
        ("absent", "Continue 2x/week."),
        ("absent", "Pt required tactile cues to extend knee."),
        ("absent", "PT provided CGA."),
        ("absent", "Pt stopped as her knee was sore."),
        ("absent", "PT educated pt on posture as pt slouches."),
        ("absent", "Pt used a walker so she could reach the sink."),
        ("absent", "PT assisted with L shoe."),
        ("absent", "Pt was seen by PT for knee pain."),
        ("absent", "PTA supervised by PT on site to keep up with rules."),
        ("absent", "PT raised the table to 22 in."),
        ("absent", "OT set out the items on the L."),
        ("absent", "Therapist held the gait belt at the hip."),
        ("absent", "PT needed to leave at 10."),
        ("absent", "Pt held a 3 lb weight to keep shoulder down."),
        ("absent", "Verbal cues to keep knee over toe."),
        ("absent", "Pt lifted 10# until knee was tired."),
        ("absent", "Pt needs PT to return to golf."),
    ],
)
def test_skilled_rationale(level: str, told: str) -> None:
    assert grades_told("skilled_rationale", told) == {level}


@pytest.mark.parametrize(
    "level, told",
    [
        ("present", "80% today, 50% last week."),
        ("present", "2/8 last wk."),
        ("present", "Was mod A at start of care."),
        ("present", "AROM flex 128 (115 8/20)."),
        ("present", "Wrist 17.2 cm, forearm 26.1 cm (27.0 on 4/28)."),
        ("present", "Lateral pinch 9# (6# on 8/27)."),
        ("present", "DHI 38, was 52 at eval."),
        ("present", "Boards 3 steps w/ CGA now, was unable in Aug."),
        ("present", "Pads 4/day -> 2/day since eval."),
        ("present", "Pt now min A SPT vs mod A last week."),
        ("present", "Carry 15# x 40 ft today compared to 10# x 20 ft last visit."),
        ("present", "Was max A on eval, now min A."),
        ("present", "ROM: 3-112 (was 5-104 on 9/11)."),
        ("present", "Knee flex 112, up 8 deg from eval."),
        ("present", "Walks 200 ft w/ SPC; 80 ft w/ RW at SOC."),
        ("present", "STG 1 met 9/18."),
        ("present", "Grip R 42# / initial 28#."),
        ("present", "TUG 14.2 s (eval 21.0)."),
        ("present", "FOTO 58, intake 41."),
        ("present", "Transfers have gone from mod A x2 to min A x1 since admission."),
        ("present", "Last visit required min A for car transfer, today SBA."),
        ("present", "Pain 6/10 at eval, averages 2/10 this week."),
        ("present", "Found 4/6 items on L vs 2/6 on 9/1."),
        ("present", "Initially needed 8 cues, 3 today."),
        ("present", "Stairs: 4 at eval, 12 today."),
        ("partial", "Improving."),
        ("partial", "Progressing toward goals."),
        ("partial", "Making steady gains."),
        ("partial", "Getting there."),
        ("absent", "Pain 3/10."),
        ("absent", "Knee pain 2/10 before, 3/10 during."),
        ("absent", "TUG 14 s."),
        ("absent", "Pt performed 10 lifts with CGA."),
        ("absent", "Surgery 8/14/2026."),
        ("absent", "Lift 10# x8, then 15# x6."),
        ("absent", "Progress report due 10/1."),
        ("absent", "SLR 3x10, start 2#."),
        ("absent", "Eval 9/1, visit 2."),
        ("absent", "Last visit 9/16."),
        ("absent", "Last dose 8:00."),
        ("absent", "Lift 10 lb x 5, start 9:05."),
        ("absent", "TA 24 min (start 9:00)."),
    ],
)
def test_progress(level: str, told: str) -> None:
    assert grades_told("progress", told) == {level}


@pytest.mark.parametrize(
    "level, told",
    [
        ("present", "Cont 5x/wk, trial mech soft."),
        ("present", "3x/wk. wife training 9/27."),
        ("present", "Order strap; return Friday to train the aide."),
        ("present", "2x/wk x 4 wks"),
        ("present", "Next visit: stairs with laundry basket."),
        ("present", "Progress to 20# next session."),
        ("present", "Cont 2x/wk, add curb."),
        ("present", "D/c next visit to HEP."),
        ("present", "Try shower head reach, husband training thurs."),
        ("present", 'Will trial 6" step.'),
        ("present", "2w4, teach husband tape placement"),
        ("present", "Increase load, start floor transfers."),
        ("present", "Recheck ROM, begin strengthening at 8 wks."),
        ("present", "Next: online bank site."),
        ("present", "Continue 2x/week for 3 weeks."),
        ("present", "Order raised seat; see Tues."),
        ("present", "Family training Thursday."),
        ("present", "Issue theraputty next wk."),
        ("present", "Fit splint when swelling down."),
        ("present", "Wean from RW to SPC."),
        ("partial", "Continue POC."),
        ("partial", "Cont 2x/week."),
        ("partial", "Cont per plan."),
        ("partial", "RTC Thursday."),
        ("partial", "Cont POC as ordered."),
        ("partial", "Continue per MD orders."),
    ],
)
def test_plan(level: str, told: str) -> None:
    assert grades_told("plan", told, ("P: ",)) == {level}


def test_a_service_named_in_passing_has_nothing_under_it_in_the_next_paragraph() -> None:
    note = "Tub transfer with bench, min A. R UE AROM ther-ex w/ dowel 10 min.\n\ntub transfers 20 min.\nL. Brandt COTA"
    codes = {note[a.start : a.end]: a.code for a in read(note).activities}
    assert codes["tub transfers 20 min"] == ""


def test_a_count_of_trials_is_no_activity() -> None:
    note = "Worked on tub transfer w/ bench: therapist demo'd, then pt did 4 trials.\nL. Brandt COTA"
    assert not any("trials" in note[a.start : a.end] for a in read(note).activities)


@pytest.mark.parametrize(
    "note, task",
    [
        ("O: 35 min functional activities including pegboard assembly.", "pegboard"),
        ("O: 97530 25 min dynamic activities such as sled push with 40 lb.", "sled push"),
        ("O: Therapeutic exercises to include QS and SLR, 15 min.", "SLR"),
    ],
)
def test_what_a_category_consists_of_is_named(note: str, task: str) -> None:
    reading = read(note)
    assert reading.elements["activities"].level == "present"
    assert any(task in note[a.start : a.end] and a.specific for a in reading.activities)


def test_a_name_is_no_level_of_help() -> None:
    task = "TA 15 min: crate lifts x 8"
    assert not read(f"Pt Mina F. seen. {task}.\nA. Nair PT").assistance
    for written in ("minA", "MinA x1", "mina", "MINA"):
        assert [item.level for item in read(f"{task}, {written}.\nA. Nair PT").assistance] == ["minimal"]


def test_a_service_and_its_minutes_as_a_sentence_head_what_follows_in_their_line() -> None:
    note = (
        "ADL (97535) - 30 min. Sponge bath at sink with setup.\n"
        "TA (97530) - 15 min. Moved pots from low to mid cabinet.\nE. Ruiz OTR/L"
    )
    codes = {note[a.start : a.end]: a.code for a in read(note).activities}
    assert codes["Moved pots from low to mid cabinet"] == "97530"


@pytest.mark.parametrize(
    "note, told",
    [
        ("Dx: ALS. Power chair through a 34 in door, 5 passes, cue to slow. Bumped the frame once.", "present"),
        ("Dx: ALS. Precautions: falls.", "absent"),
    ],
)
def test_the_line_of_a_diagnosis_goes_on_with_the_treatment(note: str, told: str) -> None:
    assert read(f"PT 9/1/2026\n{note}\nR. Imhoff PT").elements["activities"].level == told


@pytest.mark.parametrize(
    "goal, activity",
    [
        ("hang 10 shirts, no help, by 12/10/2026", "hanging shirts on a rod at 60 in"),
        ("refill 1 rx w/ min cues by 3/14", "called the pharmacy to refill from a script"),
    ],
)
def test_a_goal_whose_task_was_done_today_is_functional(goal: str, activity: str) -> None:
    note = f"OT 11/05/2026\n97530 24 min: {activity}.\nLTG: {goal}.\nC. Aldous, OTR/L"
    assert read(note).elements["functional_goal"].level == "present"
