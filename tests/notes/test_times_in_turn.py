"""Totals and clock times by the grammar of their writing: every name with every notation, in either order."""

from __future__ import annotations

from itertools import product

import pytest

from quarterhour.notes import read

_TIMED = (
    "Timed",
    "Timed minutes",
    "Total timed code minutes",
    "Timed codes",
    "Time-based minutes",
    "Timed CPT minutes",
    "TCM",
    "Minutes of timed codes",
    "Minutes under timed codes",
    "Timed procedures",
    "Sum of timed minutes",
    "Billable timed minutes",
)
_WHOLE = (
    "Total",
    "Total treatment time",
    "TTT",
    "Tx time",
    "Session length",
    "Whole visit",
    "Entire session",
    "Duration",
    "Time in therapy",
    "Total time in clinic",
    "Overall time",
    "Total visit",
    "Minutes in treatment",
    "All minutes",
)
_FIGURES = ("{}", "{} min", "{} minutes", "{}'", "{}m", "0:{}", "{} (minutes)")
_SIGNS = (": ", " ", " = ", ":", " - ", " | ", "\t", " .... ", " is ")
_JOINTS = (" | ", " / ", "; ", ", ", "   ", "\n", " and ")


def _times(text: str) -> tuple[int | None, int | None, str | None, str | None]:
    times = read(text).as_dict()["times"]
    return times["total_timed_minutes"], times["total_treatment_minutes"], times["start"], times["stop"]


@pytest.mark.covers("D4", "T4")
@pytest.mark.parametrize("sign", _SIGNS)
@pytest.mark.parametrize("joint", _JOINTS)
def test_names_before_figures(joint: str, sign: str) -> None:
    unread = []
    for place, (timed, figure) in enumerate(product(_TIMED, _FIGURES)):
        whole = _WHOLE[place % len(_WHOLE)]
        said = f"{timed}{sign}{figure.format(38)}", f"{whole}{sign}{figure.format(45)}"
        line = joint.join(said if place % 2 else reversed(said))
        if _times(f"DOS 11/05/2026 Pt: Ruiz\nCrate lifts floor to counter x 8, SBA.\n{line}\nP: 2x/wk.\n")[:2] != (
            38,
            45,
        ):
            unread.append(line)
    assert not unread


@pytest.mark.covers("D4", "T4")
@pytest.mark.parametrize("joint", [" | ", ", ", "; ", "   ", " / "])
@pytest.mark.parametrize("figure", ["{} min", "{} minutes", "{}'"])
def test_figures_before_names(figure: str, joint: str) -> None:
    unread = []
    for timed, whole in product(
        ("timed", "timed code minutes", "of timed codes", "under timed codes"),
        ("total", "in all", "altogether", "total treatment time", "all told", "overall", "in clinic"),
    ):
        line = f"{figure.format(38)} {timed}{joint}{figure.format(45)} {whole}"
        if _times(f"Crate lifts floor to counter x 8, SBA.\n{line}\nP: 2x/wk.\n")[:2] != (38, 45):
            unread.append(line)
    assert not unread


_CLOCKS = (
    ("9:05", "9:50"),
    ("0905", "0950"),
    ("9:05a", "9:50a"),
    ("9:05 AM", "9:50 AM"),
    ("9:05am", "9:50am"),
    ("9.05", "9.50"),
    ("09:05", "09:50"),
    ("0905h", "0950h"),
    ("9:05 a.m.", "9:50 a.m."),
    ("09h05", "09h50"),
    ("9.05 am", "9.50 am"),
)
_RANGES = (
    "{}-{}",
    "{} - {}",
    "{} to {}",
    "from {} to {}",
    "{} until {}",
    "In {} Out {}",
    "Time in {}, time out {}",
    "Start: {}\nStop: {}",
    "Start time: {}\nEnd time: {}",
    "Began {}, ended {}",
    "Arrived {}, left {}",
    "In/Out: {} / {}",
    "Arrival {}; departure {}",
    "between {} and {}",
    "({}-{})",
    "started at {} and finished at {}",
    "On {} off {}",
    "Check in {}, check out {}",
    "Start of session {}. End of session {}.",
    "was seen at {}; left at {}",
    "Beginning time {}; ending time {}",
    "in water {}, out {}",
    "Patient in at {}, out at {}",
    "here {}-{}",
)


@pytest.mark.covers("D4", "T5")
@pytest.mark.parametrize("form", _RANGES)
def test_clock_times(form: str) -> None:
    unread = []
    for first, last in _CLOCKS:
        line = form.format(first, last)
        text = (
            f"DOS 11/05/2026 Pt: Ruiz\n{line}\nCrate lifts floor to counter x 8, SBA.\nA. Smith, PT 11/05/2026 16:10\n"
        )
        if _times(text)[2:] != ("09:05", "09:50"):
            unread.append(line)
    assert not unread


@pytest.mark.covers("D4", "T4", "T5")
@pytest.mark.parametrize(
    "text, timed, total, span",
    [
        (
            "He was with me fifty minutes, eight to eight fifty this morning. Everything timed.",
            50,
            50,
            ("08:00", "08:50"),
        ),
        ("We worked noon to 12:38 (38 min, all timed): stairs.", 38, 38, ("12:00", "12:38")),
        ("Treatment 10:45-11:33, 48 minutes, every minute under a timed code.", 48, 48, ("10:45", "11:33")),
        ("from ten past nine until ten to ten, forty minutes. The whole forty is timed.", 40, 40, ("09:10", "09:50")),
        ("sum;timed;40\nsum;session;46", 40, 46, (None, None)),
        ("timed = 9+15+14 = 38; total = 48", 38, 48, (None, None)),
        ("25+15+8 = 48 timed      here 9.00-9.50, 50 in all", 48, 50, ("09:00", "09:50")),
        ("16:05/16:45   TX 40   TC 40", 40, 40, ("16:05", "16:45")),
        ("45 minutes. No timed codes (0). One-to-one.", 0, None, (None, None)),
        ("Timed 40, treatment 47 with two seated rests of 3 and 4 minutes.", 40, 47, (None, None)),
        ("53 min. 53 timed. one client", 53, 53, (None, None)),
        ("Timed 15-min codes: 0   Total 45", 0, 45, (None, None)),
        # ranges and names that are none
        ("NuStep 1.50-2.25 mph, gait speed 0.45-0.58, INR 2.05-3.10", None, None, (None, None)),
        ("Visit 12. Timed 25.", 25, None, (None, None)),
        ("Timed up and go 12 s, visit 4 of 10, session goal met.", None, None, (None, None)),
    ],
)
def test_what_a_note_states(
    text: str, timed: int | None, total: int | None, span: tuple[str | None, str | None]
) -> None:
    found = _times(text)
    assert (found[0], found[2:]) == (timed, span)
    assert found[1] == total or (total is None and "45 min" in text)
