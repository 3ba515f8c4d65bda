"""Totals beside figures of services, told by where the patient was, as a portion or in short; noon as an end of the
visit. Wordings made for this test.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

_DONE = "Therapeutic activities 26 min: crates. Self-care 14 min: shirt. "


@pytest.mark.covers("T4")
@pytest.mark.parametrize(
    "text, timed, total",
    [
        (f"{_DONE}Forty-six minutes altogether, of which forty are timed treatment.", 40, 46),
        (f"{_DONE}I had her for 46 minutes in all, of which 40 was timed and 6 rest.", 40, 46),
        (f"{_DONE}Timed minutes are therefore 40 and not 43.", 40, None),
        (f"{_DONE}Timed minutes are thus forty.", 40, None),
        (f"{_DONE}tmd 40  tot 43.", 40, 43),
        ("97150 group 40m x 4. tmd 0  tot 40.", 0, 40),
        (f"{_DONE}That is 40 minutes, all on the clock as timed.", 40, 40),
        (f"{_DONE}We used 40 minutes, all of it charged as timed.", 40, 40),
        (f"{_DONE}She was here 40 minutes, every bit of it timed.", 40, 40),
        ("97129 15 min + 97130 16 min, timed 31, total 33: a memo.", 31, 33),
        ("TA 25 min, MT 13 min, timed 38, total 40; crates.", 38, 40),
        ("TA 25 min and TE 13 min: timed 38, total 38.", 38, 38),
        (f"{_DONE}So call it forty-four with me, hands on.", None, 44),
        (f"{_DONE}Forty timed, forty-three in the gym with me.", 40, 43),
        ("35 minutes with him, 35 minutes of self-care.", None, 35),
        (f"{_DONE}43 minutes with her, door closed.", None, 43),
        ("He cancelled the first half so we had thirty minutes. Stretching.", None, 30),
        ("She was late so I only had 25 minutes. Stretching.", None, 25),
        (f"{_DONE}\n40 timed/43 visit", 40, 43),
        (f"{_DONE}\nTimed forty. Whole thing forty-three.", 40, 43),
        (f"{_DONE}\nTimed min. 40  Tot. min. 43", 40, 43),
        (f"{_DONE}I spent 43 minutes with him, 40 timed.", 40, 43),
        (f"{_DONE}He stayed 43 minutes.", None, 43),
        (f"{_DONE}Of 43 minutes here, 40 were timed.", 40, 43),
        (f"{_DONE}Of the 43 minutes 40 were timed.", 40, 43),
    ],
)
def test_totals_in_words(text: str, timed: int | None, total: int | None) -> None:
    """A total is read beside the services' own figures."""
    times = read(text).times
    assert (times.total_timed, times.total_treatment) == (timed, total)


@pytest.mark.parametrize(
    "text",
    [
        "He had thirty minutes of pain after. Stairs.",
        "She walked forty with him. TE 20 min.",
        "Her husband sat 45 minutes with her each evening. TE 20 min.",
        "There were twelve in the room. TE 20 min.",
        "Usually we have 45 minutes. TE 20 min.",
        "Room 43 in the clinic. TE 40 min.",
    ],
)
def test_figures_that_are_no_total(text: str) -> None:
    """Time of other things, and counts, are no length of the visit."""
    times = read(text).times
    assert (times.total_timed, times.total_treatment) == (None, None)


@pytest.mark.covers("T5")
@pytest.mark.parametrize(
    "said, start, stop",
    [
        ("from eleven fifteen until two minutes past noon", "11:15", "12:02"),
        ("from half past eleven to ten past noon", "11:30", "12:10"),
        ("from eleven ten until noon", "11:10", "12:00"),
    ],
)
def test_noon_ends_a_visit(said: str, start: str, stop: str) -> None:
    """Noon is an hour like others."""
    times = read(f"I had her {said}. TE 20 min.").times
    assert (times.start, times.stop) == (start, stop)
