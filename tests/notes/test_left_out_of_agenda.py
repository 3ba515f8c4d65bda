"""What was on the agenda, what an earlier visit had reached, what the family will do; and visits neither attended nor
charged.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("D2")


def _status(said: str, phrase: str) -> set[str]:
    note = (
        "Physical Therapy daily note 10/21/2026, visit 9\nO: Therapeutic activities 25 min: sit to stand x 8. "
        f"{said}\nTotal 25 min\nJ. Smith, PT\n"
    )
    start = note.lower().index(phrase)
    return {item.status for item in read(note).activities if item.start < start + len(phrase) and start < item.end} or {
        ""
    }


@pytest.mark.parametrize(
    "said, phrase, status",
    [
        ("On the list for today were basement stairs and leg press.", "leg press", "planned"),
        ("Treadmill and grocery carry were set for today.", "grocery carry", "planned"),
        ("The car transfer was on the plan for this visit.", "car transfer", "planned"),
        ("Visit 4 had got as far as a four step carry.", "step carry", "prior_visit"),
        ("The visit before had reached tub transfers.", "tub transfers", "prior_visit"),
        ("PREVIOUS VISIT (auto-pulled 10/18): crate lift 8x, bike 10 min.", "bike", "prior_visit"),
        ("10/14: did curbs x 4 with one rail.", "curbs", "prior_visit"),
        ("His daughter will do the hallway walk with him.", "hallway walk", "home_program"),
        ("Discharged to own program: step downs 3x10, bike.", "bike", "home_program"),
        ("HEP issued 10/20: pendulums 3x10, gripping 20x.", "pendulums", "home_program"),
        ("He keeps up press-ups on his own.", "press-ups", "home_program"),
        ("Holding both squats and lunges because of the knee.", "squats", "negated"),
    ],
)
def test_not_of_this_visit(said, phrase, status):
    assert _status(said, phrase) == {status}


@pytest.mark.parametrize(
    "said, phrase",
    [
        ("Today's plan was followed: stairs x 4, then bike.", "stairs"),
        ("10/21: did curbs x 4 with one rail.", "curbs"),
        ("Visit 9 of 12: stairs x 4 with one rail.", "stairs"),
        ("Digging, holding a trowel against putty soil for 6 minutes.", "holding a trowel"),
        ("Step taps x 10 while holding her phone.", "holding her phone"),
        ("Pendulums 3x10. HEP issued.", "pendulums"),
        ("Stairs x 4 with her daughter, who will drive her home.", "stairs"),
    ],
)
def test_of_this_visit(said, phrase):
    assert _status(said, phrase) == {"performed"}


_NOT_SEEN = (
    (
        "NO CHARGE - CANCELLATION         Physical Therapy        09/29/2026\nLachlan, T.   slot 3:15 PM / 45 min\n"
        "Stairs with the laundry bag were up. 09/24: did bathtub transfer, CGA.\nO. Fitz, PT\n"
    ),
    (
        "Physical Therapy - did not attend            11/17/2026\nIngersoll, T. phoned at 3:31. Nothing charged.\n"
        "Treadmill trial next. Visit 4 had got as far as a four step carry, contact guard.\nD. Marks, PT\n"
    ),
    (
        "Physical Therapy note 10/04/2026\nRoe, J. Not seen: fever. Gait on grass with CGA had been the work.\n"
        "No charge today.\nA. Bee, PT\n"
    ),
)


@pytest.mark.parametrize("note", _NOT_SEEN)
def test_visit_that_was_none(note):
    reading = read(note)
    assert not [item for item in reading.activities if item.status == "performed"]
    assert not [item for item in reading.assistance if item.status == "performed"]


@pytest.mark.parametrize(
    "head",
    [
        "Physical Therapy - group partner did not attend    10/04/2026\n",
        "Physical Therapy 10/04/2026 visit 8, 1 cancellation\n",
        "OT did not attend the team meeting  10/04/2026\n",
    ],
)
def test_visit_that_took_place(head):
    note = f"{head}Roe, Jane. 97116 gait 20 min: gait on grass x 200 ft, CGA.\nTimed 20 min\nA. Bee, PT\n"
    assert any(item.status == "performed" for item in read(note).activities)


@pytest.mark.parametrize(
    "told",
    [
        "Pt cancelled last visit. Resistance band issued, no charge.",
        "Hot pack no charge. Brother did not come today.",
        "MD appt was cancelled; no charge for the band.",
    ],
)
def test_what_was_not_charged_beside_a_treatment_is_a_thing(told):
    note = f"Physical Therapy note 10/04/2026\nRoe, J. {told} Ther ex: squats 3x10, CGA.\nA. Bee, PT\n"
    assert any(item.status == "performed" for item in read(note).assistance)
