"""Services that by the note's own words were given and not billed."""

from __future__ import annotations

import datetime as dt

import pytest

from quarterhour.notes import read
from quarterhour.policy import load
from quarterhour.workflows.note_visit import visit_of

_NOTE = "PT 11/18/2026\n97530 25 min: stairs x 3.\n{}\nTotal treatment time 25 min."


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "said",
    [
        "Ice 10 min, not billed.",
        "Ice, not billed (97010) ........ 10",
        "Ice 10 min to the knee in long sitting, no charge.",
        "97010 cold pack 10 min (unbilled)",
        "| 97010 | ice | 10 | no charge |",
        "Ice was on for 10 minutes and was not charged.",
        "No charge: ice 10 min.",
        "Non-billable ice 10 min after.",
        "Ice 10 min, not counted.",
    ],
)
def test_a_service_not_billed_is_performed_and_no_line(said: str) -> None:
    text = _NOTE.format(said)
    reading = read(text).as_reading()
    ice = next(service for service in reading.services if service.code == "97010")
    assert (ice.minutes, ice.status) == (10, "performed")
    assert [(place.start, place.end) for place in reading.unbilled] == [(ice.start, ice.end)]
    visit = visit_of(text, reading, dt.date(2026, 11, 18), "medicare-b", load())
    assert [(line.code, line.minutes) for line in visit.services] == [("97530", 25)]


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "said",
    [
        "Ice 10 min. Documentation not billed.",
        "Ice 10 min, charting was not billed.",
        "Ice 10 min, 5 min of rest not counted.",
        "No charge for the band. Ice 10 min.",
        "Not billed: documentation. Ice 10 min.",
        "Ice 10 min, billed.",
        "E-stim 15 min unattended, not counted in timed minutes.",
    ],
)
def test_what_else_was_not_billed_is_no_service(said: str) -> None:
    assert read(_NOTE.format(said)).as_reading().unbilled == ()
