"""Wordings that were once misread, each kind in a dozen variants."""

from __future__ import annotations

from typing import Any

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("C2", "D11")


def activities(text: str) -> list[dict[str, Any]]:
    """What was found done, left out or planned."""
    found: list[dict[str, Any]] = read(text).as_dict()["activities"]
    return found


def kinds_of(text: str, phrase: str) -> set[str]:
    """Classes of the activities that share text with ``phrase``."""
    start = text.index(phrase)
    return {a["class"] for a in activities(text) if a["start"] < start + len(phrase) and start < a["end"]}


def performed(text: str) -> list[str]:
    """Wordings of what was done, modalities and bare services aside."""
    return [a["text"] for a in activities(text) if a["status"] == "performed" and a["class"] != "unspecified"]


@pytest.mark.parametrize(
    "phrase",
    [
        "Hip abd GTB 3x10",
        "wall push ups 2x15",
        "core series",
        "monster steps RTB 2x12",
        "hip drops off the edge 3x12",
        "knee ext 20 lb x 12",
        "scap pinches 3 x 15",
        "ankle inv/ev green band 2x10",
        "overhead pull RTB 3x10",
        "glute kickbacks 10# x 15",
        "side bends blue theraband 2x15",
        "prone W raises 3 sets of 10",
        "mat series",
    ],
)
def test_a_dose_of_strengthening_is_exercise_under_any_service(phrase: str) -> None:
    text = f"O: Therapeutic activities (97530) 30 min: {phrase}, SLR 3x10."
    assert kinds_of(text, phrase) == {"exercise"}


@pytest.mark.parametrize(
    "phrase",
    [
        "lifting a 10 lb crate to the shelf 3x5",
        "carrying a laundry basket 2 x 40 ft",
        "sit to stand from toilet height 3x5",
        "stocking shelves with 5 lb cans x 10",
        "reaching into the overhead cabinet 2x10",
        "floor to waist lift 20 lb x 8",
        "getting in and out of the car x 4",
        "opening jars x 10",
        "push the shopping cart 3 x 50 ft",
        "pulling the vacuum across carpet 3x10",
        "step over tub edge 2x5",
    ],
)
def test_a_dose_of_a_task_stays_a_task(phrase: str) -> None:
    text = f"O: Therapeutic activities (97530) 30 min: {phrase}."
    assert "exercise" not in kinds_of(text, phrase)
    assert kinds_of(text, phrase)


@pytest.mark.parametrize("phrase", ["hip drops", "ball rolls", "clock hands", "cable chops", "lateral slides"])
def test_most_of_the_list_decides_for_an_unknown_phrase(phrase: str) -> None:
    text = f"97530 Therapeutic activities 30 min\n- SLR 3x10\n- clamshells 3x10\n- {phrase}\n- leg press 40 lb 3x10\n"
    assert kinds_of(text, phrase) == {"exercise"}


@pytest.mark.parametrize(
    "text, codes",
    [
        ("97530 Ther act 24 min\n97110 Ther ex 15 min\n\nTher act (24 min): lifting. Ther ex (15 min): SLR.", 2),
        ("97530 | TA | 24\n97110 | TE | 15\nTA 24 min: lifting a crate to a shelf.\nTE 15 min: SLR 3x10.", 2),
        ("Gait training 12 min\n\nToday's gait training lasted 12 min: 200 ft with a cane on grass.", 1),
        ("97140 Manual therapy 10\n97110 Ther ex 30\nManual therapy, 10 min: STM to the calf. Ther ex as below.", 2),
        ("97530 25\n97112 15\nTimed 40\nTherapeutic activities 25 min: pouring. NMR 15 min: foam stance.", 2),
        ("TA 24 min\nTE 15 min\nTotal timed 39\nWe spent 24 minutes on therapeutic activities, lifting crates.", 2),
        ("97535 Self care 30 min\n\nSelf care 30 min (97535): donned a shirt with a button hook and socks.", 1),
        ("97112 NMR 20 min\n97112 (20 min) described: tandem stance at the rail, then a rocker board.", 1),
        ("Therapeutic exercise: 15 min\nTotal timed: 15\nTherapeutic exercise (15 min) was SLR and bridges.", 1),
        ("97530 0900-0924 24\n97110 0924-0939 15\nTher act 24 min: lifting a crate. Ther ex 15 min: SLR 3x10.", 2),
    ],
)
def test_minutes_told_again_are_one_service(text: str, codes: int) -> None:
    assert len(read(text).as_dict()["services"]) == codes


