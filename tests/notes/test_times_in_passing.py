"""Minutes and totals told in passing: behind a stroke, behind a gap, in the title of an evaluation, in plain words."""

from __future__ import annotations

import pytest

from quarterhour.notes import read

_HEAD = "DOS 10/06/2026\n"


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "text, minutes",
    [
        ("TE/14': prone press up 3x10\nTA/19': crate lift x6", [("97110", 14), ("97530", 19)]),
        (
            "97161 PT evaluation, low  44, untimed\n97530 Therapeutic activities  14: stand x 4\ntimed 14",
            [("97161", 44), ("97530", 14)],
        ),
        ("OT EVALUATION 60 min\n97166\nGrip 30 lb", [("97166", 60)]),
        (
            "Minutes - ther act 24, neuro re-ed 14 = 38 timed; in 10:02, out 10:44, four minutes lost to the restroom.",
            [("97530", 24), ("97112", 14)],
        ),
        (
            "Then manual, I put ten but it was fifteen minutes. First ther act, nineteen minutes. 34 timed, 34 total.",
            [("97140", 15), ("97530", 19)],
        ),
        ("PT 97530  18 min\nSLP 92507  18 min\nPT 97116  13 min\nA. Bo, PT", [("97530", 18), ("97116", 13)]),
        ("PT 97530  18 min\nPT 97116  13 min\nA. Bo, PT", [("97530", 18), ("97116", 13)]),
    ],
)
def test_minutes_of_services(text: str, minutes: list[tuple[str, int]]) -> None:
    assert [(service.code, service.minutes) for service in read(_HEAD * (text[:2] != "OT") + text).services] == minutes


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "text, timed, total",
    [
        ("TA 25 min stairs x 8. TT 25. Tot 30.", 25, 30),
        ("We were together three quarters of an hour. Therapeutic activities 40 minutes, stairs.", None, 45),
        ("I had him to myself for fifty minutes. Therapeutic activities forty minutes, stairs.", None, 50),
        ("I had her by herself for forty-one minutes. Ther act thirty minutes, stairs.", None, 41),
        ("TA 20 min. Timed minutes and total time are the same: 43 minutes.", 43, 43),
        ("TA 20 min. Timed and total minutes both 43.", 43, 43),
        ("TA 20 min, TE 14 min. 34 minutes in all, timed.", 34, 34),
        ("TA 20 min. 34 minutes in all, timed minutes were 20.", 20, 34),
        ("TA 20 min, TE 19 min. 39 timed minutes out of 44 minutes of treatment.", 39, 44),
        ("Fifty minutes, thirty-eight of which were billed under timed codes.", 38, None),
        ("Fifty minutes, every one of the fifty is timed.", 50, None),
        ("TA 20 min. 8 of them timed reps.", None, None),
        ("97530 20 min. tmd 20 ttl 23", 20, 23),
        ("TherAct 30 min. TMT 30 TTT 32", 30, 32),
        ("TherAct 30 min. TMT 38, TMT B 95 sec.", None, None),
        ("3 sets, ttl 30 reps. TA 20 min.", None, None),
        ("TA 24, NMR 14 = 38 timed; in 10:02, out 10:44, four minutes lost to the restroom.", 38, 42),
        ("timed: 22   treated: 53\n97530 22 min", 22, 53),
        ("TA 20 min. All told he was in treatment forty minutes.", None, 40),
        ("SERVICE   U   MIN\n97530 Ther act   3   48\nTIMED TOTAL   3   48", 48, None),
        ("45 min: TA (30), TE (15).", None, 45),
        ("45 min: TA (30), rows 20.", None, None),
        ("I had her carry a tray for twelve minutes. Ther act thirty minutes, stairs.", None, None),
    ],
)
def test_totals(text: str, timed: int | None, total: int | None) -> None:
    times = read(_HEAD + text).times
    assert (times.total_timed, times.total_treatment) == (timed, total)


