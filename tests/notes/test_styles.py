"""Notes in styles that were once misread: forms, tables that compare, dictation, terse lists, addenda."""

from __future__ import annotations

from typing import Any

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("C2", "D11")

TREATED = "O: Therapeutic activities 25 min: car transfer x 4, reaching to a shelf x 10. "


def told(text: str) -> dict[str, Any]:
    """The reading of ``text``."""
    return read(text).as_dict()


def minutes(text: str) -> list[tuple[str | None, int | None]]:
    """Code and minutes of every service performed."""
    return [(s["code"], s["minutes"]) for s in told(text)["services"] if s["status"] == "performed"]


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("97110/20 97140/18 -> 38 timed", [("97110", 20), ("97140", 18)]),
        ("97110 20   97530 18   Timed: 38", [("97110", 20), ("97530", 18)]),
        ("[97110] 20 min > heel slides\n[97530] 18 min > bed transfer x 3", [("97110", 20), ("97530", 18)]),
        ("hip sore  te :20  ta :18", [("97110", 20), ("97530", 18)]),
        ("5/6 shoulder TE 20 pulleys, wand , MT 15 GH mobs = 35.", [("97110", 20), ("97140", 15)]),
        ("Timed minutes 38 = 23 self care + 15 ther ex.", [("97535", 23), ("97110", 15)]),
        ("Twenty minutes of therapeutic exercise and fifteen of manual therapy.", [("97110", 20), ("97140", 15)]),
        ("24 min: 97116/14, 97530/10", [("97116", 14), ("97530", 10)]),
        (
            "| CPT | Service | PT | PTA | Total |\n| 97116 | Gait training | 8 | 15 | 23 |",
            [("97116", 23)],
        ),
        (
            "                 6/01     6/08     6/11 (today)\nmin 97110        20       25       26\n",
            [("97110", 26)],
        ),
        ("97110 x 2 units. Total time 55 minutes.", [("97110", None)]),
        (
            "97110  Ther ex    12\n97530  Ther act   26\n97140  Manual     0\n",
            [("97110", 12), ("97530", 26)],
        ),
    ],
)
def test_minutes_in_terse_and_tabled_styles(text: str, wanted: list[tuple[str, int | None]]) -> None:
    assert minutes(text) == wanted


def test_an_addendum_corrects_minutes_and_total() -> None:
    text = (
        "O: Therapeutic activities 25 min: car transfer x 4. Manual therapy 15 min.\nTimed 40.\nP: 2x/wk x 4.\n"
        "Addendum 3/5/26: therapeutic activities time corrected to 23 min. Timed 38."
    )
    assert sorted(minutes(text), key=str) == [("97140", 15), ("97530", 23)]
    assert told(text)["times"]["total_timed_minutes"] == 38


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Ther ex 30 min. He was with us 45 minutes.", (None, 45)),
        ("Timed/total 53/55.", (53, 55)),
        ("97530 30 min (timed 30/total 32)", (30, 32)),
        ("45 min timed = whole visit", (45, 45)),
        ("TIMED = 39   VISIT = 53", (39, 53)),
        ("Plan\nOnce a week.\nTotal treatment: fifty-three minutes.", (None, 53)),
        ("TI 3:14p / TO 4:00p. Voice drills.", (None, 46)),
        ("Plan: 45 minute visits 2x/wk", (None, None)),
    ],
)
def test_totals_in_other_words(text: str, wanted: tuple[int | None, int | None]) -> None:
    times = told(text)["times"]
    assert (times["total_timed_minutes"], times["total_treatment_minutes"]) == wanted


def test_a_column_of_an_earlier_day_is_not_today() -> None:
    text = "Status      SOC      Now     Goal\nFeeding     Max A    Min A   SBA\nGrooming    Mod A    CGA     SBA\n"
    assert {a["level"] for a in told(text)["assistance"]} == {"minimal", "contact_guard"}
    assert told(text)["elements"]["progress"]["grade"] == "present"


def test_a_choice_left_unticked_was_not_made() -> None:
    text = (
        "Assist: ☐ Max A  ☒ CGA  ☐ SBA\n☐ 97110 Therapeutic Exercise   15 min\n☒ 97530 Therapeutic Activities  28 min\n"
    )
    assert [a["level"] for a in told(text)["assistance"]] == ["contact_guard"]
    assert minutes(text) == [("97530", 28)]


