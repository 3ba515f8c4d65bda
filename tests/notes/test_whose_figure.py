"""Whose a figure is: of another day's entry, of another discipline, of the whole visit, or no minutes at all; and what
a table, a title or a list says was not done today. Wordings made for this test.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read


def _performed(text: str) -> list[tuple[str | None, int | None]]:
    return [
        (service["code"], service["minutes"])
        for service in read(text).as_dict()["services"]
        if service["status"] == "performed" and service["minutes"] is not None
    ]


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, minutes",
    [
        ("3/02/26  TE 20 min, TA 10 min.\n3/09/26  TE 12 min, TA 25 min.\n", [("97110", 12), ("97530", 25)]),
        (
            "Log\n3/09/26 (this visit)  TE 12 min: bridges.\n3/02/26  TE 20 min: bike.\n",
            [("97110", 12)],
        ),
        (
            "DOS 3/09/26\n- 3/02/26: gait training 20 min\n- 3/09/26: gait training 28 min\n",
            [("97116", 28)],
        ),
        (
            "9/02/26 PT visit. TE 20 min, TA 18 min.\nGoals\n10/30/26: carry 10 lb for 5 min\n11/02/26: stairs\n",
            [("97110", 20), ("97530", 18)],
        ),
        (
            "ADDENDUM. Minutes for gait training were left off: 12. Ther ex 20 is correct. Timed 32.",
            [("97116", 12), ("97110", 20)],
        ),
        (
            "ADDENDUM. The note shows ther ex as 25 minutes. That is wrong. It was ther ex 15 min, not 25. Timed 15.",
            [("97110", 15)],
        ),
        ("OT Evaluation   3/9/26   Doe, Jo, 70   reason: fall\n97166 OT evaluation, 50 min", [("97166", 50)]),
        ("Therapeutic activities came to thirty-two minutes. She built a box.", [("97530", 32)]),
        ("Ther ex made up twelve minutes of it, ther act 20 min.", [("97110", 12), ("97530", 20)]),
        ("TA 22 min\n\n97140  C5-6 glides, grade III. Rotation right 48, then 61.", [("97530", 22)]),
        ("CPT   Min   Units   Start   End\n97530   23   2   1:02p   1:25p\n", [("97530", 23)]),
        ("Room 7. Three in the group. When: 1:05-1:25, 20 min.", []),
        ("RE-EVALUATION 12/03/2026\n97164 re-evaluation 20 min\n", [("97164", 20)]),
        ("EVALUATION 9/15/26\nEvaluation 40 min\n", [(None, 40)]),
        ("OT minutes 22, SLP treatment minutes 23.\nLucasta Bell, MA, CCC-SLP", [("92507", 23)]),
        ("Format: group, 4 clients   2:00-2:45   45 min\n97150 therapeutic group 45 min\n", [("97150", 45)]),
        (
            "ADDENDUM to OT note. Minutes for self-care were omitted: 14. Therapeutic activities 24 stands. Timed 38.",
            [("97535", 14), ("97530", 24)],
        ),
        ("Twelve minutes of scar management. Ther act 20 min jar lids.", [("97140", 12), ("97530", 20)]),
    ],
)
def test_minutes_of_this_visit_alone(text: str, minutes: list[tuple[str | None, int]]) -> None:
    """Figures of other entries, other disciplines and dates are no minutes of a service of this visit."""
    assert _performed(text) == minutes


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Plan\n  2x/week\nTime Calculation\n  Start Time: 1315\n  Stop Time: 1402\n", (None, 47, "13:15", "14:02")),
        (
            "Ther act 20 min lifts.\nConnected 12:30, ended 1:04; so treatment 28 min, all timed.",
            (28, 28, "12:30", "13:04"),
        ),
        ("Logged on 3:00 pm, logged off 3:40 pm. TA: lifts.", (None, 40, "15:00", "15:40")),
        ("Seen alone? Yes, son in the waiting room       Clock: 2:10 to 2:55 pm\n", (None, 45, "14:10", "14:55")),
        ("0:42       timed total\n0:47       treatment total\n", (42, 47, None, None)),
        ("97110 97530    3 units    45 min\nTA car, bridges\n", (None, 45, None, None)),
        ("o: clam x30, bike 6'\n45' tot\n", (None, 45, None, None)),
        ("96125 testing: 75 min\nRBANS 82 total. Trails B 118 s.\n", (None, None, None, None)),
        ("52 minutes timed, 55 minutes with the client, plus 40 min of report writing", (52, 55, None, None)),
        (
            "97530 20 min lifts\nOT minutes 22, PT minutes 20\nAnna Lee, PT",
            (None, 20, None, None),
        ),
        ("3/02/26  TA 20 min. Total 40.\n3/09/26 (today)  TA 25 min. Total 45.", (None, 45, None, None)),
    ],
)
def test_times_of_this_visit_alone(text: str, wanted: tuple[int | None, int | None, str | None, str | None]) -> None:
    """Totals and clocks are the visit's, wherever the form puts them; scores and other shares are not."""
    times = read(text).as_dict()["times"]
    assert (times["total_timed_minutes"], times["total_treatment_minutes"], times["start"], times["stop"]) == wanted


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, words, status",
    [
        (
            "          9/02   9/09   9/16 TODAY\nSAQ       x20    x20    --\nBridges   x10    x10    x12\n",
            "SAQ",
            "prior_visit",
        ),
        (
            "          9/02   9/09   9/16 TODAY\nSAQ       x20    x20    --\nBridges   x10    x10    x12\n",
            "Bridges",
            "performed",
        ),
        ("ITEM         LAST    TODAY\nstairs       x4      held\n", "stairs", "prior_visit"),
        (
            "TA 20 min lifting\nRolled twice.\nHome heel slides 10 x 2, wall sits each day.\n",
            "heel slides",
            "home_program",
        ),
        (
            "TA 20 min lifting\nRolled twice.\nHome heel slides 10 x 2, wall sits each day.\n",
            "wall sits",
            "home_program",
        ),
        ("Home visit, stairs x 4 with rail.\n", "stairs", "performed"),
        (
            "96125 testing 75 min\nGoals: recall 8 of 10 items by 05/19/26.\n1x/week, 8 weeks. stairs, naming.\n",
            "stairs",
            "planned",
        ),
        ("Ther ex: bridges 3x8, clamshells with band, wall sits not tried.\n", "clamshells", "performed"),
        ("Ther ex: bridges 3x8, clamshells with band, wall sits not tried.\n", "wall sits", "negated"),
        ("Deferred: none. Bridging, clamshells and wall sits deferred.\n", "Bridging", "negated"),
    ],
)
def test_what_was_done_today(text: str, words: str, status: str) -> None:
    """The status of the activity that holds ``words``."""
    found = {activity["status"] for activity in read(text).as_dict()["activities"] if words in activity["text"]}
    assert found == {status}


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, levels",
    [
        ("Caps unaided by the last jar.", ["independent"]),
        ("Ramp unassisted on the third trip.", ["independent"]),
        ("Any help? None; she opened the drawer herself.", ["independent"]),
        ("Cues: [x] yes", ["cues"]),
        ("Cues: verbal x 2, red dots on the dials.", ["verbal_cues", "visual_cues"]),
        ("Screen in view on all trials.", ["visual_cues"]),
        ("Gesture to the tray on missed trials.", ["gestural_cues"]),
        ("First-sound cue on 5 of 9, gesture on 2.", ["gestural_cues", "phonemic_cues"]),
        ("Chin touch, light, on 6 of 20 sips.", ["tactile_cues"]),
        ("Leader modeled each call once.", ["modeling"]),
        ("Pill calendar set up from four bottles.", []),
        ("Rehab engineer present for setup only.", []),
        ("CGA on the curb.\nCGA today, min A on 10/01.", ["contact_guard"]),
        ("45' tot\na: slowly better", []),
        ("a) lifts with min A\nb) ramp with supervision", ["minimal", "supervision"]),
        ("Eats half a bowl by himself in 25 minutes.", []),
    ],
)
def test_help_by_its_shape(text: str, levels: list[str]) -> None:
    """Help told without its word, and words of help that tell none."""
    found = read("DOS 10/06/2026\n97530 Ther act 25 min car transfers x 4.\n" + text).as_dict()["assistance"]
    assert sorted(item["level"] for item in found) == levels