@pytest.mark.covers("D4")
def test_the_time_in_the_title_of_an_evaluation_is_the_visits() -> None:
    text = (
        "OT EVALUATION   04/30/2026   1:00 PM - 2:00 PM   60 min\n97166 eval moderate, 44 min\n"
        "97535 self-care training 16 min: buttons, zipper"
    )
    reading = read(text)
    assert [(service.code, service.minutes) for service in reading.services] == [("97166", 44), ("97535", 16)]
    times = reading.times
    assert (times.total_treatment, times.start, times.stop) == (60, "13:00", "14:00")


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "text, start, stop",
    [
        ("Fifty minutes with me, ten past four until five o'clock, all of it timed.", "16:10", "17:00"),
        ("In at half past two, out at five past three.", "14:30", "15:05"),
        ("The visit lasted from 1430 hours until 1505 hours.", "14:30", "15:05"),
        ("8:00 - 8:38, next appt 11/25 at 9:00 - 9:45", "08:00", "08:38"),
        ("0800-0838; nap 0845-0930", "08:00", "08:38"),
        ("Pain med at 7:45; seen 8:00 to 8:38.", "08:00", "08:38"),
        ("Pain from 8:00 to 8:38.", None, None),
        (
            "At the beds, one twenty in the afternoon until three minutes past two, forty-three minutes.",
            "13:20",
            "14:03",
        ),
        ("Ten past four until five steps were needed.", None, None),
    ],
)
def test_start_and_stop(text: str, start: str | None, stop: str | None) -> None:
    times = read(_HEAD + text).times
    assert (times.start, times.stop) == (start, stop)


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "close, grade",
    [
        ("Electronically signed, Ada Mwangi, P T, D P T.", "present"),
        ("Ada Lund, O T R slash L", "present"),
        ("dictated by Ada Paz comma physical therapist comma end of dictation", "present"),
        ("jp pta / cosign d. lee pt", "present"),
        ("qm, OTR/L", "partial"),
        ("kw", "partial"),
        ("Okay, that's Mort.", "partial"),
        ("Farr, out.", "partial"),
        ("Dictated by Aurelio, thanks.", "partial"),
        ("Next one, that's Friday.", "absent"),
        ("ok", "absent"),
        ("Told K. Fjeld, PT", "absent"),
        ("Discussed with K. Fjeld, PT", "absent"),
    ],
)
def test_what_closes_a_note(close: str, grade: str) -> None:
    text = f"{_HEAD}TA 15 min: lifting crates x 8. Tolerated well.\nPlan: continue 2x/wk.\n{close}"
    assert read(text).elements["signature"].level == grade


_RUN_ON = (
    "note for mr adler may third he was early and his daughter drove so we did {} that was the calendar page on the "
    "wall and the hook for the keys by the door and he smiled"
)


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "text, minutes",
    [
        (_RUN_ON.format("cognitive seventeen minutes"), [("97129", 17)]),
        (_RUN_ON.format("voice treatment thirty minutes"), [("92507", 30)]),
        ("TA, twenty-nine minutes: tools. Cognitive function, seventeen minutes: a search order.", [29, 17]),
        ("Neuro re-ed 13 min: VOR x1. Canalith repositioning 10 min (untimed): Epley right x2.", [13, 10]),
        ("97763   Orthosis management           12\n97530   Therapeutic activities        32", [12, 32]),
        (_RUN_ON.format("his attention work ten minutes a day at home"), []),
        (_RUN_ON.format("cognitive rest and thirty minutes in bed"), []),
        ("TA 30 min. Cognitive function down for twenty minutes after each nap.", [30]),
        ("97763 12 min orthosis management, 97530 10 min", [12, 10]),
    ],
)
def test_minutes_behind_a_name_said_short(text: str, minutes: list[int] | list[tuple[str, int]]) -> None:
    told = [(service.code, service.minutes) for service in read(text).services if service.minutes]
    assert minutes in (told, [value for _, value in told])


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "text, start, stop, total",
    [
        ("we met nine forty to ten ten thirty minutes and it was all self care", "09:40", "10:10", 30),
        ("seen from eleven oh five to eleven fifty forty five minutes of exercise", "11:05", "11:50", 45),
        ("Arrived to clinic 0830, left clinic 0915. TE 25 min TA 20 min.", "08:30", "09:15", 45),
        (
            "MT 27 min 0903-0930 cuff, TA 27 min 0903-0930 hooks. timed 54. in 0903 out 0930 = 27 min.",
            *("09:03", "09:30"),
            27,
        ),
        ("so it was speech treatment twenty three minutes with photos total is forty minutes", None, None, 40),
        ("97530 20 min: carry.\ntimed 20, in room 22", None, None, 22),
        ("TA 28 min, timed 28, here 31.", None, None, 31),
        ("TA 20 min, timed 20, seen in room 22.", None, None, None),
        ("TA 20 min, timed 20, in room 220.", None, None, None),
        ("he reads nine forty to ten ten times a day. TA 30 min", None, None, None),
        ("Nurse arrived in room 10:05, left 10:30. TA 40 min.", None, None, None),
    ],
)
def test_ends_and_length_said_short(text: str, start: str | None, stop: str | None, total: int | None) -> None:
    times = read(_HEAD + text).times
    assert (times.start, times.stop, times.total_treatment) == (start, stop, total)


@pytest.mark.covers("D4")
def test_timed_minutes_added_up_are_the_timed_minutes() -> None:
    assert read(_HEAD + "TE 20 min, TA 20 min\nTimed minutes, sum: 40").times.total_timed == 40
    assert read(_HEAD + "TE 20 min, TA 20 min\nTimed code minutes, added up: 40").times.total_timed == 40