@pytest.mark.parametrize(
    "text, element, wanted",
    [
        ("Calm at the end.", "patient_response", "present"),
        ("Tired at the end, no dizziness.", "patient_response", "present"),
        ("No buckling on the last 4 of 6.", "patient_response", "present"),
        ("Knee pain 4 -> 2, no swelling.", "patient_response", "present"),
        ("Positive response to treatment.", "patient_response", "partial"),
        ("Car t/f to meet STG1.", "goal_linkage", "present"),
        ("Car transfer = STG1.", "goal_linkage", "present"),
        ("The reaching task copies his stock room job.", "goal_linkage", "present"),
        ("Shelf work matters because she stocks a pharmacy.", "goal_linkage", "present"),
        ("OT lowered the shelf since her shoulder hiked above 80 degrees.", "skilled_rationale", "present"),
        ("Seat raised 2 in after L knee buckled on the third.", "skilled_rationale", "present"),
        ("Skilled services were provided.", "skilled_rationale", "partial"),
        ("Three of five lifts, two the week before.", "progress", "present"),
        ("Flexion 96 (88 on 6/20).", "progress", "present"),
        ("Grip 44, 38 last wk.", "progress", "present"),
        ("P: 2w4", "plan", "present"),
        ("Will return tomorrow and try the tub bench.", "plan", "present"),
        ("Next: continue.", "plan", "partial"),
    ],
)
def test_elements_in_other_words(text: str, element: str, wanted: str) -> None:
    assert told(f"{TREATED}\n{text}")["elements"][element]["grade"] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "O: Therapeutic activities 25 min: functional activities for strength.",
        "O: 97530 25 min activities as before.",
        "Patient participated in therapeutic activities to improve strength, balance and functional mobility.",
    ],
)
def test_a_category_is_no_specific_activity(text: str) -> None:
    assert told(text)["elements"]["activities"]["grade"] == "partial"


def test_a_purpose_is_no_second_service() -> None:
    text = (
        "O: Therapeutic activities 30 min: functional activities to improve ADL performance, reaching into a cabinet."
    )
    assert minutes(text) == [("97530", 30)]


def test_dictation_without_stops_is_read_in_parts() -> None:
    text = (
        "this is a daily note she tells me she slept well we started with gait training for fifteen scratch that "
        "eighteen minutes on the gravel path with a cane she needed stand by assist and then twenty minutes of "
        "therapeutic activities getting in and out of a car and carrying a laundry basket up four steps she was tired "
        "but no pain at the end total time forty minutes plan is see her twice a week for two more weeks"
    )
    assert minutes(text) == [("97116", 18), ("97530", 20)]
    found = told(text)
    assert found["times"]["total_treatment_minutes"] == 40
    assert [a["level"] for a in found["assistance"]] == ["standby"]
    assert {found["elements"][name]["grade"] for name in ("activities", "patient_response", "plan")} == {"present"}


def test_what_was_taken_back_was_not_done() -> None:
    text = (
        "Therapeutic exercise 20 minutes, that included wall slides and lateral hops over a line, strike that, lunges."
    )
    states = {a["text"]: a["status"] for a in told(text)["activities"]}
    assert [status for said, status in states.items() if "hops" in said] == ["self_corrected"]


_DICTATED = (
    "physical therapy for mister odell june third total knee replacement on the right in april he walked in with the "
    "cane and said the stairs at church still scare him we did therapeutic activities twenty five minutes going up and "
    "down the six inch steps with a laundry basket and I gave contact guard on the way down {} thank you"
)


@pytest.mark.parametrize(
    "last, element, level",
    [
        ("he coughed twice and said the knee felt looser", "patient_response", "present"),
        ("left knee four out of ten after the steps", "patient_response", "present"),
        ("he got one hundred eight degrees today and it was ninety six last week", "progress", "present"),
        ("eleven of twenty today and seven of twenty on the second", "progress", "present"),
        ("twice a week for four weeks", "plan", "present"),
        ("recheck two weeks then monthly times two", "plan", "present"),
        ("that's it marlow", "signature", "partial"),
        ("he practices because he wants to walk the dog", "plan", "absent"),
        ("he did well I think and that is all for today", "signature", "absent"),
        ("no change in the plan see him monday", "plan", "partial"),
    ],
)
def test_a_dictation_without_stops_is_read_sentence_by_sentence(last: str, element: str, level: str) -> None:
    assert told(_DICTATED.format(last))["elements"][element]["grade"] == level


@pytest.mark.parametrize(
    "last, level",
    [
        ("and then a real phone call Wilhelmina Stroud M S C C C S L P", "present"),
        ("same time next week B Halvorsen SLP", "present"),
        ("thats miss tova", "partial"),
        ("This was Cosima", "partial"),
        ("this was good", "absent"),
        ("going over it with K Lindqvist PT", "absent"),
    ],
)
def test_the_name_a_dictation_ends_with(last: str, level: str) -> None:
    said = _DICTATED.format(last)
    assert (
        told(said if level == "partial" else said.removesuffix(" thank you"))["elements"]["signature"]["grade"] == level
    )
