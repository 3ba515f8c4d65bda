"""Minutes behind a slash, in brackets before their sum, under columns by mode, in words below a heading, and those of
a bill below the plan. Wordings made for this test.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read


def _performed(text: str) -> list[tuple[str | None, int | None]]:
    return [
        (service["code"], service["minutes"])
        for service in read(text).as_dict()["services"]
        if service["status"] == "performed"
    ]


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, minutes",
    [
        ("TIME: TherEx (12)  TherAct (24)  =  36 timed / 36 total", [("97110", 12), ("97530", 24)]),
        ("97140/12' web stretch; 97110/13' thumb opp", [("97140", 12), ("97110", 13)]),
        ("Ther ex 28 min. 4 minutes ice water break. Ther act 10 min.", [("97110", 28), ("97530", 10)]),
        (
            "Therapeutic activities were given for the movements of daily life. Total timed code minutes 38.",
            [("97530", 38)],
        ),
        ("97110 (8)  97530 (23) = 31", [("97110", 8), ("97530", 23)]),
        ("97110 (1 u) = 15, 97530 (2 u) = 25", [("97110", 15), ("97530", 25)]),
        ("97110 (1) = 15   97530 (2) = 25", [("97110", 15), ("97530", 25)]),
        ("Rx: MT/12 - PA mobs gr III. TE/18 rows GTB, chin tucks", [("97140", 12), ("97110", 18)]),
        ("MT/10 c-spine. US/8 L UT 1 MHz. TE/20 ER band", [("97140", 10), ("97035", 8), ("97110", 20)]),
        ("eval/35 (97162). TE/10 quad set, heel slide", [("97162", 35), ("97110", 10)]),
        ("pain 4/10. TE/3 sets, MT/5 reps each side", []),
        ("MT/2 units, TE/1 unit", []),
        (
            "Plan: 2x/wk.\n\nCHARGES\nG0283 IFC, unattended . 15 min 1 u\n97110 TE . 12 min",
            [("G0283", 15), ("97110", 12)],
        ),
        ("Plan: 2x/wk.\nBILL\n97016 vasopneumatic, knee . 15 min\nTimed 0", [("97016", 15)]),
        ("Plan: G0283 e-stim next time, 15 min if sore.", []),
        (
            "MINUTES. Therapeutic activities twenty-six; exercise fourteen. Forty timed, forty-two in the room.",
            [("97530", 26), ("97110", 14)],
        ),
        ("MINUTES. Manual therapy nine; strengthening twenty-three. Thirty-two timed.", [("97140", 9), ("97110", 23)]),
        ("We did therapeutic activities 30 minutes; exercise twenty reps on each side. Timed 30.", [("97530", 30)]),
        ("TA 97530 24m: LB dressing, shoes\nTE 97110 9m: pulleys", [("97530", 24), ("97110", 9)]),
        ("PT employing graded therapeutic activities. Timed minutes 24.", [("97530", 24)]),
        ("Skilled OT delivered through functional therapeutic activities; total timed 38 min.", [("97530", 38)]),
        ("Plan: continue using therapeutic activities to improve transfers. Timed 38.", []),
    ],
)
def test_minutes_in_short_notations(text: str, minutes: list[tuple[str | None, int]]) -> None:
    """Each service has its own figure; sums, counts and plans are none."""
    assert _performed(text) == minutes


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, minutes",
    [
        (
            "          Indiv   Group   Co-tx\n97530      10       0      16\n97110      12       0      0\nTimed 38",
            [("97530", 10), ("97530", 16), ("97110", 12)],
        ),
        (
            "          Individual  Concurrent  Group  Co-treatment\n97535      15          0          0       22\n",
            [("97535", 15), ("97535", 22)],
        ),
        (
            "          Indiv   Conc   Group   Co-tx\n97530  0  0  30  0\n97112  15  0  0  0\n",
            [("97530", 30), ("97112", 15)],
        ),
        ("          Indiv   Group\n97530      --       --\n97110      20       --\n", [("97110", 20)]),
        ("Individual   Group room B\n97530   24 min\n", [("97530", 24)]),
    ],
)
def test_minutes_under_columns_by_mode(text: str, minutes: list[tuple[str | None, int]]) -> None:
    """A cell of every mode the service was given in counts; a row of noughts was not given."""
    assert _performed(text) == minutes


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, minutes",
    [
        ("LBD w/ reacher x 20m, pants; mod A.", [("97535", 20)]),
        ("LB drsg c dressing stick x 18m, slacks, slippers; mod A.", [("97535", 18)]),
        ("Self care with long sponge 12 min, feet and back.", [("97535", 12)]),
        ("Ther ex with yellow band 15 min, rows.", [("97110", 15)]),
        ("Manual c tool x 8m, calf.", [("97140", 8)]),
        ("Gait c RW 40 m, curbs.", []),
        ("Ther ex 20 min, rows with rest 5 min.", [("97110", 20)]),
    ],
)
def test_minutes_behind_what_the_work_was_done_with(text, minutes):
    assert [told for told in _performed(f"10/05/2026\n{text}") if told[1] is not None] == minutes


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, minutes",
    [
        # 30 + 15 + 8 are the minutes from 1300 to 1353
        (
            "1300-1353\nADL retraining 30 - UB/LB dressing, rests\nTher act 15 - reach, 10/12 cans\nNMR 8: wt bearing",
            [("97535", 30), ("97530", 15), ("97112", 8)],
        ),
        ("Gait training 12 - gait with cane, NMR 18 - tandem. 30 min", [("97116", 12), ("97112", 18)]),
        ("TherEx 15 - 97110. TA 20 - 97530. Total 35", [("97110", 15), ("97530", 20)]),
        ("te 15 ta 15 mt 10\nbike, clams", [("97110", 15), ("97530", 15), ("97140", 10)]),
        ("ta 20 + te 15 = 35", [("97530", 20), ("97110", 15)]),
        ("te 15, ta 12.", [("97110", 15), ("97530", 12)]),
        ("with us 45, te 10", []),
        ("te 15 reps ta 10 reps", []),
        ("hr 80 bp 12", []),
        ("MT x 10 scar mob. TA rest of visit: keys.", [("97140", 10), ("97530", None)]),
        ("MT 10 reps. TA rest breaks x 2.", []),
        # figures before their services: 25 + 13 = 38
        ("25 TA 13 MT 38 tot", [("97530", 25), ("97140", 13)]),
        ("25 TA, 13 MT, 8 NMR = 46", [("97530", 25), ("97140", 13), ("97112", 8)]),
        ("25 TA 13 MT", []),
        ("38 min timed (TA 23, TE 15) + 10 min untimed", [("97530", 23), ("97110", 15)]),
        ("10:02-10:45. TA (28) TE (15)", [("97530", 28), ("97110", 15)]),
        ("Time 10:02-10:45. TA: crates. TE: bands.", [("97530", None), ("97110", None)]),
        ("TA 15 min. ninety-seven one ten 20 min. 97140 10 min.", [("97530", 15), ("97110", 20), ("97140", 10)]),
        ("92526 30 min: swallow drills. 92507 15 min.", [("92526", 30), ("92507", 15)]),
        (
            "Forty-five minutes, thirty of them therapeutic activities and fifteen manual therapy.",
            [("97530", 30), ("97140", 15)],
        ),
        ("We did some therapeutic activities, then twelve minutes of manual.", [("97530", None), ("97140", 12)]),
    ],
)
def test_bare_figures_that_something_vouches_for(text: str, minutes: list[tuple[str, int | None]]) -> None:
    """Their sum, their row, or a service that takes the rest; counts and figures of something else are none."""
    assert _performed(text) == minutes


@pytest.mark.covers("D3")
def test_another_discipline_in_the_next_line_gave_no_service_of_this_one() -> None:
    text = "97530 26 min: bed to chair\nTherapeutic exercise (97110) 15\nOT saw resident earlier.\nTimed 41 min."
    assert _performed(text) == [("97530", 26), ("97110", 15)]


@pytest.mark.covers("D3")
def test_rows_with_a_leader_of_dots_are_no_wrapped_text() -> None:
    rows = ("Therapeutic activities (97530) ......... 28", "Therapeutic exercise (97110) ........... 15")
    text = "\n".join(
        (*rows, "Timed codes ............................ 43", "Whole visit ............................ 53")
    )
    times = read(text).times
    assert _performed(text) == [("97530", 28), ("97110", 15)]
    assert (times.total_timed, times.total_treatment) == (43, 53)
