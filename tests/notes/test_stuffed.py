"""Stock phrases and lists of keywords never make an element of judgement present."""

from __future__ import annotations

import random

import pytest

from quarterhour.notes import read

STUFFED = (
    (
        "Skilled therapeutic activities were provided and are medically necessary to maximize "
        "functional independence. Skilled verbal, visual and tactile "
        "cues were provided as needed. Interventions were goal directed and functional in nature. "
        "Patient tolerated treatment well and continues to make "
        "functional gains. Goals remain appropriate. Continue per plan of care."
    ),
    (
        "Functional activities, skilled, medically necessary, functional goal, goal linkage, patient "
        "response, progress, environment, one-on-one, min assist, "
        "mod assist, CGA, SBA, verbal cues, tactile cues, transfers, gait training, balance, stairs, "
        "lifting, carrying, kitchen, improved, met, plan of care, STG, LTG."
    ),
    (
        "Therapeutic activities therapeutic exercise neuromuscular re-education gait training "
        "manual therapy skilled verbal cues tactile cues min A mod A max A CGA "
        "SBA supervision independent improved progress goals met functional mobility safety balance "
        "strength endurance tolerated well medically necessary."
    ),
    (
        "Pt requires skilled PT due to deficits. Skilled intervention utilized to maximize function. "
        "Tolerated well. Progressing toward goals. Continue POC."
    ),
    (
        "The unique skills of a licensed therapist were required due to the complexity of the "
        "patient's condition. All activities were directly linked to the "
        "patient's functional goals as outlined in the plan of care. Patient responded positively "
        "to skilled intervention."
    ),
    (
        "Patient presents to clinic for skilled physical therapy. Therapist utilized skilled clinical "
        "judgment to progress patient safely through functional activities in order to improve functional "
        "mobility. Verbal and tactile cueing provided as needed to ensure proper form. Patient demonstrated "
        "good understanding. Patient is making good progress towards all goals. Continue POC."
    ),
    (
        "Skilled therapeutic activities (97530) were performed to improve functional performance with ADLs "
        "because of decreased strength, balance, endurance and safety. Skilled cues were required due to "
        "deficits. Patient tolerated treatment well without adverse reaction. Patient would benefit from "
        "continued skilled therapy to return to prior level of function."
    ),
    (
        "Skilled OT services required secondary to complexity of condition, safety concerns, fall risk and "
        "need for ongoing assessment and modification of treatment. Pt responded well to skilled "
        "interventions. Pt progressing well toward STGs and LTGs."
    ),
    (
        "Therapist provided min to mod verbal cues for safety, sequencing, technique and body mechanics "
        "throughout session as appropriate. Functional activities selected to simulate home and community "
        "tasks. Patient demonstrates improved functional mobility and carryover."
    ),
    (
        "97530 97110 97112 97140 skilled functional dynamic activities balance strength coordination "
        "proprioception kinesthetic sense posture transfers gait stairs ADL IADL return to work lifting "
        "carrying reaching kitchen bathroom bedroom goals met improved."
    ),
    (
        "THE SKILLS OF A THERAPIST WERE REQUIRED BECAUSE OF THE COMPLEXITY OF THE TASK AND THE PATIENT'S "
        "IMPAIRMENTS. GRADED ACTIVITIES WERE ADJUSTED BASED ON PATIENT RESPONSE TO MAXIMIZE OUTCOMES. "
        "PROGRESS TOWARD GOALS IS GOOD."
    ),
    (
        "Graded, adapted and modified activities based on patient response; facilitated, cued and corrected "
        "as needed; skilled analysis of movement to address impairments; safety awareness; compensatory "
        "strategies; energy conservation; functional carryover to home environment."
    ),
    (
        "Activity was upgraded/downgraded as appropriate per patient tolerance. Patient required cues. "
        "Patient tolerated. Patient improved. Patient to continue."
    ),
    (
        "Patient participated in functional therapeutic activities in the gym with supervision as needed to "
        "increase independence with functional mobility so that patient can return to PLOF. Patient "
        "demonstrates good rehab potential."
    ),
    (
        "Patient is progressing as expected with increased strength, increased ROM, increased endurance, "
        "decreased pain, improved balance, improved gait and improved function. Goals ongoing. All goals "
        "appropriate."
    ),
    (
        "Goal: improve function. Goal: increase strength. Goal: decrease pain. Goal: improve balance. Goal: "
        "return to PLOF. Patient agrees with goals."
    ),
    (
        "Tx: skilled TA, TE, NMR, MT for strength, ROM, balance, coordination, function. Cues: verbal, "
        "tactile, visual prn. Assist: varied. Response: good. Progress: good. Plan: cont."
    ),
    (
        "Pt educated on safety. Pt verbalized understanding. Pt demonstrated good carryover. Pt motivated. Pt"
        " required skilled cues to avoid compensation and maximize safety and independence in functional "
        "tasks."
    ),
    (
        "Due to patient's functional deficits, skilled therapeutic activities were medically necessary so "
        "that the patient can safely perform activities of daily living and return to prior level of function"
        " in the home and community."
    ),
    (
        "Skilled verbal cues x as needed for safe technique. Skilled manual cues as needed. Skilled "
        "facilitation as needed. Min A to mod A to max A as needed. CGA as needed. SBA as needed."
    ),
    (
        "Assistance level: Independent / Modified Independent / Supervision / CGA / Min A / Mod A / Max A / "
        "Dependent. Cues: verbal / tactile / visual."
    ),
    (
        "Therapeutic activities linked to goals. Skilled need documented. Patient response documented. "
        "Progress documented. Environment set up. One-on-one."
    ),
    (
        "Therapeutic activities were directly related to patient's goals of improving functional mobility, "
        "transfers, balance and ADLs as outlined in POC. Patient responded favorably. Skilled therapist "
        "needed to monitor and adjust."
    ),
    (
        "Continued skilled intervention is needed to address deficits because without skilled therapy patient"
        " is at risk for falls, decline and rehospitalization."
    ),
    (
        "Skilled progression of therapeutic activities based on ongoing assessment of patient's response, "
        "with modification of intensity and complexity to ensure safety and optimal challenge."
    ),
    (
        "therapeutic activities skilled min a mod a cga verbal cues safety because so that goal met stg ltg "
        "kitchen stairs pain 0/10 improved from to better than last visit tolerated well"
    ),
    (
        "Verbal cues. Tactile cues. Visual cues. Min A. CGA. SBA. Goal met. Progressing. Improved. Skilled. "
        "Functional. Safe. Because. In order to. Response good. Kitchen. Bathroom. Stairs. Home."
    ),
    (
        "Skilled: yes. Medically necessary: yes. Goal directed: yes. Functional: yes. Cues: yes. Progress: "
        "yes. Response: positive. One-on-one: yes."
    ),
    (
        "Interventions were skilled in nature, requiring the therapist to continuously assess, cue, correct, "
        "grade, adapt, modify and progress the activity in response to patient performance in order to "
        "maximize safety and function."
    ),
    (
        "Pt response: Pt responded well to tx. Pt tolerated tx well. Pt motivated. Pt cooperative. Pt with "
        "good effort. No adverse effects noted. No complaints."
    ),
    (
        "Functional goal: to be independent and safe with all functional mobility, transfers, ADLs and IADLs "
        "in home and community to return to prior level of function."
    ),
    (
        "Activities address STG 1, STG 2, STG 3, LTG 1, LTG 2. Skilled cues given. Patient tolerated. "
        "Progress toward STG 1, STG 2, STG 3, LTG 1, LTG 2. Goals in progress."
    ),
    (
        "Skilled PT required for gait deviations, balance deficits, weakness, decreased endurance and safety "
        "awareness. Skilled cueing to improve safety."
    ),
)
JUDGED = (
    "patient_response",
    "functional_goal",
    "goal_linkage",
    "skilled_rationale",
    "progress",
    "assistance_level",
    "environment",
)
WORDS = (
    "skilled",
    "medically necessary",
    "functional goal",
    "improved",
    "min assist",
    "CGA",
    "verbal cues",
    "independent",
    "safety",
    "transfers",
    "goal met",
    "because",
    "in order to",
    "so that",
    "graded",
    "adjusted",
    "progressed",
    "tolerated well",
    "kitchen",
    "functional independence",
    "STG",
    "LTG",
    "balance",
    "patient reported",
    "pain",
    "stairs",
    "gait training",
    "therapeutic activities",
    "carryover",
    "plan of care",
    "compensation",
    "fall risk",
    "improving",
)


@pytest.mark.covers("D12", "N3")
@pytest.mark.parametrize("text", STUFFED)
def test_stock_notes_are_never_present(text: str) -> None:
    grades = read(text).elements
    assert {name: grades[name].level for name in JUDGED if grades[name].level == "present"} == {}


@pytest.mark.parametrize("seed", range(60))
def test_random_keyword_lists_are_never_present(seed: int) -> None:
    rng = random.Random(seed)
    text = rng.choice((", ", " ", "; ")).join(rng.sample(WORDS, rng.randint(12, len(WORDS)))) + "."
    grades = read(text).elements
    assert {name: grades[name].level for name in JUDGED if grades[name].level == "present"} == {}, text


def test_what_the_treatment_was_for_is_no_work_done():
    text = (
        "Skilled therapeutic activities (30 minutes) utilizing dynamic functional movement patterns were given one on "
        "one to facilitate improved functional mobility and independence.\nTotal timed minutes: 30.\nG. Sewell, PT"
    )
    assert read(text).elements["activities"].level != "present"