@pytest.mark.parametrize(
    "text",
    [
        "97530 15\n97530 15\nTimed 30",
        "97530 | PTA | 1300-1315 | 15\n97530 | PT | 1315-1330 | 15",
        "TA 15 min (PTA): lifting crates.\nLater, TA 15 min (PT): stairs with a bag. Timed total 30.",
        "Ther act 10 min: lifting.\nTher ex 15 min: SLR.\nTher act 10 min: carrying.",
    ],
)
def test_two_bouts_of_one_service_stay_two(text: str) -> None:
    services = read(text).as_dict()["services"]
    assert [s["code"] for s in services].count("97530") == 2


@pytest.mark.parametrize(
    "text, phrase, code",
    [
        ("97530 24 min: lifting a crate to a shelf.", "lifting", "97530"),
        ("O: TE 15 min: SLR 3x10, bridges; TA 23 min: lifting a crate.", "bridges", "97110"),
        ("O: TE 15 min: SLR 3x10, bridges; TA 23 min: lifting a crate.", "lifting", "97530"),
        ("Therapeutic exercise 15 min\n- SLR 3x10\n- clamshells 3x10", "clamshells", "97110"),
        ("97535: donned a shirt with a button hook.", "donned", "97535"),
        ("Gait training 12 min: 200 ft with a cane.", "200 ft with a cane", "97116"),
        ("Manual therapy 10 min: STM to the calf. Ther ex 20 min: SLR 3x10.", "STM", "97140"),
        ("Manual therapy 10 min: STM to the calf. Ther ex 20 min: SLR 3x10.", "SLR", "97110"),
        ("97110 Ther ex 15\n97530 Ther act 15\nTimed 30\n\nSLR 3x10, heel raises 3x15.", "SLR", None),
        ("97110 Ther ex 15\n97530 Ther act 15\n\nLifting a crate to the counter x 6.", "Lifting", None),
        ("97110 Ther ex 15\n97530 Ther act 15\nTimed 30\n97530: lifting a crate x 6.", "lifting", "97530"),
        ("O: Lifting a crate to the counter x 6.", "Lifting", None),
        ("Ther act 30 min: hot pack 10 min, lifting a crate, carrying a tote.", "carrying", "97530"),
        ("Therapeutic exercise 15 min: SLR.\nUltrasound 8 min.\nLifting a crate to the counter x 6.", "Lifting", None),
    ],
)
def test_an_activity_tells_its_service(text: str, phrase: str, code: str | None) -> None:
    start = text.index(phrase)
    assert {a["code"] for a in activities(text) if a["start"] < start + len(phrase) and start < a["end"]} == {code}


@pytest.mark.parametrize(
    "text, times",
    [
        ("97530   Therapeutic activities   0930   0954   24", ("09:30", "09:54")),
        ("97530 Ther act 9:30-9:54 24 min", ("09:30", "09:54")),
        ("9:30a-9:54a Therapeutic activities 97530 24 min", ("09:30", "09:54")),
        ("Therapeutic activities (9:30-9:54), 24 min", ("09:30", "09:54")),
        ("97530 | PT | 1318-1330 | 12", ("13:18", "13:30")),
        ("Therapeutic activities from 9:15 to 9:38: lifting crates.", ("09:15", "09:38")),
        ("97530 OT 10:00-10:15   15 min", ("10:00", "10:15")),
        ("| 97530 | 9:00-9:30 | 28 |", ("09:00", "09:30")),
        ("Therapeutic activities 24 min: lifting crates.", (None, None)),
        ("Time in 9:00, time out 9:45\nTherapeutic activities 24 min: lifting crates.", (None, None)),
    ],
)
def test_a_service_has_the_clock_times_given_to_it(text: str, times: tuple[str | None, str | None]) -> None:
    service = read(text).as_dict()["services"][0]
    assert (service["begin"], service["finish"]) == times


