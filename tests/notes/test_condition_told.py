"""The condition treated, where words that look like it are none and words that look like something else are."""

from __future__ import annotations

import pytest

from quarterhour.notes import read


@pytest.mark.covers("D1")
@pytest.mark.parametrize(
    "text, level",
    [
        ("L hand stiffness.\nTher act 20 min: jars x 8", "partial"),
        ("97530 20 min: jars x 8. Hand stiffness less after.", "absent"),
        ("97530 20 min: stairs x 8\ntmd min 20 tot 20", "absent"),
        ("Mrs. Ash, 86   Dx: Pisa syndrome   Visit 4\n97530 20 min: jars x 8", "present"),
        ("Dx debility.\n97530 20 min: jars x 8", "partial"),
        ("97530 20 min: jars x 8\nA: Impaired coordination.", "partial"),
        ("97530 20 min: jars x 8, sensory processing and attention", "absent"),
        ("Jaw pain, TMD. Manual 15 min", "present"),
        ("R L5 radic. 97110 12 min bridges 3x10", "present"),
        ("Left knee arthroscopy 09/02. 97110 12 min SLR 3x10", "present"),
        ("Reason: decline in bathing\n97535 15 min tub transfer x 4", "partial"),
        ("Missed appt. Right ankle arthroscopy.", "present"),
    ],
)
def test_the_condition(text: str, level: str) -> None:
    assert read("DOS 10/06/2026\n" + text).elements["diagnosis"].level == level


@pytest.mark.covers("D1")
def test_an_initial_before_the_letters_of_a_note_is_no_heading() -> None:
    text = (
        "DOS 10/06/2026\nP. Vasquez, 55, left total knee arthroplasty\nS. Slept.\nO. TE 15 min: SLR 3x10\nA. Better.\n"
        "P. 2x/wk x 4"
    )
    reading = read(text)
    assert [text[part.start] for part in reading.sections if part.name == "plan"] == ["P"]
    assert [part.start for part in reading.sections if part.name == "plan"] == [text.rindex("P. ")]
    assert reading.elements["diagnosis"].level == "present"
