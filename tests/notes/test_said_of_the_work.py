"""What a therapist found misread: ties, reasons, help, signatures, who gave what, and what is no work of today."""

from __future__ import annotations

import pytest
from tests.notes.grades import grade_of

from quarterhour.notes import read

_TRANSFERS = "DOS 06/18/2026\nO: 97530 23 min: car transfers x5.\n"


@pytest.mark.parametrize(
    "told, grade",
    [
        ("Goals\nGoal 1: climb 12 stairs by 7/15. Exercise builds quad strength for goal 1.", "present"),
        ("The car work is so his brother can drive him to dialysis.", "present"),
        ("The floor work is so her aide can bathe her alone.", "present"),
        ("This is for the bus she takes to work.", "present"),
        ("Stairs drilled so his knee can bend.", "absent"),
        ("this is for mister okafor.", "absent"),
        ("This note is for Mrs. Pell.", "absent"),
        ("This was for Monday's visit.", "absent"),
    ],
)
def test_for_whom_a_note_is_ties_nothing_and_what_another_can_do_does(told: str, grade: str) -> None:
    assert grade_of("goal_linkage", f"{_TRANSFERS}{told}\n") == grade


@pytest.mark.parametrize(
    "goal, named",
    [
        ("Goal 1: car transfer with SBA by 7/15/2026 to ride to dialysis.", True),
        ("LTG: transfer into the sedan mod I in 4 wks.", True),
        ("Goal: walk 150 ft with cane by 7/15/2026.", False),
        ("Goal: grip 20 lb in 5 trials by 7/15/2026.", False),
    ],
)
def test_a_goal_that_names_what_was_done_is_kept_beside_an_absent_tie(goal, named):
    found = read(f"{_TRANSFERS}{goal}\n").elements["goal_linkage"]
    assert found.level == "absent"
    assert bool(found.evidence) is named


@pytest.mark.parametrize(
    "told, grade",
    [
        ("Verbal cues needed as pt twists on the knee.", "present"),
        ("She needs cueing because of R neglect.", "present"),
        ("Pt required min A to stand due to R knee buckling.", "present"),
        ("Tactile cues needed since his scapula wings on reach.", "present"),
        ("Close guarding required 2/2 retropulsion.", "present"),
        ("Verbal cues needed due to decreased strength.", "absent"),
        ("Min A needed as she fatigued on the last two.", "absent"),
        ("CGA needed because of pain in the knee.", "absent"),
        ("Min assist needed because there was no rail.", "absent"),
        ("Supervision required because policy says so.", "absent"),
        ("DATA: Reports a heavy arm since the morning, pain 3/10.", "absent"),
    ],
)
def test_why_help_was_needed_is_a_reason_where_only_this_patient_has_it(told: str, grade: str) -> None:
    assert grade_of("skilled_rationale", f"{_TRANSFERS}{told}\n") == grade


@pytest.mark.parametrize(
    "told, grade",
    [
        ("A: Two cues instead of four.", "present"),
        ("A: CGA rather than min A.", "present"),
        ("A: Climbed nine steps instead of six.", "present"),
        ("2 LOB instead of 5.", "present"),
        ("A: 3 spills instead of 7.", "present"),
        ("3 sets instead of 4.", "absent"),
        ("Used a cane instead of a walker.", "absent"),
        ("Sat for 10 min instead of 15 min because of pain.", "absent"),
        ("P: Next visit 3 cues instead of 5.", "absent"),
        ("No improvement is expected.", "absent"),
        ("Gains are not anticipated.", "absent"),
        ("Last visit he did 97140 15 minutes.", "absent"),
        ("No improvement since last visit.", "partial"),
    ],
)
def test_a_count_instead_of_another_is_progress_and_what_is_not_expected_is_none(told: str, grade: str) -> None:
    assert grade_of("progress", f"{_TRANSFERS}{told}\n") == grade


@pytest.mark.parametrize(
    "told, grade",
    [
        ("97530 23 min: leg press 60 lb 3x10, pain 4 -> 2 after.", "present"),
        ("97110 15 min: bridges 3x10, soreness from 2 to 4 afterwards", "present"),
        ("97530 23 min: lift 5 to 10 lb.", "absent"),
        ("97110 15 min: hold if pain 4 to 5.", "absent"),
    ],
)
def test_a_symptom_before_and_after_closes_the_description_of_a_service(told: str, grade: str) -> None:
    assert grade_of("patient_response", f"{told}\n") == grade


