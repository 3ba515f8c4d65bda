"""Work not done that is told in passing: dropped from the program, declined in the patient's own words, left to the
family, or planned for a visit that never was.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

_HEAD = "DOS 10/06/2026\n97530 Ther act 25 min\n"


def _status(text: str, word: str) -> list[str]:
    reading = read(text)
    return [item.status for item in reading.activities if word in reading.text[item.start : item.end].lower()]


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "text, word, status",
    [
        ("Box lift x10. dc wall sits.", "wall sits", ["negated"]),
        ("Box lift x10. D/C the bike.", "bike", ["negated"]),
        ("D/C session: car transfer x 4.", "car transfer", ["performed"]),
        ("Memory app not opened. Sorted mail x 6.", "memory app", ["negated"]),
        ("Card game not played, sorted mail x 6.", "card game", ["negated"]),
        ("Continue putty at home.", "putty", ["home_program"]),
        ("Continue stairs with a cane next week.", "stairs", ["planned"]),
        ("Taught family to help with transfers, x 4.", "transfers", ["performed"]),
        ("Sit to stand x 8; home heel slides x 10, ankle pumps.", "ankle pumps", ["home_program"]),
        ("Son to do hallway laps with her, 15 min.", "laps", ["home_program"]),
        ("Niece to go over the card sort with him, twice a day.", "card sort", ["home_program"]),
        ("Last tx 9/29: mail scanning, stairs x 4, supervision.", "stairs", ["prior_visit"]),
        ("Bridges 3x10, clams 2x15; bike skipped, no time", "no time", []),
        ('Sit to stand x 8. Stairs declined, "not after that laundry".', "laundry", []),
        ('Sit to stand x 8. Stairs declined, "not after that laundry".', "stairs", ["negated"]),
        ("Bridges on the ball. We did not get to the slider lunges.", "lunges", ["negated"]),
        ("Bridges on the ball. The clock ran out before the lunges.", "lunges", ["negated"]),
        ("Bridges on the ball. We weren't able to fit in the lunges.", "lunges", ["negated"]),
        (
            "Bridges x 8.\nHer niece walks her to the corner after lunch and does the dots with her.",
            "niece",
            ["home_program"],
        ),
        ("Bridges x 8.\nThe night aide does the ankle pumps with him.", "ankle pumps", ["home_program"]),
        ("Bridges x 8.\nMother practises buttons with him before school.", "buttons", ["home_program"]),
        ("Bridges x 8. Her niece held the gate while she carried the laundry bag.", "laundry", ["performed"]),
        ("Bridges x 8. Wife walks him 60 ft today with my hand on the belt.", "wife", ["performed"]),
        ("Bridges x 8. Son observed stair training.", "stair", ["performed"]),
        ("Jar hits 3 of 12 on 9/29. Buttering toast was tried then and dropped.", "toast", ["prior_visit"]),
        ("Jar hits 4 of 10 on 9/2. Stairs were tried at that visit and left.", "stairs", ["prior_visit"]),
        ("Jar hits 4 of 10 on 9/2. Toast was buttered today, then cut.", "toast", ["performed"]),
    ],
)
def test_what_is_left_out_in_passing(text: str, word: str, status: list[str]) -> None:
    assert _status(_HEAD + text, word) == status


_BY_FACILITY = (
    "10/28/2026   OT - CANCELLED BY FACILITY (no hot water)\nRight CVA. Was down for 25 min self care: bathing, tub "
    "transfer.\nResume 10/29, bathing first."
)
_NOT_COME = (
    "MISSED APPT  03/19/26  Physical therapy\nRight ankle arthroscopy. 45 min booked for ladder climbing.\n"
    "Last seen 03/12: stairs with a crate, CGA.\nNext 03/26, start with the ladder."
)


@pytest.mark.covers("D2")
@pytest.mark.parametrize("text", [_BY_FACILITY, _NOT_COME])
def test_a_visit_that_never_was_treats_nothing_and_still_names_why_and_what_next(text: str) -> None:
    reading = read(text)
    assert not [item for item in (*reading.activities, *reading.assistance) if item.status == "performed"]
    assert not [service for service in reading.services if service.status == "performed"]
    assert reading.elements["diagnosis"].level == "present"
    assert reading.elements["plan"].level == "present"


@pytest.mark.covers("D2")
def test_the_slot_alone_is_no_plan() -> None:
    assert read("Missed appt 03/19/26. Ankle sprain. Next 03/26.").elements["plan"].level != "present"
    assert (
        read("PT 10/6/26\nTher act 20 min: stairs x 8. Bus trip cancelled by him.").activities[0].status == "performed"
    )


_OLD = "Sit to stand mod A, stairs x 4."


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "opening, closing",
    [
        ("(from initial note 08/11/2026, in every visit)", "(end of carried text)"),
        ("<<text of 8/11 repeated here>>", "<<end>>"),
        ("## standing text from evaluation, 8/11/26 ##", "## end ##"),
        ("(unchanged from intake 8/11)", "(end)"),
        ("Pasted from 3/2 note:", ""),
        ("Prepopulated from visit of 8/11:", ""),
    ],
)
def test_text_between_marks_is_of_another_visit(opening: str, closing: str) -> None:
    text = f"DOS 10/20/2026\n{opening}\n{_OLD}\n{closing}\nO: TA 22 min: jar lids x 8, CGA."
    reading = read(text)
    assert [item.level for item in reading.assistance if item.status == "performed"] == ["contact_guard"]
    assert "performed" not in [item.status for item in reading.activities if "stairs" in text[item.start : item.end]]


@pytest.mark.covers("D2")
@pytest.mark.parametrize("work", ["jars carried from the note rack", "tray carried each lap", "(CGA at the end) jars"])
def test_what_is_carried_by_hand_is_of_this_visit(work: str) -> None:
    reading = read(f"DOS 10/20/2026\nO: TA 22 min: {work}, min A.")
    assert "minimal" in [item.level for item in reading.assistance if item.status == "performed"]


@pytest.mark.covers("D2")
def test_the_day_at_the_head_of_the_objective_is_no_day_of_its_first_task() -> None:
    assert _status("OBJECTIVE: (07/28/2026) TherEx 23 min - SLR 3x10, squats 2x12.", "slr") == ["performed"]
    # Beside a day of the visit another one is another's, as in text that was carried forward.
    headed = "DOS 08/25/2026\nOBJECTIVE: (07/28/2026) TherEx 23 min - SLR 3x10, squats 2x12."
    assert _status(headed, "slr") == ["prior_visit"]


@pytest.mark.parametrize(
    "note, code, minutes",
    [
        ("97530 24 min: Pain 5/10 last night, 2/10 now. Sit to stand x 8, CGA.", "97530", 24),
        ("97110 15 min: swims two mornings a week; wall squats 3x10.", "97110", 15),
        ("97535 22 min: dressing with min A, tub transfer CGA, discharged to self care.", "97535", 22),
        ("5 visits remaining, gait training 120 ft with RW, SBA. 97116 15 min", "97116", 15),
        ("97112 15 min: kept him off balance on foam, CGA.", "97112", 15),
        ("97150 20 min: Volunteer throws the ball to them, seated reach.", "97150", 20),
        ("PT 97110 15 min TE\nPT 97530 23 min transfers\nSLP 92507 20 min\nA Lee, PT\nReferred to SLP", "97530", 23),
        (
            "PT 97110 15 min TE\nPT 97530 23 min transfers\nSLP 92507 20 min\nJ Doe, PT\nCosigned: M Ruiz, OTR",
            "97530",
            23,
        ),
    ],
)
def test_what_is_said_in_passing_of_life_takes_no_service_away(note: str, code: str, minutes: int) -> None:
    services = [(one.code, one.minutes, one.status) for one in read(note).services]
    assert (code, minutes, "performed") in services
