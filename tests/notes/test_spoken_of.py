"""Words of an activity that tell of none by their shape: a score, a place, a count, a row of outcomes, the wording of a
goal, what a thing is to the patient, what was changed and why; and wordings close to them that tell of work done.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("D2")

_HEAD = "PT daily note. DOS 11/04/2026\n"
_WORK = "Therapeutic activities (97530) 30 min: lifting a milk crate from the floor to a bench x 8. "
_AFTER = "\nTolerated well. Timed 30 min. Total 30 min."


def _told(text: str) -> list[str]:
    """What is performed, beside the crate; tests and instruction aside."""
    reading = read(_HEAD + text)
    return [
        reading.text[item.start : item.end]
        for item in reading.activities
        if item.status == "performed"
        and item.kind not in ("assessment", "education")
        and "milk crate" not in reading.text[item.start : item.end]
    ]


@pytest.mark.parametrize(
    "said",
    [
        # scores and rates
        "3/10 lifting, 1/10 at rest.",
        "R shoulder 4/10 with the box.",
        "GG0170E chair/bed transfer 03 on the first two.",
        "Heels down 60% of steps with the beat.",
        "Shoulder tone was three out of ten on reaching.",
        # places and counts
        "second-floor laundry room.",
        "Training kitchen, SBA.",
        "workbench in the hobby room.",
        "toilet seat 19 in.",
        "five rounds.",
        # what a thing is to the patient
        "Crates are what he stacks at the market.",
        "The cart is hers to push on Sundays.",
        "Getting off the bus is goal 2.",
        "Stairs and keys are how he comes home.",
        "The box and the ladder are the two things his boss asked about.",
        "His last fall was on these stairs.",
        # what was changed, and on what sign
        "Box kept at 10 lb until the back stayed flat for three lifts.",
        "Shelf lowered to 40 in once the shoulder hiked on the reach.",
        "The pull was kept in front of him until he stepped with it.",
        "Step raised only after she kept the knee over the toes for five steps.",
        "Rack was swung to the left as she began to search past midline.",
        # before the visit, and by others
        "Wife had been lifting him from the chair.",
        "Nursing just transferred him.",
        "We talked for a while about the ramp.",
        "Pushing through would have made him stop.",
        "Walks with a rollator.",
        # help, and no amount of work
        "Two verbal cues to keep the box close on the lift.",
        "Three cues to push through the heel.",
        "I had contact guard on the ramp.",
        "He was independent for the sweeping.",
        # goals
        "The goal remains getting a five pound pot on the second shelf without pain by Christmas.",
        "Her goal is to carry a tray from the counter to the table with no spill, five days of seven.",
        "Goal 2: lift 20 lb to the rack by 12/18/2026.",
        "LTG: transfers to the tub with SBA by 12/30.",
        "1) Walk to the mailbox - better",
    ],
)
def test_no_activity(said: str) -> None:
    """Such words tell of nothing done."""
    assert _told(f"{_WORK}\n{said}{_AFTER}") == []


@pytest.mark.parametrize(
    "said, told",
    [
        ("carrying a 10 lb box up 4 steps x 3, 4/10 at the end.", "carrying a 10 lb box"),
        ("walking 150 ft to the laundry room and back.", "walking 150 ft"),
        ("Wiped the kitchen counter with the left hand.", "Wiped the kitchen counter"),
        ("Pushing the cart until she tired, 3 laps.", "Pushing the cart"),
        ("Patient needed contact guard on the last trips carrying the folding chair down the steps.", "carrying"),
        ("Stair climbing 2 x 8 with one rail, goal 2.", "Stair climbing"),
        ("He pushed the sled 40 ft x 4.", "pushed the sled"),
        ("Tub transfer x 3 with the bench.", "Tub transfer x 3"),
        ("We tried sliding the tray along the rail.", "sliding the tray"),
        ("Wife returned the car transfer correctly x 2.", "car transfer"),
    ],
)
def test_work_all_the_same(said: str, told: str) -> None:
    """Work that is told beside a score, a place, help or a goal was done."""
    assert any(told in found for found in _told(f"{_WORK}\n{said}{_AFTER}"))


def test_heads_of_pages() -> None:
    """The name of the clinic and the number of the page are no work."""
    for head in ("HARBOR BALANCE & GAIT            Page 1 of 2", "Foot Page 2 of 2", "STRENGTH CO.   pg 1/2"):
        assert _told(f"{head}\n{_WORK}{_AFTER}") == []


@pytest.mark.parametrize(
    "head",
    [
        "              09/21      10/26      Goal 11/16",
        "              SOC        Now        Goal",
        "              First      Last       Target",
    ],
)
def test_rows_of_outcomes(head: str) -> None:
    """The rows of a table of outcomes are measures."""
    rows = "\nLog roll      min A      SBA        independent\nEntry steps   unable     CGA        mod I\n"
    assert _told(f"{head}{rows}\n{_WORK}{_AFTER}") == []


def test_flow_sheet() -> None:
    """The rows of a flow sheet tell the work of each day."""
    sheet = (
        "              11/01      11/02      11/04\n"
        "Bridges       2x10       2x12       3x10\n"
        "Step ups      x10        x12        x15\n"
    )
    assert [found.split("  ")[0] for found in _told(sheet + _AFTER)] == ["Bridges", "Step ups"]


def test_levels_of_an_evaluation() -> None:
    """What an evaluation lists of the patient is assessed; what is tried in it is done."""
    note = (
        "OT EVALUATION  DOS 11/04/2026\n97165 OT evaluation, low complexity, 40 min\n97535 self-care training 12 min\n"
        "ADL: eating I; dressing max A; toileting mod A.\nTraining: sock donning with a wide cuff.\nTotal 52 min."
    )
    kinds = {note[item.start : item.end]: item.kind for item in read(note).activities if item.status == "performed"}
    assert kinds.get("dressing max A", "assessment") == kinds.get("toileting mod A", "assessment") == "assessment"
    assert kinds["sock donning with a wide cuff"] == "self_care"


@pytest.mark.parametrize(
    "said, kind",
    [
        ("Therapeutic exercise (97110) 12 min: putty pinch log rolls.", "exercise"),
        ("97129 cognitive intervention 20 min: sorting bills by due date with a timer.", "cognition"),
        ("97110 15 min: banded walks 2 x 20 ft.", "exercise"),
        ("97530 15 min: walking up and down the back steps with a mail bag.", "functional_activity"),
        ("97116 15 min: walking up and down the back steps with a mail bag.", "gait"),
        ("97530 15 min: walking 200 ft with a cane.", "gait"),
    ],
)
def test_class(said: str, kind: str) -> None:
    """The class that a phrase speaks for beside the service it is told under."""
    reading = read(_HEAD + said + "\nTotal 30 min.")
    assert kind in {item.kind for item in reading.activities if item.status == "performed"}


@pytest.mark.parametrize(
    "said, status",
    [
        ("Plan for today had been stair climbing.", "planned"),
        ("Today's plan was stair climbing.", "planned"),
        ("97530 12 min (crate lifts x 6, SBA; stair climbing done visit 6).", "prior_visit"),
        ("Daughter to try stair climbing with him.", "home_program"),
        ("Grandmother continues stair climbing after lunch.", "home_program"),
        ("Stair climbing with a held finish x 6.", "performed"),
        ("Stair climbing from the printed list of floors x 4.", "performed"),
    ],
)
def test_status(said: str, status: str) -> None:
    """Plans that had been, visits by their number and what the family goes on with were not done today."""
    reading = read(_HEAD + _WORK + "\n" + said + _AFTER)
    found = [
        item.status for item in reading.activities if "tair climbing" in reading.text[item.start : item.end].casefold()
    ]
    assert set(found) <= {status}
    assert found or status == "planned"


@pytest.mark.parametrize(
    "said, levels",
    [
        ("Six verbal cues; eleven on 10/02.", []),
        ("SBA on the box; was min A.", ["standby"]),
        ("Tactile cue on nine, none on the last fifteen.", ["tactile_cues", "independent"]),
        ("Yellow line on the shelf for the last three lifts.", ["visual_cues"]),
        ("Bedroom set-up with the mattress at 24 in.", []),
    ],
)
def test_help(said: str, levels: list[str]) -> None:
    """Help of today, and none of another day or of a room."""
    found = read(_HEAD + _WORK + "\n" + said + _AFTER).assistance
    assert [item.level for item in found if item.status == "performed"] == levels


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "service, work, kind",
    [
        ("Neuro re-ed", "beanbag toss in half-kneel", "neuromuscular"),
        ("Neuro re-ed", "reaching to sticky notes with the feet staggered", "neuromuscular"),
        ("Neuro re-ed", "stop and turn on a clap", "neuromuscular"),
        ("Ther ex", "lateral band walks 4 laps", "exercise"),
        ("Ther act", "beanbag toss in half-kneel", "functional_activity"),
        ("Ther act", "stairs with a rail x 2", "gait"),
        ("Gait training", "walking on the treadmill 6 min", "gait"),
        ("Ther act", "walking 120 ft with the cane", "gait"),
        ("Ther ex", "walking 4 laps", "gait"),
    ],
)
def test_the_class_of_work_by_its_service(service: str, work: str, kind: str) -> None:
    done = read(f"DOS 06/18/2026\nO: {service} 15 min: {work}. Min A.\n").activities
    assert kind in {item.kind for item in done}