@pytest.mark.parametrize(
    "told, helped",
    [
        ("Pt required frequent vc for body mechanics; hip hinge improved from 4/10 reps correct to 8/10 reps.", True),
        ("Patient required verbal cues for the lift, and reach improved from 40% to 80%.", True),
        ("He required contact guard throughout, endurance up from 4 to 7 minutes.", True),
        ("Required max A at eval.", False),
        ("Pt needed verbal cues 9 times last week; 3 today.", False),
    ],
)
def test_the_change_of_something_else_says_nothing_of_when_a_cue_was_given(told, helped):
    found = read(f"97530 38 min: lifting 20 lb crate x 10.\nA: {told}\n").assistance
    assert any(item.status == "performed" for item in found) is helped


@pytest.mark.parametrize(
    "closing, words, reason",
    [
        ("tol well cont poc\njb pt", "jb pt", "initials or a mark with a credential, not a full name"),
        ("T. B., PT", "T. B., PT", "initials or a mark with a credential, not a full name"),
        ("jb, physical therapist", "jb, physical therapist", "initials or a mark with a credential, not a full name"),
        ("P: cont\nMs. Vance", "Ms. Vance", "a name closes the note, without a credential"),
    ],
)
def test_half_a_signature_is_called_what_it_is_and_begins_with_its_first_letter(
    closing: str, words: str, reason: str
) -> None:
    note = f"{_TRANSFERS}{closing}\n"
    found = read(note).elements["signature"]
    assert (found.level, found.reason) == ("partial", reason)
    assert [note[start:end] for start, end in found.evidence] == [words]


@pytest.mark.parametrize(
    "told, signed, status",
    [
        ("OT billed 97530 x 2 (23 min).", "Lena Ortiz, OTR/L", "performed"),
        ("COTA provided 97535 20 min: dressing with min A.", "Dee Ash, COTA/L", "performed"),
        ("97530 23 min billed by OT.", "Lena Ortiz, OTR/L", "performed"),
        ("PT billed 97112 x1 (22 min).", "Lena Ortiz, OTR/L", "uncertain"),
        ("97112 22 min billed by PT.", "Lena Ortiz, OTR/L", "uncertain"),
        ("SLP provided 92507 30 min.", "Lena Ortiz, OTR/L", "uncertain"),
        ("OT billed 97530 x 2 (23 min).", "Lena Ortiz, OTR/L\nLicense 12345", "performed"),
        ("OT billed 97530 x 2 (23 min).", "Lena Ortiz, OTR/L on 5/12/2026 at 10:44. This note is locked.", "performed"),
        ("PT billed 97530 x 2 (23 min).", "Lena Ortiz, OTR/L\nLicense 12345", "uncertain"),
        ("97530 23 min billed by PT.", "Lena Ortiz", "uncertain"),
    ],
)
def test_the_one_who_signs_is_no_other_discipline(told: str, signed: str, status: str) -> None:
    found = read(f"DOS 5/12/2026\n{told}\nReaching for mugs x10.\n{signed}\n").services
    assert [item.status for item in found] == [status]


def test_the_discipline_is_that_of_the_signature() -> None:
    note = (
        "PT saw patient earlier today. PT reports pain 3/10.\n97530 23 min: reaching x10, min A.\nLena Ortiz, OTR/L\n"
    )
    assert read(note).discipline == "OT"
    assert read(note.replace("Lena Ortiz, OTR/L", "Chris Vale, PT")).discipline == "PT"
    assert read("PEDIATRIC OT/PT CO-TREATMENT\n97530 23 min: reach x10.\nLena Ortiz, OTR/L\n").discipline == "OT"


@pytest.mark.parametrize(
    "told, kinds",
    [
        ("97112 22 min: half-kneel reach. Child cried x1, recovered.", ["neuromuscular"]),
        ("97116 15 min: outdoors on gravel w/ rollator 200 ft, freezing x3 at doorway.", ["gait"]),
        ("97110 10 min: bridges 3x10, coughed twice after.", ["exercise"]),
        ("97110 10 min: kicked ball x 10.", ["exercise"]),
        ("97140 10 min: PROM shoulder flexion x10.", ["manual"]),
        ("PROM wrist E 52 (45) F 48 (40)\n97530 16 min: screwdriver use.", ["assessment", "functional_activity"]),
        ("92526 30 min: chin tuck needed min tactile cues.", ["speech_language"]),
        ("97110 15 min: chin tucks 2x10.", ["exercise"]),
    ],
)
def test_what_befell_the_patient_or_was_measured_is_no_treatment(told: str, kinds: list[str]) -> None:
    assert [item.kind for item in read(f"{told}\n").activities] == kinds


def test_two_things_at_the_same_time_are_no_plan() -> None:
    assert grade_of("plan", f"{_TRANSFERS}She cannot turn and talk at the same time.\n") == "absent"
    assert grade_of("plan", f"{_TRANSFERS}Same next time.\n") == "partial"
