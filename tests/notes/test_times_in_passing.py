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