@pytest.mark.parametrize(
    "tail, names",
    [
        ("Ana Ruiz, PTA\nDan Fey, PT", 2),
        ("Signed: Ana Ruiz, PTA 10/1/2026, cosigned Dan Fey, PT", 2),
        ("K. Lind, PTA / R. Amadi, PT, DPT", 2),
        ("Electronically signed: Ana Ruiz, PTA\nCosigned by: Dan Fey, PT, DPT", 2),
        ("Ana Ruiz, COTA/L\nReviewed: Dan Fey, OTR/L", 2),
        ("E-signed Ana Ruiz, PTA 10/1/2026\nCo-signed Dan Fey, PT 10/2/2026", 2),
        ("Ana Ruiz, COTA/L; Dan Fey, OTR/L", 2),
        ("Electronically signed by Dan Fey, PT, DPT", 1),
        ("Dan Fey, PT", 1),
        ("Signed: Dan Fey, MS, CCC-SLP 10/1/2026", 1),
    ],
)
def test_all_signatures_are_told(tail: str, names: int) -> None:
    grade = read(f"O: Ther ex 20 min: SLR 3x10.\nP: Continue 2x/wk.\n{tail}").elements["signature"]
    assert (grade.level, len(grade.evidence)) == ("present", names)


@pytest.mark.parametrize(
    "text, single, several",
    [
        ("Ther ex 20 min one-on-one, then group of 4 for 20 min.", 1, 1),
        ("Individual treatment throughout. Ther ex 20 min.", 1, 0),
        ("Ther ex 20 min, 1:1.", 1, 0),
        ("Treated with two other patients. Ther ex 20 min.", 0, 1),
        ("Small group in the gym. Ther ex 20 min.", 0, 1),
        ("Ther ex 20 min: SLR.", 0, 0),
        ("Direct contact for 15 min; concurrent with one more for the rest.", 1, 1),
        ("Group of three at the table. 97150 30 min.", 0, 2),
        ("Seen alone. Ther ex 20 min.", 1, 0),
        ("Met her goal of walking with her church group. Ther ex 20 min.", 0, 0),
    ],
)
def test_one_on_one_and_group_are_told_apart(text: str, single: int, several: int) -> None:
    modes = [span["mode"] for span in read(text).as_dict()["elements"]["one_on_one_or_group"]["evidence"]]
    assert (modes.count("one_on_one"), modes.count("group")) == (single, several)


@pytest.mark.parametrize(
    "text",
    [
        "97530, one-on-one throughout: ",
        "97530: separate interval after the manual work. ",
        "97530: distinct block from the exercise. ",
        "97530, individual: ",
        "97530: provided in the gym. ",
        "Treatment today: 97530 24 min, ",
        "97530 24 min: resident needs one clinician at the trunk and one at the arm. ",
        "97530 24 min: performed after the manual therapy. ",
        "PTA K. Lindqvist: 97530 24 min: ",
        "97530: rail height 30 in, ",
        "97530 24 min: Belt anchor moved back in 2 in steps as new range allowed. ",
        "97530 24 min: Cup size cut from 15 to 10 mL at once. ",
        "97530 24 min: Step height lowered to 4 in when the knee dipped. ",
    ],
)
def test_a_remark_is_no_activity(text: str) -> None:
    assert performed(f"{text}lifting a crate to a shelf x 6.") == ["lifting a crate to a shelf x 6"]


@pytest.mark.parametrize(
    "text",
    [
        "Continue 2x/wk x 4 wks.",
        "Cont 5x/wk.",
        "Continue 3x/week x 6 visits.",
        "Hope to carry over to walking at the store.",
        "Hoping this carries over to her stairs.",
        "Expect carryover to transfers at home.",
        "Seen 3x/wk x 4 weeks.",
        "Patient needs cues on the stairs.",
        "She still has trouble with steps.",
        "Treatment twice a week.",
        "Anticipate return to gardening.",
    ],
)
def test_a_closing_line_is_no_activity(text: str) -> None:
    note = f"Therapeutic activities 24 min: lifting a crate to a shelf x 6.\nFlexion 112.\n{text}\nDan Fey, PT"
    assert performed(note) == ["lifting a crate to a shelf x 6"]


@pytest.mark.parametrize(
    "word", ["Word finding", "Naming", "Articulation", "Memory", "Attention", "Word retrieval", "Phonological process"]
)
def test_the_bare_name_of_a_domain_is_only_a_category(word: str) -> None:
    text = f"SLP. Speech therapy 45 min. Did well. Worked on language goals. {word}.\nH. Greer, SLP"
    assert read(text).elements["activities"].level == "partial"


