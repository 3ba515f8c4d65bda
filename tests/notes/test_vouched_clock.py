"""Start and stop of a visit, and its length, that figures elsewhere in the note vouch for."""

import pytest

from quarterhour.notes import read

_DONE = "Therapeutic activities 26 min: stacking split logs x 20, min A. Self-care 15 min: pullover, boots."


@pytest.mark.covers("T5")
@pytest.mark.parametrize(
    "said, start, stop",
    [
        ("Aquatic therapy 36 min, wet 4:05, dry 4:41 pm: marching along the wall x 4.", "16:05", "16:41"),
        ("Manual therapy 23 min: lumbar PA mobs. Arrived on table 10:00a, off 10:23a, 23 min.", "10:00", "10:23"),
        (f"{_DONE}\nHung up my coat 9:10, back in it 9:51.", "09:10", "09:51"),
        (f"Last visit 05/29/2026, 3:10 PM - 3:51 PM, alone with OT.\n{_DONE}", "15:10", "15:51"),
    ],
)
def test_ends_in_words_of_their_own(said, start, stop):
    times = read(said).times
    assert (times.start, times.stop) == (start, stop)


@pytest.mark.parametrize(
    "said",
    [
        f"{_DONE}\nHung up my coat 9:10, back in it 9:40.",
        f"{_DONE}\nPlan: next visit 9:10, out by 9:51.",
        f"{_DONE}\nBus at 9:10, lunch at 9:51.",
        f"{_DONE}\nOut of the pool, dried 2:30-2:40, not counted.\nMat 3:00-3:15.",
    ],
)
def test_other_times_are_not_the_visits(said):
    times = read(said).times
    assert (times.start, times.stop) == (None, None)


@pytest.mark.covers("T4")
@pytest.mark.parametrize(
    "said, timed, total",
    [
        (f"{_DONE} 41 min, all timed.", 41, 41),
        (f"{_DONE} 41 min; patient left happy.", None, 41),
        ("9:00-9:48, 48 minutes, every one of them timed.", 48, 48),
        ("Min: ther ex 28 + manual 10 = 38 timed; in all 41 with 3 min for water.", 38, 41),
        ("Timed total becomes 38, not 47. Total treatment 40 min unchanged.", 38, 40),
        ("Timed minutes, all codes        42\nVisit minutes                   45", 42, 45),
        ("Timed minutes 38 = 23 self care + 15 ther ex.", 38, None),
    ],
)
def test_totals_beside_other_figures(said, timed, total):
    times = read(said).times
    assert (times.total_timed, times.total_treatment) == (timed, total)


@pytest.mark.parametrize(
    "said, start, stop",
    [
        (f"1300 in, 1341 out.\n{_DONE}", "13:00", "13:41"),
        (f"In {'the annex'}, five past ten until sixteen to eleven.\n{_DONE}", "10:05", "10:44"),
        (f"Clock 0920-1001\nST was in 0840-0905 (25 min), not at the same time.\n{_DONE}", "09:20", "10:01"),
        (f"OT 1:30-1:56, alone 2:20-2:35.\n{_DONE}", None, None),
    ],
)
def test_ends_behind_their_times_and_of_others(said, start, stop):
    times = read(said).times
    assert (times.start, times.stop) == (start, stop)


@pytest.mark.parametrize(
    "said, timed, total",
    [
        (f"{_DONE}\ntimed 41 all 43", 41, 43),
        (f"{_DONE}\nPlan: 1x/wk x 3.\n43 min total.\nSaoirse Lindgren, PT", None, 43),
        (f"{_DONE}\nTimed minutes are therefore 41 instead of 51.", 41, None),
        ("Voice evaluation. CAPE-V overall 41. Maximum phonation time 8 s.", None, None),
    ],
)
def test_totals_in_few_words(said, timed, total):
    times = read(said).times
    assert (times.total_timed, times.total_treatment) == (timed, total)


@pytest.mark.parametrize("signed, codes", [("E. V., OTR/L", ["97530"]), ("E. V., CCC-SLP", ["97530", "92507"])])
def test_speech_therapy_by_its_profession_is_a_service_of_those_who_sign_so(signed, codes):
    reading = read(f"97530 13 min: reaching past midline, mod A.\nST 13 min: pacing of the swallow.\n{signed}")
    assert [service.code for service in reading.services if service.status == "performed"] == codes


def test_a_rest_with_its_minutes_is_not_the_visit():
    times = read(
        "97530 24 min: lifting crates.\nTimed 24   Treatment 57   (11:03-11:10, 7 min, seated rest, not counted)"
    ).times
    assert (times.start, times.stop) == (None, None)


def test_minutes_of_another_discipline_are_no_service_of_this_one():
    reading = read(f"ST was in 0840-0905 (25 min).\n{_DONE}\nA. B., PT")
    assert [(service.code, service.minutes) for service in reading.services if service.status == "performed"] == [
        ("97530", 26),
        ("97535", 15),
    ]