_DONE = "DOS 10/06/2026\nDx: hip fracture\n97530 Ther act 25 min crate lifts x 6, car transfers x 4.\n"


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, element, grade",
    [
        ("Link: crate lifts are how she loads her stall.", "goal_linkage", "present"),
        ("Goal served: load the stall alone by 11/20/2026.", "goal_linkage", "present"),
        ("Goals addressed: see POC", "goal_linkage", "absent"),
        ("The car transfer is the family's one request.", "goal_linkage", "present"),
        ("Why this: the crate is his Saturday job at the market.", "goal_linkage", "present"),
        ("Pain Score After Treatment: 2", "patient_response", "present"),
        ("PAIN_POST|3", "patient_response", "present"),
        ("Post-treatment pain: 4/10", "patient_response", "present"),
        ("Pain Score: 4", "patient_response", "absent"),
        ("Rotation eased after the last set.", "patient_response", "present"),
        ("Residual limb pink, no open area.", "patient_response", "present"),
        ("Noticed her own error on the third crate.", "patient_response", "present"),
        ("Goal 1 Status: Progressing - needed moderate assist on 09/14/2026", "progress", "present"),
        ("Voice 84 dB, 79 on day 1.", "progress", "present"),
        ("Aide shown the guard.\n2w2, 1w2.", "plan", "present"),
        ("Patient resting.\nTry again tomorrow.", "plan", "partial"),
        ("On video from her kitchen.", "environment", "present"),
        ('Objective: STS 17" x 10', "environment", "partial"),
        ("Goals: ***", "functional_goal", "absent"),
        ("Assist level ***.", "assistance_level", "absent"),
    ],
)
def test_elements_by_their_shape(text: str, element: str, grade: str) -> None:
    """Fields of forms, templates left blank, ties and effects told by their shape alone."""
    assert read(_DONE + text).as_dict()["elements"][element]["grade"] == grade


@pytest.mark.covers("D3")
def test_spoken_marks_end_sentences() -> None:
    """A dictation that writes its marks out is read as if they stood there, and its spans stay."""
    text = (
        "diagnosis colon vertigo after a fall period new paragraph therapeutic activities eighteen minutes comma "
        "rolling times six period plan colon once a week for three weeks period"
    )
    found = read(text).as_dict()
    assert [(service["label"], service["minutes"]) for service in found["services"]] == [("therapeutic activities", 18)]
    assert found["elements"]["plan"]["grade"] == "present"
