"""Notes cut to a width read as they did before."""

from __future__ import annotations

import textwrap

import pytest

from quarterhour.notes import read
from quarterhour.notes.wording.wraps import joined

_NOTE = """Date of service: 10/06/2026. Seen 9:05 to 9:48 am, one on one, in the therapy kitchen.

S: Reports that the pan still slips when she turns to the table, and that her wrist is sore by the evening.

O: Therapeutic activities 24 min: carrying a two-quart pan of water from stove to table, turning with small steps, \
and setting it on a trivet, eight trips; contact guard on the first three trips, standby assist after that. Verbal cue \
to slide the pan back before turning on four of the eight. Therapeutic exercise 14 min: wrist extension with a two \
pound weight 3 x 10 and grip with the yellow gripper. Overhead shelf deferred today because of soreness in the \
shoulder, and the oven waits for next week.

Timed minutes 38. Total treatment time 43 minutes, which takes in five minutes of rest that are not billed.

A: Spilled on one trip of eight, on four of eight last week. Wrist 2/10 after the last trip. The trips are what she \
has to do to cook for her brother (LTG 1: carry a two-quart pan ten feet without spilling by 11/06/2026).

P: Continue 2x/week for 4 weeks; start oven rack with the long mitts next visit.

Lena Whitcomb, OTR/L  10/06/2026
"""


def _told(text: str) -> dict[str, object]:
    found = read(text).as_dict()
    return {
        "services": [(s["code"], s["minutes"], s["status"]) for s in found["services"]],
        "activities": [(" ".join(a["text"].split()), a["status"]) for a in found["activities"]],
        "assistance": [a["level"] for a in found["assistance"]],
        "times": {name: value for name, value in found["times"].items() if name != "evidence"},
        "grades": {name: element["grade"] for name, element in found["elements"].items()},
    }


def _cut(text: str, width: int) -> str:
    return "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n"))


@pytest.mark.covers("D4", "D3")
@pytest.mark.parametrize("width", [58, 62, 66, 70, 72, 76, 80, 84, 90, 96, 100])
def test_a_note_cut_to_a_width_reads_the_same(width: int) -> None:
    assert _told(_cut(_NOTE, width)) == _told(_NOTE)


@pytest.mark.parametrize("width", [62, 72, 80])
def test_the_text_and_its_places_stay(width: int) -> None:
    text = _cut(_NOTE, width)
    found = read(text)
    assert found.text == text
    assert all(text[a["start"] : a["end"]] == a["text"] for a in found.as_dict()["activities"])


@pytest.mark.parametrize(
    "text",
    [
        "lifting a crate from the floor to the counter x 6, contact guard\ncarrying a tray\nstep up 4 in\nbike 5 min\n",
        "Gait training 150 ft with a rolling walker and standby assist\nTherapeutic exercise 15 min, bridges 3 x 10\n",
        "- sit to stand from a low bench with a tray in both hands x 8\n- carry laundry\n- walk the ramp\n",
        "97530  15 min   lifting and carrying in the kitchen, min assist\n97110  10 min   bridges and heel raises\n",
        "pain 2/10 after the second set of lifts from floor to the waist\nGoal 1 met\ncont 2x wk next the step stool\n",
    ],
)
def test_lines_that_end_where_the_writer_ends_them_stay(text: str) -> None:
    assert joined(text) == text


def test_labels_and_lists_stay_lines_in_a_note_that_is_cut() -> None:
    cut = _cut(_NOTE, 72).lower()
    lines = joined(cut).split("\n")
    assert len(joined(cut)) == len(cut)
    assert [line[:2] for line in lines if line[1:2] == ":"] == ["s:", "o:", "a:", "p:"]
    assert any(line.startswith("timed minutes 38.") and line.endswith("not billed.") for line in lines)