@pytest.mark.parametrize(
    "text, phrase",
    [
        ("O: Ther act 30 min. Pegs, cones, putty finds. SBA.", "cones"),
        ("O: Ther act 30 min. Pegs, blocks, beads. SBA.", "blocks"),
        ("O: Ther act 30 min. Coins, pegs, clothespins.", "Coins"),
        ("O: Ther act 20 min. Emptying a full bucket into the flower bed x 4, CGA.", "Emptying"),
        ("O: Carrying a full kettle across the kitchen and pouring at counter height x 5, CGA.", "Carrying"),
        ("TA x 20': lifting crates x 5, cone p/u.", "cone p/u"),
        ("TA x 20': STS from a chair x 5, ball pickup.", "ball pickup"),
        ("TA x 20': hurdles raised to 6 in x 5, lifting crates.", "hurdles"),
        ("97530 20 min\n- lifting a crate x 6\n- sled to the door\n- carrying a tote 40 ft", "sled to the door"),
        ("O: Ther act 15 min: unloading a dishwasher, plates, cups.", "plates"),
    ],
)
def test_a_short_entry_of_a_list_is_an_activity(text: str, phrase: str) -> None:
    assert any(phrase in wording for wording in performed(text))


@pytest.mark.parametrize(
    "text, code, status",
    [
        ("O: Therapeutic activities, self care, and neuromuscular re-education were used.", "97535", "performed"),
        ("O: Therapeutic exercise and self care were provided.", "97535", "performed"),
        ("O: Self care and therapeutic activities were provided.", "97535", "performed"),
        ("O: Therapeutic exercise, gait and manual therapy performed.", "97116", "performed"),
        ("O: Ther ex, manual, and neuro re-ed completed.", "97140", "performed"),
        ("O: No ther act today. TE 20 min: SLR.", "97530", "negated"),
        ("O: Manual therapy held today due to bruising. Ther ex 25 min: SLR.", "97140", "negated"),
        ("O: No gait training today, ther act 25 min: lifting.", "97116", "negated"),
        ("O: Therapeutic exercise not done. TA 20 min: lifting.", "97110", "negated"),
        ("O: Did not do neuro re-ed. TA 20 min: lifting.", "97112", "negated"),
        ("O: Skipped therapeutic exercise, knee sore. TA 20 min: lifting.", "97110", "negated"),
        ("O: No manual today because of bruising. TA 20 min: lifting.", "97140", "negated"),
        ("O: Deferred manual therapy. TA 20 min: lifting.", "97140", "negated"),
    ],
)
def test_a_service_without_minutes_is_told_with_its_status(text: str, code: str, status: str) -> None:
    assert [(s["minutes"], s["status"]) for s in read(text).as_dict()["services"] if s["code"] == code] == [
        (None, status)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Load cut to 3 lb when her trunk lurched left, because the arm cannot hold it.",
        "Weight lowered to 4 lb after the scapula began to hike, because she cannot hold it down.",
        "Speed dropped to 1.2 mph when the knee buckled, because the quad gives out after two minutes.",
        "Resistance reduced to the yellow band once the elbow flared so the tendon is not overloaded.",
        "Height raised to 20 in because she could not keep the knee from collapsing inward at 18.",
        "Load halved when the shoulder began to hike, because the cuff fatigues after six lifts.",
        "Reach scaled back when his trunk lurched, because he cannot feel the lean.",
        "Depth eased back once the kneecap drifted, since he loses control below 60 degrees.",
        "Cup size cut from 15 to 10 mL when the voice went wet, because residue is silent and unsafe.",
        "Crate exchanged for a lighter one when she leaned back, because the brace cannot limit extension.",
    ],
)
def test_a_change_and_its_reason_are_a_rationale(text: str) -> None:
    assert read(f"O: Ther act 20 min: lifting crates.\n{text}\n").elements["skilled_rationale"].level == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Throat clear on 2 of 12 cup sips; 5 of 12 on 04/16.",
        "Voice clear after each set.",
        "Voice stayed clear after every sip.",
        "Cough on 1 of 10 sips; 4 of 10 on 3/2.",
        "Wet voice once, on sip 9.",
        "Leg heaviness 1/10 at the end, settled within a minute of sitting.",
        "Reported legs like jelly at 10:38, steady after sitting.",
        "Knee pain 2/10 before, 3/10 during, 2/10 after.",
        "She said it felt like her old kitchen.",
        "He winced on the last lift and asked to stop.",
    ],
)
def test_an_observed_effect_is_a_response(text: str) -> None:
    note = f"DOS 04/23/2026\n92526 Swallow treatment 38 min\n\nEffortful swallow with 5 mL by spoon x 15.\n{text}\n"
    assert read(note).elements["patient_response"].level == "present"
