"""Layouts that tell by where things stand: forms, logs by clock time, carried text, bills below the plan, addenda."""

from __future__ import annotations

from typing import Any

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("D4", "T4")


def services(text: str) -> dict[str, int]:
    """Minutes by code of what was done."""
    told: list[dict[str, Any]] = read(text).as_dict()["services"]
    return {s["code"]: s["minutes"] for s in told if s["status"] == "performed" and s["minutes"] is not None}


@pytest.mark.parametrize(
    "text",
    [
        (
            "Direct Timed Codes\n97530 - Therapeutic Activities   Time: 25 min   Units: 2\n"
            "97110 - Therapeutic Exercise   Time: 15 min   Units: 1\nTotal Direct Timed Minutes: 40\n"
        ),
        "PT Therapeutic Activity Time Entry: 25\nPT Therapeutic Exercise Time Entry: 15\nPT Start Time: 0900\n",
        (
            "CPT 97530 THERAPEUTIC ACTIVITIES  Units 2  Min 25  Mod GP\n"
            "CPT 97110 THERAPEUTIC EXERCISE  Units 1  Min 15\n"
        ),
        (
            "CPT      DESCRIPTION                         MIN   UNITS\n"
            "97530    THERAPEUTIC ACTIVITIES EACH 15 MIN  25    2\n"
            "97110    THERAPEUTIC EXERCISES EACH 15 MIN   15    1\n"
        ),
        "THERAPEUTIC EXERCISE\nBridges 3x10\n15 min\n\nTHERAPEUTIC ACTIVITY\nCrate lifts 10 lb x 10\n25 min\n",
        (
            "Therapeutic Activities (97530)\n   Minutes: 25\n   Units: 2\n   Details: crate lifts\n"
            "Therapeutic Exercise (97110)\n   Minutes: 15\n   Units: 1\n   Details: bridges\n"
        ),
        "10:00 TA lifting\n10:25 TE bridges\n10:40 end\n",
        "[x] Therapeutic activities  25 min\n[x] Therapeutic exercise 15 min\n[ ] Manual therapy ___ min\n",
        "Crate lifts, stairs w/ bag. (97530, 25 min)\nBridges, SLR. (97110, 15 min)\n",
        "TA: crate lifts, stairs (25)\nTE: bridges, SLR (15)\nTimed 40\n",
        "P: cont 2x/wk\n97530 25 min\n97110 15 min\n",
        (
            "Precautions: WBAT, fall risk, no bending past ninety, monitor blood pressure\n"
            "Therapeutic act  97530  9:00-9:25  25 min\nTherapeutic ex   97110  9:25-9:40  15 min\n"
        ),
    ],
)
def test_minutes_by_layout(text: str) -> None:
    assert services(text) == {"97530": 25, "97110": 15}


@pytest.mark.parametrize(
    "mark, end",
    [
        ("*** Copied from 10/09/2026 ***\n", "*** End copy ***\n"),
        ("--- Previous note 10/09 ---\n", "--- End ---\n"),
        ("Copied forward from last note:\n", "\n"),
        ("[carried over from 10/09/2026]\n", "Today: "),
    ],
)
@pytest.mark.covers("D2")
def test_what_was_carried_over_is_of_another_day(mark: str, end: str) -> None:
    carried = "Stair training 10 ft x 4 with mod A, curb training x 4.\n"
    text = f"DOS 11/06/2026\n{mark}{carried}{end}Ther act 15 min car transfers.\n"
    reading = read(text).as_dict()
    done = [a["text"] for a in reading["activities"] if a["status"] == "performed"]
    assert any("car transfers" in one for one in done)
    assert not [one for one in done if "tair" in one or "curb" in one]
    assert reading["assistance"] == []


@pytest.mark.covers("D2")
def test_a_cancelled_visit_has_no_treatment() -> None:
    text = (
        "CANCELLATION 11/20/2026  Physical Therapy\nPt phoned, child sick. No treatment given, no charge entered.\n"
        "Intended today: floor transfers and step-downs. On 11/17 she did a basket carry with SBA, 22 min.\n"
    )
    reading = read(text).as_dict()
    assert [a for a in reading["activities"] if a["status"] == "performed"] == []
    assert reading["elements"]["activities"]["grade"] == "absent"
    assert reading["elements"]["assistance_level"]["grade"] == "absent"


def test_an_addendum_withdraws_a_figure() -> None:
    text = (
        "ADDENDUM to the note of 10/30/2026\nThe note lists gait training as 26 minutes. That was a keying mistake. "
        "Gait training was 16 minutes. Total timed code minutes should read 39, not 49.\n"
    )
    assert services(text) == {"97116": 16}
    assert read(text).as_dict()["times"]["total_timed_minutes"] == 39


@pytest.mark.parametrize(
    "pack", ["IFC + CP x 15 min", "IFC w/ MHP 15 min", "IFC 80 Hz low back, 15 min with moist heat"]
)
def test_minutes_of_stimulation_with_a_pack_are_the_stimulations(pack: str) -> None:
    assert services(f"Modalities: {pack}\n") == {"G0283": 15}
